//! Schemas of several documents: include, import, redefine, and what cannot be read.

use crate::support::{Outcome, read, schema};

const XS: &str = "xmlns:xs='http://www.w3.org/2001/XMLSchema'";

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.errors().into_iter().map(|(code, _)| code).collect()
}

#[test]
fn imports_may_go_in_circles() {
    let a = format!(
        "<xs:schema {XS} xmlns:b='u:b' targetNamespace='u:a'><xs:import namespace='u:b' schemaLocation='b.xsd'/><xs:element name='a' type='b:t'/></xs:schema>"
    );
    let b = format!(
        "<xs:schema {XS} xmlns:a='u:a' targetNamespace='u:b'><xs:import namespace='u:a' schemaLocation='./a.xsd'/><xs:complexType name='t'><xs:sequence><xs:element ref='a:a'/></xs:sequence></xs:complexType></xs:schema>"
    );
    let files: [(&str, &str); 2] = [("a.xsd", &a), ("b.xsd", &b)];
    let (one, both, other) = (read(&files, &["a.xsd"]), read(&files, &["b.xsd", "a.xsd"]), read(&files, &["b.xsd"]));
    assert_eq!(codes(&one), [""; 0]);
    let globals = |o: &Outcome| o.model.as_ref().map(|m| (m.globals.clone(), m.types.len(), m.namespaces.len()));
    assert!(globals(&one).is_some_and(|(g, _, _)| g.len() == 2));
    assert_eq!(globals(&one), globals(&both));
    assert_eq!(globals(&one), globals(&other));
}

#[test]
fn target_namespaces_must_agree() {
    let main = |link: &str| schema(link);
    let other = format!("<xs:schema {XS} targetNamespace='u:o'/>");
    for (link, code) in [
        ("<xs:import namespace='u:x' schemaLocation='o.xsd'/>", "X0115"),
        ("<xs:import namespace='u:t' schemaLocation='o.xsd'/>", "X0115"),
        ("<xs:include schemaLocation='o.xsd'/>", "X0116"),
        ("<xs:redefine schemaLocation='o.xsd'/>", "X0117"),
    ] {
        assert_eq!(codes(&read(&[("t.xsd", &main(link)), ("o.xsd", &other)], &["t.xsd"])), [code], "{link}");
    }
}

#[test]
fn a_chameleon_takes_over_the_namespace() {
    let none = format!("<xs:schema {XS}><xs:complexType name='t'/><xs:element name='e' type='t'/></xs:schema>");
    let main = schema("<xs:include schemaLocation='n.xsd'/><xs:element name='f' type='t'/>");
    assert_eq!(codes(&read(&[("t.xsd", &main), ("n.xsd", &none)], &["t.xsd"])), [""; 0]);
}

#[test]
fn redefinitions_replace_and_keep_the_old() {
    let old = schema(
        "<xs:complexType name='t'><xs:sequence><xs:element name='a'/></xs:sequence></xs:complexType><xs:element name='e' type='t'/>",
    );
    let extension = "<xs:complexType name='t'><xs:complexContent><xs:extension base='t'><xs:attribute name='x'/></xs:extension></xs:complexContent></xs:complexType>";
    let main = |body: &str| schema(&format!("<xs:redefine schemaLocation='o.xsd'>{body}</xs:redefine>"));
    let outcome = read(&[("m.xsd", &main(extension)), ("o.xsd", &old)], &["m.xsd"]);
    assert_eq!(codes(&outcome), [""; 0]);
    let named = outcome.model.map(|m| {
        m.types.iter().filter(|t| matches!(t, xsdgen::model::Type::Complex(c) if c.name.as_ref().is_some_and(|n| n.local == "t"))).count()
    });
    assert_eq!(named, Some(1));
    for (body, code) in [("<xs:complexType name='t'/>", "X0117"), ("<xs:complexType name='u'/>", "X0117")] {
        assert!(codes(&read(&[("m.xsd", &main(body)), ("o.xsd", &old)], &["m.xsd"])).contains(&code), "{body}");
    }
}

#[test]
fn documents_that_cannot_be_read() {
    assert_eq!(codes(&read(&[], &["t.xsd"])), ["X0001"]);
    let broken = read(&[("t.xsd", "<xs:schema")], &["t.xsd"]);
    assert_eq!(codes(&broken), ["X0002"]);
    assert_eq!(codes(&read(&[("t.xsd", "<a/>")], &["t.xsd"])), ["X0004"]);
    let gone = read(&[("t.xsd", &schema("<xs:include schemaLocation='no.xsd'/>\n<xs:element name='a' type='t'/>"))], &["t.xsd"]);
    assert_eq!(gone.problems.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["X0006", "X0008"]);
    assert_eq!(gone.errors(), []);
    let remote = read(&[("t.xsd", &schema("<xs:import namespace='u:r' schemaLocation='http://example.org/r.xsd'/>"))], &["t.xsd"]);
    assert!(remote.errors().is_empty() && remote.problems.len() == 1);
    assert_eq!(codes(&read(&[("t.xsd", &schema("<xs:include schemaLocation='.'/>"))], &["t.xsd"])), ["X0006"]);
}

#[test]
fn attributes_of_xml_are_built_in() {
    let main = schema(
        "<xs:import namespace='http://www.w3.org/XML/1998/namespace' schemaLocation='http://www.w3.org/2001/xml.xsd'/><xs:complexType name='t'><xs:attribute ref='xml:lang'/></xs:complexType>",
    );
    assert_eq!(codes(&read(&[("t.xsd", &main)], &["t.xsd"])), [""; 0]);
}
