//! The fast path for elements. It compares the bytes at the cursor, eight at a time, with the names that the schema expects there. Anything
//! else is left to the general path in `markup`, `chars` and `find`, which would give the same results.

use memchr::memchr2;

use super::progress::Progress;
use super::reader::{Reader, Step};
use super::tag::Tag;
use crate::error::Result;
use crate::simple::is_space;
use crate::tables::keys::{Key, Window, part};
use crate::tables::{Table, TypeInfo};
use crate::text::bytes::{all, first, places_in, word};
use crate::value::{Slot, TextMatch};

/// The number of bytes of a text that are searched before the SIMD search is started.
const SHORT: usize = 32;

/// What follows the texts that the fast path could read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ahead {
    /// The start tag, written without attributes, of an element whose type has attributes or children: its item, and the end of the tag.
    Nested(usize, usize),
    /// The start tag of the expected element, with attributes or white space after its name: its item, and the end of the name.
    Named(usize, usize),
    /// Anything else, such as the end tag of the enclosing element.
    Other,
}

/// Returns the offset of the first `<` or `&` from `start` on. Most values are short, so the first bytes are searched before the SIMD
/// search is started.
#[inline(always)]
pub(super) fn end_of_run(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    for (step, block) in rest.first_chunk::<SHORT>()?.as_chunks().0.iter().enumerate() {
        let found = places_in(block, |byte| all(byte == b'<') | all(byte == b'&'));
        if found != 0 {
            return Some(start + step * 16 + found.trailing_zeros() as usize / 8);
        }
    }
    memchr2(b'<', b'&', rest.get(SHORT..)?).map(|found| start + SHORT + found)
}

/// Returns the end of the end tag at `stop`, if it has the name of the start tag from `at` to `start`.
#[inline(always)]
pub(super) fn after_end(bytes: &[u8], opening: &Window, at: usize, start: usize, stop: usize) -> Option<usize> {
    let len = start - at - 1;
    let closing = window(bytes, stop)?;
    if len > 22 {
        return after_end_slowly(bytes, at, start, stop);
    }
    // Compares three words: `</` with the first six bytes of the name, the next eight bytes, and the last eight bytes.
    let expected = part(opening, 0) >> 8 << 16 | u64::from(u16::from_le_bytes(*b"</"));
    let head = part(closing, 0) ^ expected;
    let differs = if len < 8 {
        head & 0xFFFF | (part(closing, 2) ^ part(opening, 1)) & first(len)
    } else {
        let middle = if len > 14 { part(closing, 8) ^ part(opening, 7) } else { 0 };
        head | middle | part(closing, (len - 6) & 31) ^ part(opening, (len - 7) & 31)
    };
    (differs == 0).then_some(stop + 2 + len)
}

/// Returns the end of the end tag, as `after_end` does, for names of any length.
#[inline(never)]
pub(super) fn after_end_slowly(bytes: &[u8], at: usize, start: usize, stop: usize) -> Option<usize> {
    let name = bytes.get(at + 1..start)?;
    bytes.get(stop..)?.strip_prefix(b"</")?.starts_with(name).then_some(stop + 2 + name.len())
}

/// Returns the offset of the first byte from `at` on that is not white space. Most white space is indentation, so spaces are skipped eight
/// at a time.
#[inline]
fn after_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| is_space(*byte)) {
        at += 1;
        while let Some(word) = word(bytes, at) {
            let empty_fields = (word ^ u64::from_le_bytes([b' '; 8])).trailing_zeros() / 8;
            at += empty_fields as usize;
            if empty_fields < 8 {
                break;
            }
        }
    }
    at
}

/// Returns the window that starts at this offset; `None` near the end of the text.
#[inline(always)]
pub(super) fn window(bytes: &[u8], at: usize) -> Option<&Window> {
    bytes.get(at..)?.first_chunk()
}

impl<'a> Reader<'a> {
    /// Skips white space.
    #[inline(always)]
    pub(super) fn skip_space(&mut self) {
        self.at = after_space(self.text.as_bytes(), self.at);
    }

    /// Returns the expected item and the end of its name, if it is an element with attributes or children that starts at the cursor. White
    /// space before it is skipped.
    #[inline]
    pub(super) fn upcoming(&mut self, type_info: &'static TypeInfo, progress: &Progress) -> Option<(usize, usize)> {
        let key = type_info.table().keys.all().get(progress.from).filter(|key| key.is(Key::NESTED))?;
        self.skip_space();
        let opening = window(self.text.as_bytes(), self.at)?;
        let local = self.binding(key.namespace).starts(opening)?;
        let fresh = key.is(Key::REPEATS) || !progress.seen.has(progress.from);
        (fresh && key.opens(opening, local)).then_some((progress.from, self.at + local + key.len() - 1))
    }

    /// Reads elements with plain text as long as they are allowed here. Returns what follows them, and skips the white space before it.
    #[inline(never)]
    pub(super) fn leaves(&mut self, type_info: &'static TypeInfo, slots: &mut [&mut dyn Slot], progress: &mut Progress) -> Result<Ahead> {
        let (text, table) = (self.text, type_info.table());
        let (bytes, keys) = (text.as_bytes(), table.keys.all());
        let plain = if self.strict { Key::STRICTLY_PLAIN } else { Key::PLAIN };
        let trims = self.trims();
        let mut namespace = keys.first().map_or(0, |key| key.namespace);
        let mut binding = self.binding(namespace);
        let mut at = self.at;
        let ahead = loop {
            if bytes.get(at) != Some(&b'<') {
                at = after_space(bytes, at);
            }
            let Some(opening) = window(bytes, at) else { break Ahead::Other };
            let from = progress.from;
            let next = keys.get(from);
            if let Some(key) = next
                && key.namespace != namespace
            {
                namespace = key.namespace;
                binding = self.binding(namespace);
            }
            let local = binding.starts(opening);
            let (index, start) = match (next, local) {
                (Some(key), Some(local)) if key.stands(opening, local) => (from, at + local + key.len()),
                _ if opening.starts_with(b"</") => break Ahead::Other,
                (Some(key), Some(local)) if key.opens(opening, local) => break Ahead::Named(from, at + local + key.len() - 1),
                _ => match self.other(table, at, from, namespace, local) {
                    Some(found) if type_info.leads_to(from, found.0) => found,
                    _ => break Ahead::Other,
                },
            };
            let (Some(key), Some(slot)) = (keys.get(index), slots.get_mut(index)) else { break Ahead::Other };
            let once = !key.is(Key::REPEATS);
            if once && progress.seen.has(index) {
                break Ahead::Other;
            }
            if !key.is(plain) {
                if key.is(Key::NESTED) {
                    break Ahead::Nested(index, start);
                }
                match self.checked(type_info, (index, once), (at, start), *slot, progress)? {
                    Some(end) => at = end,
                    None => break Ahead::Other,
                }
                continue;
            }
            let Some(stop) = end_of_run(bytes, start) else { break Ahead::Other };
            let (value, end) = match after_end(bytes, opening, at, start, stop) {
                Some(end) => (text.get(start..stop).unwrap_or_default(), end),
                None if bytes.get(stop) == Some(&b'&') => {
                    let Some(end) = self.with_references(type_info, (index, once), (at, start), *slot, progress)? else {
                        break Ahead::Other;
                    };
                    at = end;
                    continue;
                }
                None => break Ahead::Other,
            };
            if !is_bare(value, trims) || self.sections && self.has_section_end(value) {
                break Ahead::Other;
            }
            self.put(type_info, (index, once), at, value, *slot, progress)?;
            at = end;
        };
        self.at = at;
        Ok(ahead)
    }

    /// Returns the item, other than the expected one, whose start tag without attributes is at this offset, and the end of the tag.
    #[inline(never)]
    fn other(&self, table: &Table, at: usize, from: usize, namespace: u16, local: Option<usize>) -> Option<(usize, usize)> {
        let (bytes, keys) = (self.text.as_bytes(), &table.keys);
        let opening = window(bytes, at)?;
        let found = |local: usize, namespace: u16| {
            let (index, len) = keys.find(opening, local, namespace, from)?;
            Some((index, at + local + len))
        };
        if let Some(known) = local.and_then(|local| found(local, namespace)) {
            return Some(known);
        }
        let others = || keys.namespaces().iter().copied().filter(|other| *other != namespace);
        if let Some(known) = others().find_map(|namespace| found(self.binding(namespace).starts(opening)?, namespace)) {
            return Some(known);
        }
        // A window is too short for long prefixes and long names.
        let prefixes = keys.namespaces().iter().any(|namespace| self.binding(*namespace).is_long());
        if keys.are_short() && !prefixes {
            return None;
        }
        keys.namespaces().iter().find_map(|namespace| {
            let local = self.binding(*namespace).after(bytes, at)?;
            keys.find_long(bytes, local, *namespace, from)
        })
    }

    /// Puts the text of the element that starts at an offset into its slot.
    #[inline(always)]
    fn put(
        &mut self,
        type_info: &'static TypeInfo,
        (index, once): (usize, bool),
        at: usize,
        value: &str,
        slot: &mut dyn Slot,
        progress: &mut Progress,
    ) -> Result<()> {
        self.in_order(type_info, index, at, slot, progress)?;
        if self.matcher.is_some()
            && let Some(item) = type_info.items().get(index)
        {
            self.follow(item, at)?;
        }
        let fit = if self.lends() { self.lend_text(type_info.items().get(index), slot, value) } else { slot.text(value) };
        if fit != TextMatch::Yes
            && let Some(item) = type_info.items().get(index)
        {
            self.report_match(item, fit, value, at, Step::None)?;
        }
        progress.seen.set(index);
        progress.from = index + usize::from(once);
        Ok(())
    }

    /// Puts the text of the element from `at`, whose start tag without attributes ends at `start`, into its slot, and checks its facets and its value
    /// constraint. Returns the end of the element, or `None` if it is not one with plain text.
    #[inline(never)]
    fn checked(
        &mut self,
        type_info: &'static TypeInfo,
        (index, once): (usize, bool),
        (at, start): (usize, usize),
        slot: &mut dyn Slot,
        progress: &mut Progress,
    ) -> Result<Option<usize>> {
        let (bytes, keys) = (self.text.as_bytes(), type_info.table().keys.all());
        if !keys.get(index).is_some_and(|key| key.is(Key::TEXT)) {
            return Ok(None);
        }
        let (Some(item), Some(opening)) = (type_info.items().get(index), window(bytes, at)) else { return Ok(None) };
        let Some(stop) = end_of_run(bytes, start) else { return Ok(None) };
        let Some(end) = after_end(bytes, opening, at, start, stop) else { return Ok(None) };
        let value = self.text.get(start..stop).unwrap_or_default();
        if self.sections && self.has_section_end(value) {
            return Ok(None);
        }
        self.in_order(type_info, index, at, slot, progress)?;
        self.follow(item, at)?;
        progress.seen.set(index);
        progress.from = index + usize::from(once);
        self.store(item, slot, value, at, Step::None)?;
        Ok(Some(end))
    }

    /// Reads an element with text whose start tag, without attributes, is at the cursor. Its text may have facets or a value constraint,
    /// may be empty, and may begin or end with white space. Returns whether an element was read.
    #[inline(never)]
    pub(super) fn text_element(
        &mut self,
        type_info: &'static TypeInfo,
        slots: &mut [&mut dyn Slot],
        progress: &mut Progress,
    ) -> Result<bool> {
        let Some((index, value, end)) = self.text_ahead(type_info, progress) else { return Ok(false) };
        let (Some(item), Some(slot)) = (type_info.items().get(index), slots.get_mut(index)) else { return Ok(false) };
        let at = self.at;
        self.in_order(type_info, index, at, &**slot, progress)?;
        self.follow(item, at)?;
        progress.seen.set(index);
        progress.from = index + usize::from(!item.repeats());
        self.store(item, *slot, value, at, Step::None)?;
        self.at = end;
        Ok(true)
    }

    /// Returns the item, the text and the end of the element with text at the cursor.
    fn text_ahead(&self, type_info: &'static TypeInfo, progress: &Progress) -> Option<(usize, &'a str, usize)> {
        let (at, bytes, table) = (self.at, self.text.as_bytes(), type_info.table());
        let (opening, keys) = (window(bytes, at)?, table.keys.all());
        let next = keys.get(progress.from);
        let namespace = next.or(keys.first())?.namespace;
        let local = self.binding(namespace).starts(opening);
        let (index, start) = match (next, local) {
            (Some(key), Some(local)) if key.stands(opening, local) => (progress.from, at + local + key.len()),
            _ => self.other(table, at, progress.from, namespace, local).filter(|(index, _)| type_info.leads_to(progress.from, *index))?,
        };
        if !keys.get(index).is_some_and(|key| key.is(Key::TEXT) && (key.is(Key::REPEATS) || !progress.seen.has(index))) {
            return None;
        }
        let stop = end_of_run(bytes, start)?;
        let end = after_end(bytes, opening, at, start, stop)?;
        let value = self.text.get(start..stop)?;
        if self.sections && self.has_section_end(value) { None } else { Some((index, value, end)) }
    }

    /// Reads an element whose text has references and returns its end; `None` if the element is not plain otherwise.
    #[inline(never)]
    fn with_references(
        &mut self,
        type_info: &'static TypeInfo,
        (index, once): (usize, bool),
        (at, start): (usize, usize),
        slot: &mut dyn Slot,
        progress: &mut Progress,
    ) -> Result<Option<usize>> {
        let Some((value, stop)) = self.referring(start) else { return Ok(None) };
        let end = after_end_slowly(self.text.as_bytes(), at, start, stop)
            .filter(|_| is_bare(&value, self.trims()) && !self.has_section_end(self.text.get(start..stop).unwrap_or_default()));
        if end.is_some() {
            self.put(type_info, (index, once), at, value.as_str(), slot, progress)?;
        }
        self.buffer = value;
        Ok(end)
    }

    /// Returns the text of an element whose start tag was read, if only plain text and the end tag follow, and moves the cursor behind the
    /// end tag.
    #[inline]
    pub(super) fn bare_text(&mut self, tag: &Tag) -> Option<&'a str> {
        let start = self.at;
        let stop = end_of_run(self.text.as_bytes(), start).filter(|_| self.options.fast)?;
        let text = self.text.get(start..stop)?;
        if self.sections && self.has_section_end(text) {
            return None;
        }
        self.at = stop;
        let end = self.predict_end(tag);
        self.at = end.unwrap_or(start);
        end.map(|_| text)
    }

    /// Returns the end of this element's end tag, if it is at the cursor and contains no white space.
    #[inline(always)]
    pub(super) fn predict_end(&self, tag: &Tag) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..)?.strip_prefix(b"</")?;
        let name = bytes.get(tag.at + 1..tag.at + 1 + tag.len)?;
        let rest = rest.strip_prefix(name)?;
        (rest.first() == Some(&b'>')).then_some(self.at + 3 + tag.len)
    }
}

/// Returns whether a text is not empty and, if texts are trimmed, does not begin or end with white space.
#[inline(always)]
pub(super) fn is_bare(text: &str, trims: bool) -> bool {
    match text.as_bytes() {
        [] => false,
        [first, .., last] => !trims || *first > b' ' && *last > b' ',
        [only] => !trims || *only > b' ',
    }
}
