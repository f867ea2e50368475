//! In: pieces of text, most of them short. Out: them one after another.
//! Not done here: escaping (`escape`).
//!
//! Bytes that were set before, and how many of them count: so a short piece is copied by moves of a fixed size, of which the surplus is
//! overwritten by the next, in place of a call for each.

use std::fmt;

/// How many bytes there are room for at first: as many as a small message has.
const SMALL: usize = 2048;

/// The longest text that is copied by moves of a fixed size.
const SHORT: usize = 32;

/// A short text with room behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Padded {
    bytes: [u8; SHORT],
    len: u8,
}

impl Padded {
    /// The text, if it is short.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, len: u8::try_from(text.len()).ok()? })
    }
}

/// Where pieces of text are gathered.
#[derive(Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    /// How many bytes were gathered.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// What was gathered.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// What was gathered from this byte on.
    pub(crate) fn since(&self, from: usize) -> &str {
        self.as_bytes().get(from..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// As a text. Nothing if it is none, which cannot be: only texts were gathered.
    pub(crate) fn into_string(mut self) -> Option<String> {
        self.bytes.truncate(self.len);
        String::from_utf8(self.bytes).ok()
    }

    pub(crate) fn clear(&mut self) {
        self.len = 0;
    }

    /// Takes away all but the first so many bytes.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Takes the last byte away.
    pub(crate) fn pop(&mut self) {
        self.len = self.len.saturating_sub(1);
    }

    /// Makes room for so many bytes more.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, by: usize) {
        let len = (self.len + by).max(SMALL).max(2 * self.bytes.len());
        self.bytes.resize(len, 0);
    }

    /// Room for so many bytes behind those gathered, if there is.
    #[inline(always)]
    fn room<const N: usize>(&mut self) -> Option<&mut [u8; N]> {
        self.bytes.get_mut(self.len..)?.first_chunk_mut()
    }

    /// Appends the first so many of these bytes.
    #[inline(always)]
    pub(super) fn push_some<const N: usize>(&mut self, bytes: &[u8; N], len: usize) {
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

    /// Appends a text: its two ends, which may overlap, if it is short.
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

    /// Starts a line of so many spaces.
    pub(super) fn push_line(&mut self, spaces: usize) {
        self.push(b'\n');
        for from in (0..spaces).step_by(SHORT) {
            self.push_some(&[b' '; SHORT], (spaces - from).min(SHORT));
        }
    }

    /// Puts a text before what was gathered from this byte on.
    pub(super) fn insert_str(&mut self, at: usize, text: &str) {
        let rest = self.since(at).to_owned();
        self.len = at.min(self.len);
        self.push_str(text);
        self.push_str(&rest);
    }
}

/// The first so many bytes, and the last that end at `len`.
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
