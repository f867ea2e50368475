//! Collects the errors of a document instead of ending at the first one, if [`ReadOptions::all_errors`](crate::ReadOptions::all_errors) is
//! set. Reading continues behind the part that is wrong: what cannot be placed is skipped as in tolerant mode, and an element whose reading
//! failed is skipped as a whole.

use super::reader::Reader;
use super::tag::Tag;
use crate::error::{Error, Result};
use crate::tables::FieldInfo;
use crate::tables::matcher::Matcher;
use crate::value::Slot;

/// The maximum number of errors that are collected.
pub(super) const MOST_ERRORS: usize = 1000;

/// The number of errors that a new one is compared with.
pub(super) const LAST: usize = 8;

/// The state of the reader around an element that may fail.
pub(super) struct Around {
    depth: u32,
    stack: usize,
    parent: Tag,
    matcher: Option<Box<Matcher>>,
    has_identity: bool,
}

impl Reader<'_> {
    /// Collects an error and continues, or ends with it.
    #[cold]
    pub(super) fn refuse(&mut self, error: Error) -> Result<()> {
        let Some(errors) = self.errors.as_mut().filter(|_| !error.kind().is_fatal()) else { return Err(error) };
        let known = match self.window.as_deref() {
            Some(window) => window.again || window.is_repeated(errors, &error),
            None => errors.iter().rev().take(LAST).any(|known| known.repeats(&error)),
        };
        if known {
            return Ok(());
        }
        if errors.len() >= MOST_ERRORS {
            return Err(error);
        }
        errors.push(error);
        Ok(())
    }

    /// Ends reading: combines the collected errors with the one that ended it.
    pub(crate) fn settle<T>(&mut self, result: Result<T>) -> Result<T> {
        let Some(errors) = self.errors.as_mut().filter(|errors| !errors.is_empty()) else { return result };
        let mut errors = std::mem::take(errors);
        let ended = match result {
            Ok(value) => Ok(value),
            Err(error) => {
                errors.push(error);
                Err(())
            }
        };
        match (Error::of(errors), ended) {
            (Some(error), _) => Err(error),
            (None, Ok(value)) => Ok(value),
            (None, Err(())) => Err(Error::syntax(0, "nothing was read")),
        }
    }

    /// Does the same as `element`, but collects an error in the element.
    #[cold]
    pub(super) fn element_guarded(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let around = self.around();
        let result = self.element_plainly(item, child, slot);
        self.resume(around, child, result)
    }

    /// Does the same as `begin`, but collects an error in the element.
    #[cold]
    pub(super) fn begin_guarded(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<bool> {
        let around = self.around();
        let mut below = false;
        let result = self.begin_declared(item, child, slot).map(|it| below = it);
        self.resume(around, child, result)?;
        Ok(below)
    }

    /// Returns the state around the element that is about to be read. The matcher of the enclosing element is set aside.
    pub(super) fn around(&mut self) -> Around {
        Around {
            depth: self.depth,
            stack: self.stack,
            parent: self.parent,
            matcher: self.matcher.take(),
            has_identity: self.identity.is_some(),
        }
    }

    /// Continues behind an element. If reading it failed, the error is collected, and the element is skipped.
    pub(super) fn resume(&mut self, around: Around, child: &Tag, result: Result<()>) -> Result<()> {
        let Err(error) = result else {
            self.matcher = around.matcher;
            return Ok(());
        };
        if self.is_suspended() {
            self.matcher = around.matcher;
            return Err(error);
        }
        self.refuse(error)?;
        (self.depth, self.stack, self.parent, self.matcher) = (around.depth, around.stack, around.parent, around.matcher);
        self.pending = None;
        (self.outer, self.variant_ahead, self.kept_attribute, self.nil_body) = (None, None, None, false);
        self.ahead.clear();
        self.scopes.truncate(child.mark);
        self.rebind();
        // The identity constraints of the rest of the document cannot be told from what is known of this element.
        if around.has_identity {
            self.identity = None;
        }
        self.skipped = true;
        self.at = child.at;
        let tag = self.start_tag()?;
        self.skip(&tag)
    }
}
