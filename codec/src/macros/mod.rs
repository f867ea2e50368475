//! Defines the macros of generated code: the namespaces of a schema set, and types for texts with a more
//! specific meaning than the schema gives them.

mod schema;
mod typed;
