//! Keeps where each part of a text stands in the text that it was made of.

use std::ops::Range;

/// Lines and characters, both from 0.
type At = (u64, u64);

/// The places of a text in another, as the parts that were copied or replaced.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// In order: where a part begins, where it comes from, and whether it was copied.
    parts: Vec<(At, At, bool)>,
}

impl Places {
    /// The place in the old text of a place in the new one. What stands in a replacement has the place of what it replaces.
    pub(super) fn old(&self, at: At) -> At {
        let index = self.parts.partition_point(|(new, _, _)| *new <= at);
        match index.checked_sub(1).and_then(|index| self.parts.get(index)) {
            Some((_, old, false)) => *old,
            Some((new, old, true)) if at.0 == new.0 => (old.0, old.1 + at.1 - new.1),
            Some((new, old, true)) => (old.0 + at.0 - new.0, at.1),
            None => at,
        }
    }
}

/// Makes a text of parts of another one.
pub(super) struct Recorder<'t> {
    old: &'t str,
    /// Offset of what was not copied yet.
    from: usize,
    old_at: At,
    new: String,
    new_at: At,
    places: Places,
}

impl<'t> Recorder<'t> {
    pub(super) fn new(old: &'t str) -> Self {
        Recorder { old, from: 0, old_at: (0, 0), new: String::new(), new_at: (0, 0), places: Places::default() }
    }

    /// Copies up to an offset.
    pub(super) fn copy(&mut self, to: usize) {
        let Some(part) = self.old.get(self.from..to) else { return };
        self.places.parts.push((self.new_at, self.old_at, true));
        self.new.push_str(part);
        (self.old_at, self.new_at) = (after(self.old_at, part), after(self.new_at, part));
        self.from = to;
    }

    /// Copies up to a part, and puts another text there.
    pub(super) fn replace(&mut self, part: Range<usize>, by: &str) {
        self.copy(part.start);
        self.places.parts.push((self.new_at, self.old_at, false));
        self.new.push_str(by);
        self.new_at = after(self.new_at, by);
        self.old_at = after(self.old_at, self.old.get(part.clone()).unwrap_or_default());
        self.from = part.end;
    }

    /// Copies the rest.
    pub(super) fn finish(mut self) -> (String, Places) {
        self.copy(self.old.len());
        (self.new, self.places)
    }
}

/// The place after a text that begins at a place.
pub(super) fn after(at: At, text: &str) -> At {
    let lines = text.bytes().filter(|b| *b == b'\n').count() as u64;
    let last = text.rsplit('\n').next().unwrap_or_default().chars().count() as u64;
    if lines == 0 { (at.0, at.1 + last) } else { (at.0 + lines, last) }
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
        assert_eq!(places.old((0, 0)), (0, 0));
        assert_eq!(places.old((1, 1)), (0, 1), "within the replacement");
        assert_eq!(places.old((1, 2)), (0, 4), "`b`");
        assert_eq!(places.old((2, 0)), (1, 0), "`c`");
    }
}
