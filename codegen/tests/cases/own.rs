//! Types of a program that settings of cases name in `[types]`.

use std::num::{NonZeroU32, ParseIntError};

use xsdgen_codec::TextValue;

/// An amount of money in cents.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Cents(pub(crate) i64);

impl TextValue for Cents {
    type Error = &'static str;

    fn from_text(text: &str) -> Result<Self, Self::Error> {
        let (whole, cents) = text.split_once('.').unwrap_or((text, "00"));
        if cents.len() != 2 {
            return Err("an amount has two digits after the decimal point");
        }
        format!("{whole}{cents}").parse().map(Cents).map_err(|_| "an amount is a number of at most 64 bits")
    }

    fn to_text(&self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

xsdgen_codec::text_value!(Cents);

/// A number of persons, a type of another crate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Persons(pub(crate) NonZeroU32);

impl TextValue for Persons {
    type Error = ParseIntError;

    fn from_text(text: &str) -> Result<Self, Self::Error> {
        text.parse().map(Persons)
    }

    fn to_text(&self) -> String {
        self.0.to_string()
    }
}

xsdgen_codec::text_value!(Persons, empty = Persons(NonZeroU32::MIN));
