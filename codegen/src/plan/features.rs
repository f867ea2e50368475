//! In: modules with their features, items with their types. Out: what each module imports, which feature needs which, what stands behind one.
//! Not done here: the text of `Cargo.toml` (`render`).

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::context::Context;
use crate::diagnostic::{Diagnostic, Span};
use crate::ir::{Crate, Facets, Field, Item, ItemId, ItemKind, ModuleId, ROOT, RustIr, SimpleOf, SimpleType};
use crate::mark::MARK;

/// Imports first, then features.
pub(super) fn plan(cx: &mut Context<'_>) {
    imports(&mut cx.ir);
    mark(&mut cx.ir);
    if let Some(krate) = &cx.settings.krate {
        let mut dependencies: BTreeMap<String, String> = krate.dependencies.clone();
        dependencies.insert("xsdgen-codec".to_owned(), krate.codec.clone());
        let features = needs(cx);
        let readme = krate.readme.clone().unwrap_or_else(|| readme(&cx.ir, &krate.name));
        cx.ir.krate = Some(Crate { manifest: krate.manifest.clone(), dependencies: dependencies.into_iter().collect(), features, readme });
    }
}

/// The module right under the root that a module is in.
pub(crate) fn file_of(ir: &RustIr, mut module: ModuleId) -> ModuleId {
    for _ in 0..ir.modules.len() {
        match ir.modules.get(module.index()).map(|m| m.parent) {
            Some(ROOT) | None => return module,
            Some(parent) => module = parent,
        }
    }
    module
}

/// Imports of `xmlns` and of other files, from the outside in.
fn imports(ir: &mut RustIr) {
    let mut uses: Vec<BTreeSet<String>> = vec![BTreeSet::new(); ir.modules.len()];
    for item in &ir.items {
        let Some(own) = uses.get_mut(item.module.index()) else { continue };
        if !matches!(item.kind, ItemKind::Enumeration(_) | ItemKind::Alias(_) | ItemKind::Union(_) | ItemKind::Value(_)) {
            own.insert("xmlns".to_owned());
        }
        let here = file_of(ir, item.module);
        for target in targets(item, true) {
            let there = ir.items.get(target.index()).map(|t| file_of(ir, t.module));
            if let Some(there) = there.filter(|there| *there != here)
                && let Some(module) = ir.modules.get(there.index())
            {
                own.insert(module.name.clone());
            }
        }
    }
    // A module within imports from the one around it.
    for at in (1..ir.modules.len()).rev() {
        let parent = ir.modules.get(at).map_or(ROOT, |m| m.parent);
        let own = uses.get(at).cloned().unwrap_or_default();
        if parent != ROOT
            && let Some(outer) = uses.get_mut(parent.index())
        {
            outer.extend(own);
        }
    }
    for (module, names) in ir.modules.iter_mut().zip(uses).skip(1) {
        module.uses = names.into_iter().collect();
    }
}

/// The items that an item names. Variants that can stand behind a feature of their own count only if `all`.
fn targets(item: &Item, all: bool) -> Vec<ItemId> {
    let mut out = Vec::new();
    match &item.kind {
        ItemKind::Struct(planned) => planned.fields().for_each(|field| of_field(field, &mut out)),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().for_each(|field| of_field(field, &mut out)),
        ItemKind::Enumeration(_) | ItemKind::Value(_) => {}
        ItemKind::Union(planned) => {
            out.extend(planned.members.iter().filter_map(|member| member.ty.item()));
            of_simple(&planned.facets.1, &mut out);
        }
        ItemKind::Polymorphic(kinds) if all => {
            // Spelled from the root, so that a feature that is off takes no import with it.
            out.extend(kinds.base.iter().map(|d| d.item));
        }
        ItemKind::Polymorphic(_) => {}
        ItemKind::Alias(alias) => {
            out.extend(alias.ty.item());
            if let Some((_, expr)) = &alias.facets {
                of_simple(expr, &mut out);
            }
        }
    }
    out
}

fn of_field(field: &Field, out: &mut Vec<ItemId>) {
    out.extend(field.ty.item());
    if let Some(facets) = &field.facets {
        of_facets(facets, out);
    }
}

/// The items that facets name.
pub(super) fn of_facets(facets: &Facets, out: &mut Vec<ItemId>) {
    match facets {
        Facets::Static(id) => out.push(*id),
        Facets::Inline(expr) => of_simple(expr, out),
    }
}

fn of_simple(expr: &SimpleType, out: &mut Vec<ItemId>) {
    match &expr.of {
        SimpleOf::Builtin(_) => {}
        SimpleOf::List(item) => of_facets(item, out),
        SimpleOf::Restriction(base) => of_simple(base, out),
        SimpleOf::Union(members) => members.iter().for_each(|member| of_facets(member, out)),
    }
}

/// Marks variants and operations with the feature of the module their type is in.
fn mark(ir: &mut RustIr) {
    let by_module: Vec<Option<String>> =
        (0..ir.modules.len()).map(|at| feature_of(ir, ModuleId(u32::try_from(at).unwrap_or(u32::MAX)))).collect();
    let by_item: Vec<Option<String>> = ir.items.iter().map(|item| by_module.get(item.module.index()).cloned().flatten()).collect();
    let of = |id: ItemId| by_item.get(id.index()).cloned().flatten();
    for item in &mut ir.items {
        if let ItemKind::Polymorphic(kinds) = &mut item.kind {
            let own = by_module.get(item.module.index()).cloned().flatten();
            for derived in &mut kinds.derived {
                derived.feature = of(derived.item).filter(|f| Some(f) != own.as_ref());
            }
        }
    }
    for variant in &mut ir.root.document {
        variant.field.feature = variant.field.ty.item().and_then(of);
    }
    for operation in ir.root.operations.iter_mut().flatten() {
        operation.feature = of(operation.request);
    }
}

fn feature_of(ir: &RustIr, module: ModuleId) -> Option<String> {
    ir.modules.get(file_of(ir, module).index()).and_then(|m| m.feature.clone())
}

/// Each feature with those its modules cannot do without.
fn needs(cx: &mut Context<'_>) -> Vec<(String, Vec<String>)> {
    let mut out: BTreeMap<String, BTreeSet<String>> =
        cx.ir.modules.iter().filter_map(|m| m.feature.clone()).map(|f| (f, BTreeSet::new())).collect();
    let mut gaps = BTreeSet::new();
    for item in &cx.ir.items {
        let own = feature_of(&cx.ir, item.module);
        for target in targets(item, false) {
            let Some(module) = cx.ir.items.get(target.index()).map(|t| t.module) else { continue };
            match (&own, feature_of(&cx.ir, module)) {
                (Some(own), Some(other)) if *own != other => {
                    out.entry(own.clone()).or_default().insert(other);
                }
                (None, Some(other)) => {
                    gaps.insert((item.component.clone(), other));
                }
                _ => {}
            }
        }
    }
    for (component, feature) in gaps {
        let message = format!("`{component}` is always compiled but refers to the feature `{feature}`");
        cx.problems
            .push(Diagnostic::error(codes::FEATURE_GAP, Span::file("settings"), message).with_help("give its namespace a feature too"));
    }
    let mut list = vec![("default".to_owned(), out.keys().cloned().collect())];
    let further = cx.settings.krate.iter().flat_map(|krate| &krate.features);
    out.extend(further.map(|(feature, needs)| (feature.clone(), needs.iter().cloned().collect())));
    list.extend(out.into_iter().map(|(feature, needs)| (feature, needs.into_iter().collect())));
    list
}

/// A table of the modules and an example.
fn readme(ir: &RustIr, name: &str) -> String {
    let mut out = format!(
        "<!-- Generated by xsdgen; do not edit. -->\n<!-- {MARK} -->\n\n# {name}\n\nBindings generated by xsdgen.\n\n| module | feature | namespace |\n|---|---|---|\n"
    );
    for module in ir.modules.iter().filter(|m| m.parent == ROOT && !m.name.is_empty() && !m.body.is_empty()) {
        let feature = module.feature.as_ref().map_or_else(|| "always".to_owned(), |f| format!("`{f}`"));
        let namespace = module.docs.first().map_or_else(String::new, |docs| docs.replace('|', "\\|"));
        out.push_str(&format!("| `{}` | {feature} | {namespace} |\n", module.name));
    }
    out.push_str(&format!(
        "\n```rust,ignore\nlet document = {}::Document::from_xml(bytes)?;\nlet text = document.to_xml()?;\n```\n",
        name.replace('-', "_")
    ));
    out
}
