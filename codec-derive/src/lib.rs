//! The derive macro `Xml` of `xsdgen-codec`, which makes a struct or an enum with `#[xml(...)]` attributes
//! readable and writable.
//!
//! The attributes are the only description of a type. A mistake in one of them is a compile error at that
//! place.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod access;
mod args;
mod checks;
mod choice;
mod constructor;
mod cursor;
mod document;
mod enumeration;
mod fields;
mod flatten;
mod input;
mod operation;
mod polymorphic;
mod structure;
#[cfg(test)]
mod tests;
mod ty;
mod union;
mod variants;
mod wrapper;

use proc_macro2::TokenStream;

use crate::args::Kind;
use crate::input::{Body, Input};

/// The result type of this crate; the error has a span in the input.
type Result<T> = std::result::Result<T, venial::Error>;

/// Derives reading, writing, `Debug`, `new` and setters for a type that an XML Schema describes.
///
/// The attributes are documented in `xsdgen-codec`.
#[proc_macro_derive(Xml, attributes(xml, operation))]
pub fn derive_xml(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: TokenStream) -> Result<TokenStream> {
    let input = Input::parse(input)?;
    let (Body::Struct(fields) | Body::Enum(fields)) = &input.body;
    match &input.args.kind {
        Kind::Complex | Kind::Group | Kind::Attributes => structure::expand(&input, fields),
        Kind::Enumeration => enumeration::expand(&input, fields),
        Kind::Choice => choice::expand(&input, fields),
        Kind::Polymorphic => polymorphic::expand(&input, fields),
        Kind::Union(facets) => union::expand(&input, facets, fields),
        Kind::Document => document::expand(&input, fields),
    }
}
