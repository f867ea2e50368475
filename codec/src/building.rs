//! The types with which a builder records at compile time which required fields are set.

use std::marker::PhantomData;

/// The state of a required field that is set.
#[derive(Debug)]
pub struct Present;

/// The state of a required field that is not set yet.
#[derive(Debug)]
pub struct Unset<Field>(PhantomData<Field>);

/// The state of a required field with which a builder can build. If a field is missing, the error of the compiler names it.
#[diagnostic::on_unimplemented(
    message = "the required field `{Field}` is not set",
    label = "call the method `{Field}` of the builder before `build`"
)]
pub trait Given<Field> {}

impl<Field> Given<Field> for Present {}
