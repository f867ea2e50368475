//! The constraining facets of simple types (Part 2, section 4.3): their names, the types that they apply to, and what they require of a
//! value and of the same facet of a derived type.
//!
//! [`for_each_facet!`](crate::for_each_facet) is the only list of the facets. The schema reader and the checks of `xsdgen`, the code that it
//! generates, and the validation of `xsdgen-codec` all follow it. A facet with one of the existing kinds of [`Constraint`] is one more row.

use std::cmp::Ordering;

use crate::decimal::Decimal;
use crate::{Builtin, binary};

/// Passes the table of the facets to a macro, one row for each facet, in the order in which generated code sets them.
///
/// A row is the variant of [`FacetKind`](crate::FacetKind), the name in XML Schema, the name of a Rust function that sets the facet, the
/// [`Constraint`](crate::facet::Constraint), and the meaning of the value.
#[macro_export]
macro_rules! for_each_facet {
    ($macro:ident) => {
        $macro! {
            WhiteSpace = "whiteSpace", white_space: WhiteSpace(), "the treatment of white space";
            Length = "length", length: Count(Length, Equal), "the exact length: characters, octets of binary types, or items of lists";
            MinLength = "minLength", min_length: Count(Length, AtLeast), "the minimum length";
            MaxLength = "maxLength", max_length: Count(Length, AtMost), "the maximum length";
            MinInclusive = "minInclusive", min_inclusive: Bound(AtLeast), "the smallest value";
            MinExclusive = "minExclusive", min_exclusive: Bound(Above), "the exclusive lower bound of the values";
            MaxInclusive = "maxInclusive", max_inclusive: Bound(AtMost), "the largest value";
            MaxExclusive = "maxExclusive", max_exclusive: Bound(Below), "the exclusive upper bound of the values";
            TotalDigits = "totalDigits", total_digits: Count(TotalDigits, AtMost), "the maximum number of decimal digits";
            FractionDigits = "fractionDigits", fraction_digits: Count(FractionDigits, AtMost),
                "the maximum number of digits after the decimal point";
            Pattern = "pattern", pattern: Pattern(),
                "the pattern, a regular expression of XML Schema (Part 2, appendix F). Several patterns of one derivation step are joined by `|`";
            Enumeration = "enumeration", enumeration: Enumeration(), "the allowed values";
        }
    };
}

/// Returns the [`Constraint`] of a row.
macro_rules! constraint {
    (Count($measure:ident, $comparison:ident)) => {
        Constraint::Count(Measure::$measure, Comparison::$comparison)
    };
    (Bound($comparison:ident)) => {
        Constraint::Bound(Comparison::$comparison)
    };
    ($other:ident()) => {
        Constraint::$other
    };
}

/// Defines [`FacetKind`] from the table.
macro_rules! kinds {
    ($($kind:ident = $name:literal, $setter:ident: $constraint:ident $parts:tt, $meaning:literal;)*) => {
        /// The kinds of facets, in the order of [`for_each_facet!`](crate::for_each_facet).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum FacetKind {
            $(#[doc = concat!("`", $name, "`: ", $meaning, ".")] $kind,)*
        }

        impl FacetKind {
            /// All facets, in order.
            pub const ALL: &[FacetKind] = &[$(FacetKind::$kind),*];

            /// The names of all facets in XML Schema, in order.
            pub const NAMES: &[&str] = &[$($name),*];

            /// Returns the name of the facet in XML Schema, such as `maxLength`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(FacetKind::$kind => $name,)*
                }
            }

            /// Returns what the facet requires of a value.
            #[inline]
            #[must_use]
            pub const fn constraint(self) -> Constraint {
                match self {
                    $(FacetKind::$kind => constraint!($constraint $parts),)*
                }
            }
        }
    };
}

for_each_facet!(kinds);

impl FacetKind {
    /// Returns the facet with a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<FacetKind> {
        FacetKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns whether one derivation step may have the facet several times. All other facets occur at most once (src-single-facet-value).
    #[must_use]
    pub const fn is_repeatable(self) -> bool {
        matches!(self.constraint(), Constraint::Pattern | Constraint::Enumeration)
    }

    /// Returns whether the facet applies to types of a variety (section 4.1.5).
    #[must_use]
    pub fn applies_to(self, variety: Variety) -> bool {
        self.constraint().applies_to(variety)
    }

    /// Returns whether both facets are bounds on the same side of the values, one inclusive and one exclusive. One derivation step may have
    /// only one of them, and either overrides the other one of a base type.
    #[must_use]
    pub fn excludes(self, other: FacetKind) -> bool {
        match (self.constraint(), other.constraint()) {
            (Constraint::Bound(one), Constraint::Bound(two)) => self != other && one.is_lower() == two.is_lower(),
            _ => false,
        }
    }
}

/// The types that a facet can apply to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variety {
    /// Atomic types, with their primitive type.
    Atomic(Builtin),
    /// Lists.
    List,
    /// Unions.
    Union,
}

/// What a facet requires of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// The white space of a literal is normalized before the literal is checked. The value is a [`WhiteSpace`].
    WhiteSpace,
    /// The measured number compares to the number of the facet as stated. The same comparison holds between the number of the facet and that
    /// of a base type, so that a derived type only narrows ("valid restriction").
    Count(Measure, Comparison),
    /// The value compares to that of the facet as stated. The facet of a derived type must be a value of the base type.
    Bound(Comparison),
    /// The literal matches one of the regular expressions of a derivation step.
    Pattern,
    /// The value equals one of those that a derivation step lists.
    Enumeration,
}

impl Constraint {
    fn applies_to(self, variety: Variety) -> bool {
        match (self, variety) {
            (Constraint::Pattern, _) => true,
            (Constraint::Enumeration, variety) => variety != Variety::Atomic(Builtin::Boolean),
            (Constraint::WhiteSpace, variety) => variety != Variety::Union,
            (Constraint::Count(measure, _), variety) => measure.applies_to(variety),
            (Constraint::Bound(_), Variety::Atomic(primitive)) => is_ordered(primitive),
            (Constraint::Bound(_), Variety::List | Variety::Union) => false,
        }
    }

    /// Returns the words between a value that violates the facet and the facet, such as "is longer than".
    #[must_use]
    pub fn violation(self) -> &'static str {
        use Comparison::{Above, AtLeast, AtMost, Below, Equal};
        match self {
            Constraint::Bound(comparison) => comparison.violation(),
            Constraint::Count(Measure::Length, Equal) => "is not of",
            Constraint::Count(Measure::Length, AtLeast | Above) => "is shorter than",
            Constraint::Count(Measure::Length, AtMost | Below) => "is longer than",
            Constraint::Count(_, Equal) => "has not the digits of",
            Constraint::Count(_, AtLeast | Above) => "has fewer digits than",
            Constraint::Count(_, AtMost | Below) => "has more digits than",
            Constraint::Pattern => "does not match",
            Constraint::WhiteSpace | Constraint::Enumeration => "is not in",
        }
    }
}

/// Returns whether the values of a primitive type have an order, so that they can have bounds.
fn is_ordered(primitive: Builtin) -> bool {
    use Builtin::{Date, DateTime, Decimal, Double, Duration, Float, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time};
    matches!(primitive, Decimal | Float | Double | Duration | DateTime | Time | Date | GYearMonth | GYear | GMonthDay | GDay | GMonth)
}

/// How a value, or a number measured of it, compares to a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// It is the same.
    Equal,
    /// It is the same or greater.
    AtLeast,
    /// It is greater.
    Above,
    /// It is the same or less.
    AtMost,
    /// It is less.
    Below,
}

impl Comparison {
    /// Returns whether a value satisfies the facet, given the order of the value relative to that of the facet.
    #[inline]
    #[must_use]
    pub const fn admits(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::AtLeast => order.is_ge(),
            Comparison::Above => order.is_gt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Below => order.is_lt(),
        }
    }

    /// Returns whether the facet sets a lower limit only.
    #[must_use]
    pub const fn is_lower(self) -> bool {
        matches!(self, Comparison::AtLeast | Comparison::Above)
    }

    /// Returns whether the facet sets an upper limit only.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Comparison::AtMost | Comparison::Below)
    }

    /// Returns whether the value of the facet itself violates the facet.
    #[must_use]
    pub const fn is_exclusive(self) -> bool {
        matches!(self, Comparison::Above | Comparison::Below)
    }

    /// Returns the words for a value that does not compare as required, such as "is less than".
    #[must_use]
    pub const fn violation(self) -> &'static str {
        match self {
            Comparison::Equal => "differs from",
            Comparison::AtLeast => "is less than",
            Comparison::Above => "is not greater than",
            Comparison::AtMost => "is greater than",
            Comparison::Below => "is not less than",
        }
    }
}

/// A number that can be measured of a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The length, in the unit of the type (section 4.3.1).
    Length,
    /// The number of decimal digits.
    TotalDigits,
    /// The number of digits after the decimal point.
    FractionDigits,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 3] = [Measure::Length, Measure::TotalDigits, Measure::FractionDigits];

    fn applies_to(self, variety: Variety) -> bool {
        use Builtin::{AnyUri, Base64Binary, Decimal, HexBinary, Notation, QName, String};
        match (self, variety) {
            (_, Variety::Union) => false,
            (Measure::Length, Variety::List) => true,
            (Measure::Length, Variety::Atomic(primitive)) => {
                matches!(primitive, String | HexBinary | Base64Binary | AnyUri | QName | Notation)
            }
            (_, variety) => variety == Variety::Atomic(Decimal),
        }
    }

    /// Returns the smallest number that a facet may state: `totalDigits` is positive.
    #[must_use]
    pub const fn least(self) -> u64 {
        match self {
            Measure::TotalDigits => 1,
            Measure::Length | Measure::FractionDigits => 0,
        }
    }

    /// Measures a literal with normalized white space. Returns `None` for a text that is not a literal, and for the length of a qualified
    /// name, because its prefix is not part of the value.
    #[must_use]
    pub fn of(self, variety: Variety, literal: &str) -> Option<usize> {
        match self {
            Measure::Length => length(variety, literal),
            Measure::TotalDigits => Decimal::parse(literal).map(|number| number.total_digits()),
            Measure::FractionDigits => Decimal::parse(literal).map(|number| number.fraction_digits()),
        }
    }
}

fn length(variety: Variety, literal: &str) -> Option<usize> {
    match variety {
        Variety::List => Some(literal.split(WHITE_SPACE).filter(|word| !word.is_empty()).count()),
        Variety::Atomic(Builtin::HexBinary) => binary::hex_length(literal),
        Variety::Atomic(Builtin::Base64Binary) => binary::base64_length(literal),
        Variety::Atomic(Builtin::QName | Builtin::Notation) => None,
        Variety::Atomic(_) | Variety::Union => Some(literal.chars().count()),
    }
}

/// The white space of XML (XML 1.0, section 2.3).
const WHITE_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// The treatment of white space before a literal is checked (section 4.3.6), from the least to the most normalized. A derived type cannot undo
/// what its base normalizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhiteSpace {
    /// White space stays unchanged.
    Preserve,
    /// Tabs and line ends become spaces.
    Replace,
    /// Like `Replace`; then each run of spaces becomes one space, and spaces at the ends are removed.
    Collapse,
}

impl WhiteSpace {
    /// The values of the facet, in order.
    pub const NAMES: [&str; 3] = ["preserve", "replace", "collapse"];

    /// Returns the treatment that a value of the facet names.
    #[must_use]
    pub fn from_name(name: &str) -> Option<WhiteSpace> {
        match name {
            "preserve" => Some(WhiteSpace::Preserve),
            "replace" => Some(WhiteSpace::Replace),
            "collapse" => Some(WhiteSpace::Collapse),
            _ => None,
        }
    }

    /// Normalizes the white space of a text.
    #[must_use]
    pub fn normalize(self, text: &str) -> String {
        match self {
            WhiteSpace::Preserve => text.to_owned(),
            WhiteSpace::Replace => text.replace(WHITE_SPACE, " "),
            WhiteSpace::Collapse => text.split(WHITE_SPACE).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table of section 4.1.5: for each type, the facets that apply to it.
    #[test]
    fn facets_apply_as_the_recommendation_says() {
        const LENGTHS: &str = "length minLength maxLength pattern enumeration whiteSpace";
        const BOUNDS: &str = "pattern whiteSpace enumeration maxInclusive maxExclusive minInclusive minExclusive";
        for (variety, names) in [
            (Variety::List, LENGTHS),
            (Variety::Union, "pattern enumeration"),
            (Variety::Atomic(Builtin::String), LENGTHS),
            (Variety::Atomic(Builtin::Boolean), "pattern whiteSpace"),
            (Variety::Atomic(Builtin::Float), BOUNDS),
            (Variety::Atomic(Builtin::Double), BOUNDS),
            (Variety::Atomic(Builtin::Decimal), &format!("totalDigits fractionDigits {BOUNDS}")),
            (Variety::Atomic(Builtin::Duration), BOUNDS),
            (Variety::Atomic(Builtin::DateTime), BOUNDS),
            (Variety::Atomic(Builtin::GMonthDay), BOUNDS),
            (Variety::Atomic(Builtin::HexBinary), LENGTHS),
            (Variety::Atomic(Builtin::Base64Binary), LENGTHS),
            (Variety::Atomic(Builtin::AnyUri), LENGTHS),
            (Variety::Atomic(Builtin::QName), LENGTHS),
            (Variety::Atomic(Builtin::Notation), LENGTHS),
        ] {
            for kind in FacetKind::ALL {
                let stated = names.split(' ').any(|name| name == kind.name());
                assert_eq!(kind.applies_to(variety), stated, "{} of {variety:?}", kind.name());
            }
        }
    }

    #[test]
    fn names_identify_facets() {
        assert!(FacetKind::ALL.iter().zip(FacetKind::NAMES).all(|(kind, name)| FacetKind::from_name(name) == Some(*kind)));
        assert_eq!(FacetKind::from_name("assertion"), None, "it belongs to XML Schema 1.1");
    }

    #[test]
    fn bounds_of_one_side_exclude_each_other() {
        let others = |kind: FacetKind| FacetKind::ALL.iter().filter(|other| kind.excludes(**other)).copied().collect::<Vec<_>>();
        assert_eq!(others(FacetKind::MinInclusive), [FacetKind::MinExclusive]);
        assert_eq!(others(FacetKind::MaxExclusive), [FacetKind::MaxInclusive]);
        assert_eq!(others(FacetKind::MaxLength), []);
    }

    #[test]
    fn comparisons_admit_what_they_say() {
        let admitted = |kind: FacetKind| match kind.constraint() {
            Constraint::Count(_, comparison) | Constraint::Bound(comparison) => [1, 2, 3].map(|n| comparison.admits(n.cmp(&2))),
            _ => [false; 3],
        };
        assert_eq!(admitted(FacetKind::Length), [false, true, false]);
        assert_eq!(admitted(FacetKind::MinLength), [false, true, true]);
        assert_eq!(admitted(FacetKind::FractionDigits), [true, true, false]);
        assert_eq!(admitted(FacetKind::MinExclusive), [false, false, true]);
        assert_eq!(admitted(FacetKind::MaxExclusive), [true, false, false]);
    }

    #[test]
    fn literals_are_measured_in_the_unit_of_their_type() {
        let length = |variety, literal| Measure::Length.of(variety, literal);
        assert_eq!(length(Variety::Atomic(Builtin::String), "häß"), Some(3));
        assert_eq!(length(Variety::Atomic(Builtin::HexBinary), "0aFF"), Some(2));
        assert_eq!(length(Variety::Atomic(Builtin::Base64Binary), "Zm9vYg=="), Some(4));
        assert_eq!(length(Variety::Atomic(Builtin::QName), "a:b"), None);
        assert_eq!(length(Variety::List, "a  b c"), Some(3));
        let decimal = Variety::Atomic(Builtin::Decimal);
        assert_eq!((Measure::TotalDigits.of(decimal, "012.50"), Measure::FractionDigits.of(decimal, "012.50")), (Some(3), Some(1)));
        assert_eq!(Measure::TotalDigits.of(decimal, "x"), None);
    }

    #[test]
    fn white_space_is_normalized() {
        let text = " a\t\n b ";
        let all = WhiteSpace::NAMES.map(|name| WhiteSpace::from_name(name).map(|space| space.normalize(text)));
        assert_eq!(all.map(Option::unwrap_or_default), [text, " a   b ", "a b"].map(str::to_owned));
        assert!(WhiteSpace::Preserve < WhiteSpace::Replace && WhiteSpace::Replace < WhiteSpace::Collapse);
    }
}
