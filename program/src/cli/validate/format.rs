//! Prints findings for programs: as JSON, one object per line, and as annotations of GitHub Actions.

use std::io::{self, Write};

use serde_json::{Value, json};
use xsdgen::diagnostic::Diagnostics;
use xsdgen::report;

use super::finding::Finding;

/// Writes the members of a diagnostic, and those that only findings have: the path in the document, and the place in the schema.
pub(super) fn json(findings: &[Finding], diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    for (finding, diagnostic) in findings.iter().zip(diagnostics.iter()) {
        let mut object = report::json::object(diagnostic);
        let mut set = |key: &str, value: Value| object.insert(key.to_owned(), value);
        set("severity", json!(if finding.is_error { "error" } else { "note" }));
        set("message", json!(finding.message));
        if diagnostic.span.line() == 0 {
            set("line", json!(finding.line));
            set("column", json!(finding.column));
        }
        set("path", json!(finding.path));
        let schema = finding.schema.as_ref();
        set(
            "schema",
            schema.map_or(
                Value::Null,
                |(span, exact)| json!({ "file": &**span.path(), "line": span.line(), "column": span.column(), "exact": exact }),
            ),
        );
        writeln!(out, "{}", Value::Object(object))?;
    }
    Ok(())
}

/// Writes a command for each finding. A deviation is a notice.
pub(super) fn github(findings: &[Finding], diagnostics: &Diagnostics, out: &mut dyn Write) -> io::Result<()> {
    for (finding, diagnostic) in findings.iter().zip(diagnostics.iter()) {
        report::github::one(if finding.is_error { "error" } else { "notice" }, diagnostic, out)?;
    }
    Ok(())
}
