//! Decides whether every text that matches some expressions matches another one, and finds a shortest text that does not.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::Regex;
use super::categories::starts;
use super::class::{Class, Item};
use super::nfa::{Marks, Program};
use crate::names::{is_name_char, is_name_start};

/// The result of comparing the languages of regular expressions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inclusion {
    /// Every text is included.
    Included,
    /// This text is not included. No shorter text exists.
    Differs(String),
    /// The automata are too large.
    TooLarge,
}

/// Decides whether each text that matches at least one expression of every list in `all` matches at least one expression of `any`. Only
/// characters that XML 1.0 allows are considered. At most `limit` states of the automata are examined.
pub fn inclusion(all: &[Vec<Regex>], any: &[Regex], limit: usize) -> Inclusion {
    let lists: Option<Vec<List<'_>>> = all.iter().map(|list| List::of(list)).chain([List::of(any)]).collect();
    let Some(mut lists) = lists else { return Inclusion::TooLarge };
    let examples = examples(&lists);
    let start: Vec<Sets> = lists.iter_mut().map(List::first).collect();
    let (mut seen, mut states) = (HashSet::from([start.clone()]), vec![(start, 0, None)]);
    let mut at = 0;
    while let Some((state, ..)) = states.get(at) {
        let state = state.clone();
        if is_difference(&lists, &state) {
            return Inclusion::Differs(text(&states, at));
        }
        for example in &examples {
            let next: Vec<Sets> = lists.iter_mut().zip(&state).map(|(list, sets)| list.after(sets, *example)).collect();
            let possible = next.split_last().is_some_and(|(_, all)| all.iter().all(|sets| sets.iter().any(|set| !set.is_empty())));
            if possible && seen.insert(next.clone()) {
                states.push((next, at, Some(*example)));
            }
        }
        if states.len() > limit {
            return Inclusion::TooLarge;
        }
        at += 1;
    }
    Inclusion::Included
}

/// For each expression of a list, the states of its automaton.
type Sets = Vec<Vec<usize>>;

/// The automata of a list of expressions.
struct List<'r>(Vec<(&'r Program, Marks)>);

impl<'r> List<'r> {
    fn of(list: &'r [Regex]) -> Option<Self> {
        let programs = list.iter().map(|regex| match &regex.program {
            super::Program::Plain(program) => Some((program, Marks::of(program))),
            super::Program::Counted(_) => None,
        });
        programs.collect::<Option<_>>().map(List)
    }

    fn first(&mut self) -> Sets {
        self.0.iter_mut().map(|(program, marks)| program.first(marks)).collect()
    }

    fn after(&mut self, sets: &Sets, c: char) -> Sets {
        self.0.iter_mut().zip(sets).map(|((program, marks), set)| program.after(set, c, marks)).collect()
    }

    fn accepts(&self, sets: &Sets) -> bool {
        self.0.iter().zip(sets).any(|((program, _), set)| program.accepts(set))
    }
}

/// Returns whether all lists but the last accept a text, and the last one does not.
fn is_difference(lists: &[List<'_>], state: &[Sets]) -> bool {
    let mut accepted = lists.iter().zip(state).map(|(list, sets)| list.accepts(sets)).collect::<Vec<_>>();
    accepted.pop() == Some(false) && accepted.into_iter().all(|accepts| accepts)
}

/// Returns the text that leads to a state.
fn text(states: &[(Vec<Sets>, usize, Option<char>)], mut at: usize) -> String {
    let mut out = Vec::new();
    while let Some((_, before, Some(c))) = states.get(at) {
        out.push(*c);
        at = *before;
    }
    out.iter().rev().collect()
}

/// Returns one character of each set of characters that all classes treat alike.
fn examples(lists: &[List<'_>]) -> Vec<char> {
    let mut classes: Vec<&Class> = Vec::new();
    for class in lists.iter().flat_map(|list| &list.0).flat_map(|(program, _)| program.classes()) {
        if classes.last() != Some(&class) && !classes.contains(&class) {
            classes.push(class);
        }
    }
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("-_.:/ @+#".chars());
    let mut bounds = HashSet::from([0x20, 0xD7FF, 0xE000, 0x10000]);
    classes.iter().for_each(|class| add_bounds(class, &mut bounds));
    let mut bounds: Vec<u32> = bounds.into_iter().collect();
    bounds.sort_unstable();
    let mut known: HashMap<Vec<bool>, char> = HashMap::new();
    let mut out = Vec::new();
    for c in plain.chain(['\t', '\n', '\r']).chain(bounds.into_iter().filter_map(char::from_u32)).filter(|c| is_xml(*c)) {
        known.entry(classes.iter().map(|class| class.contains(c)).collect()).or_insert_with(|| {
            out.push(c);
            c
        });
    }
    out
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Adds the characters at which the membership in a class changes.
fn add_bounds(class: &Class, bounds: &mut HashSet<u32>) {
    for item in &class.items {
        match item {
            Item::Range(first, last) | Item::Block(first, last, _) => bounds.extend([*first, last.saturating_add(1)]),
            Item::Category(..) | Item::Escape('d' | 'D' | 'w' | 'W') => bounds.extend(starts()),
            Item::Escape('i' | 'I' | 'c' | 'C') => bounds.extend(name_bounds()),
            Item::Escape(_) => bounds.extend([0x9, 0xA, 0xB, 0xD, 0xE, 0x20, 0x21]),
        }
    }
    class.minus.iter().for_each(|minus| add_bounds(minus, bounds));
}

/// Returns the characters at which name characters or name start characters begin or end.
fn name_bounds() -> &'static [u32] {
    static BOUNDS: OnceLock<Vec<u32>> = OnceLock::new();
    BOUNDS.get_or_init(|| {
        let kind = |c: char| (c == ':', is_name_start(c), is_name_char(c));
        let all = ('\0'..=char::MAX).zip('\u{1}'..=char::MAX);
        all.filter(|(before, after)| kind(*before) != kind(*after)).map(|(_, after)| u32::from(after)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Inclusion, inclusion};
    use crate::Regex;

    fn of(all: &[&str], any: &[&str]) -> Inclusion {
        let regex = |text: &&str| Regex::new(text).unwrap_or_else(|why| unreachable!("{why}"));
        let all: Vec<Vec<Regex>> = all.iter().map(|text| vec![regex(text)]).collect();
        inclusion(&all, &any.iter().map(regex).collect::<Vec<_>>(), 1000)
    }

    #[test]
    fn languages_are_compared() {
        for (all, any) in [
            (&["[a-c]{2,3}"][..], &["[a-z]*"][..]),
            (&[r"\d+", ".{0,2}"], &[r"\d{1,2}"]),
            (&["a|b"], &["a", "b"]),
            (&[r"[\i-[:]][\c-[:]]*"], &[r"\i\c*"]),
            (&[r"\p{Lu}"], &[r"\p{L}"]),
            (&["(a|ab)(c|bc)"], &["a(b|bb)?c"]),
        ] {
            assert_eq!(of(all, any), Inclusion::Included, "{all:?} {any:?}");
        }
        for (all, any, text) in [
            (&["[a-c]{2,4}"][..], &["[a-z]{0,3}"][..], "aaaa"),
            (&[r"\d+"], &["[0-9]+"], "\u{660}"),
            (&["a*"], &["(aa)*"], "a"),
            (&[r"\S*", ".{3,}"], &["[^@]*"], "aa@"),
        ] {
            assert_eq!(of(all, any), Inclusion::Differs(text.to_owned()), "{all:?} {any:?}");
        }
        assert_eq!(of(&["(a|b)*a(a|b){11}"], &["(a|b)*b(a|b){11}"]), Inclusion::TooLarge);
    }
}
