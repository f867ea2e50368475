//! In: the variants of an enum that hold one value each. Out: `Clone` and `PartialEq`.
//! Not done here: `Debug`, which comes with the tables (`show`).
//!
//! What derives give keeps room for each variant in one frame of unoptimised code, and elements in elements are copied and compared by functions that
//! call each other: with 300 variants a level would take five kilobytes. Here 32 variants are a function.

use std::mem::discriminant;

use crate::value::Value;

/// Implements `Clone` and `PartialEq`: the type, and then each variant in parentheses.
#[doc(hidden)]
#[macro_export]
macro_rules! __variants {
    ($Type:ident; $($variant:tt)*) => {
        $crate::__variants!(@split $Type [] $($variant)*);
    };
    (@split $Type:ident [$($part:tt)*]
        $v0:tt $v1:tt $v2:tt $v3:tt $v4:tt $v5:tt $v6:tt $v7:tt
        $v8:tt $v9:tt $v10:tt $v11:tt $v12:tt $v13:tt $v14:tt $v15:tt
        $v16:tt $v17:tt $v18:tt $v19:tt $v20:tt $v21:tt $v22:tt $v23:tt
        $v24:tt $v25:tt $v26:tt $v27:tt $v28:tt $v29:tt $v30:tt $v31:tt
        $($rest:tt)+
    ) => {
        $crate::__variants!(@split $Type [$($part)* (
            $v0 $v1 $v2 $v3 $v4 $v5 $v6 $v7
            $v8 $v9 $v10 $v11 $v12 $v13 $v14 $v15
            $v16 $v17 $v18 $v19 $v20 $v21 $v22 $v23
            $v24 $v25 $v26 $v27 $v28 $v29 $v30 $v31
        )] $($rest)+);
    };
    (@split $Type:ident [$($part:tt)*] $($variant:tt)*) => {
        $crate::__variants!(@parts $Type $($part)* ($($variant)*));
    };
    (@parts $Type:ident $(($(($(#[$meta:meta])* $V:ident))*))*) => {
        #[automatically_derived]
        impl ::core::clone::Clone for $Type {
            fn clone(&self) -> Self {
                const PARTS: &[fn(&$Type) -> Option<$Type>] = &[$(|this| match this {
                    $($(#[$meta])* $Type::$V(value) => $crate::clone_variant(value, $Type::$V),)*
                    #[allow(unreachable_patterns)]
                    _ => None,
                }),*];
                $crate::clone_by(self, PARTS)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $Type {
            fn eq(&self, other: &Self) -> bool {
                const PARTS: &[fn(&$Type, &$Type) -> Option<bool>] = &[$(|this, other| match (this, other) {
                    $($(#[$meta])* ($Type::$V(value), $Type::$V(other)) => Some(value == other),)*
                    #[allow(unreachable_patterns)]
                    _ => None,
                }),*];
                $crate::eq_by(self, other, PARTS)
            }
        }
    };
}

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
