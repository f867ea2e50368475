//! Derives structs: complex types, and sequences without an element of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::Result;
use crate::args::{Kind, Place};
use crate::fields::{definitions, new, plain, setter, slots, table};
use crate::input::{Field, Input};
use crate::operation;
use crate::ty::Occurs;

pub(crate) fn expand(input: &Input, fields: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let name = plain(ty);
    let is_group = matches!(input.args.kind, Kind::Group);
    // The tables list the attributes first, whatever the order of the fields.
    let (attributes, others): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.args.attribute);
    let ordered = [attributes, others].concat();
    let definitions = definitions(input, ordered.iter().copied())?;
    let table = table(input, &content(input, fields, is_group), &definitions);
    let (setters, new) = (fields.iter().map(setter), new(fields));
    let blanks = fields.iter().map(|field| {
        let name = &field.name;
        match field.ty.occurs {
            Occurs::Optional => quote!(#name: None),
            _ => quote!(#name: __codec::Slot::blank()),
        }
    });
    let (slots, slots_mut) = (slots(&ordered, &quote!(&)), slots(&ordered, &quote!(&mut)));
    let (kind, (item, seen), write_parameter, read, write, xml) = if is_group {
        (
            quote!(GROUP),
            (quote!(_), quote!(seen)),
            quote!(_),
            quote!(reader.members(&TABLE, tag, seen, #slots_mut)),
            quote!(writer.group(&TABLE, self)),
            None,
        )
    } else {
        (
            quote!(STRUCT),
            (quote!(_), quote!(_)),
            quote!(item),
            quote!(reader.record(&TABLE, tag, #slots_mut)),
            quote!(writer.structure(item, &TABLE, self)),
            Some(quote!(#[automatically_derived] impl __codec::Xml for #ty {})),
        )
    };
    let operation = operation::expand(input)?;
    Ok(quote! {
        impl #ty {
            #new
            #(#setters)*
        }

        const _: () = {
            use ::xsdgen_codec as __codec;

            #table

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    __codec::debug(self, #name, &TABLE, f)
                }
            }

            #[automatically_derived]
            impl __codec::Value for #ty {
                #[inline(never)]
                fn blank() -> Self {
                    Self { #(#blanks,)* }
                }

                #[inline]
                fn facts() -> __codec::ValueInfo {
                    __codec::ValueInfo { kind: __codec::ValueFlags::#kind, type_info: Some(&TABLE), simple: None }
                }

                #[inline(never)]
                fn slots(&self, look: &mut dyn FnMut(&[&dyn __codec::Slot])) {
                    look(#slots);
                }

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut __codec::Reader<'_>,
                    #item: &'static __codec::FieldInfo,
                    tag: &__codec::Tag,
                    #seen: Option<&mut __codec::Seen>,
                ) -> __codec::Result<()> {
                    #read
                }

                #[inline(never)]
                fn write(&self, writer: &mut __codec::Writer<'_>, #write_parameter: &'static __codec::FieldInfo) -> __codec::Result<()> {
                    #write
                }
            }

            #xml
            #operation
        };
    })
}

/// Returns the variant of `Content`.
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
