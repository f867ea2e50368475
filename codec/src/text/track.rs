//! Computes paths and positions, as `place` does, in a document of which only a window is in memory. What the open elements are, and how many
//! children of each name they have had, is kept from one window to the next.

use std::collections::HashMap;

use super::bytes::{find_byte, tag_len};
use super::place::{floor, length, name, opens_and_closes};
use crate::error::Position;

/// The open elements at the start of what a window adds to the document, and the position there.
#[derive(Debug)]
pub(crate) struct Track {
    levels: Vec<Level>,
    at: Position,
}

/// An open element.
#[derive(Debug)]
struct Level {
    name: String,
    /// The number of preceding siblings of the same name.
    before: u32,
    /// The position of its start tag.
    position: Position,
    children: Children,
}

/// The number of children of each name. The name that came last is beside the others, because most children have the name of the one before.
#[derive(Debug, Default)]
struct Children {
    last: (String, u32),
    others: HashMap<String, u32>,
}

impl Children {
    /// Counts a child, and returns the number of children of this name before it.
    fn count(&mut self, name: &str) -> u32 {
        if self.last.0 != name {
            let known = self.others.remove(name).unwrap_or_default();
            let (name, count) = std::mem::replace(&mut self.last, (name.to_owned(), known));
            if count > 0 {
                self.others.insert(name, count);
            }
        }
        let before = self.last.1;
        self.last.1 = before.saturating_add(1);
        before
    }
}

impl Default for Track {
    fn default() -> Self {
        Self { levels: Vec::new(), at: Position::START }
    }
}

impl Track {
    /// Returns the position at the start of what the window adds.
    pub(crate) fn position(&self) -> Position {
        self.at
    }

    /// Returns the offsets in the document of the start tags of the open elements.
    pub(crate) fn starts(&self) -> impl Iterator<Item = usize> {
        self.levels.iter().map(|level| level.position.offset)
    }

    /// Goes on from the offset `from` to the offset `to` of a window, where the elements that start at the offsets `open` are open. `known` are elements
    /// of which the start and the end are known, so that nothing in them must be looked at.
    pub(crate) fn advance(&mut self, text: &str, (from, to): (usize, usize), open: &[usize], known: &[(usize, usize)]) {
        let mut known = known.iter().copied().peekable();
        let mut depth = self.levels.len();
        let still = open.iter().take_while(|at| **at < from).count();
        self.levels.truncate(still);
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(tag) = find_byte(b'<', bytes.get(at..to).unwrap_or_default()).map(|found| at + found) {
            let markup = bytes.get(tag..).unwrap_or_default();
            match markup.get(1) {
                Some(b'/') => {
                    depth = depth.saturating_sub(1);
                    at = tag + 2;
                }
                Some(b'!' | b'?') => at = tag + length(markup),
                _ => {
                    // Only the children of elements that stay open are counted.
                    let counts = match depth.checked_sub(1) {
                        Some(parent) => open.get(parent).is_some_and(|start| *start < tag),
                        None => true,
                    };
                    let stays = open.get(depth) == Some(&tag);
                    if counts {
                        let name = name(text.get(tag..).unwrap_or_default());
                        let before =
                            depth.checked_sub(1).and_then(|parent| self.levels.get_mut(parent)).map_or(0, |it| it.children.count(name));
                        if stays {
                            let position = self.at.behind(text.get(from..tag).unwrap_or_default());
                            self.levels.push(Level { name: name.to_owned(), before, position, children: Children::default() });
                        }
                    }
                    while known.next_if(|(start, _)| *start < tag).is_some() {}
                    if let Some((_, end)) = known.next_if(|(start, _)| *start == tag) {
                        at = end;
                        continue;
                    }
                    let len = tag_len(markup).unwrap_or(markup.len());
                    depth += usize::from(len < 2 || markup.get(len - 2) != Some(&b'/'));
                    at = tag + len;
                }
            }
        }
        self.at = self.at.behind(text.get(from..to).unwrap_or_default());
    }

    /// Goes on as `advance` does, and returns the path and position of each of the offsets, which must be in ascending order. The start tags of the
    /// elements that were open begin at `starts`.
    pub(crate) fn locate(
        &mut self,
        text: &str,
        (from, to): (usize, usize),
        starts: &[usize],
        offsets: &[usize],
    ) -> Vec<(String, Position)> {
        let mut walk = Walk { track: self, text, counted: from, places: Vec::with_capacity(offsets.len()) };
        let mut offsets = offsets.iter().copied().peekable();
        while let Some(offset) = offsets.next_if(|offset| *offset < from) {
            walk.give_open(starts, offset);
        }
        let (bytes, mut at) = (text.as_bytes(), from);
        while let Some(tag) = find_byte(b'<', bytes.get(at..).unwrap_or_default()).map(|found| at + found).filter(|tag| *tag < to) {
            let markup = bytes.get(tag..).unwrap_or_default();
            let end = tag + length(markup);
            let (starts, ends) = opens_and_closes(bytes, tag, end);
            while let Some(offset) = offsets.next_if(|offset| *offset < tag) {
                walk.give(offset);
            }
            if starts {
                walk.open(tag);
            }
            while let Some(offset) = offsets.next_if(|offset| *offset < end) {
                walk.give(offset);
            }
            if ends {
                walk.track.levels.pop();
            }
            at = end;
        }
        offsets.for_each(|offset| walk.give(offset));
        walk.count_to(to);
        walk.places
    }
}

struct Walk<'t, 'a> {
    track: &'t mut Track,
    text: &'a str,
    /// The offset up to which the position was computed.
    counted: usize,
    places: Vec<(String, Position)>,
}

impl Walk<'_, '_> {
    /// Opens the element that starts at this offset.
    fn open(&mut self, tag: usize) {
        self.count_to(tag);
        let name = name(self.text.get(tag..).unwrap_or_default());
        let before = self.track.levels.last_mut().map_or(0, |level| level.children.count(name));
        let position = self.track.at;
        self.track.levels.push(Level { name: name.to_owned(), before, position, children: Children::default() });
    }

    /// Advances the position to this offset.
    fn count_to(&mut self, offset: usize) {
        if offset > self.counted {
            self.track.at = self.track.at.behind(self.text.get(self.counted..offset).unwrap_or_default());
            self.counted = offset;
        }
    }

    fn give(&mut self, offset: usize) {
        let offset = floor(self.text, offset);
        self.count_to(offset);
        let position = self.track.at;
        self.places.push((path(&self.track.levels), position));
    }

    /// Returns the place of an offset in one of the start tags of the elements that were open.
    fn give_open(&mut self, starts: &[usize], offset: usize) {
        let depth = starts.iter().take_while(|start| **start <= offset).count();
        let levels = self.track.levels.get(..depth).unwrap_or_default();
        let start = depth.checked_sub(1).and_then(|last| starts.get(last)).copied().unwrap_or_default();
        let base = levels.last().map_or(Position::START, |level| level.position);
        self.places.push((path(levels), base.behind(self.text.get(start..floor(self.text, offset)).unwrap_or_default())));
    }
}

/// Returns the path of the open elements. An element that is not the first one of its name in its parent has its index.
fn path(levels: &[Level]) -> String {
    let step = |level: &Level| match level.before {
        0 => level.name.clone(),
        before => format!("{}[{before}]", level.name),
    };
    levels.iter().map(step).collect::<Vec<_>>().join("/")
}

/// Returns a path without the indices of its steps.
pub(crate) fn without_indices(path: &str) -> String {
    path.split('/').map(|step| step.split_once('[').map_or(step, |(name, _)| name)).collect::<Vec<_>>().join("/")
}
