//! Continues in a new window what was suspended in the last one: enters the levels that were open again, with the state that `window` saved.

use super::progress::{Level, Seen, known_group};
use super::reader::Reader;
use super::tag::Tag;
use super::window::{Frame, FrameKind, Stage};
use crate::error::{Error, Result};
use crate::tables::{FieldInfo, TypeInfo};
use crate::value::{Slot, Variants};

impl Reader<'_> {
    /// Continues reading the root element.
    pub(crate) fn root_again(&mut self, item: &'static FieldInfo, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if item.is_leaf() { self.leaf(item, tag, slot) } else { self.element_again(item, tag, slot) }
    }

    /// Continues reading the content of an element, if it was open: restores its state, and reads the rest of the child that was open in it.
    #[cold]
    #[inline(never)]
    pub(super) fn content_again(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot], level: &mut Level) -> Result<()> {
        let Some(frame) = self.pop_frame() else {
            self.new_from_here();
            return Ok(());
        };
        let Frame { stage, index, kind: FrameKind::Content { progress, matcher, quick, seen } } = frame else { return Err(lost()) };
        (level.progress, level.quick) = (progress, quick);
        (level.child.index, level.child.seen) = (index, seen);
        if level.matcher.is_some() {
            let fresh = std::mem::replace(&mut self.matcher, matcher);
            self.spare.extend(fresh);
        }
        let group = if seen { level.progress.group(index) } else { None };
        match self.child_again(stage, child(type_info, index, slots), group, &mut level.child.tag) {
            Ok(()) => Ok(()),
            Err(error) => Err(self.suspended(error, level, stage)),
        }
    }

    /// Reads the rest of a child that was open. Its start tag is read again, unless it is a choice or a group.
    fn child_again(
        &mut self,
        stage: Stage,
        child: Option<(&'static FieldInfo, &mut dyn Slot)>,
        group: Option<&mut Seen>,
        tag: &mut Tag,
    ) -> Result<()> {
        match (stage, child) {
            (Stage::Between, _) => {
                self.new_from_here();
                Ok(())
            }
            (Stage::Skipped, _) => {
                *tag = self.start_tag()?;
                self.skip(tag)
            }
            (Stage::Within, Some((item, slot))) => slot.read_on(self, item, &Tag::default(), group),
            (Stage::Text, Some((item, slot))) => {
                *tag = self.start_tag()?;
                self.begin(item, tag, slot).map(drop)
            }
            (Stage::Element, Some((item, slot))) => {
                *tag = self.start_tag()?;
                self.element_again(item, tag, slot)
            }
            (Stage::Within | Stage::Text | Stage::Element, None) => Err(lost()),
        }
    }

    /// Reads the rest of an element with children or attributes.
    fn element_again(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if item.fixed && item.value_constraint.is_some() {
            return self.element(item, child, slot); // it is read as a whole, so that nothing of it was read yet
        }
        let around = self.errors.is_some().then(|| self.around());
        self.outer = Some(item).filter(|item| item.value_constraint.is_some());
        let result = slot.read_on(self, item, child, None);
        match around {
            Some(around) => self.resume(around, child, result),
            None => result,
        }
    }

    /// Continues with the members of a group: reads the rest of the member that was open. Returns the next member.
    #[cold]
    pub(super) fn members_again(
        &mut self,
        type_info: &'static TypeInfo,
        inner: &mut Vec<(usize, Seen)>,
        slots: &mut [&mut dyn Slot],
    ) -> Result<Option<Tag>> {
        let Some(Frame { stage, index, kind: FrameKind::Group { inner: saved } }) = self.pop_frame() else { return Err(lost()) };
        *inner = saved;
        let mut tag = Tag::default();
        let group = if stage == Stage::Within { known_group(inner, index) } else { None };
        let read = self.child_again(stage, child(type_info, index, slots), group, &mut tag);
        let read = read.map_err(|error| (error, stage)).and_then(|()| self.next_member().map_err(|error| (error, Stage::Between)));
        read.map_err(|(error, stage)| {
            self.suspended_in(error, (tag.at, index), stage, || FrameKind::Group { inner: std::mem::take(inner) })
        })
    }

    /// Continues with the variant of a choice.
    #[cold]
    pub(super) fn choose_again(&mut self, type_info: &'static TypeInfo, choice: &mut dyn Variants) -> Result<()> {
        let Some(Frame { stage, index, kind: FrameKind::Choice { item, within, count } }) = self.pop_frame() else { return Err(lost()) };
        let mut tag = Tag::default();
        let Some(item) = item else {
            // The child was none of the choice.
            let read = self.child_again(stage, None, None, &mut tag);
            let kind = || FrameKind::Choice { item: None, within: None, count };
            return read.map_err(|error| self.suspended_in(error, (tag.at, index), stage, kind));
        };
        let Some((_, slot)) = choice.active_mut() else { return Err(lost()) };
        if let Some(mut within) = within {
            if let Err(error) = slot.read_on(self, item, &Tag::default(), Some(&mut within)) {
                let kind = || FrameKind::Choice { item: Some(item), within: Some(within), count };
                return Err(self.suspended_in(error, (0, index), stage, kind));
            }
            return item.type_info().map_or(Ok(()), |type_info| self.finish_group(type_info, &within));
        }
        if let Err(error) = self.child_again(stage, Some((item, &mut *slot)), None, &mut tag) {
            let kind = || FrameKind::Choice { item: Some(item), within: None, count };
            return Err(self.suspended_in(error, (tag.at, index), stage, kind));
        }
        let count = if stage == Stage::Between { count } else { count.saturating_add(1) };
        self.run_on(type_info, index, (item, slot), count)
    }
}

/// Returns the item and the slot of a child.
fn child<'s>(type_info: &'static TypeInfo, index: usize, slots: &'s mut [&mut dyn Slot]) -> Option<(&'static FieldInfo, &'s mut dyn Slot)> {
    let slot: &mut dyn Slot = &mut **slots.get_mut(index)?;
    Some((type_info.items().get(index)?, slot))
}

#[cold]
fn lost() -> Error {
    Error::syntax(0, "what was open in the last part of the document is lost")
}
