//! What strict reading checks beyond the types: global attributes, named types, and what element declarations say beside their type.

use super::{Facets, ItemId, WireName};

/// What strict reading checks beyond the types: a static of the codec's `Rules`, where there is anything to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// Global attributes, where wildcards may admit them.
    pub attributes: Vec<GlobalAttribute>,
    /// Named types, where any type may stand.
    pub types: Vec<NamedType>,
    /// Element declarations with identity constraints, or that block derivations.
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
    /// The feature it stands behind.
    pub feature: Option<String>,
}

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedType {
    /// Its name.
    pub name: WireName,
    /// The item of a complex type that is not abstract.
    pub item: Option<ItemId>,
    /// The facets of a simple type.
    pub facets: Option<Facets>,
    /// The named type of the schema set that it is derived from.
    pub base: Option<WireName>,
    /// Whether by extension.
    pub extends: bool,
    /// The feature it stands behind.
    pub feature: Option<String>,
}

/// What holds a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// `Document`.
    Document,
    /// A struct, a group or a choice.
    Item(ItemId),
}

/// What an element declaration says beyond name, type and occurrence.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// Where it stands.
    pub holder: Holder,
    /// Its name.
    pub name: WireName,
    /// The named type that it declares.
    pub ty: Option<DeclaredType>,
    /// Whether it blocks extensions.
    pub extension: bool,
    /// Whether it blocks restrictions.
    pub restriction: bool,
    /// Its identity constraints.
    pub constraints: Vec<Constraint>,
    /// The feature it stands behind.
    pub feature: Option<String>,
}

/// The named type that an element declaration declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredType {
    /// A built-in type, by its local name.
    BuiltIn(String),
    /// A type of the schema set.
    Named(WireName),
}

/// An identity constraint, with its paths as XPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// Its kind.
    pub kind: ConstraintKind,
    /// Its name.
    pub name: WireName,
    /// The path to its elements.
    pub selector: String,
    /// The paths from there to its fields.
    pub fields: Vec<String>,
}

/// Kinds of identity constraints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConstraintKind {
    /// `xs:key`
    Key,
    /// `xs:unique`
    Unique,
    /// `xs:keyref`, with the name of the key.
    KeyRef(WireName),
}
