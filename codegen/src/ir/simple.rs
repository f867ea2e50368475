//! Simple types for strict mode: built-in types, lists and unions, with the facets that restrict them.

use super::ItemId;
use crate::datatypes::{FacetKind, WhiteSpace};
use crate::model::Builtin;

/// A reference to a simple type for strict mode, or its definition.
#[derive(Debug, Clone, PartialEq)]
pub enum Facets {
    /// The static of an alias or a union, by its item.
    Static(ItemId),
    /// A static of the same file, by name; see [`Module::facets`](super::Module::facets).
    Named(String),
    /// A definition written in place.
    Inline(SimpleType),
}

/// A simple type that is written as a static of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFacets {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The name of the static.
    pub name: String,
    /// The value of the static.
    pub definition: SimpleType,
    /// The Cargo features that enable the uses of the static; empty if a use needs no feature.
    pub features: Vec<String>,
}

/// A simple type: its base and the facets that restrict it.
#[derive(Debug, Clone, PartialEq)]
pub struct SimpleType {
    /// The base that the facets restrict.
    pub of: SimpleOf,
    /// Its name in the schema, if it has one.
    pub name: Option<String>,
    /// Its facets, in the order of [`FacetKind`].
    pub facets: Vec<Facet>,
}

/// The base of a simple type.
#[derive(Debug, Clone, PartialEq)]
pub enum SimpleOf {
    /// A built-in type.
    Builtin(Builtin),
    /// A list with this item type.
    List(Box<Facets>),
    /// A union of these member types.
    Union(Vec<Facets>),
    /// A base type further up the derivation, with a pattern of its own.
    Restriction(Box<SimpleType>),
}

/// A constraining facet (XML Schema Part 2, section 4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The kind of facet.
    pub kind: FacetKind,
    /// The value of the facet.
    pub value: FacetValue,
}

/// The value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetValue {
    /// That of `whiteSpace`.
    WhiteSpace(WhiteSpace),
    /// A number that limits a measured number.
    Count(u64),
    /// A bound of the values, as a literal.
    Bound(String),
    /// The patterns of one derivation step, one of which must match.
    Patterns(Vec<String>),
    /// The values of an enumeration, as literals.
    Values(Vec<String>),
    /// The values of an enumeration of qualified names, each as `{namespace}local`.
    Names(Vec<String>),
}
