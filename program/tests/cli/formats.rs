//! Tests of `--message-format` and `-D warnings`.

use serde_json::Value;

use super::{Bench, schema};

const BAD: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="a" type="xs:strin"/>
</xs:schema>
"#;

/// A schema with a warning: a document at a location on a network is missing.
const REMOTE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:o="urn:o">
  <xs:import namespace="urn:o" schemaLocation="http://localhost/o.xsd"/>
  <xs:element name="a" type="o:b"/>
</xs:schema>"#;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"))).collect()
}

/// Checks that an object has the members that the schema requires, and no other ones.
fn fits(object: &Value, schema: &Value) {
    let object = object.as_object().expect("an object");
    for name in schema["required"].as_array().expect("names") {
        assert!(object.contains_key(name.as_str().expect("a name")), "{name} is missing in {object:?}");
    }
    for name in object.keys() {
        assert!(schema["properties"].get(name).is_some(), "{name} is not in docs/message.schema.json");
    }
}

#[test]
fn problems_are_lines_of_json() {
    let schema: Value = serde_json::from_str(include_str!("../../../docs/message.schema.json")).expect("JSON");
    let bench =
        Bench::new("formats_json").with("bad.xsd", BAD).with("a.xsd", &super::schema("a")).with("a.xml", "<note xmlns='urn:a'><x/></note>");
    let run = bench.run(&["check", "bad.xsd", "--message-format", "json"]);
    run.ends_with(1);
    let all = lines(&run.out);
    let [one] = all.as_slice() else { panic!("{}", run.out) };
    fits(one, &schema);
    let place = (one["file"].as_str(), one["line"].as_u64(), one["column"].as_u64(), one["end"]["column"].as_u64());
    assert_eq!(place, (Some("bad.xsd"), Some(2), Some(30), Some(38)));
    let words = (one["code"].as_str(), one["rule"].as_str(), one["severity"].as_str(), one["help"].as_str());
    assert_eq!(words, (Some("X0301"), Some("src-resolve"), Some("error"), Some("did you mean `xs:string`?")));
    assert_eq!(run.err, "");
    // The result of other commands has standard output for itself.
    let run = bench.run(&["--message-format", "json", "names", "bad.xsd"]);
    run.ends_with(1);
    assert_eq!((lines(&run.err).len(), run.out.as_str()), (1, ""));
    let run = bench.run(&["sample", "none", "a.xsd", "--message-format", "json"]);
    run.ends_with(2);
    let all = lines(&run.err);
    fits(&all[0], &schema);
    assert_eq!((all[0]["code"].as_str(), all[0]["message"].as_str()), (None, Some("the schemas have no element `none`")));
    let run = bench.run(&["validate", "--schema", "a.xsd", "a.xml", "--message-format", "json"]);
    run.ends_with(1);
    let found = lines(&run.out);
    assert!(!found.is_empty(), "{}", run.err);
    found.iter().for_each(|one| fits(one, &schema));
}

#[test]
fn problems_are_annotations() {
    let bench = Bench::new("formats_github").with("bad.xsd", BAD).with("a.xsd", &schema("a"));
    let run = bench.run(&["check", "bad.xsd", "--message-format", "github"]);
    run.ends_with(1);
    let wanted = "::error file=bad.xsd,line=2,col=30,title=X0301::there is no type `strin` in the namespace `http://www.w3.org/2001/XMLSchema` \
                  (src-resolve)%0Ahelp: did you mean `xs:string`?\n";
    assert_eq!((run.out.as_str(), run.err.as_str()), (wanted, ""));
    let run = bench.run(&["generate", "a.xsd", "--out", "out", "--check", "--message-format", "github"]);
    run.ends_with(1);
    assert_eq!(run.err, "::error::out is out of date: 2 missing%0Ahelp: run `the same command without --check`\n");
}

#[test]
fn nothing_else_is_printed_for_programs() {
    let bench = Bench::new("formats_quiet").with("a.xsd", &schema("a"));
    for arguments in [&["check", "a.xsd"][..], &["generate", "a.xsd", "--out", "out"], &["lock", "a.xsd", "--lock", "a.lock"]] {
        let run = bench.run(&[arguments, &["--message-format", "json"]].concat());
        run.ends_with(0);
        assert_eq!((run.out.as_str(), run.err.as_str()), ("", ""), "{arguments:?}");
    }
    assert_eq!(bench.run(&["check", "a.xsd", "--message-format", "text"]).ends_with(0).err, "", "the former name of `human`");
}

#[test]
fn warnings_can_be_errors() {
    let bench = Bench::new("formats_deny").with("a.xsd", REMOTE);
    bench.run(&["check", "a.xsd"]).ends_with(0).reports("a.xsd:2:48", "warning[X0008]");
    bench.run(&["check", "a.xsd", "-D", "warnings"]).ends_with(1).reports("a.xsd:2:48", "error[X0008]");
    bench.run(&["-Dwarnings", "generate", "a.xsd", "--out", "out"]).ends_with(1).says("1 error");
    assert!(bench.texts("out").is_empty());
    bench.run(&["diff", "a.xsd", "a.xsd", "-D", "warnings"]).ends_with(1);
    bench.run(&["check", "a.xsd", "-D", "errors"]).ends_with(2);
    let bench = bench.with("b.xsd", &schema("b")).with("b.xml", "<note xmlns='urn:b'><To>x</To></note>");
    let tolerant = ["validate", "--tolerant", "--schema", "b.xsd", "b.xml"];
    bench.run(&tolerant).ends_with(0);
    bench.run(&[&tolerant[..], &["-D", "warnings"]].concat()).ends_with(1).says("error[");
}
