//! Finds the elements that can substitute for a declared element, and tests whether derivations between two types are blocked. The types that
//! `xsi:type` may name are handled in `plan::poly` and `sample`.

use crate::model::{Derivation, DerivationSet, Element, ElementId, Model, Type, TypeId, Variety};
use crate::resolve::ANY_TYPE;

/// The maximum length of a derivation chain that is followed.
const LONGEST: usize = 2000;

/// Returns the non-abstract elements that may occur where an element is declared, including the element itself.
pub(crate) fn substitutes(model: &Model, id: ElementId) -> Vec<(ElementId, &Element)> {
    let Some(head) = model.elements.get(id.index()) else { return Vec::new() };
    let own = (!head.abstract_).then_some((id, head));
    if head.block.substitution {
        return own.into_iter().collect();
    }
    let by_type = match model.types.get(head.ty.index()) {
        Some(Type::Complex(ty)) => ty.block,
        _ => DerivationSet::default(),
    };
    let blocks = joined(head.block, by_type);
    let members = head.members.iter().filter_map(|id| Some((*id, model.elements.get(id.index())?)));
    own.into_iter().chain(members.filter(|(_, e)| !e.abstract_ && !is_blocked(model, head.ty, e.ty, blocks))).collect()
}

/// Returns the union of two sets of blocked derivation methods.
pub(crate) fn joined(one: DerivationSet, other: DerivationSet) -> DerivationSet {
    DerivationSet { extension: one.extension || other.extension, restriction: one.restriction || other.restriction, ..one }
}

/// Returns whether a type is another type or is derived from it, by any method. A member of a union without facets is derived from the union
/// (clause 2.2.4 of cos-st-derived-ok).
pub(crate) fn derives(model: &Model, derived: TypeId, base: TypeId) -> bool {
    let mut members = vec![base];
    let mut seen = std::collections::HashSet::new();
    while let Some(base) = members.pop() {
        if !seen.insert(base) {
            continue;
        }
        if ancestors(model, derived).any(|id| id == base) {
            return true;
        }
        members.extend(bare_members(model, base));
    }
    false
}

/// Returns the member types of a union without facets.
pub(crate) fn bare_members(model: &Model, union: TypeId) -> &[TypeId] {
    match model.types.get(union.index()) {
        Some(Type::Simple(ty)) if ty.facets.patterns.is_empty() && ty.facets.enumeration.is_empty() => match &ty.variety {
            Variety::Union(members) => members,
            _ => &[],
        },
        _ => &[],
    }
}

/// Returns a type and all its bases up to `xs:anyType`.
fn ancestors(model: &Model, ty: TypeId) -> impl Iterator<Item = TypeId> {
    std::iter::successors(Some(ty), |at| match model.types.get(at.index())? {
        Type::Complex(ty) => Some(ty.base).filter(|base| base != at),
        Type::Simple(ty) => Some(ty.base.unwrap_or(ANY_TYPE)),
    })
}

/// Returns whether the derivation of a type from a base uses a blocked method.
pub(crate) fn is_blocked(model: &Model, base: TypeId, derived: TypeId, blocks: DerivationSet) -> bool {
    if !blocks.extension && !blocks.restriction {
        return false;
    }
    let mut at = derived;
    for _ in 0..LONGEST {
        if at == base {
            return false;
        }
        at = match model.types.get(at.index()) {
            Some(Type::Complex(ty)) => match ty.derivation {
                Derivation::Extension if blocks.extension => return true,
                Derivation::Restriction if blocks.restriction => return true,
                _ if ty.base == at => return false,
                _ => ty.base,
            },
            Some(Type::Simple(ty)) => match ty.base {
                Some(_) if blocks.restriction => return true,
                Some(base) => base,
                None => return false,
            },
            None => return false,
        };
    }
    false
}
