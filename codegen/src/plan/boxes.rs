//! Boxes large values. `layout` computes sizes, and `recursion` has already boxed recursive types.
//!
//! Without boxes, a struct of structs has room for everything that a document might contain: an invoice line of the Cross Industry Invoice, which
//! is one kilobyte of XML, would take 100 kilobytes. Boxes bound the space of an optional value that is absent. Whether a field is boxed depends
//! only on its type and occurrence, so that adding a field does not change others. The exception is types with dozens of optional values of which a
//! document usually contains few, such as the attributes of a shape in SVG or the elements of a stop in NeTEx.

use super::layout::Layouts;
use super::recursion::fields_mut;
use crate::ir::{Field, Item, ItemId, ItemKind, Occurs, RustIr, Scalar, Ty, Wire};

/// The default for `inline-bytes` of `xsdgen.toml`: the size in bytes above which an optional value, or the value of a choice variant, is boxed. It
/// is the size of three strings.
pub const INLINE_BYTES: u64 = 72;

/// The factor on `inline-bytes` for values that are always present, which are those of required fields and list items.
pub const ALWAYS_THERE: u64 = 4;

/// The factor on `inline-bytes` for all optional values of a type together. If they are larger, each of them that is larger than a box is boxed.
pub const ROOM: u64 = 8;

/// The size of a box in bytes.
const BOX: u64 = 8;

/// The sizes in bytes above which values are boxed.
#[derive(Debug, Clone, Copy)]
struct Limits {
    optional: u64,
    always: u64,
    together: u64,
}

/// Boxes large values in all items.
pub(super) fn plan(ir: &mut RustIr, inline_bytes: Option<u64>) {
    let optional = inline_bytes.unwrap_or(INLINE_BYTES).max(BOX);
    let limits = Limits { optional, always: optional.saturating_mul(ALWAYS_THERE), together: optional.saturating_mul(ROOM) };
    let layouts = values(ir, limits);
    for item in &mut ir.items {
        let lists = fields_mut(item).filter(|field| field.occurs.is_list());
        lists.for_each(|field| enclose(field, &layouts, limits.always));
    }
}

/// Boxes single values, from the innermost item outwards, because a box makes the items that contain it smaller.
fn values(ir: &mut RustIr, limits: Limits) -> Layouts {
    let mut layouts = Layouts::new(ir);
    let mut entered = vec![false; ir.items.len()];
    for start in 0..ir.items.len() {
        let mut work = vec![start];
        while let Some(at) = work.last().copied() {
            let id = ItemId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some(item) = ir.items.get_mut(at).filter(|_| !layouts.knows(id)) else {
                work.pop();
                continue;
            };
            let first = entered.get_mut(at).is_some_and(|entered| !std::mem::replace(entered, true));
            let before = work.len();
            if first {
                work.extend(held(item).into_iter().filter(|held| !layouts.knows(*held)).map(ItemId::index));
            }
            if work.len() == before {
                settle(item, &layouts, limits);
                layouts.learn(id, item);
            }
        }
    }
    layouts
}

/// Boxes the single values of an item.
fn settle(item: &mut Item, layouts: &Layouts, limits: Limits) {
    let choice = matches!(item.kind, ItemKind::Choice(_));
    for field in fields_mut(item) {
        match field.occurs {
            Occurs::One if choice => enclose(field, layouts, limits.optional),
            Occurs::One => enclose(field, layouts, limits.always),
            Occurs::Optional => enclose(field, layouts, limits.optional),
            Occurs::Many(..) => {}
        }
    }
    let optional = |field: &&mut Field| field.occurs == Occurs::Optional;
    let together = fields_mut(item).filter(optional).map(|field| layouts.field(field).size).fold(0, u64::saturating_add);
    if together > limits.together {
        fields_mut(item).filter(optional).for_each(|field| enclose(field, layouts, BOX));
    }
}

/// Boxes the type of a field if its values are larger than the limit.
fn enclose(field: &mut Field, layouts: &Layouts, most: u64) {
    let is_flat = matches!(field.wire, Wire::Flatten { .. });
    if !is_flat && layouts.ty(&field.ty).size > most {
        let ty = std::mem::replace(&mut field.ty, Ty::Scalar(Scalar::Bool));
        field.ty = Ty::Boxed(Box::new(ty));
    }
}

/// Returns the items whose size is part of the size of an item.
fn held(item: &Item) -> Vec<ItemId> {
    let single =
        |fields: Vec<&Field>| fields.into_iter().filter(|field| !field.occurs.is_list()).filter_map(|field| by_value(&field.ty)).collect();
    match &item.kind {
        ItemKind::Struct(planned) => single(planned.fields().collect()),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => single(fields.iter().collect()),
        ItemKind::Union(union) => union.members.iter().filter_map(|member| by_value(&member.ty)).collect(),
        ItemKind::Alias(alias) => by_value(&alias.ty).into_iter().collect(),
        ItemKind::Enumeration(_) | ItemKind::Polymorphic(_) | ItemKind::Value(_) => Vec::new(),
    }
}

fn by_value(ty: &Ty) -> Option<ItemId> {
    match ty {
        Ty::Item(id) => Some(*id),
        Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::XsiTyped(inner) => by_value(inner),
        Ty::Boxed(_) | Ty::XsiBox(_) | Ty::List(_) | Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => None,
    }
}
