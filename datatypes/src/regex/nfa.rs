//! In: the tree of an expression. Out: an automaton without backtracking: time is linear in the text.
//! Not done here: automata of more than a limit of states.

use super::class::Class;
use super::parse::Node;

/// Most states of an automaton.
const MAX_STATES: usize = 20_000;

/// A state of the automaton.
#[derive(Debug, Clone)]
enum State {
    /// Consumes a character of the class.
    Class(Class, usize),
    /// Goes on at both.
    Split(usize, usize),
    /// The end.
    Accept,
}

/// An automaton; it starts at its last state.
#[derive(Debug, Clone)]
pub(super) struct Program {
    states: Vec<State>,
    start: usize,
}

/// Builds the automaton from its end; `None` if it is too large.
pub(super) fn compile(node: &Node) -> Option<Program> {
    let mut states = vec![State::Accept];
    let start = build(node, 0, &mut states)?;
    Some(Program { states, start })
}

/// States for a node that goes on at `next`; gives where they begin.
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

/// In which round each state was reached last: the same marks serve for a whole text, however many states there are.
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
    /// How many states it has.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// The classes of characters that it tells apart.
    pub(super) fn classes(&self) -> impl Iterator<Item = &Class> {
        self.states.iter().filter_map(|state| match state {
            State::Class(class, _) => Some(class),
            _ => None,
        })
    }

    /// The states it starts in, in order.
    pub(super) fn first(&self, marks: &mut Marks) -> Vec<usize> {
        self.reached([self.start], marks)
    }

    /// The states it is in after a character, in order.
    pub(super) fn after(&self, current: &[usize], c: char, marks: &mut Marks) -> Vec<usize> {
        let next = current.iter().filter_map(|at| match self.states.get(*at) {
            Some(State::Class(class, then)) if class.contains(c) => Some(*then),
            _ => None,
        });
        self.reached(next, marks)
    }

    /// Whether it may end in one of these states.
    pub(super) fn accepts(&self, current: &[usize]) -> bool {
        current.iter().any(|at| matches!(self.states.get(*at), Some(State::Accept)))
    }

    /// Whether the whole of a text matches.
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

    /// These states, and all that are reached from them without a character, in order and each once.
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
