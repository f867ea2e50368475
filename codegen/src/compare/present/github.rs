//! Writes a comparison as workflow commands of GitHub Actions, which show the changes at their lines in a pull request.

use std::io::{self, Write};

use super::{line, listed_changes};
use crate::compare::{Change, Comparison, Side};
use crate::report::github::{data, property};

/// How an annotation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The change makes the check fail.
    Error,
    /// The change breaks code or documents.
    Warning,
    /// Any other change.
    Notice,
}

/// Writes one command for each change, with the severity that `severity` gives it. Changes of documentation are left out unless `documentation` is
/// set.
///
/// # Errors
///
/// Returns the errors of the stream.
pub fn write(comparison: &Comparison, documentation: bool, severity: &dyn Fn(&Change) -> Severity, out: &mut dyn Write) -> io::Result<()> {
    for change in listed_changes(comparison, documentation) {
        let word = match severity(change) {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        let title = property(&format!("{} {}", change.code, change.title()));
        let message = data(&format!("{}: {}", change.subject, line(change)));
        // A command with a place is shown at that line only if the file exists, which is the case for the new side.
        let place = change.new.as_ref().or(change.old.as_ref()).map(place).unwrap_or_default();
        writeln!(out, "::{word} {place}title={title}::{message}")?;
    }
    Ok(())
}

fn place(side: &Side) -> String {
    let line = if side.line > 0 { format!("line={},", side.line) } else { String::new() };
    format!("file={},{line}", property(&side.file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_escaped() {
        assert_eq!(place(&Side { file: "a,b.xsd".to_owned(), line: 3 }), "file=a%2Cb.xsd,line=3,");
    }
}
