//! Suggests edits of the schemas, as a unified diff, and entries for `xsdgen.toml`. A suggestion is a start for a person who decides what the
//! schema should say; it makes the documents that were seen valid as far as it goes.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};
use similar::TextDiff;
use xsdgen::diagnostic::Span;
use xsdgen_dynamic::Validator;

use super::collect::{Departure, Key, Kind, Looks};

/// The namespace of XML Schema.
const XS: &str = "http://www.w3.org/2001/XMLSchema";

/// What is changed at an element of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// The complex type gets a local element.
    Element { name: String, looks: Looks, many: bool },
    /// The complex type gets an attribute.
    Attribute { name: String, looks: Looks },
    /// The element or attribute becomes optional.
    Optional,
    /// The enumeration gets a value after this one.
    Value(String),
}

/// The changes of the schema files: for each file, by the offset of the element that is changed.
#[derive(Debug, Default)]
pub(super) struct Edits(BTreeMap<String, BTreeMap<usize, Vec<Change>>>);

impl Edits {
    /// Collects the edits for departures.
    pub(super) fn of<'k>(validator: &Validator, departures: impl Iterator<Item = (&'k Key, &'k Departure)>) -> Self {
        let mut edits = Self::default();
        for (key, departure) in departures {
            if let Some((span, change)) = change(validator, key, departure)
                && let Some(range) = span.range()
            {
                let all = edits.0.entry(span.path().to_string()).or_default().entry(range.start).or_default();
                if !all.contains(&change) {
                    all.push(change);
                }
            }
        }
        edits
    }

    /// Returns the edits as a unified diff. A file that is not UTF-8 is left out.
    pub(super) fn patch(&self) -> String {
        let mut patch = String::new();
        for (file, changes) in &self.0 {
            let Ok(old) = std::fs::read_to_string(file) else { continue };
            let Some(new) = changed(&old, changes) else { continue };
            let diff = TextDiff::from_lines(&old, &new);
            let _ = write!(patch, "{}", diff.unified_diff().header(&format!("a/{file}"), &format!("b/{file}")));
        }
        patch
    }
}

/// Returns the change for a departure and the place of the element that is changed, if a declaration can express the departure.
fn change(validator: &Validator, key: &Key, departure: &Departure) -> Option<(Span, Change)> {
    let (span, exact) = departure.schema.as_ref()?;
    let (path, looks) = (departure.example.path.as_str(), departure.looks);
    let around = departure.around.as_ref().map(|(uri, local)| (uri.as_str(), local.as_str())).filter(|(_, local)| !local.is_empty());
    match key.kind {
        Kind::UnknownElement => {
            let (parent, name) = path.rsplit_once('/')?;
            let change = Change::Element { name: plain(name).to_owned(), looks, many: departure.most > 1 };
            Some((validator.complex_type(parent, around)?, change))
        }
        Kind::UnknownAttribute => {
            let (parent, name) = path.rsplit_once("/@")?;
            Some((validator.complex_type(parent, around)?, Change::Attribute { name: plain(name).to_owned(), looks }))
        }
        Kind::Missing if *exact => Some((span.clone(), Change::Optional)),
        Kind::UnlistedValue if *exact => Some((validator.last_value(path, around)?, Change::Value(key.value.clone()?))),
        _ => None,
    }
}

/// Returns the text of a schema with these changes.
fn changed(old: &str, changes: &BTreeMap<usize, Vec<Change>>) -> Option<String> {
    let document = Document::parse_with_options(old, ParsingOptions { allow_dtd: true, ..ParsingOptions::default() }).ok()?;
    let nodes: HashMap<usize, Node<'_, '_>> =
        document.descendants().filter(Node::is_element).map(|node| (node.range().start, node)).collect();
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (start, changes) in changes {
        let Some(node) = nodes.get(start) else { continue };
        edits.extend(changes.iter().filter_map(|change| edit(old, *node, change)));
    }
    // Several additions at one place keep their order.
    edits.sort_by_key(|(range, _)| range.start);
    let mut new = old.to_owned();
    for (range, text) in edits.into_iter().rev() {
        new.replace_range(range, &text);
    }
    Some(new)
}

/// Returns the part of the text that a change replaces, and the new text.
fn edit(text: &str, node: Node<'_, '_>, change: &Change) -> Option<(Range<usize>, String)> {
    let xs = prefix(text, node);
    match change {
        Change::Element { name, looks, many } => {
            let many = if *many { " maxOccurs=\"unbounded\"" } else { "" };
            let line = format!("<{xs}element name=\"{name}\" type=\"{xs}{}\" minOccurs=\"0\"{many}/>", looks.ty());
            let own = own_part(node)?;
            match children(own).find(|child| is(*child, &["sequence", "choice", "all"])) {
                Some(group) => {
                    let behind = children(group).filter(|child| !is(*child, &["annotation", "any"])).last();
                    Some(added(text, behind?, &line))
                }
                // The type has attributes only.
                None if children(own).all(|child| is(child, &["annotation", "attribute", "attributeGroup", "anyAttribute"])) => {
                    let line = format!("<{xs}sequence>{line}</{xs}sequence>");
                    let Some(first) = children(own).find(|child| !is(*child, &["annotation"])) else { return within(text, own, &line) };
                    let (start, indent) = (first.range().start, indent(text, first.range().start));
                    Some((start..start, format!("{line}\n{indent}")))
                }
                None => None,
            }
        }
        Change::Attribute { name, looks } => {
            let line = format!("<{xs}attribute name=\"{name}\" type=\"{xs}{}\"/>", looks.ty());
            let own = own_part(node)?;
            match children(own).filter(|child| !is(*child, &["annotation", "anyAttribute"])).last() {
                Some(last) => Some(added(text, last, &line)),
                None if children(own).any(|child| is(child, &["anyAttribute"])) => None,
                None => within(text, own, &line),
            }
        }
        Change::Optional => optional(node),
        Change::Value(value) => {
            let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            Some(added(text, node, &format!("<{xs}enumeration value=\"{value}\"/>")))
        }
    }
}

/// Makes an element or attribute optional.
fn optional(node: Node<'_, '_>) -> Option<(Range<usize>, String)> {
    let (attribute, value) = if is(node, &["attribute"]) { ("use", "optional") } else { ("minOccurs", "0") };
    if let Some(known) = node.attribute_node(attribute) {
        return Some((known.range_value(), value.to_owned()));
    }
    // The occurrence of a global element is that of its references, which are elsewhere.
    if !is(node, &["element"]) || node.parent_element().is_none_or(|parent| is(parent, &["schema"])) {
        return None;
    }
    let end = node.attributes().map(|attribute| attribute.range().end).max()?;
    Some((end..end, " minOccurs=\"0\"".to_owned()))
}

/// Returns the element that has the content and the attributes of a complex type: the type itself or its extension. A restriction cannot get more
/// than its base has.
fn own_part<'a, 'i>(ty: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    match children(ty).find(|child| is(*child, &["complexContent", "simpleContent"])) {
        Some(content) => children(content).find(|child| is(*child, &["extension"])),
        None => Some(ty).filter(|ty| is(*ty, &["complexType"])),
    }
}

/// Adds a line after an element.
fn added(text: &str, node: Node<'_, '_>, line: &str) -> (Range<usize>, String) {
    let end = node.range().end;
    (end..end, format!("\n{}{line}", indent(text, node.range().start)))
}

/// Adds content to an element that has at most an annotation.
fn within(text: &str, node: Node<'_, '_>, line: &str) -> Option<(Range<usize>, String)> {
    let (range, whole) = (node.range(), text.get(node.range())?);
    if whole.ends_with("/>") {
        let name = whole.get(1..)?.split(|c: char| c.is_whitespace() || c == '/').next()?;
        return Some((range.end - 2..range.end, format!(">{line}</{name}>")));
    }
    let end = range.start + whole.rfind("</")?;
    Some((end..end, line.to_owned()))
}

fn children<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(Node::is_element)
}

fn is(node: Node<'_, '_>, names: &[&str]) -> bool {
    let name = node.tag_name();
    name.namespace() == Some(XS) && names.contains(&name.name())
}

/// Returns the prefix of an element, with its colon.
fn prefix<'t>(text: &'t str, node: Node<'_, '_>) -> &'t str {
    let name = text.get(node.range().start + 1..).unwrap_or_default().split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next();
    name.and_then(|name| name.find(':').and_then(|colon| name.get(..=colon))).unwrap_or_default()
}

/// Returns the white space at the start of the line of an offset.
fn indent(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Returns entries for `xsdgen.toml` that let bindings read what departs from the schema without a loss.
pub(super) fn entries<'k>(departures: impl Iterator<Item = (&'k Key, &'k Departure)>) -> String {
    let (mut types, mut missing, mut prefixes) = (Vec::new(), false, false);
    for (key, departure) in departures {
        match key.kind {
            // A selector has the name that the schema declares.
            Kind::OtherType | Kind::Unreadable
                if key.place.contains(':')
                    && !key.place.starts_with("none:")
                    && departure.schema.as_ref().is_some_and(|(_, exact)| *exact) =>
            {
                types.push(&key.place);
            }
            Kind::Missing => missing = true,
            Kind::Namespace => prefixes = true,
            _ => {}
        }
    }
    let mut out = String::new();
    if prefixes {
        out.push_str("undeclared-prefixes = true\n");
    }
    if missing {
        out.push_str("missing = \"blank\"\n");
    }
    if !types.is_empty() {
        out.push_str("[types]\n");
        for place in types {
            let _ = writeln!(out, "\"{place}\" = \"String\"");
        }
    }
    out
}

fn plain(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}
