//! Resolves the schema documents of a set to the [`Model`]: it follows every reference, and adds what bases and groups contribute. Constraints on the
//! finished components are checked in `checks`.
//!
//! Ids come first: each declaration gets its index in the arena of its document plus an offset. Then the declarations are resolved, each after those
//! it depends on. This ordering is not recursive; it also finds cycles, which are reported and cut.

#![deny(clippy::indexing_slicing)]

mod attributes;
mod builtins;
mod complex;
mod elements;
mod groups;
mod identity;
mod names;
mod order;
mod queries;
mod redefine;
mod simple;
pub(crate) mod wildcard;
mod xpath;

pub use builtins::{ANY_TYPE, builtin_id};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use self::attributes::ResolvedAttributes;
use self::groups::Measured;
use self::names::Names;
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::load::SchemaSet;
use crate::model::{AttributeId, ElementId, Global, GroupId, Model, Namespace, NamespaceId, Notation, QName, Scope, Type, TypeId};
use crate::schema::{AttributeDecl, ElementDecl, GlobalDecl, GroupDecl, Name, Place, Schema, TypeDecl, TypeUse, XS};

/// The maximum length of a chain of derivations or substitutions, and the maximum nesting of groups.
pub(crate) const MAX_DEPTH: u32 = 500;

/// Sorts diagnostics by position, and removes duplicates.
fn in_order(problems: Diagnostics) -> Diagnostics {
    let mut list: Vec<Diagnostic> = problems.into_iter().collect();
    list.sort_by(|a, b| a.span.cmp(&b.span));
    list.dedup();
    let mut out = Diagnostics::new();
    for problem in list {
        out.push(problem);
    }
    out
}

/// The index of the first component of a document in each arena of the model.
#[derive(Debug, Clone, Copy, Default)]
struct Offsets {
    types: u32,
    elements: u32,
    attributes: u32,
    groups: u32,
    attribute_groups: u32,
}

/// The state of the resolution.
pub(crate) struct Resolver<'a> {
    set: &'a SchemaSet,
    /// The paths of the documents that stand in for documents that were not read.
    stand_ins: HashSet<Arc<str>>,
    /// The namespaces that a document uses and does not import: the index of the diagnostic, its text for the first name, and the number of further
    /// names.
    not_imported: HashMap<(usize, Arc<str>), (usize, String, usize)>,
    offsets: Vec<Offsets>,
    names: Names,
    namespace_ids: HashMap<Arc<str>, NamespaceId>,
    /// The declaring document of each type, element, attribute, group and attribute group.
    origin: Origins,
    /// The types in an order in which bases come first.
    order: Vec<TypeId>,
    attribute_groups: Vec<ResolvedAttributes>,
    groups: Vec<Option<Measured>>,
    /// The number of particles copied so far.
    copied: u64,
    /// Whether a limit was exceeded since this flag was last reset.
    refused: bool,
    pub(crate) model: Model,
    pub(crate) problems: Diagnostics,
}

/// The index of the declaring document, by the index of the component in the model.
#[derive(Debug, Default)]
struct Origins {
    types: Vec<u32>,
    elements: Vec<u32>,
    attributes: Vec<u32>,
    groups: Vec<u32>,
    attribute_groups: Vec<u32>,
}

impl<'a> Resolver<'a> {
    /// Resolves a schema set.
    pub(crate) fn of(set: &'a SchemaSet) -> Self {
        let mut resolver = Resolver::new(set);
        resolver.declare();
        resolver.element_and_attribute_types();
        resolver.types_in_order();
        resolver.attribute_groups_in_order();
        resolver.groups_in_order();
        resolver.complex_types();
        resolver.substitution_members();
        resolver.identity_constraints();
        resolver.check_redefinitions();
        resolver.globals();
        resolver
    }

    /// Returns the model with all problems: those of the resolution and those that the checks found.
    pub(crate) fn finish(mut self, found: Diagnostics) -> Staged<Model> {
        self.problems.extend(found);
        Staged { product: Some(self.model), diagnostics: in_order(self.problems) }
    }

    fn new(set: &'a SchemaSet) -> Self {
        Resolver {
            set,
            stand_ins: set.schemas.iter().filter(|s| s.stand_in).map(|s| s.path.clone()).collect(),
            not_imported: HashMap::new(),
            offsets: Vec::new(),
            names: Names::default(),
            namespace_ids: HashMap::new(),
            origin: Origins::default(),
            order: Vec::new(),
            attribute_groups: Vec::new(),
            groups: Vec::new(),
            copied: 0,
            refused: false,
            model: Model::default(),
            problems: Diagnostics::new(),
        }
    }

    /// Assigns an id to every declaration, and enters all global names.
    fn declare(&mut self) {
        self.namespace(&Arc::default());
        self.namespace(&XS.into());
        self.model.types = builtins::types(NamespaceId(1));
        let mut next = Offsets { types: count(self.model.types.len()), ..Offsets::default() };
        for (n, schema) in self.set.schemas.iter().enumerate() {
            self.offsets.push(next);
            let id = self.namespace(&schema.target);
            let alone = || !self.set.schemas.iter().any(|s| !s.stand_in && s.target == schema.target);
            if let Some(namespace) = self.model.namespaces.get_mut(id.index()).filter(|_| !schema.stand_in || alone()) {
                namespace.documents.push(schema.path.to_string());
                namespace.docs.extend(schema.docs.iter().cloned());
            }
            let mark = |origins: &mut Vec<u32>, len: usize| origins.extend(std::iter::repeat_n(count(n), len));
            mark(&mut self.origin.types, schema.types.len());
            mark(&mut self.origin.elements, schema.elements.len());
            mark(&mut self.origin.attributes, schema.attributes.len());
            mark(&mut self.origin.groups, schema.groups.len());
            mark(&mut self.origin.attribute_groups, schema.attribute_groups.len());
            next.types += count(schema.types.len());
            next.elements += count(schema.elements.len());
            next.attributes += count(schema.attributes.len());
            next.groups += count(schema.groups.len());
            next.attribute_groups += count(schema.attribute_groups.len());
        }
        self.prefixes();
        self.redefinitions();
        self.global_names();
    }

    /// Chooses for each namespace the prefix that most documents bind to it. Among equals, the alphabetically first prefix is chosen.
    fn prefixes(&mut self) {
        let mut votes: HashMap<(&str, &str), usize> = HashMap::new();
        for schema in &self.set.schemas {
            for (prefix, uri) in schema.bindings.iter().filter(|(p, _)| !p.is_empty() && *p != "xmlns") {
                *votes.entry((uri.as_str(), prefix.as_str())).or_default() += 1;
            }
        }
        for namespace in &mut self.model.namespaces {
            let mine = votes.iter().filter(|((uri, _), _)| *uri == namespace.uri);
            let best = mine.max_by(|((_, a), n), ((_, b), m)| n.cmp(m).then_with(|| b.cmp(a)));
            namespace.prefix = best.map(|((_, prefix), _)| (*prefix).to_owned());
        }
    }

    /// Returns the id of a namespace, and creates one if the namespace is new.
    fn namespace(&mut self, uri: &Arc<str>) -> NamespaceId {
        if let Some(id) = self.namespace_ids.get(uri) {
            return *id;
        }
        let id = NamespaceId(count(self.model.namespaces.len()));
        self.namespace_ids.insert(uri.clone(), id);
        let namespace = Namespace { uri: uri.to_string(), prefix: None, documents: Vec::new(), docs: Vec::new() };
        self.model.namespaces.push(namespace);
        id
    }

    fn qname(&mut self, name: &Name) -> QName {
        QName { namespace: self.namespace(&name.uri), local: name.local.to_string() }
    }

    /// Adds the global components in declaration order, and the notations.
    fn globals(&mut self) {
        let set = self.set;
        for (n, schema) in set.schemas.iter().enumerate() {
            let offset = self.offsets.get(n).copied().unwrap_or_default();
            for global in &schema.globals {
                let found = match *global {
                    GlobalDecl::Type(i) => Global::Type(TypeId(offset.types + count(i))),
                    GlobalDecl::Element(i) => Global::Element(ElementId(offset.elements + count(i))),
                    GlobalDecl::Attribute(i) => Global::Attribute(AttributeId(offset.attributes + count(i))),
                    GlobalDecl::Group(i) => Global::Group(GroupId(offset.groups + count(i))),
                    GlobalDecl::AttributeGroup(_) => continue,
                    GlobalDecl::Notation(i) => {
                        self.notation(schema, i);
                        continue;
                    }
                };
                if !self.names.is_shadowed(n, *global) {
                    self.model.globals.push(found);
                }
            }
        }
    }

    fn notation(&mut self, schema: &Schema, index: usize) {
        let Some(decl) = schema.notations.get(index) else { return };
        if decl.public.is_none() && decl.system.is_none() {
            let message = "a notation needs `public` or `system` (n-props-correct)";
            self.problems.push(Diagnostic::error(codes::X0228, decl.span.clone(), message).with_help("add `system` or `public`"));
        }
        let name = self.qname(&decl.name);
        let (public, system) = (decl.public.clone(), decl.system.clone());
        self.model.notations.push(Notation { name, public, system, span: decl.span.clone() });
    }

    fn schema(&self, index: usize) -> Option<&'a Schema> {
        self.set.schemas.get(index)
    }

    /// Returns the document and declaration of a type, or `None` for a built-in type.
    pub(crate) fn type_decl(&self, id: TypeId) -> Option<(usize, &'a TypeDecl)> {
        let index = id.0.checked_sub(builtins::COUNT)?;
        let document = *self.origin.types.get(index as usize)? as usize;
        let local = id.0.checked_sub(self.offsets.get(document)?.types)?;
        Some((document, self.schema(document)?.types.get(local as usize)?))
    }

    pub(crate) fn element_decl(&self, id: ElementId) -> Option<(usize, &'a ElementDecl)> {
        let document = *self.origin.elements.get(id.index())? as usize;
        let local = id.0.checked_sub(self.offsets.get(document)?.elements)?;
        Some((document, self.schema(document)?.elements.get(local as usize)?))
    }

    pub(crate) fn attribute_decl(&self, id: AttributeId) -> Option<(usize, &'a AttributeDecl)> {
        let document = *self.origin.attributes.get(id.index())? as usize;
        let local = id.0.checked_sub(self.offsets.get(document)?.attributes)?;
        Some((document, self.schema(document)?.attributes.get(local as usize)?))
    }

    fn group_decl(&self, id: GroupId) -> Option<(usize, &'a GroupDecl)> {
        let document = *self.origin.groups.get(id.index())? as usize;
        let local = id.0.checked_sub(self.offsets.get(document)?.groups)?;
        Some((document, self.schema(document)?.groups.get(local as usize)?))
    }

    /// Returns the id of a type of a document.
    fn local_type(&self, document: usize, index: usize) -> TypeId {
        TypeId(self.offsets.get(document).map_or(0, |o| o.types) + count(index))
    }

    fn local_element(&self, document: usize, index: usize) -> ElementId {
        ElementId(self.offsets.get(document).map_or(0, |o| o.elements) + count(index))
    }

    fn local_attribute(&self, document: usize, index: usize) -> AttributeId {
        AttributeId(self.offsets.get(document).map_or(0, |o| o.attributes) + count(index))
    }

    /// Returns the type that is used, by name or as an anonymous type. Returns `None` if it cannot be found, which is reported.
    fn used_type(&mut self, document: usize, used: &TypeUse) -> Option<TypeId> {
        match used {
            TypeUse::Named(reference) => self.lookup_type(document, reference),
            TypeUse::Local(index) => Some(self.local_type(document, *index)),
        }
    }

    fn scope(&mut self, document: usize, place: Place) -> Scope {
        let offset = self.offsets.get(document).copied().unwrap_or_default();
        match place {
            Place::Global => Scope::Global,
            Place::Type(i) => Scope::Type(TypeId(offset.types + count(i))),
            Place::Element(i) => Scope::Element(ElementId(offset.elements + count(i))),
            Place::Attribute(i) => Scope::Attribute(AttributeId(offset.attributes + count(i))),
            Place::Group(i) => Scope::Group(GroupId(offset.groups + count(i))),
            Place::AttributeGroup(i) => {
                let name = self.schema(document).and_then(|s| s.attribute_groups.get(i)).map(|g| g.name.clone());
                name.map_or(Scope::Global, |n| Scope::AttributeGroup(self.qname(&n)))
            }
        }
    }

    pub(crate) fn ty(&self, id: TypeId) -> Option<&Type> {
        self.model.types.get(id.index())
    }

    fn too_deep(&mut self, span: &Span, what: &str) {
        let message = format!("{what} deeper than {MAX_DEPTH} levels are not supported");
        // One report is enough: further ones are consequences of the first, or have the same cause.
        if self.problems.iter().any(|p| p.message == message) {
            return;
        }
        self.problems.push(Diagnostic::new(Severity::Unsupported, codes::X0902, span.clone(), message));
    }
}

/// Converts a length to an id.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
