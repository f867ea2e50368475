//! Defines [`Note`], a deviation from the schema that tolerant mode accepted, with path, line and column. The
//! number of notes is limited. Deviations that are not accepted are in `error`.

use std::fmt::{self, Write as _};
use std::ops::Deref;

use crate::error::{ErrorKind, Position, SourceLine, Visible, excerpt};
use crate::style::Kept;

/// The kind of a deviation that was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// An element that the schema does not allow at its place was skipped.
    UnknownElement,
    /// An attribute that the schema does not allow at its place was skipped.
    UnknownAttribute,
    /// Text between elements was skipped.
    UnexpectedText,
    /// An element is nil (`xsi:nil`) but has content, which was skipped.
    NilContent,
    /// A required element or attribute is missing; it has the empty value.
    Missing,
    /// An element occurs twice where one is allowed; the first was kept.
    Repeated,
    /// An element is not where the content model requires it, and was matched by its name. This is noted for
    /// types with wildcards and for content models that are more than a sequence of the fields, once per
    /// element with such children.
    Misplaced,
    /// A name was accepted although its case differs.
    OtherCase,
    /// A prefix is not declared. It was taken for the namespace that the schema set writes with this prefix, or
    /// for no namespace if there is none. The position is that of its first use; see
    /// [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes).
    UndeclaredPrefix,
    /// A name was accepted although its namespace differs from that in the schema: it is another namespace of
    /// the schema set, as with a default namespace for all names, or one with `https` instead of `http`. Only
    /// the first name of each namespace is noted; see
    /// [`ReadOptions::undeclared_prefixes`](crate::ReadOptions::undeclared_prefixes).
    OtherNamespace,
    /// An `xsi:type` is not known at its place. The element was kept as XML or read as the declared type.
    UnknownType,
    /// A value is not one of the enumeration values; it was kept unchanged.
    UnknownValue,
    /// A text is not valid for the type chosen for it, such as an invalid date; it was kept unchanged.
    KeptValue,
    /// The text of an optional element or attribute is not valid for its type, or the Rust type cannot hold its
    /// value. It was left out; [`Note::text`] contains it. This is also noted for a required one with an empty
    /// text, which gets the empty value.
    BadValue,
    /// An `&` that does not start a reference was taken literally.
    BareAmpersand,
    /// An `xsi:type` is correct, but the value cannot hold it, so it is not written again.
    TypeLeftOut,
    /// A document type declaration is not part of the value, and what it refers to was not fetched.
    Doctype,
    /// The document type declares a default for an attribute, which was not applied.
    AttributeDefault,
}

impl NoteKind {
    /// Returns the kind of the error that strict mode reports instead.
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

    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::UnknownElement => "unknown element, skipped",
            Self::UnknownAttribute => "unknown attribute, skipped",
            Self::UnexpectedText => "text between elements, skipped",
            Self::NilContent => "content of a nil element, skipped",
            Self::Missing => "missing, left empty",
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
            Self::TypeLeftOut => "xsi:type that the value cannot hold, left out",
            Self::Doctype => "document type declaration, left out",
            Self::AttributeDefault => "default of an attribute in the document type, not applied",
        }
    }
}

/// A deviation from the schema that tolerant mode accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The kind of the deviation.
    pub kind: NoteKind,
    /// The path of the element as local names from the root: `message/body/bodyContent/later`. That of an
    /// attribute is `.../@name`; it is empty before the root.
    pub path: String,
    /// The position in the document.
    pub position: Position,
    /// The text concerned, for [`NoteKind::BadValue`], [`NoteKind::UnknownValue`], [`NoteKind::KeptValue`] and
    /// [`NoteKind::UnexpectedText`]. A text of more than 4096 bytes is cut and ends in `...`. For a secret it
    /// is `******`.
    pub text: Option<String>,
    /// Why a type of the program does not hold the text, for [`NoteKind::BadValue`]: the error of [`TextValue`](crate::TextValue).
    pub reason: Option<String>,
}

/// The maximum number of bytes of a text in a note.
const MOST_TEXT: usize = 4096;

/// Shortens a text for a note.
pub(crate) fn bounded(text: &str) -> String {
    if text.len() <= MOST_TEXT {
        return text.to_owned();
    }
    let end = (0..=MOST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{}...", text.get(..end).unwrap_or_default())
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = Visible(f);
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{}{colon}{}", self.path, self.kind.words())?;
        if let Some(text) = &self.text {
            write!(f, ": `{}`", excerpt(text))?;
        }
        if let Some(reason) = &self.reason {
            write!(f, ": {reason}")?;
        }
        write!(f, " ({})", self.position)
    }
}

/// The notes of one read operation, in document order. After the first thousand, further notes are only
/// counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    list: Vec<Note>,
    rest: usize,
    /// The lines of the notes, if the document was read window by window.
    lines: Vec<SourceLine>,
}

impl Notes {
    pub(crate) fn new(list: Vec<Note>, rest: usize) -> Self {
        Self { list, rest, lines: Vec::new() }
    }

    /// Creates notes with their lines.
    pub(crate) fn with_lines(mut list: Vec<(Note, SourceLine)>, rest: usize) -> Self {
        list.sort_by_key(|(note, _)| note.position.offset);
        let (list, lines) = list.into_iter().unzip();
        Self { list, rest, lines }
    }

    /// Returns the line of the document at the position of the note of this index, if the document was read window by window.
    #[must_use]
    pub fn source_line(&self, index: usize) -> Option<&SourceLine> {
        self.lines.get(index)
    }

    /// Converts the positions and paths, which are relative to a part of a document, to those in the whole
    /// document.
    pub(crate) fn shift(&mut self, within: &str, base: Position) {
        for note in &mut self.list {
            note.position = note.position.after(base);
            if !within.is_empty() {
                note.path = format!("{within}/{}", note.path);
            }
        }
    }

    /// Edits the list of notes.
    pub(crate) fn edit(&mut self, edit: impl FnOnce(&mut Vec<Note>)) {
        edit(&mut self.list);
    }

    /// Returns the number of notes that are not listed.
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

/// The result of reading: the value and the notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The value.
    pub value: T,
    /// The deviations that were accepted. After reading in strict mode, only valid parts of the document that
    /// the value does not hold: a document type declaration or an `xsi:type`.
    pub notes: Notes,
    /// The content of the document that the value does not hold: unknown elements and attributes, if
    /// [`ReadOptions::keep_unknown`](crate::ReadOptions::keep_unknown) is set, and schema locations. [`Reading::to_xml`] writes it back.
    pub kept: Kept,
}
