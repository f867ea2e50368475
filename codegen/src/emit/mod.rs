//! Spells the [`RustIr`](crate::ir::RustIr) as Rust items, of tokens: each item is parsed again, so that nothing of a schema can break out of its
//! place.
//!
//! `names` spells identifiers, paths and types; `simple` facets; `members` fields and variants; `items` the types around them; `modules` what holds
//! these; `root` and `rules` what `lib.rs` has beside its modules.

mod attributes;
mod imports;
mod items;
mod members;
mod modules;
mod names;
mod parts;
mod root;
mod rules;
mod simple;

pub(crate) use self::modules::file;
pub(crate) use self::parts::{Fault, Faults, File, Part};
pub(crate) use self::root::lib;
