//! `xsdgen diff --git-driver`: prints the changes between the two versions of a file that git passes.
//!
//! Git passes the path, and for each version a temporary file, its id and its mode. Schemas refer to others by relative locations, so each version
//! is put among the schema documents of the working tree, in a temporary folder.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use xsdgen::diagnostic::Staged;
use xsdgen::settings::{LENIENT, Settings};
use xsdgen::{Lock, Planned};

use super::{print, sides};
use crate::cli::Outcome;
use crate::cli::args::Diff;
use crate::cli::console::{Console, Ran};
use crate::cli::terminal;

/// The file that git names if a version does not exist.
const NONE: &str = "/dev/null";

pub(super) fn run(args: &Diff, console: Console) -> Ran {
    match args.sides.as_slice() {
        [path, old, _, _, new, _, _, ..] => versions(path, old, new, args, console),
        // For a file with a conflict, git passes its path alone.
        [path] => {
            writeln!(terminal::stdout(), "* unmerged {path}")?;
            Ok(Outcome::Done)
        }
        _ => {
            let usage = "git passes a path, and the file, the id and the mode of two versions";
            Err(console.usage(format!("these are not the arguments of a diff driver: {usage}"), None))
        }
    }
}

fn versions(path: &str, old: &str, new: &str, args: &Diff, console: Console) -> Ran {
    writeln!(terminal::stdout(), "xsdgen diff a/{path} b/{path}")?;
    if old == NONE || new == NONE {
        writeln!(terminal::stdout(), "schema document {}", if old == NONE { "added" } else { "removed" })?;
        return Ok(Outcome::Done);
    }
    let (from, to) = (version(Path::new(path), old)?, version(Path::new(path), new)?);
    match (&from.product, &to.product) {
        (Some(from), Some(to)) => print(&sides::versions(from, to, path), args, &HashSet::new())?,
        // A driver that fails stops git; the other files are still to be shown.
        _ => {
            console.print(&from.diagnostics)?;
            console.print(&to.diagnostics)?;
        }
    }
    Ok(Outcome::Done)
}

/// Reads a version of a file among the schema documents of the working tree.
fn version(path: &Path, version: &str) -> io::Result<Staged<Planned>> {
    let folder = tempfile::tempdir()?;
    let path = inner(path);
    let listed = super::git::command().args(["ls-files", "-z", "--", "*.xsd", "*.dtd"]).output()?;
    for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|name| !name.is_empty()).map(Path::new) {
        if inner(name) != path {
            put(name, folder.path(), &inner(name))?;
        }
    }
    put(Path::new(version), folder.path(), &path)?;
    let settings = Settings { allow: LENIENT.iter().map(|rule| (*rule).to_owned()).collect(), ..Settings::default() };
    Ok(xsdgen::planned(&[folder.path().join(&path)], &settings, &Lock::default()))
}

/// Returns the path without what leads out of a folder: `git diff --no-index` passes absolute paths, and such with `..`.
fn inner(path: &Path) -> PathBuf {
    path.components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

/// Copies a file to a path in a folder. Files that cannot be read are left out: the schemas that refer to them are reported.
fn put(from: &Path, folder: &Path, path: &Path) -> io::Result<()> {
    let to = folder.join(path);
    std::fs::create_dir_all(to.parent().unwrap_or(folder))?;
    if from.is_file() {
        std::fs::copy(from, to)?;
    }
    Ok(())
}
