//! Writes a comparison as Markdown, for comments and release notes.

use std::io::{self, Write};

use super::verdicts::{QUESTIONS, Question, parts};
use super::{listed_changes, omitted, short, summary};
use crate::compare::rust::Level;
use crate::compare::{Change, Comparison, Side};

/// Writes the verdicts, and a table of the changes. Changes of documentation are listed only if `documentation` is set.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(comparison: &Comparison, documentation: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## Schema changes\n")?;
    writeln!(out, "{}{}.\n", summary(&comparison.changes), omitted(comparison, documentation))?;
    writeln!(out, "| verdict | result | parts |\n|---|---|---|")?;
    QUESTIONS.iter().try_for_each(|question| documents(comparison, question, out))?;
    writeln!(out, "| Rust | {} | |", comparison.verdicts.rust.result)?;
    if listed_changes(comparison, documentation).next().is_some() {
        writeln!(out, "\n| component | change | before | after | place | fingerprint |\n|---|---|---|---|---|---|")?;
        listed_changes(comparison, documentation).try_for_each(|change| row(change, out))?;
    }
    rust(comparison, out)?;
    QUESTIONS.iter().try_for_each(|question| witness(comparison, question, out))
}

fn documents(comparison: &Comparison, question: &Question, out: &mut dyn Write) -> io::Result<()> {
    let verdict = (question.of)(&comparison.verdicts.documents);
    let cause = verdict.change.map(|change| format!(", caused by `{change}`")).unwrap_or_default();
    let reason = verdict.reason.as_ref().map(|reason| format!(", {}", text(reason))).unwrap_or_default();
    let parts: Vec<String> = parts(comparison, question).iter().map(|line| text(line)).collect();
    writeln!(out, "| {} | {}{reason}{cause} | {} |", question.name, verdict.result.word(), parts.join("<br>"))
}

/// Writes the witness of a refuted verdict.
fn witness(comparison: &Comparison, question: &Question, out: &mut dyn Write) -> io::Result<()> {
    let Some(witness) = &(question.of)(&comparison.verdicts.documents).witness else { return Ok(()) };
    let longest = witness.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "\nA document that refutes \"{}\":\n\n{fence}xml\n{}\n{fence}", question.name, witness.trim_end())
}

fn row(change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let certain = change.confidence.map(|percent| format!(" ({percent} % certain)")).unwrap_or_default();
    let accepted = change.accepted.as_ref().map(|reason| format!("; accepted: {}", text(reason))).unwrap_or_default();
    let what = format!("{} {}{certain}{accepted}", change.code, change.title());
    let value = |value: &Option<String>| value.as_ref().map(|value| code(value)).unwrap_or_default();
    let side = change.new.as_ref().or(change.old.as_ref());
    let place = side.map(|Side { file, line }| code(&if *line == 0 { file.clone() } else { format!("{file}:{line}") })).unwrap_or_default();
    let subject = code(&change.subject.to_string());
    writeln!(out, "| {subject} | {what} | {} | {} | {place} | `{}` |", value(&change.before), value(&change.after), change.fingerprint)
}

/// Writes the differences of the Rust items that determine the verdict.
fn rust(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let verdict = &comparison.verdicts.rust;
    if verdict.result == Level::Patch {
        return Ok(());
    }
    writeln!(out, "\n| Rust item | {} because | before | after |\n|---|---|---|---|", verdict.result)?;
    for change in verdict.changes.iter().filter(|change| change.rule.level == verdict.result) {
        let value = |value: &Option<String>| value.as_ref().map(|value| code(value)).unwrap_or_default();
        writeln!(out, "| {} | {} | {} | {} |", code(&change.item), change.rule.name, value(&change.before), value(&change.after))?;
    }
    Ok(())
}

/// Returns a text for a cell of a table.
pub(crate) fn text(value: &str) -> String {
    short(value).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;").replace('`', "\\`").replace('*', "\\*").replace('_', "\\_")
}

/// Returns a value as code for a cell of a table. Backticks in it need a longer fence.
pub(crate) fn code(value: &str) -> String {
    let value = short(value).replace('|', "\\|");
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if value.starts_with('`') || value.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{value}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_any_text() {
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("`a``b"), "``` `a``b ```");
        assert_eq!(text("<b>*x*"), "&lt;b>\\*x\\*");
    }
}
