//! Tests unions as enums: which member reads a text, texts that no member accepts, conversions, and writing.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub, reason = "a failed test panics; bindings are public")]

use xsdgen_codec::{Builtin, Decimal, NoteKind, QName, ReadOptions, SimpleType, WriteOptions, Xml};

pub mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; }
}

#[derive(Debug, Clone, PartialEq, Eq, Xml)]
#[xml(t, "word")]
pub enum Word {
    #[xml("small")]
    Small,
    Other(String),
}

static WORD: SimpleType = SimpleType::of(Builtin::Token).enumeration(&["small"]);

/// An open union, because it has an enumeration as a member.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(union = SIZE)]
pub enum Size {
    #[xml(from)]
    Int(i32),
    #[xml(from)]
    Name(QName),
    #[xml(from)]
    Decimal(Decimal),
    #[xml(from)]
    Word(Word),
    Other(String),
}

pub static SIZE: SimpleType =
    SimpleType::union(&[&SimpleType::of(Builtin::Int), &NAME, &SimpleType::of(Builtin::Decimal), &WORD]).named("size");
static NAME: SimpleType = SimpleType::of(Builtin::QName).pattern(".*:.*");

/// A closed union, which has no enumeration as a member.
#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(union = NUMBER)]
pub enum Number {
    #[xml(from)]
    Int(i32),
    #[xml(from)]
    Float(f32),
    #[xml(from)]
    Flag(bool),
    Other(String),
}

pub static NUMBER: SimpleType = SimpleType::union(&[&SHORT, &SimpleType::of(Builtin::Boolean)]);
static SHORT: SimpleType = SimpleType::union(&[&SimpleType::of(Builtin::Int).max_inclusive("9"), &SimpleType::of(Builtin::Float)]);

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(t, "all")]
pub struct All {
    #[xml(attribute, "size", facets = SIZE)]
    pub size: Option<Size>,
    #[xml(attribute, "sizes", facets = SimpleType::list(&SIZE))]
    pub sizes: Option<xsdgen_codec::List<Size>>,
    #[xml(attribute, "number", facets = NUMBER)]
    pub number: Option<Number>,
}

fn written(all: &All) -> Result<String, String> {
    all.to_xml_as("all").map_err(|error| error.to_string())
}

#[test]
fn the_first_matching_member_is_used() {
    assert_eq!(Size::from("7"), Size::Int(7));
    assert_eq!(Size::from(" +7 "), Size::Int(7));
    assert_eq!(Size::from("7.0"), Size::Decimal("7.0".parse().unwrap()));
    assert_eq!(Size::from("12345678901"), Size::Decimal(12_345_678_901_i64.into()));
    assert_eq!(Size::from("small "), Size::Word(Word::Small));
    assert_eq!(Size::from(String::from("huge")), Size::Other("huge".to_owned()));
    assert_eq!(Size::from(Word::Small), Size::Word(Word::Small));
    assert_eq!([Number::from("9"), Number::from("10"), Number::from("true")], [Number::Int(9), Number::Float(10.0), Number::Flag(true)]);
    assert_eq!([Number::from("0"), Number::from("1")], [Number::Int(0), Number::Int(1)]);
}

#[test]
fn names_in_unions_keep_their_namespaces() {
    let text = "<all xmlns:o='urn:o' size='o:name' sizes='1 o:name small'/>";
    for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
        let all = All::read_xml(text.as_bytes(), &options).unwrap().value;
        assert_eq!(all.size, Some(Size::Name(QName::new("urn:o", "name"))));
        assert_eq!(
            all.sizes.as_ref().map(|list| list.0.clone()),
            Some(vec![Size::Int(1), QName::new("urn:o", "name").into(), Word::Small.into()])
        );
        assert_eq!(All::from_xml_strict(written(&all).unwrap().as_bytes()).unwrap(), all);
    }
    let undeclared = All::from_xml_strict(b"<all size='o:name'/>").unwrap_err().to_string();
    assert!(undeclared.contains("the prefix o is not declared"), "{undeclared}");
}

#[test]
fn texts_that_no_member_accepts_are_kept_with_a_note() {
    let text = "<all xmlns:o='urn:o' size='huge  one' number='x'/>";
    let reading = All::read_xml(text.as_bytes(), &ReadOptions::tolerant()).unwrap();
    let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.path.as_str())).collect();
    assert_eq!(notes, [(NoteKind::UnknownValue, "all/@size"), (NoteKind::KeptValue, "all/@number")]);
    assert_eq!(reading.value.size, Some(Size::Other("huge  one".to_owned())));
    assert!(All::from_xml_strict(text.as_bytes()).is_err());
    // A later schema may list more words, so writing can accept them. Other texts are never accepted as numbers.
    let later = All { number: None, ..reading.value.clone() };
    assert!(written(&later).unwrap_err().contains("`huge  one` is not"), "{:?}", written(&later));
    let open = WriteOptions::default().unlisted_values(true);
    assert_eq!(later.to_xml_as_with("all", &open).unwrap().matches("size=\"huge  one\"").count(), 1);
    assert!(reading.value.to_xml_as_with("all", &open).unwrap_err().to_string().contains("union"));
    assert!(written(&All::default().with_size(Size::Other(String::new()))).unwrap_err().contains("never set"));
}

#[test]
fn the_written_text_is_read_by_the_same_member() {
    for number in [Number::Float(100.0), Number::Float(1e30), Number::Float(5.0), Number::Float(-2.5), Number::Int(5), Number::Flag(true)] {
        let all = All::default().with_number(number);
        assert_eq!(All::from_xml_strict(written(&all).unwrap().as_bytes()).unwrap(), all);
    }
    assert!(written(&All::default().with_number(Number::Float(5.0))).unwrap().contains("\"5E0\""));
    assert!(written(&All::default().with_number(Number::Float(100.0))).unwrap().contains("\"100\""));
}
