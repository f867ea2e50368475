//! The operations of a namespace.

use super::page::Page;
use super::{capital, table, text};
use crate::notes::types::{Message, Operation, Service, Status};
use crate::plan::code;

pub(super) fn write(service: &Service, page: &mut Page) {
    for operation in &service.operations {
        match &operation.status {
            Status::New => new(operation, page),
            Status::Changed if is_indirect(operation) => {}
            Status::Changed | Status::Renamed(_) => changed(operation, page),
            Status::Removed => {}
        }
    }
    indirect(service, page);
    removed(service, page);
}

/// Returns whether the operation itself is as before, and only types in it changed.
fn is_indirect(operation: &Operation) -> bool {
    operation.status == Status::Changed && operation.request.changes.is_empty() && operation.response.changes.is_empty()
}

/// Returns the messages of an operation. One that is one-way has no response.
fn messages(operation: &Operation) -> impl Iterator<Item = (&'static str, &Message)> {
    let all = [("request", &operation.request), ("response", &operation.response)];
    all.into_iter().filter(|(word, message)| *word == "request" || !message.ty.is_empty())
}

fn new(operation: &Operation, page: &mut Page) {
    page.add(format!("### New operation {}", code(&operation.name)));
    page.docs(&operation.docs);
    if let Some(alias) = &operation.alias {
        page.add(format!("In `xsi:type` of a request, {} is another name for {}.", code(alias), code(&operation.request.ty)));
    }
    if operation.safe {
        page.add("The operation changes nothing, so it can be repeated.");
    }
    for (word, message) in messages(operation) {
        page.add(format!("#### {} {}", capital(word), code(&message.ty)));
        if word == "response" {
            page.docs(&message.docs);
        }
        table::contents(&message.contents, &format!("The {word} has no content."), page);
        if let Some(document) = &message.sample {
            page.xml(format!("A {word}:"), document);
        }
    }
}

fn changed(operation: &Operation, page: &mut Page) {
    page.add(match &operation.status {
        Status::Renamed(from) => format!("### Renamed operation {}, which was {}", code(&operation.name), code(from)),
        _ => format!("### Changed operation {}", code(&operation.name)),
    });
    page.docs(&operation.docs);
    for (word, message) in messages(operation) {
        let ty = code(&message.ty);
        if message.changes.is_empty() && message.through.is_empty() {
            page.add(format!("The {word} {ty} has not changed."));
            continue;
        }
        page.add(format!("#### {} {ty}", capital(word)));
        if message.changes.iter().any(table::is_new_description) {
            match word {
                "request" => page.add("The description of the operation is new."),
                _ => {
                    page.add("The description is new:");
                    page.docs(&message.docs);
                }
            }
        }
        table::changes(&message.changes, page);
        if !message.through.is_empty() {
            page.add(format!("The {word} contains changed types: {}.", codes(&message.through)));
        }
        if let Some(document) = &message.sample {
            page.xml(format!("A {word} with what is new:"), document);
        }
    }
}

/// Adds a table of the operations in which only shared types changed.
fn indirect(service: &Service, page: &mut Page) {
    let all: Vec<&Operation> = service.operations.iter().filter(|operation| is_indirect(operation)).collect();
    if all.is_empty() {
        return;
    }
    page.add("### Operations with changed types");
    let cell = |message: &Message| text::in_cell(&codes(&message.through));
    let row = |operation: &&Operation| vec![text::code_cell(&operation.name), cell(&operation.request), cell(&operation.response)];
    page.table(&["operation", "in the request", "in the response"], all.iter().map(row).collect());
}

fn removed(service: &Service, page: &mut Page) {
    let all: Vec<&Operation> = service.operations.iter().filter(|operation| operation.status == Status::Removed).collect();
    if all.is_empty() {
        return;
    }
    page.add("### Removed operations");
    let markdown = page.markdown;
    let row = |operation: &&Operation| vec![text::code_cell(&operation.name), text::cell(&operation.docs, markdown)];
    page.table(&["operation", "description"], all.iter().map(row).collect());
}

fn codes(names: &[String]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}
