//! Compiles each pattern of a model once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::datatypes::regex::{Regex, example};

/// The patterns that were used before, with a text that each matches.
#[derive(Debug, Default, Clone)]
pub(super) struct Patterns(Rc<RefCell<HashMap<String, Known>>>);

#[derive(Debug, Default, Clone)]
struct Known {
    regex: Option<Option<Rc<Regex>>>,
    example: Option<Option<String>>,
}

impl Patterns {
    /// Returns whether a pattern is valid and matches a text.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut known = self.0.borrow_mut();
        let known = known.entry(pattern.to_owned()).or_default();
        let regex = known.regex.get_or_insert_with(|| Regex::new(pattern).ok().map(Rc::new));
        regex.as_ref().is_some_and(|regex| regex.matches(text))
    }

    /// Returns a text that a pattern matches.
    pub(super) fn example(&self, pattern: &str) -> Option<String> {
        let mut known = self.0.borrow_mut();
        let known = known.entry(pattern.to_owned()).or_default();
        known.example.get_or_insert_with(|| example(pattern)).clone()
    }
}
