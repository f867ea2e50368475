//! The macros of generated code: the namespaces of a schema set, and types of texts that mean more than the schema says.

mod schema;
mod typed;
mod variants;

pub use variants::{clone_by, clone_variant, eq_by};
