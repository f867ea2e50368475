//! Several errors of one document, as [`ReadOptions::all_errors`](crate::ReadOptions::all_errors) collects them.

use super::{Error, ErrorKind};

impl Error {
    /// Returns this error and the further errors of the same document, in document order. There are further errors only if
    /// [`ReadOptions::all_errors`](crate::ReadOptions::all_errors) is set.
    ///
    /// # Example
    /// ```
    /// # fn check(document: &[u8]) -> xsdgen_codec::Result<()> { xsdgen_codec::AnyElement::from_xml("<a>").map(drop) }
    /// if let Err(error) = check(b"<a>") {
    ///     for error in error.all() {
    ///         println!("{}: {}", error.path(), error.message());
    ///     }
    /// }
    /// ```
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.0.others)
    }

    /// Combines the errors of a document into one; `None` if there are none.
    pub(crate) fn of(mut errors: Vec<Self>) -> Option<Self> {
        errors.sort_by_key(|error| error.0.offset);
        let mut errors = errors.into_iter();
        let mut first = errors.next()?;
        first.0.others.extend(errors);
        Some(first)
    }

    /// Splits this error from its further errors.
    pub(crate) fn unfold(mut self) -> Vec<Self> {
        let others = std::mem::take(&mut self.0.others);
        std::iter::once(self).chain(others).collect()
    }

    /// Changes the position of this error and of its further errors.
    pub(crate) fn move_all(&mut self, to: &dyn Fn(super::Position) -> super::Position) {
        self.0.position = self.0.position.map(to);
        self.0.others.iter_mut().for_each(|other| other.move_all(to));
    }

    /// Returns whether nothing could be read behind this error or one of its further errors.
    pub(crate) fn is_fatal(&self) -> bool {
        self.all().any(|error| error.kind().is_fatal())
    }

    /// Returns whether the errors are about the same place in the same way.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        let facts = |error: &Self| (error.0.kind, error.0.offset, error.0.step.clone());
        facts(self) == facts(other)
    }
}

impl ErrorKind {
    /// Returns whether nothing can be read behind an error of this kind.
    pub(crate) fn is_fatal(self) -> bool {
        use ErrorKind::{Doctype, Encoding, Io, Limit, Prefix, Root, Syntax, Unwritable};
        matches!(self, Doctype | Encoding | Io | Limit | Prefix | Root | Syntax | Unwritable)
    }
}
