//! Rejects values that strict mode would reject on reading: violations of content models and wildcards, types
//! that `xsi:type` may not name, wrong fixed values, and duplicate or dangling identifiers. Facets are checked
//! in `texts`, occurrence counts in `record`, and identity constraints in `document`, which reads the written
//! document again.

use std::borrow::Cow;

use super::writer::Writer;
use super::writer::{Follow, Outer};
use crate::any::{AnyAttribute, AnyElement};
use crate::error::{Error, ErrorKind, Result, excerpt, schema_excerpt};
use crate::options::ReadOptions;
use crate::read::Reader;
use crate::schema::NO_SCHEMA;
use crate::simple::{Identifier, SimpleType};
use crate::tables::matcher::{Matched, Matcher, Name};
use crate::tables::{Content, FieldInfo, Particle, Place, Process, TypeInfo, in_order};
use crate::text::bytes::find_byte;
use crate::text::escape;
use crate::text::place::locate;
use crate::value::Slot;

impl Writer<'_> {
    /// Returns whether an empty text is rejected if the type has no empty literal. It is accepted if the
    /// element has a value constraint, or if nothing is checked.
    #[must_use]
    pub fn refuses_empty(&self) -> bool {
        self.checked && !self.value_constraints
    }

    /// Returns whether the children of the current element are checked beyond their occurrence counts.
    #[inline]
    pub(super) fn follows(&self) -> bool {
        self.checks.follow.is_some()
    }

    /// Begins the content of an element. Returns what the children of the enclosing element are checked
    /// against.
    #[inline(never)]
    pub(super) fn enter_content(&mut self, type_info: &'static TypeInfo) -> Outer {
        let follow = match type_info.model.filter(|_| self.checked) {
            Some(model) => Some(self.matcher(model)),
            None if self.checked && type_info.is_wild() && type_info.content == Content::Sequence => {
                Some(Box::new(Follow::Order { items: type_info.items(), index: 0, from: 0, next: 0 }))
            }
            None => None,
        };
        std::mem::replace(&mut self.checks.follow, follow)
    }

    fn matcher(&mut self, model: &'static Particle) -> Box<Follow> {
        let Some(mut spare) = self.checks.spare.pop() else { return Box::new(Follow::Model(Matcher::new(model))) };
        if let Follow::Model(matcher) = &mut *spare {
            matcher.begin(model);
        }
        spare
    }

    /// Ends the content of an element. Unless the element is nil, its children must satisfy its content model.
    pub(super) fn leave_content(&mut self, outer: Outer, nil: bool) -> Result<()> {
        let Some(mut own) = std::mem::replace(&mut self.checks.follow, outer) else { return Ok(()) };
        if let Follow::Model(matcher) = &mut *own {
            if !nil && !matcher.is_satisfied() {
                return Err(Error::new(ErrorKind::Missing, format!("the content is not complete: {}", matcher.expected())));
            }
            self.checks.spare.push(own);
        }
        Ok(())
    }

    /// Advances the check by the elements that a slot holds. Returns the item to write them with.
    pub(super) fn follow(
        &mut self,
        items: &'static [FieldInfo],
        at: usize,
        item: &'static FieldInfo,
        slot: &dyn Slot,
    ) -> Result<&'static FieldInfo> {
        match self.checks.follow.as_deref_mut() {
            Some(Follow::Model(matcher)) if item.place == Place::Element => {
                let name = item.matched_name(self.schema.uri(item.namespace));
                slot.values().try_fold(item, |_, _| step(matcher, name).map(|matched| item.matched(matched)))
            }
            Some(Follow::Order { items: all, index, from, next }) => {
                if std::ptr::eq(items, *all) {
                    (*index, *from) = (at, *next);
                    if slot.has(1) {
                        *next = at + usize::from(!item.repeats());
                    }
                }
                if item.max == 1 { Ok(item) } else { self.count(item, slot).map(|()| item) }
            }
            _ => Ok(item),
        }
    }

    /// Returns whether the reader would match an element of this name to a wildcard.
    fn is_wild(&mut self, name: Name<'_>) -> Result<bool> {
        match self.checks.follow.as_deref_mut() {
            None => Ok(true),
            Some(Follow::Model(matcher)) => step(matcher, name).map(|matched| matches!(matched, Matched::Wildcard(_))),
            Some(Follow::Order { items, index, from, .. }) => {
                let is_wild = in_order(items, name, *from) == Some(*index);
                *from = *index;
                Ok(is_wild)
            }
        }
    }

    /// Writes an element that matches a wildcard, or one whose type the schema set does not know.
    ///
    /// # Errors
    /// Fails if the wildcard does not admit the element.
    pub(crate) fn any_element(&mut self, element: &AnyElement, item: &'static FieldInfo) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_kept(item, element);
        }
        if !self.checked {
            return self.kept(element);
        }
        if item.place != Place::Any {
            if self.options.unlisted_values || element.is_unset() {
                return self.kept(element);
            }
            return Err(Error::new(ErrorKind::Type, "the schema does not allow this type for the element"));
        }
        let refused = |message: String| Err(Error::new(ErrorKind::UnexpectedElement, message).within(element.name()));
        if !element.is_unset() && !item.is_wildcard_for(element.namespace()) {
            let message = format!("the wildcard ({}) does not admit the namespace '{}'", item.local, excerpt(element.namespace()));
            return refused(message);
        }
        let name = Name { number: self.schema.find(element.namespace()), uri: element.namespace(), local: element.name() };
        if !self.is_wild(name).map_err(|error| error.within(element.name()))? {
            return refused("the content model declares this element here, so that it does not match the wildcard".to_owned());
        }
        let from = self.out.len();
        self.kept(element)?;
        match item.process {
            Process::Skip => Ok(()),
            _ => self.reread(from, item, &mut AnyElement::default()),
        }
    }

    /// Writes an attribute that matches a wildcard.
    ///
    /// # Errors
    /// Fails if the value contains characters that XML does not allow.
    pub(crate) fn any_attribute(&mut self, attribute: &AnyAttribute, item: &'static FieldInfo) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_attribute(item, attribute);
        }
        self.checks.kept_attributes = true;
        self.kept_attribute(attribute)
    }

    /// Returns the current position in the buffer.
    pub(crate) fn mark(&self) -> usize {
        self.out.len()
    }

    /// Reads the element that was written from this position on in strict mode and drops the result. This finds
    /// violations that only the reader detects.
    #[cold]
    pub(crate) fn reread(&mut self, from: usize, item: &'static FieldInfo, slot: &mut dyn Slot) -> Result<()> {
        if !self.checked {
            return Ok(());
        }
        let written = self.out.since(from);
        let start = find_byte(b'<', written.as_bytes()).unwrap_or(0);
        let text = written.get(start..).unwrap_or_default().to_owned();
        let options = ReadOptions::strict().max_bytes(usize::MAX).unlisted(self.options.unlisted_values);
        let mut reader = Reader::new(&text, text.contains("]]>"), self.schema, &options);
        reader.globals = self.checks.globals;
        let root = self.depth == 0 && self.checks.globals.is_some();
        let result = reader.within(&self.declared, 0).and_then(|()| reader.alone(item, root, slot));
        let identities = reader.take_identities();
        result.map_err(|error| locate(error, &text).of_writing(item.place == Place::Element))?;
        let base = self.sent + from + start;
        for (name, owner) in identities.0 {
            self.identify(name, base + owner + 1)?;
        }
        identities.1.into_iter().try_for_each(|name| self.refer(name))
    }

    /// Checks that the element that was written from this position on is well-formed.
    ///
    /// # Errors
    /// Fails if it is not.
    #[cold]
    pub(super) fn assure_well_formed(&self, from: usize) -> Result<()> {
        let text = self.out.since(from).trim_start();
        let options = ReadOptions::strict().max_bytes(usize::MAX).max_depth(u32::MAX).max_attributes(usize::MAX).max_prefixes(usize::MAX);
        let mut reader = Reader::new(text, text.contains("]]>"), &NO_SCHEMA, &options);
        let result = reader.within(&self.declared, 0).and_then(|()| reader.well_formed());
        result.map_err(|error| locate(error, text).of_writing(true))
    }

    /// Records a reference to an identifier.
    fn refer(&mut self, name: String) -> Result<()> {
        if self.checks.dangling == Some(self.checks.references.len()) {
            return Err(Error::new(ErrorKind::Identity, format!("no element has the ID {}", excerpt(&name))));
        }
        self.checks.references.push(name);
        Ok(())
    }

    /// Records an identifier. Fails if another element already has it.
    fn identify(&mut self, name: String, owner: usize) -> Result<()> {
        match self.checks.identifiers.entry(name) {
            std::collections::hash_map::Entry::Occupied(known) if *known.get() != owner => {
                Err(Error::new(ErrorKind::Identity, format!("another element has the ID {}", excerpt(known.key()))))
            }
            std::collections::hash_map::Entry::Occupied(_) => Ok(()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(owner);
                Ok(())
            }
        }
    }

    /// Records the identifiers in a text and the references to them.
    #[cold]
    pub(super) fn check_identifiers(&mut self, simple: &SimpleType, text: &str) -> Result<()> {
        let mut found = Vec::new();
        simple.identifiers(text, &|prefix| self.namespace_of(prefix), &mut |kind, name| found.push((kind, name.to_owned())));
        for (kind, name) in found {
            match kind {
                Identifier::Id => self.identify(name, self.checks.owner)?,
                Identifier::Reference => self.refer(name)?,
            }
        }
        Ok(())
    }

    /// Returns the index of a reference that matches no identifier. It is called at the end of a document.
    pub(crate) fn dangling(&self) -> Option<usize> {
        self.checks.references.iter().position(|name| !self.checks.identifiers.contains_key(name))
    }

    /// Checks the start tag that was written from this position on, if it has attributes of a wildcard.
    #[inline]
    pub(super) fn kept_attributes(&mut self, from: usize, type_info: &'static TypeInfo) -> Result<()> {
        if std::mem::take(&mut self.checks.kept_attributes) && self.checked { self.check_kept_attributes(from, type_info) } else { Ok(()) }
    }

    /// Checks the wildcard attributes in the start tag that was written from this position on.
    #[cold]
    fn check_kept_attributes(&mut self, from: usize, type_info: &'static TypeInfo) -> Result<()> {
        let written = self.out.since(from);
        let start = find_byte(b'<', written.as_bytes()).unwrap_or(0);
        let text = written.get(start..).unwrap_or_default();
        let options = ReadOptions::strict().max_bytes(usize::MAX).max_attributes(usize::MAX);
        let mut reader = Reader::new(text, false, self.schema, &options);
        let result = reader.within(&self.declared, 0).and_then(|()| reader.other_attributes(type_info));
        let identities = reader.take_identities();
        result.map_err(|error| locate(error, text).of_writing(true))?;
        for name in identities.0.into_keys() {
            self.identify(name, self.checks.owner)?;
        }
        identities.1.into_iter().try_for_each(|name| self.refer(name))
    }

    /// Checks the content of an element with attributes or children, written from this position on, against its
    /// fixed value.
    #[cold]
    pub(super) fn check_fixed(&self, item: &'static FieldInfo, type_info: &'static TypeInfo, from: usize) -> Result<()> {
        let Some(fixed) = item.value_constraint.filter(|_| self.checked) else { return Ok(()) };
        let from = from.saturating_sub(self.sent); // if children were sent already, others are still in the buffer
        let text = unescaped(self.out.since(from));
        let simple = match type_info.content {
            Content::Text => type_info.items().first().and_then(FieldInfo::simple),
            _ => item.simple(),
        };
        let children = find_byte(b'<', self.out.since(from).as_bytes()).is_some();
        let same = match simple {
            _ if text.is_empty() || text == fixed && !simple.is_some_and(|simple| simple.qualified) => true,
            Some(simple) if simple.qualified => simple.same_as(fixed, &text, &|prefix| self.namespace_of(prefix)),
            simple => simple.is_some_and(|simple| simple.same(fixed, &text)),
        };
        if same && !children {
            return Ok(());
        }
        let message = format!("{} is not the fixed value `{}`", item.excerpt(&text), schema_excerpt(fixed));
        Err(Error::new(ErrorKind::Facet, message))
    }

    /// Checks that the declaration of an element does not block the type that `xsi:type` names.
    pub(super) fn check_block(&self, item: &'static FieldInfo, type_name: (&str, &str)) -> Result<()> {
        let options = ReadOptions::strict();
        let reader = Reader::new("", false, self.schema, &options);
        match self.checked && reader.blocks(item, self.depth == 0 && self.checks.globals.is_some(), type_name) {
            true => Err(Error::new(ErrorKind::Type, format!("the declaration blocks the type {}", type_name.1))),
            false => Ok(()),
        }
    }

    /// Rejects an element of an abstract type.
    #[inline]
    pub(super) fn check_abstract(&self, type_info: &'static TypeInfo) -> Result<()> {
        match type_info.is_abstract && self.checked {
            true => Err(Error::new(
                ErrorKind::Type,
                format!("the type {} is abstract: a type that is derived from it is needed", type_info.name().1),
            )),
            false => Ok(()),
        }
    }

    /// Rejects a nil element if its declaration is not nillable, if its type is abstract, or if it has a fixed
    /// value.
    pub(super) fn check_nil(&self, item: &'static FieldInfo) -> Result<()> {
        if item.never_nil && self.checked {
            return Err(Error::new(ErrorKind::Type, "this element cannot be nil"));
        }
        match item.value_constraint.filter(|_| item.fixed && self.checked) {
            Some(fixed) => {
                let message = format!("the value is fixed as `{}`: this element cannot be nil", schema_excerpt(fixed));
                Err(Error::new(ErrorKind::Type, message))
            }
            None => item.type_info().map_or(Ok(()), |type_info| self.check_abstract(type_info)),
        }
    }

    /// Records that a type contains elements with identity constraints.
    #[inline]
    pub(super) fn note_constraints(&mut self, type_info: &'static TypeInfo) {
        if self.has_identity_constraints && !self.checks.constrained {
            self.checks.constrained = type_info.is_constrained();
        }
    }
}

/// Advances a content model by one element.
fn step(matcher: &mut Matcher, name: Name<'_>) -> Result<Matched> {
    matcher.step(name).ok_or_else(|| {
        let message = format!("{} is not allowed here: {}", excerpt(name.local), matcher.expected());
        Error::new(ErrorKind::UnexpectedElement, message)
    })
}

/// Returns written text with its references resolved.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    match find_byte(b'&', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(escape::unescaped(text)),
    }
}
