//! Defines [`Position`], a place in a document as line, column and offset.

use std::fmt;

use memchr::{memchr_iter, memrchr};

/// A position in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// The number of bytes before the position, in UTF-8 text whose line ends are line feeds.
    pub offset: usize,
}

impl Position {
    /// The start of a document.
    pub(crate) const START: Self = Self { line: 1, column: 1, offset: 0 };

    /// Returns the position after a text that starts at this position.
    pub(crate) fn behind(self, text: &str) -> Self {
        let (line, tail) = match memrchr(b'\n', text.as_bytes()) {
            Some(last) => (memchr_iter(b'\n', text.as_bytes()).count(), text.get(last + 1..).unwrap_or_default()),
            None => (0, text),
        };
        let to_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let column = if line == 0 { self.column } else { 1 };
        // Most texts are ASCII, which is found out faster than characters are counted.
        let characters = if tail.is_ascii() { tail.len() } else { tail.chars().count() };
        Self {
            line: self.line.saturating_add(to_u32(line)),
            column: column.saturating_add(to_u32(characters)),
            offset: self.offset + text.len(),
        }
    }

    /// Converts a position at or behind `base` to one relative to it. `after` does the reverse.
    pub(crate) fn relative_to(self, base: Self) -> Self {
        let column = if self.line == base.line { self.column.saturating_sub(base.column).saturating_add(1) } else { self.column };
        Self { line: self.line.saturating_sub(base.line).saturating_add(1), column, offset: self.offset.saturating_sub(base.offset) }
    }

    /// Converts a position within a text that starts at `base` to one in the whole document.
    pub(crate) fn after(self, base: Self) -> Self {
        let column = if self.line == 1 { base.column.saturating_add(self.column - 1) } else { self.column };
        Self { line: base.line.saturating_add(self.line - 1), column, offset: base.offset + self.offset }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
