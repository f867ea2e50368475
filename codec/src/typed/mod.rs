//! Interprets texts that a schema declares as strings or numbers but that have a more specific meaning, such as
//! dates. The Rust types are in generated code, which uses the macros of `macros::typed`.
//!
//! Each such type keeps its text unchanged, so that it is written back byte for byte. Its meaning is computed
//! on request.

mod civil;
#[cfg(feature = "jiff")]
mod zoned;

pub use civil::CivilDateTime;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::value::TextMatch;

/// The form of the texts of a type, as the macros `date_time!`, `epoch_milliseconds!`, `boolean!` and
/// `delimited!` define it.
#[derive(Debug, Clone, Copy)]
pub enum TextForm {
    /// A date and time of day in one of these patterns, or one of these words.
    DateTime {
        /// The patterns, such as `MM/DD/YYYY hh:mm:ss`; the first one is preferred for writing.
        patterns: &'static [&'static str],
        /// The words that mean that there is no date, such as `none`.
        also: &'static [&'static str],
    },
    /// Milliseconds since the beginning of 1970.
    EpochMilliseconds,
    /// One of these words for true and for false; the first of each is written.
    Boolean {
        /// The words for true.
        yes: &'static [&'static str],
        /// The words for false.
        no: &'static [&'static str],
    },
    /// Parts that are joined by a separator.
    Delimited {
        /// The separator.
        separator: &'static str,
        /// The maximum number of parts.
        most: usize,
        /// Whether a text without the separator is valid too; it has no parts.
        plain: bool,
        /// The names of the first parts.
        parts: &'static [&'static str],
    },
    /// Integers, some of which have names.
    Integers(&'static [(&'static str, i64)]),
    /// The texts of a type that the program defines ([`TextValue`](crate::TextValue)). The function returns the reason why a text is not a value of the type, or
    /// `None` if it is one.
    Own(fn(&str) -> Option<String>),
}

impl TextForm {
    /// Returns whether a text has this form.
    #[must_use]
    pub fn admits(&self, text: &str) -> bool {
        match self {
            Self::DateTime { patterns, also } => also.contains(&text) || CivilDateTime::read(patterns, text).is_some(),
            Self::EpochMilliseconds | Self::Integers(_) => self.integer(text).is_some(),
            Self::Boolean { yes, no } => yes.contains(&text) || no.contains(&text),
            Self::Delimited { separator, most, plain, .. } => match text.matches(separator).count() {
                0 => *plain,
                signs => signs < *most,
            },
            Self::Own(refusal) => refusal(text).is_none(),
        }
    }

    /// Returns how well the text matches; an empty text that does not have the form counts as missing.
    pub(crate) fn fit(&self, text: &str) -> TextMatch {
        match self.admits(text) {
            true => TextMatch::Yes,
            false if text.is_empty() => TextMatch::No,
            false => TextMatch::Kept,
        }
    }

    /// Returns the error for a text that does not have this form.
    #[cold]
    pub(crate) fn refuse(&self, text: &str) -> Error {
        let found = if text.is_empty() { "the empty text".to_owned() } else { excerpt(text) };
        Error::new(ErrorKind::Value, format!("{found} is not {}", self.words()))
    }

    /// Returns why a type of the program does not hold a text.
    pub(crate) fn own_reason(&self, text: &str) -> Option<String> {
        if let Self::Own(refusal) = self { refusal(text) } else { None }
    }

    pub(crate) fn words(&self) -> String {
        match self {
            Self::DateTime { patterns, also } => {
                let all: Vec<&str> = patterns.iter().chain(*also).copied().filter(|word| !word.is_empty()).collect();
                format!("a date as {}", all.join(" or "))
            }
            Self::EpochMilliseconds => "a number of milliseconds".to_owned(),
            Self::Boolean { yes, no } => {
                let all: Vec<&str> = yes.iter().chain(*no).copied().filter(|word| !word.is_empty()).collect();
                format!("one of {}", all.join(", "))
            }
            Self::Delimited { separator, most, .. } => format!("at most {most} parts with `{separator}` between them"),
            Self::Integers(names) => {
                let names: Vec<String> = names.iter().map(|(name, number)| format!("{number} ({name})")).collect();
                format!("an integer, such as {}", names.join(", "))
            }
            Self::Own(_) => "a text that its type can hold".to_owned(),
        }
    }

    /// Returns the date and time of a text.
    #[must_use]
    pub fn date_time(&self, text: &str) -> Option<CivilDateTime> {
        match self {
            Self::DateTime { patterns, .. } => CivilDateTime::read(patterns, text),
            _ => None,
        }
    }

    /// Formats a date and time with the first pattern, which has all fields.
    #[must_use]
    pub fn first_of_date_time(&self, value: &CivilDateTime) -> String {
        value.write(self.patterns().first().copied().unwrap_or_default())
    }

    /// Formats a date and time with the first pattern that can hold all of it.
    ///
    /// # Errors
    /// Fails if no pattern can hold the date and time without loss.
    pub fn of_date_time(&self, value: &CivilDateTime) -> Result<String> {
        let exact = |pattern: &&str| {
            let text = value.write(pattern);
            (CivilDateTime::read(&[pattern], &text) == Some(*value)).then_some(text)
        };
        let refused = || Error::new(ErrorKind::Value, format!("{value} cannot be written as {} without loss", self.words()));
        self.patterns().iter().find_map(exact).ok_or_else(refused)
    }

    pub(crate) fn patterns(&self) -> &'static [&'static str] {
        match self {
            Self::DateTime { patterns, .. } => patterns,
            _ => &[],
        }
    }

    /// Returns the integer of a text.
    #[must_use]
    pub fn integer(&self, text: &str) -> Option<i64> {
        text.parse().ok()
    }

    /// Returns the instant of a text.
    #[must_use]
    pub fn moment(&self, text: &str) -> Option<SystemTime> {
        let milliseconds = self.integer(text)?;
        let distance = Duration::from_millis(milliseconds.unsigned_abs());
        if milliseconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }

    /// Formats an instant.
    ///
    /// # Errors
    /// Fails if the instant lies between two milliseconds, and in the same cases as
    /// [`TextForm::floor_of_moment`].
    pub fn of_moment(&self, moment: SystemTime) -> Result<String> {
        match since_epoch(moment).rem_euclid(NANOSECONDS) {
            0 => self.floor_of_moment(moment),
            _ => Err(Error::new(ErrorKind::Value, "the moment lies between two milliseconds")),
        }
    }

    /// Formats an instant, rounded down to milliseconds.
    ///
    /// # Errors
    /// Fails if the milliseconds since 1970 do not fit into 64 bits.
    pub fn floor_of_moment(&self, moment: SystemTime) -> Result<String> {
        let milliseconds = i64::try_from(since_epoch(moment).div_euclid(NANOSECONDS));
        let refused = |_| Error::new(ErrorKind::Value, "the moment is more than 292 million years away from 1970");
        milliseconds.map(|milliseconds| milliseconds.to_string()).map_err(refused)
    }

    /// Returns the boolean value of a text.
    #[must_use]
    pub fn boolean(&self, text: &str) -> Option<bool> {
        match self {
            Self::Boolean { yes, .. } if yes.contains(&text) => Some(true),
            Self::Boolean { no, .. } if no.contains(&text) => Some(false),
            _ => None,
        }
    }

    /// Returns the word for a boolean value.
    #[must_use]
    pub fn of_boolean(&self, value: bool) -> &'static str {
        match self {
            Self::Boolean { yes, no } => (if value { yes } else { no }).first().copied().unwrap_or_default(),
            _ => "",
        }
    }

    /// Returns the parts of a text; there are none if it has no separator.
    pub fn parts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let separator = match *self {
            Self::Delimited { separator, .. } if text.contains(separator) => Some(separator),
            _ => None,
        };
        separator.into_iter().flat_map(move |separator| text.split(separator))
    }

    /// Joins parts to a text.
    #[must_use]
    pub fn of_parts(&self, parts: &[&str]) -> String {
        match self {
            Self::Delimited { separator, .. } => parts.join(separator),
            _ => String::new(),
        }
    }
}

/// The number of nanoseconds in a millisecond.
const NANOSECONDS: i128 = 1_000_000;

/// Returns the nanoseconds since the beginning of 1970. They fit for any instant that the system clock can
/// represent.
fn since_epoch(moment: SystemTime) -> i128 {
    let nanoseconds = |distance: Duration| i128::try_from(distance.as_nanos()).unwrap_or(i128::MAX);
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}

/// Parses an integer whose values may have names. Returns the number, and whether the text is its canonical
/// spelling.
#[doc(hidden)]
#[must_use]
pub fn named_integer(text: &str) -> Option<(i64, bool)> {
    let number: i64 = text.parse().ok()?;
    Some((number, number.to_string() == text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments() {
        let form = TextForm::EpochMilliseconds;
        for text in ["1431725387202", "0", "-1"] {
            assert_eq!(form.moment(text).map(|moment| form.of_moment(moment).ok()), Some(Some(text.to_owned())));
        }
        for (between, floor) in [(UNIX_EPOCH + Duration::from_nanos(1_999_999), "1"), (UNIX_EPOCH - Duration::from_nanos(1), "-1")] {
            assert!(form.of_moment(between).is_err());
            assert_eq!(form.floor_of_moment(between).ok().as_deref(), Some(floor));
        }
        assert_eq!(form.moment("soon"), None);
        assert!(form.admits("0001431725387202"));
        assert!(!form.admits("1.5"));
    }

    #[test]
    fn parts() {
        let form = TextForm::Delimited { separator: ",", most: 7, plain: true, parts: &[] };
        assert_eq!(form.parts("49,,,,,,").collect::<Vec<_>>(), ["49", "", "", "", "", "", ""]);
        assert_eq!(form.parts("555-0100").count(), 0);
        assert!(form.admits("555-0100") && form.admits("49,,,,,,") && form.admits("1,408"));
        assert!(!form.admits("1,2,3,4,5,6,7,8"));
        assert_eq!(form.of_parts(&["1", "408"]), "1,408");
    }
}
