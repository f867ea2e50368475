//! Converts values between the types of two versions of a schema: the functions and traits that [`convert!`](crate::convert!) and
//! [`versions!`](crate::versions!) call.
//!
//! `holder` and `gather` say how a type and a field hold values: `gather` moves the values of a field into a field of another occurrence, `fields` converts the values of one field, `version` finds the
//! version of a document.

mod fields;
mod gather;
mod holder;
mod version;

use std::convert::Infallible;

pub use self::fields::{checked, count, held, into, into_held, lost, missing, moved, no_place, no_type, released, released_into, retyped};
pub use self::gather::{Gather, Occurrences};
pub use self::holder::{Holder, Release};
pub use self::version::{RootName, accepts, listed, no_root, root_name, unknown_root, whole};
use crate::error::Error;
use crate::reflect::within;
use crate::tables::{FieldInfo, TypeInfo};
use crate::value::{List, MaybeNil, Nillable, Value, XsiBox};

/// A value that converts to the type of another version. [`convert!`](crate::convert!) implements it beside `From` or `TryFrom`.
pub trait Convert<T>: Sized {
    /// What can be wrong: nothing, or an [`Error`].
    type Error: Failure;

    /// Converts the value.
    ///
    /// # Errors
    /// Fails if the other type cannot hold the value.
    fn convert(self) -> Result<T, Self::Error>;
}

/// The error of a conversion: [`Error`], or [`Infallible`] for one that cannot fail.
pub trait Failure: From<Infallible> + Sized {
    /// Adds the field of a type to the path of the error, with the index of the value if the field has several.
    #[must_use]
    fn within(self, owner: Option<&'static TypeInfo>, field: &'static str, index: usize) -> Self;
}

impl Failure for Infallible {
    fn within(self, _owner: Option<&'static TypeInfo>, _field: &'static str, _index: usize) -> Self {
        self
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Failure for Error {
    #[cold]
    fn within(self, owner: Option<&'static TypeInfo>, field: &'static str, index: usize) -> Self {
        match owner.and_then(|owner| field_of(owner, field)) {
            Some(field) if field.is_group() => self,
            Some(field) => within(self.nth(index), field),
            None => self,
        }
    }
}

/// Returns the field of this Rust name. The variants of a complex type that is a choice are the fields of its only group.
fn field_of(owner: &'static TypeInfo, name: &str) -> Option<&'static FieldInfo> {
    owner.field(name).or_else(|| owner.items().first().filter(|item| item.is_group())?.type_info()?.field(name))
}

/// Implements the conversion of a holder by that of the value in it.
macro_rules! holders {
    ($($holder:ident: $from:ident $value:ident $convert:expr;)*) => {$(
        impl<A: Value + Convert<B>, B: Value> Convert<$holder<B>> for $holder<A> {
            type Error = A::Error;

            fn convert(self) -> Result<$holder<B>, A::Error> {
                let ($from, $value) = (self, |value: A| value.convert());
                $convert
            }
        }
    )*};
}

holders! {
    Box: from value Ok(Box::new(value(*from)?));
    Nillable: from value match from {
        Nillable::Nil => Ok(Nillable::Nil),
        Nillable::Value(inner) => Ok(Nillable::Value(value(inner)?)),
    };
    MaybeNil: from value Ok(MaybeNil { nil: from.nil, value: value(from.value)? });
    XsiBox: from value {
        let has_xsi_type = from.has_xsi_type();
        Ok(XsiBox::from(value(from.into_inner())?).with_xsi_type(has_xsi_type))
    };
    List: from value Ok(List::from(from.0.into_iter().map(value).collect::<Result<Vec<B>, A::Error>>()?));
}
