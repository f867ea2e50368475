//! Generates Rust types, readers and writers from XML Schema (XSD).

mod checks;
pub mod codes;
pub mod datatypes;
pub mod diagnostic;
pub mod document;
pub mod ir;
mod load;
pub mod model;
mod resolve;
pub mod sample;
pub mod schema;
pub mod settings;
pub mod source;

pub use load::{LoadOptions, SchemaSet, load};
pub use resolve::{ANY_TYPE, builtin_id, resolve};
