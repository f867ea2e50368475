//! Puts kept content back into a written document.

use std::collections::HashMap;

use super::kept::{Kept, Levels, Piece};
use crate::error::{Error, ErrorKind, Result};
use crate::read::{Token, Tokens, lenient};
use crate::text::escape;

/// Returns the document with the kept content at its places.
pub(super) fn merge(xml: &str, kept: &Kept) -> Result<String> {
    let options = lenient();
    let mut pieces: HashMap<&str, Pieces<'_>> = HashMap::new();
    for (number, kept) in kept.pieces.iter().enumerate() {
        let pieces = pieces.entry(&kept.path).or_default();
        match &kept.piece {
            Piece::Element { .. } => {
                pieces.elements.entry(kept.after.as_deref().unwrap_or_default()).or_default().push((number, &kept.piece))
            }
            Piece::Attribute { .. } => pieces.attributes.push(&kept.piece),
        }
    }
    let mut merge = Merge {
        pieces,
        tokens: Tokens::new(xml, &options),
        out: String::with_capacity(xml.len()),
        levels: Levels::default(),
        open: false,
        names: Vec::new(),
    };
    let mut written = 0;
    while let Some(token) = merge.tokens.next()? {
        // The text between two tokens is the XML declaration, or white space outside of the root element.
        merge.out.push_str(xml.get(written..merge.tokens.offset()).unwrap_or_default());
        written = merge.tokens.offset() + merge.tokens.raw().len();
        match token {
            Token::Start(name) => merge.start(name)?,
            Token::End => merge.end(),
            _ => {
                merge.opened();
                merge.out.push_str(merge.tokens.raw());
            }
        }
    }
    merge.out.push_str(xml.get(written..).unwrap_or_default());
    Ok(merge.out)
}

/// The kept content of one element.
#[derive(Default)]
struct Pieces<'a> {
    attributes: Vec<&'a Piece>,
    /// The elements with their numbers, by the child that precedes them; the empty name stands for none.
    elements: HashMap<&'a str, Vec<(usize, &'a Piece)>>,
}

struct Merge<'a> {
    /// The kept content, by the path of the element that it belongs to.
    pieces: HashMap<&'a str, Pieces<'a>>,
    tokens: Tokens<'a>,
    out: String,
    levels: Levels,
    /// Whether the end of an empty-element tag is not written yet.
    open: bool,
    /// The names of the open elements.
    names: Vec<&'a str>,
}

impl<'a> Merge<'a> {
    fn start(&mut self, name: &'a str) -> Result<()> {
        self.opened();
        self.levels.open(name);
        let raw = self.tokens.raw();
        let tag = raw.strip_suffix("/>").or_else(|| raw.strip_suffix('>')).unwrap_or(raw);
        self.out.push_str(tag);
        self.attributes()?;
        self.names.push(name);
        self.open = self.tokens.is_empty();
        if !self.open {
            self.out.push('>');
        }
        self.insert("");
        Ok(())
    }

    /// Writes the end of an empty-element tag, because something follows inside the element.
    fn opened(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out.push('>');
        }
    }

    fn end(&mut self) {
        let name = self.names.pop().unwrap_or_default();
        self.rest();
        if std::mem::take(&mut self.open) {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self.levels.close();
        let after = self.levels.last();
        self.insert(&after.unwrap_or_default());
    }

    /// Writes the kept elements that follow this child of the open element; without a name, those that precede all its children.
    fn insert(&mut self, after: &str) {
        let pieces = self.pieces.get_mut(self.levels.path()).and_then(|pieces| pieces.elements.remove(after));
        pieces.into_iter().flatten().for_each(|(_, piece)| self.element(piece, false));
    }

    /// Writes the kept elements of the open element whose places are gone.
    fn rest(&mut self) {
        let Some(pieces) = self.pieces.remove(self.levels.path()) else { return };
        let mut elements: Vec<(usize, &Piece)> = pieces.elements.into_values().flatten().collect();
        elements.sort_by_key(|(number, _)| *number);
        // The declarations of the element itself are out of scope already.
        elements.into_iter().for_each(|(_, piece)| self.element(piece, true));
    }

    /// Writes a kept element, with those declarations that are not in scope, or with all of them.
    fn element(&mut self, piece: &Piece, all: bool) {
        let Piece::Element { xml, name, declarations } = piece else { return };
        self.opened();
        let (start, rest) = xml.split_at_checked(1 + name).unwrap_or((xml, ""));
        self.out.push_str(start);
        let is_needed = |prefix: &str, uri: &str| all && !uri.is_empty() || self.tokens.namespace(prefix) != uri;
        for (prefix, uri) in declarations.iter().filter(|(prefix, uri)| is_needed(prefix, uri)) {
            self.out.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.out.push_str(prefix);
            self.out.push_str("=\"");
            escape::attribute(uri, &mut self.out);
            self.out.push('"');
        }
        self.out.push_str(rest);
    }

    /// Writes the kept attributes of the element whose start tag was read last, unless it has them.
    fn attributes(&mut self) -> Result<()> {
        let Some(pieces) = self.pieces.get(self.levels.path()) else { return Ok(()) };
        let own = self.tokens.attributes()?;
        let mut added: Vec<(String, &str)> = Vec::new();
        for piece in &pieces.attributes {
            let Piece::Attribute { prefix, uri, local, value } = piece else { continue };
            if own.iter().any(|own| own.uri == *uri && own.local == local) {
                continue;
            }
            let mut prefix = prefix.clone();
            if !uri.is_empty() && prefix != "xml" {
                let bound = |prefix: &str| {
                    added.iter().find(|(known, _)| known == prefix).map_or_else(|| self.tokens.namespace(prefix), |(_, uri)| uri)
                };
                // A prefix that stands for another namespace here gets a number, because the names around the attribute may have the prefix.
                let wanted = prefix.clone();
                let mut number = 0;
                while bound(&prefix) != uri && !bound(&prefix).is_empty() {
                    number += 1;
                    prefix = format!("{wanted}{number}");
                }
                if bound(&prefix) != uri {
                    self.out.push_str(&format!(" xmlns:{prefix}=\""));
                    put(uri, &mut self.out)?;
                    added.push((prefix.clone(), uri));
                }
            }
            let colon = if prefix.is_empty() { "" } else { ":" };
            self.out.push_str(&format!(" {prefix}{colon}{local}=\""));
            put(value, &mut self.out)?;
        }
        Ok(())
    }
}

/// Appends the value of an attribute and its closing quote.
fn put(value: &str, out: &mut String) -> Result<()> {
    let fine = escape::attribute(value, out);
    out.push('"');
    if fine { Ok(()) } else { Err(Error::new(ErrorKind::Unwritable, "a character that XML does not allow")) }
}
