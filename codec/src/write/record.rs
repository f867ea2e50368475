//! In: an element with attributes and children. Out: its XML.
//! Not done here: texts (`Writer`), `xsi:type` (`types`).

use std::ptr;

use super::{BATCH, Writer};
use crate::error::{Error, ErrorKind, Result};
use crate::read::first_name;
use crate::shape::{Content, Item, Place, Shape, UNBOUNDED};
use crate::value::Slot;

impl Writer<'_> {
    /// Writes an element of a complex type: slots in the order of the table, attributes first.
    ///
    /// # Errors
    /// What the schema does not allow to be left out; what cannot be written; those of the caller's writer.
    pub fn record(&mut self, item: &'static Item, shape: &'static Shape, slots: &[&dyn Slot]) -> Result<()> {
        if !ptr::eq(shape.schema, self.schema) {
            return self.elsewhere(item, shape, slots);
        }
        let mark = self.declared.len();
        let Some((attributes, slots)) = slots.split_at_checked(shape.attributes().len()) else {
            return Err(Error::new(ErrorKind::Type, "the table of the type has more attributes than the type"));
        };
        let root = self.depth == 0;
        let hollow = std::mem::take(&mut self.hollow);
        let rename = self.start_record(item, shape, attributes)?;
        let outside = (self.qualified, self.plain);
        if root {
            self.qualified = self.form_below_root();
        }
        self.plain = self.qualified && self.options.indent.is_none();
        self.depth += 1;
        let from = self.total();
        if !hollow {
            self.content(shape, slots)?;
        }
        self.depth -= 1;
        (self.qualified, self.plain) = outside;
        if from == self.total() {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            if self.loose && has_children(shape) {
                self.line(self.depth);
            }
            self.rename = rename;
            match &item.tags {
                Some([_, close]) if self.plain => self.out.push_padded(close),
                _ if self.plain => self.out.push_str(item.close),
                _ => self.close(item),
            }
        }
        self.declared.truncate(mark);
        self.send(BATCH)
    }

    /// Writes the start tag. Gives the name for the end tag, if it is not that of the table.
    fn start_record(&mut self, item: &'static Item, shape: &'static Shape, attributes: &[&dyn Slot]) -> Result<Option<String>> {
        if self.plain {
            match &item.tags {
                Some([open, _]) => self.out.push_padded(open),
                None => self.out.push_str(item.open),
            }
            if !attributes.is_empty() {
                self.out.pop();
                self.write_slots(shape.attributes(), attributes)?;
                self.out.push(b'>');
            }
            return Ok(None);
        }
        self.open(item);
        self.write_slots(shape.attributes(), attributes)?;
        self.out.push(b'>');
        Ok(self.rename.take())
    }

    fn content(&mut self, shape: &'static Shape, slots: &[&dyn Slot]) -> Result<()> {
        let loose = self.loose;
        self.loose = loose && shape.content != Content::Mixed;
        self.write_slots(shape.items(), slots)?;
        self.loose = loose;
        Ok(())
    }

    /// Writes slots one by one.
    fn write_slots(&mut self, items: &'static [Item], slots: &[&dyn Slot]) -> Result<()> {
        for (item, slot) in items.iter().zip(slots) {
            if item.max != 1 {
                check_count(item, *slot)?;
            }
            if let Err(error) = slot.write(self, item) {
                return Err(match item.place {
                    Place::Element => error.within(item.local),
                    Place::Attribute => error.within(&format!("@{}", item.local)),
                    Place::Any | Place::Group | Place::Text => error,
                });
            }
        }
        Ok(())
    }

    /// Writes the slots of a group.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub fn members(&mut self, shape: &'static Shape, slots: &[&dyn Slot]) -> Result<()> {
        if let Some(look) = &mut self.look {
            look(slots);
            return Ok(());
        }
        self.write_slots(shape.items(), slots)
    }

    /// Writes one arm of a choice.
    ///
    /// # Errors
    /// As [`Writer::record`].
    pub fn arm(&mut self, shape: &'static Shape, index: usize, slot: &dyn Slot) -> Result<()> {
        if let Some(look) = &mut self.look {
            look(&[slot]);
            return Ok(());
        }
        match shape.items().get(index..).and_then(|items| items.get(..1)) {
            Some(items) => self.write_slots(items, &[slot]),
            None => Ok(()),
        }
    }

    /// Writes a type of another schema set: all that it needs is declared on its element.
    #[cold]
    fn elsewhere(&mut self, item: &'static Item, shape: &'static Shape, slots: &[&dyn Slot]) -> Result<()> {
        if let Some(look) = &mut self.look {
            look(slots);
            return Ok(());
        }
        let mark = self.declared.len();
        let mut extra = std::mem::take(&mut self.extra);
        self.declare_reach(shape, &mut extra);
        self.extra = extra;
        let here = std::mem::replace(&mut self.schema, shape.schema);
        let plain = std::mem::replace(&mut self.plain, false);
        let result = self.record(item, shape, slots);
        (self.schema, self.plain) = (here, plain);
        self.declared.truncate(mark);
        result
    }
}

fn has_children(shape: &Shape) -> bool {
    matches!(shape.content, Content::Sequence | Content::All)
}

/// Checks how often an item stands.
fn check_count(item: &Item, slot: &dyn Slot) -> Result<()> {
    let (few, many) = (!slot.has(item.min), item.max != UNBOUNDED && slot.has(item.max + 1));
    if few || many { Err(wrong_count(item, slot.values().count())) } else { Ok(()) }
}

#[cold]
fn wrong_count(item: &Item, count: usize) -> Error {
    let error = match count < item.min as usize {
        true => Error::new(ErrorKind::Missing, format!("{count} where {} must stand at least", item.min)),
        false => Error::new(ErrorKind::Repeated, format!("{count} where {} may stand at most", item.max)),
    };
    error.within(&first_name(item))
}
