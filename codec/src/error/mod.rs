//! Defines [`Error`], which says what went wrong and where: path of elements, line and column. It is one word
//! in size. Path and line are determined in `text::place`; deviations that tolerant mode accepts are in `note`.

mod line;
mod position;
mod several;
mod visible;

use std::borrow::Cow;
use std::fmt::{self, Write as _};

pub use self::line::SourceLine;
pub(crate) use self::line::last_line;
pub use self::position::Position;
pub(crate) use self::several::Facts;
pub(crate) use self::visible::Visible;

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The document is not well-formed XML 1.0.
    Syntax,
    /// The bytes are not valid in their declared encoding, or the encoding is unknown.
    Encoding,
    /// The document contains a document type declaration with entities, which are never expanded.
    Doctype,
    /// The document exceeds a limit of [`ReadOptions`](crate::ReadOptions).
    Limit,
    /// A prefix is not declared.
    Prefix,
    /// The root element is not one of the schema set.
    Root,
    /// An element is not allowed at its place.
    UnexpectedElement,
    /// An attribute is not allowed at its place.
    UnexpectedAttribute,
    /// Text is not allowed where the schema has element-only content.
    UnexpectedText,
    /// An element or attribute is missing.
    Missing,
    /// An element occurs more often than the schema allows.
    Repeated,
    /// A text is not in the lexical space of its type.
    Value,
    /// A text violates a facet of its type.
    Facet,
    /// An `xsi:type` or `xsi:nil` is not allowed at its place.
    Type,
    /// A key, keyref, unique constraint, ID or IDREF is violated.
    Identity,
    /// A value cannot be written.
    Unwritable,
    /// The reader or the writer of the caller failed.
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

/// An error that says why a document could not be read or a value could not be written.
///
/// It never contains the text of a [`Secret`](crate::Secret), and at most a short excerpt of other values. `Debug` prints the same as
/// `Display`, so that `fn main() -> Result<(), Error>` reports the error in words.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    offset: Option<usize>,
    step: Option<String>,
    path: String,
    position: Option<Position>,
    source: Option<std::io::Error>,
    /// The number of the value of a list that could not be written, until the path gets the name of its element.
    nth: usize,
    line: Option<SourceLine>,
    /// Further errors of the same document, in document order.
    others: Vec<Error>,
}

/// The result type of this crate.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    #[cold]
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Inner {
            kind,
            message,
            offset: None,
            step: None,
            path: String::new(),
            position: None,
            source: None,
            nth: 0,
            line: None,
            others: Vec::new(),
        }))
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

    /// Creates an error about a value in JSON.
    #[cfg(feature = "serde")]
    #[cold]
    pub(crate) fn in_json(kind: ErrorKind, path: &str, message: impl Into<String>) -> Self {
        let mut error = Self::new(kind, message);
        path.clone_into(&mut error.0.path);
        error
    }

    /// Returns whether the reader had no data at the moment ([`std::io::ErrorKind::WouldBlock`]). The next call
    /// of [`Records`](crate::Records) continues from there.
    #[must_use]
    pub fn would_block(&self) -> bool {
        self.0.source.as_ref().is_some_and(|source| source.kind() == std::io::ErrorKind::WouldBlock)
    }

    /// Returns whether the time ran out: the deadline of the options
    /// ([`ReadOptions::deadline`](crate::ReadOptions::deadline)) has passed, or the source gave up waiting
    /// ([`std::io::ErrorKind::TimedOut`]).
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0.source.as_ref().is_some_and(|source| source.kind() == std::io::ErrorKind::TimedOut)
    }

    /// Sets the offset at which the error occurred.
    #[cold]
    pub(crate) fn at_offset(mut self, offset: usize) -> Self {
        self.0.offset = Some(offset);
        self
    }

    /// Adds a last step to the path that will be determined: a missing child or an attribute.
    #[cold]
    pub(crate) fn step(mut self, step: impl Into<String>) -> Self {
        self.0.step = Some(step.into());
        self
    }

    /// Adds an outer element to the path of a write error.
    #[cold]
    pub(crate) fn within(mut self, name: &str) -> Self {
        let rest = std::mem::take(&mut self.0.path);
        let name = &*match std::mem::take(&mut self.0.nth) {
            0 => Cow::Borrowed(name),
            index => Cow::Owned(format!("{name}[{index}]")),
        };
        self.0.path = if rest.is_empty() { name.to_owned() } else { format!("{name}/{rest}") };
        self
    }

    /// Tells which value of a list could not be written, counted from 0.
    #[cold]
    pub(crate) fn nth(mut self, index: usize) -> Self {
        self.0.nth = index;
        self
    }

    /// Converts to a write error, which has no position. If `without_first` is set, the first step of the path
    /// is removed, because the code that writes the element adds it.
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

    /// Converts the position and path, which are relative to a part of a document, to those in the whole
    /// document.
    #[cold]
    pub(crate) fn shift(&mut self, within: &str, base: Position) {
        self.0.others.iter_mut().for_each(|other| other.shift(within, base));
        if !within.is_empty() {
            self.0.path = if self.0.path.is_empty() { within.to_owned() } else { format!("{within}/{}", self.0.path) };
        }
        self.0.position = Some(self.0.position.map_or(base, |position| position.after(base)));
    }

    /// Makes the offset relative to `from`.
    #[cold]
    pub(crate) fn rebased(mut self, from: usize) -> Self {
        self.0.others = self.0.others.into_iter().map(|other| other.rebased(from)).collect();
        self.0.offset = self.0.offset.map(|offset| offset.saturating_sub(from));
        self
    }

    /// Creates the error for something required that is missing, given its path and the position of the enclosing element.
    #[cold]
    pub(crate) fn missing(path: &str, position: Position) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut error = Self::new(ErrorKind::Missing, format!("{name} is required"));
        (error.0.path, error.0.position) = (path.to_owned(), Some(position));
        error
    }

    /// Sets the position.
    #[cold]
    pub(crate) fn move_to(&mut self, position: Position) {
        self.0.position = Some(position);
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Returns the path of elements to the position, as local names: `message/body/bodyContent`. An element that is not the first one
    /// of its name in its parent has its index, which counts from 0: `order/line[3]/price`. The path is empty before the root element, and the records that
    /// [`Records`](crate::Records) reads have no index. An error in JSON has the path of the value in the JSON, `$.line[3].price`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the position in the document; write errors have none.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// Returns the line of the document at the position, if the document was read window by window.
    #[must_use]
    pub fn source_line(&self) -> Option<&SourceLine> {
        self.0.line.as_ref()
    }

    /// Sets the line of the document.
    pub(crate) fn set_line(&mut self, line: SourceLine) {
        self.0.line = Some(line);
    }

    /// Returns what is wrong, without the position.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = Visible(f);
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        write!(f, "{}: {}", self.0.kind.words(), self.0.message)?;
        if let Some(position) = self.0.position {
            write!(f, " ({position})")?;
        }
        self.0.others.iter().try_for_each(|other| write!(f, "\n{other}"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source as _)
    }
}

/// Returns a short excerpt of a text of a document for a message.
pub(crate) fn excerpt(text: &str) -> String {
    cut(text, 32)
}

/// Returns an excerpt of a text of the schema for a message. It is long enough for names with their namespaces.
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
