//! Writes a comparison as text for a terminal, with colours that the stream may strip.

use std::io::{self, Write};

use super::verdicts::{QUESTIONS, Question, parts};
use super::{clean, line, listed_changes, omitted, short, summary};
use crate::compare::rust::Level;
use crate::compare::{Change, ChangeKind, Comparison, Side};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const DIM: &str = "\x1b[2m";
const RESET: &str = "\x1b[0m";

/// Writes the changes, grouped by component, and then the verdicts. Changes of documentation are listed only if `documentation` is set.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(comparison: &Comparison, documentation: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut last = String::new();
    for change in listed_changes(comparison, documentation) {
        let subject = short(&change.subject.to_string());
        if subject != last {
            writeln!(out, "{BOLD}{subject}{RESET}")?;
            last = subject;
        }
        one(change, out)?;
    }
    if !last.is_empty() {
        writeln!(out)?;
    }
    writeln!(out, "{}{}", summary(&comparison.changes), omitted(comparison, documentation))?;
    QUESTIONS.iter().try_for_each(|question| documents(comparison, question, out))?;
    rust(comparison, out)
}

/// Writes a verdict about documents: the result, the witness, the change that caused it, and the parts.
fn documents(comparison: &Comparison, question: &Question, out: &mut dyn Write) -> io::Result<()> {
    let verdict = (question.of)(&comparison.verdicts.documents);
    let reason = verdict.reason.as_ref().map(|reason| format!(", {}", short(reason))).unwrap_or_default();
    writeln!(out, "{}: {BOLD}{}{RESET}{reason}", question.name, verdict.result.word())?;
    if let Some(change) = verdict.change.and_then(|id| comparison.changes.iter().find(|change| change.fingerprint == id)) {
        writeln!(out, "  {} {} {}", change.fingerprint, change.code, short(&change.subject.to_string()))?;
    }
    for line in verdict.witness.iter().flat_map(|witness| witness.lines()) {
        writeln!(out, "  | {}", clean(line))?;
    }
    parts(comparison, question).iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn one(change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let colour = match change.kind {
        ChangeKind::Added => GREEN,
        ChangeKind::Removed => RED,
        _ => YELLOW,
    };
    writeln!(out, "  {colour}{}{RESET} {}", change.code, line(change))?;
    for (word, side) in [("old", &change.old), ("new", &change.new)] {
        if let Some(Side { file, line }) = side {
            writeln!(out, "    {DIM}{word}{RESET}  {}", place(file, *line))?;
        }
    }
    if !change.rust.is_empty() {
        writeln!(out, "    {DIM}rust{RESET} {}", listed(&change.rust))?;
    }
    match &change.accepted {
        Some(reason) => writeln!(out, "    {DIM}id{RESET}   {}, accepted: {}", change.fingerprint, short(reason)),
        None => writeln!(out, "    {DIM}id{RESET}   {}", change.fingerprint),
    }
}

fn place(file: &str, line: u32) -> String {
    if line == 0 { short(file) } else { format!("{}:{line}", short(file)) }
}

/// The maximum number of Rust names that are shown for a change.
const NAMES: usize = 4;

fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMES).map(String::as_str).collect();
    match names.len().checked_sub(NAMES).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", shown.join(", ")),
        None => shown.join(", "),
    }
}

/// Writes the Rust verdict, with the differences that determine it.
fn rust(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let verdict = &comparison.verdicts.rust;
    writeln!(out, "rust: {BOLD}{}{RESET}", verdict.result)?;
    for change in verdict.changes.iter().filter(|change| change.rule.level == verdict.result && verdict.result != Level::Patch) {
        let values = match (&change.before, &change.after) {
            (Some(before), Some(after)) => format!(": {} -> {}", short(before), short(after)),
            (Some(only), None) | (None, Some(only)) => format!(": {}", short(only)),
            (None, None) => String::new(),
        };
        writeln!(out, "  {} {}{values}", change.rule.name, change.item)?;
    }
    Ok(())
}
