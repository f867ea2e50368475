//! Nobody depends on this package: it is the workbench where the rooms of the workspace meet, in `build.rs`, `tests/` and `examples/`.
//! Its library is empty but for the examples of the README, which are compiled as documentation tests.

#![forbid(unsafe_code)]

/// The README of the workspace.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
