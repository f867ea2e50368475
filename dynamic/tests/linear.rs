//! Tests that validation takes time and memory in proportion to the document, whatever its schema asks for. All allocated bytes are counted,
//! so that the figures are the same in every run.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a failed test panics")]

use std::sync::atomic::{AtomicUsize, Ordering};

use xsdgen_dynamic::{Settings, Staged, Validator};

/// Makes a validator for the content of a schema.
fn validator(name: &str, content: &str) -> Validator {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("xsdgen-dynamic-linear-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    let schema = format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:l' targetNamespace='urn:l' elementFormDefault='qualified'>\
         {content}</xs:schema>"
    );
    std::fs::write(&path, schema).unwrap();
    let Staged { product, diagnostics } = Validator::new(&[path], &Settings::default());
    let told: Vec<String> = diagnostics.iter().map(|it| it.message.clone()).collect();
    let _ = std::fs::remove_dir_all(&folder);
    product.unwrap_or_else(|| panic!("{told:?}"))
}

/// Returns the bytes that validation of a document allocates in total, per byte of the document.
fn allocated(validator: &Validator, content: &str) -> f64 {
    let text = format!("<mail xmlns='urn:l'>{content}</mail>");
    validator.check(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let used = allocation_counter::measure(|| drop(validator.check(text.as_bytes())));
    used.bytes_total as f64 / text.len() as f64
}

fn mail(unique: &str) -> Validator {
    validator(
        "mail.xsd",
        &format!(
            "<xs:element name='mail'><xs:complexType><xs:sequence>\
             <xs:element name='id' type='xs:int' minOccurs='0' maxOccurs='unbounded'/>\
             <xs:element name='attachment' type='xs:base64Binary' minOccurs='0'/>\
             <xs:element name='hex' minOccurs='0'><xs:complexType><xs:attribute name='value' type='xs:hexBinary'/></xs:complexType></xs:element>\
             <xs:element name='samples' minOccurs='0'><xs:simpleType><xs:list itemType='xs:double'/></xs:simpleType></xs:element>\
             </xs:sequence></xs:complexType>{unique}</xs:element>"
        ),
    )
}

fn unique(selector: &str, field: &str) -> String {
    format!("<xs:unique name='u'><xs:selector xpath='*'/><xs:field xpath='{field}'/></xs:unique>").replace('*', selector)
}

/// Documents with one long value each.
fn documents() -> [String; 3] {
    [
        format!("<id>1</id><attachment>{}</attachment>", "QUJD".repeat(1 << 14)),
        format!("<id>1</id><hex value='{}'/>", "0a".repeat(1 << 15)),
        format!("<id>1</id><samples>{}</samples>", "1.5 ".repeat(1 << 14)),
    ]
}

#[test]
fn values_that_are_no_fields_have_no_keys() {
    let (with, without) = (mail(&unique("id", ".").replace("xpath='id'", "xpath='l:id' xmlns:l='urn:l'")), mail(""));
    for document in documents() {
        let (with, without) = (allocated(&with, &document), allocated(&without, &document));
        assert!(with < without + 0.5, "{with:.2} {without:.2}");
    }
}

#[test]
fn keys_of_long_values_take_linear_time() {
    let all = mail(
        "<xs:unique name='a' xmlns:l='urn:l'><xs:selector xpath='l:attachment|l:samples'/><xs:field xpath='.'/></xs:unique>\
         <xs:unique name='b' xmlns:l='urn:l'><xs:selector xpath='l:hex'/><xs:field xpath='@value'/></xs:unique>",
    );
    for document in documents() {
        let ratio = allocated(&all, &document);
        assert!(ratio < 60.0, "{ratio:.1}");
    }
}

/// Tests that unions that share members take each member once, whether or not they have facets: otherwise each level doubles the work, and
/// neither this schema nor a text that no member admits would be read in this century.
#[test]
fn unions_that_share_members_take_each_once() {
    let level = |n: usize, facet: &str| {
        let inner = n - 1;
        format!(
            "<xs:simpleType name='a{n}'><xs:restriction base='u{inner}'>{facet}</xs:restriction></xs:simpleType>\
             <xs:simpleType name='b{n}'><xs:restriction base='u{inner}'>{facet}</xs:restriction></xs:simpleType>\
             <xs:simpleType name='u{n}'><xs:union memberTypes='a{n} b{n}'/></xs:simpleType>"
        )
    };
    for (base, facet) in [("xs:int", ""), ("xs:int", "<xs:pattern value='[0-9:a]*'/>"), ("xs:QName", "<xs:pattern value='[0-9:a]*'/>")] {
        let levels: String = (1..40).map(|n| level(n, facet)).collect();
        let first = format!("<xs:simpleType name='u0'><xs:union memberTypes='{base} xs:date'/></xs:simpleType>");
        let validator = validator("unions.xsd", &format!("{first}{levels}<xs:element name='mail' type='u39'/>"));
        for (text, is_valid) in [("a", base == "xs:QName"), ("zzz:a", false), ("7", base == "xs:int")] {
            assert_eq!(validator.check(format!("<mail xmlns='urn:l'>{text}</mail>").as_bytes()).is_ok(), is_valid, "{base} {facet} {text}");
        }
    }
}
