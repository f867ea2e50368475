//! In: a text of a union. Out: the number of the member it is of, and the text as that member takes it.
//! Not done here: the value (the macro `union!`).

use std::borrow::Cow;

use super::{Fit, Value};
use crate::shape::Kind;
use crate::simple::{SimpleType, normalize};

/// Between a word and its name with the namespace, where the reader hands over both: no character of XML.
pub(crate) const RESOLVED: char = '\0';

/// The marks of a union of values with such marks.
#[doc(hidden)]
#[must_use]
pub const fn union_kind(members: &[Kind]) -> Kind {
    let mut rest = members;
    while let [first, more @ ..] = rest {
        if first.is(Kind::QUALIFIED) {
            return Kind::LEAF.with(Kind::QUALIFIED).with(Kind::EITHER);
        }
        rest = more;
    }
    Kind::LEAF
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
}

impl<'t> UnionText<'t> {
    /// Looks which member the text is of, the first that it is a literal of.
    #[must_use]
    pub fn new(simple: &SimpleType, text: &'t str) -> Self {
        let (text, resolved) = match text.contains(RESOLVED) {
            true => (Cow::Owned(pick(text, false)), Some(pick(text, true))),
            false => (Cow::Borrowed(text), None),
        };
        match simple.active(&text) {
            Some((member, simple)) => {
                let shaped = match text {
                    Cow::Borrowed(text) => normalize(text, simple.white_space),
                    Cow::Owned(text) => Cow::Owned(normalize(&text, simple.white_space).into_owned()),
                };
                Self { member: Some(member), text: shaped, resolved, open: true }
            }
            None => Self { member: None, text, resolved, open: simple.is_open() },
        }
    }

    /// The text for a member of that type.
    #[must_use]
    pub fn of<T: Value>(&self) -> &str {
        match &self.resolved {
            Some(resolved) if T::facts().kind.is(Kind::QUALIFIED) && !T::facts().kind.is(Kind::EITHER) => resolved,
            _ => &self.text,
        }
    }

    /// How it fits where no member takes it.
    #[must_use]
    pub fn misfit(&self) -> Fit {
        match self.open {
            _ if self.text.is_empty() => Fit::No,
            true => Fit::Unlisted,
            false => Fit::Kept,
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
