//! Compares the generated files with the files in a folder, and updates the folder. No other module writes files.
//!
//! Only files whose opening comment contains the line [`MARK`] are overwritten or removed. Nothing is written through a symbolic link.

mod exclusive;
mod journal;
mod place;
mod write;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::mark::{self, Author};
use crate::render::FileSet;
use crate::source;

pub use crate::mark::MARK;
pub use exclusive::{Exclusive, exclusive};
pub use write::{write, write_all};

/// The state of a file in the folder compared with the expected file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The file is as expected.
    Unchanged,
    /// The file is generated, and has this different text.
    Changed(String),
    /// The file does not exist.
    Missing,
    /// The file is generated but no longer expected; this is its text.
    Orphaned(String),
    /// The path is taken by something that must not be overwritten.
    Foreign(Foreign),
}

/// The reason why a file is not overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It does not contain [`MARK`].
    Unmarked,
    /// It was generated, then edited by hand.
    Edited,
    /// It is a symbolic link, whose target is outside the folder.
    Link,
    /// It is a folder or something else that is not a regular file.
    NoFile,
}

/// The result of comparing a folder with the expected files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The folder.
    pub dir: PathBuf,
    /// All expected files and all orphans, by path within the folder, sorted.
    pub entries: Vec<(String, State)>,
}

impl Comparison {
    /// Returns whether the folder is up to date.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.entries.iter().all(|(_, state)| *state == State::Unchanged)
    }

    /// Returns the number of files whose state satisfies the predicate.
    #[must_use]
    pub fn count(&self, is: impl Fn(&State) -> bool) -> usize {
        self.entries.iter().filter(|(_, state)| is(state)).count()
    }

    /// Summarizes the differences in one line, such as `1 changed, 2 missing`; empty if there are none.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = [
            (self.count(|s| matches!(s, State::Changed(_))), "changed"),
            (self.count(|s| *s == State::Missing), "missing"),
            (self.count(|s| matches!(s, State::Orphaned(_))), "orphaned"),
            (self.count(|s| matches!(s, State::Foreign(_))), "in the way"),
        ];
        let counts = counts.into_iter().filter(|(n, _)| *n > 0);
        counts.map(|(n, name)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
    }
}

/// Brings a folder up to date: [`compare`], then [`write()`], with [exclusive access](exclusive()). Returns the state of the folder before the update.
///
/// # Errors
///
/// The errors of both functions.
pub fn update(files: &FileSet, dir: &Path) -> Staged<Comparison> {
    let access = exclusive(dir);
    if access.product.is_none() {
        return Staged { product: None, diagnostics: access.diagnostics };
    }
    let mut compared = compare(files, dir);
    if let Some(comparison) = &compared.product {
        let written = write(files, comparison);
        compared.diagnostics.extend(written.diagnostics);
        compared.product = compared.product.filter(|_| written.product.is_some());
    }
    compared
}

/// The folders of pictures in a folder of modules and in a crate.
const PICTURES: [&str; 2] = ["diagrams", "src/diagrams"];

/// Compares a folder with the files that should be in it. Differences in line endings are ignored.
///
/// # Errors
///
/// A file or folder that exists but cannot be read, or that contains bindings of another layout.
pub fn compare(files: &FileSet, dir: &Path) -> Staged<Comparison> {
    let mut folders: BTreeSet<PathBuf> = files.keys().filter_map(|path| Path::new(path).parent().map(Path::to_owned)).collect();
    // The pictures of an earlier run are orphans if there are none any more.
    folders.extend(PICTURES.iter().map(PathBuf::from).filter(|folder| dir.join(folder).is_dir()));
    let below: Vec<PathBuf> = folders.iter().flat_map(|folder| of_types(dir, folder)).collect();
    folders.extend(below);
    let mut problems = place::check(files, dir, &folders);
    if problems.has_errors() {
        return Staged { product: None, diagnostics: problems };
    }
    let mut entries = Vec::new();
    for (path, text) in files {
        let whole = dir.join(path);
        match state(&whole, text) {
            Ok(state) => entries.push((path.clone(), state)),
            Err(why) => problems.push(unreadable(&whole, &why)),
        }
    }
    for folder in folders {
        if let Err(why) = orphans(files, dir, &folder, &mut entries) {
            problems.push(unreadable(&dir.join(folder), &why));
        }
    }
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    let product = (!problems.has_errors()).then(|| Comparison { dir: dir.to_owned(), entries });
    Staged { product, diagnostics: problems }
}

/// Compares a file that may also be edited by hand, such as a lock, with the text that it should have. Differences in line endings are ignored.
///
/// # Errors
///
/// A file that exists but cannot be read.
pub fn compare_file(path: &Path, text: &str) -> Staged<Comparison> {
    let mut problems = Diagnostics::new();
    let found = match existing(path) {
        Ok(_) if path.is_symlink() => Some(State::Foreign(Foreign::Link)),
        Ok(Some(old)) if same(&old, text) => Some(State::Unchanged),
        Ok(Some(old)) => Some(State::Changed(old)),
        Ok(None) => Some(State::Missing),
        Err(why) => {
            problems.push(unreadable(path, &why));
            None
        }
    };
    let dir = path.parent().unwrap_or(Path::new("")).to_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Staged { product: found.map(|state| Comparison { dir, entries: vec![(name, state)] }), diagnostics: problems }
}

fn unreadable(path: &Path, why: &io::Error) -> Diagnostic {
    let shown = source::display(path);
    let message = format!("cannot read `{shown}`: {why}");
    Diagnostic::new(Severity::Io, codes::OUTPUT_UNREADABLE, Span::file(shown), message)
}

fn state(path: &Path, text: &str) -> io::Result<State> {
    if std::fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Ok(State::Foreign(Foreign::NoFile));
    }
    let Some(old) = existing(path)? else {
        // A link whose target does not exist still occupies the path.
        return Ok(if path.is_symlink() { State::Foreign(Foreign::Link) } else { State::Missing });
    };
    Ok(match mark::author(&old) {
        _ if same(&old, text) => State::Unchanged,
        _ if path.is_symlink() => State::Foreign(Foreign::Link),
        Author::Xsdgen => State::Changed(old),
        Author::Both => State::Foreign(Foreign::Edited),
        Author::Somebody => State::Foreign(Foreign::Unmarked),
    })
}

/// Returns the text of a file, if the file exists. Invalid UTF-8 is replaced.
fn existing(path: &Path) -> io::Result<Option<String>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(why),
    }
}

fn same(a: &str, b: &str) -> bool {
    a == b || a.replace("\r\n", "\n") == b.replace("\r\n", "\n")
}

/// Returns the folders with the files of the types of a module: each is beside the generated file of the module, and no folder of bindings itself.
fn of_types(dir: &Path, folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(dir.join(folder)).into_iter().flatten().flatten();
    let of_module = |name: &std::ffi::OsString| {
        let within = dir.join(folder).join(name);
        let mut module = within.clone();
        module.as_mut_os_string().push(".rs");
        let generated = existing(&module).is_ok_and(|text| text.is_some_and(|text| mark::author(&text) == Author::Xsdgen));
        generated && !within.join("lib.rs").exists()
    };
    let folders = found.filter(|entry| entry.file_type().is_ok_and(|found| found.is_dir()));
    folders.map(|entry| entry.file_name()).filter(of_module).map(|name| folder.join(name)).collect()
}

/// Adds the generated files of a folder that are not expected. Subfolders are not searched.
fn orphans(files: &FileSet, dir: &Path, folder: &Path, into: &mut Vec<(String, State)>) -> io::Result<()> {
    let found = match std::fs::read_dir(dir.join(folder)) {
        Ok(found) => found,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(why) => return Err(why),
    };
    for entry in found {
        let entry = entry?;
        let path = source::display(&folder.join(entry.file_name())).to_string();
        if files.contains_key(&path) || !entry.file_type()?.is_file() || !may_be_generated(&entry.file_name()) {
            continue;
        }
        if let Some(old) = existing(&entry.path())?.filter(|old| mark::author(old) == Author::Xsdgen) {
            into.push((path, State::Orphaned(old)));
        }
    }
    Ok(())
}

/// Returns whether a file with this name can be a generated one. Files of other kinds are never opened.
fn may_be_generated(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with('.') && [".rs", ".toml", ".md", ".svg"].iter().any(|end| name.ends_with(end))
}
