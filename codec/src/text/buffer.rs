//! Collects many pieces of text, most of them short, into one buffer. Escaping is done in `escape`.
//!
//! The buffer is initialised ahead of its used length. A short piece can then be copied with moves of a fixed
//! size, whose surplus bytes the next piece overwrites, instead of a call to a copy function.

use std::fmt;

/// The initial capacity in bytes, which suffices for a small message.
const SMALL: usize = 2048;

/// The longest text, in bytes, that is copied with moves of a fixed size.
const SHORT: usize = 32;

/// A short text, padded to a fixed size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Padded {
    bytes: [u8; SHORT],
    len: u8,
}

impl Padded {
    /// Pads a text, if it is short enough.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, len: u8::try_from(text.len()).ok()? })
    }
}

/// A buffer that collects pieces of text.
#[derive(Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    /// Returns the number of bytes written.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Returns the bytes written.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Returns the text written from this byte offset on.
    pub(crate) fn since(&self, from: usize) -> &str {
        self.as_bytes().get(from..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Converts the buffer to a string. Only text is ever added, so this returns `None` only in theory.
    pub(crate) fn into_string(mut self) -> Option<String> {
        self.bytes.truncate(self.len);
        String::from_utf8(self.bytes).ok()
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Shortens the content to at most this many bytes.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Removes the last byte.
    pub(crate) fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
    }

    /// Makes room for at least this many more bytes.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, by: usize) {
        let len = (self.len + by).max(SMALL).max(2 * self.bytes.len());
        self.bytes.resize(len, 0);
    }

    /// Returns room for `N` bytes after the content, if it is already allocated.
    #[inline(always)]
    fn room<const N: usize>(&mut self) -> Option<&mut [u8; N]> {
        self.bytes.get_mut(self.len..)?.first_chunk_mut()
    }

    /// Appends the first `len` of these bytes.
    #[inline(always)]
    pub(crate) fn push_some<const N: usize>(&mut self, bytes: &[u8; N], len: usize) {
        match self.room::<N>() {
            Some(room) => {
                *room = *bytes;
                self.len += len;
            }
            None => self.push_long(bytes.get(..len).unwrap_or(bytes)),
        }
    }

    #[inline(always)]
    pub(crate) fn push_padded(&mut self, text: &Padded) {
        self.push_some(&text.bytes, text.len.into());
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        self.push_some(&[byte], 1);
    }

    /// Appends a text. A short one is copied by its two ends, which may overlap.
    #[inline]
    pub(crate) fn push_str(&mut self, text: &str) {
        let (bytes, len) = (text.as_bytes(), text.len());
        if len > SHORT {
            return self.push_long(bytes);
        }
        let Some(room) = self.room::<SHORT>() else { return self.push_long(bytes) };
        if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
            copy_ends(room, first, last, len);
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            copy_ends(room, first, last, len);
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            copy_ends(room, first, last, len);
        } else {
            for (to, byte) in room.iter_mut().zip(bytes) {
                *to = *byte;
            }
        }
        self.len += len;
    }

    #[inline(never)]
    fn push_long(&mut self, bytes: &[u8]) {
        if self.bytes.len() < self.len + bytes.len() + SHORT {
            self.grow(bytes.len() + SHORT);
        }
        if let Some(room) = self.bytes.get_mut(self.len..self.len + bytes.len()) {
            room.copy_from_slice(bytes);
            self.len += bytes.len();
        }
    }

    /// Starts a new line with this many spaces.
    pub(crate) fn push_line(&mut self, spaces: usize) {
        self.push(b'\n');
        for from in (0..spaces).step_by(SHORT) {
            self.push_some(&[b' '; SHORT], (spaces - from).min(SHORT));
        }
    }

    /// Inserts a text at a byte offset.
    pub(crate) fn insert_str(&mut self, at: usize, text: &str) {
        let rest = self.since(at).to_owned();
        self.len = at.min(self.len);
        self.push_str(text);
        self.push_str(&rest);
    }
}

/// Copies the first `N` bytes to the start of the room, and the last `N` bytes so that they end at `len`.
#[inline(always)]
fn copy_ends<const N: usize>(room: &mut [u8; SHORT], first: &[u8; N], last: &[u8; N], len: usize) {
    if let Some(to) = room.first_chunk_mut::<N>() {
        *to = *first;
    }
    if let Some(to) = room.get_mut(len - N..).and_then(|room| room.first_chunk_mut::<N>()) {
        *to = *last;
    }
}

impl fmt::Write for Buffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text);
        Ok(())
    }
}
