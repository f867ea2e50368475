//! Standard output and standard error, with the characters of schemas, documents and file names that would act on a terminal replaced: control characters,
//! and those that control text direction. Line breaks, tabs and the colours of this program stay.

use std::io::{self, IsTerminal, StderrLock, StdoutLock, Write};

use anstream::AutoStream;
use xsdgen::report::visible;

/// Returns standard output for text that people read.
pub(super) fn stdout() -> Visible<AutoStream<StdoutLock<'static>>> {
    Visible::new(anstream::stdout().lock())
}

/// Returns standard error for text that people read.
pub(super) fn stderr() -> Visible<AutoStream<StderrLock<'static>>> {
    Visible::new(anstream::stderr().lock())
}

/// Writes a document to standard output. Its characters are replaced only at a terminal: a file or another program gets the document as it is.
pub(super) fn document(text: &[u8]) -> io::Result<()> {
    if io::stdout().is_terminal() { stdout().write_all(text) } else { anstream::stdout().write_all(text) }
}

/// Writes text for programs to standard error, as [`document`] does.
pub(super) fn document_to_stderr(text: &[u8]) -> io::Result<()> {
    if io::stderr().is_terminal() { stderr().write_all(text) } else { anstream::stderr().write_all(text) }
}

/// A stream that replaces the characters that would act on a terminal.
pub(super) struct Visible<W: Write> {
    inner: W,
    /// The first bytes of a character whose other bytes are not written yet.
    begun: Vec<u8>,
}

impl<W: Write> Visible<W> {
    fn new(inner: W) -> Self {
        Self { inner, begun: Vec::new() }
    }

    /// Writes text, except that a sequence that sets a colour stays as it is.
    fn put(&mut self, text: &str) -> io::Result<()> {
        let mut parts = text.split('\x1b');
        let shown = |text: &str| visible(text, &['\n', '\t']);
        self.inner.write_all(shown(parts.next().unwrap_or_default()).as_bytes())?;
        for part in parts {
            match colour(part) {
                Some((colour, rest)) => write!(self.inner, "\x1b{colour}{}", shown(rest))?,
                None => write!(self.inner, "\u{FFFD}{}", shown(part))?,
            }
        }
        Ok(())
    }
}

/// Returns the sequence for a colour at the start of a text, and the rest: `[`, numbers and `m`.
fn colour(text: &str) -> Option<(&str, &str)> {
    let numbers = text.strip_prefix('[')?.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    text.split_at_checked(numbers + 2).filter(|(colour, _)| colour.ends_with('m'))
}

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.put(chunk.valid())?;
            match chunk.invalid() {
                begun if chunks.peek().is_none() && std::str::from_utf8(begun).is_err_and(|error| error.error_len().is_none()) => {
                    self.begun = begun.to_vec();
                }
                [] => {}
                _ => self.put("\u{FFFD}")?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[&[u8]]) -> String {
        let mut stream = Visible::new(Vec::new());
        assert!(pieces.iter().all(|piece| stream.write_all(piece).is_ok()));
        String::from_utf8_lossy(&stream.inner).into_owned()
    }

    #[test]
    fn characters_that_act_on_a_terminal_are_replaced() {
        assert_eq!(shown(&["a\tb\r\u{9b}31m\u{202e}c\u{2066}\n".as_bytes()]), "a\tb\u{FFFD}\u{FFFD}31m\u{FFFD}c\u{FFFD}\n");
        assert_eq!(
            shown(&[b"\x1b[1;31mred\x1b[0m \x1b[2J\x1b]0;title\x07\x1b"]),
            "\x1b[1;31mred\x1b[0m \u{FFFD}[2J\u{FFFD}]0;title\u{FFFD}\u{FFFD}"
        );
    }

    #[test]
    fn characters_may_be_written_in_pieces() {
        assert_eq!(shown(&[b"\xc3", b"\xa9\xe2\x80", b"\xae", b"\xff."]), "\u{e9}\u{FFFD}\u{FFFD}.");
    }
}
