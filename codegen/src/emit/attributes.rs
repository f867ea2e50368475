//! Emits documentation and `cfg` as attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::Picture;

/// Returns the documentation of a file, as inner attributes.
pub(super) fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#![doc = #lines])*)
}

/// Returns the documentation of an item, as outer attributes.
pub(super) fn outer_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc(line));
    quote!(#(#[doc = #lines])*)
}

/// Returns the attribute that adds a picture to the documentation. It is read only when documentation is made.
pub(super) fn picture(picture: &Picture, to_folder: &str) -> TokenStream {
    let file = format!("{to_folder}{}", picture.file);
    quote!(#[cfg_attr(doc, doc = include_str!(#file))])
}

/// Returns the literal of a documentation line, with a leading space unless it is empty.
fn doc(line: &str) -> Literal {
    if line.is_empty() { Literal::string("") } else { Literal::string(&format!(" {line}")) }
}

/// Returns `#[cfg(feature = "x")]`, or no tokens.
pub(super) fn cfg(feature: Option<&String>) -> TokenStream {
    feature.map(|feature| quote!(#[cfg(feature = #feature)])).unwrap_or_default()
}
