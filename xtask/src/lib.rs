//! The developer commands of this workspace, which `cargo xtask` runs. [`generate`] writes all generated files; [`measure`] has the measurements
//! that developers run by hand.
//!
//! The tests of the workspace call [`generate`] to check that files are up to date. This crate compiles without the bindings.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed test panics"))]

pub mod book;
pub mod cargo;
pub mod failure;
pub mod files;
pub mod generate;
pub mod measure;
pub mod messages;

pub use failure::Failure;

use std::path::{Path, PathBuf};

/// Returns the root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Returns the folder for temporary files of commands, which git ignores.
#[must_use]
pub fn scratch() -> PathBuf {
    root().join("target/xtask")
}
