//! Reads bytes and provides a window of the decoded text with its position in the document. The bytes are
//! decoded in `decoder`.

use std::io::{self, BufRead};

use memchr::memmem;

use super::decoder::Decoder;
use crate::error::{Error, Position, Result};
use crate::options::ReadOptions;

/// A reader of bytes that provides text.
#[derive(Debug)]
pub(super) struct Source<R> {
    inner: R,
    decoder: Decoder,
    text: String,
    /// The number of bytes of the text that were consumed.
    from: usize,
    place: Position,
    /// Whether a `]` was ever read.
    bracket: bool,
    /// Where in the text the next `]]>` is, once it was searched for.
    section_end: Option<Option<usize>>,
    ended: bool,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        let (decoder, text) = (Decoder::default(), String::new());
        Self { inner, decoder, text, from: 0, place: Position::START, bracket: false, section_end: None, ended: false }
    }

    /// Returns the reader.
    pub(super) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// Returns the text that was read but not consumed.
    pub(super) fn text(&self) -> &str {
        self.text.get(self.from..).unwrap_or_default()
    }

    /// Returns the position of that text in the document.
    pub(super) fn place(&self) -> Position {
        self.place
    }

    /// Returns whether the document ends after that text.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Returns whether that text contains `]]>`.
    pub(super) fn has_section_end(&mut self) -> bool {
        if !self.bracket {
            return false;
        }
        let known = self.section_end.filter(|known| known.is_none_or(|at| at >= self.from));
        let found = known.unwrap_or_else(|| memmem::find(self.text().as_bytes(), b"]]>").map(|at| self.from + at));
        self.section_end = Some(found);
        found.is_some()
    }

    /// Consumes this many bytes of the text.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.place = self.place.behind(self.text().get(..bytes).unwrap_or_default());
        self.from += bytes;
    }

    /// Replaces the text up to this offset.
    pub(super) fn replace(&mut self, upto: usize, with: &str) {
        self.text.replace_range(..upto, with);
        self.section_end = None;
    }

    /// Reads more text, until the window has at least this many bytes or the document ends. Text read before an
    /// error is kept.
    ///
    /// # Errors
    /// Fails if the reader fails, or if the bytes cannot be decoded.
    pub(super) fn fill(&mut self, least: usize, options: &ReadOptions) -> Result<()> {
        self.text.drain(..self.from);
        (self.from, self.section_end) = (0, None);
        let before = self.text.len();
        while !self.ended && (self.text.len() < least || self.text.len() == before) {
            options.check_deadline().map_err(|mut error| {
                error.move_to(self.place.behind(&self.text));
                error
            })?;
            let chunk = match self.inner.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(Error::io(error)),
                chunk => chunk.map_err(|error| {
                    let mut error = Error::io(error);
                    error.move_to(self.place.behind(&self.text));
                    error
                })?,
            };
            let len = chunk.len();
            self.ended = len == 0;
            self.bracket |= self.decoder.decode(chunk, self.ended, options, &mut self.text, self.place)?;
            self.inner.consume(len);
        }
        Ok(())
    }
}
