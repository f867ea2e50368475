//! Tests that namespace declarations cost time and memory in proportion to the document: prefixes in scope are limited, and what is kept of
//! a document shares its namespace names. Allocated bytes are counted, so that the figures are the same in every run.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)] // a failed test panics

use std::fmt::Write as _;

use xsdgen_codec::{AnyAttribute, AnyElement, AnyType, ErrorKind, QName, ReadOptions, Records, WriteOptions, Xml};

mod xmlns {
    xsdgen_codec::schema! { trim_text = false; f = "urn:free"; g = "urn:grown"; }
}

#[derive(Clone, PartialEq, Xml)]
#[xml(f, "free")]
pub struct Free {
    #[xml(attribute, any = "##any", process = lax)]
    pub attributes: Vec<AnyAttribute>,
    #[xml("x")]
    pub x: Vec<Item>,
    #[xml("name")]
    pub name: Vec<QName>,
    #[xml("open")]
    pub open: Vec<AnyType>,
    #[xml(any = "##other:urn:free", process = lax)]
    pub any: Vec<AnyElement>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(f, "item")]
pub struct Item {
    #[xml(attribute, any = "##any", process = lax)]
    pub attributes: Vec<AnyAttribute>,
    #[xml(g, "y")]
    pub y: Vec<String>,
}

fn modes() -> [ReadOptions; 4] {
    let (strict, tolerant) = (ReadOptions::strict(), ReadOptions::tolerant());
    [strict.clone(), strict.fast(false), tolerant.clone(), tolerant.fast(false)]
}

fn read(xml: &str, options: &ReadOptions) -> xsdgen_codec::Result<Free> {
    Free::read_xml(xml.as_bytes(), options).map(|reading| reading.value)
}

/// Returns a document whose root element declares the prefix `p` with a long name, and repeats a child.
fn long(child: &str, count: usize) -> String {
    format!("<free xmlns='urn:free' xmlns:p='urn:{}'>{}</free>", "u".repeat(1 << 16), child.repeat(count))
}

fn declarations(prefix: &str, count: usize) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = write!(text, " xmlns:{prefix}{number}='urn:{number}'");
        text
    })
}

#[test]
fn kept_content_shares_namespace_names() {
    for child in [
        "<p:a/>",
        "<p:a><p:b p:c='1'/></p:a>",
        "<q:a xmlns:q='urn:q' p:b=''/>",
        "<x p:b=''/>",
        "<open p:b=''/>",
        "<open><p:a/></open>",
        "<open xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:type='p:t'/>",
    ] {
        let text = long(child, 2000);
        for options in [ReadOptions::tolerant(), ReadOptions::tolerant().keep_unknown(true), ReadOptions::tolerant().fast(false)] {
            let used = allocation_counter::measure(|| assert!(read(&text, &options).is_ok(), "{child}"));
            assert!(used.bytes_max < 5 << 20, "{child}: {} bytes", used.bytes_max);
        }
    }
}

#[test]
fn records_share_namespace_names() {
    let text = long("<x p:b=''/>", 2000);
    let used = allocation_counter::measure(|| {
        let records = Records::<_, Item>::buffered(text.as_bytes(), "free/x", &ReadOptions::tolerant()).unwrap();
        let read: Vec<_> = records.collect::<xsdgen_codec::Result<_>>().unwrap();
        assert_eq!(read.len(), 2000);
    });
    assert!(used.bytes_max < 8 << 20, "{} bytes", used.bytes_max);
}

#[test]
fn unknown_content_shares_namespace_names() {
    let text = long("<x><p:z/></x>", 2000);
    let used = allocation_counter::measure(|| {
        let reading = Free::read_xml(text.as_bytes(), &ReadOptions::tolerant().keep_unknown(true)).unwrap();
        assert_eq!(reading.kept.len(), 2000);
    });
    assert!(used.bytes_max < 5 << 20, "{} bytes", used.bytes_max);
}

/// Tests that content whose namespace names take many times the document is not copied without limit.
#[test]
fn copies_of_namespace_names_are_limited() {
    let text = long("<name>p:a</name>", 2000);
    for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
        let error = read(&text, &options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    }
    let value = read(&long("<p:a/>", 2000), &ReadOptions::tolerant()).unwrap();
    let error = value.to_xml_as_with("f:free", &WriteOptions::tolerant()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

#[test]
fn prefixes_in_scope_are_limited() {
    let document = |prefixes: usize| format!("<free xmlns='urn:free'{}/>", declarations("p", prefixes));
    for options in modes() {
        assert!(read(&document(127), &options).is_ok());
        let error = read(&document(128), &options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(error.to_string().contains("128") && error.to_string().contains("max_prefixes"), "{error}");
        assert!(read(&document(400), &options.clone().max_prefixes(401)).is_ok());
    }
}

/// Tests that the limit counts prefixes of all open elements, each once.
#[test]
fn prefixes_of_open_elements_count_once() {
    let nested = |prefix: fn(usize) -> String, depth: usize| {
        let start: String = (0..depth).fold(String::new(), |text, at| text + &format!("<g:a{}>", declarations(&prefix(at), 2)));
        format!("<free xmlns='urn:free' xmlns:g='urn:g'>{start}{}</free>", "</g:a>".repeat(depth))
    };
    for options in modes() {
        let beside = format!("<g:a{}/>", declarations("p", 100)).repeat(3);
        assert!(read(&format!("<free xmlns='urn:free' xmlns:g='urn:g'>{beside}</free>"), &options).is_ok());
        assert!(read(&nested(|_| "p".to_owned(), 200), &options).is_ok());
        assert!(read(&nested(|at| format!("p{at}_"), 60), &options).is_ok());
        assert_eq!(read(&nested(|at| format!("p{at}_"), 70), &options).unwrap_err().kind(), ErrorKind::Limit);
    }
}

#[test]
fn records_count_the_prefixes_around_them() {
    let text = |prefixes: usize| format!("<free xmlns='urn:free'{}><x xmlns:y='urn:y'/></free>", declarations("p", prefixes));
    let first = |text: &str| Records::<_, Item>::buffered(text.as_bytes(), "free/x", &ReadOptions::tolerant()).unwrap().next().unwrap();
    assert!(first(&text(126)).is_ok());
    assert_eq!(first(&text(127)).unwrap_err().kind(), ErrorKind::Limit);
}

/// Tests that prefixes that are declared, hidden and revealed again mean the right namespace, few or many.
#[test]
fn hidden_prefixes_are_revealed_again() {
    for count in [0, 5, 14, 15, 16, 17, 60] {
        let many = declarations("many", count);
        let xml = format!(
            "<f:free xmlns:f='urn:free' xmlns:g='urn:grown'{many}><f:x><g:y>1</g:y></f:x>\
             <f:x xmlns:g='urn:other' xmlns:h='urn:grown'><h:y>2</h:y><y xmlns='urn:grown'>3</y><h:y>4</h:y></f:x>\
             <x xmlns='urn:free'{many}><y xmlns='urn:grown'>5</y><f:y xmlns:f='urn:grown'>6</f:y><g:y>7</g:y></x>\
             <f:x><g:y>8</g:y></f:x><f:name xmlns:g='urn:a'>g:n</f:name><f:name>g:n</f:name>\
             <g:z xmlns:g='urn:b'/></f:free>"
        );
        for options in modes() {
            let value = read(&xml, &options).unwrap_or_else(|error| panic!("{count}: {error}"));
            let texts: Vec<Vec<String>> = value.x.iter().map(|x| x.y.clone()).collect();
            assert_eq!(texts, [vec!["1"], vec!["2", "3", "4"], vec!["5", "6", "7"], vec!["8"]]);
            assert_eq!(value.name, [QName::new("urn:a", "n"), QName::new("urn:grown", "n")]);
            assert_eq!((value.any[0].namespace(), value.any[0].name()), ("urn:b", "z"));
        }
    }
}

/// Tests that a kept element has all declarations that it needs, and that it is the same after it was written and read.
#[test]
fn kept_elements_are_complete() {
    let xml = "<free xmlns='urn:free' xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'>\
               <p:a q:b='r:c'><p:d xmlns:p='urn:own'/></p:a><p:a xmlns:p='urn:x' xmlns='urn:y'><e/></p:a><q:a><f/></q:a>\
               <q:a xmlns='' b='http:x p::q r'><f/></q:a></free>";
    let expected = [
        ("urn:p", "a", r#"<p:a xmlns="urn:free" xmlns:p="urn:p" xmlns:q="urn:q" xmlns:r="urn:r" q:b='r:c'><p:d xmlns:p='urn:own'/></p:a>"#),
        ("urn:x", "a", "<p:a xmlns:p='urn:x' xmlns='urn:y'><e/></p:a>"),
        ("urn:q", "a", r#"<q:a xmlns="urn:free" xmlns:q="urn:q"><f/></q:a>"#),
        ("urn:q", "a", r#"<q:a xmlns:p="urn:p" xmlns:q="urn:q" xmlns='' b='http:x p::q r'><f/></q:a>"#),
    ];
    for options in modes() {
        let value = read(xml, &options).unwrap();
        let kept: Vec<_> = value.any.iter().map(|kept| (kept.namespace(), kept.name(), kept.xml().into_owned())).collect();
        assert_eq!(kept, expected.map(|(uri, local, xml)| (uri, local, xml.to_owned())));
        let written = value.to_xml_as_with("f:free", &WriteOptions::tolerant()).unwrap();
        assert!(read(&written, &options).unwrap() == value, "{written}");
    }
}
