//! Spells documentation and `cfg` as attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Documentation of the file.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#![doc = #lines])*)
}

/// Documentation of the item behind it.
pub(super) fn outer_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#[doc = #lines])*)
}

/// A line of documentation, with a blank before it.
fn doc(line: &str) -> Literal {
    if line.is_empty() { Literal::string("") } else { Literal::string(&format!(" {line}")) }
}

/// `#[cfg(feature = "x")]`, or nothing.
pub(super) fn cfg(feature: Option<&String>) -> TokenStream {
    feature.map(|feature| quote!(#[cfg(feature = #feature)])).unwrap_or_default()
}
