//! In: the files that are to be in a folder. Out: how the folder differs from them, or a folder that no longer does.
//! Not done here: making their text (`render`). This is the only place that writes files.
//!
//! Only files whose opening comment has the line [`MARK`] are overwritten or removed. Nothing is written through a symbolic link.

mod place;
mod write;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::codes;
use crate::diagnostic::{Diagnostic, Severity, Span, Staged};
use crate::mark::{self, Author};
use crate::render::FileSet;
use crate::source;

pub use crate::mark::MARK;
pub use write::write;

/// How a file of the folder relates to what is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is as it is to be.
    Unchanged,
    /// It is generated, and has this other text.
    Changed(String),
    /// It is not there.
    Missing,
    /// It is generated, and no longer belongs there; this is its text.
    Orphaned(String),
    /// It is in the way, and somebody's.
    Foreign(Foreign),
}

/// Why a file is not overwritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It has no [`MARK`].
    Unmarked,
    /// It was generated, and changed by hand since.
    Edited,
    /// It is a symbolic link: what it leads to is elsewhere.
    Link,
    /// It is a folder, or something else that is no file.
    NoFile,
}

/// A folder beside the files that are to be in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The folder.
    pub dir: PathBuf,
    /// By path within the folder: all files that are to be there, and all orphans; sorted.
    pub entries: Vec<(String, State)>,
}

impl Comparison {
    /// Whether the folder is as it is to be.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.entries.iter().all(|(_, state)| *state == State::Unchanged)
    }

    /// How many files are in a state that the predicate holds for.
    #[must_use]
    pub fn count(&self, is: impl Fn(&State) -> bool) -> usize {
        self.entries.iter().filter(|(_, state)| is(state)).count()
    }

    /// What differs in one line, as `1 changed, 2 missing`; empty where nothing does.
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

/// Brings a folder up to date: [`compare`], then [`write()`]. Hands out how the folder was before.
///
/// # Errors
///
/// Those of both.
pub fn update(files: &FileSet, dir: &Path) -> Staged<Comparison> {
    let mut compared = compare(files, dir);
    if let Some(comparison) = &compared.product {
        let written = write(files, comparison);
        compared.diagnostics.extend(written.diagnostics);
        compared.product = compared.product.filter(|_| written.product.is_some());
    }
    compared
}

/// Compares a folder with the files that are to be in it. Line ends do not count.
///
/// # Errors
///
/// A file or folder that is there and cannot be read, or holds bindings of another layout.
pub fn compare(files: &FileSet, dir: &Path) -> Staged<Comparison> {
    let folders: BTreeSet<PathBuf> = files.keys().filter_map(|path| Path::new(path).parent().map(Path::to_owned)).collect();
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
        // A link that leads nowhere is there all the same.
        return Ok(if path.is_symlink() { State::Foreign(Foreign::Link) } else { State::Missing });
    };
    Ok(match mark::author(&old) {
        _ if same(&old, text) => State::Unchanged,
        _ if path.is_symlink() => State::Foreign(Foreign::Link),
        Author::Xsdgen => State::Changed(old),
        Author::Both => State::Foreign(Foreign::Edited),
        // Before there was the mark, the first line was the same.
        Author::Somebody if opening(&old).is_some_and(|line| opening(text) == Some(line)) => State::Changed(old),
        Author::Somebody => State::Foreign(Foreign::Unmarked),
    })
}

/// The first line, if it is a comment.
fn opening(text: &str) -> Option<&str> {
    text.lines().next().filter(|line| line.starts_with("// ") || line.starts_with("# ") || line.starts_with("<!-- "))
}

/// The text of a file, if it is there; what is no UTF-8 is replaced.
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

/// Adds the generated files of a folder that are not to be there. Folders in it are somebody else's.
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

/// Whether the name is of a kind that is generated; no file of another kind is looked into.
fn may_be_generated(name: &std::ffi::OsStr) -> bool {
    let name = name.to_string_lossy();
    !name.starts_with('.') && [".rs", ".toml", ".md"].iter().any(|end| name.ends_with(end))
}
