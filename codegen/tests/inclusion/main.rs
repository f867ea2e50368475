//! Compares small schemas, and has each witness confirmed by `xmllint` on both sides.
#![allow(clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]

mod mutate;
mod mutations;
mod oracle;
mod pairs;
mod perturb;
mod restrictions;
mod sets;
mod soundness;
mod support;
mod tolerant;
