//! The fetch lock, `xsdgen-fetch.lock`: a line for each document with its SHA-256, its URL and its file, separated by tabs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::source;

/// The maximum size of a fetch lock in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// The documents that schemas name by URL, with the files and hashes that were recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchLock {
    /// The documents by URL.
    pub documents: BTreeMap<String, Locked>,
}

/// A recorded document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// The file.
    pub file: PathBuf,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

impl FetchLock {
    /// The name of the file.
    pub const NAME: &'static str = "xsdgen-fetch.lock";

    /// Reads a lock; a file that does not exist is an empty lock. Files in it are relative to its folder.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, or if a line of it does not have the form of a lock.
    pub fn read(path: &Path) -> Staged<Self> {
        let shown = source::display(path);
        let mut diagnostics = Diagnostics::new();
        let text = match source::read(path, MAX_BYTES).map(|source| String::from_utf8(source.bytes)) {
            Ok(Ok(text)) => text,
            Err(why) if why == source::NOT_FOUND => return Staged::of(Self::default()),
            Ok(Err(_)) => {
                diagnostics.push(Diagnostic::new(Severity::Io, codes::X0022, Span::file(shown), "the fetch lock is not UTF-8"));
                return Staged { product: None, diagnostics };
            }
            Err(why) => {
                let message = format!("cannot read the fetch lock: {why}");
                diagnostics.push(Diagnostic::new(Severity::Io, codes::X0022, Span::file(shown), message));
                return Staged { product: None, diagnostics };
            }
        };
        let base = path.parent().unwrap_or(Path::new(""));
        let mut documents = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            match entry(line) {
                Some((url, sha256, file)) => {
                    let file = source::simplify(&base.join(file));
                    documents.insert(url.to_owned(), Locked { file, sha256: sha256.to_owned() });
                }
                None => {
                    let message = format!("line {} of the fetch lock is not a SHA-256, a URL and a file, separated by tabs", at + 1);
                    let problem = Diagnostic::error(codes::X0022, Span::file(shown.clone()), message);
                    diagnostics.push(problem.with_help("delete the file, and run `xsdgen fetch`"));
                }
            }
        }
        Staged { product: (!diagnostics.has_errors()).then_some(FetchLock { documents }), diagnostics }
    }

    /// Returns the text of a lock in a folder, with files relative to it.
    #[must_use]
    pub fn text(&self, folder: &Path) -> String {
        let mut out = "# The documents that the schemas name by URL: SHA-256, URL and file. Written by `xsdgen fetch`.\n".to_owned();
        for (url, locked) in &self.documents {
            let file = source::display(&relative(&locked.file, folder)).to_string();
            out.push_str(&format!("{}\t{url}\t{file}\n", locked.sha256));
        }
        out
    }
}

/// Returns a path relative to a folder.
fn relative(file: &Path, folder: &Path) -> PathBuf {
    let whole = |path: &Path| std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| source::simplify(&path));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let (file, folder) = (whole(file), whole(folder));
    let shared = file.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| Path::new(".."));
    up.map(Path::as_os_str).chain(file.components().skip(shared).map(|part| part.as_os_str())).collect()
}

/// Returns the URL, the hash and the file of a line.
fn entry(line: &str) -> Option<(&str, &str, &str)> {
    let (sha256, rest) = line.split_once('\t')?;
    let (url, file) = rest.split_once('\t')?;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hash && !url.is_empty() && !file.is_empty()).then_some((url, sha256, file))
}
