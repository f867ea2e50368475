//! In: a child that belongs to a choice, or to a sequence within a model. Out: that child and those after it that belong to it too.
//! Not done here: the children of an element (`record`). What does not belong is left pending for whoever called.

use super::seen::Seen;
use super::{Next, Reader, Step, Tag};
use crate::error::Result;
use crate::note::NoteKind;
use crate::shape::{Content, Item, Place, Shape, UNBOUNDED};
use crate::value::{Arms, Slot};

impl Reader<'_> {
    /// Whether a child begins another occurrence of a repeated group of which so much was seen; if so, the one before is ended.
    ///
    /// # Errors
    /// As [`Reader::record`].
    pub(crate) fn begins_anew(&mut self, item: &'static Item, tag: &Tag, seen: &mut Seen) -> Result<bool> {
        let Some(shape) = item.shape() else { return Ok(true) };
        if !seen.is_empty() {
            if self.continues(shape, tag, seen)? {
                return Ok(false);
            }
            self.finish_group(shape, seen)?;
        }
        *seen = Seen::ordered();
        Ok(true)
    }

    /// Whether a child may still go into an occurrence of a group of which so much was seen.
    fn continues(&mut self, shape: &'static Shape, tag: &Tag, seen: &Seen) -> Result<bool> {
        let Some(index) = self.find(shape, tag, 0)? else { return Ok(false) };
        let Some(item) = shape.items().get(index) else { return Ok(false) };
        Ok(match shape.content {
            Content::Choice => seen.last.is_none() || seen.last == Some(index) && item.max == UNBOUNDED && item.place == Place::Element,
            _ => has_room(item, index, seen),
        })
    }

    /// Reads children into the slots of a group, as long as they belong there.
    ///
    /// # Errors
    /// As [`Reader::record`].
    pub fn members(&mut self, shape: &'static Shape, tag: Tag, seen: Option<&mut Seen>, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let mut none = Seen::default();
        let seen = seen.unwrap_or(&mut none);
        let mut tag = tag;
        let mut inner: Vec<(usize, Seen)> = Vec::new();
        loop {
            let index = self.find(shape, &tag, 0)?;
            let Some((index, item)) = index.and_then(|index| Some((index, shape.items().get(index)?))) else {
                self.pending = Some(Next::Start(tag));
                break;
            };
            if !has_room(item, index, seen) {
                if seen.ordered || seen.again {
                    self.pending = Some(Next::Start(tag));
                    break;
                }
                self.complain(NoteKind::Repeated, tag.at, Step::None, |_| "it may stand once only".to_owned())?;
                self.skip(&tag)?;
            } else if let Some(slot) = slots.get_mut(index) {
                seen.count(index);
                if item.place == Place::Group {
                    inner.retain(|(known, _)| *known != index || item.repeats());
                    let at = inner.iter().position(|(known, _)| *known == index);
                    let mut within = at.map(|at| inner.swap_remove(at).1).unwrap_or_default();
                    slot.read(self, item, tag, Some(&mut within))?;
                    inner.push((index, within));
                } else {
                    self.occurrence(item, tag, *slot)?;
                }
            }
            match self.next(false)? {
                Next::Start(next) => tag = next,
                other => {
                    self.pending = Some(other);
                    break;
                }
            }
        }
        for (index, within) in &inner {
            if let Some(shape) = shape.items().get(*index).and_then(Item::shape) {
                self.finish_group(shape, within)?;
            }
        }
        Ok(())
    }

    /// Reads children into one arm of a choice.
    ///
    /// # Errors
    /// As [`Reader::record`].
    pub fn choose(&mut self, shape: &'static Shape, tag: Tag, seen: Option<&mut Seen>, arms: &mut dyn Arms) -> Result<()> {
        if let Some(found) = self.foreseen.take() {
            return self.foreseen_arm(shape, tag, found, arms);
        }
        let mut none = Seen::default();
        let seen = seen.unwrap_or(&mut none);
        let index = self.find(shape, &tag, 0)?;
        let Some((index, item)) = index.and_then(|index| Some((index, shape.items().get(index)?))) else {
            return self.unknown(&tag);
        };
        if seen.last.is_some_and(|last| last != index || item.max == 1 && item.place == Place::Element) {
            self.complain(NoteKind::Repeated, tag.at, Step::None, |_| "another of the choice stands already".to_owned())?;
            return self.skip(&tag);
        }
        let fresh = seen.last.is_none();
        seen.set(index);
        let Some(slot) = arms.arm(index, fresh) else { return self.unknown(&tag) };
        if item.place == Place::Group {
            let mut within = Seen::arm(self.strict);
            slot.read(self, item, tag, Some(&mut within))?;
            return item.shape().map_or(Ok(()), |shape| self.finish_group(shape, &within));
        }
        self.run(shape, index, item, tag, slot)
    }

    /// Reads elements of one name, as many as may stand there.
    fn run(&mut self, shape: &'static Shape, index: usize, item: &'static Item, tag: Tag, slot: &mut dyn Slot) -> Result<()> {
        let mut tag = tag;
        let mut count = 1;
        loop {
            self.occurrence(item, tag, slot)?;
            if count >= item.max {
                return Ok(());
            }
            count += 1;
            match self.next(false)? {
                Next::Start(next) if self.find(shape, &next, index)? == Some(index) => tag = next,
                other => {
                    self.pending = Some(other);
                    return Ok(());
                }
            }
        }
    }

    /// Notes or refuses what is missing in a group that has ended.
    pub(super) fn finish_group(&mut self, shape: &'static Shape, seen: &Seen) -> Result<()> {
        if shape.content == Content::Choice || self.strict {
            return Ok(()); // one arm was seen; and a strict model was satisfied
        }
        let parent = self.parent;
        for (index, item) in shape.items().iter().enumerate() {
            if item.min > 0 && !seen.has(index) {
                self.missing(item, &parent)?;
            }
        }
        Ok(())
    }
}

/// Whether one more of this item may go into an occurrence of a group.
fn has_room(item: &Item, index: usize, seen: &Seen) -> bool {
    match seen.last {
        Some(last) if seen.ordered => {
            index > last || index == last && item.repeats() && (seen.run < item.max || item.place == Place::Group)
        }
        _ => item.repeats() || !seen.has(index),
    }
}
