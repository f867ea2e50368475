//! Tests the reading of schemas, from files to the model: each rule has a schema that follows it and one that violates it.

mod catalogs;
mod composition;
mod datatypes;
mod limits;
mod model;
mod structures;
mod support;
mod wsdl;
