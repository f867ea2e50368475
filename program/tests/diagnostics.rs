//! Tests each folder in `codegen/tests/diagnostics`: the output of the program for its `schema.xsd` equals `expected.txt`, which has the exit code in
//! its last line. A new folder needs only a schema; `cargo gen` writes the rest. The test program `reading` checks which schemas are
//! refused, and `explanations` tests the explanations of the codes.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/diagnostics");
    let entries = std::fs::read_dir(root).expect("the folder of the cases");
    let mut folders: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn said(folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xsdgen"));
    let ran = command.current_dir(folder).args(["check", "--quiet", "schema.xsd"]).output().expect("the program runs");
    let code = ran.status.code().expect("an exit code");
    format!("{}exit code {code}\n", String::from_utf8(ran.stderr).expect("UTF-8"))
}

#[test]
fn messages_are_as_expected() {
    let mut other = Vec::new();
    for folder in folders() {
        let (said, path) = (said(&folder), folder.join("expected.txt"));
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if said != expected {
            other.push(format!("{}\n{said}", folder.display()));
        }
    }
    assert!(other.is_empty(), "run `cargo gen`, and look at what changed:\n{}", other.join("\n"));
}

/// Tests that every error of a schema names the violated rule, shows its line, and ends with a remedy.
#[test]
fn every_message_has_its_rule_its_line_and_a_remedy() {
    for folder in folders() {
        let said = said(&folder);
        for part in said.split("\n\n").filter(|part| part.starts_with("error[X0") && !part.starts_with("error[X00")) {
            let first = part.lines().next().unwrap_or_default();
            assert!(first.ends_with(')') || first.contains("not supported"), "no rule: {part}");
            assert!(part.contains("\n --> ") || part.contains("\n  --> "), "no place: {part}");
            assert!(part.contains(" | "), "no line: {part}");
            assert!(part.contains("\nhelp: "), "no remedy: {part}");
        }
    }
}

/// Tests that every code of reading schemas has a folder, except for those of limits, which need large schemas, of catalogs and fetch locks, which need an option,
/// and of internal errors.
#[test]
fn every_code_is_shown() {
    let all: String = folders().iter().map(|folder| said(folder)).collect();
    let others = ["X0001", "X0003", "X0021", "X0022", "X0902", "X0903", "X0999"];
    for entry in xsdgen::codes::ALL.iter().filter(|e| !others.contains(&e.code.id)) {
        assert!(all.contains(&format!("[{}]", entry.code)), "no folder shows {}", entry.code);
    }
}
