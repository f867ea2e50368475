//! Tests structs that are flattened into others: base types and groups of attributes. The documents are those of types that declare all fields themselves.
#![cfg(feature = "derive")]
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a failed test panics")]

use xsdgen_codec::{ReadOptions, Xml};

mod xmlns {
    xsdgen_codec::schema! { trim_text = false; n = "urn:n"; }
}

#[derive(Clone, PartialEq, Default, Xml)]
#[xml(attributes, n)]
pub struct Core {
    #[xml(attribute, "id")]
    pub id: Option<String>,
    #[xml(attribute, "class")]
    pub class: Option<String>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(attributes, n)]
pub struct Style {
    #[xml(flatten)]
    pub core: Core,
    #[xml(attribute, "fill")]
    pub fill: u8,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(n, "shapeType", flat)]
pub struct Shape {
    #[xml(flatten, required)]
    pub style: Style,
    #[xml(attribute, "name")]
    pub name: Option<String>,
    #[xml("title")]
    pub title: String,
    #[xml("desc")]
    pub desc: Vec<String>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(n, "circleType")]
pub struct Circle {
    #[xml(flatten, required, deref)]
    pub base: Shape,
    #[xml(attribute, "r")]
    pub r: u32,
    #[xml("note")]
    pub note: Option<String>,
}

/// The same as `Circle`, with all fields in one struct.
#[derive(Clone, PartialEq, Xml)]
#[xml(n, "circleType")]
pub struct Plain {
    #[xml(attribute, "id")]
    pub id: Option<String>,
    #[xml(attribute, "class")]
    pub class: Option<String>,
    #[xml(attribute, "fill")]
    pub fill: u8,
    #[xml(attribute, "name")]
    pub name: Option<String>,
    #[xml(attribute, "r")]
    pub r: u32,
    #[xml("title")]
    pub title: String,
    #[xml("desc")]
    pub desc: Vec<String>,
    #[xml("note")]
    pub note: Option<String>,
}

/// A type whose content is that of its base.
#[derive(Clone, PartialEq, Xml)]
#[xml(n, "labelType")]
pub struct Label {
    #[xml(flatten, required)]
    pub base: Text,
    #[xml(attribute, "lang")]
    pub lang: Option<String>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(n, "textType", flat)]
pub struct Text {
    #[xml(attribute, "size")]
    pub size: Option<u8>,
    #[xml(text)]
    pub value: String,
}

const CIRCLE: &str = r#"<?xml version="1.0" encoding="UTF-8"?><n:circle xmlns:n="urn:n" id="c1" fill="7" r="12"><n:title>One</n:title><n:desc>a</n:desc><n:desc>b</n:desc><n:note>end</n:note></n:circle>"#;

fn circle() -> Circle {
    let shape = Shape::new(Style::new(7).with_core(Core::new().with_id("c1")), "One").with_desc(["a", "b"]);
    Circle::new(shape, 12_u32).with_note("end")
}

#[test]
fn a_document_has_all_fields_in_order() {
    assert_eq!(circle().to_xml_as("n:circle").expect("written"), CIRCLE);
    for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
        let read = Circle::read_xml(CIRCLE.as_bytes(), &options).expect("read");
        assert!(read.notes.is_empty(), "{:?}", read.notes);
        assert_eq!(read.value, circle());
    }
}

#[test]
fn fields_of_the_base_are_reached_through_deref() {
    let mut circle = circle();
    circle.title.push('!');
    assert_eq!((circle.title.as_str(), circle.style.fill, circle.style.core.id.as_deref()), ("One!", 7, Some("c1")));
}

#[test]
fn debug_output_is_that_of_one_struct() {
    let plain = Plain::from_xml(CIRCLE.as_bytes()).expect("read");
    assert_eq!(format!("{:?}", circle()), format!("{plain:?}").replace("Plain", "Circle"));
}

#[test]
fn messages_are_those_of_one_struct() {
    let documents = [
        CIRCLE.replace(" fill=\"7\"", ""),
        CIRCLE.replace("<n:title>One</n:title>", ""),
        CIRCLE.replace("<n:note>end</n:note>", "<n:note>end</n:note><n:desc>late</n:desc>"),
        CIRCLE.replace(" r=\"12\"", " r=\"12\" s=\"1\""),
        CIRCLE.replace("12", "x"),
    ];
    for document in documents {
        for (options, strict) in [(ReadOptions::tolerant(), false), (ReadOptions::strict(), true)] {
            let flattened = Circle::read_xml(document.as_bytes(), &options);
            let plain = Plain::read_xml(document.as_bytes(), &options);
            let said = |result: Result<Vec<String>, xsdgen_codec::Error>| match result {
                Ok(notes) => notes.join("\n"),
                Err(error) => error.to_string(),
            };
            let flattened = said(flattened.map(|read| read.notes.iter().map(ToString::to_string).collect()));
            assert_eq!(flattened, said(plain.map(|read| read.notes.iter().map(ToString::to_string).collect())), "{document}");
            assert!(!strict || !flattened.is_empty(), "{document}");
        }
    }
}

#[test]
fn content_is_inherited() {
    let label = Label::new(Text::new("A & B").with_size(4)).with_lang("en");
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?><n:label xmlns:n="urn:n" size="4" lang="en">A &amp; B</n:label>"#;
    assert_eq!(label.to_xml_as("n:label").expect("written"), xml);
    assert_eq!(Label::read_xml(xml.as_bytes(), &ReadOptions::strict()).expect("read").value, label);
}
