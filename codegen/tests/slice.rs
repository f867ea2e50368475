//! Tests slices: bindings of some components of a schema set. `cases/slice/` compiles one, and reads and writes its documents.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use xsdgen::diagnostic::Span;
use xsdgen::settings::{Rule, Settings};
use xsdgen::{Config, Generated, Lock, generate};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/slice")
}

fn settings(only: &[&str]) -> Settings {
    let config = Config::read(&folder().join("xsdgen.toml")).product.expect("a configuration");
    let rule = |selector: &&str| Rule { selector: (*selector).to_owned(), value: (), span: Span::file("--only") };
    Settings { only: only.iter().map(rule).collect(), ..config.settings }
}

fn made(only: &[&str], lock: &Lock) -> Generated {
    let made = generate(&[folder().join("schema.xsd")], &settings(only), lock);
    assert!(made.diagnostics.is_empty(), "{only:?}: {:?}", made.diagnostics);
    made.product.expect("bindings")
}

/// The names of the types of a file, with their text up to the next type.
fn types(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let text = &files["slice.rs"];
    let mut out = BTreeMap::new();
    for part in text.split("\n\n") {
        // A part can also contain the lines of the module around it.
        let lines: Vec<&str> = part.lines().skip_while(|line| !line.trim().starts_with("#[derive")).collect();
        let Some(declared) = lines.iter().find(|line| line.trim().starts_with("pub struct ") || line.trim().starts_with("pub enum "))
        else {
            continue;
        };
        let (indent, name) =
            (declared.len() - declared.trim_start().len(), declared.split([' ', '(']).filter(|word| !word.is_empty()).nth(2));
        let end = lines.iter().position(|line| *line == format!("{}}}", " ".repeat(indent))).map_or(lines.len(), |at| at + 1);
        out.insert(name.unwrap_or_default().to_owned(), lines[..end].join("\n"));
    }
    out
}

#[test]
fn a_slice_has_the_same_types_with_the_same_names() {
    let whole = types(&made(&[], &Lock::default()).files);
    for only in
        [&["slice:getUser"][..], &["slice:report"], &["slice:meeting"], &["slice:admin", "slice:getUser"], &["slice:chart", "slice:report"]]
    {
        let made = made(only, &Lock::default());
        let types = types(&made.files);
        assert!(types.len() < whole.len() && !types.is_empty(), "{only:?}: {:?}", types.keys());
        for (name, text) in &types {
            let lines: BTreeSet<&str> = whole[name].lines().collect();
            let other: Vec<&str> = text.lines().filter(|line| !lines.contains(line)).collect();
            assert!(other.is_empty(), "{only:?}: {name}: {other:?}");
            assert!(text == &whole[name] || text.contains("pub enum "), "{only:?}: {name}");
        }
    }
}

#[test]
fn an_operation_comes_with_its_response_and_its_envelope() {
    let made = made(&["slice:getUser"], &Lock::default());
    let types = types(&made.files);
    let names: Vec<&str> = types.keys().map(String::as_str).collect();
    assert_eq!(names, ["Address", "AnyContent", "AnyUser", "GetUser", "GetUserResponse", "Message", "State", "User"]);
    let root = &made.files["lib.rs"];
    assert!(root.contains("    Message(Box<slice::Message>),") && !root.contains("Report(") && !root.contains("GetMeeting"), "{root}");
}

#[test]
fn derived_types_and_substitutes_are_kept_if_something_else_needs_them() {
    let report = types(&made(&["slice:report"], &Lock::default()).files);
    assert!(!report["PartElement"].contains("Chart") && report["PartElement"].contains("Part("), "{}", report["PartElement"]);
    // The head of the other group is abstract, so that without its members there would be no value.
    assert!(report["SealElement"].contains("Wax(") && report["SealElement"].contains("Stamp("), "{}", report["SealElement"]);
    let both = types(&made(&["slice:report", "slice:chart"], &Lock::default()).files);
    assert!(both["PartElement"].contains("Chart("), "{}", both["PartElement"]);
    let user = types(&made(&["slice:getUser", "slice:admin"], &Lock::default()).files);
    assert!(user["AnyUser"].contains("Admin("), "{}", user["AnyUser"]);
}

#[test]
fn the_lock_keeps_the_names_of_the_whole_set() {
    let whole = made(&[], &Lock::default()).lock;
    let slice = made(&["slice:getUser"], &whole);
    assert_eq!(slice.lock, whole);
    assert!(slice.lock_changes.is_empty(), "{:?}", slice.lock_changes);
}

#[test]
fn a_selector_that_matches_nothing_is_an_error() {
    let made = generate(&[folder().join("schema.xsd")], &settings(&["slice:getUser", "slice:getUsr", "report"]), &Lock::default());
    let found: Vec<String> =
        made.diagnostics.iter().map(|d| format!("{}: {} ({})", d.code.id, d.message, d.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(found, ["X0851: no operation, element or type matches `slice:getUsr` (did you mean `slice:getUser`?)"]);
}
