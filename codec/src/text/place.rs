//! Computes the path of elements, the line and the column of offsets in a text, in one pass. The text is not checked, because it has
//! already been read up to the last offset.

use std::collections::HashMap;

use memchr::{memchr_iter, memmem, memrchr};

use crate::error::{Error, ErrorKind, Position};
use crate::text::bytes::{find_byte, tag_len};

/// Adds the path and position to an error and its further errors. An element that is not the first of its name in its parent has its index
/// in the path.
#[cold]
pub(crate) fn locate(error: Error, text: &str) -> Error {
    let mut errors = error.unfold();
    errors.sort_by_key(Error::offset);
    let offsets: Vec<usize> = errors.iter().filter_map(Error::offset).collect();
    let mut places = walk::<true>(text, &offsets).into_iter();
    for error in errors.iter_mut().filter(|error| error.offset().is_some()) {
        if let Some((path, position)) = places.next() {
            error.locate(path, position);
        }
    }
    let nothing = || Error::new(ErrorKind::Io, "an error without a cause");
    Error::of(errors).unwrap_or_else(nothing)
}

/// Returns the path and position of each offset; the offsets must be in ascending order. The path of an offset within a start tag ends with
/// that element.
pub(crate) fn places(text: &str, offsets: &[usize]) -> Vec<(String, Position)> {
    walk::<false>(text, offsets)
}

/// Returns whether the markup from `tag` to `end` opens an element, and whether it closes one. An empty-element tag does both.
pub(super) fn opens_and_closes(bytes: &[u8], tag: usize, end: usize) -> (bool, bool) {
    match bytes.get(tag + 1) {
        Some(b'/') => (false, true),
        Some(b'!' | b'?') => (false, false),
        _ => (true, end.checked_sub(2).and_then(|at| bytes.get(at..end)) == Some(b"/>")),
    }
}

/// Does the same as `places`; `INDEXED` tells whether the paths have indices.
fn walk<const INDEXED: bool>(text: &str, offsets: &[usize]) -> Vec<(String, Position)> {
    let mut walk = Walk {
        text,
        open: Vec::new(),
        siblings: INDEXED.then(Siblings::default),
        line: 1,
        column: 1,
        counted: 0,
        places: Vec::with_capacity(offsets.len()),
    };
    let mut offsets = offsets.iter().copied();
    let mut next = offsets.next();
    let (bytes, mut at) = (text.as_bytes(), 0);
    while let Some(wanted) = next {
        let Some(tag) = find_byte(b'<', bytes.get(at..).unwrap_or_default()).map(|found| at + found) else { break };
        let markup = bytes.get(tag..).unwrap_or_default();
        let end = tag + length(markup);
        let (starts, ends) = opens_and_closes(bytes, tag, end);
        if wanted < end {
            while let Some(offset) = next.filter(|offset| *offset < tag) {
                walk.give(offset);
                next = offsets.next();
            }
            walk.open.extend(starts.then_some(tag));
            if INDEXED && starts {
                walk.count();
            }
            while let Some(offset) = next.filter(|offset| *offset < end) {
                walk.give(offset);
                next = offsets.next();
            }
        } else {
            walk.open.extend(starts.then_some(tag));
            if INDEXED && starts {
                walk.count();
            }
        }
        if ends {
            walk.open.pop();
        }
        at = end;
    }
    next.into_iter().chain(offsets).for_each(|offset| walk.give(offset));
    walk.places
}

struct Walk<'a> {
    text: &'a str,
    /// The offsets of the start tags of the open elements.
    open: Vec<usize>,
    /// Counts the children, if paths have indices.
    siblings: Option<Siblings<'a>>,
    line: u32,
    column: u32,
    counted: usize,
    places: Vec<(String, Position)>,
}

/// The children of the open elements, by name.
#[derive(Default)]
struct Siblings<'a> {
    levels: Vec<HashMap<&'a str, u32>>,
    /// The number of preceding siblings of the same name, for each open element.
    before: Vec<u32>,
}

impl<'a> Siblings<'a> {
    /// Counts a child at this depth.
    fn count(&mut self, depth: usize, name: &'a str) {
        self.levels.truncate(depth + 1);
        self.levels.resize_with(depth + 1, HashMap::new);
        let count = self.levels.last_mut().map(|level| level.entry(name).or_default());
        self.before.truncate(depth);
        self.before.push(count.map_or(0, |count| std::mem::replace(count, count.saturating_add(1))));
    }

    /// Returns the index of the open element at this depth, unless it is the first one of its name.
    fn index(&self, depth: usize) -> String {
        match self.before.get(depth) {
            None | Some(0) => String::new(),
            Some(before) => format!("[{before}]"),
        }
    }
}

impl Walk<'_> {
    /// Counts the element that was opened last.
    #[cold]
    fn count(&mut self) {
        if let Some(siblings) = &mut self.siblings
            && let Some(tag) = self.open.last()
        {
            siblings.count(self.open.len() - 1, name(self.text.get(*tag..).unwrap_or_default()));
        }
    }

    /// Returns the path of the open elements, with their indices if they are counted.
    fn path(&self) -> String {
        let names = self.open.iter().map(|tag| name(self.text.get(*tag..).unwrap_or_default()));
        match &self.siblings {
            None => names.collect::<Vec<_>>().join("/"),
            Some(siblings) => names.enumerate().map(|(at, name)| format!("{name}{}", siblings.index(at))).collect::<Vec<_>>().join("/"),
        }
    }

    fn give(&mut self, offset: usize) {
        let offset = floor(self.text, offset);
        let run = self.text.get(self.counted..offset).unwrap_or_default();
        let breaks = u32::try_from(memchr_iter(b'\n', run.as_bytes()).count()).unwrap_or(u32::MAX);
        if breaks > 0 {
            (self.line, self.column) = (self.line.saturating_add(breaks), 1);
        }
        let tail = memrchr(b'\n', run.as_bytes()).map_or(run, |found| run.get(found + 1..).unwrap_or_default());
        self.column = self.column.saturating_add(u32::try_from(tail.chars().count()).unwrap_or(u32::MAX));
        self.counted = self.counted.max(offset);
        let path = self.path();
        self.places.push((path, Position { line: self.line, column: self.column, offset }));
    }
}

/// Returns the local name of the element at the start of the text, cut to at most 100 bytes.
#[inline(always)]
pub(super) fn name(markup: &str) -> &str {
    let rest = markup.strip_prefix('<').unwrap_or_default();
    let end = rest.bytes().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'<')).unwrap_or(rest.len());
    let name = rest.get(..end).unwrap_or_default();
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    local.get(..floor(local, 100)).unwrap_or_default()
}

/// Returns the start of the character that contains the byte at this offset.
pub(super) fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Returns the length of the tag, comment, CDATA section or processing instruction at the start of the bytes.
#[inline(always)]
pub(super) fn length(markup: &[u8]) -> usize {
    let upto = |end: &[u8]| memmem::find(markup, end).map_or(markup.len(), |found| found + end.len());
    match markup {
        [_, b'/', ..] => find_byte(b'>', markup).map_or(markup.len(), |found| found + 1),
        [_, b'?', ..] => upto(b"?>"),
        [_, b'!', rest @ ..] if rest.starts_with(b"--") => upto(b"-->"),
        [_, b'!', rest @ ..] if rest.starts_with(b"[CDATA[") => upto(b"]]>"),
        // The declarations within its brackets are treated as markup of their own.
        [_, b'!', rest @ ..] if rest.starts_with(b"DOCTYPE") => tag_len(markup).unwrap_or(markup.len()).min(bracket(markup)),
        _ => tag_len(markup).unwrap_or(markup.len()),
    }
}

/// Returns the offset behind the first `[` that is not inside quotes; the full length if there is none before a `>`.
fn bracket(bytes: &[u8]) -> usize {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'[') => return at + 1,
            (None, b'>') => break,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    bytes.len()
}
