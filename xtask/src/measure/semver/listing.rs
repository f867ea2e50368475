//! Lists the public items of a crate with their types, from its documentation as JSON.

use std::collections::BTreeSet;

use serde_json::Value;
use xsdgen::compare::rust::Level;

/// Returns the release that the difference of two crates requires: major if anything is gone or has another type, minor if anything is new.
pub(super) fn level(old: &str, new: &str) -> Level {
    let (old, new) = (listed(old), listed(new));
    match () {
        () if old.difference(&new).next().is_some() => Level::Major,
        () if new.difference(&old).next().is_some() => Level::Minor,
        () => Level::Patch,
    }
}

/// Returns the lines of both listings that the other does not have.
pub(super) fn differences(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (listed(old), listed(new));
    let lines = |sign: &'static str, one: &BTreeSet<String>, other: &BTreeSet<String>| {
        one.difference(other).map(|line| format!("  {sign} {}", line.chars().take(300).collect::<String>())).collect::<Vec<_>>()
    };
    [lines("-", &old, &new), lines("+", &new, &old)].concat()
}

fn listed(json: &str) -> BTreeSet<String> {
    let docs: Value = serde_json::from_str(json).unwrap_or_default();
    let mut listing = Listing { index: &docs["index"], out: BTreeSet::new() };
    listing.item(&docs["root"], "");
    listing.out
}

struct Listing<'d> {
    index: &'d Value,
    out: BTreeSet<String>,
}

impl Listing<'_> {
    fn get(&self, id: &Value) -> &Value {
        &self.index[id.to_string().trim_matches('"')]
    }

    fn each(&mut self, ids: &Value, path: &str) {
        for id in ids.as_array().into_iter().flatten() {
            self.item(id, path);
        }
    }

    fn item(&mut self, id: &Value, within: &str) {
        let item = self.get(id).clone();
        let path = format!("{within}::{}", item["name"].as_str().unwrap_or_default());
        let Some((kind, inner)) = item["inner"].as_object().and_then(|inner| inner.iter().next()) else { return };
        if item["visibility"] != "public" && item["visibility"] != "default" {
            return;
        }
        match kind.as_str() {
            "module" => self.each(&inner["items"], &path),
            "struct" | "enum" => {
                self.out.insert(format!("{path} {kind}"));
                self.each(&inner["variants"], &path);
                self.each(&inner["kind"]["plain"]["fields"], &path);
                self.each(&inner["kind"]["tuple"], &path);
                self.impls(&inner["impls"], &path);
            }
            "variant" => {
                self.out.insert(format!("{path} {kind}"));
                self.each(&inner["kind"]["tuple"], &path);
                self.each(&inner["kind"]["struct"]["fields"], &path);
            }
            "use" => {
                self.out.insert(format!("{path} use {}", spelled(inner)));
            }
            // A field, a type alias, a static, a constant, a function: all that it says.
            "static" => {
                self.out.insert(format!("{path} {kind} {}", spelled(&inner["type"])));
            }
            _ => {
                self.out.insert(format!("{path} {kind} {}", spelled(inner)));
            }
        }
    }

    fn impls(&mut self, ids: &Value, path: &str) {
        for id in ids.as_array().into_iter().flatten() {
            let inner = self.get(id)["inner"]["impl"].clone();
            if inner["is_synthetic"] == true || !inner["blanket_impl"].is_null() {
                continue;
            }
            match inner["trait"].is_null() {
                true => self.each(&inner["items"], path),
                false => drop(self.out.insert(format!("{path}: {}", spelled(&inner["trait"])))),
            }
        }
    }
}

/// Returns a description without the numbers of items, which differ between crates.
fn spelled(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let parts: Vec<String> = map
                .iter()
                .filter(|(key, value)| *key != "id" && !value.is_null())
                .map(|(key, value)| format!("{key}:{}", spelled(value)))
                .collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(spelled).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}
