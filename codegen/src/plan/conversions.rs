//! Decides what can be written for a value: which variants of choices get a conversion (`From` of the type of the variant, if no other variant holds
//! the same type), and which fields take number literals.

use std::collections::HashMap;

use crate::ir::{Field, Item, ItemId, ItemKind, Occurs, RustIr, Scalar, Ty};

/// Marks the variants of all choices that get a conversion, and the fields whose types are aliases of Rust integers.
pub(super) fn plan(ir: &mut RustIr) {
    variants(ir);
    integers(ir);
}

/// Marks the fields of structs whose types are aliases of Rust integers.
fn integers(ir: &mut RustIr) {
    let aliases: Vec<bool> =
        ir.items.iter().map(|item| matches!(&item.kind, ItemKind::Alias(of) if is_integer(&plain(&ir.items, &of.ty)))).collect();
    let mark = |field: &mut Field| {
        let item = match unwrapped(&field.ty) {
            Ty::Item(id) => aliases.get(id.index()),
            _ => None,
        };
        field.integer = item.is_some_and(|is_integer| *is_integer);
    };
    for item in &mut ir.items {
        match &mut item.kind {
            ItemKind::Struct(of) => of.fields_mut().for_each(mark),
            ItemKind::Group(fields) => fields.iter_mut().for_each(mark),
            _ => {}
        }
    }
}

fn is_integer(ty: &Ty) -> bool {
    use Scalar::{I8, I16, I32, I64, U8, U16, U32, U64};
    matches!(ty, Ty::Scalar(I8 | I16 | I32 | I64 | U8 | U16 | U32 | U64))
}

/// Marks the variants of all choices that get a conversion.
fn variants(ir: &mut RustIr) {
    let mut marked: Vec<(usize, Vec<bool>)> = Vec::new();
    for (at, item) in ir.items.iter().enumerate() {
        if let ItemKind::Choice(arms) = &item.kind {
            let given: Vec<Option<Ty>> =
                arms.iter().map(|arm| (arm.occurs == Occurs::One).then(|| plain(&ir.items, unwrapped(&arm.ty)))).collect();
            let mut counts: HashMap<&Ty, usize> = HashMap::new();
            given.iter().flatten().for_each(|ty| *counts.entry(ty).or_default() += 1);
            // Every type converts into itself and is tried from the enum of its derived types, and nothing is known about types that the settings
            // name.
            let own = ItemId(u32::try_from(at).unwrap_or(u32::MAX));
            let alone = |ty: &Ty| counts.get(ty) == Some(&1) && *ty != Ty::Item(own) && !is_foreign(ty) && !replaces(&ir.items, ty, own);
            marked.push((at, given.iter().map(|ty| ty.as_ref().is_some_and(alone)).collect()));
        }
    }
    for (at, from) in marked {
        if let Some(ItemKind::Choice(arms)) = ir.items.get_mut(at).map(|item| &mut item.kind) {
            arms.iter_mut().zip(from).for_each(|(arm, from)| arm.from = from);
        }
    }
}

/// Returns the type in a wrapper that the conversion adds.
fn unwrapped(ty: &Ty) -> &Ty {
    match ty {
        Ty::Boxed(inner) | Ty::XsiBox(inner) | Ty::XsiTyped(inner) => inner,
        other => other,
    }
}

/// Returns the type with every alias replaced by the type that it stands for.
fn plain(items: &[Item], ty: &Ty) -> Ty {
    let inner = |ty: &Ty| Box::new(plain(items, ty));
    match ty {
        Ty::Item(id) => match items.get(id.index()).map(|item| &item.kind) {
            Some(ItemKind::Alias(alias)) => plain(items, &alias.ty),
            _ => ty.clone(),
        },
        Ty::Boxed(of) => Ty::Boxed(inner(of)),
        Ty::Nillable(of) => Ty::Nillable(inner(of)),
        Ty::MaybeNil(of) => Ty::MaybeNil(inner(of)),
        Ty::List(of) => Ty::List(inner(of)),
        Ty::XsiBox(of) => Ty::XsiBox(inner(of)),
        Ty::XsiTyped(of) => Ty::XsiTyped(inner(of)),
        Ty::Scalar(_) | Ty::Codec(_) | Ty::Foreign(_) => ty.clone(),
    }
}

/// Returns whether a type is the enum of types derived from another, of which one is this item.
fn replaces(items: &[Item], ty: &Ty, own: ItemId) -> bool {
    let Ty::Item(id) = ty else { return false };
    match items.get(id.index()).map(|item| &item.kind) {
        Some(ItemKind::Polymorphic(of)) => of.base.iter().chain(&of.derived).any(|derived| derived.ty.item() == Some(own)),
        _ => false,
    }
}

fn is_foreign(ty: &Ty) -> bool {
    match ty {
        Ty::Foreign(_) => true,
        Ty::Boxed(of) | Ty::Nillable(of) | Ty::MaybeNil(of) | Ty::List(of) | Ty::XsiBox(of) | Ty::XsiTyped(of) => is_foreign(of),
        Ty::Item(_) | Ty::Scalar(_) | Ty::Codec(_) => false,
    }
}
