//! A set of schema documents in memory, and the bindings that are generated from it.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use roxmltree::{Document, Node, ParsingOptions};
use xsdgen::lock::Lock;
use xsdgen::settings::Settings;
use xsdgen::{FileSet, Generated};

/// The namespace of XML Schema documents.
pub(crate) const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// The texts of the documents by path. Paths are relative and use `/`.
pub(crate) type Documents = BTreeMap<String, String>;

/// Reads the schema documents of a folder and its subfolders, and the WSDL documents, which have schemas in them.
pub(crate) fn read(folder: &Path) -> Documents {
    let mut documents = Documents::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).unwrap_or_else(|e| unreachable!("{}: {e}", at.display())) {
            let path = entry.unwrap_or_else(|e| unreachable!("{e}")).path();
            match path.extension().is_some_and(|extension| extension == "xsd" || extension == "wsdl") {
                true => _ = documents.insert(name(folder, &path), text(&path)),
                false if path.is_dir() => open.push(path),
                false => {}
            }
        }
    }
    documents
}

fn name(folder: &Path, path: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| unreachable!("{}: {e}", path.display()))
}

/// Generates the bindings of the documents, all of which are named in the order of their paths.
pub(crate) fn generated(documents: &Documents, settings: &Settings) -> Generated {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("documents-{}-{number}", std::process::id()));
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, text) in documents {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).unwrap_or_else(|e| unreachable!("{e}"));
        paths.push(path);
    }
    let made = xsdgen::generate(&paths, settings, &Lock::default());
    fs::remove_dir_all(&folder).unwrap_or_else(|e| unreachable!("{e}"));
    let problems: Vec<String> = made.diagnostics.iter().map(|d| format!("{}: {}", d.span, d.message)).collect();
    made.product.unwrap_or_else(|| unreachable!("{problems:?}"))
}

/// Returns the lines that differ between two sets of files, except those that list the schema documents of a module: their names are part of the
/// output there and only there.
pub(crate) fn changed(before: &FileSet, after: &FileSet) -> Vec<String> {
    let mut lines = Vec::new();
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let of = |files: &FileSet| files.get(name).map(|text| compared(text)).unwrap_or_default();
        let (before, after) = (of(before), of(after));
        if before != after {
            let diff = similar::TextDiff::from_lines(&before, &after);
            lines.extend(
                diff.iter_all_changes().filter(|it| it.tag() != similar::ChangeTag::Equal).map(|it| format!("{name} {}{it}", it.tag())),
            );
        }
    }
    lines
}

/// Returns the lines of a generated file that are compared.
fn compared(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("// Schema: ")).collect()
}

/// Parses a schema document.
pub(crate) fn parsed(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|e| unreachable!("{e}"))
}

/// Returns the global components that are children of the `schema` element, in document order.
pub(crate) fn components<'d>(document: &'d Document<'_>) -> Vec<Node<'d, 'd>> {
    let kinds = ["element", "attribute", "simpleType", "complexType", "group", "attributeGroup", "notation"];
    document
        .root_element()
        .children()
        .filter(|node| node.tag_name().namespace() == Some(XS) && kinds.contains(&node.tag_name().name()))
        .collect()
}

/// Returns the range of the start tag of an element.
pub(crate) fn start_tag(text: &str, node: Node<'_, '_>) -> Range<usize> {
    let start = node.range().start;
    let mut quote = None;
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (None, '>') => return start..start + at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    unreachable!("a start tag without end")
}

/// Applies replacements of ranges that do not overlap.
pub(crate) fn replaced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = text.to_owned();
    for (range, with) in edits.into_iter().rev() {
        out.replace_range(range, &with);
    }
    out
}
