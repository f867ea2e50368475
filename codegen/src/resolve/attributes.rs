//! Resolves attribute declarations, and computes the attribute uses of every attribute group and type. Whether a type restricts the attribute uses of
//! its base is checked in `checks::types`.

use super::names::Space;
use super::order::topological;
use super::{Resolver, count, wildcard};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{AttributeGroup, AttributeGroupId, AttributeId, AttributeUse, NamespaceId, Wildcard, WildcardNamespaces};
use crate::schema::{
    AttributeGroupDecl, AttributeItem, AttributeTarget, AttributeUseDecl, AttributesDecl, Usage, WildcardDecl, WildcardNames,
};

/// The maximum number of attribute uses that are copied from attribute groups and base types, in all of them together.
const MAX_COPIED: u64 = 1_000_000;

/// Attribute uses and an attribute wildcard, including those that attribute groups contribute.
#[derive(Debug, Clone, Default)]
pub(crate) struct ResolvedAttributes {
    pub(crate) uses: Vec<AttributeUse>,
    /// The attribute declarations whose use is prohibited.
    pub(super) prohibited: Vec<AttributeId>,
    pub(crate) any: Option<Wildcard>,
    /// The attribute groups that the definition itself refers to, in the order written.
    pub(super) groups: Vec<AttributeGroupId>,
}

impl<'a> Resolver<'a> {
    /// Resolves the attribute groups. Groups that others refer to come first.
    pub(super) fn attribute_groups_in_order(&mut self) {
        let total = self.ids.attribute_groups.len();
        let mut references: Vec<Vec<Option<u32>>> = Vec::with_capacity(total);
        for index in 0..total {
            references.push(self.group_references(count(index)));
        }
        let ordered = topological(total, |n| references.get(n).into_iter().flatten().flatten().map(|g| *g as usize).collect());
        for (from, _) in &ordered.cycles {
            if let Some((_, decl)) = self.attribute_group_decl(count(*from)) {
                let message = format!("the attribute group `{}` refers to itself (src-attribute_group.3)", decl.name.local);
                self.problems.push(
                    Diagnostic::error(codes::X0114, decl.span.clone(), message)
                        .with_help("remove the reference by which it comes back to itself"),
                );
            }
        }
        self.attribute_groups = vec![ResolvedAttributes::default(); total];
        for index in ordered.order {
            let Some((document, decl)) = self.attribute_group_decl(count(index)) else { continue };
            let groups = references.get(index).cloned().unwrap_or_default();
            let resolved = self.collect(document, &decl.attributes, &groups, &decl.span);
            self.duplicate_uses(&resolved.uses, &decl.span, true);
            if let Some(slot) = self.attribute_groups.get_mut(index) {
                *slot = resolved;
            }
        }
        for index in 0..total {
            let Some((_, decl)) = self.attribute_group_decl(count(index)) else { continue };
            let ResolvedAttributes { uses, groups, .. } = self.attribute_groups.get(index).cloned().unwrap_or_default();
            let name = self.qname(&decl.name);
            let group = AttributeGroup { name, groups, attributes: uses, docs: decl.docs.clone(), span: decl.span.clone() };
            self.model.attribute_groups.push(group);
        }
    }

    pub(super) fn attribute_group_decl(&self, id: u32) -> Option<(usize, &'a AttributeGroupDecl)> {
        let (document, index) = self.ids.attribute_groups.declaration(id)?;
        Some((document, self.schema(document)?.attribute_groups.get(index)?))
    }

    fn group_references(&mut self, id: u32) -> Vec<Option<u32>> {
        let Some((document, decl)) = self.attribute_group_decl(id) else { return Vec::new() };
        let references = decl.attributes.items.iter().filter_map(|item| match item {
            AttributeItem::Group(r) => Some(r),
            AttributeItem::Use(_) => None,
        });
        references.map(|r| self.lookup_within(document, Space::AttributeGroup, (id, &decl.name), r)).collect()
    }

    /// Returns the attribute uses and the wildcard that a complex type itself declares.
    pub(super) fn own_attributes(&mut self, document: usize, decl: &AttributesDecl, span: &Span) -> ResolvedAttributes {
        let mut groups = Vec::new();
        for item in &decl.items {
            if let AttributeItem::Group(reference) = item {
                groups.push(self.lookup(document, Space::AttributeGroup, reference));
            }
        }
        self.collect(document, decl, &groups, span)
    }

    /// Combines uses and groups in the order written, and intersects the wildcards (section 3.4.2).
    fn collect(&mut self, document: usize, decl: &AttributesDecl, groups: &[Option<u32>], span: &Span) -> ResolvedAttributes {
        let mut out = ResolvedAttributes::default();
        let mut groups = groups.iter();
        let own = decl.any.as_ref().map(|w| self.wildcard(w));
        let mut wildcards: Vec<Wildcard> = own.into_iter().collect();
        let mut seen = std::collections::HashSet::new();
        for item in &decl.items {
            match item {
                AttributeItem::Use(usage) => self.add_use(document, usage, &mut out),
                AttributeItem::Group(_) => {
                    let Some(group) = groups.next().copied().flatten() else { continue };
                    out.groups.push(AttributeGroupId(group));
                    let total = self.attribute_groups.get(group as usize).map_or(0, |resolved| resolved.uses.len());
                    if !self.affordable_uses(total, span) {
                        continue;
                    }
                    let Some(resolved) = self.attribute_groups.get(group as usize) else { continue };
                    // A group that is referenced twice contributes once, because its uses are the same components.
                    for usage in &resolved.uses {
                        if seen.insert((usage.attribute, usage.span.range())) {
                            out.uses.push(usage.clone());
                        }
                    }
                    // A prohibited use is not a component of the group, so it has no effect on a type that refers to the group (section 3.4.2).
                    wildcards.extend(resolved.any.clone());
                }
            }
        }
        out.any = self.intersect(wildcards, span);
        out
    }

    /// Returns whether that many attribute uses can be copied, and reports if they cannot.
    pub(super) fn affordable_uses(&mut self, total: usize, span: &Span) -> bool {
        self.copied_uses = self.copied_uses.saturating_add(total as u64);
        let affordable = self.copied_uses <= MAX_COPIED;
        if !affordable {
            self.too_large(
                span,
                format!("the types, with all attribute groups and bases expanded, have more than {MAX_COPIED} attributes"),
            );
        }
        affordable
    }

    fn add_use(&mut self, document: usize, decl: &AttributeUseDecl, out: &mut ResolvedAttributes) {
        let id = match &decl.target {
            AttributeTarget::Named(reference) => self.lookup_attribute(document, reference),
            AttributeTarget::Local(index) => Some(self.local_attribute(document, *index)),
        };
        let Some(attribute) = id else { return };
        if decl.usage == Usage::Prohibited {
            out.prohibited.push(attribute);
            return;
        }
        let declared = self.attribute_decl(attribute).and_then(|(_, d)| d.value.clone());
        let value = decl.value.clone().or(declared);
        let required = decl.usage == Usage::Required;
        out.uses.push(AttributeUse { attribute, required, value, docs: decl.docs.clone(), span: decl.span.clone() });
    }

    fn intersect(&mut self, wildcards: Vec<Wildcard>, span: &Span) -> Option<Wildcard> {
        let mut all = wildcards.into_iter();
        let mut joined = all.next()?;
        for next in all {
            match wildcard::intersection(&joined.namespaces, &next.namespaces) {
                Some(namespaces) => joined.namespaces = namespaces,
                None => self.problems.push(
                    Diagnostic::error(codes::X0203, span.clone(), "the intersection of the attribute wildcards cannot be expressed")
                        .violating("cos-aw-intersect")
                        .with_help("use one wildcard, or wildcards that list namespaces"),
                ),
            }
        }
        Some(joined)
    }

    /// Resolves the namespaces of a wildcard to ids.
    pub(super) fn wildcard(&mut self, decl: &WildcardDecl) -> Wildcard {
        let namespaces = match &decl.namespaces {
            WildcardNames::Any => WildcardNamespaces::Any,
            WildcardNames::Other(uri) => WildcardNamespaces::Not(self.namespace(uri)),
            WildcardNames::OneOf(uris) => {
                let mut ids: Vec<NamespaceId> = Vec::new();
                for uri in uris {
                    let id = self.namespace(uri);
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                WildcardNamespaces::OneOf(ids)
            }
        };
        Wildcard { namespaces, process: decl.process, docs: decl.docs.clone(), span: decl.span.clone() }
    }

    /// Reports two attribute uses of the same name (ct-props-correct.4, ag-props-correct.2).
    pub(super) fn duplicate_uses(&mut self, uses: &[AttributeUse], span: &Span, group: bool) {
        let mut seen = std::collections::HashSet::new();
        let mut twice = Vec::new();
        for usage in uses {
            let Some(attribute) = self.model.attributes.get(usage.attribute.index()) else { continue };
            if !seen.insert(&attribute.name) {
                twice.push((attribute.name.local.clone(), usage.span.clone()));
            }
        }
        for (name, place) in twice {
            let (code, rule) = if group { (codes::X0220, "ag-props-correct.2") } else { (codes::X0203, "ct-props-correct.4") };
            let at = if place.path() == span.path() { &place } else { span };
            self.problems.push(
                Diagnostic::error(code, at.clone(), format!("two attributes have the name `{name}`")).violating(rule).with_help(
                    "remove one; an attribute of the base needs no repetition in an extension, and a group can be the second source",
                ),
            );
        }
    }
}
