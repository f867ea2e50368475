//! Moves the values of a field into a field of the same or another occurrence. Where that can lose values, the error is [`Error`], so that a
//! conversion without errors cannot do it.

use std::{iter, option, vec};

use crate::error::{Error, ErrorKind};
use crate::value::Value;

/// A field that holds one value, an optional value or many values.
pub trait Occurrences: Sized {
    /// The type of one value.
    type One: Value;

    /// An iterator over the values.
    type All: Iterator<Item = Self::One>;

    /// Returns the values.
    fn all(self) -> Self::All;
}

impl<V: Value> Occurrences for V {
    type One = V;
    type All = iter::Once<V>;

    fn all(self) -> Self::All {
        iter::once(self)
    }
}

impl<V: Value> Occurrences for Option<V> {
    type One = V;
    type All = option::IntoIter<V>;

    fn all(self) -> Self::All {
        self.into_iter()
    }
}

impl<V: Value> Occurrences for Vec<V> {
    type One = V;
    type All = vec::IntoIter<V>;

    fn all(self) -> Self::All {
        self.into_iter()
    }
}

/// A field that takes the values of a field of type `F`.
pub trait Gather<F: Occurrences, E>: Occurrences {
    /// Converts each value, given with its index, and collects them.
    ///
    /// # Errors
    /// Fails if a value cannot be converted, or if this field cannot hold all values.
    fn gather(from: F, each: impl FnMut(F::One, usize) -> Result<Self::One, E>) -> Result<Self, E>;
}

impl<A: Value, B: Value, E> Gather<A, E> for B {
    fn gather(from: A, mut each: impl FnMut(A, usize) -> Result<B, E>) -> Result<Self, E> {
        each(from, 0)
    }
}

impl<A: Value, B: Value> Gather<Option<A>, Error> for B {
    fn gather(from: Option<A>, mut each: impl FnMut(A, usize) -> Result<B, Error>) -> Result<Self, Error> {
        each(from.ok_or_else(missing)?, 0)
    }
}

impl<A: Value, B: Value> Gather<Vec<A>, Error> for B {
    fn gather(from: Vec<A>, mut each: impl FnMut(A, usize) -> Result<B, Error>) -> Result<Self, Error> {
        let first = only(from)?.ok_or_else(missing)?;
        each(first, 0)
    }
}

impl<A: Value, B: Value, E> Gather<A, E> for Option<B> {
    fn gather(from: A, mut each: impl FnMut(A, usize) -> Result<B, E>) -> Result<Self, E> {
        each(from, 0).map(Some)
    }
}

impl<A: Value, B: Value, E> Gather<Option<A>, E> for Option<B> {
    fn gather(from: Option<A>, mut each: impl FnMut(A, usize) -> Result<B, E>) -> Result<Self, E> {
        from.map(|value| each(value, 0)).transpose()
    }
}

impl<A: Value, B: Value> Gather<Vec<A>, Error> for Option<B> {
    fn gather(from: Vec<A>, mut each: impl FnMut(A, usize) -> Result<B, Error>) -> Result<Self, Error> {
        only(from)?.map(|value| each(value, 0)).transpose()
    }
}

/// Implements the conversion into a list, which holds everything.
macro_rules! lists {
    ($($from:ty;)*) => {$(
        impl<A: Value, B: Value, E> Gather<$from, E> for Vec<B> {
            fn gather(from: $from, mut each: impl FnMut(A, usize) -> Result<B, E>) -> Result<Self, E> {
                from.all().enumerate().map(|(index, value)| each(value, index)).collect()
            }
        }
    )*};
}

lists! {
    A;
    Option<A>;
    Vec<A>;
}

/// Returns the only value of a list.
fn only<A>(from: Vec<A>) -> Result<Option<A>, Error> {
    let count = from.len();
    let mut all = from.into_iter();
    match (all.next(), all.next()) {
        (first, None) => Ok(first),
        _ => Err(Error::new(ErrorKind::Repeated, format!("it occurs {count} times, and the other version has one"))),
    }
}

#[cold]
fn missing() -> Error {
    Error::new(ErrorKind::Missing, "it is absent, and the other version requires it")
}
