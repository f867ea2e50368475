//! Turns errors and notes of the reader into findings with their places in the document and in the schema, and into diagnostics.

use std::sync::Arc;

use xsdgen::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceText, Span};
use xsdgen_dynamic::{Error, ErrorKind, Note, NoteKind, Position, SourceLine, Validator};

use super::Checker;

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
    /// The line of the document, or the part of it around the place.
    source: Option<SourceLine>,
    /// The place in the schema, and whether it is the declaration of the element or attribute itself.
    pub(super) schema: Option<(Span, bool)>,
}

impl Finding {
    pub(super) fn of_error(error: &Error, validator: &Validator) -> Self {
        Self::new(true, rule(error.kind()), error.path(), error.message().to_owned(), error.position(), error.source_line(), validator)
    }

    pub(super) fn of_note(note: &Note, source: Option<&SourceLine>, validator: &Validator) -> Self {
        let whole = note.to_string();
        let message = whole.strip_suffix(&format!(" ({})", note.position)).unwrap_or(&whole);
        let message = message.strip_prefix(&format!("{}: ", note.path)).unwrap_or(message).to_owned();
        Self::new(false, deviation(note.kind), &note.path, message, Some(note.position), source, validator)
    }

    fn new(
        is_error: bool,
        rule: &'static str,
        path: &str,
        message: String,
        position: Option<Position>,
        source: Option<&SourceLine>,
        validator: &Validator,
    ) -> Self {
        let declared = if rule == XML { None } else { validator.declaration(path) };
        Self {
            is_error,
            rule,
            path: path.to_owned(),
            message,
            line: position.map_or(0, |it| it.line),
            column: position.map_or(0, |it| it.column),
            source: source.cloned(),
            schema: declared.map(|declared| (declared.span, declared.exact)),
        }
    }
}

impl Finding {
    /// Returns the message after the path.
    pub(super) fn text(&self) -> String {
        if self.path.is_empty() { self.message.clone() } else { format!("{}: {}", self.path, self.message) }
    }

    /// Returns the place of the name of the element, or of the attribute if it is in the same line.
    fn span(&self, name: &str, hidden: bool) -> Span {
        let Some(source) = &self.source else { return Span::file(name) };
        let text = source.text();
        let column = self.column.saturating_sub(source.column()) as usize;
        let at = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        let rest = text.get(at..).unwrap_or_default();
        let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len()).max(1);
        let range = match attribute(rest, &self.path).filter(|_| !hidden) {
            Some(found) => at + found.start..at + found.end,
            None => at..(at + len).min(text.len()),
        };
        // The line of a secret is not shown, but its place is.
        let text = match hidden {
            true => text.chars().map(|c| if matches!(c, '<' | '>') { c } else { ' ' }).collect::<String>(),
            false => text.to_owned(),
        };
        let start = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
        let range = if hidden { start..start } else { range };
        Span::new(Arc::new(SourceText::part(name, text, self.line, source.column())), range)
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
pub(super) fn diagnostics(findings: &[Finding], checker: &Checker, name: &str) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    for finding in findings {
        let span = finding.span(name, checker.secrets);
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
