//! The kinds that the tables distinguish: of values, of positions in the XML, of content.

use crate::tables::info::ValueInfo;

/// A set of flags that describe a kind of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueFlags(u16);

impl ValueFlags {
    /// A value with attributes and children: no flag is set.
    pub const STRUCT: Self = Self(0);
    /// A text without attributes and children.
    pub const LEAF: Self = Self(1);
    /// A value that may be nil.
    pub const NILLABLE: Self = Self(2);
    /// Children that have no element of their own around them: a choice, or a sequence within a content model.
    pub const GROUP: Self = Self(4);
    /// A boxed value, so that a type may contain itself.
    pub const BOXED: Self = Self(8);
    /// A value whose type is given by `xsi:type`.
    pub const POLYMORPHIC: Self = Self(16);
    /// XML that is kept as text.
    pub const KEPT: Self = Self(32);
    /// A text of qualified names, whose prefixes must be resolved.
    pub const QUALIFIED: Self = Self(64);
    /// A union in which some member types are qualified names and others are not.
    pub const EITHER: Self = Self(128);
    /// A list of values that are separated by white space.
    pub const LIST: Self = Self(256);
    /// A secret text, which no error and no note may show.
    pub const SECRET: Self = Self(512);

    /// Returns the flags of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the flags that are not in the other set.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Returns whether all flags of the other set are set.
    #[must_use]
    pub const fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The position of an item in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// A wildcard for elements or attributes, with a namespace constraint.
    Any,
    /// The children of a choice or a group.
    Group,
    /// The text content of the element; in mixed content, the text between elements.
    Text,
}

/// The `processContents` of a wildcard: how the content that it admits is validated (XML Schema Part 1, section 3.10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    /// The content must be declared and valid.
    Strict,
    /// The content must be valid if it is declared.
    Lax,
    /// The content is not validated.
    Skip,
}

/// The maximum number of occurrences of a particle that may occur any number of times.
pub const UNBOUNDED: u32 = u32::MAX;

/// The kind of content of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// No content.
    Empty,
    /// Children in order.
    Sequence,
    /// Children in any order.
    All,
    /// Text and children.
    Mixed,
    /// Text.
    Text,
    /// One of the items: only for an enum that stands for a choice.
    Choice,
}

/// The position of a field in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// An element wildcard, with its `processContents`.
    Any(Process),
    /// An attribute wildcard, with its `processContents`.
    AnyAttribute(Process),
    /// A choice or a group.
    Group,
    /// Text content.
    Text,
    /// All fields of another struct, as if they were declared here. A table contains those fields and not this kind.
    Flatten,
}

/// The name of a type, as used in `xsi:type`.
#[derive(Debug, Clone, Copy)]
pub struct TypeName {
    /// The number of its namespace.
    pub namespace: u16,
    /// Its local name.
    pub local: &'static str,
    /// Another text that names the type.
    pub alias: Option<&'static str>,
    /// Whether it is the type of elements without an `xsi:type`.
    pub base: bool,
    /// Returns the properties of the Rust type.
    pub info: fn() -> ValueInfo,
}
