//! Tests the options that change how a document is written, and that what a value does not hold is written back.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a failed test panics

#[path = "style/canonical.rs"]
mod canonical;

use canonical::{CANONICAL, DOCUMENTS};
use xsdgen_codec::{AnyElement, Canonical, EmptyElements, ErrorKind, QName, ReadOptions, RecordWriter, WriteOptions, Xml, canonicalize};

mod xmlns {
    xsdgen_codec::schema! { trim_text = false; t = "urn:t"; u = "urn:u"; }
}

#[derive(Clone, PartialEq, Xml)]
#[xml(t, "order")]
#[non_exhaustive]
pub struct Order {
    #[xml(attribute, "note")]
    pub note: Option<String>,
    #[xml("name")]
    pub name: String,
    #[xml("line")]
    pub lines: Vec<Line>,
    #[xml(none, "local")]
    pub local: Option<String>,
    #[xml("kind")]
    pub kind: Option<QName>,
    #[xml(any = "##other:urn:t", process = skip)]
    pub other: Vec<AnyElement>,
}

#[derive(Clone, PartialEq, Xml)]
#[xml(t, "line")]
#[non_exhaustive]
pub struct Line {
    #[xml(attribute, u, "id")]
    pub id: Option<String>,
    #[xml("price")]
    pub price: Option<i32>,
}

#[derive(Debug, Clone, PartialEq, Xml)]
#[xml(document, t)]
#[non_exhaustive]
pub enum Document {
    #[xml("order", from)]
    Order(Order),
}

fn options() -> WriteOptions {
    WriteOptions::default().declaration(false)
}

#[test]
fn canonical_forms_are_those_of_libxml2() {
    let document = |name: &str| DOCUMENTS.iter().find(|(known, _)| *known == name).unwrap().1;
    for (name, form, expected) in CANONICAL {
        let form = match *form {
            "inclusive" => Canonical::inclusive(),
            "inclusive_comments" => Canonical::inclusive().comments(true),
            "exclusive" => Canonical::exclusive(),
            _ => Canonical::exclusive().inclusive_prefixes(["n3"]),
        };
        let found = canonicalize(document(name), &form).unwrap();
        assert_eq!(found, *expected, "{name} {form:?}");
        assert_eq!(canonicalize(&found, &form).unwrap(), *expected, "{name} {form:?}: twice");
    }
    let dos = document("plain").replace('\n', "\r\n");
    assert_eq!(canonicalize(&dos, &Canonical::inclusive()).unwrap(), canonicalize(document("plain"), &Canonical::inclusive()).unwrap());
    for wrong in ["", "<a>", "<a></b>", "<p:a/>", "<a>&b;</a>", "<a b='1' b='2'/>", "x<a/>", "<a/><b/>", "<a/>x", "</a>"] {
        assert!(canonicalize(wrong, &Canonical::exclusive()).is_err(), "{wrong}");
    }
}

#[test]
fn documents_are_written_in_canonical_form() {
    let order = Document::from(Order::new("a & b").with_lines([Line::new().with_id("7")]).with_note("x\ny"));
    let xml = order.to_xml_with(&WriteOptions::default().canonical(Canonical::exclusive())).unwrap();
    let expected =
        "<t:order xmlns:t=\"urn:t\" note=\"x&#xA;y\"><t:name>a &amp; b</t:name><t:line xmlns:u=\"urn:u\" u:id=\"7\"></t:line></t:order>";
    assert_eq!(xml, expected);
}

#[test]
fn empty_elements_have_the_wanted_form() {
    let order = Document::from(Order::new("").with_lines([Line::new(), Line::new().with_price(1)]));
    let written = |form| order.to_xml_with(&options().empty_elements(form)).unwrap();
    for (form, name, line) in [
        (EmptyElements::Usual, "<t:name></t:name>", "<t:line/>"),
        (EmptyElements::Short, "<t:name/>", "<t:line/>"),
        (EmptyElements::Spaced, "<t:name />", "<t:line />"),
        (EmptyElements::Long, "<t:name></t:name>", "<t:line></t:line>"),
    ] {
        let expected = format!("<t:order xmlns:t=\"urn:t\">{name}{line}<t:line><t:price>1</t:price></t:line></t:order>");
        assert_eq!(written(form), expected);
        let indented = order.to_xml_with(&WriteOptions::default().indent(Some(2)).empty_elements(form)).unwrap();
        assert!(
            indented.contains(&format!("\n  {name}\n  {line}\n")) && indented.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
        );
        assert_eq!(Document::from_xml_strict(indented.as_bytes()).unwrap(), order);
    }
}

#[test]
fn a_default_namespace_replaces_the_prefix() {
    let foreign = AnyElement::from_xml("<z:x xmlns:z='urn:z'><y/></z:x>").unwrap();
    let order = Order::new("a").with_lines([Line::new().with_id("7").with_price(1)]).with_local("b").with_other([foreign]);
    let document = Document::from(order.clone());
    let xml = document.to_xml_with(&options().default_namespace("urn:t")).unwrap();
    let content = "<name>a</name><line xmlns:u=\"urn:u\" u:id=\"7\"><price>1</price></line><local xmlns=\"\">b</local>\
        <z:x xmlns:z='urn:z'><y xmlns=\"\"/></z:x></order>";
    assert!(xml.starts_with("<order xmlns=\"urn:t\"") && xml.ends_with(content), "{xml}");
    let Document::Order(read) = Document::from_xml_strict(xml.as_bytes()).unwrap();
    assert_eq!((&read.name, &read.lines, &read.local), (&order.name, &order.lines, &order.local));
    // Without other uses of the prefix, it is not declared.
    let xml = Document::from(Order::new("a")).to_xml_with(&options().default_namespace("urn:t")).unwrap();
    assert_eq!(xml, "<order xmlns=\"urn:t\"><name>a</name></order>");
    let xml =
        Document::from(Order::new("a").with_kind(QName::new("urn:t", "k"))).to_xml_with(&options().default_namespace("urn:t")).unwrap();
    assert_eq!(
        Document::from_xml_strict(xml.as_bytes()).unwrap(),
        Document::from(Order::new("a").with_kind(QName::new("urn:t", "k"))),
        "{xml}"
    );
    // A name without a namespace as a value.
    let named = Document::from(Order::new("a").with_kind(QName::new("", "k")));
    let xml = named.to_xml_with(&options().default_namespace("urn:t")).unwrap();
    assert!(xml.ends_with("<name>a</name><t:kind xmlns=\"\">k</t:kind></order>"), "{xml}");
    assert_eq!(Document::from_xml_strict(xml.as_bytes()).unwrap(), named);
    let other = document.to_xml_with(&options().default_namespace("urn:none")).unwrap();
    assert_eq!(other, document.to_xml_with(&options()).unwrap());
}

/// Bindings that choose a default namespace.
#[allow(unreachable_pub, reason = "the derive implements public traits")]
mod unprefixed {
    use xsdgen_codec::Xml;

    mod xmlns {
        xsdgen_codec::schema! { trim_text = false, default_namespace = "urn:t"; t = "urn:t"; }
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(t, "list")]
    #[non_exhaustive]
    pub struct List {
        #[xml("item")]
        pub items: Vec<String>,
    }

    #[derive(Debug, Clone, PartialEq, Xml)]
    #[xml(document, t)]
    #[non_exhaustive]
    pub enum Document {
        #[xml("list", from)]
        List(List),
    }
}

#[test]
fn bindings_choose_a_default_namespace() {
    let list = unprefixed::Document::from(unprefixed::List::new().with_items(["a".to_owned()]));
    let plain = "<list xmlns=\"urn:t\"><item>a</item></list>";
    let prefixed = "<t:list xmlns:t=\"urn:t\"><t:item>a</t:item></t:list>";
    assert_eq!(list.to_xml_with(&options()).unwrap(), plain);
    assert_eq!(list.to_xml_with(&options().default_namespace("")).unwrap(), prefixed);
    let reading = unprefixed::Document::read(plain.as_bytes(), &ReadOptions::strict()).unwrap();
    assert_eq!((reading.to_xml_with(&options()).unwrap(), reading.value), (plain.to_owned(), list.clone()));
    let mut sink = Vec::new();
    list.write_xml_with(&mut sink, &options()).unwrap();
    assert_eq!(String::from_utf8(sink).unwrap(), plain);
    // Records are written one by one, with prefixes.
    let records = RecordWriter::new(Vec::new(), &list, "list/t:item", &options()).unwrap();
    assert_eq!(String::from_utf8(records.finish().unwrap()).unwrap(), prefixed);
}

#[test]
fn documents_are_encoded() {
    let order = Document::from(Order::new("caf\u{e9} \u{20ac} \u{1F600}").with_note("\u{e9}\u{4e2d}"));
    for (name, part) in [
        ("UTF-8", "caf\u{e9}".as_bytes().to_vec()),
        ("US-ASCII", b"caf&#233; &#8364; &#128512;".to_vec()),
        ("ISO-8859-1", b"caf\xE9 &#8364; &#128512;".to_vec()),
        ("UTF-16", b"c\0a\0f\0\xE9\0".to_vec()),
    ] {
        let mut bytes = Vec::new();
        order.write_xml_with(&mut bytes, &WriteOptions::default().encoding(name)).unwrap();
        assert!(bytes.windows(part.len()).any(|window| window == part), "{name}: {bytes:?}");
        assert_eq!(Document::from_xml_strict(&bytes).unwrap(), order, "{name}");
        let xml = order.to_xml_with(&WriteOptions::default().encoding(name)).unwrap();
        assert!(xml.starts_with(&format!("<?xml version=\"1.0\" encoding=\"{name}\"?>")));
    }
    for wrong in ["latin-9", "UTF-8\"?><x"] {
        let error = order.write_xml_with(Vec::new(), &WriteOptions::default().encoding(wrong)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Encoding);
    }
    let kept = AnyElement::from_xml("<\u{4e2d} xmlns='urn:x' a='\u{4e2d}'><!-- \u{e9} --></\u{4e2d}>").unwrap();
    let named = Document::from(Order::new("a").with_other([kept]));
    let error = named.write_xml_with(Vec::new(), &WriteOptions::default().encoding("ISO-8859-1")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Encoding);
}

#[test]
fn line_breaks_in_values_are_kept() {
    let order = Document::from(Order::new("a\r\nb\rc\nd\te").with_note("a\r\nb\rc\nd\te"));
    for options in [options(), options().indent(Some(2)), options().canonical(Canonical::inclusive())] {
        let xml = order.to_xml_with(&options).unwrap();
        assert_eq!(Document::from_xml_strict(xml.as_bytes()).unwrap(), order, "{xml}");
    }
}

#[test]
fn schema_locations_are_set_and_kept() {
    let order = Document::from(Order::new("a"));
    let xml = order.to_xml_with(&options().schema_location("urn:t order.xsd").no_namespace_schema_location("b&c.xsd")).unwrap();
    let root = "<t:order xmlns:t=\"urn:t\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:t order.xsd\" \
        xsi:noNamespaceSchemaLocation=\"b&amp;c.xsd\">";
    assert!(xml.contains("xsi:schemaLocation=\"urn:t order.xsd\" xsi:noNamespaceSchemaLocation=\"b&amp;c.xsd\""), "{xml}\n{root}");
    for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
        let reading = Document::read(xml.as_bytes(), &options).unwrap();
        assert_eq!((reading.kept.len(), reading.kept.paths().next(), &reading.value), (2, Some("order"), &order));
        let again = reading.to_xml_with(&self::options()).unwrap();
        assert!(again.contains("xsi:schemaLocation=\"urn:t order.xsd\" xsi:noNamespaceSchemaLocation=\"b&amp;c.xsd\""), "{again}");
        assert_eq!(Document::read(again.as_bytes(), &options).unwrap().kept, reading.kept);
        // A location that is set takes precedence.
        let set = reading.to_xml_with(&self::options().schema_location("urn:t new.xsd")).unwrap();
        assert!(set.contains("urn:t new.xsd") && !set.contains("order.xsd") && set.contains("b&amp;c.xsd"), "{set}");
    }
}

#[test]
fn unknown_content_is_kept_at_its_place() {
    let xml = "<t:order xmlns:t=\"urn:t\" extra=\"1\"><t:first xmlns:q=\"urn:q\" q:a=\"b\">x<t:in/></t:first><t:name>a</t:name>\
        <t:line><t:color>red</t:color><t:price>1</t:price></t:line><t:between/>\
        <t:line p:odd=\"2\" xmlns:p=\"urn:p\"><t:price>2</t:price><t:weight unit=\"kg\">3</t:weight><t:size/></t:line><t:last>z</t:last></t:order>";
    let tolerant = ReadOptions::tolerant().keep_unknown(true);
    let reading = Document::read(xml.as_bytes(), &tolerant).unwrap();
    assert_eq!(reading.kept.len(), 8);
    assert_eq!(reading.notes.len(), 8);
    let same = |one: &str, other: &str| {
        let form = Canonical::exclusive();
        assert_eq!(canonicalize(one, &form).unwrap(), canonicalize(other, &form).unwrap(), "{other}");
    };
    same(xml, &reading.to_xml().unwrap());
    for fast in [true, false] {
        let again = Document::read(xml.as_bytes(), &tolerant.clone().fast(fast)).unwrap();
        assert_eq!(again.kept, reading.kept);
    }
    // Without the option there is nothing.
    assert!(Document::read(xml.as_bytes(), &ReadOptions::tolerant()).unwrap().kept.is_empty());
    // A changed value takes what belongs to its parts with it.
    let Document::Order(mut order) = reading.value.clone();
    order.lines.truncate(1);
    let written = Document::from(order.clone()).to_xml_with(&options().kept(&reading.kept)).unwrap();
    assert!(
        written.contains("<t:color>red</t:color>")
            && !written.contains("weight")
            && written.ends_with("<t:last xmlns:t=\"urn:t\">z</t:last></t:order>"),
        "{written}"
    );
    order.lines.clear();
    let written = Document::from(order).to_xml_with(&options().kept(&reading.kept)).unwrap();
    assert!(
        written.contains("<t:name>a</t:name><t:between xmlns:t=\"urn:t\"/><t:last xmlns:t=\"urn:t\">z</t:last></t:order>"),
        "{written}"
    );
}

#[test]
fn more_of_what_cannot_be_placed_is_kept() {
    let same = |xml: &str, expected: &str| {
        let reading = Document::read(xml.as_bytes(), &ReadOptions::tolerant().keep_unknown(true).undeclared_prefixes(true)).unwrap();
        let written = reading.to_xml_with(&options()).unwrap();
        assert_eq!(written, expected, "{xml}");
    };
    // A second value where there is room for one only; an element in a text; one in an empty element.
    same(
        "<order xmlns='urn:t'><name>a</name><name>b</name></order>",
        "<t:order xmlns:t=\"urn:t\"><t:name>a</t:name><name xmlns=\"urn:t\">b</name></t:order>",
    );
    same("<t:order xmlns:t='urn:t'><t:name>a<t:b/>c</t:name></t:order>", "<t:order xmlns:t=\"urn:t\"><t:name><t:b/>ac</t:name></t:order>");
    same(
        "<t:order xmlns:t='urn:t'><t:name>a</t:name><t:line><t:b/></t:line></t:order>",
        "<t:order xmlns:t=\"urn:t\"><t:name>a</t:name><t:line><t:b/></t:line></t:order>",
    );
    // Names in another case, and prefixes that are not declared.
    same("<t:order><t:NAME>a</t:NAME><t:x/></t:order>", "<t:order xmlns:t=\"urn:t\"><t:name>a</t:name><t:x/></t:order>");
    // A prefix that means something else where the attribute is written.
    same(
        "<o:order xmlns:o='urn:t' xmlns:t='urn:x' t:a='1'><o:name>a</o:name></o:order>",
        "<t:order xmlns:t=\"urn:t\" xmlns:t1=\"urn:x\" t1:a=\"1\"><t:name>a</t:name></t:order>",
    );
}

#[test]
fn records_refuse_options_for_whole_documents() {
    let order = Document::from(Order::new("a"));
    for options in [options().canonical(Canonical::inclusive()), options().encoding("UTF-16"), options().default_namespace("urn:t")] {
        let error = RecordWriter::new(Vec::new(), &order, "order/line", &options).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unwritable);
    }
}

#[test]
fn records_have_a_name_with_a_declared_prefix() {
    let between = |name: &str| {
        let mut writer = RecordWriter::between(Vec::new(), "<a xmlns:o='urn:o'>", "</a>", name, &options().declaration(false))?;
        writer.write(&Order::new("n"))?;
        writer.finish()
    };
    for name in ["order", "t:order", "o:order"] {
        assert!(between(name).is_ok(), "{name}");
    }
    for name in ["", "a b", "t:", "a/><b", "p:order"] {
        assert_eq!(between(name).map_err(|error| error.kind()), Err(ErrorKind::Unwritable), "{name}");
    }
}
