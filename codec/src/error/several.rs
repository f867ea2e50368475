//! Several errors of one document, as [`ReadOptions::all_errors`](crate::ReadOptions::all_errors) collects them.

use super::{Error, ErrorKind};

/// The kind of an error, its offset, and the last step of its path.
pub(crate) type Facts = (ErrorKind, Option<usize>, Option<String>);

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

    /// Changes this error and its further errors.
    pub(crate) fn edit_all(&mut self, edit: &dyn Fn(&mut Self)) {
        edit(self);
        self.0.others.iter_mut().for_each(|other| other.edit_all(edit));
    }

    /// Returns whether nothing could be read behind this error or one of its further errors.
    pub(crate) fn is_fatal(&self) -> bool {
        self.all().any(|error| error.kind().is_fatal())
    }

    /// Returns what the error is about: its kind, its offset, and the last step of its path.
    pub(crate) fn facts(&self) -> Facts {
        (self.0.kind, self.0.offset, self.0.step.clone())
    }

    /// Gives the error its path and position in the whole document, of which it has read only a part.
    pub(crate) fn place(&mut self, path: String, position: super::Position) {
        self.locate(path, position);
        self.0.offset = Some(position.offset);
    }

    /// Returns whether the errors are about the same place in the same way.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        self.facts() == other.facts()
    }
}

impl ErrorKind {
    /// Returns whether nothing can be read behind an error of this kind.
    pub(crate) fn is_fatal(self) -> bool {
        use ErrorKind::{Doctype, Encoding, Io, Limit, Prefix, Root, Syntax, Unwritable};
        matches!(self, Doctype | Encoding | Io | Limit | Prefix | Root | Syntax | Unwritable)
    }
}
