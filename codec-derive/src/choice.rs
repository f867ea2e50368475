//! Choices: an enum with a variant for each of several elements.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::args::Place;
use crate::fields::{definitions, table};
use crate::input::{Field, Input};
use crate::ty::Occurs;
use crate::variants;

pub(crate) fn expand(input: &Input, all: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let is_text = |variant: &&Field| matches!(variant.args.place, Place::Text);
    let text = all.iter().find(is_text).map(|variant| &variant.name);
    let variants: Vec<&Field> = all.iter().filter(|variant| !is_text(variant)).collect();
    let Some(first) = variants.first() else {
        return Err(Error::new_at_span(ty.span(), "a choice has at least one variant that is not text"));
    };
    let table = table(input, &quote!(Choice), &definitions(input, variants.iter().copied())?);
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let all_names: Vec<&Ident> = all.iter().map(|variant| &variant.name).collect();
    let index = 0usize..;
    let index: Vec<usize> = index.take(names.len()).collect();
    let common = variants::expand(ty, &all_names);
    let blank = blank(text, &variants, &first.name);
    let (show, inactive, set_text, write_text) = match text {
        None => (None, None, None, None),
        Some(text) => {
            let name = text.to_string();
            (
                Some(quote! {
                    if let Self::#text(text) = self {
                        return ::xsdgen_codec::debug_variant(#name, text, f);
                    }
                }),
                Some(quote!(Self::#text(_) => ::core::option::Option::None,)),
                Some(quote! {
                    fn set_text(&mut self, text: &str) -> ::xsdgen_codec::Fit {
                        *self = Self::#text(text.into());
                        ::xsdgen_codec::Fit::Yes
                    }
                }),
                Some(quote! {
                    if let Self::#text(text) = self {
                        return writer.mixed(text);
                    }
                }),
            )
        }
    };
    Ok(quote! {
        const _: () = {
            #table
            #common

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #show
                    ::xsdgen_codec::debug_arm(self, &TABLE, f)
                }
            }

            #[automatically_derived]
            impl ::xsdgen_codec::Arms for #ty {
                fn begin(&mut self, index: usize) {
                    *self = ::xsdgen_codec::Value::blank_arm(index);
                }

                #[inline(never)]
                fn active(&self) -> ::core::option::Option<(usize, &dyn ::xsdgen_codec::Slot)> {
                    match self {
                        #inactive
                        #(Self::#names(slot) => ::core::option::Option::Some((#index, slot)),)*
                    }
                }

                #[inline(never)]
                fn active_mut(&mut self) -> ::core::option::Option<(usize, &mut dyn ::xsdgen_codec::Slot)> {
                    match self {
                        #inactive
                        #(Self::#names(slot) => ::core::option::Option::Some((#index, slot)),)*
                    }
                }
            }

            #[automatically_derived]
            impl ::xsdgen_codec::Value for #ty {
                #[inline(never)]
                fn blank() -> Self {
                    #blank
                }

                #[inline(never)]
                fn blank_arm(index: usize) -> Self {
                    match index {
                        #(#index => ::xsdgen_codec::blank_arm(Self::#names),)*
                        _ => Self::blank(),
                    }
                }

                #[inline]
                fn facts() -> ::xsdgen_codec::Facts {
                    ::xsdgen_codec::Facts { kind: ::xsdgen_codec::Kind::GROUP, shape: ::core::option::Option::Some(&TABLE), simple: ::core::option::Option::None }
                }

                #set_text

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut ::xsdgen_codec::Reader<'_>,
                    _: &'static ::xsdgen_codec::Item,
                    tag: &::xsdgen_codec::Tag,
                    seen: ::core::option::Option<&mut ::xsdgen_codec::Seen>,
                ) -> ::xsdgen_codec::Result<()> {
                    reader.choose(&TABLE, tag, seen, self)
                }

                #[inline(never)]
                fn write(&self, writer: &mut ::xsdgen_codec::Writer<'_>, _: &'static ::xsdgen_codec::Item) -> ::xsdgen_codec::Result<()> {
                    #write_text
                    writer.arm(&TABLE, self)
                }
            }
        };
    })
}

/// A blank value: the text, else the first variant whose blank value holds no blank value of the choice, else the first variant.
fn blank(text: Option<&Ident>, variants: &[&Field], first: &Ident) -> TokenStream {
    if let Some(text) = text {
        return quote!(Self::#text(::core::default::Default::default()));
    }
    let known = variants.iter().find(|variant| variant.ty.occurs != Occurs::One).map(|variant| &variant.name);
    let tried: Vec<TokenStream> = variants
        .iter()
        .take_while(|variant| variant.ty.occurs == Occurs::One)
        .map(|variant| {
            let (name, value) = (&variant.name, &variant.ty.value);
            quote! {
                if !<#value as ::xsdgen_codec::Value>::facts().kind.is(::xsdgen_codec::Kind::BOXED) {
                    return ::xsdgen_codec::blank_arm(Self::#name);
                }
            }
        })
        .collect();
    let last = known.unwrap_or(first);
    quote!(#(#tried)* ::xsdgen_codec::blank_arm(Self::#last))
}
