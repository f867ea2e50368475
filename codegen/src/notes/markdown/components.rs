//! The types, root elements, groups and attributes of a namespace.

use super::overview::noun;
use super::page::Page;
use super::{table, text};
use crate::compare::GlobalKind;
use crate::notes::types::{Component, Service, Status};
use crate::notes::words::list;
use crate::plan::code;

pub(super) fn write(service: &Service, page: &mut Page) {
    service.components.iter().filter(|component| component.status != Status::Removed).for_each(|component| one(component, page));
    removed(service, page);
}

fn one(component: &Component, page: &mut Page) {
    let (noun, name) = (noun(component.kind), code(&component.name));
    page.add(match &component.status {
        Status::New => format!("### New {noun} {name}"),
        Status::Renamed(from) => format!("### Renamed {noun} {name}, which was {}", code(from)),
        Status::Changed | Status::Removed => format!("### Changed {noun} {name}"),
    });
    if component.changes.iter().any(table::is_new_description) {
        page.add("The description is new:");
    }
    page.docs(&component.docs);
    page.add(uses(component).unwrap_or_default());
    if component.status == Status::New {
        table::contents(&component.contents, "It has no content.", page);
    }
    table::changes(&component.changes, page);
    if let Some(document) = &component.sample {
        let said = match &component.sample_of {
            Some(of) => format!("What is new, in {}:", code(of)),
            None if component.status == Status::New => "A document:".to_owned(),
            None => "A document with what is new:".to_owned(),
        };
        page.xml(said, document);
    }
}

/// The maximum number of messages or root elements that are listed.
const USES: usize = 20;

/// Returns a sentence that says where the component occurs.
fn uses(component: &Component) -> Option<String> {
    let all: Vec<String> = component.used_by.iter().map(|name| code(name)).collect();
    let itself = component.kind == GlobalKind::Element && component.used_by == [component.name.clone()];
    if all.is_empty() || itself {
        return None;
    }
    let listed = match all.len().checked_sub(USES).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", all.get(..USES).unwrap_or_default().join(", ")),
        None => list(&all),
    };
    Some(format!("Used by {listed}."))
}

fn removed(service: &Service, page: &mut Page) {
    let all: Vec<&Component> = service.components.iter().filter(|component| component.status == Status::Removed).collect();
    if all.is_empty() {
        return;
    }
    page.add("### Removed");
    let markdown = page.markdown;
    let row = |component: &&Component| {
        let name = text::code_cell(&component.name);
        vec![noun(component.kind).to_owned(), name, text::cell(&component.docs, markdown)]
    };
    page.table(&["component", "name", "description"], all.iter().map(row).collect());
}
