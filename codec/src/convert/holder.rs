//! The types that hold a value of another type: boxes, and values that may be nil or have `xsi:type`.

use crate::error::{Error, ErrorKind};
use crate::value::{MaybeNil, Nillable, XsiBox, XsiTyped};

/// A type that holds a value of another type.
pub trait Holder {
    /// The type of the value.
    type Inner;

    /// Holds a value.
    fn hold(value: Self::Inner) -> Self;
}

/// A holder from which the value can be taken.
pub trait Release<E>: Holder {
    /// Takes the value.
    ///
    /// # Errors
    /// Fails if there is no value, or if the holder has more than the value.
    fn release(self) -> Result<Self::Inner, E>;
}

macro_rules! holders {
    ($($holder:ident)*) => {$(
        impl<V> Holder for $holder<V> {
            type Inner = V;

            fn hold(value: V) -> Self {
                value.into()
            }
        }
    )*};
}

holders!(Box Nillable MaybeNil XsiBox XsiTyped);

impl<V, E> Release<E> for Box<V> {
    fn release(self) -> Result<V, E> {
        Ok(*self)
    }
}

impl<V> Release<Error> for Nillable<V> {
    fn release(self) -> Result<V, Error> {
        self.into_option().ok_or_else(nil)
    }
}

impl<V> Release<Error> for MaybeNil<V> {
    fn release(self) -> Result<V, Error> {
        if self.nil { Err(nil()) } else { Ok(self.value) }
    }
}

impl<V> Release<Error> for XsiBox<V> {
    fn release(self) -> Result<V, Error> {
        // The attribute names the declared type.
        Ok(self.into_inner())
    }
}

impl<V> Release<Error> for XsiTyped<V> {
    fn release(self) -> Result<V, Error> {
        if self.has_xsi_type() { Err(typed()) } else { Ok(self.into_inner()) }
    }
}

#[cold]
fn nil() -> Error {
    Error::new(ErrorKind::Type, "it is nil, which the other version does not allow")
}

#[cold]
fn typed() -> Error {
    Error::new(ErrorKind::Type, "it has `xsi:type`, which the other version does not allow")
}
