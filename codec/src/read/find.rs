//! In: the name of a child, and the items of a type. Out: the item that is meant.
//! Not done here: the short way for the child that comes next by the schema (`cursor`).

use super::names::Space;
use super::{Reader, Seen, Step, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::matcher::{Matched, Name, admits, declares, has_wildcard, in_order};
use crate::note::NoteKind;
use crate::tables::{Content, FieldInfo, Place, TypeInfo};
use crate::wildcard;

/// How far a name may be from that of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearness {
    /// Namespace and local name.
    Exact,
    /// A name without namespace for a qualified one, or the reverse.
    Unqualified,
    /// Letters in other case.
    OtherCase,
    /// The local name, in another namespace of the schema set.
    OtherNamespace,
}

/// Whether the name is that of the item.
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

/// Whether the name stands for this item, or within this choice or group.
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

/// Whether any item has this local name in any case.
fn is_like(items: &[FieldInfo], local: &str) -> bool {
    items.iter().any(|item| match item.place {
        Place::Element => item.local.len() == local.len() && item.local.eq_ignore_ascii_case(local),
        Place::Group => item.type_info().is_some_and(|type_info| is_like(type_info.items(), local)),
        Place::Any | Place::Attribute | Place::Text => false,
    })
}

/// The first such item from this one on, and then from the start.
fn seek(items: &[FieldInfo], from: usize, space: Space, local: &str, nearness: Nearness) -> Option<usize> {
    let from = from.min(items.len());
    let (before, after) = items.split_at_checked(from)?;
    let find = |items: &[FieldInfo]| items.iter().position(|item| stands_for(item, space, local, nearness));
    find(after).map(|index| from + index).or_else(|| find(before))
}

impl<'a> Reader<'a> {
    /// The item that a child is: the one that the content model has there, else the one that its name means. Looks from this item on first,
    /// given what was seen.
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
            self.complain(NoteKind::OtherCase, tag.at, Step::None, |_| String::new())?;
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

    /// The item that the name of the root element means.
    pub(crate) fn find_root(&mut self, roots: &'static [FieldInfo], tag: &Tag) -> Result<(usize, &'static FieldInfo)> {
        let local = self.split_name(tag).1;
        let mut index = seek(roots, 0, tag.space, local, Nearness::Exact);
        if index.is_none() && self.takes_undeclared() {
            index = seek(roots, 0, tag.space, local, Nearness::Unqualified);
            if index.is_none() {
                index = seek(roots, 0, tag.space, local, Nearness::OtherCase);
                if index.is_some() {
                    self.complain(NoteKind::OtherCase, tag.at, Step::None, |_| String::new())?;
                }
            }
        }
        let index = index.or_else(|| self.find_wildcard(roots, tag));
        let found = index.and_then(|index| Some((index, roots.get(index)?)));
        found.ok_or_else(|| {
            let (name, uri) = (excerpt(self.raw_name(tag)), excerpt(self.uri_of(tag)));
            Error::at(ErrorKind::Root, tag.at, format!("{name} in the namespace '{uri}'"))
        })
    }

    /// Makes names without prefix the usual ones of a namespace, where that cannot mislead.
    fn adapt(&mut self, type_info: &'static TypeInfo, index: usize, tag: &Tag, prefix: &'a str) {
        if let Some(item) = type_info.items().get(index).filter(|item| item.place == Place::Element)
            && tag.space == Space::Known(0)
            && prefix.is_empty()
            && type_info.distinct()
        {
            self.prefer(item.namespace, prefix, true);
        }
    }

    /// The item that the content model has for a child, where wildcards stand among others; nothing where the child is to go by its name.
    fn expected(&self, type_info: &'static TypeInfo, tag: &Tag, from: usize, seen: &Seen) -> Option<usize> {
        let (items, name) = (type_info.items(), self.name_of(tag));
        let around = || (from..items.len()).chain(0..from.min(items.len()));
        let find = |fits: &dyn Fn(&'static FieldInfo) -> bool| around().find(|index| items.get(*index).is_some_and(fits));
        match self.matched {
            Some(Matched::Element(_)) => return find(&|item| declares(item, name)),
            Some(Matched::Wildcard(constraint)) => return find(&|item| has_wildcard(item, constraint)),
            None if self.loose => return None,
            None if type_info.content == Content::Choice => {
                return find(&|item| declares(item, name)).or_else(|| find(&|item| admits(item, name)));
            }
            None => {}
        }
        let index = in_order(items, name, from)?;
        // Tolerant reading goes by the name where an element is missing that must stand before: the content model is not followed.
        let missed = |at: &usize| !self.strict && items.get(*at).is_some_and(|item| item.min > 0) && !seen.has(*at);
        let is_own = |at: &usize| items.get(*at).is_some_and(|item| declares(item, name));
        let astray = (from..index).any(|at| missed(&at)) || !is_own(&index) && (0..index).any(|at| missed(&at) && is_own(&at));
        (!astray).then_some(index)
    }

    /// The name of a child, as content models match it.
    pub(super) fn name_of(&self, tag: &Tag) -> Name<'_> {
        let number = if let Space::Known(number) = tag.space { Some(number) } else { None };
        Name { number, uri: self.uri_of(tag), local: self.split_name(tag).1 }
    }

    /// The wildcard that takes a child whose own item has been filled already.
    pub(super) fn find_room(&self, type_info: &'static TypeInfo, tag: &Tag, from: usize) -> Option<usize> {
        self.find_wildcard_from(type_info.items(), tag, from)
            .filter(|index| type_info.items().get(*index).is_some_and(|it| it.place == Place::Any))
    }

    /// The first wildcard from this item on that admits the child, else the first before it.
    fn find_wildcard_from(&self, items: &[FieldInfo], tag: &Tag, from: usize) -> Option<usize> {
        let (before, after) = items.split_at_checked(from.min(items.len()))?;
        self.find_wildcard(after, tag).map(|index| index + before.len()).or_else(|| self.find_wildcard(before, tag))
    }

    /// The first wildcard that admits the child, within groups too.
    fn find_wildcard(&self, items: &[FieldInfo], tag: &Tag) -> Option<usize> {
        items.iter().position(|item| match item.place {
            Place::Any => wildcard::admits(item.local, self.uri_of(tag)),
            Place::Group => item.type_info().is_some_and(|type_info| self.find_wildcard(type_info.items(), tag).is_some()),
            Place::Element | Place::Attribute | Place::Text => false,
        })
    }

    /// The namespace of an element; empty for none.
    pub(super) fn uri_of(&self, tag: &Tag) -> &str {
        match tag.space {
            Space::Known(number) => self.schema.uri(number),
            Space::Foreign => self.lookup(self.split_name(tag).0).unwrap_or_default(),
            Space::Undeclared => "",
        }
    }
}
