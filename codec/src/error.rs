//! In: what went wrong and where. Out: [`Error`], one word wide, with the path of elements, line and column.
//! Not done here: finding path and line (`place`); what is merely odd (`note`).

use std::fmt;

use memchr::{memchr_iter, memrchr};

use crate::simple::FacetError;

/// What sort of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// It is not well-formed XML 1.0.
    Syntax,
    /// Its bytes are not text of the encoding they claim, or the encoding is unknown.
    Encoding,
    /// It holds a document type declaration with entities, which are never replaced.
    Doctype,
    /// It exceeds a limit of [`ReadOptions`](crate::ReadOptions).
    Limit,
    /// A prefix is not declared.
    Prefix,
    /// The root element is none of the schema set.
    Root,
    /// An element stands where the schema has none such.
    UnexpectedElement,
    /// An attribute stands where the schema has none such.
    UnexpectedAttribute,
    /// Text stands where the schema has elements only.
    UnexpectedText,
    /// An element or attribute is missing.
    Missing,
    /// An element stands more often than the schema says.
    Repeated,
    /// A text is not in the lexical space of its type.
    Value,
    /// A text breaks a facet of its type.
    Facet,
    /// An `xsi:type` or `xsi:nil` that cannot stand there.
    Type,
    /// A key, a keyref, a unique value, an ID or an IDREF that does not hold.
    Identity,
    /// A value that cannot be written.
    Unwritable,
    /// The reader or the writer given by the caller failed.
    Io,
}

impl ErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::Syntax => "not well-formed",
            Self::Encoding => "wrong encoding",
            Self::Doctype => "document type refused",
            Self::Limit => "beyond a limit",
            Self::Prefix => "prefix not declared",
            Self::Root => "unknown root element",
            Self::UnexpectedElement => "unexpected element",
            Self::UnexpectedAttribute => "unexpected attribute",
            Self::UnexpectedText => "unexpected text",
            Self::Missing => "missing",
            Self::Repeated => "repeated",
            Self::Value => "not a value of its type",
            Self::Facet => "breaks a facet",
            Self::Type => "wrong type",
            Self::Identity => "identity constraint",
            Self::Unwritable => "cannot be written",
            Self::Io => "reading or writing failed",
        }
    }
}

/// A place in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Bytes before it, counted in the text as UTF-8 with line ends of one character.
    pub offset: usize,
}

impl Position {
    /// The start of a document.
    pub(crate) const START: Self = Self { line: 1, column: 1, offset: 0 };

    /// The place behind this text, which starts here.
    pub(crate) fn behind(self, text: &str) -> Self {
        let (line, tail) = match memrchr(b'\n', text.as_bytes()) {
            Some(last) => (memchr_iter(b'\n', text.as_bytes()).count(), text.get(last + 1..).unwrap_or_default()),
            None => (0, text),
        };
        let to_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let column = if line == 0 { self.column } else { 1 };
        Self {
            line: self.line.saturating_add(to_u32(line)),
            column: column.saturating_add(to_u32(tail.chars().count())),
            offset: self.offset + text.len(),
        }
    }

    /// This place in a text that starts at the other one.
    pub(crate) fn after(self, base: Self) -> Self {
        let column = if self.line == 1 { base.column.saturating_add(self.column - 1) } else { self.column };
        Self { line: base.line.saturating_add(self.line - 1), column, offset: base.offset + self.offset }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a document could not be read or a value not be written.
///
/// It never holds the text of a [`Secret`](crate::Secret), and of other values a short excerpt at most.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    offset: Option<usize>,
    step: Option<String>,
    path: String,
    position: Option<Position>,
    source: Option<std::io::Error>,
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    #[cold]
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Inner { kind, message, offset: None, step: None, path: String::new(), position: None, source: None }))
    }

    #[cold]
    pub(crate) fn at(kind: ErrorKind, offset: usize, message: impl Into<String>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.offset = Some(offset);
        error
    }

    #[cold]
    pub(crate) fn syntax(offset: usize, message: impl Into<String>) -> Self {
        Self::at(ErrorKind::Syntax, offset, message)
    }

    #[cold]
    pub(crate) fn io(source: std::io::Error) -> Self {
        let mut error = Self::new(ErrorKind::Io, source.to_string());
        error.0.source = Some(source);
        error
    }

    /// Whether it says that a reader has nothing yet, by [`std::io::ErrorKind::WouldBlock`]. [`Records`](crate::Records) asked again go on
    /// where they were.
    #[must_use]
    pub fn would_block(&self) -> bool {
        self.0.source.as_ref().is_some_and(|source| source.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Adds a last step to the path that will be found: a child that is missing, or an attribute.
    #[cold]
    pub(crate) fn step(mut self, step: impl Into<String>) -> Self {
        self.0.step = Some(step.into());
        self
    }

    /// Puts an element around the path of an error of writing.
    #[cold]
    pub(crate) fn within(mut self, name: &str) -> Self {
        let rest = std::mem::take(&mut self.0.path);
        self.0.path = if rest.is_empty() { name.to_owned() } else { format!("{name}/{rest}") };
        self
    }

    /// As an error of writing: without a place in the text, and if told without the first step of its path, which is added by whoever
    /// writes the element.
    #[cold]
    pub(crate) fn of_writing(mut self, without_first: bool) -> Self {
        (self.0.offset, self.0.position) = (None, None);
        if without_first {
            self.0.path = self.0.path.split_once('/').map_or_else(String::new, |(_, rest)| rest.to_owned());
        }
        self
    }

    pub(crate) fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    pub(crate) fn locate(&mut self, mut path: String, position: Position) {
        if let Some(step) = self.0.step.take() {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(&step);
        }
        (self.0.path, self.0.position) = (path, Some(position));
    }

    /// Takes the place, which was found within a part of a document, as one within the whole.
    #[cold]
    pub(crate) fn shift(&mut self, within: &str, base: Position) {
        if !within.is_empty() {
            self.0.path = if self.0.path.is_empty() { within.to_owned() } else { format!("{within}/{}", self.0.path) };
        }
        self.0.position = Some(self.0.position.map_or(base, |position| position.after(base)));
    }

    /// Counts the offset from this one on.
    #[cold]
    pub(crate) fn rebased(mut self, from: usize) -> Self {
        self.0.offset = self.0.offset.map(|offset| offset.saturating_sub(from));
        self
    }

    /// Changes the place.
    #[cold]
    pub(crate) fn move_to(&mut self, position: Position) {
        self.0.position = Some(position);
    }

    /// What sort of thing went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The elements around the place, as local names: `message/body/bodyContent`. Empty before the root element.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Where in the document; nothing for errors of writing.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// What is wrong, without the place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl From<FacetError> for Error {
    fn from(broken: FacetError) -> Self {
        Self::new(broken.kind(), broken.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        write!(f, "{}: {}", self.0.kind.words(), self.0.message)?;
        if let Some(position) = self.0.position {
            write!(f, " ({position})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// A short excerpt of a text of a document for a message.
pub(crate) fn excerpt(text: &str) -> String {
    cut(text, 32)
}

/// An excerpt of a text of the schema for a message: names with their namespaces are shown whole.
pub(crate) fn schema_excerpt(text: &str) -> String {
    cut(text, 160)
}

fn cut(text: &str, most: usize) -> String {
    let mut excerpt: String = text.chars().take(most).flat_map(char::escape_debug).collect();
    if text.chars().nth(most).is_some() {
        excerpt.push_str("...");
    }
    excerpt
}
