//! Tests documents that are not well-formed, too large, too deep or in the wrong encoding: both modes return an error with a position, and
//! never panic.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod sample;

use sample::{Document, serv};
use xsdgen_codec::{AnyElement, Error, ErrorKind, NoteKind, ReadOptions};

const START: &str = "<s:message xmlns:s='urn:sample:service'><s:header><s:response><s:result>FAILURE</s:result><s:reason>";
const END: &str = "</s:reason></s:response></s:header><s:body><s:bodyContent/></s:body></s:message>";

fn modes() -> [ReadOptions; 4] {
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
    for options in modes() {
        let error = reason(xml.as_ref(), &options).expect_err("it is refused");
        let unexpected = matches!(error.kind(), ErrorKind::UnexpectedElement | ErrorKind::UnexpectedAttribute); // only strict reading reports these
        assert!(error.kind() == kind || unexpected, "{error}");
        assert!(error.position().is_some(), "{error}");
    }
}

#[track_caller]
fn reads(xml: impl AsRef<[u8]>, expected: &str) {
    for options in modes() {
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
}

#[test]
fn document_types_are_skipped_with_a_note() {
    let good = with("x");
    for (doctype, kinds) in [
        ("<!DOCTYPE a>", vec![NoteKind::Doctype]),
        ("<!DOCTYPE\n s:message >", vec![NoteKind::Doctype]),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>", vec![NoteKind::Doctype]),
        ("<!DOCTYPE a PUBLIC \"-//A//B 1.0//EN\" 'http://x.test/a.dtd' >", vec![NoteKind::Doctype]),
        ("<!-- x --><?y z?><!DOCTYPE a []> <!-- > ' -->", vec![NoteKind::Doctype]),
        ("<!DOCTYPE a SYSTEM \"[>\" [<!-- ]> <!ENTITY ' --><?p ]> \"?><!ELEMENT a (b|c)*>]\n>", vec![NoteKind::Doctype]),
        ("<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED c (x|y) #REQUIRED><!NOTATION n SYSTEM '%x;]>'>]>", vec![NoteKind::Doctype]),
        ("<!DOCTYPE a [\n<!ATTLIST a b CDATA ']>'>]>", vec![NoteKind::Doctype, NoteKind::AttributeDefault]),
    ] {
        let text = format!("{doctype}{good}");
        for options in modes() {
            let reading = Document::read(text.as_bytes(), &options).unwrap_or_else(|error| panic!("{error}: {text}"));
            let said: Vec<NoteKind> = reading.notes.iter().map(|note| note.kind).collect();
            assert_eq!(said, kinds, "{text}");
            assert!(reading.notes.iter().all(|note| note.path.is_empty()), "{:?}", reading.notes);
        }
        // roxmltree ends the declaration at the first bracket, even if it is quoted.
        let dtd = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        assert!(text.contains("]>'") || roxmltree::Document::parse_with_options(&text, dtd).is_ok(), "{text}");
    }
    let text = format!("<!DOCTYPE a [\n<!ATTLIST a b CDATA 'c'>]>{good}");
    let notes = Document::read(text.as_bytes(), &ReadOptions::strict()).unwrap().notes;
    let said: Vec<String> = notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "document type declaration, left out (line 1, column 1)",
            "default of an attribute in the document type, not applied (line 2, column 1)"
        ]
    );
    // The declaration does not change the path of errors in the following content.
    let text = format!("<!DOCTYPE a [<!-- ' --><!ELEMENT b ANY>]>{}", with("&oops;"));
    let (path, there) = (
        reason(text.as_bytes(), &ReadOptions::strict()).unwrap_err(),
        reason(with("&oops;").as_bytes(), &ReadOptions::strict()).unwrap_err(),
    );
    assert_eq!(path.path(), there.path());
}

#[test]
fn document_types_with_entities_are_refused() {
    let good = with("x");
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} '{}'>", format!("&l{};", n - 1).repeat(10))).collect();
    for doctype in [
        "<!DOCTYPE a [<!ENTITY a 'b'>]>".to_owned(),
        format!("<!DOCTYPE a [<!ENTITY l0 'lol'>{laughs}]>"),
        "<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY x SYSTEM 'file:///etc/passwd'>]>".to_owned(),
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://x.test/p'> %p;]>".to_owned(),
        "<!DOCTYPE a [%p;]>".to_owned(),
        "<!DOCTYPE a [<!ELEMENT a (%p;)>]>".to_owned(),
    ] {
        refused(format!("{doctype}{good}"), ErrorKind::Doctype);
    }
    // An entity of an external document type, which is not read, is unknown.
    refused(format!("<!DOCTYPE a SYSTEM 'a.dtd'>{}", with("&a;")), ErrorKind::Syntax);
}

#[test]
fn malformed_document_types_are_refused() {
    let good = with("x");
    for doctype in [
        "<!DOCTYPE>",
        "<!DOCTYPEa>",
        "<!DOCTYPE a",
        "<!DOCTYPE a SYSTEM>",
        "<!DOCTYPE a SYSTEM 'x>",
        "<!DOCTYPE a PUBLIC 'x'>",
        "<!DOCTYPE a PUBLIC '{' 'x'>",
        "<!DOCTYPE a SYSTEM'x'>",
        "<!DOCTYPE a OTHER 'x'>",
        "<!DOCTYPE a b>",
        "<!DOCTYPE a [",
        "<!DOCTYPE a [<!ELEMENT",
        "<!DOCTYPE a [<!ELEMENT a (b <!ELEMENT c ANY>]>",
        "<!DOCTYPE a [<!ELEMENTa ANY>]>",
        "<!DOCTYPE a [<a/>]>",
        "<!DOCTYPE a [text]>",
        "<!DOCTYPE a [<?xml version='1.0'?>]>",
        "<!DOCTYPE a [<!-- -- -->]>",
        "<!DOCTYPE a []",
        "<!DOCTYPE a [] SYSTEM 'x'>",
        "<!DOCTYPE a><!DOCTYPE a>",
        "<!ELEMENT a ANY>",
        "<!doctype a>",
    ] {
        refused(format!("{doctype}{good}"), ErrorKind::Syntax);
    }
    refused(format!("{good}<!DOCTYPE a>"), ErrorKind::Syntax);
    let inside = with("<!DOCTYPE a>");
    refused(&inside, ErrorKind::Syntax);
}

#[test]
fn strict_mode_checks_the_declarations_of_a_document_type() {
    let strict = |declaration: &str| {
        let text = format!("<!DOCTYPE a [{declaration}]>{}", with("x"));
        assert!(Document::read(text.as_bytes(), &ReadOptions::tolerant()).is_ok(), "{text}");
        Document::read(text.as_bytes(), &ReadOptions::strict()).map(|_| ())
    };
    for good in [
        "<!ELEMENT a EMPTY>",
        "<!ELEMENT a ANY >",
        "<!ELEMENT a (b)>",
        "<!ELEMENT a ( b , (c|d+)* , e? )+ >",
        "<!ELEMENT a ((b,c),(d|e))>",
        "<!ELEMENT a (#PCDATA)>",
        "<!ELEMENT a (#PCDATA)*>",
        "<!ELEMENT a ( #PCDATA | b | c )* >",
        "<!ATTLIST a>",
        "<!ATTLIST a b CDATA #REQUIRED c NMTOKENS #IMPLIED d (x|1|-y) 'x' e NOTATION (n|m) #FIXED \"n\">",
        "<!ATTLIST a b ID #IMPLIED\n c IDREFS 'a &amp; &#x41;' >",
        "<!NOTATION n SYSTEM 'x'>",
        "<!NOTATION n PUBLIC 'x'>",
        "<!NOTATION n PUBLIC 'x' 'y' >",
    ] {
        assert!(strict(good).is_ok(), "{good}: {:?}", strict(good));
    }
    for bad in [
        "<!ELEMENT a>",
        "<!ELEMENT a NONE>",
        "<!ELEMENT a ANY x>",
        "<!ELEMENT a ()>",
        "<!ELEMENT a (b,c|d)>",
        "<!ELEMENT a (b c)>",
        "<!ELEMENT a (b,)>",
        "<!ELEMENT a (b))>",
        "<!ELEMENT a (b>",
        "<!ELEMENT a (b)**>",
        "<!ELEMENT a (b ?)>",
        "<!ELEMENT a (#PCDATA|b)>",
        "<!ELEMENT a (#PCDATA,b)*>",
        "<!ELEMENT a (b|#PCDATA)*>",
        "<!ELEMENT a (#PCDATA|(b))*>",
        "<!ATTLIST a b>",
        "<!ATTLIST a b CDATA>",
        "<!ATTLIST a b STRING #IMPLIED>",
        "<!ATTLIST a b CDATA #OPTIONAL>",
        "<!ATTLIST a b CDATA #FIXED>",
        "<!ATTLIST a b CDATA#IMPLIED>",
        "<!ATTLIST a b () 'x'>",
        "<!ATTLIST a b (x,y) 'x'>",
        "<!ATTLIST a b (x|) 'x'>",
        "<!ATTLIST a b NOTATION n 'n'>",
        "<!ATTLIST a b NOTATION (1) #IMPLIED>",
        "<!ATTLIST a b CDATA '&'>",
        "<!ATTLIST a b CDATA '&#0;'>",
        "<!ATTLIST a b CDATA 'x'c CDATA 'y'>",
        "<!NOTATION n>",
        "<!NOTATION n SYSTEM>",
        "<!NOTATION n SYSTEM 'x' 'y'>",
        "<!NOTATION n PUBLIC '{'>",
        "<!NOTATION n 'x'>",
    ] {
        assert_eq!(strict(bad).map_err(|error| error.kind()), Err(ErrorKind::Syntax), "{bad}");
    }
    let deep = format!("<!ELEMENT a {}b{}>", "(".repeat(100_000), ")".repeat(100_000));
    assert!(strict(&deep).is_ok());
}

#[test]
fn every_prefix_of_a_document_is_refused() {
    let good = with("x &amp; <![CDATA[y]]><!-- z -->");
    for end in 0..good.len() {
        for options in modes() {
            assert!(Document::read(&good.as_bytes()[..end], &options).is_err(), "{}", &good[..end]);
        }
    }
}

#[test]
fn positions_of_errors() {
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

/// Runs the test on a stack of 2 MiB, the default size for threads.
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
        for options in modes() {
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
fn secrets_are_never_shown() {
    let start = "<s:message xmlns:s='urn:sample:service' xmlns:c='urn:sample:common'><s:header><s:securityContext>";
    for tail in [
        "<c:password>hunter2</c:password><c:siteID>x</c:siteID>",
        "<c:password>hunter2</c:passwort>",
        "<c:password>hunter2<x/></c:password>",
        "<c:password a='1'>hunter2</c:password>",
        "<c:password>hunter2&x;</c:password>",
    ] {
        for options in modes() {
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

/// Types for the limit on attributes: one declares more attributes than the limit allows, and one accepts any attributes.
mod crowds {
    use xsdgen_codec::{AnyAttribute, ErrorKind, ReadOptions, Xml};

    pub(crate) mod xmlns {
        xsdgen_codec::schema! { trim_text = false; c = "urn:crowd"; }
    }

    #[derive(Clone, PartialEq, Default, Xml)]
    #[xml(c, "declared")]
    pub(crate) struct Declared {
        #[xml(attribute, "a")]
        pub a: Option<i32>,
        #[xml(attribute, "b")]
        pub b: Option<i32>,
        #[xml(attribute, "c")]
        pub c: Option<i32>,
        #[xml(attribute, "d")]
        pub d: Option<i32>,
    }

    #[derive(Clone, PartialEq, Default, Xml)]
    #[xml(c, "any")]
    pub(crate) struct Any {
        #[xml(attribute, any = "##any", process = lax)]
        pub any: Vec<AnyAttribute>,
        #[xml(none, "inner")]
        pub inner: Option<xsdgen_codec::Nillable<Declared>>,
        #[xml(none, "text")]
        pub text: Option<i32>,
    }

    /// Reads a type and returns the kind of the error, if any.
    fn kind<T: Xml>(text: &str, options: &ReadOptions) -> Option<ErrorKind> {
        T::read_xml(text.as_bytes(), options).err().map(|error| error.kind())
    }

    #[test]
    fn declared_attributes_are_not_limited() {
        let four = "a='1' b='2' c='3' d='4'";
        for (strict, options) in [(true, ReadOptions::strict()), (false, ReadOptions::tolerant())] {
            for options in [options.clone(), options.fast(false)].map(|options| options.max_attributes(2)) {
                let declared = |attributes: &str| kind::<Declared>(&format!("<x {attributes}/>"), &options);
                assert_eq!(declared(four), None);
                assert_eq!(declared(&format!("xmlns:p='p' {four} xmlns:q='q'")), None);
                assert_eq!(declared(&format!("xmlns:p='p' {four} xmlns:q='q' xmlns:r='r'")), Some(ErrorKind::Limit));
                assert_eq!(declared("xmlns:p='p' xmlns:q='q' xmlns:r='r'"), Some(ErrorKind::Limit));
                // The element has only one attribute more than the type declares, but three that are not declared.
                let unknown = if strict { ErrorKind::UnexpectedAttribute } else { ErrorKind::Limit };
                assert_eq!(declared("a='1' b='2' e='3' f='4' g='5'"), Some(unknown));
                let any = |text: &str| kind::<Any>(text, &options);
                assert_eq!(any("<x e='1' f='2'/>"), None);
                assert_eq!(any("<x e='1' f='2' g='3'/>"), Some(ErrorKind::Limit));
                assert_eq!(any(&format!("<x><inner {four}/></x>")), None);
                assert_eq!(any("<x><text e='1' f='2' g='3'>1</text></x>"), Some(ErrorKind::Limit));
            }
        }
        // The attributes of skipped elements count too.
        let options = ReadOptions::tolerant().max_attributes(2);
        assert_eq!(kind::<Any>("<x><y e='1' f='2' g='3'/></x>", &options), Some(ErrorKind::Limit));
        assert_eq!(kind::<Any>("<x><y><z e='1' f='2' g='3'/></y></x>", &options), Some(ErrorKind::Limit));
    }

    #[test]
    fn no_type_declares_any_number_of_attributes() {
        let crowd: String = (0..30_000).map(|number| format!(" a{number}='1'")).collect();
        for options in [ReadOptions::strict(), ReadOptions::tolerant()] {
            assert_eq!(kind::<Declared>(&format!("<x{crowd}/>"), &options), Some(ErrorKind::Limit));
        }
    }
}

/// Tests that reading ends at the deadline, in all modes, and that a later one changes nothing.
#[test]
fn reading_ends_at_the_deadline() {
    let (now, later) = (std::time::Instant::now(), std::time::Instant::now() + std::time::Duration::from_secs(3600));
    for options in modes() {
        let error = reason(with("x").as_bytes(), &options.clone().deadline(now)).unwrap_err();
        assert!(error.timed_out() && error.kind() == ErrorKind::Io && error.position().is_some(), "{error}");
        assert_eq!(reason(with("x").as_bytes(), &options.clone().deadline(later)).unwrap(), "x");
        let error = AnyElement::from_xml("<a").unwrap_err();
        assert!(!error.timed_out() && !error.would_block());
    }
}

/// A source that never ends and never has what reading waits for.
#[derive(Default)]
struct Endless(usize);

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0 += 1;
        assert!(self.0 < 1000, "the deadline is not checked");
        let Some(first) = buffer.first_mut() else { return Ok(0) };
        *first = if self.0 == 1 { b'<' } else { b'a' };
        Ok(1)
    }
}

#[test]
fn reading_from_a_stream_ends_at_the_deadline() {
    let options = ReadOptions::tolerant().deadline(std::time::Instant::now());
    let mut records =
        xsdgen_codec::Records::<_, serv::Response>::buffered(Endless::default(), "message/header/response", &options).unwrap();
    assert!(records.next().unwrap().unwrap_err().timed_out());
    assert!(records.next().is_none());
    assert!(records.get_mut().get_ref().0 <= 1);
}
