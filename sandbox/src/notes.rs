//! In: what reading noted of a request. Out: what was passed over, as a header, as lines for people; what of it a strict site refuses.
//! Texts of a request are never shown: names and places alone.
//! Not here: reading (`wire`).

use std::fmt::Write as _;
use std::ops::Range;

use webex_xml_types::Document;
use webex_xml_types::serv::Message;
use xsdgen_codec::{Note, NoteKind, Notes, WriteOptions};

use crate::faults::Fault;
use crate::operations;

/// The header of an answer that says what was passed over in its request.
pub(crate) const HEADER: &str = "x-sandbox-notes";

/// The longest header, in bytes.
const HEADER_BYTES: usize = 2048;

/// Most departures of a request that are kept; more are counted.
const KEPT: usize = 100;

/// The longest path, in bytes; of a longer one the end is shown.
const PATH_BYTES: usize = 200;

/// Most departures that a refusal names.
const NAMED: usize = 20;

/// What a request has that the schemas do not, in the order of the request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Departures {
    /// The first of it.
    list: Vec<Departure>,
    /// How many more there are.
    rest: usize,
    /// What of all of it live servers refuse: the first, and how many there are.
    refused: (Vec<Departure>, usize),
    /// How many were only counted in reading: what they are is not known.
    unknown: usize,
}

/// Something in a request that the schemas do not have there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Departure {
    what: What,
    /// The element, as names from the root: `message/body/bodyContent/later`.
    path: String,
    /// Line and column.
    place: Option<(u32, u32)>,
}

/// A sort of departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct What {
    token: &'static str,
    words: &'static str,
    /// Whether live servers refuse it, as far as is known.
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

/// An attribute whose prefix, `xsi`, is not declared: live servers cannot tell the operation then.
const UNDECLARED_XSI: What = refused("undeclared-prefix", "an attribute whose prefix is not declared");

/// Whether the note is about an empty element, which counts as none.
fn is_empty(note: &Note) -> bool {
    note.text.as_ref().is_some_and(String::is_empty)
}

/// What a note is called, and whether live servers refuse it. They bind elements to fields by name: what is no field, or one that is filled
/// already, is an error; attributes, namespaces, order and empty elements do not matter to them.
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
    /// Returns what the notes tell, but for those of this path.
    pub(crate) fn of(notes: &Notes, but: Option<&str>) -> Self {
        let mut departures = Self { rest: notes.rest(), unknown: notes.rest(), ..Self::default() };
        // In what order elements stand does not matter to live servers, and nothing was passed over for it.
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

    /// Adds a value in an operation that the schemas do not allow, found when it was performed. One that reading noted is not told twice.
    pub(crate) fn add_bad_value(&mut self, path: &str) {
        let path = self::path(&format!("message/body/bodyContent/{path}"));
        if !self.list.iter().any(|known| known.path == path) {
            self.add(Departure { what: BAD_VALUE, path, place: None });
        }
    }

    /// Returns the value of the header, a list of structured fields (RFC 9651): `unknown-element;path="message/body/x";line=4;column=12`.
    /// What finds no room is counted: `more;count=7`. Nothing where nothing departs.
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

    /// Returns the lines for people.
    pub(crate) fn lines(&self) -> Vec<String> {
        let more = (self.rest > 0).then(|| format!("and {} more", self.rest));
        self.list.iter().map(Departure::line).chain(more).collect()
    }

    /// Returns the fault that a strict site answers this message with; nothing where live servers take it, as far as is known.
    /// Its code is the sandbox's own choice; its words begin as those that live servers were seen to answer with.
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

/// How the names of elements end that hold secrets, in small letters. The name of an element within one may be a part of the secret:
/// `<password>a<b/></password>`.
const SECRETS: [&str; 8] = ["password", "ticket", "token", "samlresponse", "answer", "pin", "key", "code"];

fn is_secret(step: &str) -> bool {
    let step = step.to_ascii_lowercase();
    SECRETS.iter().any(|end| step.ends_with(end))
}

/// The path as it may be shown.
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

/// Most such elements that are looked for: each of them takes another reading.
const MOST_IDLE: usize = 64;

/// What of the message is not valid by the schemas, in words, once order and names do not matter: a text too long, half of a required pair.
/// Empty elements count as none, and booleans may have any case of letters.
/// What is no operation of the release is answered as such.
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

/// The element that starts there, if it is empty, or a boolean in other case of letters.
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
