//! The tables of types that drive reading and writing, from the bottom up:
//!
//! - `kinds`: the kinds of values, positions and content; `particle`, `matcher`: content models;
//! - `keys`, `hash_index`: names in the form that the fast paths of reading compare;
//! - `info`: the description of a type, as derived code states it, and the form of its tables;
//! - `runtime`: the definitions of types that are read at run time;
//! - `enumeration`: the values of an enumeration, with an index; `variants`: the variants of one with many values;
//! - `table`, `choice`: build the tables of a type when it is first used;
//! - `lookup`: finds items by name; `declared`: finds what the schema set states beyond the items.

mod choice;
mod declared;
mod enumeration;
mod hash_index;
mod info;
pub(crate) mod keys;
mod kinds;
mod lookup;
pub(crate) mod matcher;
pub(crate) mod particle;
mod runtime;
mod table;
mod variants;

pub use self::enumeration::Enumeration;
pub(crate) use self::info::{ANY_LEAF, ANY_NILLABLE, ANY_ROOT, Choice, Table, VariantInfo, VariantPath};
pub use self::info::{
    Docs, FieldDef, FieldExtras, FieldInfo, Fields, OPTIONAL, Occurrence, REPEATED, REQUIRED, TypeCell, TypeInfo, ValueInfo,
};
pub(crate) use self::kinds::Place;
pub use self::kinds::{Content, FieldKind, Process, TypeName, UNBOUNDED, ValueFlags};
pub(crate) use self::lookup::in_order;
pub use self::particle::{DeclarationInfo, Particle};
pub use self::runtime::{RuntimeField, RuntimeType, RuntimeValue, RuntimeValues};
pub(crate) use self::table::is_mapped;
pub use self::variants::VariantTable;
