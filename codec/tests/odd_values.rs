//! Tests unusual values: other literals of an enumerated number, invalid qualified names, and nil elements with content.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a failed test panics; bindings are public")]

use xsdgen_codec::{Builtin, Nillable, NoteKind, QName, ReadOptions, Reading, SimpleType, Xml};

pub mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; }
}

#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(t, "digit")]
pub enum Digit {
    #[xml("1")]
    One,
    #[xml("2")]
    Two,
    Other(String),
}

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(t, "inner")]
pub struct Inner {
    #[xml(none, "x")]
    pub x: Option<i32>,
}

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(t, "all")]
pub struct All {
    #[xml(none, "digit", facets = SimpleType::of(Builtin::Short))]
    pub digit: Vec<Digit>,
    #[xml(none, "name")]
    pub name: Option<QName>,
    #[xml(none, "text")]
    pub text: Option<Nillable<String>>,
    #[xml(none, "inner")]
    pub inner: Option<Nillable<Inner>>,
}

fn read(children: &str, options: &ReadOptions) -> Result<Reading<All>, String> {
    let text = format!("<all xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{children}</all>");
    All::read_xml(text.as_bytes(), options).map_err(|error| error.to_string())
}

#[test]
fn another_literal_of_an_enumerated_number_matches() {
    let text = "<digit>+1</digit><digit> 02\n</digit><digit>1</digit>";
    for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
        let reading = read(text, &options).unwrap();
        assert_eq!((reading.value.digit, reading.notes.len()), (vec![Digit::One, Digit::Two, Digit::One], 0));
    }
    assert!(read("<digit>+3</digit>", &ReadOptions::strict()).is_err());
    let reading = read("<digit>+3</digit>", &ReadOptions::tolerant()).unwrap();
    assert_eq!((reading.value.digit, reading.notes[0].kind), (vec![Digit::Other("+3".to_owned())], NoteKind::UnknownValue));
}

#[test]
fn two_words_are_not_a_qualified_name() {
    for text in ["<name>a b</name>", "<name>xsi:a xsi:b</name>"] {
        assert!(read(text, &ReadOptions::strict()).is_err(), "{text}");
        let reading = read(text, &ReadOptions::tolerant()).unwrap();
        assert_eq!((reading.value.name, reading.notes[0].kind), (None, NoteKind::BadValue), "{text}");
    }
}

#[test]
fn content_of_a_nil_element_is_skipped_with_a_note() {
    for text in ["<text xsi:nil='true'>a</text>", "<inner xsi:nil='true'><x>1</x></inner>", "<inner xsi:nil='1'> </inner>"] {
        assert!(read(text, &ReadOptions::strict()).unwrap_err().contains("a nil element has no content"), "{text}");
        let reading = read(text, &ReadOptions::tolerant()).unwrap();
        assert_eq!(reading.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::NilContent], "{text}");
        assert!(reading.value.text == Some(Nillable::Nil) || reading.value.inner == Some(Nillable::Nil));
    }
}

#[test]
fn attributes_of_a_nil_element_are_checked() {
    let text = "<inner xsi:nil='true' k='v'/>";
    assert!(read(text, &ReadOptions::strict()).is_err());
    assert_eq!(read(text, &ReadOptions::tolerant()).unwrap().notes[0].kind, NoteKind::UnknownAttribute);
}
