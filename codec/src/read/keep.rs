//! Skips elements, or keeps them as XML text, together with the namespace declarations that the text needs.

use memchr::memmem;
use xsdgen_datatypes::names::is_name_char;

use super::reader::Reader;
use super::scope::Scope;
use super::tag::{Attribute, Tag};
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::XSI;
use crate::style::{Found, Kept, Piece};
use crate::text::bytes::tag_len;
use crate::text::escape;

use crate::tables::{FieldInfo, Process, ValueFlags};
use crate::value::Value;

impl<'a> Reader<'a> {
    /// Skips an element whose start tag was read. Its depth counts towards the limit, but does not use the stack.
    pub(super) fn skip(&mut self, tag: &Tag) -> Result<()> {
        if !tag.plain {
            self.check_attribute_count(tag, 0)?;
        }
        if tag.empty {
            return self.closed(tag.mark);
        }
        self.characters()?;
        if self.rest().starts_with("</") {
            self.end_tag(tag)?;
            return self.closed(tag.mark);
        }
        let mut open = vec![*tag];
        while let Some(inner) = open.last().copied() {
            self.characters()?;
            if self.rest().starts_with("</") {
                self.end_tag(&inner)?;
                self.closed(inner.mark)?;
                open.pop();
                continue;
            }
            let child = self.start_tag()?;
            self.check_attribute_count(&child, 0)?;
            if child.empty {
                self.closed(child.mark)?;
            } else {
                open.push(child);
                self.check_depth(open.len(), &child)?;
            }
        }
        Ok(())
    }

    /// Leaves out an element whose start tag was read, because the value has no place for it. If the options ask for it, the element is kept
    /// beside the value.
    #[cold]
    pub(super) fn leave_out(&mut self, tag: &Tag) -> Result<()> {
        if self.strict || !self.options.keep_unknown {
            return self.skip(tag);
        }
        let scope = self.scope_before(tag);
        self.skip(tag)?;
        let xml = self.text.get(tag.at..self.at).unwrap_or_default();
        let own = tag_len(xml.as_bytes()).and_then(|len| xml.get(..len)).unwrap_or(xml);
        let mut declarations: Vec<_> = needed(xml, scope)
            .filter(|(prefix, _)| !declares(own, &declaration(prefix)))
            .map(|(prefix, uri)| (prefix.to_owned(), uri))
            .collect();
        if declarations.iter().all(|(prefix, _)| !prefix.is_empty()) && !declares(own, " xmlns") {
            declarations.push((String::new(), String::new()));
        }
        let piece = Piece::Element { xml: xml.to_owned(), name: tag.len, declarations };
        self.kept.push(Found { at: tag.at, piece });
        Ok(())
    }

    /// Keeps an attribute beside the value.
    #[cold]
    pub(super) fn keep_attribute(&mut self, tag: &Tag, uri: &str, attribute: &Attribute<'_>) {
        let (prefix, local) = (attribute.prefix.to_owned(), attribute.local.to_owned());
        let piece = Piece::Attribute { prefix, uri: uri.to_owned(), local, value: attribute.value.clone().into_owned() };
        self.kept.push(Found { at: tag.at, piece });
    }

    /// Returns what was kept beside the value, with its places in the document.
    pub(crate) fn take_kept(&mut self) -> Result<Kept> {
        match std::mem::take(&mut self.kept) {
            found if found.is_empty() => Ok(Kept::default()),
            found => Kept::of(self.text, found),
        }
    }

    /// Keeps the element whose start tag was read, and returns `None`, because nothing of it is left to be read.
    ///
    /// # Errors
    /// Fails if the element is not well-formed.
    pub fn keep_into<'v>(&mut self, tag: &Tag, kept: &mut AnyElement) -> Result<Option<&'v mut dyn Value>> {
        if self.edit.is_some() {
            return self.edit_kept();
        }
        *kept = self.keep_admitted(tag, Process::Skip)?;
        Ok(None)
    }

    /// Keeps an element that a wildcard admits. Strict mode validates it as the wildcard's `processContents` requires.
    pub(crate) fn keep_admitted(&mut self, tag: &Tag, process: Process) -> Result<AnyElement> {
        let mut element =
            AnyElement { namespace: self.uri_of(tag).to_owned(), name: self.split_name(tag).1.to_owned(), xml: String::new() };
        let scope = self.scope_before(tag);
        let from = tag.at;
        // `xsi:nil` is part of the kept text.
        self.nil_body = false;
        self.check_depth(1, tag)?;
        if self.strict {
            self.wildcard_element(tag, process)?
        } else {
            self.skip(tag)?
        }
        element.xml = self.self_contained(from, tag.len, &scope);
        Ok(element)
    }

    /// Keeps the attributes and the content of the element whose start tag was read.
    ///
    /// # Errors
    /// Fails if the element is not well-formed.
    pub(crate) fn keep_content(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<AnyType> {
        if self.strict && !item.kind.is(ValueFlags::NILLABLE) && self.xsi(tag, "nil").is_some() {
            return Err(Error::at(ErrorKind::Type, tag.at, "this element cannot be nil").step("@nil"));
        }
        if item.fixed && self.is_nil(tag)? {
            self.nil_and_fixed(item, tag)?;
        }
        self.keep_with(tag, |reader| reader.any_content(tag))
    }

    /// Keeps the attributes and the content. Strict mode validates them with `check`.
    pub(super) fn keep_with(&mut self, tag: &Tag, check: impl FnOnce(&mut Self) -> Result<()>) -> Result<AnyType> {
        let mut kept = AnyType::default();
        // If the fast path found a tag without attributes, the stored attributes belong to an earlier tag, and their prefixes may be out of
        // scope.
        for attribute in self.attributes.iter().filter(|_| !tag.plain) {
            let namespace = self.attribute_uri(attribute)?.to_owned();
            kept.attributes.push(AnyAttribute { namespace, name: attribute.local.to_owned(), value: attribute.value.clone().into_owned() });
        }
        kept.attributes.retain(|attribute| attribute.namespace != XSI || attribute.name == "type" || attribute.name == "nil");
        let from = self.at;
        let scope: Vec<(&'a str, String)> = self.in_scope(self.scopes.len());
        self.check_depth(1, tag)?;
        if self.strict {
            check(self)?
        } else {
            self.skip(tag)?
        }
        if !tag.empty {
            let whole = self.text.get(from..self.at).unwrap_or_default();
            let inner = whole.get(..whole.rfind("</").unwrap_or(0)).unwrap_or_default();
            kept.xml = inner.to_owned();
            kept.namespaces = needed(inner, scope.clone()).map(|(prefix, uri)| (prefix.to_owned(), uri)).collect();
        }
        for attribute in &kept.attributes {
            // Values may contain prefixes too, such as the value of xsi:type.
            let more =
                needed(&attribute.value, scope.clone()).filter(|(prefix, _)| kept.namespaces.iter().all(|(known, _)| known != prefix));
            let more: Vec<_> = more.map(|(prefix, uri)| (prefix.to_owned(), uri)).collect();
            kept.namespaces.extend(more);
        }
        Ok(kept)
    }

    /// Takes the attribute that is about to go into a slot.
    pub fn take_attribute(&mut self) -> Option<AnyAttribute> {
        self.kept_attribute.take()
    }

    fn scope_before(&self, tag: &Tag) -> Vec<(&'a str, String)> {
        self.in_scope(tag.mark)
    }

    /// Returns the declarations in scope, considering only the first `count` ones.
    fn in_scope(&self, count: usize) -> Vec<(&'a str, String)> {
        let scopes = self.scopes.get(..count).unwrap_or_default();
        let shadowed = |index: usize, scope: &Scope<'_>| scopes.iter().skip(index + 1).any(|later| later.prefix == scope.prefix);
        let live = scopes.iter().enumerate().filter(|(index, scope)| !shadowed(*index, scope));
        let mut declarations: Vec<(&'a str, String)> = live.map(|(_, scope)| (scope.prefix, scope.uri.to_string())).collect();
        if self.takes_undeclared() {
            let usual = self.schema.namespaces().iter().filter(|it| scopes.iter().all(|scope| scope.prefix != it.prefix()));
            declarations.extend(usual.map(|it| (it.prefix(), it.uri().to_owned())));
            if self.lookup("xsi").is_none() {
                declarations.push(("xsi", XSI.to_owned()));
            }
        }
        declarations
    }

    /// Returns the text of the element from the offset `from` to the cursor, with the declarations that it needs added to its start tag.
    fn self_contained(&self, from: usize, name: usize, scope: &[(&'a str, String)]) -> String {
        let raw = self.text.get(from..self.at).unwrap_or_default();
        let (start, rest) = raw.split_at_checked(name + 1).unwrap_or((raw, ""));
        let own = tag_len(raw.as_bytes()).and_then(|len| raw.get(..len)).unwrap_or(raw);
        let mut xml = start.to_owned();
        for (prefix, uri) in needed(raw, scope.to_vec()) {
            let declaration = declaration(prefix);
            if !declares(own, &declaration) {
                xml.push_str(&declaration);
                xml.push_str("=\"");
                escape::attribute(&uri, &mut xml);
                xml.push('"');
            }
        }
        xml.push_str(rest);
        xml
    }
}

/// Returns the start of the declaration of a prefix.
fn declaration(prefix: &str) -> String {
    if prefix.is_empty() { " xmlns".to_owned() } else { format!(" xmlns:{prefix}") }
}

/// Returns whether a start tag has this declaration, ` xmlns` or ` xmlns:prefix`, as an attribute and not inside a value.
fn declares(tag: &str, declaration: &str) -> bool {
    let mut rest = tag;
    while let Some(quote) = rest.find(['"', '\'']) {
        let (before, after) = rest.split_at_checked(quote).unwrap_or((rest, ""));
        let name = before.trim_end().strip_suffix('=').unwrap_or_default().trim_end();
        if name.strip_suffix(declaration.trim_start()).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_whitespace())) {
            return true;
        }
        let value = after.get(1..).unwrap_or_default();
        rest = after.chars().next().and_then(|quote| value.split_once(quote)).map_or("", |(_, rest)| rest);
    }
    false
}

/// Returns the declarations that a piece of XML may need: those of prefixes that occur before a colon in it, in names or in values.
fn needed<'a>(xml: &str, scope: Vec<(&'a str, String)>) -> impl Iterator<Item = (&'a str, String)> {
    scope.into_iter().filter(|(prefix, uri)| match prefix.is_empty() {
        true => !uri.is_empty(),
        false => memmem::find_iter(xml.as_bytes(), format!("{prefix}:").as_bytes())
            .any(|found| !xml.get(..found).is_some_and(|before| before.ends_with(|c| is_name_char(c) || c == ':'))),
    })
}
