//! In: an element with a text. Out: the text in its slot, or a note that it does not fit.
//! Not done here: parsing the text (`value`), checking facets (`simple`).

use std::borrow::Cow;

use super::{Reader, Step, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::shape::{Item, Kind};
use crate::simple::{WhiteSpace, is_space, normalize, trim};
use crate::value::{Fit, Slot};

impl<'a> Reader<'a> {
    /// Reads an element that holds a text.
    pub(super) fn leaf(&mut self, item: &'static Item, tag: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let nil = self.leaf_attributes(tag)?;
        let text = self.text_of(tag)?;
        self.closed(tag.mark);
        if nil {
            return self.nil_leaf(item, tag, slot, &text);
        }
        self.settle(item, slot, &text, tag.at, Step::None)
    }

    fn nil_leaf(&mut self, item: &'static Item, tag: &Tag, slot: &mut dyn Slot, text: &str) -> Result<()> {
        if !item.kind.is(Kind::NILLABLE) {
            return self.complain(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned());
        }
        if !text.is_empty() {
            return Err(Error::at(ErrorKind::Type, tag.at, "a nil element has no content"));
        }
        slot.text(None);
        Ok(())
    }

    /// Puts a text into its slot; notes or refuses what does not fit.
    pub(super) fn settle(&mut self, item: &'static Item, slot: &mut dyn Slot, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let text = self.shaped(item, text);
        let text = match item.preset {
            Some(preset) if text.is_empty() && matches!(step, Step::None) => Cow::Borrowed(preset),
            _ => text,
        };
        if self.strict
            && let Err(message) = check(item, &text)
        {
            return Err(step.after(Error::at(ErrorKind::Facet, at, message)));
        }
        let fit = slot.text(Some(&text));
        self.judge(item, fit, &text, at, step)
    }

    /// Notes or refuses a text by how it fitted.
    pub(super) fn judge(&mut self, item: &Item, fit: Fit, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        match fit {
            Fit::Yes => Ok(()),
            Fit::Loosely if !self.strict => Ok(()),
            Fit::Unlisted => self.complain(NoteKind::UnknownValue, at, step, |_| format!("{} is none of the enumeration", excerpt(text))),
            Fit::Kept => self.complain(NoteKind::KeptValue, at, step, |_| format!("{} is no value of its type", excerpt(text))),
            Fit::Loosely | Fit::No => self.misfit(item, text, at, step),
        }
    }

    #[cold]
    fn misfit(&mut self, item: &Item, text: &str, at: usize, step: Step<'_>) -> Result<()> {
        let message = |_: &Self| match text.is_empty() {
            true => "the text is empty".to_owned(),
            false => format!("{} is no value of its type", excerpt(text)),
        };
        // An empty element counts as a missing one: what is required is blank then.
        if item.min == 0 || self.strict || text.is_empty() {
            return self.complain(NoteKind::BadValue, at, step, message);
        }
        Err(step.after(Error::at(ErrorKind::Value, at, message(self))))
    }

    /// The text with its white space treated.
    pub(super) fn shaped<'t>(&self, item: &Item, text: &'t str) -> Cow<'t, str> {
        match item.simple {
            Some(simple) if simple.white_space != WhiteSpace::Preserve => normalize(text, simple.white_space),
            _ if self.trims() => Cow::Borrowed(trim(text)),
            _ => Cow::Borrowed(text),
        }
    }

    pub(super) fn trims(&self) -> bool {
        self.schema.trim_text() && !self.strict
    }

    /// Whether a text as it stands needs no treatment before it goes into its slot.
    #[inline]
    pub(super) fn is_shaped(&self, item: &Item, text: &str) -> bool {
        if self.strict && (item.simple.is_some() || item.fixed) {
            return false;
        }
        if item.simple.is_some_and(|simple| simple.white_space != WhiteSpace::Preserve) {
            return false;
        }
        match text.as_bytes() {
            [] => false,
            [first, .., last] => !self.trims() || !is_space(*first) && !is_space(*last),
            [only] => !self.trims() || !is_space(*only),
        }
    }
}

/// Checks facets and the fixed value. The message is silent about secrets, which have no excerpt here.
fn check(item: &Item, text: &str) -> std::result::Result<(), String> {
    if let Some(simple) = item.simple {
        simple.validate(text).map_err(|broken| broken.to_string())?;
    }
    match item.preset {
        Some(fixed) if item.fixed && fixed != text => Err(format!("the value is fixed as {fixed}")),
        _ => Ok(()),
    }
}
