//! Tests which values strict reading and writing refuse, and the positions of the errors.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod sample;

use sample::{Document, com, ep, qti, serv, r#use};
use xsdgen_codec::{Error, ErrorKind, ReadOptions, Xml};

fn refused<T: Xml + std::fmt::Debug>(xml: &str) -> Error {
    let fast = T::read_xml(xml.as_bytes(), &ReadOptions::strict()).err();
    let slow = T::read_xml(xml.as_bytes(), &ReadOptions::strict().fast(false)).err();
    assert_eq!(fast.as_ref().map(Error::to_string), slow.map(|error| error.to_string()), "{xml}");
    fast.unwrap_or_else(|| panic!("taken: {xml}"))
}

fn taken<T: Xml + std::fmt::Debug>(xml: &str) -> T {
    T::from_xml_strict(xml.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

const U: &str =
    "<u:x xmlns:u='urn:sample:service/user' xmlns:com='urn:sample:common' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";

fn user(attributes: &str, children: &str) -> String {
    format!("{U} {attributes}>{children}</u:x>")
}

const NAME: &str = "<u:userName>A</u:userName>";
const STATUS: &str = "<u:status>SUCCESS</u:status>";

#[test]
fn order_number_and_names() {
    use ErrorKind::*;
    taken::<r#use::SetUser>(&user("id='1'", &format!("{NAME}{STATUS}")));
    for (attributes, children, kind, path) in [
        ("id='1'", format!("{STATUS}{NAME}"), Missing, "x/userName"),
        ("id='1'", format!("{NAME}{NAME}{STATUS}"), Repeated, "x/userName[1]"),
        ("id='1'", NAME.to_owned(), Missing, "x/status"),
        ("id='1'", format!("{NAME}{STATUS}<u:active>1</u:active>"), UnexpectedElement, "x/active"),
        ("id='1'", format!("{NAME}{STATUS}<u:later/>"), UnexpectedElement, "x/later"),
        ("id='1'", format!("<userName>A</userName>{STATUS}"), UnexpectedElement, "x/userName"),
        ("id='1'", format!("<u:username>A</u:username>{STATUS}"), UnexpectedElement, "x/username"),
        ("id='1'", format!("{NAME}text{STATUS}"), UnexpectedText, "x"),
        ("id='1'", format!("{NAME}\u{A0}{STATUS}"), UnexpectedText, "x"),
        ("", format!("{NAME}{STATUS}"), Missing, "x/@id"),
        ("id='1' odd='2'", format!("{NAME}{STATUS}"), UnexpectedAttribute, "x/@odd"),
        ("id='1' xsi:odd='2'", format!("{NAME}{STATUS}"), UnexpectedAttribute, "x/@odd"),
        ("id='1' com:lang='abcdef'", format!("{NAME}{STATUS}"), Facet, "x/@lang"),
        ("id='1' xsi:nil='true'", format!("{NAME}{STATUS}"), Type, "x/@nil"),
        ("id='1' xsi:type='u:other'", format!("{NAME}{STATUS}"), Type, "x/@type"),
    ] {
        let error = refused::<r#use::SetUser>(&user(attributes, &children));
        assert_eq!((error.kind(), error.path()), (kind, path), "{error}");
        assert!(error.position().is_some());
    }
    taken::<r#use::SetUser>(&user("id='1' xsi:type='u:setUser' xsi:schemaLocation='a b'", &format!("{NAME}{STATUS}")));
}

#[test]
fn values_and_facets() {
    use ErrorKind::*;
    let long = "a".repeat(65);
    for (child, kind) in [
        (format!("<u:email>{long}</u:email>"), Facet),
        ("<u:active>TRUE</u:active>".to_owned(), Value),
        ("<u:active/>".to_owned(), Value),
        ("<u:score>inf</u:score>".to_owned(), Value),
        ("<u:level>10</u:level>".to_owned(), Facet),
        ("<u:level>256</u:level>".to_owned(), Value),
        ("<u:sizes>1 2147483648</u:sizes>".to_owned(), Value),
        ("<u:phone/><u:phone/><u:phone/><u:phone/>".to_owned(), Repeated),
        ("<u:kind>robot</u:kind>".to_owned(), Facet),
        ("<u:price>0</u:price>".to_owned(), Facet),
        ("<u:price>0.001</u:price>".to_owned(), Facet),
        ("<u:price>100000000000000000000</u:price>".to_owned(), Facet),
        ("<u:price currency='EUR' x='1'>1</u:price>".to_owned(), UnexpectedAttribute),
        ("<u:price>1<u:x/></u:price>".to_owned(), UnexpectedElement),
        ("<u:marker>x</u:marker>".to_owned(), Value),
        ("<u:status>Success</u:status>".to_owned(), Facet),
        ("<u:address><com:city/><com:city/></u:address>".to_owned(), Repeated),
        ("<u:address><com:zip>12345</com:zip></u:address>".to_owned(), Missing),
        ("<u:address><com:city/><com:zip>1234</com:zip></u:address>".to_owned(), Facet),
    ] {
        let error = refused::<r#use::SetUser>(&user("id='1'", &format!("{NAME}{child}{STATUS}")));
        assert_eq!(error.kind(), kind, "{child}: {error}");
    }
    for child in [
        format!("<u:email>{}</u:email>", "é".repeat(64)),
        "<u:address><com:zip>12345</com:zip><com:street/><com:city/></u:address>".to_owned(),
        "<u:score> -INF </u:score><u:level>+09</u:level><u:sizes>\n1 -2\t3 </u:sizes><u:manager/>".to_owned(),
        "<u:kind/>".to_owned(),
        "<u:price>99999999999999999999.99</u:price>".to_owned(),
        "<u:price>\n 00.10 </u:price>".to_owned(),
        "<u:marker/><local>x</local>".to_owned(),
        "<u:open a='1'>x<b/></u:open>".to_owned(),
    ] {
        taken::<r#use::SetUser>(&user("id='1'", &format!("{NAME}{child}{STATUS}")));
    }
}

#[test]
fn content_models() {
    let document = |children: &str| format!("<q xmlns='urn:sample:qti'>{children}</q>");
    for good in [
        "<title/><yes/>",
        "<title/><yes/><yes/><key/><key/><value/><square side='1'/>",
        "<title/><a/>",
        "<title/><a/><b/><x:y xmlns:x='urn:x'/><mattext/><mattext>a<emph>b</emph></mattext>",
        "<title/><no>1</no><mattext/>",
    ] {
        taken::<qti::Assessment>(&document(good));
    }
    for bad in [
        "",
        "<title/>",
        "<yes/><title/>",
        "<title/><yes/><no>1</no>",
        "<title/><b/>",
        "<title/><a/><a/>",
        "<title/><yes/><value/>",
        "<title/><yes/><key/><value/><value/>",
        "<title/><yes/><circle>1</circle><circle>1</circle>",
        "<title/><yes/><mattext/><key/>",
        "<title/><yes/><mattext><title/></mattext>",
        "<title/><yes/><square/>",
        "<title/><yes/><square side='x'/>",
    ] {
        refused::<qti::Assessment>(&document(bad));
    }
}

#[test]
fn types() {
    let message = |content: &str| {
        format!(
            "<s:message xmlns:s='urn:sample:service' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:header/><s:body>{content}</s:body></s:message>"
        )
    };
    for bad in [
        "",
        "<s:bodyContent xsi:type='s:odd'/>",
        "<s:bodyContent xsi:type='x:odd'/>",
        "<s:bodyContent xsi:type=''/>",
        "<s:bodyContent xsi:type='a:b:c'/>",
        "<s:bodyContent xsi:nil='true'/>",
        "<s:bodyContent><s:x/></s:bodyContent>",
        "<s:bodyContent>x</s:bodyContent>",
    ] {
        assert!(Document::from_xml_strict(message(bad).as_bytes()).is_err(), "{bad}");
    }
    assert!(Document::from_xml_strict(message("<s:bodyContent/>").as_bytes()).is_ok());
    for root in ["<message xmlns='urn:sample:Service'/>", "<message/>", "<x xmlns='urn:sample:service'/>"] {
        for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
            assert_eq!(Document::read(root.as_bytes(), &options).unwrap_err().kind(), ErrorKind::Root);
        }
    }
}

#[test]
fn writing_is_strict_too() {
    let user = || r#use::SetUser::new("1", "", "A", serv::ResultType::Success);
    for (user, kind, path) in [
        (user().with_email("x".repeat(65)), ErrorKind::Facet, "x/email"),
        (user().with_phones(["1", "2", "3", "4"]), ErrorKind::Repeated, "x/phone"),
        (user().with_local("\u{1}"), ErrorKind::Unwritable, "x/local"),
        (user().with_local("\u{FFFE}"), ErrorKind::Unwritable, "x/local"),
        (user().with_version("\u{B}"), ErrorKind::Unwritable, "x/@version"),
        (user().with_level(10), ErrorKind::Facet, "x/level"),
        (user().with_address(com::Address::new("c").with_zip("1")), ErrorKind::Facet, "x/address/zip"),
        (r#use::SetUser::new("1", "", "A", serv::ResultType::Other(String::new())), ErrorKind::Missing, "x/status"),
    ] {
        let error = user.to_xml_as("use:x").unwrap_err();
        assert_eq!((error.kind(), error.path()), (kind, path), "{error}");
    }
    let error =
        Document::from(serv::Message::new(serv::Header::new(), serv::Body::new(Vec::<serv::AnyBodyContent>::new()))).to_xml().unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::Missing, "message/body/bodyContent"));
    let body = serv::Body::new(vec![serv::AnyBodyContent::Other(xsdgen_codec::AnyElement::default())]);
    assert!(Document::from(serv::Message::new(serv::Header::new(), body)).to_xml().is_err());
    let _ = ep::LstRecording::new();
}
