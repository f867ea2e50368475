//! Makes the diagnostics for documents that cannot be read as XML.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use super::entities::{Expanded, Fault};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::encoding::Undecodable;
use crate::span::SourceText;

/// Returns the diagnostic for a document that cannot be decoded as text.
pub(super) fn undecodable(path: &Arc<str>, bytes: &[u8], why: &Undecodable) -> Box<Diagnostic> {
    let span = |range| Span::new(Arc::new(SourceText::new(path.clone(), String::from_utf8_lossy(bytes))), range);
    let (span, message, help) = match why {
        Undecodable::NotUtf8 { at, bytes: wrong, declared } => {
            let shown = wrong.iter().fold(String::new(), |mut shown, byte| {
                let _ = write!(shown, " 0x{byte:02X}");
                shown
            });
            let what = if wrong.len() == 1 { "the byte" } else { "the bytes" };
            let help = match declared {
                true => "save the file as UTF-8, or declare the encoding that it is in",
                false => "save the file as UTF-8, or declare its encoding first, as `<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>`",
            };
            // Up to the first invalid byte, text and bytes have the same length. At that byte, the text has one replacement character.
            (span(*at..at + char::REPLACEMENT_CHARACTER.len_utf8()), format!("{what}{shown} cannot stand in UTF-8"), help)
        }
        Undecodable::NotDeclared(name) => (
            Span::file(path.clone()),
            format!("the file is not in the encoding `{name}`"),
            "save the file in the encoding that it declares",
        ),
        Undecodable::Unknown(name) => {
            let help = "save the file as UTF-8, and declare that or nothing";
            (span(0..1), format!("the encoding `{name}`, which the document declares, is not known"), help)
        }
    };
    Box::new(Diagnostic::error(codes::X0002, span, format!("not well-formed: {message}")).with_help(help))
}

/// Returns the diagnostic for an entity that cannot be expanded.
pub(super) fn of_entity(source: &Arc<SourceText>, fault: Fault) -> Box<Diagnostic> {
    let at = Span::new(source.clone(), extent(source.text(), fault.at));
    Box::new(match fault.limit {
        true => Diagnostic::error(codes::X0003, at, fault.message),
        false => Diagnostic::error(codes::X0002, at, format!("not well-formed: {}", fault.message)),
    })
}

/// Returns the range to mark for a problem at `at`: a reference, an end tag, a start tag up to the end of its name, or else one character.
fn extent(text: &str, at: usize) -> Range<usize> {
    let rest = text.get(at..).unwrap_or_default();
    let name = |skip: usize| {
        let rest = rest.get(skip..).unwrap_or_default();
        skip + rest.find(|c: char| c.is_whitespace() || "<>&;/='\"?!".contains(c)).unwrap_or(rest.len())
    };
    let length = match rest.as_bytes() {
        [b'&', ..] => name(1) + usize::from(rest.get(name(1)..).is_some_and(|rest| rest.starts_with(';'))),
        [b'<', b'/', ..] => name(2) + usize::from(rest.get(name(2)..).is_some_and(|rest| rest.starts_with('>'))),
        [b'<', b'!' | b'?', ..] => name(2),
        [b'<', ..] => name(1),
        _ => rest.chars().next().map_or(0, char::len_utf8),
    };
    at..at + length
}

const CLOSING: &str = "Unexpected closing tag: ";

/// Returns the diagnostic for a start tag that the parser accepts although it is not well-formed, because it has `<` in a value.
pub(super) fn bad_tag(document: &Expanded<'_>, start: usize) -> Box<Diagnostic> {
    let within = document.text.get(start + 1..).and_then(|rest| rest.find('<'));
    let span = document.span(extent(&document.text, within.map_or(start, |at| start + 1 + at)));
    let problem = Diagnostic::error(codes::X0002, span, "not well-formed: `<` cannot stand in an attribute value (XML 1.0, section 3.1)");
    Box::new(problem.with_help("write `&lt;`"))
}

/// Returns the diagnostic for a document that the parser rejects. `open` is the innermost open element with the span of its start tag.
pub(super) fn malformed(document: &Expanded<'_>, at: usize, message: &str, open: Option<(String, Span)>) -> Box<Diagnostic> {
    let message = plain(message);
    // The parser reports the position of the end of an end tag, not its start.
    let before = document.text.get(..=at).filter(|_| message.contains(CLOSING)).and_then(|before| before.rfind('<'));
    let span = document.span(extent(&document.text, before.unwrap_or(at)));
    let error = |message: String| Diagnostic::error(codes::X0002, span.clone(), format!("not well-formed: {message}"));
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

/// Returns the name whose prefix is not declared, if that is what the message says.
fn unbound(message: &str) -> Option<&str> {
    let rest = message.strip_suffix(" prefix is unbound")?;
    rest.strip_prefix("Element ").or_else(|| rest.strip_prefix("Attribute "))
}

/// Returns the message of the parser without the position that some messages begin with.
fn plain(message: &str) -> &str {
    match message.split_once(' ') {
        Some((place, rest)) if place.contains(':') && place.bytes().all(|b| b.is_ascii_digit() || b == b':') => rest,
        _ => message,
    }
}
