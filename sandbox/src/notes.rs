//! Reports the content of a request that was skipped, as a header and as lines for people, and decides which of it a strict site refuses.
//! The reports contain names and positions only, never text from a request.

use std::fmt::Write as _;
use std::ops::Range;

use webex_xml_types::Document;
use webex_xml_types::serv::Message;
use xsdgen_codec::{Note, NoteKind, Notes, WriteOptions};

use crate::faults::Fault;
use crate::operations;

/// The name of the answer header that reports skipped content of the request.
pub(crate) const HEADER: &str = "x-sandbox-notes";

/// The maximum length of the header, in bytes.
const HEADER_BYTES: usize = 2048;

/// The maximum number of departures that are stored for a request. Further ones are only counted.
const KEPT: usize = 100;

/// The maximum length of a path, in bytes. Of a longer path only the end is shown.
const PATH_BYTES: usize = 200;

/// The maximum number of departures that a refusal lists.
const NAMED: usize = 20;

/// The content of a request that departs from the schemas, in document order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Departures {
    /// The first departures, up to a limit.
    list: Vec<Departure>,
    /// The number of departures that are not in the list.
    rest: usize,
    /// The first departures that live servers refuse, and the total number of those.
    refused: (Vec<Departure>, usize),
    /// The number of departures that the reader only counted, so that their kind is unknown.
    unknown: usize,
}

/// A part of a request that the schemas do not allow at its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Departure {
    what: What,
    /// The path of the element from the root, such as `message/body/bodyContent/later`.
    path: String,
    /// The line and the column.
    place: Option<(u32, u32)>,
}

/// A kind of departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct What {
    token: &'static str,
    words: &'static str,
    /// Whether live servers refuse it, as far as this is known.
    refused: bool,
}

const fn refused(token: &'static str, words: &'static str) -> What {
    What { token, words, refused: true }
}

const fn taken(token: &'static str, words: &'static str) -> What {
    What { token, words, refused: false }
}

/// A value that the schemas do not allow.
const BAD_VALUE: What = refused("bad-value", "a value that is not of its type");

/// An attribute with the undeclared prefix `xsi`. Without the declaration, live servers cannot tell which operation is meant.
const UNDECLARED_XSI: What = refused("undeclared-prefix", "an attribute whose prefix is not declared");

/// Returns whether the note is about an empty element, which counts as absent.
fn is_empty(note: &Note) -> bool {
    note.text.as_ref().is_some_and(String::is_empty)
}

/// Returns the kind of departure for a note.
///
/// Live servers bind elements to fields by name. An element that matches no field, or a field that is already set, is an error.
/// Attributes, namespaces, order and empty elements do not matter to them.
fn what(note: &Note) -> What {
    match note.kind {
        NoteKind::UnknownElement => refused("unknown-element", "unknown element"),
        NoteKind::OtherCase if !note.path.contains('@') => refused("other-case", "a name in other case of letters than the schema's"),
        NoteKind::Repeated => refused("repeated", "an element stands again where one may stand"),
        NoteKind::UnknownValue | NoteKind::BadValue | NoteKind::KeptValue if is_empty(note) => taken("empty-value", "an empty value"),
        NoteKind::UnknownValue => refused("unknown-value", "a value outside the enumeration"),
        NoteKind::BadValue | NoteKind::KeptValue => BAD_VALUE,
        NoteKind::UndeclaredPrefix if note.path.contains('@') => UNDECLARED_XSI,
        NoteKind::UndeclaredPrefix => taken("undeclared-prefix", "a prefix that is not declared"),
        NoteKind::OtherNamespace => taken("other-namespace", "a name in another namespace"),
        NoteKind::Missing => refused("missing", "a required element is missing"),
        NoteKind::UnexpectedText => refused("text", "text between elements"),
        NoteKind::UnknownAttribute => taken("unknown-attribute", "unknown attribute"),
        NoteKind::UnknownType => taken("unknown-type", "a type that is not known there"),
        _ => taken("other", "something that the schema does not have there"),
    }
}

impl Departures {
    /// Converts the notes to departures, except those at the path `but`.
    pub(crate) fn of(notes: &Notes, but: Option<&str>) -> Self {
        let mut departures = Self { rest: notes.rest(), unknown: notes.rest(), ..Self::default() };
        // The order of elements does not matter to live servers, and no misplaced element was skipped.
        let told = |note: &&Note| Some(&*note.path) != but && note.kind != NoteKind::Misplaced;
        notes.iter().filter(told).for_each(|note| departures.add(Departure::of(note)));
        departures
    }

    fn add(&mut self, departure: Departure) {
        if departure.what.refused {
            self.refused.1 += 1;
            if self.refused.0.len() <= NAMED {
                self.refused.0.push(departure.clone());
            }
        }
        match self.list.len() < KEPT {
            true => self.list.push(departure),
            false => self.rest += 1,
        }
    }

    /// Adds an invalid value that was found while an operation was performed, unless a departure at that path is already listed.
    pub(crate) fn add_bad_value(&mut self, path: &str) {
        let path = self::path(&format!("message/body/bodyContent/{path}"));
        if !self.list.iter().any(|known| known.path == path) {
            self.add(Departure { what: BAD_VALUE, path, place: None });
        }
    }

    /// Returns the value of the header, or `None` if there are no departures.
    ///
    /// The value is a list in the sense of structured fields (RFC 9651), such as
    /// `unknown-element;path="message/body/x";line=4;column=12`. Departures that do not fit are counted, as in `more;count=7`.
    pub(crate) fn header(&self) -> Option<String> {
        let mut header = String::new();
        let mut shown = 0;
        for departure in &self.list {
            let before = header.len();
            if shown > 0 {
                header.push_str(", ");
            }
            departure.member(&mut header);
            if header.len() > HEADER_BYTES - "more;count=12345678901234567890, ".len() {
                header.truncate(before);
                break;
            }
            shown += 1;
        }
        let more = self.rest + self.list.len() - shown;
        if more > 0 {
            let comma = if shown > 0 { ", " } else { "" };
            let _ = write!(header, "{comma}more;count={more}");
        }
        (!header.is_empty()).then_some(header)
    }

    /// Returns the departures as lines for people.
    pub(crate) fn lines(&self) -> Vec<String> {
        let more = (self.rest > 0).then(|| format!("and {} more", self.rest));
        self.list.iter().map(Departure::line).chain(more).collect()
    }

    /// Returns the fault with which a strict site answers this message, or `None` if live servers accept it, as far as this is known. The
    /// code is the sandbox's own choice; the reason begins with wording that was observed from live servers.
    pub(crate) fn refusal(&self, message: &Message) -> Option<Fault> {
        let (refused, count) = &self.refused;
        if refused.iter().any(|departure| departure.what == UNDECLARED_XSI) {
            return Some(Fault::processing("Fail to forward request:null"));
        }
        let mut lines: Vec<String> = refused.iter().map(Departure::line).collect();
        if lines.is_empty() && self.unknown > 0 {
            lines.push("the request departs from the schemas in more places than are looked at".to_owned());
        } else if lines.is_empty() {
            lines.extend(invalid(message));
        }
        let first = lines.first()?;
        let others = match (count + self.unknown).saturating_sub(1) {
            0 => String::new(),
            1 => "; one more".to_owned(),
            more => format!("; {more} more"),
        };
        Some(Fault::processing(format!("validation: {first}{others}")).because(lines.iter().skip(1).take(NAMED)))
    }
}

impl Departure {
    fn of(note: &Note) -> Self {
        let place = Some((note.position.line, note.position.column));
        Self { what: what(note), path: path(&note.path), place }
    }

    fn member(&self, into: &mut String) {
        let _ = write!(into, "{};path=\"", self.what.token);
        for byte in self.path.bytes() {
            match byte {
                b'"' | b'\\' | b'%' | ..=b' ' | 0x7F.. => drop(write!(into, "%{byte:02X}")),
                byte => into.push(char::from(byte)),
            }
        }
        into.push('"');
        if let Some((line, column)) = self.place {
            let _ = write!(into, ";line={line};column={column}");
        }
    }

    fn line(&self) -> String {
        let place = self.place.map(|(line, column)| format!(" (line {line}, column {column})")).unwrap_or_default();
        format!("{}: {}{place}", self.path, self.what.words)
    }
}

/// The endings, in lower case, of the names of elements that hold secrets. The name of an element inside such an element can be part of
/// the secret, as in `<password>a<b/></password>`.
const SECRETS: [&str; 8] = ["password", "ticket", "token", "samlresponse", "answer", "pin", "key", "code"];

fn is_secret(step: &str) -> bool {
    let step = step.to_ascii_lowercase();
    SECRETS.iter().any(|end| step.ends_with(end))
}

/// Returns the path in the form in which it can be shown, without names inside a secret.
fn path(whole: &str) -> String {
    let mut steps = whole.split('/');
    let secret = steps.position(is_secret);
    let shown = match secret {
        Some(at) if steps.next().is_some() => whole.split('/').take(at + 1).chain(["*"]).collect::<Vec<_>>().join("/"),
        _ => whole.to_owned(),
    };
    if shown.len() <= PATH_BYTES {
        return shown;
    }
    let start = (shown.len() - PATH_BYTES..shown.len()).find(|at| shown.is_char_boundary(*at)).unwrap_or_default();
    format!("...{}", shown.get(start..).unwrap_or_default())
}

/// The maximum number of elements to remove, because each removal requires another validation.
const MOST_IDLE: usize = 64;

/// Describes the first part of the message that is invalid by the schemas even when order and names are ignored, such as a text that is
/// too long or half of a required pair.
///
/// Empty elements count as absent, and booleans can be in any letter case. A message with an unknown operation is not checked here,
/// because it is refused for that reason later.
fn invalid(message: &Message) -> Option<String> {
    if message.body.body_content.iter().any(|body| operations::known(body).is_none()) {
        return None;
    }
    let document = Document::Message(Box::new(message.clone()));
    let mut xml = document.to_xml_with(&WriteOptions::tolerant()).ok()?;
    for _ in 0..MOST_IDLE {
        let error = Document::from_xml_strict(xml.as_bytes()).err()?;
        let Some(idle) = error.position().and_then(|position| idle(&xml, position.offset)) else {
            return Some(format!("{}: {}", path(error.path()), error.message()));
        };
        xml.replace_range(idle, "");
    }
    None
}

/// Returns the range of the element that starts at that position, if it is empty or a boolean in a different letter case.
fn idle(xml: &str, start: usize) -> Option<Range<usize>> {
    let (tag, after) = xml.get(start..)?.split_once('>')?;
    let inner = start + tag.len() + 1;
    if tag.ends_with('/') {
        return Some(start..inner);
    }
    let (text, end) = after.split_once("</")?;
    let is_idle = text.is_empty() || text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    let end = inner + text.len() + "</".len() + end.find('>')? + 1;
    is_idle.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn departure(path: &str) -> Departure {
        Departure { what: refused("repeated", "again"), path: super::path(path), place: Some((4, 12)) }
    }

    fn of(all: impl Iterator<Item = Departure>) -> Departures {
        let mut departures = Departures::default();
        all.for_each(|departure| departures.add(departure));
        departures
    }

    #[test]
    fn the_header_is_a_structured_field_that_nothing_escapes_from() {
        let header = |paths: &[&str]| of(paths.iter().map(|path| departure(path))).header();
        assert_eq!(header(&[]), None);
        assert_eq!(header(&["a/b/@c"]).as_deref(), Some("repeated;path=\"a/b/@c\";line=4;column=12"));
        let hostile = header(&["a\"\\%\r\nX-Evil: 1\u{E9}\u{7F}", "b"]).unwrap();
        assert_eq!(
            hostile,
            "repeated;path=\"a%22%5C%25%0D%0AX-Evil:%201%C3%A9%7F\";line=4;column=12, repeated;path=\"b\";line=4;column=12"
        );
    }

    #[test]
    fn the_header_has_an_end() {
        let list = |count: usize, path: &str| Departures { rest: 900, ..of(std::iter::repeat_n(departure(path), count)) };
        for path in ["a", &"\u{1F600}".repeat(1000), &"deep/".repeat(1000)] {
            let header = list(100, path).header().unwrap();
            assert!(header.len() <= HEADER_BYTES && header.is_ascii(), "{}", header.len());
            let shown = header.matches("repeated;").count();
            assert!(shown > 1 && header.ends_with(&format!(", more;count={}", 1000 - shown)), "{header}");
        }
        assert_eq!(Departures { rest: 7, ..Departures::default() }.header().as_deref(), Some("more;count=7"));
    }

    #[test]
    fn names_within_a_secret_are_not_shown() {
        assert_eq!(path("message/header/securityContext/password/Pa55word/x"), "message/header/securityContext/password/*");
        assert_eq!(path("message/header/securityContext/password"), "message/header/securityContext/password");
        assert_eq!(
            path("message/body/bodyContent/personalMeetingRoom/hostPIN/@x"),
            "message/body/bodyContent/personalMeetingRoom/hostPIN/*"
        );
    }
}
