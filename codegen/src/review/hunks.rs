//! Collects the attributed lines into hunks, and files them under the changes.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hasher;

use fnv::FnvHasher;

use super::align::Row;
use super::causes::{Attributed, Cause, path_of};
use super::effects::Effects;
use super::excerpt::Texts;
use super::pictures::Pictures;
use super::{Counts, Entry, Group, Hunk, Line, Reason, Review, Reviewed, State, fold};
use crate::compare::{Change, ChangeKind, Comparison, Fingerprint, Subject};

/// The number of unchanged lines around changed ones.
const CONTEXT: usize = 2;

/// Makes the review.
pub(super) fn collect(all: Vec<Attributed>, comparison: &Comparison, old: Reviewed<'_>, new: Reviewed<'_>) -> Review {
    let mut filed: Vec<Vec<Hunk>> = vec![Vec::new(); comparison.changes.len()];
    let mut shared: Vec<BTreeMap<Fingerprint, usize>> = vec![BTreeMap::new(); comparison.changes.len()];
    let mut unexplained = Vec::new();
    let names = names(comparison);
    for attributed in &all {
        for (cause, hunk) in hunks(attributed) {
            let Some(index) = cause else {
                unexplained.push(hunk);
                continue;
            };
            share(attributed, index, hunk.lines.len(), comparison, &names, &mut shared);
            filed.iter_mut().skip(index).take(1).for_each(|list| list.push(hunk.clone()));
        }
    }
    let effects = Effects::of(comparison);
    let mut pictures = Pictures::new(old.input, new.input, &comparison.changes);
    let (before, after) = (Texts::of(old.input.model), Texts::of(new.input.model));
    let entries = comparison.changes.iter().zip(filed).zip(shared).map(|((change, mut hunks), shared)| {
        hunks.sort_by(|a, b| place(a).cmp(&place(b)));
        let mut hunks = merged(hunks);
        // What was generated from the component comes first.
        hunks.sort_by_key(|hunk| !matches!(hunk.reason, Reason::Direct));
        Entry {
            change: change.clone(),
            effect: effects.effect(change.fingerprint),
            before: change.old.as_ref().and_then(|side| before.at(side)),
            after: change.new.as_ref().and_then(|side| after.at(side)),
            picture: pictures.of(change),
            rust: effects.rust(change.fingerprint),
            refutes: effects.refuted(change.fingerprint),
            hunks,
            shared,
        }
    });
    let mut review = Review {
        old: old.name.to_owned(),
        new: new.name.to_owned(),
        groups: grouped(entries),
        unexplained,
        verdicts: comparison.verdicts.clone(),
        parts: comparison.parts.clone(),
        counts: Counts::default(),
    };
    fold::fold(&mut review);
    review
}

/// Returns the position of a hunk.
fn place(hunk: &Hunk) -> (&str, u32) {
    (&hunk.file, hunk.lines.first().and_then(|line| line.new.or(line.old)).unwrap_or(0))
}

/// Joins hunks that follow each other in the file.
fn merged(hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        match out.last_mut() {
            Some(last) if last.file == hunk.file && last.from == hunk.from && follows(last, &hunk) => {
                if last.reason == Reason::File {
                    (last.reason, last.item) = (hunk.reason, hunk.item);
                }
                last.lines.extend(hunk.lines);
            }
            _ => out.push(hunk),
        }
    }
    out
}

/// Returns whether the lines of a hunk begin where those of another one end, on the sides that have them.
fn follows(last: &Hunk, next: &Hunk) -> bool {
    let (Some(end), Some(start)) = (last.lines.last(), next.lines.first()) else { return false };
    let joins = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a.checked_add(1) == Some(b));
    match (start.new, end.new) {
        (Some(_), _) => joins(end.new, start.new) && (start.old.is_none() || end.old.is_none() || joins(end.old, start.old)),
        (None, _) => joins(end.old, start.old),
    }
}

/// Returns the changes by the Rust names that they touch.
fn names(comparison: &Comparison) -> HashMap<&str, Vec<usize>> {
    let mut out: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, change) in comparison.changes.iter().enumerate().filter(|(_, change)| change.kind != ChangeKind::Documentation) {
        change.rust.iter().for_each(|name| out.entry(name).or_default().push(index));
    }
    out
}

/// Notes under the other changes of the same member that its lines are shown elsewhere.
fn share(
    attributed: &Attributed,
    index: usize,
    lines: usize,
    comparison: &Comparison,
    names: &HashMap<&str, Vec<usize>>,
    shared: &mut [BTreeMap<Fingerprint, usize>],
) {
    let Some(shown) = comparison.changes.get(index).filter(|change| change.kind != ChangeKind::Documentation) else { return };
    let spots = attributed.unit.old.iter().chain(&attributed.unit.new);
    let mut others: Vec<usize> = spots.flat_map(|spot| names.get(path_of(spot).as_str()).into_iter().flatten().copied()).collect();
    others.sort_unstable();
    others.dedup();
    for other in others.into_iter().filter(|other| *other != index) {
        shared.iter_mut().skip(other).take(1).for_each(|map| *map.entry(shown.fingerprint).or_default() += lines);
    }
}

/// Returns the hunks of a segment, each with the index of its change.
///
/// Where lines of several changes are next to each other, those of each change are put together: the removed ones and those that replace them.
fn hunks(attributed: &Attributed) -> Vec<(Option<usize>, Hunk)> {
    let Attributed { unit, causes } = attributed;
    let mut out: Vec<(Option<usize>, Hunk)> = Vec::new();
    let (mut kept, mut run): (Vec<Line>, Vec<(&Row, Option<&Cause>)>) = (Vec::new(), Vec::new());
    for (row, cause) in unit.rows.iter().zip(causes) {
        if row.state != State::Kept {
            run.push((row, cause.as_ref()));
            continue;
        }
        finish(attributed, &mut run, &mut kept, &mut out);
        kept.push(line(row));
    }
    finish(attributed, &mut run, &mut kept, &mut out);
    let (tail, _) = around(kept, !out.is_empty());
    extend(&mut out, tail);
    out
}

/// Adds the hunks of adjacent lines that changed, after lines that did not. A hunk of the same change nearby goes on.
fn finish(attributed: &Attributed, run: &mut Vec<(&Row, Option<&Cause>)>, kept: &mut Vec<Line>, out: &mut Vec<(Option<usize>, Hunk)>) {
    let mut causes: Vec<Option<&Cause>> = Vec::new();
    let change = |cause: Option<&Cause>| cause.map(|cause| cause.change);
    for (_, cause) in run.iter() {
        if causes.iter().all(|known| change(*known) != change(*cause)) {
            causes.push(*cause);
        }
    }
    for (number, cause) in causes.iter().enumerate() {
        let lines: Vec<Line> = run.iter().filter(|(_, own)| change(*own) == change(*cause)).map(|(row, _)| line(row)).collect();
        let joins = causes.len() == 1 && kept.len() <= 2 * CONTEXT && out.last().is_some_and(|(last, _)| *last == change(*cause));
        if !joins {
            let (tail, head) = around(std::mem::take(kept), number == 0 && !out.is_empty());
            extend(out, tail);
            out.push((change(*cause), hunk(attributed, *cause, head)));
        }
        extend(out, std::mem::take(kept));
        extend(out, lines);
    }
    run.clear();
}

/// Adds lines to the last hunk.
fn extend(hunks: &mut [(Option<usize>, Hunk)], lines: Vec<Line>) {
    if let Some((_, hunk)) = hunks.last_mut() {
        hunk.lines.extend(lines);
    }
}

/// Splits unchanged lines into those that follow one hunk and those that precede the next.
fn around(kept: Vec<Line>, after: bool) -> (Vec<Line>, Vec<Line>) {
    let tail = if after { kept.iter().take(CONTEXT).cloned().collect::<Vec<_>>() } else { Vec::new() };
    let head = kept.into_iter().skip(tail.len()).rev().take(CONTEXT).collect::<Vec<_>>().into_iter().rev().collect();
    (tail, head)
}

fn hunk(attributed: &Attributed, cause: Option<&Cause>, lines: Vec<Line>) -> Hunk {
    let spot = attributed.unit.spot();
    Hunk {
        file: spot.map(|spot| spot.file.clone()).unwrap_or_default(),
        from: attributed.unit.old.as_ref().filter(|old| spot.is_some_and(|spot| spot.file != old.file)).map(|old| old.file.clone()),
        item: spot.map(path_of).unwrap_or_default(),
        lines,
        reason: cause.map_or(Reason::File, |cause| cause.reason.clone()),
        folded: None,
    }
}

fn line(row: &Row) -> Line {
    let number = |at: Option<usize>| at.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
    Line { state: row.state, old: number(row.old), new: number(row.new), text: row.text.clone() }
}

/// Groups the changes of the documentation of each global component; every other change is a group of its own.
fn grouped(entries: impl Iterator<Item = Entry>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut documentation: BTreeMap<String, Group> = BTreeMap::new();
    for entry in entries {
        let is = entry.change.kind == ChangeKind::Documentation;
        let title = if is { global(&entry.change) } else { entry.change.subject.to_string() };
        let fingerprint = entry.change.fingerprint;
        let group = || Group { title: title.clone(), fingerprint, documentation: is, entries: Vec::new() };
        if is {
            documentation.entry(title.clone()).or_insert_with(group).entries.push(entry);
        } else {
            groups.push(Group { entries: vec![entry], ..group() });
        }
    }
    groups.extend(documentation.into_values().map(|group| Group { fingerprint: combined(&group.entries), ..group }));
    groups
}

/// Returns the global component that contains the changed one.
fn global(change: &Change) -> String {
    match &change.subject {
        Subject::Component(path) => crate::model::ComponentPath { steps: Vec::new(), ..path.clone() }.to_string(),
        other => other.to_string(),
    }
}

/// Returns the identity of several changes.
fn combined(entries: &[Entry]) -> Fingerprint {
    let mut hasher = FnvHasher::default();
    entries.iter().for_each(|entry| hasher.write_u64(entry.change.fingerprint.0));
    Fingerprint(hasher.finish())
}
