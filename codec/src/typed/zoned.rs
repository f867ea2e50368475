//! In: dates and moments. Out: those of jiff, and back. Only with the feature `jiff`.
//! Not done here: which zone a date is in; the message tells, or nobody.

use jiff::{Error, civil};

use super::{CivilDateTime, TextForm};

impl From<CivilDateTime> for civil::DateTime {
    fn from(value: CivilDateTime) -> Self {
        let made = Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second(), 0);
        // Never the other: both calendars are the proleptic Gregorian one, and the year is from 0 to 9999.
        made.unwrap_or(Self::ZERO)
    }
}

impl TryFrom<civil::DateTime> for CivilDateTime {
    type Error = Error;

    /// # Errors
    /// A fraction of a second; a year before 0.
    fn try_from(value: civil::DateTime) -> Result<Self, Error> {
        if value.subsec_nanosecond() != 0 {
            return Err(Error::from_args(format_args!("{value} has a fraction of a second")));
        }
        Self::new(value.year(), value.month(), value.day(), value.hour(), value.minute(), value.second())
            .ok_or_else(|| Error::from_args(format_args!("the year {} has no four digits", value.year())))
    }
}

impl TextForm {
    /// The text of a date and time.
    ///
    /// # Errors
    /// A fraction of a second; a year before 0; what none of the patterns has a place for.
    #[doc(hidden)]
    pub fn of_civil(&self, value: civil::DateTime) -> Result<String, Error> {
        let date = CivilDateTime::try_from(value)?;
        self.of_date_time(&date).map_err(|error| Error::from_args(format_args!("{}", error.message())))
    }

    /// The text of a moment.
    ///
    /// # Errors
    /// A moment between two milliseconds.
    #[doc(hidden)]
    pub fn of_timestamp(&self, moment: jiff::Timestamp) -> Result<String, Error> {
        match jiff::Timestamp::from_millisecond(moment.as_millisecond())? == moment {
            true => Ok(moment.as_millisecond().to_string()),
            false => Err(Error::from_args(format_args!("{moment} lies between two milliseconds"))),
        }
    }

    /// The moment of a text.
    #[doc(hidden)]
    #[must_use]
    pub fn timestamp(&self, text: &str) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.integer(text)?).ok()
    }
}
