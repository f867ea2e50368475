//! Follows the content model of an element while its children are read, and notes or rejects children that do not match it. The matching
//! itself is done in `tables::matcher`, and `find` decides which slot a child goes to.

use super::hints::nearest_of;
use super::progress::Progress;
use super::reader::{Reader, Step};
use super::tag::{Tag, split};
use crate::error::{Error, ErrorKind, Result, excerpt};
use crate::note::NoteKind;
use crate::tables::matcher::{Matched, Matcher};
use crate::tables::{Content, FieldInfo, Particle, Place, TypeInfo};

impl Reader<'_> {
    /// Starts a matcher for the content model of a type, if it has one. Returns the matcher of the enclosing element.
    pub(super) fn enter_model(&mut self, type_info: &'static TypeInfo) -> Option<Box<Matcher>> {
        let own = type_info.model.map(|model| self.new_matcher(model));
        std::mem::replace(&mut self.matcher, own)
    }

    fn new_matcher(&mut self, model: &'static Particle) -> Box<Matcher> {
        let Some(mut spare) = self.spare.pop() else { return Box::new(Matcher::new(model)) };
        spare.begin(model);
        spare
    }

    /// Restores the matcher of the enclosing element.
    pub(super) fn leave_model(&mut self, outer: Option<Box<Matcher>>) {
        let own = std::mem::replace(&mut self.matcher, outer);
        self.spare.extend(own);
    }

    /// Matches a child with the content model, if there is one.
    pub(super) fn step_model(&mut self, tag: &Tag) -> Result<()> {
        (self.matched, self.refused) = (None, false);
        let Some(mut matcher) = self.matcher.take() else { return Ok(()) };
        self.matched = matcher.step(self.name_of(tag));
        self.refused = self.matched.is_none();
        if self.refused && self.strict {
            // Without the matcher, the other children are found by their names alone.
            return self.refuse(refusal(self.raw_name(tag), tag.at, &mut matcher));
        }
        self.matcher = Some(matcher);
        Ok(())
    }

    /// Matches a child that the fast path found with the content model, if there is one.
    #[inline]
    pub(super) fn follow(&mut self, item: &'static FieldInfo, at: usize) -> Result<()> {
        if self.matcher.is_some() { self.follow_model(item, at) } else { Ok(()) }
    }

    #[inline(never)]
    fn follow_model(&mut self, item: &'static FieldInfo, at: usize) -> Result<()> {
        let Some(matcher) = &mut self.matcher else { return Ok(()) };
        if matcher.step(item.matched_name("")).is_some() {
            return Ok(());
        }
        if self.strict {
            let rest = self.text.get(at + 1..).unwrap_or_default();
            let name = rest.split(['>', '/', ' ', '\t', '\n', '\r']).next().unwrap_or_default();
            let error = refusal(name, at, matcher);
            self.matcher = None;
            return self.refuse(error);
        }
        self.misplaced(at);
        Ok(())
    }

    /// Accepts a child as this item although the content model does not allow it here.
    #[inline]
    pub(super) fn take(&mut self, item: &'static FieldInfo, at: usize) {
        if self.refused {
            self.take_misplaced(item, at);
        }
    }

    #[cold]
    fn take_misplaced(&mut self, item: &'static FieldInfo, at: usize) {
        self.refused = false;
        // The name in the document may differ from that of the item in its namespace or case, which `find` notes. The content model may
        // allow the item under its own name.
        let near = |matcher: &mut Box<Matcher>| if item.place == Place::Element { matcher.step(item.matched_name("")) } else { None };
        self.matched = self.matcher.as_mut().and_then(near);
        if self.matcher.is_some() && self.matched.is_none() {
            self.misplaced(at);
        }
    }

    /// Returns the item of a child for the declaration that the content model has at this position.
    #[inline]
    pub(super) fn placed(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<&'static FieldInfo> {
        match self.matched {
            Some(matched @ Matched::Element(Some(_))) => self.placed_item(item.matched(matched), tag),
            _ => Ok(item),
        }
    }

    #[cold]
    fn placed_item(&mut self, item: &'static FieldInfo, tag: &Tag) -> Result<&'static FieldInfo> {
        if item.never_nil && self.xsi(tag, "nil").is_some() {
            self.report(NoteKind::UnknownType, tag.at, Step::Attribute("nil"), |_| "this element cannot be nil".to_owned())?;
        }
        Ok(item)
    }

    /// Notes that a child does not follow the content model. From there on, children are found by their names alone.
    #[cold]
    fn misplaced(&mut self, at: usize) {
        self.note(NoteKind::Misplaced, at, Step::None);
        self.spare.extend(self.matcher.take());
    }

    /// Notes that a child of a type without a content model tree is out of order, unless it occurs too often. Without wildcards there is no
    /// note, because the names alone identify the items.
    #[cold]
    pub(super) fn disordered(&mut self, type_info: &'static TypeInfo, index: usize, at: usize, progress: &mut Progress) {
        let fresh = !progress.seen.has(index) || type_info.items().get(index).is_some_and(FieldInfo::repeats);
        progress.disordered = fresh || !type_info.is_wild();
        if fresh && type_info.is_wild() && type_info.content == Content::Sequence && type_info.model.is_none() {
            self.note(NoteKind::Misplaced, at, Step::None);
        }
    }

    /// Checks that the children satisfy the content model, if they followed it. `noted` tells that a missing child has already been noted.
    pub(super) fn finish_model(&mut self, tag: &Tag, noted: bool) -> Result<()> {
        let Some(matcher) = self.matcher.as_mut().filter(|matcher| !matcher.is_satisfied()) else { return Ok(()) };
        if !self.blank {
            let message = format!("the content is not complete: {}", matcher.expected());
            return self.refuse(Error::at(ErrorKind::Missing, tag.at, message));
        }
        if !noted {
            let name = matcher.next_element().unwrap_or("*");
            self.note(NoteKind::Missing, tag.at, Step::Child(name));
        }
        Ok(())
    }
}

#[cold]
fn refusal(name: &str, at: usize, matcher: &mut Matcher) -> Error {
    let near = nearest_of(split(name).1, &matcher.expected_names());
    Error::at(ErrorKind::UnexpectedElement, at, format!("{} is not allowed here: {}{near}", excerpt(name), matcher.expected()))
}
