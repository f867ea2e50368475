//! In: values as they are written. Out: errors where strict reading of what is written would refuse them: content models, wildcards, what
//! `xsi:type` may name, fixed values, identifiers.
//! Not done here: facets (`texts`); how often a field stands (`record`); identity constraints, for which the document is read (`document`).

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Writer, escape};
use crate::any::{AnyAttribute, AnyElement};
use crate::bytes::find_byte;
use crate::error::{Error, ErrorKind, Result, excerpt, schema_excerpt};
use crate::matcher::{Matched, Matcher, Name, in_order};
use crate::options::ReadOptions;
use crate::read::{Globals, Reader, locate};
use crate::simple::{Identifier, SimpleType};
use crate::tables::particle::Particle;
use crate::tables::{Content, FieldInfo, Place, Process, TypeInfo};
use crate::value::Slot;
use crate::wildcard;

/// What children follow.
#[derive(Debug)]
pub(super) enum Follow {
    Model(Matcher),
    /// The items of a type with a wildcard among them.
    Order {
        items: &'static [FieldInfo],
        /// The one that is written.
        index: usize,
        /// From which one on the reader would look for the next child, before it and behind it.
        from: usize,
        next: usize,
    },
}

/// What the children of the element around one that is being written follow.
pub(super) type Outer = Option<Box<Follow>>;

/// What is known of the document so far that no element knows alone.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// What the children that are written follow, if it is more than how often each stands.
    follow: Option<Box<Follow>>,
    /// Matchers that are not in use.
    #[allow(clippy::vec_box, reason = "the boxes go back and forth")]
    spare: Vec<Box<Follow>>,
    /// The root elements, for what wildcards admit.
    pub(crate) globals: Option<Globals>,
    /// Identifiers, each with the number of the element that has it.
    identifiers: HashMap<String, usize>,
    references: Vec<String>,
    /// The reference, by its number, that leads nowhere, where the document is written again to find its path.
    pub(crate) dangling: Option<usize>,
    /// The element that is being written, by the number of bytes before it.
    pub(super) owner: usize,
    /// Whether an attribute that stands for a wildcard was written in this start tag.
    pub(super) kept_attributes: bool,
    /// Whether an element with identity constraints was written.
    pub(crate) constrained: bool,
}

impl Writer<'_> {
    /// Whether an empty text is refused where the type has none: unless it stands for a default, or nothing is checked.
    #[must_use]
    pub fn refuses_empty(&self) -> bool {
        self.checked && !self.value_constraints
    }

    /// Whether anything is followed here.
    #[inline]
    pub(super) fn follows(&self) -> bool {
        self.checks.follow.is_some()
    }

    /// Begins the content of an element. Gives what the children of the element around it follow.
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

    /// Ends the content of an element: its children must satisfy its content model, unless it is nil.
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

    /// Takes account of what a slot holds: in a content model, of as many elements as it holds. Gives the item by which it is written.
    pub(super) fn follow(
        &mut self,
        items: &'static [FieldInfo],
        at: usize,
        item: &'static FieldInfo,
        slot: &dyn Slot,
    ) -> Result<&'static FieldInfo> {
        match self.checks.follow.as_deref_mut() {
            Some(Follow::Model(matcher)) if item.place == Place::Element => {
                let name = Name::of(item, self.schema.uri(item.namespace));
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

    /// Whether an element would be read as what stands for a wildcard.
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

    /// Writes an element that stands for a wildcard, or one whose type the schema set does not know.
    ///
    /// # Errors
    /// What the wildcard does not admit.
    pub(crate) fn any_element(&mut self, element: &AnyElement, item: &'static FieldInfo) -> Result<()> {
        if !self.checked {
            return self.kept(element);
        }
        if item.place != Place::Any {
            if self.options.unlisted_values || element.xml.is_empty() {
                return self.kept(element);
            }
            return Err(Error::new(ErrorKind::Type, "the type of the element is none that the schema has for it"));
        }
        let refused = |message: String| Err(Error::new(ErrorKind::UnexpectedElement, message).within(&element.name));
        if !element.xml.is_empty() && !wildcard::admits(item.local, &element.namespace) {
            let message = format!("the wildcard ({}) does not admit the namespace '{}'", item.local, excerpt(&element.namespace));
            return refused(message);
        }
        let name = Name { number: self.schema.find(&element.namespace), uri: &element.namespace, local: &element.name };
        if !self.is_wild(name).map_err(|error| error.within(&element.name))? {
            return refused("the element is declared here, and does not stand for the wildcard".to_owned());
        }
        let from = self.out.len();
        self.kept(element)?;
        match item.process {
            Process::Skip => Ok(()),
            _ => self.reread(from, item, &mut AnyElement::default()),
        }
    }

    /// Writes an attribute that stands for a wildcard.
    ///
    /// # Errors
    /// Characters that XML does not know.
    pub(crate) fn any_attribute(&mut self, attribute: &AnyAttribute) -> Result<()> {
        self.checks.kept_attributes = true;
        self.kept_attribute(attribute)
    }

    /// Where the next byte is written.
    pub(crate) fn mark(&self) -> usize {
        self.out.len()
    }

    /// Reads strictly what was written from here on, an element, and drops it: for what only reading judges.
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

    /// Notes a reference to an identifier.
    fn refer(&mut self, name: String) -> Result<()> {
        if self.checks.dangling == Some(self.checks.references.len()) {
            return Err(Error::new(ErrorKind::Identity, format!("no element has the ID {}", excerpt(&name))));
        }
        self.checks.references.push(name);
        Ok(())
    }

    /// Notes an identifier; refuses one that another element has.
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

    /// Notes identifiers and references to them.
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

    /// The number of a reference that leads to no identifier, at the end of a document.
    pub(crate) fn dangling(&self) -> Option<usize> {
        self.checks.references.iter().position(|name| !self.checks.identifiers.contains_key(name))
    }

    /// Looks at the attributes of a start tag that was written from here on, if any stands for a wildcard.
    #[inline]
    pub(super) fn kept_attributes(&mut self, from: usize, type_info: &'static TypeInfo) -> Result<()> {
        if std::mem::take(&mut self.checks.kept_attributes) && self.checked { self.check_kept_attributes(from, type_info) } else { Ok(()) }
    }

    /// Checks the attributes in the start tag that was written from here on that stand for a wildcard.
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

    /// Checks the content of an element with attributes or children, written from here on, against its fixed value.
    #[cold]
    pub(super) fn check_fixed(&self, item: &'static FieldInfo, type_info: &'static TypeInfo, from: usize) -> Result<()> {
        let Some(fixed) = item.value_constraint.filter(|_| self.checked) else { return Ok(()) };
        let from = from.saturating_sub(self.sent); // where children were sent already, there are others still
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

    /// Refuses an element of an abstract type.
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

    /// Refuses a nil element that is not nillable at its place, one of an abstract type, and one whose value is fixed.
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

    /// Takes note of elements in this type that have identity constraints.
    #[inline]
    pub(super) fn note_constraints(&mut self, type_info: &'static TypeInfo) {
        if self.watched && !self.checks.constrained {
            self.checks.constrained = type_info.is_constrained();
        }
    }
}

/// Takes account of one element in a content model.
fn step(matcher: &mut Matcher, name: Name<'_>) -> Result<Matched> {
    matcher.step(name).ok_or_else(|| {
        let message = format!("{} cannot stand here: {}", excerpt(name.local), matcher.expected());
        Error::new(ErrorKind::UnexpectedElement, message)
    })
}

/// What was written of a text, with its references resolved.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    match find_byte(b'&', text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(escape::unescaped(text)),
    }
}
