//! In: the files that are to be in a folder. Out: why they cannot be there: each reason once, before a file is looked at.
//! Not done here: single files (`output`).

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::existing;
use crate::config::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::mark::{self, Author};
use crate::render::FileSet;
use crate::source;

/// Checks the folders, then what they hold.
pub(super) fn check(files: &FileSet, dir: &Path, folders: &BTreeSet<PathBuf>) -> Diagnostics {
    let mut problems = Diagnostics::new();
    // A folder that is not one says it of all in it.
    if let Some(problem) = folder(dir) {
        problems.push(problem);
        return problems;
    }
    for within in folders.iter().filter(|within| !within.as_os_str().is_empty()) {
        let path = dir.join(within);
        match path.is_symlink() {
            true => problems.push(link(&path)),
            false => folder(&path).into_iter().for_each(|problem| problems.push(problem)),
        }
    }
    if !problems.has_errors() {
        layout(files, dir).into_iter().for_each(|problem| problems.push(problem));
    }
    problems
}

/// Why a path is no folder, if it is something.
fn folder(path: &Path) -> Option<Diagnostic> {
    let shown = source::display(path);
    let why = match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => return None,
        Ok(_) => format!("`{shown}` is a file, and is to be a folder"),
        Err(why) if why.kind() == io::ErrorKind::NotFound && !path.is_symlink() => return None,
        Err(why) if why.kind() == io::ErrorKind::NotADirectory => format!("`{shown}` cannot be a folder: it would lie in a file"),
        Err(why) => format!("cannot read `{shown}`: {why}"),
    };
    let problem = Diagnostic::new(Severity::Io, codes::OUTPUT_UNREADABLE, Span::file(shown), why);
    Some(problem.with_help("name a folder to write to, which need not exist"))
}

fn link(path: &Path) -> Diagnostic {
    let shown = source::display(path);
    let message = format!("`{shown}` is a symbolic link, and what it leads to is not of the output folder");
    Diagnostic::new(Severity::Io, codes::NOT_GENERATED, Span::file(shown), message).with_help("make it a folder, or choose another one")
}

/// Why the bindings cannot take the place of those that are there: a crate is used by its name, a folder of modules by its path.
fn layout(files: &FileSet, dir: &Path) -> Option<Diagnostic> {
    let is_ours = |path: &Path| existing(path).ok().flatten().is_some_and(|text| mark::author(&text) != Author::Somebody);
    let krate = files.contains_key("Cargo.toml");
    let around = dir.parent().filter(|_| dir.file_name().is_some_and(|name| name == "src")).map(|parent| parent.join("Cargo.toml"));
    let (message, help) = if krate && is_ours(&dir.join("lib.rs")) {
        ("holds modules that were generated without `--crate` or `[crate]`", "leave that out, remove the folder, or choose another one")
    } else if !krate && (is_ours(&dir.join("Cargo.toml")) || around.is_some_and(|path| is_ours(&path))) {
        ("is of a crate that was generated with `--crate` or `[crate]`", "give the crate again, remove the folder, or choose another one")
    } else {
        return None;
    };
    let shown = source::display(dir);
    Some(Diagnostic::new(Severity::Io, codes::OTHER_LAYOUT, Span::file(shown.clone()), format!("`{shown}` {message}")).with_help(help))
}
