//! Fills the bodies of the modules in the order of the schema: each item, the items attached to it, and the module nested under it.
//!
//! `features` plans imports and Cargo features.

use std::collections::{BTreeMap, HashMap};

use super::context::{Context, Owner};
use super::{docs, reserved};
use crate::ir::{Entry, ItemId, ModuleId, Operation, ROOT, Wire};
use crate::model::{Global, TypeId};

/// Fills the bodies of all modules and the documentation of the root.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut bodies = Bodies::of(cx);
    for global in &cx.model.globals {
        match *global {
            Global::Type(id) => bodies.of_type(cx, id),
            Global::Element(id) => {
                bodies.items(cx, cx.element(id).and_then(|e| own_type(cx, e.ty)));
                bodies.items(cx, cx.head_items.get(&id).copied());
            }
            Global::Attribute(id) => bodies.items(cx, cx.attribute(id).and_then(|a| own_type(cx, a.ty))),
            Global::Group(id) => {
                bodies.items(cx, cx.group_items.get(&(id, false)).copied());
                bodies.items(cx, cx.group_items.get(&(id, true)).copied());
                let module = cx.modules.get(&Owner::Group(id)).copied();
                bodies.module(cx, module);
            }
        }
    }
    bodies.rest(cx);
    for (module, body) in bodies.done {
        if let Some(module) = cx.ir.modules.get_mut(module.index()) {
            module.body = body;
        }
    }
    root(cx);
}

/// Returns the item of an anonymous type.
fn own_type(cx: &Context<'_>, id: TypeId) -> Option<ItemId> {
    cx.ty(id).filter(|ty| ty.name().is_none()).and_then(|_| cx.type_items.get(&id).copied())
}

struct Bodies {
    done: BTreeMap<ModuleId, Vec<Entry>>,
    /// The items of anonymous types, by the module they are in.
    within: HashMap<ModuleId, Vec<ItemId>>,
    /// The module that contains the types nested in an item's type.
    module_of: HashMap<ItemId, ModuleId>,
    written: Vec<bool>,
}

impl Bodies {
    fn of(cx: &Context<'_>) -> Self {
        let mut items: Vec<ItemId> = cx.type_items.values().copied().collect();
        items.sort();
        let mut within: HashMap<ModuleId, Vec<ItemId>> = HashMap::new();
        for item in items {
            if let Some(found) = cx.item(item) {
                within.entry(found.module).or_default().push(item);
            }
        }
        let owners = cx.modules.iter().filter_map(|(owner, module)| match owner {
            Owner::Type(id) => cx.type_items.get(id).map(|item| (*item, *module)),
            _ => None,
        });
        let module_of = owners.filter(|(item, module)| cx.item(*item).is_some_and(|i| i.module != *module)).collect();
        Bodies { done: BTreeMap::new(), within, module_of, written: vec![false; cx.ir.items.len()] }
    }

    fn of_type(&mut self, cx: &Context<'_>, id: TypeId) {
        let item = cx.type_items.get(&id).copied();
        self.items(cx, item);
        if item.is_none() {
            let module = cx.modules.get(&Owner::Type(id)).copied();
            self.module(cx, module);
        }
    }

    /// Adds an item, the items attached to it, and its nested module. `places` bounds how deep modules nest.
    fn items(&mut self, cx: &Context<'_>, item: Option<ItemId>) {
        let Some(id) = item else { return };
        let Some(written) = self.written.get_mut(id.index()) else { return };
        if std::mem::replace(written, true) {
            return;
        }
        if let Some(item) = cx.item(id) {
            self.done.entry(item.module).or_default().push(Entry::Item(id));
        }
        for behind in cx.attached.get(&id).into_iter().flatten() {
            self.items(cx, Some(*behind));
        }
        let module = self.module_of.get(&id).copied();
        self.module(cx, module);
    }

    fn module(&mut self, cx: &Context<'_>, module: Option<ModuleId>) {
        let Some(id) = module else { return };
        let Some(parent) = cx.ir.modules.get(id.index()).map(|m| m.parent) else { return };
        if parent == ROOT || self.done.contains_key(&id) {
            return;
        }
        self.done.entry(parent).or_default().push(Entry::Module(id));
        self.done.entry(id).or_default();
        for item in self.within.get(&id).cloned().unwrap_or_default() {
            self.items(cx, Some(item));
        }
    }

    /// Adds the items that no global component led to: the anonymous types in attribute groups.
    fn rest(&mut self, cx: &Context<'_>) {
        for at in 0..cx.ir.modules.len() {
            let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
            self.module(cx, Some(id));
        }
        for at in 0..cx.ir.items.len() {
            self.items(cx, Some(ItemId(u32::try_from(at).unwrap_or(u32::MAX))));
        }
    }
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
    cx.ir.root.strings = cx.settings.strings;
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
        let rows: Vec<String> = list.iter().filter(of).map(|operation| row(cx, operation)).collect();
        if !rows.is_empty() {
            out.push(format!("## `{name}`"));
            out.push(format!("{HEAD}\n{}", rows.join("\n")));
        }
    }
    out
}

/// The head of the tables of operations.
const HEAD: &str = "| operation | request | response | `xsi:type` of the request | since | safe to repeat |\n|---|---|---|---|---|---|";

/// Returns a row of the tables of operations.
fn row(cx: &Context<'_>, operation: &Operation) -> String {
    let path = |id: ItemId| {
        let item = cx.item(id)?;
        let module = cx.ir.modules.get(item.module.index())?;
        Some(format!("[`{1}`]({0}::{1})", module.name, item.name))
    };
    let (request, response) = (path(operation.request).unwrap_or_default(), path(operation.response).unwrap_or_default());
    let safe = if operation.safe { "yes" } else { "no" };
    let since = operation.since.as_deref().unwrap_or_default();
    let (name, wire) = (docs::cell(&operation.name), docs::cell(&operation.wire_type));
    format!("| {name} | {request} | {response} | {wire} | {since} | {safe} |")
}
