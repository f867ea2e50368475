//! Prints findings for programs: as JSON, one object per line, and as annotations of GitHub Actions.

use std::io::{self, Write};

use serde_json::json;

use super::finding::Finding;

pub(super) fn json(findings: &[Finding], name: &str, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let schema = finding
            .schema
            .as_ref()
            .map(|(span, exact)| json!({ "file": &**span.path(), "line": span.line(), "column": span.column(), "exact": exact }));
        let line = json!({
            "file": name,
            "line": finding.line,
            "column": finding.column,
            "severity": if finding.is_error { "error" } else { "note" },
            "rule": finding.rule,
            "path": finding.path,
            "message": finding.message,
            "schema": schema,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

pub(super) fn github(findings: &[Finding], name: &str, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        let word = if finding.is_error { "error" } else { "notice" };
        let (file, line, column) = (property(name), finding.line, finding.column);
        writeln!(out, "::{word} file={file},line={line},col={column},title={}::{}", property(finding.rule), data(&finding.text()))?;
    }
    Ok(())
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
