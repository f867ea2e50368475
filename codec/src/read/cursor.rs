//! In: the bytes at the cursor, and what the schema says may stand there. Out: whether it stands there, by comparing words of eight bytes.
//! Not done here: anything that was not predicted; `tag`, `chars` and `find` do all, and these ways only what they would do too.
#![allow(clippy::indexing_slicing)] // the one module that indexes: all bounds are checked just above, or by the slice itself

use memchr::memchr2;

use super::names::Binding;
use super::record::Progress;
use super::{Reader, Step, Tag};
use crate::error::Result;
use crate::shape::{Item, Place, Shape};
use crate::simple::is_space;
use crate::value::{Fit, Slot};

/// How many items after the last one are tried.
const WINDOW: usize = 4;

/// How many bytes of a text are looked through before a wide search.
const SHORT: usize = 24;

/// Eight bytes of the text.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let chunk = bytes.get(at..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*chunk))
}

/// Whether the prefix stands there, with its colon; its end.
#[inline(always)]
fn after_prefix(bytes: &[u8], at: usize, binding: &Binding<'_>) -> Option<usize> {
    if word(bytes, at)? & binding.mask != binding.word {
        return None;
    }
    if binding.len > 8 && bytes[at..].strip_prefix(binding.prefix.as_bytes()).is_none_or(|rest| rest.first() != Some(&b':')) {
        return None;
    }
    Some(at + binding.len)
}

/// Whether `local>` stands there; its end.
#[inline(always)]
fn after_local(bytes: &[u8], at: usize, item: &Item) -> Option<usize> {
    let local = &item.word;
    if word(bytes, at)? & local.mask != local.head {
        return None;
    }
    let end = at + local.len;
    if local.len > 8 {
        if word(bytes, end - 8)? != local.tail {
            return None;
        }
        if local.len > 16 {
            let rest = &item.open.as_bytes()[item.open.len() - local.len + 8..item.open.len() - 8];
            if bytes[at + 8..end - 8] != *rest {
                return None;
            }
        }
    }
    Some(end)
}

/// Where a byte of the word is this one: the lowest bit set tells the first.
#[inline(always)]
fn places_of(byte: u8, word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero = word ^ (ONES * byte as u64);
    zero.wrapping_sub(ONES) & !zero & (ONES << 7)
}

/// The first `<` or `&` from here on. Most values are short: they are looked through before the wide search is set up.
#[inline(always)]
fn end_of_run(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for _ in 0..SHORT / 8 {
        let word = word(bytes, at)?;
        let found = places_of(b'<', word) | places_of(b'&', word);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr2(b'<', b'&', &bytes[at..]).map(|found| at + found)
}

/// The place where a local name would start here, for the namespace asked for last.
struct Here {
    namespace: u16,
    local: Option<usize>,
}

impl<'a> Reader<'a> {
    /// Steps over white space.
    #[inline(always)]
    pub(super) fn skip_space(&mut self) {
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() && is_space(bytes[self.at]) {
            self.at += 1;
        }
    }

    /// The item whose plain start tag stands here, and the end of the tag: this one, or one of the few after it.
    #[inline(always)]
    pub(super) fn predict(&self, items: &'static [Item], from: usize) -> Option<(usize, usize)> {
        self.at_one_of(items, self.at, from, items.len().min(from + WINDOW))
    }

    /// As `predict`, of the other items.
    #[inline(never)]
    pub(super) fn predict_other(&self, items: &'static [Item], from: usize) -> Option<(usize, usize)> {
        let (at, window) = (self.at, items.len().min(from + WINDOW));
        self.at_one_of(items, at, window, items.len()).or_else(|| self.at_one_of(items, at, 0, from))
    }

    #[inline(always)]
    fn at_one_of(&self, items: &'static [Item], at: usize, from: usize, to: usize) -> Option<(usize, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(at) != Some(&b'<') {
            return None;
        }
        let mut here = Here { namespace: u16::MAX, local: None };
        for (index, item) in (from..).zip(items.get(from..to)?) {
            if item.namespace != here.namespace {
                let binding = self.bindings.get(usize::from(item.namespace))?;
                here = Here { namespace: item.namespace, local: after_prefix(bytes, at + 1, binding) };
            }
            if let Some(end) = here.local.and_then(|local| after_local(bytes, local, item))
                && item.place == Place::Element
            {
                return Some((index, end));
            }
        }
        None
    }

    /// Reads leaves as long as each is plain, and is one of the few that the schema has next.
    pub(super) fn leaves(&mut self, shape: &'static Shape, slots: &mut [&mut dyn Slot], progress: &mut Progress) -> Result<()> {
        let (text, items) = (self.text, shape.items());
        let bytes = text.as_bytes();
        let mut at = self.at;
        loop {
            while at < bytes.len() && is_space(bytes[at]) {
                at += 1;
            }
            self.at = at;
            let from = progress.from;
            let Some((index, start)) = self.at_one_of(items, at, from, items.len().min(from + WINDOW)) else { return Ok(()) };
            let item = &items[index];
            if !item.is_leaf() || progress.seen.has(index) && !item.repeats() {
                return Ok(());
            }
            let Some((value, end)) = self.predict_text(item, start) else { return Ok(()) };
            if !self.is_shaped(item, value) || self.has_section_end(value) {
                return Ok(());
            }
            if self.strict {
                let count = if item.repeats() { slots[index].about().count } else { 0 };
                self.in_order(shape, index, at, count, progress)?;
            }
            let fit = slots[index].text(Some(value));
            if fit != Fit::Yes {
                self.judge(item, fit, value, at, Step::None)?;
            }
            progress.seen.set(index);
            progress.from = index + usize::from(!item.repeats());
            at = end;
        }
    }

    /// Whether the plain end tag of this element stands here; its end.
    #[inline(always)]
    pub(super) fn predict_end(&self, tag: &Tag) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at..)?.strip_prefix(b"</")?;
        let name = &bytes[tag.at + 1..tag.at + 1 + tag.len];
        let rest = rest.strip_prefix(name)?;
        (rest.first() == Some(&b'>')).then_some(self.at + 3 + tag.len)
    }

    /// The text of a leaf whose start tag ends here, if it is plain up to its plain end tag; and the end of that.
    #[inline(always)]
    pub(super) fn predict_text(&self, item: &Item, start: usize) -> Option<(&'a str, usize)> {
        let bytes = self.text.as_bytes();
        let stop = end_of_run(bytes, start)?;
        if bytes.get(stop..stop + 2)? != b"</" {
            return None;
        }
        let binding = self.bindings.get(usize::from(item.namespace))?;
        let end = after_local(bytes, after_prefix(bytes, stop + 2, binding)?, item)?;
        Some((self.text.get(start..stop)?, end))
    }
}
