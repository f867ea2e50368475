//! Writes values as XML, driven by the type tables. The output is collected in a buffer and sent to the
//! caller's writer in batches.
//!
//! Modules: `writer` has the state and the primitive operations, `record` writes elements with children, `checks` rejects what the
//! schema forbids, `fragment` writes records of a larger document, `texts` writes simple values, `types`
//! handles `xsi:type`, `xsi:nil` and kept XML, `names` writes qualified names as values, `scope` declares
//! namespaces.

mod checks;
mod fragment;
mod names;
mod record;
mod scope;
mod texts;
mod types;
mod writer;

pub(crate) use self::fragment::Carried;
pub(crate) use self::texts::is_held;
pub use self::types::Active;
pub use self::writer::Writer;
