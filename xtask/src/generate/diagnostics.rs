//! Records the output of `xsdgen check` for the invalid schemas in `codegen/tests/diagnostics/`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::files::{Files, Owner, folders};
use crate::{Failure, cargo};

const FOLDER: &str = "codegen/tests/diagnostics";

pub(super) fn files() -> Result<Files, Failure> {
    let program = cargo::xsdgen()?;
    let mut files = Files::default();
    let mut owned = BTreeSet::new();
    for name in folders(Path::new(FOLDER))? {
        let path = format!("{FOLDER}/{name}/expected.txt");
        owned.insert(path.clone());
        let folder = Path::new(FOLDER).join(&name);
        if folder.join("schema.xsd").is_file() {
            files.wanted.insert(path, said(&program, &folder)?);
        }
    }
    files.owner = Owner::Paths(owned);
    Ok(files)
}

/// Returns the output of `xsdgen check` and its exit code.
fn said(program: &Path, folder: &Path) -> Result<String, Failure> {
    let mut command = Command::new(program);
    let ran = command.current_dir(folder).args(["check", "--quiet", "schema.xsd"]).output();
    let ran = ran.map_err(|why| Failure::program("xsdgen", &why))?;
    let broken = || Failure::new(format!("`xsdgen check` crashes in `{}`", folder.display()), "fix the generator in `codegen/`");
    let code = ran.status.code().ok_or_else(broken)?;
    Ok(format!("{}exit code {code}\n", String::from_utf8_lossy(&ran.stderr)))
}
