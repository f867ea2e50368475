//! Collects where documents depart from the schema: departures of the same kind at the same place of the schema are counted together.

use std::collections::BTreeMap;

use xsdgen::diagnostic::Span;
use xsdgen_dynamic::{Document, Error, ErrorKind, Note, NoteKind, Position, Validator};

/// The maximum number of characters that an example shows.
const SHOWN: usize = 80;

/// The kind of a departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    UnknownElement,
    UnknownAttribute,
    Missing,
    OtherCase,
    OtherOrder,
    Repeated,
    UnlistedValue,
    OtherType,
    UnknownType,
    Namespace,
    Text,
    Unreadable,
}

impl Kind {
    /// Returns the words for the kind.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::UnknownElement => "unknown element",
            Self::UnknownAttribute => "unknown attribute",
            Self::Missing => "missing",
            Self::OtherCase => "other case",
            Self::OtherOrder => "other order",
            Self::Repeated => "repeated",
            Self::UnlistedValue => "value not in the enumeration",
            Self::OtherType => "value not of the type",
            Self::UnknownType => "unknown xsi:type",
            Self::Namespace => "other or undeclared namespace",
            Self::Text => "text between elements",
            Self::Unreadable => "not readable",
        }
    }

    /// Returns the kind of a note; `None` if the note is no departure from the schema.
    fn of(note: NoteKind) -> Option<Self> {
        Some(match note {
            NoteKind::UnknownElement => Self::UnknownElement,
            NoteKind::UnknownAttribute => Self::UnknownAttribute,
            NoteKind::Missing => Self::Missing,
            NoteKind::OtherCase => Self::OtherCase,
            NoteKind::Misplaced => Self::OtherOrder,
            NoteKind::Repeated => Self::Repeated,
            NoteKind::UnknownValue => Self::UnlistedValue,
            NoteKind::BadValue | NoteKind::KeptValue => Self::OtherType,
            NoteKind::UnknownType | NoteKind::NilContent => Self::UnknownType,
            NoteKind::UndeclaredPrefix | NoteKind::OtherNamespace => Self::Namespace,
            NoteKind::UnexpectedText | NoteKind::BareAmpersand => Self::Text,
            _ => return None,
        })
    }
}

/// What departures that are counted together have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) kind: Kind,
    /// The type and the name in it, `prefix:type/name`, or the path from the root element if the type has no name.
    pub(super) place: String,
    /// The value, for one that an enumeration does not list.
    pub(super) value: Option<String>,
}

/// Departures of one kind at one place.
#[derive(Debug)]
pub(super) struct Departure {
    pub(super) count: usize,
    pub(super) documents: usize,
    /// The largest number of them in one element.
    pub(super) most: usize,
    pub(super) example: Example,
    /// The declaration of the element or attribute, or of the element around it.
    pub(super) schema: Option<(Span, bool)>,
    /// The type of the element around it: namespace and local name.
    pub(super) around: Option<(String, String)>,
    /// Whether an unknown element has children or attributes, and whether its texts are all numbers or truth values.
    pub(super) looks: Looks,
}

/// An example of a departure.
#[derive(Debug, Clone)]
pub(super) struct Example {
    pub(super) file: String,
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) text: Option<String>,
}

/// What the texts of an unknown element or attribute look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    Nothing,
    Boolean,
    Integer,
    Text,
    Children,
}

impl Looks {
    fn of(content: &str) -> Self {
        match content.trim() {
            "" => Self::Nothing,
            text if text.contains('<') => Self::Children,
            "true" | "false" => Self::Boolean,
            text if text.len() < 18 && text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit()) => Self::Integer,
            _ => Self::Text,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Nothing, other) | (other, Self::Nothing) => other,
            (Self::Children, _) | (_, Self::Children) => Self::Children,
            _ => Self::Text,
        }
    }

    /// Returns the type of a declaration.
    pub(super) fn ty(self) -> &'static str {
        match self {
            Self::Nothing | Self::Text => "string",
            Self::Boolean => "boolean",
            Self::Integer => "long",
            Self::Children => "anyType",
        }
    }
}

/// The departures of all documents.
#[derive(Debug, Default)]
pub(super) struct Collector {
    pub(super) departures: BTreeMap<Key, Departure>,
    pub(super) documents: usize,
    /// The number of documents that depart from the schema.
    pub(super) departing: usize,
    /// The number of departures that were not looked at because there were too many in a document.
    pub(super) rest: usize,
}

/// A document, with what is needed to describe a departure in it.
pub(super) struct Source<'d> {
    pub(super) name: &'d str,
    pub(super) text: &'d str,
    pub(super) document: Option<&'d Document>,
}

impl Collector {
    /// Adds the deviations of a document.
    pub(super) fn add(&mut self, validator: &Validator, source: &Source<'_>, notes: &[Note], error: Option<&Error>) {
        self.documents += 1;
        let mut within: BTreeMap<(Key, String), usize> = BTreeMap::new();
        let mut seen: Vec<Key> = Vec::new();
        for note in notes {
            let Some(kind) = Kind::of(note.kind) else { continue };
            let value = note.text.as_deref().map(short);
            let content = content_at(source.text, note);
            let looks = if matches!(kind, Kind::UnknownElement | Kind::UnknownAttribute) { Looks::of(&content) } else { Looks::Nothing };
            let key = self.one(validator, source, kind, &note.path, note.position, value, looks);
            let parent = note.path.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
            let most = within.entry((key.clone(), parent)).or_default();
            *most += 1;
            if let Some(departure) = self.departures.get_mut(&key) {
                departure.most = departure.most.max(*most);
            }
            seen.push(key);
        }
        if let Some(error) = error {
            let position = error.position().unwrap_or(Position { line: 0, column: 0, offset: 0 });
            let kind = if error.kind() == ErrorKind::Value { Kind::OtherType } else { Kind::Unreadable };
            seen.push(self.one(validator, source, kind, error.path(), position, Some(short(error.message())), Looks::Nothing));
        }
        self.departing += usize::from(!seen.is_empty());
        seen.sort();
        seen.dedup();
        for key in &seen {
            if let Some(departure) = self.departures.get_mut(key) {
                departure.documents += 1;
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a departure has these parts")]
    fn one(
        &mut self,
        validator: &Validator,
        source: &Source<'_>,
        kind: Kind,
        path: &str,
        position: Position,
        text: Option<String>,
        looks: Looks,
    ) -> Key {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let around = source.document.and_then(|document| document.get(parent)?.type_name());
        let place = match around.filter(|(_, local)| !local.is_empty()) {
            Some((uri, local)) => format!("{}{local}/{}", prefix(validator, uri), plain(name)),
            None => plain(path),
        };
        let value = text.clone().filter(|_| kind == Kind::UnlistedValue);
        let declaration = match around.filter(|(_, local)| !local.is_empty()) {
            Some(of) => validator.declaration_in(path, of).or_else(|| validator.declaration(path)),
            None => validator.declaration(path),
        };
        let key = Key { kind, place, value };
        let departure = self.departures.entry(key.clone()).or_insert_with(|| Departure {
            count: 0,
            documents: 0,
            most: 0,
            example: Example { file: source.name.to_owned(), path: path.to_owned(), line: position.line, column: position.column, text },
            schema: declaration.map(|declared| (declared.span, declared.exact)),
            around: around.map(|(uri, local)| (uri.to_owned(), local.to_owned())),
            looks,
        });
        departure.count += 1;
        departure.looks = departure.looks.and(looks);
        key
    }
}

/// Returns the prefix of a namespace in selectors, with its colon.
fn prefix(validator: &Validator, uri: &str) -> String {
    let namespaces = &validator.plan().root.namespaces;
    let found = namespaces.iter().find(|(_, known)| known == uri).map_or("none", |(prefix, _)| prefix.as_str());
    format!("{found}:")
}

/// Returns a path without the positions among siblings.
fn plain(path: &str) -> String {
    let steps = path.split('/').map(|step| step.split_once('[').map_or(step, |(name, _)| name));
    steps.collect::<Vec<_>>().join("/")
}

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

/// Returns the content of the element, or the value of the attribute, that a note is about.
fn content_at(text: &str, note: &Note) -> String {
    let Some(rest) = text.get(note.position.offset..).filter(|rest| rest.starts_with('<')) else { return String::new() };
    let Some(end) = rest.find('>') else { return String::new() };
    let tag = rest.get(..end).unwrap_or_default();
    if let Some((_, name)) = note.path.rsplit_once("/@") {
        let value = tag.split_once(&format!("{name}=")).map_or("", |(_, value)| value);
        return value.chars().next().and_then(|mark| value.get(1..)?.split(mark).next()).unwrap_or_default().to_owned();
    }
    if tag.ends_with('/') {
        return String::new();
    }
    let name = tag.get(1..).unwrap_or_default().split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let content = rest.get(end + 1..).unwrap_or_default();
    content.split(&format!("</{name}")).next().unwrap_or_default().to_owned()
}
