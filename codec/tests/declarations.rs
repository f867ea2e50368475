//! Where namespaces are declared: the settings change the start tags and nothing else, as an independent reader sees it.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

pub mod sample;

use std::collections::BTreeSet;

use sample::{Document, serv};
use xsdgen_codec::{ErrorKind, Form, RecordWriter, WriteOptions};

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A message with two contents, named by `xsi:type`, from namespaces that the root element does not need itself.
fn message() -> Document {
    let xml = r#"<s:message xmlns:s="urn:sample:service" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="urn:sample:service/ep"
            xmlns:u="urn:sample:service/user">
        <s:header><s:response><s:result>SUCCESS</s:result></s:response></s:header>
        <s:body>
            <s:bodyContent xsi:type="e:lstRecording"/>
            <s:bodyContent xsi:type="u:setUser" id="1"><u:userName>ada</u:userName><u:status>SUCCESS</u:status></s:bodyContent>
            <s:bodyContent xsi:type="e:lstRecording"/>
        </s:body></s:message>"#;
    Document::from_xml_strict(xml.as_bytes()).unwrap()
}

/// The elements, attributes and texts of a document, with all names expanded, and the type names that prefixes stand for.
fn content(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let mut content = Vec::new();
    for node in document.descendants().filter(|node| !node.is_root()) {
        content.push(format!("{:?} {:?} {:?}", node.node_type(), node.tag_name(), node.text()));
        for attribute in node.attributes() {
            let namespace = match attribute.value().split_once(':') {
                Some((prefix, _)) if attribute.namespace() == Some(XSI) => node.lookup_namespace_uri(Some(prefix)),
                _ => None,
            };
            let local = attribute.value().rsplit(':').next();
            content.push(format!("@{:?} {} {namespace:?} {local:?}", attribute.namespace(), attribute.name()));
        }
    }
    content
}

/// The namespaces that the root element declares, and whether no other element declares any.
fn declared(xml: &str) -> (BTreeSet<String>, bool) {
    let document = roxmltree::Document::parse(xml).unwrap();
    let root = document.root_element().namespaces().map(|namespace| namespace.uri().to_owned()).collect();
    let (_, below) = xml.split_once("<serv:message").unwrap().1.split_once('>').unwrap();
    (root, !below.contains("xmlns"))
}

fn set(uris: &[&str]) -> BTreeSet<String> {
    uris.iter().map(|uri| (*uri).to_owned()).collect()
}

#[test]
fn the_root_element_declares_what_the_settings_say() {
    let all = ["urn:sample:service", "urn:sample:common", "urn:sample:service/ep", "urn:sample:service/user"];
    let usual = WriteOptions::default();
    let plain = message().to_xml_with(&usual).unwrap();
    assert!(!declared(&plain).0.contains(XSI), "{plain}");
    assert!(!declared(&plain).0.contains("urn:sample:service/user") && !declared(&plain).1, "{plain}");

    let on_root = usual.clone().xsi_on_root(true);
    let xsi = message().to_xml_with(&on_root).unwrap();
    assert!(declared(&xsi).0.contains(XSI) && !xsi.split_once('>').unwrap().1.split_once('>').unwrap().1.contains(XSI), "{xsi}");

    let namespaces = message().to_xml_with(&usual.clone().namespaces_on_root(true)).unwrap();
    let (root, _) = declared(&namespaces);
    assert!(
        root.is_subset(&set(&all)) && root.contains("urn:sample:service/user") && root.contains("urn:sample:service/ep"),
        "{namespaces}"
    );
    assert_eq!(namespaces.matches("urn:sample:service/user").count(), 1, "{namespaces}");
    assert_eq!(namespaces.matches(XSI).count(), 3, "each element with xsi:type declares xsi: {namespaces}");

    let both = message().to_xml_with(&on_root.clone().namespaces_on_root(true)).unwrap();
    assert!(declared(&both).1 && declared(&both).0.contains(XSI), "{both}");

    for xml in [&xsi, &namespaces, &both] {
        assert_eq!(content(xml), content(&plain), "{xml}");
        assert!(Document::from_xml_strict(xml.as_bytes()).unwrap() == message());
    }
}

#[test]
fn the_settings_go_with_forms_indentation_and_sinks() {
    for form in [Form::Qualified, Form::RootQualified] {
        let usual = WriteOptions::default().form(form).indent(Some(2));
        let on_root = usual.clone().xsi_on_root(true).namespaces_on_root(true);
        let (plain, moved) = (message().to_xml_with(&usual).unwrap(), message().to_xml_with(&on_root).unwrap());
        assert_eq!(content(&plain), content(&moved), "{moved}");
        assert!(declared(&moved).1, "{moved}");
        let mut sent = Vec::new();
        message().write_xml_with(&mut sent, &on_root).unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), moved);
    }
}

#[test]
fn a_document_without_types_declares_xsi_all_the_same() {
    let xml = Document::Remark("a".to_owned()).to_xml_with(&WriteOptions::default().xsi_on_root(true)).unwrap();
    assert!(roxmltree::Document::parse(&xml).unwrap().root_element().lookup_prefix(XSI) == Some("xsi"), "{xml}");
}

#[test]
fn kept_xml_declares_its_own_namespaces() {
    // The contents have unknown types, so they are kept as XML with their own prefixes, one of which stands for two namespaces.
    let contents: String = ["urn:one", "urn:two", "urn:one"]
        .map(|uri| format!("<s:bodyContent xmlns:k=\"{uri}\" xsi:type=\"k:unknown\"><k:x k:a=\"1\"/></s:bodyContent>"))
        .concat();
    let xml = format!("<s:message xmlns:s=\"urn:sample:service\" xmlns:xsi=\"{XSI}\"><s:header/><s:body>{contents}</s:body></s:message>");
    let document = Document::from_xml(xml.as_bytes()).unwrap();
    let usual = WriteOptions::tolerant();
    let plain = document.to_xml_with(&usual).unwrap();
    let moved = document.to_xml_with(&usual.xsi_on_root(true).namespaces_on_root(true)).unwrap();
    assert_eq!(content(&plain), content(&moved), "{moved}");
}

#[test]
fn records_declare_xsi_on_the_root_and_refuse_the_rest() {
    let options = WriteOptions::default().xsi_on_root(true);
    let mut records = RecordWriter::new(Vec::new(), &message(), "message/header/serv:response", &options).unwrap();
    records.write(&serv::Response::new(serv::ResultType::Success)).unwrap();
    let xml = String::from_utf8(records.finish().unwrap()).unwrap();
    assert!(declared(&xml).0.contains(XSI), "{xml}");
    assert_eq!(xml.matches(XSI).count(), 1, "{xml}");
    assert_eq!(xml.matches("<serv:response>").count(), 2, "{xml}");

    let options = WriteOptions::default().namespaces_on_root(true);
    let error = RecordWriter::new(Vec::new(), &message(), "message/header/serv:response", &options).unwrap_err();
    assert!(error.kind() == ErrorKind::Unwritable && error.to_string().contains("namespaces_on_root"), "{error}");
    assert!(RecordWriter::between(Vec::new(), "<a>", "</a>", "b", &options).is_err());
}
