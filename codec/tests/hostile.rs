//! What is not well-formed, too large, too deep or in the wrong encoding: an error with a place in both manners, and no panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a test may fail by panic

pub mod sample;

use sample::{Document, serv};
use xsdgen_codec::{AnyElement, Error, ErrorKind, ReadOptions};

const START: &str = "<s:message xmlns:s='urn:sample:service'><s:header><s:response><s:result>FAILURE</s:result><s:reason>";
const END: &str = "</s:reason></s:response></s:header><s:body><s:bodyContent/></s:body></s:message>";

fn manners() -> [ReadOptions; 4] {
    let (strict, tolerant) = (ReadOptions::strict(), ReadOptions::tolerant());
    [strict.clone(), strict.fast(false), tolerant.clone(), tolerant.fast(false)]
}

fn reason(xml: &[u8], options: &ReadOptions) -> Result<String, Error> {
    match Document::read(xml, options)?.value {
        Document::Message(message) => Ok(message.header.response[0].reason.clone().unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(xml: impl AsRef<[u8]>, kind: ErrorKind) {
    for options in manners() {
        let error = reason(xml.as_ref(), &options).expect_err("it is refused");
        let unexpected = matches!(error.kind(), ErrorKind::UnexpectedElement | ErrorKind::UnexpectedAttribute); // which only strict reading minds
        assert!(error.kind() == kind || unexpected, "{error}");
        assert!(error.position().is_some(), "{error}");
    }
}

#[track_caller]
fn reads(xml: impl AsRef<[u8]>, expected: &str) {
    for options in manners() {
        assert_eq!(reason(xml.as_ref(), &options).unwrap_or_else(|error| panic!("{error}")), expected);
    }
}

fn with(text: &str) -> String {
    format!("{START}{text}{END}")
}

#[test]
fn texts_that_are_well_formed() {
    reads(with("&lt;&gt;&amp;&quot;&apos;&#65;&#x42;"), "<>&\"'AB");
    reads(with("<![CDATA[Not]]> <![CDATA[found]]>"), "Not found");
    reads(with("a<?pi ?>b<!-- - -->"), "ab");
    reads(with("a\r\nb\rc"), "a\nb\nc");
    reads(with("]] > ]]&gt;"), "]] > ]]>");
    reads(format!("\u{FEFF}<?xml version='1.0'?><!-- c --><?p i?>\n{}\n<!-- c -->", with("x")), "x");
    reads(with("x").replace("<s:reason>", "<s:reason\n>").replace("</s:reason>", "</s:reason\t>"), "x");
}

#[test]
fn texts_that_are_not_well_formed() {
    for text in [
        "&nosuch;",
        "&",
        "a & b",
        "&#99999999999999999999;",
        "&#;",
        "&#x;",
        "&#x110000;",
        "&#0;",
        "&#xD800;",
        "&#xFFFE;",
        "&#-1;",
        "&#x+1;",
        "&lt",
        "a]]>b",
        "\u{1}",
        "\u{FFFF}",
        "<!-- a -- b -->",
        "<!-- ",
        "<![CDATA[ ",
        "<?pi ",
        "<?xml version='1.0'?>",
        "<!ELEMENT a ANY>",
        "<a",
        "<a b",
        "<a b=",
        "<a b='",
        "<a b='1'",
        "<a b=1/>",
        "<a b='1'c='2'/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b='&x;'/>",
        "< a/>",
        "<1/>",
        "<a:b:c/>",
        "<:a/>",
        "<a:/>",
        "<a></b>",
        "<a></A>",
        "<a/ >",
        "<a><b></a></b>",
        "</a>",
        "<a xmlns:b=''/>",
        "<a xmlns:xmlns='x'/>",
        "<a xmlns:xml='x'/>",
        "<a xmlns:p='x' xmlns:p='x'/>",
        "<a xmlns:p='x' xmlns:q='x' p:b='' q:b=''/>",
        "<a =''/>",
        "<a b:='1'/>",
        "<xmlns:a/>",
        "<é\u{D7}/>",
    ] {
        refused(with(text), ErrorKind::Syntax);
    }
    refused(with("<p:a/>"), ErrorKind::Prefix);
    refused(with("<a p:b=''/>"), ErrorKind::Prefix);
}

#[test]
fn documents_that_are_not_well_formed() {
    let good = with("x");
    for xml in [
        String::new(),
        " \n".into(),
        "{}".into(),
        good.replace("</s:header>", "</s:Header>"),
        format!("{good}{good}"),
        format!("{good}x"),
        format!("{good}<!--"),
        format!("<?xml version='9.9'?>{good}"),
        format!("<?xml encoding='UTF-8'?>{good}"),
        format!("<?xml version='1.0'encoding='UTF-8'?>{good}"),
        format!("<?xml version='1.0'?><?xml version='1.0'?>{good}"),
        format!("{good}\0"),
        format!("<?xml version='1.0' standalone='maybe'?>{good}"),
        "<".into(),
        "<s:message xmlns:s='urn:sample:service'".into(),
        "<!-- x".into(),
        "<s:message xmlns:s='urn:sample:service'/".into(),
    ] {
        refused(&xml, ErrorKind::Syntax);
    }
    for text in ["<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY a 'b'>]>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"] {
        refused(format!("{text}{good}"), ErrorKind::Doctype);
    }
}

#[test]
fn every_prefix_of_a_document_is_refused() {
    let good = with("x &amp; <![CDATA[y]]><!-- z -->");
    for end in 0..good.len() {
        for options in manners() {
            assert!(Document::read(&good.as_bytes()[..end], &options).is_err(), "{}", &good[..end]);
        }
    }
}

#[test]
fn places_of_errors() {
    let xml = with("é\n &oops;");
    let error = reason(xml.as_bytes(), &ReadOptions::tolerant()).unwrap_err();
    let position = error.position().unwrap();
    assert_eq!((error.path(), position.line, position.column), ("message/header/response/reason", 2, 2));
    assert_eq!(&xml[position.offset..position.offset + 6], "&oops;");
    assert_eq!(error.to_string(), "message/header/response/reason: not well-formed: the entity oops is not declared (line 2, column 2)");
}

#[test]
fn encodings() {
    let text = "Résumé déjà";
    let utf16 = |xml: &str, little: bool| -> Vec<u8> {
        xml.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let latin = |xml: &str| -> Vec<u8> { xml.chars().map(|c| c as u8).collect() };
    reads(with(text), text);
    for little in [true, false] {
        reads(utf16(&format!("\u{FEFF}{}", with(text)), little), text);
        reads(utf16(&format!("<?xml version='1.0' encoding='UTF-16'?>{}", with(text)), little), text);
    }
    reads(latin(&format!("<?xml version='1.0' encoding=\"ISO-8859-1\" ?>{}", with(text))), text);
    refused(latin(&with(text)), ErrorKind::Encoding);
    let charset = ReadOptions::tolerant().charset("iso-8859-1");
    assert_eq!(reason(&latin(&with(text)), &charset).unwrap(), text);
    assert_eq!(reason(&latin(&format!("<?xml version='1.0' encoding='UTF-8'?>{}", with(text))), &charset).unwrap(), text);
    assert_eq!(reason(format!("\u{FEFF}{}", with(text)).as_bytes(), &charset).unwrap(), text);
    let japanese = [0x93, 0xFA, 0x96, 0x7B];
    let xml = [b"<?xml version='1.0' encoding='Shift_JIS'?>", START.as_bytes(), &japanese, END.as_bytes()].concat();
    if cfg!(feature = "encodings") {
        reads(&xml, "日本");
    } else {
        refused(&xml, ErrorKind::Encoding);
    }
    for encoding in ["nonsense", "UTF-16", "UTF-32"] {
        refused(format!("<?xml version='1.0' encoding='{encoding}'?>{}", with("x")), ErrorKind::Encoding);
    }
    let mut odd = utf16(&format!("\u{FEFF}{}", with(text)), true);
    odd.pop();
    refused(odd, ErrorKind::Encoding);
}

#[test]
fn every_byte_of_windows_1252() {
    let bytes: Vec<u8> = (0x80..=0xFF).collect();
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
    let xml = [b"<?xml version='1.0' encoding='windows-1252'?>", START.as_bytes(), &bytes, END.as_bytes()].concat();
    reads(&xml, &text);
}

#[test]
fn limits() {
    let options = ReadOptions::tolerant().max_bytes(100);
    assert_eq!(Document::read(with("x").as_bytes(), &options).unwrap_err().kind(), ErrorKind::Limit);
    let many: String = (0..600).map(|number| format!(" a{number}=''")).collect();
    refused(with(&format!("<a{many}/>")), ErrorKind::Limit);
    let many: String = (0..600).map(|number| format!(" xmlns:a{number}='x'")).collect();
    refused(with(&format!("<a{many}/>")), ErrorKind::Limit);
    refused(with(&format!("<{}/>", "n".repeat(5000))), ErrorKind::Limit);
}

/// On a stack of two megabytes, which is what threads have.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

#[test]
fn deep_nesting() {
    on_a_small_stack(|| {
        const DEEP: usize = 1_000_000;
        refused(with(&"<a>".repeat(DEEP)), ErrorKind::Limit);
        refused(with(&format!("{}{}", "<a>".repeat(DEEP), "</a>".repeat(DEEP))), ErrorKind::Limit);
        assert_eq!(AnyElement::from_xml(&"<a>".repeat(DEEP)).unwrap_err().kind(), ErrorKind::Limit);
        let known = |depth: usize| {
            let (start, end) = ("<deputy id='1'><userName>a</userName>", "<status>SUCCESS</status></deputy>");
            let user = format!("<userName>a</userName>{}{}<status>SUCCESS</status>", start.repeat(depth), end.repeat(depth));
            format!(
                "<s:message xmlns:s='urn:sample:service' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:header/><s:body><s:bodyContent \
                     xmlns='urn:sample:service/user' xmlns:u='urn:sample:service/user' xsi:type='u:setUser' id='1'>{user}</s:bodyContent></s:body></s:message>"
            )
        };
        let emph = |depth: usize| {
            format!(
                "<assessment xmlns='urn:sample:qti'><title/><yes/><mattext>{}{}</mattext></assessment>",
                "<emph>".repeat(depth),
                "</emph>".repeat(depth)
            )
        };
        for options in manners() {
            for deep in [known(100_000), emph(100_000)] {
                let error = Document::read(deep.as_bytes(), &options).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
            }
            for fine in [known(250), emph(250)] {
                let document = Document::read(fine.as_bytes(), &options).unwrap().value;
                assert_eq!(document.clone(), document);
                assert!(document.to_xml().is_ok());
            }
        }
    });
}

#[test]
fn secrets_never_show() {
    let start = "<s:message xmlns:s='urn:sample:service' xmlns:c='urn:sample:common'><s:header><s:securityContext>";
    for tail in [
        "<c:password>hunter2</c:password><c:siteID>x</c:siteID>",
        "<c:password>hunter2</c:passwort>",
        "<c:password>hunter2<x/></c:password>",
        "<c:password a='1'>hunter2</c:password>",
        "<c:password>hunter2&x;</c:password>",
    ] {
        for options in manners() {
            let result = Document::read(format!("{start}{tail}</s:securityContext></s:header></s:message>").as_bytes(), &options);
            assert!(!format!("{result:?}").contains("hunter"), "{result:?}");
            if let Err(error) = result {
                assert!(!error.to_string().contains("hunter"), "{error}");
            }
        }
    }
}

#[test]
fn many_empty_siblings() {
    let xml =
        format!("<s:message xmlns:s='urn:sample:service'><s:header/><s:body>{}</s:body></s:message>", "<s:bodyContent/>".repeat(10_000));
    let Document::Message(message) = Document::from_xml(xml.as_bytes()).unwrap() else { panic!() };
    assert_eq!(message.body.body_content.len(), 10_000);
    assert!(matches!(message.body.body_content[0], serv::AnyBodyContent::BodyContent(_)));
}
