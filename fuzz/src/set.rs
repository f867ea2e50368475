//! Schema sets of one file, for the targets that run the generator.

use std::fs;
use std::path::PathBuf;

/// A folder of this process with one file of this name, which the text replaces each time.
///
/// # Panics
/// Panics if the file cannot be written, because then nothing is tested.
#[must_use]
pub fn file(name: &str, text: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("xsdgen-fuzz-{}", std::process::id()));
    let path = folder.join(name);
    let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, text));
    assert!(written.is_ok(), "{written:?}");
    path
}
