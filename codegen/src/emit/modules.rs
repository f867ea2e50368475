//! Emits modules, both those with their own file and inline ones.

use quote::quote;

use super::attributes::{inner_docs, outer_docs};
use super::names::Names;
use super::parts::{Faults, File, Part};
use super::{imports, items, simple};
use crate::ir::{Deprecated, Entry, Module, ModuleId, RustIr};

/// Returns the file of a module whose parent is the root.
pub(crate) fn file(ir: &RustIr, id: ModuleId, faults: &Faults) -> File {
    let Some(module) = ir.modules.get(id.index()) else { return File::default() };
    let names = Names::new(ir, id, &module.taken, faults);
    let mut parts = body(&names, module);
    parts.extend(deprecated(&names, module));
    parts.extend(simple::statics(names.spell(), &module.facets));
    let head = [names.part("the documentation", inner_docs(&module.docs)), imports::of_file(&names, &module.uses)];
    File { header: module.header.clone(), parts: head.into_iter().flatten().chain(parts).collect() }
}

/// Returns the contents of a module, except its imports.
fn body(names: &Names<'_>, module: &Module) -> Vec<Part> {
    let mut parts = Vec::with_capacity(module.body.len());
    for entry in &module.body {
        match *entry {
            Entry::Item(id) => parts.extend(names.ir.items.get(id.index()).into_iter().flat_map(|item| items::item(names, id, item))),
            Entry::Module(within) => parts.extend(nested(names, within)),
        }
    }
    parts
}

/// Returns the aliases for the old names of types.
fn deprecated(names: &Names<'_>, module: &Module) -> Vec<Part> {
    let alias = |old: &Deprecated| {
        let spell = names.spell();
        let (name, ty) = (spell.ident(&old.name), spell.item(old.item));
        let new = ty.to_string().replace(' ', "");
        let (docs, note) = (outer_docs(&[format!("The old name of [`{new}`].")]), format!("renamed to `{new}`"));
        names.part(&old.name, quote!(#docs #[deprecated(note = #note)] pub type #name = #ty;))
    };
    module.deprecated.iter().filter_map(alias).collect()
}

/// Returns an inline module. Its parent also imports the names of the codec that it imports.
fn nested(around: &Names<'_>, id: ModuleId) -> Option<Part> {
    let module = around.ir.modules.get(id.index())?;
    let (docs, name) = (outer_docs(&module.docs), around.spell().ident(&module.name));
    let outer = around.parsed(&module.name, quote!(#docs pub mod #name {}))?;
    let names = around.within(id);
    let parts: Vec<Part> = body(&names, module).into_iter().chain(deprecated(&names, module)).collect();
    let imports = imports::of_module(&names, &module.uses);
    around.import_all(&names);
    Some(Part::Module(outer, imports.into_iter().chain(parts).collect()))
}
