//! In: an automaton that may be in many states at once. Out: a table of its sets of states, for texts of ASCII characters.
//! Not done here: other texts, and automata whose table would be large; `nfa` matches those.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::nfa::{Marks, Program};

/// Most sets of states.
const MAX_SETS: usize = 128;

/// Most states of an automaton that is made into a table.
const MAX_STATES: usize = 256;

/// How many characters ASCII has.
const ASCII: usize = 128;

/// The set that no text leads out of.
const DEAD: u16 = 0;

/// A table: from a set of states, by the class of a character, to the next. Sets are numbered by where their rows start.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// The class of each character: what is treated alike in every state.
    classes: [u8; ASCII],
    next: Vec<u16>,
    accepting: Vec<u16>,
    start: u16,
}

impl Table {
    /// Nothing if the table would be large.
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

    /// Whether the whole of a text matches; nothing if it has other characters.
    pub(super) fn matches(&self, text: &str) -> Option<bool> {
        let (classes, next) = (&self.classes, self.next.as_slice());
        let last = text.bytes().try_fold(self.start, |set, byte| {
            let class = *classes.get(usize::from(byte))?;
            next.get(usize::from(set) + usize::from(class)).copied()
        });
        last.map(|set| self.accepting.contains(&set))
    }
}

/// The class of each character, and a character of each class.
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
