//! Ensures that every type has an empty value, and that no empty value is huge. `recursion` and `boxes` run before this pass.
//!
//! Reading starts from an empty value: every required field holds the empty value of its type, and a choice holds one of its variants.

use super::recursion::fields_mut;
use crate::ir::{Field, Item, ItemId, ItemKind, Occurs, RustIr, Ty, Wire};

/// The maximum number of values that an empty value may consist of. Beyond it, its largest required fields become optional. Otherwise, an element
/// of a few bytes would take megabytes if each type requires two elements of the next, twenty levels deep.
const MOST_VALUES: u64 = 1024;

/// Ensures that every type has an empty value, and none a huge one.
pub(super) fn plan(ir: &mut RustIr) {
    endings(ir);
    bounds(ir);
}

/// Makes fields optional in types that require themselves, directly or indirectly. Such a type has no finite value, so no document can contain it,
/// but reading still has to start from an empty value. In a choice, the variant used for the empty value is moved to the front.
fn endings(ir: &mut RustIr) {
    let mut finite = vec![false; ir.items.len()];
    let mut waiting: Vec<usize> = (0..ir.items.len()).collect();
    loop {
        let before = waiting.len();
        waiting.retain(|at| {
            let ends = ir.items.get(*at).is_some_and(|item| ends(item, &finite));
            if let Some(slot) = finite.get_mut(*at).filter(|_| ends) {
                *slot = true;
            }
            !ends
        });
        if waiting.len() == before && !turn_one(ir, &finite, &waiting) {
            break;
        }
    }
    for at in waiting {
        if let Some(item) = ir.items.get_mut(at)
            && !matches!(item.kind, ItemKind::Choice(_))
        {
            relax(item, |field| !is_finite(&field.ty, &finite));
        }
    }
}

/// Moves a variant with a finite empty value to the front of the first choice that has one. Returns whether there was one.
fn turn_one(ir: &mut RustIr, finite: &[bool], waiting: &[usize]) -> bool {
    for at in waiting {
        if let Some(ItemKind::Choice(arms)) = ir.items.get_mut(*at).map(|item| &mut item.kind)
            && let Some(found) = arms.iter().position(|arm| field_ends(arm, finite))
            && let Some(front) = arms.get_mut(..=found)
        {
            front.rotate_right(1);
            return true;
        }
    }
    false
}

fn is_finite(ty: &Ty, finite: &[bool]) -> bool {
    ty.item().is_none_or(|id| finite.get(id.index()) == Some(&true)) || matches!(ty, Ty::List(_))
}

fn field_ends(field: &Field, finite: &[bool]) -> bool {
    field.occurs != Occurs::One || is_finite(&field.ty, finite)
}

/// Returns the variant used for the empty value of a choice.
fn blank_arm(arms: &[Field]) -> Option<&Field> {
    let open = |arm: &&Field| arm.occurs != Occurs::One || arm.wire == Wire::Text || !matches!(arm.ty, Ty::Boxed(_) | Ty::XsiBox(_));
    arms.iter().find(open).or(arms.first())
}

/// Returns whether the item has an empty value, given the items that are known to have one.
fn ends(item: &Item, finite: &[bool]) -> bool {
    match &item.kind {
        ItemKind::Struct(planned) => planned.fields().all(|field| field_ends(field, finite)),
        ItemKind::Group(fields) => fields.iter().all(|field| field_ends(field, finite)),
        ItemKind::Choice(arms) => blank_arm(arms).is_none_or(|arm| field_ends(arm, finite)),
        ItemKind::Alias(alias) => is_finite(&alias.ty, finite),
        // The empty value of a polymorphic type is an unknown element, kept as XML.
        ItemKind::Polymorphic(_) | ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Value(_) => true,
    }
}

/// Makes those required fields optional that satisfy the predicate.
fn relax(item: &mut Item, which: impl Fn(&Field) -> bool) {
    for field in fields_mut(item) {
        let is_flat = matches!(field.wire, Wire::Flatten { .. });
        if field.occurs == Occurs::One && !is_flat && which(field) {
            field.occurs = Occurs::Optional;
        }
    }
    let required = fields_mut(item).any(|field| field.is_required());
    if !required && !item.derives.iter().any(|derive| derive == "Default") {
        item.derives.push("Default".to_owned());
    }
}

/// Makes required fields optional where an empty value would consist of too many values.
fn bounds(ir: &mut RustIr) {
    let mut weights = vec![None; ir.items.len()];
    let mut entered = vec![false; ir.items.len()];
    for start in 0..ir.items.len() {
        let mut work = vec![start];
        while let Some(at) = work.last().copied() {
            let Some(item) = ir.items.get_mut(at).filter(|_| weights.get(at) == Some(&None)) else {
                work.pop();
                continue;
            };
            let first = entered.get_mut(at).is_some_and(|entered| !std::mem::replace(entered, true));
            let before = work.len();
            if first {
                work.extend(held(item).into_iter().map(ItemId::index).filter(|held| weights.get(*held) == Some(&None)));
            }
            if work.len() == before {
                let weight = bounded(item, &weights);
                if let Some(known) = weights.get_mut(at) {
                    *known = Some(weight);
                }
            }
        }
    }
}

/// Limits the size of the empty value of an item, and returns how many values it consists of.
fn bounded(item: &mut Item, weights: &[Option<u64>]) -> u64 {
    let of = |id: ItemId| weights.get(id.index()).copied().flatten().unwrap_or(1);
    let total = |item: &Item| held(item).into_iter().map(of).fold(1, u64::saturating_add);
    if total(item) > MOST_VALUES && !matches!(item.kind, ItemKind::Choice(_)) {
        let share = MOST_VALUES / held(item).len().max(1) as u64;
        relax(item, |field| blank_of(&field.ty).is_some_and(|id| of(id) > share));
    }
    total(item)
}

/// Returns the items whose empty values are part of the empty value of an item.
fn held(item: &Item) -> Vec<ItemId> {
    let required = |field: &Field| if field.occurs == Occurs::One { blank_of(&field.ty) } else { None };
    match &item.kind {
        ItemKind::Struct(planned) => planned.fields().filter_map(required).collect(),
        ItemKind::Group(fields) => fields.iter().filter_map(required).collect(),
        ItemKind::Choice(arms) => blank_arm(arms).and_then(required).into_iter().collect(),
        ItemKind::Alias(_) | ItemKind::Polymorphic(_) | ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Value(_) => Vec::new(),
    }
}

/// Returns the item whose empty value is the empty value of a type.
fn blank_of(ty: &Ty) -> Option<ItemId> {
    match ty {
        Ty::Item(id) => Some(*id),
        Ty::Boxed(inner) | Ty::XsiBox(inner) | Ty::MaybeNil(inner) | Ty::XsiTyped(inner) => blank_of(inner),
        Ty::Nillable(_) | Ty::List(_) | Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => None,
    }
}
