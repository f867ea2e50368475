//! Emits imports.

use proc_macro2::TokenStream;
use quote::quote;

use super::names::Names;
use super::parts::Part;

/// Returns the imports of a file: names of the codec and other files.
pub(super) fn of_file(names: &Names<'_>, uses: &[String]) -> Option<Part> {
    let codec = list(names, quote!(::xsdgen_codec), &names.imports());
    let others = list(names, quote!(super), &uses.iter().map(String::as_str).collect::<Vec<_>>());
    names.part("the imports", quote!(#codec #others))
}

/// Returns the imports of an inline module, all of which come from its parent.
pub(super) fn of_module(names: &Names<'_>, uses: &[String]) -> Option<Part> {
    let all: Vec<&str> = names.imports().into_iter().chain(uses.iter().map(String::as_str)).collect();
    names.part("the imports", list(names, quote!(super), &all))
}

fn list(names: &Names<'_>, from: TokenStream, list: &[&str]) -> TokenStream {
    let list: Vec<_> = list.iter().map(|name| names.spell().ident(name)).collect();
    match list.as_slice() {
        [] => TokenStream::new(),
        [one] => quote!(use #from::#one;),
        many => quote!(use #from::{#(#many),*};),
    }
}
