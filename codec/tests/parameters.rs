//! Tests that the values of secret parameters of addresses are masked wherever a value is shown: `Debug`, notes, and XML and JSON with masked secrets.
//! Other XML and JSON have them.
#![allow(clippy::unwrap_used, reason = "a failed test panics")]
#![cfg(all(feature = "derive", feature = "serde"))]

#[allow(dead_code, missing_docs, unreachable_pub, clippy::duplicated_attributes)]
mod bindings {
    use xsdgen_codec::{AnyElement, Xml};

    pub mod xmlns {
        xsdgen_codec::schema! { trim_text = false, secret_parameters = ["PW", "ticket"]; n = "urn:n"; }
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "callType")]
    pub struct Call {
        #[xml(attribute, "from")]
        pub from: Option<String>,
        #[xml("url")]
        pub url: Vec<String>,
        #[xml(group)]
        pub way: Option<Way>,
        #[xml("inner")]
        pub inner: Option<Box<Call>>,
        #[xml("number")]
        pub number: Option<i32>,
        #[xml(any = "##other:urn:n", process = lax)]
        pub more: Vec<AnyElement>,
    }

    #[derive(Xml)]
    #[xml(choice, n)]
    pub enum Way {
        #[xml("link")]
        Link(String),
        #[xml("call")]
        Call(Box<Call>),
    }
}

use bindings::{Call, Way};
use xsdgen_codec::{AnyElement, JsonOptions, Secrets, WriteOptions, Xml as _};

const SECRET: &str = "https://a.example/?id=5&PW=c4n4ry&x=1";

fn call() -> Call {
    let kept = AnyElement::from_xml("<m:u xmlns:m='urn:m' at='?pw=c4n4ry'>?a=b&amp;Ticket=c4n4ry</m:u>").unwrap();
    let inner = Call { url: vec![SECRET.to_owned()], way: Some(Way::Link(SECRET.to_owned())), ..Call::new() };
    Call {
        from: Some("?ticket=c4n4ry".to_owned()),
        url: vec![SECRET.to_owned(), "https://b.example/?to=%3FPW%3Dc4n4ry".to_owned()],
        way: Some(Way::Call(Box::new(inner.clone()))),
        inner: Some(Box::new(inner)),
        number: Some(7),
        more: vec![kept],
    }
}

#[track_caller]
fn is_masked(shown: &str, secrets: usize) {
    assert!(!shown.contains("c4n4ry"), "{shown}");
    assert_eq!(shown.matches("******").count(), secrets, "{shown}");
}

#[test]
fn debug_masks_the_values() {
    is_masked(&format!("{:?}", call()), 9);
    is_masked(&format!("{:#?}", call()), 9);
    let plain =
        Call { from: None, url: vec!["https://a.example/?id=5&x=1".to_owned()], way: None, inner: None, number: Some(7), more: vec![] };
    assert_eq!(format!("{plain:?}"), "Call { url: [\"https://a.example/?id=5&x=1\"], number: 7, .. }");
    assert_eq!(
        format!("{:?}", Call { url: vec![SECRET.to_owned()], ..plain }),
        "Call { url: [\"https://a.example/?id=5&PW=******&x=1\"], number: 7, .. }"
    );
}

#[test]
fn xml_and_json_have_the_values_unless_secrets_are_masked() {
    let call = call();
    let xml = call.to_xml_as("n:call").unwrap();
    assert_eq!(xml.matches("c4n4ry").count(), 9);
    assert_eq!(Call::from_xml(xml.as_bytes()).unwrap(), call);
    let masked = call.to_xml_as_with("n:call", &WriteOptions::default().mask_secrets(true)).unwrap();
    is_masked(&masked, 9);
    assert_eq!(masked.replace("******", "c4n4ry"), xml);
    let json = serde_json::to_string(&call).unwrap();
    assert_eq!(json.matches("c4n4ry").count(), 9);
    let masked = serde_json::to_string(&JsonOptions::new().secrets(Secrets::Mask).of(&call)).unwrap();
    is_masked(&masked, 9);
}

#[test]
fn notes_mask_the_values() {
    let reading = Call::from_xml_noted(b"<n:call xmlns:n='urn:n'><n:number>?PW=c4n4ry</n:number></n:call>").unwrap();
    is_masked(&format!("{} {:?}", reading.notes[0], reading.notes), 2);
}
