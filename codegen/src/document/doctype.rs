//! Reads the entity declarations in the document type declaration of a document, and finds references to entities.

use std::borrow::Cow;
use std::collections::HashMap;

use super::entities::Fault;
use crate::markup::{Piece, opaque, pieces};

/// The document type declaration of a document.
pub(super) struct Doctype<'t> {
    /// The general entities whose replacement text is in the document. The first declaration of each entity counts.
    pub(super) entities: HashMap<&'t str, Declared<'t>>,
    /// The offset of the first declaration of an external general entity.
    pub(super) external: Option<usize>,
    /// The offset just after the closing `>`.
    pub(super) end: usize,
}

/// The declaration of an entity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'t> {
    /// The literal value.
    literal: &'t str,
    /// The offset of the declaration.
    pub(super) at: usize,
}

impl<'t> Declared<'t> {
    /// Returns the replacement text: the literal with its character references expanded (XML 1.0, section 4.5).
    pub(super) fn replacement(self) -> Cow<'t, str> {
        let Declared { literal, .. } = self;
        if !literal.contains("&#") {
            return Cow::Borrowed(literal);
        }
        let mut out = String::new();
        let mut rest = literal;
        while let Some(at) = rest.find("&#") {
            out.push_str(rest.get(..at).unwrap_or_default());
            rest = rest.get(at..).unwrap_or_default();
            match character(rest) {
                Some((c, length)) => {
                    out.push(c);
                    rest = rest.get(length..).unwrap_or_default();
                }
                None => {
                    out.push_str("&#");
                    rest = rest.get(2..).unwrap_or_default();
                }
            }
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// Returns the character that the character reference at the start of a text stands for, and the length of the reference.
fn character(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix("&#")?;
    let end = body.find(';')?;
    let digits = body.get(..end)?;
    let number = match digits.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((char::from_u32(number)?, end + 3))
}

/// Reads the document type declaration, if there is one.
///
/// # Errors
///
/// Fails if the declaration is not well-formed.
pub(super) fn read(text: &str) -> Result<Option<Doctype<'_>>, Fault> {
    let mut at = 0;
    let prolog = |at: usize| text.get(at..).unwrap_or_default();
    loop {
        let rest = prolog(at);
        at += rest.len() - rest.trim_start_matches(is_space).len();
        let rest = prolog(at);
        match opaque(rest) {
            Some(length) if !rest.starts_with("<![CDATA[") => at += length,
            _ if rest.starts_with("<!DOCTYPE") => break,
            _ => return Ok(None),
        }
    }
    let mut subset = Subset { text, at: at + "<!DOCTYPE".len(), entities: HashMap::new(), external: None };
    subset.read().ok_or_else(|| Fault {
        at: subset.at.min(text.len()),
        message: "the document type declaration is not well-formed here".to_owned(),
        limit: false,
    })?;
    Ok(Some(Doctype { entities: subset.entities, external: subset.external, end: subset.at }))
}

struct Subset<'t> {
    text: &'t str,
    at: usize,
    entities: HashMap<&'t str, Declared<'t>>,
    external: Option<usize>,
}

impl<'t> Subset<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches(is_space).len();
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest().starts_with(token).then(|| self.at += token.len())
    }

    /// Reads a quoted literal.
    fn literal(&mut self) -> Option<&'t str> {
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let body = self.rest().get(1..)?;
        let end = body.find(quote)?;
        self.at += end + 2;
        body.get(..end)
    }

    fn name(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find(|c: char| is_space(c) || "<>&;%'\"[]".contains(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).filter(|name| !name.is_empty())
    }

    /// Reads from the name of the document type to the end of the declaration.
    fn read(&mut self) -> Option<()> {
        loop {
            let next = self.rest().chars().next()?;
            match next {
                '>' => return self.take(">"),
                '[' => {
                    self.take("[")?;
                    self.declarations()?;
                }
                '"' | '\'' => {
                    self.literal()?;
                }
                other => self.at += other.len_utf8(),
            }
        }
    }

    /// Reads the internal subset and the `]` that closes it.
    fn declarations(&mut self) -> Option<()> {
        loop {
            self.skip_space();
            if let Some(length) = opaque(self.rest()) {
                self.at += length;
            } else if self.rest().starts_with('%') {
                self.take("%")?;
                self.name()?;
                self.take(";")?;
            } else if self.rest().starts_with("<!ENTITY") {
                self.entity()?;
            } else if self.rest().starts_with("<!") {
                self.other()?;
            } else {
                return self.take("]");
            }
        }
    }

    /// Reads an entity declaration.
    fn entity(&mut self) -> Option<()> {
        let start = self.at;
        self.take("<!ENTITY")?;
        self.skip_space();
        let parameter = self.take("%").is_some();
        self.skip_space();
        let name = self.name()?;
        self.skip_space();
        if self.rest().starts_with(['"', '\'']) {
            let at = self.at;
            let literal = self.literal()?;
            if !parameter && literal.contains('%') {
                // XML does not allow a reference to a parameter entity inside a declaration of the internal subset.
                self.at = at;
                return None;
            }
            if !parameter && !is_predefined(name) {
                self.entities.entry(name).or_insert(Declared { literal, at: start });
            }
        } else if !parameter {
            self.external.get_or_insert(start);
        }
        self.other()
    }

    /// Skips to the end of a declaration.
    fn other(&mut self) -> Option<()> {
        loop {
            let next = self.rest().chars().next()?;
            match next {
                '>' => return self.take(">"),
                '"' | '\'' => {
                    self.literal()?;
                }
                other => self.at += other.len_utf8(),
            }
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn is_predefined(name: &str) -> bool {
    matches!(name, "lt" | "gt" | "amp" | "apos" | "quot")
}

/// Returns the start, end and name of each entity reference in a text, except character references and predefined entities.
pub(super) fn references(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    text.match_indices('&').filter_map(|(at, _)| {
        let body = text.get(at + 1..)?;
        let end = body.find(|c: char| is_space(c) || "&;<>#'\"".contains(c))?;
        let name = body.get(..end).filter(|name| !name.is_empty() && !is_predefined(name))?;
        body.get(end..)?.starts_with(';').then_some((at, at + end + 2, name))
    })
}

/// Returns whether every start tag of a text has its end tag in the same text, and every end tag its start tag.
pub(super) fn is_balanced(text: &str) -> bool {
    let mut open = 0_u32;
    for piece in pieces(text, 0) {
        let Piece::Tag(range) = piece else { continue };
        let tag = text.get(range).unwrap_or_default();
        if !tag.ends_with('>') {
            return false;
        }
        if tag.starts_with("</") {
            match open.checked_sub(1) {
                Some(rest) => open = rest,
                None => return false,
            }
        } else if !tag.ends_with("/>") {
            open += 1;
        }
    }
    open == 0
}
