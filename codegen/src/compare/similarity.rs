//! Measures how similar two components are: by their names, and by features such as the names of their children.

use std::collections::HashMap;
use std::hash::Hash;

/// The maximum length of names that are compared letter by letter.
const LONGEST: usize = 200;

/// Returns how similar two names are, from 0 to 1. Letter case is ignored.
pub(super) fn of_names(a: &str, b: &str) -> f64 {
    if a.len() > LONGEST || b.len() > LONGEST {
        return if a == b { 1.0 } else { 0.0 };
    }
    strsim::normalized_damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}

/// Returns how many features two sorted lists share, as Dice's coefficient from 0 to 1; `None` if neither has any.
pub(super) fn of_features<T: Ord>(a: &[T], b: &[T]) -> Option<f64> {
    let total = a.len() + b.len();
    if total == 0 {
        return None;
    }
    let (mut shared, mut left, mut right) = (0, a.iter().peekable(), b.iter().peekable());
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(left.next()),
            std::cmp::Ordering::Greater => drop(right.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                left.next();
                right.next();
            }
        }
    }
    Some(f64::from(2 * shared) / f64::from(u32::try_from(total).unwrap_or(u32::MAX)))
}

/// A possible pair of an old and a new component, by their indices, with its score from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) score: f64,
}

/// Selects pairs so that each component occurs at most once: the best score first, then the order of the components.
pub(super) fn best(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| (a.old, a.new).cmp(&(b.old, b.new))));
    let (mut old, mut new) = (std::collections::HashSet::new(), std::collections::HashSet::new());
    candidates.retain(|it| {
        let free = !old.contains(&it.old) && !new.contains(&it.new);
        if free {
            old.insert(it.old);
            new.insert(it.new);
        }
        free
    });
    candidates
}

/// The maximum number of components that may share a feature for it to suggest pairs. It bounds the number of pairs that are compared.
const POSTINGS: usize = 12;

/// The maximum number of pairs that are compared for a component.
const TRIES: usize = 24;

/// Returns the pairs that share a rare feature: for each old component, the new components that share most such features with it.
pub(super) fn suggestions<T: Hash + Eq>(old: &[Vec<T>], new: &[Vec<T>]) -> Vec<(usize, usize)> {
    let mut postings: HashMap<&T, Vec<usize>> = HashMap::new();
    for (index, features) in new.iter().enumerate() {
        features.iter().for_each(|feature| postings.entry(feature).or_default().push(index));
    }
    let mut out = Vec::new();
    for (index, features) in old.iter().enumerate() {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let rare = features.iter().filter_map(|feature| postings.get(feature)).filter(|list| list.len() <= POSTINGS);
        rare.flatten().for_each(|other| *votes.entry(*other).or_default() += 1);
        let mut found: Vec<(usize, usize)> = votes.into_iter().collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.extend(found.into_iter().take(TRIES).map(|(other, _)| (index, other)));
    }
    out
}

/// Returns a score as a percentage. It is never 100, because what has another name or place may be another component.
pub(super) fn percent(score: f64) -> u8 {
    let rounded = (score.clamp(0.0, 1.0) * 100.0).round();
    (0..=99u8).rev().find(|n| f64::from(*n) <= rounded).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_counted_with_their_number() {
        assert_eq!(of_features::<u8>(&[], &[]), None);
        assert_eq!(of_features(&[1, 2, 2, 3], &[2, 2, 3, 4]), Some(0.75));
        assert_eq!(of_features(&[1], &[]), Some(0.0));
    }

    #[test]
    fn the_best_pairs_are_selected_first() {
        let candidate = |old, new, score| Candidate { old, new, score };
        let all = vec![candidate(0, 0, 0.7), candidate(1, 0, 0.9), candidate(0, 1, 0.6), candidate(1, 1, 0.8)];
        assert_eq!(best(all), [candidate(1, 0, 0.9), candidate(0, 1, 0.6)]);
    }

    #[test]
    fn common_features_suggest_nothing() {
        let old = vec![vec!["id", "rare"]];
        let mut new = vec![vec!["id"]; POSTINGS + 1];
        new.push(vec!["id", "rare"]);
        assert_eq!(suggestions(&old, &new), [(0, POSTINGS + 1)]);
        assert_eq!((percent(0.995), percent(1.2), percent(-1.0)), (99, 99, 0));
    }
}
