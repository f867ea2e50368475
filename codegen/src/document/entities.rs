//! Expands references to the entities that a document declares (XML 1.0, section 4.4), and records the original position of all text.
//!
//! The parser expands one level of references in content and none in attribute values, which is not enough for real schemas: MPEG-DASH, for
//! example, builds its patterns from entities that refer to other entities.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::doctype::{self, Declared};
use super::places::{Places, Recorder};
use crate::markup::{Piece, StartTag, pieces};
use crate::span::{SourceText, Span};

/// The maximum depth of entities that refer to other entities.
const DEPTH: usize = 64;

/// An error in an entity or in a reference to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The offset of the error in the text.
    pub(super) at: usize,
    /// The message: one sentence without a full stop.
    pub(super) message: String,
    /// Whether the error is an exceeded limit.
    pub(super) limit: bool,
}

/// A document text in which all references to declared entities are expanded.
pub(super) struct Expanded<'t> {
    pub(super) text: Cow<'t, str>,
    /// The offset just after the document type declaration, if there is one.
    pub(super) doctype: Option<usize>,
    source: &'t Arc<SourceText>,
    places: Places,
}

impl Expanded<'_> {
    /// Returns the span in the original source that a range of the expanded text comes from.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.clone(), self.places.old(range))
    }
}

/// Expands all references in content and in attribute values, to at most `limit` bytes in total.
///
/// # Errors
///
/// Fails if an entity refers to itself, is not balanced, puts `<` into an attribute value, or expands to more than the limit, and if the
/// document type declaration is not well-formed.
pub(super) fn expand(source: &Arc<SourceText>, limit: usize) -> Result<Expanded<'_>, Fault> {
    let text = source.text();
    let unchanged = |doctype| Ok(Expanded { text: Cow::Borrowed(text), doctype, source, places: Places::default() });
    let Some(doctype) = doctype::read(text)? else { return unchanged(None) };
    if let Some(at) = doctype.external {
        let message = "the document type declares an external entity: nothing outside of the schema documents is read";
        return Err(fault(at, message.to_owned()));
    }
    if doctype.entities.is_empty() {
        return unchanged(Some(doctype.end));
    }
    let mut entities = Entities { declared: doctype.entities, known: HashMap::new(), left: limit, limit };
    let mut out = Recorder::new(text);
    out.copy(doctype.end);
    for piece in pieces(text, doctype.end) {
        match piece {
            Piece::Text(range) => entities.references(text, range, Place::Content, &mut out)?,
            Piece::Tag(range) => {
                for (_, value) in StartTag::at(text.as_bytes(), range.start).into_iter().flatten() {
                    entities.references(text, value, Place::Value, &mut out)?;
                }
            }
            Piece::Opaque(_) => {}
        }
    }
    if let Some((name, at)) = recursive(&entities.declared) {
        return Err(fault(at, format!("the entity `{name}` refers to itself (XML 1.0, section 4.1: No Recursion)")));
    }
    let (text, places) = out.finish();
    Ok(Expanded { text: Cow::Owned(text), doctype: Some(doctype.end), source, places })
}

/// Returns the name and the place of an entity that refers to itself, directly or through others, whether or not the document refers to it.
fn recursive<'t>(declared: &HashMap<&'t str, Declared<'t>>) -> Option<(&'t str, usize)> {
    let inner = |name: &str| -> Vec<String> {
        let replacement = declared.get(name).map(|it| it.replacement()).unwrap_or_default();
        doctype::references(&replacement).map(|(_, _, name)| name.to_owned()).collect()
    };
    // The entities that were visited; `true` for those whose references are being followed.
    let mut seen: HashMap<&str, bool> = HashMap::new();
    let mut names: Vec<(&&str, &Declared<'_>)> = declared.iter().collect();
    names.sort_by_key(|(_, declaration)| declaration.at);
    for (name, _) in names {
        let mut open: Vec<(&str, Vec<String>)> = Vec::new();
        let mut next = Some(*name);
        loop {
            if let Some((name, declaration)) = next.take().and_then(|name| declared.get_key_value(name)) {
                match seen.get(name) {
                    Some(true) => return Some((name, declaration.at)),
                    Some(false) => {}
                    None => {
                        seen.insert(name, true);
                        open.push((name, inner(name)));
                    }
                }
            }
            let Some((name, rest)) = open.last_mut() else { break };
            match rest.pop() {
                Some(inner) => next = declared.get_key_value(inner.as_str()).map(|(name, _)| *name),
                None => {
                    seen.insert(name, false);
                    open.pop();
                }
            }
        }
    }
    None
}

/// The context of a reference. It decides what the replacement text may contain and how it is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Content,
    Value,
}

struct Entities<'t> {
    declared: HashMap<&'t str, Declared<'t>>,
    /// The fully expanded replacement texts. A `None` marks an entity that is being expanded, which makes recursion detectable.
    known: HashMap<(String, Place), Option<Rc<str>>>,
    /// The number of bytes that expansion may still produce.
    left: usize,
    limit: usize,
}

impl Entities<'_> {
    /// Copies a part of the document to `out` with its references expanded.
    fn references(&mut self, text: &str, range: Range<usize>, place: Place, out: &mut Recorder<'_>) -> Result<(), Fault> {
        let Some(part) = text.get(range.clone()) else { return Ok(()) };
        for (from, to, name) in doctype::references(part) {
            let at = range.start + from;
            if let Some(replacement) = self.replacement(name, place, at, 0)? {
                self.spend(replacement.len(), at)?;
                out.replace(at..range.start + to, &replacement);
            }
        }
        Ok(())
    }

    /// Returns the fully expanded replacement text of an entity, or `None` if the entity is not declared.
    fn replacement(&mut self, name: &str, place: Place, at: usize, depth: usize) -> Result<Option<Rc<str>>, Fault> {
        let key = (name.to_owned(), place);
        match self.known.get(&key) {
            Some(Some(known)) => return Ok(Some(known.clone())),
            Some(None) => return Err(fault(at, format!("the entity `{name}` refers to itself (XML 1.0, section 4.1: No Recursion)"))),
            None => {}
        }
        let Some(declared) = self.declared.get(name) else { return Ok(None) };
        if depth >= DEPTH {
            return Err(Fault { at, message: format!("entities refer to each other over more than {DEPTH} levels"), limit: true });
        }
        let raw = declared.replacement();
        self.known.insert(key.clone(), None);
        let mut expanded = String::new();
        let mut from = 0;
        for (start, end, inner) in doctype::references(&raw) {
            let Some(text) = self.replacement(inner, place, at, depth + 1)? else { continue };
            expanded.push_str(raw.get(from..start).unwrap_or_default());
            self.spend(text.len(), at)?;
            expanded.push_str(&text);
            from = end;
        }
        expanded.push_str(raw.get(from..).unwrap_or_default());
        self.spend(raw.len(), at)?;
        let expanded: Rc<str> = fit(name, expanded, place, at)?.into();
        self.known.insert(key, Some(expanded.clone()));
        Ok(Some(expanded))
    }

    fn spend(&mut self, bytes: usize, at: usize) -> Result<(), Fault> {
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => {
                let message = format!("the entities of the document expand to more than {} bytes", self.limit);
                return Err(Fault { at, message, limit: true });
            }
        }
        Ok(())
    }
}

/// Checks that a replacement text is allowed in its context, and escapes it for that context.
fn fit(name: &str, text: String, place: Place, at: usize) -> Result<String, Fault> {
    match place {
        Place::Content if !doctype::is_balanced(&text) => {
            Err(fault(at, format!("the entity `{name}` holds a start tag without its end tag, or the reverse (XML 1.0, section 4.3.2)")))
        }
        Place::Value if text.contains('<') => {
            Err(fault(at, format!("the entity `{name}` holds `<`, which cannot stand in an attribute value (XML 1.0, section 3.1)")))
        }
        // A quotation mark in a replacement text does not end the attribute value, so it must be escaped.
        Place::Value if text.contains(['"', '\'']) => Ok(text.replace('"', "&quot;").replace('\'', "&apos;")),
        _ => Ok(text),
    }
}

fn fault(at: usize, message: String) -> Fault {
    Fault { at, message, limit: false }
}
