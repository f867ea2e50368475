//! Reads and writes the items of an XSD list (XML Schema Part 2, section 2.5.1.2). Facets of lists are checked
//! in `simple`.

use std::ops::{Deref, DerefMut};

use super::{TextMatch, Value};
use crate::error::Result;
use crate::simple::words;
use crate::tables::{FieldInfo, ValueFlags, ValueInfo};
use crate::write::Writer;

/// A list of values that are separated by white space.
///
/// # Example
/// ```
/// use xsdgen_codec::List;
/// let sizes: List<i32> = [1, 2, 3].into_iter().collect();
/// assert_eq!(sizes.len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List<T>(pub Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for List<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T: Value> Value for List<T> {
    fn empty() -> Self {
        Self::default()
    }

    fn info() -> ValueInfo {
        T::info().with(ValueFlags::LEAF.with(ValueFlags::LIST))
    }

    fn set_text(&mut self, text: &str) -> TextMatch {
        let mut items = Vec::with_capacity(words(text).count());
        let mut worst = TextMatch::Yes;
        for word in words(text) {
            let mut item = T::empty();
            match item.set_text(word) {
                TextMatch::Yes => {}
                fit if !fit.is_taken() => return fit,
                fit => worst = fit,
            }
            items.push(item);
        }
        self.0 = items;
        worst
    }

    fn write(&self, writer: &mut Writer<'_>, item: &'static FieldInfo) -> Result<()> {
        writer.list(self.0.len(), item.is_secret(), |writer, index| self.0.get(index).map_or(Ok(()), |value| value.write(writer, item)))
    }
}
