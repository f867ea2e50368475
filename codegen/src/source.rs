//! Reads schema files and resolves schema locations. Each file has a path to display and a key that identifies it.
//!
//! No other module reads schema files, and nothing is ever fetched from a network.

#![deny(clippy::indexing_slicing)]

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A schema file that has been read.
#[derive(Debug, Clone)]
pub struct Source {
    /// The path as the user or the importing schema spelled it, joined to its base.
    pub path: Arc<str>,
    /// The key that identifies the file, however its path is spelled.
    pub key: PathBuf,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The target of a `schemaLocation`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A local file.
    File(PathBuf),
    /// Any other URI, which is never fetched.
    Remote(String),
}

/// The reason reported for a file that does not exist.
pub const NOT_FOUND: &str = "no such file";

/// Reads a regular file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Source, String> {
    let meta = std::fs::metadata(path).map_err(|e| reason(&e))?;
    if !meta.is_file() {
        return Err("it is not a regular file".to_owned());
    }
    let key = std::fs::canonicalize(path).map_err(|e| reason(&e))?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| reason(&e))?;
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    if bytes.len() as u64 > limit {
        return Err(format!("it is larger than {limit} bytes"));
    }
    Ok(Source { path: display(path), key, bytes })
}

/// Returns whether a file name is that of a schema document or of a WSDL document.
pub(crate) fn is_schema_name(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xsd") || extension.eq_ignore_ascii_case("wsdl"))
}

/// Returns the path as text with forward slashes on every platform.
pub fn display(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/").into() } else { text.into() }
}

/// Resolves a `schemaLocation` against the path of the document that contains it (RFC 3986, section 5, for file paths).
pub fn locate(base: &str, location: &str) -> Location {
    let location = location.trim();
    let location = location.split('#').next().unwrap_or(location);
    if let Some(rest) = location.strip_prefix("file:") {
        let rest = rest.strip_prefix("//").map_or(rest, |r| r.strip_prefix("localhost").unwrap_or(r));
        return Location::File(PathBuf::from(unescape(rest)));
    }
    if has_scheme(location) || location.starts_with("//") {
        return Location::Remote(location.to_owned());
    }
    let relative = unescape(location);
    let folder = Path::new(base).parent().unwrap_or(Path::new(""));
    Location::File(simplify(&folder.join(relative)))
}

/// Removes `.` and `name/..` from a path, so that messages show short paths.
pub(crate) fn simplify(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Returns whether a location begins with a URI scheme of at least two letters (a single letter is a Windows drive).
fn has_scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Decodes percent-escapes; invalid escapes are kept.
fn unescape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                out.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Describes an I/O error in words that do not depend on the platform.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => NOT_FOUND.to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locations_are_relative_to_the_importing_document() {
        let at = |base, loc| match locate(base, loc) {
            Location::File(p) => p.to_string_lossy().replace('\\', "/"),
            Location::Remote(u) => format!("<{u}>"),
        };
        assert_eq!(at("a/b/c.xsd", "../d%20e.xsd"), "a/d e.xsd");
        assert_eq!(at("c.xsd", "./x/../d.xsd"), "d.xsd");
        assert_eq!(at("c.xsd", "../d.xsd"), "../d.xsd");
        assert_eq!(at("c.xsd", "http://example.org/d.xsd"), "<http://example.org/d.xsd>");
        assert_eq!(at("c.xsd", "file:///tmp/d.xsd"), "/tmp/d.xsd");
        assert_eq!(at("c.xsd", "%zz.xsd"), "%zz.xsd");
    }

    #[test]
    fn folders_are_refused() {
        assert_eq!(read(Path::new("."), 10).map(|s| s.path), Err("it is not a regular file".to_owned()));
    }
}
