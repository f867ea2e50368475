//! `Debug` of generated types: which fields it shows. The values show themselves; secrets do not.

use std::fmt;

use crate::tables::TypeInfo;
use crate::value::{Slot, Value, Variants};

/// Shows a structure with those of its fields that hold something; `..` stands for the others.
///
/// # Errors
/// Those of the formatter.
pub fn debug(value: &dyn Value, name: &str, type_info: &'static TypeInfo, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    let mut hidden = false;
    value.slots(&mut |slots| {
        for (field, slot) in type_info.fields().iter().zip(slots) {
            match slot.get(0) {
                None => hidden = true,
                Some(value) if field.is_single() => drop(shown.field(field.name(), &value)),
                Some(_) => drop(shown.field(field.name(), &All(*slot))),
            }
        }
    });
    if hidden { shown.finish_non_exhaustive() } else { shown.finish() }
}

/// Shows a choice: its variant, and what it holds.
///
/// # Errors
/// Those of the formatter.
pub fn debug_arm(arms: &dyn Variants, type_info: &'static TypeInfo, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, slot)) = arms.active() else { return Ok(()) };
    let Some(variant) = type_info.fields().get(index) else { return Ok(()) };
    match slot.get(0) {
        Some(value) if variant.is_single() => debug_variant(variant.name(), &value, f),
        _ => debug_variant(variant.name(), &All(slot), f),
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
