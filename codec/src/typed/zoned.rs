//! Converts dates and instants to and from those of jiff, with the feature `jiff`. The text of a date does not
//! tell its time zone; the application must know it.

use jiff::{Error, civil};

use super::{CivilDateTime, TextForm};

impl From<CivilDateTime> for civil::DateTime {
    fn from(value: CivilDateTime) -> Self {
        let made = Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second(), 0);
        // The fallback is never used: both calendars are proleptic Gregorian, and the year is from 0 to 9999.
        made.unwrap_or(Self::ZERO)
    }
}

impl TryFrom<civil::DateTime> for CivilDateTime {
    type Error = Error;

    /// # Errors
    /// Fails if the value has a fraction of a second or a year before 0.
    fn try_from(value: civil::DateTime) -> Result<Self, Error> {
        if value.subsec_nanosecond() != 0 {
            return Err(Error::from_args(format_args!("{value} has a fraction of a second")));
        }
        Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second())
            .ok_or_else(|| Error::from_args(format_args!("the year {} has no four digits", value.year())))
    }
}

impl TextForm {
    /// Formats a date and time.
    ///
    /// # Errors
    /// Fails if the value has a fraction of a second or a year before 0, or if no pattern can hold it.
    #[doc(hidden)]
    pub fn of_civil(&self, value: civil::DateTime) -> Result<String, Error> {
        let date = CivilDateTime::try_from(value)?;
        self.of_date_time(&date).map_err(|error| Error::from_args(format_args!("{}", error.message())))
    }

    /// Formats an instant.
    ///
    /// # Errors
    /// Fails if the instant lies between two milliseconds.
    #[doc(hidden)]
    pub fn of_timestamp(&self, moment: jiff::Timestamp) -> Result<String, Error> {
        match jiff::Timestamp::from_millisecond(moment.as_millisecond())? == moment {
            true => Ok(moment.as_millisecond().to_string()),
            false => Err(Error::from_args(format_args!("{moment} lies between two milliseconds"))),
        }
    }

    /// Returns the instant of a text.
    #[doc(hidden)]
    #[must_use]
    pub fn timestamp(&self, text: &str) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.integer(text)?).ok()
    }
}
