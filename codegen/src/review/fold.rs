//! Decides which lines of the page are folded, and counts lines.

use std::collections::HashSet;

use super::causes::{Class, class};
use super::{Counts, Folded, Hunk, Reason, Review, State};

/// The number of lines up to which consequences of a change are not folded.
const SHORT: usize = 6;

/// The number of lines up to which a new or removed item is not folded.
const WHOLE: usize = 60;

/// Folds the hunks of a review, and counts its lines.
pub(super) fn fold(review: &mut Review) {
    for group in &mut review.groups {
        for entry in &mut group.entries {
            let mut seen: HashSet<String> = HashSet::new();
            let mut consequences = 0;
            for hunk in &mut entry.hunks {
                hunk.folded = if seen.insert(text(hunk)) { folded(hunk, &mut consequences) } else { Some(Folded::Repeated) };
                if group.documentation {
                    hunk.folded = hunk.folded.or(Some(Folded::Documentation));
                }
            }
        }
    }
    review.counts = counts(review);
}

/// Returns why a hunk that is shown for the first time is folded.
fn folded(hunk: &Hunk, consequences: &mut usize) -> Option<Folded> {
    let changed = || hunk.lines.iter().filter(|line| line.state != State::Kept);
    if changed().all(|line| line.state == State::Moved) {
        return Some(Folded::Moved);
    }
    if changed().all(|line| class(&line.text) == Class::Documentation) {
        return Some(Folded::Documentation);
    }
    if hunk.reason != Reason::Direct {
        *consequences += hunk.lines.len();
        return (*consequences > SHORT).then_some(Folded::Consequence);
    }
    (hunk.lines.len() > WHOLE).then_some(Folded::Whole)
}

/// Returns the lines without their numbers and indentation.
fn text(hunk: &Hunk) -> String {
    hunk.lines.iter().map(|line| format!("{:?}{}\n", line.state, line.text.trim_start())).collect()
}

fn counts(review: &Review) -> Counts {
    let changed = |hunk: &Hunk| hunk.lines.iter().filter(|line| line.state != State::Kept).count();
    let unexplained: usize = review.unexplained.iter().map(changed).sum();
    let all: usize = review.hunks().map(changed).sum();
    let moved = review.hunks().flat_map(|hunk| &hunk.lines).filter(|line| line.state == State::Moved).count();
    let unfolded = review.hunks().filter(|hunk| hunk.folded.is_none()).map(|hunk| hunk.lines.len()).sum();
    Counts { changed: all, attributed: all - unexplained, moved, unfolded }
}
