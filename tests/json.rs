//! Tests the JSON form of the bindings: the messages and sample responses survive from XML to JSON and back, and so do the captured messages
//! in the folder that the environment variable `WEBEX_TRAFFIC` names.
#![allow(clippy::print_stdout, clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a failed test panics")]

mod support {
    pub(crate) mod captured;
}

use std::path::Path;
use std::process::Command;

use support::captured;
use webex_xml_types::{Document, user};
use xsdgen_codec::{JsonOptions, Names, Secrets, WriteOptions};
use xtask::generate::Sources;

/// Reads a document, writes it as JSON, reads that, and compares the values and their XML. Returns the JSON.
fn round(name: &str, document: &Document, names: Names) -> String {
    let options = JsonOptions::new().secrets(Secrets::Write).names(names);
    let json = serde_json::to_string(&options.of(document)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let again: Document =
        options.read(&mut serde_json::Deserializer::from_str(&json)).unwrap_or_else(|error| panic!("{name}: {error}\n{json}"));
    assert!(again == *document, "{name}: {json}\n{document:?}\n{again:?}");
    let xml = |document: &Document| document.to_xml_with(&WriteOptions::tolerant()).expect("it can be written");
    assert_eq!(xml(&again), xml(document), "{name}");
    if document.validate().is_ok() {
        let strict = options.strict(true).all_errors(true);
        let again = strict.try_read::<Document, _>(&mut serde_json::Deserializer::from_str(&json)).expect("JSON");
        assert!(again.as_ref().ok() == Some(document), "{name}: {:?}", again.err());
    }
    json
}

fn documents(folder: &str) -> Vec<(String, Document)> {
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "xml")).collect();
    files.sort();
    let read = |path: &Path| (path.display().to_string(), Document::from_xml(&std::fs::read(path).expect("a file")).expect("a document"));
    files.iter().map(|path| read(path)).collect()
}

#[test]
fn messages_and_samples_survive() {
    let all = [documents("tests/messages"), documents("sandbox/samples")].concat();
    assert!(all.len() > 350, "{}", all.len());
    for (name, document) in &all {
        round(name, document, Names::Schema);
    }
    for (name, document) in all.iter().step_by(7) {
        round(name, document, Names::Rust);
    }
}

/// Returns the errors that the Python package `jsonschema` finds in these documents.
const VALIDATE: &str = r#"
import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
for line in open(sys.argv[2]):
    name, document = json.loads(line)
    for error in list(validator.iter_errors(document))[:1]:
        deep = error
        while deep.context:
            deep = max(deep.context, key=lambda inner: len(inner.absolute_path))
        print(name, deep.json_path, deep.message[:300])
"#;

#[test]
#[ignore = "needs a Python with the package jsonschema, which JSON_SCHEMA_PYTHON names"]
fn json_is_valid_against_the_json_schema() {
    let python = std::env::var_os("JSON_SCHEMA_PYTHON").expect("JSON_SCHEMA_PYTHON names a program");
    let folder = std::env::temp_dir().join(format!("xsdgen-json-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (schema, lines) = (folder.join("schema.json"), folder.join("documents.json"));
    std::fs::write(&schema, xsdgen::json_schema(&Sources::read().unwrap_or_else(|_| panic!("invalid schemas")).model).to_string())
        .expect("a file");
    let all = [documents("tests/messages"), documents("sandbox/samples")].concat();
    let line = |(name, document): &(String, Document)| {
        let json: serde_json::Value = serde_json::from_str(&round(name, document, Names::Schema)).expect("JSON");
        serde_json::json!([name, json]).to_string()
    };
    let text: Vec<String> = all.iter().map(line).collect();
    std::fs::write(&lines, text.join("\n")).expect("a file");
    let output = Command::new(python).args(["-c", VALIDATE]).args([&schema, &lines]).output().expect("Python runs");
    std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    let (found, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && found.is_empty(), "{found}{failed}");
}

#[test]
#[ignore = "needs WEBEX_TRAFFIC"]
fn captured_messages_survive() {
    let (mut survived, mut unread) = (0, 0);
    for message in [captured::messages("_req_"), captured::messages("_resp_")].concat() {
        let Ok(document) = Document::from_xml(message.text.as_bytes()) else {
            unread += 1;
            continue;
        };
        round(&message.name, &document, Names::Schema);
        survived += 1;
    }
    assert!(survived > 0);
    println!("{survived} messages survive, {unread} are not read");
}

#[test]
fn serde_json_writes_and_reads_any_type() {
    let request = user::GetUser::new("jane");
    let json = serde_json::to_string(&request).expect("JSON");
    assert_eq!(json, r#"{"webExId":"jane"}"#);
    assert_eq!(serde_json::from_str::<user::GetUser>(&json).expect("a request"), request);
    let told = serde_json::from_str::<user::GetUser>(r#"{"webexId":"jane"}"#).unwrap_err().to_string();
    assert_eq!(told, "$.webexId: there is no member `webexId`; did you mean `webExId`?");
}
