//! Suggests a file for a location at which there is none: a similarly spelled path, or a file of the same name in another folder.

use std::path::{Path, PathBuf};

use crate::source::{self, Location};
use crate::spelling;

/// The maximum number of entries of a folder that are examined.
const ENTRIES: usize = 10_000;

/// Returns the suggested location, relative to the document that contains the wrong one.
pub(super) fn nearest(document: &str, location: &str) -> Option<String> {
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let slashed = location.trim().replace('\\', "/");
    let Location::File(whole) = source::locate(document, &slashed) else { return None };
    let name = whole.file_name()?.to_str()?;
    let found = in_any_case(folder, &slashed)
        .or_else(|| named(folder, name))
        .or_else(|| alike(whole.parent()?, name))
        .or_else(|| alike(folder, name))?;
    let found = source::display(&found);
    let base = source::display(folder);
    let relative = found.strip_prefix(&*base).map(|rest| rest.trim_start_matches('/')).filter(|_| !base.is_empty());
    Some(relative.unwrap_or(&found).to_owned())
}

/// Returns the file at a relative location, ignoring the case of names.
fn in_any_case(folder: &Path, location: &str) -> Option<PathBuf> {
    if location.starts_with('/') || location.contains(':') {
        return None;
    }
    let mut at = folder.to_owned();
    for part in location.split('/') {
        match part {
            "" | "." => {}
            ".." => at.push(".."),
            name if at.join(name).exists() => at.push(name),
            name => at = named(&at, name)?,
        }
    }
    at.is_file().then_some(at)
}

/// Returns the entry of a folder with a name, ignoring case.
fn named(folder: &Path, name: &str) -> Option<PathBuf> {
    entries(folder).into_iter().find(|entry| entry.eq_ignore_ascii_case(name)).map(|entry| folder.join(entry))
}

/// Returns the schema file of a folder whose name is most similar to a name.
fn alike(folder: &Path, name: &str) -> Option<PathBuf> {
    let entries = entries(folder);
    let schemas = entries.iter().map(String::as_str).filter(|entry| source::is_schema_name(entry));
    spelling::nearest(name, schemas).map(|entry| folder.join(entry)).filter(|path| path.is_file())
}

/// Returns the sorted names in a folder, or an empty list if it cannot be read.
fn entries(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let read = std::fs::read_dir(folder).into_iter().flatten().take(ENTRIES);
    let mut names: Vec<String> = read.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}
