//! What `xsdgen generate` makes: the bindings of the command line or of the configuration, with their locks.

use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostics, Span, Staged};
use xsdgen::ir::Collision;
use xsdgen::lock::Changes;
use xsdgen::settings::{CrateSettings, Rule, Settings};
use xsdgen::{Config, FileSet, Generated, Lock, Read};

use super::args::Generate;
use super::check;
use super::generate::{and_then, config_path, shown};

/// The bindings and where to write them.
pub(super) struct Job {
    /// The source of the schemas, as messages name it.
    pub(super) source: String,
    pub(super) out: PathBuf,
    /// The command that writes the output.
    pub(super) command: String,
    pub(super) files: FileSet,
    /// The schemas that were read; several if the configuration has several versions.
    pub(super) read: Vec<Summary>,
    /// The locks to write.
    pub(super) locks: Vec<Locked>,
}

/// A summary of schemas that were read.
pub(super) struct Summary {
    /// The name of the version, if there are several.
    pub(super) version: Option<String>,
    pub(super) read: Read,
    pub(super) collisions: Vec<Collision>,
}

/// A lock and its file.
pub(super) struct Locked {
    pub(super) path: PathBuf,
    pub(super) lock: Lock,
    pub(super) changes: Changes,
}

impl Job {
    fn new(source: String, out: PathBuf, command: String, generated: Generated, lock: Option<PathBuf>) -> Self {
        let Generated { files, read, lock: names, lock_changes, collisions } = generated;
        let locks = lock.map(|path| Locked { path, lock: names, changes: lock_changes }).into_iter().collect();
        Job { source, out, command, files, read: vec![Summary { version: None, read, collisions }], locks }
    }
}

/// Generates what `xsdgen.toml` describes.
pub(super) fn configured(args: &Generate, read: &mut dyn FnMut(&Path)) -> Staged<Job> {
    let path = config_path(args.config.as_deref());
    read(&path);
    let found = Config::read(&path);
    let mut diagnostics = found.diagnostics;
    let Some(mut config) = found.product else { return Staged { product: None, diagnostics } };
    if !args.only.is_empty() {
        config.settings.only = only(args);
    }
    if !config.versions.is_empty() {
        return of_versions(args, &config, read, diagnostics);
    }
    let lock_path = args.lock.clone().unwrap_or_else(|| config.lock_path());
    let schemas = and_then(Lock::read(&lock_path), &mut diagnostics, |lock| {
        let Staged { product, diagnostics } = config.inputs();
        Staged { product: product.map(|schemas| (schemas, lock)), diagnostics }
    });
    let product = schemas.and_then(|(schemas, lock)| {
        let made = xsdgen::generate_tracked(&schemas, &config.settings, &lock, read);
        diagnostics.extend(made.diagnostics);
        made.product
    });
    let out = args.out.clone().unwrap_or_else(|| config.out.clone());
    // The lock belongs to the output folder of the configuration. For another folder, it is only read.
    let lock = (args.out.is_none() || args.lock.is_some()).then_some(lock_path);
    Staged { product: product.map(|generated| Job::new(shown(&path), out, config.command, generated, lock)), diagnostics }
}

/// Generates the versions that the configuration describes.
fn of_versions(args: &Generate, config: &Config, read: &mut dyn FnMut(&Path), mut diagnostics: Diagnostics) -> Staged<Job> {
    let made = config.generate_versions(read);
    diagnostics.extend(made.diagnostics);
    let keeps_locks = args.out.is_none();
    let job = |made: xsdgen::GeneratedVersions| {
        let (mut summaries, mut locks) = (Vec::new(), Vec::new());
        for version in made.versions {
            summaries.push(Summary { version: Some(version.name), read: version.read, collisions: version.collisions });
            locks.push(Locked { path: version.lock_path, lock: version.lock, changes: version.lock_changes });
        }
        Job {
            source: shown(&config.path),
            out: args.out.clone().unwrap_or_else(|| config.out.clone()),
            command: config.command.clone(),
            files: made.files,
            read: summaries,
            locks: if keeps_locks { locks } else { Vec::new() },
        }
    };
    Staged { product: made.product.map(job), diagnostics }
}

/// Returns the selectors of `--only`.
fn only(args: &Generate) -> Vec<Rule<()>> {
    args.only.iter().map(|selector| Rule { selector: selector.trim().to_owned(), value: (), span: Span::file("--only") }).collect()
}

/// Generates the schemas of the command line.
pub(super) fn ad_hoc(args: &Generate, read: &mut dyn FnMut(&Path)) -> Staged<Job> {
    let files = check::files(&args.schemas);
    let mut diagnostics = files.diagnostics;
    let (Some(schemas), Some(out)) = (files.product, args.out.clone()) else { return Staged { product: None, diagnostics } };
    let krate = args.krate.as_deref().map(|name| CrateSettings::minimal(name, args.codec.as_deref()));
    let settings = Settings { krate, only: only(args), ..args.reading.settings() };
    let lock = args.lock.as_deref().map_or_else(|| Staged::of(Lock::default()), Lock::read);
    let product = and_then(lock, &mut diagnostics, |lock| xsdgen::generate_tracked(&schemas, &settings, &lock, read));
    let command = "the same command without --check".to_owned();
    let job = |generated| Job::new(source(&args.schemas), out, command, generated, args.lock.clone());
    Staged { product: product.map(job), diagnostics }
}

/// Returns the arguments, abbreviated if there are many.
fn source(schemas: &[String]) -> String {
    match schemas {
        [first, .., last] if schemas.len() > 4 => format!("{first} ... {last}"),
        _ => schemas.join(" "),
    }
}
