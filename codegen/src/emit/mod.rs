//! In: the [`RustIr`]. Out: the text of its modules.
//! Not done here: any judgement (`plan`), names of files (`render`).

mod items;
mod macros;
mod paths;
mod root;
mod rules;

pub(crate) use self::root::lib;

use crate::ir::{Entry, Module, ModuleId, RustIr};
use crate::plan::docs;

/// Widest line of documentation, without indentation and `///`.
const DOC_WIDTH: usize = 100;

/// The file of a module right under the root.
pub(crate) fn file(ir: &RustIr, id: ModuleId) -> String {
    let Some(module) = ir.modules.get(id.index()) else { return String::new() };
    let mut out = opening(module);
    out.push_str(&body(ir, id, module));
    out
}

/// The lines that open a file: where it comes from, and its documentation.
fn opening(module: &Module) -> String {
    let mut out = String::new();
    for line in module.header.iter().flat_map(|text| text.lines()) {
        out.push_str(format!("// {}", visible(line)).trim_end());
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&doc_lines(&module.docs, "//!"));
    out.push('\n');
    out
}

/// Imports and items of a module, a blank line between any two.
fn body(ir: &RustIr, id: ModuleId, module: &Module) -> String {
    let mut parts = Vec::with_capacity(module.body.len() * 2 + 1);
    match module.uses.as_slice() {
        [] => {}
        [one] => parts.push(format!("use super::{one};\n")),
        many => parts.push(format!("use super::{{{}}};\n", many.join(", "))),
    }
    for entry in &module.body {
        match *entry {
            Entry::Item(item) => parts.extend(ir.items.get(item.index()).map(|item| items::item(ir, item)).into_iter().flatten()),
            Entry::Module(within) => parts.extend(nested(ir, within)),
        }
    }
    debug_assert!(id.index() < ir.modules.len());
    parts.join("\n")
}

/// A module within another.
fn nested(ir: &RustIr, id: ModuleId) -> Option<String> {
    let module = ir.modules.get(id.index())?;
    let docs = doc_lines(&module.docs, "///");
    Some(format!("{docs}pub mod {} {{\n{}}}\n", module.name, indent(&body(ir, id, module))))
}

/// Four spaces before each line that is not empty.
fn indent(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str("    ");
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// Paragraphs as comment lines; items of a list and rows of a table stay together, code between fences stays as it is.
fn doc_lines(paragraphs: &[String], mark: &str) -> String {
    let mut out = String::new();
    let mut before: Option<&String> = None;
    for paragraph in paragraphs {
        if before.is_some_and(|before| !docs::is_item(before) || !docs::is_item(paragraph)) {
            out.push_str(&format!("{mark}\n"));
        }
        before = Some(paragraph);
        let mut fence = Fence::default();
        for line in paragraph.split('\n') {
            let lines = if fence.holds(line) { vec![line.to_owned()] } else { docs::wrap(line, DOC_WIDTH) };
            for line in lines {
                out.push_str(format!("{mark} {}", visible(&line)).trim_end());
                out.push('\n');
            }
        }
    }
    out
}

/// The backticks that an open block of code began with; none outside.
#[derive(Default)]
struct Fence(usize);

impl Fence {
    /// Whether the line belongs to a block of code.
    fn holds(&mut self, line: &str) -> bool {
        let run = line.len() - line.trim_start_matches('`').len();
        let open = self.0;
        // The word behind backticks that open a block holds none itself; behind those that close it nothing stands.
        match open {
            0 if run >= 3 && !line.get(run..).unwrap_or_default().contains('`') => self.0 = run,
            open if open > 0 && run >= open && line.trim_end().len() == run => self.0 = 0,
            _ => {}
        }
        open > 0 || self.0 > 0
    }
}

/// A line of a comment: characters that direct the text around them, which are an error there, as character references.
fn visible(line: &str) -> String {
    line.chars().map(|c| if docs::is_hidden(c) && c != '\t' { format!("&#x{:x};", u32::from(c)) } else { c.to_string() }).collect()
}

/// `#[cfg(feature = "x")]` on a line of its own, or nothing.
fn cfg(feature: Option<&String>, indent: &str) -> String {
    feature.map(|f| format!("{indent}#[cfg(feature = {f:?})]\n")).unwrap_or_default()
}
