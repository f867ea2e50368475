//! Gives one run at a time access to an output folder, and completes what an interrupted run left.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{PICTURES, journal};
use crate::diagnostic::{Diagnostics, Staged};
use crate::fnv::fnv1a;
use crate::source;

/// Exclusive access to an output folder, until it is dropped. Other runs wait.
///
/// Runs that hold the access of one folder must not ask for it again: they would wait for themselves.
#[derive(Debug)]
pub struct Exclusive {
    /// The locked file. It is `None` on file systems without locks.
    _locked: Option<File>,
}

/// Waits until no other run has access to a folder, then completes the changes that an interrupted run had begun to make there.
///
/// # Errors
///
/// The changes of an interrupted run cannot be completed.
pub fn exclusive(dir: &Path) -> Staged<Exclusive> {
    let access = Exclusive { _locked: locked(dir) };
    let mut diagnostics = Diagnostics::new();
    match journal::complete(dir) {
        Ok(()) => remove_parts(dir),
        Err(problem) => diagnostics.push(*problem),
    }
    Staged { product: (!diagnostics.has_errors()).then_some(access), diagnostics }
}

/// Locks the folder around an output folder, which exists before it. Where folders cannot be opened, a file stands for it.
fn locked(dir: &Path) -> Option<File> {
    let place = around(dir)?;
    let file = File::open(&place).or_else(|_| {
        let name = format!("xsdgen-{:016x}.lock", fnv1a(source::display(&place).bytes()));
        OpenOptions::new().create(true).append(true).open(std::env::temp_dir().join(name))
    });
    let file = file.ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Returns the nearest existing folder around a folder.
fn around(dir: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(dir).ok()?;
    let known = whole.ancestors().skip(1).find(|path| path.is_dir()).unwrap_or(&whole);
    std::fs::canonicalize(known).ok()
}

/// Removes the temporary files of interrupted runs. It is no error if that fails, because they do no harm.
fn remove_parts(dir: &Path) {
    // The lock is usually beside the folder.
    for folder in ["", "src", ".."].into_iter().chain(PICTURES) {
        let Ok(found) = std::fs::read_dir(dir.join(folder)) else { continue };
        for entry in found.filter_map(io::Result::ok) {
            let is_part = entry.file_name().to_str().is_some_and(journal::is_part);
            if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }
}
