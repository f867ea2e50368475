//! Keeping of elements and content as XML text, together with the namespace declarations that the text needs. Reading it as a type later is done in
//! `any`.

use memchr::memmem;
use xsdgen_datatypes::names::is_name_char;

use super::attributes::Attribute;
use super::leaf::{Literal, listed, plain_preset};
use super::names::{Scope, XSI};
use super::{Reader, Step, Tag};
use crate::any::{AnyAttribute, AnyElement, AnyType};
use crate::error::{Error, ErrorKind, Result, schema_excerpt};
use crate::text::bytes::tag_len;
use crate::text::escape;

use crate::note::NoteKind;
use crate::tables::{Content, FieldInfo, Process, TypeInfo, ValueFlags};
use crate::value::{Slot, TextMatch, Value};

impl<'a> Reader<'a> {
    /// Keeps the element whose start tag was read, and returns `None`, because nothing of it is left to be read.
    ///
    /// # Errors
    /// Fails if the element is not well-formed.
    pub fn keep_into<'v>(&mut self, tag: &Tag, kept: &mut AnyElement) -> Result<Option<&'v mut dyn Value>> {
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
            self.wild(tag, process)?
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
    fn keep_with(&mut self, tag: &Tag, check: impl FnOnce(&mut Self) -> Result<()>) -> Result<AnyType> {
        let mut kept = AnyType::default();
        // If the fast path found a tag without attributes, the stored attributes belong to an earlier tag, and their prefixes may be out of scope.
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

    /// Tells whether the element whose start tag was read is nil according to `xsi:nil`. If it is, the element is read to its end.
    ///
    /// # Errors
    /// Fails on an invalid nil element, such as one with content in strict mode.
    pub(crate) fn nil(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<bool> {
        if !self.is_nil(tag)? {
            if self.strict {
                self.drop_xsi(tag, "nil"); // `xsi:nil="false"` is allowed and has no effect
            }
            return Ok(false);
        }
        self.nil_and_fixed(item, tag)?;
        if let Some(type_info) = item.type_info().filter(|type_info| type_info.is_abstract) {
            self.abstract_type(type_info, tag)?;
        }
        // Nil elements of types with attributes are read by `nil_follows` instead, so only attributes of `xsi` are expected here.
        let attributes = std::mem::take(&mut self.attributes);
        for attribute in &attributes {
            let type_info = item.type_info().filter(|_| !item.kind.is(ValueFlags::POLYMORPHIC));
            match self.attribute_uri(attribute)? {
                XSI if attribute.local == "type" => match type_info {
                    Some(type_info) => self.xsi_attribute(type_info, tag, attribute)?,
                    None => self.note(NoteKind::TypeLeftOut, tag.at, Step::Attribute("type")),
                },
                XSI => {}
                _ => self.unknown_attribute(tag, attribute.local)?,
            }
        }
        self.attributes = attributes;
        if item.type_info().is_some_and(|type_info| type_info.content == Content::Text) {
            self.watch_value(None)?;
        }
        self.skip_nil(tag)?;
        Ok(true)
    }

    /// Skips the content of a nil element, which should be empty. Comments and processing instructions do not count as content.
    pub(super) fn skip_nil(&mut self, tag: &Tag) -> Result<()> {
        if !tag.empty {
            let from = self.at;
            let bare = self.characters()?.is_empty() && self.rest().starts_with("</");
            self.at = from;
            if !bare {
                self.nil_with_content(tag)?;
            }
        }
        self.skip(tag)
    }

    /// Notes or rejects content of a nil element (Part 1, section 3.3.4, clause 3.2.1).
    #[cold]
    pub(super) fn nil_with_content(&mut self, tag: &Tag) -> Result<()> {
        if self.strict {
            return Err(Error::at(ErrorKind::Type, tag.at, "a nil element has no content"));
        }
        self.note(NoteKind::NilContent, tag.at, Step::None);
        Ok(())
    }

    /// Notes or rejects `xsi:nil` on an element with a fixed value (Part 1, section 3.3.4, clause 3.2.2 of cvc-elt).
    pub(super) fn nil_and_fixed(&mut self, item: &FieldInfo, tag: &Tag) -> Result<()> {
        match item.value_constraint.filter(|_| item.fixed) {
            Some(fixed) => {
                let message = |_: &Self| format!("the value is fixed as `{}`: this element cannot be nil", schema_excerpt(fixed));
                self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), message)
            }
            None => Ok(()),
        }
    }

    /// Tells whether the element whose start tag was read is nil according to `xsi:nil`. If it is, the next record is read as having attributes only.
    pub(crate) fn nil_follows(&mut self, item: &FieldInfo, tag: &Tag) -> Result<bool> {
        let nil = self.is_nil(tag)?;
        if nil {
            self.nil_and_fixed(item, tag)?;
        }
        self.drop_xsi(tag, "nil");
        self.nil_body = nil;
        Ok(nil)
    }

    /// Removes an attribute in the namespace of `xsi:type` from the start tag that was read last, because it has been handled.
    pub(super) fn drop_xsi(&mut self, tag: &Tag, local: &str) {
        if let Some((_, at)) = self.xsi(tag, local) {
            self.attributes.retain(|attribute| attribute.at != at);
        }
    }

    /// Tells whether `xsi:type` names the declared type of the element. If it does, the attribute is removed, and the type that holds the value
    /// writes it again.
    pub(crate) fn names_declared(&mut self, tag: &Tag, type_info: Option<&'static TypeInfo>) -> bool {
        let named = match (self.xsi(tag, "type"), type_info) {
            (Some((name, _)), Some(type_info)) => self.is_type(&name, type_info, |one, other| one == other),
            _ => false,
        };
        if named {
            self.drop_xsi(tag, "type");
        }
        named
    }

    /// Tells whether the element whose start tag was read has an `xsi:type`.
    #[must_use]
    pub fn is_told(&self, tag: &Tag) -> bool {
        !tag.plain && self.xsi(tag, "type").is_some()
    }

    /// Reads an element whose simple type `xsi:type` replaces: puts its text into the slot and returns its attributes. Strict mode checks that the
    /// type is allowed here and that the element is valid.
    pub(crate) fn told_leaf(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot) -> Result<AnyType> {
        let from = self.at;
        let nil = self.is_nil(tag)?;
        if nil {
            self.nil_and_fixed(item, tag)?;
        }
        let text = if tag.empty || nil { "".into() } else { self.characters()? };
        self.at = from;
        let raw = text;
        let text = self.shaped(item, &raw);
        let value_constraint = item.value_constraint.filter(|_| if self.strict { raw.is_empty() } else { text.is_empty() });
        let plain = value_constraint.map(|value_constraint| plain_preset(item.simple(), value_constraint));
        let text = plain.as_deref().unwrap_or(&text);
        let text = listed(item, text).unwrap_or(text);
        // The value is read while the declarations of the tag are in scope, because its prefixes may be declared there.
        let fit = if nil { TextMatch::Yes } else { self.put_into(item, slot, Literal { text, expanded: value_constraint }) };
        let mut kept = self.keep_with(tag, |reader| reader.told_in_place(item, tag))?;
        kept.xml.clear();
        if nil {
            slot.nil();
        }
        self.judge(item, fit, text, tag.at, Step::None)?;
        Ok(kept)
    }

    /// Tells whether the element whose start tag was read has attributes other than `xsi:nil` and schema locations.
    pub(crate) fn has_more_than_nil(&self, tag: &Tag) -> bool {
        let says_nothing = |attribute: &Attribute<'_>| {
            let of_xsi = self.attribute_uri(attribute).is_ok_and(|uri| uri == XSI);
            of_xsi && (attribute.local == "nil" || attribute.local.ends_with("chemaLocation"))
        };
        !tag.plain && !self.attributes.iter().all(says_nothing)
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
            let declaration = if prefix.is_empty() { " xmlns".to_owned() } else { format!(" xmlns:{prefix}") };
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

/// Tells whether a start tag has this declaration, ` xmlns` or ` xmlns:prefix`, as an attribute and not inside a value.
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
