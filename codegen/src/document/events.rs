//! Reads a document event by event, to report the position of a well-formedness error or an exceeded limit, and to get the expanded names of
//! attributes.
//!
//! Most documents do not need this second reading: for a well-formed document, the tree and the ranges of the tags give the same information.

use xml::common::{Position, TextPosition};
use xml::reader::{EventReader, ParserConfig, XmlEvent};

use super::entities::Expanded;
use super::tags::Tags;
use super::{Attribute, Limits, problem};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::span::line_starts;

/// Returns the parser configuration, for this module and for the tree. All references that the parser could expand are already expanded.
pub(super) fn config() -> ParserConfig {
    ParserConfig::new().max_entity_expansion_length(100_000).max_entity_expansion_depth(4).allow_multiple_root_elements(false)
}

/// Returns the attributes of all start tags, without namespace declarations.
///
/// # Errors
///
/// Fails if the document is not well-formed or exceeds a limit.
pub(super) fn read(document: &Expanded<'_>, tags: &Tags<'_>, limits: Limits) -> Result<Vec<Vec<Attribute>>, Box<Diagnostic>> {
    let mut reader = EventReader::new_with_config(document.text.as_bytes(), config());
    let beyond_last = || tags.fault.map_or(0..0, |at| at..at + 1);
    let place = |tag: usize| document.span(tags.list.get(tag).map_or_else(beyond_last, |tag| tag.range.clone()));
    let mut read = Vec::new();
    // The open elements: the index of the start tag and the name.
    let mut open: Vec<(usize, xml::name::OwnedName)> = Vec::new();
    loop {
        let event = reader.next().map_err(|error| {
            let open = open.last().map(|(tag, name)| (name.borrow().to_repr(), place(*tag)));
            let at = offset(&document.text, error.position());
            problem::malformed(document, at, &error.msg(), open)
        })?;
        match event {
            XmlEvent::StartElement { name, attributes, namespace } => {
                let tag = read.len();
                if open.len() >= limits.depth as usize {
                    return Err(beyond(place(tag), format!("elements nest deeper than {} levels", limits.depth)));
                }
                if tag >= limits.elements as usize {
                    return Err(beyond(place(tag), format!("more than {} elements", limits.elements)));
                }
                if namespace.0.len() > limits.prefixes {
                    return Err(beyond(place(tag), format!("more than {} prefixes are declared here", limits.prefixes)));
                }
                open.push((tag, name));
                read.push(attributes.into_iter().map(attribute).collect());
            }
            XmlEvent::EndElement { .. } => {
                open.pop();
            }
            XmlEvent::EndDocument => return Ok(read),
            _ => {}
        }
    }
}

pub(super) fn beyond(span: Span, message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::X0003, span, message))
}

fn attribute(a: xml::attribute::OwnedAttribute) -> Attribute {
    Attribute { namespace: a.name.namespace.unwrap_or_default(), name: a.name.local_name, value: a.value }
}

/// Converts a row and column to a byte offset in a text.
fn offset(text: &str, at: TextPosition) -> usize {
    let (row, column) = (usize::try_from(at.row).unwrap_or(usize::MAX), usize::try_from(at.column).unwrap_or(usize::MAX));
    let Some(start) = line_starts(text).nth(row) else { return text.len() };
    let line = text.get(start..).unwrap_or_default();
    start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
}
