//! `xsdgen drift`: shows where recorded documents depart from the schema. `collect` counts the departures, `edit` suggests edits of the schemas, and
//! `present` writes the report.

mod collect;
mod edit;
mod present;

use std::collections::BTreeSet;
use std::path::Path;

use xsdgen_dynamic::{Missing, ReadOptions};

use super::args::{Drift, DriftFormat};
use super::console::{Console, Ran};
use super::progress::Progress;
use super::validate::{Checker, bytes, checker, documents};
use super::{Outcome, write_text};
use collect::{Collector, Departure, Key, Source};
use edit::Edits;

/// The departures of all documents, with those that a baseline does not have.
struct Report<'c> {
    all: &'c Collector,
    /// The keys that the baseline does not have; all, if there is no baseline.
    new: BTreeSet<&'c Key>,
    patch: String,
    entries: String,
}

impl Report<'_> {
    /// Returns the departures, the most frequent first.
    fn departures(&self) -> Vec<(&Key, &Departure)> {
        let mut all: Vec<(&Key, &Departure)> = self.all.departures.iter().collect();
        all.sort_by_key(|(key, departure)| (key.kind, usize::MAX - departure.count));
        all
    }
}

pub(super) fn run(args: &Drift, console: Console) -> Ran {
    let progress = Progress::new("reading schemas", console, false);
    let checker = checker(&args.schemas, args.config.as_deref(), &args.reading);
    let checker = progress.aside(|| console.take(checker))?;
    let documents = progress.aside(|| console.take(documents(&args.documents)))?;
    let known = match args.baseline.as_deref().map(baseline) {
        Some(Err(why)) => {
            console.problem(format!("the baseline is not a report of `xsdgen drift --format json`: {why}"), None)?;
            return Ok(Outcome::Io);
        }
        Some(Ok(known)) => known,
        None => BTreeSet::new(),
    };
    let mut all = Collector::default();
    let mut unreadable = false;
    progress.steps("reading documents:", documents.len());
    for document in &documents {
        let name = document.to_string_lossy();
        match bytes(document) {
            Ok(bytes) => add(&checker, &name, &bytes, &mut all),
            Err(why) => {
                unreadable = true;
                progress.aside(|| console.problem(format!("cannot read `{}`: {why}", name.escape_debug()), None))?;
            }
        }
        progress.step();
    }
    drop(progress);
    let outcome = report(args, &checker, &all, &known, console)?;
    Ok(if unreadable { Outcome::Io } else { outcome })
}

/// Adds the departures of a document.
fn add(checker: &Checker, name: &str, bytes: &[u8], all: &mut Collector) {
    let options = ReadOptions::tolerant().missing(Missing::Blank).max_bytes(usize::MAX);
    // The offsets of notes count a line end as one byte.
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    match checker.validator.read(bytes, &options) {
        Ok(reading) => {
            all.rest += reading.notes.rest();
            all.add(&checker.validator, &Source { name, text, document: Some(&reading.value) }, &reading.notes, None);
        }
        Err(error) => all.add(&checker.validator, &Source { name, text, document: None }, &[], Some(&error)),
    }
}

fn report(args: &Drift, checker: &Checker, all: &Collector, known: &BTreeSet<String>, console: Console) -> Ran {
    let new: BTreeSet<&Key> = all.departures.keys().filter(|key| !known.contains(&present::id(key))).collect();
    let failed = !new.is_empty();
    let edits = Edits::of(&checker.validator, all.departures.iter());
    let report = Report { all, patch: edits.patch(), entries: edit::entries(all.departures.iter()), new };
    let text = match args.format {
        DriftFormat::Text => present::text(&report, args.baseline.is_some()),
        DriftFormat::Json => present::json(&report)?,
        DriftFormat::Markdown => present::markdown(&report, args.baseline.is_some()),
    };
    if let Some(patch) = &args.patch
        && write_text(Some(patch), &report.patch, console)? != Outcome::Done
    {
        return Ok(Outcome::Io);
    }
    match write_text(args.out.as_deref(), &text, console)? {
        Outcome::Done if failed => Ok(Outcome::No),
        outcome => Ok(outcome),
    }
}

/// Reads the identifiers of the departures in an earlier report.
fn baseline(path: &Path) -> Result<BTreeSet<String>, String> {
    let text = std::fs::read_to_string(path).map_err(|why| why.to_string())?;
    let report: serde_json::Value = serde_json::from_str(&text).map_err(|why| why.to_string())?;
    let departures = report.get("departures").and_then(|all| all.as_array()).ok_or("it has no `departures`")?;
    Ok(departures.iter().filter_map(|it| Some(it.get("id")?.as_str()?.to_owned())).collect())
}
