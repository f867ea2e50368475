//! In: at the cursor, the start tag of an element that the schema has next, with attributes that it has too, each plain. Out: where their
//! values are, and later the values in their slots.
//! Not done here: any other start tag (`tag`, `attributes`).

use super::names::Space;
use super::record::Progress;
use super::{Reader, Seen, Step, Tag};
use crate::bytes::{find_byte, is_plain};
use crate::error::Result;
use crate::keys::Window;
use crate::shape::{Item, Kind, Place, Shape};
use crate::value::Slot;

/// The longest name of an element that is looked for.
const LONGEST: usize = 64;

/// The value of an attribute: the number of its item, and where the text starts and ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ahead {
    index: usize,
    start: usize,
    end: usize,
}

impl Reader<'_> {
    /// Reads a child with attributes, if its start tag is plain; tells whether it did. If not, nothing has changed.
    #[inline(never)]
    pub(super) fn attributed(&mut self, shape: &'static Shape, slots: &mut [&mut dyn Slot], progress: &mut Progress) -> Result<bool> {
        let at = self.at;
        let Some((index, item, name_end)) = self.named_ahead(shape, progress.from) else { return Ok(false) };
        let Some(slot) = slots.get_mut(index).filter(|_| item.repeats() || !progress.seen.has(index)) else { return Ok(false) };
        let Some(inner) = item.shape().filter(|_| item.kind.without(Kind::BOXED) == Kind::STRUCT && item.preset.is_none()) else {
            return Ok(false);
        };
        let Some((end, empty)) = self.values_ahead(inner.attributes(), name_end) else {
            self.ahead.clear();
            return Ok(false);
        };
        if self.strict {
            self.in_order(shape, index, at, || slot.count(), progress)?;
        }
        progress.seen.set(index);
        progress.from = index + usize::from(!item.repeats());
        self.at = end;
        let (len, space) = (name_end - at - 1, Space::Known(item.namespace));
        // Its attributes are among those found ahead, not where a tag has them else.
        let tag = Tag { at, len, space, mark: self.scopes.len(), plain: true, empty };
        slot.read(self, item, tag, None)?;
        Ok(true)
    }

    /// The item whose name, with its usual prefix, stands at the cursor before a blank; and the end of the name.
    fn named_ahead(&self, shape: &'static Shape, from: usize) -> Option<(usize, &'static Item, usize)> {
        let (bytes, table) = (self.text.as_bytes(), shape.table());
        let window: &Window = bytes.get(self.at..)?.first_chunk()?;
        let tried = table.keys.namespaces().iter().find_map(|namespace| Some((*namespace, self.binding(*namespace).starts(window)?)));
        let (namespace, local) = tried?;
        let start = self.at + local;
        let len = find_byte(b' ', bytes.get(start..)?.get(..LONGEST)?)?;
        let index = table.keys.of_name(&table.items, self.text.get(start..start + len)?, namespace, from)?;
        Some((index, table.items.get(index)?, start + len))
    }

    /// Finds the attributes that stand there, up to the end of the tag. Gives that end, and whether the element is empty.
    fn values_ahead(&mut self, items: &'static [Item], mut at: usize) -> Option<(usize, bool)> {
        let bytes = self.text.as_bytes();
        let mut expected = 0;
        self.ahead.clear();
        loop {
            let rest = bytes.get(at..)?;
            match rest {
                [b'>', ..] => return Some((at + 1, false)),
                [b'/', b'>', ..] => return Some((at + 2, true)),
                [b' ', rest @ ..] if self.ahead.len() < self.options.max_attributes => {
                    let stands = |item: &Item| {
                        let named = item.place == Place::Attribute && item.namespace == 0;
                        named && rest.strip_prefix(item.local.as_bytes()).is_some_and(|rest| rest.starts_with(b"=\""))
                    };
                    let later = items.get(expected..)?.iter().position(stands).map(|index| index + expected);
                    let index = later.or_else(|| items.get(..expected)?.iter().position(stands))?;
                    let start = at + 1 + items.get(index)?.local.len() + 2;
                    let value = bytes.get(start..)?;
                    let value = value.get(..find_byte(b'"', value)?)?;
                    if !is_plain(value) || self.ahead.iter().any(|ahead| ahead.index == index) {
                        return None;
                    }
                    self.ahead.push(Ahead { index, start, end: start + value.len() });
                    (at, expected) = (start + value.len() + 1, index + 1);
                }
                _ => return None,
            }
        }
    }

    /// Fills the slots of the attributes that were found ahead.
    pub(super) fn fill_ahead(&mut self, shape: &'static Shape, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let mut found = std::mem::take(&mut self.ahead);
        let mut seen = Seen::default();
        for Ahead { index, start, end } in found.drain(..) {
            seen.set(index);
            if let (Some(item), Some(slot)) = (shape.attributes().get(index), slots.get_mut(index)) {
                let value = self.text.get(start..end).unwrap_or_default();
                self.settle(item, *slot, value, tag.at, Step::Attribute(item.local))?;
            }
        }
        self.ahead = found;
        self.absent_attributes(shape, tag, slots, &seen)
    }
}
