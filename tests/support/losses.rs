//! Finds the parts of a document that are neither in the written form of its typed value nor noted as skipped. An independent parser reads
//! both, and they are compared as sets of paths with their texts. Order matters only among elements of the same name; prefixes and the
//! notation of numbers do not matter.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// An element, an attribute or a text that a note reports as skipped.
#[derive(Debug)]
pub(crate) struct Skipped {
    /// The local names from the root, ending in `/@name` for an attribute.
    pub(crate) path: String,
    /// The position of the element, which is skipped with its content. `None` for an attribute, or for text between elements.
    pub(crate) element: Option<usize>,
}

/// Returns the texts and attributes that only the first document has and no note reports, one per line. `place` converts positions to those
/// of the notes.
pub(crate) fn losses(document: &Document<'_>, written: &Document<'_>, skipped: &[Skipped], place: impl Fn(usize) -> usize) -> Vec<String> {
    let mut kept: BTreeMap<(String, String), usize> = BTreeMap::new();
    for node in written.descendants().filter(Node::is_element) {
        let at = numbered(node, &|_| false);
        for (name, value) in items(node) {
            *kept.entry((at.clone() + &name, value)).or_default() += 1;
        }
    }
    let mut lost = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let within =
            |node: Node<'_, '_>| skipped.iter().any(|s| s.element == Some(place(node.range().start)) && lower(&s.path) == path(node));
        let (at, numbered) = (path(node), numbered(node, &within));
        if node.ancestors().filter(Node::is_element).any(within) {
            continue;
        }
        for (name, value) in items(node) {
            let here = format!("{at}{name}");
            match kept.get_mut(&(format!("{numbered}{name}"), value.clone())) {
                Some(count) if *count > 0 => *count -= 1,
                _ if skipped.iter().any(|s| s.element.is_none() && lower(&s.path) == here) => {}
                _ => lost.push(format!("{here}: {value}")),
            }
        }
    }
    lost
}

/// Returns the text of an element, with an empty name, and its attributes as `/@name`.
fn items(node: Node<'_, '_>) -> Vec<(String, String)> {
    // The locations of schemas and the declarations of prefixes are not part of a message.
    let counts = |name: &str| name != "schemaLocation" && name != "noNamespaceSchemaLocation";
    let attributes = node.attributes().filter(|attribute| counts(attribute.name()));
    let mut found: Vec<_> = attributes
        .map(|attribute| {
            let value = if attribute.name() == "type" { last_part(attribute.value()) } else { plain(attribute.value()) };
            (format!("/@{}", attribute.name().to_lowercase()), value)
        })
        .collect();
    let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
    if !text.trim().is_empty() {
        found.push((String::new(), plain(&text)));
    }
    found
}

/// Returns the last part of the name of a type in lower case, so that both forms of a name are equal.
fn last_part(value: &str) -> String {
    value.trim().rsplit([':', '.']).next().unwrap_or_default().to_lowercase()
}

/// Returns the text in the form that is compared: trimmed, and booleans and numbers by value.
fn plain(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // `NaN` also occurs as a name.
    let fraction = || text.parse::<f64>().ok().filter(|_| text.contains(|c: char| c.is_ascii_digit()));
    let number = text.parse::<i128>().map(|number| number.to_string()).ok().or_else(|| fraction().map(|number| number.to_string()));
    let value = number.unwrap_or(text);
    match value.to_lowercase().as_str() {
        "true" | "1" => "true or 1".to_owned(),
        "false" | "0" => "false or 0".to_owned(),
        _ => value,
    }
}

/// Returns the path, with a number after each name that has preceding siblings of the same name. Skipped siblings are not counted.
fn numbered(node: Node<'_, '_>, skipped: &dyn Fn(Node<'_, '_>) -> bool) -> String {
    let numbered = |node: Node<'_, '_>| {
        let name = lower(node.tag_name().name());
        let same =
            |other: &Node<'_, '_>| other.is_element() && *other != node && lower(other.tag_name().name()) == name && !skipped(*other);
        let before = node.prev_siblings().filter(same).count();
        if before == 0 { name } else { format!("{name}[{before}]") }
    };
    let mut names: Vec<String> = node.ancestors().filter(Node::is_element).map(numbered).collect();
    names.reverse();
    names.join("/")
}

fn path(node: Node<'_, '_>) -> String {
    let mut names: Vec<String> = node.ancestors().filter(Node::is_element).map(|node| lower(node.tag_name().name())).collect();
    names.reverse();
    names.join("/")
}

/// Returns the path in lower case, because names in another letter case are noted but not lost.
fn lower(path: &str) -> String {
    path.to_lowercase()
}
