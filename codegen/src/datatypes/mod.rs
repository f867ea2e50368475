//! In: literals, and the facets of simple types. Out: whether a literal is in a type, and its value (Part 2).
//! Not done here: anything about schema components; of the rest of the crate only `Builtin` is known.

#![deny(clippy::indexing_slicing)]

pub mod builtin;
pub mod calendar;
pub mod decimal;
pub mod names;
pub mod regex;
pub mod value;

pub use regex::Regex;
pub use value::{Value, is_any_uri};
