//! The derive `Xml` of `xsdgen-codec`: a struct or an enum with `#[xml(...)]` attributes becomes readable and writable.
//!
//! The attributes are the only description of a type. A mistake in one of them is a compile error at its place.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod args;
mod choice;
mod document;
mod enumeration;
mod fields;
mod input;
mod operation;
mod polymorphic;
mod structure;
mod ty;
mod union;
mod variants;

use proc_macro2::TokenStream;

use crate::args::Kind;
use crate::input::{Body, Input};

/// A mistake in the input, with its place.
type Result<T> = std::result::Result<T, venial::Error>;

/// Derives reading, writing, `Debug`, `new` and setters of a type that an XML Schema describes.
///
/// The attributes are documented in `xsdgen-codec`.
#[proc_macro_derive(Xml, attributes(xml, operation))]
pub fn derive_xml(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: TokenStream) -> Result<TokenStream> {
    let input = Input::parse(input)?;
    match (&input.args.kind, &input.body) {
        (Kind::Complex | Kind::Group, Body::Struct(fields)) => structure::expand(&input, fields),
        (Kind::Complex, Body::Enum(variants)) => enumeration::expand(&input, variants),
        (Kind::Choice, Body::Enum(variants)) => choice::expand(&input, variants),
        (Kind::Polymorphic, Body::Enum(variants)) => polymorphic::expand(&input, variants),
        (Kind::Union(facets), Body::Enum(variants)) => union::expand(&input, facets, variants),
        (Kind::Document, Body::Enum(variants)) => document::expand(&input, variants),
        (Kind::Group, Body::Enum(_)) => Err(venial::Error::new_at_span(input.name.span(), "a group is a struct; did you mean `choice`?")),
        (_, Body::Struct(_)) => {
            Err(venial::Error::new_at_span(input.name.span(), "choices, unions, polymorphic types and documents are enums"))
        }
    }
}
