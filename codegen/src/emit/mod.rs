//! Turns the [`RustIr`](crate::ir::RustIr) into Rust tokens. The tokens of each item are parsed again, so that no text from a schema can break the
//! structure of the generated code.
//!
//! `names` emits identifiers, paths and types; `simple` facets; `members` fields and variants; `items` the types that contain them; `modules` the
//! modules; `root` and `rules` the contents of `lib.rs` other than its modules; `versions` what connects several
//! versions of a schema.

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
mod versions;

pub(crate) use self::modules::files;
pub(crate) use self::parts::{Fault, Faults, File, Part};
pub(crate) use self::root::{lib, one_file};
pub(crate) use self::versions::lib as versions;
