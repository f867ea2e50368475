//! Validation and reading by tables that are made at run time.

#![allow(clippy::panic, clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "tests; the long run prints its figures")]

#[path = "validator/streamed.rs"]
mod streamed;
#[path = "validator/suite.rs"]
mod suite;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use xsdgen_dynamic::{ErrorKind, NoteKind, ReadOptions, Settings, Staged, Validator};

/// A folder for the schemas of one test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("xsdgen-dynamic-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, format!("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' {content}</xs:schema>")).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn validator(content: &str) -> Validator {
    with(content, &Settings::default())
}

fn with(content: &str, settings: &Settings) -> Validator {
    let Staged { product, diagnostics } = Validator::new(&[Folder::new().write_kept(content)], settings);
    let told: Vec<String> = diagnostics.iter().map(|it| it.message.clone()).collect();
    product.unwrap_or_else(|| panic!("{told:?}"))
}

impl Folder {
    /// Writes the schema `a.xsd` and keeps the folder until the process ends.
    fn write_kept(self, content: &str) -> PathBuf {
        let path = self.write("a.xsd", content);
        std::mem::forget(self);
        path
    }
}

/// The kind of the error that a document causes, with its path and line; `None` if the document is valid.
fn verdict(validator: &Validator, xml: &str) -> Option<(ErrorKind, String, u32)> {
    let error = validator.check(xml.as_bytes()).err()?;
    Some((error.kind(), error.path().to_owned(), error.position().map_or(0, |it| it.line)))
}

const ORDER: &str = "targetNamespace='urn:o' xmlns='urn:o' elementFormDefault='qualified'>
    <xs:element name='order' type='orderType'/>
    <xs:complexType name='orderType'>
      <xs:sequence>
        <xs:element name='item' maxOccurs='3'>
          <xs:complexType>
            <xs:simpleContent>
              <xs:extension base='sku'><xs:attribute name='count' type='xs:positiveInteger' use='required'/></xs:extension>
            </xs:simpleContent>
          </xs:complexType>
        </xs:element>
        <xs:choice>
          <xs:element name='card' type='xs:string'/>
          <xs:element name='invoice' nillable='true' type='xs:date'/>
        </xs:choice>
        <xs:any namespace='##other' processContents='lax' minOccurs='0'/>
      </xs:sequence>
    </xs:complexType>
    <xs:simpleType name='sku'><xs:restriction base='xs:string'><xs:pattern value='[A-Z]{2}[0-9]+'/></xs:restriction></xs:simpleType>";

fn order(content: &str) -> String {
    format!("<order xmlns='urn:o' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n{content}</order>")
}

#[test]
fn documents_are_judged_by_content_model_types_and_facets() {
    let validator = validator(ORDER);
    let item = "<item count='1'>AB12</item>\n";
    let invoice = "<invoice>2026-11-30</invoice>";
    let kind = |xml: &str| verdict(&validator, &order(xml)).map(|(kind, path, _)| (kind, path));
    let wrong = |kind, path: &str| Some((kind, path.to_owned()));
    assert_eq!(kind(&format!("{item}{item}{item}{invoice}")), None);
    assert_eq!(kind(&format!("{item}<invoice xsi:nil='true'/><x xmlns='urn:x'><y/></x>")), None);
    assert_eq!(kind(&format!("{item}{item}{item}{item}{invoice}")), wrong(ErrorKind::Repeated, "order/item[3]"));
    assert_eq!(kind(invoice).map(|it| it.0), Some(ErrorKind::Missing));
    assert_eq!(kind(&format!("{item}<invoice>soon</invoice>")), wrong(ErrorKind::Value, "order/invoice"));
    assert_eq!(kind("<item count='1'>x</item><card/>"), wrong(ErrorKind::Facet, "order/item"));
    assert_eq!(kind("<item>AB1</item><card/>"), wrong(ErrorKind::Missing, "order/item/@count"));
    assert_eq!(kind("<item count='0'>AB1</item><card/>"), wrong(ErrorKind::Value, "order/item/@count"));
    assert_eq!(kind(&format!("{item}<note/>")).map(|it| it.0), Some(ErrorKind::UnexpectedElement));
    assert_eq!(verdict(&validator, &order(&format!("{item}<card/><card/>"))).map(|it| it.2), Some(3), "the line is that of the element");
    assert_eq!(verdict(&validator, "<other/>").map(|it| it.0), Some(ErrorKind::Root));
    assert_eq!(verdict(&validator, "<order").map(|it| it.0), Some(ErrorKind::Syntax));
}

#[test]
fn derived_types_are_read_where_xsi_type_names_them() {
    let validator = validator(
        ">
        <xs:element name='shape' type='shapeType'/>
        <xs:complexType name='shapeType' abstract='true'/>
        <xs:complexType name='circle'><xs:complexContent><xs:extension base='shapeType'><xs:sequence>
          <xs:element name='radius' type='xs:int'/><xs:element name='in' type='shapeType' minOccurs='0'/>
        </xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
    );
    let shape = |rest: &str| format!("<shape xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' {rest}</shape>");
    let inner = "<in xsi:type='circle'><radius>2</radius></in>";
    assert_eq!(verdict(&validator, &shape(&format!("xsi:type='circle'><radius>1</radius>{inner}"))), None);
    assert_eq!(verdict(&validator, &shape(">")).map(|it| it.0), Some(ErrorKind::Type));
    assert_eq!(verdict(&validator, &shape("xsi:type='square'>")).map(|it| it.0), Some(ErrorKind::Type));
    let nested = verdict(&validator, &shape("xsi:type='circle'><radius>1</radius><in xsi:type='circle'><radius>x</radius></in>"));
    assert_eq!(nested.map(|it| it.1), Some("shape/in/radius".to_owned()));
}

#[test]
fn keys_hold_in_the_whole_document() {
    let validator = validator(
        ">
        <xs:element name='list'>
          <xs:complexType><xs:sequence><xs:element name='e' maxOccurs='unbounded'>
            <xs:complexType><xs:attribute name='id' type='xs:int'/><xs:attribute name='of' type='xs:int'/></xs:complexType>
          </xs:element></xs:sequence></xs:complexType>
          <xs:key name='k'><xs:selector xpath='e'/><xs:field xpath='@id'/></xs:key>
          <xs:keyref name='r' refer='k'><xs:selector xpath='e'/><xs:field xpath='@of'/></xs:keyref>
        </xs:element>",
    );
    assert_eq!(verdict(&validator, "<list><e id='1'/><e id='2' of='1'/></list>"), None);
    assert_eq!(verdict(&validator, "<list><e id='1'/><e id='01'/></list>").map(|it| it.0), Some(ErrorKind::Identity));
    assert_eq!(verdict(&validator, "<list><e id='1' of='2'/></list>").map(|it| it.0), Some(ErrorKind::Identity));
    assert_eq!(verdict(&validator, "<list><e/></list>").map(|it| it.0), Some(ErrorKind::Identity));
}

#[test]
fn names_of_several_namespaces_are_told_apart_in_a_list() {
    let validator = validator(
        "targetNamespace='urn:a' xmlns='urn:a' xmlns:b='urn:b'>
        <xs:element name='e'><xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType='xs:QName'/></xs:simpleType>
          <xs:enumeration value='x b:y'/>
        </xs:restriction></xs:simpleType></xs:element>",
    );
    assert_eq!(verdict(&validator, "<e xmlns='urn:a' xmlns:c='urn:b'>x c:y</e>"), None);
    assert_eq!(verdict(&validator, "<e xmlns='urn:a' xmlns:c='urn:b'>x y</e>").map(|it| it.0), Some(ErrorKind::Facet));
}

#[test]
fn tolerant_checks_return_notes() {
    let validator = validator(ORDER);
    let xml = order("<Item count='1'>AB1</Item><unknown/><card>1</card>");
    let notes = validator.check_with(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
    let kinds: Vec<NoteKind> = notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::OtherCase, NoteKind::UnknownElement]);
}

#[test]
fn a_document_gives_access_to_its_elements() {
    let validator = validator(ORDER);
    let xml = order("<item count='1'>AB1</item><item count='2'>AB2</item><invoice xsi:nil='1'/><x xmlns='urn:x'>y</x>");
    let document = validator.read(xml.as_bytes(), &ReadOptions::strict()).unwrap().value;
    let root = document.root().unwrap();
    let names: Vec<&str> = root.children().iter().map(|child| child.name()).collect();
    assert_eq!((root.name(), root.namespace(), names), ("order", "urn:o", vec!["item", "item", "invoice"]));
    let second = root.children()[1];
    assert_eq!((second.text(), second.get("@count").and_then(|it| it.text())), (Some("AB2"), Some("2")));
    assert_eq!(document.get("order/item/@count").and_then(|it| it.text()), Some("1"));
    assert_eq!(document.get("order/item[1]/@count").and_then(|it| it.text()), Some("2"));
    assert!(root.get("invoice").unwrap().is_nil() && document.get("order/card").is_none());
    assert_eq!(root.any_elements()[0].name(), "x");
}

#[test]
fn the_tables_of_types_can_be_inspected() {
    let validator = validator(ORDER);
    let roots: Vec<&str> = validator.type_info().fields().map(|field| field.name()).collect();
    assert_eq!(roots, ["order"]);
    let xml = order("<item count='1'>AB1</item><card>7</card>");
    let document = validator.read(xml.as_bytes(), &ReadOptions::strict()).unwrap().value;
    let order = document.root().and_then(|root| root.type_info()).unwrap();
    let item = order.fields().find(|field| field.name() == "item").unwrap();
    assert_eq!((order.name(), item.occurrence()), (("urn:o", "orderType"), (1, 3)));
    let text = document.get("order/item").and_then(|item| item.simple_type()).unwrap();
    assert_eq!(
        (text.name(), text.builtin_name(), text.facets()),
        ("o:sku", Some("string"), vec![("pattern", "[A-Z]{2}[0-9]+".to_owned())])
    );
    let count = document.get("order/item/@count").and_then(|count| count.simple_type()).unwrap();
    assert_eq!(count.builtin_name(), Some("integer"));
}

#[test]
fn a_document_does_not_show_secrets() {
    let secret = xsdgen::settings::Rule { selector: "pin".to_owned(), value: (), span: xsdgen::diagnostic::Span::file("") };
    let settings = Settings { secrets: vec![secret], ..Settings::default() };
    let content =
        "><xs:element name='a'><xs:complexType><xs:sequence><xs:element name='pin' type='pin'/></xs:sequence></xs:complexType></xs:element>
        <xs:simpleType name='pin'><xs:restriction base='xs:string'><xs:length value='4'/></xs:restriction></xs:simpleType>";
    let validator = with(content, &settings);
    let document = validator.read(b"<a><pin>1234</pin></a>", &ReadOptions::strict()).unwrap().value;
    assert!(document.get("a/pin").unwrap().is_secret());
    assert!(!format!("{document:?}").contains("1234"));
    let error = validator.check(b"<a><pin>12345</pin></a>").unwrap_err();
    assert!(!error.to_string().contains("12345"), "{error}");
}

#[test]
fn values_are_counted_and_not_kept_while_a_document_is_checked() {
    let validator = validator(
        "><xs:element name='list'><xs:complexType><xs:sequence>
            <xs:element name='n' type='xs:int' minOccurs='2' maxOccurs='unbounded'/>
          </xs:sequence></xs:complexType></xs:element>",
    );
    let list = |count: usize| format!("<list>{}</list>", "<n>1</n>".repeat(count));
    assert_eq!(verdict(&validator, &list(1)).map(|it| it.0), Some(ErrorKind::Missing));
    assert_eq!(verdict(&validator, &list(2)), None);
    assert_eq!(verdict(&validator, &list(10_000)), None);
}

#[test]
fn a_schema_that_is_not_valid_makes_no_validator() {
    let folder = Folder::new();
    let path = folder.write("a.xsd", "><xs:element name='a' type='missing'/>");
    let Staged { product, diagnostics } = Validator::new(&[path], &Settings::default());
    assert!(product.is_none() && diagnostics.has_errors());
}

#[test]
fn deeply_nested_content_models_take_no_stack_of_the_caller() {
    const DEEP: usize = 390;
    let open: String =
        (0..DEEP).map(|n| format!("<xs:sequence minOccurs='0' maxOccurs='unbounded'><xs:element name='a{n}' type='xs:int'/>")).collect();
    let content = format!("><xs:element name='r'><xs:complexType>{open}{}</xs:complexType></xs:element>", "</xs:sequence>".repeat(DEEP));
    let validator = validator(&content);
    let children: String = (0..DEEP).map(|n| format!("<a{n}>1</a{n}>")).collect();
    assert_eq!(verdict(&validator, &format!("<r>{children}{children}</r>")), None);
    assert_eq!(verdict(&validator, "<r><a0>1</a0><a2>1</a2></r>").map(|it| it.0), Some(ErrorKind::UnexpectedElement));
}
