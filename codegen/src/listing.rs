//! Lists every Rust name next to the schema component it stands for, as lines of text for review. `plan` chooses the names.

use crate::ir::{Entry, Field, Item, ItemKind, ModuleId, ROOT, RustIr, Wire};

/// A schema component with its Rust name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The component, such as `ep:getSessionInfoResponse/accessControl`; for a member its own name, such as `audioPassword`, `@id` or `=VALUE`.
    pub component: String,
    /// The Rust name: the path of a type, or the identifier of a field or variant.
    pub rust: String,
    /// Whether it is a member of the preceding type.
    pub member: bool,
}

/// Returns all names in the order of the generated code: each type, followed by its fields or variants.
#[must_use]
pub fn names(ir: &RustIr) -> Vec<Name> {
    let mut out = Vec::new();
    of_module(ir, ROOT, "", &mut out);
    out
}

/// Formats the names as text, one per line, with members indented.
#[must_use]
pub fn text(names: &[Name]) -> String {
    let mut out = String::new();
    for name in names {
        let indent = if name.member { "    " } else { "" };
        out.push_str(&format!("{indent}{} -> {}\n", name.component, name.rust));
    }
    out
}

fn of_module(ir: &RustIr, id: ModuleId, path: &str, out: &mut Vec<Name>) {
    let Some(module) = ir.modules.get(id.index()) else { return };
    let path = if module.name.is_empty() { String::new() } else { format!("{path}{}::", module.name) };
    for entry in &module.body {
        match *entry {
            Entry::Item(item) => out.extend(ir.items.get(item.index()).map(|item| of_item(item, &path)).unwrap_or_default()),
            Entry::Module(within) => of_module(ir, within, &path, out),
        }
    }
}

fn of_item(item: &Item, path: &str) -> Vec<Name> {
    let mut out = vec![Name { component: item.component.clone(), rust: format!("{path}{}", item.name), member: false }];
    let member = |component: String, rust: &str| Name { component, rust: rust.to_owned(), member: true };
    match &item.kind {
        ItemKind::Struct(planned) => {
            out.extend(planned.attributes.iter().map(|field| member(format!("@{}", wire(field)), &field.name)));
            out.extend(planned.body.fields().iter().map(|field| member(wire(field), &field.name)));
        }
        ItemKind::Group(fields) | ItemKind::Choice(fields) => out.extend(fields.iter().map(|field| member(wire(field), &field.name))),
        ItemKind::Enumeration(planned) => {
            out.extend(planned.variants.iter().map(|variant| member(format!("={}", variant.value), &variant.name)));
        }
        ItemKind::Union(planned) => out.extend(planned.members.iter().map(|it| member("(member)".to_owned(), &it.name))),
        ItemKind::Polymorphic(kinds) => {
            let all = kinds.base.iter().chain(&kinds.derived);
            out.extend(all.map(|derived| member(format!("{}:{}", derived.wire.prefix, derived.wire.local), &derived.name)));
        }
        ItemKind::Value(_) | ItemKind::Alias(_) => {}
    }
    out
}

fn wire(field: &Field) -> String {
    match &field.wire {
        Wire::Name(name) => name.local.clone(),
        Wire::Any { .. } => "(any)".to_owned(),
        Wire::Group => "(group)".to_owned(),
        Wire::Text => "(text)".to_owned(),
    }
}
