//! Tests the Rust types of the built-in datatypes: nothing is lost, and values compare as XML Schema Part 2 specifies.
#![allow(clippy::unwrap_used, clippy::panic)] // a failed test panics

use std::cmp::Ordering;

use xsdgen_codec::{Date, DateTime, Decimal, Duration, Integer, QName, Time};

#[test]
fn literals_are_kept_and_values_are_compared() {
    let (one, same): (Decimal, Decimal) = ("1.50".parse().unwrap(), "+1.5".parse().unwrap());
    assert_eq!((one.to_string().as_str(), &one), ("1.50", &same));
    assert!("1e3".parse::<Decimal>().is_err() && Decimal::from(7) > "-7.25".parse().unwrap());
    let noon: DateTime = "2001-02-03T12:00:00+01:00".parse().unwrap();
    assert_eq!(noon, " 2001-02-03T11:00:00Z ".parse().unwrap());
    assert_eq!(noon.partial_cmp(&"2001-02-03T11:30:00".parse().unwrap()), None, "no offset is known");
    assert_eq!("P1Y".parse::<Duration>().unwrap().partial_cmp(&"P364D".parse().unwrap()), Some(Ordering::Greater));
    assert!("2001-02-29".parse::<Date>().is_err() && "24:00:00".parse::<Time>().is_ok());
}

#[test]
fn integers_have_any_size() {
    let large: Integer = "+0012345678901234567890".parse().unwrap();
    assert_eq!(large.to_string(), "12345678901234567890");
    assert_eq!(large, Integer::from(12_345_678_901_234_567_890_u64));
    assert_eq!(u64::try_from(&large), Ok(12_345_678_901_234_567_890));
    assert!(
        i64::try_from(&large).is_err()
            && Integer::from(-1) < Integer::from(0)
            && Integer::from(u64::MAX) < large.to_string().replace('1', "9").parse().unwrap()
    );
    assert!("1.0".parse::<Integer>().is_err() && "".parse::<Integer>().is_err() && "-".parse::<Integer>().is_err());
}

#[test]
fn names_are_equal_by_namespace() {
    assert_eq!(QName::new("urn:a", "x").with_prefix("a"), QName::new("urn:a", "x").with_prefix("b"));
    assert_ne!(QName::new("urn:a", "x"), QName::new("", "x"));
}
