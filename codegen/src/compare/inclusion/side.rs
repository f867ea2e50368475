//! Indexes a model for comparison. Names of both models are in one numbering of namespaces: the ids of A, followed by those that only B has.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::datatypes::builtin;
use crate::literals::Literals;
use crate::model::{
    AttributeId, ComplexType, Content, DerivationSet, Element, ElementId, Global, Model, NamespaceId, ProcessContents, QName, SimpleType,
    Type, TypeId, Wildcard, WildcardNamespaces,
};
use crate::sample::compose::{OTHER, further};
use crate::substitution::{derives, joined, substitutes};

/// A number for an expanded name, the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NameId(u32);

/// The names of both models.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<QName, NameId>,
    names: Vec<QName>,
    /// The URIs of all namespaces, with their ids.
    uris: Vec<(String, NamespaceId)>,
    /// The URIs of the namespaces that only B has, as [`further`] numbers them.
    pub(super) further: Vec<String>,
}

impl Names {
    /// Returns the id of a namespace, which is added if it is not known.
    fn namespace(&mut self, uri: &str, own: Option<NamespaceId>) -> NamespaceId {
        if let Some((_, known)) = self.uris.iter().find(|(known, _)| known == uri) {
            return *known;
        }
        let id = own.unwrap_or_else(|| {
            self.further.push(uri.to_owned());
            further(self.further.len() - 1)
        });
        self.uris.push((uri.to_owned(), id));
        id
    }

    pub(super) fn id(&mut self, name: QName) -> NameId {
        if let Some(known) = self.numbers.get(&name) {
            return *known;
        }
        let id = NameId(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(name.clone());
        self.numbers.insert(name, id);
        id
    }

    /// Returns a name of a namespace for which the predicate is true, among some names that are known beforehand.
    pub(super) fn fresh(&self, namespace: NamespaceId, is_free: impl Fn(NameId) -> bool) -> Option<NameId> {
        let known = (0..=MOST_FRESH).map(|n| QName { namespace, local: fresh_name(n) });
        known.filter_map(|name| self.find(&name)).find(|name| is_free(*name))
    }

    /// Adds the names that [`Self::fresh`] returns.
    pub(super) fn add_fresh(&mut self) {
        for namespace in self.namespaces() {
            for n in 0..=MOST_FRESH {
                self.id(QName { namespace, local: fresh_name(n) });
            }
        }
    }

    pub(super) fn find(&self, name: &QName) -> Option<NameId> {
        self.numbers.get(name).copied()
    }

    pub(super) fn name(&self, id: NameId) -> QName {
        let none = QName { namespace: NamespaceId(0), local: String::new() };
        self.names.get(id.0 as usize).cloned().unwrap_or(none)
    }

    pub(super) fn namespace_of(&self, id: NameId) -> NamespaceId {
        self.names.get(id.0 as usize).map_or(NamespaceId(0), |name| name.namespace)
    }

    /// Returns the ids of all namespaces of both models, and of one that neither has.
    pub(super) fn namespaces(&self) -> Vec<NamespaceId> {
        self.uris.iter().map(|(_, id)| *id).chain([OTHER]).collect()
    }
}

/// The number of names in each namespace that are known because no declaration may have them.
const MOST_FRESH: usize = 3;

fn fresh_name(n: usize) -> String {
    if n == 0 { "any".to_owned() } else { format!("any{n}") }
}

/// How an element is validated that occurs at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Source {
    /// By a declaration.
    Element(ElementId),
    /// It has no declaration, and declared elements and attributes in it are validated.
    Lax,
    /// Not at all.
    Skip,
}

/// One of the two models.
pub(super) struct Side<'m> {
    pub(super) model: &'m Model,
    pub(super) literals: Literals<'m>,
    /// The common ids of the namespaces of the model.
    namespaces: Vec<NamespaceId>,
    element_names: Vec<NameId>,
    attribute_names: Vec<NameId>,
    type_names: Vec<Option<NameId>>,
    pub(super) elements: BTreeMap<NameId, ElementId>,
    pub(super) attributes: BTreeMap<NameId, AttributeId>,
    types: HashMap<NameId, TypeId>,
    /// The types that are directly derived from each type.
    derived: HashMap<TypeId, Vec<TypeId>>,
    /// The types that an element with `xsi:nil` may have.
    nillable: HashSet<TypeId>,
    /// The members of the substitution group of each element, by their names.
    substitutes: RefCell<HashMap<ElementId, Rc<BTreeMap<NameId, ElementId>>>>,
}

impl<'m> Side<'m> {
    /// Indexes a model. The first model that is indexed keeps the ids of its namespaces.
    pub(super) fn new(model: &'m Model, names: &mut Names, is_first: bool) -> Self {
        let numbered = model.namespaces.iter().zip((0..).map(NamespaceId));
        let namespaces: Vec<NamespaceId> =
            numbered.map(|(namespace, id)| names.namespace(&namespace.uri, is_first.then_some(id))).collect();
        let mut common = |name: &QName| {
            let namespace = namespaces.get(name.namespace.index()).copied().unwrap_or(NamespaceId(0));
            names.id(QName { namespace, local: name.local.clone() })
        };
        let element_names: Vec<NameId> = model.elements.iter().map(|element| common(&element.name)).collect();
        let attribute_names: Vec<NameId> = model.attributes.iter().map(|attribute| common(&attribute.name)).collect();
        let type_names: Vec<Option<NameId>> = model.types.iter().map(|ty| ty.name().map(&mut common)).collect();
        let derived = derived(model);
        let mut side = Side {
            model,
            literals: Literals::new(model),
            namespaces,
            element_names,
            attribute_names,
            type_names,
            elements: BTreeMap::new(),
            attributes: BTreeMap::new(),
            types: HashMap::new(),
            nillable: nillable(model, &derived),
            derived,
            substitutes: RefCell::default(),
        };
        side.globals();
        side
    }

    fn globals(&mut self) {
        let built_in = self.type_names.iter().zip((0..).map(TypeId)).take(builtin::ALL.len() + 1);
        self.types.extend(built_in.filter_map(|(name, id)| Some(((*name)?, id))));
        for global in &self.model.globals {
            match global {
                Global::Type(id) => {
                    let name = self.type_name(*id);
                    self.types.extend(name.map(|name| (name, *id)));
                }
                Global::Element(id) => {
                    let name = self.element_name(*id);
                    self.elements.insert(name, *id);
                }
                Global::Attribute(id) => {
                    let name = self.attribute_name(*id);
                    self.attributes.insert(name, *id);
                }
                Global::Group(_) => {}
            }
        }
    }

    /// Returns the common id of a namespace of the model.
    pub(super) fn namespace(&self, id: NamespaceId) -> NamespaceId {
        self.namespaces.get(id.index()).copied().unwrap_or(NamespaceId(0))
    }

    /// Returns a name of the model with the common id of its namespace.
    pub(super) fn common(&self, name: &QName) -> QName {
        QName { namespace: self.namespace(name.namespace), local: name.local.clone() }
    }

    /// Returns whether a type is another one or derives from it. A member type derives from a union without facets.
    pub(super) fn derives(&self, ty: TypeId, base: TypeId) -> bool {
        derives(self.model, ty, base)
    }

    pub(super) fn element(&self, id: ElementId) -> Option<&'m Element> {
        self.model.elements.get(id.index())
    }

    pub(super) fn element_name(&self, id: ElementId) -> NameId {
        self.element_names.get(id.index()).copied().unwrap_or(NameId(u32::MAX))
    }

    pub(super) fn attribute_name(&self, id: AttributeId) -> NameId {
        self.attribute_names.get(id.index()).copied().unwrap_or(NameId(u32::MAX))
    }

    pub(super) fn type_name(&self, id: TypeId) -> Option<NameId> {
        self.type_names.get(id.index()).copied().flatten()
    }

    pub(super) fn type_named(&self, name: NameId) -> Option<TypeId> {
        self.types.get(&name).copied()
    }

    pub(super) fn complex(&self, id: TypeId) -> Option<&'m ComplexType> {
        match self.model.types.get(id.index()) {
            Some(Type::Complex(ty)) => Some(ty),
            _ => None,
        }
    }

    pub(super) fn simple(&self, id: TypeId) -> Option<&'m SimpleType> {
        match self.model.types.get(id.index()) {
            Some(Type::Simple(ty)) => Some(ty),
            _ => None,
        }
    }

    /// Returns the simple types that are the content of complex types.
    pub(super) fn simple_contents(&self) -> impl Iterator<Item = TypeId> {
        self.model.types.iter().filter_map(|ty| match ty {
            Type::Complex(ComplexType { content: Content::Simple(simple), .. }) => Some(*simple),
            _ => None,
        })
    }

    pub(super) fn is_abstract(&self, id: TypeId) -> bool {
        self.complex(id).is_some_and(|ty| ty.abstract_)
    }

    /// Returns the types that are directly derived from a type.
    pub(super) fn derived(&self, id: TypeId) -> &[TypeId] {
        self.derived.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns whether an element with `xsi:nil` may have a type.
    pub(super) fn is_of_nillable(&self, id: TypeId) -> bool {
        self.nillable.contains(&id)
    }

    /// Returns the derivations that `xsi:type` may not use for an element.
    pub(super) fn blocked(&self, element: &Element) -> DerivationSet {
        let by_type = self.complex(element.ty).map(|ty| ty.block).unwrap_or_default();
        let joined = joined(element.block, by_type);
        DerivationSet { extension: joined.extension, restriction: joined.restriction, ..DerivationSet::default() }
    }

    /// Returns an element and the members of its substitution group, by their names.
    pub(super) fn substitutes(&self, id: ElementId) -> Rc<BTreeMap<NameId, ElementId>> {
        if let Some(known) = self.substitutes.borrow().get(&id) {
            return known.clone();
        }
        let found: BTreeMap<NameId, ElementId> =
            substitutes(self.model, id).into_iter().map(|(id, _)| (self.element_name(id), id)).collect();
        let found = Rc::new(found);
        self.substitutes.borrow_mut().insert(id, found.clone());
        found
    }

    /// Returns whether a wildcard admits a namespace, given by its common id.
    pub(super) fn admits(&self, wildcard: &Wildcard, namespace: NamespaceId) -> bool {
        let common = |id: &NamespaceId| self.namespace(*id);
        match &wildcard.namespaces {
            WildcardNamespaces::Any => true,
            WildcardNamespaces::Not(id) => namespace != common(id) && namespace != NamespaceId(0),
            WildcardNamespaces::OneOf(list) => list.iter().any(|id| common(id) == namespace),
        }
    }

    /// Returns how an element of this name is validated where a wildcard admits it; `None` if it is not valid there.
    pub(super) fn resolve(&self, process: ProcessContents, name: Option<NameId>) -> Option<Source> {
        let declared = name.and_then(|name| self.elements.get(&name)).copied().map(Source::Element);
        match process {
            ProcessContents::Strict => declared,
            ProcessContents::Lax => Some(declared.unwrap_or(Source::Lax)),
            ProcessContents::Skip => Some(Source::Skip),
        }
    }
}

/// Returns the types of nillable elements, and all types that derive from them.
fn nillable(model: &Model, derived: &HashMap<TypeId, Vec<TypeId>>) -> HashSet<TypeId> {
    let (mut out, mut todo) = (HashSet::new(), Vec::new());
    todo.extend(model.elements.iter().filter(|element| element.nillable).map(|element| element.ty));
    while let Some(ty) = todo.pop() {
        if out.insert(ty) {
            todo.extend(derived.get(&ty).into_iter().flatten());
        }
    }
    out
}

fn derived(model: &Model) -> HashMap<TypeId, Vec<TypeId>> {
    let mut out: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (ty, id) in model.types.iter().zip((0..).map(TypeId)) {
        let base = match ty {
            Type::Complex(ty) => Some(ty.base),
            // `xs:anySimpleType` is derived from `xs:anyType`.
            Type::Simple(ty) => Some(ty.base.unwrap_or(crate::resolve::ANY_TYPE)),
        };
        if let Some(base) = base.filter(|base| *base != id) {
            out.entry(base).or_default().push(id);
        }
    }
    out
}
