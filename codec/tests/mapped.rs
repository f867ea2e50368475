//! Rust types that settings put in the place of the usual ones: what they cannot hold exactly is reported with its text, and what they hold is
//! written as the value that was read.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a test may fail by panic; bindings are public")]

use xsdgen_codec::{Builtin, ErrorKind, List, NoteKind, SimpleType, Xml};

pub mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; }
}

static DECIMALS: SimpleType = SimpleType::list(&SimpleType::of(Builtin::Decimal));
static EITHER: SimpleType = SimpleType::union(&[&SimpleType::of(Builtin::Decimal), &SimpleType::of(Builtin::Boolean)]);

#[derive(Debug, Clone, PartialEq)]
pub enum Either {
    Decimal(f64),
    Flag(bool),
    Other(String),
}

xsdgen_codec::union! {
    Either = EITHER;
    Decimal: f64, from;
    Flag: bool, from;
}

#[derive(Clone, PartialEq, Default)]
pub struct All {
    pub decimal: Option<f64>,
    pub single: Option<f32>,
    pub small: Option<i32>,
    pub number: Option<i32>,
    pub decimals: Option<List<f64>>,
    pub either: Option<Either>,
    pub texts: Vec<i32>,
}

xsdgen_codec::complex_type! {
    All = t "all";
    attributes {
        number: ?(i32) = none "number" in SimpleType::of(Builtin::String), with_number;
    }
    sequence {
        decimal: ?(f64) = none "decimal" in SimpleType::of(Builtin::Decimal), with_decimal;
        single: ?(f32) = none "single" in SimpleType::of(Builtin::Double), with_single;
        small: ?(i32) = none "small" in SimpleType::of(Builtin::Integer), with_small;
        decimals: ?(List<f64>) = none "decimals" in DECIMALS, with_decimals;
        either: ?(Either) = none "either" in EITHER, with_either;
        texts: *(i32) = none "texts" in SimpleType::of(Builtin::String), with_texts;
    }
}

fn element(name: &str, text: &str) -> String {
    match name.strip_prefix('@') {
        Some(name) => format!("<t:all xmlns:t=\"urn:t\" {name}=\"{text}\"/>"),
        None => format!("<t:all xmlns:t=\"urn:t\"><{name}>{text}</{name}></t:all>"),
    }
}

/// What is held, and as what it is written.
fn held<T: Xml>(name: &str, text: &str, written: &str) {
    let xml = element(name, text);
    for value in [T::from_xml(xml.as_bytes()), T::from_xml_strict(xml.as_bytes())] {
        let again = value.unwrap_or_else(|error| panic!("{xml}: {error}")).to_xml_as("t:all").unwrap();
        assert!(again.ends_with(&element(name, written)), "{xml}: {again}");
    }
}

/// What is not held: an error, or a note with the text, and nothing in its place.
fn not_held<T: Xml + PartialEq>(name: &str, text: &str) {
    let xml = element(name, text);
    let error = T::from_xml_strict(xml.as_bytes()).err().unwrap_or_else(|| panic!("{xml} is taken"));
    assert_eq!((error.kind(), error.message().contains("cannot hold exactly")), (ErrorKind::Value, true), "{xml}: {error}");
    let reading = T::from_xml_noted(xml.as_bytes()).unwrap();
    let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.text.as_deref())).collect();
    assert_eq!(notes, [(NoteKind::BadValue, Some(text))], "{xml}");
    assert!(reading.value == T::blank(), "{xml}: {:?}", reading.value);
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

    #[derive(Clone, PartialEq, Default)]
    pub struct Others {
        pub moment: Option<jiff::Timestamp>,
        pub local: Option<jiff::civil::DateTime>,
        pub day: Option<jiff::civil::Date>,
        pub clock: Option<jiff::civil::Time>,
        pub length: Option<jiff::SignedDuration>,
        pub big: Option<num_bigint::BigInt>,
        pub natural: Option<num_bigint::BigUint>,
        pub price: Option<rust_decimal::Decimal>,
    }

    xsdgen_codec::complex_type! {
        Others = t "others";
        sequence {
            moment: ?(jiff::Timestamp) = none "moment" in SimpleType::of(Builtin::DateTime), with_moment;
            local: ?(jiff::civil::DateTime) = none "local" in SimpleType::of(Builtin::DateTime), with_local;
            day: ?(jiff::civil::Date) = none "day" in SimpleType::of(Builtin::Date), with_day;
            clock: ?(jiff::civil::Time) = none "clock" in SimpleType::of(Builtin::Time), with_clock;
            length: ?(jiff::SignedDuration) = none "length" in SimpleType::of(Builtin::Duration), with_length;
            big: ?(num_bigint::BigInt) = none "big" in SimpleType::of(Builtin::Integer), with_big;
            natural: ?(num_bigint::BigUint) = none "natural" in SimpleType::of(Builtin::NonNegativeInteger), with_natural;
            price: ?(rust_decimal::Decimal) = none "price" in SimpleType::of(Builtin::Decimal), with_price;
        }
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
    fn only_literals_of_the_schema_are_taken() {
        for (name, text) in [("moment", "2001-02-03 12:00Z"), ("day", "20010203"), ("clock", "T12"), ("big", "1_000"), ("price", "1_000.5")]
        {
            let reading = Others::from_xml_noted(element(name, text).as_bytes()).unwrap();
            let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.text.as_deref())).collect();
            assert_eq!(notes, [(NoteKind::BadValue, Some(text))], "{name}");
        }
    }
}
