//! The first pass over a document: the place and the attribute names of all start tags in document order, and the limits.

use std::sync::Arc;

use xml::common::{Position, TextPosition};
use xml::name::OwnedName;
use xml::reader::{EventReader, ParserConfig, XmlEvent};

use super::entities::Expanded;
use super::places::Places;
use super::{Attribute, Limits, problem};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};

/// What the first pass keeps of a start tag.
pub(super) struct Tag {
    pub(super) span: Span,
    pub(super) attributes: Vec<Attribute>,
}

/// How both passes read. No reference to an entity is left that the parser would expand.
pub(super) fn config() -> ParserConfig {
    ParserConfig::new().max_entity_expansion_length(100_000).max_entity_expansion_depth(4).allow_multiple_root_elements(false)
}

/// Gives all start tags.
///
/// # Errors
///
/// What is not well-formed, or exceeds a limit.
pub(super) fn scan(path: &Arc<str>, document: &Expanded<'_>, limits: Limits) -> Result<Vec<Tag>, Box<Diagnostic>> {
    let place = |at| place(path, &document.places, at);
    let mut reader = EventReader::new_with_config(document.text.as_bytes(), config().ignore_comments(false));
    let mut tags = Vec::new();
    // The open elements: index of the tag, and the name.
    let mut open: Vec<(usize, OwnedName)> = Vec::new();
    // Without an XML declaration the parser gives the start of the root element to the start of the document.
    let bare = document.text.starts_with('<') && !document.text.starts_with("<?xml");
    let mut start = None;
    loop {
        let event = reader.next().map_err(|error| {
            let open = open.last().and_then(|(tag, name)| Some((name.borrow().to_repr(), tags.get(*tag).map(|t: &Tag| t.span.clone())?)));
            problem::malformed(place(problem::start(&document.text, error.position(), &error.msg())), &error.msg(), open)
        })?;
        match event {
            XmlEvent::StartElement { name, attributes, namespace } => {
                let span = start.take().unwrap_or_else(|| place(reader.position()));
                if open.len() >= limits.depth as usize {
                    return Err(beyond(span, format!("elements nest deeper than {} levels", limits.depth)));
                }
                if tags.len() as u64 >= u64::from(limits.elements) {
                    return Err(beyond(span, format!("more than {} elements", limits.elements)));
                }
                if namespace.0.len() > limits.prefixes {
                    return Err(beyond(span, format!("more than {} prefixes are declared here", limits.prefixes)));
                }
                open.push((tags.len(), name));
                tags.push(Tag { span, attributes: attributes.into_iter().map(attribute).collect() });
            }
            XmlEvent::StartDocument { .. } if bare => start = Some(place(reader.position())),
            XmlEvent::Comment(_) | XmlEvent::ProcessingInstruction { .. } | XmlEvent::Doctype { .. } if tags.is_empty() => start = None,
            XmlEvent::EndElement { .. } => {
                open.pop();
            }
            XmlEvent::EndDocument => return Ok(tags),
            _ => {}
        }
    }
}

fn beyond(span: Span, message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::X0003, span, message))
}

fn attribute(a: xml::attribute::OwnedAttribute) -> Attribute {
    Attribute { namespace: a.name.namespace.unwrap_or_default(), name: a.name.local_name, value: a.value }
}

fn place(path: &Arc<str>, places: &Places, at: TextPosition) -> Span {
    let (row, column) = places.old((at.row, at.column));
    let number = |n: u64| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Span { path: path.clone(), line: number(row), column: number(column) }
}
