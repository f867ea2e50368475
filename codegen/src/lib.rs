//! Generates Rust types, readers and writers from XML Schema (XSD).
