//! Makes simple types with their facets, as `emit::simple` spells them.

use std::collections::HashMap;

use xsdgen::datatypes::FacetKind;
use xsdgen::ir::{Facet, FacetValue, Facets, ItemId, ItemKind, ModuleId, NamedFacets, SimpleOf, SimpleType as Planned};
use xsdgen_codec::SimpleType;

use super::Compiler;
use crate::leak::{leak, leak_all};
use crate::shape::{Shape, UnionOf};

/// The simple types that have a static in the generated code.
#[derive(Debug, Default)]
pub(super) struct Known {
    items: HashMap<ItemId, &'static SimpleType>,
    named: HashMap<(ModuleId, String), &'static SimpleType>,
}

impl<'i> Compiler<'i> {
    /// Defines the unions. Their members are simple types.
    pub(super) fn unions(&mut self) {
        for (index, item) in (0..).zip(&self.ir.items) {
            let (ItemKind::Union(planned), Some(Shape::Union(place))) = (&item.kind, self.items.get(index as usize).copied().flatten())
            else {
                continue;
            };
            let simple = self.of_item(ItemId(index));
            let members = planned.members.iter().map(|member| self.shape(&member.ty)).collect();
            if let Some(simple) = simple {
                let _ = place.0.set(UnionOf { simple, members });
            }
        }
    }

    /// Returns the simple type of a reference in an item of this module.
    pub(super) fn facets(&mut self, facets: &'i Facets, module: ModuleId) -> Option<&'static SimpleType> {
        match facets {
            Facets::Static(id) => self.of_item(*id),
            Facets::Named(name) => self.of_file(name, self.file(module)),
            Facets::Inline(planned) => Some(leak(self.simple(planned, module))),
        }
    }

    /// Returns the simple type of an alias or a union.
    fn of_item(&mut self, id: ItemId) -> Option<&'static SimpleType> {
        if let Some(known) = self.facets.items.get(&id) {
            return Some(known);
        }
        let item = self.item(id)?;
        let facets = match &item.kind {
            ItemKind::Union(union) => &union.facets,
            ItemKind::Alias(alias) => alias.facets.as_ref()?,
            _ => return None,
        };
        let made = self.stated(facets, item.module);
        self.facets.items.insert(id, made);
        Some(made)
    }

    /// Returns the simple type of a static of a file.
    fn of_file(&mut self, name: &str, file: ModuleId) -> Option<&'static SimpleType> {
        let key = (file, name.to_owned());
        if let Some(known) = self.facets.named.get(&key) {
            return Some(known);
        }
        let facets = self.ir.modules.get(file.index())?.facets.iter().find(|facets| facets.name == name)?;
        let made = self.stated(facets, file);
        self.facets.named.insert(key, made);
        Some(made)
    }

    fn stated(&mut self, facets: &'i NamedFacets, module: ModuleId) -> &'static SimpleType {
        leak(self.simple(&facets.definition, module))
    }

    fn simple(&mut self, planned: &'i Planned, module: ModuleId) -> SimpleType {
        let mut simple = match &planned.of {
            SimpleOf::Builtin(builtin) => SimpleType::of(*builtin),
            SimpleOf::List(item) => match self.facets(item, module) {
                Some(item) => SimpleType::list(item),
                None => SimpleType::of(xsdgen_codec::Builtin::AnySimpleType),
            },
            SimpleOf::Union(members) => {
                SimpleType::union(leak_all(members.iter().filter_map(|member| self.facets(member, module)).collect()))
            }
            SimpleOf::Restriction(base) => SimpleType::restricting(leak(self.simple(base, module))),
        };
        if let Some(name) = &planned.name {
            simple = simple.named(self.texts.get(name));
        }
        planned.facets.iter().fold(simple, |simple, facet| self.facet(simple, facet))
    }

    fn facet(&mut self, simple: SimpleType, facet: &Facet) -> SimpleType {
        match &facet.value {
            FacetValue::WhiteSpace(space) => simple.white_space(*space),
            FacetValue::Count(count) => match facet.kind {
                FacetKind::Length => simple.length(*count),
                FacetKind::MinLength => simple.min_length(*count),
                FacetKind::MaxLength => simple.max_length(*count),
                FacetKind::TotalDigits => simple.total_digits(*count),
                FacetKind::FractionDigits => simple.fraction_digits(*count),
                _ => simple,
            },
            FacetValue::Bound(bound) => {
                let bound = self.texts.get(bound);
                match facet.kind {
                    FacetKind::MinInclusive => simple.min_inclusive(bound),
                    FacetKind::MinExclusive => simple.min_exclusive(bound),
                    FacetKind::MaxInclusive => simple.max_inclusive(bound),
                    FacetKind::MaxExclusive => simple.max_exclusive(bound),
                    _ => simple,
                }
            }
            FacetValue::Patterns(patterns) => simple.pattern(self.texts.get(&patterns.join("|"))),
            FacetValue::Values(values) => simple.enumeration(self.texts.all(values)),
            FacetValue::Names(names) => simple.names(self.texts.all(names)),
        }
    }
}
