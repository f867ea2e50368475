//! Defines the options for reading and writing, [`ReadOptions`] and [`WriteOptions`], and the choices that they offer.

mod read;
mod write;

pub use self::read::ReadOptions;
pub use self::write::WriteOptions;

/// The mode of reading: how strictly a document must follow the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Elements are matched by namespace and local name, in any order; deviations are noted.
    #[default]
    Tolerant,
    /// The document must be valid; any deviation is an error.
    Strict,
}

/// What tolerant mode does if a required element, choice or attribute is missing, or is empty although its type has no empty value. Strict
/// mode always rejects the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// The document is rejected, because nothing in the value would tell what is missing from what is there.
    #[default]
    Error,
    /// The empty value is read: 0, false, the empty text, the first variant of a choice. A note
    /// ([`NoteKind::Missing`](crate::NoteKind::Missing)) tells that it was not in the document.
    Blank,
}

/// The form in which names are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Form {
    /// As the schema requires.
    #[default]
    Qualified,
    /// The root element with its prefix, all elements inside it without prefixes.
    RootQualified,
}

/// What the writer does about attributes for which the schema supplies a value because they are absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Defaults {
    /// They are not written: a reader that knows the schema supplies the value.
    #[default]
    Omit,
    /// They are written with their default or fixed value, for readers that do not know the schema.
    Write,
}

/// How elements without content are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EmptyElements {
    /// `<a/>` if the type of the element is complex, `<a></a>` if it is simple.
    #[default]
    Usual,
    /// `<a/>`.
    Short,
    /// `<a />`.
    Spaced,
    /// `<a></a>`.
    Long,
}
