//! Looks up a text among the values of an enumeration. The hash table is built on the first lookup. Generated
//! code defines the Rust enum itself.

use std::sync::OnceLock;

use crate::simple::{Builtin, SimpleType};
use crate::tables::hash_index::HashIndex;
use crate::text::bytes::word;

/// The values of an enumeration and its simple type.
#[derive(Debug)]
pub struct Enumeration {
    simple: SimpleType,
    values: &'static [&'static str],
    places: OnceLock<HashIndex>,
}

impl Enumeration {
    /// Creates an enumeration of strings from its name, which appears in messages, and its values.
    #[must_use]
    pub const fn new(name: &'static str, values: &'static [&'static str]) -> Self {
        Self { simple: SimpleType::of(Builtin::String).named(name).enumeration(values), values, places: OnceLock::new() }
    }

    /// Returns the simple type.
    #[must_use]
    pub const fn simple(&self) -> &SimpleType {
        &self.simple
    }

    /// Returns the index of the first value that equals the text, or the number of values if there is none.
    #[must_use]
    pub fn find(&self, text: &str) -> usize {
        let places =
            self.places.get_or_init(|| HashIndex::of(self.values.len(), self.values.iter().map(|value| Some(hash(value.as_bytes())))));
        let is_it = |index: usize| self.values.get(index).is_some_and(|value| *value == text).then_some(index);
        places.find(hash(text.as_bytes()), is_it).unwrap_or(self.values.len())
    }
}

/// Hashes a text by its length and by eight bytes each from its start, middle and end.
#[inline]
fn hash(text: &[u8]) -> usize {
    let len = text.len();
    let words = match (word(text, 0), text.last_chunk::<8>()) {
        (Some(head), Some(tail)) => [head, word(text, len / 2 - 4).unwrap_or_default(), u64::from_le_bytes(*tail)],
        _ => match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
            (Some(head), Some(tail)) => [u32::from_le_bytes(*head).into(), 0, u32::from_le_bytes(*tail).into()],
            _ => [text.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0, 0],
        },
    };
    let [head, middle, tail] = words;
    ((head ^ middle.rotate_left(11) ^ tail.rotate_left(23) ^ len as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_where_they_stand() {
        let texts: Vec<String> = (0..1000).map(|number| "x".repeat(number % 40) + &number.to_string()).collect();
        let values: Vec<&'static str> = texts.iter().map(|text| &*text.clone().leak()).collect();
        for count in [0, 1, 2, 5, 1000] {
            let all = Enumeration::new("all", values.iter().copied().take(count).collect::<Vec<_>>().leak());
            for (index, text) in texts.iter().enumerate() {
                assert_eq!(all.find(text), index.min(count), "{text} of {count}");
            }
            assert_eq!((all.find(""), all.find("y"), all.find(&"x".repeat(1000))), (count, count, count));
        }
        assert_eq!(Enumeration::new("twice", &["", "a", "a"]).find("a"), 1);
        assert_eq!(Enumeration::new("empty", &["", "a", "a"]).find(""), 0);
    }
}
