//! Tests hostile schemas: reading ends soon and reports the reason, on the stack of a test thread.

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

/// Returns `n` groups, each within the previous one, alternately as sequence and choice.
fn nested_groups(n: usize) -> String {
    let groups = many(n, |n| {
        format!(
            "<xs:group name='g{n}'><xs:sequence><xs:element name='s{n}' minOccurs='0'/><xs:choice><xs:element name='c{n}'/><xs:group ref='g{}'/></xs:choice></xs:sequence></xs:group>",
            n + 1
        )
    });
    format!(
        "{groups}<xs:group name='g{n}'><xs:sequence><xs:element name='a'/></xs:sequence></xs:group><xs:complexType name='t'><xs:group ref='g0'/></xs:complexType>"
    )
}

/// Returns `n` types, each an extension of the previous one.
fn extensions(n: usize) -> String {
    let types = many(n, |n| {
        format!(
            "<xs:complexType name='t{}'><xs:complexContent><xs:extension base='t{n}'><xs:sequence><xs:element name='e{n}'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            n + 1
        )
    });
    format!(
        "<xs:complexType name='t0'><xs:sequence><xs:element name='e'/></xs:sequence></xs:complexType>{types}<xs:element name='r' type='t{n}'/>"
    )
}

#[test]
fn deep_content_models_are_accepted() {
    for body in [nested_groups(150), extensions(120)] {
        let outcome = one(&body);
        assert!(outcome.errors().is_empty(), "{:?}", outcome.errors());
        let planned =
            outcome.model.map(|model| xsdgen::plan(&model, &xsdgen::settings::Settings::default(), &xsdgen::Lock::default()).diagnostics);
        assert_eq!(planned.map(|found| found.has_errors()), Some(false));
    }
    let pairs = format!(
        "<xs:complexType name='t'>{}<xs:element name='a'/>{}</xs:complexType>",
        many(150, |n| format!("<xs:sequence><xs:element name='s{n}'/><xs:choice><xs:element name='c{n}'/>")),
        "</xs:choice></xs:sequence>".repeat(150)
    );
    assert!(one(&pairs).errors().is_empty());
}

#[test]
fn long_chains_are_refused() {
    assert!(one(&nested_groups(300)).errors().iter().any(|e| e.0 == "X0902"));
    assert!(one(&extensions(550)).errors().iter().any(|e| e.0 == "X0902"));
    let unions = many(550, |n| format!("<xs:simpleType name='u{n}'><xs:union memberTypes='u{0} u{0}'/></xs:simpleType>", n + 1));
    assert!(
        one(&format!("{unions}<xs:simpleType name='u550'><xs:union memberTypes='xs:int'/></xs:simpleType>"))
            .errors()
            .iter()
            .any(|e| e.0 == "X0902")
    );
}

#[test]
fn attributes_of_a_chain_of_groups_are_limited() {
    let chain = |total: usize| {
        let groups = many(total, |n| {
            let next = if n + 1 < total { format!("<xs:attributeGroup ref='g{}'/>", n + 1) } else { String::new() };
            format!("<xs:attributeGroup name='g{n}'>{next}<xs:attribute name='a{n}'/></xs:attributeGroup>")
        });
        one(&format!("{groups}<xs:complexType name='t'><xs:attributeGroup ref='g0'/></xs:complexType>")).errors()
    };
    assert!(chain(300).is_empty());
    assert!(chain(1500).iter().any(|e| e.0 == "X0903"));
}

#[test]
fn messages_quote_a_part_of_a_long_text() {
    let pattern = "(".repeat(15_000);
    let schema = format!(
        "<xs:simpleType name='t'><xs:restriction base='xs:string'><xs:pattern value='{pattern}'/></xs:restriction></xs:simpleType>"
    );
    let read = one(&schema);
    let message = read.problems.iter().next().map(|problem| problem.message.as_str()).unwrap_or_default();
    assert!(message.len() < 1100 && message.starts_with("`(((") && message.contains(" [...] "), "{message}");
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
    let doubled = one(&body).model;
    assert!(doubled.is_some());
    // Each of the two unions has a member that the other one does not have, so that neither can replace the other.
    let crossed = many(40, |n| {
        format!(
            "<xs:simpleType name='a{n}'><xs:union memberTypes='a{0} b{0}'/></xs:simpleType><xs:simpleType name='b{n}'><xs:union memberTypes='b{0} a{0}'/></xs:simpleType>",
            n + 1
        )
    });
    let ends = "<xs:simpleType name='a40'><xs:union memberTypes='xs:int'/></xs:simpleType><xs:simpleType name='b40'><xs:union memberTypes='xs:date'/></xs:simpleType>";
    let crossed = one(&format!("{crossed}{ends}<xs:element name='a' type='a0'/>")).model;
    for model in [doubled, crossed].into_iter().flatten() {
        let planned = xsdgen::plan(&model, &xsdgen::settings::Settings::default(), &xsdgen::Lock::default()).product;
        let size: usize = planned.iter().flat_map(xsdgen::render).flat_map(|files| files.into_values()).map(|text| text.len()).sum();
        assert!((1_000..100_000).contains(&size), "{size}");
    }
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
