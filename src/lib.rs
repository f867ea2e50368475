//! The root package of the workspace: `build.rs`, `tests/` and `examples/` check all crates together. No crate depends on it.
//! Its library only contains the examples of the README, which are compiled as documentation tests.

#![forbid(unsafe_code)]

/// The README of the workspace.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
