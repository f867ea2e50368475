//! Makes values for tests: what the crates arbitrary and proptest ask for, from the numbers that they give.
//!
//! Each value can be written and is equal to what is read again. Facets of a schema are not considered: `validate` tells whether they hold.

#[cfg(feature = "arbitrary")]
mod arbitrary;
mod literals;
#[cfg(feature = "proptest")]
mod proptest;

#[cfg(feature = "arbitrary")]
pub use self::arbitrary::{arbitrary_list, arbitrary_rarely, arbitrary_value, arbitrary_values};
pub use self::literals::text_of;
#[cfg(feature = "proptest")]
pub use self::proptest::{any_list, any_value, any_values};

use self::literals::word;
use crate::{
    AnyAttribute, AnyElement, AnyType, Base64Binary, HexBinary, Integer, List, MaybeNil, Nillable, QName, Secret, XsiBox, XsiTyped,
};

/// A source of numbers.
pub trait Source {
    /// Returns a number that is less than `end`, or 0 if the source is exhausted.
    fn below(&mut self, end: u64) -> u64;
}

/// A type of which values for tests can be made.
pub trait Generate: Sized {
    /// Makes a value.
    fn generate(source: &mut dyn Source) -> Self;

    /// Makes a list of values.
    fn list(source: &mut dyn Source) -> Vec<Self> {
        (0..source.below(4)).map(|_| Self::generate(source)).collect()
    }
}

/// Implements `Generate` for types that hold a value of another type.
macro_rules! holders {
    ($($type:ident: |$source:ident| $make:expr;)*) => {$(
        impl<T: Generate> Generate for $type<T> {
            fn generate($source: &mut dyn Source) -> Self {
                $make
            }
        }
    )*};
}

holders! {
    Option: |source| (source.below(2) == 1).then(|| T::generate(source));
    Vec: |source| T::list(source);
    Box: |source| Box::new(T::generate(source));
    List: |source| T::list(source).into();
    Nillable: |source| Option::generate(source).map_or(Nillable::Nil, Nillable::Value);
    MaybeNil: |source| T::generate(source).into();
    XsiBox: |source| T::generate(source).into();
    XsiTyped: |source| T::generate(source).into();
}

/// Implements `Generate` for types without parameters.
macro_rules! made {
    ($($(#[$meta:meta])* $type:ty: |$source:ident| $make:expr;)*) => {$(
        $(#[$meta])*
        impl Generate for $type {
            fn generate($source: &mut dyn Source) -> Self {
                $make
            }
        }
    )*};
}

/// The namespace of names that no schema declares.
const ELSEWHERE: &str = "urn:example:elsewhere";

made! {
    String: |source| word(source);
    #[cfg(feature = "compact_str")] crate::CompactString: |source| word(source).into();
    f32: |source| {
        // Numbers of this size are exact, and short decimal numbers are written as they are read.
        let number = u16::try_from(source.below(1 << 16)).unwrap_or_default();
        (f32::from(number) - 32_768.0) / literals::power(source)
    };
    f64: |source| {
        let number = u32::try_from(source.below(1 << 32)).unwrap_or_default();
        (f64::from(number) - 2_147_483_648.0) / f64::from(literals::power(source))
    };
    Secret: |source| word(source).into();
    Integer: |source| literals::integer(source).parse().unwrap_or_default();
    HexBinary: |source| HexBinary(literals::octets(source));
    Base64Binary: |source| Base64Binary(literals::octets(source));
    QName: |source| QName::new(ELSEWHERE, literals::name(source));
    AnyType: |source| word(source).as_str().into();
    AnyElement: |source| {
        let name = literals::name(source);
        AnyElement::from_xml(&format!("<x:{name} xmlns:x=\"{ELSEWHERE}\">{}</x:{name}>", literals::name(source))).unwrap_or_default()
    };
}

impl Generate for AnyAttribute {
    fn generate(source: &mut dyn Source) -> Self {
        AnyAttribute::new(ELSEWHERE, &literals::name(source), &word(source))
    }

    /// Makes attributes of different names, because an element cannot have two of the same name.
    fn list(source: &mut dyn Source) -> Vec<Self> {
        let mut all: Vec<Self> = (0..source.below(4)).map(|_| Self::generate(source)).collect();
        all.sort_by(|one, other| one.name().cmp(other.name()));
        all.dedup_by(|one, other| one.name() == other.name());
        all
    }
}

/// Calls a macro with the types of this crate for which values can be made, and with those that hold a value of another type.
macro_rules! for_all {
    ($macro:ident) => {
        $macro! {
            crate::AnyAttribute, crate::AnyElement, crate::AnyType, crate::Base64Binary, crate::Date, crate::DateTime, crate::Decimal,
            crate::Duration, crate::GDay, crate::GMonth, crate::GMonthDay, crate::GYear, crate::GYearMonth, crate::HexBinary,
            crate::Integer, crate::QName, crate::Secret, crate::Time
        }
    };
}
use for_all;
