//! The diagnostics that all stages produce, and the collection that holds them.
//!
//! `report` prints them with their source lines. The command-line program derives its exit code from them.

use std::borrow::Cow;
use std::fmt;

pub use crate::span::{SourceText, Span};

/// The severity of a diagnostic. It determines the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A warning, which does not stop generation.
    Warning,
    /// The schema set or the configuration is invalid: exit code 1.
    Error,
    /// The schema is valid but not supported by this version: exit code 3.
    Unsupported,
    /// A file could not be read or written: exit code 4.
    Io,
}

/// A problem found by a stage: a stable code, a message, a place, and a remedy if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its severity.
    pub severity: Severity,
    /// Its stable code, such as `X0102`; `codes::explain` describes each code.
    pub code: Code,
    /// One sentence without a full stop, in the terms of the schema. It names the rule at its end.
    pub message: String,
    /// The rule that is violated, with its clause if it has several, such as `src-resolve.4`; empty if there is none.
    pub clause: Cow<'static, str>,
    /// The place. In a start tag, it covers the part that is wrong if that is known, otherwise the tag up to the end of its name.
    pub span: Span,
    /// Further places that are relevant, each with a short reason.
    pub related: Vec<(Span, String)>,
    /// The remedy, as an imperative sentence.
    pub help: Option<String>,
}

/// The stable code of a diagnostic, with the rule of the XML Schema recommendation that it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// `X` and four digits. X00: files and XML; X01: schema representation (`src-*`); X02: component constraints (`cos-*`, `ct-*`...);
    /// X03: names and references; X08: configuration; X09: not supported; X0999: an internal error of the generator.
    pub id: &'static str,
    /// The rule of XML Schema Part 1 or 2 that is violated, such as `cos-nonambig`; empty if there is none.
    pub rule: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Diagnostic {
    /// Creates an error with a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// Creates a diagnostic of the given severity.
    pub fn new(severity: Severity, code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity, code, message: abridged(message.into()), clause: Cow::Borrowed(""), span, related: Vec::new(), help: None }
    }

    /// Sets the rule that is violated, with its clause if it has several, and names it at the end of the message.
    #[must_use]
    pub fn violating(mut self, clause: impl Into<Cow<'static, str>>) -> Self {
        self.clause = clause.into();
        self.message = format!("{} ({})", self.message, self.clause);
        self
    }

    /// Narrows the place from a start tag to the value of an attribute. Keeps the place if the tag has no such attribute.
    #[must_use]
    pub fn on(mut self, attribute: impl AsRef<str>) -> Self {
        self.span = self.span.attribute_value(attribute.as_ref());
        self
    }

    /// Narrows the place from a start tag to the name of an attribute. Keeps the place if the tag has no such attribute.
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

    /// Adds a further place and the reason why it is relevant.
    #[must_use]
    pub fn with_related(mut self, span: Span, why: impl Into<String>) -> Self {
        self.related.push((span, why.into()));
        self
    }
}

/// A collection of the diagnostics of one or more stages, in the order found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Creates an empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all diagnostics of another collection.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Returns the diagnostic with this index.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut Diagnostic> {
        self.list.get_mut(index)
    }

    /// Returns an iterator over the diagnostics, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Returns the number of diagnostics, including warnings.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns whether there are no diagnostics at all.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns the highest severity found.
    pub fn worst(&self) -> Option<Severity> {
        self.list.iter().map(|d| d.severity).max()
    }

    /// Returns whether any diagnostic is more severe than a warning.
    pub fn has_errors(&self) -> bool {
        self.worst() > Some(Severity::Warning)
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Diagnostics { list: diagnostics.into_iter().collect() }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<T> Staged<T> {
    /// Creates the result of a stage that found no problem.
    pub fn of(product: T) -> Self {
        Staged { product: Some(product), diagnostics: Diagnostics::new() }
    }
}

/// The result of a stage: its product, if it could be made, and all diagnostics.
#[derive(Debug, Clone)]
pub struct Staged<T> {
    /// The product; `None` only if `diagnostics` contains at least one error.
    pub product: Option<T>,
    /// All diagnostics, including warnings.
    pub diagnostics: Diagnostics,
}

/// The maximum number of bytes of a message.
const LONGEST: usize = 1000;

/// Replaces the middle of a message that quotes a long text of a schema, such as a pattern of 15,000 characters. The excerpt shows where the text is.
fn abridged(message: String) -> String {
    if message.len() <= LONGEST {
        return message;
    }
    let boundary = |at: usize| (0..=at).rev().find(|at| message.is_char_boundary(*at)).unwrap_or_default();
    let (start, end) = (boundary(LONGEST / 2), boundary(message.len() - LONGEST / 4));
    match (message.get(..start), message.get(end..)) {
        (Some(start), Some(end)) => format!("{start} [...] {end}"),
        _ => message,
    }
}
