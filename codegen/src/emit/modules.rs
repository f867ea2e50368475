//! Emits modules, both those with their own files and inline ones.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{inner_docs, outer_docs};
use super::names::{Names, facet_static};
use super::parts::{Faults, File, Part};
use super::{imports, items, simple};
use crate::ir::{Deprecated, Entry, Module, ModuleId, RustIr};
use crate::settings::Layout;

/// Returns the files of a module whose parent is the root, with their paths without `.rs`. If each type has a file, those of its types are in a folder.
pub(crate) fn files(ir: &RustIr, id: ModuleId, faults: &Faults) -> Vec<(String, File)> {
    let Some(module) = ir.modules.get(id.index()) else { return Vec::new() };
    if ir.root.layout != Layout::Types {
        return vec![(module.name.clone(), file(ir, id, faults))];
    }
    let names = Names::new(ir, id, &module.taken, faults);
    let path = |name: &str| format!("{}/{name}", module.name);
    let mut files = Vec::new();
    let (mut private, mut exports, mut nested) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
    let visibility = names.spell().visibility();
    for entry in &module.body {
        match *entry {
            Entry::Item(id) => {
                let Some((item, file)) = ir.items.get(id.index()).and_then(|item| Some((item, item.file.as_ref()?))) else { continue };
                let below = names.below();
                let parts = below
                    .part(
                        "the imports",
                        quote!(
                            use super::*;
                        ),
                    )
                    .into_iter()
                    .chain(items::item(&below, id, item))
                    .collect();
                names.import_all(&below);
                files.push((path(file), File { header: module.header.clone(), parts }));
                let spell = names.spell();
                let (file, name) = (spell.ident(file), spell.ident(&item.name));
                private.extend(quote!(mod #file;));
                exports.extend(match facet_static(item).map(|name| spell.ident(name)) {
                    Some(facets) => quote!(#visibility use #file::{#facets, #name};),
                    None => quote!(#visibility use #file::#name;),
                });
            }
            Entry::Module(within) => {
                let Some(planned) = ir.modules.get(within.index()) else { continue };
                let (docs, name) = (outer_docs(&planned.docs), names.spell().ident(&planned.name));
                nested.extend(quote!(#docs #visibility mod #name;));
                let parts = contents(&names, within, planned);
                files.push((path(&planned.name), File { header: module.header.clone(), parts }));
            }
        }
    }
    let list = [names.part("the files of types", private), names.part("the exports", exports), names.part("the modules", nested)];
    let head = [names.part("the documentation", inner_docs(&module.docs)), imports::of_file(&names, &module.uses)];
    let parts = head.into_iter().chain(list).flatten().chain(deprecated(&names, module)).chain(statics(&names, module));
    files.push((module.name.clone(), File { header: module.header.clone(), parts: parts.collect() }));
    files
}

/// Returns the file of a module whose parent is the root, with everything in it.
pub(crate) fn file(ir: &RustIr, id: ModuleId, faults: &Faults) -> File {
    let Some(module) = ir.modules.get(id.index()) else { return File::default() };
    let names = Names::new(ir, id, &module.taken, faults);
    let mut parts = body(&names, module);
    parts.extend(deprecated(&names, module));
    parts.extend(statics(&names, module));
    let head = [names.part("the documentation", inner_docs(&module.docs)), imports::of_file(&names, &module.uses)];
    File { header: module.header.clone(), parts: head.into_iter().flatten().chain(parts).collect() }
}

/// Returns the statics that the types of a file share.
fn statics(names: &Names<'_>, module: &Module) -> Vec<Part> {
    let particles = module.particles.iter().filter_map(|it| names.part(&it.name, items::shared(names.spell(), it)));
    particles.chain(simple::statics(names.spell(), &module.facets)).collect()
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
        let visibility = spell.visibility();
        let new = ty.to_string().replace(' ', "");
        let (docs, note) = (outer_docs(&[format!("The old name of [`{new}`].")]), format!("renamed to `{new}`"));
        names.part(&old.name, quote!(#docs #[deprecated(note = #note)] #visibility type #name = #ty;))
    };
    module.deprecated.iter().filter_map(alias).collect()
}

/// Returns an inline module. Its parent also imports the names of the codec that it imports.
fn nested(around: &Names<'_>, id: ModuleId) -> Option<Part> {
    let module = around.ir.modules.get(id.index())?;
    let (docs, name) = (outer_docs(&module.docs), around.spell().ident(&module.name));
    let visibility = around.spell().visibility();
    let outer = around.parsed(&module.name, quote!(#docs #visibility mod #name {}))?;
    Some(Part::Module(outer, contents(around, id, module)))
}

/// Returns the contents of a module in another one, with its imports.
fn contents(around: &Names<'_>, id: ModuleId, module: &Module) -> Vec<Part> {
    let names = around.within(id);
    let parts: Vec<Part> = body(&names, module).into_iter().chain(deprecated(&names, module)).collect();
    let imports = imports::of_module(&names, &module.uses);
    around.import_all(&names);
    imports.into_iter().chain(parts).collect()
}
