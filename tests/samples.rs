//! Tests that `sandbox/samples/`, the default responses of the sandbox, contains one response for each operation, and that strict mode
//! accepts it. `cargo gen` writes these files.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::BTreeSet;
use std::path::Path;

use webex_xml_types::{Document, OPERATIONS};

#[test]
fn every_operation_has_a_valid_sample_response() {
    for operation in OPERATIONS.iter() {
        let path = Path::new("sandbox/samples").join(format!("{}.xml", operation.name));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Document::from_xml_strict(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    }
    let files = std::fs::read_dir("sandbox/samples").expect("the folder of samples").count();
    assert_eq!(files, OPERATIONS.len() + 1, "an answer for each, and the table of them");
}

#[test]
fn names_of_operations_are_unique() {
    let names: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), OPERATIONS.len());
}
