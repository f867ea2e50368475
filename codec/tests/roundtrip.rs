//! Tests that values of every construct are the same after writing and reading in both modes.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod sample;

use sample::{Document, com, ep, qti, serv, r#use};
use xsdgen_codec::{AnyAttribute, AnyElement, Form, List, Nillable, ReadOptions, Result, WriteOptions, Xml as _};

fn user() -> r#use::SetUser {
    let mut user = r#use::SetUser::new("u1", "", "Ada & Co <x>", serv::ResultType::Success)
        .with_version("2")
        .with_email("ada@acme.com")
        .with_address(com::Address::new("Paris").with_zip("75001"))
        .with_active(true)
        .with_score(1.5_f32)
        .with_level(7)
        .with_sizes(vec![1, -2, 3])
        .with_manager(Nillable::Nil)
        .with_office(Nillable::Value(com::Address::new("Rome")))
        .with_phones(["1", "2"])
        .with_kind("person")
        .with_open("free & open")
        .with_price(r#use::Price::new("12.50").with_currency("EUR"))
        .with_marker(())
        .with_local("here")
        .with_deputy(r#use::SetUser::new("u2", "", "Bob", serv::ResultType::Failure).with_office(Nillable::Nil).with_version("1.0"));
    user.lang = "fr".to_owned();
    if let Some(deputy) = &mut user.deputy {
        deputy.lang = "en".to_owned();
    }
    user.any.push(AnyAttribute::new("urn:else", "x", "1\n\"2\""));
    user
}

fn message() -> Result<Document> {
    let header = serv::Header::new()
        .with_security_context(com::Security::new().with_web_ex_id("ada").with_password("hunter2").with_site_id(5_941_234_567_i64))
        .with_response([serv::Response::new(serv::ResultType::Success).with_gsb_status("PRIMARY")]);
    let kept = AnyElement::from_xml(r#"<o:x xmlns:o="urn:o" a="o:q">1<o:y/></o:x>"#)?;
    let contents: Vec<serv::AnyBodyContent> = vec![
        user().into(),
        ep::LstRecording::new().with_list_control(serv::ListControl::new().with_start_from(1_u32)).into(),
        ep::LstRecordingResponse::new().with_other([kept]).into(),
        serv::BodyContent::new().into(),
        r#use::SetUserResponse::new().into(),
    ];
    Ok(serv::Message::new(header, serv::Body::new(contents)).into())
}

fn assessment(feedback: qti::Feedback, shape: Option<qti::Shape>) -> Document {
    let mut assessment = qti::Assessment::new("T", feedback).with_pair([
        qti::Pair { key: "k".into(), value: None },
        qti::Pair { key: "l".into(), value: Some("v".into()) },
        qti::Pair { key: "m".into(), value: None },
    ]);
    assessment.shape = shape;
    let emph = qti::Emph { content: vec![qti::MatTextContent::Text("b".into()), qti::MatTextContent::Break(())] };
    let content = vec![qti::MatTextContent::Text(" a ".into()), qti::MatTextContent::Emph(emph), qti::MatTextContent::Text("\n".into())];
    assessment.material = vec![qti::MatText { uri: None, content }, qti::MatText { uri: Some("u".into()), content: Vec::new() }];
    assessment.into()
}

fn documents() -> Result<Vec<Document>> {
    let other = AnyElement::from_xml("<f:oval xmlns:f='urn:f'/>")?;
    Ok(vec![
        message()?,
        assessment(qti::Feedback::Yes(vec!["y".into(), "z".into()]), Some(qti::Shape::Circle(2.5))),
        assessment(qti::Feedback::No(vec![1]), Some(qti::Shape::Square(Box::new(qti::Square { side: 1e300 })))),
        assessment(qti::Feedback::Both(Box::new(qti::Both::new("a").with_b("b"))), Some(qti::Shape::Other(other))),
        assessment(qti::Feedback::Both(Box::new(qti::Both::new("a"))), None),
        Document::Remark("a remark".to_owned()),
    ])
}

#[test]
fn documents_survive_writing_and_reading() -> Result<()> {
    for document in documents()? {
        for indent in [None, Some(2)] {
            let xml = document.to_xml_with(&WriteOptions::default().indent(indent))?;
            for fast in [true, false] {
                let strict = Document::read(xml.as_bytes(), &ReadOptions::strict().fast(fast)).map_err(|error| eprintln_of(error, &xml))?;
                assert_eq!(strict.value, document, "{xml}");
                let tolerant = Document::read(xml.as_bytes(), &ReadOptions::tolerant().fast(fast))?;
                assert_eq!(tolerant.value, document, "{xml}");
                assert!(tolerant.notes.is_empty(), "{:?}\n{xml}", tolerant.notes);
            }
            roxmltree::Document::parse(&xml).expect("roxmltree reads it");
        }
    }
    Ok(())
}

fn eprintln_of(error: xsdgen_codec::Error, xml: &str) -> xsdgen_codec::Error {
    eprintln!("{error}\n{xml}");
    error
}

#[test]
fn root_qualified_with_aliases() -> Result<()> {
    let options = WriteOptions::default().form(Form::RootQualified).type_aliases(true);
    let xml = message()?.to_xml_with(&options)?;
    assert!(xml.contains("<serv:message xmlns:serv=\"urn:sample:service\"><header><securityContext><webExID>ada</webExID>"), "{xml}");
    assert!(
        xml.contains("<bodyContent xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"java:sample.user.SetUser\""),
        "{xml}"
    );
    let read = Document::read(xml.as_bytes(), &ReadOptions::tolerant())?;
    assert_eq!(read.value, message()?, "{xml}");
    assert!(read.notes.is_empty(), "{:?}", read.notes);
    Ok(())
}

#[test]
fn namespaces_are_declared_where_they_are_needed() -> Result<()> {
    let xml = message()?.to_xml()?;
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><serv:message xmlns:serv=\"urn:sample:service\" xmlns:com=\"urn:sample:common\"><serv:header>"), "{xml}");
    assert!(xml.contains("<serv:bodyContent xmlns:ep=\"urn:sample:service/ep\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"ep:lstRecording\"><ep:listControl><serv:startFrom>1</serv:startFrom></ep:listControl></serv:bodyContent>"), "{xml}");
    assert!(xml.contains("<serv:bodyContent/>"));
    Ok(())
}

#[test]
fn secrets_are_masked_on_demand() -> Result<()> {
    let xml = message()?.to_xml_with(&WriteOptions::default().mask_secrets(true))?;
    assert!(xml.contains("<com:password>******</com:password>") && !xml.contains("hunter2"));
    assert!(!format!("{:?}", message()?).contains("hunter2"));
    Ok(())
}

#[test]
fn a_type_is_written_and_read_without_a_document() -> Result<()> {
    let user = user();
    let xml = user.to_xml_as("use:setUser")?;
    assert_eq!(r#use::SetUser::from_xml_strict(xml.as_bytes())?, user);
    let xml = user.to_xml_as("plain")?;
    assert_eq!(r#use::SetUser::from_xml_strict(xml.as_bytes())?, user, "{xml}");
    assert!(user.to_xml_as("nobody:x").is_err() && user.to_xml_as("a b").is_err() && user.to_xml_as("").is_err());
    Ok(())
}

#[test]
fn to_a_writer() -> Result<()> {
    let mut bytes = Vec::new();
    message()?.write_xml(&mut bytes)?;
    assert_eq!(String::from_utf8_lossy(&bytes), message()?.to_xml()?);
    Ok(())
}

#[test]
fn conversions_of_polymorphic_values() {
    let any: serv::AnyBodyContent = user().into();
    assert_eq!(any.type_name(), "setUser");
    assert!(r#use::SetUser::try_from(any.clone()).is_ok());
    assert!(ep::LstRecording::try_from(any).is_err());
}

#[test]
fn operations_are_listed() {
    let [list, set] = sample::OPERATIONS else { panic!() };
    assert_eq!(
        (list.name, list.namespace(), list.wire_type, list.safe),
        ("lstRecording", "urn:sample:service/ep", "java:sample.ep.LstRecording", true)
    );
    assert!(!set.safe);
}

#[test]
fn lists_are_of_items() {
    assert_eq!(List::<i32>::from(vec![1]).len(), 1);
}
