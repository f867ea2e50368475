//! Structs: complex types, and sequences without an element of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Result;
use crate::args::{Kind, Place};
use crate::fields::{definitions, new, setter, slots, table};
use crate::input::{Field, Input};
use crate::operation;
use crate::ty::Occurs;

pub(crate) fn expand(input: &Input, fields: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let name = ty.to_string();
    let is_group = matches!(input.args.kind, Kind::Group);
    // The tables have the attributes first, whatever the order of the fields.
    let (attributes, others): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.args.attribute);
    let ordered = [attributes, others].concat();
    let definitions = definitions(input, ordered.iter().copied())?;
    let table = table(input, &content(input, fields, is_group), &definitions);
    let (setters, new) = (fields.iter().map(setter), new(fields));
    let blanks = fields.iter().map(|field| {
        let name = &field.name;
        match field.ty.occurs {
            Occurs::Optional => quote!(#name: ::core::option::Option::None),
            _ => quote!(#name: ::xsdgen_codec::Slot::blank()),
        }
    });
    let (read_slots, write_slots) = (slots(input, &ordered, true), slots(input, &ordered, false));
    let (kind, read, write, xml) = if is_group {
        (quote!(GROUP), quote!(reader.members(&TABLE, tag, seen, #read_slots)), quote!(writer.members(&TABLE, #write_slots)), None)
    } else {
        (
            quote!(STRUCT),
            quote!(reader.record(&TABLE, tag, #read_slots)),
            quote!(writer.record(item, &TABLE, #write_slots)),
            Some(quote!(#[automatically_derived] impl ::xsdgen_codec::Xml for #ty {})),
        )
    };
    let operation = operation::expand(input)?;
    Ok(quote! {
        impl #ty {
            #new
            #(#setters)*
        }

        const _: () = {
            #table

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::xsdgen_codec::debug(#name, &TABLE, #write_slots, f)
                }
            }

            #[automatically_derived]
            impl ::xsdgen_codec::Value for #ty {
                #[inline(never)]
                fn blank() -> Self {
                    Self { #(#blanks,)* }
                }

                #[inline]
                fn facts() -> ::xsdgen_codec::Facts {
                    ::xsdgen_codec::Facts { kind: ::xsdgen_codec::Kind::#kind, shape: ::core::option::Option::Some(&TABLE), simple: ::core::option::Option::None }
                }

                #[allow(unused_variables)]
                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut ::xsdgen_codec::Reader<'_>,
                    item: &'static ::xsdgen_codec::Item,
                    tag: &::xsdgen_codec::Tag,
                    seen: ::core::option::Option<&mut ::xsdgen_codec::Seen>,
                ) -> ::xsdgen_codec::Result<()> {
                    #read
                }

                #[allow(unused_variables)]
                #[inline(never)]
                fn write(&self, writer: &mut ::xsdgen_codec::Writer<'_>, item: &'static ::xsdgen_codec::Item) -> ::xsdgen_codec::Result<()> {
                    #write
                }
            }

            #xml
            #operation
        };
    })
}

/// The variant of `Content`.
fn content(input: &Input, fields: &[Field], is_group: bool) -> TokenStream {
    let args = &input.args;
    if args.mixed {
        return quote!(Mixed);
    }
    if args.all {
        return quote!(All);
    }
    let mut content = fields.iter().filter(|field| !field.args.attribute);
    match content.next() {
        Some(field) if matches!(field.args.place, Place::Text) => quote!(Text),
        None if !is_group && !args.sequence => quote!(Empty),
        _ => quote!(Sequence),
    }
}
