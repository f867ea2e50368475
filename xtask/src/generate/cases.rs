//! Generates the bindings of the small schemas in `codegen/tests/cases/`, and the list of their modules for the tests.

use std::path::Path;

use xsdgen::settings::Settings;
use xsdgen::{Config, FileSet};

use crate::Failure;
use crate::failure::product;
use crate::files::{Files, Owner, folders};

/// The folder of the cases.
pub(super) const FOLDER: &str = "codegen/tests/cases";

/// The first lines of the list of modules.
const HEAD: &str = "//! The bindings of all cases. Written by `cargo gen`; do not edit.\n\n\
    #![deny(warnings)]\n#![allow(unreachable_pub, dead_code, reason = \"bindings are public, a test is not\")]\n\n";

pub(super) fn files() -> Result<Files, Failure> {
    let folders = folders(Path::new(FOLDER))?.into_iter().map(|name| format!("{FOLDER}/{name}/expected"));
    let mut files = Files { owner: Owner::Below(folders.collect()), ..Files::default() };
    let names = names()?;
    for name in &names {
        let bindings = bindings(name)?.into_iter();
        files.wanted.extend(bindings.map(|(path, text)| (format!("{FOLDER}/{name}/expected/{path}"), text)));
    }
    files.wanted.insert(format!("{FOLDER}/bindings.rs"), format!("{HEAD}{}", modules(&names)));
    Ok(files)
}

/// Returns the names of the folders that have a schema.
pub(super) fn names() -> Result<Vec<String>, Failure> {
    let mut names = folders(Path::new(FOLDER))?;
    names.retain(|name| Path::new(FOLDER).join(name).join("schema.xsd").is_file());
    Ok(names)
}

/// Generates the bindings of a case, with the settings beside its schema, if any.
pub(super) fn bindings(name: &str) -> Result<FileSet, Failure> {
    let folder = Path::new(FOLDER).join(name);
    let path = folder.join("xsdgen.toml");
    let settings = if path.is_file() { product(Config::read(&path))?.settings } else { Settings::default() };
    Ok(product(xsdgen::generate(&[folder.join("schema.xsd")], &settings))?.files)
}

/// Returns the source of a module for each case, and of the list of cases.
pub(super) fn modules(names: &[String]) -> String {
    let modules = names.iter().map(|name| format!("#[path = \"{name}/expected/lib.rs\"]\npub(crate) mod {name};\n"));
    let list = names.iter().map(|name| format!("    crate::case::case!({name}),\n"));
    format!(
        "use crate::case::Case;\n\n{}\n/// All cases.\npub(crate) const CASES: &[Case] = &[\n{}];\n",
        modules.collect::<String>(),
        list.collect::<String>()
    )
}
