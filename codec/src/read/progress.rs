//! In: which children of an element were read. Out: what is looked for next, and what was seen within its choices and groups.
//! Not done here: reading them (`record`, `group`, `arms`).

use super::Tag;
use super::seen::Seen;
use crate::matcher::Matcher;

/// What is known of an element while its children are read.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) progress: Progress,
    /// The child that was found last.
    pub(super) child: Child,
    /// The element around.
    pub(super) parent: Tag,
    /// The content model around, where that is laid aside.
    pub(super) matcher: Option<Option<Box<Matcher>>>,
    /// Whether the short ways may be tried.
    pub(super) quick: bool,
}

/// A child that was found, and is to be read.
#[derive(Debug, Default)]
pub(super) struct Child {
    /// The number of its item.
    pub(super) index: usize,
    pub(super) tag: Tag,
    /// Whether the item is a choice or a group that continues by what was seen of it.
    pub(super) seen: bool,
}

/// What came after the texts that could be read in the short way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// The end of the element.
    End,
    /// A child with children or attributes.
    Child,
    /// What the general way knows.
    Other,
}

/// How far the reading of one element has come.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) seen: Seen,
    /// The item that is looked for first.
    pub(super) from: usize,
    /// What was seen within choices and groups, by number of the item.
    pub(super) groups: Vec<(usize, Seen)>,
    /// The item that is a choice, and its arm that was read last, if that was in the short way.
    pub(super) chosen: Option<(usize, usize)>,
    /// Whether it was noted that the order is not that of the schema.
    pub(super) disordered: bool,
}

impl Progress {
    /// An arm of a choice was read.
    #[inline]
    pub(super) fn choose(&mut self, index: usize, arm: usize) {
        self.seen.set(index);
        self.from = index;
        if !self.groups.is_empty() {
            self.groups.retain(|(known, _)| *known != index);
        }
        self.chosen = Some((index, arm));
    }

    /// Text stands between elements.
    #[inline]
    pub(super) fn between(&mut self) {
        self.groups.clear();
        self.chosen = None;
    }

    /// What was seen within this choice or group.
    pub(super) fn group(&mut self, index: usize) -> Option<&mut Seen> {
        match self.chosen.take_if(|(known, _)| *known == index) {
            Some((_, arm)) => {
                self.groups.push((index, Seen::one(arm)));
                self.groups.last_mut().map(|(_, seen)| seen)
            }
            None => known_group(&mut self.groups, index),
        }
    }
}

/// What was seen within the group of this number; nothing, where the group is met for the first time.
pub(super) fn known_group(groups: &mut Vec<(usize, Seen)>, index: usize) -> Option<&mut Seen> {
    let known = groups.iter().position(|(known, _)| *known == index);
    let at = known.unwrap_or(groups.len());
    if known.is_none() {
        groups.push((index, Seen::default()));
    }
    groups.get_mut(at).map(|(_, seen)| seen)
}
