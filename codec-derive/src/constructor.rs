//! Generates the constructor of a struct: `new` with a parameter for each required field, or a builder with a method for each.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::args::{Constructor, Place};
use crate::fields::{parameter, plain};
use crate::input::{Field, Input};
use crate::ty::Occurs;

/// Returns the part of a struct's macro call for `new`, and the macro call for the builder. At most one of them has tokens.
pub(crate) fn expand(input: &Input, fields: &[Field]) -> (TokenStream, TokenStream) {
    let required: Vec<&Field> = fields.iter().filter(|field| least(field) > 0).collect();
    match input.args.constructor {
        Constructor::New => (new(&required, required.len() == fields.len()), TokenStream::new()),
        Constructor::Builder => (TokenStream::new(), builder(&input.name, &required)),
        Constructor::None => (TokenStream::new(), TokenStream::new()),
    }
}

/// Returns the minimum number of values of a field.
pub(crate) fn least(field: &Field) -> u32 {
    match field.ty.occurs {
        Occurs::One if matches!(field.args.place, Place::Flatten) => field.args.required.into(),
        // The list of a required wrapper is a required field even if it may be empty: its element must be present.
        Occurs::One => 1,
        Occurs::Optional => 0,
        Occurs::Many => field.args.min.as_ref().and_then(|min| min.to_string().parse().ok()).unwrap_or(0),
    }
}

/// Returns `new`: its documentation, and for each required field its name, the function that sets it, and the type of the parameter.
fn new(required: &[&Field], all: bool) -> TokenStream {
    let doc = match required.len() {
        0 => " Creates a value with nothing in it.",
        _ if all => " Creates a value from what it must hold.",
        _ => " Creates a value from what it must hold; everything else is absent.",
    };
    let several = required.iter().flat_map(|field| several(field));
    let parameters = required.iter().map(|field| {
        let (name, fill, parameter) = (&field.name, fill(field), parameter(field));
        quote!(#name #fill [#parameter])
    });
    quote!(#doc #(#several)* new #(#parameters)*)
}

/// Returns the call of the macro for a builder: its names, the parameters for the states of the fields, and for each field the documentation and name of
/// its method, the field, the function that sets it, the type of the parameter, its state, and the states after the call.
fn builder(ty: &Ident, required: &[&Field]) -> TokenStream {
    let name = plain(ty);
    let builder = format_ident!("{name}Builder", span = ty.span());
    let states: Vec<Ident> = required.iter().map(|field| format_ident!("__{}", plain(&field.name))).collect();
    let doc = format!(" Creates a builder. It sets what the value must hold, in any order: {}.", listed(required));
    let methods = required.iter().enumerate().map(|(at, field)| {
        let (name, fill, parameter) = (&field.name, fill(field), parameter(field));
        // `build` is the method that returns the value. No field of generated code ends with an underscore, except keywords.
        let method = if name == "build" { format_ident!("build_", span = name.span()) } else { name.clone() };
        let own = field.docs.is_empty().then(|| format!(" Sets `{}`.", plain(name)));
        let (docs, several, state) = (&field.docs, several(field), states.get(at));
        let after = states.iter().enumerate().map(|(index, state)| if index == at { quote!(__codec::Present) } else { quote!(#state) });
        quote!(#own #(#docs)* #(#several)* #method #name #fill [#parameter] #state [#(#after),*])
    });
    quote!(::xsdgen_codec::builder! { #ty #builder #name [#(#states)*] #doc; #(#methods)* })
}

/// Returns the names of fields for the documentation.
fn listed(fields: &[&Field]) -> String {
    let names: Vec<String> = fields.iter().map(|field| format!("`{}`", plain(&field.name))).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// Returns a paragraph of documentation for a field that holds more than one value.
fn several(field: &Field) -> Vec<String> {
    match least(field) {
        0 | 1 => Vec::new(),
        least => vec![String::new(), format!(" `{}` holds at least {least}.", field.name)],
    }
}

/// Returns the function that sets a required field.
fn fill(field: &Field) -> Ident {
    let name = match (field.ty.occurs, field.ty.boxed) {
        _ if field.args.items.is_some() => "set_all",
        (Occurs::Many, false) => "set_all",
        (Occurs::Many, true) => "set_all_boxed",
        (_, false) => "fill",
        (_, true) => "fill_box",
    };
    Ident::new(name, Span::call_site())
}
