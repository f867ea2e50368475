//! Tests conversions to and from types of other crates: they are exact, or return an error with a reason, and never round or return an
//! empty value.
#![allow(clippy::unwrap_used, clippy::panic)] // a failed test panics

#[cfg(feature = "jiff")]
mod of_jiff {
    use jiff::{SignedDuration, Span, Timestamp, civil};
    use xsdgen_codec::{Date, DateTime, Duration, Time};

    /// Converts a literal to the other type and back, or returns the error message.
    macro_rules! both_ways {
        ($Ours:ty, $theirs:ty, $literal:expr) => {{
            let literal: $Ours = $literal.parse().unwrap();
            <$theirs>::try_from(&literal).map(|value| <$Ours>::from(value).to_string()).map_err(|error| error.to_string())
        }};
    }

    fn refused(result: Result<String, String>, words: &str) {
        let message = result.unwrap_err();
        assert!(message.contains(words), "{message}");
    }

    #[test]
    fn timestamps() {
        for (literal, back) in [
            ("2001-02-03T12:00:00.5+01:00", "2001-02-03T11:00:00.5Z"),
            ("2001-02-03T12:00:00.123456789000+14:00", "2001-02-02T22:00:00.123456789Z"),
            ("2001-12-31T24:00:00-14:00", "2002-01-01T14:00:00Z"),
            ("-0001-12-31T23:59:59Z", "-0001-12-31T23:59:59Z"),
            ("-9000-02-28T00:00:00Z", "-9000-02-28T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(both_ways!(DateTime, Timestamp, literal).as_deref(), Ok(back), "{literal}");
        }
        refused(both_ways!(DateTime, Timestamp, "2001-02-03T12:00:00"), "no offset from UTC");
        refused(both_ways!(DateTime, Timestamp, "2001-02-03T12:00:00.1234567891Z"), "finer than nanoseconds");
        refused(both_ways!(DateTime, Timestamp, "10000-01-01T00:00:00Z"), "beyond the years");
        refused(both_ways!(DateTime, Timestamp, "123456789012345678901234567890-01-01T00:00:00Z"), "beyond the years");
        assert_eq!(DateTime::from(Timestamp::MIN).as_str(), "-10000-01-02T01:59:59Z");
        assert_eq!(DateTime::from(Timestamp::MAX).as_str(), "9999-12-30T22:00:00.999999999Z");
        let first = "0000-12-31T23:59:59Z".parse::<Timestamp>().unwrap();
        assert_eq!(DateTime::from(first).as_str(), "-0001-12-31T23:59:59Z", "XML Schema 1.0 has no year 0");
        assert!("2001-06-30T23:59:60Z".parse::<DateTime>().is_err(), "nor has it leap seconds");
    }

    #[test]
    fn civil_dates_and_times() {
        let same = |literal: &str, back: &str| {
            assert_eq!(both_ways!(DateTime, civil::DateTime, literal).as_deref(), Ok(back));
        };
        same("2001-02-03T12:00:00", "2001-02-03T12:00:00");
        same("2000-02-28T24:00:00", "2000-02-29T00:00:00");
        same("-0005-02-29T00:00:00.000000001", "-0005-02-29T00:00:00.000000001");
        for offset in ["Z", "+01:00", "-14:00"] {
            refused(both_ways!(DateTime, civil::DateTime, format!("2001-02-03T12:00:00{offset}")), "offset from UTC");
            refused(both_ways!(Date, civil::Date, format!("2001-02-03{offset}")), "offset from UTC");
            refused(both_ways!(Time, civil::Time, format!("12:00:00{offset}")), "offset from UTC");
        }
        refused(both_ways!(DateTime, civil::DateTime, "9999-12-31T24:00:00"), "");
        assert_eq!(both_ways!(Date, civil::Date, "-9998-12-31").as_deref(), Ok("-9998-12-31"));
        assert_eq!(both_ways!(Date, civil::Date, "-10000-01-01").as_deref(), Ok("-10000-01-01"), "the year -9999 of jiff");
        refused(both_ways!(Date, civil::Date, "-10001-12-31"), "beyond the years");
        refused(both_ways!(Date, civil::Date, "12001-12-31"), "beyond the years");
        assert_eq!(both_ways!(Time, civil::Time, "23:59:59.1230").as_deref(), Ok("23:59:59.123"));
        assert_eq!(both_ways!(Time, civil::Time, "24:00:00").as_deref(), Ok("00:00:00"), "one value in two literals");
        refused(both_ways!(Time, civil::Time, "12:00:00.0000000001"), "finer than nanoseconds");
        assert_eq!(Date::from(civil::Date::MIN).as_str(), "-10000-01-01");
        assert_eq!(DateTime::from(civil::DateTime::MAX).as_str(), "9999-12-31T23:59:59.999999999");
    }

    #[test]
    fn absent_values_do_not_convert() {
        assert!(Timestamp::try_from(&DateTime::default()).is_err());
        assert!(civil::Time::try_from(&Time::default()).is_err());
        assert!(Span::try_from(&Duration::default()).is_err());
    }

    #[test]
    fn spans() {
        for (span, literal) in [
            (Span::new().weeks(2), "P14D"),
            (Span::new().weeks(1).days(3).hours(25), "P10DT25H"),
            (Span::new().years(1).months(14), "P1Y14M"),
            (Span::new().minutes(90).seconds(-0), "PT90M"),
            (Span::new().years(-1).weeks(-1).milliseconds(-1500), "-P1Y7DT1.5S"),
            (Span::new().seconds(1).milliseconds(1001).microseconds(1).nanoseconds(1), "PT2.001001001S"),
            (Span::new().nanoseconds(1), "PT0.000000001S"),
            (Span::new().milliseconds(i64::from(i32::MAX) * 1000), "PT2147483647S"),
            (Span::new(), "PT0S"),
        ] {
            let ours = Duration::from(span);
            assert_eq!(ours.as_str(), literal);
            assert!(literal.parse::<Duration>().is_ok());
            let back = Span::try_from(&ours).unwrap();
            assert_eq!(Duration::from(back).as_str(), literal, "and back");
        }
    }

    #[test]
    fn durations() {
        for literal in ["P1Y2M3DT4H5M6S", "-P1Y", "P400M", "PT36H", "-PT0.000000001S", "P1DT1M", "P19998Y"] {
            assert_eq!(both_ways!(Duration, Span, literal).as_deref(), Ok(literal));
        }
        assert_eq!(both_ways!(Duration, Span, "P0Y0DT0.50000000000S").as_deref(), Ok("PT0.5S"));
        assert_eq!(both_ways!(Duration, Span, "-P0D").as_deref(), Ok("PT0S"));
        refused(both_ways!(Duration, Span, "PT0.0000000001S"), "finer than nanoseconds");
        assert!(both_ways!(Duration, Span, "P20000Y").is_err());
        refused(both_ways!(Duration, Span, "PT99999999999999999999999S"), "too large");
        assert_eq!(both_ways!(Duration, SignedDuration, "-P1DT1.5S").as_deref(), Ok("-PT86401.5S"));
        assert_eq!(both_ways!(Duration, SignedDuration, "P0Y0M").as_deref(), Ok("PT0S"));
        refused(both_ways!(Duration, SignedDuration, "P1M"), "years or months");
        refused(both_ways!(Duration, SignedDuration, "P999999999999999999D"), "too long");
        assert_eq!(Duration::from(SignedDuration::MIN).as_str(), "-PT9223372036854775808.999999999S");
    }
}

#[cfg(feature = "num-bigint")]
#[test]
fn num_bigint_converts() {
    use num_bigint::{BigInt, BigUint};
    use xsdgen_codec::Integer;

    for literal in ["-123456789012345678901234567890", "5", "-9223372036854775808", "9223372036854775808", "0"] {
        let ours: Integer = literal.parse().unwrap();
        assert_eq!(Integer::from(BigInt::from(&ours)), ours);
        assert_eq!(BigInt::from(&ours).to_string(), literal);
        assert_eq!(
            BigUint::try_from(&ours).map(|value| Integer::from(value).to_string()).ok().as_deref(),
            Some(literal).filter(|it| !it.starts_with('-'))
        );
    }
}

#[cfg(feature = "rust_decimal")]
#[test]
fn rust_decimal_converts() {
    use xsdgen_codec::Decimal;

    for (literal, back) in [
        ("+12.50", "12.50"),
        ("-.5", "-0.5"),
        ("7.", "7"),
        ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("1.00000000000000000000000000000000000000000", "1"),
        ("000000000000000000000000000000000000000001.5", "1.5"),
    ] {
        let ours: Decimal = literal.parse().unwrap();
        let theirs = rust_decimal::Decimal::try_from(&ours).unwrap_or_else(|error| panic!("{literal}: {error}"));
        assert_eq!(Decimal::from(theirs).as_str(), back);
        assert_eq!(Decimal::from(theirs), ours);
    }
    for literal in ["0.1234567890123456789012345678901", "79228162514264337593543950336", "1e3"] {
        assert!(
            !literal.parse::<Decimal>().is_ok_and(|ours| rust_decimal::Decimal::try_from(&ours).is_ok()),
            "nothing is rounded: {literal}"
        );
    }
    assert!(rust_decimal::Decimal::try_from(&Decimal::default()).is_err());
}
