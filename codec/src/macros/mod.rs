//! Defines the macros of generated code: the namespaces of a schema set, the code that the derive shares among structs and enumerations, types for
//! texts with a more specific meaning than the schema gives them, and the conversions between versions of a schema.

mod builder;
mod convert;
mod enumeration;
mod include;
mod json;
mod other_crates;
mod schema;
mod structure;
mod typed;
mod versions;
