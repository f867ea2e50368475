//! In: what tolerant reading let pass. Out: [`Note`]s with path, line and column, capped in number.
//! Not done here: what cannot be let pass (`error`).

use std::fmt;
use std::ops::Deref;

use crate::error::{ErrorKind, Position, excerpt};

/// What sort of oddity was let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// An element that the schema does not have there was skipped.
    UnknownElement,
    /// An attribute that the schema does not have there was skipped.
    UnknownAttribute,
    /// Text between elements was skipped.
    UnexpectedText,
    /// An element is nil (`xsi:nil`) and yet has content, which was skipped.
    NilContent,
    /// A required element or attribute is missing: its value is blank.
    Missing,
    /// An element stands twice where one may stand: the first was kept.
    Repeated,
    /// An element does not stand where the content model has it, and was taken by its name: in a type with wildcards, or one whose content
    /// model is more than its fields in order. Of each element with such children one note is made.
    Misplaced,
    /// A name was taken although its letters differ in case.
    OtherCase,
    /// A prefix is not declared, and was taken as the one that the schema set writes for a namespace; as none where it writes no such prefix.
    /// The place is that of its first use; see [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes).
    UndeclaredPrefix,
    /// A name was taken although it is in another namespace than in the schema: in another one of the schema set, as all names of a document with
    /// a default namespace, or in one that differs by `https` for `http`. The first of each namespace is noted; see
    /// [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes).
    OtherNamespace,
    /// An `xsi:type` is unknown there: the element was kept as it came, or read as the declared type.
    UnknownType,
    /// A value is none of the enumeration: it was kept as it came.
    UnknownValue,
    /// The text is not of the type chosen for it, as a date that is none: it was kept as it came.
    KeptValue,
    /// The text of an optional element or attribute is not of its type, or the Rust type cannot hold its value: it was left out, and
    /// [`Note::text`] has it. Of a required one it is empty: the value is blank.
    BadValue,
    /// An `&` that starts no reference was taken as it stands.
    BareAmpersand,
    /// An `xsi:type` that is right, and that the value has no place for: it is not written again.
    TypeLeftOut,
    /// A document type declaration is no part of the value, and what it names was not fetched.
    Doctype,
    /// The document type has a default for an attribute: it was not applied.
    AttributeDefault,
}

impl NoteKind {
    /// The error that strict reading makes of it.
    pub(crate) fn as_error(self) -> ErrorKind {
        match self {
            Self::UnknownElement | Self::OtherCase | Self::Misplaced => ErrorKind::UnexpectedElement,
            Self::UnknownAttribute => ErrorKind::UnexpectedAttribute,
            Self::UnexpectedText => ErrorKind::UnexpectedText,
            Self::Missing => ErrorKind::Missing,
            Self::Repeated => ErrorKind::Repeated,
            Self::UnknownType | Self::TypeLeftOut | Self::NilContent => ErrorKind::Type,
            Self::UnknownValue => ErrorKind::Facet,
            Self::BadValue | Self::KeptValue => ErrorKind::Value,
            Self::BareAmpersand => ErrorKind::Syntax,
            Self::UndeclaredPrefix | Self::OtherNamespace => ErrorKind::Prefix,
            Self::Doctype | Self::AttributeDefault => ErrorKind::Doctype,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::UnknownElement => "unknown element, skipped",
            Self::UnknownAttribute => "unknown attribute, skipped",
            Self::UnexpectedText => "text between elements, skipped",
            Self::NilContent => "content of a nil element, skipped",
            Self::Missing => "missing, left blank",
            Self::Repeated => "repeated, the first is kept",
            Self::Misplaced => "not where the content model has it, taken by its name",
            Self::OtherCase => "other case than in the schema",
            Self::UndeclaredPrefix => "prefix that is not declared",
            Self::OtherNamespace => "other namespace than in the schema",
            Self::UnknownType => "type unknown here",
            Self::UnknownValue => "unknown value, kept",
            Self::KeptValue => "not a value of its type, kept as text",
            Self::BadValue => "not a value of its type, left out",
            Self::BareAmpersand => "an & that starts no reference, kept",
            Self::TypeLeftOut => "type told where the value has no place for it, left out",
            Self::Doctype => "document type declaration, left out",
            Self::AttributeDefault => "default of an attribute in the document type, not applied",
        }
    }
}

/// Something that tolerant reading let pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it was.
    pub kind: NoteKind,
    /// The element as local names from the root: `message/body/bodyContent/later`; of an attribute `.../@name`; empty before the root.
    pub path: String,
    /// Where it stands.
    pub position: Position,
    /// The text that it is about, of [`NoteKind::BadValue`], [`NoteKind::UnknownValue`], [`NoteKind::KeptValue`] and
    /// [`NoteKind::UnexpectedText`]: whole up to 4096 bytes, a longer one ends in `...`. Of a secret it is `******`.
    pub text: Option<String>,
}

/// The most bytes of a text that a note keeps.
const MOST_TEXT: usize = 4096;

/// A text as a note keeps it.
pub(crate) fn bounded(text: &str) -> String {
    if text.len() <= MOST_TEXT {
        return text.to_owned();
    }
    let end = (0..=MOST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}...", text.get(..end).unwrap_or_default())
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{}{colon}{}", self.path, self.kind.words())?;
        if let Some(text) = &self.text {
            write!(f, ": `{}`", excerpt(text))?;
        }
        write!(f, " ({})", self.position)
    }
}

/// The notes of one reading, in the order of the document. Past a thousand they are only counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    rest: usize,
}

impl Notes {
    pub(crate) fn new(list: Vec<Note>, rest: usize) -> Self {
        Self { list, rest }
    }

    /// Takes the places, which were found within a part of a document, as places within the whole.
    pub(crate) fn shift(&mut self, within: &str, base: Position) {
        for note in &mut self.list {
            note.position = note.position.after(base);
            if !within.is_empty() {
                note.path = format!("{within}/{}", note.path);
            }
        }
    }

    /// Changes what is noted.
    pub(crate) fn edit(&mut self, edit: impl FnOnce(&mut Vec<Note>)) {
        edit(&mut self.list);
    }

    /// How many more there were than are listed.
    #[must_use]
    pub fn rest(&self) -> usize {
        self.rest
    }
}

impl Deref for Notes {
    type Target = [Note];

    fn deref(&self) -> &[Note] {
        &self.list
    }
}

impl<'a> IntoIterator for &'a Notes {
    type Item = &'a Note;
    type IntoIter = std::slice::Iter<'a, Note>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// What reading gave: the value, and what was let pass on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// What was let pass; after strict reading, what is valid and left out of the value: a document type declaration, an `xsi:type`.
    pub notes: Notes,
}
