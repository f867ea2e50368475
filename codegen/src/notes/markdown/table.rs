//! Tables of elements, attributes and values.

use super::page::Page;
use super::text::{self, code_cell, in_cell};
use crate::notes::types::{ChangedRow, Contents, Extent, Row, RowName, TypeText};
use crate::notes::words::occurrence;
use crate::plan::code;

/// Adds what a type consists of. `empty` is said if it has no content.
pub(super) fn contents(contents: &Contents, empty: &str, page: &mut Page) {
    if let Some(simple) = &contents.simple {
        let facets = simple.facets.as_ref().map(|facets| format!("; {facets}")).unwrap_or_default();
        let what = if simple.list { "A list of values of" } else { "Values of" };
        let name = if simple.name.is_empty() { "several types".to_owned() } else { code(&simple.name) };
        page.add(format!("{what} {name}{facets}{}", if contents.values.is_empty() { "." } else { ":" }));
    }
    let row = |value: &crate::notes::types::Value| vec![code_cell(&value.value), text::cell(&value.docs, page.markdown)];
    let rows = contents.values.iter().map(row).collect();
    page.table(&["value", "description"], rows);
    for table in &contents.tables {
        match &table.of {
            Some(of) => page.add(format!("{}:", code(of))),
            None if table.rows.is_empty() => page.add(empty),
            None => {}
        }
        let markdown = page.markdown;
        let row = |row: &Row| vec![name(row), ty(&row.ty), occurrence(row.occurs), description(row, markdown)];
        page.table(&["element", "type", "occurrence", "description"], table.rows.iter().map(row).collect());
    }
    if contents.truncated {
        page.add("Further types in it are not shown.");
    }
}

/// Adds what changed in a type. That it is described differently is not mentioned: its description precedes the table.
pub(super) fn changes(rows: &[ChangedRow], page: &mut Page) {
    let rows: Vec<&ChangedRow> = rows.iter().filter(|changed| !is_new_description(changed)).collect();
    let markdown = page.markdown;
    if rows.iter().all(|changed| matches!(changed.row.name, RowName::Value(..))) {
        let row = |changed: &&ChangedRow| vec![name(&changed.row), what(changed), description(&changed.row, markdown)];
        page.table(&["value", "change", "description"], rows.iter().map(row).collect());
        return;
    }
    let row = |changed: &&ChangedRow| {
        let row = &changed.row;
        let plain = matches!(row.name, RowName::Value(..) | RowName::Itself) || row.ty == TypeText::default() && row.docs.is_empty();
        let (ty, occurs) = if plain { Default::default() } else { (ty(&row.ty), occurrence(row.occurs)) };
        vec![name(row), what(changed), ty, occurs, description(row, markdown)]
    };
    page.table(&["element", "change", "type", "occurrence", "description"], rows.iter().map(row).collect());
    rows.iter().for_each(|changed| contents(&changed.contents, "", page));
}

/// Returns whether all that changed is the description of the component itself.
pub(super) fn is_new_description(changed: &ChangedRow) -> bool {
    changed.extent == Extent::Description && changed.row.name == RowName::Itself
}

fn what(changed: &ChangedRow) -> String {
    in_cell(&changed.what.join("; "))
}

fn name(row: &Row) -> String {
    match &row.name {
        RowName::Name(name) => code_cell(name),
        RowName::Any(namespaces) => format!("*anything of {}*", in_cell(namespaces)),
        RowName::Text => "*text*".to_owned(),
        RowName::Itself => "*the type itself*".to_owned(),
        RowName::Value(path, value) if path.is_empty() => code_cell(value),
        RowName::Value(path, value) => format!("{} = {}", code_cell(path), code_cell(value)),
    }
}

fn ty(ty: &TypeText) -> String {
    let name = match (ty.name.is_empty(), ty.list) {
        (true, _) => return "*elements*".to_owned(),
        (false, true) => format!("list of {}", code_cell(&ty.name)),
        (false, false) => code_cell(&ty.name),
    };
    match &ty.facets {
        Some(facets) => format!("{name}, {}", in_cell(facets)),
        None => name,
    }
}

fn description(row: &Row, markdown: bool) -> String {
    let docs = text::cell(&row.docs, markdown);
    let constraint = row.constraint.as_deref().map(in_cell).unwrap_or_default();
    let values: Vec<String> = row.values.iter().map(|value| code_cell(value)).collect();
    let values = if values.is_empty() { String::new() } else { format!("Values: {}.", values.join(", ")) };
    [docs, constraint, values].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
