//! Records the errors of the bindings of the cases for the documents beside their schemas.
//!
//! This needs compiled bindings. The new bindings are therefore written to a crate in the target folder, together with the code that the
//! tests run for a case (`codegen/tests/cases/case.rs`).

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::cases::{self, FOLDER};
use crate::files::{Files, Owner, below, empty, folders, put, read};
use crate::{Failure, cargo};

/// The name of the crate and its program.
const CRATE: &str = "xtask-cases";

/// The files of a case.
const NAMES: [&str; 2] = ["messages.txt", "refusals.txt"];

const HELP: &str =
    "fix the generator in `codegen/` or the codec; `cargo gen --only cases` writes the bindings so that you can inspect them";

pub(super) fn files() -> Result<Files, Failure> {
    let program = build()?;
    let outcomes = crate::scratch().join("outcomes");
    empty(&outcomes)?;
    let mut command = Command::new(program);
    command.arg(Path::new(FOLDER)).arg(&outcomes);
    let ran = cargo::measured(command)?;
    if !ran.status.success() {
        return Err(Failure::new(format!("the bindings of the cases fail:\n{}", cargo::end_of(&ran.printed)), HELP));
    }
    let mut files = Files::default();
    for path in below(&outcomes, ".")? {
        let path = path.trim_start_matches("./");
        files.wanted.insert(format!("{FOLDER}/{path}"), read(&outcomes.join(path))?);
    }
    let paths = folders(Path::new(FOLDER))?.into_iter().flat_map(|case| NAMES.map(|name| format!("{FOLDER}/{case}/{name}")));
    files.owner = Owner::Paths(paths.collect());
    Ok(files)
}

/// Writes the crate and builds it.
fn build() -> Result<std::path::PathBuf, Failure> {
    let root = crate::root();
    let folder = crate::scratch().join("cases");
    let names = cases::names()?;
    let mut wanted = BTreeSet::new();
    let mut place = |path: String, text: &str| {
        put(&folder.join(&path), text)?;
        wanted.insert(path);
        Ok::<_, Failure>(())
    };
    for name in &names {
        for (path, text) in cases::bindings(name)? {
            place(format!("src/{name}/expected/{path}"), &text)?;
        }
    }
    place("src/bindings.rs".to_owned(), &cases::modules(&names))?;
    for name in ["case.rs", "own.rs"] {
        place(format!("src/{name}"), &read(&root.join(FOLDER).join(name))?)?;
    }
    place("src/main.rs".to_owned(), include_str!("../../templates/cases.rs"))?;
    place("Cargo.toml".to_owned(), &manifest(&root)?)?;
    // The same versions as in the workspace.
    place("Cargo.lock".to_owned(), &read(&root.join("Cargo.lock"))?)?;
    for path in below(&folder, "src")?.difference(&wanted) {
        let path = folder.join(path);
        std::fs::remove_file(&path).map_err(|why| Failure::io("remove", &path, &why))?;
    }
    let manifest = folder.join("Cargo.toml");
    let target = cargo::target();
    cargo::built(CRATE, &["--manifest-path".as_ref(), manifest.as_os_str(), "--target-dir".as_ref(), target.as_os_str()], HELP)
}

fn manifest(root: &Path) -> Result<String, Failure> {
    let codec = root.join("codec");
    let codec = codec.to_str().ok_or_else(|| Failure::new("the path of the workspace is not valid UTF-8", "move the workspace"))?;
    let codec = toml::Value::from(codec);
    Ok(format!(
        "[package]\nname = \"{CRATE}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         xsdgen-codec = {{ path = {codec}, features = [\"compact_str\", \"serde\"] }}\n\n[profile.dev]\ndebug = false\n\n[workspace]\n"
    ))
}
