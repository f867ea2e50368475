//! Tests that what is missing, what the schema supplies and what a document contains are told apart.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

use xsdgen_codec::{Builtin, Defaults, Error, ErrorKind, Missing, NoteKind, QName, ReadOptions, SimpleType, WriteOptions, Xml};

mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; u = "urn:u"; }
}

static QNAME: SimpleType = SimpleType::of(Builtin::QName);

/// An invoice with a required choice and attributes for which the schema supplies values.
#[derive(Clone, PartialEq, Xml)]
#[xml(t, "invoice")]
pub struct Invoice {
    #[xml(attribute, "currency", default = "EUR")]
    pub currency: Option<String>,
    #[xml(attribute, "version", fixed = "1.0")]
    pub version: Option<String>,
    #[xml(attribute, u, "rate", default = "1.5")]
    pub rate: Option<f64>,
    #[xml(attribute, "kind", default = "{urn:x}x:plain", facets = QNAME)]
    pub kind: Option<QName>,
    #[xml(attribute, "number")]
    pub number: i32,
    #[xml(group)]
    pub due: Due,
    #[xml("line")]
    pub lines: Vec<Line>,
}

#[derive(Xml)]
#[xml(choice, t)]
pub enum Due {
    #[xml("days")]
    Days(i32),
    #[xml("date")]
    Date(String),
}

#[derive(Clone, PartialEq, Xml)]
#[xml(t, "line")]
pub struct Line {
    #[xml("name")]
    pub name: String,
    #[xml("price")]
    pub price: f64,
    #[xml("note")]
    pub note: Option<i32>,
}

fn read(xml: &str, options: &ReadOptions) -> Result<(Invoice, Vec<(NoteKind, String)>), Error> {
    let fast = Invoice::read_xml(xml.as_bytes(), options);
    let slow = Invoice::read_xml(xml.as_bytes(), &options.clone().fast(false));
    assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{xml}");
    fast.map(|reading| (reading.value, reading.notes.iter().map(|note| (note.kind, note.path.clone())).collect()))
}

fn invoice(attributes: &str, content: &str) -> String {
    format!(r#"<t:invoice xmlns:t="urn:t"{attributes}>{content}</t:invoice>"#)
}

#[test]
fn what_is_required_and_missing_is_an_error_unless_it_is_blank() {
    let number = r#" number="7""#;
    let days = "<t:days>5</t:days>";
    let cases = [
        (invoice("", days), ErrorKind::Missing, "invoice/@number"),
        (invoice(number, ""), ErrorKind::Missing, "invoice/days"),
        (invoice(number, &format!("{days}<t:line><t:name>a</t:name></t:line>")), ErrorKind::Missing, "invoice/line/price"),
        (invoice(number, &format!("{days}<t:line><t:price>1</t:price></t:line>")), ErrorKind::Missing, "invoice/line/name"),
        (invoice(number, &format!("{days}<t:line><t:name>a</t:name><t:price/></t:line>")), ErrorKind::Value, "invoice/line/price"),
        (invoice(number, "<t:days/>"), ErrorKind::Value, "invoice/days"),
        (invoice(r#" number="""#, days), ErrorKind::Value, "invoice/@number"),
    ];
    for (xml, kind, path) in cases {
        let error = read(&xml, &ReadOptions::tolerant()).unwrap_err();
        assert_eq!((error.kind(), error.path()), (kind, path), "{xml}");
        assert!(error.position().is_some_and(|position| position.line == 1), "{error}");
        let (_, notes) = read(&xml, &ReadOptions::tolerant().missing(Missing::Blank)).unwrap();
        let noted = if kind == ErrorKind::Missing { NoteKind::Missing } else { NoteKind::BadValue };
        assert_eq!(notes, [(noted, path.to_owned())], "{xml}");
    }
    // An optional element that is absent or empty is neither.
    let line = "<t:line><t:name/><t:price>1</t:price><t:note/></t:line>";
    let (value, notes) = read(&invoice(number, &format!("{days}{line}")), &ReadOptions::tolerant()).unwrap();
    assert_eq!((value.lines[0].note, notes), (None, vec![(NoteKind::BadValue, "invoice/line/note".to_owned())]));
}

#[test]
fn reading_and_writing_adds_and_drops_no_attributes() {
    let all = r#" xmlns:u="urn:u" currency="EUR" version="1.0" u:rate="1.5" number="7""#;
    for attributes in [r#" number="7""#, r#" currency="EUR" number="7""#, r#" version="1.0" number="7""#, all] {
        let xml = invoice(attributes, "<t:days>5</t:days>");
        for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
            let (value, notes) = read(&xml, &options).unwrap();
            let written = value.to_xml_as_with("t:invoice", &WriteOptions::default().declaration(false)).unwrap();
            let mut expected: Vec<&str> = xml.split([' ', '>']).collect();
            let mut found: Vec<&str> = written.split([' ', '>']).collect();
            expected.sort_unstable();
            found.sort_unstable();
            assert_eq!((found, notes), (expected, vec![]), "{written}");
        }
    }
}

#[test]
fn the_writer_supplies_values_on_demand() {
    let value = Invoice::new(7, Due::Days(5));
    let options = WriteOptions::default().declaration(false);
    let xml = value.to_xml_as_with("t:invoice", &options.clone().defaults(Defaults::Write)).unwrap();
    for part in
        [r#" currency="EUR""#, r#" version="1.0""#, r#" u:rate="1.5""#, r#" xmlns:u="urn:u""#, r#" xmlns:x="urn:x""#, r#" kind="x:plain""#]
    {
        assert_eq!(xml.matches(part).count(), 1, "{part}: {xml}");
    }
    let (read_back, _) = read(&xml, &ReadOptions::strict()).unwrap();
    let (filled, _) = read(&value.to_xml_as_with("t:invoice", &options).unwrap(), &ReadOptions::strict().fill_defaults(true)).unwrap();
    assert_eq!(read_back, filled);
    assert_eq!((filled.currency.as_deref(), filled.rate), (Some("EUR"), Some(1.5)));
    // A value that differs from the default is written as it is.
    let xml = value.with_currency("CHF").to_xml_as_with("t:invoice", &options.defaults(Defaults::Write)).unwrap();
    assert!(xml.contains(r#"currency="CHF""#) && !xml.contains("EUR"), "{xml}");
}
