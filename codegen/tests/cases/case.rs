//! A case as functions of its bindings, and what these say of its documents. `cargo gen` compiles this file with fresh bindings, and writes what they
//! say to `messages.txt` and `refusals.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads a document and writes it again.
pub(crate) type RoundTrip = fn(&[u8]) -> Result<String, String>;

/// What becomes of a document that tolerant reading takes.
pub(crate) struct Outcome {
    /// The value, written.
    pub(crate) written: Result<String, String>,
    /// Whether the value is valid.
    pub(crate) valid: Result<(), String>,
    /// The value, written unchecked and read strictly.
    pub(crate) reread: Result<(), String>,
}

/// A folder with its bindings.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) tolerant: RoundTrip,
    pub(crate) strict: RoundTrip,
    /// Nothing for a document that not even tolerant reading takes.
    pub(crate) outcome: fn(&[u8]) -> Option<Outcome>,
}

macro_rules! case {
    ($name:ident) => {
        crate::case::Case {
            name: stringify!($name),
            tolerant: |bytes| $name::Document::from_xml(bytes).and_then(|d| d.to_xml()).map_err(|e| e.to_string()),
            strict: |bytes| $name::Document::from_xml_strict(bytes).and_then(|d| d.to_xml()).map_err(|e| e.to_string()),
            outcome: |bytes| {
                let document = $name::Document::from_xml(bytes).ok()?;
                let unchecked = document.to_xml_with(&::xsdgen_codec::WriteOptions::tolerant());
                Some(crate::case::Outcome {
                    written: document.to_xml().map_err(|e| e.to_string()),
                    valid: document.validate().map_err(|e| e.to_string()),
                    reread: unchecked.and_then(|xml| $name::Document::from_xml_strict(xml.as_bytes())).map(drop).map_err(|e| e.to_string()),
                })
            },
        }
    };
}
pub(crate) use case;

/// The files of a folder.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// Returns what strict reading says of the documents in `invalid/`, one a line.
pub(crate) fn messages(case: &Case, folder: &Path) -> String {
    let documents = read(&folder.join("invalid"));
    let said = documents.iter().map(|(name, text)| match (case.strict)(text.as_bytes()) {
        Ok(_) => format!("{name} is taken\n"),
        Err(problem) => format!("{name}: {problem}\n"),
    });
    said.collect()
}

/// Returns what writing says of the values that tolerant reading makes of the documents in `invalid/`, one a line.
pub(crate) fn refusals(case: &Case, folder: &Path) -> String {
    let documents = read(&folder.join("invalid"));
    let outcomes = documents.iter().filter_map(|(name, text)| Some((name, (case.outcome)(text.as_bytes())?)));
    outcomes.filter_map(|(name, outcome)| Some(format!("{name}: {}\n", outcome.written.err()?))).collect()
}
