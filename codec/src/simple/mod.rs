//! Defines [`SimpleType`], a simple type with its facets, which checks whether a text is one of its literals.
//! Conversion to Rust values is in `value`.

pub(crate) mod expanded;
mod facets;
mod keys;
mod lexical;
mod space;
mod validate;
mod violation;

use xsdgen_datatypes::builtin::white_space;
use xsdgen_datatypes::facet::{Comparison, Measure};
use xsdgen_datatypes::{FacetKind, for_each_facet};

pub use violation::FacetError;
pub use xsdgen_datatypes::{Builtin, WhiteSpace};

pub(crate) use facets::Facet;
use facets::Facets;
pub(crate) use keys::{Identifier, Resolve};
pub(crate) use lexical::{parse_double, parse_float};
pub(crate) use space::{is_space, normalize, trim, words};

/// The kind of values that a simple type has.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Variety {
    Atomic(Builtin),
    List(&'static SimpleType),
    Union(&'static [&'static SimpleType]),
    Restriction(&'static SimpleType),
}

/// A simple type: the type that it is derived from, and its facets (XML Schema Part 2, section 4).
///
/// # Example
/// ```
/// use xsdgen_codec::{Builtin, SimpleType};
/// static EMAIL: SimpleType = SimpleType::of(Builtin::String).named("com:emailType").max_length(192);
/// assert!(EMAIL.validate("ada@acme.com").is_ok());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SimpleType {
    pub(crate) variety: Variety,
    pub(crate) name: &'static str,
    pub(crate) white_space: WhiteSpace,
    pub(crate) facets: Facets,
    pub(crate) names: Option<&'static [&'static str]>,
    /// Whether values can be identifiers or references to them.
    pub(crate) identifies: bool,
    /// Whether literals can contain prefixes that stand for namespaces.
    pub(crate) qualified: bool,
}

/// Defines the methods that set the facets, from the table of the datatypes.
macro_rules! setters {
    ($($kind:ident = $name:literal, $setter:ident: $constraint:ident $parts:tt, $meaning:literal;)*) => {
        impl SimpleType {$(
            #[doc = concat!("Sets ", $meaning, ".")]
            #[must_use]
            pub const fn $setter(mut self, value: setters!(@value $constraint)) -> Self {
                setters!(@set $constraint $parts self.$kind value);
                self
            }
        )*}
    };
    (@value WhiteSpace) => { WhiteSpace };
    (@value Count) => { u64 };
    (@value Enumeration) => { &'static [&'static str] };
    (@value $text:ident) => { &'static str };
    (@set WhiteSpace () $self:ident.$kind:ident $value:ident) => { $self.white_space = $value };
    (@set $constraint:ident $parts:tt $self:ident.$kind:ident $value:ident) => {
        $self.facets = $self.facets.with(setters!(@facet $constraint $parts $kind $value))
    };
    (@facet Count ($measure:ident, $comparison:ident) $kind:ident $value:ident) => {
        Facet::Count(FacetKind::$kind, Measure::$measure, Comparison::$comparison, $value)
    };
    (@facet Bound ($comparison:ident) $kind:ident $value:ident) => { Facet::Bound(FacetKind::$kind, Comparison::$comparison, $value) };
    (@facet $constraint:ident () $kind:ident $value:ident) => { Facet::$constraint($value) };
}

for_each_facet!(setters);

impl SimpleType {
    const fn new(variety: Variety, white_space: WhiteSpace) -> Self {
        Self { variety, name: "", white_space, facets: Facets::NONE, names: None, identifies: false, qualified: false }
    }

    /// Sets the two flags to those of the underlying types.
    const fn marked(mut self, identifies: bool, qualified: bool) -> Self {
        (self.identifies, self.qualified) = (identifies, qualified);
        self
    }

    /// Creates a built-in type.
    #[must_use]
    pub const fn of(builtin: Builtin) -> Self {
        let identifies = matches!(builtin, Builtin::Id | Builtin::Idref | Builtin::Idrefs);
        Self::new(Variety::Atomic(builtin), white_space(builtin)).marked(identifies, matches!(builtin, Builtin::QName | Builtin::Notation))
    }

    /// Creates a restriction of another type, whose facets apply too. It is needed for a further derivation
    /// step with its own pattern or enumeration.
    #[must_use]
    pub const fn restricting(base: &'static Self) -> Self {
        Self::new(Variety::Restriction(base), base.white_space).marked(base.identifies, base.qualified)
    }

    /// Creates a list of values of a type, separated by white space.
    #[must_use]
    pub const fn list(item: &'static Self) -> Self {
        Self::new(Variety::List(item), WhiteSpace::Collapse).marked(item.identifies, item.qualified)
    }

    /// Creates a union of types.
    #[must_use]
    pub const fn union(members: &'static [&'static Self]) -> Self {
        let (mut identifies, mut qualified) = (false, false);
        let mut rest = members;
        while let [first, more @ ..] = rest {
            (identifies, qualified) = (identifies || first.identifies, qualified || first.qualified);
            rest = more;
        }
        Self::new(Variety::Union(members), WhiteSpace::Preserve).marked(identifies, qualified)
    }

    /// Sets the name of the type, which appears in messages.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// Sets the allowed values if they are qualified names, or lists or unions of them. Each name is preceded by
    /// `{namespace}`.
    #[must_use]
    pub const fn names(mut self, names: &'static [&'static str]) -> Self {
        self.names = Some(names);
        self
    }

    /// Returns whether a text is a literal of this type, after white space normalisation. Unlike
    /// [`SimpleType::validate`], it builds no error.
    pub(crate) fn admits(&self, text: &str) -> bool {
        validate::check(self, &normalize(text, self.white_space)).is_ok()
    }

    /// Checks that a text is a literal of this type, after white space normalisation.
    ///
    /// # Errors
    /// Fails with the facet, or the lexical form of the built-in type, that the text violates.
    pub fn validate(&self, text: &str) -> Result<(), FacetError> {
        Ok(validate::check(self, &normalize(text, self.white_space))?)
    }

    /// Checks a text whose white space was already normalised.
    pub(crate) fn validate_normalized(&self, text: &str) -> Result<(), FacetError> {
        Ok(validate::check(self, text)?)
    }
}
