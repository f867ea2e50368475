//! In: a structure and its table. Out: how `Debug` shows it.
//! Not done here: the values of its fields, which show themselves; secrets among them do not.

use std::fmt;

use crate::shape::Shape;
use crate::value::{Slot, Value};
use crate::write::slots_of;

/// Shows a structure with those of its fields that hold something; `..` stands for the others.
///
/// # Errors
/// Those of the formatter.
pub fn debug(value: &dyn Value, name: &str, shape: &'static Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    let mut hidden = false;
    slots_of(value, &mut |slots| {
        for ((field, occurrence), slot) in shape.fields().zip(slots) {
            match slot.get(0) {
                None => hidden = true,
                Some(value) if matches!(occurrence, "1" | "?") => drop(shown.field(field, &value)),
                Some(_) => drop(shown.field(field, &All(*slot))),
            }
        }
    });
    if hidden { shown.finish_non_exhaustive() } else { shown.finish() }
}

/// The values of a slot that holds many.
struct All<'s>(&'s dyn Slot);

impl fmt::Debug for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.values()).finish()
    }
}
