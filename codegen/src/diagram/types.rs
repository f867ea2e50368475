//! Says in words what a node shows about its type: its name, its values and facets, and other properties.

use super::{Fact, Kind, Labels, Node};
use crate::model::{
    ComplexType, Content, Derivation, Docs, Element, ElementId, IdentityKind, Model, NamespaceId, QName, SimpleType, Type, TypeId,
    ValueConstraint, Variety,
};

/// The maximum number of values of an enumeration that a node lists.
const VALUES: usize = 300;

/// The maximum number of elements of a substitution group that a node lists.
const MEMBERS: usize = 20;

/// The maximum number of steps to a type with a name.
const STEPS: usize = 64;

/// The types of a model and their names.
#[derive(Clone, Copy)]
pub(super) struct Types<'m> {
    pub(super) model: &'m Model,
    pub(super) labels: &'m Labels,
}

impl<'m> Types<'m> {
    pub(super) fn complex(self, id: TypeId) -> Option<&'m ComplexType> {
        match self.model.types.get(id.index())? {
            Type::Complex(ty) => Some(ty),
            Type::Simple(_) => None,
        }
    }

    fn simple(self, id: TypeId) -> Option<&'m SimpleType> {
        match self.model.types.get(id.index())? {
            Type::Simple(ty) => Some(ty),
            Type::Complex(_) => None,
        }
    }

    fn named(self, id: TypeId) -> Option<&'m QName> {
        match self.model.types.get(id.index())? {
            Type::Simple(ty) => ty.name.as_ref(),
            Type::Complex(ty) => ty.name.as_ref(),
        }
    }

    pub(super) fn docs(self, id: TypeId) -> &'m Docs {
        static NONE: Docs = Docs::new();
        match self.model.types.get(id.index()) {
            Some(Type::Simple(ty)) => &ty.docs,
            Some(Type::Complex(ty)) => &ty.docs,
            None => &NONE,
        }
    }

    /// Returns the name of a type, or what kind of anonymous type it is.
    pub(super) fn name(self, id: TypeId) -> String {
        match (self.named(id), self.complex(id)) {
            (Some(name), _) => self.labels.full(name),
            (None, Some(_)) => "anonymous complex type".to_owned(),
            (None, None) => "anonymous simple type".to_owned(),
        }
    }

    /// Returns whether a type has attributes or elements to draw. `xs:anyType` allows everything, so that there is nothing to see.
    pub(super) fn has_content(self, id: TypeId) -> bool {
        let built_in = self.named(id).is_some_and(|name| name.namespace == NamespaceId(1));
        let Some(ty) = self.complex(id).filter(|_| !built_in) else { return false };
        let particle = matches!(ty.content, Content::Elements(_) | Content::Mixed(_));
        particle || !ty.attributes.is_empty() || ty.any_attribute.is_some()
    }

    /// Returns the node of a type itself.
    pub(super) fn node(self, id: TypeId) -> Option<Node> {
        let kind = if self.complex(id).is_some() { Kind::ComplexType } else { Kind::SimpleType };
        let name = match self.named(id) {
            Some(name) => self.labels.within(name, name.namespace),
            None => self.name(id),
        };
        let mut node = Node { key: self.name(id), ..Node::new(kind, name) };
        self.model.types.get(id.index())?;
        node.ty = self.derivation(id).into();
        node.facts = self.facts(id).into_iter().map(Fact::new).collect();
        Some(node)
    }

    /// Fills in what a node shows about its type and its value constraint.
    pub(super) fn describe(self, node: &mut Node, id: TypeId, value: Option<&ValueConstraint>) {
        let named = self.named(id);
        node.ty = named.map_or_else(|| self.derivation(id), |name| self.labels.full(name)).into();
        let facts = if named.is_none() { self.facts(id) } else { Vec::new() };
        node.facts.extend(value.map(constraint).into_iter().chain(facts).map(Fact::new));
        node.values = self.values(id).map(|(value, _)| Fact::new(value)).take(VALUES).collect();
    }

    /// Returns the values of an enumeration with their documentation. A type without values of its own has those of its base.
    pub(super) fn values(self, id: TypeId) -> impl Iterator<Item = (&'m str, &'m Docs)> {
        let mut at = self.text_of(id);
        for _ in 0..STEPS {
            let inherits = at.filter(|ty| ty.facets.enumeration.is_empty());
            let Some(base) = inherits.and_then(|ty| ty.base) else { break };
            at = self.simple(base);
        }
        at.into_iter().flat_map(|ty| &ty.facets.enumeration).map(|facet| (facet.value.as_str(), &facet.docs))
    }

    /// Returns the simple type of a value: the type itself, or that of simple content.
    fn text_of(self, id: TypeId) -> Option<&'m SimpleType> {
        match self.complex(id).map(|ty| &ty.content) {
            Some(Content::Simple(text)) => self.simple(*text),
            _ => self.simple(id),
        }
    }

    /// Returns what a type is made of: its base, its items or its members. It is empty if there is no more to say than its content shows.
    fn derivation(self, id: TypeId) -> String {
        if let Some(ty) = self.complex(id) {
            return match (ty.derivation, self.named(ty.base)) {
                (_, Some(base)) if base.namespace == NamespaceId(1) && base.local == "anyType" => String::new(),
                (Derivation::Extension, _) => format!("extends {}", self.name(ty.base)),
                (Derivation::Restriction, _) => format!("restricts {}", self.name(ty.base)),
            };
        }
        let Some(ty) = self.simple(id) else { return String::new() };
        match (&ty.variety, ty.base.and_then(|base| self.named(base))) {
            (_, Some(base)) if !is_any_simple(base) => self.labels.full(base),
            (Variety::List(item), _) => format!("list of {}", self.name(*item)),
            (Variety::Union(members), _) => {
                let names: Vec<String> = members.iter().map(|member| self.name(*member)).collect();
                format!("union of {}", names.join(", "))
            }
            (Variety::Atomic(_) | Variety::Ur, _) => ty.base.map(|base| self.name(base)).unwrap_or_default(),
        }
    }

    /// Returns the properties of a type itself.
    fn facts(self, id: TypeId) -> Vec<String> {
        let mut out = Vec::new();
        if let Some(ty) = self.complex(id) {
            out.extend(ty.abstract_.then(|| "abstract".to_owned()));
            out.extend(matches!(ty.content, Content::Mixed(_)).then(|| "mixed".to_owned()));
        }
        if let Some(ty) = self.text_of(id).filter(|ty| ty.builtin.is_none()) {
            out.extend(ty.facets.single().map(|(kind, facet)| format!("{} {}", kind.name(), facet.value)));
            out.extend(ty.facets.patterns.iter().map(|facet| format!("pattern {}", facet.value)));
        }
        out
    }

    /// Returns the properties of an element that its type does not have.
    pub(super) fn properties(self, element: &Element) -> Vec<String> {
        let mut out = Vec::new();
        out.extend(element.abstract_.then(|| "abstract".to_owned()));
        out.extend(element.nillable.then(|| "nillable".to_owned()));
        let names = |ids: &[ElementId]| {
            let known = ids.iter().take(MEMBERS).filter_map(|id| self.model.elements.get(id.index()));
            let mut names: Vec<String> = known.map(|element| self.labels.full(&element.name)).collect();
            names.extend((ids.len() > MEMBERS).then(|| format!("{} more", ids.len() - MEMBERS)));
            names.join(", ")
        };
        out.extend(element.substitutes.map(|head| format!("substitutes {}", names(&[head]))));
        out.extend((!element.members.is_empty()).then(|| format!("replaceable by {}", names(&element.members))));
        out.extend(element.identity.iter().map(|it| {
            let kind = match it.kind {
                IdentityKind::Key => "key",
                IdentityKind::Unique => "unique",
                IdentityKind::KeyRef(_) => "keyref",
            };
            format!("{kind} {}", it.name.local)
        }));
        out
    }
}

fn is_any_simple(name: &QName) -> bool {
    name.namespace == NamespaceId(1) && name.local == "anySimpleType"
}

fn constraint(value: &ValueConstraint) -> String {
    match value {
        ValueConstraint::Default(literal) => format!("default \"{}\"", literal.text),
        ValueConstraint::Fixed(literal) => format!("fixed \"{}\"", literal.text),
    }
}
