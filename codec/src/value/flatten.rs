//! Structs whose fields are also fields of other structs: base types and attribute groups. The document and the tables of the struct around them have
//! their fields as if they were declared there.

use crate::value::Slot;

/// A struct that is flattened into another, or that another is flattened into.
pub trait Flatten {
    /// Adds the slots of the struct, those of flattened structs first.
    fn collect<'s>(&'s self, to: &mut Slots<&'s dyn Slot>);

    /// Adds the slots of the struct for reading, in the same order.
    fn collect_mut<'s>(&'s mut self, to: &mut Slots<&'s mut dyn Slot>);
}

/// The slots of a struct and of the structs that are flattened into it.
#[derive(Debug)]
pub struct Slots<S> {
    attributes: Vec<S>,
    others: Vec<S>,
}

impl<S> Slots<S> {
    /// Adds the slots of a struct: those of its attributes, and the others.
    pub fn add<const A: usize, const O: usize>(&mut self, attributes: [S; A], others: [S; O]) {
        self.attributes.extend(attributes);
        self.others.extend(others);
    }

    /// Returns the slots that `collect` adds, in the order of the table.
    fn of(collect: impl FnOnce(&mut Self)) -> Vec<S> {
        let mut slots = Self { attributes: Vec::new(), others: Vec::new() };
        collect(&mut slots);
        slots.attributes.append(&mut slots.others);
        slots.attributes
    }
}

/// Returns the slots of a struct and of the structs that are flattened into it, in the order of its table.
pub fn flat(value: &dyn Flatten) -> Vec<&dyn Slot> {
    Slots::of(|slots| value.collect(slots))
}

/// Returns the slots of a struct and of the structs that are flattened into it, in the order of its table, for reading.
pub fn flat_mut(value: &mut dyn Flatten) -> Vec<&mut dyn Slot> {
    Slots::of(|slots| value.collect_mut(slots))
}
