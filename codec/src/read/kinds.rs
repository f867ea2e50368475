//! In: an element whose type `xsi:type` tells. Out: which of the known types it is.
//! Not done here: reading it (`record`).

use super::tag::split;
use super::{Reader, Step, Tag};
use crate::error::Result;
use crate::error::excerpt;
use crate::note::NoteKind;
use crate::schema::Schema;

/// A type as `xsi:type` names it.
#[derive(Debug, Clone, Copy)]
pub struct TypeName {
    /// The number of its namespace.
    pub namespace: u16,
    /// Its local name.
    pub local: &'static str,
    /// Another text that stands for it.
    pub alias: Option<&'static str>,
    /// Whether it is meant where there is no `xsi:type`.
    pub base: bool,
}

impl Reader<'_> {
    /// The type of the element whose start tag was read last, by its place in the list; nothing if it is unknown.
    ///
    /// # Errors
    /// In strict reading, where the type is unknown.
    pub fn kind(&mut self, tag: &Tag, schema: &'static Schema, names: &[TypeName]) -> Result<Option<usize>> {
        let Some((mut text, at)) = self.xsi(tag, "type") else {
            let base = names.iter().position(|name| name.base);
            if base.is_none() {
                let message = |_: &Self| "the type is abstract: xsi:type is missing".to_owned();
                self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
            }
            return Ok(base);
        };
        if !self.strict && text.contains(char::is_whitespace) {
            text.to_mut().retain(|c| !c.is_whitespace()); // published samples have it: `java: com...`
        }
        let (prefix, local) = split(&text);
        let uri = self.lookup(prefix);
        let usual = || schema.by_prefix(prefix).map(crate::Namespace::uri).filter(|_| self.takes_undeclared());
        let uri = uri.map_or_else(usual, Some);
        let is_it = |name: &TypeName| name.local == local && uri == Some(schema.uri(name.namespace));
        let known = names.iter().position(is_it).or_else(|| names.iter().position(|name| name.alias == Some(&*text)));
        if known.is_none() {
            let message = |_: &Self| format!("the type {} is unknown here", excerpt(&text));
            self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)?;
        } else {
            self.attributes.retain(|attribute| attribute.at != at);
        }
        Ok(known)
    }
}
