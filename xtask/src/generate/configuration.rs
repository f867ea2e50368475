//! Generates the JSON Schema of `xsdgen.toml`, and the reference of its keys in `docs/configuration.md` from the same descriptions.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value};

use crate::Failure;
use crate::files::read;

/// The JSON Schema.
pub(super) const SCHEMA: &str = "docs/xsdgen.schema.json";

/// The page.
pub(super) const PAGE: &str = "docs/configuration.md";

/// The line of the page after which everything is generated.
const HEAD: &str = "<!-- `cargo gen` writes the rest, from the documentation of the keys in `codegen/src/config/file/`. -->\n";

/// Returns the text of the JSON Schema.
pub(super) fn schema() -> String {
    format!("{:#}\n", xsdgen::config_schema())
}

/// Returns the page with the new reference.
pub(super) fn page() -> Result<String, Failure> {
    let page = read(Path::new(PAGE))?.replace("\r\n", "\n");
    let (before, _) = page
        .split_once(HEAD)
        .ok_or_else(|| Failure::new(format!("`{PAGE}` has no reference"), format!("restore the line `{}`", HEAD.trim_end())))?;
    Ok(format!("{before}{HEAD}{}", reference(&xsdgen::config_schema())))
}

/// Returns the reference: the keys of the document, then a section for each table.
fn reference(schema: &Value) -> String {
    let mut out = String::from("\n## Keys of the document\n");
    let all: Vec<_> = properties(schema).collect();
    let (tables, plain): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, key)| key.get("type").is_some_and(|name| name == "object"));
    for (name, key) in plain {
        entry(&mut out, schema, name, key);
    }
    for (name, table) in tables {
        // Writing to a string does not fail.
        let _ = write!(out, "\n## `[{name}]`\n\n*{}*\n\n{}\n", kind(table), description(table));
        let entries = table.get("additionalProperties").filter(|entries| entries.is_object());
        if let Some(entries) = entries.filter(|entries| properties(entries).next().is_some()) {
            out.push_str("\nEach table in it has these keys:\n");
            keys(&mut out, entries);
        } else {
            keys(&mut out, table);
        }
    }
    out
}

fn keys(out: &mut String, table: &Value) {
    for (name, key) in properties(table) {
        entry(out, table, name, key);
    }
}

fn entry(out: &mut String, table: &Value, name: &str, key: &Value) {
    let required = table.get("required").and_then(Value::as_array).is_some_and(|list| list.iter().any(|item| item == name));
    let required = if required { "; required" } else { "" };
    let _ = write!(out, "\n### `{name}`\n\n*{}{required}*\n\n{}\n", kind(key), description(key));
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn description(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

/// Returns the type of a value in words.
fn kind(schema: &Value) -> String {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return format!("one of {}", words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "));
    }
    if let Some(kinds) = schema.get("anyOf").and_then(Value::as_array) {
        return kinds.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => "a string".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("integer") => "a number".to_owned(),
        Some("array") => match schema.get("items").filter(|items| items.get("enum").is_some()) {
            Some(items) => format!("an array; each item is {}", kind(items)),
            None => "an array of strings".to_owned(),
        },
        Some("object") => match schema.get("additionalProperties").and_then(|entries| entries.get("type")).and_then(Value::as_str) {
            Some("string") => "a table of strings".to_owned(),
            Some("array") => "a table of arrays of strings".to_owned(),
            Some("object") => "a table of tables".to_owned(),
            _ => "a table".to_owned(),
        },
        _ => "any value".to_owned(),
    }
}
