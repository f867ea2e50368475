//! Writes elements with attributes and children. Texts are in `texts`, `xsi:type` in `types`.

use super::writer::Outer;
use super::writer::{BATCH, Writer};
use crate::error::{Error, ErrorKind, Result};
use crate::options::Defaults;
use crate::tables::{Content, FieldInfo, Place, TypeCell, TypeInfo, UNBOUNDED};
use crate::value::{Slot, Variants};

/// The state of an element while its children are written.
#[derive(Default)]
struct Level {
    /// The number of prefixes that were declared before the element.
    mark: usize,
    /// The number of bytes that were written before its content.
    from: usize,
    /// The number of bytes of declarations that had been inserted before its content was begun.
    inserted: usize,
    /// The name for the end tag, if it differs from that in the table.
    rename: Option<String>,
    /// Whether the content is left out.
    nil_body: bool,
    /// The flags of the writer with the same names, as they were outside the element.
    qualified: bool,
    plain: bool,
    indents: bool,
    /// Identifies the enclosing element by the number of bytes before it.
    owner: usize,
    /// What the children of the enclosing element are checked against, if that was set aside.
    outer: Option<Outer>,
}

impl Writer<'_> {
    /// Writes an element of a complex type. The slots are in the order of the table, attributes first.
    ///
    /// # Errors
    /// Fails if a required part is missing, if a value cannot be written, or if the caller's writer fails.
    #[inline(never)]
    pub fn structure(&mut self, cell: &'static TypeCell, item: &'static FieldInfo, slots: &[&dyn Slot]) -> Result<()> {
        if self.visit.is_some() {
            return self.visit_structure(item, cell.info(), slots);
        }
        self.record(item, cell.info(), slots)
    }

    #[inline]
    fn record(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, slots: &[&dyn Slot]) -> Result<()> {
        if !self.schema.includes(type_info.schema) {
            return self.in_other_schema(item, type_info, slots);
        }
        let Some((attributes, slots)) = slots.split_at_checked(type_info.attributes().len()) else { return Err(uneven()) };
        let mut level = Level::default();
        self.open_record(item, type_info, attributes, &mut level)?;
        if !level.nil_body {
            self.write_slots(type_info.items(), slots)?;
        }
        self.close_record(item, type_info, &mut level)
    }

    /// Writes the start tag and the attributes.
    #[inline(always)]
    fn open_record(
        &mut self,
        item: &'static FieldInfo,
        type_info: &'static TypeInfo,
        attributes: &[&dyn Slot],
        level: &mut Level,
    ) -> Result<()> {
        self.note_constraints(type_info);
        self.check_abstract(type_info)?;
        level.mark = self.declared.len();
        let own = self.total();
        level.owner = std::mem::replace(&mut self.checks.owner, own);
        let root = self.depth == 0;
        level.nil_body = std::mem::take(&mut self.nil_body);
        level.rename = self.start_record(item, type_info, attributes)?;
        (level.qualified, level.plain, level.indents) = (self.qualified, self.plain, self.indents);
        if root {
            self.qualified = self.form_below_root();
        }
        self.plain = self.qualified && self.options.indent.is_none();
        self.indents = self.indents && type_info.content != Content::Mixed;
        self.depth += 1;
        (level.from, level.inserted) = (self.total(), self.inserted);
        if type_info.content == Content::Text {
            // An identifier in the content of an element identifies the enclosing element (Part 1, section 3.15.4).
            (self.checks.owner, self.value_constraints) = (level.owner, item.value_constraint.is_some());
        } else if self.follows() || type_info.model.is_some() || type_info.is_wild() {
            level.outer = Some(self.enter_content(type_info));
        }
        Ok(())
    }

    /// Writes the end tag.
    #[inline(always)]
    fn close_record(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, level: &mut Level) -> Result<()> {
        if let Some(outer) = level.outer.take() {
            self.leave_content(outer, level.nil_body)?;
        }
        if item.fixed {
            self.check_fixed(item, type_info, level.from + self.inserted - level.inserted)?;
        }
        self.checks.owner = level.owner;
        self.depth -= 1;
        (self.qualified, self.plain, self.indents) = (level.qualified, level.plain, level.indents);
        if level.from == self.total() {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            if self.indents && has_children(type_info) {
                self.line(self.depth);
            }
            self.rename = level.rename.take();
            match &item.tags {
                Some([_, close]) if self.plain => self.out.push_padded(close),
                _ if self.plain => self.out.push_str(item.close),
                _ => self.close(item),
            }
        }
        self.declared.truncate(level.mark);
        self.send(BATCH)
    }

    /// Writes the start tag. Returns the name for the end tag, if it differs from that in the table.
    #[inline(always)]
    fn start_record(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, attributes: &[&dyn Slot]) -> Result<Option<String>> {
        let from = self.out.len();
        if self.plain {
            match &item.tags {
                Some([open, _]) => self.out.push_padded(open),
                None => self.out.push_str(item.open),
            }
            if !attributes.is_empty() {
                self.out.pop();
                self.write_attributes(type_info, attributes)?;
                self.out.push(b'>');
                self.kept_attributes(from, type_info)?;
            }
            return Ok(None);
        }
        self.open(item);
        self.write_attributes(type_info, attributes)?;
        self.out.push(b'>');
        self.kept_attributes(from, type_info)?;
        Ok(self.rename.take())
    }

    /// Writes attributes, and if the options ask for it, those for which the schema supplies a value.
    #[inline(always)]
    fn write_attributes(&mut self, type_info: &'static TypeInfo, slots: &[&dyn Slot]) -> Result<()> {
        self.write_slots(type_info.attributes(), slots)?;
        match self.options.defaults {
            Defaults::Omit => Ok(()),
            Defaults::Write => self.write_supplied(type_info, slots),
        }
    }

    /// Writes the absent attributes that have a value constraint.
    #[cold]
    fn write_supplied(&mut self, type_info: &'static TypeInfo, slots: &[&dyn Slot]) -> Result<()> {
        for (item, slot) in type_info.attributes().iter().zip(slots) {
            if let Some(value) = item.value_constraint.filter(|_| item.place == Place::Attribute && !slot.has(1)) {
                self.supplied(item, value).map_err(|error| within(error, item))?;
            }
        }
        Ok(())
    }

    /// Writes slots one by one.
    fn write_slots(&mut self, items: &'static [FieldInfo], slots: &[&dyn Slot]) -> Result<()> {
        if self.follows() {
            return self.write_following(items, slots);
        }
        for (item, slot) in items.iter().zip(slots) {
            self.write_slot(item, *slot)?;
        }
        Ok(())
    }

    #[inline(always)]
    fn write_slot(&mut self, item: &'static FieldInfo, slot: &dyn Slot) -> Result<()> {
        if item.max != 1 {
            self.count(item, slot)?;
        }
        slot.write(self, item).map_err(|error| within(error, item))
    }

    /// Writes slots one by one, and checks each of them against the content model or the order of the items.
    #[inline(never)]
    fn write_following(&mut self, items: &'static [FieldInfo], slots: &[&dyn Slot]) -> Result<()> {
        for ((index, item), slot) in items.iter().enumerate().zip(slots) {
            let item = self.follow(items, index, item, *slot).map_err(|error| within(error, item))?;
            slot.write(self, item).map_err(|error| within(error, item))?;
        }
        Ok(())
    }

    /// Checks the number of occurrences of an item.
    #[inline]
    pub(super) fn count(&self, item: &FieldInfo, slot: &dyn Slot) -> Result<()> {
        let (few, many) = (!slot.has(item.min), item.max != UNBOUNDED && slot.has(item.max + 1));
        if (few || many) && self.checked { Err(wrong_count(item, slot.values().count())) } else { Ok(()) }
    }

    /// Writes the children of a group.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::structure`].
    pub fn members(&mut self, cell: &'static TypeCell, slots: &[&dyn Slot]) -> Result<()> {
        let type_info = cell.info();
        if self.visit.is_some() {
            return self.visit_slots(type_info.items(), slots);
        }
        self.note_constraints(type_info);
        self.write_slots(type_info.items(), slots)
    }

    /// Writes the active variant of a choice.
    ///
    /// # Errors
    /// Fails in the same cases as [`Writer::structure`].
    pub fn choice(&mut self, cell: &'static TypeCell, choice: &dyn Variants) -> Result<()> {
        let Some((index, slot)) = choice.active() else { return Ok(()) };
        let type_info = cell.info();
        if self.visit.is_some() {
            return self.visit_slots(type_info.items().get(index..).unwrap_or_default(), &[slot]);
        }
        self.note_constraints(type_info);
        match type_info.items().get(index..=index) {
            Some([item]) if self.follows() && self.checked && !slot.has(1) => Err(wrong_count(item, 0)),
            Some(items) if self.follows() => self.write_following(items, &[slot]),
            Some([item]) => self.write_slot(item, slot),
            _ => Ok(()),
        }
    }

    /// Writes an element whose type belongs to another schema set. All namespaces that the type needs are
    /// declared on the element.
    #[cold]
    fn in_other_schema(&mut self, item: &'static FieldInfo, type_info: &'static TypeInfo, slots: &[&dyn Slot]) -> Result<()> {
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        self.declare_reach(type_info, &mut extra);
        self.extra = extra;
        let here = std::mem::replace(&mut self.schema, type_info.schema);
        let plain = std::mem::replace(&mut self.plain, false);
        let result = self.record(item, type_info, slots);
        (self.schema, self.plain) = (here, plain);
        self.declared.truncate(mark);
        result
    }
}

#[cold]
fn uneven() -> Error {
    Error::new(ErrorKind::Type, "the table of the type has more attributes than the type")
}

#[cold]
fn within(error: Error, item: &FieldInfo) -> Error {
    match item.place {
        Place::Element => error.within(item.local),
        Place::Attribute => error.within(&format!("@{}", item.local)),
        Place::Any | Place::Group | Place::Text => error,
    }
}

fn has_children(type_info: &TypeInfo) -> bool {
    matches!(type_info.content, Content::Sequence | Content::All)
}

#[cold]
fn wrong_count(item: &FieldInfo, count: usize) -> Error {
    let error = match count < item.min as usize {
        true => Error::new(ErrorKind::Missing, format!("the number of occurrences is {count}, the minimum is {}", item.min)),
        false => Error::new(ErrorKind::Repeated, format!("the number of occurrences is {count}, the maximum is {}", item.max)),
    };
    error.within(&item.first_name())
}
