//! Defines [`SourceLine`], the part of a document that an error is about.

use memchr::{memchr, memrchr};

/// The maximum number of bytes of a line before and after a place.
const MOST: usize = 512;

/// The line of a place in a document that was read window by window, or the part of it around the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLine {
    text: Box<str>,
    column: u32,
}

impl SourceLine {
    /// Returns the line around an offset of a text, which has this column. `before` is the part of the line before the text.
    pub(crate) fn around(before: &str, text: &str, offset: usize, column: u32) -> Self {
        let (head, tail) = text.split_at_checked(offset).unwrap_or((text, ""));
        let head = match memrchr(b'\n', head.as_bytes()) {
            Some(found) => head.get(found + 1..).unwrap_or_default().to_owned(),
            None => format!("{before}{head}"),
        };
        let head = end_of(&head, MOST);
        let line = memchr(b'\n', tail.as_bytes()).map_or(tail, |found| tail.get(..found).unwrap_or_default());
        let cut = (0..=MOST.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default();
        let count = u32::try_from(head.chars().count()).unwrap_or(u32::MAX);
        Self { text: format!("{head}{}", line.get(..cut).unwrap_or_default()).into(), column: column.saturating_sub(count).max(1) }
    }

    /// Returns the text, without the line break.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the column at which the text begins, in characters counted from 1. It is larger than 1 if the line is too long to be kept.
    #[must_use]
    pub fn column(&self) -> u32 {
        self.column
    }
}

/// Returns the end of a text, which has at most this many bytes.
fn end_of(text: &str, most: usize) -> &str {
    let start = (text.len().saturating_sub(most)..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text.get(start..).unwrap_or_default()
}

/// Returns the end of the last line of a text that follows `before`.
pub(crate) fn last_line(before: &str, text: &str) -> String {
    match memrchr(b'\n', text.as_bytes()) {
        Some(found) => end_of(text.get(found + 1..).unwrap_or_default(), MOST).to_owned(),
        None => end_of(&format!("{before}{}", end_of(text, MOST)), MOST).to_owned(),
    }
}
