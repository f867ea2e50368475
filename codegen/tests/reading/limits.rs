//! Hostile schemas: each ends soon, with a word on why, on the stack of a test thread.

use crate::support::{one, read, schema};

fn many(n: usize, each: impl Fn(usize) -> String) -> String {
    (0..n).map(each).collect()
}

#[test]
fn deep_documents_are_refused() {
    let deep = format!("<xs:complexType name='t'>{}{}</xs:complexType>", "<xs:sequence>".repeat(50_000), "</xs:sequence>".repeat(50_000));
    assert_eq!(one(&deep).errors().first().map(|e| e.0), Some("X0003"));
    let allowed = format!("<xs:complexType name='t'>{}{}</xs:complexType>", "<xs:sequence>".repeat(190), "</xs:sequence>".repeat(190));
    assert!(one(&allowed).errors().is_empty());
}

#[test]
fn long_chains_are_refused() {
    let groups = many(500, |n| format!("<xs:group name='g{n}'><xs:sequence><xs:group ref='g{}'/></xs:sequence></xs:group>", n + 1));
    let last = "<xs:group name='g500'><xs:sequence/></xs:group>";
    assert!(one(&format!("{groups}{last}")).errors().iter().any(|e| e.0 == "X0902"));
    let types = many(500, |n| {
        format!(
            "<xs:complexType name='t{n}'><xs:complexContent><xs:extension base='t{}'><xs:sequence><xs:element name='e{n}'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            n + 1
        )
    });
    assert!(one(&format!("{types}<xs:complexType name='t500'/>")).errors().iter().any(|e| e.0 == "X0902"));
    let unions = many(500, |n| format!("<xs:simpleType name='u{n}'><xs:union memberTypes='u{0} u{0}'/></xs:simpleType>", n + 1));
    assert!(
        one(&format!("{unions}<xs:simpleType name='u500'><xs:union memberTypes='xs:int'/></xs:simpleType>"))
            .errors()
            .iter()
            .any(|e| e.0 == "X0902")
    );
}

#[test]
fn doubling_groups_do_not_explode() {
    let groups = many(40, |n| {
        format!("<xs:group name='g{n}'><xs:sequence><xs:group ref='g{0}'/><xs:group ref='g{0}'/></xs:sequence></xs:group>", n + 1)
    });
    assert!(
        one(&format!("{groups}<xs:group name='g40'><xs:sequence><xs:element name='a'/></xs:sequence></xs:group>"))
            .errors()
            .iter()
            .any(|e| e.0 == "X0903")
    );
    let unions = many(40, |n| format!("<xs:simpleType name='u{n}'><xs:union memberTypes='u{0} u{0}'/></xs:simpleType>", n + 1));
    let body = format!(
        "{unions}<xs:simpleType name='u40'><xs:union memberTypes='xs:int'/></xs:simpleType><xs:element name='a' type='u0' default='x'/>"
    );
    assert!(one(&body).model.is_some());
    let nested = format!(
        "<xs:complexType name='t'>{}<xs:element name='a'/>{}</xs:complexType>",
        "<xs:sequence minOccurs='2' maxOccurs='3'>".repeat(60),
        "</xs:sequence>".repeat(60)
    );
    assert!(one(&nested).model.is_some());
}

#[test]
fn entities_are_bounded() {
    let bomb = "<!DOCTYPE xs:schema [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>\
        <!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>\
        <!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>]>";
    let text = format!("{bomb}{}", schema("<xs:annotation><xs:documentation>&f;&f;&f;</xs:documentation></xs:annotation>"));
    assert_eq!(read(&[("t.xsd", &text)], &["t.xsd"]).errors().first().map(|e| e.0), Some("X0003"));
    let external = format!(
        "<!DOCTYPE xs:schema [<!ENTITY x SYSTEM 't.xsd'>]>{}",
        schema("<xs:annotation><xs:documentation>&x;</xs:documentation></xs:annotation>")
    );
    assert_eq!(read(&[("t.xsd", &external)], &["t.xsd"]).errors().first().map(|e| e.0), Some("X0002"));
}

#[test]
fn prefixes_in_scope_are_bounded() {
    let text = |n| schema("").replacen("<xs:schema", &format!("<xs:schema{}", many(n, |n| format!(" xmlns:p{n}='urn:{n}'"))), 1);
    assert!(read(&[("t.xsd", &text(200))], &["t.xsd"]).errors().is_empty());
    assert_eq!(read(&[("t.xsd", &text(300))], &["t.xsd"]).errors().first().map(|e| e.0), Some("X0003"));
}

#[test]
fn wide_schemas_take_linear_time() {
    let elements = many(5_000, |n| format!("<xs:element name='e{n}' type='xs:int' minOccurs='0'/>"));
    let body = format!("<xs:complexType name='t'><xs:choice maxOccurs='unbounded'>{elements}</xs:choice></xs:complexType>");
    assert!(one(&body).errors().is_empty());
}
