//! Compares two models: what one admits and the other does not.

pub mod inclusion;
