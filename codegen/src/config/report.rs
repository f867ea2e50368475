//! Turns the values of a configuration file into located values, and reports those of the wrong type, unknown keys and missing keys.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, Deserializer};

use super::codes;
use super::placed::{Entries, Key, Kind, Placed, Read, Strings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span};
use crate::spelling::nearest;

/// The source text of a file, with all problems found in it.
pub(crate) struct Report<'a> {
    source: Arc<SourceText>,
    text: &'a str,
    problems: RefCell<Diagnostics>,
}

/// A value with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Located<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A table of the file.
pub(crate) struct Table<'a, T> {
    pub(crate) value: T,
    pub(crate) span: Span,
    report: &'a Report<'a>,
    /// The full key, such as `crate.package`; empty for the document.
    name: String,
    keys: Vec<Spanned<String>>,
    known: &'static [&'static str],
}

impl<'a> Report<'a> {
    pub(crate) fn new(path: impl Into<Arc<str>>, text: &'a str) -> Self {
        Report { source: Arc::new(SourceText::new(path, text)), text, problems: RefCell::default() }
    }

    /// Reads the document, and reports its unknown keys. If it is not well-formed, only the first error is reported, since a missing bracket makes
    /// the rest look wrong too.
    pub(crate) fn document<T: DeserializeOwned + Kind>(&self) -> Option<Table<'_, T>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        if let Some(first) = errors.iter().min_by_key(|error| error.span().map_or(0, |range| range.start)) {
            let span = first.span().map_or_else(|| self.whole(), |range| self.place(&range));
            let unclosed = errors.iter().find(|error| error.message().contains("unclosed")).unwrap_or(first);
            self.push(codes::BAD_TOML, span, unclosed.message().replace('\n', ", "), None);
            return None;
        }
        match Read::deserialize(Deserializer::from(table)) {
            Ok(read) => self.open("", "", read, self.whole()).map(Table::closed),
            Err(why) => {
                self.push(codes::BAD_TOML, self.whole(), why.message(), None);
                None
            }
        }
    }

    /// Returns the value of a key. A value of the wrong type is reported.
    pub(crate) fn value<T: Kind>(&self, key: &str, entry: Key<T>) -> Option<Located<T>> {
        let Placed { range, read } = entry.0?;
        let span = self.place(&range);
        let value = read.value.map_err(|found| self.wrong(key, T::WANTED, found, &span)).ok()?;
        Some(Located { value, span })
    }

    /// Returns the value of a key that is an array of strings. Each item of another type is reported.
    pub(crate) fn strings(&self, key: &str, entry: Key<Strings>) -> Option<Vec<Located<String>>> {
        let items = self.value(key, entry)?.value;
        let located = |item: Placed<String>| {
            let span = self.place(&item.range);
            let value = item.read.value.map_err(|found| self.wrong(key, Strings::WANTED, found, &span)).ok()?;
            Some(Located { value, span })
        };
        Some(items.into_iter().filter_map(located).collect())
    }

    /// Returns the table of a key, and reports its unknown keys.
    pub(crate) fn table<T: Kind>(&'a self, name: &str, entry: Key<T>) -> Option<Table<'a, T>> {
        let Placed { range, read } = entry.0?;
        Some(self.open(name, last(name), read, self.place(&range))?.closed())
    }

    /// Returns the entries of a table whose keys the user chooses, each key with its place.
    pub(crate) fn entries<T>(&self, name: &str, entry: Key<Entries<T>>) -> Vec<(Located<String>, Key<T>)> {
        let entries = self.value(last(name), entry).map(|entries| entries.value.0).unwrap_or_default();
        let located = |key: Spanned<String>| Located { span: self.place(&key.span()), value: key.into_inner() };
        entries.into_iter().map(|(key, value)| (located(key), Key(Some(value)))).collect()
    }

    /// Returns the entries of a table of strings.
    pub(crate) fn string_entries(&self, name: &str, entry: Key<Entries<String>>) -> Vec<(Located<String>, String)> {
        let text = |(key, value): (Located<String>, Key<String>)| {
            let text = self.value(&key.value, value)?.value;
            Some((key, text))
        };
        self.entries(name, entry).into_iter().filter_map(text).collect()
    }

    /// Returns the entries of a table of arrays of strings.
    pub(crate) fn array_entries(&self, name: &str, entry: Key<Entries<Strings>>) -> Vec<(Located<String>, Vec<Located<String>>)> {
        let array = |(key, value): (Located<String>, Key<Strings>)| {
            let array = self.strings(&key.value, value)?;
            Some((key, array))
        };
        self.entries(name, entry).into_iter().filter_map(array).collect()
    }

    /// Returns the entries of a table of tables, each with its full key. The caller reports the unknown keys of each table.
    pub(crate) fn table_entries<T: Kind>(&'a self, name: &str, entry: Key<Entries<T>>) -> Vec<(Located<String>, Table<'a, T>)> {
        let table = |(key, value): (Located<String>, Key<T>)| {
            let Placed { range, read } = value.0?;
            let table = self.open(&format!("{name}.{}", key.value), &key.value, read, self.place(&range))?;
            Some((key, table))
        };
        self.entries(name, entry).into_iter().filter_map(table).collect()
    }

    fn open<T: Kind>(&'a self, name: &str, key: &str, read: Read<T>, span: Span) -> Option<Table<'a, T>> {
        let value = read.value.map_err(|found| self.wrong(key, T::WANTED, found, &span)).ok()?;
        Some(Table { value, span, report: self, name: name.to_owned(), keys: read.keys, known: read.known })
    }

    /// Reports a value of the wrong type.
    pub(crate) fn wrong(&self, key: &str, wanted: &str, found: &str, span: &Span) {
        self.push(codes::WRONG_TYPE, span.clone(), format!("`{key}` is to be {wanted}, not {found}"), None);
    }

    /// Reports a value that is not valid.
    pub(crate) fn bad(&self, span: &Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(codes::BAD_VALUE, span.clone(), message, Some(help.into()));
    }

    fn push(&self, code: Code, span: Span, message: impl Into<String>, help: Option<String>) {
        let diagnostic = Diagnostic::error(code, span, message);
        self.problems.borrow_mut().push(match help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        });
    }

    /// Returns all problems, in the order of the file.
    pub(crate) fn into_problems(self) -> Diagnostics {
        let mut problems: Vec<Diagnostic> = self.problems.into_inner().into_iter().collect();
        problems.sort_by_key(|p| p.span.range().map(|range| range.start));
        let mut sorted = Diagnostics::new();
        problems.into_iter().for_each(|problem| sorted.push(problem));
        sorted
    }

    fn place(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.clone(), range.clone())
    }

    fn whole(&self) -> Span {
        Span::file(self.source.path().clone())
    }
}

impl<T> Table<'_, T> {
    /// Reports that a required key is missing.
    pub(crate) fn missing(&self, key: &str, help: &str) {
        let message = format!("`{key}` is missing{}", self.place());
        self.report.push(codes::MISSING_KEY, self.span.clone(), message, Some(help.to_owned()));
    }

    /// Reports that a key of the table cannot be used beside other keys.
    pub(crate) fn conflict(&self, key: &str, message: &str, help: &str) {
        let found = self.keys.iter().find(|found| found.get_ref() == key);
        let span = found.map_or_else(|| self.span.clone(), |key| self.report.place(&key.span()));
        self.report.bad(&span, message, help);
    }

    /// Returns the full name of a table in this table.
    pub(crate) fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.name)
    }

    /// Reports the keys that the type of the table does not have.
    pub(crate) fn closed(self) -> Self {
        self.only(self.known);
        self
    }

    /// Reports the keys that are not in the list.
    pub(crate) fn only(&self, known: &[&'static str]) {
        let place = self.place();
        for key in self.keys.iter().filter(|key| !known.contains(&key.get_ref().as_str())) {
            let message = format!("unknown key `{}`{place}", key.get_ref());
            let help = match nearest(key.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys{place} are {}", known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")),
            };
            self.report.push(codes::UNKNOWN_KEY, self.report.place(&key.span()), message, Some(help));
        }
    }

    fn place(&self) -> String {
        if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) }
    }
}

/// Returns the last key of a dotted key.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
