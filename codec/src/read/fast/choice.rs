//! The fast path for a child that is a variant of the element's only choice, and for text between such children. It does not handle
//! variants that repeat or groups within choices; these are left to `group` and `chars`.

use std::borrow::Cow;

use memchr::memchr;

use super::super::cursor::{after_end, after_end_slowly, end_of_run, is_bare, window};
use super::super::progress::{Child, Level, Outcome};
use super::super::reader::VariantAhead;
use super::super::reader::{Reader, Step};
use super::super::tag::{Space, Tag};
use crate::error::Result;
use crate::tables::keys::{Key, Window};
use crate::tables::{Choice, FieldInfo, TypeInfo, UNBOUNDED, ValueFlags, VariantInfo};
use crate::value::{Slot, TextMatch, Variants, Which};

/// A child that the fast path found: the variant, its tag, and the offset of the cursor from which it is read.
struct Found<'a> {
    variant: VariantAhead<'a>,
    item: &'static FieldInfo,
    tag: Tag,
    end: usize,
}

impl<'a> Reader<'a> {
    /// Reads text of mixed content, if it is free of comments, CDATA sections and processing instructions; tells what follows.
    #[inline(never)]
    pub(in crate::read) fn mixed(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        slots: &mut [&mut dyn Slot],
        level: &mut Level,
    ) -> Result<Outcome> {
        if type_info.choice().is_none() {
            return Ok(Outcome::Other);
        }
        let (text, bytes) = (self.text, self.text.as_bytes());
        let Some(slot) = slots.first_mut() else { return Ok(Outcome::Other) };
        if bytes.get(self.at) != Some(&b'<') {
            let Some(stop) = end_of_run(bytes, self.at) else { return Ok(Outcome::Other) };
            let run = text.get(self.at..stop).unwrap_or_default();
            let (run, stop) = match bytes.get(stop) {
                Some(b'&') => match self.referring(self.at) {
                    Some((run, stop)) => (Cow::Owned(run), stop),
                    None => return Ok(Outcome::Other),
                },
                _ => (Cow::Borrowed(run), stop),
            };
            if matches!(bytes.get(stop + 1), Some(b'!' | b'?'))
                || self.sections && self.has_section_end(text.get(self.at..stop).unwrap_or_default())
            {
                return Ok(Outcome::Other);
            }
            slot.mixed(&run);
            self.keep_buffer(run);
            level.progress.between();
            self.at = stop;
        }
        if let Some(end) = self.predict_end(tag) {
            self.at = end;
            return Ok(Outcome::End);
        }
        self.chosen(type_info, slots, level)
    }

    /// Returns the run of text that starts at this offset, with its references resolved, and its end.
    #[inline(never)]
    pub(in crate::read) fn referring(&mut self, start: usize) -> Option<(String, usize)> {
        let rest = self.text.get(start..)?;
        let raw = rest.get(..memchr(b'<', rest.as_bytes())?)?;
        let mut resolved = std::mem::take(&mut self.buffer);
        resolved.clear();
        match self.expand_into(raw, start, false, &mut resolved) {
            Ok(()) => Some((resolved, start + raw.len())),
            Err(_) => {
                self.buffer = resolved;
                None
            }
        }
    }

    /// Takes back the buffer of a text, so that it can be reused.
    fn keep_buffer(&mut self, text: Cow<'_, str>) {
        if let Cow::Owned(buffer) = text {
            self.buffer = buffer;
        }
    }

    /// Finds a child that is a variant of the type's choice, if it is in the usual form; otherwise it changes nothing.
    #[inline(never)]
    pub(in crate::read) fn chosen(
        &mut self,
        type_info: &'static TypeInfo,
        slots: &mut [&mut dyn Slot],
        level: &mut Level,
    ) -> Result<Outcome> {
        let Some(choice) = type_info.choice() else { return Ok(Outcome::Other) };
        let (index, progress) = (choice.index, &mut level.progress);
        let (Some(item), Some(slot)) = (type_info.items().get(index), slots.get_mut(index)) else { return Ok(Outcome::Other) };
        let spent = item.max != UNBOUNDED && progress.seen.has(index);
        if spent || self.unprefixed && !choice.distinct || self.strict && choice.wild || !type_info.leads_to(progress.from, index) {
            return Ok(Outcome::Other);
        }
        let Some(Found { variant, item: found, tag, end }) = self.find_variant(choice) else { return Ok(Outcome::Other) };
        self.in_order(type_info, index, tag.at, &**slot, progress)?;
        self.follow(found, tag.at)?;
        progress.choose(index, variant.path.first());
        self.at = end;
        self.variant_ahead = Some(variant);
        level.child = Child { index, tag, seen: false };
        Ok(Outcome::Child)
    }

    /// Finds the variant whose element starts at the cursor, if the variant does not repeat and is in the usual form.
    #[inline]
    fn find_variant(&mut self, choice: &'static Choice) -> Option<Found<'a>> {
        let (at, keys) = (self.at, &choice.keys);
        let bytes = self.text.as_bytes();
        let opening = window(bytes, at)?;
        let named = |namespace: &u16| {
            let local = self.binding(*namespace).starts(opening)?;
            let (index, len) = keys.find_named(opening, local, *namespace, 0)?;
            Some((index, at + local + len))
        };
        let (index, name_end) = keys.namespaces().iter().find_map(named)?;
        let (key, VariantInfo { item, path }) = (keys.all().get(index)?, *choice.variants.get(index)?);
        if key.is(Key::REPEATS) {
            return None;
        }
        let (len, space) = (name_end - at - 1, Space::Known(item.namespace));
        let mut tag = Tag { at, len, space, mark: self.scopes.len(), plain: true, empty: false };
        if item.is_leaf() {
            let plain = key.is(if self.strict { Key::STRICTLY_PLAIN } else { Key::PLAIN });
            let (text, end) = self.leaf_ahead(opening, name_end)?;
            let plain = plain && is_bare(&text, self.trims());
            return Some(Found { variant: VariantAhead { path, text: Some(text), plain }, item, tag, end });
        }
        let mut end = name_end + 1;
        if bytes.get(name_end) != Some(&b'>') || !key.is(Key::NESTED) {
            let is_struct = item.kind.without(ValueFlags::BOXED) == ValueFlags::STRUCT && item.value_constraint.is_none();
            let inner = item.type_info().filter(|_| is_struct && !self.has_declarations)?;
            (end, tag.empty) = self.values_ahead(inner, name_end)?;
        }
        Some(Found { variant: VariantAhead { path, text: None, plain: false }, item, tag, end })
    }

    /// Returns the text and the end of the element at the cursor whose name ends at `name_end`, if it contains only text.
    #[inline]
    fn leaf_ahead(&mut self, opening: &Window, name_end: usize) -> Option<(Cow<'a, str>, usize)> {
        let (at, start, bytes) = (self.at, name_end + 1, self.text.as_bytes());
        if bytes.get(name_end) != Some(&b'>') {
            return bytes.get(name_end..)?.starts_with(b"/>").then_some((Cow::Borrowed(""), name_end + 2));
        }
        let stop = end_of_run(bytes, start)?;
        let (text, end) = match after_end(bytes, opening, at, start, stop) {
            Some(end) => (Cow::Borrowed(self.text.get(start..stop)?), end),
            None if bytes.get(stop) == Some(&b'&') => {
                let (text, stop) = self.referring(start)?;
                let Some(end) = after_end_slowly(bytes, at, start, stop) else {
                    self.buffer = text;
                    return None;
                };
                (Cow::Owned(text), end)
            }
            None => return None,
        };
        if self.sections && self.has_section_end(self.text.get(start..end)?) {
            return None;
        }
        Some((text, end))
    }

    /// Returns which value a child goes into if it does not continue the last one: the variant that the fast path found, or else a new
    /// empty value.
    #[inline]
    pub(crate) fn which(&self) -> Which {
        self.variant_ahead.as_ref().map_or(Which::New, |found| Which::Variant(found.path.first()))
    }

    /// Continues with the variant that the fast path found and that the choice has already been set to, and reads it if it is a text.
    /// Returns the item and the slot of what must still be read.
    pub(in crate::read) fn read_variant_ahead<'s>(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        mut found: VariantAhead<'a>,
        choice: &'s mut dyn Variants,
    ) -> Result<Option<(&'static FieldInfo, &'s mut dyn Slot)>> {
        let (index, last) = found.path.step();
        if self.reuses() {
            self.begin_variant(type_info, choice, index);
        }
        let (Some(item), Some(slot)) = (type_info.items().get(index), choice.variant(index, false)) else {
            return self.unknown(tag, type_info).map(|()| None);
        };
        if !last {
            self.variant_ahead = Some(found);
            return Ok(Some((item, slot)));
        }
        let Some(text) = found.text else { return Ok(Some((item, slot))) };
        if found.plain {
            let fit = if self.lends() { self.lend_text(Some(item), slot, &text) } else { slot.text(&text) };
            if fit != TextMatch::Yes {
                self.report_match(item, fit, &text, tag.at, Step::None)?;
            }
        } else {
            self.store(item, slot, &text, tag.at, Step::None)?;
        }
        self.keep_buffer(text);
        Ok(None)
    }
}
