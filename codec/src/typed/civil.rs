//! Defines [`CivilDateTime`], a valid date and time of day without a time zone. Patterns are in
//! `xsdgen_datatypes::pattern`; the feature `jiff` provides time zones and arithmetic.

use std::fmt;

use xsdgen_datatypes::pattern::{self, Fields};

/// A date and a time of day without a time zone or offset from UTC.
///
/// # Example
/// ```
/// use xsdgen_codec::CivilDateTime;
/// let start = CivilDateTime::new(2015, 8, 5, 10, 0, 0).expect("a date that exists");
/// assert_eq!(start.to_string(), "2015-08-05T10:00:00");
/// assert_eq!(CivilDateTime::new(2015, 2, 29, 10, 0, 0), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDateTime(Fields);

impl CivilDateTime {
    /// Creates a value from year (0 to 9999), month and day (from 1), hour, minute and second. Returns `None`
    /// if there is no such date or time.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8, hour: i8, minute: i8, second: i8) -> Option<Self> {
        let fields = Fields { year, month, day, hour, minute, second };
        fields.exist().then_some(Self(fields))
    }

    /// Returns the year, 0 to 9999.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.0.year
    }

    /// Returns the month, 1 to 12.
    #[must_use]
    pub fn month(&self) -> i8 {
        self.0.month
    }

    /// Returns the day, 1 to 31.
    #[must_use]
    pub fn day(&self) -> i8 {
        self.0.day
    }

    /// Returns the hour, 0 to 23.
    #[must_use]
    pub fn hour(&self) -> i8 {
        self.0.hour
    }

    /// Returns the minute, 0 to 59.
    #[must_use]
    pub fn minute(&self) -> i8 {
        self.0.minute
    }

    /// Returns the second, 0 to 59.
    #[must_use]
    pub fn second(&self) -> i8 {
        self.0.second
    }

    /// Parses a text by the first pattern that matches it.
    pub(super) fn read(patterns: &[&str], text: &str) -> Option<Self> {
        patterns.iter().find_map(|pattern| pattern::read(pattern, text)).map(Self)
    }

    pub(super) fn write(&self, pattern: &str) -> String {
        pattern::write(pattern, &self.0)
    }
}

/// Formats the value according to ISO 8601: `2015-08-05T10:00:00`.
impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write("YYYY-MM-DD"))?;
        f.write_str("T")?;
        f.write_str(&self.write_time())
    }
}

impl fmt::Debug for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl CivilDateTime {
    fn write_time(&self) -> String {
        pattern::write("hh:mm:ss", &self.0)
    }
}
