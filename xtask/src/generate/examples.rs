//! Generates the bindings of the examples that have a configuration, and their locks.

use std::path::Path;

use xsdgen::{Config, Lock};

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
        let lock = product(Lock::read(&config.lock_path()))?;
        let generated = product(config.generate_with(&lock))?;
        let out = shown(&config.out);
        files.wanted.extend(generated.files.into_iter().map(|(path, text)| (format!("{out}/{path}"), text)));
        files.wanted.insert(shown(&config.lock_path()), generated.lock.to_string());
        owned.push(out);
    }
    files.owner = Owner::Below(owned);
    Ok(files)
}
