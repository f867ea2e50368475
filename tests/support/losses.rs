//! In: a document, what a typed value of it was written as, and the places that were noted as skipped. Out: what is neither in the one nor noted.
//! An independent reader compares them, as sets of places with their texts; order, prefixes and the way a number is written do not count.
//! Not here: reading into types.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// A place that a note says was skipped.
#[derive(Debug)]
pub(crate) struct Skipped {
    /// Local names from the root; of an attribute `.../@name`.
    pub(crate) path: String,
    /// Of an element with all that is in it: the bytes before it in the document. Nothing of an attribute, or of text between elements.
    pub(crate) element: Option<usize>,
}

/// Texts and attributes of the document that the other does not have and nobody noted, one a line. `place` finds a place that notes tell.
pub(crate) fn losses(document: &Document<'_>, written: &Document<'_>, skipped: &[Skipped], place: impl Fn(usize) -> usize) -> Vec<String> {
    let mut kept: BTreeMap<(String, String), usize> = BTreeMap::new();
    for node in written.descendants().filter(Node::is_element) {
        for found in items(node) {
            *kept.entry(found).or_default() += 1;
        }
    }
    let mut lost = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let within =
            |node: Node<'_, '_>| skipped.iter().any(|s| s.element == Some(place(node.range().start)) && lower(&s.path) == path(node));
        if node.ancestors().filter(Node::is_element).any(within) {
            continue;
        }
        for found in items(node) {
            match kept.get_mut(&found) {
                Some(count) if *count > 0 => *count -= 1,
                _ if skipped.iter().any(|s| s.element.is_none() && lower(&s.path) == found.0) => {}
                _ => lost.push(format!("{}: {}", found.0, found.1)),
            }
        }
    }
    lost
}

/// The text of an element and its attributes, with their places.
fn items(node: Node<'_, '_>) -> Vec<(String, String)> {
    let at = path(node);
    // Where schemas are found, and which prefixes there are, is no part of a message.
    let counts = |name: &str| name != "schemaLocation" && name != "noNamespaceSchemaLocation";
    let attributes = node.attributes().filter(|attribute| counts(attribute.name()));
    let mut found: Vec<_> = attributes
        .map(|attribute| {
            let value = if attribute.name() == "type" { last_part(attribute.value()) } else { plain(attribute.value()) };
            (format!("{at}/@{}", attribute.name().to_lowercase()), value)
        })
        .collect();
    let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
    if !text.trim().is_empty() {
        found.push((at, plain(&text)));
    }
    found
}

/// What the name of a type ends in, in small letters: both forms of a name are one.
fn last_part(value: &str) -> String {
    value.trim().rsplit([':', '.']).next().unwrap_or_default().to_lowercase()
}

/// The text as it counts: trimmed, and a boolean or a number as its value.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // `NaN` is a name too.
    let fraction = || text.parse::<f64>().ok().filter(|_| text.contains(|c: char| c.is_ascii_digit()));
    let number = text.parse::<i128>().map(|number| number.to_string()).ok().or_else(|| fraction().map(|number| number.to_string()));
    let value = number.unwrap_or(text);
    match value.to_lowercase().as_str() {
        "true" | "1" => "true or 1".to_owned(),
        "false" | "0" => "false or 0".to_owned(),
        _ => value,
    }
}

fn path(node: Node<'_, '_>) -> String {
    let mut names: Vec<String> = node.ancestors().filter(Node::is_element).map(|node| lower(node.tag_name().name())).collect();
    names.reverse();
    names.join("/")
}

/// Letters that were taken in the other case are noted, and not lost.
fn lower(path: &str) -> String {
    path.to_lowercase()
}
