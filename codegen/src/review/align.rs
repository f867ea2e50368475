//! Aligns the generated files of both sides: item by item, then member by member, then line by line.

use std::collections::{BTreeMap, HashMap};

use super::State;
use super::blocks::{Block, File, Key, Kind, Segment};
use super::lines::{Step, of_keys, of_lines, of_pairs};
use super::moved;
use crate::compare::{ChangeKind, Comparison};

/// The place of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) kind: Kind,
    /// The path of the item.
    pub(super) path: String,
    /// The path of the module that contains it.
    pub(super) module: String,
    /// The name of the member.
    pub(super) member: String,
}

/// A segment with its differences.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) old: Option<Spot>,
    pub(super) new: Option<Spot>,
    pub(super) rows: Vec<Row>,
}

/// A line of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) state: State,
    /// Its number in the old file, counted from 0.
    pub(super) old: Option<usize>,
    /// Its number in the new file, counted from 0.
    pub(super) new: Option<usize>,
    pub(super) text: String,
}

impl Unit {
    /// Returns the place on the new side, or else on the old side.
    pub(super) fn spot(&self) -> Option<&Spot> {
        self.new.as_ref().or(self.old.as_ref())
    }
}

type Files<'t> = BTreeMap<&'t str, File<'t>>;

/// An item of one side.
#[derive(Debug, Clone, Copy)]
struct Placed<'f> {
    path: &'f str,
    file: &'f File<'f>,
    block: &'f Block,
}

/// Returns the segments that differ.
pub(super) fn align(old: &Files<'_>, new: &Files<'_>, comparison: &Comparison, modules: &HashMap<String, String>) -> Vec<Unit> {
    let (old, new) = (placed(old), placed(new));
    let mut pairs = by_key(&old, &new);
    of_modules(&old, &new, modules, &mut pairs);
    renamed(&old, &new, comparison, &mut pairs);
    let mut units = Vec::new();
    for step in of_pairs(old.len(), &pairs) {
        match step {
            Step::Both(a, b, moved) => {
                let (Some(a), Some(b)) = (old.get(a), new.get(b)) else { continue };
                pair(a, b, moved || a.path != b.path, &mut units);
            }
            Step::Old(a) => old.get(a).into_iter().for_each(|it| units.extend(it.block.segments.iter().map(|part| removed(it, part)))),
            Step::New(b) => new.get(b).into_iter().for_each(|it| units.extend(it.block.segments.iter().map(|part| added(it, part)))),
        }
    }
    units.retain(|unit| unit.rows.iter().any(|row| row.state != State::Kept));
    moved::join(&mut units);
    units
}

fn placed<'f>(files: &'f Files<'f>) -> Vec<Placed<'f>> {
    files.iter().flat_map(|(path, file)| file.blocks.iter().map(move |block| Placed { path, file, block })).collect()
}

/// Returns for each item of the new side the item of the old side with the same kind and path.
fn by_key(old: &[Placed<'_>], new: &[Placed<'_>]) -> Vec<Option<usize>> {
    let known: HashMap<(&str, &Key), usize> = old.iter().enumerate().map(|(at, it)| ((it.path, &it.block.key), at)).collect();
    new.iter().map(|it| known.get(&(it.path, &it.block.key)).copied()).collect()
}

/// Matches the items of modules with another name.
fn of_modules(old: &[Placed<'_>], new: &[Placed<'_>], modules: &HashMap<String, String>, pairs: &mut [Option<usize>]) {
    if modules.is_empty() {
        return;
    }
    let mut known: HashMap<&Key, usize> = old.iter().enumerate().map(|(at, it)| (&it.block.key, at)).collect();
    for it in pairs.iter().flatten().filter_map(|at| old.get(*at)) {
        known.remove(&it.block.key);
    }
    for (it, pair) in new.iter().zip(pairs).filter(|(_, pair)| pair.is_none()) {
        let (first, rest) =
            it.block.key.path.split_once("::").map_or((it.block.key.path.as_str(), None), |(first, rest)| (first, Some(rest)));
        let Some(module) = modules.get(first).filter(|_| it.path.ends_with(&format!("{first}.rs"))) else { continue };
        let path = rest.map_or_else(|| module.clone(), |rest| format!("{module}::{rest}"));
        *pair = known.remove(&Key { path, ..it.block.key.clone() });
    }
}

/// Matches the types that were generated from a component with another name or place.
fn renamed(old: &[Placed<'_>], new: &[Placed<'_>], comparison: &Comparison, pairs: &mut [Option<usize>]) {
    let matched: std::collections::HashSet<usize> = pairs.iter().flatten().copied().collect();
    let mut gone: HashMap<&str, usize> =
        old.iter().enumerate().filter(|(at, it)| it.block.key.kind == Kind::Type && !matched.contains(at)).map(path_of).collect();
    let mut come: HashMap<&str, usize> =
        new.iter().enumerate().filter(|(at, it)| it.block.key.kind == Kind::Type && pairs.get(*at) == Some(&None)).map(path_of).collect();
    for change in comparison.changes.iter().filter(|change| matches!(change.kind, ChangeKind::Renamed | ChangeKind::Moved)) {
        let from: Vec<usize> = change.rust.iter().filter_map(|name| gone.remove(name.as_str())).collect();
        let to: Vec<usize> = change.rust.iter().filter_map(|name| come.remove(name.as_str())).collect();
        for (a, b) in from.into_iter().zip(to) {
            pairs.iter_mut().skip(b).take(1).for_each(|pair| *pair = Some(a));
        }
    }
}

fn path_of<'f>((at, it): (usize, &Placed<'f>)) -> (&'f str, usize) {
    (it.block.key.path.as_str(), at)
}

/// Adds the segments of an item that both sides have.
fn pair(a: &Placed<'_>, b: &Placed<'_>, moved: bool, units: &mut Vec<Unit>) {
    let keys =
        |it: &Placed<'_>| -> Vec<(String, usize)> { it.block.segments.iter().map(|part| (part.name.clone(), part.number)).collect() };
    for step in replaced(of_keys(&keys(a), &keys(b))) {
        match step {
            Step::Both(x, y, order) => {
                let (Some(x), Some(y)) = (a.block.segments.get(x), b.block.segments.get(y)) else { continue };
                units.push(both(a, x, b, y, moved || order));
            }
            Step::Old(x) => units.extend(a.block.segments.get(x).map(|part| removed(a, part))),
            Step::New(y) => units.extend(b.block.segments.get(y).map(|part| added(b, part))),
        }
    }
}

/// Matches a member that is replaced by one with another name in the same place: the lines that they have in common did not change.
fn replaced(steps: Vec<Step>) -> Vec<Step> {
    let mut out = Vec::with_capacity(steps.len());
    let mut run: Vec<Step> = Vec::new();
    for step in steps.into_iter().map(Some).chain([None]) {
        match step {
            Some(step @ (Step::Old(_) | Step::New(_))) => run.push(step),
            other => {
                match run.as_slice() {
                    [Step::Old(a), Step::New(b)] | [Step::New(b), Step::Old(a)] => out.push(Step::Both(*a, *b, false)),
                    _ => out.append(&mut run),
                }
                run.clear();
                out.extend(other);
            }
        }
    }
    out
}

fn both(a: &Placed<'_>, x: &Segment, b: &Placed<'_>, y: &Segment, moved: bool) -> Unit {
    let (old, new) = (lines(a, x), lines(b, y));
    let kept = if moved { State::Moved } else { State::Kept };
    let mut rows = Vec::new();
    for step in of_lines(old, new) {
        let (state, i, j) = match step {
            Step::Both(i, j, _) => (kept, Some(i), Some(j)),
            Step::Old(i) => (State::Removed, Some(i), None),
            Step::New(j) => (State::Added, None, Some(j)),
        };
        let text = j.and_then(|j| new.get(j)).or_else(|| i.and_then(|i| old.get(i))).copied().unwrap_or_default();
        let (i, j) = (i.map(|i| x.lines.start + i), j.map(|j| y.lines.start + j));
        rows.push(Row { state, old: i, new: j, text: text.to_owned() });
    }
    Unit { old: Some(spot(a, x)), new: Some(spot(b, y)), rows }
}

fn removed(it: &Placed<'_>, part: &Segment) -> Unit {
    let row = |(at, text): (usize, &&str)| Row { state: State::Removed, old: Some(at), new: None, text: (*text).to_owned() };
    Unit { old: Some(spot(it, part)), new: None, rows: part.lines.clone().zip(lines(it, part)).map(row).collect() }
}

fn added(it: &Placed<'_>, part: &Segment) -> Unit {
    let row = |(at, text): (usize, &&str)| Row { state: State::Added, old: None, new: Some(at), text: (*text).to_owned() };
    Unit { old: None, new: Some(spot(it, part)), rows: part.lines.clone().zip(lines(it, part)).map(row).collect() }
}

fn lines<'f>(it: &Placed<'f>, part: &Segment) -> &'f [&'f str] {
    it.file.lines.get(part.lines.clone()).unwrap_or_default()
}

fn spot(it: &Placed<'_>, part: &Segment) -> Spot {
    Spot {
        file: it.path.to_owned(),
        kind: it.block.key.kind,
        path: it.block.key.path.clone(),
        module: it.block.module.clone(),
        member: part.name.clone(),
    }
}
