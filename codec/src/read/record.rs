//! Reads an element with children into its slots. It calls `cursor` for the fast path, `find` to look up names, `leaf` for texts and
//! `group` for choices.

use memchr::memmem;

use super::cursor::Ahead;
use super::progress::{Child, Level, Outcome, Progress};
use super::reader::{Next, Reader, Step};
use super::tag::{Space, Tag};
use super::window::Stage;
use crate::error::{Error, ErrorKind, Result};
use crate::note::NoteKind;
use crate::tables::{Content, FieldInfo, Place, TypeCell, TypeInfo, UNBOUNDED};
use crate::value::Slot;

impl<'a> Reader<'a> {
    /// Reads an element of a complex type: attributes first, then children, into slots in the order of the table.
    ///
    /// # Errors
    /// Fails if the element is not well-formed, or if it is not valid in a way that the mode does not accept.
    #[inline(never)]
    pub fn structure(&mut self, cell: &'static TypeCell, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        if self.edit.is_some() {
            return self.edit_structure(cell.info(), slots);
        }
        if self.reuses() {
            return self.structure_again(cell.info(), tag, slots);
        }
        self.record(cell.info(), tag, slots)
    }

    #[inline]
    pub(super) fn record(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        if !self.schema.includes(type_info.schema) {
            return self.in_other_schema(type_info, tag, slots);
        }
        let Some((attributes, slots)) = slots.split_at_mut_checked(type_info.attributes().len()) else { return Err(uneven(tag)) };
        if self.before_children(type_info, tag, attributes, slots)? {
            self.content(type_info, tag, slots)?;
            self.leave_element(type_info);
            self.closed(tag.mark)?;
        }
        Ok(())
    }

    /// Reads the attributes, and the whole element if its type allows no children or it is nil. Returns whether children must be read.
    fn before_children(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        attributes: &mut [&mut dyn Slot],
        slots: &mut [&mut dyn Slot],
    ) -> Result<bool> {
        let outer = self.outer.take();
        self.depth += 1;
        self.check_depth(0, tag)?;
        self.descend(type_info, false, tag.at)?;
        if type_info.is_abstract {
            self.abstract_type(type_info, tag)?;
        }
        if !self.ahead.is_empty() {
            self.fill_ahead(type_info, tag, attributes)?;
        } else if !tag.plain || !type_info.attributes().is_empty() {
            self.attributes(type_info, tag, attributes)?;
        }
        if std::mem::take(&mut self.nil_body) {
            self.nil_content(type_info, tag)?;
            return Ok(false);
        }
        if type_info.content != Content::Text {
            return Ok(true);
        }
        self.text_content(type_info, tag, slots, outer)?;
        self.leave_element(type_info);
        self.closed(tag.mark)?;
        Ok(false)
    }

    /// Notes or rejects an element of an abstract type (Part 1, section 3.4.4, clause 1 of cvc-complex-type).
    #[cold]
    pub(super) fn abstract_type(&mut self, type_info: &'static TypeInfo, tag: &Tag) -> Result<()> {
        let message = |_: &Self| format!("the type {} is abstract: xsi:type must name a type that is derived from it", type_info.name().1);
        self.report(NoteKind::UnknownType, tag.at, Step::Attribute("type"), message)
    }

    fn leave_element(&mut self, type_info: &'static TypeInfo) {
        self.depth -= 1;
        self.ascend(type_info, false);
    }

    /// Reads the content of a nil element, which must be empty.
    #[cold]
    fn nil_content(&mut self, type_info: &'static TypeInfo, tag: &Tag) -> Result<()> {
        if type_info.content == Content::Text {
            self.identity_nil()?;
        }
        self.leave_element(type_info);
        self.skip_nil(tag)
    }

    /// Reads an element whose type is in another schema set.
    #[cold]
    fn in_other_schema(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let here = self.schema;
        self.switch(type_info.schema);
        let result = self.record(type_info, tag, slots);
        self.switch(here);
        result
    }

    fn text_content(
        &mut self,
        type_info: &'static TypeInfo,
        tag: &Tag,
        slots: &mut [&mut dyn Slot],
        outer: Option<&'static FieldInfo>,
    ) -> Result<()> {
        let text = self.text_of(tag)?;
        let (Some(item), Some(slot)) = (type_info.items().first(), slots.first_mut()) else { return Ok(()) };
        if let Some((outer, value_constraint)) = outer.and_then(|outer| Some((outer, outer.value_constraint?))) {
            if text.is_empty() {
                return self.store_constraint(item, *slot, value_constraint, tag.at, Step::None);
            }
            if outer.fixed && self.strict {
                self.is_fixed(item, item.simple(), value_constraint, &text, tag.at, Step::None)?;
            }
        }
        self.store(item, *slot, &text, tag.at, Step::None)
    }

    /// Reads the children of an element. Nested elements recurse through this function. The functions that find a child and that read texts
    /// are called from here and return before the child is read, so that a level takes little stack.
    fn content(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot]) -> Result<()> {
        let mut level = Level::default();
        self.enter(type_info, tag, &mut level)?;
        if self.window.is_some() {
            self.content_again(type_info, slots, &mut level)?;
        }
        loop {
            match self.next_child(type_info, tag, slots, &mut level) {
                Ok(true) => {}
                Ok(false) => return self.leave(type_info, tag, slots, &mut level),
                Err(error) => return Err(self.suspended(error, &mut level, Stage::Text)),
            }
            let index = level.child.index;
            let (Some(item), Some(slot)) = (type_info.items().get(index), slots.get_mut(index)) else { continue };
            let read = match level.child.seen {
                true => slot.read(self, item, &level.child.tag, level.progress.group(index)),
                false => self.element(item, &level.child.tag, *slot),
            };
            if let Err(error) = read {
                return Err(self.suspended(error, &mut level, Stage::Element));
            }
            if let Some(window) = self.window.as_mut().filter(|_| !level.child.seen && self.pending.is_none()) {
                window.pass(level.child.tag.at, self.at);
            }
        }
    }

    /// Prepares for reading the children of an element.
    fn enter(&mut self, type_info: &'static TypeInfo, tag: &Tag, level: &mut Level) -> Result<()> {
        level.parent = std::mem::replace(&mut self.parent, *tag);
        if self.strict && type_info.content == Content::Empty {
            self.no_text(tag)?;
        }
        if type_info.model.is_some() || self.matcher.is_some() {
            level.matcher = Some(self.enter_model(type_info));
        }
        let deep = self.depth >= self.options.max_depth;
        // The fast path cannot be used if the content model decides which children belong to a wildcard, or which of several declarations
        // of one name is meant.
        let placed = type_info.model.is_some_and(|model| model.wild || model.placed);
        level.quick = self.options.fast && !deep && !placed && !tag.empty && self.identity.is_none();
        Ok(())
    }

    /// Checks at the end of an element that nothing is missing.
    fn leave(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &[&mut dyn Slot], level: &mut Level) -> Result<()> {
        let progress = &level.progress;
        let before = self.deviations.len() + self.rest;
        if !progress.seen.all(type_info.required())
            || type_info.table().counted
            || self.strict
            || !progress.groups.is_empty()
            || progress.chosen.is_some() && type_info.items().len() > 1
        {
            self.finish(type_info, tag, slots, progress)?;
        }
        self.parent = level.parent;
        if let Some(outer) = level.matcher.take() {
            self.finish_model(tag, self.deviations.len() + self.rest > before)?;
            self.leave_model(outer);
        }
        Ok(())
    }

    /// Rejects text, even white space, in an element with empty content (Part 1, section 3.4.4, clause 2.1).
    fn no_text(&mut self, tag: &Tag) -> Result<()> {
        if self.resumes() {
            return Ok(()); // it was read in the last window
        }
        if self.window.is_some() {
            self.whole_is_here(tag)?;
        }
        match tag.empty || self.characters()?.is_empty() {
            true => Ok(()),
            false => self.refuse(Error::at(ErrorKind::UnexpectedText, tag.at, "the content is empty: not even white space is allowed")),
        }
    }

    /// Advances to the next child that has children or attributes itself, and reads the texts before it. It uses the fast path as far as
    /// possible and the general path otherwise. Returns whether there is such a child.
    fn next_child(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot], level: &mut Level) -> Result<bool> {
        let mixed = type_info.content == Content::Mixed;
        loop {
            if level.quick && self.pending.is_none() {
                match if mixed { self.mixed(type_info, tag, slots, level)? } else { self.quickly(type_info, tag, slots, level)? } {
                    Outcome::End => return Ok(false),
                    Outcome::Child => return Ok(true),
                    Outcome::Other => {}
                }
            }
            match self.next(mixed)? {
                Next::End => return Ok(false),
                Next::Start(child) => {
                    if self.child(type_info, child, slots, level)? {
                        return Ok(true);
                    }
                }
                Next::Text(text) => {
                    level.progress.between();
                    if let Some(slot) = slots.first_mut() {
                        slot.mixed(&text);
                    }
                }
            }
        }
    }

    /// Reads elements with text on the fast path, as long as possible; tells what follows.
    #[inline]
    fn quickly(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &mut [&mut dyn Slot], level: &mut Level) -> Result<Outcome> {
        while !self.unprefixed || type_info.distinct() {
            if let Some(end) = self.predict_end(tag) {
                self.at = end;
                return Ok(Outcome::End);
            }
            if let Some((index, end)) = self.upcoming(type_info, &level.progress) {
                if self.text.as_bytes().get(end) == Some(&b'>') {
                    return self.nested(type_info, index, end + 1, slots, level);
                }
                return if self.has_declarations {
                    Ok(Outcome::Other)
                } else {
                    self.attributed(type_info, Some((index, end)), slots, level)
                };
            }
            match self.leaves(type_info, slots, &mut level.progress)? {
                Ahead::Nested(index, end) => return self.nested(type_info, index, end, slots, level),
                Ahead::Named(index, end) => {
                    return if self.has_declarations {
                        Ok(Outcome::Other)
                    } else {
                        self.attributed(type_info, Some((index, end)), slots, level)
                    };
                }
                Ahead::Other => {}
            }
            if let Some(end) = self.predict_end(tag) {
                self.at = end;
                return Ok(Outcome::End);
            }
            if self.text_element(type_info, slots, &mut level.progress)? {
                continue;
            }
            if !self.has_declarations {
                let came = self.attributed(type_info, None, slots, level)?;
                if came != Outcome::Other {
                    return Ok(came);
                }
            }
            return self.chosen(type_info, slots, level);
        }
        Ok(Outcome::Other)
    }

    /// Takes the start tag, without attributes, of a child with attributes or children that was found at the cursor.
    #[inline]
    fn nested(
        &mut self,
        type_info: &'static TypeInfo,
        index: usize,
        end: usize,
        slots: &mut [&mut dyn Slot],
        level: &mut Level,
    ) -> Result<Outcome> {
        let (at, progress) = (self.at, &mut level.progress);
        let (Some(item), Some(slot)) = (type_info.items().get(index), slots.get_mut(index)) else { return Ok(Outcome::Other) };
        self.in_order(type_info, index, at, &**slot, progress)?;
        self.follow(item, at)?;
        progress.seen.set(index);
        progress.from = index + usize::from(!item.repeats());
        self.at = end;
        let tag = Tag { at, len: end - at - 2, space: Space::Known(item.namespace), mark: self.scopes.len(), plain: true, empty: false };
        level.child = Child { index, tag, seen: false };
        Ok(Outcome::Child)
    }

    #[inline]
    pub(super) fn has_section_end(&self, text: &str) -> bool {
        self.sections && memmem::find(text.as_bytes(), b"]]>").is_some()
    }

    /// Finds the item of a child on the general path, and reads the child if it is a text. Returns whether it must still be read.
    fn child(&mut self, type_info: &'static TypeInfo, child: Tag, slots: &mut [&mut dyn Slot], level: &mut Level) -> Result<bool> {
        level.child = Child { index: usize::MAX, tag: child, seen: false };
        let progress = &mut level.progress;
        if type_info.is_wild() {
            // The position decides which wildcard a child belongs to. A wildcard that has reached its `maxOccurs` takes no more
            // children, so the search starts after it.
            while let (Some(item), Some(slot)) = (type_info.items().get(progress.from), slots.get(progress.from))
                && item.place == Place::Any
                && if item.max == 1 { progress.seen.has(progress.from) } else { slot.has(item.max) }
            {
                progress.from += 1;
            }
        }
        let mut index = self.find(type_info, &child, progress.from, &progress.seen)?;
        if let Some(found) = index
            && progress.seen.has(found)
            && type_info.items().get(found).is_some_and(|item| item.place == Place::Element && !item.repeats())
        {
            index = self.find_room(type_info, &child, progress.from).or(index);
        }
        let Some((index, item)) = index.and_then(|index| Some((index, type_info.items().get(index)?))) else {
            return self.unknown(&child, type_info).map(|()| false);
        };
        let Some(slot) = slots.get_mut(index) else { return self.unknown(&child, type_info).map(|()| false) };
        self.in_order(type_info, index, child.at, &**slot, progress)?;
        if item.place == Place::Group {
            progress.seen.set(index);
            progress.from = index;
            level.child = Child { index, tag: child, seen: true };
            return Ok(true);
        }
        if progress.seen.has(index) && !item.repeats() {
            self.report(NoteKind::Repeated, child.at, Step::None, |_| "it may occur only once".to_owned())?;
            return self.leave_out(&child).map(|()| false);
        }
        self.take(item, child.at);
        progress.seen.set(index);
        progress.from = index + usize::from(!item.repeats());
        level.child.index = index;
        self.begin(item, &child, *slot)
    }

    /// Reads one element into its slot.
    pub(crate) fn occurrence(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        match self.begin_plainly(item, child, slot)? {
            true => self.element(item, child, slot),
            false => Ok(()),
        }
    }

    /// Applies the properties of an element's declaration that its item does not have, and reads the element if it is a text. Returns
    /// whether it must still be read.
    pub(super) fn begin(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<bool> {
        if self.errors.is_some() { self.begin_guarded(item, child, slot) } else { self.begin_declared(item, child, slot) }
    }

    pub(super) fn begin_declared(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<bool> {
        if self.has_declarations {
            self.declared(item, child, false)?;
        }
        self.begin_plainly(item, child, slot)
    }

    /// Reads the element if it is a text, as `begin` does, but ignores the properties of the declaration that the item does not have.
    pub(super) fn begin_plainly(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<bool> {
        if item.is_leaf() {
            self.check_depth(1, child)?;
            self.leaf(item, child, slot)?;
        }
        Ok(!item.is_leaf())
    }

    /// Reads one element with children or attributes into its slot.
    #[inline]
    pub(super) fn element(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if self.errors.is_some() { self.element_guarded(item, child, slot) } else { self.element_plainly(item, child, slot) }
    }

    #[inline]
    pub(super) fn element_plainly(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        if item.value_constraint.is_some() {
            return self.element_with_value(item, child, slot);
        }
        slot.read(self, item, child, None)
    }

    /// Reads an element with children or attributes that has a value constraint.
    #[cold]
    fn element_with_value(&mut self, item: &'static FieldInfo, child: &Tag, slot: &mut dyn Slot) -> Result<()> {
        let from = self.at;
        if self.window.is_some() && item.fixed {
            // The content is compared with the value when the end has been read.
            self.whole_is_here(child)?;
        }
        self.outer = Some(item);
        slot.read(self, item, child, None)?;
        // A text has already been compared with the fixed value.
        let is_text = item.simple().is_some() || item.type_info().is_some_and(|type_info| type_info.content == Content::Text);
        if self.strict && !is_text { self.fixed_content(item, child, from) } else { Ok(()) }
    }

    /// Skips an element that the schema does not allow here.
    #[cold]
    pub(super) fn unknown(&mut self, child: &Tag, type_info: &'static TypeInfo) -> Result<()> {
        let message = |reader: &Self| reader.no_such_element(child, Some(type_info));
        self.report(NoteKind::UnknownElement, child.at, Step::None, message)?;
        self.check_depth(1, child)?;
        self.leave_out(child)
    }

    /// Checks the order of the children of a type without a content model tree. Strict mode rejects a child that is out of order or occurs
    /// too often; tolerant mode notes that the order is wrong.
    #[inline(always)]
    pub(super) fn in_order(
        &mut self,
        type_info: &'static TypeInfo,
        index: usize,
        at: usize,
        slot: &dyn Slot,
        progress: &mut Progress,
    ) -> Result<()> {
        if self.strict {
            return self.strictly_in_order(type_info, index, at, slot, progress);
        }
        if progress.seen.last.is_some_and(|last| index < last) && !progress.disordered {
            self.disordered(type_info, index, at, progress);
        }
        Ok(())
    }

    #[inline(never)]
    fn strictly_in_order(
        &mut self,
        type_info: &'static TypeInfo,
        index: usize,
        at: usize,
        slot: &dyn Slot,
        progress: &Progress,
    ) -> Result<()> {
        if type_info.model.is_some() || type_info.content == Content::Mixed {
            return Ok(());
        }
        let max = type_info.items().get(index).map_or(0, |item| item.max);
        if max == 1 && progress.seen.has(index) || max > 1 && max != UNBOUNDED && slot.has(max) {
            return self.refuse(Error::at(
                ErrorKind::Repeated,
                at,
                if max == 1 { "it may occur only once".to_owned() } else { format!("it may occur at most {max} times") },
            ));
        }
        let last = match progress.seen.last {
            _ if type_info.content == Content::All => return Ok(()),
            Some(last) if index < last => {
                return self.refuse(Error::at(ErrorKind::UnexpectedElement, at, "it must come earlier: the order is wrong"));
            }
            last => last,
        };
        let next = last.map_or(0, |last| last + 1);
        if next >= index { Ok(()) } else { self.none_missing(type_info, next..index, progress) }
    }

    /// Rejects a child if a required item before it is missing.
    fn none_missing(&mut self, type_info: &'static TypeInfo, between: std::ops::Range<usize>, progress: &Progress) -> Result<()> {
        for (index, item) in between.clone().zip(type_info.items().get(between).unwrap_or_default()) {
            if item.min > 0 && !progress.seen.has(index) {
                let error = Error::at(ErrorKind::Missing, self.parent.at, "it is required before the next element");
                self.refuse(error.step(item.first_name()))?;
            }
        }
        Ok(())
    }

    /// Notes or rejects missing items at the end of an element.
    #[cold]
    fn finish(&mut self, type_info: &'static TypeInfo, tag: &Tag, slots: &[&mut dyn Slot], progress: &Progress) -> Result<()> {
        for ((index, item), slot) in type_info.items().iter().enumerate().zip(slots) {
            let few = item.max > 1 && !slot.has(item.min);
            if item.min > 0 && !progress.seen.has(index) || few {
                if self.strict && (type_info.model.is_some() || type_info.content == Content::Mixed) {
                    continue; // the content model was satisfied, which is what counts
                }
                self.missing(item, tag)?;
            }
        }
        for (index, seen) in &progress.groups {
            if let Some(inner) = type_info.items().get(*index).and_then(FieldInfo::type_info) {
                self.finish_group(inner, seen)?;
            }
        }
        Ok(())
    }

    pub(super) fn missing(&mut self, item: &FieldInfo, tag: &Tag) -> Result<()> {
        let name = item.first_name();
        self.report_missing(tag.at, Step::Child(&name), || match item.min {
            ..=1 => format!("the element {name} is required"),
            least => format!("the element {name} must occur at least {least} times"),
        })
    }
}

#[cold]
fn uneven(tag: &Tag) -> Error {
    Error::at(ErrorKind::Type, tag.at, "the table of the type has more attributes than the type")
}
