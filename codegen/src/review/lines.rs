//! Aligns two lists: of lines, or of things with identities.

use std::collections::HashMap;
use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What happened to an element of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Both lists have it, at these positions; whether it is in another order relative to the others.
    Both(usize, usize, bool),
    /// The old list has it.
    Old(usize),
    /// The new list has it.
    New(usize),
}

/// The maximum product of the numbers of differing lines for which the shortest difference is searched.
const MOST: usize = 4_000_000;

/// Returns the differences of two lists of lines. Nothing is out of order: a line that moved is removed and added.
pub(super) fn of_lines(old: &[&str], new: &[&str]) -> Vec<Step> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (a, b) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default());
    let mut out: Vec<Step> = (0..start).map(|at| Step::Both(at, at, false)).collect();
    if a.len().saturating_mul(b.len()) > MOST {
        out.extend((start..start + a.len()).map(Step::Old).chain((start..start + b.len()).map(Step::New)));
    } else {
        for op in capture_diff_slices(Algorithm::Myers, a, b) {
            steps(op, start, &mut out);
        }
    }
    let common = out.len();
    let (a, b) = (old.len() - end, new.len() - end);
    out.extend((0..end).map(|at| Step::Both(a + at, b + at, false)));
    slide(&mut out, common, old, new);
    out
}

/// Moves runs of lines that one side has alone up by lines that are the same, if they begin with an attribute then: it belongs to the line after it.
fn slide(steps: &mut [Step], end: usize, old: &[&str], new: &[&str]) {
    let mut at = 0;
    while at < end {
        let Some(first) = steps.get(at).copied().filter(|step| !matches!(step, Step::Both(..))) else {
            at += 1;
            continue;
        };
        let alike = |step: &Step| std::mem::discriminant(step) == std::mem::discriminant(&first);
        let length = steps.iter().skip(at).take_while(|step| alike(step)).count();
        let line = |step: Option<&Step>| match step {
            Some(Step::Old(at)) => old.get(*at),
            Some(Step::New(at) | Step::Both(_, at, _)) => new.get(*at),
            None => None,
        };
        // One step up is enough: attributes of an entry of a list are one line.
        let before = at.checked_sub(1).and_then(|at| steps.get(at)).copied();
        if let Some(Step::Both(x, y, order)) = before
            && line(before.as_ref()) == line(steps.get(at + length - 1))
            && line(before.as_ref()).is_some_and(|line| line.trim_start().starts_with("#["))
        {
            let moved: Vec<Step> = match first {
                Step::Old(_) => (x..x + length).map(Step::Old).chain([Step::Both(x + length, y, order)]).collect(),
                _ => (y..y + length).map(Step::New).chain([Step::Both(x, y + length, order)]).collect(),
            };
            steps.iter_mut().skip(at - 1).zip(moved).for_each(|(step, moved)| *step = moved);
        }
        at += length;
    }
}

fn steps(op: DiffOp, from: usize, out: &mut Vec<Step>) {
    let (old, new) = (op.old_range(), op.new_range());
    match op {
        DiffOp::Equal { .. } => out.extend(old.zip(new).map(|(a, b)| Step::Both(from + a, from + b, false))),
        _ => out.extend(old.map(|a| Step::Old(from + a)).chain(new.map(|b| Step::New(from + b)))),
    }
}

/// Aligns two lists of distinct keys. It matches the keys that both lists have, and marks the matched keys whose order differs.
pub(super) fn of_keys<K: Eq + Hash>(old: &[K], new: &[K]) -> Vec<Step> {
    let known: HashMap<&K, usize> = old.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let pairs: Vec<Option<usize>> = new.iter().map(|key| known.get(key).copied()).collect();
    of_pairs(old.len(), &pairs)
}

/// Aligns two lists: for each element of the new one, its position in the old one is given, if it is there.
pub(super) fn of_pairs(old: usize, pairs: &[Option<usize>]) -> Vec<Step> {
    let ordered = increasing(pairs);
    let mut kept = vec![false; old];
    pairs.iter().flatten().for_each(|at| kept.iter_mut().skip(*at).take(1).for_each(|it| *it = true));
    let mut out = Vec::with_capacity(old + pairs.len());
    let mut next = 0;
    for ((at, pair), ordered) in pairs.iter().enumerate().zip(ordered) {
        if let Some(from) = pair.filter(|_| ordered) {
            out.extend((next..from).filter(|at| kept.get(*at) == Some(&false)).map(Step::Old));
            next = from + 1;
        }
        out.push(pair.map_or(Step::New(at), |from| Step::Both(from, at, !ordered)));
    }
    out.extend((next..old).filter(|at| kept.get(*at) == Some(&false)).map(Step::Old));
    out
}

/// Returns which numbers belong to a longest increasing subsequence.
fn increasing(list: &[Option<usize>]) -> Vec<bool> {
    // The position in the list of the last element of the best subsequence of each length, and the predecessor of each element.
    let (mut last, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; list.len()]);
    let value = |at: &usize| list.get(*at).copied().flatten();
    for (at, number) in list.iter().enumerate().filter_map(|(at, number)| Some((at, (*number)?))) {
        let length = last.partition_point(|end| value(end).is_some_and(|end| end < number));
        let previous = length.checked_sub(1).and_then(|index| last.get(index)).copied();
        before.iter_mut().skip(at).take(1).for_each(|it| *it = previous);
        match last.get_mut(length) {
            Some(end) => *end = at,
            None => last.push(at),
        }
    }
    let mut out = vec![false; list.len()];
    let mut at = last.last().copied();
    while let Some(index) = at {
        out.iter_mut().skip(index).take(1).for_each(|it| *it = true);
        at = before.get(index).copied().flatten();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_keep_their_order_where_they_can() {
        use Step::{Both, New, Old};
        assert_eq!(of_keys(&["a", "b", "c"], &["b", "c", "a"]), [Both(1, 0, false), Both(2, 1, false), Both(0, 2, true)]);
        assert_eq!(of_keys(&["a", "b"], &["x", "b"]), [New(0), Old(0), Both(1, 1, false)]);
        assert_eq!(of_keys::<&str>(&[], &[]), []);
        assert_eq!(of_keys(&["a"], &[]), [Old(0)]);
    }

    #[test]
    fn attributes_stay_with_their_lines() {
        use Step::{Both, New};
        let steps = of_lines(&["#[x]", "b"], &["#[x]", "a", "#[x]", "b"]);
        assert_eq!(steps, [New(0), New(1), Both(0, 2, false), Both(1, 3, false)]);
    }

    #[test]
    fn lines_have_the_shortest_difference() {
        use Step::{Both, New, Old};
        assert_eq!(of_lines(&["a", "b", "c"], &["a", "x", "c"]), [Both(0, 0, false), Old(1), New(1), Both(2, 2, false)]);
        let (long, other) = (vec!["a"; 3000], vec!["b"; 3000]);
        assert_eq!(of_lines(&long, &other).len(), 6000);
    }
}
