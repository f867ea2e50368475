//! In: the lines that generated code holds for each type. Out: static tables, and implementations of the traits that use them.
//! Not done here: anything at run time. `fields` - one line; `complex` - `complex_type!` and `group!`; `choice` - `choice!`,
//! `polymorphic!`; `simple` - `schema!`, `enumeration!`; `typed` - types of texts; `whole` - `document!`, `operations!`;
//! `variants` - `Clone` and `PartialEq` of enums.

mod choice;
mod complex;
mod fields;
mod simple;
mod typed;
mod union;
mod variants;
mod whole;

pub use variants::{clone_by, clone_variant, eq_by};
