//! Reads the value types in `[values]` of the configuration. `plan` finds the elements and attributes that use them.

use super::table::{Placed, Table};
use crate::datatypes::pattern;
use crate::settings::{NamedInteger, Rule, ValueForm, ValueType};

/// The values that `as` accepts.
const KINDS: &str = "`date-time`, `epoch-milliseconds`, `named-integers`, `boolean`, `delimited`";

/// Reads all value types, in the order of the file.
pub(super) fn types(table: &Table<'_>) -> Vec<ValueType> {
    table.table_entries().into_iter().filter_map(|(name, table)| one(name, &table)).collect()
}

fn one(name: Placed<String>, table: &Table<'_>) -> Option<ValueType> {
    let kind = table.string("as");
    let docs = table.string("docs").map(|docs| docs.value);
    let of = table.strings("of").unwrap_or_default();
    let form = match &kind {
        Some(kind) => form(kind, table),
        None => {
            table.missing("as", &format!("add `as = \"...\"`, one of {KINDS}"));
            None
        }
    };
    if kind.is_none() || form.is_some() {
        table.finish();
    }
    if of.is_empty() {
        table.missing("of", "add `of = [\"...\"]`, the elements, attributes or types that are of it");
    }
    let of = of.into_iter().map(|item| Rule { selector: item.value, value: (), span: item.span }).collect();
    Some(ValueType { name: name.value, docs, form: form?, of, span: name.span })
}

fn form(kind: &Placed<String>, table: &Table<'_>) -> Option<ValueForm> {
    match kind.value.as_str() {
        "date-time" => date_time(table),
        "epoch-milliseconds" => Some(ValueForm::EpochMilliseconds),
        "named-integers" => named_integers(table),
        "boolean" => {
            let words = |key| texts(table, key).filter(|words| !words.is_empty());
            let (yes, no) = (words("true"), words("false"));
            if yes.is_none() || no.is_none() {
                table.missing("true` or `false", "name the words: `true = [\"true\", \"1\"]`, `false = [\"false\", \"0\"]`");
            }
            Some(ValueForm::Boolean { yes: yes?, no: no? })
        }
        "delimited" => delimited(table),
        _ => {
            table.bad(&kind.span, format!("there is no `as = \"{}\"`", kind.value), format!("write one of {KINDS}"));
            None
        }
    }
}

fn texts(table: &Table<'_>, key: &'static str) -> Option<Vec<String>> {
    table.strings(key).map(|list| list.into_iter().map(|item| item.value).collect())
}

fn date_time(table: &Table<'_>) -> Option<ValueForm> {
    let formats = table.strings("formats").unwrap_or_default();
    if formats.is_empty() {
        table.missing("formats", "add `formats = [\"YYYY-MM-DD hh:mm:ss\"]`");
    }
    for format in &formats {
        if let Err(why) = pattern::check(&format.value) {
            let help = "the fields are `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, with signs between them";
            table.bad(&format.span, format!("`{}` is no form of a date: {why}", format.value), help);
        }
    }
    let patterns: Vec<String> = formats.into_iter().map(|format| format.value).collect();
    let also = texts(table, "also").unwrap_or_default();
    (!patterns.is_empty()).then_some(ValueForm::DateTime { patterns, also })
}

fn named_integers(table: &Table<'_>) -> Option<ValueForm> {
    let Some(names) = table.table("names") else {
        table.missing("names", "add `names = { 1 = \"One\", 2 = \"Two\" }`");
        return None;
    };
    let mut out = Vec::new();
    for (key, said) in names.mixed_entries() {
        let Ok(number) = key.value.parse() else {
            table.bad(&key.span, format!("`{}` is no integer", key.value), "write the number that has the name, as `1 = \"One\"`");
            continue;
        };
        let (name, docs) = match said {
            Ok(name) => (name, None),
            Err(inner) => {
                let (name, docs) = (inner.string("name"), inner.string("docs"));
                inner.finish();
                if name.is_none() {
                    inner.missing("name", "add `name = \"...\"`");
                }
                (name.map(|name| name.value).unwrap_or_default(), docs.map(|docs| docs.value))
            }
        };
        out.push(NamedInteger { number, name, docs: docs.into_iter().collect() });
    }
    Some(ValueForm::NamedIntegers(out))
}

fn delimited(table: &Table<'_>) -> Option<ValueForm> {
    let separator = table.string("separator").filter(|text| !text.value.is_empty());
    let parts = texts(table, "parts").unwrap_or_default();
    let most = table.number("most");
    let plain = table.boolean("plain").unwrap_or_default();
    if separator.is_none() {
        table.missing("separator", "add `separator = \",\"`");
    }
    let least = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(2);
    if let Some(most) = most.as_ref().filter(|most| most.value < least) {
        table.bad(&most.span, "there are fewer parts than have names", format!("write {least} or more, or leave it out"));
    }
    let most = most.map_or(least, |most| most.value);
    Some(ValueForm::Delimited { separator: separator?.value, parts, most, plain })
}
