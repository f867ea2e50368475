//! Tests schemas of several documents: include, import, redefine, and documents that cannot be read.

use xsdgen::LoadOptions;
use xsdgen::diagnostic::Severity;

use crate::support::{Outcome, read, read_with, schema};

const XS: &str = "xmlns:xs='http://www.w3.org/2001/XMLSchema'";

fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.errors().into_iter().map(|(code, _)| code).collect()
}

#[test]
fn imports_may_be_circular() {
    let a = format!(
        "<xs:schema {XS} xmlns:b='u:b' targetNamespace='u:a'><xs:import namespace='u:b' schemaLocation='b.xsd'/><xs:element name='a' type='b:t'/></xs:schema>"
    );
    let b = format!(
        "<xs:schema {XS} xmlns:a='u:a' targetNamespace='u:b'><xs:import namespace='u:a' schemaLocation='./a.xsd'/><xs:complexType name='t'><xs:sequence><xs:element ref='a:a'/></xs:sequence></xs:complexType></xs:schema>"
    );
    let files: [(&str, &str); 2] = [("a.xsd", &a), ("b.xsd", &b)];
    let (one, both, other) = (read(&files, &["a.xsd"]), read(&files, &["b.xsd", "a.xsd"]), read(&files, &["b.xsd"]));
    assert_eq!(codes(&one), [""; 0]);
    let globals = |o: &Outcome| o.model.as_ref().map(|m| (m.globals.clone(), m.types.len(), m.namespaces.len()));
    assert!(globals(&one).is_some_and(|(g, _, _)| g.len() == 2));
    assert_eq!(globals(&one), globals(&both));
    assert_eq!(globals(&one), globals(&other));
}

#[test]
fn target_namespaces_must_agree() {
    let main = |link: &str| schema(link);
    let other = format!("<xs:schema {XS} targetNamespace='u:o'/>");
    for (link, code) in [
        ("<xs:import namespace='u:x' schemaLocation='o.xsd'/>", "X0115"),
        ("<xs:import namespace='u:t' schemaLocation='o.xsd'/>", "X0115"),
        ("<xs:include schemaLocation='o.xsd'/>", "X0116"),
        ("<xs:redefine schemaLocation='o.xsd'/>", "X0117"),
    ] {
        assert_eq!(codes(&read(&[("t.xsd", &main(link)), ("o.xsd", &other)], &["t.xsd"])), [code], "{link}");
    }
}

#[test]
fn a_chameleon_include_gets_the_namespace_of_the_including_schema() {
    let none = format!("<xs:schema {XS}><xs:complexType name='t'/><xs:element name='e' type='t'/></xs:schema>");
    let main = schema("<xs:include schemaLocation='n.xsd'/><xs:element name='f' type='t'/>");
    assert_eq!(codes(&read(&[("t.xsd", &main), ("n.xsd", &none)], &["t.xsd"])), [""; 0]);
}

#[test]
fn redefinitions_replace_components_and_may_refer_to_the_old_ones() {
    let old = schema(
        "<xs:complexType name='t'><xs:sequence><xs:element name='a'/></xs:sequence></xs:complexType><xs:element name='e' type='t'/>",
    );
    let extension = "<xs:complexType name='t'><xs:complexContent><xs:extension base='t'><xs:attribute name='x'/></xs:extension></xs:complexContent></xs:complexType>";
    let main = |body: &str| schema(&format!("<xs:redefine schemaLocation='o.xsd'>{body}</xs:redefine>"));
    let outcome = read(&[("m.xsd", &main(extension)), ("o.xsd", &old)], &["m.xsd"]);
    assert_eq!(codes(&outcome), [""; 0]);
    let named = outcome.model.map(|m| {
        m.types.iter().filter(|t| matches!(t, xsdgen::model::Type::Complex(c) if c.name.as_ref().is_some_and(|n| n.local == "t"))).count()
    });
    assert_eq!(named, Some(1));
    for (body, code) in [("<xs:complexType name='t'/>", "X0117"), ("<xs:complexType name='u'/>", "X0117")] {
        assert!(codes(&read(&[("m.xsd", &main(body)), ("o.xsd", &old)], &["m.xsd"])).contains(&code), "{body}");
    }
}

#[test]
fn documents_that_cannot_be_read() {
    assert_eq!(codes(&read(&[], &["t.xsd"])), ["X0001"]);
    let broken = read(&[("t.xsd", "<xs:schema")], &["t.xsd"]);
    assert_eq!(codes(&broken), ["X0002"]);
    assert_eq!(codes(&read(&[("t.xsd", "<a/>")], &["t.xsd"])), ["X0004"]);
    let remote = read(&[("t.xsd", &schema("<xs:import namespace='u:r' schemaLocation='http://example.org/r.xsd'/>"))], &["t.xsd"]);
    assert!(remote.errors().is_empty() && remote.problems.len() == 1);
    assert_eq!(codes(&read(&[("t.xsd", &schema("<xs:include schemaLocation='.'/>"))], &["t.xsd"])), ["X0006"]);
}

#[test]
fn no_text_of_a_file_that_is_not_a_schema_is_shown() {
    let main = schema("<xs:include schemaLocation='secret'/>");
    for text in ["root:x:0:0:hunter2", "<settings password='hunter2'/>", "<a>hunter2", ""] {
        let outcome = read(&[("m.xsd", &main), ("secret", text)], &["m.xsd"]);
        assert_eq!(codes(&outcome), ["X0004"], "{text}");
        for problem in outcome.problems.iter() {
            assert_eq!((problem.span.path().rsplit('/').next(), problem.span.line()), (Some("m.xsd"), 2));
            assert!(!problem.message.contains("hunter2") && !problem.message.contains("settings"), "{}", problem.message);
        }
    }
    // A damaged schema is shown at the damage.
    let damaged = format!("{}<", schema(""));
    assert_eq!(codes(&read(&[("m.xsd", &main), ("secret", &damaged)], &["m.xsd"])), ["X0002"]);
}

#[test]
fn unreadable_documents_are_errors_unless_allowed() {
    let include = schema("<xs:include schemaLocation='no.xsd'/>\n<xs:element name='a' type='t'/>");
    let import = |uses: &str| {
        let body =
            format!("<xs:import namespace='u:r' schemaLocation='http://example.org/r.xsd'/>\n<xs:element name='a' type='r:t' {uses}");
        schema(&body).replacen("<xs:schema", "<xs:schema xmlns:r='u:r'", 1)
    };
    let remote = import("/>");
    for (text, refused) in [(&include, &["X0006"][..]), (&remote, &[])] {
        let files: [(&str, &str); 1] = [("t.xsd", text)];
        assert_eq!(codes(&read(&files, &["t.xsd"])), refused);
        let lenient = read_with(&files, &["t.xsd"], LoadOptions { allow_missing: true, ..LoadOptions::default() });
        assert_eq!(lenient.problems.iter().map(|d| (d.code.id, d.severity)).collect::<Vec<_>>(), [("X0008", Severity::Warning)]);
        assert!(lenient.model.is_some());
    }
}

/// Returns the message of the first problem and its remedy.
fn said(outcome: &Outcome) -> (String, String) {
    let first = outcome.problems.iter().next();
    first.map(|d| (d.message.clone(), d.help.clone().unwrap_or_default())).unwrap_or_default()
}

#[test]
fn a_missing_document_is_reported_once_with_the_nearest_file() {
    let types = schema("<xs:simpleType name='t'><xs:restriction base='xs:int'/></xs:simpleType>");
    for (location, near) in
        [("types\\Sizes.xsd", "types/Sizes.xsd"), ("Types/sizes.XSD", "types/Sizes.xsd"), ("types/Size.xsd", "types/Sizes.xsd")]
    {
        let main = schema(&format!("<xs:include schemaLocation='{location}'/><xs:element name='a' type='t'/>"));
        let (message, help) = said(&read(&[("m.xsd", &main), ("types/Sizes.xsd", &types)], &["m.xsd"]));
        assert_eq!(message, format!("cannot include `{location}`: no such file; used and declared nowhere: the type `t` (src-include)"));
        assert!(help.starts_with(&format!("there is `{near}`: write `schemaLocation=\"{near}\"`")), "{help}");
    }
    let flat = schema("<xs:include schemaLocation='../common/types.xsd'/><xs:element name='a' type='t'/>");
    let (_, help) = said(&read(&[("in/m.xsd", &flat), ("in/types.xsd", &types)], &["in/m.xsd"]));
    assert!(help.starts_with("there is `types.xsd`"), "{help}");
    let one = schema("<xs:include schemaLocation='no.xsd'/>");
    let files: [(&str, &str); 3] = [("a.xsd", &one), ("b.xsd", &one), ("c.xsd", &format!("{one}<!-- -->"))];
    let all = read(&files, &["a.xsd", "b.xsd", "c.xsd"]);
    assert_eq!(codes(&all), ["X0006"]);
    assert_eq!(said(&all).0, "cannot include `no.xsd`: no such file; another document names it too (src-include)");
}

#[test]
fn copies_of_a_document_are_one_document() {
    let common = format!(
        "<xs:schema {XS} targetNamespace='u:c'><xs:include schemaLocation='more.xsd'/><xs:simpleType name='t'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>"
    );
    let more = |name: &str| format!("<xs:schema {XS} targetNamespace='u:c'><xs:complexType name='{name}'/></xs:schema>");
    let user = |of: &str| {
        format!(
            "<xs:schema {XS} xmlns:c='u:c' targetNamespace='u:{of}'><xs:import namespace='u:c' schemaLocation='common.xsd'/><xs:element name='{of}' type='c:t'/></xs:schema>"
        )
    };
    let outcome = |second: &str| {
        let files: [(&str, &str); 6] = [
            ("a/a.xsd", &user("a")),
            ("a/common.xsd", &common),
            ("a/more.xsd", &more("x")),
            ("b/b.xsd", &user("b")),
            ("b/common.xsd", &common),
            ("b/more.xsd", second),
        ];
        read(&files, &["a/a.xsd", "b/b.xsd"])
    };
    assert_eq!(codes(&outcome(&more("x"))), [""; 0]);
    assert_eq!(codes(&outcome(&more("y"))), ["X0227"], "what they include differs: these are two");
}

#[test]
fn common_schemas_are_built_in() {
    let main = |namespace: &str, location: &str, body: &str| {
        let text = format!("<xs:import namespace='{namespace}' {location}/>{body}");
        schema(&text).replacen("<xs:schema", "<xs:schema xmlns:xlink='http://www.w3.org/1999/xlink'", 1)
    };
    let cases = [
        (
            "http://www.w3.org/2001/XMLSchema",
            "<xs:complexType name='t'><xs:sequence><xs:element ref='xs:restriction'/></xs:sequence></xs:complexType>",
        ),
        (
            "http://www.w3.org/2001/XMLSchema",
            "<xs:complexType name='t'><xs:complexContent><xs:extension base='xs:annotated'/></xs:complexContent></xs:complexType>",
        ),
        ("http://www.w3.org/2001/XMLSchema", "<xs:attribute name='a' type='xs:formChoice'/>"),
        ("http://www.w3.org/1999/xlink", "<xs:complexType name='t'><xs:attribute ref='xlink:href'/></xs:complexType>"),
        ("http://www.w3.org/1999/xlink", "<xs:complexType name='t'><xs:attributeGroup ref='xlink:simpleLink'/></xs:complexType>"),
        ("http://www.w3.org/1999/xlink", "<xs:complexType name='t'><xs:attributeGroup ref='xlink:arcAttrs'/></xs:complexType>"),
        ("http://www.w3.org/XML/1998/namespace", "<xs:complexType name='t'><xs:attributeGroup ref='xml:specialAttrs'/></xs:complexType>"),
        ("http://www.w3.org/2001/XMLSchema-instance", "<xs:complexType name='t'/>"),
    ];
    for (namespace, body) in cases {
        for location in ["", "schemaLocation='http://www.w3.org/somewhere.xsd'", "schemaLocation='not-shipped.xsd'"] {
            let outcome = read(&[("t.xsd", &main(namespace, location, body))], &["t.xsd"]);
            assert!(outcome.problems.is_empty(), "{namespace} {location} {body}: {:#?}", outcome.problems);
        }
    }
    let href = read(&[("t.xsd", &main("http://www.w3.org/1999/xlink", "", cases[3].1))], &["t.xsd"]);
    let attributes = href.model.map(|m| m.attributes.iter().filter(|a| a.name.local == "href" || a.name.local == "show").count());
    assert_eq!(attributes, Some(1), "only what is referred to becomes part of the set");
    let unknown = main("http://www.w3.org/1999/xlink", "", "<xs:complexType name='t'><xs:attribute ref='xlink:hreef'/></xs:complexType>");
    assert_eq!(codes(&read(&[("t.xsd", &unknown)], &["t.xsd"])), ["X0303"]);
}

#[test]
fn attributes_of_xml_are_built_in() {
    let main = schema(
        "<xs:import namespace='http://www.w3.org/XML/1998/namespace' schemaLocation='http://www.w3.org/2001/xml.xsd'/><xs:complexType name='t'><xs:attribute ref='xml:lang'/></xs:complexType>",
    );
    assert_eq!(codes(&read(&[("t.xsd", &main)], &["t.xsd"])), [""; 0]);
}

#[test]
fn documents_outside_of_the_folder_of_the_schemas_are_refused() {
    let text = schema("<xs:simpleType name='t'><xs:restriction base='xs:int'/></xs:simpleType>");
    let main = |location: &str| schema(&format!("<xs:include schemaLocation='{location}'/><xs:element name='a' type='t'/>"));
    let redefine =
        schema("<xs:redefine schemaLocation='../t.xsd'><xs:simpleType name='t'><xs:restriction base='t'/></xs:simpleType></xs:redefine>");
    for (main, refused) in [
        (main("../t.xsd"), true),
        (main("x/../../t.xsd"), true),
        (main("%2e%2e/t.xsd"), true),
        (main("../absent.xsd"), true),
        (main("/etc/passwd"), true),
        (main("file:///etc/passwd"), true),
        (redefine, true),
        (main("../common/t.xsd"), false),
        (main("inner/t.xsd"), false),
    ] {
        let files: [(&str, &str); 4] = [("in/m.xsd", &main), ("t.xsd", &text), ("common/t.xsd", &text), ("in/inner/t.xsd", &text)];
        let outcome = read(&files, &["in/m.xsd"]);
        assert_eq!(codes(&outcome), if refused { &["X0009"][..] } else { &[] }, "{main}");
        if refused {
            assert!(said(&outcome).1.contains("`--allow outside`"), "{:?}", said(&outcome));
        }
    }
    let files: [(&str, &str); 2] = [("in/m.xsd", &main("../t.xsd")), ("t.xsd", &text)];
    let allowed = read_with(&files, &["in/m.xsd"], LoadOptions { allow_outside: true, ..LoadOptions::default() });
    assert_eq!(codes(&allowed), [""; 0]);
    assert_eq!(codes(&read(&files, &["in/m.xsd", "t.xsd"])), [""; 0], "it is given");
}

#[cfg(unix)]
#[test]
#[allow(clippy::expect_used, reason = "a failed test panics")]
fn symbolic_links_do_not_lead_out_of_the_folder_of_the_schemas() {
    let folder = std::env::temp_dir().join(format!("xsdgen-links-{}", std::process::id()));
    let (inside, outside) = (folder.join("in"), folder.join("t.xsd"));
    std::fs::create_dir_all(&inside).expect("a folder");
    std::fs::write(&outside, schema("<xs:simpleType name='t'><xs:restriction base='xs:int'/></xs:simpleType>")).expect("a file");
    std::fs::write(inside.join("m.xsd"), schema("<xs:include schemaLocation='l.xsd'/><xs:element name='a' type='t'/>")).expect("a file");
    std::os::unix::fs::symlink(&outside, inside.join("l.xsd")).expect("a link");
    let main = inside.join("m.xsd");
    let refused = xsdgen::load(std::slice::from_ref(&main), &LoadOptions::default());
    let named = LoadOptions { locations: [("l.xsd".to_owned(), outside)].into(), ..LoadOptions::default() };
    let named = xsdgen::load(&[main], &named);
    std::fs::remove_dir_all(&folder).expect("a folder");
    assert_eq!(refused.diagnostics.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["X0009"]);
    assert!(!named.diagnostics.has_errors());
}
