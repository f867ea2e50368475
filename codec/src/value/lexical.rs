//! Defines types for decimals, dates, times and durations that keep the literal and compare by value. They have
//! no arithmetic; `jiff_types` has the conversions to and from the types of the crate jiff.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use xsdgen_datatypes::builtin::name;
use xsdgen_datatypes::value;

use super::{TextMatch, Value, builtin_facts};
use crate::error::{Error, ErrorKind, Result};
use crate::simple::{Builtin, FacetError, trim};
use crate::tables::FieldInfo;
use crate::write::Writer;

macro_rules! lexical {
    ($($(#[$doc:meta])* $Type:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// The literal is kept as it was read, so nothing is lost; `parse` makes a value from a literal.
        /// Equality and order follow the values, not the literals; some pairs of values have no order.
        #[derive(Debug, Clone, Default)]
        pub struct $Type(Box<str>);

        impl $Type {
            const BUILTIN: Builtin = Builtin::$Type;

            /// Returns the literal, or an empty string if no value was ever set.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Creates a value from a text that is known to be a literal.
            #[allow(dead_code, reason = "only conversions from types of other crates make some")]
            pub(super) fn of_literal(literal: String) -> Self {
                Self(literal.into())
            }

            fn value(&self) -> Option<value::Value> {
                value::parse(Self::BUILTIN, &self.0, &|_| None)
            }
        }

        impl FromStr for $Type {
            type Err = FacetError;

            fn from_str(text: &str) -> std::result::Result<Self, FacetError> {
                let text = trim(text);
                match value::is_literal(Self::BUILTIN, text) {
                    true => Ok(Self(text.into())),
                    false => Err(FacetError::not_of(Self::BUILTIN, text)),
                }
            }
        }

        impl fmt::Display for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl PartialEq for $Type {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0 || self.value().map(|it| it.key()) == other.value().map(|it| it.key())
            }
        }

        impl Eq for $Type {}

        impl Hash for $Type {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.value().map(|it| it.key()).hash(state);
            }
        }

        impl PartialOrd for $Type {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                if self == other { Some(Ordering::Equal) } else { self.value()?.compare(&other.value()?) }
            }
        }

        impl Value for $Type {
            builtin_facts!($Type);

            fn empty() -> Self {
                Self::default()
            }

            fn set_text(&mut self, text: &str) -> TextMatch {
                match text.parse() {
                    Ok(value) => {
                        *self = value;
                        TextMatch::Yes
                    }
                    Err(_) => TextMatch::No,
                }
            }

            fn write(&self, writer: &mut Writer<'_>, _item: &'static FieldInfo) -> Result<()> {
                if self.0.is_empty() && writer.refuses_empty() {
                    return Err(Error::new(ErrorKind::Missing, format!("an xs:{} was never set", name(Self::BUILTIN))));
                }
                writer.plain(&self.0)
            }
        }
    )*};
}

lexical! {
    /// A decimal number of any size (XML Schema Part 2, section 3.2.3).
    Decimal;
    /// A duration in months and seconds (section 3.2.6).
    Duration;
    /// A date and time of day, with or without an offset from UTC (section 3.2.7).
    DateTime;
    /// A time of day (section 3.2.8).
    Time;
    /// A calendar date (section 3.2.9).
    Date;
    /// A month of a certain year (section 3.2.10).
    GYearMonth;
    /// A year (section 3.2.11).
    GYear;
    /// A day of a certain month in any year (section 3.2.12).
    GMonthDay;
    /// A day of the month in any month (section 3.2.13).
    GDay;
    /// A month in any year (section 3.2.14).
    GMonth;
}

macro_rules! from_integers {
    ($($type:ty)*) => {$(
        impl From<$type> for Decimal {
            fn from(value: $type) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

from_integers! { i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 }

#[cfg(feature = "rust_decimal")]
mod rust_decimal_conversions {
    use super::Decimal;

    impl From<rust_decimal::Decimal> for Decimal {
        fn from(value: rust_decimal::Decimal) -> Self {
            Self(value.to_string().into())
        }
    }

    impl TryFrom<&Decimal> for rust_decimal::Decimal {
        type Error = rust_decimal::Error;

        /// Converts the number exactly. Trailing zeros count towards the scale as long as they fit.
        ///
        /// # Errors
        /// Fails if the number has more digits than the type can hold; nothing is rounded.
        fn try_from(value: &Decimal) -> Result<Self, Self::Error> {
            let literal = value.as_str();
            Self::from_str_exact(literal.trim_start_matches('+')).or_else(|error| {
                let shortest = xsdgen_datatypes::decimal::Decimal::parse(literal).ok_or(error)?.canonical();
                Self::from_str_exact(&shortest)
            })
        }
    }
}
