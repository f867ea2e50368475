//! Finds the item of a type that a child belongs to, given the name of the child. This is the general path; the fast path, which predicts
//! the next child from the schema, is in `cursor`.

use super::hints::no_such_root;
use super::progress::Seen;
use super::reader::{Reader, Step};
use super::tag::{Space, Tag};
use crate::error::{Error, ErrorKind, Result};
use crate::note::NoteKind;
use crate::tables::matcher::{Matched, Name};
use crate::tables::{Content, FieldInfo, Place, TypeInfo, in_order};

/// How closely a name must match the name of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// The namespace and the local name are equal.
    Exact,
    /// The local name is equal, and either the name or the item has no namespace.
    Unqualified,
    /// The local name differs in case only.
    OtherCase,
    /// The local name is equal, but in another namespace of the schema set.
    OtherNamespace,
}

/// Returns whether the name matches the item this closely.
fn is_near(item: &FieldInfo, space: Space, local: &str, nearness: Nearness) -> bool {
    if item.local.len() != local.len() {
        return false;
    }
    let known = |number| space == Space::Known(number);
    let half = known(0) || space == Space::Undeclared || item.namespace == 0 && space != Space::Foreign;
    match nearness {
        Nearness::Exact => item.local == local && known(item.namespace),
        Nearness::Unqualified => item.local == local && half,
        Nearness::OtherCase => (half || known(item.namespace)) && item.local.eq_ignore_ascii_case(local),
        Nearness::OtherNamespace => item.local == local && matches!(space, Space::Known(_)),
    }
}

/// Returns whether the name matches this item, or an item within this choice or group.
#[inline]
fn stands_for(item: &FieldInfo, space: Space, local: &str, nearness: Nearness) -> bool {
    match item.place {
        Place::Element => is_near(item, space, local, nearness),
        Place::Group => {
            item.type_info().is_some_and(|type_info| type_info.items().iter().any(|item| stands_for(item, space, local, nearness)))
        }
        Place::Any | Place::Attribute | Place::Text => false,
    }
}

/// Returns whether some item has this local name, ignoring case.
fn is_like(items: &[FieldInfo], local: &str) -> bool {
    items.iter().any(|item| match item.place {
        Place::Element => item.local.len() == local.len() && item.local.eq_ignore_ascii_case(local),
        Place::Group => item.type_info().is_some_and(|type_info| is_like(type_info.items(), local)),
        Place::Any | Place::Attribute | Place::Text => false,
    })
}

/// Returns the first matching item, starting at `from` and continuing from the beginning.
fn seek(items: &[FieldInfo], from: usize, space: Space, local: &str, nearness: Nearness) -> Option<usize> {
    let from = from.min(items.len());
    let (before, after) = items.split_at_checked(from)?;
    let find = |items: &[FieldInfo]| items.iter().position(|item| stands_for(item, space, local, nearness));
    find(after).map(|index| from + index).or_else(|| find(before))
}

impl<'a> Reader<'a> {
    /// Finds the item that a child belongs to: the one that the content model has at this position, or else the one that matches its name.
    /// The search starts at the item `from`; `seen` tells which items were read before.
    pub(super) fn find(&mut self, type_info: &'static TypeInfo, tag: &Tag, from: usize, seen: &Seen) -> Result<Option<usize>> {
        let (prefix, local) = self.split_name(tag);
        if !type_info.table().names.may_have(local) {
            return Ok(None);
        }
        if type_info.is_wild()
            && let Some(index) = self.expected(type_info, tag, from, seen)
        {
            return Ok(Some(index));
        }
        if let Some(index) = seek(type_info.items(), from, tag.space, local, Nearness::Exact) {
            if let Some(FieldInfo { place: Place::Element, namespace, .. }) = type_info.items().get(index) {
                self.prefer(*namespace, prefix, false);
            }
            return Ok(Some(index));
        }
        let tolerant = !self.strict && is_like(type_info.items(), local);
        if tolerant && let Some(index) = seek(type_info.items(), from, tag.space, local, Nearness::Unqualified) {
            self.adapt(type_info, index, tag, prefix);
            return Ok(Some(index));
        }
        if let Some(index) = self.find_wildcard_from(type_info.items(), tag, from) {
            return Ok(Some(index));
        }
        if tolerant && let Some(index) = seek(type_info.items(), from, tag.space, local, Nearness::OtherCase) {
            self.report(NoteKind::OtherCase, tag.at, Step::None, |_| String::new())?;
            return Ok(Some(index));
        }
        if tolerant
            && self.takes_undeclared()
            && let Some(index) = seek(type_info.items(), from, tag.space, local, Nearness::OtherNamespace)
        {
            self.note_other_namespace(tag);
            return Ok(Some(index));
        }
        Ok(None)
    }

    /// Finds the item of the root element by its name.
    pub(crate) fn find_root(&mut self, roots: &'static [FieldInfo], tag: &Tag) -> Result<(usize, &'static FieldInfo)> {
        let local = self.split_name(tag).1;
        let mut index = seek(roots, 0, tag.space, local, Nearness::Exact);
        if index.is_none() && self.takes_undeclared() {
            index = seek(roots, 0, tag.space, local, Nearness::Unqualified);
            if index.is_none() {
                index = seek(roots, 0, tag.space, local, Nearness::OtherCase);
                if index.is_some() {
                    self.report(NoteKind::OtherCase, tag.at, Step::None, |_| String::new())?;
                }
            }
        }
        let index = index.or_else(|| self.find_wildcard(roots, tag));
        let found = index.and_then(|index| Some((index, roots.get(index)?)));
        found.ok_or_else(|| Error::at(ErrorKind::Root, tag.at, no_such_root(self.raw_name(tag), self.uri_of(tag), local, roots)))
    }

    /// Makes names without a prefix the expected ones for a namespace, if the local names of the type are unambiguous.
    fn adapt(&mut self, type_info: &'static TypeInfo, index: usize, tag: &Tag, prefix: &'a str) {
        if let Some(item) = type_info.items().get(index).filter(|item| item.place == Place::Element)
            && tag.space == Space::Known(0)
            && prefix.is_empty()
            && type_info.distinct()
        {
            self.prefer(item.namespace, prefix, true);
        }
    }

    /// Returns the item that the content model has for a child of a type with wildcards beside other items; `None` if the child must be
    /// found by its name.
    fn expected(&self, type_info: &'static TypeInfo, tag: &Tag, from: usize, seen: &Seen) -> Option<usize> {
        let (items, name) = (type_info.items(), self.name_of(tag));
        let around = || (from..items.len()).chain(0..from.min(items.len()));
        let find = |fits: &dyn Fn(&'static FieldInfo) -> bool| around().find(|index| items.get(*index).is_some_and(fits));
        match self.matched {
            Some(Matched::Element(_)) => return find(&|item| item.declares(name)),
            Some(Matched::Wildcard(constraint)) => return find(&|item| item.has_wildcard_of(constraint)),
            None if self.unprefixed => return None,
            None if type_info.content == Content::Choice => {
                return find(&|item| item.declares(name)).or_else(|| find(&|item| item.admits(name)));
            }
            None => {}
        }
        let index = in_order(items, name, from)?;
        // If a required element before the child is missing, the content model is not followed, and tolerant mode finds the child by its
        // name.
        let missed = |at: &usize| !self.strict && items.get(*at).is_some_and(|item| item.min > 0) && !seen.has(*at);
        let is_own = |at: &usize| items.get(*at).is_some_and(|item| item.declares(name));
        let astray = (from..index).any(|at| missed(&at)) || !is_own(&index) && (0..index).any(|at| missed(&at) && is_own(&at));
        (!astray).then_some(index)
    }

    /// Returns the name of a child in the form that content models match.
    pub(super) fn name_of(&self, tag: &Tag) -> Name<'_> {
        let number = if let Space::Known(number) = tag.space { Some(number) } else { None };
        Name { number, uri: self.uri_of(tag), local: self.split_name(tag).1 }
    }

    /// Returns the wildcard that admits a child whose own item has already been filled.
    pub(super) fn find_room(&self, type_info: &'static TypeInfo, tag: &Tag, from: usize) -> Option<usize> {
        self.find_wildcard_from(type_info.items(), tag, from)
            .filter(|index| type_info.items().get(*index).is_some_and(|it| it.place == Place::Any))
    }

    /// Returns the first wildcard that admits the child, starting at the item `from` and continuing from the beginning.
    fn find_wildcard_from(&self, items: &[FieldInfo], tag: &Tag, from: usize) -> Option<usize> {
        let (before, after) = items.split_at_checked(from.min(items.len()))?;
        self.find_wildcard(after, tag).map(|index| index + before.len()).or_else(|| self.find_wildcard(before, tag))
    }

    /// Returns the first item that is a wildcard that admits the child, or a group that contains one.
    fn find_wildcard(&self, items: &[FieldInfo], tag: &Tag) -> Option<usize> {
        items.iter().position(|item| match item.place {
            Place::Any => item.is_wildcard_for(self.uri_of(tag)),
            Place::Group => item.type_info().is_some_and(|type_info| self.find_wildcard(type_info.items(), tag).is_some()),
            Place::Element | Place::Attribute | Place::Text => false,
        })
    }

    /// Returns the namespace and the local name of an element.
    pub(crate) fn qualified(&self, tag: &Tag) -> (String, String) {
        (self.uri_of(tag).to_owned(), self.split_name(tag).1.to_owned())
    }

    /// Returns the namespace of an element; the empty string for none.
    pub(super) fn uri_of(&self, tag: &Tag) -> &str {
        match tag.space {
            Space::Known(number) => self.schema.uri(number),
            Space::Foreign => self.lookup(self.split_name(tag).0).unwrap_or_default(),
            Space::Undeclared => "",
        }
    }
}
