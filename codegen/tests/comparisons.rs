//! Tests that the example of each code of a change shows that code and no other, and that the output in each format is the one recorded in
//! `comparisons/`, which `cargo gen` writes. The command line is tested in `cli`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use xsdgen::compare::present::{github, json, markdown, text};
use xsdgen::compare::{Comparison, Input, codes, compare};
use xsdgen::settings::Settings;
use xsdgen::{Lock, Planned};

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("comparisons").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// The schema sets of an explanation, by the first folder of their names.
fn sets(more: &str) -> BTreeMap<&str, Vec<(&str, String)>> {
    let (mut out, mut lines): (BTreeMap<_, Vec<_>>, _) = (BTreeMap::new(), more.lines());
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```xml ") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        out.entry(name.split('/').next().expect("a folder")).or_default().push((name, text));
    }
    out
}

fn planned(folder: &Path, files: &[(&str, String)]) -> Planned {
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        std::fs::write(&path, text).expect("a file written");
        paths.push(path);
    }
    let made = xsdgen::planned(&paths, &Settings::default(), &Lock::default());
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

fn compared(old: &Planned, new: &Planned) -> Comparison {
    compare(Input { model: &old.model, ir: &old.ir }, Input { model: &new.model, ir: &new.ir })
}

/// Both sets of an explanation, and how the second differs from the first.
fn example(test: &str, code: &str, more: &str) -> (Planned, Planned, Comparison) {
    let (folder, sets) = (folder(&format!("{test}/{code}")), sets(more));
    let (old, new) = (planned(&folder, &sets["old"]), planned(&folder, &sets["new"]));
    let mut comparison = compared(&old, &new);
    let prefix = format!("{}/", xsdgen::source::display(&folder));
    for side in comparison.changes.iter_mut().flat_map(|change| change.old.iter_mut().chain(change.new.iter_mut())) {
        side.file = side.file.replace(&prefix, "");
    }
    (old, new, comparison)
}

fn found(comparison: &Comparison) -> BTreeSet<&'static str> {
    comparison.changes.iter().map(|change| change.code.id).collect()
}

/// Codes that come with another: a namespace with what it declares.
const COMPANIONS: &[(&str, &str)] = &[("XD0101", "XD0121"), ("XD0102", "XD0122")];

#[test]
fn each_example_shows_its_change_and_nothing_else() {
    let mut problems = Vec::new();
    for entry in codes::ALL {
        let code = entry.code.id;
        let (_, _, comparison) = example("alone", code, entry.more);
        let others = found(&comparison).into_iter().filter(|other| *other != code && !COMPANIONS.contains(&(code, other)));
        let others: Vec<&str> = others.collect();
        if !found(&comparison).contains(code) || !others.is_empty() {
            problems.push(format!("{code}: {:?}", found(&comparison)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_set_does_not_differ_from_itself_and_the_reverse_undoes_a_change() {
    for entry in codes::ALL {
        let (old, new, there) = example("back", entry.code.id, entry.more);
        assert_eq!(compared(&old, &old).changes, [], "{}", entry.code);
        assert_eq!(compared(&new, &new).changes, [], "{}", entry.code);
        let back = compared(&new, &old);
        assert_eq!(there.changes.len(), back.changes.len(), "{}: {:?}", entry.code, back.changes);
    }
}

type Format = fn(&Comparison, &mut Vec<u8>) -> std::io::Result<()>;

const FORMATS: [(&str, Format); 4] = [
    ("changes.txt", |comparison, out| text::write(comparison, true, out)),
    ("changes.md", |comparison, out| markdown::write(comparison, true, out)),
    ("changes.json.txt", |comparison, out| json::write(comparison, out)),
    ("changes.github.txt", |comparison, out| github::write(comparison, true, &|_| github::Severity::Notice, out)),
];

#[test]
fn the_output_is_word_for_word_as_expected() {
    let comparisons: Vec<_> = codes::ALL.iter().map(|entry| (entry.code.id, example("output", entry.code.id, entry.more).2)).collect();
    for (name, format) in FORMATS {
        let mut said = String::new();
        for (code, comparison) in &comparisons {
            let mut out = Vec::new();
            format(comparison, &mut out).expect("memory");
            said.push_str(&format!("=== {code}\n{}", anstream::adapter::strip_str(&String::from_utf8(out).expect("UTF-8"))));
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/comparisons").join(name);
        let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(said == expected, "run `cargo gen`, and look at what changed in `{name}`");
    }
}
