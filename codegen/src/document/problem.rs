//! What is wrong with a document that cannot be read as XML, in the words of this program.

use std::fmt::Write;
use std::sync::Arc;

use xml::common::TextPosition;

use super::entities::Fault;
use super::places;
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::encoding::Undecodable;

/// A document that is no text.
pub(super) fn undecodable(path: &Arc<str>, bytes: &[u8], why: &Undecodable) -> Box<Diagnostic> {
    let (span, message, help) = match why {
        Undecodable::NotUtf8 { at, bytes: wrong, declared } => {
            let before = String::from_utf8_lossy(bytes.get(..*at).unwrap_or_default());
            let shown = wrong.iter().fold(String::new(), |mut shown, byte| {
                let _ = write!(shown, " 0x{byte:02X}");
                shown
            });
            let what = if wrong.len() == 1 { "the byte" } else { "the bytes" };
            let help = match declared {
                true => "save the file as UTF-8, or declare the encoding that it is in",
                false => "save the file as UTF-8, or declare its encoding first, as `<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>`",
            };
            (span(path, places::after((0, 0), &before)), format!("{what}{shown} cannot stand in UTF-8"), help)
        }
        Undecodable::NotDeclared(name) => (
            Span::file(path.clone()),
            format!("the file is not in the encoding `{name}`"),
            "save the file in the encoding that it declares",
        ),
        Undecodable::Unknown(name) => {
            let help = "save the file as UTF-8, and declare that or nothing";
            (span(path, (0, 0)), format!("the encoding `{name}`, which the document declares, is not known"), help)
        }
    };
    Box::new(Diagnostic::error(codes::X0002, span, format!("not well-formed: {message}")).with_help(help))
}

/// An entity that cannot be expanded.
pub(super) fn of_entity(path: &Arc<str>, text: &str, fault: Fault) -> Box<Diagnostic> {
    let at = span(path, places::after((0, 0), text.get(..fault.at).unwrap_or_default()));
    Box::new(match fault.limit {
        true => Diagnostic::error(codes::X0003, at, fault.message),
        false => Diagnostic::error(codes::X0002, at, format!("not well-formed: {}", fault.message)),
    })
}

/// Where a problem of the parser begins: it reports an end tag at its end.
pub(super) fn start(text: &str, at: TextPosition, message: &str) -> TextPosition {
    let line = || text.split('\n').nth(usize::try_from(at.row).ok()?);
    let column = || {
        let before: Vec<char> = line()?.chars().take(usize::try_from(at.column).ok()? + 1).collect();
        before.iter().rposition(|c| *c == '<')
    };
    match column() {
        Some(column) if message.contains(CLOSING) => TextPosition { row: at.row, column: column as u64 },
        _ => at,
    }
}

const CLOSING: &str = "Unexpected closing tag: ";

/// A document that the parser refuses, given the innermost element that is open, with the place of its start tag.
pub(super) fn malformed(at: Span, message: &str, open: Option<(String, Span)>) -> Box<Diagnostic> {
    let message = plain(message);
    let error = |message: String| Diagnostic::error(codes::X0002, at.clone(), format!("not well-formed: {message}"));
    let problem = if let Some(names) = message.strip_prefix(CLOSING) {
        let found = names.split(" != ").next().unwrap_or(names).rsplit('}').next().unwrap_or(names);
        match open {
            Some((name, opened)) => unclosed(error(format!("`</{found}>` stands where `</{name}>` must")), &name, opened),
            None => error(format!("`</{found}>` closes no element")).with_help("remove it"),
        }
    } else if message.starts_with("Unexpected end of stream") || message == "Unexpected EOF" {
        match open {
            Some((name, opened)) => unclosed(error(format!("the document ends before `<{name}>` is closed")), &name, opened),
            None => error("the document ends before its root element".to_owned()),
        }
    } else if let Some(name) = message.strip_prefix("Unexpected entity: ") {
        error(format!("the entity `{name}` is not declared")).with_help("write `&amp;` for `&`, or declare the entity")
    } else if let Some(name) = message.strip_prefix("Attribute '").and_then(|rest| rest.strip_suffix("' is redefined")) {
        error(format!("the attribute `{name}` stands twice")).with_help("remove one of the two")
    } else if let Some(name) = unbound(message) {
        let prefix = name.split(':').next().unwrap_or(name);
        error(format!("the prefix of `{name}` is not declared")).with_help(format!("add `xmlns:{prefix}=\"...\"` to the root element"))
    } else {
        error(message.to_owned())
    };
    Box::new(problem)
}

fn unclosed(problem: Diagnostic, name: &str, opened: Span) -> Diagnostic {
    problem
        .with_related(opened, format!("`<{name}>` is opened here"))
        .with_help(format!("close it with `</{name}>`, or with `/>` where it is empty"))
}

/// The name whose prefix a message says is not declared.
fn unbound(message: &str) -> Option<&str> {
    let rest = message.strip_suffix(" prefix is unbound")?;
    rest.strip_prefix("Element ").or_else(|| rest.strip_prefix("Attribute "))
}

/// The parser's message without the place that some begin with.
fn plain(message: &str) -> &str {
    match message.split_once(' ') {
        Some((place, rest)) if place.contains(':') && place.bytes().all(|b| b.is_ascii_digit() || b == b':') => rest,
        _ => message,
    }
}

fn span(path: &Arc<str>, (row, column): (u64, u64)) -> Span {
    let number = |n: u64| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Span { path: path.clone(), line: number(row), column: number(column) }
}
