//! Writes coloured unified diffs between a folder and the files that should be in it.
//!
//! `output` compares the folder. The stream is expected to strip colours where a terminal does not support them.

use std::io::{self, Write};

use crate::output::{Comparison, State};
use crate::render::FileSet;
use crate::source;
use similar::{ChangeTag, TextDiff};

const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
const BOLD: &str = "\x1b[1m";
const RESET: &str = "\x1b[0m";

/// Writes a diff for each file that differs, from the text in the folder to the expected text.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(files: &FileSet, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    for (path, state) in &comparison.entries {
        let place = source::display(&comparison.dir.join(path));
        let new = files.get(path).map_or("", String::as_str);
        match state {
            State::Unchanged => {}
            State::Changed(old) => file(&place, &place, old, new, out)?,
            State::Missing => file("/dev/null", &place, "", new, out)?,
            State::Orphaned(old) => file(&place, "/dev/null", old, "", out)?,
            State::Foreign(_) => writeln!(out, "{BOLD}{place} is in the way: it is not as it was generated{RESET}")?,
        }
    }
    Ok(())
}

fn file(from: &str, to: &str, old: &str, new: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{BOLD}--- {from}{RESET}\n{BOLD}+++ {to}{RESET}")?;
    let old = old.replace("\r\n", "\n");
    let diff = TextDiff::from_lines(old.as_str(), new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{CYAN}{}{RESET}", hunk.header())?;
        for change in hunk.iter_changes() {
            let text = change.value().trim_end_matches('\n');
            match change.tag() {
                ChangeTag::Delete => writeln!(out, "{RED}-{text}{RESET}")?,
                ChangeTag::Insert => writeln!(out, "{GREEN}+{text}{RESET}")?,
                ChangeTag::Equal => writeln!(out, " {text}")?,
            }
        }
    }
    Ok(())
}
