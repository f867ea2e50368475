//! Compares expected files with those on disk, and writes either all of them or none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use xsdgen::FileSet;
use xsdgen::output::{self, Comparison, State};

use crate::Failure;
use crate::failure::product;

/// The files of one part.
#[derive(Debug, Clone, Default)]
pub struct Files {
    /// Texts by path, relative to the root of the workspace.
    pub wanted: FileSet,
    /// The files that belong to the part. Those that are not wanted are removed.
    pub owner: Owner,
}

/// Determines which files belong to a part.
#[derive(Debug, Clone)]
pub enum Owner {
    /// These paths.
    Paths(BTreeSet<String>),
    /// All files below these folders, and the wanted ones.
    Below(Vec<String>),
    /// The files in this folder with the mark of `xsdgen`. Others are neither overwritten nor removed.
    Mark(PathBuf),
}

impl Default for Owner {
    fn default() -> Self {
        Self::Paths(BTreeSet::new())
    }
}

/// Compares the files of a part with those below `root`, ignoring line ends.
///
/// # Errors
///
/// A file cannot be read.
pub fn compare(root: &Path, files: &Files) -> Result<BTreeMap<String, State>, Failure> {
    let mut owned = BTreeSet::new();
    match &files.owner {
        Owner::Mark(folder) => return marked(root, &files.wanted, folder),
        Owner::Paths(paths) => owned.extend(paths.iter().cloned()),
        Owner::Below(folders) => {
            for folder in folders {
                owned.extend(below(root, folder)?);
            }
        }
    }
    let mut states = BTreeMap::new();
    for (path, text) in &files.wanted {
        let state = match existing(&root.join(path))? {
            None => State::Missing,
            Some(old) if old.replace("\r\n", "\n") == *text => State::Unchanged,
            Some(old) => State::Changed(old),
        };
        states.insert(path.clone(), state);
    }
    for path in owned.iter().filter(|path| !files.wanted.contains_key(*path)) {
        if let Some(old) = existing(&root.join(path))? {
            states.insert(path.clone(), State::Orphaned(old));
        }
    }
    Ok(states)
}

/// Compares a folder of bindings.
fn marked(root: &Path, wanted: &FileSet, folder: &Path) -> Result<BTreeMap<String, State>, Failure> {
    let prefix = format!("{}/", shown(folder));
    let relative = wanted.iter().filter_map(|(path, text)| Some((path.strip_prefix(&prefix)?.to_owned(), text.clone()))).collect();
    let compared = product(output::compare(&relative, &root.join(folder)))?;
    Ok(compared.entries.into_iter().map(|(path, state)| (format!("{prefix}{path}"), state)).collect())
}

/// Writes missing and changed files below `root`, and removes orphaned files.
///
/// # Errors
///
/// A file that was written by hand is in the way, or the system refuses an operation.
pub fn write(root: &Path, wanted: &FileSet, states: BTreeMap<String, State>) -> Result<(), Failure> {
    product(output::write(wanted, &Comparison { dir: root.to_owned(), entries: states.into_iter().collect() }))
}

/// Returns the text of a file.
///
/// # Errors
///
/// The file does not exist or cannot be read.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|why| Failure::io("read", path, &why))
}

/// Writes a file unless it already has this text, so that its modification time stays correct.
///
/// # Errors
///
/// The file cannot be written.
pub fn put(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|why| Failure::io("make", folder, &why))?;
    }
    fs::write(path, text).map_err(|why| Failure::io("write", path, &why))
}

/// Creates an empty folder.
///
/// # Errors
///
/// The folder cannot be removed or created.
pub fn empty(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => Err(Failure::io("remove", folder, &why)),
        _ => fs::create_dir_all(folder).map_err(|why| Failure::io("make", folder, &why)),
    }
}

/// Returns the names of the folders in a folder, sorted.
///
/// # Errors
///
/// The folder cannot be read.
pub fn folders(folder: &Path) -> Result<Vec<String>, Failure> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).filter_map(|path| file_name(&path)).collect())
}

/// Returns the sorted paths of all files below a folder, relative to `root`; none if the folder does not exist. The folder is relative to `root` too.
///
/// # Errors
///
/// A folder cannot be read.
pub fn below(root: &Path, folder: &str) -> Result<BTreeSet<String>, Failure> {
    let mut found = BTreeSet::new();
    if !root.join(folder).is_dir() {
        return Ok(found);
    }
    for path in entries(&root.join(folder))? {
        let Some(name) = file_name(&path) else { continue };
        let name = format!("{folder}/{name}");
        if path.is_dir() {
            found.extend(below(root, &name)?);
        } else {
            found.insert(name);
        }
    }
    Ok(found)
}

/// Returns the path with forward slashes.
#[must_use]
pub fn shown(path: &Path) -> String {
    xsdgen::source::display(path).to_string()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |why: &io::Error| Failure::io("read", folder, why);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|why| failed(&why))? {
        paths.push(entry.map_err(|why| failed(&why))?.path());
    }
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// Returns the text of a file, if it exists. Bytes that are not UTF-8 are replaced.
fn existing(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(Failure::io("read", path, &why)),
    }
}
