//! Gives data the life of the program. The tables of the codec live that long, and so do those that are made at run time: a schema set is
//! compiled once, and its tables are never freed.

use std::collections::HashSet;

/// Leaks a value.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Leaks a list.
pub(crate) fn leak_all<T>(values: Vec<T>) -> &'static [T] {
    values.leak()
}

/// The texts that were leaked, each once.
#[derive(Debug, Default)]
pub(crate) struct Texts(HashSet<&'static str>);

impl Texts {
    /// Returns a text that lives as long as the program.
    pub(crate) fn get(&mut self, text: &str) -> &'static str {
        if let Some(known) = self.0.get(text) {
            return known;
        }
        let leaked: &'static str = Box::leak(text.into());
        self.0.insert(leaked);
        leaked
    }

    /// Returns a list of texts that lives as long as the program.
    pub(crate) fn all(&mut self, texts: &[String]) -> &'static [&'static str] {
        leak_all(texts.iter().map(|text| self.get(text)).collect())
    }
}
