//! Writes release notes as Markdown. Everything that comes from a schema is escaped.

mod compatibility;
mod components;
mod operations;
mod overview;
mod page;
mod table;
mod tasks;
mod text;

use self::page::Page;
use super::types::{Notes, Service, Status};
use crate::plan::code;

/// Returns release notes as Markdown.
#[must_use]
pub fn write(notes: &Notes) -> String {
    let mut page = Page::new(notes.markdown);
    // A line break would end the heading.
    let title: String = notes.title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    page.add(format!("# {}", title.trim()));
    page.add(overview::lead(notes));
    compatibility::write(notes, &mut page);
    tasks::write(notes, &mut page);
    overview::table(notes, &mut page);
    notes.services.iter().for_each(|it| service(it, &mut page));
    page.text()
}

fn service(service: &Service, page: &mut Page) {
    let noun = if service.operations.is_empty() { "namespace" } else { "service" };
    let heading = match &service.status {
        Status::New => format!("New {noun}"),
        Status::Removed => format!("Removed {noun}"),
        Status::Changed | Status::Renamed(_) => capital(noun),
    };
    page.add(format!("## {heading} {}", code(&service.module)));
    page.docs(&service.docs);
    page.add(match (&service.status, service.uri.as_str()) {
        (Status::Renamed(from), uri) => format!("The namespace is {} now. It was {}.", code(uri), code(from)),
        (_, "") => "These components have no namespace.".to_owned(),
        (_, uri) => format!("Namespace {}.", code(uri)),
    });
    operations::write(service, page);
    components::write(service, page);
}

/// Returns a word with a capital letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
