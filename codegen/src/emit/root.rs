//! Emits `lib.rs`: modules, namespaces, `Document`, operations, and the rules of strict mode.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::{cfg, inner_docs, outer_docs};
use super::modules::file;
use super::names::{Names, Spell};
use super::parts::{Faults, File, Part};
use super::{imports, members, rules, simple};
use crate::ir::{Entry, Module, ModuleId, Operation, ROOT, Root, RustIr};
use crate::settings::{Layout, Visibility};

/// Returns the file `lib.rs`, with all modules in it if the layout is one file.
pub(crate) fn lib(ir: &RustIr, faults: &Faults) -> File {
    match ir.root.layout {
        Layout::File => whole(ir, faults),
        Layout::Namespaces | Layout::Types => {
            root_file(ir, faults, |names, root| names.part("the modules", modules(names.spell(), root)).into_iter().collect())
        }
    }
}

/// Returns a file with all modules in it.
fn whole(ir: &RustIr, faults: &Faults) -> File {
    root_file(ir, faults, |names, root| inline(names, root, faults))
}

/// Returns a file with all modules in it. A module around them has the attributes, so that the file can be included in another one.
pub(crate) fn one_file(ir: &RustIr, faults: &Faults) -> File {
    let File { header, parts } = whole(ir, faults);
    let taken = BTreeSet::new();
    let names = Names::new(ir, ROOT, &taken, faults);
    let outer = names.parsed(
        "the module",
        quote! {
            #[allow(dead_code, missing_docs, unreachable_pub, clippy::all, clippy::nursery, clippy::pedantic)]
            #[rustfmt::skip]
            mod __bindings {}
        },
    );
    let visibility = names.spell().visibility();
    let exports = quote!(
        #[allow(unused_imports, unreachable_pub)]
        #visibility use __bindings::*;
    );
    let parts = [outer.map(|outer| Part::Module(outer, parts)), names.part("the exports", exports)];
    File { header, parts: parts.into_iter().flatten().collect() }
}

fn root_file(ir: &RustIr, faults: &Faults, modules: impl FnOnce(&Names<'_>, &Module) -> Vec<Part>) -> File {
    let Some(root) = ir.modules.first() else { return File::default() };
    let names = Names::new(ir, ROOT, &root.taken, faults);
    let spell = names.spell();
    let modules = modules(&names, root);
    let parts = [
        xmlns(&names),
        names.part("Document", document(spell, &ir.root)),
        names.part("OPERATIONS", ir.root.operations.as_deref().map(|list| operations(spell, list)).unwrap_or_default()),
        names.part("RULES", if ir.root.rules.is_empty() { TokenStream::new() } else { rules::rules(spell) }),
        simple::statics(spell, &root.facets),
    ];
    let head = [
        names.part("the documentation", inner_docs(&root.docs)),
        names.part("the attributes", attributes(ir)),
        imports::of_file(&names, &[]),
    ];
    File { header: root.header.clone(), parts: head.into_iter().flatten().chain(modules).chain(parts.into_iter().flatten()).collect() }
}

/// Returns the modules of the namespaces with their contents.
fn inline(names: &Names<'_>, root: &Module, faults: &Faults) -> Vec<Part> {
    let ids = root.body.iter().filter_map(|entry| if let Entry::Module(id) = entry { Some(*id) } else { None });
    let part = |id: ModuleId| {
        let module = names.ir.modules.get(id.index())?;
        let name = names.spell().ident(&module.name);
        let (visibility, cfg) = (names.spell().visibility(), cfg(module.feature.as_ref()));
        let outer = names.parsed(&name, quote!(#cfg #visibility mod #name {}))?;
        Some(Part::Module(outer, file(names.ir, id, faults).parts))
    };
    ids.filter_map(part).collect()
}

/// Returns the inner attributes. They allow lints that do not apply, because the schema determines the sizes of types and the names of types and
/// modules.
fn attributes(ir: &RustIr) -> TokenStream {
    // A program does not use all of its bindings. The files of types import all names of their module, and a version exports types of the one before.
    let imports = ir.root.layout == Layout::Types || ir.items.iter().any(|item| item.earlier.is_some());
    let unused = match (ir.root.visibility, imports) {
        (Visibility::Crate, true) => Some(quote!(#![allow(dead_code, unused_imports)])),
        (Visibility::Crate, false) => Some(quote!(#![allow(dead_code)])),
        (Visibility::Public, true) => Some(quote!(#![allow(unused_imports)])),
        (Visibility::Public, false) => None,
    };
    let docsrs = ir.krate.is_some().then(|| quote!(#![cfg_attr(docsrs, feature(doc_cfg))]));
    quote! {
        #![allow(clippy::large_enum_variant, clippy::box_collection, clippy::vec_box)]
        #![allow(clippy::enum_variant_names, clippy::upper_case_acronyms)]
        #![allow(clippy::duplicated_attributes, clippy::module_inception)]
        #unused
        #docsrs
    }
}

fn modules(spell: Spell<'_>, root: &Module) -> TokenStream {
    let ids = root.body.iter().filter_map(|entry| if let Entry::Module(id) = entry { Some(id) } else { None });
    let modules = ids.filter_map(|id| spell.names.ir.modules.get(id.index()));
    let declaration = |module: &Module| {
        let (cfg, name) = (cfg(module.feature.as_ref()), spell.ident(&module.name));
        let visibility = spell.visibility();
        let docs = module.feature.as_ref().map(|feature| quote!(#[cfg_attr(docsrs, doc(cfg(feature = #feature)))]));
        quote!(#cfg #docs #visibility mod #name;)
    };
    modules.map(declaration).collect()
}

/// Returns the module with the namespaces.
fn xmlns(names: &Names<'_>) -> Option<Part> {
    let docs = outer_docs(&["The namespaces of the schema set, with the prefixes that are written.".to_owned()]);
    let visibility = names.spell().visibility();
    let outer = names.parsed("xmlns", quote!(#docs #visibility mod xmlns {}))?;
    let root = &names.ir.root;
    let trim = root.trim_text;
    let undeclared = root.undeclared_prefixes.then(|| quote!(, undeclared_prefixes = true));
    let missing = root.blank_if_missing.then(|| quote!(, missing = Blank));
    let default = root.default_namespace.as_ref().map(|uri| quote!(, default_namespace = #uri));
    let secret = Some(&root.secret_parameters).filter(|names| !names.is_empty()).map(|names| quote!(, secret_parameters = [#(#names),*]));
    let rules = (!root.rules.is_empty()).then(|| quote!(, rules = super::RULES));
    let earlier = root.earlier.as_ref().map(|version| {
        let version = names.spell().ident(version);
        quote!(, earlier = super::super::#version::xmlns::SCHEMA)
    });
    let lines = root.namespaces.iter().map(|(prefix, uri)| {
        let prefix = names.spell().ident(prefix);
        quote!(#prefix = #uri;)
    });
    let inner = names.part(
        "xmlns",
        quote!(::xsdgen_codec::schema! { trim_text = #trim #undeclared #missing #default #secret #rules #earlier; #(#lines)* }),
    );
    Some(Part::Module(outer, inner.into_iter().collect()))
}

fn document(spell: Spell<'_>, root: &Root) -> TokenStream {
    let (docs, xml) = (outer_docs(&root.document_docs), spell.codec("Xml"));
    let prefix = root.document_prefix.as_deref().map(|prefix| {
        let prefix = spell.ident(prefix);
        quote!(, #prefix)
    });
    let open = spell.open();
    let variants = root.document.iter().map(|variant| members::document(spell, variant, root.document_prefix.as_deref()));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, #xml)]
        #[xml(document #prefix)]
        #open enum Document { #(#variants)* }
    }
}

fn operations(spell: Spell<'_>, list: &[Operation]) -> TokenStream {
    let (info, visibility) = (spell.codec("OperationInfo"), spell.visibility());
    let lines = list.iter().map(|operation| {
        let (cfg, request) = (cfg(operation.feature.as_ref()), spell.item(operation.request));
        quote!(#cfg <#request as ::xsdgen_codec::Operation>::INFO,)
    });
    quote! {
        /// Every operation of the schema set.
        #visibility static OPERATIONS: &[#info] = &[#(#lines)*];
    }
}
