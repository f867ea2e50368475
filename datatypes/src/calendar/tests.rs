//! Tests of dates, times and durations. The seconds and days were computed with Python's `datetime`, years before 1 and after 9999 by shifting them by
//! 400 years, which have 146,097 days. Literals and orders are the examples of Part 2, sections 3.2.6 to 3.2.14.

use super::*;
use Ordering::{Equal, Greater, Less};

fn instant(kind: Builtin, text: &str) -> Option<Instant> {
    Instant::parse(kind, text)
}

/// Returns the year, month, day, seconds since midnight, fraction and offset of a literal.
type Read<'t> = (i128, u32, u32, u32, &'t str, Option<i32>);

fn read(kind: Builtin, text: &str) -> Option<Read<'_>> {
    let Fields { year, month, day, seconds, fraction, zone } = fields(kind, text)?;
    Some((year, month, day, seconds, fraction, zone))
}

#[test]
fn only_days_that_exist_are_dates() {
    let ok = |kind, text| instant(kind, text).is_some();
    assert!(ok(Builtin::Date, "2000-02-29") && !ok(Builtin::Date, "1900-02-29") && !ok(Builtin::Date, "2001-13-01"));
    assert!(ok(Builtin::DateTime, "-0045-01-01T24:00:00.0+14:00") && !ok(Builtin::DateTime, "2000-01-01T24:00:01"));
    assert!(!ok(Builtin::GYear, "0000") && !ok(Builtin::GYear, "99") && ok(Builtin::GYear, "12000Z"));
    assert!(ok(Builtin::GMonthDay, "--02-29") && !ok(Builtin::GMonthDay, "--02-30") && ok(Builtin::GDay, "---31"));
    assert!(!ok(Builtin::Time, "12:00") && !ok(Builtin::Time, "12:00:00+14:30") && ok(Builtin::GMonth, "--12-05:00"));
}

#[test]
fn months_have_their_last_day() {
    for (year, days) in
        [(2001, 28), (2000, 29), (1900, 28), (1600, 29), (2004, 29), (2100, 28), (1800, 28), (2400, 29), (0, 29), (-3, 28), (-4, 29)]
    {
        let last = [31, days, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        assert_eq!((1..=12).map(|month| days_in_month(year, month)).collect::<Vec<_>>(), last, "{year}");
    }
    for (text, exists) in [
        ("2001-01-31", true),
        ("2001-01-32", false),
        ("2001-01-00", false),
        ("2001-00-01", false),
        ("2001-04-30", true),
        ("2001-04-31", false),
        ("2001-12-31", true),
        ("-0001-02-29", true),
        ("-0002-02-29", false),
        ("-0005-02-29", true),
        // Years that do not fit into 32 bits.
        ("4000000002000-02-29", true),
        ("4000000001900-02-29", false),
        ("4000000002004-02-29", true),
        ("4000000002001-02-29", false),
    ] {
        assert_eq!(is_instant(Builtin::Date, text), exists, "{text}");
    }
}

#[test]
fn days_are_counted_from_2000() {
    for (year, days) in [
        (1, [-730_119, -730_088, -730_060, -730_029, -729_999, -729_968, -729_938, -729_907, -729_876, -729_846, -729_815, -729_785]),
        (4, [-729_024, -728_993, -728_964, -728_933, -728_903, -728_872, -728_842, -728_811, -728_780, -728_750, -728_719, -728_689]),
        (1600, [-146_097, -146_066, -146_037, -146_006, -145_976, -145_945, -145_915, -145_884, -145_853, -145_823, -145_792, -145_762]),
        (1700, [-109_572, -109_541, -109_513, -109_482, -109_452, -109_421, -109_391, -109_360, -109_329, -109_299, -109_268, -109_238]),
        (1900, [-36_524, -36_493, -36_465, -36_434, -36_404, -36_373, -36_343, -36_312, -36_281, -36_251, -36_220, -36_190]),
        (1999, [-365, -334, -306, -275, -245, -214, -184, -153, -122, -92, -61, -31]),
        (2000, [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335]),
        (2001, [366, 397, 425, 456, 486, 517, 547, 578, 609, 639, 670, 700]),
        (2100, [36_525, 36_556, 36_584, 36_615, 36_645, 36_676, 36_706, 36_737, 36_768, 36_798, 36_829, 36_859]),
        (
            9999,
            [
                2_921_575, 2_921_606, 2_921_634, 2_921_665, 2_921_695, 2_921_726, 2_921_756, 2_921_787, 2_921_818, 2_921_848, 2_921_879,
                2_921_909,
            ],
        ),
    ] {
        assert_eq!((1..=12).map(|month| days_from_epoch(year, month)).collect::<Vec<_>>(), days, "{year}");
    }
    assert_eq!([0, -400, 12000].map(|year| days_from_epoch(year, 1)), [-730_485, -876_582, 3_652_425]);
}

#[test]
fn instants_are_seconds_from_2000() {
    for (text, seconds) in [
        ("2000-01-01T00:00:00", 0),
        ("1999-12-31T23:59:59", -1),
        ("2000-02-29T12:34:56", 5_142_896),
        ("1900-02-28T23:59:59", -3_150_576_001),
        ("1970-01-01T00:00:00", -946_684_800),
        ("2024-12-31T23:59:59", 789_004_799),
        ("0001-01-01T00:00:00", -63_082_281_600),
        ("9999-12-31T23:59:59", 252_455_615_999),
        ("1582-10-15T00:00:00", -13_165_977_600),
        // The example of section 3.2.7.3: both are the same instant.
        ("2002-10-10T12:00:00-05:00", 87_584_400),
        ("2002-10-10T17:00:00Z", 87_584_400),
        ("2000-01-01T00:30:00+14:00", -48_600),
        ("1999-12-31T23:45:00-13:59", 49_440),
        ("2038-01-19T03:14:08+05:30", 1_200_779_048),
        // Midnight at the end of a day is that of the next day.
        ("1999-12-31T24:00:00", 0),
        ("-0001-03-01T00:00:00", -730_425 * 86400),
        ("-0045-03-15T00:00:00", -746_482 * 86400),
        ("12000-01-01T00:00:00Z", 3_652_425 * 86400),
    ] {
        let read = instant(Builtin::DateTime, text);
        assert_eq!(
            read.map(|it| (it.seconds, it.fraction, it.zoned)),
            Some((seconds, String::new(), text.len() != 19 && !text.starts_with('-'))),
            "{text}"
        );
    }
    let key = |kind, text| instant(kind, text).map(|it| it.key());
    for (kind, text, expected) in [
        (Builtin::DateTime, "2000-01-01T00:00:01.250", "1.25"),
        (Builtin::DateTime, "2000-01-01T00:00:01.000Z", "1.Z"),
        (Builtin::Date, "2000-01-02", "86400."),
        (Builtin::Date, "2000-01-02-01:00", "90000.Z"),
        (Builtin::GYear, "2001", "31622400."),
        (Builtin::GYearMonth, "2000-03", "5184000."),
        (Builtin::GMonthDay, "--03-01", "5184000."),
        (Builtin::GMonth, "--02", "2678400."),
        (Builtin::GDay, "---02", "86400."),
        (Builtin::Time, "00:00:10", "10."),
        // A time of day has no day to carry into.
        (Builtin::Time, "24:00:00", "0."),
        (Builtin::Time, "24:00:00Z", "86400.Z"),
        (Builtin::Time, "00:00:00+01:00", "-3600.Z"),
    ] {
        assert_eq!(key(kind, text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn literals_have_fields() {
    for (kind, text, expected) in [
        (Builtin::DateTime, "1999-05-31T13:20:00.50-05:30", (1999, 5, 31, 48000, "50", Some(-330))),
        (Builtin::DateTime, "-0001-01-02T00:00:00Z", (0, 1, 2, 0, "", Some(0))),
        (Builtin::DateTime, "12345-12-31T23:59:59", (12345, 12, 31, 86399, "", None)),
        (Builtin::Date, "-0100-10-26+00:01", (-99, 10, 26, 0, "", Some(1))),
        (Builtin::Time, "24:00:00.00", (2000, 1, 1, 86400, "00", None)),
        (Builtin::Time, "13:20:07+14:00", (2000, 1, 1, 48007, "", Some(840))),
        (Builtin::Time, "13:20:00-14:00", (2000, 1, 1, 48000, "", Some(-840))),
        (Builtin::GYearMonth, "1999-05", (1999, 5, 1, 0, "", None)),
        (Builtin::GYear, "1999", (1999, 1, 1, 0, "", None)),
        (Builtin::GYear, "0011+13:59", (11, 1, 1, 0, "", Some(839))),
        (Builtin::GYear, "-12345678901234567890", (-12_345_678_901_234_567_889, 1, 1, 0, "", None)),
        (Builtin::GMonthDay, "--05-31", (2000, 5, 31, 0, "", None)),
        (Builtin::GDay, "---31Z", (2000, 1, 31, 0, "", Some(0))),
        (Builtin::GMonth, "--05", (2000, 5, 1, 0, "", None)),
    ] {
        assert_eq!(read(kind, text), Some(expected), "{text}");
    }
}

#[test]
fn other_texts_are_no_literals() {
    for (kind, texts) in [
        (
            Builtin::Time,
            &["12:00:00+14:01", "12:00:00-14:01", "12:00:00+15:00", "12:00:00+13:60", "12:00:00+5:00", "12:00:00+0500", "12:00:00z"][..],
        ),
        (
            Builtin::Time,
            &["24:00:01", "24:01:00", "24:00:00.1", "25:00:00", "23:60:00", "23:59:60", "12:00:00.", "12:00:00.5x", "12:00:00x5"],
        ),
        (
            Builtin::Time,
            &["1:00:00", "12-00-00", "12:00-00", "12:0a:00", "12:00:0", "é2:00:00", "", "Z", "12:00:00*05:00", "12:00:00+05-00"],
        ),
        (Builtin::Date, &["2000-1-01", "2000-01-1", "2000/01/01", "20000101", "02000-01-01", "00000-01-01", "-0000-01-01", "200-01-01"]),
        (
            Builtin::Date,
            &["+2000-01-01", "2000-01-01T00:00:00", "--2000-01-01", "20a0-01-01", "a2000-01-01", "", "-", "01", "-01", "é-01-01"],
        ),
        (
            Builtin::DateTime,
            &["2000-01-01", "2000-01-01 00:00:00", "2000-01-01T", "T00:00:00", "2000-01-01T00:00:00TZ", "2000-01-01t00:00:00"],
        ),
        (Builtin::GYearMonth, &["2000", "2000-13", "2000-00", "2000-1", "2000/01", "--01"]),
        (Builtin::GYear, &["200", "02000", "0000", "-0000", "20 0", "+2000", "2000-01"]),
        (Builtin::GMonthDay, &["--13-01", "--01-32", "--1-01", "-01-01", "01-01", "--02-30", "--0a-01"]),
        (Builtin::GDay, &["---00", "---32", "--01", "---1", "---001"]),
        (Builtin::GMonth, &["--00", "--13", "-01", "--1", "--01--", "--001"]),
        (Builtin::String, &["2000-01-01"]),
    ] {
        for text in texts {
            assert_eq!(read(kind, text), None, "{kind:?} {text}");
        }
    }
}

#[test]
fn order_is_partial() {
    let cmp = |a, b| instant(Builtin::DateTime, a)?.compare(&instant(Builtin::DateTime, b)?);
    for (one, other, order) in [
        // The tables of section 3.2.7.4.
        ("2000-01-15T00:00:00", "2000-02-15T00:00:00", Some(Less)),
        ("2000-01-15T12:00:00", "2000-01-16T12:00:00Z", Some(Less)),
        ("2000-01-01T12:00:00", "1999-12-31T23:00:00Z", None),
        ("2000-01-16T12:00:00", "2000-01-16T12:00:00Z", None),
        ("2000-01-16T00:00:00", "2000-01-16T12:00:00Z", None),
        ("2000-01-01T12:00:00+01:00", "2000-01-01T11:00:00Z", Some(Equal)),
        // An unknown offset is at most fourteen hours.
        ("2000-01-16T00:00:00", "2000-01-15T10:00:00Z", None),
        ("2000-01-16T00:00:00", "2000-01-15T09:59:59Z", Some(Greater)),
        ("2000-01-16T00:00:00", "2000-01-16T14:00:00Z", None),
        ("2000-01-16T00:00:00", "2000-01-16T14:00:01Z", Some(Less)),
        ("2000-01-16T00:00:00.5", "2000-01-16T00:00:00.25", Some(Greater)),
        ("2000-01-16T00:00:00.50", "2000-01-16T00:00:00.5", Some(Equal)),
    ] {
        assert_eq!(cmp(one, other), order, "{one} {other}");
        assert_eq!(cmp(other, one), order.map(Ordering::reverse), "{other} {one}");
    }
}

#[test]
fn durations_have_parts() {
    let read = |text| parts(text).map(|it| (it.negative, [it.years, it.months, it.days, it.hours, it.minutes, it.seconds], it.fraction));
    for (text, negative, numbers, fraction) in [
        ("P1Y2M3DT10H30M", false, [1, 2, 3, 10, 30, 0], ""),
        ("-P120D", true, [0, 0, 120, 0, 0, 0], ""),
        ("P1347Y", false, [1347, 0, 0, 0, 0, 0], ""),
        ("P0Y1347M0D", false, [0, 1347, 0, 0, 0, 0], ""),
        ("P1Y2MT2H", false, [1, 2, 0, 2, 0, 0], ""),
        ("PT5M", false, [0, 0, 0, 0, 5, 0], ""),
        ("PT1H0.250S", false, [0, 0, 0, 1, 0, 0], "250"),
        ("-PT1M12.5S", true, [0, 0, 0, 0, 1, 12], "5"),
        ("P12345678901234567890D", false, [0, 0, 12_345_678_901_234_567_890, 0, 0, 0], ""),
        ("P1000000000000000000001D", false, [0, 0, 1_000_000_000_000_000_000_000, 0, 0, 0], ""),
        ("PT99999999999999999999999999999999999999999S", false, [0, 0, 0, 0, 0, 1_000_000_000_000_000_000_000], ""),
    ] {
        assert_eq!(read(text), Some((negative, numbers, fraction)), "{text}");
    }
    for text in [
        "P", "PT", "-P", "1Y", "P-1347M", "P1Y2MT", "P1M1Y", "P1D1Y", "PY", "PTS", "P1", "PT1", "P1S", "PT1D", "P1YM", "PT1.5M", "PT1.S",
        "PT.5S", "PT1.5", "PT1.5XS", "PT1S2.5S", "PT1S.5S", "P1.5D", "+P1Y", "--P1Y", "P1Y ", "PT1H1H", "P1DT1D", "PT1M1H", "PT1.5S1S",
        "PT1.5.5S", "P1Y1Y", "pT1S", "",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn durations_are_months_and_seconds() {
    let read = |text| Duration::parse(text).map(|it| (it.months, it.seconds, it.fraction, it.negative));
    assert_eq!(read("P1Y2M3DT10H30M15.50S"), Some((14, 297_015, "5".to_owned(), false)));
    assert_eq!(read("-P2Y"), Some((24, 0, String::new(), true)));
    assert_eq!(read("PT1H"), Some((0, 3600, String::new(), false)));
    assert_eq!(read("P2D"), Some((0, 172_800, String::new(), false)));
    assert_eq!(read("PT3M4S"), Some((0, 184, String::new(), false)));
    let key = |text| Duration::parse(text).map(|it| it.key());
    for (text, expected) in [
        ("P1Y", "12M0."),
        ("-P1M", "-1M0."),
        ("-PT1S", "-0M1."),
        ("-PT0.5S", "-0M0.5"),
        ("-PT0.0S", "0M0."),
        ("P0D", "0M0."),
        ("PT1.50S", "0M1.5"),
    ] {
        assert_eq!(key(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn the_order_of_durations_is_partial() {
    let cmp = |a, b| Duration::parse(a)?.compare(&Duration::parse(b)?);
    for (one, other, order) in [
        // The table of section 3.2.6.2.
        ("P1Y", "P364D", Some(Greater)),
        ("P1Y", "P365D", None),
        ("P1Y", "P366D", None),
        ("P1Y", "P367D", Some(Less)),
        ("P1M", "P27D", Some(Greater)),
        ("P1M", "P28D", None),
        ("P1M", "P29D", None),
        ("P1M", "P30D", None),
        ("P1M", "P31D", None),
        ("P1M", "P32D", Some(Less)),
        ("P5M", "P149D", Some(Greater)),
        ("P5M", "P150D", None),
        ("P5M", "P153D", None),
        ("P5M", "P154D", Some(Less)),
        ("PT60S", "PT1M", Some(Equal)),
        ("P1D", "PT24H", Some(Equal)),
        ("P1Y", "P12M", Some(Equal)),
        ("P400Y", "P146097D", Some(Equal)),
        ("-P1M", "P0D", Some(Less)),
        ("-P1Y", "-P364D", Some(Less)),
        ("PT0.00000000000000000001S", "PT0S", Some(Greater)),
        ("-PT1.5S", "-PT1.05S", Some(Less)),
        ("-PT0.5S", "PT0.5S", Some(Less)),
        ("-PT0.5S", "PT0S", Some(Less)),
        ("-PT0S", "PT0.5S", Some(Less)),
        ("-PT0S", "PT0.0S", Some(Equal)),
        ("PT1.5S", "PT1.25S", Some(Greater)),
    ] {
        assert_eq!(cmp(one, other), order, "{one} {other}");
        assert_eq!(cmp(other, one), order.map(Ordering::reverse), "{other} {one}");
    }
}
