//! `Clone` and `PartialEq` of enums whose variants hold one value each.
//!
//! The standard derives keep room for each variant in one frame of unoptimised code, and elements in elements are copied and compared by functions
//! that call each other: with 300 variants a level would take five kilobytes. Here 32 variants are a function.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// How many variants a function knows.
const PART: usize = 32;

pub(crate) fn expand(ty: &Ident, variants: &[&Ident]) -> TokenStream {
    let (mut copies, mut comparisons) = (Vec::new(), Vec::new());
    for part in variants.chunks(PART) {
        let rest = (part.len() < variants.len()).then(|| quote!(_ => None,));
        copies.push(quote!(|this: &#ty| match this {
            #(#ty::#part(value) => __codec::clone_variant(value, #ty::#part),)*
            #rest
        }));
        let other = (variants.len() > 1).then(|| quote!(_ => None,));
        comparisons.push(quote!(|this: &#ty, other: &#ty| match (this, other) {
            #((#ty::#part(value), #ty::#part(other)) => Some(value == other),)*
            #other
        }));
    }
    quote! {
        #[automatically_derived]
        impl Clone for #ty {
            fn clone(&self) -> Self {
                const PARTS: &[fn(&#ty) -> Option<#ty>] = &[#(#copies),*];
                __codec::clone_by(self, PARTS)
            }
        }

        #[automatically_derived]
        impl PartialEq for #ty {
            fn eq(&self, other: &Self) -> bool {
                const PARTS: &[fn(&#ty, &#ty) -> Option<bool>] = &[#(#comparisons),*];
                __codec::eq_by(self, other, PARTS)
            }
        }
    }
}
