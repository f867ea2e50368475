//! Resolves the schema documents of a set to the [`Model`]: it follows every reference, and adds what bases and groups contribute. Constraints on the
//! finished components are checked in `checks`.
//!
//! Ids come first (`numbering`). Then the declarations are resolved, each after those it depends on. This ordering is not recursive; it also finds cycles, which are reported and cut.

#![deny(clippy::indexing_slicing)]

mod attributes;
mod builtins;
mod complex;
mod elements;
mod groups;
mod identity;
mod names;
mod numbering;
mod operations;
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
use self::names::{Names, NotImported};
use self::numbering::Numbering;
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::load::SchemaSet;
use crate::model::{AttributeId, Docs, ElementId, Global, GroupId, Model, Namespace, NamespaceId, Notation, QName, Scope, Type, TypeId};
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

/// The state of the resolution.
pub(crate) struct Resolver<'a> {
    set: &'a SchemaSet,
    /// The paths of the documents that stand in for documents that were not read.
    stand_ins: HashSet<Arc<str>>,
    /// The namespaces that a document uses and does not import.
    not_imported: HashMap<(usize, Arc<str>), NotImported>,
    ids: Numbering,
    names: Names,
    namespace_ids: HashMap<Arc<str>, NamespaceId>,
    /// The types in an order in which bases come first.
    order: Vec<TypeId>,
    attribute_groups: Vec<ResolvedAttributes>,
    groups: Vec<Option<Measured>>,
    /// The number of particles copied so far.
    copied: u64,
    /// The number of attribute uses copied so far, from attribute groups and base types.
    copied_uses: u64,
    /// Whether a limit was exceeded since this flag was last reset.
    refused: bool,
    pub(crate) model: Model,
    pub(crate) problems: Diagnostics,
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
        resolver.operations();
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
            ids: Numbering::default(),
            names: Names::default(),
            namespace_ids: HashMap::new(),
            order: Vec::new(),
            attribute_groups: Vec::new(),
            groups: Vec::new(),
            copied: 0,
            copied_uses: 0,
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
        for schema in &self.set.schemas {
            let id = self.namespace(&schema.target);
            if let Some(namespace) = self.model.namespaces.get_mut(id.index()).filter(|_| describes(self.set, schema)) {
                let path = schema.path.to_string();
                // A WSDL document may have several schemas for a namespace, which follow each other.
                if namespace.documents.last() != Some(&path) {
                    namespace.documents.push(path);
                }
            }
        }
        self.namespace_docs();
        self.prefixes();
        self.redefinitions();
        self.ids = Numbering::of(self.set, &self.names.replaced);
        self.originals();
        self.global_names();
    }

    /// Adds the documentation of the documents to their namespaces, sorted by text: the names of the documents must not decide the order.
    fn namespace_docs(&mut self) {
        let mut docs: Vec<(&Docs, NamespaceId)> = Vec::new();
        for schema in self.set.schemas.iter().filter(|schema| !schema.docs.is_empty() && describes(self.set, schema)) {
            docs.extend(self.namespace_ids.get(&schema.target).map(|id| (&schema.docs, *id)));
        }
        docs.sort();
        for (docs, id) in docs {
            if let Some(namespace) = self.model.namespaces.get_mut(id.index()) {
                namespace.docs.extend(docs.iter().cloned());
            }
        }
    }

    /// Chooses for each namespace the prefix that most documents bind to it. Among equals, the alphabetically first prefix is chosen.
    fn prefixes(&mut self) {
        let mut votes: HashMap<(&str, &str), usize> = HashMap::new();
        for schema in &self.set.schemas {
            for (prefix, uri) in schema.bindings.all().into_iter().filter(|(p, _)| !p.is_empty() && *p != "xmlns") {
                *votes.entry((uri, prefix)).or_default() += 1;
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

    /// Adds the global components and the notations.
    fn globals(&mut self) {
        for (document, global) in std::mem::take(&mut self.ids.globals) {
            let id = self.ids.of_global(document, global);
            let found = match global {
                GlobalDecl::Type(_) => Global::Type(TypeId(id)),
                GlobalDecl::Element(_) => Global::Element(ElementId(id)),
                GlobalDecl::Attribute(_) => Global::Attribute(AttributeId(id)),
                GlobalDecl::Group(_) => Global::Group(GroupId(id)),
                GlobalDecl::AttributeGroup(_) => continue,
                GlobalDecl::Notation(index) => {
                    self.schema(document).into_iter().for_each(|schema| self.notation(schema, index));
                    continue;
                }
            };
            if !self.names.is_shadowed(document, global) {
                self.model.globals.push(found);
            }
        }
    }

    fn notation(&mut self, schema: &Schema, index: usize) {
        let Some(decl) = schema.notations.get(index) else { return };
        if decl.public.is_none() && decl.system.is_none() {
            let message = "a notation needs `public` or `system`";
            self.problems.push(
                Diagnostic::error(codes::X0228, decl.span.clone(), message)
                    .violating("n-props-correct")
                    .with_help("add `system` or `public`"),
            );
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
        let (document, index) = self.ids.types.declaration(id.0)?;
        Some((document, self.schema(document)?.types.get(index)?))
    }

    pub(crate) fn element_decl(&self, id: ElementId) -> Option<(usize, &'a ElementDecl)> {
        let (document, index) = self.ids.elements.declaration(id.0)?;
        Some((document, self.schema(document)?.elements.get(index)?))
    }

    pub(crate) fn attribute_decl(&self, id: AttributeId) -> Option<(usize, &'a AttributeDecl)> {
        let (document, index) = self.ids.attributes.declaration(id.0)?;
        Some((document, self.schema(document)?.attributes.get(index)?))
    }

    fn group_decl(&self, id: GroupId) -> Option<(usize, &'a GroupDecl)> {
        let (document, index) = self.ids.groups.declaration(id.0)?;
        Some((document, self.schema(document)?.groups.get(index)?))
    }

    /// Returns the id of a type of a document.
    fn local_type(&self, document: usize, index: usize) -> TypeId {
        TypeId(self.ids.types.id(document, index))
    }

    fn local_element(&self, document: usize, index: usize) -> ElementId {
        ElementId(self.ids.elements.id(document, index))
    }

    fn local_attribute(&self, document: usize, index: usize) -> AttributeId {
        AttributeId(self.ids.attributes.id(document, index))
    }

    /// Returns the type that is used, by name or as an anonymous type. Returns `None` if it cannot be found, which is reported.
    fn used_type(&mut self, document: usize, used: &TypeUse) -> Option<TypeId> {
        match used {
            TypeUse::Named(reference) => self.lookup_type(document, reference),
            TypeUse::Local(index) => Some(self.local_type(document, *index)),
        }
    }

    fn scope(&mut self, document: usize, place: Place) -> Scope {
        match place {
            Place::Global => Scope::Global,
            Place::Type(i) => Scope::Type(self.local_type(document, i)),
            Place::Element(i) => Scope::Element(self.local_element(document, i)),
            Place::Attribute(i) => Scope::Attribute(self.local_attribute(document, i)),
            Place::Group(i) => Scope::Group(GroupId(self.ids.groups.id(document, i))),
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

/// Returns whether a document describes its namespace: a stand-in does so only if there is no other document.
fn describes(set: &SchemaSet, schema: &Schema) -> bool {
    !schema.stand_in || !set.schemas.iter().any(|other| !other.stand_in && other.target == schema.target)
}

/// Converts a length to an id.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
