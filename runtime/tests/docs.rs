//! Tests statements of `docs/client.md`: the tests that it names exist, and the core has no socket, clock or thread. `cargo gen` generates
//! its table of codes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, clippy::indexing_slicing, reason = "a failed test panics")]

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the page, or `None` outside the workspace.
fn page() -> Option<String> {
    std::fs::read_to_string(root().join("docs/client.md")).ok()
}

#[test]
fn every_test_that_the_page_names_exists() {
    let Some(page) = page() else { return println!("skipped: no docs/client.md") };
    let mut named = 0;
    for quoted in page.split('`').skip(1).step_by(2).filter(|quoted| quoted.contains("/") && quoted.contains(".rs")) {
        let (path, test) = quoted.split_once(": ").unwrap_or((quoted, ""));
        let text = std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(test.is_empty() || text.contains(&format!("fn {test}(")), "{path} has no {test}");
        named += 1;
    }
    assert!(named > 15, "{named}");
}

#[test]
fn the_core_has_no_socket_no_clock_and_no_thread() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/core");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["std::net", "std::thread", "std::fs", "Instant", "SystemTime", "async ", "tokio"] {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}
