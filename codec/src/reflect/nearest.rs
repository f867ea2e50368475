//! Finds the known name that is nearest to an unknown one, for messages.

/// The number of names that a message lists.
const SHOWN: usize = 8;

/// The length of a name, in characters, from which it is not compared any more.
const LONGEST: usize = 64;

/// Returns the name that is probably meant, if there is one.
pub(crate) fn suggestion<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted: Vec<char> = name.to_lowercase().chars().take(LONGEST).collect();
    // Names of one or two letters are all near to each other.
    let most = (wanted.len() / 3).max(usize::from(wanted.len() > 2));
    let near = known.map(|known| (distance(&wanted, &known.to_lowercase().chars().take(LONGEST).collect::<Vec<char>>()), known));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

/// Returns the number of insertions, deletions and replacements between two names.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, from) in one.iter().enumerate() {
        let (mut before, mut left) = (at, at + 1);
        for (cell, to) in row.iter_mut().skip(1).zip(other) {
            let next = (before + usize::from(from != to)).min(left + 1).min(*cell + 1);
            (before, *cell, left) = (*cell, next, next);
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// Lists names, separated by commas; a long list is cut.
pub(crate) fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["total", "title", "item"];
        assert_eq!(suggestion("totl", known.into_iter()), Some("total"));
        assert_eq!(suggestion("TOTAL", known.into_iter()), Some("total"));
        assert_eq!(suggestion("zzzz", known.into_iter()), None);
        assert_eq!((suggestion("b", ["a", "c"].into_iter()), suggestion("B", ["a", "b"].into_iter())), (None, Some("b")));
        assert_eq!((distance(&['a'], &[]), distance(&[], &['a', 'b']), distance(&['a', 'b'], &['b', 'a'])), (1, 2, 2));
        assert_eq!(list((0..9).map(|_| "x")), "x, x, x, x, x, x, x, x and 1 more");
    }
}
