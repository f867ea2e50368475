//! In: the [`Model`]. Out: which elements may stand where one is declared, and which derivations are blocked on the way between two types.
//! Not done here: what `xsi:type` may say (`plan::poly`, `sample`).

use crate::model::{Derivation, DerivationSet, Element, ElementId, Model, Type, TypeId};

/// Longest chain of derivations that is followed.
const LONGEST: usize = 2000;

/// Elements that may stand where an element is declared, itself included: the concrete ones.
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

/// What either blocks.
pub(crate) fn joined(one: DerivationSet, other: DerivationSet) -> DerivationSet {
    DerivationSet { extension: one.extension || other.extension, restriction: one.restriction || other.restriction, ..one }
}

/// Whether the way from a base to a type that derives from it uses a method that is blocked.
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
