//! The journal of a run that replaces and removes several files: with it, the next run can complete what an interrupted run began.
//!
//! A journal is written when all new files are complete under temporary names, and is removed when all have their names. It lists paths relative to its
//! folder; a path outside of the folder is absolute.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::existing;
use crate::config::codes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::mark::{self, Author};
use crate::source;

/// The name of a journal.
const NAME: &str = ".xsdgen-journal";

/// The first word of a journal, with the version of its format.
const FORMAT: &str = "xsdgen-journal-1";

/// The end of the names of temporary files.
const PART: &str = ".xsdgen-part";

/// The changes of a run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    /// The name of the run, which its temporary files contain.
    pub(super) run: String,
    /// The paths of the files that are complete under their temporary names.
    pub(super) moves: Vec<PathBuf>,
    /// The paths of the files that are no longer generated.
    pub(super) removals: Vec<PathBuf>,
}

/// Returns whether a file name is that of a temporary file.
pub(super) fn is_part(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(PART)
}

/// Returns the temporary path of a file, in the same folder.
pub(super) fn part(place: &Path, run: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{run}{PART}"))
}

impl Journal {
    /// Writes the journal to a folder. From then on, the changes are certain to be made.
    pub(super) fn commit(&self, dir: &Path) -> io::Result<()> {
        let place = dir.join(NAME);
        let temporary = part(&place, &self.run);
        let written = File::create_new(&temporary).and_then(|mut file| {
            file.write_all(self.to_text(dir).as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&temporary, &place)
        });
        if written.is_err() {
            // The failure to write is the one to report.
            let _ = std::fs::remove_file(&temporary);
            return written;
        }
        // Where folders cannot be opened, renaming is as durable as it gets.
        if let Ok(folder) = File::open(dir) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Makes the changes that are not made yet, and removes the journal.
    pub(super) fn apply(&self, dir: &Path) -> Result<(), Box<Diagnostic>> {
        for place in &self.moves {
            let temporary = part(place, &self.run);
            // The file has its name already if it is not there.
            if std::fs::symlink_metadata(&temporary).is_ok_and(|found| found.is_file()) {
                std::fs::rename(&temporary, place).map_err(|why| incomplete("write", place, &why))?;
            }
        }
        for place in &self.removals {
            match std::fs::remove_file(place) {
                Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(incomplete("remove", place, &why)),
                _ => {}
            }
            // The folder of a module whose types no longer have files of their own. A folder with anything in it stays.
            if let Some(folder) = place.parent().filter(|folder| *folder != dir) {
                let _ = std::fs::remove_dir(folder);
            }
        }
        let place = dir.join(NAME);
        match std::fs::remove_file(&place) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(incomplete("remove", &place, &why)),
            _ => Ok(()),
        }
    }

    fn to_text(&self, dir: &Path) -> String {
        let mut out = format!("{FORMAT} {}\n", self.run);
        for (word, paths) in [("move", &self.moves), ("remove", &self.removals)] {
            for path in paths {
                let path = path.strip_prefix(dir).map_or_else(|_| std::path::absolute(path).unwrap_or(path.clone()), Path::to_path_buf);
                let path = source::display(&path).replace('%', "%25").replace('\n', "%0A");
                out.push_str(&format!("{word} {path}\n"));
            }
        }
        out
    }

    fn of_text(text: &str, dir: &Path) -> Option<Journal> {
        let (first, rest) = text.split_once('\n')?;
        let run = first.strip_prefix(FORMAT)?.trim();
        let mut journal = Journal { run: run.to_owned(), ..Journal::default() };
        for line in rest.lines() {
            let (word, path) = line.split_once(' ')?;
            let path = dir.join(path.replace("%0A", "\n").replace("%25", "%"));
            match word {
                "move" => journal.moves.push(path),
                "remove" => journal.removals.push(path),
                _ => return None,
            }
        }
        // Only files that xsdgen wrote are removed, even if somebody else wrote the journal.
        journal.moves.retain(|place| !place.is_symlink() && (!place.exists() || place.is_file()));
        journal.removals.retain(|place| {
            !place.is_symlink() && existing(place).ok().flatten().is_some_and(|text| mark::author(&text) == Author::Xsdgen)
        });
        Some(journal)
    }
}

/// Completes what an interrupted run left in a folder, if there is a journal.
pub(super) fn complete(dir: &Path) -> Result<(), Box<Diagnostic>> {
    let place = dir.join(NAME);
    let Ok(Some(text)) = existing(&place) else { return Ok(()) };
    match Journal::of_text(&text, dir) {
        Some(journal) => journal.apply(dir),
        None => {
            let shown = source::display(&place);
            let message = format!("`{shown}` is not a journal of this version of xsdgen");
            let problem = Diagnostic::new(Severity::Io, codes::OUTPUT_UNREADABLE, Span::file(shown), message);
            Err(Box::new(problem.with_help("remove it, and generate again")))
        }
    }
}

fn incomplete(verb: &str, path: &Path, why: &io::Error) -> Box<Diagnostic> {
    let shown = source::display(path);
    let message = format!("cannot {verb} `{shown}`: {why}");
    let help = "make the file and its folder writable, and run again, which completes the changes; some files are already the new ones";
    Box::new(Diagnostic::new(Severity::Io, codes::OUTPUT_UNWRITABLE, Span::file(shown), message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        let dir = Path::new("out");
        let journal = Journal {
            run: "7-1".to_owned(),
            moves: vec![dir.join("a b.rs"), dir.join("src/50%0A.rs"), dir.join("new\nline.rs")],
            removals: Vec::new(),
        };
        assert_eq!(Journal::of_text(&journal.to_text(dir), dir), Some(journal));
        for text in ["", "xsdgen-journal-2 7\n", "xsdgen-journal-1 7\nerase a.rs\n", "xsdgen-journal-1 7\nmove\n"] {
            assert_eq!(Journal::of_text(text, dir), None, "{text}");
        }
    }
}
