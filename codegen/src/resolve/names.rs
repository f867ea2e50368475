//! Resolves references to the global declarations of all documents, by symbol space. Redefinitions are handled in `redefine`.

use std::collections::{HashMap, HashSet};

use super::numbering::Declared;
use super::{Resolver, count};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{AttributeId, ElementId, GroupId, TypeId};
use crate::schema::{GlobalDecl, LinkKind, Name, Reference, Schema, XS};
use crate::spelling::nearest;

/// A symbol space (section 2.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Space {
    Type,
    Element,
    Attribute,
    Group,
    AttributeGroup,
    Notation,
}

impl Space {
    const ALL: [Space; 6] = [Space::Type, Space::Element, Space::Attribute, Space::Group, Space::AttributeGroup, Space::Notation];

    fn word(self) -> &'static str {
        match self {
            Space::Type => "type",
            Space::Element => "global element",
            Space::Attribute => "global attribute",
            Space::Group => "model group",
            Space::AttributeGroup => "attribute group",
            Space::Notation => "notation",
        }
    }

    fn code(self) -> Code {
        match self {
            Space::Type => codes::X0301,
            Space::Element => codes::X0302,
            Space::Attribute => codes::X0303,
            Space::Group => codes::X0304,
            Space::AttributeGroup => codes::X0305,
            Space::Notation => codes::X0309,
        }
    }

    pub(super) fn of(global: GlobalDecl) -> Space {
        match global {
            GlobalDecl::Type(_) => Space::Type,
            GlobalDecl::Element(_) => Space::Element,
            GlobalDecl::Attribute(_) => Space::Attribute,
            GlobalDecl::Group(_) => Space::Group,
            GlobalDecl::AttributeGroup(_) => Space::AttributeGroup,
            GlobalDecl::Notation(_) => Space::Notation,
        }
    }
}

/// The built-in types that XML Schema 1.1 adds.
const LATER_TYPES: [&str; 5] = ["anyAtomicType", "dateTimeStamp", "dayTimeDuration", "error", "yearMonthDuration"];

/// The global names and the components that they refer to.
#[derive(Debug, Default)]
pub(super) struct Names {
    table: HashMap<(Space, Name), u32>,
    /// The redefined declarations with their replacements.
    pub(super) shadowed: HashMap<Declared, Declared>,
    /// The redefining declarations with their originals.
    pub(super) replaced: HashMap<Declared, Declared>,
    /// The redefining declarations whose original is not known.
    pub(super) unread: HashSet<Declared>,
    /// The originals of redefining components, by id; `None` if the original is not known.
    pub(super) original: HashMap<(Space, u32), Option<u32>>,
}

impl Names {
    pub(super) fn is_shadowed(&self, document: usize, global: GlobalDecl) -> bool {
        self.shadowed.contains_key(&(document, Space::of(global), local_index(global)))
    }
}

/// Returns the index of a global declaration in the arena of its document.
pub(super) fn local_index(global: GlobalDecl) -> usize {
    match global {
        GlobalDecl::Type(i)
        | GlobalDecl::Element(i)
        | GlobalDecl::Attribute(i)
        | GlobalDecl::Group(i)
        | GlobalDecl::AttributeGroup(i)
        | GlobalDecl::Notation(i) => i,
    }
}

impl Resolver<'_> {
    /// Enters all global names. Two components of one name in one symbol space are an error (sch-props-correct.2).
    pub(super) fn global_names(&mut self) {
        for (index, ty) in self.model.types.iter().enumerate() {
            let name = match ty {
                crate::model::Type::Simple(t) => &t.name,
                crate::model::Type::Complex(t) => &t.name,
            };
            if let Some(name) = name {
                let name = Name { uri: XS.into(), local: name.local.as_str().into() };
                self.names.table.insert((Space::Type, name), count(index));
            }
        }
        let set = self.set;
        let (mut places, mut twice) = (HashMap::new(), Vec::new());
        for (n, schema) in set.schemas.iter().enumerate() {
            for global in &schema.globals {
                if self.names.is_shadowed(n, *global) {
                    continue;
                }
                let Some((name, span)) = schema.named(*global) else { continue };
                if name.local.is_empty() {
                    continue;
                }
                let space = Space::of(*global);
                let id = self.ids.of_global(n, *global);
                // The schema for schemas declares the built-in types, which are already known.
                if *name.uri == *XS && space == Space::Type && self.names.table.contains_key(&(space, name.clone())) {
                    continue;
                }
                let own = (n, space, local_index(*global));
                let (first, declared) = *places.entry((space, name.clone())).or_insert((span, own));
                if declared != own {
                    let message = format!("two {}s have the name `{name}`", space.word());
                    let problem = Diagnostic::error(codes::X0227, span.clone(), message)
                        .violating("sch-props-correct.2")
                        .with_related(first.clone(), "the first one")
                        .with_help("rename one of them, or remove it; a document that is read twice under two paths also does this");
                    self.problems.push(problem);
                    twice.push((own, declared));
                    continue;
                }
                self.names.table.insert((space, name), id);
            }
        }
        // The first one counts, for settings that allow several.
        self.names.shadowed.extend(twice);
    }

    pub(super) fn lookup_type(&mut self, document: usize, reference: &Reference) -> Option<TypeId> {
        self.lookup(document, Space::Type, reference).map(TypeId)
    }

    pub(super) fn lookup_element(&mut self, document: usize, reference: &Reference) -> Option<ElementId> {
        self.lookup(document, Space::Element, reference).map(ElementId)
    }

    pub(super) fn lookup_attribute(&mut self, document: usize, reference: &Reference) -> Option<AttributeId> {
        self.lookup(document, Space::Attribute, reference).map(AttributeId)
    }

    pub(super) fn lookup_group(&mut self, document: usize, reference: &Reference) -> Option<GroupId> {
        self.lookup(document, Space::Group, reference).map(GroupId)
    }

    /// Returns the component with a name in a symbol space, without reporting an error.
    pub(super) fn find(&self, space: Space, name: &Name) -> Option<u32> {
        self.names.table.get(&(space, name.clone())).copied()
    }

    /// Returns the sorted names of the global elements of a namespace.
    pub(super) fn element_names(&self, uri: &str) -> Vec<&str> {
        let elements = self.names.table.keys().filter(|(space, name)| *space == Space::Element && *name.uri == *uri);
        let mut names: Vec<&str> = elements.map(|(_, name)| &*name.local).collect();
        names.sort_unstable();
        names
    }

    /// Resolves a QName (section 3.15.3), and reports an error if it cannot be resolved.
    pub(super) fn lookup(&mut self, document: usize, space: Space, reference: &Reference) -> Option<u32> {
        let schema = self.schema(document)?;
        let name = &reference.name;
        if !visible(schema, &name.uri) {
            // The reference is resolved nevertheless, for settings that allow it.
            let found = self.find(space, name);
            self.not_imported(document, schema, reference, found.is_some());
            return found;
        }
        let found = self.find(space, name);
        if found.is_none() && *name.uri == *XS && space == Space::Type && LATER_TYPES.contains(&&*name.local) {
            let message = format!("the type `{}` belongs to XML Schema 1.1, which is not supported", reference.written);
            let problem = Diagnostic::new(Severity::Unsupported, codes::X0901, reference.span.clone(), message);
            self.problems.push(problem.on(reference.attribute).with_help("use a type of XML Schema 1.0"));
            return None;
        }
        if found.is_none() {
            let namespace = if name.uri.is_empty() { "no namespace".to_owned() } else { format!("the namespace `{}`", name.uri) };
            let message = format!("there is no {} `{}` in {namespace}", space.word(), name.local);
            let problem = Diagnostic::error(space.code(), reference.span.clone(), message).violating("src-resolve").on(reference.attribute);
            // An import whose document was not found explains the error better than a similar name does.
            let advice = unread(schema, &name.uri).or_else(|| self.suggestion(space, reference, schema));
            let usual = "declare it, or include or import the document that does";
            self.problems.push(problem.with_help(advice.unwrap_or_else(|| usual.to_owned())));
        }
        found
    }

    /// Reports a name whose namespace the document does not import. There is one report for each namespace, at the first such name of the document,
    /// with the number of further names.
    fn not_imported(&mut self, document: usize, schema: &Schema, reference: &Reference, is_declared: bool) {
        let key = (document, reference.name.uri.clone());
        let Some(known) = self.not_imported.get_mut(&key) else {
            self.not_imported.insert(key, NotImported { problem: self.problems.len(), first: reference.clone(), further: 0, is_declared });
            self.problems.push(not_imported(schema, reference, 0, is_declared));
            return;
        };
        known.further += 1;
        known.is_declared &= is_declared;
        if reference.span < known.first.span {
            known.first = reference.clone();
        }
        if let Some(problem) = self.problems.get_mut(known.problem) {
            *problem = not_imported(schema, &known.first, known.further, known.is_declared);
        }
    }

    /// Suggests the name that was probably meant: the same name in another namespace or symbol space, or a similar name.
    fn suggestion(&self, space: Space, reference: &Reference, schema: &Schema) -> Option<String> {
        // Each suggestion searches all names, which is too slow for many errors.
        if self.problems.len() > 100 {
            return None;
        }
        let name = &reference.name;
        let known = || self.names.table.keys().filter(|(s, _)| *s == space).map(|(_, n)| n);
        let mut same: Vec<&Name> = known().filter(|n| n.local == name.local).collect();
        same.sort();
        if let Some(other) = same.first() {
            return Some(format!("did you mean `{}`?", spelled(other, schema)));
        }
        let mut locals: Vec<&str> = known().filter(|n| n.uri == name.uri).map(|n| &*n.local).collect();
        locals.sort_unstable();
        if let Some(near) = nearest(&name.local, locals) {
            let prefix = reference.written.rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default();
            return Some(format!("did you mean `{prefix}{near}`?"));
        }
        let other = Space::ALL.into_iter().find(|s| *s != space && self.find(*s, name).is_some())?;
        Some(format!("there is a {} of this name, but a {} is needed here", other.word(), space.word()))
    }
}

/// The names of a namespace that a document uses and does not import.
#[derive(Debug)]
pub(super) struct NotImported {
    /// The index of the diagnostic.
    problem: usize,
    /// The first of them in the document.
    first: Reference,
    /// The number of the others.
    further: usize,
    /// Whether another document of the set declares all of them.
    is_declared: bool,
}

/// Returns the report of a namespace that a document uses and does not import.
fn not_imported(schema: &Schema, first: &Reference, further: usize, is_declared: bool) -> Diagnostic {
    let name = &first.name;
    let help = match (name.uri.is_empty(), schema.target.is_empty()) {
        // The declaration of the default namespace is probably missing.
        (true, false) => {
            format!("add `xmlns=\"{}\"` to the schema, or write the name with a prefix that is bound to it", schema.target)
        }
        (true, true) => "add `<import/>` to the schema, or a prefix to the name".to_owned(),
        (false, _) => {
            format!("add `<import namespace=\"{}\"/>` to the schema, with the `schemaLocation` of a document for it", name.uri)
        }
    };
    let others = match further {
        0 => String::new(),
        1 => ", and so is another name".to_owned(),
        more => format!(", and so are {more} more names"),
    };
    let message = format!("{}{others}", what_is_not_imported(name, schema));
    let mut problem = Diagnostic::error(codes::X0307, first.span.clone(), message).violating("src-resolve.4").on(first.attribute);
    if !is_declared {
        // Without the components, the bindings could not be made even if the missing import is allowed.
        problem.clause = "src-resolve".into();
    }
    problem.with_help(help)
}

fn what_is_not_imported(name: &Name, schema: &Schema) -> String {
    match (name.uri.is_empty(), schema.target.is_empty()) {
        (true, true) => format!("`{}` is of no namespace, which this document does not import", name.local),
        (true, false) => {
            let target = &schema.target;
            format!("`{}` has no prefix and there is no default namespace: it is of no namespace rather than of `{target}`", name.local)
        }
        (false, _) => format!("`{}` is of the namespace `{}`, which this document does not import", name.local, name.uri),
    }
}

/// Returns a name with the prefix that the document would use for it.
fn spelled(name: &Name, schema: &Schema) -> String {
    match schema.bindings.all().into_iter().find(|(_, uri)| **uri == *name.uri) {
        Some((prefix, _)) if !prefix.is_empty() => format!("{prefix}:{}", name.local),
        Some(_) => name.local.to_string(),
        None => name.to_string(),
    }
}

/// Returns whether a document may refer to a namespace (src-resolve.4): its own, an imported one, or that of XML Schema.
fn visible(schema: &Schema, uri: &str) -> bool {
    *uri == *schema.target || uri == XS || schema.links.iter().any(|l| matches!(&l.kind, LinkKind::Import(n) if **n == *uri))
}

/// Returns the advice for a namespace that is imported from a document that could not be read.
fn unread(schema: &Schema, uri: &str) -> Option<String> {
    let link = schema.links.iter().find(|l| l.to.is_none() && matches!(&l.kind, LinkKind::Import(n) if **n == *uri))?;
    let location = link.location.as_ref()?;
    Some(format!("`{location}` was not read: name a local copy of it together with the other schemas"))
}
