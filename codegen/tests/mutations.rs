//! Tests random changes of the cases' schemas. `XSDGEN_MUTATIONS` sets the number of trials, and `XSDGEN_MUTATION_SETS` names
//! folders with other schemas.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "mutations/mod.rs"]
mod mutations;

use std::path::{Path, PathBuf};

/// The environment variable for folders with schema sets to change instead of the cases, separated like those in `PATH`.
const SETS: &str = "XSDGEN_MUTATION_SETS";

#[test]
fn names_stay_when_schemas_change() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let folders = std::fs::read_dir(cases).expect("cases").map(|entry| entry.expect("a case").path());
    let mut folders: Vec<PathBuf> =
        folders.filter(|path| path.join("schema.xsd").is_file() && !path.join("xsdgen.toml").is_file()).collect();
    folders.sort();
    let further: Vec<PathBuf> = std::env::var_os(SETS).map(|list| std::env::split_paths(&list).collect()).unwrap_or_default();
    let folders = if further.is_empty() { folders } else { further };
    mutations::run(&folders, &Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations"), mutations::trials(100));
}
