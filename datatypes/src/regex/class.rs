//! Defines character classes and checks whether a character is in one. Their syntax is parsed in `parse`.

use super::blocks::block;
use super::categories::{NAMES, category};
use crate::names::{is_name_char, is_name_start};

/// A set of characters.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Class {
    pub(super) negated: bool,
    pub(super) items: Vec<Item>,
    /// The class that is subtracted: `[a-z-[aeiou]]`.
    pub(super) minus: Option<Box<Class>>,
}

/// A part of a class.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    /// A range, given by its first and last character.
    Range(u32, u32),
    /// A general category or its first letter; `true` selects its complement.
    Category(String, bool),
    /// A block, given by its first and last character; `true` selects its complement.
    Block(u32, u32, bool),
    /// `\s`, `\i`, `\c`, `\d` or `\w`, or the complement if in upper case.
    Escape(char),
}

impl Class {
    /// Returns the class of one character.
    pub(super) fn single(c: char) -> Class {
        Class { items: vec![Item::Range(u32::from(c), u32::from(c))], ..Class::default() }
    }

    /// Returns the class of `.`, which is everything except line feed and carriage return.
    pub(super) fn dot() -> Class {
        Class { negated: true, items: vec![Item::Range(10, 10), Item::Range(13, 13)], minus: None }
    }

    pub(super) fn contains(&self, c: char) -> bool {
        let inside = self.items.iter().any(|i| i.contains(c)) != self.negated;
        inside && self.minus.as_ref().is_none_or(|m| !m.contains(c))
    }
}

impl Item {
    /// Returns the item for `\p{name}`, or `\P{name}` for the complement.
    pub(super) fn property(name: &str, complement: bool) -> Option<Item> {
        if let Some(name) = name.strip_prefix("Is") {
            return block(name).map(|(first, last)| Item::Block(first, last, complement));
        }
        let known = NAMES.contains(&name) && name != "Cs" || ["L", "M", "N", "P", "Z", "S", "C"].contains(&name);
        known.then(|| Item::Category(name.to_owned(), complement))
    }

    fn contains(&self, c: char) -> bool {
        match self {
            Item::Range(first, last) => (*first..=*last).contains(&u32::from(c)),
            Item::Category(name, complement) => category(c).starts_with(name.as_str()) != *complement,
            Item::Block(first, last, complement) => (*first..=*last).contains(&u32::from(c)) != *complement,
            Item::Escape(kind) => escape(kind.to_ascii_lowercase(), c) != kind.is_ascii_uppercase(),
        }
    }
}

/// Returns whether a character matches a multi-character escape (Part 2, appendix F.1.1).
fn escape(kind: char, c: char) -> bool {
    match kind {
        's' => matches!(c, ' ' | '\t' | '\n' | '\r'),
        'i' => c == ':' || is_name_start(c),
        'c' => c == ':' || is_name_char(c),
        'd' => category(c) == "Nd",
        _ => !category(c).starts_with(['P', 'Z', 'C']),
    }
}
