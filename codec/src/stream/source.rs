//! In: a reader of bytes. Out: a window of its text, and the place where the window starts.
//! Not done here: decoding (`decoder`), what the text says.

use std::io::{self, BufRead};

use memchr::memmem;

use super::decoder::Decoder;
use crate::error::{Error, Position, Result};
use crate::options::ReadOptions;

/// A reader as text.
#[derive(Debug)]
pub(super) struct Source<R> {
    inner: R,
    decoder: Decoder,
    text: String,
    /// How many bytes of the text were consumed.
    from: usize,
    place: Position,
    /// Whether a `]` was ever seen.
    bracket: bool,
    ended: bool,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Self {
        let (decoder, text) = (Decoder::default(), String::new());
        Self { inner, decoder, text, from: 0, place: Position::START, bracket: false, ended: false }
    }

    /// The reader.
    pub(super) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// What was read and not consumed.
    pub(super) fn text(&self) -> &str {
        self.text.get(self.from..).unwrap_or_default()
    }

    /// Where that starts in the document.
    pub(super) fn place(&self) -> Position {
        self.place
    }

    /// Whether nothing follows it.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether `]]>` stands in it.
    pub(super) fn has_section_end(&self) -> bool {
        self.bracket && memmem::find(self.text().as_bytes(), b"]]>").is_some()
    }

    /// Consumes so many bytes of it.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.place = self.place.behind(self.text().get(..bytes).unwrap_or_default());
        self.from += bytes;
    }

    /// Reads on; at least until the window has so many bytes, or the document ends. What came before an error is kept.
    ///
    /// # Errors
    /// Those of the reader; bytes that are no text.
    pub(super) fn fill(&mut self, least: usize, options: &ReadOptions) -> Result<()> {
        self.text.drain(..self.from);
        self.from = 0;
        let before = self.text.len();
        while !self.ended && (self.text.len() < least || self.text.len() == before) {
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
