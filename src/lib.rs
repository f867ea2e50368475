//! The root package of the workspace: `build.rs`, `tests/` and `examples/` check all crates together. No crate depends on it.
//! Its library only contains examples of the README and of a page of the book, which are compiled as documentation tests.

#![forbid(unsafe_code)]

/// The README of the workspace.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The page about types of a program.
#[cfg(doctest)]
#[doc = include_str!("../docs/own-types.md")]
pub struct OwnTypes;
