//! In: what a stage found wrong, and where. Out: `Diagnostic` values, collected in `Diagnostics`.
//! Not done here: printing with the source line (that is `report`), deciding exit codes (that is the program).

use std::fmt;

pub use crate::span::{SourceText, Span};

/// How grave a diagnostic is; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is refused for it.
    Warning,
    /// The schema set (or the configuration) is wrong: exit code 1.
    Error,
    /// Valid, but outside what this version supports: exit code 3.
    Unsupported,
    /// A file could not be read or written: exit code 4.
    Io,
}

/// One finding: a stable code, a sentence, a place, and where there is one a remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// Stable code, as `X0102`; `codes::explain` tells more about each.
    pub code: Code,
    /// One sentence without a full stop, in terms of the schema.
    pub message: String,
    /// The place: of what is at fault in a start tag, where that is known, else of the tag as far as its name.
    pub span: Span,
    /// Further places that belong to it, each with a word on why.
    pub related: Vec<(Span, String)>,
    /// The remedy, as an imperative sentence.
    pub help: Option<String>,
}

/// A diagnostic's stable code together with the rule of the recommendation it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// `X` and four digits. X00: files and XML; X01: schema representation (`src-*`); X02: component constraints (`cos-*`, `ct-*`...);
    /// X03: names and references; X08: configuration; X09: not supported; X0999: a fault of the generator.
    pub id: &'static str,
    /// The rule of XML Schema Part 1 or 2 that is broken, as `cos-nonambig`; empty where there is none.
    pub rule: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Diagnostic {
    /// An error with a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// A diagnostic of the severity given.
    pub fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity, code, message: message.into(), span, related: Vec::new(), help: None }
    }

    /// Narrows the place, which is that of a start tag, to the value of an attribute. Without such an attribute the place stays.
    #[must_use]
    pub fn on(mut self, attribute: impl AsRef<str>) -> Self {
        self.span = self.span.attribute_value(attribute.as_ref());
        self
    }

    /// Narrows the place, which is that of a start tag, to the name of an attribute. Without such an attribute the place stays.
    #[must_use]
    pub fn on_name(mut self, attribute: impl AsRef<str>) -> Self {
        self.span = self.span.attribute_name(attribute.as_ref());
        self
    }

    /// Adds the remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a further place and why it belongs to this.
    #[must_use]
    pub fn with_related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related.push((span, why.into()));
        self
    }
}

/// All that one or more stages found, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Nothing found so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// One by its number in the order found.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.list.get_mut(index)
    }

    /// In the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are, warnings included.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The gravest severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|d| d.severity).max()
    }

    /// Whether anything graver than a warning was found.
    pub fn has_errors(&self) -> bool {
        self.worst() > Some(Severity::Warning)
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// What a stage returns: its product, unless it could make none, and all it found.
#[derive(Debug, Clone)]
pub struct Staged<T> {
    /// The product; `None` only where `diagnostics` holds at least one error.
    pub product: Option<T>,
    /// Everything found, warnings included.
    pub diagnostics: Diagnostics,
}
