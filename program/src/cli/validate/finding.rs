//! Turns errors and notes of the reader into findings with their places in the document and in the schema, and into diagnostics.

use std::sync::Arc;

use xsdgen::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceText, Span};
use xsdgen_dynamic::{Error, ErrorKind, Note, NoteKind, Position, Validator};

use super::Checker;

/// The maximum size of a document whose lines are shown, in bytes.
const SHOWN: usize = 64 << 20;

/// An error or a deviation in a document.
#[derive(Debug)]
pub(super) struct Finding {
    pub(super) is_error: bool,
    /// The rule of the recommendation that is violated, or `xml`.
    pub(super) rule: &'static str,
    pub(super) path: String,
    pub(super) message: String,
    pub(super) line: u32,
    pub(super) column: u32,
    /// The place in the schema, and whether it is the declaration of the element or attribute itself.
    pub(super) schema: Option<(Span, bool)>,
}

impl Finding {
    pub(super) fn of_error(error: &Error, validator: &Validator) -> Self {
        Self::new(true, rule(error.kind()), error.path(), error.message().to_owned(), error.position(), validator)
    }

    pub(super) fn of_note(note: &Note, validator: &Validator) -> Self {
        let whole = note.to_string();
        let message = whole.strip_suffix(&format!(" ({})", note.position)).unwrap_or(&whole);
        let message = message.strip_prefix(&format!("{}: ", note.path)).unwrap_or(message).to_owned();
        Self::new(false, deviation(note.kind), &note.path, message, Some(note.position), validator)
    }

    fn new(is_error: bool, rule: &'static str, path: &str, message: String, position: Option<Position>, validator: &Validator) -> Self {
        let declared = if rule == XML { None } else { validator.declaration(path) };
        Self {
            is_error,
            rule,
            path: path.to_owned(),
            message,
            line: position.map_or(0, |it| it.line),
            column: position.map_or(0, |it| it.column),
            schema: declared.map(|declared| (declared.span, declared.exact)),
        }
    }
}

impl Finding {
    /// Returns the message after the path.
    pub(super) fn text(&self) -> String {
        if self.path.is_empty() { self.message.clone() } else { format!("{}: {}", self.path, self.message) }
    }
}

/// The rule of a document that is not well-formed.
const XML: &str = "xml";

/// Returns the rule of XML Schema Part 1 that an error reports.
fn rule(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Root => "cvc-elt",
        ErrorKind::UnexpectedElement | ErrorKind::UnexpectedText | ErrorKind::Missing | ErrorKind::Repeated => "cvc-complex-type",
        ErrorKind::UnexpectedAttribute => "cvc-attribute",
        ErrorKind::Value | ErrorKind::Prefix => "cvc-datatype-valid",
        ErrorKind::Facet => "cvc-facet-valid",
        ErrorKind::Type => "cvc-type",
        ErrorKind::Identity => "cvc-identity-constraint",
        _ => XML,
    }
}

/// Returns the rule of XML Schema Part 1 that a deviation violates.
fn deviation(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::UnknownAttribute => "cvc-attribute",
        NoteKind::UnknownValue => "cvc-facet-valid",
        NoteKind::BadValue | NoteKind::KeptValue => "cvc-datatype-valid",
        NoteKind::UnknownType | NoteKind::TypeLeftOut | NoteKind::NilContent => "cvc-type",
        NoteKind::BareAmpersand | NoteKind::UndeclaredPrefix | NoteKind::Doctype | NoteKind::AttributeDefault => XML,
        _ => "cvc-complex-type",
    }
}

/// Returns the findings as diagnostics, with the lines of the document.
pub(super) fn diagnostics(findings: &[Finding], checker: &Checker, name: &str, bytes: &[u8]) -> Diagnostics {
    let lines = Lines::of(name, bytes, checker.secrets);
    let mut diagnostics = Diagnostics::new();
    for finding in findings {
        let span = lines.span(finding);
        let severity = if finding.is_error { Severity::Error } else { Severity::Warning };
        let code = Code { id: finding.rule, rule: finding.rule };
        let mut diagnostic = Diagnostic::new(severity, code, span, finding.text());
        if let Some((schema, exact)) = &finding.schema {
            let why = if *exact { "the schema declares it here" } else { "the schema declares the element around it here" };
            diagnostic = diagnostic.with_related(schema.clone(), why);
        }
        diagnostics.push(diagnostic);
    }
    diagnostics
}

/// The lines of a document.
struct Lines {
    source: Arc<SourceText>,
    /// The offset at which each line begins.
    starts: Vec<usize>,
    hidden: bool,
}

impl Lines {
    fn of(name: &str, bytes: &[u8], hidden: bool) -> Self {
        let text = if bytes.len() > SHOWN { "".into() } else { String::from_utf8_lossy(bytes) };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        // The line of a secret is not shown, but its place is.
        let text = match hidden {
            true => text.chars().map(|c| if matches!(c, '\n' | '\r' | '<' | '>') { c } else { ' ' }).collect::<String>(),
            false => text.to_owned(),
        };
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { source: Arc::new(SourceText::new(name, text)), starts, hidden }
    }

    /// Returns the place of a finding: the name of the element, or the attribute if it is in the same line.
    fn span(&self, finding: &Finding) -> Span {
        let text = self.source.text();
        let start = (finding.line as usize).checked_sub(1).and_then(|line| self.starts.get(line).copied());
        let Some(line) = start.and_then(|start| text.get(start..)) else { return Span::file(self.source.path().clone()) };
        let start = start.unwrap_or_default();
        let column = line.char_indices().nth((finding.column as usize).saturating_sub(1)).map_or(0, |(at, _)| at);
        let rest = line.get(column..).unwrap_or_default();
        let at = start + column;
        if let Some(found) = attribute(rest, &finding.path).filter(|_| !self.hidden) {
            return Span::new(self.source.clone(), at + found.start..at + found.end);
        }
        let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len()).max(1);
        Span::new(self.source.clone(), at..(at + len).min(text.len()))
    }
}

/// Returns the place of the attribute at the end of a path in a start tag, if it is in the first line.
fn attribute(tag: &str, path: &str) -> Option<std::ops::Range<usize>> {
    let name = path.rsplit_once("/@")?.1;
    let tag = tag.split(['\n', '>']).next()?;
    let found = tag.match_indices(name).find(|(at, _)| {
        let before = tag.get(..*at).and_then(|before| before.chars().next_back());
        let after = tag.get(at + name.len()..).map(str::trim_start);
        before.is_some_and(|c| c.is_whitespace() || c == ':') && after.is_some_and(|after| after.starts_with('='))
    })?;
    let rest = tag.get(found.0..)?;
    let quote = rest.find(['"', '\''])?;
    let mark = rest.get(quote..)?.chars().next()?;
    let end = rest.get(quote + 1..)?.find(mark).map_or(quote, |end| quote + end + 2);
    Some(found.0..found.0 + end)
}
