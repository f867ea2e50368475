//! In: a text of a union. Out: the number of the member it is of, and the text as that member takes it.
//! Not done here: the value (the macro `union!`).

use std::borrow::Cow;

use super::{TextMatch, Value};
use crate::simple::{SimpleType, expanded, normalize};
use crate::tables::ValueFlags;
use crate::tables::table::is_mapped;
use crate::write::is_held;

/// Between a word and its name with the namespace, where the reader hands over both: no character of XML.
pub(crate) const RESOLVED: char = '\0';

/// The marks of a union of values with such marks.
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

/// A text of a union.
#[doc(hidden)]
#[derive(Debug)]
pub struct UnionText<'t> {
    /// The number of the member type, members of members counted.
    pub member: Option<usize>,
    text: Cow<'t, str>,
    /// With `{namespace}` before each name.
    resolved: Option<String>,
    /// Whether a text of no member may be one of a later version of the schema.
    open: bool,
    /// The type of the member.
    simple: Option<&'static SimpleType>,
}

impl<'t> UnionText<'t> {
    /// Looks which member the text is of, the first that it is a literal of. A prefix stands for what the reader found for it, else for nothing.
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

    /// The value of a member of that type, and how the text fits; nothing where the type cannot hold it.
    #[must_use]
    pub fn value<T: Value>(&self) -> Option<(T, TextMatch)> {
        let mut value = T::blank();
        let fit = value.set_text(self.of::<T>());
        let held = !is_mapped(self.simple, &T::facts()) || is_held(self.simple, value.as_value(), &self.text);
        (fit.is_taken() && held).then_some((value, fit))
    }

    /// The text for a member of that type.
    fn of<T: Value>(&self) -> &str {
        match &self.resolved {
            Some(resolved) if T::facts().kind.is(ValueFlags::QUALIFIED) && !T::facts().kind.is(ValueFlags::EITHER) => resolved,
            _ => &self.text,
        }
    }

    /// How it fits where no member takes it, or the Rust type of the member cannot hold it.
    #[must_use]
    pub fn misfit(&self) -> TextMatch {
        match self.open {
            // It is of a member whose Rust type cannot hold it, and is kept as it came.
            _ if self.member.is_some() => TextMatch::Yes,
            _ if self.text.is_empty() => TextMatch::No,
            true => TextMatch::Unlisted,
            false => TextMatch::Kept,
        }
    }

    /// The text as it came.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text.into_owned()
    }
}

/// The one or the other half of each word.
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
