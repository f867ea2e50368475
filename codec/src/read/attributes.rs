//! Fills slots from the attributes of a start tag, and notes the attributes that the schema does not have. They are parsed in `markup`.

use std::borrow::Cow;

use super::hints::no_such_attribute;
use super::progress::Seen;
use super::reader::{Reader, Step};
use super::tag::Attribute;
use super::tag::Tag;
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::schema::{XML, XSI};
use crate::simple::{SimpleType, trim};
use crate::tables::{FieldInfo, Place, Process, TypeInfo, ValueFlags};
use crate::value::Slot;

/// The maximum number of attributes that are compared pairwise.
const FEW: usize = 16;

impl<'a> Reader<'a> {
    /// Returns the namespace of an attribute. An undeclared prefix that is accepted has the meaning that the schema set gives it, `xsi` its
    /// usual meaning, and any other such prefix stands for no namespace.
    pub(super) fn attribute_uri(&self, attribute: &Attribute<'_>) -> Result<&str> {
        match attribute.prefix {
            "" => Ok(""),
            prefix => match self.lookup(prefix) {
                Some(uri) => Ok(uri),
                None if self.takes_undeclared() => {
                    Ok(if prefix == "xsi" { XSI } else { self.schema.by_prefix(prefix).map_or("", |it| it.uri()) })
                }
                None => Err(Error::at(ErrorKind::Prefix, attribute.at, format!("the prefix {} is not declared", excerpt(prefix)))),
            },
        }
    }

    /// Adds notes about the undeclared prefixes of the attributes of the start tag that was read last.
    #[inline]
    pub(super) fn note_undeclared_attributes(&mut self, tag: &Tag) {
        if tag.plain || !self.takes_undeclared() {
            return;
        }
        for at in 0..self.attributes.len() {
            if let Some(&Attribute { prefix, local, .. }) = self.attributes.get(at) {
                self.note_undeclared(prefix, tag.at, Step::Attribute(local));
            }
        }
    }

    /// Rejects two attributes of the same name (XML namespaces, section 6.3), and undeclared prefixes that are not accepted.
    pub(super) fn distinct_attributes(&self) -> Result<()> {
        for attribute in self.attributes.iter().filter(|attribute| !attribute.prefix.is_empty()) {
            if self.attribute_uri(attribute)?.is_empty() && attribute.local == "xmlns" {
                // Without its prefix, the attribute would be a namespace declaration.
                return Err(Error::at(
                    ErrorKind::Prefix,
                    attribute.at,
                    format!("the prefix {} is not declared", excerpt(attribute.prefix)),
                ));
            }
        }
        if self.attributes.len() > FEW {
            return self.distinct_many();
        }
        for (index, one) in self.attributes.iter().enumerate() {
            let later = self.attributes.get(index + 1..).unwrap_or_default();
            let twin = |other: &&Attribute<'_>| {
                one.local == other.local
                    && (one.prefix == other.prefix
                        || self.attribute_uri(one).is_ok_and(|uri| self.attribute_uri(other).is_ok_and(|it| it == uri)))
            };
            if let Some(other) = later.iter().find(twin) {
                return self.no_duplicates([(one.local, other.at)].into_iter());
            }
        }
        Ok(())
    }

    /// Rejects two attributes of the same name, as `distinct_attributes` does, by sorting many attributes.
    #[cold]
    fn distinct_many(&self) -> Result<()> {
        let mut names = Vec::with_capacity(self.attributes.len());
        for attribute in &self.attributes {
            names.push((attribute.local, self.attribute_uri(attribute)?, attribute.at));
        }
        names.sort_unstable();
        self.no_duplicates(names.windows(2).filter_map(|pair| match pair {
            [(one, one_uri, _), (other, other_uri, at)] if one == other && one_uri == other_uri => Some((*one, *at)),
            _ => None,
        }))
    }

    /// Rejects two declarations of the same prefix.
    pub(super) fn distinct_declarations(&self, tag: &Tag) -> Result<()> {
        let declared = self.scopes.since(tag.mark);
        match declared {
            [] | [_] => return Ok(()),
            [one, other] if one.prefix != other.prefix => return Ok(()),
            _ => {}
        }
        let mut prefixes: Vec<&str> = declared.iter().map(|scope| scope.prefix).collect();
        prefixes.sort_unstable();
        self.no_duplicates(prefixes.windows(2).filter_map(|pair| match pair {
            [one, other] if one == other => Some((*one, tag.at)),
            _ => None,
        }))
    }

    fn no_duplicates<'n>(&self, mut twins: impl Iterator<Item = (&'n str, usize)>) -> Result<()> {
        match twins.next() {
            Some((name, at)) => Err(Error::syntax(at, format!("the attribute {} occurs twice", excerpt(name)))),
            None => Ok(()),
        }
    }

    /// Returns the value and the offset of an attribute in the namespace of `xsi:type`, from the start tag that was read last.
    pub(super) fn xsi(&self, tag: &Tag, local: &str) -> Option<(Cow<'a, str>, usize)> {
        if tag.plain {
            return None;
        }
        let is_it = |attribute: &&Attribute<'_>| attribute.local == local && self.attribute_uri(attribute).is_ok_and(|uri| uri == XSI);
        let attribute = self.attributes.iter().find(is_it)?;
        let value = match &attribute.value {
            Cow::Borrowed(value) => Cow::Borrowed(trim(value)),
            Cow::Owned(value) => Cow::Owned(trim(value).to_owned()),
        };
        Some((value, attribute.at))
    }

    /// Fills the slots of a type from the attributes of its start tag.
    #[inline(never)]
    pub(super) fn attributes(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let mut seen = Seen::default();
        if !tag.plain {
            self.check_attribute_count(tag, type_info.attributes().len())?;
            let attributes = std::mem::take(&mut self.attributes);
            for attribute in &attributes {
                self.one_attribute(type_info, tag, slots, &mut seen, attribute)?;
            }
            self.attributes = attributes;
            if self.too_many_attributes {
                let declared = (0..type_info.attributes().len()).filter(|index| seen.has(*index)).count();
                self.check_attribute_count(tag, declared)?;
                self.too_many_attributes = false;
            }
            if self.strict && type_info.attributes().iter().any(|item| item.place == Place::Any) {
                self.wildcard_identifiers(type_info.attributes(), tag)?;
            }
        }
        self.absent_attributes(type_info, tag, slots, &seen)
    }

    /// Rejects an attribute of type ID that a wildcard admits if there is a second such attribute, or if the type itself declares an
    /// attribute of type ID (Part 1, section 3.4.4, clause 5 of cvc-complex-type).
    pub(super) fn wildcard_identifiers(&self, declared: &[FieldInfo], tag: &Tag) -> Result<()> {
        let Some(rules) = self.schema.rules() else { return Ok(()) };
        let mut wild = None;
        for attribute in &self.attributes {
            let uri = self.attribute_uri(attribute)?;
            let own = |item: &FieldInfo| {
                item.place == Place::Attribute && item.local == attribute.local && self.schema.uri(item.namespace) == uri
            };
            let skips = |item: &FieldInfo| item.process == Process::Skip && item.is_wildcard_for(uri);
            let looked_at = !declared.iter().any(|item| own(item) || skips(item));
            let global = rules.attribute(self.schema, uri, attribute.local).filter(|_| looked_at);
            if global.is_some_and(|global| global.simple.is_id()) {
                let twice = wild.replace(attribute.local).is_some();
                let beside = declared.iter().any(|item| item.place == Place::Attribute && item.simple().is_some_and(SimpleType::is_id));
                if twice || beside {
                    let message = if twice { "two attributes of type ID" } else { "an attribute of type ID beside that of the type" };
                    return Err(Error::at(ErrorKind::Identity, tag.at, message).step(format!("@{}", attribute.local)));
                }
            }
        }
        Ok(())
    }

    /// Handles the attributes that are absent: applies value constraints, and notes or rejects missing required attributes.
    pub(super) fn absent_attributes(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        slots: &mut [&mut dyn Slot],
        seen: &Seen,
    ) -> Result<()> {
        for (index, (item, slot)) in type_info.attributes().iter().zip(slots).enumerate() {
            if !seen.has(index) && item.place == Place::Attribute {
                self.absent_attribute(item, tag, *slot)?;
            }
        }
        Ok(())
    }

    fn absent_attribute(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if let Some(value_constraint) = item.value_constraint.filter(|_| item.min == 0 || !item.fixed || !self.strict) {
            return self.supply(item, slot, value_constraint, tag);
        }
        if item.min > 0 {
            self.report_missing(tag.at, Step::Attribute(item.local), || format!("the attribute {} is required", item.local))?;
        }
        Ok(())
    }

    /// Handles an absent attribute for which the schema supplies a value. The slot stays empty, unless the options ask for the value or the
    /// slot cannot be empty. Identity constraints use the value in any case.
    fn supply(&mut self, item: &'static FieldInfo, slot: &mut dyn Slot, value_constraint: &'static str, tag: &Tag) -> Result<()> {
        let step = Step::Attribute(item.local);
        if item.min > 0 || self.options.fill_defaults {
            return self.store_constraint(item, slot, value_constraint, tag.at, step);
        }
        match self.strict {
            true => self.check_constraint(item, value_constraint, tag.at, step),
            false => Ok(()),
        }
    }

    fn one_attribute(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        slots: &mut [&mut dyn Slot],
        seen: &mut Seen,
        attribute: &Attribute<'a>,
    ) -> Result<()> {
        let uri = self.shared_attribute_uri(attribute)?;
        if uri == XSI {
            return self.xsi_attribute(type_info, tag, attribute);
        }
        if let Some(index) = self.find_attribute(type_info, &uri, attribute, seen)? {
            seen.set(index);
            if let (Some(item), Some(slot)) = (type_info.attributes().get(index), slots.get_mut(index)) {
                return self.store(item, *slot, &attribute.value, tag.at, Step::Attribute(attribute.local));
            }
        }
        let wild = |item: &FieldInfo| item.is_wildcard_for(&uri);
        if let Some((item, slot)) = type_info.attributes().iter().zip(slots).find(|(item, _)| wild(item)) {
            if self.strict {
                self.wildcard_attribute(tag, attribute, item.process)?;
            }
            self.kept_attribute = Some(self.keeper.attribute(uri, attribute.local, &attribute.value));
            return slot.read(self, item, tag, None);
        }
        self.keep_unknown(tag, attribute)?;
        self.unknown_attribute(tag, attribute.local, Some(type_info))
    }

    /// Keeps an unknown attribute beside the value, if the options ask for it.
    fn keep_unknown(&mut self, tag: &Tag, attribute: &Attribute<'a>) -> Result<()> {
        if !self.strict && self.options.keep_unknown {
            let uri = self.shared_attribute_uri(attribute)?;
            self.keep_attribute(tag, uri, attribute);
        }
        Ok(())
    }

    pub(super) fn unknown_attribute(&mut self, tag: &Tag, local: &str, type_info: Option<&'static TypeInfo>) -> Result<()> {
        let message = |_: &Self| no_such_attribute(local, type_info);
        self.report(NoteKind::UnknownAttribute, tag.at, Step::Attribute(local), message)
    }

    /// Finds the item of an attribute by namespace and name; failing that, without the namespace; failing that, ignoring case.
    fn find_attribute(&mut self, type_info: &'static TypeInfo, uri: &str, attribute: &Attribute<'_>, seen: &Seen) -> Result<Option<usize>> {
        let items = || type_info.attributes().iter().enumerate().filter(|(_, item)| item.place == Place::Attribute);
        let exact = |(index, item): (usize, &FieldInfo)| {
            (item.local == attribute.local && type_info.schema.uri(item.namespace) == uri).then_some(index)
        };
        if let Some(index) = items().find_map(exact) {
            return Ok(Some(index));
        }
        if self.strict || uri == XML {
            return Ok(None);
        }
        let alike = |item: &FieldInfo| uri.is_empty() || item.namespace == 0 && type_info.schema.find(uri).is_some();
        let fresh = || items().filter(|(index, item)| !seen.has(*index) && alike(item));
        if let Some((index, _)) = fresh().find(|(_, item)| item.local == attribute.local) {
            return Ok(Some(index));
        }
        let Some((index, _)) = fresh().find(|(_, item)| item.local.eq_ignore_ascii_case(attribute.local)) else { return Ok(None) };
        self.report(NoteKind::OtherCase, attribute.at, Step::Attribute(attribute.local), |_| String::new())?;
        Ok(Some(index))
    }

    /// Handles the attributes of an element whose type has no attributes. Returns whether the element is nil.
    pub(super) fn leaf_attributes(&mut self, item: &FieldInfo, tag: &Tag) -> Result<bool> {
        if tag.plain {
            return Ok(false);
        }
        self.check_attribute_count(tag, 0)?;
        let attributes = std::mem::take(&mut self.attributes);
        let mut nil = false;
        for attribute in &attributes {
            match self.attribute_uri(attribute)? {
                XSI => match attribute.local {
                    "schemaLocation" | "noNamespaceSchemaLocation" => self.keep_attribute(tag, XSI.into(), attribute),
                    "nil" if matches!(trim(&attribute.value), "true" | "1") => nil = true,
                    "nil" if matches!(trim(&attribute.value), "false" | "0") && (!self.strict || item.kind.is(ValueFlags::NILLABLE)) => {}
                    "nil" if matches!(trim(&attribute.value), "true" | "1" | "false" | "0") => {
                        self.report(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned())?
                    }
                    // `simple_xsi_type` has already checked it.
                    "type" if self.strict => self.note(NoteKind::TypeLeftOut, tag.at, Step::Attribute("type")),
                    "type" => {
                        self.report(NoteKind::UnknownType, tag.at, Step::Attribute("type"), |_| "the type here is simple".to_owned())?
                    }
                    local => self.unknown_attribute(tag, local, None)?,
                },
                _ => {
                    self.keep_unknown(tag, attribute)?;
                    self.unknown_attribute(tag, attribute.local, None)?;
                }
            }
        }
        self.attributes = attributes;
        Ok(nil)
    }
}
