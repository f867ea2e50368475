//! Tests the JSON Schema of documents: names, arrays, requirements, types, and content whose order is kept.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]
#![cfg(feature = "json")]

use std::path::Path;

use serde_json::{Value, json};
use xsdgen::settings::Settings;
use xsdgen::{Lock, json_schema};

fn schema(test: &str, content: &str) -> Value {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("json_schema");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(format!("{test}.xsd"));
    let text = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:t\" xmlns:t=\"urn:t\" \
         elementFormDefault=\"qualified\">{content}</xs:schema>"
    );
    std::fs::write(&path, text).expect("a file written");
    let made = xsdgen::planned(&[path], &Settings::default(), &Lock::default());
    json_schema(&made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics)).model)
}

#[test]
fn members_have_names_types_and_occurrences() {
    let schema = schema(
        "members",
        r#"<xs:element name="order" type="t:order"/>
        <xs:complexType name="order">
          <xs:annotation><xs:documentation>An  order.</xs:documentation></xs:annotation>
          <xs:sequence>
            <xs:element name="item" maxOccurs="unbounded"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="5"/>
            </xs:restriction></xs:simpleType></xs:element>
            <xs:choice><xs:element name="card" type="xs:int"/><xs:element name="cash" type="xs:boolean"/></xs:choice>
            <xs:element name="sizes" minOccurs="0"><xs:simpleType><xs:list itemType="xs:decimal"/></xs:simpleType></xs:element>
            <xs:element name="note" type="xs:string" nillable="true"/>
          </xs:sequence>
          <xs:attribute name="id" type="xs:ID" use="required"/>
          <xs:attribute name="state"><xs:simpleType><xs:restriction base="xs:token"><xs:enumeration value="new"/></xs:restriction>
          </xs:simpleType></xs:attribute>
        </xs:complexType>"#,
    );
    assert_eq!(schema["properties"], json!({ "order": { "$ref": "#/$defs/order" } }));
    let order = &schema["$defs"]["order"];
    assert_eq!(order["description"], "An order.");
    assert_eq!(order["required"], json!(["@id", "item", "note"]));
    let members = &order["properties"];
    assert_eq!(members["item"], json!({ "type": "array", "items": { "type": "string", "maxLength": 5 }, "minItems": 1 }));
    assert_eq!(members["card"]["type"], json!(["number", "string"]));
    assert_eq!(members["cash"]["enum"], json!([true, false, "true", "false", "1", "0"]));
    assert_eq!(members["sizes"], json!({ "type": "array", "items": { "type": ["number", "string"] } }));
    assert_eq!(members["note"], json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }));
    assert_eq!(members["@state"], json!({ "enum": ["new"] }));
    assert_eq!(order["additionalProperties"], false);
}

#[test]
fn order_is_kept_where_names_do_not_tell_it() {
    let ordered = |content: &str| {
        let schema = schema("order", &format!("<xs:element name=\"r\"><xs:complexType>{content}</xs:complexType></xs:element>"));
        schema["$defs"]["r"]["properties"].get("$").is_some()
    };
    let element = |name: &str| format!("<xs:element name=\"{name}\" type=\"xs:string\" minOccurs=\"0\"/>");
    let (a, b) = (element("a"), element("b"));
    assert!(!ordered(&format!("<xs:sequence>{a}{b}</xs:sequence>")));
    assert!(!ordered(&format!("<xs:sequence maxOccurs=\"2\">{a}</xs:sequence>")));
    assert!(ordered(&format!("<xs:sequence maxOccurs=\"2\">{a}{b}</xs:sequence>")));
    let required = b.replace(" minOccurs=\"0\"", "");
    assert!(ordered(&format!("<xs:sequence>{a}{required}{a}</xs:sequence>")));
    let mixed = schema(
        "mixed",
        &format!("<xs:element name=\"r\"><xs:complexType mixed=\"true\"><xs:sequence>{a}</xs:sequence></xs:complexType></xs:element>"),
    );
    assert_eq!(mixed["$defs"]["r"]["properties"]["$"]["items"]["anyOf"][0], json!({ "type": "string" }));
}

#[test]
fn derived_types_are_alternatives() {
    let schema = schema(
        "derived",
        r#"<xs:element name="r" type="t:base"/><xs:complexType name="base" abstract="true"/>
        <xs:complexType name="more"><xs:complexContent><xs:extension base="t:base"><xs:attribute name="type"/></xs:extension>
        </xs:complexContent></xs:complexType>"#,
    );
    assert_eq!(schema["properties"]["r"], json!({ "$ref": "#/$defs/base.any" }));
    let alternatives = schema["$defs"]["base.any"]["anyOf"].as_array().expect("an array");
    assert_eq!((alternatives.len(), &alternatives[0]["allOf"][0]), (1, &json!({ "$ref": "#/$defs/more" })));
    assert_eq!(schema["$defs"]["more"]["properties"]["@xsi:type"]["enum"], json!(["more", "{urn:t}more"]));
}
