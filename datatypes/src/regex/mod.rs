//! Parses and matches the regular expressions of Part 2, appendix F, which are the values of the `pattern`
//! facet. The caller joins the patterns of one derivation step.

mod blocks;
mod categories;
mod class;
mod counted;
mod dfa;
mod example;
mod inclusion;
mod nfa;
mod parse;

pub use example::example;
pub use inclusion::{Inclusion, inclusion};

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub struct Regex {
    program: Program,
    /// The table for ASCII texts, unless it would be too large.
    table: Option<dfa::Table>,
}

/// The automaton of an expression.
#[derive(Debug, Clone)]
enum Program {
    /// Each repetition is expanded.
    Plain(nfa::Program),
    /// Long repetitions are counted.
    Counted(counted::Program),
}

/// The error of [`Regex::new`] for an expression that is refused for its size.
pub const TOO_LARGE: &str = "it is too large: long repetitions contain each other, or it has more than 20,000 characters and classes";

impl Regex {
    /// Compiles an expression. The error is a phrase that describes the problem: it is not an expression, or it is too large.
    pub fn new(pattern: &str) -> Result<Regex, String> {
        let node = parse::parse(pattern)?;
        if let Some(program) = nfa::compile(&node) {
            let table = dfa::Table::of(&program);
            return Ok(Regex { program: Program::Plain(program), table });
        }
        let program = counted::compile(&node).ok_or(TOO_LARGE)?;
        Ok(Regex { program: Program::Counted(program), table: None })
    }

    /// Returns whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let quick = self.table.as_ref().and_then(|table| table.matches(text));
        quick.unwrap_or_else(|| match &self.program {
            Program::Plain(program) => program.matches(text),
            Program::Counted(program) => program.matches(text),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Program, Regex};

    fn matches(pattern: &str, text: &str) -> bool {
        Regex::new(pattern).is_ok_and(|r| r.matches(text))
    }

    #[test]
    fn expressions_match_whole_texts() {
        for (pattern, text) in [
            ("[a-c]{2,3}x?", "abc"),
            ("a|b|", ""),
            ("(ab)*", "abab"),
            (r"\d{4}-\d\d", "2024-01"),
            ("[^a-z]+", "A1"),
            ("[a-z-[aeiou]]+", "xyz"),
            (r"\i\c*", "a:b-1"),
            (r"\p{Lu}\P{Lu}", "Aa"),
            (r"\p{IsGreek}", "\u{3b1}"),
            ("^$", "^$"),
            (".*", "any"),
            (r"[\-x]", "-"),
            ("[a-]", "-"),
            ("a{0}", ""),
            ("(a|b)?c{2,}", "bccc"),
            (r"[\s\w]+", "a b"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("a", "ab"), ("[a-z-[aeiou]]+", "abc"), (".", "\n"), (r"\w", "-"), ("a{2}", "aaa"), (r"\S", " ")] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn both_automata_agree() {
        let texts = ["", "a", "ab", "abc", "EUR", "2024-01", "a:b-1", "1.5", "-", "aaaa", "a b", "\u{e9}", "a\u{e9}"];
        for pattern in
            ["[a-c]*", "a?b?c?", "[A-Z]{3}", r"\d{4}-\d\d", r"\i\c*", r"[\-+]?\d+(\.\d+)?|a+", "(a|ab)(c|bc)?", r"\w+( \w+)*", ".{1,3}"]
        {
            let regex = Regex::new(pattern).ok();
            let of = |text| {
                regex.as_ref().and_then(|regex| match &regex.program {
                    Program::Plain(program) => Some((program.matches(text), regex.table.as_ref()?.matches(text))),
                    Program::Counted(_) => None,
                })
            };
            for text in texts {
                assert!(of(text).is_some_and(|(slow, quick)| quick == text.is_ascii().then_some(slow)), "{pattern} {text}");
            }
        }
        // The number of its sets of states is that of the subsets of a set of twelve, which is too many for a table.
        assert!(Regex::new("(a|b)*a(a|b){11}").is_ok_and(|regex| regex.table.is_none() && regex.matches("bbabbbbbbbbbbb")));
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for bad in
            ["(", ")", "a**", "*", "[", "[]", "[b-a]", r"\q", r"\p{Xx}", r"\p{IsNowhere}", "a{2,1}", "a{,2}", "(?:a)", "[a-z-]x-[]", "]"]
        {
            assert!(Regex::new(bad).is_err(), "{bad}");
        }
        assert!(Regex::new(&"(".repeat(100_000)).is_err());
    }

    #[test]
    fn large_counts_are_no_trouble() {
        assert!(Regex::new("(a{1000}){1000}").is_ok_and(|regex| !regex.matches("a")));
        assert!(matches("a{0,4294967295}", "aaa"));
        assert!(!matches("[0-9]{1,25000}", "abc"));
        assert!(Regex::new("(a{25000}b){25000}").is_err());
    }
}
