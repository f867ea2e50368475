//! Makes the entries of `Model::types` for the built-in types: `xs:anyType` first, then the simple types in the order of [`Builtin`]. Their lexical
//! and value spaces are in `datatypes`.

use crate::datatypes::builtin::{self, ALL};
use crate::diagnostic::Span;
use crate::model::{
    Builtin, ComplexType, Compositor, Content, Derivation, DerivationSet, Facet, Facets, Max, ModelGroup, NamespaceId, Particle, Prefixes,
    ProcessContents, QName, Scope, SimpleType, Term, Type, TypeId, Variety, Wildcard, WildcardNamespaces,
};

/// The id of `xs:anyType`.
pub const ANY_TYPE: TypeId = TypeId(0);

/// The number of built-in types.
pub(super) const COUNT: u32 = ALL.len() as u32 + 1;

/// Returns the id of a built-in simple type.
pub fn builtin_id(builtin: Builtin) -> TypeId {
    TypeId(builtin as u32 + 1)
}

/// Returns all built-in types.
pub(super) fn types(xs: NamespaceId) -> Vec<Type> {
    let mut types = vec![Type::Complex(any_type(xs))];
    types.extend(ALL.iter().map(|b| Type::Simple(simple(*b, xs))));
    types
}

fn nowhere() -> Span {
    Span::file("")
}

fn wildcard() -> Wildcard {
    Wildcard { namespaces: WildcardNamespaces::Any, process: ProcessContents::Lax, docs: Vec::new(), span: nowhere() }
}

/// Returns the definition of `xs:anyType` (Part 1, section 3.4.7).
fn any_type(xs: NamespaceId) -> ComplexType {
    let any = Particle { min: 0, max: Max::Unbounded, term: Term::Any(wildcard()), span: nowhere() };
    let group = ModelGroup { compositor: Compositor::Sequence, particles: vec![any], named: None, docs: Vec::new() };
    ComplexType {
        name: Some(QName { namespace: xs, local: "anyType".to_owned() }),
        scope: Scope::Global,
        base: ANY_TYPE,
        derivation: Derivation::Restriction,
        abstract_: false,
        final_: DerivationSet::default(),
        block: DerivationSet::default(),
        attributes: Vec::new(),
        attribute_groups: Vec::new(),
        any_attribute: Some(wildcard()),
        content: Content::Mixed(Particle { min: 1, max: Max::Count(1), term: Term::Group(group), span: nowhere() }),
        docs: Vec::new(),
        span: nowhere(),
    }
}

fn simple(b: Builtin, xs: NamespaceId) -> SimpleType {
    let variety = match (b, builtin::item(b)) {
        (Builtin::AnySimpleType, _) => Variety::Ur,
        (_, Some(item)) => Variety::List(builtin_id(item)),
        _ => Variety::Atomic(builtin::primitive(b)),
    };
    SimpleType {
        name: Some(QName { namespace: xs, local: builtin::name(b).to_owned() }),
        scope: Scope::Global,
        base: (b != Builtin::AnySimpleType).then(|| builtin_id(builtin::base(b))),
        variety,
        builtin: Some(b),
        facets: facets(b),
        final_: DerivationSet::default(),
        docs: Vec::new(),
        span: nowhere(),
    }
}

/// Returns the facets of a built-in type that are not already inherited from its base (Part 2, section 3).
fn facets(b: Builtin) -> Facets {
    let mut facets = Facets::default();
    for (kind, value, fixed) in builtin::facets(b) {
        facets.insert(kind, Facet { value: value.to_owned(), fixed, prefixes: Prefixes::default(), docs: Vec::new(), span: nowhere() });
    }
    facets
}
