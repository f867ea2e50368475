//! In: texts that a schema calls strings or numbers and that mean more. Out: whether they are what they mean to be, and that meaning.
//! Not done here: the types themselves, which generated code spells out (`macros::typed`); which element is of which type.
//!
//! Each such type keeps its text as it came, so that what is read is written back byte for byte; its meaning is asked for.

mod civil;
#[cfg(feature = "jiff")]
mod zoned;

pub use civil::CivilDateTime;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::value::TextMatch;

/// What the texts of a type are: made by the macros `date_time!`, `epoch_milliseconds!`, `boolean!`, `delimited!`.
#[derive(Debug, Clone, Copy)]
pub enum TextForm {
    /// A date and time of day in one of these patterns, or one of these words.
    DateTime {
        /// Patterns as `MM/DD/YYYY hh:mm:ss`; the first is written.
        patterns: &'static [&'static str],
        /// What stands for no date, as `none`.
        also: &'static [&'static str],
    },
    /// Milliseconds since the beginning of 1970.
    EpochMilliseconds,
    /// One of these words for true and for false; the first of each is written.
    Boolean {
        /// Words for true.
        yes: &'static [&'static str],
        /// Words for false.
        no: &'static [&'static str],
    },
    /// Parts with a separator between them.
    Delimited {
        /// The separator.
        separator: &'static str,
        /// How many parts there are at most.
        most: usize,
        /// Whether a text without the separator is a value too, which has no parts.
        plain: bool,
    },
}

impl TextForm {
    /// Whether a text is one of them.
    #[must_use]
    pub fn admits(&self, text: &str) -> bool {
        match self {
            Self::DateTime { patterns, also } => also.contains(&text) || CivilDateTime::read(patterns, text).is_some(),
            Self::EpochMilliseconds => self.integer(text).is_some(),
            Self::Boolean { yes, no } => yes.contains(&text) || no.contains(&text),
            Self::Delimited { separator, most, plain } => match text.matches(separator).count() {
                0 => *plain,
                signs => signs < *most,
            },
        }
    }

    /// How the text fits; an empty one that is none counts as missing.
    pub(crate) fn fit(&self, text: &str) -> TextMatch {
        match self.admits(text) {
            true => TextMatch::Yes,
            false if text.is_empty() => TextMatch::No,
            false => TextMatch::Kept,
        }
    }

    /// The error of a text that is none of them.
    #[cold]
    pub(crate) fn refuse(&self, text: &str) -> Error {
        let found = if text.is_empty() { "the empty text".to_owned() } else { excerpt(text) };
        Error::new(ErrorKind::Value, format!("{found} is not {}", self.words()))
    }

    fn words(&self) -> String {
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
        }
    }

    /// The date and time of a text.
    #[must_use]
    pub fn date_time(&self, text: &str) -> Option<CivilDateTime> {
        match self {
            Self::DateTime { patterns, .. } => CivilDateTime::read(patterns, text),
            _ => None,
        }
    }

    /// The text of a date and time in the first pattern, which has a place for all of it.
    #[must_use]
    pub fn first_of_date_time(&self, value: &CivilDateTime) -> String {
        value.write(self.patterns().first().copied().unwrap_or_default())
    }

    /// The text of a date and time in the first pattern that has a place for all of it.
    ///
    /// # Errors
    /// A date and time that none of the patterns has a place for.
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

    /// The integer of a text.
    #[must_use]
    pub fn integer(&self, text: &str) -> Option<i64> {
        text.parse().ok()
    }

    /// The moment of a text.
    #[must_use]
    pub fn moment(&self, text: &str) -> Option<SystemTime> {
        let milliseconds = self.integer(text)?;
        let distance = Duration::from_millis(milliseconds.unsigned_abs());
        if milliseconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }

    /// The text of a moment.
    ///
    /// # Errors
    /// A moment between two milliseconds; as [`TextForm::floor_of_moment`].
    pub fn of_moment(&self, moment: SystemTime) -> Result<String> {
        match since_epoch(moment).rem_euclid(NANOSECONDS) {
            0 => self.floor_of_moment(moment),
            _ => Err(Error::new(ErrorKind::Value, "the moment lies between two milliseconds")),
        }
    }

    /// The text of the last millisecond that is not after a moment.
    ///
    /// # Errors
    /// A moment whose milliseconds since 1970 do not fit into 64 bits.
    pub fn floor_of_moment(&self, moment: SystemTime) -> Result<String> {
        let milliseconds = i64::try_from(since_epoch(moment).div_euclid(NANOSECONDS));
        let refused = |_| Error::new(ErrorKind::Value, "the moment is more than 292 million years away from 1970");
        milliseconds.map(|milliseconds| milliseconds.to_string()).map_err(refused)
    }

    /// What a text says.
    #[must_use]
    pub fn boolean(&self, text: &str) -> Option<bool> {
        match self {
            Self::Boolean { yes, .. } if yes.contains(&text) => Some(true),
            Self::Boolean { no, .. } if no.contains(&text) => Some(false),
            _ => None,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn of_boolean(&self, value: bool) -> &'static str {
        match self {
            Self::Boolean { yes, no } => (if value { yes } else { no }).first().copied().unwrap_or_default(),
            _ => "",
        }
    }

    /// The parts of a text: none where it has no separator.
    pub fn parts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> + use<'t> {
        let separator = match *self {
            Self::Delimited { separator, .. } if text.contains(separator) => Some(separator),
            _ => None,
        };
        separator.into_iter().flat_map(move |separator| text.split(separator))
    }

    /// The text of parts.
    #[must_use]
    pub fn of_parts(&self, parts: &[&str]) -> String {
        match self {
            Self::Delimited { separator, .. } => parts.join(separator),
            _ => String::new(),
        }
    }
}

/// The nanoseconds of a millisecond.
const NANOSECONDS: i128 = 1_000_000;

/// Nanoseconds since the beginning of 1970. Any distance that the system's clock has fits.
fn since_epoch(moment: SystemTime) -> i128 {
    let nanoseconds = |distance: Duration| i128::try_from(distance.as_nanos()).unwrap_or(i128::MAX);
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}

/// Reads the text of an integer whose numbers have names: the number, and whether it is written as it would be.
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
        let form = TextForm::Delimited { separator: ",", most: 7, plain: true };
        assert_eq!(form.parts("49,,,,,,").collect::<Vec<_>>(), ["49", "", "", "", "", "", ""]);
        assert_eq!(form.parts("555-0100").count(), 0);
        assert!(form.admits("555-0100") && form.admits("49,,,,,,") && form.admits("1,408"));
        assert!(!form.admits("1,2,3,4,5,6,7,8"));
        assert_eq!(form.of_parts(&["1", "408"]), "1,408");
    }
}
