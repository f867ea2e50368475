//! In: a text and offsets into it, in ascending order. Out: for each the path of elements, line and column, in one pass.
//! Not done here: any check; up to the last offset the text was read already, and what follows does not matter.

use memchr::{memchr_iter, memmem, memrchr};

use crate::bytes::{find_byte, tag_len};
use crate::error::Position;

/// Path and position of each offset. The path of an offset within a start tag ends with that element.
pub(crate) fn places(text: &str, offsets: &[usize]) -> Vec<(String, Position)> {
    let mut walk = Walk { text, open: Vec::new(), line: 1, column: 1, counted: 0, places: Vec::with_capacity(offsets.len()) };
    let mut offsets = offsets.iter().copied().peekable();
    let mut at = 0;
    while let Some(tag) = find_byte(b'<', text.as_bytes().get(at..).unwrap_or_default()).map(|found| at + found) {
        while let Some(offset) = offsets.next_if(|offset| *offset < tag) {
            walk.give(offset);
        }
        if offsets.peek().is_none() {
            return walk.places;
        }
        let markup = text.get(tag..).unwrap_or_default();
        let end = tag + length(markup);
        let starts = !matches!(markup.as_bytes().get(1), Some(b'/' | b'!' | b'?'));
        if starts {
            walk.open.push(markup);
        }
        while let Some(offset) = offsets.next_if(|offset| *offset < end) {
            walk.give(offset);
        }
        if markup.starts_with("</") || starts && text.get(..end).is_some_and(|text| text.ends_with("/>")) {
            walk.open.pop();
        }
        at = end;
    }
    offsets.for_each(|offset| walk.give(offset));
    walk.places
}

struct Walk<'a> {
    text: &'a str,
    /// What stands from the start tag of each open element on.
    open: Vec<&'a str>,
    line: u32,
    column: u32,
    counted: usize,
    places: Vec<(String, Position)>,
}

impl Walk<'_> {
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
        let path = self.open.iter().map(|markup| name(markup)).collect::<Vec<_>>().join("/");
        self.places.push((path, Position { line: self.line, column: self.column, offset }));
    }
}

/// The local name of the element that starts here, cut where it is absurdly long.
fn name(markup: &str) -> &str {
    let rest = markup.strip_prefix('<').unwrap_or_default();
    let end = rest.bytes().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'<')).unwrap_or(rest.len());
    let name = rest.get(..end).unwrap_or_default();
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    local.get(..floor(local, 100)).unwrap_or_default()
}

/// The start of the character that holds the byte at this offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// How long the tag, comment, CDATA section or instruction is that starts here.
fn length(markup: &str) -> usize {
    let bytes = markup.as_bytes();
    let upto = |end: &str| memmem::find(bytes, end.as_bytes()).map_or(bytes.len(), |found| found + end.len());
    if markup.starts_with("<!--") {
        upto("-->")
    } else if markup.starts_with("<![CDATA[") {
        upto("]]>")
    } else if markup.starts_with("<?") {
        upto("?>")
    } else if markup.starts_with("<!DOCTYPE") {
        // What stands in its brackets is markup too.
        tag_len(bytes).unwrap_or(bytes.len()).min(bracket(bytes))
    } else {
        tag_len(bytes).unwrap_or(bytes.len())
    }
}

/// How far it is to a bracket that no quotes stand around, and past it.
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
