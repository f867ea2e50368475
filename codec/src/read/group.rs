//! Reads the children that belong to a choice, or to a sequence within a content model. The first child that does not belong to it is left
//! pending for the caller.

use super::progress::{Seen, known_group};
use super::reader::{Next, Reader, Step};
use super::tag::Tag;
use super::window::{FrameKind, Stage};
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
        if self.reuses() {
            self.begin_members(type_info, slots);
            if self.collects() {
                return Ok(());
            }
        }
        self.descend(type_info, true, tag.at)?;
        let mut none = Seen::default();
        let seen = seen.unwrap_or(&mut none);
        let mut inner: Vec<(usize, Seen)> = Vec::new();
        let mut next = if self.resumes() { self.members_again(type_info, &mut inner, slots)? } else { Some(*tag) };
        while let Some(tag) = &next {
            let (index, read) = match self.member(type_info, tag, seen, slots) {
                Ok(Member::Outside) => break,
                Ok(Member::Read) => (0, Ok(())),
                Ok(Member::Unread(index, item)) => {
                    let Some(slot) = slots.get_mut(index) else { break };
                    let read = if item.place == Place::Group {
                        inner.retain(|(known, _)| *known != index || item.repeats());
                        slot.read(self, item, tag, known_group(&mut inner, index))
                    } else {
                        self.element(item, tag, *slot)
                    };
                    (index, read.map_err(|error| (error, Stage::Element)))
                }
                Err(error) => (seen.last.unwrap_or_default(), Err((error, Stage::Text))),
            };
            let at = tag.at;
            match read.and_then(|()| self.next_member().map_err(|error| (error, Stage::Between))) {
                Ok(found) => next = found,
                Err((error, stage)) => return Err(self.suspended_in(error, (at, index), stage, || FrameKind::Group { inner })),
            }
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
    pub(super) fn next_member(&mut self) -> Result<Option<Tag>> {
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
        if self.collects() {
            self.collect_choice(type_info, choice);
            return Ok(());
        }
        if self.resumes() {
            return self.choose_again(type_info, choice);
        }
        let variant = match self.variant(type_info, tag, seen, choice) {
            Ok(Some(variant)) => variant,
            Ok(None) => return Ok(()),
            Err(error) => {
                let kind = || FrameKind::Choice { item: None, within: None, count: 0 };
                return Err(self.suspended_in(error, (tag.at, 0), Stage::Text, kind));
            }
        };
        let Variant { index, item, slot, .. } = variant;
        if variant.variant_ahead {
            let read = slot.read(self, item, tag, None);
            let kind = || FrameKind::Choice { item: Some(item), within: None, count: u32::MAX };
            return read.map_err(|error| self.suspended_in(error, (tag.at, index), Stage::Element, kind));
        }
        if item.place == Place::Group {
            return self.variant_group(item, variant.repeats, tag, slot);
        }
        self.one(index, (item, &mut *slot), 0, tag)?;
        if item.max == 1 { Ok(()) } else { self.run_on(type_info, index, (item, slot), 1) }
    }

    /// Reads one element of a variant of a choice, of which `count` elements were read before.
    #[inline]
    fn one(&mut self, index: usize, (item, slot): (&'static FieldInfo, &mut dyn Slot), count: u32, tag: &Tag) -> Result<()> {
        let read = match self.begin(item, tag, slot) {
            Ok(true) => self.element(item, tag, slot).map_err(|error| (error, Stage::Element)),
            Ok(false) => Ok(()),
            Err(error) => Err((error, Stage::Text)),
        };
        let kind = || FrameKind::Choice { item: Some(item), within: None, count };
        read.map_err(|(error, stage)| self.suspended_in(error, (tag.at, index), stage, kind))
    }

    /// Reads children into a choice or a group that is a variant of a choice.
    fn variant_group(&mut self, item: &'static FieldInfo, repeats: bool, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let mut within = Seen::variant(self.strict, repeats);
        if let Err(error) = slot.read(self, item, tag, Some(&mut within)) {
            let kind = || FrameKind::Choice { item: Some(item), within: Some(within), count: 0 };
            return Err(self.suspended_in(error, (tag.at, 0), Stage::Element, kind));
        }
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
        let reused = fresh && self.reuses();
        if reused {
            self.begin_variant(type_info, choice, index);
        }
        match choice.variant(index, fresh && !reused) {
            Some(slot) => Ok(Some(Variant { index, item, slot, variant_ahead: false, repeats: seen.repeats })),
            None => self.unknown(tag, type_info).map(|()| None),
        }
    }

    /// Reads further elements of one name, as many as may occur here, if `count` were read before.
    pub(super) fn run_on(
        &mut self,
        type_info: &'static TypeInfo,
        index: usize,
        (item, slot): (&'static FieldInfo, &mut dyn Slot),
        mut count: u32,
    ) -> Result<()> {
        while count < item.max {
            let next = match self.next_alike(type_info, index) {
                Ok(Some(next)) => next,
                Ok(None) => break,
                Err(error) => {
                    let kind = || FrameKind::Choice { item: Some(item), within: None, count };
                    return Err(self.suspended_in(error, (0, index), Stage::Between, kind));
                }
            };
            self.one(index, (item, &mut *slot), count, &next)?;
            count = count.saturating_add(1);
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
