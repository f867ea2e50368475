//! WSDL documents: the schemas in them, their places, imports between them, and their operations.

use xsdgen::diagnostic::Severity;
use xsdgen::{LoadOptions, load};

use super::support::{Outcome, read, read_with};

/// Returns a WSDL document with these definitions, which begin on line 2.
fn wsdl(body: &str) -> String {
    format!(
        "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' \
         xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:t='u:t' xmlns:o='u:o' targetNamespace='u:t'>\n{body}\n</definitions>"
    )
}

/// Returns a binding of an operation `op` with these attributes of `s:body`, and the messages of its port type.
fn bound(binding: &str, operation: &str, body: &str, input: &str) -> String {
    wsdl(&format!(
        "<types><xs:schema targetNamespace='u:t'><xs:element name='q'><xs:complexType/></xs:element><xs:element name='a'><xs:complexType/>\
         </xs:element></xs:schema></types>\n\
         <message name='in'>{input}</message><message name='out'><part name='p' element='t:a'/></message>\n\
         <portType name='pt'><operation name='op'><input message='t:in'/><output message='t:out'/></operation></portType>\n\
         <binding name='b' type='t:pt'>{binding}<operation name='op'><s:operation {operation}/>\
         <input><s:body {body}/></input><output><s:body {body}/></output></operation></binding>"
    ))
}

fn warnings(outcome: &Outcome) -> Vec<String> {
    outcome.problems.iter().filter(|d| d.severity == Severity::Warning).map(|d| format!("{}: {}", d.code.id, d.message)).collect()
}

fn operations(outcome: &Outcome) -> Vec<&str> {
    outcome.model.iter().flat_map(|model| model.operations.iter().map(|operation| operation.name.as_str())).collect()
}

#[test]
fn schemas_see_the_prefixes_and_the_schemas_around_them() {
    let text = wsdl(
        "<types>\n<xs:schema targetNamespace='u:t'><xs:import namespace='u:o'/><xs:element name='e' type='o:T'/>\n<xs:element name='f' type='t:U'/></xs:schema>\
         <xs:schema targetNamespace='u:o'><xs:complexType name='T'/></xs:schema>\
         <xs:schema targetNamespace='u:t'><xs:simpleType name='U'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema></types>",
    );
    let outcome = read(&[("a.wsdl", &text)], &["a.wsdl"]);
    assert!(outcome.problems.is_empty(), "{:#?}", outcome.problems);
    let model = outcome.model.unwrap_or_else(|| unreachable!());
    assert_eq!(model.globals.len(), 4);
    assert_eq!(model.namespaces.iter().find(|n| n.uri == "u:t").map(|n| n.documents.len()), Some(1), "the document counts once");
}

#[test]
fn problems_have_their_places_in_the_wsdl_document() {
    let text = wsdl("<types>\n<xs:schema targetNamespace='u:t'>\n <xs:element name='e' type='t:no'/></xs:schema></types>");
    let outcome = read(&[("a.wsdl", &text)], &["a.wsdl"]);
    let places: Vec<(&str, u32, u32)> = outcome.problems.iter().map(|d| (d.code.id, d.span.line(), d.span.column())).collect();
    assert_eq!(places, [("X0301", 4, 29)]);
}

#[test]
fn imports_of_wsdl_lead_to_wsdl_and_to_schemas() {
    let main = wsdl(
        "<import namespace='u:o' location='deep/o.wsdl'/><import namespace='u:x' location='x.xsd'/>\
         <types><xs:schema targetNamespace='u:t'><xs:import namespace='u:o'/><xs:element name='e' type='o:T'/></xs:schema></types>",
    );
    let other = "<d:definitions xmlns:d='http://schemas.xmlsoap.org/wsdl/'><d:import namespace='u:t' location='../a.wsdl'/><d:types>\
         <schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='u:o'><include schemaLocation='part.xsd'/></schema></d:types></d:definitions>";
    let part = "<schema xmlns='http://www.w3.org/2001/XMLSchema'><complexType name='T'/></schema>";
    let own = "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='u:x'><element name='x'/></schema>";
    let files = [("a.wsdl", main.as_str()), ("deep/o.wsdl", other), ("deep/part.xsd", part), ("x.xsd", own)];
    let outcome = read(&files, &["a.wsdl"]);
    assert!(outcome.problems.is_empty(), "{:#?}", outcome.problems);
    assert_eq!(outcome.model.map(|model| model.globals.len()), Some(3));
    // Both may be named, and a schema may import a namespace from a WSDL document.
    let schema = "<schema xmlns='http://www.w3.org/2001/XMLSchema' xmlns:o='u:o'><import namespace='u:o' schemaLocation='deep/o.wsdl'/><element name='r' type='o:T'/></schema>";
    let files = [files.as_slice(), &[("r.xsd", schema)]].concat();
    let outcome = read(&files, &["r.xsd", "deep/o.wsdl", "a.wsdl"]);
    assert!(outcome.problems.is_empty(), "{:#?}", outcome.problems);
    assert_eq!(outcome.model.map(|model| model.globals.len()), Some(4));
}

#[test]
fn an_import_that_cannot_be_read_is_an_error_unless_it_may_be_missing() {
    let text = wsdl("<import namespace='u:o' location='oo.wsdl'/><types><xs:schema targetNamespace='u:t'/></types>");
    let files = [("a.wsdl", text.as_str()), ("o.wsdl", "<a/>")];
    let outcome = read(&files, &["a.wsdl"]);
    assert_eq!(outcome.errors(), [("X0020", 2)]);
    let help = outcome.problems.iter().find_map(|d| d.help.clone()).unwrap_or_default();
    assert!(help.contains("o.wsdl"), "{help}");
    let outcome = read_with(&files, &["a.wsdl"], LoadOptions { allow_missing: true, ..LoadOptions::default() });
    assert_eq!((outcome.errors().len(), warnings(&outcome).len()), (0, 1));
}

#[test]
fn what_has_no_schema_is_refused() {
    let outcome = read(&[("a.wsdl", &wsdl("<types/>"))], &["a.wsdl"]);
    assert_eq!(outcome.errors(), [("X0004", 0)]);
    let include = "<schema xmlns='http://www.w3.org/2001/XMLSchema'><include schemaLocation='a.wsdl'/></schema>";
    let outcome = read(&[("a.wsdl", &wsdl("<types/>")), ("b.xsd", include)], &["b.xsd"]);
    assert_eq!(outcome.errors(), [("X0004", 1)]);
}

#[test]
fn document_literal_operations_are_found_and_others_are_reported() {
    let element = "<part name='p' element='t:q'/>";
    let cases = [
        ("<s:binding/>", "", "use='literal'", element, ""),
        ("<s:binding style='rpc'/>", "style='document'", "use='literal'", element, ""),
        ("<s:binding style='rpc'/>", "", "use='literal'", element, "it is rpc-bound"),
        ("<s:binding/>", "style='rpc'", "use='literal'", element, "it is rpc-bound"),
        ("<s:binding/>", "", "use='encoded'", element, "encoded, not literal"),
        ("<s:binding/>", "", "use='literal'", "<part name='p' type='xs:int'/>", "has no element but a type"),
        ("<s:binding/>", "", "use='literal'", "", "has no part"),
        ("<s:binding/>", "", "use='literal'", "<part name='p' element='t:q'/><part name='r' element='t:q'/>", "has several parts"),
        ("<s:binding/>", "", "use='literal' parts='p'", "<part name='p' element='t:q'/><part name='r' element='t:q'/>", ""),
        ("", "", "use='literal'", element, "is not for SOAP"),
    ];
    for (binding, operation, body, input, words) in cases {
        let text = bound(binding, operation, body, input);
        let outcome = read(&[("a.wsdl", &text)], &["a.wsdl"]);
        assert!(outcome.errors().is_empty(), "{text}\n{:#?}", outcome.problems);
        let (found, warnings) = (operations(&outcome), warnings(&outcome));
        match words {
            "" => assert_eq!((found.as_slice(), warnings.len()), (["op"].as_slice(), 0), "{text}\n{warnings:?}"),
            words => assert!(found.is_empty() && warnings.iter().any(|w| w.contains(words)), "{text}\n{found:?} {warnings:?}"),
        }
    }
}

#[test]
fn elements_of_missing_documents_are_stood_in_for() {
    let text = bound("<s:binding/>", "", "use='literal'", "<part name='p' element='o:gone'/>")
        .replace("<xs:element name='q'>", "<xs:import namespace='u:o' schemaLocation='gone.xsd'/><xs:element name='q'>");
    let options = LoadOptions { allow_missing: true, ..LoadOptions::default() };
    let outcome = read_with(&[("a.wsdl", &text)], &["a.wsdl"], options);
    assert!(outcome.errors().is_empty(), "{:#?}", outcome.problems);
    assert_eq!(operations(&outcome), ["op"]);
    let outcome = read(&[("a.wsdl", &text.replace("o:gone", "t:gone"))], &["a.wsdl"]);
    assert!(outcome.errors().contains(&("X0302", 3)), "{:#?}", outcome.problems);
}

#[test]
fn wsdl_documents_are_found_in_folders() {
    let folder = std::env::temp_dir().join(format!("xsdgen-wsdl-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap_or_else(|e| unreachable!("{e}"));
    std::fs::write(folder.join("a.wsdl"), wsdl("<types><xs:schema/></types>")).unwrap_or_else(|e| unreachable!("{e}"));
    let text = folder.to_string_lossy().into_owned();
    let found = xsdgen::inputs::find(std::path::Path::new(""), [(text.as_str(), xsdgen::diagnostic::Span::file("x"))]);
    let paths = found.product.unwrap_or_default();
    assert_eq!(paths.len(), 1);
    assert!(load(&paths, &LoadOptions::default()).product.is_some());
    std::fs::remove_dir_all(&folder).unwrap_or_else(|e| unreachable!("{e}"));
}
