//! The reading half, from files to the model: each rule with a schema that keeps it and one that breaks it.

mod composition;
mod datatypes;
mod limits;
mod model;
mod structures;
mod support;
