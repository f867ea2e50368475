//! Tests of literals and values. The expectations come from Part 2, section 3, for addresses from RFC 2396.

#![allow(clippy::panic, reason = "a failed test panics")]

use super::*;

#[test]
fn keys_are_those_of_equal_values() {
    let key = |kind, text| parse(kind, text, &|_| Some(0)).map(|value| value.key());
    for (kind, one, same, other) in [
        (Builtin::Decimal, "3.0", "+3", "3.1"),
        (Builtin::Float, "-0", "0.0", "1"),
        (Builtin::Double, "1e2", "100", "INF"),
        (Builtin::Duration, "P1Y", "P12M", "P365D"),
        (Builtin::DateTime, "2000-01-01T12:00:00+01:00", "2000-01-01T11:00:00Z", "2000-01-01T11:00:00"),
        (Builtin::HexBinary, "0aff", "0AFF", "0aFE"),
        (Builtin::Boolean, "1", "true", "false"),
    ] {
        assert_eq!(key(kind, one), key(kind, same));
        assert_ne!(key(kind, one), key(kind, other));
    }
    assert_ne!(key(Builtin::String, "1"), key(Builtin::Decimal, "1"));
}

fn ok(kind: Builtin, text: &str) -> bool {
    parse(kind, text, &|p| (p != "q").then_some(0)).is_some()
}

#[test]
fn literals_are_judged_by_their_types() {
    for (kind, good, bad) in [
        (Builtin::Boolean, "1", "TRUE"),
        (Builtin::Float, "-1.5E+3", "1e"),
        (Builtin::Double, "INF", "+INF"),
        (Builtin::Integer, "-007", "1.0"),
        (Builtin::HexBinary, "0aFF", "0aF"),
        (Builtin::Base64Binary, "AA == ", "AB=="),
        (Builtin::QName, "p:a", "q:a"),
        (Builtin::NcName, "a", "a:b"),
        (Builtin::AnyUri, "a b", "%zz"),
    ] {
        assert!(ok(kind, good.trim()), "{good}");
        assert!(!ok(kind, bad), "{bad}");
    }
}

#[test]
fn literals_of_each_kind() {
    let good = |kind, texts: &[&str]| texts.iter().for_each(|text| assert!(is_literal(kind, text), "{kind:?} {text}"));
    let bad = |kind, texts: &[&str]| texts.iter().for_each(|text| assert!(!is_literal(kind, text), "{kind:?} {text}"));
    good(Builtin::Boolean, &["true", "false", "1", "0"]);
    bad(Builtin::Boolean, &["", "True", "2", "yes"]);
    good(Builtin::Double, &["1e+5", "1E-5", "-1.5e0", ".5", "5.", "INF", "-INF", "NaN", "+1", "1e05"]);
    bad(Builtin::Double, &["1e", "e5", "1e5.5", "1e++5", "+INF", "inf", "nan", "-NaN", "1_0", "", ".", "1e+", "0x1", "1e5e5"]);
    good(Builtin::Decimal, &["1", "-1.5", "+.5", "1."]);
    bad(Builtin::Decimal, &["1e1", "INF", "", "-", "1,5", "--1"]);
    good(Builtin::Nmtokens, &["a", "a 1b :c"]);
    bad(Builtin::Nmtokens, &["", "a #", "a  b", " a"]);
    good(Builtin::Idrefs, &["a b"]);
    bad(Builtin::Entities, &["a b:c", ""]);
    good(Builtin::Name, &["a:b", ":a"]);
    bad(Builtin::Name, &["1a", "", "-a"]);
    for kind in [Builtin::NcName, Builtin::Id, Builtin::Idref, Builtin::Entity] {
        good(kind, &["a", "_1"]);
        bad(kind, &["a:b", "1", ""]);
    }
    for kind in [Builtin::QName, Builtin::Notation] {
        good(kind, &["a", "a:b"]);
        bad(kind, &["a:b:c", ":a", "a:", ""]);
    }
    good(Builtin::Language, &["en", "de-CH-1996"]);
    bad(Builtin::Language, &["e1", "", "en_US"]);
    good(Builtin::Duration, &["P1Y"]);
    bad(Builtin::Duration, &["1Y"]);
    good(Builtin::HexBinary, &["0aFF", ""]);
    bad(Builtin::HexBinary, &["0", "0g"]);
    good(Builtin::Base64Binary, &["AQID", ""]);
    bad(Builtin::Base64Binary, &["AQI", "A"]);
    good(Builtin::Date, &["2000-01-31"]);
    bad(Builtin::Date, &["2000-01-32"]);
    good(Builtin::String, &["", "anything"]);
}

#[test]
fn integers_have_bounds_of_any_size() {
    for (kind, good, bad) in [
        (
            Builtin::Integer,
            &["0", "-0", "+5", "99999999999999999999", "-99999999999999999999"][..],
            &["1.0", "", "1e1", "99999999999999999999.0", "a"][..],
        ),
        (Builtin::UnsignedLong, &["18446744073709551615", "0"], &["18446744073709551616", "-1", "-99999999999999999999"]),
        (Builtin::Long, &["9223372036854775807", "-9223372036854775808"], &["9223372036854775808", "-9223372036854775809"]),
        (Builtin::NonNegativeInteger, &["0", "99999999999999999999"], &["-1", "-99999999999999999999"]),
        (Builtin::PositiveInteger, &["1", "99999999999999999999"], &["0", "-99999999999999999999"]),
        (Builtin::NegativeInteger, &["-1", "-99999999999999999999"], &["0", "99999999999999999999"]),
        (Builtin::NonPositiveInteger, &["0", "-99999999999999999999"], &["1", "99999999999999999999"]),
        (Builtin::Byte, &["127", "-128"], &["128", "-129", "99999999999999999999"]),
    ] {
        good.iter().for_each(|text| assert!(is_literal(kind, text), "{kind:?} {text}"));
        bad.iter().for_each(|text| assert!(!is_literal(kind, text), "{kind:?} {text}"));
    }
}

#[test]
fn literals_are_compared_as_values() {
    use Ordering::{Equal, Greater, Less};
    for (kind, one, other, order) in [
        (Builtin::Integer, "99999999999999999999", "1", Some(Some(Greater))),
        (Builtin::Integer, "-99999999999999999999", "1", Some(Some(Less))),
        (Builtin::Int, "007", "7", Some(Some(Equal))),
        (Builtin::Decimal, "1.50", "1.5", Some(Some(Equal))),
        (Builtin::Decimal, "1.25", "1.5", Some(Some(Less))),
        (Builtin::Float, "1.5", "2", Some(Some(Less))),
        (Builtin::Float, "NaN", "2", Some(None)),
        (Builtin::Double, "-0", "0", Some(Some(Equal))),
        (Builtin::Double, "INF", "1e300", Some(Some(Greater))),
        (Builtin::Duration, "P1M", "P30D", Some(None)),
        (Builtin::Date, "2000-01-02", "2000-01-01", Some(Some(Greater))),
        (Builtin::String, "a", "b", Some(None)),
        (Builtin::Integer, "x", "1", None),
        (Builtin::Integer, "1", "x", None),
        (Builtin::Date, "x", "2000-01-01", None),
        (Builtin::Date, "2000-01-01", "x", None),
    ] {
        assert_eq!(compare(kind, one, other), order, "{kind:?} {one} {other}");
    }
}

#[test]
fn equal_values() {
    let value = |kind, text: &str| parse(kind, text, &|_| Some(0)).unwrap_or_else(|| panic!("{text}"));
    for (kind, one, other, equal) in [
        (Builtin::Float, "NaN", "NaN", true),
        (Builtin::Float, "NaN", "1", false),
        (Builtin::Float, "1", "NaN", false),
        (Builtin::Float, "1.0", "1", true),
        (Builtin::Float, "1", "2", false),
        (Builtin::Double, "NaN", "NaN", true),
        (Builtin::Double, "NaN", "1", false),
        (Builtin::Double, "1", "NaN", false),
        (Builtin::Double, "100", "1e2", true),
        (Builtin::Double, "1", "2", false),
        (Builtin::Duration, "P1D", "PT24H", true),
        (Builtin::Duration, "P1M", "P30D", false),
        (Builtin::DateTime, "2000-01-01T12:00:00Z", "2000-01-01T13:00:00+01:00", true),
        (Builtin::DateTime, "2000-01-01T12:00:00Z", "2000-01-01T12:00:00", false),
        (Builtin::Boolean, "1", "true", true),
        (Builtin::Boolean, "0", "true", false),
        (Builtin::QName, "a:b", "c:b", true),
        (Builtin::QName, "a:b", "a:c", false),
        (Builtin::HexBinary, "0a", "0A", true),
        (Builtin::AnyUri, "a", "b", false),
    ] {
        assert_eq!(value(kind, one).equals(&value(kind, other)), equal, "{kind:?} {one} {other}");
    }
    assert!(!value(Builtin::GYear, "2000").equals(&value(Builtin::GYearMonth, "2000-01")), "they are values of different types");
    assert_eq!(value(Builtin::GYear, "2000").compare(&value(Builtin::GYearMonth, "2000-01")), None);
    let list = |items: &[&str]| Value::List(items.iter().map(|text| value(Builtin::Decimal, text)).collect());
    assert!(list(&["1", "2.0"]).equals(&list(&["1.0", "2"])) && list(&[]).equals(&list(&[])));
    assert!(!list(&["1"]).equals(&list(&["1", "2"])) && !list(&["1", "2"]).equals(&list(&["1"])) && !list(&["1"]).equals(&list(&["2"])));
    let keys = [
        list(&["1", "2"]),
        list(&["12"]),
        list(&[]),
        value(Builtin::Decimal, "1"),
        value(Builtin::Float, "1"),
        value(Builtin::Double, "1"),
    ];
    let keys: std::collections::BTreeSet<String> = keys.iter().map(Value::key).collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    assert_eq!(parse(Builtin::QName, "p:b", &|prefix| (prefix == "p").then_some(7)), Some(Value::QName(7, "b".to_owned())));
    assert_eq!(parse(Builtin::QName, "b", &|prefix| prefix.is_empty().then_some(3)), Some(Value::QName(3, "b".to_owned())));
}

#[test]
fn addresses() {
    for good in ["", "a b", "http://example.org/a?b#c", "a+b-c.1:d", "%41", "a%4a", "/a:b", "?a:", "#a:b", "a#b", "urn:x", "é"] {
        assert!(is_any_uri(good), "{good}");
    }
    for bad in ["%", "%4", "%4g", "%g4", "a%", "a%4", ":a", "1a:b", "a_b:c", "a:", "a#b#c", "##", "+a:b", "é:a"] {
        assert!(!is_any_uri(bad), "{bad}");
    }
}
