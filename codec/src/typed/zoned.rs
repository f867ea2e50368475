//! In: dates and moments. Out: those of jiff, and back. Only with the feature `jiff`.
//! Not done here: which zone a date is in; the message tells, or nobody.

use jiff::{Error, civil};

use super::{CivilDateTime, TextForm};

impl From<CivilDateTime> for civil::DateTime {
    fn from(value: CivilDateTime) -> Self {
        let made = Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second(), 0);
        // What exists here exists there: both are the proleptic Gregorian calendar.
        made.unwrap_or(Self::ZERO)
    }
}

impl TryFrom<civil::DateTime> for CivilDateTime {
    type Error = Error;

    /// Fractions of a second are cut off.
    ///
    /// # Errors
    /// Years before 0.
    fn try_from(value: civil::DateTime) -> Result<Self, Error> {
        Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second())
            .ok_or_else(|| Error::from_args(format_args!("the year {} has no four digits", value.year())))
    }
}

impl TextForm {
    /// The moment of a text.
    #[doc(hidden)]
    #[must_use]
    pub fn timestamp(&self, text: &str) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.integer(text)?).ok()
    }
}
