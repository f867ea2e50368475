//! In: the children of an element as they are read. Out: errors where they do not follow its content model.
//! Not done here: the matching itself (`matcher`).

use super::{Reader, Tag};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::matcher::Matcher;
use crate::shape::Shape;

impl Reader<'_> {
    /// Begins the content model of a type; gives that of the element around.
    pub(super) fn enter_model(&mut self, shape: &'static Shape) -> Option<Matcher> {
        std::mem::replace(&mut self.matcher, shape.model.map(Matcher::new))
    }

    /// Takes account of a child in the content model, if there is one.
    pub(super) fn step_model(&mut self, tag: &Tag) -> Result<()> {
        let Some(mut matcher) = self.matcher.take() else { return Ok(()) };
        if matcher.step(self.name_of(tag)).is_none() {
            let message = format!("{} cannot stand here: {}", excerpt(self.raw_name(tag)), matcher.expected());
            return Err(Error::at(ErrorKind::UnexpectedElement, tag.at, message));
        }
        self.matcher = Some(matcher);
        Ok(())
    }

    /// Checks that the children satisfy the content model.
    pub(super) fn finish_model(&mut self) -> Result<()> {
        match &mut self.matcher {
            Some(matcher) if !matcher.is_satisfied() => {
                let message = format!("the content is not complete: {}", matcher.expected());
                Err(Error::at(ErrorKind::Missing, self.parent.at, message))
            }
            _ => Ok(()),
        }
    }
}
