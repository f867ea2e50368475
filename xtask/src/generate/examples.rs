//! Generates the bindings of the examples that have a configuration, and their locks.

use std::path::{Path, PathBuf};

use xsdgen::{Config, FileSet, Lock};

use crate::Failure;
use crate::failure::product;
use crate::files::{Files, Owner, folders, shown};

/// The folder of the examples.
const FOLDER: &str = "examples";

pub(super) fn files() -> Result<Files, Failure> {
    let mut files = Files::default();
    let mut owned = Vec::new();
    for name in folders(Path::new(FOLDER))? {
        let path = Path::new(FOLDER).join(name).join("xsdgen.toml");
        if !path.is_file() {
            continue;
        }
        let config = product(Config::read(&path))?;
        let out = shown(&config.out);
        let generated = if config.versions.is_empty() { one(&config) } else { versions(&config) }?;
        files.wanted.extend(generated.0.into_iter().map(|(path, text)| (format!("{out}/{path}"), text)));
        files.wanted.extend(generated.1.into_iter().map(|(path, lock)| (shown(&path), lock.to_string())));
        owned.push(out);
    }
    files.owner = Owner::Below(owned);
    Ok(files)
}

/// The files of an example and its locks.
type Generated = (FileSet, Vec<(PathBuf, Lock)>);

fn one(config: &Config) -> Result<Generated, Failure> {
    let lock = product(Lock::read(&config.lock_path()))?;
    let generated = product(config.generate_with(&lock))?;
    Ok((generated.files, vec![(config.lock_path(), generated.lock)]))
}

fn versions(config: &Config) -> Result<Generated, Failure> {
    let generated = product(config.generate_versions(&mut |_| {}))?;
    Ok((generated.files, generated.versions.into_iter().map(|version| (version.lock_path, version.lock)).collect()))
}
