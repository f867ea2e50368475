//! Provides functions that the derived `Clone` and `PartialEq` of enums call.

use std::mem::discriminant;

use crate::value::Value;

/// Clones an enum value with the first of the functions that handles its variant. Each function handles a part
/// of the variants.
#[doc(hidden)]
pub fn clone_by<T: Value>(value: &T, parts: &[fn(&T) -> Option<T>]) -> T {
    for part in parts {
        if let Some(copy) = part(value) {
            return copy;
        }
    }
    T::blank()
}

/// Clones the content of a variant and wraps it in that variant.
#[doc(hidden)]
#[inline]
pub fn clone_variant<V: Clone, T>(value: &V, variant: fn(V) -> T) -> Option<T> {
    Some(variant(value.clone()))
}

/// Compares two enum values with the first of the functions that handles their variant. Each function handles a
/// part of the variants.
#[doc(hidden)]
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
