//! Derives enumerations: an enum with a variant for each value, and `Other` for values that the schema does not
//! list.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::access::json;
use crate::args::Place;
use crate::fields::plain;
use crate::input::{Field, Input};

/// The number of variants of a large enumeration in one match. The compiler needs quadratic time for a match.
const PART: usize = 256;

pub(crate) fn expand(input: &Input, variants: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let (mut names, mut values): (Vec<&Ident>, Vec<&Literal>) = (Vec::new(), Vec::new());
    let mut other = None;
    for variant in variants {
        match &variant.args.place {
            Place::Name { prefix: None, local } if variant.tokens.is_empty() => (names.push(&variant.name), values.push(local)).0,
            Place::None if !variant.described && !variant.tokens.is_empty() && other.is_none() => other = Some(&variant.name),
            _ => {
                return Err(Error::new_at_span(
                    variant.name.span(),
                    "a variant of an enumeration is `#[xml(\"VALUE\")] Name`, the last `Other(String)`",
                ));
            }
        }
    }
    let Some(other) = other else {
        return Err(Error::new_at_span(ty.span(), "an enumeration has a variant `Other(String)` for values that it does not name"));
    };
    let prefix = input.args.prefix.as_ref().map(plain).unwrap_or_default();
    let local = &input.args.name;
    let index: Vec<Literal> = (0..names.len()).map(Literal::usize_unsuffixed).collect();
    let json = json(input);
    if input.args.large {
        let part = Literal::usize_unsuffixed(PART);
        let parts = names.chunks(PART).zip(values.chunks(PART)).zip(index.chunks(PART));
        let parts = parts.map(|((names, values), index)| quote!([#(#names #values #index)*]));
        return Ok(quote!(#json ::xsdgen_codec::large_enumeration! { #ty #prefix #local #other #part #(#parts)* }));
    }
    Ok(quote!(#json ::xsdgen_codec::enumeration! { #ty #prefix #local #other #(#names #values #index)* }))
}
