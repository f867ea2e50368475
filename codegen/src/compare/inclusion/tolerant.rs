//! Compares content models as a tolerant reader reads them: it skips elements that it does not name, and reads the children of a sequence of distinct
//! elements in any order.

use std::collections::{BTreeMap, HashSet};

use super::alignment;
use super::content::{self, Compared, Failure, Letter, Sides, Target, Way};
use super::expression::{Expr, Expressions, Leaf};
use super::side::{NameId, Side, Source};
use crate::model::{Compositor, ElementId, Max, Particle, Term};

/// The elements of a content model that is a sequence of distinct elements, with how often each may occur.
pub(super) type Flat = BTreeMap<NameId, (ElementId, Max)>;

/// Returns the elements of a content model, if it is a sequence of distinct elements.
pub(super) fn flat(side: &Side<'_>, content: Option<&Particle>) -> Option<Flat> {
    let mut out = Flat::new();
    content.is_none_or(|particle| add(side, particle, &mut out)).then_some(out)
}

fn add(side: &Side<'_>, particle: &Particle, out: &mut Flat) -> bool {
    match &particle.term {
        Term::Element(id) => {
            let names = side.substitutes(*id);
            names.len() == 1 && names.iter().all(|(name, id)| out.insert(*name, (*id, particle.max)).is_none())
        }
        Term::Any(_) => false,
        Term::Group(group) => {
            let is_plain = group.compositor != Compositor::Choice && particle.max == Max::Count(1);
            is_plain && group.particles.iter().all(|particle| add(side, particle, out))
        }
    }
}

/// Compares the content model of A with that of a tolerant reader.
pub(super) fn compare<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Compared<'m> {
    let mut compared = alignment::align(sides, a, b).unwrap_or_else(|| match flat(sides.b, b) {
        Some(flat) => any_order(sides, a, &flat),
        None => in_order(sides, a, b),
    });
    compared.near = near_names(sides, a, b);
    compared
}

/// Compares with a content model whose order matters.
fn in_order<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Compared<'m> {
    let compared = content::compare_known(sides, a, b);
    let is_unordered = compared.failure.is_some();
    Compared { failure: None, is_unordered, ..compared }
}

/// Compares with a content model that is read in any order: each name may occur as often as its field can hold.
fn any_order<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, flat: &Flat) -> Compared<'m> {
    let mut compared = Compared::default();
    let mut expressions = Expressions::new(a, &mut |leaf| sides.is_leaf_possible(leaf));
    for (name, (b, max)) in flat {
        for source in sources(sides, &expressions, *name) {
            let letter = Letter::Named(*name, source);
            match word_with(sides, &mut expressions, letter, 1) {
                Search::Found(letters, at) => {
                    compared.children.push((Target::Pair(source, Source::Element(*b)), Way::Word { letters: letters.into(), at }));
                }
                Search::None => continue,
                Search::TooLarge => compared.is_too_large = true,
            }
            let most = a.map_or(Max::Count(0), |particle| most(sides, particle, *name));
            let Max::Count(max) = *max else { continue };
            if most <= Max::Count(max) {
                continue;
            }
            match word_with(sides, &mut expressions, letter, max.saturating_add(1)) {
                Search::Found(letters, at) => compared.failure = Some(Failure { letters, at: Some(at) }),
                Search::None => {}
                Search::TooLarge => compared.is_too_large = true,
            }
        }
    }
    compared
}

/// Returns the largest number of elements of a name that a particle may admit.
fn most(sides: &Sides<'_, '_>, particle: &Particle, name: NameId) -> Max {
    let once = match &particle.term {
        Term::Element(id) => Max::Count(u64::from(sides.a.substitutes(*id).contains_key(&name))),
        Term::Any(wildcard) => Max::Count(u64::from(sides.a.admits(wildcard, sides.names.namespace_of(name)))),
        Term::Group(group) => {
            let parts = group.particles.iter().map(|particle| most(sides, particle, name));
            match group.compositor {
                Compositor::Choice => parts.max().unwrap_or(Max::Count(0)),
                _ => parts.fold(Max::Count(0), |sum, part| match (sum, part) {
                    (Max::Count(a), Max::Count(b)) => Max::Count(a.saturating_add(b)),
                    _ => Max::Unbounded,
                }),
            }
        }
    };
    match (once, particle.max) {
        (Max::Count(0), _) => Max::Count(0),
        (Max::Count(a), Max::Count(b)) => Max::Count(a.saturating_mul(b)),
        _ => Max::Unbounded,
    }
}

/// Returns how A validates elements of a name.
fn sources(sides: &Sides<'_, '_>, expressions: &Expressions<'_>, name: NameId) -> HashSet<Source> {
    let of_leaf = |leaf: &Leaf<'_>| match leaf {
        Leaf::Element(id) => sides.a.substitutes(*id).get(&name).copied().map(Source::Element),
        Leaf::Wildcard(wildcard) if sides.a.admits(wildcard, sides.names.namespace_of(name)) => {
            sides.a.resolve(wildcard.process, Some(name))
        }
        Leaf::Wildcard(_) => None,
    };
    expressions.leaves().iter().filter_map(of_leaf).filter(|source| sides.is_possible(*source)).collect()
}

/// The maximum number of states that are searched for a sequence with many occurrences of a name.
const STATES: usize = 20_000;

/// The result of a search for a sequence.
enum Search {
    /// The sequence, and the index of an element in it.
    Found(Vec<Letter>, usize),
    None,
    TooLarge,
}

/// A state of a search: the rest of the content, the number of occurrences so far, and the state and the element before it.
type State = (Expr, u64, Option<(usize, Letter)>);

/// Searches a short sequence of A in which an element occurs some times; its last occurrence is the one that is returned.
fn word_with(sides: &Sides<'_, '_>, expressions: &mut Expressions<'_>, wanted: Letter, times: u64) -> Search {
    let name = if let Letter::Named(name, _) = wanted { Some(name) } else { None };
    let mut states: Vec<State> = vec![(expressions.start, 0, None)];
    let mut seen = HashSet::from([(expressions.start, 0)]);
    let mut at = 0;
    while let Some((expr, count, _)) = states.get(at).copied() {
        for (leaf, next) in expressions.linear(expr).iter() {
            let possible = expressions.shortest(*next).is_some();
            let letters = expressions.get(*leaf).map(|leaf| content::letters(sides, leaf, name)).unwrap_or_default();
            let is_wanted = letters.contains(&wanted);
            let Some(letter) = (if is_wanted { Some(wanted) } else { letters.first().copied() }).filter(|_| possible) else { continue };
            let count = count + u64::from(is_wanted);
            if count == times {
                let mut word = word(&states, at);
                word.push(letter);
                let index = word.len() - 1;
                let rest = expressions.shortest_word(*next).into_iter().filter_map(|leaf| expressions.get(leaf));
                word.extend(rest.filter_map(|leaf| content::letters(sides, leaf, None).first().copied()));
                return Search::Found(word, index);
            }
            if seen.insert((*next, count)) {
                states.push((*next, count, Some((at, letter))));
            }
        }
        if states.len() > STATES {
            return Search::TooLarge;
        }
        at += 1;
    }
    Search::None
}

fn word(states: &[State], mut at: usize) -> Vec<Letter> {
    let mut out = Vec::new();
    while let Some((_, _, Some((before, letter)))) = states.get(at) {
        out.push(*letter);
        at = *before;
    }
    out.reverse();
    out
}

/// Returns the names of A that B does not have, and that differ from a name of B in case or namespace only.
fn near_names(sides: &Sides<'_, '_>, a: Option<&Particle>, b: Option<&Particle>) -> Vec<NameId> {
    let (mut own, mut other) = (HashSet::new(), HashSet::new());
    names(sides.a, a, &mut own);
    names(sides.b, b, &mut other);
    let local = |name: &NameId| sides.names.name(*name).local.to_ascii_lowercase();
    let known: HashSet<String> = other.iter().map(local).collect();
    let mut near: Vec<NameId> = own.difference(&other).filter(|name| known.contains(&local(name))).copied().collect();
    near.sort_unstable();
    near
}

fn names(side: &Side<'_>, particle: Option<&Particle>, out: &mut HashSet<NameId>) {
    match particle.map(|particle| &particle.term) {
        Some(Term::Element(id)) => out.extend(side.substitutes(*id).keys()),
        Some(Term::Group(group)) => group.particles.iter().for_each(|particle| names(side, Some(particle), out)),
        Some(Term::Any(_)) | None => {}
    }
}
