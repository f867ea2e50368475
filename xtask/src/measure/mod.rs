//! Measurements that developers run by hand. Their results are in `docs/`.

pub mod compile_time;
pub mod fuzz;
pub mod growth;
pub mod mutants;
pub mod real_world;
pub mod review_page;
pub mod semver;
pub mod tolerance;
pub mod traffic;

mod bare;
mod browser;
mod figures;
mod plot;
mod synthetic;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::{Failure, files};

/// A temporary folder that is removed at the end. It is outside the workspace, so that crates in it are not members.
struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Creates an empty folder.
    fn new(name: &str) -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        files::empty(&path)?;
        Ok(Self { path })
    }

    fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.path.join(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The next run removes files that cannot be removed now.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Prints a line of a table as soon as it is known.
fn print(line: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
