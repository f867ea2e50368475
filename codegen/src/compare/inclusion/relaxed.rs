//! Changes a model so that it describes what a reader in tolerant mode reads without losing anything.
//!
//! Facets are not checked in tolerant mode, except that a number must fit its Rust type. An enumeration keeps any text, and so does a union. Elements
//! and attributes may be absent, fixed values and identity constraints are not checked, and any element may be nil.

use crate::datatypes::{FacetKind, builtin};
use crate::literals::Literals;
use crate::model::{
    Builtin, Content, DerivationSet, Facet, Facets, Model, ModelGroup, Particle, Prefixes, ProcessContents, SimpleType, Term, Type, TypeId,
    Variety,
};
use crate::resolve::builtin_id;

/// Returns the model of a tolerant reader that is made from a model.
pub(super) fn relaxed(model: &Model) -> Model {
    let mut out = model.clone();
    let literals = Literals::new(model);
    for (ty, id) in out.types.iter_mut().zip((0..).map(TypeId)) {
        match ty {
            Type::Simple(ty) if ty.builtin.is_none() => relax_simple(model, &literals, id, ty),
            Type::Simple(ty) => ty.variety = relaxed_variety(model, &ty.variety),
            Type::Complex(ty) => {
                (ty.abstract_, ty.block) = (false, DerivationSet::default());
                ty.attributes.iter_mut().for_each(|used| (used.required, used.value) = (false, None));
                relax_content(model, &mut ty.content);
            }
        }
    }
    for element in &mut out.elements {
        element.ty = relaxed_type(model, element.ty);
        (element.nillable, element.value, element.block) = (true, None, DerivationSet::default());
        element.identity.clear();
    }
    for attribute in &mut out.attributes {
        (attribute.ty, attribute.value) = (relaxed_type(model, attribute.ty), None);
    }
    out
}

fn relax_content(model: &Model, content: &mut Content) {
    match content {
        Content::Empty => {}
        Content::Simple(ty) => *ty = relaxed_type(model, *ty),
        Content::Elements(particle) | Content::Mixed(particle) => relax_particle(particle),
    }
}

/// Makes everything in a particle optional. Recursion is bounded by the nesting of model groups.
fn relax_particle(particle: &mut Particle) {
    particle.min = 0;
    match &mut particle.term {
        Term::Element(_) => {}
        Term::Any(wildcard) => wildcard.process = ProcessContents::Skip,
        Term::Group(ModelGroup { particles, .. }) => particles.iter_mut().for_each(relax_particle),
    }
}

fn simple(model: &Model, ty: TypeId) -> Option<&SimpleType> {
    match model.types.get(ty.index()) {
        Some(Type::Simple(ty)) => Some(ty),
        _ => None,
    }
}

/// Returns `xs:string` for the built-in types that a Rust string holds, and any other type as it is.
fn relaxed_type(model: &Model, ty: TypeId) -> TypeId {
    match simple(model, ty).and_then(|ty| ty.builtin) {
        Some(kind) if is_text(kind) => builtin_id(Builtin::String),
        _ => ty,
    }
}

fn is_text(kind: Builtin) -> bool {
    matches!(builtin::primitive(kind), Builtin::String | Builtin::AnyUri | Builtin::AnySimpleType)
}

fn relaxed_variety(model: &Model, variety: &Variety) -> Variety {
    match variety {
        Variety::List(item) => Variety::List(relaxed_type(model, *item)),
        variety => variety.clone(),
    }
}

/// Removes the facets of a derived type, or replaces it by a type that admits any text.
fn relax_simple(model: &Model, literals: &Literals<'_>, id: TypeId, ty: &mut SimpleType) {
    let kind = literals.chain(id).find_map(|(_, step)| step.builtin).unwrap_or(Builtin::AnySimpleType);
    let is_enumerated = literals.chain(id).any(|(_, step)| !step.facets.enumeration.is_empty());
    let is_patterned = literals.chain(id).any(|(_, step)| step.builtin.is_none() && !step.facets.patterns.is_empty());
    let is_kept = is_text(kind) || is_enumerated || is_patterned && is_text_with_pattern(kind);
    match &ty.variety {
        // The bindings keep a list with patterns or enumerations as its text.
        Variety::List(_) if !is_patterned && !is_enumerated => {
            (ty.facets, ty.variety) = (Facets::default(), relaxed_variety(model, &ty.variety))
        }
        Variety::Atomic(_) if !is_kept => {
            ty.facets = Facets::default();
            if !is_sized(kind) {
                integer_bounds(literals, id, &mut ty.facets);
            }
        }
        Variety::Atomic(_) | Variety::List(_) | Variety::Union(_) | Variety::Ur => {
            (ty.base, ty.variety) = (Some(builtin_id(Builtin::String)), Variety::Atomic(Builtin::String));
            ty.facets = Facets::default();
        }
    }
}

/// Returns whether the bindings keep the text of a type with a pattern, because another literal of the same value may not match it.
fn is_text_with_pattern(kind: Builtin) -> bool {
    let is_integer = builtin::primitive(kind) == Builtin::Decimal && kind != Builtin::Decimal;
    is_integer || matches!(kind, Builtin::Boolean | Builtin::Float | Builtin::Double | Builtin::HexBinary | Builtin::Base64Binary)
}

/// Returns whether a Rust integer has the bounds of a built-in type.
fn is_sized(kind: Builtin) -> bool {
    matches!(builtin::bounds(kind), (Some(_), Some(_)))
}

/// Sets the bounds of the Rust integer that holds the values of a type: 64 bits if they are sufficient, or any size.
fn integer_bounds(literals: &Literals<'_>, id: TypeId, facets: &mut Facets) {
    let bound = |pick: fn(&Facets) -> Option<&Facet>| {
        literals.chain(id).find_map(|(_, step)| pick(&step.facets)).and_then(|facet| facet.value.trim().parse::<i128>().ok())
    };
    let least = bound(|f| f.bounds().find(|(_, comparison, _)| comparison.is_lower()).map(|(.., facet)| facet));
    let greatest = bound(|f| f.bounds().find(|(_, comparison, _)| comparison.is_upper()).map(|(.., facet)| facet));
    let few = bound(|f| f.get(FacetKind::TotalDigits)).is_some_and(|digits| digits <= 18);
    let (least, greatest) = match (least, greatest) {
        (least, greatest) if few => (least.unwrap_or(i64::MIN.into()), greatest.unwrap_or(i64::MAX.into())),
        (Some(least), Some(greatest)) => (least, greatest),
        _ => return,
    };
    let whole = literals.chain(id).any(|(_, step)| step.builtin == Some(Builtin::Integer));
    let (low, high) = match () {
        () if !whole => return,
        () if least >= 0 && greatest <= u64::MAX.into() => (0, u64::MAX.into()),
        () if least >= i64::MIN.into() && greatest <= i64::MAX.into() => (i64::MIN.into(), i64::MAX.into()),
        () => return,
    };
    let facet = |value: i128| {
        let span = crate::diagnostic::Span::file("");
        Facet { value: value.to_string(), fixed: false, prefixes: Prefixes::default(), docs: Vec::new(), span }
    };
    facets.insert(FacetKind::MinInclusive, facet(low));
    facets.insert(FacetKind::MaxInclusive, facet(high));
}
