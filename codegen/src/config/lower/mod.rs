//! Lowers the tables of `xsdgen.toml` into a [`Config`], and reports values that are not valid and required keys that are missing.

mod krate;
mod manifest;
mod names;
mod output;
mod values;
mod versions;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Config;
use super::file::{Attributes, Docs, File, Namespace, Operations};
use super::placed::{Entries, Key};
use super::report::{Located, Report, Table};
use crate::fetch::FetchLock;
use crate::settings::{
    AttributeSettings, Constructors, DocSettings, LENIENT, NamespaceSettings, NamespaceSpans, OperationProfile, Phrase, Rule, Settings,
    Strings,
};
use crate::source;

/// Returns the configuration. If it is not valid, the report has errors.
pub(super) fn config(report: &Report<'_>, mut file: Table<'_, File>, path: &Path) -> Option<Config> {
    versions::combined(&file);
    if !file.value.out.is_present() {
        file.missing("out", "add `out = \"generated\"`, the folder to write to");
    }
    let versions = versions::versions(report, std::mem::take(&mut file.value.versions));
    let schemas = report.strings("schemas", std::mem::take(&mut file.value.schemas));
    if schemas.as_ref().is_some_and(Vec::is_empty) {
        file.missing("schemas", "add a file, a folder or a pattern, as in `schemas = [\"xsd/**/*.xsd\"]`");
    }
    let out = report.value("out", std::mem::take(&mut file.value.out));
    let command = report.value("command", std::mem::take(&mut file.value.command));
    let settings = settings(report, file.value, path);
    let base = path.parent().unwrap_or(Path::new(""));
    Some(Config {
        path: path.to_owned(),
        schemas: schemas.unwrap_or_default().into_iter().map(|s| (s.value, s.span)).collect(),
        versions,
        version: None,
        out: base.join(out?.value),
        command: command.map_or_else(|| format!("xsdgen generate --config {}", source::display(path)), |command| command.value),
        settings,
    })
}

fn settings(report: &Report<'_>, file: File, path: &Path) -> Settings {
    let text = |key, entry| report.value(key, entry).map(|text: Located<String>| text.value);
    let flag = |key, entry| report.value(key, entry).is_some_and(|flag: Located<bool>| flag.value);
    let list = |key, entry| report.strings(key, entry);
    let rules = |key, entry| report.string_entries(key, entry).into_iter().map(|(key, value)| rule(key, value)).collect();
    let header = header(report, list("header", file.header).unwrap_or_default());
    let krate = file.krate.is_present();
    Settings {
        locations: locations(report, file.locations, path),
        catalogs: list("catalogs", file.catalogs).unwrap_or_default().into_iter().map(|catalog| base(path).join(catalog.value)).collect(),
        fetched: FetchLock::default(),
        allow: list("allow", file.allow).map(|list| allow(report, list)).unwrap_or_default(),
        namespaces: report.table_entries("namespaces", file.namespaces).into_iter().map(|entry| namespace(report, entry)).collect(),
        title: text("title", file.title),
        front: text("front", file.front),
        trim_text: flag("trim-text", file.trim_text),
        undeclared_prefixes: flag("undeclared-prefixes", file.undeclared_prefixes),
        blank_if_missing: report.value("missing", file.missing).is_some_and(|word| missing(report, &word)),
        strings: report.value("strings", file.strings).map(|name| strings(report, &name)).unwrap_or_default(),
        exhaustive: report.value("non-exhaustive", file.non_exhaustive).is_some_and(|flag| !flag.value),
        visibility: report.value("visibility", file.visibility).map(|word| output::visibility(report, &word, krate)).unwrap_or_default(),
        layout: report.value("layout", file.layout).map(|word| output::layout(report, &word)).unwrap_or_default(),
        inline_bytes: report.value("inline-bytes", file.inline_bytes).map(|bytes| bytes.value.into()),
        group_structs: report.value("groups", file.groups).is_some_and(|word| structs(report, &word, "a model group")),
        wrapper_lists: report.value("list-wrappers", file.list_wrappers).is_some_and(|word| wrapper_lists(report, &word)),
        base_structs: report.value("bases", file.bases).is_some_and(|word| structs(report, &word, "the base of an extension")),
        attribute_group_structs: report
            .value("attribute-groups", file.attribute_groups)
            .is_some_and(|word| structs(report, &word, "an attribute group")),
        constructors: report.value("constructors", file.constructors).map(|word| constructors(report, &word)).unwrap_or_default(),
        shared_anonymous: flag("shared-anonymous", file.shared_anonymous),
        words: list("words", file.words).map(phrases).unwrap_or_default(),
        names: rules("names", file.names),
        types: rules("types", file.types),
        values: values::types(report, file.values),
        secrets: list("secrets", file.secrets).map(selectors).unwrap_or_default(),
        secret_parameters: list("secret-parameters", file.secret_parameters).map(|names| parameters(report, names)).unwrap_or_default(),
        polymorphic: list("polymorphic", file.polymorphic).map(selectors),
        typed: list("typed", file.typed).map(selectors).unwrap_or_default(),
        only: list("only", file.only).map(selectors).unwrap_or_default(),
        operations: report.table("operations", file.operations).and_then(|table| operations(report, table)),
        since: rules("since", file.since),
        derives: derives(report, file.derives),
        attributes: report.table("attributes", file.attributes).map(|table| attributes(report, table.value)).unwrap_or_default(),
        docs: report.table("docs", file.docs).map(|table| docs(report, table.value)).unwrap_or_default(),
        krate: report.table("crate", file.krate).and_then(|table| krate::krate(report, table, &header)),
        header,
        partial: false,
    }
}

/// Returns the names of parameters, which consist of letters, digits, `_` and `-`.
fn parameters(report: &Report<'_>, names: Vec<Located<String>>) -> Vec<String> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    for name in names.iter().filter(|name| !is_name(&name.value)) {
        let message = format!("`{}` is not the name of a parameter", name.value);
        report.bad(&name.span, message, "write a name of ASCII letters, digits, `_` and `-`");
    }
    names.into_iter().map(|name| name.value).collect()
}

fn header(report: &Report<'_>, lines: Vec<Located<String>>) -> Vec<String> {
    for line in lines.iter().filter(|line| line.value.contains("{paths}")) {
        report.bad(&line.span, "`{paths}` has no meaning in `header`", "remove it: xsdgen adds a line for each schema file of a module");
    }
    lines.into_iter().map(|line| line.value).collect()
}

/// Returns the files to use, by schema location or namespace. They are relative to the folder of the configuration file.
fn locations(report: &Report<'_>, table: Key<Entries<String>>, path: &Path) -> BTreeMap<String, PathBuf> {
    report.string_entries("locations", table).into_iter().map(|(key, file)| (key.value, base(path).join(file))).collect()
}

/// Returns the folder of the configuration file.
fn base(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns whether the empty value is read if something required is missing.
fn missing(report: &Report<'_>, word: &Located<String>) -> bool {
    match word.value.as_str() {
        "blank" => true,
        "error" => false,
        other => {
            let message = format!("`{other}` does not say what tolerant reading does if something required is missing");
            report.bad(&word.span, message, "write `error` to reject the document, or `blank` to read the empty value with a note");
            false
        }
    }
}

/// Returns whether a kind of component becomes a struct.
fn structs(report: &Report<'_>, word: &Located<String>, component: &str) -> bool {
    match word.value.as_str() {
        "structs" => true,
        "fields" => false,
        other => {
            let message = format!("`{other}` does not say what {component} becomes");
            report.bad(&word.span, message, "write `fields` for a field for each of its parts, or `structs` for a struct");
            false
        }
    }
}

/// Returns whether an element that holds nothing but a list is a field with the list.
fn wrapper_lists(report: &Report<'_>, word: &Located<String>) -> bool {
    match word.value.as_str() {
        "vec" => true,
        "structs" => false,
        other => {
            let message = format!("`{other}` does not say what an element becomes that holds only a list");
            report.bad(&word.span, message, "write `structs` for a struct, or `vec` for a `Vec`");
            false
        }
    }
}

fn constructors(report: &Report<'_>, word: &Located<String>) -> Constructors {
    match word.value.as_str() {
        "auto" => Constructors::Auto,
        "new" => Constructors::New,
        "builder" => Constructors::Builder,
        "none" => Constructors::None,
        other => {
            report.bad(&word.span, format!("`{other}` does not say how a struct is made"), "write `auto`, `new`, `builder` or `none`");
            Constructors::default()
        }
    }
}

fn strings(report: &Report<'_>, name: &Located<String>) -> Strings {
    match name.value.as_str() {
        "String" => Strings::String,
        "compact_str" => Strings::CompactStr,
        other => {
            report.bad(&name.span, format!("`{other}` is no type of texts"), "those that are known are `String` and `compact_str`");
            Strings::default()
        }
    }
}

fn allow(report: &Report<'_>, list: Vec<Located<String>>) -> Vec<String> {
    for rule in list.iter().filter(|rule| !LENIENT.contains(&rule.value.as_str())) {
        let help = format!("those that may be are {}", LENIENT.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", "));
        report.bad(&rule.span, format!("`{}` is no rule that may be broken", rule.value), help);
    }
    list.into_iter().map(|rule| rule.value).collect()
}

fn namespace(report: &Report<'_>, (uri, table): (Located<String>, Table<'_, Namespace>)) -> (String, NamespaceSettings) {
    let Namespace { module, prefix, feature, word } = table.closed().value;
    let text = |key, entry| report.value(key, entry);
    let (module, prefix, feature) = (text("module", module), text("prefix", prefix), text("feature", feature));
    let span = |text: &Option<Located<String>>| text.as_ref().map(|text| text.span.clone());
    let spans = NamespaceSpans { uri: Some(uri.span), module: span(&module), prefix: span(&prefix), feature: span(&feature) };
    let value = |text: Option<Located<String>>| text.map(|text| text.value);
    let feature = feature.map(|name| checked(report, name, "feature", names::feature));
    let settings = NamespaceSettings { module: value(module), prefix: value(prefix), feature, word: value(text("word", word)), spans };
    (uri.value, settings)
}

fn derives(report: &Report<'_>, table: Key<Entries<super::placed::Strings>>) -> Vec<Rule<Vec<String>>> {
    let checked = |list: Vec<Located<String>>| list.into_iter().map(|item| checked(report, item, "derive macro", names::derive)).collect();
    report.array_entries("derives", table).into_iter().map(|(key, list)| rule(key, checked(list))).collect()
}

fn attributes(report: &Report<'_>, table: Attributes) -> AttributeSettings {
    let rules = |key: &str, table| {
        let checked = |text: Located<String>| {
            if let Some(help) = names::attribute(&text.value) {
                report.bad(&text.span, format!("`{}` cannot be an attribute here", text.value.escape_debug()), help);
            }
            text.value
        };
        let list = |list: Vec<Located<String>>| list.into_iter().map(checked).collect();
        report.array_entries(key, table).into_iter().map(|(key, value)| rule(key, list(value))).collect()
    };
    let Attributes { types, fields, variants } = table;
    AttributeSettings { types: rules("types", types), fields: rules("fields", fields), variants: rules("variants", variants) }
}

/// Returns the text, and reports a problem if it is not valid for its purpose.
fn checked(report: &Report<'_>, text: Located<String>, what: &str, unfit: fn(&str) -> Option<&'static str>) -> String {
    if let Some(help) = unfit(&text.value) {
        report.bad(&text.span, format!("`{}` cannot be the name of a {what}", text.value.escape_debug()), help);
    }
    text.value
}

fn rule<T>(selector: Located<String>, value: T) -> Rule<T> {
    Rule { selector: selector.value, value, span: selector.span }
}

fn selectors(list: Vec<Located<String>>) -> Vec<Rule<()>> {
    list.into_iter().map(|item| rule(item, ())).collect()
}

fn phrases(list: Vec<Located<String>>) -> Vec<Phrase> {
    list.into_iter().map(|item| Phrase { text: item.value, span: item.span }).collect()
}

fn operations(report: &Report<'_>, mut table: Table<'_, Operations>) -> Option<OperationProfile> {
    let Operations { base, response, alias, since, safe } = std::mem::take(&mut table.value);
    let text = |key, entry| report.value(key, entry).map(|text: Located<String>| text.value);
    if !base.is_present() {
        table.missing("base", "name the type that all requests derive from, as `base = \"serv:bodyContentType\"`");
    }
    let response = report.value("response", response);
    if let Some(response) = response.as_ref().filter(|response| !response.value.contains("{request}")) {
        report.bad(&response.span, "`response` does not mention `{request}`", "write for example `response = \"{request}Response\"`");
    }
    let profile = OperationProfile {
        base: text("base", base).unwrap_or_default(),
        response: response.map_or_else(|| "{request}Response".to_owned(), |response| response.value),
        alias: text("alias", alias),
        since: text("since", since),
        safe: report.strings("safe", safe).unwrap_or_default().into_iter().map(|prefix| prefix.value).collect(),
        span: table.span,
    };
    Some(profile)
}

fn docs(report: &Report<'_>, docs: Docs) -> DocSettings {
    let all = DocSettings::default();
    let flag = |key, entry, default| report.value(key, entry).map_or(default, |flag| flag.value);
    DocSettings {
        schema: flag("schema", docs.schema, all.schema),
        facets: flag("facets", docs.facets, all.facets),
        markdown: flag("markdown", docs.markdown, all.markdown),
        diagrams: flag("diagrams", docs.diagrams, all.diagrams),
    }
}
