//! Words for numbers and occurrences.

use super::types::Occurrence;

/// Returns how often something occurs, in words.
pub(super) fn occurrence(occurs: Occurrence) -> String {
    let Occurrence { min, max, alternative } = occurs;
    if alternative {
        return match max {
            Some(1) => "alternative".to_owned(),
            Some(max) => format!("alternative, up to {max}"),
            None => "alternative, any number".to_owned(),
        };
    }
    match (min, max) {
        (1, Some(1)) => "required".to_owned(),
        (0, Some(1)) => "optional".to_owned(),
        (0, None) => "any number".to_owned(),
        (1, None) => "one or more".to_owned(),
        (min, None) => format!("{min} or more"),
        (0, Some(max)) => format!("up to {max}"),
        (min, Some(max)) if min == max => format!("exactly {min}"),
        (min, Some(max)) => format!("{min} to {max}"),
    }
}

/// Returns a number with its noun, such as `2 types`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match (number, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{number} {stem}ies"),
        _ => format!("{number} {noun}s"),
    }
}

/// Joins words as in `a, b and c`.
pub(super) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
