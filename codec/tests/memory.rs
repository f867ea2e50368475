//! Tests that elements and attributes that wildcards admit take at most four times the memory of the document, the old and the new memory of a list that
//! grows counted, and that they are equal to those that were made alone.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::panic)] // a failed test panics

pub mod sample;

use sample::ep;
use xsdgen_codec::{AnyAttribute, AnyElement, Xml};

/// Reads a document, and returns the peak of the memory that it takes, in bytes per byte of the document.
fn peak<T: Xml>(xml: &str) -> f64 {
    drop(T::from_xml(xml.as_bytes()).unwrap()); // the tables are built at the first use
    let used = allocation_counter::measure(|| drop(T::from_xml(xml.as_bytes()).unwrap()));
    used.bytes_max as f64 / xml.len() as f64
}

#[test]
fn kept_elements_take_little_memory() {
    let elements = |count: usize| -> String {
        let element = |i| if i % 7 == 0 { format!("<b>{i:06}</b>") } else { format!("<o:a>{i:06}</o:a>") };
        (0..count).map(element).collect()
    };
    let document = |count| format!("<r xmlns='urn:third' xmlns:o='urn:other'>{}</r>", elements(count));
    let ratio = peak::<ep::LstRecordingResponse>(&document(5000));
    assert!(ratio < 4.0, "{ratio}");
    let kept = ep::LstRecordingResponse::from_xml(document(700).as_bytes()).unwrap().other;
    assert_eq!(kept.len(), 700);
    for (i, kept) in kept.iter().enumerate() {
        let alone = match i % 7 {
            0 => format!("<b xmlns=\"urn:third\">{i:06}</b>"),
            _ => format!("<o:a xmlns=\"urn:third\" xmlns:o=\"urn:other\">{i:06}</o:a>"),
        };
        assert_eq!(kept.xml(), alone);
        let alone = AnyElement::from_xml(&alone).unwrap();
        assert_eq!((kept, kept.namespace(), kept.name()), (&alone, alone.namespace(), alone.name()));
    }
}

#[test]
fn long_elements_and_attributes_are_kept_whole() {
    let (long, value) = ("x".repeat(10_000), "= \u{e9} &amp;".repeat(300));
    let xml = format!("<r xmlns:o='urn:other'><o:a>1</o:a><o:b o:at=\"{value}\" of=''>{long}</o:b><o:c/></r>");
    let kept = ep::LstRecordingResponse::from_xml(xml.as_bytes()).unwrap().other;
    assert!(kept[1].xml().ends_with(&format!("{long}</o:b>")));
    assert_eq!((kept[0].name(), kept[2].name()), ("a", "c"));
    let expected = [AnyAttribute::new("urn:other", "at", &value.replace("&amp;", "&")), AnyAttribute::new("", "of", "")];
    assert_eq!(kept[1].attributes(), expected);
}
