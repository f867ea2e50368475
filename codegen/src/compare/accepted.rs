//! The file of accepted changes: fingerprints, each with a reason. Accepted changes are shown, but do not make a check fail.

use std::path::Path;

use super::{Change, Fingerprint};
use crate::config::codes;
use crate::config::placed::{Entries, Key, Kind};
use crate::config::report::{Report, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::source;

/// The accepted changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Accepted {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    fingerprint: Fingerprint,
    reason: String,
    span: Span,
}

/// The maximum size of the file.
const MAX_BYTES: u64 = 16 << 20;

impl Accepted {
    /// Reads a file of accepted changes: a TOML document whose table `[accepted]` has fingerprints as keys and reasons as values.
    ///
    /// # Errors
    ///
    /// There is no product if the file cannot be read, is not TOML, or contains something else.
    pub fn read(path: &Path) -> Staged<Accepted> {
        let shown = source::display(path);
        let text = source::read(path, MAX_BYTES).and_then(|s| String::from_utf8(s.bytes).map_err(|e| format!("not UTF-8: {e}")));
        match text {
            Ok(text) => Self::parse(&text, &shown),
            Err(why) => {
                let message = format!("cannot read `{shown}`: {why}");
                let mut diagnostics = Diagnostics::new();
                diagnostics.push(Diagnostic::new(Severity::Io, crate::codes::X0001, Span::file(shown), message));
                Staged { product: None, diagnostics }
            }
        }
    }

    /// Parses the text of such a file.
    ///
    /// # Errors
    ///
    /// The same as for [`Accepted::read`].
    pub fn parse(text: &str, path: &str) -> Staged<Accepted> {
        let report = Report::new(path, text);
        let accepted = report.document().map(|file| entries(&report, file));
        let diagnostics = report.into_problems();
        let product = accepted.filter(|_| !diagnostics.has_errors()).map(|entries| Accepted { entries });
        Staged { product, diagnostics }
    }

    /// Marks the accepted changes with their reasons, and reports the entries that no change has.
    pub fn apply(&self, changes: &mut [Change]) -> Diagnostics {
        let mut unused = Diagnostics::new();
        for entry in &self.entries {
            let mut used = false;
            for change in changes.iter_mut().filter(|change| change.fingerprint == entry.fingerprint) {
                change.accepted = Some(entry.reason.clone());
                used = true;
            }
            if !used {
                let message = format!("no change has the fingerprint `{}`", entry.fingerprint);
                let diagnostic = Diagnostic::new(Severity::Warning, codes::NOT_CHANGED, entry.span.clone(), message);
                unused.push(diagnostic.with_help("remove the entry"));
            }
        }
        unused
    }
}

/// The contents of the file.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    /// The reasons, by fingerprint.
    accepted: Key<Entries<String>>,
}

impl Kind for File {}

fn entries(report: &Report<'_>, mut file: Table<'_, File>) -> Vec<Entry> {
    if !file.value.accepted.is_present() {
        file.missing("accepted", "add the table `[accepted]` with lines of the form `fingerprint = \"reason\"`");
    }
    let mut out = Vec::new();
    for (key, reason) in report.string_entries("accepted", std::mem::take(&mut file.value.accepted)) {
        match key.value.parse() {
            Ok(_) if reason.trim().is_empty() => report.bad(&key.span, "the reason is empty", "say why the change is accepted"),
            Ok(fingerprint) => out.push(Entry { fingerprint, reason, span: key.span }),
            Err(why) => report.bad(&key.span, why, "copy the fingerprint that `xsdgen diff` prints"),
        }
    }
    out
}
