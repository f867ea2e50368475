//! Tests of `xsdgen validate`: which documents it reads, what it prints, and its exit codes. The verdicts are tested in `xsdgen-dynamic`.

use std::path::Path;
use std::process::{Command, Stdio};

use super::{Bench, schema};

const VALID: &str = "<note xmlns='urn:a'><to>x</to></note>\n";
const INVALID: &str = "<note xmlns='urn:a'>\n  <body>y</body>\n</note>\n";

fn bench(name: &str) -> Bench {
    Bench::new(name).with("a.xsd", &schema("a")).with("good.xml", VALID).with("docs/deep/bad.xml", INVALID)
}

#[test]
fn documents_are_files_folders_and_patterns() {
    let bench = bench("validate_documents");
    let run = |documents: &[&str]| bench.run(&[&["validate", "--schema", "a.xsd"], documents].concat());
    assert_eq!(run(&["good.xml"]).ends_with(0).out, "ok: 1 document valid\n");
    run(&["docs"]).ends_with(1).says("docs/deep/bad.xml:");
    run(&["*.xml", "docs/**/*.xml"]).ends_with(1).says("1 of 2 documents not valid");
    run(&["none"]).ends_with(4).says("cannot read `none`");
    run(&["*.none"]).ends_with(4).says("names no document");
    assert_eq!(run(&["--quiet", "good.xml"]).ends_with(0).out, "");
}

#[test]
fn a_document_can_come_from_standard_input() {
    let bench = bench("validate_stdin");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xsdgen"));
    let document = std::fs::File::open(bench.dir.join("docs/deep/bad.xml")).expect("a document");
    command.current_dir(&bench.dir).args(["validate", "--schema", "a.xsd", "-"]).stdin(Stdio::from(document));
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("\n --> -:1:1\n"));
}

#[test]
fn an_error_shows_the_line_of_the_document_and_of_the_schema() {
    let bench = bench("validate_error");
    let run = bench.run(&["validate", "--schema", "a.xsd", "docs"]);
    run.ends_with(1).says("error[cvc-complex-type]: note/to").says("| <note xmlns='urn:a'>").says("^");
    run.says("a.xsd:5:").says("the schema declares it here").says("<xs:element name=\"to\"");
}

#[test]
fn all_errors_of_a_document_are_shown() {
    let several = "<note xmlns='urn:a'>\n  <to>x</to>\n  <body a='1'>y</body>\n  <more/>\n</note>";
    let bench = bench("validate_all").with("several.xml", several);
    let run = bench.run(&["validate", "--schema", "a.xsd", "several.xml"]);
    run.ends_with(1).says("several.xml:3:").says("several.xml:4:").says("2 errors");
}

#[test]
fn exit_codes_tell_what_is_wrong() {
    let bench = bench("validate_codes")
        .with("broken.xsd", "<xs:schema")
        .with("later.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:override schemaLocation='a.xsd'/></xs:schema>");
    bench.run(&["validate", "good.xml", "--schema", "broken.xsd"]).ends_with(1);
    bench.run(&["validate", "good.xml", "--schema", "later.xsd"]).ends_with(3);
    bench.run(&["validate", "good.xml", "--schema", "missing.xsd"]).ends_with(4);
    bench.run(&["validate", "--schema", "a.xsd"]).ends_with(2);
    bench.run(&["validate", "good.xml", "--schema", "a.xsd", "--message-format", "xml"]).ends_with(2);
}

#[test]
fn tolerant_reading_prints_notes() {
    let bench = bench("validate_tolerant").with("other.xml", "<note xmlns='urn:a'><To>x</To><more/></note>");
    let run = bench.run(&["validate", "--tolerant", "--schema", "a.xsd", "other.xml"]);
    run.ends_with(0).says("warning[cvc-complex-type]: note/more: unknown element, skipped").says("2 warnings");
    assert_eq!(run.out, "ok: 1 document readable\n");
}

#[test]
fn programs_get_json_or_annotations() {
    let bench = bench("validate_formats");
    let run = |format: &str| bench.run(&["validate", "--schema", "a.xsd", "docs", "--quiet", "--message-format", format]);
    let line: serde_json::Value = serde_json::from_str(&run("json").ends_with(1).out).expect("a line of JSON");
    let name = Path::new("docs/deep/bad.xml").display().to_string();
    assert_eq!((line["file"].as_str(), line["path"].as_str()), (Some(name.as_str()), Some("note/to")));
    assert_eq!((line["line"].as_u64(), line["schema"]["line"].as_u64(), line["severity"].as_str()), (Some(1), Some(5), Some("error")));
    assert!(run("github").out.starts_with("::error file=docs/deep/bad.xml,line=1,col=1,title=cvc-complex-type::note/to"));
}

#[test]
fn a_configuration_names_the_schemas_and_the_secrets() {
    let config = "schemas = [\"a.xsd\"]\nout = \"generated\"\nsecrets = [\"to\"]\n";
    let bench = bench("validate_config").with("xsdgen.toml", config).with("s.xml", "<note xmlns='urn:a'><to>hunter2</to><x/></note>");
    bench.run(&["validate", "good.xml"]).ends_with(0);
    let run = bench.run(&["validate", "s.xml"]);
    run.ends_with(1).says("s.xml:1:");
    assert!(!run.err.contains("hunter2"), "{}", run.err);
}
