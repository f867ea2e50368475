//! In: a structure or a choice, and its table. Out: how `Debug` shows it.
//! Not done here: the values of its fields, which show themselves; secrets among them do not.

use std::fmt;

use crate::shape::Shape;
use crate::value::{Arms, Slot, Value};
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

/// Shows a choice: its arm, and what stands in it.
///
/// # Errors
/// Those of the formatter.
pub fn debug_arm(arms: &dyn Arms, shape: &'static Shape, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, slot)) = arms.active() else { return Ok(()) };
    let (arm, occurrence) = shape.fields().nth(index).unwrap_or_default();
    match slot.get(0) {
        Some(value) if occurrence == "1" => debug_variant(arm, &value, f),
        _ => debug_variant(arm, &All(slot), f),
    }
}

/// Shows a variant.
///
/// # Errors
/// Those of the formatter.
pub fn debug_variant(name: &str, value: &dyn fmt::Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(value).finish()
}

/// The values of a slot that holds many.
struct All<'s>(&'s dyn Slot);

impl fmt::Debug for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.values()).finish()
    }
}
