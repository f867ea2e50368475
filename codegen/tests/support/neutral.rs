//! Neutral changes of schema documents: the set has the same components afterwards, with the same meaning.

use std::ops::Range;

use roxmltree::Node;

use super::documents::{Documents, XS, components, parsed, replaced, start_tag};

/// Rearranges the global components of a document. `arrange` gets their texts in document order.
pub(crate) fn rearranged(text: &str, arrange: impl FnOnce(&mut Vec<&str>)) -> String {
    let document = parsed(text);
    let places: Vec<Range<usize>> = components(&document).into_iter().map(|node| node.range()).collect();
    let mut texts: Vec<&str> = places.iter().map(|place| &text[place.clone()]).collect();
    arrange(&mut texts);
    replaced(text, places.into_iter().zip(texts.into_iter().map(str::to_owned)).collect())
}

/// Sorts the global components of a document by their text.
pub(crate) fn sorted(text: &str) -> String {
    rearranged(text, |components| components.sort_unstable())
}

/// Splits a document in two. Those global components whose position satisfies `moves` are moved to a new document, which the old one includes as
/// `location`. Returns the old document and the new one.
pub(crate) fn split(text: &str, location: &str, moves: impl Fn(usize) -> bool) -> (String, String) {
    let document = parsed(text);
    let root = document.root_element();
    let opening = start_tag(text, root);
    let moved: Vec<Range<usize>> =
        components(&document).into_iter().enumerate().filter(|(at, _)| moves(*at)).map(|(_, node)| node.range()).collect();
    let imports = root.children().filter(|node| node.has_tag_name((XS, "import"))).map(|node| &text[node.range()]);
    let parts: String = imports.chain(moved.iter().map(|range| &text[range.clone()])).collect();
    let name = &text[root.range().start + 1..].split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default();
    let new = format!("{}{parts}</{name}>\n", &text[..opening.end]);
    let include = format!("<{}include schemaLocation=\"{location}\"/>", prefix_of(text, root));
    let mut edits: Vec<(Range<usize>, String)> = moved.into_iter().map(|range| (range, String::new())).collect();
    edits.push((opening.end..opening.end, include));
    (replaced(text, edits), new)
}

/// Renames a document within its folder, and the references to it.
pub(crate) fn renamed(documents: &Documents, path: &str, name: &str) -> Documents {
    let new = sibling(path, name);
    let rename = |(at, text): (&String, &String)| {
        let document = parsed(text);
        let links = document.descendants().filter_map(|node| node.attribute_node("schemaLocation"));
        let links = links.filter(|link| resolved(at, link.value()) == path);
        let text = replaced(text, links.map(|link| (link.range_value(), sibling(link.value(), name))).collect());
        (if at == path { new.clone() } else { at.clone() }, text)
    };
    documents.iter().map(rename).collect()
}

/// Returns the path with another last segment.
fn sibling(path: &str, name: &str) -> String {
    path.rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

/// Returns the path that a location in a document refers to.
fn resolved(document: &str, location: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in location.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The attributes of XML Schema whose values are qualified names or paths of them.
const NAMES: [&str; 8] = ["type", "ref", "base", "itemType", "memberTypes", "substitutionGroup", "refer", "xpath"];

/// Renames a prefix in a document. Values may contain the old prefix, for example the default of an element of type `xs:QName`, so it stays
/// declared.
pub(crate) fn prefixed(text: &str, from: &str, to: &str) -> String {
    let document = parsed(text);
    let (from, to) = (format!("{from}:"), format!("{to}:"));
    let mut edits = Vec::new();
    for node in document.root().descendants().filter(Node::is_element) {
        let tag = start_tag(text, node);
        let end = node.range().end;
        let closing = text[tag.end..end].rfind("</").map(|at| tag.end + at + 2).filter(|_| tag.end < end);
        for start in [Some(tag.start + 1), closing].into_iter().flatten().filter(|start| text[*start..].starts_with(&from)) {
            edits.push((start..start + from.len(), to.clone()));
        }
        if let Some((start, value)) = declaration(text, &tag, &from) {
            edits.push((start..start, format!("xmlns:{}{value} ", to.trim_end_matches(':'))));
        }
        for attribute in node.attributes() {
            let name = attribute.range_qname();
            if text[name.clone()].starts_with(&from) {
                edits.push((name.start..name.start + from.len(), to.clone()));
            } else if node.tag_name().namespace() == Some(XS) && NAMES.contains(&attribute.name()) {
                edits.push((attribute.range_value(), words(&text[attribute.range_value()], &from, &to)));
            }
        }
    }
    replaced(text, edits)
}

/// Returns the position of the declaration of a prefix in a start tag, and its text after the prefix.
fn declaration<'t>(text: &'t str, tag: &Range<usize>, prefix: &str) -> Option<(usize, &'t str)> {
    let name = format!("xmlns:{}", prefix.trim_end_matches(':'));
    let found = text[tag.clone()].match_indices(&name).map(|(at, _)| tag.start + at);
    let start = found.filter(|at| text[at + name.len()..].starts_with(['=', ' '])).last()?;
    let open = start + text[start..].find(['"', '\''])?;
    let quote = text[open..].chars().next()?;
    let close = open + 1 + text[open + 1..].find(quote)?;
    Some((start, &text[start + name.len()..=close]))
}

/// Replaces a prefix wherever a name begins with it.
fn words(value: &str, from: &str, to: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find(from) {
        let begins = rest[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || "_-.".contains(c)));
        out.push_str(&rest[..at]);
        out.push_str(if begins { to } else { from });
        rest = &rest[at + from.len()..];
    }
    out + rest
}

/// Adds comments to a document, and annotations without documentation to those of its elements that have no annotation.
pub(crate) fn commented(text: &str) -> String {
    let document = parsed(text);
    let mut edits = Vec::new();
    for node in document.root().descendants().filter(|node| node.tag_name().namespace() == Some(XS)) {
        let tag = start_tag(text, node);
        let name = node.tag_name().name();
        if matches!(name, "annotation" | "documentation" | "appinfo") || node.ancestors().any(|it| it.has_tag_name((XS, "annotation"))) {
            continue;
        }
        if text[..tag.end].ends_with("/>") {
            edits.push((tag.start..tag.start, "<!-- a comment -->".to_owned()));
        } else if !node.children().any(|child| child.has_tag_name((XS, "annotation"))) {
            let prefix = prefix_of(text, node);
            let note = format!("<{prefix}annotation><{prefix}appinfo>for a tool</{prefix}appinfo></{prefix}annotation><!-- a comment -->");
            edits.push((tag.end..tag.end, note));
        }
    }
    replaced(text, edits)
}

/// Returns the prefix that the tag of an element is written with, with its colon.
fn prefix_of<'t>(text: &'t str, node: Node<'_, '_>) -> &'t str {
    let tag = &text[start_tag(text, node)];
    let name = tag[1..].split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    name.find(':').map_or("", |at| &name[..=at])
}
