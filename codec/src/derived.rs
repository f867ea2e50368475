//! The functions that derived implementations of `Debug`, `Clone` and `PartialEq` call. `Debug` shows the fields that hold a value; the values format
//! themselves, and secrets are masked.

use std::fmt;
use std::mem::discriminant;

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

/// Clones an enum value with the first of the functions that handles its variant. Each function handles a part
/// of the variants.
pub fn clone_by<T: Value>(value: &T, parts: &[fn(&T) -> Option<T>]) -> T {
    for part in parts {
        if let Some(copy) = part(value) {
            return copy;
        }
    }
    T::blank()
}

/// Clones the content of a variant and wraps it in that variant.
#[inline]
pub fn clone_variant<V: Clone, T>(value: &V, variant: fn(V) -> T) -> Option<T> {
    Some(variant(value.clone()))
}

/// Compares two enum values with the first of the functions that handles their variant. Each function handles a
/// part of the variants.
pub fn eq_by<T>(value: &T, other: &T, parts: &[fn(&T, &T) -> Option<bool>]) -> bool {
    if discriminant(value) != discriminant(other) {
        return false;
    }
    for part in parts {
        if let Some(equal) = part(value, other) {
            return equal;
        }
    }
    true
}

/// Formats all values of a slot as a list.
struct All<'s>(&'s dyn Slot);

impl fmt::Debug for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.values()).finish()
    }
}
