//! Parses and matches the regular expressions of Part 2, appendix F, which are the values of the `pattern`
//! facet. The caller joins the patterns of one derivation step.

mod blocks;
mod categories;
mod class;
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
    /// The automaton, or `None` if it would be too large; the expression then matches every text.
    program: Option<nfa::Program>,
    /// The table for ASCII texts, unless it would be too large.
    table: Option<dfa::Table>,
}

impl Regex {
    /// Compiles an expression. The error is a phrase that describes the problem.
    pub fn new(pattern: &str) -> Result<Regex, String> {
        let node = parse::parse(pattern)?;
        let program = nfa::compile(&node);
        let table = program.as_ref().and_then(dfa::Table::of);
        Ok(Regex { program, table })
    }

    /// Returns whether the whole text matches.
    pub fn matches(&self, text: &str) -> bool {
        let quick = self.table.as_ref().and_then(|table| table.matches(text));
        quick.unwrap_or_else(|| self.program.as_ref().is_none_or(|program| program.matches(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::Regex;

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
            let of =
                |text| regex.as_ref().and_then(|regex| Some((regex.program.as_ref()?.matches(text), regex.table.as_ref()?.matches(text))));
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
        assert!(matches("(a{1000}){1000}{0,1}", "") || Regex::new("(a{1000}){1000}").is_ok());
        assert!(matches("a{0,4294967295}", "aaa"));
    }
}
