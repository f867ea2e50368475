//! Tests which complex types of two versions of a schema are the same type, and where a newer version finds them.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::fs;
use std::path::Path;

use xsdgen::{Config, GeneratedVersions};

/// Generates the bindings of versions, given what `noteType` of each contains and what else is declared.
fn generated(name: &str, versions: &[[&str; 2]], settings: &str) -> GeneratedVersions {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sharing").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let mut config = format!("out = \"made\"\n{settings}\n[versions]\n");
    for (number, [content, rest]) in (1..).zip(versions) {
        let schema = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:note' xmlns:n='urn:note' targetNamespace='urn:note' \
             elementFormDefault='qualified'><xs:element name='note' type='noteType'/>\
             <xs:complexType name='noteType'>{content}</xs:complexType>{rest}</xs:schema>"
        );
        fs::write(folder.join(format!("{number}.xsd")), schema).expect("a file");
        config.push_str(&format!("v{number} = [\"{number}.xsd\"]\n"));
    }
    let config = Config::parse(&config, &folder.join("xsdgen.toml")).product.expect("a configuration");
    let made = config.generate_versions(&mut |_| {});
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

/// Returns the number of types that two versions share.
#[track_caller]
fn shared(name: &str, old: [&str; 2], new: [&str; 2]) -> usize {
    generated(name, &[old, new], "").ir.steps.first().expect("a step").shared
}

/// Returns the content of a type with an element.
fn element(rest: &str) -> String {
    format!("<xs:sequence><xs:element name='to' {rest}</xs:sequence>")
}

#[test]
fn a_type_is_shared_only_if_nothing_in_it_differs() {
    let plain = element("type='xs:string'/>");
    let of = |name: &str, new: &str| shared(name, [&plain, ""], [new, ""]);
    assert_eq!(of("same", &plain), 1);
    for (at, other) in [
        "type='xs:token'/>",
        "type='xs:string' minOccurs='0'/>",
        "type='xs:string' default='a'/>",
        "type='xs:string' nillable='true'/>",
        "type='xs:string' form='unqualified'/>",
        "><xs:simpleType><xs:restriction base='xs:string'><xs:maxLength value='8'/></xs:restriction></xs:simpleType></xs:element>",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(of(&format!("other{at}"), &element(other)), 0, "{other}");
    }
    let attribute = format!("{plain}<xs:attribute name='at'/>");
    assert_eq!(of("attribute", &attribute), 0);
}

#[test]
fn what_the_whole_schema_set_decides_is_not_shared() {
    let twice = |name: &str, content: &str| shared(name, [content, ""], [content, ""]);
    assert_eq!(twice("any", "<xs:sequence><xs:any processContents='lax'/></xs:sequence>"), 0);
    assert_eq!(twice("any_attribute", "<xs:anyAttribute/>"), 0);
    assert_eq!(twice("any_type", &element("type='xs:anyType'/>")), 0);
}

#[test]
fn a_type_is_shared_only_with_all_types_in_it() {
    let inner = |ty: &str| format!("<xs:complexType name='inner'><xs:attribute name='a' type='{ty}'/></xs:complexType>");
    let other =
        "<xs:complexType name='other'><xs:sequence><xs:element name='other' type='other' minOccurs='0'/></xs:sequence></xs:complexType>";
    let content = element("type='inner'/>");
    let rest = |ty: &str| inner(ty) + other;
    assert_eq!(shared("nested", [&content, &rest("xs:int")], [&content, &rest("xs:int")]), 3);
    assert_eq!(shared("nested_other", [&content, &rest("xs:int")], [&content, &rest("xs:long")]), 1, "only `other`");
}

#[test]
fn a_new_derived_type_separates_the_enums_of_types() {
    let derived = |name: &str| {
        format!(
            "<xs:complexType name='{name}'><xs:complexContent><xs:extension base='inner'><xs:attribute name='b'/></xs:extension>\
             </xs:complexContent></xs:complexType>"
        )
    };
    let inner = "<xs:complexType name='inner'><xs:attribute name='a'/></xs:complexType>".to_owned() + &derived("one");
    let content = element("type='inner'/>");
    let more = inner.clone() + &derived("two");
    assert_eq!(shared("derived", [&content, &inner], [&content, &inner]), 4, "noteType, inner, one and the enum of both");
    assert_eq!(shared("derived_more", [&content, &inner], [&content, &more]), 2, "inner and one");
}

#[test]
fn an_element_with_other_identity_constraints_separates_types() {
    let content = |field: &str| {
        format!(
            "<xs:sequence><xs:element name='list'><xs:complexType><xs:sequence><xs:element name='at' maxOccurs='9'><xs:complexType>\
             <xs:attribute name='x'/><xs:attribute name='y'/></xs:complexType></xs:element></xs:sequence></xs:complexType>\
             <xs:unique name='once'><xs:selector xpath='n:at'/><xs:field xpath='@{field}'/></xs:unique></xs:element></xs:sequence>"
        )
    };
    assert_eq!(shared("unique", [&content("x"), ""], [&content("x"), ""]), 3);
    assert_eq!(shared("unique_other", [&content("x"), ""], [&content("y"), ""]), 2, "the list and its elements");
}

#[test]
fn schema_sets_with_other_namespaces_or_simple_types_share_no_complex_type() {
    let plain = element("type='xs:string'/>");
    let with = |versions: &[[&str; 2]], name: &str| generated(name, versions, "").ir.steps.first().expect("a step").shared;
    let code = |length: u32| {
        format!(
            "<xs:simpleType name='code'><xs:restriction base='xs:string'><xs:maxLength value='{length}'/></xs:restriction></xs:simpleType>"
        )
    };
    // An element of any type makes the names of types known to readers.
    let open = "<xs:element name='open' type='xs:anyType'/>";
    let of = |length| code(length) + open;
    assert_eq!(with(&[[&plain, &of(1)], [&plain, &of(1)]], "types"), 1);
    assert_eq!(with(&[[&plain, &of(1)], [&plain, &of(2)]], "types_other"), 0);
}

#[test]
fn a_newer_version_exports_the_type_of_the_oldest() {
    let plain = element("type='xs:string'/>");
    let made = generated("three", &[[&plain, ""], [&plain, ""], [&plain, ""]], "");
    let text = |path: &str| made.files.get(path).unwrap_or_else(|| panic!("{path} of {:?}", made.files.keys())).as_str();
    for version in ["v2", "v3"] {
        let module = text(&format!("{version}/note.rs"));
        assert!(module.contains("pub use super::super::v1::note::Note;"), "{module}");
        assert!(!module.contains("use super::xmlns"), "an import that nothing needs: {module}");
    }
    assert!(text("v2/mod.rs").contains("earlier = super::super::v1::xmlns::SCHEMA"));
    assert!(text("v3/mod.rs").contains("earlier = super::super::v2::xmlns::SCHEMA"));
    assert!(!text("v1/mod.rs").contains("earlier"));
    assert!(!text("lib.rs").contains("struct"), "{}", text("lib.rs"));
}

#[test]
fn exports_do_not_depend_on_the_layout_and_have_the_visibility_of_the_types() {
    let plain = element("type='xs:string'/>");
    let text = |name: &str, settings: &str| {
        generated(name, &[[&plain, ""], [&plain, ""]], settings).files.into_values().collect::<Vec<String>>().join("\n")
    };
    assert!(text("types", "layout = \"types\"").contains("\npub use super::super::super::v1::note::Note;"));
    assert!(text("file", "layout = \"file\"").contains("\n    pub use super::super::v1::note::Note;"));
    assert!(text("crate", "visibility = \"pub(crate)\"").contains("\npub(crate) use super::super::v1::note::Note;"));
}

/// Two elements have exchanged their types, so that the conversions in both directions would be between the same two types.
#[test]
fn types_that_were_exchanged_are_not_shared() {
    let types = "<xs:complexType name='a'><xs:attribute name='x'/></xs:complexType><xs:complexType name='b'><xs:attribute name='x'/></xs:complexType>";
    let content = |one: &str, two: &str| {
        format!("<xs:sequence><xs:element name='one' type='{one}'/><xs:element name='two' type='{two}'/></xs:sequence>")
    };
    assert_eq!(shared("exchanged", [&content("a", "b"), types], [&content("b", "a"), types]), 0);
    assert_eq!(shared("kept", [&content("a", "b"), types], [&content("a", "b"), types]), 3);
}
