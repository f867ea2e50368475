//! Defines [`Rules`]: the global attributes, named types and identity constraints of a schema set, which
//! generated code lists in addition to its types. Most schema sets need no rules. The checks are in
//! `read::wildcard`, `read::xsi_type` and `read::identity`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::error::Result;
use crate::read::{Reader, Tag};
use crate::schema::Schema;
use crate::schema::constraint::{Constraint, Identity};
use crate::simple::SimpleType;
use crate::tables::{FieldInfo, RuntimeValues, TypeCell, TypeInfo, ValueInfo};

/// The checks of strict mode that need more than the tables of types. The generator emits them if the schema
/// set requires them.
#[derive(Debug)]
pub struct Rules {
    attributes: &'static [GlobalAttribute],
    types: &'static [NamedType],
    pub(crate) declarations: &'static [Declaration],
    pub(crate) index: OnceLock<Index>,
}

impl Rules {
    /// Creates an empty set of rules.
    #[must_use]
    pub const fn new() -> Self {
        Self { attributes: &[], types: &[], declarations: &[], index: OnceLock::new() }
    }

    /// Sets the global attribute declarations, which attribute wildcards may admit.
    #[must_use]
    pub const fn attributes(mut self, attributes: &'static [GlobalAttribute]) -> Self {
        self.attributes = attributes;
        self
    }

    /// Sets the named types, which `xsi:type` may name wherever any type is allowed.
    #[must_use]
    pub const fn types(mut self, types: &'static [NamedType]) -> Self {
        self.types = types;
        self
    }

    /// Sets the element declarations that have more properties than name, type and occurrence.
    #[must_use]
    pub const fn declarations(mut self, declarations: &'static [Declaration]) -> Self {
        self.declarations = declarations;
        self
    }

    /// Returns the global attribute of this name.
    pub(crate) fn attribute(&self, schema: &Schema, uri: &str, local: &str) -> Option<&'static GlobalAttribute> {
        self.attributes.iter().find(|it| it.local == local && schema.uri(it.namespace) == uri)
    }

    /// Returns the named type of this name.
    pub(crate) fn named(&self, schema: &Schema, uri: &str, local: &str) -> Option<&'static NamedType> {
        self.types.iter().find(|it| it.local == local && schema.uri(it.namespace) == uri)
    }

    /// Returns the named type with this namespace and local name.
    pub(crate) fn type_of(&self, (namespace, local): (u16, &str)) -> Option<&'static NamedType> {
        self.types.iter().find(|it| it.is(namespace, local))
    }

    pub(crate) fn has_types(&self) -> bool {
        !self.types.is_empty()
    }

    pub(crate) fn has_constraints(&self) -> bool {
        self.declarations.iter().any(|it| !it.constraints.is_empty())
    }

    pub(crate) fn has_declarations(&self) -> bool {
        !self.declarations.is_empty()
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

/// A global attribute declaration (XML Schema Part 1, section 3.2).
#[derive(Debug)]
pub struct GlobalAttribute {
    namespace: u16,
    local: &'static str,
    pub(crate) simple: &'static SimpleType,
    pub(crate) fixed: Option<&'static str>,
}

impl GlobalAttribute {
    /// Returns the declaration of an attribute of a simple type; the namespace is a constant of the module `xmlns`.
    #[must_use]
    pub const fn new(namespace: u16, local: &'static str, simple: &'static SimpleType) -> Self {
        Self { namespace, local, simple, fixed: None }
    }

    /// Sets the fixed value of the attribute.
    #[must_use]
    pub const fn fixed(mut self, text: &'static str) -> Self {
        self.fixed = Some(text);
        self
    }
}

/// A named type, which `xsi:type` can name (section 2.6.1).
#[derive(Debug)]
pub struct NamedType {
    namespace: u16,
    local: &'static str,
    pub(crate) kind: NamedKind,
    pub(crate) base: Option<(u16, &'static str)>,
    pub(crate) method: u8,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum NamedKind {
    Complex(ComplexType),
    Simple(&'static SimpleType),
    Abstract,
}

/// A way to read an element as a complex type and to drop the value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ComplexType {
    /// The function of compiled bindings.
    Compiled(fn(&mut Reader<'_>, &'static FieldInfo, &Tag) -> Result<()>),
    /// The number of a type in a schema set that was read at run time.
    Runtime(&'static dyn RuntimeValues, usize),
}

impl ComplexType {
    /// Reads an element as this type.
    pub(crate) fn read(self, reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
        match self {
            Self::Compiled(read) => read(reader, item, tag),
            Self::Runtime(values, index) => values.named(index).map_or(Ok(()), |mut value| value.read(reader, item, tag, None)),
        }
    }
}

/// The namespace number of built-in types in [`Declaration::of`]. No namespace of a schema set has this number.
pub const BUILT_IN: u16 = u16::MAX;

/// Derivation by extension, as a flag in [`Declaration::block`].
pub const EXTENSION: u8 = 1;
/// Derivation by restriction, list or union, as a flag in [`Declaration::block`].
pub const RESTRICTION: u8 = 2;

impl NamedType {
    pub(crate) const fn new(namespace: u16, local: &'static str, kind: NamedKind) -> Self {
        Self { namespace, local, kind, base: None, method: 0 }
    }

    /// Creates a complex type of a schema set that was read at run time, given its number there.
    #[must_use]
    pub const fn runtime(namespace: u16, local: &'static str, values: &'static dyn RuntimeValues, index: usize) -> Self {
        Self::new(namespace, local, NamedKind::Complex(ComplexType::Runtime(values, index)))
    }

    /// Creates a simple type.
    #[must_use]
    pub const fn simple(namespace: u16, local: &'static str, simple: &'static SimpleType) -> Self {
        Self::new(namespace, local, NamedKind::Simple(simple))
    }

    /// Creates an abstract type, which no element can have.
    #[must_use]
    pub const fn abstract_type(namespace: u16, local: &'static str) -> Self {
        Self::new(namespace, local, NamedKind::Abstract)
    }

    pub(crate) fn is(&self, namespace: u16, local: &str) -> bool {
        self.namespace == namespace && self.local == local
    }

    /// Sets the named type that this type extends.
    #[must_use]
    pub const fn extends(mut self, namespace: u16, local: &'static str) -> Self {
        (self.base, self.method) = (Some((namespace, local)), EXTENSION);
        self
    }

    /// Sets the named type that this type restricts.
    #[must_use]
    pub const fn restricts(mut self, namespace: u16, local: &'static str) -> Self {
        (self.base, self.method) = (Some((namespace, local)), RESTRICTION);
        self
    }
}

/// The properties of an element declaration beyond name, type and occurrence (section 3.3).
#[derive(Debug)]
pub struct Declaration {
    /// The type that contains the element, or `None` for a root element.
    pub(crate) holder: Option<Holder>,
    pub(crate) namespace: u16,
    pub(crate) local: &'static str,
    pub(crate) block: u8,
    pub(crate) ty: Option<(u16, &'static str)>,
    pub(crate) constraints: &'static [Constraint],
}

/// The type that contains a declaration.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holder {
    /// A type of compiled bindings.
    Compiled(fn() -> ValueInfo),
    /// A type that was read at run time.
    Runtime(&'static TypeCell),
}

impl Holder {
    pub(crate) fn type_info(self) -> Option<&'static TypeInfo> {
        match self {
            Self::Compiled(info) => info().type_info,
            Self::Runtime(cell) => Some(cell.info()),
        }
    }
}

impl Declaration {
    pub(crate) const fn new(holder: Option<Holder>, namespace: u16, local: &'static str) -> Self {
        Self { holder, namespace, local, block: 0, ty: None, constraints: &[] }
    }

    /// Creates a declaration of a root element.
    #[must_use]
    pub const fn root(namespace: u16, local: &'static str) -> Self {
        Self::new(None, namespace, local)
    }

    /// Creates a declaration of an element in the content of a type that was read at run time.
    #[must_use]
    pub const fn within_cell(cell: &'static TypeCell, namespace: u16, local: &'static str) -> Self {
        Self::new(Some(Holder::Runtime(cell)), namespace, local)
    }

    /// Sets the derivations that `xsi:type` must not use there: [`EXTENSION`], [`RESTRICTION`] or both.
    #[must_use]
    pub const fn block(mut self, marks: u8) -> Self {
        self.block = marks;
        self
    }

    /// Sets the named type of the element.
    #[must_use]
    pub const fn of(mut self, namespace: u16, local: &'static str) -> Self {
        self.ty = Some((namespace, local));
        self
    }

    /// Sets the identity constraints of the element.
    #[must_use]
    pub const fn constraints(mut self, constraints: &'static [Constraint]) -> Self {
        self.constraints = constraints;
        self
    }
}

/// A declaration with its identity constraints parsed.
#[derive(Debug)]
pub(crate) struct CompiledDeclaration {
    pub(crate) block: u8,
    pub(crate) ty: Option<(u16, &'static str)>,
    pub(crate) identities: Vec<Identity>,
}

/// The declarations of a schema set, by the addresses of their items in the tables and by the names of root elements.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) items: HashMap<usize, CompiledDeclaration>,
    pub(crate) roots: HashMap<(u16, &'static str), CompiledDeclaration>,
}
