//! Simple types as strict reading checks them: built-in types and what they are made into by lists, unions and facets.

use super::ItemId;
use crate::model::Builtin;

/// A simple type for strict reading.
#[derive(Debug, Clone, PartialEq)]
pub enum Facets {
    /// The static of an alias or a union.
    Static(ItemId),
    /// A static of the file, by its name; see [`Module::facets`](super::Module::facets).
    Named(String),
    /// Written in place.
    Inline(SimpleType),
}

/// A simple type with the name of its static.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedFacets {
    /// Its documentation.
    pub docs: Vec<String>,
    /// The static.
    pub name: String,
    /// Its value.
    pub definition: SimpleType,
    /// The features behind which what refers to it stands; none where something stands behind no feature.
    pub features: Vec<String>,
}

/// A simple type: what it starts from, and the facets that restrict it.
#[derive(Debug, Clone, PartialEq)]
pub struct SimpleType {
    /// What it starts from.
    pub of: SimpleOf,
    /// The schema's name for it.
    pub name: Option<String>,
    /// Its facets, in the order of [`FacetKind`].
    pub facets: Vec<Facet>,
}

/// What a simple type starts from.
#[derive(Debug, Clone, PartialEq)]
pub enum SimpleOf {
    /// A built-in type.
    Builtin(Builtin),
    /// A list of these.
    List(Box<Facets>),
    /// One of these.
    Union(Vec<Facets>),
    /// A wider step of the derivation, with a pattern of its own.
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
    /// `pattern`: the patterns of one step, of which one must match.
    Pattern(Vec<String>),
    /// `enumeration`, as literals.
    Enumeration(Vec<String>),
    /// `enumeration` of qualified names, as `{namespace}local`.
    Names(Vec<String>),
}

/// The kinds of facets, in the order in which they are stated.
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
    /// Returns which facet it is.
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

/// What becomes of the white space of a literal (XML Schema Part 2, section 4.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhiteSpace {
    /// It stays.
    Preserve,
    /// Tabs and line ends become blanks.
    Replace,
    /// As `Replace`; then runs of blanks become one, and none stands at the ends.
    Collapse,
}
