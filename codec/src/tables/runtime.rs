//! The definitions of types of a schema set that a program reads at run time. Compiled bindings state their types as statics and functions;
//! these definitions are plain data. Both lead to the same [`TypeInfo`], so that one reader serves both.

use std::fmt;

use crate::schema::Schema;
use crate::simple::SimpleType;
use crate::tables::info::{FieldExtras, Occurrence, TypeCell, TypeInfo, ValueInfo};
use crate::tables::kinds::{Content, ValueFlags};
use crate::tables::particle::Particle;
use crate::value::{Slot, Value};

/// The definition of a type: a complex type, a group, a choice, or the root elements.
#[derive(Debug)]
pub struct RuntimeType {
    /// Its schema set.
    pub schema: &'static Schema,
    /// Its namespace and name; a choice or a group has no namespace.
    pub name: (u16, &'static str),
    /// Its kind of content.
    pub content: Content,
    /// Its fields, the attributes first.
    pub fields: &'static [RuntimeField],
    /// A content model that its fields cannot express.
    pub model: Option<&'static Particle>,
    /// Whether it is abstract.
    pub is_abstract: bool,
}

/// The definition of a field, as [`FieldDef`](crate::FieldDef) for compiled bindings.
#[derive(Debug)]
pub struct RuntimeField {
    /// Its name in generated code.
    pub name: &'static str,
    /// Its position, and how often it occurs.
    pub occurrence: Occurrence,
    /// The number of its namespace.
    pub namespace: u16,
    /// Its local name; for a wildcard, the namespace constraint.
    pub local: &'static str,
    /// The properties of its values.
    pub value: RuntimeValue,
    /// The properties that only few fields have.
    pub extras: FieldExtras,
}

/// The properties of a value, as [`ValueInfo`]. It refers to the static of its type, which may be defined later.
#[derive(Debug, Clone, Copy)]
pub struct RuntimeValue {
    /// The kind of value.
    pub kind: ValueFlags,
    /// The static of a complex type, a choice or a group.
    pub cell: Option<&'static TypeCell>,
    /// The facets of a simple type.
    pub simple: Option<&'static SimpleType>,
}

impl RuntimeValue {
    /// Returns the properties with more flags.
    #[must_use]
    pub const fn with(self, kind: ValueFlags) -> Self {
        Self { kind: self.kind.with(kind), ..self }
    }

    /// Returns the properties as the tables need them. The type must be defined.
    #[must_use]
    pub fn info(&self) -> ValueInfo {
        ValueInfo { type_info: self.cell.map(TypeCell::info), simple: self.simple, ..ValueInfo::of(self.kind) }
    }
}

/// Makes empty values of a schema set that is read at run time, where the reader itself needs one.
pub trait RuntimeValues: fmt::Debug + Sync {
    /// Returns an empty slot for the root element of this number.
    fn root(&self, index: usize) -> Option<Box<dyn Slot>>;

    /// Returns an empty value of the named complex type of this number.
    fn named(&self, index: usize) -> Option<Box<dyn Value>>;
}

/// The definitions of the fields of a type.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Definitions {
    /// Those of compiled bindings.
    Compiled(&'static [crate::tables::FieldDef]),
    /// Those of a schema set that was read at run time.
    Runtime(&'static [RuntimeField]),
}

impl TypeCell {
    /// Defines a type of a schema set that was read at run time. A type that is already defined keeps its definition.
    pub fn define(&'static self, ty: RuntimeType) {
        self.set(TypeInfo::of_runtime(ty));
    }
}
