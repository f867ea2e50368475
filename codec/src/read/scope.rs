//! Namespace declarations in scope, and the prefixes that they bind in the form that the fast paths compare.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use crate::any::NamespaceName;
use crate::tables::keys::{Window, part};
use crate::text::bytes::first;

/// The maximum number of declarations that are searched one by one.
const FEW: usize = 16;

/// The maximum number of declarations that are tried to find another prefix of a namespace.
const MOST_OLDER: usize = 32;

/// A namespace declaration in scope.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    pub(super) prefix: &'a str,
    pub(super) uri: Cow<'a, str>,
    pub(super) number: Option<u16>,
    /// Whether the document uses `https` where the schema set has `http`, or the reverse.
    pub(super) respelled: bool,
    /// The namespace name in the form that values share, once it was needed.
    shared: OnceCell<NamespaceName>,
    /// The index of the declaration of the same prefix that this one hides.
    hides: Option<usize>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(prefix: &'a str, uri: Cow<'a, str>, number: Option<u16>, respelled: bool) -> Self {
        Self { prefix, uri, number, respelled, shared: OnceCell::new(), hides: None }
    }

    /// Returns the namespace name in the form that values share.
    pub(super) fn shared(&self) -> &NamespaceName {
        self.shared.get_or_init(|| NamespaceName::from(&*self.uri))
    }
}

/// The namespace declarations of the open elements, outermost first. Finding a prefix takes the same time however many there are.
#[derive(Debug, Default)]
pub(super) struct Scopes<'a> {
    list: Vec<Scope<'a>>,
    /// The last declaration of each prefix, if there are more than a few declarations.
    index: HashMap<&'a str, usize>,
    /// The number of different prefixes.
    prefixes: usize,
}

impl<'a> Scopes<'a> {
    /// Returns no declarations, given a list whose memory is used.
    pub(super) fn with(list: Vec<Scope<'a>>) -> Self {
        Self { list, ..Self::default() }
    }

    /// Returns the list of declarations.
    pub(super) fn into_list(self) -> Vec<Scope<'a>> {
        self.list
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the number of different prefixes that are declared.
    pub(super) fn prefixes(&self) -> usize {
        self.prefixes
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Scope<'a>> {
        self.list.iter_mut()
    }

    pub(super) fn at(&self, index: usize) -> Option<&Scope<'a>> {
        self.list.get(index)
    }

    /// Returns the declarations from number `mark` on.
    pub(super) fn since(&self, mark: usize) -> &[Scope<'a>] {
        self.list.get(mark..).unwrap_or_default()
    }

    /// Returns the index of the declaration of a prefix.
    #[inline]
    pub(super) fn find(&self, prefix: &str) -> Option<usize> {
        if self.list.len() > FEW {
            return self.index.get(prefix).copied();
        }
        self.list.iter().rposition(|scope| scope.prefix == prefix)
    }

    /// Returns the declaration of a prefix.
    #[inline]
    pub(super) fn get(&self, prefix: &str) -> Option<&Scope<'a>> {
        self.list.get(self.find(prefix)?)
    }

    pub(super) fn push(&mut self, mut scope: Scope<'a>) {
        scope.hides = self.find(scope.prefix);
        self.prefixes += usize::from(scope.hides.is_none());
        self.list.push(scope);
        match self.list.len() {
            0..=FEW => {}
            len if len == FEW + 1 => self.index.extend(self.list.iter().enumerate().map(|(index, scope)| (scope.prefix, index))),
            len => drop(self.index.insert(self.list.last().map_or("", |scope| scope.prefix), len - 1)),
        }
    }

    /// Removes the last declaration.
    pub(super) fn pop(&mut self) -> Option<Scope<'a>> {
        let scope = self.list.pop()?;
        self.prefixes -= usize::from(scope.hides.is_none());
        if self.list.len() > FEW {
            match scope.hides {
                Some(hidden) => drop(self.index.insert(scope.prefix, hidden)),
                None => drop(self.index.remove(scope.prefix)),
            }
        } else {
            self.index.clear();
        }
        Some(scope)
    }

    pub(super) fn truncate(&mut self, mark: usize) {
        while self.list.len() > mark {
            self.pop();
        }
    }

    /// Returns the prefix of one of the last declarations of a namespace that no other declaration hides.
    pub(super) fn prefix_of(&self, number: u16) -> Option<&'a str> {
        let of_it = self.list.iter().enumerate().rev().take(MOST_OLDER).filter(|(_, scope)| scope.number == Some(number));
        of_it
            .map(|(index, scope)| (index, scope.prefix))
            .find(|(index, prefix)| self.find(prefix) == Some(*index))
            .map(|(_, prefix)| prefix)
    }
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
