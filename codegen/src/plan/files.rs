//! Names the files of types, if each type has its own.
//!
//! The file of a type is a private module, and the module of the namespace exports the type, so that its path does not depend on the layout.

use std::collections::BTreeSet;

use super::names;
use crate::ir::{Entry, ROOT, RustIr};
use crate::keywords;
use crate::reserved;
use crate::settings::Layout;

/// Gives a file to each item and each nested module that is directly in the module of a namespace.
pub(super) fn plan(ir: &mut RustIr) {
    if ir.root.layout != Layout::Types {
        return;
    }
    let roots: BTreeSet<String> = ir.modules.iter().filter(|module| module.parent == ROOT).map(|module| module.name.clone()).collect();
    let bodies: Vec<Vec<Entry>> =
        ir.modules.iter().skip(1).filter(|module| module.parent == ROOT).map(|module| module.body.clone()).collect();
    for body in bodies {
        let mut taken = roots.clone();
        for entry in &body {
            if let Entry::Module(id) = entry
                && let Some(module) = ir.modules.get_mut(id.index())
            {
                module.in_folder = true;
                taken.insert(module.name.clone());
            }
        }
        for entry in body {
            if let Entry::Item(id) = entry
                && let Some(item) = ir.items.get_mut(id.index())
            {
                item.file = Some(file(&item.name, &mut taken));
            }
        }
    }
}

/// Returns the name of the file of a type: `note_type` for `NoteType`, with an addition if that stands for something else. Names that differ only in
/// letter case are one file on some systems, but snake case has no capital letters.
fn file(name: &str, taken: &mut BTreeSet<String>) -> String {
    let short = names::field(&heck::ToSnakeCase::to_snake_case(name));
    let fits = |name: &String| {
        !taken.contains(name) && name != "xmlns" && name.is_ascii() && !keywords::is_keyword(name) && reserved::unfit_module(name).is_none()
    };
    let plain: String = short.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let long = format!("{}_type", plain.trim_end_matches('_'));
    let numbered = (2..).map(|number: u32| format!("{long}_{number}"));
    let given = [short, long.clone()].into_iter().chain(numbered).find(fits).unwrap_or_default();
    taken.insert(given.clone());
    given
}
