//! Name keys for the fast paths of reading. The names of a type's items are stored as words of eight bytes, which are compared with the
//! bytes of a document, and a hash table finds an item by its name. Prefixes are handled in `read::names`, and what follows the name in
//! `read::cursor`.

use crate::tables::hash_index::HashIndex;
use crate::text::bytes::{first, places_of, word};

/// Returns the eight bytes of a window that start at `at`. Callers only pass offsets at which the window has eight bytes.
#[inline(always)]
pub(crate) fn part(window: &Window, at: usize) -> u64 {
    word(window, at).unwrap_or_default()
}

/// The part of a tag that the fast path looks at: enough for a name of usual length.
pub(crate) type Window = [u8; 64];

/// The maximum length, including its `>`, of a name that the fast path compares.
const SHORT_NAME: usize = 24;

/// The bytes `local>` of an element, and the properties of its item that the fast paths need. The key of an item that is not an element
/// matches nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// The first eight bytes, or fewer if the text is shorter.
    head: u64,
    head_mask: u64,
    /// The last eight bytes, which start at `tail_at`; the same as `head` if there are at most eight bytes.
    tail: u64,
    tail_mask: u64,
    tail_at: u8,
    /// The second eight bytes, compared only if there are more than sixteen bytes.
    middle: u64,
    len: u8,
    marks: u8,
    pub(crate) namespace: u16,
    /// The whole name, if it is longer than [`SHORT_NAME`]; otherwise empty.
    long: &'static str,
}

impl Key {
    /// In tolerant mode, the text goes into its slot unchanged.
    pub(crate) const PLAIN: u8 = 1;
    /// In strict mode, the text goes into its slot unchanged.
    pub(crate) const STRICTLY_PLAIN: u8 = 2;
    /// The item may occur more than once.
    pub(crate) const REPEATS: u8 = 4;
    /// The item is an element with attributes or children, without a value constraint.
    pub(crate) const NESTED: u8 = 8;
    /// The item is a text that does not contain qualified names. It may have facets or a value constraint.
    pub(crate) const TEXT: u8 = 16;

    /// A key that matches nothing: masking with 0 never gives the head of 1.
    pub(crate) const NONE: Self =
        Self { head: 1, head_mask: 0, tail: 0, tail_mask: 0, tail_at: 0, middle: 0, len: 0, marks: 0, namespace: 0, long: "" };

    /// Returns the key for a name followed by the bytes `end`.
    pub(crate) fn new(local: &'static str, end: &[u8], namespace: u16, marks: u8) -> Self {
        let name = [local.as_bytes(), end].concat();
        if name.len() > SHORT_NAME {
            return Self { marks, namespace, long: local, ..Self::NONE };
        }
        let word = |at: usize| name.iter().skip(at).take(8).enumerate().fold(0, |word, (at, byte)| word | u64::from(*byte) << (8 * at));
        let (len, tail_at) = (name.len(), name.len().saturating_sub(8));
        Self {
            head: word(0),
            head_mask: first(len),
            tail: word(tail_at),
            tail_mask: first(len),
            tail_at: tail_at as u8,
            middle: word(8),
            len: len as u8,
            marks,
            namespace,
            long: "",
        }
    }

    /// Returns whether all these marks are set.
    #[inline(always)]
    pub(crate) fn is(&self, marks: u8) -> bool {
        self.marks & marks == marks
    }

    /// Returns the length of the name, including its `>`. The length of a long name is not stored and is given as 0.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len.into()
    }

    /// Returns whether a window has the name, including its `>`, at this position. Long names never match.
    #[inline(always)]
    pub(crate) fn stands(&self, window: &Window, at: usize) -> bool {
        let head = (part(window, at) & self.head_mask) ^ self.head;
        let tail = (part(window, at + usize::from(self.tail_at & 31)) & self.tail_mask) ^ self.tail;
        head | tail == 0 && (self.len <= 16 || part(window, at + 8) == self.middle)
    }

    /// Returns whether a window has the name at this position, followed by a space, `/` or `>`. Long names never match.
    #[inline(always)]
    pub(crate) fn opens(&self, window: &Window, at: usize) -> bool {
        let len = usize::from(self.len).wrapping_sub(1);
        let head = ((part(window, at) & self.head_mask) ^ self.head) & first(len);
        let tail = ((part(window, at + usize::from(self.tail_at & 31)) & self.tail_mask) ^ self.tail) & first(len.min(7));
        head | tail == 0
            && (self.len <= 16 || part(window, at + 8) == self.middle)
            && matches!(window.get(at.wrapping_add(len)), Some(b' ' | b'/' | b'>'))
    }

    /// Returns the end of the name and its `>` if they start at this offset. Long names match too.
    fn end(&self, bytes: &[u8], at: usize) -> Option<usize> {
        if !self.long.is_empty() {
            let rest = bytes.get(at..)?.strip_prefix(self.long.as_bytes())?;
            return rest.starts_with(b">").then_some(at + self.long.len() + 1);
        }
        let tail_at = at + usize::from(self.tail_at);
        let head = (word(bytes, at)? & self.head_mask) ^ self.head;
        let tail = (word(bytes, tail_at)? & self.tail_mask) ^ self.tail;
        if head | tail != 0 || self.len > 16 && word(bytes, at + 8)? != self.middle {
            return None;
        }
        Some(at + usize::from(self.len))
    }

    /// Returns the hash of the name; `None` if the item is not an element.
    fn hash(&self) -> Option<usize> {
        if self.long.is_empty() {
            return (self.len > 0).then(|| hash(self.head, self.len.into()));
        }
        Some(hash(word(self.long.as_bytes(), 0)?, self.long.len() + 1))
    }
}

/// The keys of the items of a type, in the order of the items, with an index by name.
#[derive(Debug)]
pub(crate) struct Keys {
    all: Box<[Key]>,
    /// The index by the hash of the name; empty if two elements have the same name.
    places: HashIndex,
    /// The namespaces of the elements.
    namespaces: Box<[u16]>,
    /// Whether all names are short.
    short: bool,
}

impl Keys {
    /// Collects the keys of the items of a type, given the namespace and the local name of each item that is an element.
    pub(crate) fn of<'n>(mut all: Box<[Key]>, elements: impl Iterator<Item = Option<(u16, &'n str)>> + Clone) -> Self {
        let mut names: Vec<(u16, &str)> = elements.clone().flatten().collect();
        names.sort_unstable();
        let twins = names.windows(2).any(|pair| pair.first() == pair.last());
        let mut namespaces: Vec<u16> = names.iter().map(|(namespace, _)| *namespace).collect();
        namespaces.dedup();
        // An item that is not an element gets the namespace of the element before it, so that a search need not switch namespaces there.
        let mut last = namespaces.first().copied().unwrap_or_default();
        for (key, element) in all.iter_mut().zip(elements) {
            last = element.map_or(last, |(namespace, _)| namespace);
            key.namespace = last;
        }
        let places = if twins { HashIndex::default() } else { HashIndex::of(all.len(), all.iter().map(Key::hash)) };
        let short = all.iter().all(|key| key.long.is_empty());
        Self { all, places, namespaces: namespaces.into(), short }
    }

    /// Returns the keys, indexed by the number of the item.
    #[inline(always)]
    pub(crate) fn all(&self) -> &[Key] {
        &self.all
    }

    /// Returns the namespaces of the elements.
    pub(crate) fn namespaces(&self) -> &[u16] {
        &self.namespaces
    }

    /// Finds the item whose `local>` is at this position of a window; returns its number and the length of `local>`. If two items have the
    /// same name, the first one starting at `from` is found.
    pub(crate) fn find(&self, window: &Window, at: usize, namespace: u16, from: usize) -> Option<(usize, usize)> {
        let is_it = |index: usize| {
            let key = self.all.get(index).filter(|key| key.namespace == namespace)?;
            key.stands(window, at).then_some((index, key.len()))
        };
        if self.places.is_empty() {
            return (from..self.all.len()).chain(0..from).find_map(is_it);
        }
        let len = name_length(window, at)?;
        self.places.find(hash(part(window, at) & first(len), len), is_it)
    }

    /// Finds an item as `find` does, but by a name that is followed by a space, `/` or `>`; returns its number and the length of the name
    /// alone.
    pub(crate) fn find_named(&self, window: &Window, at: usize, namespace: u16, from: usize) -> Option<(usize, usize)> {
        let is_it = |index: usize| {
            let key = self.all.get(index).filter(|key| key.namespace == namespace)?;
            key.opens(window, at).then(|| (index, key.len().saturating_sub(1)))
        };
        if let Some(found) = is_it(from) {
            return Some(found);
        }
        if self.places.is_empty() {
            return (from..self.all.len()).chain(0..from).find_map(is_it);
        }
        let len = bare_length(window, at)?;
        let end = if len < 8 { u64::from(b'>') << (8 * len) } else { 0 };
        self.places.find(hash(part(window, at) & first(len) | end, len + 1), is_it)
    }

    /// Finds an item as `find` does, but at any offset of the text and with a name of any length; returns its number and the end of
    /// `local>`.
    pub(crate) fn find_long(&self, bytes: &[u8], at: usize, namespace: u16, from: usize) -> Option<(usize, usize)> {
        let is_it = |index: usize| {
            let key = self.all.get(index).filter(|key| key.namespace == namespace)?;
            Some((index, key.end(bytes, at)?))
        };
        (from..self.all.len()).chain(0..from).find_map(is_it)
    }

    /// Returns whether all names are short.
    pub(crate) fn are_short(&self) -> bool {
        self.short
    }

    /// Finds an item of this name for which `is_it` holds. If there are two, the first one starting at `from` is found.
    pub(crate) fn of_name(&self, name: &str, from: usize, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        if self.places.is_empty() || is_it(from) {
            return (from..self.all.len()).chain(0..from).find(|index| is_it(*index));
        }
        let head = name.bytes().chain([b'>']).take(8).enumerate().fold(0, |head, (at, byte)| head | u64::from(byte) << (8 * at));
        self.places.find(hash(head, name.len() + 1), |index| is_it(index).then_some(index))
    }
}

/// A bloom filter for the names of the elements of a table, ignoring case. It may have false positives, but no false negatives.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names {
    starts: u64,
    ends: u64,
    /// Whether there are choices, groups or wildcards, whose names are not in the filter.
    open: bool,
}

impl Names {
    /// Returns the filter for these names. `open` tells whether there are other items, whose names are not known.
    pub(crate) fn of<'n>(elements: impl Iterator<Item = &'n str>, open: bool) -> Self {
        let mut names = Self { starts: 0, ends: 0, open };
        for (start, end) in elements.map(Self::bits) {
            (names.starts, names.ends) = (names.starts | start, names.ends | end);
        }
        names
    }

    /// Returns the two bits of a name: one by its length and first letter, the other by its length and last letter.
    fn bits(name: &str) -> (u64, u64) {
        let bytes = name.as_bytes();
        let bit = |byte: Option<&u8>| {
            let letter = usize::from(byte.copied().unwrap_or_default().to_ascii_lowercase());
            1 << ((letter + 11 * bytes.len()) % 64)
        };
        (bit(bytes.first()), bit(bytes.last()))
    }

    /// Returns whether the table may have an element of this name. If not, it certainly has none.
    pub(crate) fn may_have(self, name: &str) -> bool {
        let (start, end) = Self::bits(name);
        self.open || self.starts & start != 0 && self.ends & end != 0
    }
}

/// Returns the number of bytes up to and including the next `>`, if the name is short.
#[inline]
fn name_length(window: &Window, at: usize) -> Option<usize> {
    for step in [0, 8, 16] {
        let found = places_of(b'>', part(window, at + step));
        if found != 0 {
            return Some(step + found.trailing_zeros() as usize / 8 + 1);
        }
    }
    None
}

/// Returns the number of bytes before the next space, `/` or `>`, if the name is short.
#[inline]
fn bare_length(window: &Window, at: usize) -> Option<usize> {
    for step in [0, 8, 16] {
        let word = part(window, at + step);
        let found = places_of(b' ', word) | places_of(b'>', word) | places_of(b'/', word);
        if found != 0 {
            return Some(step + found.trailing_zeros() as usize / 8);
        }
    }
    None
}

/// Returns the hash of a name, made of its first eight bytes and its length.
#[inline]
fn hash(head: u64, len: usize) -> usize {
    ((head ^ len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_short_name_stands_nowhere() {
        let long = Key { marks: Key::NESTED, long: "aNameThatIsTooLongForThreeWords", ..Key::NONE };
        for key in [Key::NONE, long] {
            for bytes in [[0; 64], [1; 64], [b'a'; 64]] {
                assert!(!key.stands(&bytes, 1), "{key:?}");
            }
        }
        let document = b"<aNameThatIsTooLongForThreeWords><b/>          ";
        assert_eq!((long.end(document, 1), long.end(document, 2)), (Some(33), None));
    }
}
