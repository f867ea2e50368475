//! The rules that strict mode checks beyond the types: global attributes, named types, and properties of element declarations other than their type.

use super::{Facets, ItemId, WireName};

/// The rules that strict mode checks beyond the types. They become a static of the codec's `Rules`, unless there are none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// Global attributes, if a wildcard can match them.
    pub attributes: Vec<GlobalAttribute>,
    /// Named types, if an element can have any type.
    pub types: Vec<NamedType>,
    /// Element declarations that have identity constraints or block derivations.
    pub declarations: Vec<Declaration>,
}

/// A global attribute declaration.
#[derive(Debug, Clone, PartialEq)]
pub struct GlobalAttribute {
    /// Its name.
    pub name: WireName,
    /// Its simple type.
    pub facets: Facets,
    /// Its fixed value.
    pub fixed: Option<String>,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
}

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedType {
    /// Its name.
    pub name: WireName,
    /// The item, if it is a complex type that is not abstract.
    pub item: Option<ItemId>,
    /// The facets, if it is a simple type.
    pub facets: Option<Facets>,
    /// The named type of the schema set that it is derived from, if any.
    pub base: Option<WireName>,
    /// Whether it is derived by extension.
    pub extends: bool,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
}

/// The generated type that contains a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// `Document`.
    Document,
    /// A struct, a group or a choice.
    Item(ItemId),
}

/// The properties of an element declaration other than name, type and occurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// The generated type that contains the element.
    pub holder: Holder,
    /// Its name.
    pub name: WireName,
    /// The named type of the element, if any.
    pub ty: Option<DeclaredType>,
    /// Whether it blocks derivation by extension.
    pub extension: bool,
    /// Whether it blocks derivation by restriction.
    pub restriction: bool,
    /// Its identity constraints.
    pub constraints: Vec<Constraint>,
    /// The Cargo feature that enables it.
    pub feature: Option<String>,
}

/// The named type of an element declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredType {
    /// A built-in type, by its local name.
    BuiltIn(String),
    /// A type of the schema set.
    Named(WireName),
}

/// An identity constraint, with its selector and fields as XPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its kind.
    pub kind: ConstraintKind,
    /// Its name.
    pub name: WireName,
    /// The path to the elements it applies to.
    pub selector: String,
    /// The paths from such an element to its fields.
    pub fields: Vec<String>,
}

/// The kind of an identity constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintKind {
    /// `xs:key`
    Key,
    /// `xs:unique`
    Unique,
    /// `xs:keyref`, with the name of the key.
    KeyRef(WireName),
}
