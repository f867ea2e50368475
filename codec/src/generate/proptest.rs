//! Implements `Arbitrary` of the crate proptest.

use std::fmt::Debug;

use proptest::arbitrary::{Arbitrary, any};
use proptest::strategy::{BoxedStrategy, Strategy};

use super::{Generate, Source, for_all};
use crate::{List, MaybeNil, Nillable, XsiBox, XsiTyped};

/// The most numbers that a value is made from. Further numbers are 0.
const MOST: usize = 32;

/// The numbers of a test case.
struct Numbers(std::vec::IntoIter<u64>);

impl Source for Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0.next().map_or(0, |number| number % end.max(1))
    }
}

/// Returns a strategy of values that can be written as XML and are equal to what is read again. Generated code names it in
/// `#[proptest(strategy = ...)]` for texts and floating-point numbers.
pub fn any_value<T: Generate + Debug + 'static>() -> BoxedStrategy<T> {
    proptest::collection::vec(any::<u64>(), 0..MOST).prop_map(|numbers| T::generate(&mut Numbers(numbers.into_iter()))).boxed()
}

/// Returns a strategy of lists of at least `MIN` and at most `MAX` values, each as [`any_value`] makes it.
pub fn any_values<const MIN: usize, const MAX: usize, T: Generate + Debug + 'static>() -> BoxedStrategy<Vec<T>> {
    proptest::collection::vec(any_value(), MIN..=MAX).boxed()
}

/// Returns a strategy of lists of at least `MIN` and at most `MAX` values.
pub fn any_list<const MIN: usize, const MAX: usize, T: Arbitrary + 'static>() -> BoxedStrategy<Vec<T>>
where
    T::Strategy: 'static,
{
    proptest::collection::vec(any::<T>(), MIN..=MAX).boxed()
}

macro_rules! implement {
    ($($type:ty),*) => {$(
        impl Arbitrary for $type {
            type Parameters = ();
            type Strategy = BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                any_value()
            }
        }
    )*};
}

for_all!(implement);

macro_rules! holders {
    ($($type:ident: $value:ty => |$held:ident| $make:expr;)*) => {$(
        impl<T: Arbitrary + 'static> Arbitrary for $type<T>
        where
            T::Strategy: 'static,
        {
            type Parameters = ();
            type Strategy = BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                any::<$value>().prop_map(|$held| $make).boxed()
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
