//! Implements `Clone` and `PartialEq` for enums whose variants hold one value each.
//!
//! In unoptimised code, the standard derives reserve stack space for every variant in one frame, and nested
//! elements are cloned and compared recursively. With 300 variants, each level would take five kilobytes. Here,
//! each function handles 32 variants.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The number of variants that one function handles.
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
