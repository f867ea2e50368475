//! Returns the samples of the release note from `tests/release_notes/` by name, such as `08-get-site-type.response` or
//! `damaged/08-get-site-type`. `release_notes/README.md` describes what was repaired in them.

use std::path::PathBuf;

/// Returns the names of the samples in this folder, `.` or `damaged`, in the order of the release note.
pub(crate) fn names(folder: &str) -> Vec<String> {
    let path = root().join(folder);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let files = entries.map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = files.filter_map(|file| file.strip_suffix(".xml").map(str::to_owned)).collect();
    names.sort();
    names
}

/// Returns the text of a sample.
pub(crate) fn text(name: &str) -> String {
    let path = root().join(format!("{name}.xml"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/release_notes")
}
