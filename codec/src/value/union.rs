//! Finds the member type of a union that a text belongs to, and the text in the form that this member reads.

use std::borrow::Cow;

use super::{RESOLVED, TextMatch, Value};
use crate::simple::{SimpleType, expanded, normalize};
use crate::tables::{ValueFlags, ValueInfo, is_mapped};
use crate::write::is_held;

/// Combines the flags of the members of a union.
#[doc(hidden)]
#[must_use]
pub const fn union_kind(members: &[ValueFlags]) -> ValueFlags {
    let (mut kind, mut rest) = (ValueFlags::LEAF, members);
    while let [first, more @ ..] = rest {
        if first.is(ValueFlags::QUALIFIED) {
            kind = kind.with(ValueFlags::QUALIFIED).with(ValueFlags::EITHER);
        }
        if first.is(ValueFlags::SECRET) {
            kind = kind.with(ValueFlags::SECRET);
        }
        rest = more;
    }
    kind
}

/// A text of a union and the member type that it matched.
#[doc(hidden)]
#[derive(Debug)]
pub struct UnionText<'t> {
    /// The index of the member type, counting the members of nested unions.
    pub member: Option<usize>,
    text: Cow<'t, str>,
    /// Holds the text with `{namespace}` before each name.
    resolved: Option<String>,
    /// Whether a text that matches no member may be a value of a later version of the schema.
    open: bool,
    /// Holds the simple type of the member.
    simple: Option<&'static SimpleType>,
}

impl<'t> UnionText<'t> {
    /// Finds the first member that the text is a literal of. A prefix stands for the namespace that the reader
    /// resolved it to, if any.
    #[must_use]
    pub fn new(simple: &SimpleType, text: &'t str) -> Self {
        let (text, resolved) = match text.contains(RESOLVED) {
            true => (Cow::Owned(pick(text, false)), Some(pick(text, true))),
            false => (Cow::Borrowed(text), None),
        };
        let names = |prefix: &str| match &resolved {
            Some(resolved) => expanded::namespace(resolved, prefix),
            None => prefix.is_empty().then(String::new),
        };
        match simple.active(&text, &names) {
            Some((member, simple)) => {
                let shaped = match text {
                    Cow::Borrowed(text) => normalize(text, simple.white_space),
                    Cow::Owned(text) => Cow::Owned(normalize(&text, simple.white_space).into_owned()),
                };
                Self { member: Some(member), text: shaped, resolved, open: true, simple: Some(simple) }
            }
            None => Self { member: None, text, resolved, open: simple.is_open(), simple: None },
        }
    }

    /// Returns the value of a member of this type and how the text matches, or `None` if the type cannot hold
    /// it.
    #[must_use]
    pub fn value<T: Value>(&self) -> Option<(T, TextMatch)> {
        let mut value = T::empty();
        let fit = self.fill(value.as_value_mut(), &T::info())?;
        Some((value, fit))
    }

    /// Sets an empty value of a member with these properties; returns how the text matches, or `None` if the value cannot hold it.
    pub fn fill(&self, value: &mut dyn Value, info: &ValueInfo) -> Option<TextMatch> {
        let fit = value.set_text(self.of(info.kind));
        let held = !is_mapped(self.simple, info) || is_held(self.simple, value, &self.text);
        (fit.is_taken() && held).then_some(fit)
    }

    /// Returns the text in the form that a member of this kind reads.
    fn of(&self, kind: ValueFlags) -> &str {
        match &self.resolved {
            Some(resolved) if kind.is(ValueFlags::QUALIFIED) && !kind.is(ValueFlags::EITHER) => resolved,
            _ => &self.text,
        }
    }

    /// Returns the match of a text that no member accepts, or that the Rust type of its member cannot hold.
    #[must_use]
    pub fn misfit(&self) -> TextMatch {
        match self.open {
            // The text is valid for a member whose Rust type cannot hold it, so it is kept unchanged.
            _ if self.member.is_some() => TextMatch::Yes,
            _ if self.text.is_empty() => TextMatch::No,
            true => TextMatch::Unlisted,
            false => TextMatch::Kept,
        }
    }

    /// Returns the text unchanged.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text.into_owned()
    }
}

/// Returns the text with one half of each word: the name with its namespace, or the plain word.
fn pick(text: &str, resolved: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for run in text.split_inclusive([' ', '\t', '\n', '\r']) {
        let (word, space) = run.split_at(run.trim_end_matches([' ', '\t', '\n', '\r']).len());
        out.push_str(match word.split_once(RESOLVED) {
            Some((_, name)) if resolved => name,
            Some((plain, _)) => plain,
            None => word,
        });
        out.push_str(space);
    }
    out
}
