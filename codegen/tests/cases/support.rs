//! Folders of files as maps, cases as functions, documents as trees.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use xmltree::{Element, XMLNode};

/// Reads a document and writes it again.
pub(crate) type RoundTrip = fn(&[u8]) -> Result<String, String>;

/// A folder with its bindings.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) tolerant: RoundTrip,
    pub(crate) strict: RoundTrip,
}

macro_rules! case {
    ($name:ident) => {
        crate::support::Case {
            name: stringify!($name),
            tolerant: |bytes| $name::Document::from_xml(bytes).and_then(|d| d.to_xml()).map_err(|e| e.to_string()),
            strict: |bytes| $name::Document::from_xml_strict(bytes).and_then(|d| d.to_xml()).map_err(|e| e.to_string()),
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

/// Makes a folder hold just these files.
pub(crate) fn write(folder: &Path, files: &BTreeMap<String, String>) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

/// Whether two documents hold the same: names by namespace, attributes in any order, text as it is.
pub(crate) fn same(one: &str, other: &str) -> bool {
    match (Element::parse(one.as_bytes()), Element::parse(other.as_bytes())) {
        (Ok(one), Ok(other)) => told(&one) == told(&other),
        _ => false,
    }
}

/// A document without what its attributes `xsi:type` say.
pub(crate) fn untyped(text: &str) -> String {
    let mut parts = text.split(" xsi:type=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + part.split_once('"').unwrap().1)
}

/// An element in a form that can be compared.
fn told(element: &Element) -> String {
    let mut attributes: Vec<String> = element.attributes.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
    attributes.sort();
    let children = element.children.iter().map(|node| match node {
        XMLNode::Element(child) => told(child),
        XMLNode::Text(text) | XMLNode::CData(text) => format!("{text:?}"),
        XMLNode::Comment(_) | XMLNode::ProcessingInstruction(..) => String::new(),
    });
    format!(
        "<{{{}}}{} {}>{}</>",
        element.namespace.as_deref().unwrap_or_default(),
        element.name,
        attributes.join(" "),
        children.collect::<String>()
    )
}
