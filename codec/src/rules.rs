//! Defines [`Rules`]: global attributes, named types and identity constraints of a schema set, which generated
//! code provides in addition to its types. The checks are in `read::wildcard` and `read::identity`. Ordinary
//! schema sets have no rules and no cost from them.

use std::collections::HashMap;
use std::ptr;
use std::sync::OnceLock;

use crate::error::Result;
use crate::read::{Reader, Tag};
use crate::schema::Schema;
use crate::simple::SimpleType;
use crate::tables::{FieldInfo, TypeInfo, ValueInfo};
use crate::value::Value;
use crate::xpath::Path;

/// The checks of strict mode that need more than the tables of types. The generator emits them if the schema
/// set requires them.
#[derive(Debug)]
pub struct Rules {
    attributes: &'static [GlobalAttribute],
    types: &'static [NamedType],
    declarations: &'static [Declaration],
    index: OnceLock<Index>,
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

    /// Returns the declaration for an item of a type, or for a root element.
    pub(crate) fn declared(&self, schema: &'static Schema, item: &'static FieldInfo, root: bool) -> Option<&Declared> {
        let index = self.index.get_or_init(|| Index::of(schema, self.declarations));
        if root { index.roots.get(&(item.namespace, item.local)) } else { index.items.get(&address(item)) }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::new()
    }
}

fn address(item: &'static FieldInfo) -> usize {
    ptr::from_ref(item).addr()
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
    /// A complex type, with a function that reads an element as this type and drops it.
    Complex(fn(&mut Reader<'_>, &'static FieldInfo, &Tag) -> Result<()>),
    Simple(&'static SimpleType),
    Abstract,
}

/// The namespace number of built-in types in [`Declaration::of`]. No namespace of a schema set has this number.
pub const BUILT_IN: u16 = u16::MAX;

/// Derivation by extension, as a flag in [`Declaration::block`].
pub const EXTENSION: u8 = 1;
/// Derivation by restriction, list or union, as a flag in [`Declaration::block`].
pub const RESTRICTION: u8 = 2;

impl NamedType {
    const fn new(namespace: u16, local: &'static str, kind: NamedKind) -> Self {
        Self { namespace, local, kind, base: None, method: 0 }
    }

    /// Creates a complex type.
    #[must_use]
    pub const fn complex<T: Value>(namespace: u16, local: &'static str) -> Self {
        Self::new(namespace, local, NamedKind::Complex(check::<T>))
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

fn check<T: Value>(reader: &mut Reader<'_>, item: &'static FieldInfo, tag: &Tag) -> Result<()> {
    Box::new(T::blank()).read(reader, item, tag, None)
}

/// The properties of an element declaration beyond name, type and occurrence (section 3.3).
#[derive(Debug)]
pub struct Declaration {
    /// The type that contains the element, or `None` for a root element.
    holder: Option<fn() -> ValueInfo>,
    namespace: u16,
    local: &'static str,
    block: u8,
    ty: Option<(u16, &'static str)>,
    constraints: &'static [Constraint],
}

impl Declaration {
    /// Creates a declaration of a root element.
    #[must_use]
    pub const fn root(namespace: u16, local: &'static str) -> Self {
        Self { holder: None, namespace, local, block: 0, ty: None, constraints: &[] }
    }

    /// Creates a declaration of an element in the content of a type, a choice or a group.
    #[must_use]
    pub const fn within<T: Value>(namespace: u16, local: &'static str) -> Self {
        Self { holder: Some(T::facts), namespace, local, block: 0, ty: None, constraints: &[] }
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

/// An identity constraint (section 3.11). Its paths use the XPath subset defined there, with the prefixes of
/// the schema set.
#[derive(Debug)]
pub struct Constraint {
    kind: ConstraintKind,
    name: (u16, &'static str),
    selector: &'static str,
    fields: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConstraintKind {
    Key,
    Unique,
    /// A keyref, with the name of the key that it refers to.
    KeyRef(u16, &'static str),
}

impl Constraint {
    const fn new(kind: ConstraintKind, name: (u16, &'static str), selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self { kind, name, selector, fields }
    }

    /// Creates an `xs:key`.
    #[must_use]
    pub const fn key(namespace: u16, local: &'static str, selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self::new(ConstraintKind::Key, (namespace, local), selector, fields)
    }

    /// Creates an `xs:unique`.
    #[must_use]
    pub const fn unique(namespace: u16, local: &'static str, selector: &'static str, fields: &'static [&'static str]) -> Self {
        Self::new(ConstraintKind::Unique, (namespace, local), selector, fields)
    }

    /// Creates an `xs:keyref`, given the namespace and name of the key that it refers to.
    #[must_use]
    pub const fn keyref(
        namespace: u16,
        local: &'static str,
        refer: (u16, &'static str),
        selector: &'static str,
        fields: &'static [&'static str],
    ) -> Self {
        Self::new(ConstraintKind::KeyRef(refer.0, refer.1), (namespace, local), selector, fields)
    }
}

/// A declaration in the form that the checks use.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) block: u8,
    pub(crate) ty: Option<(u16, &'static str)>,
    pub(crate) identities: Vec<Identity>,
}

/// An identity constraint with its paths parsed.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) kind: ConstraintKind,
    pub(crate) name: (u16, &'static str),
    pub(crate) selector: Vec<Path>,
    pub(crate) fields: Vec<Vec<Path>>,
    /// Whether any keyref refers to this constraint.
    pub(crate) referred: bool,
}

/// Maps places in the tables to declarations.
#[derive(Debug, Default)]
struct Index {
    items: HashMap<usize, Declared>,
    roots: HashMap<(u16, &'static str), Declared>,
}

impl Index {
    fn of(schema: &'static Schema, declarations: &'static [Declaration]) -> Self {
        let constraints = || declarations.iter().flat_map(|it| it.constraints);
        let referred: Vec<ConstraintKind> =
            constraints().map(|it| it.kind).filter(|kind| matches!(kind, ConstraintKind::KeyRef(..))).collect();
        let mut index = Self::default();
        for declaration in declarations {
            let make = || Declared {
                block: declaration.block,
                ty: declaration.ty,
                identities: declaration.constraints.iter().map(|it| identity(schema, it, &referred)).collect(),
            };
            let number = declaration.namespace;
            let Some(holder) = declaration.holder else {
                index.roots.insert((number, declaration.local), make());
                continue;
            };
            let items = holder().type_info.map_or(&[][..], TypeInfo::items);
            for item in items.iter().filter(|item| item.namespace == number && item.local == declaration.local) {
                index.items.insert(address(item), make());
                index.items.extend(item.placed.iter().map(|(_, item)| (address(item), make())));
            }
        }
        index
    }
}

fn identity(schema: &'static Schema, said: &'static Constraint, referred: &[ConstraintKind]) -> Identity {
    Identity {
        kind: said.kind,
        name: said.name,
        selector: Path::parse_all(schema, said.selector),
        fields: said.fields.iter().map(|field| Path::parse_all(schema, field)).collect(),
        referred: referred.contains(&ConstraintKind::KeyRef(said.name.0, said.name.1)),
    }
}
