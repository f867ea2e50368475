//! Tests Rust types that the settings choose instead of the default ones. A literal that such a type cannot hold exactly is reported with
//! its text; other literals are written with the same value.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a failed test panics; bindings are public")]

use xsdgen_codec::{Builtin, ErrorKind, List, NoteKind, SimpleType, Xml};

pub mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; }
}

static DECIMALS: SimpleType = SimpleType::list(&SimpleType::of(Builtin::Decimal));
static EITHER: SimpleType = SimpleType::union(&[&SimpleType::of(Builtin::Decimal), &SimpleType::of(Builtin::Boolean)]);

#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(union = EITHER)]
pub enum Either {
    #[xml(from)]
    Decimal(f64),
    #[xml(from)]
    Flag(bool),
    Other(String),
}

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(t, "all")]
pub struct All {
    #[xml(none, "decimal", facets = SimpleType::of(Builtin::Decimal))]
    pub decimal: Option<f64>,
    #[xml(none, "single", facets = SimpleType::of(Builtin::Double))]
    pub single: Option<f32>,
    #[xml(none, "small", facets = SimpleType::of(Builtin::Integer))]
    pub small: Option<i32>,
    #[xml(attribute, "number", facets = SimpleType::of(Builtin::String))]
    pub number: Option<i32>,
    #[xml(none, "decimals", facets = DECIMALS)]
    pub decimals: Option<List<f64>>,
    #[xml(none, "either", facets = EITHER)]
    pub either: Option<Either>,
    #[xml(none, "texts", facets = SimpleType::of(Builtin::String))]
    pub texts: Vec<i32>,
}

fn element(name: &str, text: &str) -> String {
    match name.strip_prefix('@') {
        Some(name) => format!("<t:all xmlns:t=\"urn:t\" {name}=\"{text}\"/>"),
        None => format!("<t:all xmlns:t=\"urn:t\"><{name}>{text}</{name}></t:all>"),
    }
}

/// Tests that the type holds the literal, and how the value is written.
fn held<T: Xml>(name: &str, text: &str, written: &str) {
    let xml = element(name, text);
    for value in [T::from_xml(xml.as_bytes()), T::from_xml_strict(xml.as_bytes())] {
        let again = value.unwrap_or_else(|error| panic!("{xml}: {error}")).to_xml_as("t:all").unwrap();
        assert!(again.ends_with(&element(name, written)), "{xml}: {again}");
    }
}

/// Tests that the type cannot hold the literal: strict reading returns an error, and tolerant reading leaves the value out with a note that
/// has its text.
fn not_held<T: Xml + PartialEq>(name: &str, text: &str) {
    let xml = element(name, text);
    let error = T::from_xml_strict(xml.as_bytes()).err().unwrap_or_else(|| panic!("{xml} is taken"));
    assert_eq!((error.kind(), error.message().contains("cannot hold exactly")), (ErrorKind::Value, true), "{xml}: {error}");
    let reading = T::from_xml_noted(xml.as_bytes()).unwrap();
    let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.text.as_deref())).collect();
    assert_eq!(notes, [(NoteKind::BadValue, Some(text))], "{xml}");
    assert!(reading.value == T::empty(), "{xml}: {:?}", reading.value);
}

#[test]
fn numbers_of_another_primitive_type_are_exact_or_reported() {
    for (name, text, written) in [
        ("decimal", "0.10", "0.1"),
        ("decimal", "12345678901234567000", "12345678901234567000"),
        ("decimal", "0.0000001", "0.0000001"),
        ("single", "1.5E10", "15000000000"),
        ("single", "NaN", "NaN"),
        ("small", "+7", "7"),
        ("@number", "7", "7"),
        ("decimals", "1.50 2", "1.5 2"),
        ("either", "1.5", "1.5"),
        ("either", "0.12345678901234567890", "0.12345678901234567890"),
        ("texts", "-3", "-3"),
    ] {
        held::<All>(name, text, written);
    }
    for (name, text) in [
        ("decimal", "0.12345678901234567890"),
        ("decimal", "123456789012345678901234567890"),
        ("single", "1.23456789"),
        ("@number", "007"),
        ("decimals", "1.5 0.12345678901234567890"),
        ("texts", "+3"),
    ] {
        not_held::<All>(name, text);
    }
}

#[cfg(all(feature = "jiff", feature = "num-bigint", feature = "rust_decimal"))]
mod of_other_crates {
    use super::*;

    #[derive(Clone, PartialEq, Default, Xml)]
    #[xml(t, "others")]
    pub struct Others {
        #[xml(none, "moment", facets = SimpleType::of(Builtin::DateTime))]
        pub moment: Option<jiff::Timestamp>,
        #[xml(none, "local", facets = SimpleType::of(Builtin::DateTime))]
        pub local: Option<jiff::civil::DateTime>,
        #[xml(none, "day", facets = SimpleType::of(Builtin::Date))]
        pub day: Option<jiff::civil::Date>,
        #[xml(none, "clock", facets = SimpleType::of(Builtin::Time))]
        pub clock: Option<jiff::civil::Time>,
        #[xml(none, "length", facets = SimpleType::of(Builtin::Duration))]
        pub length: Option<jiff::SignedDuration>,
        #[xml(none, "big", facets = SimpleType::of(Builtin::Integer))]
        pub big: Option<num_bigint::BigInt>,
        #[xml(none, "natural", facets = SimpleType::of(Builtin::NonNegativeInteger))]
        pub natural: Option<num_bigint::BigUint>,
        #[xml(none, "price", facets = SimpleType::of(Builtin::Decimal))]
        pub price: Option<rust_decimal::Decimal>,
    }

    #[test]
    fn values_of_other_crates_are_exact_or_reported() {
        for (name, text, written) in [
            ("moment", "2001-02-03T12:00:00+01:00", "2001-02-03T11:00:00Z"),
            ("moment", "-0044-03-15T12:00:00Z", "-0044-03-15T12:00:00Z"),
            ("local", "2001-02-03T24:00:00", "2001-02-04T00:00:00"),
            ("day", "-0001-01-01", "-0001-01-01"),
            ("clock", "12:00:00.500", "12:00:00.5"),
            ("length", "-P1DT0.5S", "-PT86400.5S"),
            ("big", "+0012345678901234567890", "12345678901234567890"),
            ("natural", "-0", "0"),
            ("price", "+1.50", "1.50"),
        ] {
            held::<Others>(name, text, written);
        }
        for (name, text) in [
            ("moment", "2001-02-03T12:00:00"),
            ("moment", "12001-02-03T12:00:00Z"),
            ("local", "2001-02-03T12:00:00Z"),
            ("day", "2001-02-03+14:00"),
            ("clock", "12:00:00+01:00"),
            ("clock", "12:00:00Z"),
            ("clock", "12:00:00.0123456789"),
            ("length", "P1Y"),
            ("price", "0.12345678901234567890123456789"),
        ] {
            not_held::<Others>(name, text);
        }
    }

    #[test]
    fn only_literals_of_the_type_are_accepted() {
        for (name, text) in [("moment", "2001-02-03 12:00Z"), ("day", "20010203"), ("clock", "T12"), ("big", "1_000"), ("price", "1_000.5")]
        {
            let reading = Others::from_xml_noted(element(name, text).as_bytes()).unwrap();
            let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.text.as_deref())).collect();
            assert_eq!(notes, [(NoteKind::BadValue, Some(text))], "{name}");
        }
    }
}
