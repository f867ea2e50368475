//! Compiles the tree of an expression to a nondeterministic automaton and runs it without backtracking, in time
//! linear in the text. The number of states is limited.

use super::class::Class;
use super::parse::Node;

/// The maximum number of states of an automaton.
const MAX_STATES: usize = 20_000;

/// A state of the automaton.
#[derive(Debug, Clone)]
enum State {
    /// Consumes a character of the class and continues at the given state.
    Class(Class, usize),
    /// Continues at both states.
    Split(usize, usize),
    /// Accepts the text.
    Accept,
}

/// An automaton with its start state, which is built last.
#[derive(Debug, Clone)]
pub(super) struct Program {
    states: Vec<State>,
    start: usize,
}

/// Builds the automaton, starting with its accepting state. Returns `None` if it is too large.
pub(super) fn compile(node: &Node) -> Option<Program> {
    let mut states = vec![State::Accept];
    let start = build(node, 0, &mut states)?;
    Some(Program { states, start })
}

/// Adds the states for a node that continues at `next`. Returns the first of them.
fn build(node: &Node, next: usize, states: &mut Vec<State>) -> Option<usize> {
    if states.len() > MAX_STATES {
        return None;
    }
    match node {
        Node::Class(class) => Some(push(states, State::Class(class.clone(), next))),
        Node::Branch(nodes) => nodes.iter().rev().try_fold(next, |at, n| build(n, at, states)),
        Node::Choice(nodes) => {
            let mut starts = nodes.iter().map(|n| build(n, next, states)).collect::<Option<Vec<_>>>()?.into_iter();
            let first = starts.next()?;
            Some(starts.fold(first, |at, other| push(states, State::Split(at, other))))
        }
        Node::Repeat(inner, min, max) => repeat(inner, *min, *max, next, states),
    }
}

fn repeat(inner: &Node, min: u32, max: Option<u32>, next: usize, states: &mut Vec<State>) -> Option<usize> {
    let mut at = next;
    match max {
        None => {
            let loop_state = push(states, State::Split(next, next));
            let body = build(inner, loop_state, states)?;
            *states.get_mut(loop_state)? = State::Split(body, next);
            at = loop_state;
        }
        Some(max) => {
            for _ in min..max {
                let body = build(inner, at, states)?;
                at = push(states, State::Split(body, next));
            }
        }
    }
    for _ in 0..min {
        at = build(inner, at, states)?;
        if matches!(inner, Node::Branch(nodes) if nodes.is_empty()) {
            break;
        }
    }
    Some(at)
}

fn push(states: &mut Vec<State>, state: State) -> usize {
    states.push(state);
    states.len() - 1
}

/// The round in which each state was last reached. One set of marks serves for a whole text, so that it need
/// not be cleared for each character.
pub(super) struct Marks {
    seen: Vec<usize>,
    round: usize,
}

impl Marks {
    pub(super) fn of(program: &Program) -> Self {
        Self { seen: vec![0; program.states.len()], round: 0 }
    }
}

impl Program {
    /// Returns the number of states.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// Returns the character classes of the automaton.
    pub(super) fn classes(&self) -> impl Iterator<Item = &Class> {
        self.states.iter().filter_map(|state| match state {
            State::Class(class, _) => Some(class),
            _ => None,
        })
    }

    /// Returns the initial states, in order.
    pub(super) fn first(&self, marks: &mut Marks) -> Vec<usize> {
        self.reached([self.start], marks)
    }

    /// Returns the states after a character, in order.
    pub(super) fn after(&self, current: &[usize], c: char, marks: &mut Marks) -> Vec<usize> {
        let next = current.iter().filter_map(|at| match self.states.get(*at) {
            Some(State::Class(class, then)) if class.contains(c) => Some(*then),
            _ => None,
        });
        self.reached(next, marks)
    }

    /// Returns whether one of these states accepts.
    pub(super) fn accepts(&self, current: &[usize]) -> bool {
        current.iter().any(|at| matches!(self.states.get(*at), Some(State::Accept)))
    }

    /// Returns whether the whole text matches.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut marks = Marks::of(self);
        let mut current = self.first(&mut marks);
        for c in text.chars() {
            current = self.after(&current, c, &mut marks);
            if current.is_empty() {
                return false;
            }
        }
        self.accepts(&current)
    }

    /// Returns these states and all that can be reached from them without a character, in order and without
    /// duplicates.
    fn reached(&self, from: impl IntoIterator<Item = usize>, marks: &mut Marks) -> Vec<usize> {
        let mut todo: Vec<usize> = from.into_iter().collect();
        let mut reached = Vec::new();
        marks.round += 1;
        while let Some(at) = todo.pop() {
            match marks.seen.get_mut(at) {
                Some(seen) if *seen != marks.round => *seen = marks.round,
                _ => continue,
            }
            match self.states.get(at) {
                Some(State::Split(a, b)) => todo.extend([*a, *b]),
                Some(_) => reached.push(at),
                None => {}
            }
        }
        reached.sort_unstable();
        reached
    }
}
