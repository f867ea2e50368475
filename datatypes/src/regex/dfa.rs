//! Turns a nondeterministic automaton into a deterministic table for ASCII texts, which is faster. `nfa`
//! matches other texts, and expressions whose table would be too large.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::nfa::{Marks, Program};

/// The maximum number of sets of states.
const MAX_SETS: usize = 128;

/// The maximum number of states of an automaton that is turned into a table.
const MAX_STATES: usize = 256;

/// The number of ASCII characters.
const ASCII: usize = 128;

/// The set of states from which no text can match.
const DEAD: u16 = 0;

/// A table that maps a set of states and the class of a character to the next set. A set is identified by the
/// index of its first table entry.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The class of each character. All states treat the characters of a class alike.
    classes: [u8; ASCII],
    next: Vec<u16>,
    accepting: Vec<u16>,
    start: u16,
}

impl Table {
    /// Builds the table, or returns `None` if it would be too large.
    pub(super) fn of(program: &Program) -> Option<Self> {
        if program.len() > MAX_STATES {
            return None;
        }
        let (classes, examples) = classes(program)?;
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        let mut numbers = HashMap::from([(Vec::new(), DEAD)]);
        let mut number_of = |set: Vec<usize>, sets: &mut Vec<Vec<usize>>| {
            if let Some(known) = numbers.get(&set) {
                return Some(*known);
            }
            let number = u16::try_from(sets.len() * examples.len()).ok().filter(|_| sets.len() < MAX_SETS)?;
            sets.push(set.clone());
            numbers.insert(set, number);
            Some(number)
        };
        let mut marks = Marks::of(program);
        let start = number_of(program.first(&mut marks), &mut sets)?;
        let mut next = Vec::new();
        let mut at = 0;
        while let Some(set) = sets.get(at).cloned() {
            for example in &examples {
                next.push(number_of(program.after(&set, *example, &mut marks), &mut sets)?);
            }
            at += 1;
        }
        let rows = (DEAD..).step_by(examples.len()).zip(&sets);
        let accepting = rows.filter(|(_, set)| program.accepts(set)).map(|(row, _)| row).collect();
        Some(Self { classes, next, accepting, start })
    }

    /// Returns whether the whole text matches, or `None` if it contains characters outside ASCII.
    pub(super) fn matches(&self, text: &str) -> Option<bool> {
        let (classes, next) = (&self.classes, self.next.as_slice());
        let last = text.bytes().try_fold(self.start, |set, byte| {
            let class = *classes.get(usize::from(byte))?;
            next.get(usize::from(set) + usize::from(class)).copied()
        });
        last.map(|set| self.accepting.contains(&set))
    }
}

/// Returns the class of each character, and one character of each class.
fn classes(program: &Program) -> Option<([u8; ASCII], Vec<char>)> {
    let mut sorts: Vec<_> = program.classes().collect();
    sorts.dedup();
    let mut known: HashMap<Vec<bool>, u8> = HashMap::new();
    let (mut classes, mut examples) = ([0; ASCII], Vec::new());
    for (byte, class) in (0_u8..).zip(&mut classes) {
        let example = char::from(byte);
        *class = match known.entry(sorts.iter().map(|class| class.contains(example)).collect()) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                examples.push(example);
                *new.insert(u8::try_from(examples.len() - 1).ok()?)
            }
        };
    }
    Some((classes, examples))
}
