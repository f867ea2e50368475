//! Matches expressions whose automaton would be too large, because of repetitions such as `[0-9]{1,25000}`. Such a
//! repetition has one copy of its states, and each state knows with how many repetitions it can be reached.
//!
//! A counted repetition cannot contain another one. Expressions that would need this are refused.

use std::collections::BTreeMap;

use super::class::Class;
use super::parse::Node;

/// The maximum number of states of an automaton.
const MAX_STATES: usize = 20_000;

/// The maximum size of what is repeated, and the size from which a repetition is counted.
const MAX_COPIES: u64 = 1000;

/// A state of the automaton.
#[derive(Debug, Clone)]
enum State {
    /// Consumes a character of the class and continues at the given state.
    Class(Class, usize),
    /// Continues at both states.
    Split(usize, usize),
    /// Begins the counted repetition at the given state.
    Enter(usize),
    /// Begins another repetition at `body`, or ends the repetitions at `exit`.
    Loop { body: usize, exit: usize, min: u32, max: Option<u32> },
    /// Ends one repetition of those at the given state.
    Next(usize),
    /// Accepts the text.
    Accept,
}

/// An automaton with counted repetitions.
#[derive(Debug, Clone)]
pub(super) struct Program {
    states: Vec<State>,
    start: usize,
}

/// The numbers of complete repetitions with which a state can be reached, as sorted ranges that do not touch.
type Counts = Vec<(u32, u32)>;

/// The states that can be reached, with their counts.
type Reached = BTreeMap<usize, Counts>;

/// Builds the automaton. Returns `None` if it is too large.
pub(super) fn compile(node: &Node) -> Option<Program> {
    let mut states = vec![State::Accept];
    let start = build(node, 0, MAX_COPIES, &mut states)?;
    Some(Program { states, start })
}

/// Returns the number of states of a node if nothing is counted.
fn size(node: &Node) -> u64 {
    match node {
        Node::Class(_) => 1,
        Node::Branch(nodes) | Node::Choice(nodes) => nodes.iter().fold(1, |sum: u64, node| sum.saturating_add(size(node))),
        Node::Repeat(inner, min, max) => size(inner).saturating_add(1).saturating_mul(max.unwrap_or(*min).max(1).into()),
    }
}

fn is_nullable(node: &Node) -> bool {
    match node {
        Node::Class(_) => false,
        Node::Branch(nodes) => nodes.iter().all(is_nullable),
        Node::Choice(nodes) => nodes.iter().any(is_nullable),
        Node::Repeat(inner, min, _) => *min == 0 || is_nullable(inner),
    }
}

fn push(states: &mut Vec<State>, state: State) -> Option<usize> {
    states.push(state);
    (states.len() <= MAX_STATES).then_some(states.len() - 1)
}

/// Adds the states for a node that continues at `next`. Returns the first of them. Repetitions of more than `most` states are counted.
fn build(node: &Node, next: usize, most: u64, states: &mut Vec<State>) -> Option<usize> {
    match node {
        Node::Class(class) => push(states, State::Class(class.clone(), next)),
        Node::Branch(nodes) => nodes.iter().rev().try_fold(next, |at, node| build(node, at, most, states)),
        Node::Choice(nodes) => {
            let mut starts = nodes.iter().map(|node| build(node, next, most, states)).collect::<Option<Vec<_>>>()?.into_iter();
            let first = starts.next()?;
            starts.try_fold(first, |at, other| push(states, State::Split(at, other)))
        }
        Node::Repeat(inner, min, max) if size(inner) <= most && size(node) > most => {
            // With empty repetitions, fewer repetitions can end wherever more can.
            let min = if is_nullable(inner) { 0 } else { *min };
            let at = push(states, State::Loop { body: 0, exit: next, min, max: *max })?;
            let end = push(states, State::Next(at))?;
            let body = build(inner, end, most, states)?;
            *states.get_mut(at)? = State::Loop { body, exit: next, min, max: *max };
            push(states, State::Enter(at))
        }
        Node::Repeat(inner, min, max) => repeat(inner, (*min, *max), next, most, states),
    }
}

/// Adds copies of the states of a node.
fn repeat(inner: &Node, (min, max): (u32, Option<u32>), next: usize, most: u64, states: &mut Vec<State>) -> Option<usize> {
    let mut at = next;
    match max {
        None => {
            at = push(states, State::Split(next, next))?;
            let body = build(inner, at, most, states)?;
            *states.get_mut(at)? = State::Split(body, next);
        }
        Some(max) => {
            for _ in min..max {
                let body = build(inner, at, most, states)?;
                at = push(states, State::Split(body, next))?;
            }
        }
    }
    // Each copy has a state, because nothing at all is not repeated.
    let copies = if matches!(inner, Node::Branch(nodes) if nodes.is_empty()) { 0 } else { min };
    (0..copies).try_fold(at, |at, _| build(inner, at, most, states))
}

impl Program {
    /// Returns whether the whole text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut current = self.reached(vec![(self.start, vec![(0, 0)])]);
        for c in text.chars() {
            let next = current.iter().filter_map(|(at, counts)| match self.states.get(*at) {
                Some(State::Class(class, then)) if class.contains(c) => Some((*then, counts.clone())),
                _ => None,
            });
            current = self.reached(next.collect());
            if current.is_empty() {
                return false;
            }
        }
        current.keys().any(|at| matches!(self.states.get(*at), Some(State::Accept)))
    }

    /// Returns these states and all that can be reached from them without a character.
    fn reached(&self, mut todo: Vec<(usize, Counts)>) -> Reached {
        let mut reached = Reached::new();
        while let Some((at, counts)) = todo.pop() {
            let known = reached.entry(at).or_default();
            let all = match self.states.get(at) {
                // If the repetitions can end at once, fewer of them allow all that more of them allow.
                Some(State::Loop { min: 0, .. }) => {
                    union(known, &counts).first().map(|(least, _)| vec![(*least, *least)]).unwrap_or_default()
                }
                _ => union(known, &counts),
            };
            if all == *known {
                continue;
            }
            known.clone_from(&all);
            match self.states.get(at) {
                Some(State::Split(a, b)) => todo.extend([(*a, all.clone()), (*b, all)]),
                Some(State::Enter(to)) => todo.push((*to, vec![(0, 0)])),
                Some(State::Next(to)) => todo.push((*to, self.increased(*to, &all))),
                Some(State::Loop { body, exit, min, max }) => {
                    if all.last().is_some_and(|(_, most)| most >= min) {
                        todo.push((*exit, vec![(0, 0)]));
                    }
                    let more = |(from, to): &(u32, u32)| match max {
                        Some(max) => (*from < *max).then(|| (*from, *to.min(&(max - 1)))),
                        None => Some((*from, *to)),
                    };
                    let more: Counts = all.iter().filter_map(more).collect();
                    if !more.is_empty() {
                        todo.push((*body, more));
                    }
                }
                Some(State::Class(..) | State::Accept) | None => {}
            }
        }
        reached
    }

    /// Returns the counts after one more repetition. Without a maximum, counts above the minimum are all the same.
    fn increased(&self, repetition: usize, counts: &Counts) -> Counts {
        let most = match self.states.get(repetition) {
            Some(State::Loop { min, max: None, .. }) => *min,
            _ => u32::MAX,
        };
        let next = |count: u32| count.saturating_add(1).min(most);
        counts.iter().fold(Counts::new(), |sum, (from, to)| union(&sum, &vec![(next(*from), next(*to))]))
    }
}

/// Returns the counts that are in one of the two.
fn union(one: &Counts, other: &Counts) -> Counts {
    let mut all: Counts = one.iter().chain(other).copied().collect();
    all.sort_unstable();
    let mut out: Counts = Vec::with_capacity(all.len());
    for (from, to) in all {
        match out.last_mut() {
            Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
            _ => out.push((from, to)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{nfa, parse};
    use super::*;

    #[test]
    fn counted_repetitions_match_what_copies_match() {
        let mut words = vec![String::new()];
        for at in 0.. {
            match words.get(at).filter(|word| word.len() < 7) {
                Some(word) => {
                    let longer = ["a", "b", "c"].map(|letter| format!("{word}{letter}"));
                    words.extend(longer);
                }
                None => break,
            }
        }
        for pattern in [
            "a{4}",
            "a{3,5}",
            "(ab){2,}",
            "(a|ab){2,3}b?",
            "(a?b?){3}",
            "(aa|aaa){2,3}",
            "a*(ba{1,3})?",
            "(a{0,2}c?){2,}",
            "((ab|b){1,2}c?){2}",
            "[ab]{2,4}a[ab]{1,3}",
            "(a|b|ab){3}c{0,4}",
            "(a*){2,3}b",
            "(ab?){0,3}(b|c){2,}",
        ] {
            let node = parse::parse(pattern).unwrap_or_else(|why| unreachable!("{why}"));
            let Some(copies) = nfa::compile(&node) else { unreachable!("{pattern}") };
            for most in [1, 2, 5] {
                let mut states = vec![State::Accept];
                let Some(start) = build(&node, 0, most, &mut states) else { unreachable!("{pattern}") };
                let counted = Program { states, start };
                for word in &words {
                    assert_eq!(counted.matches(word), copies.matches(word), "{pattern}: {word}");
                }
            }
        }
    }

    #[test]
    fn the_number_of_states_does_not_depend_on_the_counts() {
        for (pattern, good, bad) in [
            ("[0-9]{1,25000}", 25_000, 25_001),
            ("[0-9]{30000}", 30_000, 29_999),
            ("[0-9]{25000,}", 25_000, 24_999),
            ("x{0,4294967295}[0-9]{3,25000}", 3, 2),
            ("([0-9]{900}){30}", 27_000, 26_000),
        ] {
            let program = parse::parse(pattern).ok().and_then(|node| compile(&node));
            let matches = |count: usize| program.as_ref().is_some_and(|program| program.matches(&"1".repeat(count)));
            assert!(matches(good) && !matches(bad), "{pattern}");
        }
        assert!(parse::parse("(a{25000}b){25000}").is_ok_and(|node| compile(&node).is_none()));
    }
}
