//! Finds the known name that is nearest to an unknown one, for messages.

/// The number of names that a message lists.
const SHOWN: usize = 8;

/// The maximum length of names, in characters, that are compared letter by letter. Longer names are near only if they differ in case alone.
const LONGEST: usize = 64;

/// Returns the name that is probably meant, if there is one. Two swapped letters count as one difference.
pub(crate) fn suggestion<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    let length = wanted.chars().take(LONGEST + 1).count();
    // Names of one or two letters are all near to each other.
    let most = (length / 3).max(usize::from(length > 2));
    let distance = |known: &str| match known.to_lowercase() {
        same if same == wanted => Some(0),
        other if length > LONGEST || other.chars().nth(LONGEST).is_some() => None,
        other => Some(strsim::osa_distance(&wanted, &other)),
    };
    let near = known.filter_map(|known| Some((distance(known)?, known)));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
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
        assert_eq!(suggestion("itme", known.into_iter()), Some("item"));
        let (long, other) = ("N".repeat(1_000_000), "n".repeat(999_999));
        assert_eq!(suggestion(&long, [other.as_str(), "n"].into_iter()), None);
        assert_eq!(suggestion(&long, [long.to_lowercase().as_str()].into_iter()).map(str::len), Some(1_000_000));
        assert_eq!(list((0..9).map(|_| "x")), "x, x, x, x, x, x, x, x and 1 more");
    }
}
