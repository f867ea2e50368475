//! Finds the text at a path of a value.

use super::node::{Element, Leaf, Open, Visit, Walk};
use super::path::{Step, has_children};
use crate::error::{Error, Result};
use crate::tables::{Content, FieldInfo, Place};

/// Looks for the text at a path.
pub(super) struct Finder<'p> {
    steps: &'p [Step<'p>],
    /// The number of elements of the name of the next step that were seen, for each element that the walk is in. The first one is the value
    /// itself.
    seen: Vec<usize>,
    pub(super) found: Option<String>,
    /// Why the path leads to no text.
    pub(super) refused: Option<Error>,
    done: bool,
}

impl<'p> Finder<'p> {
    pub(super) fn new(steps: &'p [Step<'p>]) -> Self {
        Self { steps, seen: Vec::new(), found: None, refused: None, done: false }
    }

    /// Returns whether this is the field that the next step means.
    fn is_next(&mut self, field: &FieldInfo) -> bool {
        let Some(step) = self.seen.len().checked_sub(1).and_then(|depth| self.steps.get(depth)) else { return false };
        let Some(seen) = self.seen.last_mut().filter(|_| !self.done && step.names(field)) else { return false };
        *seen += 1;
        *seen == step.index.unwrap_or(0) + 1
    }
}

impl Visit for Finder<'_> {
    fn open(&mut self, element: &Element) -> Result<Walk> {
        if !self.seen.is_empty() && !self.is_next(element.field) {
            return Ok(Walk::Past);
        }
        self.seen.push(0);
        if self.seen.len() <= self.steps.len() {
            return Ok(Walk::Into);
        }
        match element.type_info {
            Some(type_info) if type_info.content == Content::Text => Ok(Walk::Into),
            type_info => {
                self.refused = type_info.filter(|_| !element.nil).map(has_children);
                self.done = true;
                Ok(Walk::Past)
            }
        }
    }

    fn close(&mut self, _element: &Element) -> Result<()> {
        self.seen.pop();
        self.done = true;
        Ok(())
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
        let is_text = leaf.field.place == Place::Text && self.seen.len() == self.steps.len() + 1;
        if is_text || leaf.field.place != Place::Text && self.is_next(leaf.field) {
            self.found = Some(leaf.text().to_owned());
            self.done = true;
        }
        Ok(())
    }

    fn kept(&mut self, field: &'static FieldInfo, open: &Open<'_>) -> Result<()> {
        if let (true, Open::Content(content)) = (self.is_next(field), open) {
            self.found = (!content.xml.contains('<')).then(|| crate::text::escape::unescaped(&content.xml));
            self.done = true;
        }
        Ok(())
    }
}
