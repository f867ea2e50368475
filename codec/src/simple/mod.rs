//! In: the facets that a schema gives to a simple type. Out: [`SimpleType`], and whether a text is one of its literals.
//! Not done here: turning the text into a Rust value (`value`).

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

/// What is done with white space before a text is looked at (XML Schema Part 2, section 4.3.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhiteSpace {
    /// Nothing.
    Preserve,
    /// Tabs and line ends become blanks.
    Replace,
    /// As `Replace`; then runs of blanks become one, and none stands at the ends.
    Collapse,
}

/// What the values of a simple type are made of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Variety {
    Atomic(Builtin),
    List(&'static SimpleType),
    Union(&'static [&'static SimpleType]),
    Restriction(&'static SimpleType),
}

/// A simple type: what it is derived from, and its facets (XML Schema Part 2, section 4).
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
    /// Whether its values may be identifiers or references to them.
    pub(crate) identifies: bool,
    /// Whether prefixes in its literals stand for namespaces.
    pub(crate) qualified: bool,
}

/// Sets one facet.
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

    /// As these, if any of them does so.
    const fn marked(mut self, identifies: bool, qualified: bool) -> Self {
        (self.identifies, self.qualified) = (identifies, qualified);
        self
    }

    /// A built-in type.
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

    /// A restriction of another type: its facets hold too. For a second step of derivation with a pattern or enumeration of its own.
    #[must_use]
    pub const fn restricting(base: &'static Self) -> Self {
        Self::new(Variety::Restriction(base), base.white_space).marked(base.identifies, base.qualified)
    }

    /// A list of values of a type, divided by white space.
    #[must_use]
    pub const fn list(item: &'static Self) -> Self {
        Self::new(Variety::List(item), WhiteSpace::Collapse).marked(item.identifies, item.qualified)
    }

    /// A value of any of these types.
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

    /// Its name, for messages.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// What is done with white space first.
    #[must_use]
    pub const fn white_space(mut self, white_space: WhiteSpace) -> Self {
        self.white_space = white_space;
        self
    }

    facets! {
        /// Its length: characters, octets of binary types, items of lists.
        length: u64;
        /// The least length.
        min_length: u64;
        /// The greatest length.
        max_length: u64;
        /// The least value.
        min_inclusive: &'static str;
        /// The greatest value.
        max_inclusive: &'static str;
        /// What every value is above of.
        min_exclusive: &'static str;
        /// What every value is below of.
        max_exclusive: &'static str;
        /// The most decimal digits.
        total_digits: u64;
        /// The most digits after the point.
        fraction_digits: u64;
        /// The values it may have.
        enumeration: &'static [&'static str];
        /// The values it may have, where they are qualified names, lists or unions of them: with `{namespace}` before each name.
        names: &'static [&'static str];
        /// The regular expression of XML Schema (Part 2, appendix F) that its literals match; several in one step joined by `|`.
        pattern: &'static str;
    }

    /// Whether a text is a literal of this type, white space treated first. No error is made of it.
    pub(crate) fn admits(&self, text: &str) -> bool {
        validate::check(self, &normalize(text, self.white_space)).is_ok()
    }

    /// Whether a text is a literal of this type, white space treated first.
    ///
    /// # Errors
    /// The facet, or the lexical form of the built-in type, that it breaks.
    pub fn validate(&self, text: &str) -> Result<(), FacetError> {
        Ok(validate::check(self, &normalize(text, self.white_space))?)
    }
}
