//! Tests that a small change of a schema changes only a few lines of the bindings, so that reviews stay short.
#![allow(clippy::expect_used, reason = "a failed test panics")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use xsdgen::FileSet;
use xsdgen::settings::Settings;

/// Returns the bindings of a schema with these types.
fn bindings(test: &str, types: &str) -> FileSet {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{test}.xsd"));
    let head =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:s='urn:s' targetNamespace='urn:s' elementFormDefault='qualified'>";
    fs::write(&path, format!("{head}{types}</xs:schema>")).expect("a file written");
    let made = xsdgen::generate(std::slice::from_ref(&path), &Settings::default(), &xsdgen::Lock::default());
    made.product.map(|made| made.files).expect("bindings")
}

/// Returns the numbers of added and removed lines.
fn changed(test: &str, before: &str, after: &str) -> (usize, usize) {
    let (before, after) = (bindings(test, before), bindings(test, after));
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    after.values().flat_map(|text| text.lines()).for_each(|line| *counts.entry(line).or_default() += 1);
    before.values().flat_map(|text| text.lines()).for_each(|line| *counts.entry(line).or_default() -= 1);
    let sum = |sign: i64| counts.values().map(|count| (count * sign).max(0)).sum::<i64>();
    (usize::try_from(sum(1)).expect("a count"), usize::try_from(sum(-1)).expect("a count"))
}

/// Returns schema types: `own`, an extension with this element, and `other`, whose elements have facets.
fn types(element: &str) -> String {
    let text = |name: &str, most: u32| {
        let facet = format!("<xs:maxLength value='{most}'/>");
        format!(
            "<xs:element name='{name}'><xs:simpleType><xs:restriction base='xs:string'>{facet}</xs:restriction></xs:simpleType></xs:element>"
        )
    };
    let base = "<xs:complexType name='base'/>";
    let extension =
        format!("<xs:complexContent><xs:extension base='s:base'><xs:sequence>{element}</xs:sequence></xs:extension></xs:complexContent>");
    let other = format!("<xs:complexType name='other'><xs:sequence>{}{}</xs:sequence></xs:complexType>", text("a", 8), text("b", 16));
    format!("{base}<xs:complexType name='own'>{extension}</xs:complexType>{other}<xs:element name='root' type='s:own'/>")
}

const DOCS: &str = "<xs:annotation><xs:documentation>What it is for.</xs:documentation></xs:annotation>";

#[test]
fn one_more_element_is_three_lines() {
    let first = "<xs:element name='first' type='xs:string' minOccurs='0'/>";
    let second = format!("<xs:element name='second' type='xs:int' minOccurs='0'>{DOCS}</xs:element>");
    assert_eq!(changed("elements", &types(""), &types(&second)), (3, 0));
    assert_eq!(changed("elements", &types(first), &types(&format!("{first}{second}"))), (3, 0));
    assert_eq!(changed("elements", &types(first), &types(&format!("{second}{first}"))), (3, 0));
}

#[test]
fn facets_are_defined_once() {
    let element = |most: u32| {
        let ty = format!("<xs:simpleType><xs:restriction base='xs:string'><xs:maxLength value='{most}'/></xs:restriction></xs:simpleType>");
        format!("<xs:element name='third' minOccurs='0'>{ty}</xs:element>")
    };
    assert_eq!(changed("facets", &types(""), &types(&element(16))), (2, 0));
    assert_eq!(changed("facets", &types(""), &types(&element(4))), (3, 0));
    assert_eq!(changed("facets", &types(&element(4)), &types(&element(16))), (1, 2));
}
