//! Reads the children that belong to a choice, or to a sequence within a content model. The first child that does not belong to it is left
//! pending for the caller.

use super::progress::{Seen, known_group};
use super::reader::{Next, Reader, Step};
use super::tag::Tag;
use crate::error::Result;
use crate::note::NoteKind;
use crate::tables::{Content, FieldInfo, Place, TypeCell, TypeInfo, UNBOUNDED};
use crate::value::{Slot, Variants};

/// The relation of a child to a group.
enum Member {
    /// The child does not belong to the group.
    Outside,
    /// The child is a member that was read or skipped.
    Read,
    /// The child is the member of this number and must still be read.
    Unread(usize, &'static FieldInfo),
}

/// The variant of a choice that a child belongs to.
struct Variant<'s> {
    index: usize,
    item: &'static FieldInfo,
    slot: &'s mut dyn Slot,
    /// Whether the fast path found it.
    variant_ahead: bool,
    /// Whether another occurrence of the choice may follow.
    repeats: bool,
}

impl Reader<'_> {
    /// Returns whether a child begins another occurrence of a repeated group, given the items seen in the current one. If it does, the
    /// current occurrence is finished.
    ///
    /// # Errors
    /// Fails for the same reasons as [`Reader::structure`].
    pub(crate) fn begins_occurrence(&mut self, item: &'static FieldInfo, tag: &Tag, seen: &mut Seen) -> Result<bool> {
        let Some(type_info) = item.type_info() else { return Ok(true) };
        if !seen.is_empty() {
            if self.continues(type_info, tag, seen)? {
                return Ok(false);
            }
            self.finish_group(type_info, seen)?;
        }
        *seen = Seen::ordered();
        Ok(true)
    }

    /// Returns whether a child may still go into an occurrence of a group, given the items seen in it.
    fn continues(&mut self, type_info: &'static TypeInfo, tag: &Tag, seen: &Seen) -> Result<bool> {
        let Some(index) = self.find(type_info, tag, from(type_info, seen), seen)? else { return Ok(false) };
        let Some(item) = type_info.items().get(index) else { return Ok(false) };
        Ok(match type_info.content {
            Content::Choice => seen.last.is_none() || seen.last == Some(index) && item.max == UNBOUNDED && item.place == Place::Element,
            _ => self.has_room(type_info, item, index, seen),
        })
    }

    /// Reads children into the slots of a group, as long as they belong to the group.
    ///
    /// # Errors
    /// Fails for the same reasons as [`Reader::structure`].
    pub fn members(&mut self, cell: &'static TypeCell, tag: &Tag, seen: Option<&mut Seen>, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let type_info = cell.info();
        if self.edit.is_some() {
            return self.edit_members(type_info, slots);
        }
        self.descend(type_info, true, tag.at)?;
        let mut none = Seen::default();
        let seen = seen.unwrap_or(&mut none);
        let mut inner: Vec<(usize, Seen)> = Vec::new();
        let mut next = Some(*tag);
        while let Some(tag) = &next {
            let member = self.member(type_info, tag, seen, slots)?;
            match member {
                Member::Outside => break,
                Member::Read => {}
                Member::Unread(index, item) => {
                    let Some(slot) = slots.get_mut(index) else { break };
                    if item.place == Place::Group {
                        inner.retain(|(known, _)| *known != index || item.repeats());
                        slot.read(self, item, tag, known_group(&mut inner, index))?;
                    } else {
                        self.element(item, tag, *slot)?;
                    }
                }
            }
            next = self.next_member()?;
        }
        self.ascend(type_info, true);
        self.finish_inner(type_info, &inner)
    }

    /// Finds the member that a child belongs to, and reads the child if it is a text. A child that does not belong to the group is left
    /// pending.
    fn member(&mut self, type_info: &'static TypeInfo, tag: &Tag, seen: &mut Seen, slots: &mut [&mut dyn Slot]) -> Result<Member> {
        let index = self.find(type_info, tag, from(type_info, seen), seen)?;
        let Some((index, item)) = index.and_then(|index| Some((index, type_info.items().get(index)?))) else {
            self.pending = Some(Next::Start(*tag));
            return Ok(Member::Outside);
        };
        if !self.has_room(type_info, item, index, seen) {
            if seen.ordered || seen.again {
                self.pending = Some(Next::Start(*tag));
                return Ok(Member::Outside);
            }
            self.report(NoteKind::Repeated, tag.at, Step::None, |_| "it may occur only once".to_owned())?;
            return self.leave_out(tag).map(|()| Member::Read);
        }
        let Some(slot) = slots.get_mut(index) else { return Ok(Member::Read) };
        seen.count(index);
        if item.place != Place::Group {
            self.take(item, tag.at);
        }
        let below = item.place == Place::Group || self.begin(item, tag, *slot)?;
        Ok(if below { Member::Unread(index, item) } else { Member::Read })
    }

    /// Returns the child that follows a member of a group; `None` if text or the end of the element follows, which is left pending.
    fn next_member(&mut self) -> Result<Option<Tag>> {
        match self.next(false)? {
            Next::Start(next) => Ok(Some(next)),
            other => {
                self.pending = Some(other);
                Ok(None)
            }
        }
    }

    fn finish_inner(&mut self, type_info: &'static TypeInfo, inner: &[(usize, Seen)]) -> Result<()> {
        for (index, within) in inner {
            if let Some(type_info) = type_info.items().get(*index).and_then(FieldInfo::type_info) {
                self.finish_group(type_info, within)?;
            }
        }
        Ok(())
    }

    /// Reads children into one variant of a choice.
    ///
    /// # Errors
    /// Fails for the same reasons as [`Reader::structure`].
    pub fn choose(&mut self, cell: &'static TypeCell, tag: &Tag, seen: Option<&mut Seen>, choice: &mut dyn Variants) -> Result<()> {
        let type_info = cell.info();
        if self.edit.is_some() {
            return self.edit_choice(type_info, choice);
        }
        match self.variant(type_info, tag, seen, choice)? {
            None => Ok(()),
            Some(variant) if variant.variant_ahead => variant.slot.read(self, variant.item, tag, None),
            Some(variant) if variant.item.place == Place::Group => self.variant_group(variant.item, variant.repeats, tag, variant.slot),
            Some(variant) if variant.item.max == 1 => match self.begin(variant.item, tag, variant.slot)? {
                true => self.element(variant.item, tag, variant.slot),
                false => Ok(()),
            },
            Some(variant) => self.run(type_info, variant, tag),
        }
    }

    /// Reads children into a choice or a group that is a variant of a choice.
    fn variant_group(&mut self, item: &'static FieldInfo, repeats: bool, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let mut within = Seen::variant(self.strict, repeats);
        slot.read(self, item, tag, Some(&mut within))?;
        item.type_info().map_or(Ok(()), |type_info| self.finish_group(type_info, &within))
    }

    /// Sets a choice to the variant that a child belongs to. Returns the variant, if it must still be read.
    fn variant<'s>(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        seen: Option<&mut Seen>,
        choice: &'s mut dyn Variants,
    ) -> Result<Option<Variant<'s>>> {
        if let Some(found) = self.variant_ahead.take() {
            let below = self.read_variant_ahead(type_info, tag, found, choice)?;
            return Ok(below.map(|(item, slot)| Variant { index: 0, item, slot, variant_ahead: true, repeats: false }));
        }
        let mut none = Seen::default();
        let seen = seen.unwrap_or(&mut none);
        let index = self.find(type_info, tag, 0, seen)?;
        let Some((index, item)) = index.and_then(|index| Some((index, type_info.items().get(index)?))) else {
            return self.unknown(tag, type_info).map(|()| None);
        };
        if seen.last.is_some_and(|last| last != index || item.max == 1 && item.place == Place::Element) {
            self.report(NoteKind::Repeated, tag.at, Step::None, |_| "the choice already has another element".to_owned())?;
            return self.leave_out(tag).map(|()| None);
        }
        let fresh = seen.last.is_none();
        seen.set(index);
        let mut item = item;
        if item.place != Place::Group {
            self.take(item, tag.at);
            item = self.placed(item, tag)?;
        }
        match choice.variant(index, fresh) {
            Some(slot) => Ok(Some(Variant { index, item, slot, variant_ahead: false, repeats: seen.repeats })),
            None => self.unknown(tag, type_info).map(|()| None),
        }
    }

    /// Reads elements of one name, as many as may occur here.
    fn run(&mut self, type_info: &'static TypeInfo, variant: Variant<'_>, tag: &Tag) -> Result<()> {
        let (item, mut next, mut count) = (variant.item, Some(*tag), 0);
        while let Some(tag) = &next {
            if self.begin(item, tag, variant.slot)? {
                self.element(item, tag, variant.slot)?;
            }
            count += 1;
            next = if count >= item.max { None } else { self.next_alike(type_info, variant.index)? };
        }
        Ok(())
    }

    /// Returns the next child, if it belongs to this variant of a choice; anything else is left pending.
    fn next_alike(&mut self, type_info: &'static TypeInfo, index: usize) -> Result<Option<Tag>> {
        match self.next(false)? {
            Next::Start(next) if self.find(type_info, &next, index, &Seen::one(index))? == Some(index) => {
                if let Some(item) = type_info.items().get(index) {
                    self.take(item, next.at);
                }
                Ok(Some(next))
            }
            other => {
                self.pending = Some(other);
                Ok(None)
            }
        }
    }

    /// Returns whether one more element of this item may go into an occurrence of a group. Tolerant mode accepts an element that comes too
    /// late as long as a required item is missing in the occurrence, because the content model does not allow a new occurrence to begin
    /// there.
    fn has_room(&self, type_info: &'static TypeInfo, item: &FieldInfo, index: usize, seen: &Seen) -> bool {
        let fresh = || item.repeats() || !seen.has(index);
        match seen.last {
            Some(last) if seen.ordered => {
                let in_order = index > last || index == last && item.repeats() && (seen.run < item.max || item.place == Place::Group);
                in_order || !self.strict && !is_complete(type_info, seen) && fresh()
            }
            _ => fresh(),
        }
    }

    /// Notes or rejects the missing items of a group that has ended.
    pub(super) fn finish_group(&mut self, type_info: &'static TypeInfo, seen: &Seen) -> Result<()> {
        if type_info.content == Content::Choice || self.strict {
            return Ok(()); // a choice has its one variant; in strict mode, the content model was satisfied
        }
        let parent = self.parent;
        for (index, item) in type_info.items().iter().enumerate() {
            if item.min > 0 && !seen.has(index) {
                self.missing(item, &parent)?;
            }
        }
        Ok(())
    }
}

/// Returns the number of the item at which the search for the next child of a group starts.
fn from(type_info: &'static TypeInfo, seen: &Seen) -> usize {
    let behind = |last: usize| last + usize::from(!type_info.items().get(last).is_some_and(FieldInfo::repeats));
    seen.last.map_or(0, behind)
}

/// Returns whether an occurrence of a group has all its required items.
fn is_complete(type_info: &'static TypeInfo, seen: &Seen) -> bool {
    type_info.items().iter().enumerate().all(|(index, item)| item.min == 0 || seen.has(index))
}
