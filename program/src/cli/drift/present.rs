//! Writes the report of departures as text, JSON or Markdown.

use std::fmt::Write as _;
use std::io;

use serde_json::json;

use super::Report;
use super::collect::{Departure, Key, Kind};
use crate::cli::plural;

/// Returns the identifier of departures, which stays the same from run to run.
pub(super) fn id(key: &Key) -> String {
    let value = key.value.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
    format!("{}: {}{value}", key.kind.words(), key.place)
}

/// Returns the first lines of a report: how many documents depart from the schema.
fn summary(report: &Report<'_>, baseline: bool) -> String {
    let all = report.all;
    let total: usize = all.departures.values().map(|departure| departure.count).sum();
    let mut out = format!(
        "{} of {} from the schema: {} at {}",
        plural(all.departing, "document"),
        all.documents,
        plural(total, "departure"),
        plural(all.departures.len(), "place"),
    );
    out = out.replacen(" from the schema", if all.departing == 1 { " departs from the schema" } else { " depart from the schema" }, 1);
    if baseline {
        let _ = write!(out, ", {} new", report.new.len());
    }
    if all.rest > 0 {
        let _ = write!(out, " ({} more were not looked at)", all.rest);
    }
    out.push('\n');
    out
}

pub(super) fn text(report: &Report<'_>, baseline: bool) -> String {
    let mut out = String::new();
    let mut last = None;
    for (key, departure) in report.departures() {
        if last.replace(key.kind) != Some(key.kind) {
            let _ = writeln!(out, "{}", key.kind.words());
        }
        let value = key.value.as_ref().map(|value| format!(" = {}", clean(value))).unwrap_or_default();
        let new = if baseline && report.new.contains(key) { " (new)" } else { "" };
        let _ = writeln!(out, "  {}{value}: {} in {}{new}", clean(&key.place), departure.count, plural(departure.documents, "document"));
        let example = &departure.example;
        let shown = example.text.as_ref().filter(|_| key.value.is_none()).map(|text| format!(": `{}`", clean(text))).unwrap_or_default();
        let _ = writeln!(out, "    {}:{}:{}: {}{shown}", clean(&example.file), example.line, example.column, clean(&example.path));
        if let Some((span, exact)) = &departure.schema {
            let _ = writeln!(out, "    {}{}", if *exact { "schema: " } else { "schema, element around it: " }, clean(&span.to_string()));
        }
    }
    if !report.patch.is_empty() {
        let _ = write!(out, "\nsuggested edits of the schemas (--patch FILE writes them):\n{}", clean(&report.patch));
    }
    if !report.entries.is_empty() {
        let _ = write!(out, "\nentries for xsdgen.toml, if the schemas stay as they are:\n{}", clean(&report.entries));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&summary(report, baseline));
    out
}

pub(super) fn json(report: &Report<'_>) -> io::Result<String> {
    let departures: Vec<serde_json::Value> =
        report.departures().into_iter().map(|(key, departure)| entry(report, key, departure)).collect();
    let all = json!({
        "documents": report.all.documents,
        "departing": report.all.departing,
        "departures": departures,
        "patch": report.patch,
        "entries": report.entries,
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

fn entry(report: &Report<'_>, key: &Key, departure: &Departure) -> serde_json::Value {
    let example = &departure.example;
    let schema = departure.schema.as_ref().map(|(span, exact)| json!({ "file": &**span.path(), "line": span.line(), "exact": exact }));
    json!({
        "id": id(key),
        "kind": key.kind.words(),
        "place": key.place,
        "value": key.value,
        "count": departure.count,
        "documents": departure.documents,
        "new": report.new.contains(key),
        "example": { "file": example.file, "path": example.path, "line": example.line, "column": example.column, "text": example.text },
        "schema": schema,
    })
}

pub(super) fn markdown(report: &Report<'_>, baseline: bool) -> String {
    let mut out = format!("# Departures from the schema\n\n{}\n", summary(report, baseline));
    if !report.all.departures.is_empty() {
        out.push_str("| kind | place | count | documents | example |\n|---|---|---:|---:|---|\n");
    }
    for (key, departure) in report.departures() {
        let value = key.value.as_ref().map(|value| format!(" = {}", cell(value))).unwrap_or_default();
        let new = if baseline && report.new.contains(key) { " (new)" } else { "" };
        let example = format!("{}:{}", departure.example.file, departure.example.line);
        let text = departure.example.text.as_ref().filter(|_| matches!(key.kind, Kind::OtherType | Kind::Text | Kind::Unreadable));
        let text = text.map(|text| format!(": {}", cell(text))).unwrap_or_default();
        let (kind, place) = (key.kind.words(), cell(&key.place));
        let _ =
            writeln!(out, "| {kind}{new} | {place}{value} | {} | {} | {}{text} |", departure.count, departure.documents, cell(&example));
    }
    for (title, kind, code) in [("Suggested edits", "diff", &report.patch), ("Entries for xsdgen.toml", "toml", &report.entries)] {
        if !code.is_empty() {
            let fence = "`".repeat(longest_fence(code).max(2) + 1);
            let _ = write!(out, "\n## {title}\n\n{fence}{kind}\n{code}{fence}\n");
        }
    }
    out
}

/// Returns a text for a cell of a table: as code, without characters that end the cell.
fn cell(text: &str) -> String {
    let fence = "`".repeat(longest_fence(text) + 1);
    let text = clean(text).replace('\n', " ").replace('|', "\\|");
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns the length of the longest run of backquotes in a text.
fn longest_fence(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Replaces control characters, which a terminal could interpret.
fn clean(text: &str) -> String {
    xsdgen::report::visible(text, &['\n', '\t'])
}
