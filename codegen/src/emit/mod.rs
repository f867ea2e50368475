//! Spells the [`RustIr`] as Rust items, of tokens: each item is parsed again, so that nothing of a schema can break out of its place.
//!
//! `names` spells identifiers, paths and types; `simple` facets; `members` fields and variants; `items` the types around them; `root` and `rules`
//! what `lib.rs` has beside its modules.

mod items;
mod members;
mod names;
mod root;
mod rules;
mod simple;

pub(crate) use self::root::lib;

use std::cell::RefCell;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use self::names::{Names, Spell};
use crate::ir::{Entry, Module, ModuleId, NamedFacets, RustIr};

/// A file, in parts.
pub(crate) struct File {
    /// Lines of comments at its head.
    pub(crate) header: Vec<String>,
    /// What follows, with a blank line between any two.
    pub(crate) parts: Vec<Part>,
}

/// Part of a file or a module.
pub(crate) enum Part {
    /// Items, or attributes of the file, without blank lines between them.
    Items(syn::File),
    /// A module: without its content, and that.
    Module(syn::File, Vec<Part>),
}

/// What came out as something other than Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The item.
    pub(crate) item: String,
    /// What is wrong with it.
    pub(crate) problem: String,
}

/// The faults of all items.
#[derive(Debug, Default)]
pub(crate) struct Faults(RefCell<Vec<Fault>>);

impl Faults {
    fn note(&self, item: &str, problem: String) {
        self.0.borrow_mut().push(Fault { item: item.to_owned(), problem });
    }

    /// Returns the faults in the order in which they were found.
    pub(crate) fn into_vec(self) -> Vec<Fault> {
        self.0.into_inner()
    }
}

/// The file of a module right under the root.
pub(crate) fn file(ir: &RustIr, id: ModuleId, faults: &Faults) -> File {
    let Some(module) = ir.modules.get(id.index()) else { return File { header: Vec::new(), parts: Vec::new() } };
    let names = Names::new(ir, id, &module.taken, faults);
    let mut parts = body(&names, module);
    parts.extend(statics(names.spell(), &module.facets));
    let head = [names.part("the documentation", inner_docs(&module.docs)), imports(&names, &module.uses)];
    let parts = head.into_iter().flatten().chain(parts).collect();
    File { header: module.header.clone(), parts }
}

/// What a module holds but for its imports.
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

/// A module within another; what it imports of the codec, the one around it imports too.
fn nested(around: &Names<'_>, id: ModuleId) -> Option<Part> {
    let module = around.ir.modules.get(id.index())?;
    let names = around.within(id);
    let parts = body(&names, module);
    let imports = {
        let name = names.spell().ident(&module.name);
        let uses: Vec<&str> = names.imports().into_iter().chain(module.uses.iter().map(String::as_str)).collect();
        around.import_all(&names);
        let docs = outer_docs(&module.docs);
        let outer = around.parsed(&module.name, quote!(#docs pub mod #name {}))?;
        (outer, names.part("the imports", use_super(&names, &uses)))
    };
    let (outer, imports) = imports;
    Some(Part::Module(outer, imports.into_iter().chain(parts).collect()))
}

/// The imports of a file.
fn imports(names: &Names<'_>, uses: &[String]) -> Option<Part> {
    let codec = use_codec(names);
    let uses: Vec<&str> = uses.iter().map(String::as_str).collect();
    let others = use_super(names, &uses);
    names.part("the imports", quote!(#codec #others))
}

/// `use ::xsdgen_codec::{...};`
fn use_codec(names: &Names<'_>) -> TokenStream {
    let list: Vec<_> = names.imports().into_iter().map(|name| names.spell().ident(name)).collect();
    match list.as_slice() {
        [] => TokenStream::new(),
        [one] => quote!(use ::xsdgen_codec::#one;),
        many => quote!(use ::xsdgen_codec::{#(#many),*};),
    }
}

/// `use super::{...};`
fn use_super(names: &Names<'_>, list: &[&str]) -> TokenStream {
    let list: Vec<_> = list.iter().map(|name| names.spell().ident(name)).collect();
    match list.as_slice() {
        [] => TokenStream::new(),
        [one] => quote!(use super::#one;),
        many => quote!(use super::{#(#many),*};),
    }
}

/// The facets that a file states.
fn statics(spell: Spell<'_>, list: &[NamedFacets]) -> Option<Part> {
    let tokens = list.iter().map(|facets| simple::private(spell, facets));
    spell.names.part("the facets", tokens.collect())
}

/// Documentation of the file.
fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#![doc = #lines])*)
}

/// Documentation of the item behind it.
fn outer_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#[doc = #lines])*)
}

/// A line of documentation, with a blank before it.
fn doc(line: &str) -> Literal {
    if line.is_empty() { Literal::string("") } else { Literal::string(&format!(" {line}")) }
}

/// `#[cfg(feature = "x")]`, or nothing.
fn cfg(feature: Option<&String>) -> TokenStream {
    feature.map(|feature| quote!(#[cfg(feature = #feature)])).unwrap_or_default()
}
