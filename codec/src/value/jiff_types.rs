//! Converts between the date, time and duration types of this crate and those of the crate jiff. Each
//! conversion is exact or fails.
//!
//! The types of jiff hold fewer values than those of XML Schema: years from -9999 to 9999, fractions down to
//! nanoseconds, and no offset from UTC in civil dates and times. Years before the year 1 are numbered
//! differently: the year -0001 of XML Schema 1.0 is the year 0 of jiff.

use std::fmt::Write as _;

use jiff::civil::{self, Time as CivilTime};
use jiff::tz::Offset;
use jiff::{Error, SignedDuration, Span, Timestamp};
use xsdgen_datatypes::calendar::{self, Fields, Parts};

use super::{Date, DateTime, Duration, Time};
use crate::simple::Builtin;

#[cold]
fn refused(literal: &str, why: &str) -> Error {
    Error::from_args(format_args!("`{literal}` {why}"))
}

/// Splits a literal into its fields.
fn fields(builtin: Builtin, literal: &str) -> Result<Fields<'_>, Error> {
    calendar::fields(builtin, literal).ok_or_else(|| refused(literal, "was never set"))
}

/// Returns an error if there is an offset from UTC, which a civil date or time cannot hold.
fn no_offset(fields: &Fields<'_>, literal: &str) -> Result<(), Error> {
    match fields.zone {
        None => Ok(()),
        Some(_) => Err(refused(literal, "has an offset from UTC, which a civil date or time cannot hold")),
    }
}

/// Converts the digits of a fraction of a second to nanoseconds. Zeros after the ninth digit are ignored.
fn nanoseconds(fraction: &str, literal: &str) -> Result<i32, Error> {
    let digits = fraction.trim_end_matches('0');
    format!("{digits:0<9}").parse().ok().filter(|_| digits.len() <= 9).ok_or_else(|| refused(literal, "is finer than nanoseconds"))
}

fn date(fields: &Fields<'_>, literal: &str) -> Result<civil::Date, Error> {
    let made = || civil::Date::new(fields.year.try_into().ok()?, fields.month.try_into().ok()?, fields.day.try_into().ok()?).ok();
    made().ok_or_else(|| refused(literal, "is beyond the years -9999 to 9999"))
}

/// Returns the time of day; `24:00:00` becomes midnight.
fn time(fields: &Fields<'_>, literal: &str) -> Result<CivilTime, Error> {
    let seconds = fields.seconds % 86400;
    let part = |number: u32| i8::try_from(number).unwrap_or_default();
    CivilTime::new(part(seconds / 3600), part(seconds / 60 % 60), part(seconds % 60), nanoseconds(fields.fraction, literal)?)
}

/// Returns the date and time of day; `24:00:00` becomes midnight of the next day.
fn date_time(fields: &Fields<'_>, literal: &str) -> Result<civil::DateTime, Error> {
    let date = date(fields, literal)?;
    let date = if fields.seconds == 86400 { date.tomorrow()? } else { date };
    Ok(date.to_datetime(time(fields, literal)?))
}

fn write_date(out: &mut String, date: civil::Date) {
    // There is no year 0 in XML Schema 1.0: the year before 0001 is -0001.
    let year = i32::from(date.year());
    let (sign, year) = if year < 1 { ("-", 1 - year) } else { ("", year) };
    let _ = write!(out, "{sign}{year:04}-{:02}-{:02}", date.month(), date.day());
}

fn write_time(out: &mut String, time: CivilTime) {
    let _ = write!(out, "{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
    write_fraction(out, time.subsec_nanosecond().unsigned_abs());
}

fn write_fraction(out: &mut String, nanoseconds: u32) {
    if nanoseconds > 0 {
        out.push('.');
        out.push_str(format!("{nanoseconds:09}").trim_end_matches('0'));
    }
}

fn text_of(date: Option<civil::Date>, time: Option<CivilTime>) -> String {
    let mut out = String::new();
    if let Some(date) = date {
        write_date(&mut out, date);
    }
    if date.is_some() && time.is_some() {
        out.push('T');
    }
    if let Some(time) = time {
        write_time(&mut out, time);
    }
    out
}

impl From<Timestamp> for DateTime {
    /// Converts the timestamp to a date and time in UTC.
    fn from(moment: Timestamp) -> Self {
        let utc = Offset::UTC.to_datetime(moment);
        Self::of_literal(text_of(Some(utc.date()), Some(utc.time())) + "Z")
    }
}

impl TryFrom<&DateTime> for Timestamp {
    type Error = Error;

    /// # Errors
    /// Fails if the value has no offset from UTC and so is not an instant, if it is finer than nanoseconds, or
    /// if it is outside the range of the type.
    fn try_from(value: &DateTime) -> Result<Self, Error> {
        let literal = value.as_str();
        let fields = fields(Builtin::DateTime, literal)?;
        let minutes = fields.zone.ok_or_else(|| refused(literal, "has no offset from UTC, so that it is not a point in time"))?;
        Offset::from_seconds(minutes * 60)?.to_timestamp(date_time(&fields, literal)?)
    }
}

impl From<civil::DateTime> for DateTime {
    fn from(value: civil::DateTime) -> Self {
        Self::of_literal(text_of(Some(value.date()), Some(value.time())))
    }
}

impl TryFrom<&DateTime> for civil::DateTime {
    type Error = Error;

    /// # Errors
    /// Fails if the value has an offset from UTC, is finer than nanoseconds, or is outside the range of the
    /// type.
    fn try_from(value: &DateTime) -> Result<Self, Error> {
        let literal = value.as_str();
        let fields = fields(Builtin::DateTime, literal)?;
        no_offset(&fields, literal)?;
        date_time(&fields, literal)
    }
}

impl From<civil::Date> for Date {
    fn from(value: civil::Date) -> Self {
        Self::of_literal(text_of(Some(value), None))
    }
}

impl TryFrom<&Date> for civil::Date {
    type Error = Error;

    /// # Errors
    /// Fails if the date has an offset from UTC or is outside the range of the type.
    fn try_from(value: &Date) -> Result<Self, Error> {
        let literal = value.as_str();
        let fields = fields(Builtin::Date, literal)?;
        no_offset(&fields, literal)?;
        date(&fields, literal)
    }
}

impl From<CivilTime> for Time {
    fn from(value: CivilTime) -> Self {
        Self::of_literal(text_of(None, Some(value)))
    }
}

impl TryFrom<&Time> for CivilTime {
    type Error = Error;

    /// # Errors
    /// Fails if the time has an offset from UTC or is finer than nanoseconds.
    fn try_from(value: &Time) -> Result<Self, Error> {
        let literal = value.as_str();
        let fields = fields(Builtin::Time, literal)?;
        no_offset(&fields, literal)?;
        time(&fields, literal)
    }
}

impl From<Span> for Duration {
    /// Converts a span to a duration. Weeks become days, and units below a second become the fraction of the
    /// seconds.
    fn from(span: Span) -> Self {
        let days = 7 * i64::from(span.get_weeks()) + i64::from(span.get_days());
        let fine = [(span.get_milliseconds(), 1_000_000), (span.get_microseconds(), 1000), (span.get_nanoseconds(), 1)];
        let nanoseconds: i128 = fine.iter().map(|(count, unit)| i128::from(*count) * unit).sum();
        let seconds = i128::from(span.get_seconds()) * 1_000_000_000 + nanoseconds;
        let dates = [(span.get_years().into(), 'Y'), (span.get_months().into(), 'M'), (days, 'D')];
        let times = [(span.get_hours().into(), 'H'), (span.get_minutes(), 'M')];
        Self::of_literal(duration(span.is_negative(), &dates, &times, seconds.unsigned_abs()))
    }
}

impl From<SignedDuration> for Duration {
    /// Converts the duration to seconds, such as `PT90S`.
    fn from(value: SignedDuration) -> Self {
        Self::of_literal(duration(value.is_negative(), &[], &[], value.as_nanos().unsigned_abs()))
    }
}

/// Builds the literal of a duration whose numbers all have the same sign.
fn duration(negative: bool, dates: &[(i64, char)], times: &[(i64, char)], nanoseconds: u128) -> String {
    let mut out = if negative { "-P" } else { "P" }.to_owned();
    let put = |out: &mut String, numbers: &[(i64, char)]| {
        for (number, unit) in numbers.iter().filter(|(number, _)| *number != 0) {
            let _ = write!(out, "{}{unit}", number.unsigned_abs());
        }
    };
    put(&mut out, dates);
    let bare = out.ends_with('P');
    out.push('T');
    put(&mut out, times);
    if nanoseconds > 0 || bare && out.ends_with('T') {
        let _ = write!(out, "{}", nanoseconds / 1_000_000_000);
        write_fraction(&mut out, (nanoseconds % 1_000_000_000) as u32);
        out.push('S');
    }
    if out.ends_with('T') {
        out.pop();
    }
    out
}

/// Returns the numbers of a literal and its fraction of a second in nanoseconds.
fn parts(value: &Duration) -> Result<(Parts<'_>, i32), Error> {
    let literal = value.as_str();
    let parts = calendar::parts(literal).ok_or_else(|| refused(literal, "was never set"))?;
    Ok((parts, nanoseconds(parts.fraction, literal)?))
}

impl TryFrom<&Duration> for Span {
    type Error = Error;

    /// Converts each number to the unit of the same name.
    ///
    /// # Errors
    /// Fails if a number is outside the range that the type allows for its unit, or if the duration is finer
    /// than nanoseconds.
    fn try_from(value: &Duration) -> Result<Self, Error> {
        let (parts, nanoseconds) = parts(value)?;
        let number = |number: i128| i64::try_from(number).map_err(|_| refused(value.as_str(), "has a number that is too large"));
        let span = Self::new()
            .try_years(number(parts.years)?)?
            .try_months(number(parts.months)?)?
            .try_days(number(parts.days)?)?
            .try_hours(number(parts.hours)?)?
            .try_minutes(number(parts.minutes)?)?
            .try_seconds(number(parts.seconds)?)?
            .try_milliseconds(nanoseconds / 1_000_000)?
            .try_microseconds(nanoseconds / 1000 % 1000)?
            .try_nanoseconds(nanoseconds % 1000)?;
        Ok(if parts.negative { span.negate() } else { span })
    }
}

impl TryFrom<&Duration> for SignedDuration {
    type Error = Error;

    /// # Errors
    /// Fails if the duration has years or months, whose length in seconds is not known, if it is finer than
    /// nanoseconds, or if it is too long.
    fn try_from(value: &Duration) -> Result<Self, Error> {
        let (parts, nanoseconds) = parts(value)?;
        if parts.years != 0 || parts.months != 0 {
            return Err(refused(value.as_str(), "has years or months, whose length in seconds is not known"));
        }
        let seconds = ((parts.days * 24 + parts.hours) * 60 + parts.minutes) * 60 + parts.seconds;
        let sign = if parts.negative { -1 } else { 1 };
        let seconds = i64::try_from(sign * seconds).map_err(|_| refused(value.as_str(), "is too long"))?;
        Ok(Self::new(seconds, sign as i32 * nanoseconds))
    }
}
