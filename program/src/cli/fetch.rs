//! `xsdgen fetch`: lists the documents that schemas name by URL, and records the hashes of those that the user has put into a folder. It downloads
//! nothing.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use xsdgen::Config;
use xsdgen::diagnostic::Staged;
use xsdgen::fetch::{self, FetchLock, Locked, Need};
use xsdgen::output;
use xsdgen::settings::Settings;

use super::args::Fetch;
use super::console::{Console, Ran};
use super::generate::{config_path, shown};
use super::{Outcome, check, plural, terminal};

/// The folder for documents, beside the lock.
const FOLDER: &str = "vendor";

/// The schemas and where their documents are expected.
struct Job {
    schemas: Vec<PathBuf>,
    settings: Settings,
    folder: PathBuf,
    lock: PathBuf,
}

/// What is known about the documents that the schemas need.
#[derive(Default)]
struct Found<'n> {
    missing: Vec<&'n Need>,
    /// The documents whose hash differs from that in the lock.
    changed: Vec<&'n Need>,
    /// The documents that the lock does not have.
    new: usize,
    lock: FetchLock,
}

pub(super) fn run(args: &Fetch, console: Console) -> Ran {
    let job = console.take(job(args))?;
    let old = console.take(FetchLock::read(&job.lock))?;
    let needs = fetch::needs(&job.schemas, &job.settings, &job.folder);
    let is_faulty = needs.diagnostics.has_errors();
    console.tell(needs.diagnostics)?;
    let found = compare(&needs.documents, &old, args.update);
    terminal::stdout().write_all(listed(&found).as_bytes())?;
    let folder = job.lock.parent().unwrap_or(Path::new(""));
    let behind = found.lock.text(folder) != old.text(folder);
    if args.check {
        let complete = found.missing.is_empty() && found.changed.is_empty();
        if complete && behind {
            console.problem(format!("{} is out of date", shown(&job.lock)), Some("run `xsdgen fetch`"))?;
        }
        return Ok(if complete && !behind { Outcome::Done } else { Outcome::No });
    }
    if behind {
        console.take(write(&job.lock, &found.lock))?;
    }
    if !args.quiet && console.is_for_people() {
        let (all, new) = (plural(found.lock.documents.len(), "document"), found.new);
        writeln!(terminal::stderr(), "{}: {all}, {new} new; {} missing", shown(&job.lock), found.missing.len())?;
    }
    Ok(if is_faulty || !found.changed.is_empty() { Outcome::No } else { Outcome::Done })
}

/// Returns the schemas of the command line or of the configuration, with the places of the documents and of the lock.
fn job(args: &Fetch) -> Staged<Job> {
    if args.schemas.is_empty() {
        let read = Config::read(&config_path(args.config.as_deref()));
        let mut diagnostics = read.diagnostics;
        let Some(config) = read.product else { return Staged { product: None, diagnostics } };
        let inputs = config.inputs();
        diagnostics.extend(inputs.diagnostics);
        let base = config.base().to_owned();
        let product = inputs.product.map(|schemas| Job {
            schemas,
            folder: args.dir.clone().unwrap_or_else(|| base.join(FOLDER)),
            lock: args.lock.clone().unwrap_or_else(|| base.join(FetchLock::NAME)),
            settings: config.settings,
        });
        return Staged { product, diagnostics };
    }
    let files = check::files(&args.schemas);
    let product = files.product.map(|schemas| Job {
        schemas,
        settings: args.reading.settings(),
        folder: args.dir.clone().unwrap_or_else(|| PathBuf::from(FOLDER)),
        lock: args.lock.clone().unwrap_or_else(|| PathBuf::from(FetchLock::NAME)),
    });
    Staged { product, diagnostics: files.diagnostics }
}

/// Compares the documents with the lock. The new lock keeps the old hash of a document that has changed, unless changes are accepted.
fn compare<'n>(needs: &'n [Need], old: &FetchLock, accept: bool) -> Found<'n> {
    let mut found = Found::default();
    for need in needs {
        let known = need.url.as_ref().and_then(|url| old.documents.get(url));
        let (Some(url), Some(sha256)) = (&need.url, &need.sha256) else {
            found.missing.push(need);
            // The file may be on its way, and what it was must not be forgotten.
            if let (Some(url), Some(known)) = (&need.url, known) {
                found.lock.documents.insert(url.clone(), known.clone());
            }
            continue;
        };
        let mut now = Locked { file: need.file.clone(), sha256: sha256.clone() };
        match known {
            None => found.new += 1,
            Some(known) if known.sha256 != *sha256 && !accept => {
                found.changed.push(need);
                now.sha256.clone_from(&known.sha256);
            }
            Some(_) => {}
        }
        found.lock.documents.insert(url.clone(), now);
    }
    found
}

/// Returns the list of what is missing and what has changed, with commands that fetch what is missing.
fn listed(found: &Found<'_>) -> String {
    let mut out = String::new();
    for need in &found.missing {
        match &need.url {
            Some(url) => {
                let _ = writeln!(out, "missing  {}\n         expected at {}, needed by {}", printable(url), shown(&need.file), need.span);
            }
            None => {
                let _ = writeln!(out, "missing  {}, needed by {}", shown(&need.file), need.span);
            }
        }
    }
    for need in &found.changed {
        let _ = writeln!(out, "changed  {}, recorded for {}", shown(&need.file), printable(need.url.as_deref().unwrap_or_default()));
    }
    let commands: Vec<String> = found.missing.iter().filter_map(|need| command(need)).collect();
    if !commands.is_empty() {
        let _ = write!(out, "\n# xsdgen downloads nothing. These commands would:\n{}\n", commands.join("\n"));
    }
    out
}

/// Returns the command that fetches a document.
fn command(need: &Need) -> Option<String> {
    let url = need.url.as_ref().filter(|url| ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)))?;
    let is_plain = !url.chars().any(char::is_control);
    is_plain.then(|| format!("curl -fgL --create-dirs -o {} {}", quoted(&shown(&need.file)), quoted(url)))
}

/// Returns a text without control characters, which could change what a terminal shows.
fn printable(text: &str) -> String {
    text.replace(char::is_control, "\u{FFFD}")
}

/// Returns a text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Writes the lock to a temporary file, which is then moved.
fn write(path: &Path, lock: &FetchLock) -> Staged<()> {
    let text = lock.text(path.parent().unwrap_or(Path::new("")));
    let Staged { product, mut diagnostics } = output::compare_file(path, &text);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let written = product.and_then(|comparison| {
        let written = output::write(&[(name, text)].into(), &comparison);
        diagnostics.extend(written.diagnostics);
        written.product
    });
    Staged { product: written.map(drop), diagnostics }
}
