//! The summary: how much changed, and a table of what changed in each namespace.

use super::page::Page;
use super::text::{self, code_cell, in_cell};
use crate::compare::GlobalKind;
use crate::notes::types::{ChangedRow, Component, Extent, Message, Notes, Operation, RowName, Status};
use crate::notes::words::{count, list};
use crate::plan::code;

/// Returns one sentence that says how much changed.
pub(super) fn lead(notes: &Notes) -> String {
    let (old, new) = (text::plain(&notes.old), text::plain(&notes.new));
    let operations: Vec<&Status> = notes.services.iter().flat_map(|service| &service.operations).map(|it| &it.status).collect();
    let components: Vec<&Component> = notes.services.iter().flat_map(|service| &service.components).collect();
    let mut parts = counted(&operations, "operation");
    for kind in [GlobalKind::Element, GlobalKind::Type, GlobalKind::Group, GlobalKind::AttributeGroup, GlobalKind::Attribute] {
        let of: Vec<&Status> = components.iter().filter(|it| it.kind == kind).map(|it| &it.status).collect();
        parts.extend(counted(&of, noun(kind)));
    }
    match parts.is_empty() {
        true => format!("The schemas did not change between {old} and {new}."),
        false => format!("What changed between {old} and {new}: {}.", list(&parts)),
    }
}

fn counted(all: &[&Status], noun: &str) -> Vec<String> {
    let of = |word: &str, is: fn(&Status) -> bool| {
        let number = all.iter().filter(|status| is(status)).count();
        (number > 0).then(|| count(number, &format!("{word} {noun}")))
    };
    let words = [
        of("new", |status| *status == Status::New),
        of("changed", |status| *status == Status::Changed),
        of("renamed", |status| matches!(status, Status::Renamed(_))),
        of("removed", |status| *status == Status::Removed),
    ];
    words.into_iter().flatten().collect()
}

/// Returns what a kind of component is called.
pub(super) fn noun(kind: GlobalKind) -> &'static str {
    match kind {
        GlobalKind::Type => "type",
        GlobalKind::Element => "root element",
        GlobalKind::Attribute => "global attribute",
        GlobalKind::Group => "model group",
        GlobalKind::AttributeGroup => "attribute group",
    }
}

/// Adds a table of what changed.
pub(super) fn table(notes: &Notes, page: &mut Page) {
    let mut rows = Vec::new();
    for service in &notes.services {
        let module = code_cell(&service.module);
        for operation in &service.operations {
            let name = format!("operation {}", code_cell(&operation.name));
            rows.push(vec![module.clone(), name, in_cell(&of_operation(operation))]);
        }
        for component in &service.components {
            let name = format!("{} {}", noun(component.kind), code_cell(&component.name));
            rows.push(vec![module.clone(), name, in_cell(&of_component(component))]);
        }
    }
    if !rows.is_empty() {
        page.add("## Overview");
        page.table(&["namespace", "component", "change"], rows);
    }
}

fn of_operation(operation: &Operation) -> String {
    let renamed = match &operation.status {
        Status::New => return "**new**".to_owned(),
        Status::Removed => return "**removed**".to_owned(),
        Status::Renamed(from) => Some(format!("renamed from {}", code(from))),
        Status::Changed => None,
    };
    let messages = [("request", &operation.request), ("response", &operation.response)];
    let changed = messages.into_iter().filter_map(|(word, message)| of_message(message).map(|what| format!("{word}: {what}")));
    renamed.into_iter().chain(changed).collect::<Vec<_>>().join("; ")
}

fn of_message(message: &Message) -> Option<String> {
    let own = (!message.changes.is_empty()).then(|| names(&message.changes));
    let through = (!message.through.is_empty()).then(|| format!("contains {}", some(&message.through)));
    let all: Vec<String> = own.into_iter().chain(through).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// The maximum number of names in a cell.
const NAMES: usize = 8;

/// Returns the names of what changed.
fn names(rows: &[ChangedRow]) -> String {
    let name = |changed: &ChangedRow| match &changed.row.name {
        RowName::Name(name) | RowName::Value(_, name) => Some(name.clone()),
        RowName::Any(_) | RowName::Text | RowName::Itself => None,
    };
    let of = |wanted: &[Extent]| -> Vec<String> { rows.iter().filter(|row| wanted.contains(&row.extent)).filter_map(name).collect() };
    let (kept, gone) = (of(&[Extent::New, Extent::Changed]), of(&[Extent::Removed]));
    let parts: Vec<String> = [("", kept), ("removed ", gone)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(word, names)| format!("{word}{}", some(&names)))
        .collect();
    let others = rows.iter().filter(|row| row.extent != Extent::Description).count();
    match (parts.is_empty(), others) {
        (true, 0) => "description".to_owned(),
        (true, others) => count(others, "change"),
        (false, _) => parts.join(", "),
    }
}

/// Returns the first names as code.
fn some(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES).map(|name| code(name)).collect();
    match names.len().checked_sub(NAMES).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", shown.join(", ")),
        None => shown.join(", "),
    }
}

fn of_component(component: &Component) -> String {
    match &component.status {
        Status::New => "**new**".to_owned(),
        Status::Removed => "**removed**".to_owned(),
        Status::Changed => names(&component.changes),
        Status::Renamed(from) => format!("renamed from {}", code(from)),
    }
}
