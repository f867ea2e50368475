//! Describes a schema set: its namespaces, and the checks of strict mode that need more than the tables of its types.

pub(crate) mod constraint;
pub(crate) mod rules;
mod set;

pub use self::constraint::Constraint;
pub use self::rules::{BUILT_IN, Declaration, EXTENSION, GlobalAttribute, NamedType, RESTRICTION, Rules};
pub(crate) use self::set::{NO_SCHEMA, XML, XMLNS, XS, XSI};
pub use self::set::{Namespace, Schema, numbered};
