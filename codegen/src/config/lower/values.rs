//! Lowers the value types in `[values]`. `plan` finds the elements and attributes that use them.

use super::{rule, selectors};
use crate::config::file::{self, NamedInteger};
use crate::config::placed::{Entries, Key, Strings};
use crate::config::report::{Located, Report, Table};
use crate::datatypes::pattern;
use crate::settings::{self, ValueForm, ValueType};

/// The forms, and the keys that each of them has.
const FORMS: &[(&str, &[&str])] = &[
    ("date-time", &["as", "docs", "of", "formats", "also"]),
    ("epoch-milliseconds", &["as", "docs", "of"]),
    ("named-integers", &["as", "docs", "of", "names"]),
    ("boolean", &["as", "docs", "of", "true", "false"]),
    ("delimited", &["as", "docs", "of", "separator", "parts", "most", "plain"]),
];

/// Returns all value types, in the order of the file.
pub(super) fn types(report: &Report<'_>, table: Key<Entries<file::ValueType>>) -> Vec<ValueType> {
    report.table_entries("values", table).into_iter().filter_map(|(name, table)| one(report, name, table)).collect()
}

fn one(report: &Report<'_>, name: Located<String>, mut table: Table<'_, file::ValueType>) -> Option<ValueType> {
    let mut keys = std::mem::take(&mut table.value);
    let forms = FORMS.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if !keys.form.is_present() {
        table.missing("as", &format!("add `as = \"...\"`, one of {forms}"));
    }
    let kind = report.value("as", std::mem::take(&mut keys.form));
    match kind.as_ref().map(|kind| (kind, FORMS.iter().find(|(name, _)| *name == kind.value))) {
        Some((_, Some((_, keys)))) => table.only(keys),
        Some((kind, None)) => {
            report.bad(&kind.span, format!("there is no `as = \"{}\"`", kind.value), format!("write one of {forms}"));
        }
        None => {}
    }
    let docs = report.value("docs", std::mem::take(&mut keys.docs)).map(|docs| docs.value);
    let missing = !keys.of.is_present();
    let of = report.strings("of", std::mem::take(&mut keys.of)).map(selectors);
    if missing || of.as_ref().is_some_and(Vec::is_empty) {
        table.missing("of", "add `of = [\"...\"]`, the elements, attributes or types that are of it");
    }
    let form = form(report, &table, &kind?.value, keys);
    Some(ValueType { name: name.value.clone(), docs, form: form?, of: of.unwrap_or_default(), span: rule(name, ()).span })
}

fn form(report: &Report<'_>, table: &Table<'_, file::ValueType>, kind: &str, keys: file::ValueType) -> Option<ValueForm> {
    match kind {
        "date-time" => date_time(report, table, keys),
        "epoch-milliseconds" => Some(ValueForm::EpochMilliseconds),
        "named-integers" if !keys.names.is_present() => {
            table.missing("names", "add `names = { 1 = \"One\", 2 = \"Two\" }`");
            None
        }
        "named-integers" => Some(ValueForm::NamedIntegers(named_integers(report, &table.path("names"), keys.names))),
        "boolean" => {
            let words = |key, entry| texts(report, key, entry).filter(|words| !words.is_empty());
            let (yes, no) = (words("true", keys.yes), words("false", keys.no));
            if yes.is_none() || no.is_none() {
                table.missing("true` or `false", "name the words: `true = [\"true\", \"1\"]`, `false = [\"false\", \"0\"]`");
            }
            Some(ValueForm::Boolean { yes: yes?, no: no? })
        }
        "delimited" => delimited(report, table, keys),
        _ => None,
    }
}

fn texts(report: &Report<'_>, key: &str, entry: Key<Strings>) -> Option<Vec<String>> {
    report.strings(key, entry).map(|list| list.into_iter().map(|item| item.value).collect())
}

fn date_time(report: &Report<'_>, table: &Table<'_, file::ValueType>, keys: file::ValueType) -> Option<ValueForm> {
    let formats = report.strings("formats", keys.formats).unwrap_or_default();
    if formats.is_empty() {
        table.missing("formats", "add `formats = [\"YYYY-MM-DD hh:mm:ss\"]`");
    }
    for format in &formats {
        if let Err(why) = pattern::check(&format.value) {
            let help = "the fields are `YYYY`, `MM`, `DD`, `hh`, `mm`, `ss`, with signs between them";
            report.bad(&format.span, format!("`{}` is no form of a date: {why}", format.value), help);
        }
    }
    let patterns: Vec<String> = formats.into_iter().map(|format| format.value).collect();
    let also = texts(report, "also", keys.also).unwrap_or_default();
    (!patterns.is_empty()).then_some(ValueForm::DateTime { patterns, also })
}

fn named_integers(report: &Report<'_>, path: &str, names: Key<Entries<NamedInteger>>) -> Vec<settings::NamedInteger> {
    let mut out = Vec::new();
    for (key, table) in report.table_entries(path, names) {
        let Ok(number) = key.value.parse() else {
            report.bad(&key.span, format!("`{}` is no integer", key.value), "write the number that has the name, as `1 = \"One\"`");
            continue;
        };
        let mut table = table.closed();
        let described = match std::mem::take(&mut table.value) {
            NamedInteger::Name(name) => {
                out.push(settings::NamedInteger { number, name, docs: Vec::new() });
                continue;
            }
            NamedInteger::Described(described) => described,
        };
        if !described.name.is_present() {
            table.missing("name", "add `name = \"...\"`");
        }
        let name = report.value("name", described.name).map(|name| name.value).unwrap_or_default();
        let docs = report.value("docs", described.docs).map(|docs| docs.value);
        out.push(settings::NamedInteger { number, name, docs: docs.into_iter().collect() });
    }
    out
}

fn delimited(report: &Report<'_>, table: &Table<'_, file::ValueType>, keys: file::ValueType) -> Option<ValueForm> {
    let separator = report.value("separator", keys.separator).filter(|text| !text.value.is_empty());
    let parts = texts(report, "parts", keys.parts).unwrap_or_default();
    let most = report.value("most", keys.most);
    let plain = report.value("plain", keys.plain).is_some_and(|plain| plain.value);
    if separator.is_none() {
        table.missing("separator", "add `separator = \",\"`");
    }
    let least = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(2);
    if let Some(most) = most.as_ref().filter(|most| most.value < least) {
        report.bad(&most.span, "there are fewer parts than have names", format!("write {least} or more, or leave it out"));
    }
    let most = most.map_or(least, |most| most.value);
    Some(ValueForm::Delimited { separator: separator?.value, parts, most, plain })
}
