//! Documents that schemas name by URL and that the user has put into a folder: which ones are needed, where they are expected, and the lock with
//! their hashes. Nothing is ever fetched from a network.

#![deny(clippy::indexing_slicing)]

mod lock;
mod place;

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostics, Span};
use crate::load;
use crate::settings::Settings;

pub use lock::{FetchLock, Locked};
pub(crate) use place::{expected, join};

/// A document that the schemas need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its URL; `None` for a local file that does not exist.
    pub url: Option<String>,
    /// The file where it is expected.
    pub file: PathBuf,
    /// The SHA-256 of the file, if it exists.
    pub sha256: Option<String>,
    /// The span of the first location that names it.
    pub span: Span,
}

/// The documents that schemas need by URL, and the local files that do not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// The documents, sorted by file and URL.
    pub documents: Vec<Need>,
    /// The other problems of reading the schemas.
    pub diagnostics: Diagnostics,
}

/// Finds the documents that schemas need by URL, and expects them in a folder. What is there is read and followed. The hashes of a fetch lock are
/// not compared.
pub fn needs(schemas: &[PathBuf], settings: &Settings, folder: &Path) -> Needs {
    load::needs(schemas, settings, folder)
}

/// Returns the SHA-256 of some bytes in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
