//! Tests the messages and the exit codes of the program.

use std::path::Path;

use super::{Bench, schema};

const TWO_MISTAKES: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="a" type="xs:strin"/>
  <xs:element name="b" colour="red"/>
</xs:schema>
"#;

#[test]
fn problems_show_their_position_and_line() {
    let bench = Bench::new("problems").with("bad.xsd", TWO_MISTAKES);
    let run = bench.run(&["check", "bad.xsd"]);
    run.ends_with(1).reports("bad.xsd:3:24", "error[X0102]: the attribute `colour` is not allowed");
    run.reports("bad.xsd:2:30", "error[X0301]");
    let line = "2 |   <xs:element name=\"a\" type=\"xs:strin\"/>\n  |                              ^^^^^^^^\n  |\nhelp: did you mean `xs:string`?\n";
    run.says(line);
    assert!(run.err.ends_with("\n2 errors\n"), "{}", run.err);
    assert!(!run.err.contains('\x1b'), "colours without a terminal");
    assert_eq!(run.out, "");
}

#[test]
fn valid_schemas_are_ok() {
    let bench = Bench::new("ok").with("a.xsd", &schema("a")).with("b.xsd", &schema("b"));
    let run = bench.run(&["check", "a.xsd", "b.xsd"]);
    run.ends_with(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("ok: 2 schema files, 4 components in 2 namespaces\n", ""));
    let quiet = bench.run(&["check", "-q", "a.xsd"]);
    quiet.ends_with(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let quiet = bench.run(&["generate", "--quiet", "a.xsd", "--out", "out"]);
    quiet.ends_with(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn schema_1_1_is_valid_but_not_supported() {
    let schema = schema("a").replace("</xs:sequence>", "</xs:sequence><xs:assert test=\"true()\"/>");
    let bench = Bench::new("unsupported").with("a.xsd", &schema);
    let run = bench.run(&["check", "a.xsd"]);
    run.ends_with(3).says("error[X0901]").says("1 construct not supported");
    bench.run(&["generate", "a.xsd", "--out", "out"]).ends_with(3);
    assert!(bench.texts("out").is_empty());
}

#[test]
fn samples_and_names() {
    let bench = Bench::new("sample").with("a.xsd", &schema("a"));
    let run = bench.run(&["sample", "note", "a.xsd"]);
    run.ends_with(0);
    assert!(run.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<") && run.err.is_empty(), "{}{}", run.out, run.err);
    bench.run(&["sample", "note", "a.xsd", "--required-only", "--out", "a.xml"]).ends_with(0);
    assert!(bench.read("a.xml").len() <= run.out.len());
    bench.run(&["sample", "none", "a.xsd"]).ends_with(2).says("error: the schemas have no element `none`");
    bench.run(&["sample", "note", "a.xsd", "--type", "none"]).ends_with(2).says("error: the schemas have no type `none`");
    bench.run(&["sample", "note", "a.xsd", "--out", "no/such/a.xml"]).ends_with(4).says("cannot write");
    let names = bench.run(&["names", "a.xsd"]);
    names.ends_with(0);
    let wanted = [
        "a namespace a urn:a",
        "a:noteType struct a::Note",
        "a:noteType/body field body: Option<String>",
        "a:noteType/to field to: String",
        "element::a:note document Note(Box<Note>)",
    ];
    assert_eq!(names.out.lines().collect::<Vec<_>>(), wanted);
    assert_eq!(bench.run(&["names", "a.xsd", "--collisions"]).out, "");
}

#[test]
fn missing_files_are_file_problems() {
    let bench = Bench::new("missing");
    bench.run(&["check", "absent.xsd"]).ends_with(4).reports("absent.xsd", "error[X0001]: cannot read `absent.xsd`: no such file");
    bench.run(&["check", "*.xsd"]).ends_with(4).says("error[X0013]: `*.xsd` names no schema file");
    bench.run(&["check", "."]).ends_with(4).says("X0013");
    bench.run(&["generate", "--config", "absent.toml"]).ends_with(4).reports("absent.toml", "error[X0001]");
    bench.run(&["generate", "absent.xsd", "--out", "out"]).ends_with(4);
    assert!(bench.texts("").is_empty());
}

#[test]
fn wrong_usage() {
    let bench = Bench::new("usage").with("a.xsd", &schema("a"));
    for arguments in [
        &["generate", "a.xsd"][..],
        &["generate", "a.xsd", "--out", "out", "--config", "xsdgen.toml"],
        &["generate", "a.xsd", "--out", "out", "--crate", "no crate"],
        &["generate", "--crate", "x"],
        &["check"],
        &["explain"],
        &["explain", "X9999"],
        &["unknown"],
        &[],
    ] {
        let run = bench.run(arguments);
        run.ends_with(2);
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
    assert!(bench.run(&["--help"]).ends_with(0).out.contains("Exit codes: 0 success"));
    assert!(bench.run(&["--version"]).ends_with(0).out.starts_with("xsdgen "));
}

#[test]
fn codes_and_rules_are_explained() {
    let bench = Bench::new("explain");
    for word in ["X0208", "x0208", "cos-nonambig"] {
        let run = bench.run(&["explain", word]);
        run.ends_with(0);
        assert!(run.out.starts_with("X0208 (cos-nonambig)\n    Unique Particle Attribution"), "{}", run.out);
    }
    let run = bench.run(&["explain", "src-resolve"]);
    run.ends_with(0);
    assert!(run.out.contains("X0301 (src-resolve)") && run.out.contains("\n\nX0302 (src-resolve)"), "{}", run.out);
    assert!(run.out.contains("Wrong:\n\n```xml schema.xsd\n"), "{}", run.out);
    bench.run(&["explain", "cos-nonambg"]).ends_with(2).says("did you mean `cos-nonambig`?");
    for code in ["X0011", "X0802", "X0851"] {
        assert!(bench.run(&["explain", code]).ends_with(0).out.starts_with(code));
    }
}

#[test]
fn all_errors_of_a_configuration_are_reported() {
    let config =
        "schemas = [\"a.xsd\"]\nout = \"made\"\ntrim_text = true\nsecrets = [\"to\", 3]\ncommand = 1\n[operations]\nbas = \"a:b\"\n";
    let bench = Bench::new("config").with("a.xsd", &schema("a")).with("xsdgen.toml", config);
    let run = bench.run(&["generate"]);
    run.ends_with(1);
    run.reports("xsdgen.toml:3:1", "error[X0802]: unknown key `trim_text`").says("help: did you mean `trim-text`?");
    run.reports("xsdgen.toml:4:18", "error[X0803]: `secrets` is to be an array of strings, not an integer");
    run.reports("xsdgen.toml:5:11", "error[X0803]: `command` is to be a string, not an integer");
    run.reports("xsdgen.toml:7:1", "error[X0802]: unknown key `bas` in `[operations]`").says("help: did you mean `base`?");
    run.says("error[X0804]: `base` is missing in `[operations]`").says("5 errors");
    bench.write("xsdgen.toml", "schemas = [\"a.xsd\"\n");
    bench.run(&["generate"]).ends_with(1).says("error[X0801]");
}

#[test]
fn an_override_that_matches_nothing_is_an_error() {
    let config = "schemas = [\"a.xsd\"]\nout = \"made\"\nsecrets = [\"a:noteType/bodi\"]\n";
    let bench = Bench::new("override").with("a.xsd", &schema("a")).with("xsdgen.toml", config);
    bench.run(&["generate"]).ends_with(1).reports("xsdgen.toml:3:12", "error[X0851]").says("did you mean `a:noteType/body`?");
    assert!(bench.texts("made").is_empty());
}

#[test]
fn nothing_in_a_file_can_drive_the_terminal() {
    let bench = Bench::new("terminal").with("a.xsd", &schema("a").replace("xs:string", "xs:str&#x9b;31m"));
    let run = bench.run(&["check", "a.xsd"]);
    run.ends_with(1);
    assert!(!run.err.contains(['\x1b', '\u{9b}']), "{}", run.err);
}

#[test]
fn a_rule_may_be_violated_if_allowed() {
    let text = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="a"><xs:complexType><xs:sequence>
    <xs:element name="b" type="xs:string" minOccurs="0"/><xs:any minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>"#;
    let bench = Bench::new("allow").with("a.xsd", text);
    bench.run(&["check", "a.xsd"]).ends_with(1).says("error[X0208]");
    bench.run(&["check", "a.xsd", "--allow", "cos-nonambig"]).ends_with(0).says("warning[X0208]");
    bench.run(&["check", "a.xsd", "--allow", "src-resolve"]).ends_with(2);
    let config = "schemas = [\"a.xsd\"]\nout = \"out\"\nallow = [\"cos-nonambig\", \"cos-all\"]\n";
    let bench = bench.with("xsdgen.toml", config);
    bench.run(&["generate"]).ends_with(1).reports("xsdgen.toml:3:26", "error[X0805]: `cos-all` is no rule that may be broken");
}

#[test]
fn documents_can_have_other_locations() {
    let text = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o">
  <xs:import namespace="urn:o" schemaLocation="http://localhost/o.xsd"/>
  <xs:element name="a" type="o:b"/>
</xs:schema>"#;
    let other = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o">
  <xs:simpleType name="b"><xs:restriction base="xs:string"/></xs:simpleType>
</xs:schema>"#;
    let bench = Bench::new("elsewhere").with("a.xsd", text).with("copies/other.xsd", other).with("o.xsd", other);
    bench.run(&["check", "a.xsd"]).ends_with(0).says("nothing is fetched from a network; used and declared nowhere: the type `b`");
    for arguments in [
        ["check", "a.xsd", "--location=urn:o=copies/other.xsd"],
        ["check", "a.xsd", "--location=http://localhost/o.xsd=copies/other.xsd"],
        // A copy with the same name and namespace needs no other document.
        ["check", "a.xsd", "o.xsd"],
    ] {
        let run = bench.run(&arguments);
        run.ends_with(0);
        assert_eq!(run.err, "", "{arguments:?}");
    }
    let config = "schemas = [\"a.xsd\"]\nout = \"out\"\n[locations]\n\"urn:o\" = \"copies/other.xsd\"\n";
    let bench = bench.with("xsdgen.toml", config);
    let run = bench.run(&["generate", "--quiet"]);
    run.ends_with(0);
    assert_eq!(run.err, "");
}

#[test]
fn a_slice_is_selected_on_the_command_line() {
    let bench = Bench::new("only").with("a.xsd", &schema("a"));
    bench.run(&["generate", "a.xsd", "--out", "made", "--only", "a:noteTyp"]).ends_with(1).says("did you mean `a:noteType`?");
    bench.run(&["generate", "a.xsd", "--out", "made", "--only", "a:noteType,a:note"]).ends_with(0);
    let whole = bench.with("xsdgen.toml", "schemas = [\"a.xsd\"]\nout = \"slice\"\nonly = [\"a:none\"]\n");
    whole.run(&["generate"]).ends_with(1).says("no operation, element or type matches `a:none`");
    whole.run(&["generate", "--only", "a:note"]).ends_with(0);
}

/// Tests that the program prints the schema that is in the repository.
#[test]
fn the_schema_of_the_configuration_is_printed() {
    let bench = Bench::new("config_schema");
    let run = bench.run(&["config-schema"]);
    run.ends_with(0);
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/xsdgen.schema.json");
    assert_eq!(run.out, std::fs::read_to_string(page).expect("a text").replace("\r\n", "\n"));
    bench.run(&["config-schema", "--out", "xsdgen.schema.json"]).ends_with(0);
    assert_eq!(bench.read("xsdgen.schema.json"), run.out);
}

#[test]
fn a_missing_bracket_is_one_problem() {
    let bench = Bench::new("bracket").with("xsdgen.toml", "schemas = [\"a.xsd\"\nout = \"out\"\ntitle = \"x\"\n[names]\n\"a:b\" = \"c\"\n");
    bench.run(&["generate"]).ends_with(1).reports("xsdgen.toml:2:1", "error[X0801]: unclosed array, expected `]`").says("1 error");
}
