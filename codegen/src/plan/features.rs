//! Plans the imports of each module, the Cargo features that each feature needs, and the features that enable variants, operations and statics.
//!
//! `render` writes `Cargo.toml`.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::context::Context;
use super::namespaces::place;
use crate::diagnostic::Diagnostic;
use crate::ir::{
    Crate, Facets, Field, Holder, Item, ItemId, ItemKind, Module, ModuleId, NamedFacets, ROOT, Rules, RustIr, SimpleOf, SimpleType,
};
use crate::mark::MARK;
use crate::reserved;

/// Plans the imports of all modules. In a slice, imports avoid the same names as in the whole bindings.
pub(super) fn names(ir: &mut RustIr) {
    imports(ir);
    taken(ir);
}

/// Plans imports, then features.
pub(super) fn plan(cx: &mut Context<'_>) {
    names(&mut cx.ir);
    mark(&mut cx.ir);
    if let Some(krate) = &cx.settings.krate {
        let mut dependencies: BTreeMap<String, String> = krate.dependencies.clone();
        dependencies.insert("xsdgen-codec".to_owned(), krate.codec.clone());
        let features = needs(cx);
        let readme = krate.readme.clone().unwrap_or_else(|| readme(&cx.ir, &krate.name));
        cx.ir.krate = Some(Crate { manifest: krate.manifest.clone(), dependencies: dependencies.into_iter().collect(), features, readme });
    }
}

/// Returns the module with a file that contains a module; for the root, the root itself.
pub(super) fn file_of(ir: &RustIr, mut module: ModuleId) -> ModuleId {
    for _ in 0..ir.modules.len() {
        match ir.modules.get(module.index()).map(|m| m.parent) {
            Some(ROOT) | None => return module,
            Some(parent) => module = parent,
        }
    }
    module
}

/// Plans the imports of `xmlns` and of other files, from the outermost modules inwards.
pub(super) fn imports(ir: &mut RustIr) {
    let mut uses: Vec<BTreeSet<String>> = vec![BTreeSet::new(); ir.modules.len()];
    for item in &ir.items {
        let Some(own) = uses.get_mut(item.module.index()) else { continue };
        let exported = item.earlier.is_some();
        if !exported && !matches!(item.kind, ItemKind::Enumeration(_) | ItemKind::Alias(_) | ItemKind::Union(_) | ItemKind::Value(_)) {
            own.insert("xmlns".to_owned());
        }
        let named = if exported { of_exported(item) } else { targets(item) };
        own.extend(named.into_iter().filter_map(|target| other_file(ir, item.module, target)).map(|module| module.name.clone()));
    }
    for (module, _, response) in responses(ir) {
        if let Some(own) = uses.get_mut(module.index()) {
            own.extend(other_file(ir, module, response).map(|module| module.name.clone()));
        }
    }
    for (at, module) in ir.modules.iter().enumerate() {
        let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
        if let Some(own) = uses.get_mut(at) {
            own.extend(of_statics(module).into_iter().filter_map(|target| other_file(ir, id, target)).map(|module| module.name.clone()));
        }
    }
    // An inline module imports from its parent.
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

/// Returns the file that contains an item, unless the module is in the same file.
fn other_file(ir: &RustIr, here: ModuleId, target: ItemId) -> Option<&Module> {
    let there = file_of(ir, ir.items.get(target.index())?.module);
    ir.modules.get(there.index()).filter(|_| there != file_of(ir, here))
}

/// Adds the names in each file that an import must not use.
fn taken(ir: &mut RustIr) {
    let mut names: Vec<BTreeSet<String>> = vec![BTreeSet::new(); ir.modules.len()];
    let mut take = |file: ModuleId, name: &str| {
        if let Some(names) = names.get_mut(file.index()) {
            names.insert(name.to_owned());
        }
    };
    for item in &ir.items {
        take(file_of(ir, item.module), &item.name);
    }
    for (at, module) in ir.modules.iter().enumerate() {
        let file = file_of(ir, ModuleId(u32::try_from(at).unwrap_or(u32::MAX)));
        module.deprecated.iter().for_each(|old| take(file, &old.name));
        module.uses.iter().chain([&module.name]).for_each(|name| take(file, name));
        if module.parent == ROOT {
            take(ROOT, &module.name);
        }
    }
    reserved::ROOT.iter().for_each(|name| take(ROOT, name));
    for (module, names) in ir.modules.iter_mut().zip(names) {
        module.taken.extend(names);
    }
}

/// Returns the items that an item refers to, except from variants that can have a feature of their own. The paths of such variants need no import, so
/// that no import is unused when the feature is off.
fn targets(item: &Item) -> Vec<ItemId> {
    let mut out = Vec::new();
    match &item.kind {
        ItemKind::Struct(planned) => planned.fields().for_each(|field| of_field(field, &mut out)),
        ItemKind::Group(fields) | ItemKind::Choice(fields) => fields.iter().for_each(|field| of_field(field, &mut out)),
        ItemKind::Enumeration(_) | ItemKind::Value(_) => {}
        ItemKind::Union(planned) => {
            out.extend(planned.members.iter().filter_map(|member| member.ty.item()));
            of_simple(&planned.facets.definition, &mut out);
        }
        ItemKind::Polymorphic(_) => {}
        ItemKind::Alias(alias) => {
            out.extend(alias.ty.item());
            if let Some(facets) = &alias.facets {
                of_simple(&facets.definition, &mut out);
            }
        }
    }
    out
}

/// Returns the items that the static of an item refers to, which a newer version exports.
fn of_exported(item: &Item) -> Vec<ItemId> {
    let mut out = Vec::new();
    if let ItemKind::Union(planned) = &item.kind {
        of_simple(&planned.facets.definition, &mut out);
    }
    out
}

fn of_field(field: &Field, out: &mut Vec<ItemId>) {
    out.extend(field.ty.item());
    if let Some(facets) = &field.facets {
        of_facets(facets, out);
    }
}

/// Collects the items that facets refer to.
pub(super) fn of_facets(facets: &Facets, out: &mut Vec<ItemId>) {
    match facets {
        Facets::Static(id) => out.push(*id),
        Facets::Named(_) => {}
        Facets::Inline(expr) => of_simple(expr, out),
    }
}

/// Returns the items that the statics of a file refer to.
fn of_statics(module: &Module) -> Vec<ItemId> {
    let mut out = Vec::new();
    module.facets.iter().for_each(|facets| of_simple(&facets.definition, &mut out));
    out
}

pub(super) fn of_simple(expr: &SimpleType, out: &mut Vec<ItemId>) {
    match &expr.of {
        SimpleOf::Builtin(_) => {}
        SimpleOf::List(item) => of_facets(item, out),
        SimpleOf::Restriction(base) => of_simple(base, out),
        SimpleOf::Union(members) => members.iter().for_each(|member| of_facets(member, out)),
    }
}

/// Sets the feature of variants and operations to that of the module that contains their type.
fn mark(ir: &mut RustIr) {
    let by_module: Vec<Option<String>> =
        (0..ir.modules.len()).map(|at| feature_of(ir, ModuleId(u32::try_from(at).unwrap_or(u32::MAX)))).collect();
    let by_item: Vec<Option<String>> = ir.items.iter().map(|item| by_module.get(item.module.index()).cloned().flatten()).collect();
    let of = |id: ItemId| by_item.get(id.index()).cloned().flatten();
    for item in &mut ir.items {
        if let ItemKind::Polymorphic(kinds) = &mut item.kind {
            let own = by_module.get(item.module.index()).cloned().flatten();
            for derived in &mut kinds.derived {
                derived.feature = derived.ty.item().and_then(of).filter(|f| Some(f) != own.as_ref());
            }
        }
    }
    let named = root_targets(ir);
    let stated = |facets: &Facets| match facets {
        Facets::Static(item) => Some(*item),
        Facets::Named(name) => named.get(name).copied(),
        Facets::Inline(_) => None,
    };
    for variant in &mut ir.root.document {
        let facets = variant.field.facets.as_ref().and_then(stated);
        variant.field.feature = variant.field.ty.item().or(facets).and_then(of);
    }
    for operation in ir.root.operations.iter_mut().flatten() {
        operation.feature = of(operation.request);
    }
    mark_rules(&mut ir.root.rules, stated, of);
    let features = of_root_statics(ir);
    for facets in ir.modules.first_mut().into_iter().flat_map(|root| &mut root.facets) {
        facets.features = features.get(&facets.name).cloned().flatten().unwrap_or_default().into_iter().collect();
    }
}

/// Returns, for each static of the root, one item that it refers to, if there is one.
fn root_targets(ir: &RustIr) -> BTreeMap<String, ItemId> {
    let statics = ir.modules.first().into_iter().flat_map(|root| &root.facets);
    let target = |facets: &NamedFacets| {
        let mut out = Vec::new();
        of_simple(&facets.definition, &mut out);
        Some((facets.name.clone(), out.into_iter().next()?))
    };
    statics.filter_map(target).collect()
}

fn mark_rules(rules: &mut Rules, stated: impl Fn(&Facets) -> Option<ItemId>, of: impl Fn(ItemId) -> Option<String>) {
    for attribute in &mut rules.attributes {
        attribute.feature = stated(&attribute.facets).and_then(&of);
    }
    for ty in &mut rules.types {
        ty.feature = ty.item.or_else(|| ty.facets.as_ref().and_then(&stated)).and_then(&of);
    }
    for declaration in &mut rules.declarations {
        if let Holder::Item(item) = declaration.holder {
            declaration.feature = of(item);
        }
    }
}

/// Returns the features of the uses of each static of the root; `None` if one of the uses needs no feature.
fn of_root_statics(ir: &RustIr) -> BTreeMap<String, Option<BTreeSet<String>>> {
    let documents = ir.root.document.iter().map(|variant| (variant.field.facets.as_ref(), &variant.field.feature));
    let attributes = ir.root.rules.attributes.iter().map(|attribute| (Some(&attribute.facets), &attribute.feature));
    let types = ir.root.rules.types.iter().map(|ty| (ty.facets.as_ref(), &ty.feature));
    let mut out: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    for (facets, feature) in documents.chain(attributes).chain(types) {
        let Some(Facets::Named(name)) = facets else { continue };
        let all = out.entry(name.clone()).or_insert_with(|| Some(BTreeSet::new()));
        match feature {
            Some(feature) => all.iter_mut().for_each(|all| _ = all.insert(feature.clone())),
            None => *all = None,
        }
    }
    out
}

fn feature_of(ir: &RustIr, module: ModuleId) -> Option<String> {
    ir.modules.get(file_of(ir, module).index()).and_then(|m| m.feature.clone())
}

/// Returns each feature with the features that its modules need.
fn needs(cx: &mut Context<'_>) -> Vec<(String, Vec<String>)> {
    let mut out: BTreeMap<String, BTreeSet<String>> = cx
        .ir
        .modules
        .iter()
        .filter(|m| cx.settings.only.is_empty() || !m.body.is_empty())
        .filter_map(|m| m.feature.clone())
        .map(|f| (f, BTreeSet::new()))
        .collect();
    let mut gaps = BTreeSet::new();
    for (module, component, target) in references(&cx.ir) {
        let Some(there) = cx.ir.items.get(target.index()).map(|item| item.module) else { continue };
        match (feature_of(&cx.ir, module), feature_of(&cx.ir, there)) {
            (Some(own), Some(other)) if own != other => {
                out.entry(own).or_default().insert(other);
            }
            (None, Some(other)) => {
                gaps.insert((component.to_owned(), other));
            }
            _ => {}
        }
    }
    for (component, feature) in gaps {
        let message = format!("`{component}` is always compiled but refers to the feature `{feature}`");
        let spans = cx.settings.namespaces.values().filter(|settings| settings.feature.as_ref() == Some(&feature));
        let span = place(&spans.map(|settings| settings.spans.feature.clone()).next().flatten());
        cx.problems.push(Diagnostic::error(codes::FEATURE_GAP, span, message).with_help("give its namespace a feature too"));
    }
    let mut list = vec![("default".to_owned(), out.keys().cloned().collect())];
    let further = cx.settings.krate.iter().flat_map(|krate| &krate.features);
    out.extend(further.map(|(feature, needs)| (feature.clone(), needs.iter().cloned().collect())));
    list.extend(out.into_iter().map(|(feature, needs)| (feature, needs.into_iter().collect())));
    list
}

/// Returns the items that items and statics refer to, each with the module and the component that refer to it.
fn references(ir: &RustIr) -> Vec<(ModuleId, &str, ItemId)> {
    let mut out: Vec<(ModuleId, &str, ItemId)> = responses(ir).collect();
    for item in &ir.items {
        out.extend(targets(item).into_iter().map(|target| (item.module, item.component.as_str(), target)));
    }
    for (at, module) in ir.modules.iter().enumerate().skip(1) {
        let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
        out.extend(of_statics(module).into_iter().map(|target| (id, module.name.as_str(), target)));
    }
    out
}

/// Returns the responses of the operations, each with the module and the component of its request, whose attributes name it.
fn responses(ir: &RustIr) -> impl Iterator<Item = (ModuleId, &str, ItemId)> {
    let operations = ir.root.operations.iter().flatten();
    operations.filter_map(|operation| {
        let request = ir.items.get(operation.request.index())?;
        Some((request.module, request.component.as_str(), operation.response?))
    })
}

/// Returns a README with a table of the modules and an example.
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
