//! Chooses the default prefix for the names in a group, a choice, a polymorphic type and `Document`: the prefix of the first name. Other prefixes are
//! written explicitly.

use crate::ir::{Field, ItemKind, RustIr, Wire, WireName};

/// Chooses the default prefixes.
pub(super) fn plan(ir: &mut RustIr) {
    for item in &mut ir.items {
        item.prefix = match &item.kind {
            // The prefix of the type is also that of the names in it, as in a struct.
            ItemKind::Choice(_) if item.complex.is_some() => item.complex.as_ref().map(|ty| ty.wire.prefix.clone()),
            ItemKind::Group(fields) | ItemKind::Choice(fields) => first(fields.iter().filter_map(name)),
            ItemKind::Polymorphic(planned) => first(planned.base.iter().chain(&planned.derived).map(|derived| &derived.wire)),
            _ => None,
        };
    }
    ir.root.document_prefix = first(ir.root.document.iter().filter_map(|variant| name(&variant.field)));
}

fn name(field: &Field) -> Option<&WireName> {
    if let Wire::Name(name) = &field.wire { Some(name) } else { None }
}

fn first<'n>(mut names: impl Iterator<Item = &'n WireName>) -> Option<String> {
    names.next().map(|name| name.prefix.clone())
}
