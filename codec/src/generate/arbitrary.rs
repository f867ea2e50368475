//! Implements `Arbitrary` of the crate arbitrary.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::{Generate, Source, for_all};
use crate::{List, MaybeNil, Nillable, XsiBox, XsiTyped};

impl Source for Unstructured<'_> {
    fn below(&mut self, end: u64) -> u64 {
        self.int_in_range(0..=end.saturating_sub(1)).unwrap_or_default()
    }
}

/// Makes a value that can be written as XML and is equal to what is read again. Generated code names it in `#[arbitrary(with = ...)]` for texts and
/// floating-point numbers.
///
/// # Errors
/// Never fails: if there is no data left, the value is a small one.
pub fn arbitrary_value<T: Generate>(data: &mut Unstructured<'_>) -> Result<T> {
    Ok(T::generate(data))
}

/// Makes a list of at least `MIN` and at most `MAX` values, each as [`arbitrary_value`] does.
///
/// # Errors
/// Never fails.
pub fn arbitrary_values<const MIN: u64, const MAX: u64, T: Generate>(data: &mut Unstructured<'_>) -> Result<Vec<T>> {
    (0..MIN + data.below(MAX.saturating_sub(MIN) + 1)).map(|_| arbitrary_value(data)).collect()
}

/// Makes a list of at least `MIN` and at most `MAX` values.
///
/// # Errors
/// Fails if a value cannot be made.
pub fn arbitrary_list<'a, const MIN: u64, const MAX: u64, T: Arbitrary<'a>>(data: &mut Unstructured<'a>) -> Result<Vec<T>> {
    (0..MIN + data.below(MAX.saturating_sub(MIN) + 1)).map(|_| T::arbitrary(data)).collect()
}

/// Makes a value in one of four cases, and otherwise the default, which is `None` or an empty list. It is for fields that make a type contain itself.
///
/// # Errors
/// Fails if a value cannot be made.
pub fn arbitrary_rarely<'a, T: Arbitrary<'a> + Default>(data: &mut Unstructured<'a>) -> Result<T> {
    if data.below(4) == 3 { T::arbitrary(data) } else { Ok(T::default()) }
}

macro_rules! implement {
    ($($type:ty),*) => {$(
        impl<'a> Arbitrary<'a> for $type {
            fn arbitrary(data: &mut Unstructured<'a>) -> Result<Self> {
                arbitrary_value(data)
            }
        }
    )*};
}

for_all!(implement);

macro_rules! holders {
    ($($type:ident: $value:ty => |$held:ident| $make:expr;)*) => {$(
        impl<'a, T: Arbitrary<'a>> Arbitrary<'a> for $type<T> {
            fn arbitrary(data: &mut Unstructured<'a>) -> Result<Self> {
                <$value>::arbitrary(data).map(|$held| $make)
            }
        }
    )*};
}

holders! {
    List: Vec<T> => |items| List(items);
    Nillable: Option<T> => |value| value.map_or(Nillable::Nil, Nillable::Value);
    MaybeNil: T => |value| value.into();
    XsiBox: T => |value| value.into();
    XsiTyped: T => |value| value.into();
}
