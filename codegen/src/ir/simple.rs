//! Simple types for strict mode: built-in types, lists and unions, with the facets that restrict them.

use super::ItemId;
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
pub enum Facet {
    /// `whiteSpace`
    WhiteSpace(WhiteSpace),
    /// `length`
    Length(u64),
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `minInclusive`, as a literal.
    MinInclusive(String),
    /// `minExclusive`, as a literal.
    MinExclusive(String),
    /// `maxInclusive`, as a literal.
    MaxInclusive(String),
    /// `maxExclusive`, as a literal.
    MaxExclusive(String),
    /// `totalDigits`
    TotalDigits(u64),
    /// `fractionDigits`
    FractionDigits(u64),
    /// `pattern`: the patterns of one derivation step, one of which must match.
    Pattern(Vec<String>),
    /// `enumeration`, as literals.
    Enumeration(Vec<String>),
    /// `enumeration` of qualified names, each as `{namespace}local`.
    Names(Vec<String>),
}

/// The kind of a facet, in the order in which facets are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is the facet of that name")]
pub enum FacetKind {
    WhiteSpace,
    Length,
    MinLength,
    MaxLength,
    MinInclusive,
    MinExclusive,
    MaxInclusive,
    MaxExclusive,
    TotalDigits,
    FractionDigits,
    Pattern,
    Enumeration,
}

impl Facet {
    /// Returns the kind of the facet.
    #[must_use]
    pub fn kind(&self) -> FacetKind {
        match self {
            Facet::WhiteSpace(_) => FacetKind::WhiteSpace,
            Facet::Length(_) => FacetKind::Length,
            Facet::MinLength(_) => FacetKind::MinLength,
            Facet::MaxLength(_) => FacetKind::MaxLength,
            Facet::MinInclusive(_) => FacetKind::MinInclusive,
            Facet::MinExclusive(_) => FacetKind::MinExclusive,
            Facet::MaxInclusive(_) => FacetKind::MaxInclusive,
            Facet::MaxExclusive(_) => FacetKind::MaxExclusive,
            Facet::TotalDigits(_) => FacetKind::TotalDigits,
            Facet::FractionDigits(_) => FacetKind::FractionDigits,
            Facet::Pattern(_) => FacetKind::Pattern,
            Facet::Enumeration(_) | Facet::Names(_) => FacetKind::Enumeration,
        }
    }
}

/// How white space in a literal is normalized (XML Schema Part 2, section 4.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhiteSpace {
    /// White space is kept.
    Preserve,
    /// Tabs and line breaks are replaced by spaces.
    Replace,
    /// As `Replace`; then runs of spaces are reduced to one, and leading and trailing spaces are removed.
    Collapse,
}
