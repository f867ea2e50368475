//! Checks whether the generated files can be placed in a folder, before any single file is compared. Each problem is reported once.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::existing;
use crate::config::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::mark::{self, Author};
use crate::render::FileSet;
use crate::source;

/// Checks the folders, then the bindings that they already contain.
pub(super) fn check(files: &FileSet, dir: &Path, folders: &BTreeSet<PathBuf>) -> Diagnostics {
    let mut problems = Diagnostics::new();
    // If the output folder itself is unusable, checking what is in it adds nothing.
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

/// Returns a problem if the path exists but is not a usable folder.
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

/// Returns a problem if the folder contains bindings of the other layout: a crate is used by name, a folder of modules by path.
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
