//! Converts the values of one field. `O` is the type with the old field, `N` the type with the new one; `old` and `new` are the Rust names of
//! the fields, by which an error finds their names in XML.

use super::gather::{Gather, Occurrences};
use super::holder::{Holder, Release};
use super::{Convert, Failure, field_of};
use crate::error::{Error, ErrorKind, excerpt};
use crate::reflect::{check, text_of};
use crate::tables::{FieldInfo, UNBOUNDED, ValueFlags};
use crate::value::{Slot, Value};

/// Converts each value by a function.
fn gathered<O: Value, F, T, E>(from: F, old: &'static str, mut each: impl FnMut(F::One) -> Result<T::One, E>) -> Result<T, E>
where
    F: Occurrences,
    T: Gather<F, E>,
    E: Failure,
{
    let mut inside = false;
    let result = T::gather(from, |value, index| {
        each(value).map_err(|error| {
            inside = true;
            error.within(O::info().type_info, old, index)
        })
    });
    // An error of the occurrence has no path yet.
    result.map_err(|error| if inside { error } else { error.within(O::info().type_info, old, 0) })
}

/// Moves values of the same type.
///
/// # Errors
/// Fails if the new field cannot hold all values.
pub fn moved<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences,
    T: Gather<F, E> + Occurrences<One = F::One>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, Ok)
}

/// Moves values into holders.
///
/// # Errors
/// Fails if the new field cannot hold all values.
pub fn held<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences,
    T: Gather<F, E, One: Holder<Inner = F::One>>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, |value| Ok(Holder::hold(value)))
}

/// Moves values out of holders.
///
/// # Errors
/// Fails if a holder has more than the value, or if the new field cannot hold all values.
pub fn released<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences<One: Release<E, Inner = T::One>>,
    T: Gather<F, E>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, Release::release)
}

/// Moves values of the same type, unless they have more than the value.
///
/// # Errors
/// Fails if a holder has more than the value, or if the new field cannot hold all values.
pub fn retyped<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences<One: Release<E>>,
    T: Gather<F, E, One: Holder<Inner = <F::One as Holder>::Inner>>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, |value| value.release().map(Holder::hold))
}

/// Converts values.
///
/// # Errors
/// Fails if a value cannot be converted, or if the new field cannot hold all values.
pub fn into<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences<One: Convert<T::One, Error: Into<E>>>,
    T: Gather<F, E>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, |value| value.convert().map_err(Into::into))
}

/// Converts values, and moves the results into holders.
///
/// # Errors
/// Fails in the same cases as [`into`].
pub fn into_held<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences<One: Convert<<T::One as Holder>::Inner, Error: Into<E>>>,
    T: Gather<F, E, One: Holder>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, |value| value.convert().map(Holder::hold).map_err(Into::into))
}

/// Converts the values in holders.
///
/// # Errors
/// Fails in the same cases as [`into`], and if a holder has more than the value.
pub fn released_into<O: Value, N, F, T, E>(from: F, old: &'static str, _new: &'static str) -> Result<T, E>
where
    F: Occurrences<One: Release<E, Inner: Convert<T::One, Error: Into<E>>>>,
    T: Gather<F, E>,
    E: Failure,
{
    gathered::<O, F, T, E>(from, old, |value| value.release()?.convert().map_err(Into::into))
}

/// Converts texts: checks each against the simple type of the new field.
///
/// # Errors
/// Fails if a text is not a value of the new type, or if the new field cannot hold all values.
pub fn checked<O: Value, N: Value, F, T, E>(from: F, old: &'static str, new: &'static str) -> Result<T, E>
where
    F: Occurrences,
    T: Gather<F, E>,
    E: Failure + From<Error>,
{
    let field = N::info().type_info.and_then(|owner| field_of(owner, new));
    gathered::<O, F, T, E>(from, old, |value| {
        let mut made = <T::One as Value>::empty();
        let text = text_of(&value);
        set(made.as_value_mut(), text.as_deref(), field)?;
        Ok(made)
    })
}

/// Sets a new value to a text, or leaves it nil if there is no text.
fn set(value: &mut dyn Value, text: Option<&str>, field: Option<&'static FieldInfo>) -> Result<(), Error> {
    match (text, field) {
        (Some(text), Some(field)) => {
            check(field, text)?;
            if value.set_text(text).is_taken() { Ok(()) } else { Err(unfit(field, text)) }
        }
        (None, Some(field)) if field.kind.is(ValueFlags::NILLABLE) => Ok(()), // the empty value of a nillable type is nil
        _ => Err(Error::new(ErrorKind::Type, "it is nil, which the other version does not allow")),
    }
}

#[cold]
fn unfit(field: &'static FieldInfo, text: &str) -> Error {
    Error::new(ErrorKind::Value, format!("{} is not a value of its type in the other version", field.excerpt(text)))
}

/// Checks that a field that only the old version has is absent.
///
/// # Errors
/// Fails if the field has a value.
pub fn lost<O: Value>(slot: &dyn Slot, old: &'static str, version: &str) -> Result<(), Error> {
    match slot.get(0) {
        Some(_) => Err(no_place::<O>(old, version)),
        None => Ok(()),
    }
}

/// Returns the error for a field or a variant that only the old version has.
#[cold]
#[must_use]
pub fn no_place<O: Value>(old: &'static str, version: &str) -> Error {
    let owner = O::info().type_info;
    let field = owner.and_then(|owner| field_of(owner, old));
    let message = match field {
        Some(field) if field.is_attribute() => format!("`{version}` has no attribute `{}` here", field.name()),
        Some(field) if field.is_element() => format!("`{version}` has no element `{}` here", field.name()),
        Some(field) if field.is_group() => format!("`{version}` has no place for these elements"),
        _ => format!("`{version}` has no place for this content"),
    };
    Failure::within(Error::new(ErrorKind::UnexpectedElement, message), owner, old, 0)
}

/// Refuses a value, because the new version requires a field that the old one does not have.
///
/// # Errors
/// Always fails.
#[cold]
pub fn missing<N: Value, T, E: From<Error>>(new: &'static str, version: &str) -> Result<T, E> {
    let owner = N::info().type_info;
    let message = match owner.and_then(|owner| field_of(owner, new)) {
        Some(field) if field.is_attribute() => format!("`{version}` requires the attribute `{}`", field.name()),
        Some(field) if field.is_element() => format!("`{version}` requires the element `{}`", field.name()),
        _ => format!("`{version}` requires content that the value does not have"),
    };
    Err(Failure::within(Error::new(ErrorKind::Missing, message), owner, new, 0).into())
}

/// Returns the error for a type named by `xsi:type` that only the old version has.
#[cold]
#[must_use]
pub fn no_type(name: &str, version: &str) -> Error {
    Error::new(ErrorKind::Type, format!("`{version}` has no type `{}` here", excerpt(name)))
}

/// Checks that the new field may have as many values as the old one has.
///
/// # Errors
/// Fails if there are too few or too many.
pub fn count<O: Value, N: Value>(slot: &dyn Slot, old: &'static str, new: &'static str) -> Result<(), Error> {
    let Some(field) = N::info().type_info.and_then(|owner| field_of(owner, new)) else { return Ok(()) };
    let (least, most) = field.occurrence();
    let found = slot.values().count();
    if found >= least as usize && (most == UNBOUNDED || found <= most as usize) {
        return Ok(());
    }
    let limit = if found < least as usize { format!("at least {least}") } else { format!("at most {most}") };
    let message = format!("it occurs {found} times, and the other version allows {limit}");
    Err(Failure::within(Error::new(ErrorKind::Repeated, message), O::info().type_info, old, 0))
}
