//! Reads schema documents from texts. Returns the model, and the problems with their codes and lines.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use xsdgen::diagnostic::{Diagnostics, Severity};
use xsdgen::model::Model;
use xsdgen::{LoadOptions, load, resolve};

/// The result of reading a schema set.
pub(crate) struct Outcome {
    pub(crate) model: Option<Model>,
    pub(crate) problems: Diagnostics,
}

impl Outcome {
    /// Returns code and line of all errors.
    pub(crate) fn errors(&self) -> Vec<(&'static str, u32)> {
        self.problems.iter().filter(|d| d.severity > Severity::Warning).map(|d| (d.code.id, d.span.line())).collect()
    }
}

/// Writes documents to a temporary folder, reads the entry documents, and removes the folder.
pub(crate) fn read(files: &[(&str, &str)], entries: &[&str]) -> Outcome {
    read_with(files, entries, LoadOptions::default())
}

/// Does the same as `read`, with options.
pub(crate) fn read_with(files: &[(&str, &str)], entries: &[&str], options: LoadOptions) -> Outcome {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("xsdgen-reading-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap_or_else(|e| unreachable!("{e}"));
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&folder)).unwrap_or_else(|e| unreachable!("{e}"));
        std::fs::write(path, text).unwrap_or_else(|e| unreachable!("{e}"));
    }
    let paths: Vec<PathBuf> = entries.iter().map(|n| folder.join(n)).collect();
    let loaded = load(&paths, &options);
    let mut outcome = Outcome { model: None, problems: loaded.diagnostics };
    if let Some(set) = loaded.product {
        let resolved = resolve(&set);
        outcome.model = resolved.product;
        outcome.problems.extend(resolved.diagnostics);
    }
    std::fs::remove_dir_all(&folder).unwrap_or_else(|e| unreachable!("{e}"));
    outcome
}

/// Returns a schema document with the target namespace `u:t` whose body begins on line 2.
pub(crate) fn schema(body: &str) -> String {
    format!(
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='u:t' xmlns='u:t' elementFormDefault='qualified'>\n{body}\n</xs:schema>"
    )
}

/// Reads one document with this body.
pub(crate) fn one(body: &str) -> Outcome {
    read(&[("t.xsd", &schema(body))], &["t.xsd"])
}

/// Asserts that a body is a valid schema.
#[track_caller]
pub(crate) fn accepts(body: &str) {
    let outcome = one(body);
    assert!(outcome.errors().is_empty(), "{body}\n{:#?}", outcome.problems);
}

/// Asserts that a body is refused with exactly this error code on this line.
#[track_caller]
pub(crate) fn refuses(body: &str, code: &str, line: u32) {
    let outcome = one(body);
    let mut found = outcome.errors();
    found.dedup();
    assert_eq!(found, [(code, line)], "{body}\n{:#?}", outcome.problems);
}
