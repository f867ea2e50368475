//! Builds a string that a regular expression matches, as short as its repetitions allow. Matching is in `nfa`.

use super::class::{Class, Item};
use super::parse::{Node, parse};

/// The maximum length of an example, in characters.
const LONGEST: usize = 10_000;

/// Returns a string that the pattern matches, preferably of letters and digits. Returns `None` if the pattern
/// matches nothing or is not a valid expression.
pub fn example(pattern: &str) -> Option<String> {
    let mut out = String::new();
    add(&parse(pattern).ok()?, &mut out)?;
    Some(out)
}

fn add(node: &Node, out: &mut String) -> Option<()> {
    match node {
        Node::Class(class) => out.push(character(class)?),
        Node::Branch(parts) => {
            for part in parts {
                add(part, out)?;
            }
        }
        Node::Choice(arms) => {
            let start = out.len();
            let made = arms.iter().any(|arm| {
                out.truncate(start);
                add(arm, out).is_some()
            });
            return made.then_some(());
        }
        Node::Repeat(inner, min, max) => {
            // An optional part is repeated once, because for `[a-z]*`, `a` is a better example than an empty string.
            let times = if *min == 0 && *max != Some(0) { 1 } else { *min };
            for _ in 0..times {
                if out.len() > LONGEST {
                    return None;
                }
                add(inner, out)?;
            }
        }
    }
    Some(())
}

fn character(class: &Class) -> Option<char> {
    let plain = ('A'..='Z').chain('a'..='z').chain('0'..='9').chain("-_.:/ @+#".chars());
    let firsts = class.items.iter().filter_map(|item| match item {
        Item::Range(first, _) | Item::Block(first, _, false) => char::from_u32(*first),
        _ => None,
    });
    plain.chain(firsts).chain(('\u{20}'..='\u{2fff}').step_by(1)).find(|c| class.contains(*c))
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a failed test panics")]
mod tests {
    use super::example;
    use crate::Regex;

    #[test]
    fn examples_match_their_patterns() {
        for pattern in ["true|TRUE", r"[A-Z]{3}\d{2,4}", r"(a|b)*c?", r"\p{Lu}[\i-[:]]\c*", "[^a-zA-Z0-9]+", r"\S+@\S+\.[a-z]{2}"] {
            let text = example(pattern).expect(pattern);
            assert!(Regex::new(pattern).expect(pattern).matches(&text), "{pattern}: {text}");
        }
        assert_eq!(example("(").as_deref(), None);
    }
}
