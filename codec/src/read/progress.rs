//! In: which children of an element were read. Out: what is looked for next, and what was seen within its choices and groups.
//! Not done here: reading them (`record`, `group`, `arms`).

use super::seen::Seen;

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

    /// What was seen within this choice or group. It is nowhere else from now on.
    pub(super) fn take_group(&mut self, index: usize) -> Seen {
        if let Some((_, arm)) = self.chosen.take_if(|(known, _)| *known == index) {
            return Seen::one(arm);
        }
        let known = self.groups.iter().position(|(known, _)| *known == index);
        known.map(|at| self.groups.swap_remove(at).1).unwrap_or_default()
    }
}
