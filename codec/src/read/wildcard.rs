//! Validates elements and attributes that a wildcard admits, and elements of the type `xs:anyType`, against their declarations. Only strict
//! mode does this (XML Schema Part 1, section 3.10.4). The XML is kept in `keep`.

use std::borrow::Cow;

use super::leaf::{Literal, Place, plain_value};
use super::reader::{Reader, Step};
use super::tag::Space;
use super::tag::{Attribute, Tag};
use super::xsi_type::XsiType;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::schema::rules::NamedKind;
use crate::schema::{XML, XSI};
use crate::simple::{SimpleType, trim, words};
use crate::tables::{FieldInfo, Process, ValueFlags};

/// The item of an element of which only the type is known.
static ANY: FieldInfo = FieldInfo::bare("", "", "");

impl<'a> Reader<'a> {
    /// Reads a whole element that a wildcard admits.
    pub(super) fn wildcard_element(&mut self, tag: &Tag, process: Process) -> Result<()> {
        if process == Process::Skip {
            return self.skip(tag);
        }
        if let Some(globals) = self.globals
            && let Some((index, item)) = self.global(globals.items, tag)
        {
            self.declared(item, tag, true)?;
            return globals.read.read(self, index, item, tag);
        }
        if self.xsi(tag, "type").is_some() {
            return self.any_content(tag);
        }
        if process == Process::Strict && !self.has_schema_location(self.uri_of(tag)) {
            let message = format!("{} is not declared, as the wildcard asks", excerpt(self.raw_name(tag)));
            return Err(Error::at(ErrorKind::UnexpectedElement, tag.at, message));
        }
        self.any_content(tag)
    }

    /// Returns whether the schema set does not have this namespace and the document gives a schema location for it. What the namespace
    /// declares is unknown then.
    fn has_schema_location(&self, uri: &str) -> bool {
        self.schema.find(uri).is_none() && self.schema_locations.iter().any(|hint| words(hint).step_by(2).any(|namespace| namespace == uri))
    }

    fn global(&self, items: &'static [FieldInfo], tag: &Tag) -> Option<(usize, &'static FieldInfo)> {
        let local = self.split_name(tag).1;
        let is_it = |item: &FieldInfo| item.local == local && tag.space == Space::Known(item.namespace);
        items.iter().enumerate().find(|(_, item)| is_it(item))
    }

    /// Reads a whole element of the type `xs:anyType`, or of the type that `xsi:type` names.
    pub(super) fn any_content(&mut self, tag: &Tag) -> Result<()> {
        if let Some((text, _)) = self.xsi(tag, "type") {
            match self.xsi_type(&text, tag)? {
                Some(XsiType::Any) => {}
                Some(named) => return self.content_of_type(named, tag),
                None if !self.knows_types() => {}
                None => {
                    let message = format!("the type {} is not declared", excerpt(&text));
                    return Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"));
                }
            }
        }
        let nil = self.is_nil(tag)?;
        if !tag.plain {
            self.check_attribute_count(tag, 0)?;
            let attributes = self.attributes.clone();
            for attribute in &attributes {
                self.wildcard_attribute(tag, attribute, Process::Lax)?;
            }
            self.wildcard_identifiers(&[], tag)?;
        }
        if nil { self.skip_nil(tag) } else { self.any_children(tag) }
    }

    fn any_children(&mut self, tag: &Tag) -> Result<()> {
        if !tag.empty {
            self.depth += 1;
            self.check_depth(0, tag)?;
            loop {
                self.characters()?;
                if self.rest().starts_with("</") {
                    self.end_tag(tag)?;
                    break;
                }
                let child = self.start_tag()?;
                self.check_depth(1, &child)?;
                self.wildcard_element(&child, Process::Lax)?;
            }
            self.depth -= 1;
        }
        self.closed(tag.mark)
    }

    /// Reads a whole element whose `xsi:type` names another type than the declared one.
    fn content_of_type(&mut self, named: XsiType, tag: &Tag) -> Result<()> {
        let wrong = |message: &str| Err(Error::at(ErrorKind::Type, tag.at, message).step("@type"));
        let own = match named {
            XsiType::Any => return self.any_children(tag),
            XsiType::Builtin(builtin) => SimpleType::of(builtin),
            XsiType::Named(named) => match named.kind {
                NamedKind::Abstract => return wrong("the type is abstract"),
                NamedKind::Simple(simple) => *simple,
                NamedKind::Complex(ty) => {
                    if self.is_nil(tag)? {
                        self.identity_nil()?;
                        return self.skip_nil(tag);
                    }
                    return ty.read(self, &ANY, tag);
                }
            },
        };
        self.simple_content(&own, tag)
    }

    /// Reads a whole element of this simple type.
    fn simple_content(&mut self, simple: &SimpleType, tag: &Tag) -> Result<()> {
        self.check_attribute_count(tag, 0)?;
        let attributes = std::mem::take(&mut self.attributes);
        for attribute in &attributes {
            if self.attribute_uri(attribute)? != XSI {
                self.unknown_attribute(tag, attribute.local, None)?;
            }
        }
        self.attributes = attributes;
        if self.is_nil(tag)? {
            self.identity_nil()?;
            return self.skip_nil(tag);
        }
        let outer = self.outer.take();
        let text = self.text_of(tag)?;
        let value_constraint = outer.and_then(|item| item.value_constraint).filter(|_| text.is_empty());
        let plain = value_constraint.map_or(Cow::Borrowed(&*text), |value_constraint| plain_value(Some(simple), value_constraint));
        let literal = Literal { text: &plain, expanded: value_constraint };
        let secret = outer.is_some_and(FieldInfo::is_secret);
        self.valid(simple, literal, &Place { at: tag.at, step: Step::None, owner: self.parent.at, secret })?;
        if let Some(item) = outer.filter(|item| item.fixed && value_constraint.is_none())
            && let Some(fixed) = item.value_constraint
        {
            self.is_fixed(item, Some(simple), fixed, literal.text, tag.at, Step::None)?;
        }
        if self.identity.is_some() {
            self.identity_text(Some(simple), literal)?;
        }
        self.closed(tag.mark)
    }

    /// Reads a whole element whose simple type `xsi:type` may replace.
    pub(super) fn leaf_of_other_type(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        if !item.kind.is(ValueFlags::NILLABLE) && self.xsi(tag, "nil").is_some() {
            return Err(Error::at(ErrorKind::Type, tag.at, "this element cannot be nil").step("@nil"));
        }
        let named = self.derived_xsi_type(item, tag)?;
        self.outer = Some(item).filter(|item| item.value_constraint.is_some() || item.is_secret());
        match (named, item.simple()) {
            (Some(named), _) => self.content_of_type(named, tag),
            (None, Some(declared)) => self.simple_content(declared, tag),
            (None, None) => self.any_content(tag),
        }
    }

    /// Validates an attribute that a wildcard admits.
    pub(super) fn wildcard_attribute(&mut self, tag: &Tag, attribute: &Attribute<'a>, process: Process) -> Result<()> {
        let uri = self.shared_attribute_uri(attribute)?;
        if process == Process::Skip || uri == XSI {
            return Ok(());
        }
        let found = self.schema.rules().and_then(|rules| rules.attribute(self.schema, &uri, attribute.local));
        let step = Step::Attribute(attribute.local);
        let Some(global) = found else {
            if process == Process::Strict && uri != XML && !self.has_schema_location(&uri) {
                let message = format!("the attribute {} is not declared, as the wildcard asks", excerpt(attribute.local));
                return Err(step.after(Error::at(ErrorKind::UnexpectedAttribute, tag.at, message)));
            }
            return Ok(());
        };
        let text = attribute.value.clone();
        let literal = Literal::of(&text);
        self.valid(global.simple, literal, &Place { at: tag.at, step, owner: tag.at, secret: false })?;
        if let Some(fixed) = global.fixed {
            self.is_fixed(&ANY, Some(global.simple), fixed, &text, tag.at, step)?;
        }
        if self.identity.is_some() {
            self.identity_attribute(&uri, attribute.local, Some(global.simple), literal)?;
        }
        Ok(())
    }

    /// Checks the fixed value of an element with mixed content or of the type `xs:anyType`, whose content starts at the offset `from`.
    pub(super) fn fixed_content(&mut self, item: &FieldInfo, tag: &Tag, from: usize) -> Result<()> {
        let Some(fixed) = item.value_constraint.filter(|_| item.fixed && !tag.empty) else { return Ok(()) };
        let end = std::mem::replace(&mut self.at, from);
        let text = self.characters()?.into_owned();
        let alone = self.rest().starts_with("</");
        self.at = end;
        if alone && (text.is_empty() || text == fixed) {
            return Ok(());
        }
        let found = if alone { format!("`{}`", excerpt(trim(&text))) } else { "the content, with elements in it,".to_owned() };
        Err(Error::at(ErrorKind::Facet, tag.at, format!("{found} is not the fixed value `{}`", excerpt(trim(fixed)))))
    }
}
