//! What the derived `Clone` and `PartialEq` of enums call.

use std::mem::discriminant;

use crate::value::Value;

/// Copies a value of an enumeration by the part of its variants that knows it.
#[doc(hidden)]
pub fn clone_by<T: Value>(value: &T, parts: &[fn(&T) -> Option<T>]) -> T {
    for part in parts {
        if let Some(copy) = part(value) {
            return copy;
        }
    }
    T::blank()
}

/// A copy of what stands in a variant, as that variant.
#[doc(hidden)]
#[inline]
pub fn clone_variant<V: Clone, T>(value: &V, variant: fn(V) -> T) -> Option<T> {
    Some(variant(value.clone()))
}

/// Compares values of an enumeration by the part of its variants that knows both.
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
