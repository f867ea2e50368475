//! Keeps where each part of a text stands in the text that it was made of.

use std::ops::Range;

/// The places of a text in another, as the parts that were copied or replaced.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// In order: the offset at which a part begins, the range that it comes from, and whether it was copied.
    parts: Vec<(usize, Range<usize>, bool)>,
}

impl Places {
    /// The range in the old text of a range in the new one. What begins in a replacement has the range of what that replaces.
    pub(super) fn old(&self, range: Range<usize>) -> Range<usize> {
        let index = self.parts.partition_point(|(new, _, _)| *new <= range.start);
        match index.checked_sub(1).and_then(|index| self.parts.get(index)) {
            Some((_, old, false)) => old.clone(),
            Some((new, old, true)) => {
                let within = |at: usize| (old.start + (at - new)).min(old.end);
                within(range.start)..within(range.end)
            }
            None => range,
        }
    }
}

/// Makes a text of parts of another one.
pub(super) struct Recorder<'t> {
    old: &'t str,
    /// Offset of what was not copied yet.
    from: usize,
    new: String,
    places: Places,
}

impl<'t> Recorder<'t> {
    pub(super) fn new(old: &'t str) -> Self {
        Recorder { old, from: 0, new: String::new(), places: Places::default() }
    }

    /// Copies up to an offset.
    pub(super) fn copy(&mut self, to: usize) {
        let Some(part) = self.old.get(self.from..to) else { return };
        self.places.parts.push((self.new.len(), self.from..to, true));
        self.new.push_str(part);
        self.from = to;
    }

    /// Copies up to a part, and puts another text there.
    pub(super) fn replace(&mut self, part: Range<usize>, by: &str) {
        self.copy(part.start);
        self.places.parts.push((self.new.len(), part.clone(), false));
        self.new.push_str(by);
        self.from = part.end;
    }

    /// Copies the rest.
    pub(super) fn finish(mut self) -> (String, Places) {
        self.copy(self.old.len());
        (self.new, self.places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let old = "a&x;b\nc";
        let mut recorder = Recorder::new(old);
        recorder.replace(1..4, "12\n34");
        let (new, places) = recorder.finish();
        assert_eq!(new, "a12\n34b\nc");
        assert_eq!(places.old(0..1), 0..1);
        assert_eq!(places.old(2..3), 1..4, "within the replacement");
        assert_eq!(places.old(6..7), 4..5, "`b`");
        assert_eq!(places.old(8..9), 6..7, "`c`");
        assert_eq!(places.old(9..9), 7..7, "the end");
    }
}
