//! Skips elements, or keeps them as XML text, together with the namespace declarations that the text needs.

use std::collections::BTreeSet;

use memchr::memchr_iter;
use xsdgen_datatypes::names::is_name_char;

use super::mend::{Mended, mend, raw_name};
use super::reader::Reader;
use super::tag::{Attribute, Space, Tag};
use crate::any::{AnyAttribute, AnyElement, AnyType, Around, NamespaceName};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::XSI;
use crate::style::{Found, Kept, Piece};
use crate::tables::{FieldInfo, Process, ValueFlags};
use crate::text::escape;
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
        if self.window.is_some() {
            return self.skip_in_window(tag);
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
        let own = self.own_prefixes(tag);
        self.skip(tag)?;
        let raw = self.text.get(tag.at..self.at).unwrap_or_default();
        let Mended { text: xml, default } = self.mended(raw, &[]);
        let has_default = default || own.contains(&"");
        let needed = self.needed(&xml, &[]).into_iter().filter(|(prefix, _)| !(own.contains(prefix) || default && prefix.is_empty()));
        let mut declarations: Vec<(String, NamespaceName)> = needed.map(|(prefix, uri)| (prefix.to_owned(), uri)).collect();
        if declarations.iter().all(|(prefix, _)| !prefix.is_empty()) && !has_default {
            declarations.push((String::new(), NamespaceName::default()));
        }
        let piece = Piece::Element { name: raw_name(&xml).len(), xml: xml.into_owned(), declarations };
        self.kept.push(Found { at: tag.at, piece });
        Ok(())
    }

    /// Keeps an attribute beside the value.
    #[cold]
    pub(super) fn keep_attribute(&mut self, tag: &Tag, uri: NamespaceName, attribute: &Attribute<'_>) {
        // An undeclared prefix that means nothing stands for no namespace.
        let prefix = if uri.is_empty() { String::new() } else { attribute.prefix.to_owned() };
        let local = attribute.local.to_owned();
        let piece = Piece::Attribute { prefix, uri, local, value: attribute.value.clone().into_owned() };
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
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
        let namespace = self.shared_uri_of(tag);
        let own = self.own_prefixes(tag);
        // `xsi:nil` is part of the kept text.
        self.nil_body = false;
        self.check_depth(1, tag)?;
        if self.strict {
            self.wildcard_element(tag, process)?
        } else {
            self.skip(tag)?
        }
        let raw = self.text.get(tag.at..self.at).unwrap_or_default();
        let Mended { text, default } = self.mended(raw, &[]);
        let is_needed = |prefix: &str| !(own.contains(&prefix) || default && prefix.is_empty());
        let needed: Vec<_> = self.needed(&text, &[]).into_iter().filter(|(prefix, _)| is_needed(prefix)).collect();
        let around = self.shared(&needed);
        Ok(self.keeper.element(namespace, &text, around))
    }

    /// Keeps the attributes and the content of the element whose start tag was read.
    ///
    /// # Errors
    /// Fails if the element is not well-formed.
    pub(crate) fn keep_content(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<AnyType> {
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
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
        let (mut kept, mut values) = (AnyType::default(), Vec::new());
        // If the fast path found a tag without attributes, the stored attributes belong to an earlier tag, and their prefixes may be out of
        // scope.
        for attribute in self.attributes.iter().filter(|_| !tag.plain) {
            let namespace = self.shared_attribute_uri(attribute)?;
            if namespace != XSI || attribute.local == "type" || attribute.local == "nil" {
                values.push(attribute.value.clone());
                kept.attributes.push(self.keeper.attribute(namespace, attribute.local, &attribute.value));
            }
        }
        let from = self.at;
        let own: Vec<_> = self.scopes.since(tag.mark).iter().map(|scope| (scope.prefix, scope.shared().clone())).collect();
        self.check_depth(1, tag)?;
        if self.strict {
            check(self)?
        } else {
            self.skip(tag)?
        }
        if !tag.empty {
            let whole = self.text.get(from..self.at).unwrap_or_default();
            let inner = whole.get(..whole.rfind("</").unwrap_or(0)).unwrap_or_default();
            let inner = self.mended(inner, &own).text;
            kept.namespaces = self.needed(&inner, &own).into_iter().map(|(prefix, uri)| (prefix.to_owned(), uri)).collect();
            kept.xml = inner.into_owned();
        }
        for value in &values {
            // Values may contain prefixes too, such as the value of xsi:type.
            for (prefix, uri) in self.needed(value, &own) {
                if kept.namespaces.iter().all(|(known, _)| known != prefix) {
                    kept.namespaces.push((prefix.to_owned(), uri));
                }
            }
        }
        Ok(kept)
    }

    /// Takes the attribute that is about to go into a slot.
    pub fn take_attribute(&mut self) -> Option<AnyAttribute> {
        self.kept_attribute.take()
    }

    /// Returns the prefixes that a start tag itself declares.
    fn own_prefixes(&self, tag: &Tag) -> Vec<&'a str> {
        self.scopes.since(tag.mark).iter().map(|scope| scope.prefix).collect()
    }

    /// Returns the declarations that a piece of XML may need: those of prefixes that occur before a colon in it, in names or in values. The
    /// declarations in `own` come after those in scope.
    fn needed(&self, xml: &str, own: &[(&'a str, NamespaceName)]) -> Vec<(&'a str, NamespaceName)> {
        let mut found = BTreeSet::new();
        for prefix in prefixes(xml).chain([""]) {
            let known = match own.iter().position(|(known, _)| *known == prefix) {
                Some(index) => Some(Declared::Own(index)),
                None => self.scopes.find(prefix).map(Declared::Around),
            };
            found.extend(known.or_else(|| self.usual(prefix)));
        }
        let declaration = |declared| match declared {
            Declared::Around(index) => self.scopes.at(index).map(|scope| (scope.prefix, scope.shared().clone())),
            Declared::Own(index) => own.get(index).cloned(),
            Declared::Usual(number) => self.schema.at(number).map(|it| (it.prefix(), NamespaceName::from(it.uri()))),
            Declared::Xsi => Some(("xsi", NamespaceName::from(XSI))),
        };
        found.into_iter().filter_map(declaration).filter(|(prefix, uri)| !prefix.is_empty() || !uri.is_empty()).collect()
    }

    /// Returns a piece of XML of the document in a form that is well-formed with the declarations that it needs. The declarations in `own` come
    /// after those in scope.
    fn mended<'x>(&self, raw: &'x str, own: &[(&'a str, NamespaceName)]) -> Mended<'x>
    where
        'a: 'x,
    {
        let known = |prefix: &str| {
            let declared = || own.iter().any(|(known, _)| *known == prefix) || self.scopes.find(prefix).is_some();
            prefix == "xml" || declared() || self.usual(prefix).is_some()
        };
        let bare = || self.options.bare_ampersands && raw.contains('&');
        let undeclared = || self.takes_undeclared() && prefixes(raw).any(|prefix| prefix != "xmlns" && !known(prefix));
        if self.strict || !bare() && !undeclared() {
            return Mended { text: raw.into(), default: false };
        }
        let around = || self.scopes.get("").map(|scope| scope.uri.clone().into_owned());
        let uri = own.iter().find(|(prefix, _)| prefix.is_empty()).map(|(_, uri)| uri.to_string()).or_else(around);
        let mut default = String::new();
        escape::attribute(&uri.unwrap_or_default(), &mut default);
        let Mended { text, default } = mend(raw, &default, &known);
        Mended { text: text.into_owned().into(), default }
    }

    /// Returns the meaning of an undeclared prefix, if such prefixes are accepted.
    fn usual(&self, prefix: &str) -> Option<Declared> {
        if !self.takes_undeclared() {
            return None;
        }
        let usual = self.schema.by_prefix(prefix).map(|namespace| Declared::Usual(namespace.index()));
        usual.or_else(|| (prefix == "xsi").then_some(Declared::Xsi))
    }

    /// Returns declarations in the form that elements share: those of the element that was kept last, if they are the same.
    fn shared(&mut self, needed: &[(&'a str, NamespaceName)]) -> Around {
        if needed.is_empty() {
            return None;
        }
        let same = |last: &[(Box<str>, NamespaceName)]| {
            last.len() == needed.len()
                && last.iter().zip(needed).all(|((prefix, uri), (other, other_uri))| **prefix == **other && uri == other_uri)
        };
        if !self.last_around.as_deref().is_some_and(same) {
            self.last_around = Some(needed.iter().map(|(prefix, uri)| (Box::from(*prefix), uri.clone())).collect());
        }
        self.last_around.clone()
    }

    /// Returns the namespace of an element in the form that values share.
    pub(super) fn shared_uri_of(&mut self, tag: &Tag) -> NamespaceName {
        match tag.space {
            Space::Known(0) | Space::Undeclared => NamespaceName::default(),
            Space::Known(number) => {
                let at = usize::from(number);
                if self.names.len() <= at {
                    self.names.resize(at + 1, None);
                }
                let uri = self.schema.uri(number);
                let known = self.names.get_mut(at).map(|known| match known {
                    Some(name) if **name == *uri => name.clone(),
                    _ => known.insert(uri.into()).clone(),
                });
                known.unwrap_or_default()
            }
            Space::Foreign => match self.scopes.get(self.split_name(tag).0) {
                Some(scope) => scope.shared().clone(),
                None => self.uri_of(tag).into(),
            },
        }
    }

    /// Returns the namespace of an attribute in the form that values share.
    pub(super) fn shared_attribute_uri(&self, attribute: &Attribute<'_>) -> Result<NamespaceName> {
        match attribute.prefix {
            "" => Ok(NamespaceName::default()),
            prefix => match self.scopes.get(prefix) {
                Some(scope) => Ok(scope.shared().clone()),
                None => Ok(self.attribute_uri(attribute)?.into()),
            },
        }
    }
}

/// Where a declaration comes from, in the order in which declarations are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Declared {
    /// An element around, given the index of the declaration.
    Around(usize),
    /// The element itself.
    Own(usize),
    /// The schema set, given the number of the namespace, because the prefix is undeclared.
    Usual(u16),
    /// The usual meaning of the prefix `xsi`.
    Xsi,
}

/// Returns what may be a prefix in a piece of XML: each name before a colon.
fn prefixes(xml: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    memchr_iter(b':', xml.as_bytes()).filter_map(move |colon| {
        let before = xml.get(from..colon).unwrap_or_default();
        let behind_colon = from > 0;
        from = colon + 1;
        let start =
            before.rfind(|c| !is_name_char(c)).map(|at| at + before.get(at..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8));
        match start {
            None if behind_colon => None,
            start => before.get(start.unwrap_or(0)..).filter(|name| !name.is_empty()),
        }
    })
}
