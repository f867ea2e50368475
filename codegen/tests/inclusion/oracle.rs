//! Other validators, which judge many documents with one process.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether each document is valid by `xmllint`; `None` if it does not accept the schema or does not finish.
pub(crate) fn xmllint(schema: &Path, documents: &[PathBuf]) -> Option<Vec<bool>> {
    let mut command = Command::new("timeout");
    command.args(["120", "xmllint", "--nonet", "--noout", "--schema"]).arg(schema).args(documents);
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    if matches!(output.status.code(), Some(5 | 124) | None) {
        return None;
    }
    let valid: std::collections::HashSet<&str> = text.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
    Some(documents.iter().map(|path| valid.contains(path.to_string_lossy().as_ref())).collect())
}

/// What the Python package `xmlschema` says of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opinion {
    Valid,
    Invalid,
    /// It does not accept the schema.
    None,
}

const SCRIPT: &str = r#"
import sys, xmlschema, signal
signal.alarm(300)
try:
    schema = xmlschema.XMLSchema10(sys.argv[1], allow="local")
except Exception as why:
    for path in sys.argv[2:]: print("none")
    sys.exit(0)
for path in sys.argv[2:]:
    try:
        print("valid" if schema.is_valid(path) else "invalid")
    except Exception as why:
        print("invalid")
"#;

/// What the Python package `xmlschema` says, if `INCLUSION_PYTHON` names a program that has it.
pub(crate) fn xmlschema(schema: &Path, documents: &[PathBuf]) -> Vec<Opinion> {
    let unknown = || vec![Opinion::None; documents.len()];
    let Ok(python) = std::env::var("INCLUSION_PYTHON") else { return unknown() };
    let Ok(output) = Command::new(python).args(["-c", SCRIPT]).arg(schema).args(documents).output() else { return unknown() };
    let lines: Vec<Opinion> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| match line {
            "valid" => Opinion::Valid,
            "invalid" => Opinion::Invalid,
            _ => Opinion::None,
        })
        .collect();
    if lines.len() == documents.len() { lines } else { unknown() }
}
