//! Tests that an additional optional element in `xsd/` changes only a few lines of the bindings, so that reviews stay short.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::path::Path;

use similar::{ChangeTag, TextDiff};
use xsdgen::{Config, FileSet};

/// The maximum number of lines that one optional element may change.
const LIMIT: usize = 8;

#[test]
fn an_added_optional_element_in_a_response() {
    let lines = changed("session-info", "service/ep/ep.xsd", "getSessionInfoResponse", "sipURL");
    assert!((1..=LIMIT).contains(&lines.len()), "{} lines:\n{}", lines.len(), lines.join("\n"));
    assert!(lines.iter().any(|line| line.contains("pub later_url: Option<String>,")), "{lines:#?}");
}

#[test]
fn an_added_optional_element_in_an_anonymous_type() {
    let lines = changed("access-control", "service/ep/ep.xsd", "getSessionInfoResponse", "audioPassword");
    assert!((1..=LIMIT).contains(&lines.len()), "{} lines:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn an_added_optional_element_in_an_extended_type() {
    let lines = changed("security", "common/common.xsd", "\"securityType\"", "sessionTicket");
    assert!((1..=LIMIT * 2).contains(&lines.len()), "{} lines:\n{}", lines.len(), lines.join("\n"));
}

/// Returns the lines that change if a sibling is inserted before the first `before` after `component`.
fn changed(name: &str, file: &str, component: &str, before: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("small-diff").join(name);
    let _ = std::fs::remove_dir_all(&root);
    let config = Config::read(Path::new("xsdgen.toml")).product.expect("a configuration");
    for schema in config.inputs().product.expect("schemas") {
        let copy = root.join(&schema);
        std::fs::create_dir_all(copy.parent().expect("a parent")).expect("a folder");
        std::fs::copy(&schema, copy).expect("copied");
    }
    let old = generate(&root);
    let path = root.join("xsd").join(file);
    let text = std::fs::read_to_string(&path).expect("a schema");
    let at = text.find(component).and_then(|at| text[at..].find(&format!("name=\"{before}\"")).map(|n| at + n)).expect("the element");
    let tag = text[..at].rfind('<').expect("its tag");
    let element = "<xs:element name=\"laterURL\" type=\"xs:string\" minOccurs=\"0\"/>\n";
    std::fs::write(&path, format!("{}{element}{}", &text[..tag], &text[tag..])).expect("written");
    lines(&old, &generate(&root))
}

fn generate(root: &Path) -> FileSet {
    let text = std::fs::read_to_string("xsdgen.toml").expect("a configuration");
    let config = Config::parse(&text, &root.join("xsdgen.toml")).product.expect("a configuration");
    let generated = config.generate();
    generated.product.unwrap_or_else(|| panic!("{:#?}", generated.diagnostics)).files
}

/// Returns the lines that only one of the two file sets contains.
fn lines(old: &FileSet, new: &FileSet) -> Vec<String> {
    assert!(old.keys().eq(new.keys()), "other files");
    let mut lines = Vec::new();
    for (path, text) in new.iter().filter(|(path, text)| old.get(*path) != Some(text)) {
        let diff = TextDiff::from_lines(old.get(path).map_or("", String::as_str), text.as_str());
        let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
        lines.extend(changes.map(|change| format!("{path} {}{}", change.tag(), change.value().trim_end())));
    }
    lines
}
