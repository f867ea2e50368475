//! Defines [`SimpleType`], a simple type with its facets, which checks whether a text is one of its literals.
//! Conversion to Rust values is in `value`.

mod broken;
pub(crate) mod expanded;
mod keys;
mod lexical;
mod space;
mod validate;

pub use broken::FacetError;
pub use xsdgen_datatypes::Builtin;

pub(crate) use keys::{Identifier, Resolve};
pub(crate) use lexical::{parse_double, parse_float};
pub(crate) use space::{is_space, normalize, trim, words};

/// The treatment of white space before a text is checked (XML Schema Part 2, section 4.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhiteSpace {
    /// White space stays unchanged.
    Preserve,
    /// Tabs and line ends become spaces.
    Replace,
    /// Like `Replace`; then each run of spaces becomes one space, and spaces at the ends are removed.
    Collapse,
}

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
    pub(crate) length: Option<u64>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) min_inclusive: Option<&'static str>,
    pub(crate) max_inclusive: Option<&'static str>,
    pub(crate) min_exclusive: Option<&'static str>,
    pub(crate) max_exclusive: Option<&'static str>,
    pub(crate) total_digits: Option<u64>,
    pub(crate) fraction_digits: Option<u64>,
    pub(crate) enumeration: Option<&'static [&'static str]>,
    pub(crate) pattern: Option<&'static str>,
    pub(crate) names: Option<&'static [&'static str]>,
    /// Whether values can be identifiers or references to them.
    pub(crate) identifies: bool,
    /// Whether literals can contain prefixes that stand for namespaces.
    pub(crate) qualified: bool,
}

/// Defines the methods that set a facet.
macro_rules! facets {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, value: $type) -> Self {
            self.$name = Some(value);
            self
        }
    )*};
}

impl SimpleType {
    const fn new(variety: Variety, white_space: WhiteSpace) -> Self {
        Self {
            variety,
            name: "",
            white_space,
            length: None,
            min_length: None,
            max_length: None,
            min_inclusive: None,
            max_inclusive: None,
            min_exclusive: None,
            max_exclusive: None,
            total_digits: None,
            fraction_digits: None,
            enumeration: None,
            pattern: None,
            names: None,
            identifies: false,
            qualified: false,
        }
    }

    /// Sets the two flags to those of the underlying types.
    const fn marked(mut self, identifies: bool, qualified: bool) -> Self {
        (self.identifies, self.qualified) = (identifies, qualified);
        self
    }

    /// Creates a built-in type.
    #[must_use]
    pub const fn of(builtin: Builtin) -> Self {
        let white_space = match builtin {
            Builtin::String | Builtin::AnySimpleType => WhiteSpace::Preserve,
            Builtin::NormalizedString => WhiteSpace::Replace,
            _ => WhiteSpace::Collapse,
        };
        let identifies = matches!(builtin, Builtin::Id | Builtin::Idref | Builtin::Idrefs);
        Self::new(Variety::Atomic(builtin), white_space).marked(identifies, matches!(builtin, Builtin::QName | Builtin::Notation))
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

    /// Sets the treatment of white space.
    #[must_use]
    pub const fn white_space(mut self, white_space: WhiteSpace) -> Self {
        self.white_space = white_space;
        self
    }

    facets! {
        /// Sets the exact length: characters, octets of binary types, or items of lists.
        length: u64;
        /// Sets the minimum length.
        min_length: u64;
        /// Sets the maximum length.
        max_length: u64;
        /// Sets the smallest value.
        min_inclusive: &'static str;
        /// Sets the largest value.
        max_inclusive: &'static str;
        /// Sets the exclusive lower bound of the values.
        min_exclusive: &'static str;
        /// Sets the exclusive upper bound of the values.
        max_exclusive: &'static str;
        /// Sets the maximum number of decimal digits.
        total_digits: u64;
        /// Sets the maximum number of digits after the decimal point.
        fraction_digits: u64;
        /// Sets the allowed values.
        enumeration: &'static [&'static str];
        /// Sets the allowed values if they are qualified names, or lists or unions of them. Each name is
        /// preceded by `{namespace}`.
        names: &'static [&'static str];
        /// Sets the pattern, a regular expression of XML Schema (Part 2, appendix F). Several patterns of one
        /// derivation step are joined by `|`.
        pattern: &'static str;
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
}
