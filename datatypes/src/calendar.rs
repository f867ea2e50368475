//! Parses literals of dates, times and durations to values with the partial order of Part 2, sections 3.2.6 to
//! 3.2.14. Facets are not handled.

use std::cmp::Ordering;

use crate::Builtin;

/// A point on a time line: the seconds since 2000-01-01T00:00:00 with a fraction. It records whether the offset
/// from UTC is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instant {
    seconds: i128,
    fraction: String,
    zoned: bool,
}

/// A duration in months and seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    months: i128,
    seconds: i128,
    /// The digits after the point, without trailing zeros. They have the sign of the whole.
    fraction: String,
    negative: bool,
}

/// Fourteen hours in seconds, the maximum of an unknown offset.
const ZONE: i128 = 14 * 3600;

impl Instant {
    /// Parses a literal of a date or time type; missing fields are taken from 2000-01-01T00:00:00.
    pub fn parse(kind: Builtin, text: &str) -> Option<Instant> {
        let Fields { year, month, day, seconds, fraction, zone } = fields(kind, text)?;
        let days = days_from_epoch(year, month) + i128::from(day) - 1;
        let mut seconds = days * 86400 + i128::from(seconds) - i128::from(zone.unwrap_or(0)) * 60;
        if kind == Builtin::Time {
            // A time of day wraps around: 24:00:00 is midnight, and offsets stay within one day.
            seconds = if zone.is_some() { seconds } else { seconds.rem_euclid(86400) };
        }
        Some(Instant { seconds, fraction: fraction.trim_end_matches('0').to_owned(), zoned: zone.is_some() })
    }

    /// Returns a text that is the same for equal instants only.
    pub fn key(&self) -> String {
        format!("{}.{}{}", self.seconds, self.fraction, if self.zoned { "Z" } else { "" })
    }

    /// Compares two instants by the partial order of dateTime (section 3.2.7.4).
    pub fn compare(&self, other: &Instant) -> Option<Ordering> {
        let plain = |shift: i128| (self.seconds + shift).cmp(&other.seconds).then_with(|| self.fraction.cmp(&other.fraction));
        if self.zoned == other.zoned {
            return Some(plain(0));
        }
        match (plain(-ZONE), plain(ZONE)) {
            (a, b) if a == b && a != Ordering::Equal => Some(a),
            _ => None,
        }
    }
}

/// The fields of a literal of a date or time type. Fields that the type does not have are taken from
/// 2000-01-01T00:00:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields<'t> {
    /// The year as in ISO 8601, where the year 0 precedes the year 1; XML Schema 1.0 writes it as `-0001`.
    pub year: i128,
    /// The month, 1 to 12.
    pub month: u32,
    /// The day, 1 to 31.
    pub day: u32,
    /// The seconds since midnight; 86400 for `24:00:00`.
    pub seconds: u32,
    /// The digits of the fraction of a second, as written.
    pub fraction: &'t str,
    /// The offset from UTC in minutes, if the literal has one.
    pub zone: Option<i32>,
}

/// Returns whether a text is a literal of a date or time type.
pub fn is_instant(kind: Builtin, text: &str) -> bool {
    fields(kind, text).is_some()
}

/// Returns the fields of a literal of a date or time type, or `None` if the text is not a literal.
pub fn fields(kind: Builtin, text: &str) -> Option<Fields<'_>> {
    let (body, zone) = split_zone(text)?;
    let mut time = (0, "");
    let (year, month, day) = match kind {
        Builtin::DateTime => {
            let at = body.bytes().position(|byte| byte == b'T')?;
            time = time_fields(body.get(at + 1..)?)?;
            date_fields(body.get(..at)?)?
        }
        Builtin::Date => date_fields(body)?,
        Builtin::Time => {
            time = time_fields(body)?;
            (2000, 1, 1)
        }
        Builtin::GYearMonth => {
            let (year, month) = split_back(body)?;
            (self::year(year)?, month, 1)
        }
        Builtin::GYear => (year(body)?, 1, 1),
        Builtin::GMonthDay => {
            let (month, day) = split_back(body.strip_prefix("--")?)?;
            (2000, two(month.as_bytes())?, day)
        }
        Builtin::GDay => (2000, 1, two(body.strip_prefix("---")?.as_bytes())?),
        Builtin::GMonth => (2000, two(body.strip_prefix("--")?.as_bytes())?, 1),
        _ => return None,
    };
    let exists = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    let (seconds, fraction) = time;
    exists.then_some(Fields { year, month, day, seconds, fraction, zone })
}

/// Splits off the offset from UTC and returns it in minutes, if there is one.
fn split_zone(text: &str) -> Option<(&str, Option<i32>)> {
    if let Some(body) = text.strip_suffix('Z') {
        return Some((body, Some(0)));
    }
    let at = text.len().checked_sub(6);
    let Some((body, zone)) = at.and_then(|at| text.split_at_checked(at)) else { return Some((text, None)) };
    let sign = match zone.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return Some((text, None)),
    };
    let [_, h1, h2, b':', m1, m2] = zone.as_bytes() else { return Some((text, None)) };
    let (hours, minutes) = (two(&[*h1, *h2])? as i32, two(&[*m1, *m2])? as i32);
    let valid = minutes < 60 && (hours < 14 || (hours == 14 && minutes == 0));
    valid.then_some((body, Some(sign * (hours * 60 + minutes))))
}

/// Parses two digits.
fn two(text: &[u8]) -> Option<u32> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(u32::from(tens - b'0') * 10 + u32::from(ones - b'0')),
        _ => None,
    }
}

/// Splits off a hyphen and two digits at the end. Returns the text before them, and the number.
fn split_back(text: &str) -> Option<(&str, u32)> {
    let (before, end) = text.split_at_checked(text.len().checked_sub(3)?)?;
    match end.as_bytes() {
        [b'-', digits @ ..] => Some((before, two(digits)?)),
        _ => None,
    }
}

/// Parses a year: four digits or more, without superfluous zeros, and not the year 0.
fn year(text: &str) -> Option<i128> {
    if let [a, b, c, d] = text.as_bytes()
        && let (Some(century), Some(year)) = (two(&[*a, *b]), two(&[*c, *d]))
    {
        return (century + year > 0).then(|| (century * 100 + year).into());
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || (digits.len() > 4 && digits.starts_with('0')) || digits.bytes().all(|b| b == b'0') {
        return None;
    }
    let value = number(digits);
    // XML Schema 1.0 has no year 0: -0001 is the year before 0001.
    Some(if text.starts_with('-') { 1 - value } else { value })
}

fn date_fields(text: &str) -> Option<(i128, u32, u32)> {
    let (rest, day) = split_back(text)?;
    let (year, month) = split_back(rest)?;
    Some((self::year(year)?, month, day))
}

/// Returns the seconds since midnight, and the digits after the point.
fn time_fields(text: &str) -> Option<(u32, &str)> {
    let (whole, rest) = text.split_at_checked(8)?;
    let [h @ .., b':', m1, m2, b':', s1, s2] = whole.as_bytes() else { return None };
    let (hours, minutes, seconds) = (two(h)?, two(&[*m1, *m2])?, two(&[*s1, *s2])?);
    let fraction = rest.strip_prefix('.').unwrap_or_default();
    let pointed = rest.is_empty() || !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    let end = hours == 24 && minutes == 0 && seconds == 0 && fraction.bytes().all(|b| b == b'0');
    let valid = pointed && (hours < 24 || end) && minutes < 60 && seconds < 60;
    valid.then_some((hours * 3600 + minutes * 60 + seconds, fraction))
}

fn is_leap(year: i128) -> bool {
    // The calendar repeats every four hundred years, and division of a 128-bit number is slow.
    let year = match i32::try_from(year) {
        Ok(year) => year,
        Err(_) => (year % 400) as i32,
    };
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub(crate) fn days_in_month(year: i128, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the days from 2000-01-01 to the first day of a month.
fn days_from_epoch(year: i128, month: u32) -> i128 {
    let before = year - 1;
    let leaps = |y: i128| y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400);
    let years = (year - 2000) * 365 + leaps(before) - leaps(1999);
    years + (1..month).map(|m| i128::from(days_in_month(year, m))).sum::<i128>()
}

/// The numbers of a duration literal as written, without the sign. A number of more than 21 digits is replaced
/// by one of 22 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'t> {
    /// Whether the literal starts with `-`.
    pub negative: bool,
    /// The years, `nY`.
    pub years: i128,
    /// The months, `nM` before the `T`.
    pub months: i128,
    /// The days, `nD`.
    pub days: i128,
    /// The hours, `nH`.
    pub hours: i128,
    /// The minutes, `nM` after the `T`.
    pub minutes: i128,
    /// The seconds, `nS`.
    pub seconds: i128,
    /// The digits of the fraction of a second, as written.
    pub fraction: &'t str,
}

impl Duration {
    /// Parses `-?PnYnMnDTnHnMnS` (section 3.2.6).
    pub fn parse(text: &str) -> Option<Duration> {
        let Parts { negative, years, months, days, hours, minutes, seconds, fraction } = parts(text)?;
        let seconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
        Some(Duration { months: years * 12 + months, seconds, fraction: fraction.trim_end_matches('0').to_owned(), negative })
    }

    /// Returns a text that is the same for equal durations only.
    pub fn key(&self) -> String {
        let zero = self.months == 0 && self.seconds == 0 && self.fraction.is_empty();
        let sign = if self.negative && !zero { "-" } else { "" };
        format!("{sign}{}M{}.{}", self.months, self.seconds, self.fraction)
    }

    /// Compares two durations by their partial order (section 3.2.6.2): each is added to four instants, and all
    /// four results must agree.
    pub fn compare(&self, other: &Duration) -> Option<Ordering> {
        const STARTS: [(i128, u32); 4] = [(1696, 9), (1697, 2), (1903, 3), (1903, 7)];
        let mut found = None;
        for (year, month) in STARTS {
            let order = self.after(year, month).cmp(&other.after(year, month)).then_with(|| self.fraction_order(other));
            if found.is_some_and(|f| f != order) {
                return None;
            }
            found = Some(order);
        }
        found
    }

    /// Returns the seconds to the end of the duration if it starts at the beginning of a month, without the
    /// fraction.
    fn after(&self, year: i128, month: u32) -> i128 {
        let sign = if self.negative { -1 } else { 1 };
        let months = year * 12 + i128::from(month) - 1 + sign * self.months;
        let end_month = u32::try_from(months.rem_euclid(12)).unwrap_or(0) + 1;
        let days = days_from_epoch(months.div_euclid(12), end_month);
        days * 86400 + sign * self.seconds
    }

    fn fraction_order(&self, other: &Duration) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.fraction.cmp(&other.fraction),
            (true, true) => other.fraction.cmp(&self.fraction),
            _ if self.fraction.is_empty() && other.fraction.is_empty() => Ordering::Equal,
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

/// Returns the numbers of a duration literal, `-?PnYnMnDTnHnMnS`, or `None` if the text is not a literal.
pub fn parts(text: &str) -> Option<Parts<'_>> {
    let negative = text.starts_with('-');
    let body = text.strip_prefix('-').unwrap_or(text).strip_prefix('P')?;
    let (date, time) = match body.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (body, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let [years, months, days] = numbers(date, ['Y', 'M', 'D'])?;
    let (time, last, fraction) = match time.split_once('.') {
        // The last number is the one before the point.
        Some((whole, fraction)) => {
            let digits = fraction.strip_suffix('S')?;
            let start = whole.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
            let (rest, last) = whole.split_at_checked(start)?;
            let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && !last.is_empty();
            valid.then_some((rest, Some(number(last)), digits))?
        }
        None => (time, None, ""),
    };
    let [hours, minutes, seconds] = numbers(time, ['H', 'M', 'S'])?;
    if last.is_some() && time.ends_with('S') {
        return None;
    }
    let seconds = last.unwrap_or(seconds);
    Some(Parts { negative, years, months, days, hours, minutes, seconds, fraction })
}

/// Parses digits to a number. Larger numbers are replaced by the largest one that the arithmetic here can
/// handle without overflow.
fn number(digits: &str) -> i128 {
    digits.parse::<i64>().map_or_else(|_| digits.parse().unwrap_or(i128::MAX).min(1_000_000_000_000_000_000_000), i128::from)
}

/// Parses a text such as `1Y2M3D`: each unit occurs at most once and in this order.
fn numbers(text: &str, units: [char; 3]) -> Option<[i128; 3]> {
    let mut out = [0; 3];
    let mut rest = text;
    for (slot, unit) in out.iter_mut().zip(units) {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at_checked(digits)?;
        if let Some(tail) = tail.strip_prefix(unit) {
            if number.is_empty() {
                return None;
            }
            *slot = self::number(number);
            rest = tail;
        }
    }
    rest.is_empty().then_some(out)
}

#[cfg(test)]
mod tests;
