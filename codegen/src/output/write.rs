//! Writes the differences that `output` found to the folder. Files that are up to date are not touched.
//!
//! Each file is first written to a temporary file in the same folder. When all are complete, a journal lists the files to rename and the orphans to remove. The
//! files are then renamed, and the orphans removed. A run that fails before the journal is written leaves the folder as it was; a run that is interrupted later is completed by the
//! next one.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::journal::{Journal, part};
use super::{Comparison, Foreign, State};
use crate::config::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::render::FileSet;
use crate::source;

/// Writes the missing and changed files, and removes the orphans. The caller has [exclusive access](super::exclusive) since before the comparison.
///
/// # Errors
///
/// An existing file that is not generated; any I/O error.
pub fn write(files: &FileSet, comparison: &Comparison) -> Staged<()> {
    write_all(&[(files, comparison)])
}

/// Brings several folders up to date, all of them or none, like [`write()`].
///
/// # Errors
///
/// The same as for [`write()`].
pub fn write_all(folders: &[(&FileSet, &Comparison)]) -> Staged<()> {
    let mut problems = Diagnostics::new();
    for (_, comparison) in folders {
        for (path, state) in &comparison.entries {
            if let State::Foreign(why) = state {
                problems.push(foreign(&comparison.dir.join(path), *why));
            }
        }
    }
    if !problems.has_errors() {
        let mut work = Work::default();
        if let Err(problem) = work.run(folders) {
            work.undo();
            problems.push(*problem);
        }
    }
    Staged { product: (!problems.has_errors()).then_some(()), diagnostics: problems }
}

fn foreign(path: &Path, why: Foreign) -> Diagnostic {
    let (reason, help) = match why {
        Foreign::Unmarked => ("its first lines do not say that xsdgen wrote it", "move it away, or choose another folder"),
        Foreign::Edited => (
            "it was changed by hand after it was generated",
            "put the change into `[crate]` of `xsdgen.toml` and remove the file; or generate modules for a crate of your own, without `--crate`",
        ),
        Foreign::Link => ("it is a symbolic link", "remove the link, or choose another folder"),
        Foreign::NoFile => ("it is no file", "move it away, or choose another folder"),
    };
    let shown = source::display(path);
    let message = format!("`{shown}` is in the way: {reason}");
    Diagnostic::new(Severity::Io, codes::NOT_GENERATED, Span::file(shown), message).with_help(help)
}

/// The state of the files after a failure before any of them was replaced.
const UNTOUCHED: &str = "all files are as they were before";

/// The changes made so far, which are undone on failure.
#[derive(Default)]
struct Work {
    journal: Journal,
    /// The folders that were created.
    folders: Vec<PathBuf>,
    /// Whether the changes are certain to be made, by this run or by the next one.
    is_committed: bool,
}

impl Work {
    fn run(&mut self, folders: &[(&FileSet, &Comparison)]) -> Result<(), Box<Diagnostic>> {
        self.journal.run = run_name();
        for (files, comparison) in folders {
            for (path, state) in &comparison.entries {
                if let (State::Changed(_) | State::Missing, Some(text)) = (state, files.get(path)) {
                    self.stage(&comparison.dir.join(path), text)?;
                }
            }
        }
        self.journal.removals = orphans(folders);
        for place in &self.journal.removals {
            protected(place).map_err(|why| refused("remove", place, &why, UNTOUCHED))?;
        }
        let Some((_, first)) = folders.first() else { return Ok(()) };
        // One file is replaced in one step. The folder exists, unless there is nothing to write to it.
        let several = self.journal.moves.len() + self.journal.removals.len() > 1;
        if several && (first.dir.as_os_str().is_empty() || first.dir.is_dir()) {
            self.journal.commit(&first.dir).map_err(|why| refused("write", &first.dir, &why, UNTOUCHED))?;
        }
        self.is_committed = true;
        self.journal.apply(&first.dir)
    }

    /// Writes a file to its temporary path.
    fn stage(&mut self, place: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
        protected(place).map_err(|why| refused("write", place, &why, UNTOUCHED))?;
        if let Some(folder) = place.parent() {
            self.make(folder).map_err(|why| refused("make", folder, &why, UNTOUCHED))?;
        }
        let written = File::create_new(part(place, &self.journal.run)).and_then(|mut file| {
            self.journal.moves.push(place.to_owned());
            file.write_all(text.as_bytes())?;
            file.sync_data()
        });
        written.map_err(|why| refused("write", place, &why, UNTOUCHED))
    }

    /// Creates a folder and its missing parents, and records them.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make(parent)?;
        }
        match std::fs::create_dir(folder) {
            Ok(()) => self.folders.push(folder.to_owned()),
            // Another process may have created it in the meantime.
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(why) => return Err(why),
        }
        Ok(())
    }

    /// Removes the temporary files and new folders. Failures to remove them are ignored, because the failure that led here is the one to report.
    fn undo(self) {
        if self.is_committed {
            return;
        }
        for place in &self.journal.moves {
            let _ = std::fs::remove_file(part(place, &self.journal.run));
        }
        for folder in self.folders.into_iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Returns the paths of the orphans.
fn orphans(folders: &[(&FileSet, &Comparison)]) -> Vec<PathBuf> {
    let of = |comparison: &Comparison| {
        let paths = comparison.entries.iter().filter(|(_, state)| matches!(state, State::Orphaned(_)));
        paths.map(|(path, _)| comparison.dir.join(path)).collect::<Vec<_>>()
    };
    folders.iter().flat_map(|(_, comparison)| of(comparison)).collect()
}

/// Returns a name for this run that no other run has.
fn run_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!("{}-{:x}-{}", std::process::id(), since.as_nanos(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Fails if a file is read-only or a folder has its place. Renaming would replace a read-only file, because it needs only the right to write to the folder.
fn protected(path: &Path) -> io::Result<()> {
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(found) if found.is_file() && found.permissions().readonly() => {
            Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"))
        }
        _ => Ok(()),
    }
}

fn refused(verb: &str, path: &Path, why: &io::Error, state: &str) -> Box<Diagnostic> {
    let shown = source::display(path);
    let message = format!("cannot {verb} `{shown}`: {why}");
    let remedy = match why.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "make the file and its folder writable",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space",
        _ => "remove what is in its place",
    };
    let help = format!("{remedy}; {state}");
    Box::new(Diagnostic::new(Severity::Io, codes::OUTPUT_UNWRITABLE, Span::file(shown), message).with_help(help))
}
