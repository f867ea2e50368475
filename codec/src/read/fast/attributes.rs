//! The fast path for start tags with attributes. It finds the values of the attributes if the element and all its attributes are known to
//! the schema and written in the usual form, and fills their slots later. Any other start tag is read in `markup` and `attributes`.

use super::super::cursor::{is_bare, window};
use super::super::progress::{Child, Level, Outcome, Seen};
use super::super::reader::AttributeAhead;
use super::super::reader::{Reader, Step};
use super::super::tag::{Space, Tag};
use crate::error::Result;
use crate::tables::keys::{Key, Window};
use crate::tables::{TypeInfo, ValueFlags};
use crate::text::bytes::{find_byte, plain_until};
use crate::value::{Slot, TextMatch};

/// The maximum length of an element name that is searched for.
const LONGEST: usize = 64;

impl Reader<'_> {
    /// Finds a child with attributes, if its start tag is in the usual form; otherwise it changes nothing. It finds the item and the end of
    /// the name first, unless the caller knows them.
    #[inline(never)]
    pub(in crate::read) fn attributed(
        &mut self,
        type_info: &'static TypeInfo,
        known: Option<(usize, usize)>,
        slots: &mut [&mut dyn Slot],
        level: &mut Level,
    ) -> Result<Outcome> {
        let (at, progress) = (self.at, &mut level.progress);
        let found = known.or_else(|| self.named_ahead(type_info, progress.from));
        let Some((index, name_end)) = found.filter(|(index, _)| type_info.leads_to(progress.from, *index)) else {
            return Ok(Outcome::Other);
        };
        let (Some(item), Some(slot)) = (type_info.items().get(index), slots.get_mut(index)) else { return Ok(Outcome::Other) };
        let fits = item.repeats() || !progress.seen.has(index);
        let Some(inner) = item
            .type_info()
            .filter(|_| fits && item.kind.without(ValueFlags::BOXED) == ValueFlags::STRUCT && item.value_constraint.is_none())
        else {
            return Ok(Outcome::Other);
        };
        let Some((end, empty)) = self.values_ahead(inner, name_end) else { return Ok(Outcome::Other) };
        self.in_order(type_info, index, at, &**slot, progress)?;
        self.follow(item, at)?;
        progress.seen.set(index);
        progress.from = index + usize::from(!item.repeats());
        self.at = end;
        let (len, space) = (name_end - at - 1, Space::Known(item.namespace));
        // The tag counts as plain because its attributes are in `ahead`, and not in `attributes` as usual.
        let tag = Tag { at, len, space, mark: self.scopes.len(), plain: true, empty };
        level.child = Child { index, tag, seen: false };
        Ok(Outcome::Child)
    }

    /// Returns the item whose name, with the currently bound prefix, is at the cursor, and the end of the name.
    fn named_ahead(&self, type_info: &'static TypeInfo, from: usize) -> Option<(usize, usize)> {
        let (bytes, table) = (self.text.as_bytes(), type_info.table());
        let opening = window(bytes, self.at)?;
        let tried = table.keys.namespaces().iter().find_map(|namespace| Some((*namespace, self.binding(*namespace).starts(opening)?)));
        let (namespace, local) = tried?;
        let start = self.at + local;
        if let Some((index, len)) = table.keys.find_named(opening, local, namespace, from) {
            return Some((index, start + len));
        }
        if table.keys.are_short() {
            return None;
        }
        let len = find_byte(b' ', bytes.get(start..)?.get(..LONGEST)?)?;
        let index = table.of_name(self.text.get(start..start + len)?, namespace, from)?;
        Some((index, start + len))
    }

    /// Finds the attributes from the offset `at` up to the end of the tag. Returns that end, and whether the tag is an empty-element tag.
    pub(in crate::read) fn values_ahead(&mut self, type_info: &'static TypeInfo, at: usize) -> Option<(usize, bool)> {
        self.ahead.clear();
        let end = self.attributes_ahead(type_info.attribute_keys(), at);
        if end.is_none() {
            self.ahead.clear();
        }
        end
    }

    #[inline(always)]
    fn attributes_ahead(&mut self, keys: &'static [Key], mut at: usize) -> Option<(usize, bool)> {
        let bytes = self.text.as_bytes();
        let (mut expected, mut top) = (0, 0);
        loop {
            let rest = bytes.get(at..)?;
            match rest.first()? {
                b' ' => {}
                b'>' => return Some((at + 1, false)),
                _ => return rest.starts_with(b"/>").then_some((at + 2, true)),
            }
            let named: &Window = rest.first_chunk()?;
            let index = match keys.get(expected).is_some_and(|key| key.stands(named, 1)) {
                true => expected,
                false => position(keys, named, expected)?,
            };
            let start = at + 1 + keys.get(index)?.len();
            let end = start + plain_until(b'"', bytes.get(start..)?)?;
            let twice = index < top && self.ahead.iter().any(|ahead| ahead.index == index);
            if twice {
                return None;
            }
            self.ahead.push(AttributeAhead { index, start, end });
            (at, expected) = (end + 1, index + 1);
            top = top.max(expected);
        }
    }

    /// Fills the slots of the attributes that were found by `values_ahead`.
    pub(in crate::read) fn fill_ahead(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let (mut seen, trims) = (Seen::default(), self.trims());
        let plain = if self.strict { Key::STRICTLY_PLAIN } else { Key::PLAIN };
        let plainly = self.identity.is_none();
        for at in 0..self.ahead.len() {
            let Some(AttributeAhead { index, start, end }) = self.ahead.get(at).copied() else { break };
            seen.set(index);
            let (Some(key), Some(slot)) = (type_info.attribute_keys().get(index), slots.get_mut(index)) else { continue };
            let value = self.text.get(start..end).unwrap_or_default();
            let fit = match plainly && key.is(plain) && is_bare(value, trims) {
                true if self.lends() => self.lend_text(type_info.attributes().get(index), *slot, value),
                true => slot.text(value),
                false => TextMatch::No,
            };
            if fit != TextMatch::Yes
                && let Some(item) = type_info.attributes().get(index)
            {
                self.store(item, *slot, value, tag.at, Step::Attribute(item.local))?;
            }
        }
        self.ahead.clear();
        if seen.all(type_info.table().expected) { Ok(()) } else { self.absent_attributes(type_info, tag, slots, &seen) }
    }
}

/// Returns the attribute that is at the start of the window, after a space. The search starts at `from`.
#[inline(never)]
fn position(keys: &[Key], named: &Window, from: usize) -> Option<usize> {
    (from..keys.len()).chain(0..from).find(|index| keys.get(*index).is_some_and(|key| key.stands(named, 1)))
}
