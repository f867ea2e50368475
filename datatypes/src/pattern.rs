//! Reads and writes dates and times by patterns such as `MM/DD/YYYY hh:mm:ss`. The date types of XML Schema are
//! in `calendar`; patterns have no time zones.
//!
//! `YYYY` stands for four digits; `MM`, `DD`, `hh`, `mm` and `ss` stand for two, of which the first may be
//! missing when reading. All other characters stand for themselves.

use crate::calendar::days_in_month;

/// A date and a time of day in the proleptic Gregorian calendar. Fields that a pattern does not contain are 0,
/// or 1 for month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fields {
    /// The year, 0 to 9999.
    pub year: i16,
    /// The month, 1 to 12.
    pub month: i8,
    /// The day, 1 to 31.
    pub day: i8,
    /// The hour, 0 to 23.
    pub hour: i8,
    /// The minute, 0 to 59.
    pub minute: i8,
    /// The second, 0 to 59.
    pub second: i8,
}

impl Fields {
    /// Returns whether the date and the time of day exist.
    #[must_use]
    pub fn exist(&self) -> bool {
        let Ok(month) = u32::try_from(self.month) else { return false };
        let days = i64::from(days_in_month(i128::from(self.year), month));
        (0..=9999).contains(&self.year)
            && (1..=12).contains(&month)
            && (1..=days).contains(&i64::from(self.day))
            && (0..24).contains(&self.hour)
            && (0..60).contains(&self.minute)
            && (0..60).contains(&self.second)
    }
}

/// A part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Sign(char),
}

/// Returns the first part of a pattern, and the rest.
fn part(pattern: &str) -> Option<(Part, &str)> {
    let (field, len) = match pattern.as_bytes() {
        [b'Y', b'Y', b'Y', b'Y', ..] => (Part::Year, 4),
        [b'M', b'M', ..] => (Part::Month, 2),
        [b'D', b'D', ..] => (Part::Day, 2),
        [b'h', b'h', ..] => (Part::Hour, 2),
        [b'm', b'm', ..] => (Part::Minute, 2),
        [b's', b's', ..] => (Part::Second, 2),
        _ => {
            let sign = pattern.chars().next()?;
            (Part::Sign(sign), sign.len_utf8())
        }
    };
    Some((field, pattern.get(len..)?))
}

/// Checks a pattern: it must contain year, month and day once and each other field at most once, with
/// separators between them.
///
/// # Errors
/// Returns a description of the problem.
pub fn check(pattern: &str) -> Result<(), String> {
    let mut named = Vec::new();
    let (mut rest, mut before) = (pattern, None);
    while let Some((found, after)) = part(rest) {
        match found {
            Part::Sign(sign) if sign.is_alphanumeric() => return Err(format!("`{sign}` is no field")),
            Part::Sign(_) => {}
            field if named.contains(&field) => return Err("a field stands twice".to_owned()),
            _ if !matches!(before, None | Some(Part::Sign(_))) => return Err("two fields have no sign between them".to_owned()),
            field => named.push(field),
        }
        (rest, before) = (after, Some(found));
    }
    match [Part::Year, Part::Month, Part::Day].iter().all(|field| named.contains(field)) {
        true => Ok(()),
        false => Err("year (`YYYY`), month (`MM`) or day (`DD`) is missing".to_owned()),
    }
}

/// Returns whether a pattern contains all fields, so that it can hold any date and time without loss.
#[must_use]
pub fn is_whole(pattern: &str) -> bool {
    let parts = std::iter::successors(part(pattern), |(_, rest)| part(rest));
    parts.filter(|(part, _)| !matches!(part, Part::Sign(_))).count() == 6
}

/// Parses a text by a pattern. Returns `None` if the text does not match or the date or time does not exist.
///
/// # Example
/// ```
/// use xsdgen_datatypes::pattern;
/// let fields = pattern::read("MM/DD/YYYY hh:mm:ss", "04/1/2004 09:30:00").unwrap();
/// assert_eq!((fields.year, fields.month, fields.day, fields.hour), (2004, 4, 1, 9));
/// assert_eq!(pattern::write("YYYY-MM-DD", &fields), "2004-04-01");
/// assert_eq!(pattern::read("YYYY-MM-DD", "2004-02-30"), None);
/// ```
#[must_use]
pub fn read(pattern: &str, text: &str) -> Option<Fields> {
    let mut fields = Fields { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
    // The comparison is by bytes, which also works for a separator of several bytes.
    let (mut pattern, mut text) = (pattern.as_bytes(), text.as_bytes());
    loop {
        (pattern, text) = match pattern {
            [] => break,
            [b'Y', b'Y', b'Y', b'Y', rest @ ..] => {
                let [a, b, c, d, behind @ ..] = text else { return None };
                fields.year = [a, b, c, d].into_iter().try_fold(0, |year, byte| Some(year * 10 + i16::from(digit(*byte)?)))?;
                (rest, behind)
            }
            [b'M', b'M', rest @ ..] => (rest, number(text, &mut fields.month)?),
            [b'D', b'D', rest @ ..] => (rest, number(text, &mut fields.day)?),
            [b'h', b'h', rest @ ..] => (rest, number(text, &mut fields.hour)?),
            [b'm', b'm', rest @ ..] => (rest, number(text, &mut fields.minute)?),
            [b's', b's', rest @ ..] => (rest, number(text, &mut fields.second)?),
            [sign, rest @ ..] => (rest, text.split_first().filter(|(first, _)| *first == sign)?.1),
        };
    }
    (text.is_empty() && fields.exist()).then_some(fields)
}

/// Parses a number of one or two digits. Returns the rest of the text.
fn number<'t>(text: &'t [u8], number: &mut i8) -> Option<&'t [u8]> {
    let [first, rest @ ..] = text else { return None };
    *number = digit(*first)?;
    match rest {
        [second @ b'0'..=b'9', rest @ ..] => {
            *number = *number * 10 + digit(*second)?;
            Some(rest)
        }
        rest => Some(rest),
    }
}

fn digit(byte: u8) -> Option<i8> {
    byte.is_ascii_digit().then(|| (byte - b'0') as i8)
}

/// Formats a date and time by a pattern; every field has all its digits.
#[must_use]
pub fn write(pattern: &str, fields: &Fields) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((found, after)) = part(rest) {
        rest = after;
        let number = match found {
            Part::Sign(sign) => {
                out.push(sign);
                continue;
            }
            Part::Year => {
                out.push_str(&format!("{:04}", fields.year));
                continue;
            }
            Part::Month => fields.month,
            Part::Day => fields.day,
            Part::Hour => fields.hour,
            Part::Minute => fields.minute,
            Part::Second => fields.second,
        };
        out.push_str(&format!("{number:02}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_a_pattern() {
        const PATTERN: &str = "MM/DD/YYYY hh:mm:ss";
        for text in ["05/31/2004 10:10:10", "12/31/2065 13:00:00", "01/01/1970 00:00:01"] {
            assert_eq!(read(PATTERN, text).map(|fields| write(PATTERN, &fields)).as_deref(), Some(text));
        }
        for text in ["", "none", "05/31/2004", "31/05/2004 10:10:10", "02/29/2003 10:10:10", "05/31/04 10:10:10", "5//2004 1:1:1"] {
            assert_eq!(read(PATTERN, text), None, "{text}");
        }
        for text in ["05/31/2004 24:00:00", "05/31/2004 10:10:10 ", "05/31/2004  10:10:10", "+5/31/2004 10:10:10", "05/31/2004 10:10:60"] {
            assert_eq!(read(PATTERN, text), None, "{text}");
        }
        assert_eq!(read("MM/DD/YYYY", "2/29/2004").map(|f| (f.month, f.day, f.hour)), Some((2, 29, 0)));
    }

    #[test]
    fn patterns() {
        for pattern in ["MM/DD/YYYY hh:mm:ss", "YYYY-MM-DD", "DD.MM.YYYY, hh:mm"] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
        for pattern in ["", "MM/DD", "MM/DD/YY", "YYYYMMDD", "MM/DD/YYYY MM", "YYYY-MM-DDThh"] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
