//! The parts of a start tag: [`Tag`] and [`Attribute`].

use std::borrow::Cow;

use crate::text::bytes::find_byte;

/// A start tag.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tag {
    /// The offset of its `<`.
    pub(super) at: usize,
    /// The length of its name.
    pub(super) len: usize,
    pub(super) space: Space,
    /// The number of namespace declarations that were in scope before it.
    pub(super) mark: usize,
    /// Whether it has no attributes.
    pub(super) plain: bool,
    /// Whether it ends in `/>`.
    pub(super) empty: bool,
}

/// The namespace that qualifies the name of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Space {
    /// No namespace (0) or a namespace of the schema set.
    Known(u16),
    /// Another namespace.
    #[default]
    Foreign,
    /// An undeclared prefix that is accepted nevertheless.
    Undeclared,
}

/// An attribute with its name as written and its value normalised.
#[derive(Debug, Clone)]
pub(super) struct Attribute<'a> {
    pub(super) prefix: &'a str,
    pub(super) local: &'a str,
    pub(super) value: Cow<'a, str>,
    pub(super) at: usize,
}

/// Splits a name into its prefix and its local name.
pub(super) fn split(name: &str) -> (&str, &str) {
    match find_byte(b':', name.as_bytes()) {
        Some(colon) => (name.get(..colon).unwrap_or_default(), name.get(colon + 1..).unwrap_or_default()),
        None => ("", name),
    }
}
