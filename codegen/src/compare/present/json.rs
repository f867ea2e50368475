//! Writes a comparison as JSON. `docs/comparison.schema.json` describes the format.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::compare::rust::{self, ApiChange};
use crate::compare::{Change, Comparison, Documents, PartVerdicts, Side, Verdict};

/// Writes a comparison as one JSON document.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let changes: Vec<Value> = comparison.changes.iter().map(change).collect();
    let mut verdicts = documents(&comparison.verdicts.documents);
    verdicts.insert("rust".to_owned(), rust(&comparison.verdicts.rust));
    let parts: Vec<Value> = comparison.parts.iter().map(part).collect();
    let document = json!({ "changes": changes, "verdicts": verdicts, "parts": parts });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn documents(it: &Documents) -> Map<String, Value> {
    let all = [("new_reads_old", &it.new_reads_old), ("old_reads_new", &it.old_reads_new), ("old_tolerates_new", &it.old_tolerates_new)];
    all.into_iter().map(|(name, it)| (name.to_owned(), verdict(it))).collect()
}

fn verdict(it: &Verdict) -> Value {
    let mut out = Map::new();
    out.insert("result".to_owned(), json!(it.result.word()));
    optional(&mut out, "witness", it.witness.as_ref());
    optional(&mut out, "change", it.change.map(|change| change.to_string()).as_ref());
    optional(&mut out, "reason", it.reason.as_ref());
    Value::Object(out)
}

fn part(it: &PartVerdicts) -> Value {
    json!({ "part": it.part.word(), "path": it.path, "verdicts": documents(&it.documents) })
}

fn change(it: &Change) -> Value {
    let mut out = Map::new();
    out.insert("id".to_owned(), json!(it.code.id));
    out.insert("kind".to_owned(), json!(it.kind.word()));
    out.insert("title".to_owned(), json!(it.title()));
    out.insert("path".to_owned(), json!(it.subject.to_string()));
    out.insert("fingerprint".to_owned(), json!(it.fingerprint.to_string()));
    out.insert("old".to_owned(), side(it.old.as_ref()));
    out.insert("new".to_owned(), side(it.new.as_ref()));
    optional(&mut out, "before", it.before.as_ref());
    optional(&mut out, "after", it.after.as_ref());
    out.extend(it.confidence.map(|percent| ("confidence".to_owned(), json!(percent))));
    out.insert("rust".to_owned(), json!(it.rust));
    optional(&mut out, "accepted", it.accepted.as_ref());
    Value::Object(out)
}

fn side(it: Option<&Side>) -> Value {
    it.map_or(Value::Null, |side| json!({ "file": side.file, "line": side.line }))
}

fn rust(it: &rust::Verdict) -> Value {
    let changes: Vec<Value> = it.changes.iter().map(api_change).collect();
    json!({ "result": it.result.word(), "changes": changes })
}

fn api_change(it: &ApiChange) -> Value {
    let mut out = Map::new();
    out.insert("rule".to_owned(), json!(it.rule.name));
    out.insert("level".to_owned(), json!(it.rule.level.word()));
    out.insert("item".to_owned(), json!(it.item));
    optional(&mut out, "before", it.before.as_ref());
    optional(&mut out, "after", it.after.as_ref());
    out.insert("causes".to_owned(), json!(it.causes.iter().map(ToString::to_string).collect::<Vec<_>>()));
    Value::Object(out)
}

fn optional(out: &mut Map<String, Value>, key: &str, value: Option<&String>) {
    out.extend(value.map(|value| (key.to_owned(), json!(value))));
}
