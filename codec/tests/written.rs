//! Tests that what is written is well-formed, whatever the options for reading and writing: kept XML, kept attributes, names and texts of documents
//! with prefixes that nothing declares and with a bare `&`. roxmltree and the codec's own strict reading are the judges.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod changes;
pub mod sample;

use changes::{Random, SEEDS, mutate};
use sample::qti::{MatText, MatTextContent};
use sample::{Document, serv};
use xsdgen_codec::{
    AnyAttribute, AnyType, Canonical, Defaults, EmptyElements, ErrorKind, Form, ReadOptions, WriteOptions, Xml, canonicalize,
};

#[track_caller]
fn assert_well_formed(xml: &str, source: &str) {
    roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}\n{source}"));
    if let Err(error) = canonicalize(xml, &Canonical::inclusive()) {
        assert_eq!(error.kind(), ErrorKind::Limit, "{error}\n{xml}\n{source}");
    }
}

fn reading(random: &mut Random) -> ReadOptions {
    let mut has = || random.next(2) == 0;
    let options = if has() { ReadOptions::tolerant() } else { ReadOptions::strict() };
    options.undeclared_prefixes(has()).bare_ampersands(has()).keep_unknown(has()).fill_defaults(has()).all_errors(has()).fast(has())
}

fn writing(random: &mut Random) -> WriteOptions {
    let options = if random.next(3) == 0 { WriteOptions::default() } else { WriteOptions::tolerant() };
    let mut has = || random.next(2) == 0;
    let options = options
        .indent(has().then_some(2))
        .namespaces_on_root(has())
        .xsi_on_root(has())
        .form(if has() { Form::Qualified } else { Form::RootQualified })
        .defaults(if has() { Defaults::Write } else { Defaults::Omit });
    match random.next(6) {
        0 => options.empty_elements(EmptyElements::Long),
        1 => options.empty_elements(EmptyElements::Spaced).default_namespace("urn:sample:service"),
        2 => options.default_namespace("urn:sample:service/user"),
        3 => options.canonical(Canonical::inclusive().comments(true)),
        _ => options,
    }
}

fn rounds() -> usize {
    std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(2_000)
}

#[test]
fn what_is_read_with_any_options_is_written_well_formed() {
    let mut random = Random(0x5851_F42D_4C95_7F2D ^ rounds() as u64);
    let (mut written, mut kept) = (0, 0);
    for round in 0..rounds() {
        let source = mutate(SEEDS[round % SEEDS.len()], &mut random);
        let Ok(reading) = Document::read(source.as_bytes(), &reading(&mut random)) else { continue };
        for _ in 0..2 {
            let Ok(xml) = reading.to_xml_with(&writing(&mut random)) else { continue };
            assert_well_formed(&xml, &source);
            written += 1;
            kept += usize::from(!reading.kept.is_empty());
        }
    }
    assert!(written > rounds() / 3 && kept > rounds() / 50, "{written} {kept}");
}

#[track_caller]
fn same(one: &str, other: &str) {
    let form = Canonical::exclusive().comments(true);
    assert_eq!(canonicalize(one, &form).unwrap(), canonicalize(other, &form).unwrap(), "{other}");
}

/// Reads a document that is not well-formed, and compares what is written with a document that is.
#[track_caller]
fn repaired(source: &str, expected: &str) {
    let options = ReadOptions::tolerant().undeclared_prefixes(true).bare_ampersands(true).keep_unknown(true);
    for options in [options.clone(), options.fast(false)] {
        let reading = Document::read(source.as_bytes(), &options).unwrap();
        let written = reading.to_xml_with(&WriteOptions::tolerant().declaration(false)).unwrap();
        assert_well_formed(&written, source);
        same(expected, &written);
    }
}

fn list(inner: &str) -> String {
    format!(
        "<serv:message xmlns:serv='urn:sample:service' xmlns:ep='urn:sample:service/ep'><serv:header><serv:response><serv:result>SUCCESS\
         </serv:result></serv:response></serv:header><serv:body><serv:bodyContent xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' \
         xsi:type='ep:lstRecordingResponse'>{inner}</serv:bodyContent></serv:body></serv:message>"
    )
}

#[test]
fn an_ampersand_in_kept_xml_is_escaped() {
    // In an element of a wildcard; references, CDATA sections, comments and instructions stay as they are.
    repaired(
        &list("<o:a xmlns:o='urn:o' u='1&amp;2'>x?a=1&b=2 &amp; &#38; <![CDATA[&]]><!-- & --><?p &?>&</o:a>"),
        &list("<o:a xmlns:o='urn:o' u='1&amp;2'>x?a=1&amp;b=2 &amp; &#38; <![CDATA[&]]><!-- & --><?p &?>&amp;</o:a>"),
    );
    // In an unknown element that is kept beside the value.
    repaired(&list("<ep:later>1 & 2</ep:later>"), &list("<ep:later>1 &amp; 2</ep:later>"));
}

#[test]
fn prefixes_that_nothing_declares_are_taken_from_kept_names() {
    // The element, its attributes and an element in it; a prefix with a meaning is declared.
    repaired(&list("<w:a w:b='1' c='2'><w:d/>w:text<ep:e/></w:a>"), &list("<a b='1' c='2'><d/>w:text<ep:e/></a>"));
    // A name without a prefix has no namespace, whatever the default namespace around it is; elements in it keep theirs.
    repaired(
        &list("<o:a xmlns:o='urn:o' xmlns='urn:n'><w:b><c/></w:b><w:d xmlns='urn:m'><e/></w:d><f/></o:a>"),
        &list("<o:a xmlns:o='urn:o' xmlns='urn:n'><b xmlns=''><c xmlns='urn:n'/></b><d xmlns=''><e xmlns='urn:m'/></d><f/></o:a>"),
    );
    // An attribute of an element of the schema.
    repaired(
        &list("<o:a xmlns:o='urn:o'/>").replace("<serv:body>", "<serv:body w:b='1'>"),
        &list("<o:a xmlns:o='urn:o'/>").replace("<serv:body>", "<serv:body b='1'>"),
    );
    // Without its prefix, the attribute would be a declaration.
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let error = Document::read(list("<w:a w:xmlns='urn:x'/>").as_bytes(), &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Prefix);
}

#[test]
fn what_is_well_formed_is_kept_as_it_is() {
    let raw = "<o:a  xmlns:o = 'urn:o' ><o:b c='http://x/' ></o:b >w:text &#38;</o:a>";
    let options = ReadOptions::tolerant().undeclared_prefixes(true).bare_ampersands(true);
    let Document::Message(message) = Document::read(list(raw).as_bytes(), &options).unwrap().value else { panic!("another root") };
    let [serv::AnyBodyContent::LstRecordingResponse(list)] = &message.body.body_content[..] else { panic!("another type") };
    assert_eq!(list.other[0].xml(), raw, "{}", list.other[0].xml());
}

#[test]
fn an_attribute_takes_no_prefix_that_is_used_around_it() {
    // `serv` stands for another namespace in the document than the one that is written with it.
    repaired(
        "<s:message xmlns:s='urn:sample:service' xmlns:serv='urn:x' serv:a='1'><s:header/><s:body><s:bodyContent/></s:body></s:message>",
        "<serv:message xmlns:serv='urn:sample:service' xmlns:serv1='urn:x' serv1:a='1'><serv:header/><serv:body><serv:bodyContent/></serv:body>\
         </serv:message>",
    );
}

#[test]
fn a_text_around_a_skipped_element_is_one_text() {
    let source = "<q:assessment xmlns:q='urn:sample:qti'><q:title>t</q:title><q:yes>y</q:yes><q:mattext>a<q:unknown>x</q:unknown>b<!-- c -->c<q:br/>d\
        <q:other/>&lt;e<q:other/></q:mattext></q:assessment>";
    for options in [ReadOptions::tolerant(), ReadOptions::tolerant().fast(false)] {
        let Document::Assessment(assessment) = Document::read(source.as_bytes(), &options).unwrap().value else { panic!("another root") };
        let text = |text: &str| MatTextContent::Text(text.to_owned());
        assert_eq!(assessment.material[0].content, [text("abc"), MatTextContent::Break(()), text("d<e")]);
        let written = assessment.material[0].to_xml_as("qti:mattext").unwrap();
        assert_eq!(MatText::from_xml(written.as_bytes()).unwrap(), assessment.material[0]);
    }
}

/// Values that no document gives, because their fields are public.
#[test]
fn values_that_cannot_be_written_well_formed_are_refused() {
    let xml = SEEDS[1].split_once("<userName>").and_then(|(_, rest)| rest.split_once("<open>")).map(|(user, _)| user).unwrap();
    let xml = format!("<user xmlns='urn:sample:service/user' xmlns:com='urn:sample:common'><userName>{xml}</user>")
        .replace("<office", "<x")
        .replace("xsi:nil='true'", "");
    let mut user = sample::r#use::SetUser::from_xml(xml.as_bytes()).unwrap();
    let mut open = |any: AnyType| {
        user.open = Some(any);
        user.to_xml_as_with("use:user", &WriteOptions::tolerant())
    };
    let attribute = |namespace: &str, name: &str, value: &str| AnyType {
        attributes: vec![AnyAttribute::new(namespace, name, value)],
        ..AnyType::default()
    };
    let declared = |prefix: &str, uri: &str| AnyType { namespaces: vec![(prefix.to_owned(), uri.into())], ..AnyType::default() };
    let content = |xml: &str| AnyType { xml: xml.to_owned(), ..AnyType::default() };
    for fine in [attribute("urn:o", "a", "<&\"'>\t\n"), declared("o", "urn:\"o"), content("<a/>&amp;<!-- & -->"), content("]] >")] {
        assert_well_formed(&open(fine).unwrap(), "");
    }
    for wrong in [
        attribute("", "a b", ""),
        attribute("", "xmlns", "urn:o"),
        attribute("", "xmlns:o", "urn:o"),
        attribute("urn:\u{1}", "a", ""),
        attribute("http://www.w3.org/2000/xmlns/", "a", "urn:o"),
        attribute("", "a", "\u{FFFF}"),
        declared("a b", "urn:o"),
        declared("xml", "urn:o"),
        declared("o", ""),
        content("a & b"),
        content("<a>"),
        content("</open><open>"),
        content("<o:a/>"),
        content("\u{1}"),
        content("a ]]> b"),
    ] {
        let shown = format!("{wrong:?}");
        assert!(open(wrong).is_err(), "{shown}");
    }
}
