//! Tests that the files that `cargo gen` generates from its sources alone are up to date: none is changed, missing or orphaned. Damaged
//! copies show that the test can fail. `cargo gen --check` compares the files that also need compiled programs.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use xsdgen::output::{self, Comparison, State};
use xsdgen::{FileSet, diff};
use xtask::files::{self, Files};
use xtask::generate::{Part, Sources};

/// The schemas, read once for all tests.
static SOURCES: LazyLock<Sources> = LazyLock::new(read);

fn read() -> Sources {
    Sources::read().unwrap_or_else(|failure| panic!("{failure}"))
}

/// The files of the parts, generated once for all tests.
static MADE: LazyLock<BTreeMap<Part, Files>> =
    LazyLock::new(|| Part::DIRECT.into_iter().map(|part| (part, made(part, &SOURCES))).collect());

fn made(part: Part, sources: &Sources) -> Files {
    part.files(sources).unwrap_or_else(|failure| panic!("{part:?}: {failure}"))
}

fn compared(root: &Path, files: &Files) -> BTreeMap<String, State> {
    files::compare(root, files).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn generated_files_are_up_to_date() {
    for (part, files) in &*MADE {
        let states = compared(Path::new(""), files);
        assert!(
            states.values().all(|state| *state == State::Unchanged),
            "{part:?}:\n{}help: run `cargo gen`",
            report(&files.wanted, states)
        );
    }
}

/// Returns the first lines of the differences.
fn report(wanted: &FileSet, states: BTreeMap<String, State>) -> String {
    let mut shown = Vec::new();
    diff::write(wanted, &Comparison { dir: PathBuf::new(), entries: states.into_iter().collect() }, &mut shown).expect("written to memory");
    String::from_utf8_lossy(&shown).lines().take(400).map(|line| format!("{line}\n")).collect()
}

#[test]
fn two_generations_have_the_same_bytes() {
    let other = read();
    for (part, files) in &*MADE {
        assert_eq!(files.wanted, made(*part, &other).wanted, "{part:?}");
    }
}

/// Tests that a changed, a missing and an orphaned file of each part are found and repaired.
#[test]
fn damaged_files_are_found_and_repaired() {
    for (part, files) in &*MADE {
        let root = folder(&format!("{part:?}"));
        let write = |states: BTreeMap<String, State>| {
            files::write(&root, &files.wanted, states).unwrap_or_else(|failure| panic!("{part:?}: {failure}"))
        };
        write(compared(&root, files));
        assert!(compared(&root, files).values().all(|state| *state == State::Unchanged), "{part:?}: a fresh copy");

        let mut paths = files.wanted.keys();
        let changed = paths.next().expect("a file");
        let text = std::fs::read_to_string(root.join(changed)).expect("a text");
        // The first and the last lines stay, because they may contain the mark and the checksum of the file.
        let end = if text.contains("\n\n") { "\n\n" } else { "\n" };
        let edited = text.replacen(end, &format!("{end}\n"), 1);
        std::fs::write(root.join(changed), &edited).expect("written");
        let mut wanted = BTreeMap::from([(changed.clone(), State::Changed(edited))]);
        let first = |end: &'static str| files.wanted.keys().rev().find(move |path| path.ends_with(end));
        if let Some(missing) = paths.next_back() {
            std::fs::remove_file(root.join(missing)).expect("removed");
            wanted.insert(missing.clone(), State::Missing);
            let folder = Path::new([".rs", ".xml", ".txt", ".svg"].into_iter().find_map(first).expect("a file of a folder"))
                .parent()
                .expect("a folder");
            let orphan = files::shown(&folder.join("gone.rs"));
            // Orphans in the bindings are recognized by the mark, those of the other parts by their folder.
            let text = format!("// Generated long ago\n// {}\n", output::MARK);
            std::fs::write(root.join(&orphan), &text).expect("written");
            wanted.insert(orphan, State::Orphaned(text));
        }
        let mut found = compared(&root, files);
        found.retain(|_, state| *state != State::Unchanged);
        assert_eq!(found, wanted, "{part:?}");
        write(compared(&root, files));
        assert!(compared(&root, files).values().all(|state| *state == State::Unchanged), "{part:?}: a mended copy");
    }
}

/// Tests that a file without the mark among the bindings is neither overwritten nor removed, and that nothing else is written then.
#[test]
fn files_of_other_origin_are_kept() {
    let (root, files) = (folder("others"), &MADE[&Part::Bindings]);
    for (path, text) in [("generated/src/notes.rs", "// by hand\n"), ("generated/src/ep.rs", "// by hand, too\n")] {
        files::put(&root.join(path), text).expect("written");
    }
    let refused = files::write(&root, &files.wanted, compared(&root, files)).expect_err("a file in the way").to_string();
    assert!(refused.contains("generated/src/ep.rs` is in the way") && refused.contains("help: move it away"), "{refused}");
    let written = files::below(&root, "generated").expect("a folder");
    assert_eq!(written.into_iter().collect::<Vec<_>>(), ["generated/src/ep.rs", "generated/src/notes.rs"]);
}

/// Tests that no file is changed if one of them cannot be written.
#[test]
fn a_failed_run_changes_no_file() {
    let root = folder("failing");
    let text = |text: &str| text.to_owned();
    for path in ["a/changed", "a/removed", "z/folder/within"] {
        files::put(&root.join(path), "old").expect("written");
    }
    let wanted = FileSet::from([(text("a/added"), text("new")), (text("a/changed"), text("new")), (text("z/folder"), text("new"))]);
    let states = BTreeMap::from([
        (text("a/added"), State::Missing),
        (text("a/changed"), State::Changed(text("old"))),
        (text("a/removed"), State::Orphaned(text("old"))),
        (text("z/folder"), State::Missing),
    ]);
    let failure = files::write(&root, &wanted, states).expect_err("a folder in the way").to_string();
    assert!(failure.contains("cannot write") && failure.contains("z/folder") && failure.contains("help: "), "{failure}");
    let left = files::below(&root, "a").expect("a folder");
    assert_eq!(left.into_iter().collect::<Vec<_>>(), ["a/changed", "a/removed"]);
    assert_eq!(std::fs::read_to_string(root.join("a/changed")).expect("a text"), "old");
}

/// Creates an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("freshness").join(name);
    files::empty(&folder).expect("an empty folder");
    folder
}
