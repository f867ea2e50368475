//! Makes and finds the variants of an enumeration with many values, without a match over all of them.

use std::collections::HashMap;
use std::fmt;
use std::mem::{Discriminant, discriminant};
use std::sync::OnceLock;

/// The variants of an enumeration, except the one for other values.
pub struct VariantTable<T: 'static> {
    /// The number of variants that each function makes, except the last one.
    part: usize,
    /// The functions that make a variant from its index.
    make: &'static [fn(usize) -> Option<T>],
    /// The index of each variant, filled at the first search.
    places: OnceLock<HashMap<Discriminant<T>, usize>>,
}

impl<T> VariantTable<T> {
    /// Creates the table of variants from functions that make parts of them.
    #[must_use]
    pub const fn new(part: usize, make: &'static [fn(usize) -> Option<T>]) -> Self {
        Self { part, make, places: OnceLock::new() }
    }

    /// Returns the variant with this index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<T> {
        self.make.get(index.checked_div(self.part)?).and_then(|make| make(index))
    }

    /// Returns a copy of a variant.
    #[must_use]
    pub fn copy(&self, variant: &T) -> Option<T> {
        self.index(variant).and_then(|index| self.get(index))
    }

    /// Returns what a list has for the variant.
    #[must_use]
    pub fn find(&self, variant: &T, list: &'static [&'static str]) -> &'static str {
        self.index(variant).and_then(|index| list.get(index)).copied().unwrap_or_default()
    }

    fn index(&self, variant: &T) -> Option<usize> {
        let all = || (0..).map_while(|index| Some((discriminant(&self.get(index)?), index))).collect();
        self.places.get_or_init(all).get(&discriminant(variant)).copied()
    }
}

impl<T> fmt::Debug for VariantTable<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VariantTable").field("part", &self.part).field("parts", &self.make.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_made_and_found_by_their_index() {
        #[derive(Debug, PartialEq)]
        enum Word {
            One,
            Two,
            Three,
            Other(String),
        }

        static WORDS: VariantTable<Word> =
            VariantTable::new(2, &[|index| [Word::One, Word::Two].into_iter().nth(index), |index| (index == 2).then_some(Word::Three)]);
        let list = &["1", "2", "3"];
        for (index, word) in [Word::One, Word::Two, Word::Three].into_iter().enumerate() {
            assert_eq!((WORDS.get(index), WORDS.copy(&word)), (Some(word), WORDS.get(index)));
            assert_eq!(
                WORDS.find(&WORDS.get(index).unwrap_or(Word::Other(String::new())), list),
                list.get(index).copied().unwrap_or_default()
            );
        }
        let other = Word::Other("4".to_owned());
        assert_eq!((WORDS.get(3), WORDS.get(4), WORDS.copy(&other), WORDS.find(&other, list)), (None, None, None, ""));
    }
}
