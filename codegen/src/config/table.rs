//! Reads the values of a TOML document by key, each with its place, and reports values of the wrong type and unknown keys.
//!
//! `config` defines which keys exist and what they mean.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, SourceText, Span};
use crate::spelling::nearest;

/// The text of a configuration file, with all problems found in it.
pub(crate) struct Reader<'a> {
    source: Arc<SourceText>,
    text: &'a str,
    problems: RefCell<Diagnostics>,
}

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// A table whose values are read by key.
pub(crate) struct Table<'a> {
    reader: &'a Reader<'a>,
    /// Its full key, such as `[crate.package]`; empty for the document.
    name: String,
    table: &'a DeTable<'a>,
    span: Span,
    known: RefCell<Vec<&'static str>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(path: impl Into<Arc<str>>, text: &'a str) -> Self {
        Reader { source: Arc::new(SourceText::new(path, text)), text, problems: RefCell::default() }
    }

    /// Parses the text. Only the first syntax error is reported, since a missing bracket makes the rest look wrong too.
    pub(crate) fn parse(&self) -> Option<Spanned<DeTable<'a>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let Some(first) = errors.iter().min_by_key(|error| error.span().map_or(0, |range| range.start)) else { return Some(table) };
        let span = first.span().map_or_else(|| self.whole(), |range| self.place(&range));
        let unclosed = errors.iter().find(|error| error.message().contains("unclosed")).unwrap_or(first);
        self.problem(codes::BAD_TOML, span, unclosed.message().replace('\n', ", "));
        None
    }

    pub(crate) fn problem(&self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message));
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.problems.borrow_mut().push(diagnostic);
    }

    /// Returns all problems, in the order of the file.
    pub(crate) fn into_problems(self) -> Diagnostics {
        let mut problems: Vec<Diagnostic> = self.problems.into_inner().into_iter().collect();
        problems.sort_by_key(|p| p.span.range().map(|range| range.start));
        let mut sorted = Diagnostics::new();
        problems.into_iter().for_each(|problem| sorted.push(problem));
        sorted
    }

    /// Returns the place of a byte range.
    pub(crate) fn place(&self, range: &Range<usize>) -> Span {
        Span::new(self.source.clone(), range.clone())
    }

    fn whole(&self) -> Span {
        Span::file(self.source.path().clone())
    }
}

impl<'a> Table<'a> {
    pub(crate) fn document(reader: &'a Reader<'a>, table: &'a Spanned<DeTable<'a>>) -> Self {
        let span = reader.whole();
        Table { reader, name: String::new(), table: table.get_ref(), span, known: RefCell::default() }
    }

    pub(crate) fn span(&self) -> &Span {
        &self.span
    }

    /// Returns the value of a key, whatever its type.
    pub(crate) fn value(&self, key: &'static str) -> Option<Placed<&'a DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        let (_, value) = self.table.iter().find(|(k, _)| k.get_ref() == key)?;
        Some(Placed { value: value.get_ref(), span: self.reader.place(&value.span()) })
    }

    pub(crate) fn string(&self, key: &'static str) -> Option<Placed<String>> {
        let found = self.value(key)?;
        let text = found.value.as_str().map(str::to_owned).or_else(|| self.wrong(key, "a string", &found))?;
        Some(Placed { value: text, span: found.span })
    }

    pub(crate) fn boolean(&self, key: &'static str) -> Option<bool> {
        let found = self.value(key)?;
        found.value.as_bool().or_else(|| self.wrong(key, "`true` or `false`", &found))
    }

    /// Returns the value of a key as an array of strings.
    pub(crate) fn strings(&self, key: &'static str) -> Option<Vec<Placed<String>>> {
        let found = self.value(key)?;
        self.array_of_strings(key, &found)
    }

    fn array_of_strings(&self, key: &str, found: &Placed<&'a DeValue<'a>>) -> Option<Vec<Placed<String>>> {
        let array = found.value.as_array().or_else(|| self.wrong(key, "an array of strings", found))?;
        let mut strings = Vec::new();
        for item in array.iter() {
            let item = Placed { value: item.get_ref(), span: self.reader.place(&item.span()) };
            match item.value.as_str() {
                Some(text) => strings.push(Placed { value: text.to_owned(), span: item.span }),
                None => self.wrong(key, "an array of strings", &item)?,
            }
        }
        Some(strings)
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let found = self.value(key)?;
        self.sub(key, &found)
    }

    fn sub(&self, key: &str, found: &Placed<&'a DeValue<'a>>) -> Option<Table<'a>> {
        let table = found.value.as_table().or_else(|| self.wrong(key, "a table", found))?;
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        Some(Table { reader: self.reader, name, table, span: found.span.clone(), known: RefCell::default() })
    }

    /// Returns the value of a key as a non-negative integer.
    pub(crate) fn number(&self, key: &'static str) -> Option<Placed<u32>> {
        let found = self.value(key)?;
        let number = found.value.as_integer().filter(|n| n.radix() == 10).and_then(|n| n.as_str().parse().ok());
        let value = number.or_else(|| self.wrong(key, "a number", &found))?;
        Some(Placed { value, span: found.span })
    }

    /// Returns each entry as a string or a table.
    pub(crate) fn mixed_entries(&self) -> Vec<(Placed<String>, Result<String, Table<'a>>)> {
        let entry = |(key, found): (Placed<String>, Placed<&'a DeValue<'a>>)| match found.value.as_str() {
            Some(text) => Some((key, Ok(text.to_owned()))),
            None => self.sub(&key.value, &found).map(|table| (key, Err(table))),
        };
        self.entries().into_iter().filter_map(entry).collect()
    }

    /// Returns all entries of a table whose keys the user chooses, in the order of the file: key with its place, and value.
    pub(crate) fn entries(&self) -> Vec<(Placed<String>, Placed<&'a DeValue<'a>>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let placed = |(key, value): (&Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let key_span = self.reader.place(&key.span());
            let key: &std::borrow::Cow<'_, str> = key.get_ref();
            let name = Placed { value: key.to_string(), span: key_span };
            (name, Placed { value: value.get_ref(), span: self.reader.place(&value.span()) })
        };
        entries.into_iter().map(placed).collect()
    }

    /// Returns the entries as strings.
    pub(crate) fn string_entries(&self) -> Vec<(Placed<String>, String)> {
        let text = |(key, found): (Placed<String>, Placed<&'a DeValue<'a>>)| {
            let text = found.value.as_str().map(str::to_owned).or_else(|| self.wrong(&key.value, "a string", &found))?;
            Some((key, text))
        };
        self.entries().into_iter().filter_map(text).collect()
    }

    /// Returns the entries as arrays of strings.
    pub(crate) fn array_entries(&self) -> Vec<(Placed<String>, Vec<Placed<String>>)> {
        let array = |(key, found): (Placed<String>, Placed<&'a DeValue<'a>>)| {
            let array = self.array_of_strings(&key.value, &found)?;
            Some((key, array))
        };
        self.entries().into_iter().filter_map(array).collect()
    }

    /// Returns the entries as tables.
    pub(crate) fn table_entries(&self) -> Vec<(Placed<String>, Table<'a>)> {
        let table = |(key, found): (Placed<String>, Placed<&'a DeValue<'a>>)| {
            let table = self.sub(&key.value, &found)?;
            Some((key, table))
        };
        self.entries().into_iter().filter_map(table).collect()
    }

    fn wrong<T>(&self, key: &str, wanted: &str, found: &Placed<&DeValue<'_>>) -> Option<T> {
        let message = format!("`{key}` is to be {wanted}, not {}", article(found.value.type_str()));
        self.reader.problem(codes::WRONG_TYPE, found.span.clone(), message);
        None
    }

    pub(crate) fn bad(&self, span: &Span, message: impl Into<String>, help: impl Into<String>) {
        self.reader.push(Diagnostic::error(codes::BAD_VALUE, span.clone(), message).with_help(help));
    }

    pub(crate) fn missing(&self, key: &str, help: &str) {
        let message = if self.name.is_empty() { format!("`{key}` is missing") } else { format!("`{key}` is missing in `[{}]`", self.name) };
        self.reader.push(Diagnostic::error(codes::MISSING_KEY, self.span.clone(), message).with_help(help));
    }

    /// Reports the keys that were never read, which are unknown.
    pub(crate) fn finish(&self) {
        let known = self.known.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !known.iter().any(|k| k == key.get_ref())) {
            let place = if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) };
            let message = format!("unknown key `{}`{place}", key.get_ref());
            let help = match nearest(key.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys{place} are {}", known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")),
            };
            self.reader.push(Diagnostic::error(codes::UNKNOWN_KEY, self.reader.place(&key.span()), message).with_help(help));
        }
    }
}

fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}
