//! Draws the pictures of content models that the documentation of the bindings shows.

use crate::diagram::svg::{self, Form};
use crate::diagram::{Labels, Options, Target, draw};
use crate::ir::{Picture, ROOT, RustIr};
use crate::model::{Model, Scope, Type};
use crate::render::FileSet;

/// The name of the pictures in the page of an item, which has one.
const NAME: &str = "content-model";

/// The background of pages that rustdoc makes, in any of its themes.
const PAPER: &str = "--diagram-paper:var(--main-background-color)";

/// The number of levels of elements in a picture: those that are fields of the type.
const DEPTH: u32 = 1;

/// Returns the files of the pictures that the plan names, each an HTML fragment.
pub(crate) fn files(model: &Model, ir: &RustIr) -> FileSet {
    let labels = Labels::new(model, &ir.root.namespaces);
    let folder = if ir.krate.is_some() { "src/" } else { "" };
    let head: String = ir.modules.get(ROOT.index()).iter().flat_map(|root| &root.header).map(|line| comment(line)).collect();
    let pictures = ir.items.iter().filter_map(|item| item.picture.as_ref());
    pictures.map(|picture| (format!("{folder}{}", picture.file), head.clone() + &written(model, &labels, picture))).collect()
}

fn written(model: &Model, labels: &Labels, picture: &Picture) -> String {
    // The diagram of an anonymous type begins with the element of that type.
    let target = match model.types.get(picture.of.index()) {
        Some(Type::Complex(ty)) if ty.name.is_none() => match ty.scope {
            Scope::Element(id) => Target::Element(id),
            _ => Target::Type(picture.of),
        },
        _ => Target::Type(picture.of),
    };
    // The fields of the type have the documentation.
    let drawn = draw(model, labels, target, Options { depth: DEPTH, documentation: false });
    svg::write(&drawn, Form::Fragment(NAME)).replacen("<svg ", &format!("<svg style=\"{PAPER}\" "), 1)
}

/// Returns a line as a comment of HTML and XML, which cannot contain two hyphens.
fn comment(line: &str) -> String {
    format!("<!-- {} -->\n", line.replace("--", "- -"))
}
