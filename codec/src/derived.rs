//! The functions that derived code calls: for constructors and setters, and for `Debug`, `Clone` and `PartialEq`. `Debug` shows the fields that hold a
//! value; the values format themselves, and secrets are masked.

use std::fmt;
use std::mem::discriminant;

use crate::secret::mask_parameters;
use crate::tables::{TypeCell, TypeInfo};
use crate::value::{Slot, Value, Variants};

/// Formats a structure with the fields that hold a value; `..` stands for the others.
///
/// # Errors
/// Fails if the formatter fails.
pub fn debug(value: &dyn Value, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    let mut hidden = false;
    value.slots(&mut |cell: &'static TypeCell, slots: &[&dyn Slot]| {
        let info = cell.info();
        for (field, slot) in info.attributes().iter().chain(info.items()).zip(slots) {
            let secret = secret_parameters(info, field.type_info);
            match slot.get(0) {
                None => hidden = true,
                Some(value) if field.max == 1 => drop(shown.field(field.rust_name, &Shown { value, secret })),
                Some(_) => drop(shown.field(field.rust_name, &All { slot: *slot, secret })),
            }
        }
    });
    if hidden { shown.finish_non_exhaustive() } else { shown.finish() }
}

/// Returns the names of the parameters to mask in a field, given its table. A structure, a choice or a group masks those in its own fields.
fn secret_parameters(owner: &TypeInfo, field: Option<&TypeInfo>) -> &'static [&'static str] {
    if field.is_some() { &[] } else { owner.schema.secret_parameters() }
}

/// Formats a choice as its variant with its value.
///
/// # Errors
/// Fails if the formatter fails.
pub fn debug_choice(choice: &dyn Variants, cell: &'static TypeCell, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some((index, slot)) = choice.active() else { return Ok(()) };
    let Some((variant, (_, _, max), _, _, info, _)) = cell.info().definitions().get(index) else { return Ok(()) };
    let secret = secret_parameters(cell.info(), info().type_info);
    match slot.get(0) {
        Some(value) if *max == 1 => debug_variant(variant, &Shown { value, secret }, f),
        _ => debug_variant(variant, &All { slot, secret }, f),
    }
}

/// Formats a variant.
///
/// # Errors
/// Fails if the formatter fails.
pub fn debug_variant(name: &str, value: &dyn fmt::Debug, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(name).field(value).finish()
}

// A constructor or setter calls one of the following functions for each of its parameters, instead of assigning the converted value itself. A call
// takes the compiler half as long to check.

/// Sets a required field.
#[inline]
pub fn fill<T>(field: &mut T, value: impl Into<T>) {
    *field = value.into();
}

/// Sets a required field that is boxed.
#[inline]
pub fn fill_box<T>(field: &mut Box<T>, value: impl Into<T>) {
    **field = value.into();
}

/// Sets an optional field.
#[inline]
pub fn set<T>(field: &mut Option<T>, value: impl Into<T>) {
    *field = Some(value.into());
}

/// Sets an optional field that is boxed.
#[inline]
pub fn set_box<T>(field: &mut Option<Box<T>>, value: impl Into<T>) {
    *field = Some(Box::new(value.into()));
}

/// Sets a field that repeats.
#[inline]
pub fn set_all<T>(field: &mut Vec<T>, values: impl IntoIterator<Item = impl Into<T>>) {
    *field = values.into_iter().map(Into::into).collect();
}

/// Sets an optional field that holds the list of a wrapper.
#[inline]
pub fn set_list<T>(field: &mut Option<Vec<T>>, values: impl IntoIterator<Item = impl Into<T>>) {
    *field = Some(values.into_iter().map(Into::into).collect());
}

/// Sets a field that repeats and whose values are boxed.
#[inline]
pub fn set_all_boxed<T>(field: &mut Vec<Box<T>>, values: impl IntoIterator<Item = impl Into<T>>) {
    *field = values.into_iter().map(|value| Box::new(value.into())).collect();
}

/// Clones an enum value with the first of the functions that handles its variant. Each function handles a part
/// of the variants.
pub fn clone_by<T: Value>(value: &T, parts: &[fn(&T) -> Option<T>]) -> T {
    for part in parts {
        if let Some(copy) = part(value) {
            return copy;
        }
    }
    T::empty()
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
struct All<'s> {
    slot: &'s dyn Slot,
    secret: &'static [&'static str],
}

impl fmt::Debug for All<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.slot.values().map(|value| Shown { value, secret: self.secret })).finish()
    }
}

/// Formats a value, with the values of these parameters of addresses masked.
struct Shown<'v> {
    value: &'v dyn Value,
    secret: &'static [&'static str],
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.secret.is_empty() {
            return self.value.fmt(f);
        }
        let text = if f.alternate() { format!("{:#?}", self.value) } else { format!("{:?}", self.value) };
        f.write_str(&mask_parameters(&text, self.secret))
    }
}
