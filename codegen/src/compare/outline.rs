//! Answers questions about one side of a comparison: names, paths, places, and what a type declares itself rather than inherits.

use std::collections::HashMap;

use super::rust::Names;
use super::{Input, Side};
use crate::diagnostic::Span;
use crate::model::path::{GlobalKind, Step};
use crate::model::{
    Attribute, AttributeUse, ComplexType, ComponentPath, Content, Derivation, DerivationSet, Element, ElementId, Global, GroupId, Literal,
    Max, Model, NamedGroup, NamespaceId, Particle, QName, Scope, SimpleType, Term, Type, TypeId, ValueConstraint, Wildcard,
    WildcardNamespaces,
};

/// One side of a comparison.
pub(super) struct Outline<'m> {
    pub(super) model: &'m Model,
    /// The Rust names of the components.
    pub(super) names: Names,
    /// The prefixes of the bindings, by namespace id.
    prefixes: Vec<String>,
}

/// A type, as its use shows it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'m> {
    Simple(&'m SimpleType),
    Complex(&'m ComplexType),
}

impl<'m> Outline<'m> {
    pub(super) fn of(input: Input<'m>) -> Self {
        let known: HashMap<&str, &str> = input.ir.root.namespaces.iter().map(|(prefix, uri)| (uri.as_str(), prefix.as_str())).collect();
        let prefix = |uri: &str| match uri {
            "" => "none".to_owned(),
            crate::schema::XS => "xs".to_owned(),
            _ => known.get(uri).map_or_else(|| format!("{{{uri}}}"), |prefix| (*prefix).to_owned()),
        };
        let prefixes = input.model.namespaces.iter().map(|namespace| prefix(&namespace.uri)).collect();
        Outline { model: input.model, names: Names::of(input.ir), prefixes }
    }

    pub(super) fn uri(&self, id: NamespaceId) -> &'m str {
        self.model.namespaces.get(id.index()).map_or("", |namespace| namespace.uri.as_str())
    }

    pub(super) fn prefix(&self, id: NamespaceId) -> &str {
        self.prefixes.get(id.index()).map_or("none", String::as_str)
    }

    /// Returns the URI of a prefix, in braces.
    pub(super) fn expanded(&self, prefix: &str) -> String {
        let index = self.prefixes.iter().position(|known| known == prefix);
        let uri = index.and_then(|index| self.model.namespaces.get(index)).map_or(prefix, |namespace| namespace.uri.as_str());
        format!("{{{uri}}}")
    }

    /// Returns a name with its prefix.
    pub(super) fn name(&self, name: &QName) -> String {
        match self.prefix(name.namespace) {
            "none" => name.local.clone(),
            prefix => format!("{prefix}:{}", name.local),
        }
    }

    pub(super) fn element(&self, id: ElementId) -> Option<&'m Element> {
        self.model.elements.get(id.index())
    }

    pub(super) fn attribute(&self, usage: &AttributeUse) -> Option<&'m Attribute> {
        self.model.attributes.get(usage.attribute.index())
    }

    pub(super) fn group(&self, id: GroupId) -> Option<&'m NamedGroup> {
        self.model.groups.get(id.index())
    }

    pub(super) fn body(&self, id: TypeId) -> Option<Body<'m>> {
        self.model.types.get(id.index()).map(|ty| match ty {
            Type::Simple(ty) => Body::Simple(ty),
            Type::Complex(ty) => Body::Complex(ty),
        })
    }

    pub(super) fn simple(&self, id: TypeId) -> Option<&'m SimpleType> {
        match self.body(id)? {
            Body::Simple(ty) => Some(ty),
            Body::Complex(_) => None,
        }
    }

    pub(super) fn complex(&self, id: TypeId) -> Option<&'m ComplexType> {
        match self.body(id)? {
            Body::Complex(ty) => Some(ty),
            Body::Simple(_) => None,
        }
    }

    /// Returns the name of a type for people to read.
    pub(super) fn type_name(&self, id: TypeId) -> String {
        match self.body(id) {
            Some(body) => body.name().map_or_else(|| body.anonymous().to_owned(), |name| self.name(name)),
            None => String::new(),
        }
    }

    /// Returns the kind, name and place of a global component.
    pub(super) fn global(&self, global: Global) -> Option<(GlobalKind, &'m QName, &'m Span)> {
        match global {
            Global::Type(id) => {
                let body = self.body(id)?;
                Some((GlobalKind::Type, body.name()?, body.span()))
            }
            Global::Element(id) => self.element(id).map(|it| (GlobalKind::Element, &it.name, &it.span)),
            Global::Attribute(id) => self.model.attributes.get(id.index()).map(|it| (GlobalKind::Attribute, &it.name, &it.span)),
            Global::Group(id) => self.group(id).map(|it| (GlobalKind::Group, &it.name, &it.span)),
        }
    }

    pub(super) fn path(&self, kind: GlobalKind, name: &QName) -> ComponentPath {
        ComponentPath::global(kind, self.prefix(name.namespace), name.local.clone())
    }

    /// Returns the path of an element in a component.
    pub(super) fn element_in(&self, within: &ComponentPath, name: &QName) -> ComponentPath {
        within.child(Step::Element(within.name(self.prefix(name.namespace), &name.local)))
    }

    /// Returns the path of an attribute in a component.
    pub(super) fn attribute_in(&self, within: &ComponentPath, name: &QName) -> ComponentPath {
        within.child(Step::Attribute(within.name(self.prefix(name.namespace), &name.local)))
    }

    /// Returns the part of the content that a complex type adds to that of its base, or all of it for a restriction.
    pub(super) fn own_particle(&self, ty: &'m ComplexType) -> Option<&'m Particle> {
        let own = particle(&ty.content)?;
        let inherited = self.complex(ty.base).filter(|_| ty.derivation == Derivation::Extension).and_then(|base| particle(&base.content));
        match inherited {
            Some(base) if base.span == own.span => None,
            // An extension with content of its own is a sequence at the place of the type, whose last particle is the extension's.
            Some(_) if own.span == ty.span => match &own.term {
                Term::Group(group) => group.particles.last(),
                _ => Some(own),
            },
            _ => Some(own),
        }
    }

    /// Returns the attribute uses that a complex type does not share with its base.
    pub(super) fn own_attributes(&self, ty: &'m ComplexType) -> Vec<&'m AttributeUse> {
        let base = self.complex(ty.base).map(|base| base.attributes.as_slice()).unwrap_or_default();
        let inherited: std::collections::HashSet<_> = base.iter().map(|usage| (usage.attribute, &usage.span)).collect();
        ty.attributes.iter().filter(|usage| !inherited.contains(&(usage.attribute, &usage.span))).collect()
    }

    /// Returns the attribute wildcard, unless it is inherited unchanged.
    pub(super) fn own_any_attribute(&self, ty: &'m ComplexType) -> Option<&'m Wildcard> {
        let base = self.complex(ty.base).and_then(|base| base.any_attribute.as_ref());
        ty.any_attribute.as_ref().filter(|any| base.is_none_or(|base| base.span != any.span))
    }

    /// Returns a namespace constraint for people to read, with each URI replaced by `uri`.
    pub(super) fn constraint(&self, wildcard: &Wildcard, uri: &impl Fn(&str) -> String) -> String {
        let name = |id: NamespaceId| if id.0 == 0 { "##local".to_owned() } else { uri(self.uri(id)) };
        match &wildcard.namespaces {
            WildcardNamespaces::Any => "##any".to_owned(),
            WildcardNamespaces::Not(id) => format!("##other than {}", name(*id)),
            WildcardNamespaces::OneOf(ids) => {
                let mut names: Vec<String> = ids.iter().map(|id| name(*id)).collect();
                names.sort();
                names.join(" ")
            }
        }
    }
}

impl<'m> Body<'m> {
    pub(super) fn name(self) -> Option<&'m QName> {
        match self {
            Body::Simple(ty) => ty.name.as_ref(),
            Body::Complex(ty) => ty.name.as_ref(),
        }
    }

    pub(super) fn span(self) -> &'m Span {
        match self {
            Body::Simple(ty) => &ty.span,
            Body::Complex(ty) => &ty.span,
        }
    }

    fn anonymous(self) -> &'static str {
        match self {
            Body::Simple(_) => "an anonymous simple type",
            Body::Complex(_) => "an anonymous complex type",
        }
    }

    /// Returns whether the type is built in.
    pub(super) fn is_builtin(self) -> bool {
        match self {
            Body::Simple(ty) => ty.builtin.is_some() || ty.base.is_none(),
            Body::Complex(ty) => ty.name.as_ref().is_some_and(|name| name.namespace.0 == 1 && name.local == "anyType"),
        }
    }
}

/// Returns the particle of a content.
pub(super) fn particle(content: &Content) -> Option<&Particle> {
    match content {
        Content::Elements(particle) | Content::Mixed(particle) => Some(particle),
        Content::Empty | Content::Simple(_) => None,
    }
}

/// Returns whether a declaration is a child of the schema itself.
pub(super) fn is_global(scope: &Scope) -> bool {
    *scope == Scope::Global
}

/// Returns the place of a span, if there is one.
pub(super) fn side(span: Option<&Span>) -> Option<Side> {
    span.map(Side::of)
}

/// Returns an occurrence range as text, such as `0..1` or `1..unbounded`.
pub(super) fn range(min: u64, max: Max) -> String {
    match max {
        Max::Count(max) => format!("{min}..{max}"),
        Max::Unbounded => format!("{min}..unbounded"),
    }
}

/// Returns a set of derivation methods as text, such as `extension restriction`; `none` if it is empty.
pub(super) fn methods(set: DerivationSet) -> String {
    let all = [
        (set.extension, "extension"),
        (set.restriction, "restriction"),
        (set.substitution, "substitution"),
        (set.list, "list"),
        (set.union, "union"),
    ];
    let words: Vec<&str> = all.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(" ") }
}

/// Returns a value constraint as text, such as `default "1"`. Prefixes in it are replaced by their namespaces.
pub(super) fn constraint(value: &ValueConstraint) -> String {
    let word = match value {
        ValueConstraint::Default(_) => "default",
        ValueConstraint::Fixed(_) => "fixed",
    };
    format!("{word} \"{}\"", literal(value.literal()))
}

/// Returns a literal. If it contains names, their prefixes are replaced by the namespaces that they stand for.
pub(super) fn literal(literal: &Literal) -> String {
    if literal.prefixes.0.is_empty() {
        return literal.text.clone();
    }
    let expand = |token: &str| {
        let (prefix, local) = token.split_once(':').unwrap_or(("", token));
        literal.prefixes.get(prefix).map_or_else(|| token.to_owned(), |uri| format!("{{{uri}}}{local}"))
    };
    literal.text.split_whitespace().map(expand).collect::<Vec<_>>().join(" ")
}
