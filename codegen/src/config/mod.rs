//! Reads `xsdgen.toml` into a [`Config`]: the schemas, the output folder, and the [`Settings`] for the plan, each value with its place.
//!
//! All problems of the file are reported, including unknown keys. `plan` matches the selectors against the schemas, and `load` reads the schemas.

pub(crate) mod codes;
mod manifest;
mod names;
pub(crate) mod table;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use table::{Placed, Reader, Table};

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::mark;
use crate::settings::{CrateSettings, DocSettings, LENIENT, NamespaceSettings, OperationProfile, Phrase, Rule, Settings, Strings};
use crate::source;

/// The contents of `xsdgen.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The configuration file.
    pub path: PathBuf,
    /// The files, folders and patterns that specify the schemas, each with its place. They are relative to the folder of the configuration file.
    pub schemas: Vec<(String, Span)>,
    /// The output folder, relative to the working directory.
    pub out: PathBuf,
    /// The command that regenerates the bindings, to show to people.
    pub command: String,
    /// The settings for the plan.
    pub settings: Settings,
}

/// The maximum size of a configuration file.
const MAX_BYTES: u64 = 16 << 20;

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// There is no product, and at least one error, if the file cannot be read, is not TOML, or contains invalid keys or values.
    pub fn read(path: &Path) -> Staged<Config> {
        let shown = source::display(path);
        let text = source::read(path, MAX_BYTES).and_then(|s| String::from_utf8(s.bytes).map_err(|e| format!("not UTF-8: {e}")));
        match text {
            Ok(text) => Self::parse(&text, path),
            Err(why) => {
                let message = format!("cannot read `{shown}`: {why}");
                failed(Diagnostic::new(Severity::Io, crate::codes::X0001, Span::file(shown), message))
            }
        }
    }

    /// Reads a configuration from a text. `path` names its origin and is the base of its relative paths.
    ///
    /// # Errors
    ///
    /// The same as for [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Staged<Config> {
        let reader = Reader::new(source::display(path), text);
        // The content of a document that is not well-formed is not checked.
        let config = reader.parse().and_then(|document| config(&Table::document(&reader, &document), path));
        let diagnostics = reader.into_problems();
        let product = config.filter(|_| !diagnostics.has_errors());
        Staged { product, diagnostics }
    }

    /// Returns the folder that relative paths of the configuration are based on.
    #[must_use]
    pub fn base(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

fn failed<T>(diagnostic: Diagnostic) -> Staged<T> {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(diagnostic);
    Staged { product: None, diagnostics }
}

fn config(table: &Table<'_>, path: &Path) -> Option<Config> {
    let schemas = table.strings("schemas");
    let out = table.string("out");
    let command = table.string("command").map(|c| c.value);
    let header = table.strings("header").unwrap_or_default();
    for line in header.iter().filter(|line| line.value.contains("{paths}")) {
        table.bad(&line.span, "`{paths}` has no meaning in `header`", "remove it: xsdgen adds a line for each schema file of a module");
    }
    let settings = settings(table, &header, path);
    table.finish();
    if schemas.as_ref().is_none_or(Vec::is_empty) {
        table.missing("schemas", "add `schemas = [\"xsd/**/*.xsd\"]`");
    }
    if out.is_none() {
        table.missing("out", "add `out = \"generated\"`, the folder to write to");
    }
    let base = path.parent().unwrap_or(Path::new(""));
    Some(Config {
        path: path.to_owned(),
        schemas: schemas?.into_iter().map(|s| (s.value, s.span)).collect(),
        out: base.join(out?.value),
        command: command.unwrap_or_else(|| format!("xsdgen generate --config {}", source::display(path))),
        settings,
    })
}

fn settings(table: &Table<'_>, header: &[Placed<String>], path: &Path) -> Settings {
    let header: Vec<String> = header.iter().map(|line| line.value.clone()).collect();
    Settings {
        catalogs: Vec::new(),
        locations: table.table("locations").map(|t| locations(&t, path)).unwrap_or_default(),
        allow: table.strings("allow").map(|list| allow(table, list)).unwrap_or_default(),
        namespaces: table.table("namespaces").map(|t| t.table_entries().into_iter().map(namespace).collect()).unwrap_or_default(),
        title: table.string("title").map(|t| t.value),
        front: table.string("front").map(|t| t.value),
        trim_text: table.boolean("trim-text").unwrap_or_default(),
        undeclared_prefixes: table.boolean("undeclared-prefixes").unwrap_or_default(),
        blank_if_missing: table.string("missing").is_some_and(|word| missing(table, &word)),
        strings: table.string("strings").map(|name| strings(table, &name)).unwrap_or_default(),
        inline_bytes: table.number("inline-bytes").map(|bytes| bytes.value.into()),
        words: table.strings("words").map(phrases).unwrap_or_default(),
        names: rules(table, "names"),
        types: rules(table, "types"),
        values: table.table("values").map(|t| values::types(&t)).unwrap_or_default(),
        secrets: table.strings("secrets").map(selectors).unwrap_or_default(),
        polymorphic: table.strings("polymorphic").map(selectors),
        typed: table.strings("typed").map(selectors).unwrap_or_default(),
        operations: table.table("operations").and_then(operations),
        since: rules(table, "since"),
        derives: table.table("derives").map(|t| derives(&t)).unwrap_or_default(),
        docs: table.table("docs").map(docs).unwrap_or_default(),
        krate: table.table("crate").and_then(|t| krate(t, &header)),
        header,
        partial: false,
    }
}

/// Reads the files to use, by schema location or namespace. They are relative to the folder of the configuration file.
fn locations(table: &Table<'_>, path: &Path) -> BTreeMap<String, PathBuf> {
    let base = path.parent().unwrap_or(Path::new(""));
    table.string_entries().into_iter().map(|(key, file)| (key.value, base.join(file))).collect()
}

/// Returns whether the empty value is read if something required is missing.
fn missing(table: &Table<'_>, word: &Placed<String>) -> bool {
    match word.value.as_str() {
        "blank" => true,
        "error" => false,
        other => {
            let message = format!("`{other}` does not say what tolerant reading does if something required is missing");
            table.bad(&word.span, message, "write `error` to reject the document, or `blank` to read the empty value with a note");
            false
        }
    }
}

fn strings(table: &Table<'_>, name: &Placed<String>) -> Strings {
    match name.value.as_str() {
        "String" => Strings::String,
        "compact_str" => Strings::CompactStr,
        other => {
            table.bad(&name.span, format!("`{other}` is no type of texts"), "those that are known are `String` and `compact_str`");
            Strings::default()
        }
    }
}

fn allow(table: &Table<'_>, list: Vec<Placed<String>>) -> Vec<String> {
    for rule in list.iter().filter(|rule| !LENIENT.contains(&rule.value.as_str())) {
        let help = format!("those that may be are {}", LENIENT.iter().map(|rule| format!("`{rule}`")).collect::<Vec<_>>().join(", "));
        table.bad(&rule.span, format!("`{}` is no rule that may be broken", rule.value), help);
    }
    list.into_iter().map(|rule| rule.value).collect()
}

fn namespace((uri, table): (Placed<String>, Table<'_>)) -> (String, NamespaceSettings) {
    let string = |key| table.string(key).map(|s| s.value);
    let feature = table.string("feature").map(|name| checked(&table, name, "feature", names::feature));
    let settings = NamespaceSettings { module: string("module"), prefix: string("prefix"), feature, word: string("word") };
    table.finish();
    (uri.value, settings)
}

fn rules(table: &Table<'_>, key: &'static str) -> Vec<Rule<String>> {
    let entries = table.table(key).map(|t| t.string_entries()).unwrap_or_default();
    entries.into_iter().map(|(key, value)| Rule { selector: key.value, value, span: key.span }).collect()
}

fn derives(table: &Table<'_>) -> Vec<Rule<Vec<String>>> {
    let values = |list: Vec<Placed<String>>| list.into_iter().map(|item| checked(table, item, "derive macro", names::derive)).collect();
    table.array_entries().into_iter().map(|(key, list)| Rule { selector: key.value, value: values(list), span: key.span }).collect()
}

/// Returns the text, and reports a problem if it is not valid for its purpose.
fn checked(table: &Table<'_>, text: Placed<String>, what: &str, unfit: fn(&str) -> Option<&'static str>) -> String {
    if let Some(help) = unfit(&text.value) {
        table.bad(&text.span, format!("`{}` cannot be the name of a {what}", text.value.escape_debug()), help);
    }
    text.value
}

fn selectors(list: Vec<Placed<String>>) -> Vec<Rule<()>> {
    list.into_iter().map(|item| Rule { selector: item.value, value: (), span: item.span }).collect()
}

fn phrases(list: Vec<Placed<String>>) -> Vec<Phrase> {
    list.into_iter().map(|item| Phrase { text: item.value, span: item.span }).collect()
}

fn operations(table: Table<'_>) -> Option<OperationProfile> {
    let base = table.string("base").map(|b| b.value);
    let response = table.string("response").map(|r| r.value).unwrap_or_else(|| "{request}Response".to_owned());
    let since = table.string("since").map(|s| s.value);
    let alias = table.string("alias").map(|a| a.value);
    let safe = table.strings("safe").unwrap_or_default().into_iter().map(|s| s.value).collect();
    if base.is_none() {
        table.missing("base", "name the type that all requests derive from, as `base = \"serv:bodyContentType\"`");
    }
    if !response.contains("{request}") {
        table.bad(table.span(), "`response` does not mention `{request}`", "write for example `response = \"{request}Response\"`");
    }
    let span = table.span().clone();
    table.finish();
    Some(OperationProfile { base: base?, response, alias, since, safe, span })
}

fn docs(table: Table<'_>) -> DocSettings {
    let all = DocSettings::default();
    let docs = DocSettings {
        schema: table.boolean("schema").unwrap_or(all.schema),
        facets: table.boolean("facets").unwrap_or(all.facets),
        markdown: table.boolean("markdown").unwrap_or(all.markdown),
        diagrams: table.boolean("diagrams").unwrap_or(all.diagrams),
    };
    table.finish();
    docs
}

fn krate(table: Table<'_>, header: &[String]) -> Option<CrateSettings> {
    let package = table.table("package");
    let name = package.as_ref().and_then(|p| p.string("name").map(|name| checked(p, name, "package", names::package)));
    if name.is_none() {
        table.missing("package.name", "add `[crate.package]` with the `name` of the crate to write");
    }
    let mut text = head(header);
    let lints = table.table("lints");
    for (name, part) in [("package", &package), ("lints", &lints)] {
        if let Some(part) = part {
            text.push('\n');
            text.push_str(&manifest::section(name, part));
        }
    }
    let dependencies = table.table("dependencies").map(|t| t.entries()).unwrap_or_default();
    let codec = table.value("codec").map_or_else(|| manifest::quoted(codec_version()), |v| manifest::inline(v.value));
    let features = table.table("features").map(|t| t.array_entries()).unwrap_or_default();
    let comment: String = head_lines(header).iter().map(|line| format!("<!-- {line} -->\n")).collect();
    let readme = table.string("readme").map(|readme| format!("{comment}\n{}", readme.value));
    table.finish();
    let dependencies = dependencies.into_iter().map(|(k, v)| (checked(&table, k, "package", names::package), manifest::inline(v.value)));
    let needs = |list: Vec<Placed<String>>| list.into_iter().map(|item| checked(&table, item, "feature", names::need)).collect();
    let features = features.into_iter().map(|(k, list)| (checked(&table, k, "feature", names::feature), needs(list))).collect();
    let dependencies = dependencies.collect();
    Some(CrateSettings { name: name?, manifest: text, codec, dependencies, features, readme })
}

/// Returns the first lines of files that do not belong to one schema.
fn head_lines(header: &[String]) -> Vec<String> {
    mark::marked(&mark::opening(header))
}

/// Returns the first lines of `Cargo.toml`, as comments.
fn head(header: &[String]) -> String {
    head_lines(header).iter().map(|line| format!("# {line}\n")).collect()
}

impl CrateSettings {
    /// Creates a crate with the minimum that cargo requires. `codec` is the folder of `xsdgen-codec` relative to the new crate; `None` takes it from
    /// the registry.
    #[must_use]
    pub fn minimal(name: &str, codec: Option<&str>) -> Self {
        let manifest = format!("{}\n[package]\nname = {}\nversion = \"0.1.0\"\nedition = \"2024\"\n", head(&[]), manifest::quoted(name));
        let codec = match codec {
            Some(path) => format!("{{ path = {} }}", manifest::quoted(path)),
            None => manifest::quoted(codec_version()),
        };
        CrateSettings { name: name.to_owned(), manifest, codec, ..CrateSettings::default() }
    }
}

/// Returns the version requirement for `xsdgen-codec` that code generated by this version needs.
fn codec_version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"))
}
