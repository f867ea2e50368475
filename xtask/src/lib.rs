//! The developer commands of this workspace, which `cargo xtask` runs: everything that is generated is made by [`generate`], what is measured
//! by hand is measured by [`measure`].
//!
//! The tests of the workspace call [`generate`] to see whether a file is behind its sources. Nothing here needs the bindings to compile.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests stop where something is wrong"))]

pub mod cargo;
pub mod failure;
pub mod files;
pub mod generate;
pub mod measure;

pub use failure::Failure;

use std::path::{Path, PathBuf};

/// Returns the root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns the folder for what a command needs on the way, which git does not see.
#[must_use]
pub fn scratch() -> PathBuf {
    root().join("target/xtask")
}
