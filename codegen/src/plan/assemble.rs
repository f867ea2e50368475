//! Fills the bodies of the modules. Their order depends on the names alone, so that neither the order of the components in the schemas nor their
//! distribution over files changes it.
//!
//! `features` plans imports and Cargo features.

use std::collections::{HashMap, HashSet};

use super::context::{Context, Owner};
use super::docs;
use crate::ir::{Entry, Item, ItemId, ModuleId, Operation, ROOT, Wire};
use crate::reserved;

/// Fills the bodies of all modules and the documentation of the root.
pub(super) fn plan(cx: &mut Context<'_>) {
    for (at, body) in bodies(cx).into_iter().enumerate() {
        if let Some(module) = cx.ir.modules.get_mut(at) {
            module.body = body;
        }
    }
    root(cx);
}

/// Returns the bodies of all modules, indexed by module id. The entries are sorted by name, and the module of the types in a type follows that type.
fn bodies(cx: &Context<'_>) -> Vec<Vec<Entry>> {
    let mut named: Vec<Vec<(&str, Entry)>> = vec![Vec::new(); cx.ir.modules.len()];
    for (at, item) in cx.ir.items.iter().enumerate() {
        if let Some(body) = named.get_mut(item.module.index()) {
            body.push((&item.name, Entry::Item(ItemId(u32::try_from(at).unwrap_or(u32::MAX)))));
        }
    }
    let owners = owners(cx);
    let filled = filled(cx);
    for (at, module) in cx.ir.modules.iter().enumerate().filter(|(at, module)| module.parent != ROOT && filled.contains(at)) {
        let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
        let name = owners.get(&id).copied().unwrap_or(&module.name);
        if let Some(body) = named.get_mut(module.parent.index()) {
            body.push((name, Entry::Module(id)));
        }
    }
    let sorted = |mut body: Vec<(&str, Entry)>| {
        body.sort_by_key(|(name, entry)| (*name, matches!(entry, Entry::Module(_))));
        body.into_iter().map(|(_, entry)| entry).collect()
    };
    named.into_iter().map(sorted).collect()
}

/// Returns the modules that contain an item, directly or in another module. A slice leaves some modules empty.
fn filled(cx: &Context<'_>) -> HashSet<usize> {
    let mut filled = HashSet::new();
    for item in &cx.ir.items {
        let mut at = item.module;
        while at != ROOT && filled.insert(at.index()) {
            at = cx.ir.modules.get(at.index()).map_or(ROOT, |module| module.parent);
        }
    }
    filled
}

/// Returns the name of the item whose anonymous types a module contains, for each module that stands beside such an item.
fn owners<'c>(cx: &'c Context<'_>) -> HashMap<ModuleId, &'c str> {
    let owners = cx.modules.iter().filter_map(|(owner, module)| match owner {
        Owner::Type(id) => Some((*module, cx.item(*cx.type_items.get(id)?)?)),
        Owner::Group(_) | Owner::AttributeGroup(_) => None,
    });
    let beside = |module: &ModuleId, item: &Item| cx.ir.modules.get(module.index()).is_some_and(|module| module.parent == item.module);
    owners.filter(|(module, item)| beside(module, item)).map(|(module, item)| (module, item.name.as_str())).collect()
}

/// Fills the root with its modules, and writes its documentation.
fn root(cx: &mut Context<'_>) {
    let files: Vec<ModuleId> = (1..cx.ir.modules.len()).map(|at| ModuleId(u32::try_from(at).unwrap_or(u32::MAX))).collect();
    let files: Vec<ModuleId> =
        files.into_iter().filter(|id| cx.ir.modules.get(id.index()).is_some_and(|m| m.parent == ROOT && !m.body.is_empty())).collect();
    let mut order: Vec<(String, ModuleId)> =
        files.into_iter().map(|id| (cx.ir.modules.get(id.index()).map(|m| m.name.clone()).unwrap_or_default(), id)).collect();
    order.sort();
    let title = cx.settings.title.clone().unwrap_or_else(|| "Types, readers and writers for the documents of a schema set.".to_owned());
    let mut text = vec![title];
    text.extend(cx.settings.front.as_ref().map(|front| front.trim_end().to_owned()));
    text.push(table(cx, &order));
    text.extend(operations(cx, &order));
    cx.ir.root.document_docs = vec![documents(cx)];
    cx.ir.root.trim_text = cx.settings.trim_text;
    cx.ir.root.undeclared_prefixes = cx.settings.undeclared_prefixes;
    cx.ir.root.secret_parameters.clone_from(&cx.settings.secret_parameters);
    cx.ir.root.blank_if_missing = cx.settings.blank_if_missing;
    cx.ir.root.strings = cx.settings.strings;
    cx.ir.root.exhaustive = cx.settings.exhaustive;
    cx.ir.root.visibility = cx.settings.visibility;
    cx.ir.root.layout = cx.settings.layout;
    if let Some(root) = cx.ir.modules.first_mut() {
        root.docs = text;
        root.body = order.into_iter().map(|(_, id)| Entry::Module(id)).collect();
    }
}

/// Returns the documentation of `Document`.
fn documents(cx: &Context<'_>) -> String {
    let kept = cx.ir.root.document.iter().all(|variant| matches!(variant.field.wire, Wire::Any { .. }));
    let text = match kept {
        true => "The schema set declares no global element: documents are told by `xsi:type`.",
        false => "Any document of the schema set: one variant for each global element.",
    };
    text.to_owned()
}

/// Returns the table of modules and namespaces, as Markdown.
fn table(cx: &Context<'_>, files: &[(String, ModuleId)]) -> String {
    let mut out = "| module | prefix | namespace |\n|---|---|---|".to_owned();
    for (name, id) in files {
        // A module without a namespace does not come from the schemas.
        let at = cx.namespaces.iter().position(|n| n.module == *id);
        let found = at.and_then(|at| Some((&cx.namespaces.get(at)?.prefix, &cx.model.namespaces.get(at)?.uri)));
        let Some((prefix, uri)) = found else { continue };
        let uri = if uri.is_empty() { "none".to_owned() } else { docs::cell(uri) };
        // Where the name is also a macro of the standard library, the link has to say that it means the module.
        let target = if reserved::std_macro(name) { format!("(mod@{name})") } else { String::new() };
        out.push_str(&format!("\n| [`{name}`]{target} | `{prefix}` | {uri} |"));
    }
    out
}

/// Returns the operations as Markdown: a heading and a table for each module that has any.
fn operations(cx: &Context<'_>, files: &[(String, ModuleId)]) -> Vec<String> {
    let Some(list) = cx.ir.root.operations.as_ref().filter(|list| !list.is_empty()) else { return Vec::new() };
    let mut out = vec!["# Operations".to_owned()];
    for (name, id) in files {
        let of = |operation: &&Operation| cx.item(operation.request).is_some_and(|item| item.module == *id);
        let (described, named): (Vec<&Operation>, Vec<&Operation>) = list.iter().filter(of).partition(|it| it.messages.is_some());
        if described.len() + named.len() > 0 {
            out.push(format!("## `{name}`"));
        }
        for (operations, head) in [(named, HEAD), (described, DESCRIBED_HEAD)] {
            let rows: Vec<String> = operations.into_iter().map(|operation| row(cx, operation)).collect();
            if !rows.is_empty() {
                out.push(format!("{head}\n{}", rows.join("\n")));
            }
        }
    }
    out
}

/// The head of the tables of operations that WSDL describes.
const DESCRIBED_HEAD: &str = "| operation | request | response | faults | SOAP action | documentation |\n|---|---|---|---|---|---|";

/// The head of the tables of operations.
const HEAD: &str = "| operation | request | response | `xsi:type` of the request | since | safe to repeat |\n|---|---|---|---|---|---|";

/// Returns a row of the tables of operations.
fn row(cx: &Context<'_>, operation: &Operation) -> String {
    let path = |id: ItemId| {
        let item = cx.item(id)?;
        let module = cx.ir.modules.get(item.module.index())?;
        Some(format!("[`{1}`]({0}::{1})", module.name, item.name))
    };
    let (request, response) = (path(operation.request).unwrap_or_default(), operation.response.and_then(path).unwrap_or_default());
    let safe = if operation.safe { "yes" } else { "no" };
    let since = operation.since.as_deref().unwrap_or_default();
    let (name, wire) = (docs::cell(&operation.name), docs::cell(&operation.wire_type));
    if let Some(messages) = &operation.messages {
        let faults = messages.faults.iter().map(|fault| docs::cell(fault)).collect::<Vec<_>>().join(", ");
        let action = if messages.action.is_empty() { String::new() } else { docs::cell(&messages.action) };
        let docs = messages.docs.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ").replace('|', "\\|");
        return format!("| {name} | {request} | {response} | {faults} | {action} | {docs} |");
    }
    format!("| {name} | {request} | {response} | {wire} | {since} | {safe} |")
}
