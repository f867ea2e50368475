//! Reads `xsi:nil` and elements that are nil (XML Schema Part 1, section 3.3.4).

use super::reader::{Reader, Step};
use super::tag::{Attribute, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt, schema_excerpt};
use crate::note::NoteKind;
use crate::schema::XSI;
use crate::tables::{Content, FieldInfo, ValueFlags};

impl Reader<'_> {
    /// Returns whether the element is nil according to `xsi:nil`.
    pub(super) fn is_nil(&self, tag: &Tag) -> Result<bool> {
        match self.xsi(tag, "nil") {
            None => Ok(false),
            Some((value, at)) => match &*value {
                "true" | "1" => Ok(true),
                "false" | "0" => Ok(false),
                _ => Err(Error::at(ErrorKind::Value, at, format!("xsi:nil is {}", excerpt(&value)))),
            },
        }
    }

    /// Returns whether the element whose start tag was read is nil according to `xsi:nil`. If it is, the element is read to its end.
    ///
    /// # Errors
    /// Fails on an invalid nil element, such as one with content in strict mode.
    pub(crate) fn nil(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<bool> {
        if let Some(edit) = &self.edit {
            return Ok(edit.stays_nil());
        }
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
                _ => self.unknown_attribute(tag, attribute.local, None)?,
            }
        }
        self.attributes = attributes;
        if item.type_info().is_some_and(|type_info| type_info.content == Content::Text) {
            self.identity_nil()?;
        }
        self.skip_nil(tag)?;
        Ok(true)
    }

    /// Returns whether the element is nil, as `nil` does. A kept element keeps all its attributes, even if it is nil, and is not read here then.
    ///
    /// # Errors
    /// Fails in the same cases as [`Reader::structure`].
    pub fn nil_unless_kept(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<bool> {
        let kept = item.kind.is(ValueFlags::KEPT) && self.has_more_than_nil(tag);
        if kept { Ok(false) } else { self.nil(item, tag) }
    }

    /// Skips the content of a nil element, which should be empty. Comments and processing instructions do not count as content.
    pub(super) fn skip_nil(&mut self, tag: &Tag) -> Result<()> {
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
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
            return self.refuse(Error::at(ErrorKind::Type, tag.at, "a nil element has no content"));
        }
        self.note(NoteKind::NilContent, tag.at, Step::None);
        Ok(())
    }

    /// Notes or rejects `xsi:nil` on an element with a fixed value (Part 1, section 3.3.4, clause 3.2.2 of cvc-elt).
    pub(super) fn nil_and_fixed(&mut self, item: &FieldInfo, tag: &Tag) -> Result<()> {
        match item.value_constraint.filter(|_| item.fixed) {
            Some(fixed) => {
                let message = |_: &Self| format!("the value is fixed as `{}`: this element cannot be nil", schema_excerpt(fixed));
                self.report(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), message)
            }
            None => Ok(()),
        }
    }

    /// Returns whether the element whose start tag was read is nil according to `xsi:nil`. If it is, only the attributes of the next record
    /// are read.
    ///
    /// # Errors
    /// Fails if `xsi:nil` has no value of `xs:boolean`, or is not allowed.
    pub fn nil_follows(&mut self, item: &FieldInfo, tag: &Tag) -> Result<bool> {
        if let Some(edit) = &self.edit {
            return Ok(edit.stays_nil());
        }
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

    /// Returns whether the element whose start tag was read has attributes other than `xsi:nil` and schema locations.
    pub(crate) fn has_more_than_nil(&self, tag: &Tag) -> bool {
        let says_nothing = |attribute: &Attribute<'_>| {
            let of_xsi = self.attribute_uri(attribute).is_ok_and(|uri| uri == XSI);
            of_xsi && (attribute.local == "nil" || attribute.local.ends_with("chemaLocation"))
        };
        !tag.plain && !self.attributes.iter().all(says_nothing)
    }
}
