//! Defines [`Integer`], an integer of any size, for `xs:integer` and the types derived from it that have no
//! fixed bounds. It has no arithmetic; the feature `num-bigint` adds conversions.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use xsdgen_datatypes::decimal::Decimal;

use super::{TextMatch, Value, builtin_facts};
use crate::error::Result;
use crate::simple::{Builtin, FacetError, trim};
use crate::tables::FieldInfo;
use crate::write::Writer;

/// An integer of any size (XML Schema Part 2, section 3.3.13).
///
/// # Example
/// ```
/// use xsdgen_codec::Integer;
/// let small = Integer::from(7);
/// let large: Integer = "12345678901234567890123456789".parse()?;
/// assert!(small < large && i64::try_from(&small) == Ok(7));
/// assert!(u64::try_from(&large).is_err());
/// # Ok::<(), xsdgen_codec::FacetError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Integer(Repr);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    /// Holds a number outside the range of `i64` as digits without leading zeros.
    Large(Box<str>),
}

impl Integer {
    fn parse(text: &str) -> Option<Self> {
        if let Ok(small) = text.parse() {
            return Some(Self(Repr::Small(small)));
        }
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let canonical = Decimal::parse(text)?.canonical();
        Some(Self(match canonical.parse() {
            Ok(small) => Repr::Small(small),
            Err(_) => Repr::Large(canonical.into()),
        }))
    }
}

impl Default for Integer {
    fn default() -> Self {
        Self(Repr::Small(0))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(value) => value.fmt(f),
            Repr::Large(digits) => f.write_str(digits),
        }
    }
}

impl FromStr for Integer {
    type Err = FacetError;

    fn from_str(text: &str) -> std::result::Result<Self, FacetError> {
        Self::parse(trim(text)).ok_or_else(|| FacetError::not_of(Builtin::Integer, text))
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(one), Repr::Small(other)) => one.cmp(other),
            _ => Decimal::parse(&self.to_string()).cmp(&Decimal::parse(&other.to_string())),
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! from {
    ($($small:ty)*; $($large:ty)*) => {
        $(impl From<$small> for Integer {
            fn from(value: $small) -> Self {
                Self(Repr::Small(value.into()))
            }
        })*
        $(impl From<$large> for Integer {
            fn from(value: $large) -> Self {
                Self(match i64::try_from(value) {
                    Ok(small) => Repr::Small(small),
                    Err(_) => Repr::Large(value.to_string().into()),
                })
            }
        })*
        from!(to $($small)* $($large)*);
    };
    (to $($type:ty)*) => {
        $(impl TryFrom<&Integer> for $type {
            type Error = std::num::ParseIntError;

            fn try_from(value: &Integer) -> std::result::Result<Self, Self::Error> {
                value.to_string().parse()
            }
        })*
    };
}

from! { i8 i16 i32 i64 u8 u16 u32; u64 i128 u128 }

#[cfg(feature = "num-bigint")]
mod num_bigint_conversions {
    use num_bigint::{BigInt, BigUint};

    use super::{Integer, Repr};

    impl From<BigInt> for Integer {
        fn from(value: BigInt) -> Self {
            Self(match i64::try_from(&value) {
                Ok(small) => Repr::Small(small),
                Err(_) => Repr::Large(value.to_string().into()),
            })
        }
    }

    impl From<BigUint> for Integer {
        fn from(value: BigUint) -> Self {
            BigInt::from(value).into()
        }
    }

    impl From<&Integer> for BigInt {
        fn from(value: &Integer) -> Self {
            match &value.0 {
                Repr::Small(value) => (*value).into(),
                // The digits were checked when the value was made, so parsing cannot fail.
                Repr::Large(digits) => digits.parse().unwrap_or_default(),
            }
        }
    }

    impl TryFrom<&Integer> for BigUint {
        type Error = num_bigint::TryFromBigIntError<()>;

        /// # Errors
        /// Fails if the number is negative.
        fn try_from(value: &Integer) -> Result<Self, Self::Error> {
            Self::try_from(&BigInt::from(value))
        }
    }
}

impl Value for Integer {
    builtin_facts!(Integer);

    fn empty() -> Self {
        Self::default()
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        match Self::parse(trim(text)) {
            Some(value) => {
                *self = value;
                TextMatch::Yes
            }
            None => TextMatch::No,
        }
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        match &self.0 {
            Repr::Small(value) => value.write(writer, item),
            Repr::Large(digits) => writer.plain(digits),
        }
    }
}
