//! Defines the macros of generated code: the namespaces of a schema set, the code that the derive shares among structs and enumerations, and types for
//! texts with a more specific meaning than the schema gives them.

mod builder;
mod enumeration;
mod include;
mod json;
mod other_crates;
mod schema;
mod structure;
mod typed;
