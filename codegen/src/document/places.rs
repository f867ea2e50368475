//! Maps positions in a derived text back to positions in the text that it was made from.

use std::ops::Range;

/// A mapping from the ranges of a new text to the ranges of the old text, as a list of copied and replaced parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The parts in order: the start offset in the new text, the range in the old text, and whether the part was copied unchanged.
    parts: Vec<(usize, Range<usize>, bool)>,
}

impl Places {
    /// Returns the range in the old text that a range in the new text comes from. A range that begins in a replacement maps to the replaced part.
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

/// A builder that makes a new text from parts of an old one, and records where each part comes from.
pub(super) struct Recorder<'t> {
    old: &'t str,
    /// The offset up to which the old text has been copied.
    from: usize,
    new: String,
    places: Places,
}

impl<'t> Recorder<'t> {
    pub(super) fn new(old: &'t str) -> Self {
        Recorder { old, from: 0, new: String::new(), places: Places::default() }
    }

    /// Copies the old text up to an offset.
    pub(super) fn copy(&mut self, to: usize) {
        let Some(part) = self.old.get(self.from..to) else { return };
        self.places.parts.push((self.new.len(), self.from..to, true));
        self.new.push_str(part);
        self.from = to;
    }

    /// Copies the old text up to `part`, and writes `by` instead of that part.
    pub(super) fn replace(&mut self, part: Range<usize>, by: &str) {
        self.copy(part.start);
        self.places.parts.push((self.new.len(), part.clone(), false));
        self.new.push_str(by);
        self.from = part.end;
    }

    /// Copies the rest of the old text, and returns the new text with its mapping.
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
