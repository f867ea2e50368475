//! Decides whether each literal of a simple type is a literal of another one. The answer is "no" if it cannot be shown.

use crate::datatypes::FacetKind;
use crate::ir::{Facet, FacetValue, Facets, ItemId, ItemKind, ModuleId, ROOT, RustIr, SimpleOf, SimpleType};
use crate::model::Builtin;

/// Facets with the bindings and the module that they are written in.
#[derive(Clone, Copy)]
pub(super) struct Of<'i> {
    pub(super) ir: &'i RustIr,
    pub(super) module: ModuleId,
    pub(super) facets: &'i Facets,
}

/// A simple type, with its place.
#[derive(Clone, Copy)]
pub(super) struct At<'i> {
    pub(super) ir: &'i RustIr,
    pub(super) module: ModuleId,
    pub(super) ty: &'i SimpleType,
}

/// Returns whether each literal of `old` is one of `new`.
pub(super) fn included(old: Of<'_>, new: Of<'_>) -> bool {
    matches!((definition(old), definition(new)), (Some(old), Some(new)) if within(old, new))
}

/// Returns the definition that facets refer to.
pub(super) fn definition(of: Of<'_>) -> Option<At<'_>> {
    let Of { ir, module, facets } = of;
    match facets {
        Facets::Inline(ty) => Some(At { ir, module, ty }),
        Facets::Named(name) => {
            let file = ir.modules.get(super::super::features::file_of(ir, module).index())?;
            let ty = &file.facets.iter().find(|facets| facets.name == *name)?.definition;
            Some(At { ir, module, ty })
        }
        Facets::Static(id) => of_item(ir, *id),
    }
}

fn of_item(ir: &RustIr, id: ItemId) -> Option<At<'_>> {
    let item = ir.items.get(id.index())?;
    let ty = match &item.kind {
        ItemKind::Alias(alias) => &alias.facets.as_ref()?.definition,
        ItemKind::Union(union) => &union.facets.definition,
        _ => return None,
    };
    Some(At { ir, module: item.module, ty })
}

fn within(old: At<'_>, new: At<'_>) -> bool {
    let (a, b) = (steps(old.ty), steps(new.ty));
    let (Some(base), Some(wanted)) = (a.last(), b.last()) else { return false };
    let bases = match (&base.of, &wanted.of) {
        (SimpleOf::Builtin(a), SimpleOf::Builtin(b)) => a == b || *b == Builtin::AnySimpleType,
        (SimpleOf::List(a), SimpleOf::List(b)) => included(old.at(a), new.at(b)),
        (SimpleOf::Union(a), SimpleOf::Union(b)) => a.iter().all(|a| b.iter().any(|b| included(old.at(a), new.at(b)))),
        _ => false,
    };
    let held: Vec<&Facet> = a.iter().flat_map(|step| &step.facets).collect();
    bases && b.iter().flat_map(|step| &step.facets).all(|wanted| held.iter().any(|held| implies(held, wanted)))
}

impl<'i> At<'i> {
    pub(super) fn at(&self, facets: &'i Facets) -> Of<'i> {
        Of { ir: self.ir, module: self.module, facets }
    }
}

/// Returns a type and those that it restricts, up to the base.
fn steps(ty: &SimpleType) -> Vec<&SimpleType> {
    let mut out = vec![ty];
    while let Some(SimpleOf::Restriction(base)) = out.last().map(|last| &last.of) {
        out.push(base);
    }
    out
}

/// Returns whether a value that one facet admits is admitted by the other one.
fn implies(held: &Facet, wanted: &Facet) -> bool {
    if held == wanted {
        return true;
    }
    match (&held.value, &wanted.value) {
        (FacetValue::Values(a), FacetValue::Values(b)) | (FacetValue::Names(a), FacetValue::Names(b)) => a.iter().all(|a| b.contains(a)),
        (FacetValue::Count(a), FacetValue::Count(b)) => match (held.kind, wanted.kind) {
            (FacetKind::MinLength | FacetKind::Length, FacetKind::MinLength) => a >= b,
            (FacetKind::MaxLength | FacetKind::Length, FacetKind::MaxLength) => a <= b,
            (FacetKind::TotalDigits, FacetKind::TotalDigits) | (FacetKind::FractionDigits, FacetKind::FractionDigits) => a <= b,
            _ => false,
        },
        _ => false,
    }
}

/// Returns the module of an item; the root if there is none.
pub(super) fn module_of(ir: &RustIr, id: Option<ItemId>) -> ModuleId {
    id.and_then(|id| ir.items.get(id.index())).map_or(ROOT, |item| item.module)
}
