//! Namespace declarations in scope, and the prefixes that they bind in the form that the fast paths compare.

use std::borrow::Cow;

use crate::tables::keys::{Window, part};
use crate::text::bytes::first;

/// A namespace declaration in scope.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) prefix: &'a str,
    pub(super) uri: Cow<'a, str>,
    pub(super) number: Option<u16>,
    /// Whether the document uses `https` where the schema set has `http`, or the reverse.
    pub(super) respelled: bool,
}

/// The prefix that is currently bound to a namespace of the schema, and `<prefix:` in words of eight bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Binding<'a> {
    pub(super) prefix: &'a str,
    /// The length of `<prefix:`.
    pub(super) len: usize,
    /// The first eight bytes, or fewer if the text is shorter.
    head: u64,
    mask: u64,
    /// The last eight bytes, compared only if there are more than eight.
    tail: u64,
}

impl<'a> Binding<'a> {
    /// A binding that matches nothing.
    pub(super) const NONE: Self = Self { prefix: "", len: 0, head: 1, mask: 0, tail: 0 };

    /// The maximum length of a `<prefix:` that the fast path can compare.
    const SHORT: usize = 16;

    pub(super) fn new(prefix: &'a str) -> Self {
        let len = 1 + prefix.len() + usize::from(!prefix.is_empty());
        let (mut head, mut tail) = (u64::from(b'<'), u64::from(b'<') << 56);
        for (at, byte) in prefix.bytes().chain([b':']).take(len.min(Self::SHORT) - 1).enumerate() {
            if at < 7 {
                head |= u64::from(byte) << (8 * at + 8);
            }
            tail = tail >> 8 | u64::from(byte) << 56;
        }
        Self { prefix, len, head, mask: first(len), tail }
    }

    /// Returns the length of `<prefix:` if a start tag with this prefix is at the start of the window. Long prefixes never match.
    #[inline(always)]
    pub(super) fn starts(&self, window: &Window) -> Option<usize> {
        if part(window, 0) & self.mask != self.head {
            return None;
        }
        if self.len > 8 && (self.len > Self::SHORT || part(window, (self.len - 8) & 15) != self.tail) {
            return None;
        }
        Some(self.len & 31)
    }

    /// Returns whether the prefix is too long for the fast path.
    pub(super) fn is_long(&self) -> bool {
        self.len > Self::SHORT
    }

    /// Returns the offset of the local name if a start tag with this prefix is at this offset. Long prefixes match too.
    pub(super) fn after(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let rest = bytes.get(at..)?.strip_prefix(b"<")?.strip_prefix(self.prefix.as_bytes())?;
        let fine = self.len > 0 && (self.prefix.is_empty() || rest.first() == Some(&b':'));
        fine.then_some(at + self.len)
    }
}
