//! `xsdgen validate`: validates documents by schemas, without generated code. `finding` turns what the reader says into diagnostics, `format`
//! prints them.

mod finding;
mod format;

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use xsdgen::Config;
use xsdgen::diagnostic::{Diagnostics, Span, Staged};
use xsdgen_dynamic::{ErrorKind, ReadOptions, Validator};

use super::args::{Messages, Validate};
use super::console::{Console, Ran};
use super::progress::Progress;
use super::{Outcome, check, generate, plural, terminal};
use finding::Finding;

/// The name of standard input among the documents.
const STDIN: &str = "-";

/// The number of bytes that are read from a file at once.
const BUFFER: usize = 64 << 10;

/// A schema set for documents.
pub(super) struct Checker {
    pub(super) validator: Validator,
    /// Whether documents may contain secrets, so that their lines are not shown.
    pub(super) secrets: bool,
}

/// What was found in all documents.
#[derive(Debug, Default)]
struct Totals {
    documents: usize,
    invalid: usize,
    unreadable: usize,
}

pub(super) fn run(args: &Validate, console: Console) -> Ran {
    let progress = Progress::new("reading schemas", console, args.quiet);
    let checker = checker(&args.schemas, args.config.as_deref(), &args.reading);
    let checker = progress.aside(|| console.take(checker))?;
    let documents = progress.aside(|| console.take(documents(&args.documents)))?;
    let mut totals = Totals::default();
    progress.steps("validating documents:", documents.len());
    for document in &documents {
        one(args, &checker, document, &mut totals, &progress, console)?;
        progress.step();
    }
    drop(progress);
    summary(args, &totals, console)
}

/// Reads the schemas that the arguments name, or those of a configuration.
pub(super) fn checker(schemas: &[String], config: Option<&Path>, reading: &super::args::Reading) -> Staged<Checker> {
    let mut diagnostics = Diagnostics::new();
    let (files, settings) = if schemas.is_empty() {
        let read = Config::read(&generate::config_path(config));
        diagnostics.extend(read.diagnostics);
        let Some(config) = read.product else { return Staged { product: None, diagnostics } };
        (config.inputs(), config.settings)
    } else {
        (check::files(schemas), reading.settings())
    };
    diagnostics.extend(files.diagnostics);
    let Some(files) = files.product else { return Staged { product: None, diagnostics } };
    let made = Validator::new(&files, &settings);
    diagnostics.extend(made.diagnostics);
    let secrets = !settings.secrets.is_empty();
    Staged { product: made.product.map(|validator| Checker { validator, secrets }), diagnostics }
}

/// Returns the documents that the arguments name: files, folders with `.xml` files, patterns, and `-` for standard input.
pub(super) fn documents(arguments: &[String]) -> Staged<Vec<PathBuf>> {
    let stdin = arguments.iter().any(|text| text == STDIN);
    let named = arguments.iter().filter(|text| *text != STDIN).map(|text| (text.as_str(), Span::file(text.as_str())));
    let mut found = xsdgen::inputs::documents(Path::new(""), named);
    if let Some(files) = found.product.as_mut().filter(|_| stdin) {
        files.insert(0, PathBuf::from(STDIN));
    }
    found
}

/// Reads a document.
pub(super) fn bytes(document: &Path) -> io::Result<Vec<u8>> {
    if document.as_os_str() != STDIN {
        return fs::read(document);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Calls a function with the bytes of a document.
fn read<T>(document: &Path, with: &mut dyn FnMut(&mut dyn BufRead) -> T) -> io::Result<T> {
    if document.as_os_str() == STDIN {
        return Ok(with(&mut io::stdin().lock()));
    }
    Ok(with(&mut BufReader::with_capacity(BUFFER, fs::File::open(document)?)))
}

/// Validates one document, and prints what was found.
fn one(args: &Validate, checker: &Checker, document: &Path, totals: &mut Totals, progress: &Progress, console: Console) -> io::Result<()> {
    totals.documents += 1;
    let name = document.to_string_lossy();
    let mut findings = match read(document, &mut |xml| findings(args, checker, xml)).and_then(|found| found) {
        Ok(findings) => findings,
        Err(why) => {
            totals.unreadable += 1;
            return progress.aside(|| console.problem(format!("cannot read `{}`: {why}", name.escape_debug()), None));
        }
    };
    if console.is_strict() {
        findings.iter_mut().for_each(|finding| finding.is_error = true);
    }
    totals.invalid += usize::from(findings.iter().any(|finding| finding.is_error));
    if findings.is_empty() {
        return Ok(());
    }
    let diagnostics = finding::diagnostics(&findings, checker, &name);
    let mut text = Vec::new();
    match console.format() {
        Messages::Human => return progress.aside(|| console.print(&diagnostics)),
        Messages::Json => format::json(&findings, &diagnostics, &mut text)?,
        Messages::Github => format::github(&findings, &diagnostics, &mut text)?,
    }
    console.write(&text)
}

/// Returns what is wrong in a document, in the order of the document.
fn findings(args: &Validate, checker: &Checker, xml: &mut dyn BufRead) -> io::Result<Vec<Finding>> {
    let options = if args.tolerant { ReadOptions::tolerant() } else { ReadOptions::strict().all_errors(true) };
    let mut findings: Vec<Finding> = match checker.validator.check_reader(xml, &options.max_bytes(usize::MAX)) {
        Ok(notes) => notes
            .iter()
            .enumerate()
            .filter(|_| args.tolerant)
            .map(|(index, note)| Finding::of_note(note, notes.source_line(index), &checker.validator))
            .collect(),
        Err(error) if error.kind() == ErrorKind::Io => return Err(io::Error::other(error.message())),
        Err(error) => error.all().map(|error| Finding::of_error(error, &checker.validator)).collect(),
    };
    findings.sort_by_key(|finding| (finding.line, finding.column));
    Ok(findings)
}

fn summary(args: &Validate, totals: &Totals, console: Console) -> Ran {
    let quiet = args.quiet || !console.is_for_people();
    let documents = plural(totals.documents, "document");
    if totals.unreadable > 0 {
        return Ok(Outcome::Io);
    }
    if totals.invalid > 0 {
        if totals.documents > 1 && !quiet {
            writeln!(terminal::stderr(), "{} of {documents} not valid", totals.invalid)?;
        }
        return Ok(Outcome::No);
    }
    if !quiet {
        let verdict = if args.tolerant { "readable" } else { "valid" };
        writeln!(terminal::stdout(), "ok: {documents} {verdict}")?;
    }
    Ok(Outcome::Done)
}
