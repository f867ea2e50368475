//! Implements `Debug` for generated types: decides which fields are shown. The values format themselves;
//! secrets are masked.

use std::fmt;

use crate::tables::TypeInfo;
use crate::value::{Slot, Value, Variants};

/// Formats a structure with the fields that hold a value; `..` stands for the others.
///
/// # Errors
/// Fails if the formatter fails.
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

/// Formats a choice as its variant with its value.
///
/// # Errors
/// Fails if the formatter fails.
pub fn debug_arm(arms: &dyn Variants, type_info: &'static TypeInfo, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, slot)) = arms.active() else { return Ok(()) };
    let Some(variant) = type_info.fields().get(index) else { return Ok(()) };
    match slot.get(0) {
        Some(value) if variant.is_single() => debug_variant(variant.name(), &value, f),
        _ => debug_variant(variant.name(), &All(slot), f),
    }
}

/// Formats a variant.
///
/// # Errors
/// Fails if the formatter fails.
pub fn debug_variant(name: &str, value: &dyn fmt::Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(value).finish()
}

/// Formats all values of a slot as a list.
struct All<'s>(&'s dyn Slot);

impl fmt::Debug for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.values()).finish()
    }
}
