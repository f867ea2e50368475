//! `xsdgen generate`: brings an output folder up to date, or prints how it differs (`--check`, `--diff`).
//! `xsdgen::generate` runs the stages; `xsdgen::output` compares and writes.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::Staged;
use xsdgen::output::{self, Comparison, State};
use xsdgen::settings::{CrateSettings, Settings};
use xsdgen::{Config, Generated, diff};

use super::args::Generate;
use super::{Outcome, check, plural, tell};

const GREEN: &str = "\x1b[1;32m";
const RED: &str = "\x1b[1;31m";
const CYAN: &str = "\x1b[1;36m";
const RESET: &str = "\x1b[0m";

/// The name of the configuration file.
const CONFIG: &str = "xsdgen.toml";

/// The bindings and where to write them, from the command line or the configuration.
struct Job {
    /// The source of the schemas, as messages name it.
    source: String,
    out: PathBuf,
    /// The command that writes the output.
    command: String,
    generated: Generated,
}

pub(super) fn run(args: &Generate) -> io::Result<Outcome> {
    if args.schemas.is_empty() && args.config.is_none() && find_config().is_none() {
        let help = "name schema files and `--out DIR`, or write an `xsdgen.toml`";
        writeln!(anstream::stderr(), "error: no schemas are given, and there is no `{CONFIG}` here or in a folder above\nhelp: {help}")?;
        return Ok(Outcome::Usage);
    }
    let job = if args.schemas.is_empty() { configured(args) } else { ad_hoc(args) };
    tell(&job.diagnostics)?;
    let Some(job) = job.product else { return Ok(Outcome::of(&job.diagnostics)) };
    let compared = output::compare(&job.generated.files, &job.out);
    tell(&compared.diagnostics)?;
    let Some(comparison) = compared.product else { return Ok(Outcome::of(&compared.diagnostics)) };
    if !args.quiet {
        print_read(&job)?;
    }
    if args.check || args.diff { look(args, &job, &comparison) } else { update(args, &job, &comparison) }
}

/// Runs `--check` and `--diff`, which write nothing.
fn look(args: &Generate, job: &Job, comparison: &Comparison) -> io::Result<Outcome> {
    if args.diff {
        let mut text = Vec::new();
        diff::write(&job.generated.files, comparison, &mut text)?;
        anstream::stdout().lock().write_all(&text)?;
    }
    if comparison.is_fresh() {
        if !args.quiet {
            let files = plural(comparison.entries.len(), "file");
            writeln!(anstream::stderr(), "{GREEN}   fresh{RESET} {}: {files} up to date", shown(&job.out))?;
        }
        return Ok(Outcome::Done);
    }
    if !args.check {
        return Ok(Outcome::Done);
    }
    let mut err = anstream::stderr().lock();
    writeln!(err, "{RED}error{RESET}: {} is out of date: {}", shown(&job.out), comparison.summary())?;
    print_changes(comparison, ("missing", "orphaned"), &mut err)?;
    writeln!(err, "{CYAN}help{RESET}: run `{}`", job.command)?;
    Ok(Outcome::No)
}

/// Brings the output up to date.
fn update(args: &Generate, job: &Job, comparison: &Comparison) -> io::Result<Outcome> {
    let written = output::write(&job.generated.files, comparison);
    tell(&written.diagnostics)?;
    if written.product.is_none() {
        return Ok(Outcome::of(&written.diagnostics));
    }
    if args.quiet {
        return Ok(Outcome::Done);
    }
    let mut err = anstream::stderr().lock();
    print_changes(comparison, ("new", "removed"), &mut err)?;
    let files = &job.generated.files;
    let lines: usize = files.values().map(|text| text.lines().count()).sum();
    let size = format!("{}, {}", plural(files.len(), "file"), plural(lines, "line"));
    let unchanged = comparison.count(|s| *s == State::Unchanged);
    if comparison.is_fresh() {
        writeln!(err, "{GREEN}    done{RESET} {}: {size}; nothing changed, nothing written", shown(&job.out))?;
    } else {
        let changes = [
            (comparison.count(|s| *s == State::Missing), "new"),
            (comparison.count(|s| matches!(s, State::Changed(_))), "changed"),
            (comparison.count(|s| matches!(s, State::Orphaned(_))), "removed"),
            (unchanged, "unchanged"),
        ];
        let changes: Vec<String> = changes.iter().map(|(n, word)| format!("{n} {word}")).collect();
        writeln!(err, "{GREEN}    done{RESET} {}: {size}; {}", shown(&job.out), changes.join(", "))?;
    }
    Ok(Outcome::Done)
}

fn print_read(job: &Job) -> io::Result<()> {
    let read = job.generated.read;
    let (documents, components) = (plural(read.documents, "schema file"), plural(read.components, "component"));
    let namespaces = plural(read.namespaces, "namespace");
    writeln!(anstream::stderr(), "{GREEN}    read{RESET} {}: {documents}, {components} in {namespaces}", job.source)?;
    match job.generated.collisions.as_slice() {
        [] => Ok(()),
        [one] => writeln!(anstream::stderr(), "   names `{}` is {}: {} was taken", one.component, one.given, one.wanted),
        all => {
            writeln!(anstream::stderr(), "   names {} names were changed because of conflicts: see `xsdgen names --collisions`", all.len())
        }
    }
}

/// Prints the files that differ, one per line. `words` describe missing and orphaned files.
fn print_changes(comparison: &Comparison, words: (&str, &str), out: &mut dyn Write) -> io::Result<()> {
    for (path, state) in &comparison.entries {
        let word = match state {
            State::Unchanged => continue,
            State::Changed(_) => "changed",
            State::Missing => words.0,
            State::Orphaned(_) => words.1,
            State::Foreign(_) => "in the way",
        };
        writeln!(out, "{word:>8} {}", shown(&comparison.dir.join(path)))?;
    }
    Ok(())
}

/// Returns a path with forward slashes.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Generates what `xsdgen.toml` describes.
fn configured(args: &Generate) -> Staged<Job> {
    let path = config_path(args.config.as_deref());
    let read = Config::read(&path);
    let mut diagnostics = read.diagnostics;
    let Some(config) = read.product else { return Staged { product: None, diagnostics } };
    let generated = config.generate();
    diagnostics.extend(generated.diagnostics);
    let out = args.out.clone().unwrap_or_else(|| config.out.clone());
    let job = |generated| Job { source: shown(&path), out, command: config.command, generated };
    Staged { product: generated.product.map(job), diagnostics }
}

/// Generates the schemas of the command line.
fn ad_hoc(args: &Generate) -> Staged<Job> {
    let files = check::files(&args.schemas);
    let mut diagnostics = files.diagnostics;
    let (Some(schemas), Some(out)) = (files.product, args.out.clone()) else { return Staged { product: None, diagnostics } };
    let krate = args.krate.as_deref().map(|name| CrateSettings::minimal(name, args.codec.as_deref()));
    let generated = xsdgen::generate(&schemas, &Settings { krate, ..args.reading.settings() });
    diagnostics.extend(generated.diagnostics);
    let command = "the same command without --check".to_owned();
    let job = |generated| Job { source: source(&args.schemas), out, command, generated };
    Staged { product: generated.product.map(job), diagnostics }
}

/// Returns the given configuration file, or the one that is found.
pub(super) fn config_path(named: Option<&Path>) -> PathBuf {
    named.map(Path::to_owned).or_else(find_config).unwrap_or_else(|| PathBuf::from(CONFIG))
}

/// Generates the bindings of the given schemas or of the configuration, and writes nothing.
pub(super) fn of(schemas: &[String], config: Option<&Path>) -> Staged<Generated> {
    let mut diagnostics;
    let product = if schemas.is_empty() {
        let read = Config::read(&config_path(config));
        diagnostics = read.diagnostics;
        read.product.map(|config| config.generate())
    } else {
        let files = check::files(schemas);
        diagnostics = files.diagnostics;
        files.product.map(|files| xsdgen::generate(&files, &Settings::default()))
    };
    let product = product.and_then(|made| {
        diagnostics.extend(made.diagnostics);
        made.product
    });
    Staged { product, diagnostics }
}

/// Returns the arguments, abbreviated if there are many.
fn source(schemas: &[String]) -> String {
    match schemas {
        [first, .., last] if schemas.len() > 4 => format!("{first} ... {last}"),
        _ => schemas.join(" "),
    }
}

/// Finds `xsdgen.toml` in the working directory or in the nearest folder above it.
fn find_config() -> Option<PathBuf> {
    if Path::new(CONFIG).is_file() {
        return Some(PathBuf::from(CONFIG));
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().skip(1).map(|folder| folder.join(CONFIG)).find(|path| path.is_file())
}
