//! Runs the bindings of a case on its documents. `cargo gen` compiles this file with new bindings, and writes the messages to
//! `messages.txt` and `refusals.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads a document and writes it again.
pub(crate) type RoundTrip = fn(&[u8]) -> Result<String, String>;

/// The result for a document that tolerant reading accepts.
pub(crate) struct Outcome {
    /// The written value.
    pub(crate) written: Result<String, String>,
    /// The result of `validate()`.
    pub(crate) valid: Result<(), String>,
    /// The result of strict reading of the value that was written without checks.
    pub(crate) reread: Result<(), String>,
}

/// A case with the functions of its bindings.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) tolerant: RoundTrip,
    pub(crate) strict: RoundTrip,
    /// Returns the outcome for a document, or `None` if tolerant reading refuses it.
    pub(crate) outcome: fn(&[u8]) -> Option<Outcome>,
    /// Returns the JSON form of a document, or why it is not read back as the same value; `None` if strict reading refuses the document.
    #[allow(dead_code, reason = "only the tests use it")]
    pub(crate) json: fn(&[u8]) -> Option<Result<Json, String>>,
}

/// The JSON form of a document, and the XML of the value before and after.
#[allow(dead_code, reason = "only the tests use it")]
pub(crate) struct Json {
    pub(crate) tree: xsdgen_codec::Tree,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// Writes a document as JSON and reads that.
pub(crate) fn json<D: xsdgen_codec::Json>(document: &D, write: fn(&D) -> xsdgen_codec::Result<String>) -> Result<Json, String> {
    let options = xsdgen_codec::JsonOptions::new().secrets(xsdgen_codec::Secrets::Write);
    let tree = document.to_tree(options).map_err(|error| format!("to JSON: {error}"))?;
    let again = D::from_tree(&tree, options).map_err(|error| format!("{}, from {tree:?}", error.message()))?;
    let write = |value: &D| write(value).map_err(|error| error.to_string());
    Ok(Json { before: write(document)?, after: write(&again)?, tree })
}

/// Returns the options that read as many documents as possible, so that writing has to find what is wrong with their values.
pub(crate) fn tolerant() -> xsdgen_codec::ReadOptions {
    xsdgen_codec::ReadOptions::tolerant().missing(xsdgen_codec::Missing::Blank)
}

macro_rules! case {
    ($name:ident) => {
        crate::case::Case {
            name: stringify!($name),
            tolerant: |bytes| {
                $name::Document::read(bytes, &crate::case::tolerant())
                    .map(|read| read.value)
                    .and_then(|d| d.to_xml())
                    .map_err(|e| e.to_string())
            },
            strict: |bytes| $name::Document::from_xml_strict(bytes).and_then(|d| d.to_xml()).map_err(|e| e.to_string()),
            outcome: |bytes| {
                let document = $name::Document::read(bytes, &crate::case::tolerant()).ok()?.value;
                let unchecked = document.to_xml_with(&::xsdgen_codec::WriteOptions::tolerant());
                Some(crate::case::Outcome {
                    written: document.to_xml().map_err(|e| e.to_string()),
                    valid: document.validate().map_err(|e| e.to_string()),
                    reread: unchecked.and_then(|xml| $name::Document::from_xml_strict(xml.as_bytes())).map(drop).map_err(|e| e.to_string()),
                })
            },
            json: |bytes| {
                let document = $name::Document::from_xml_strict(bytes).ok()?;
                Some(crate::case::json(&document, |document| document.to_xml_with(&::xsdgen_codec::WriteOptions::tolerant())))
            },
        }
    };
}
pub(crate) use case;

/// Returns the texts of the files in a folder, by name.
pub(crate) fn read(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())).collect()
}

/// Returns the errors of strict reading for the documents in `invalid/`, one per line.
pub(crate) fn messages(case: &Case, folder: &Path) -> String {
    let documents = read(&folder.join("invalid"));
    let said = documents.iter().map(|(name, text)| match (case.strict)(text.as_bytes()) {
        Ok(_) => format!("{name} is taken\n"),
        Err(problem) => format!("{name}: {problem}\n"),
    });
    said.collect()
}

/// Returns the errors of writing for the values that tolerant reading returns for the documents in `invalid/`, one per line.
pub(crate) fn refusals(case: &Case, folder: &Path) -> String {
    let documents = read(&folder.join("invalid"));
    let outcomes = documents.iter().filter_map(|(name, text)| Some((name, (case.outcome)(text.as_bytes())?)));
    outcomes.filter_map(|(name, outcome)| Some(format!("{name}: {}\n", outcome.written.err()?))).collect()
}
