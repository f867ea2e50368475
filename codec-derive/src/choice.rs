//! Derives choices: an enum with a variant for each of several elements.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::args::Place;
use crate::fields::{definitions, docs, plain, table};
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
    let table = table(input, &definitions(input, variants.iter().copied())?, docs(input, variants.iter().copied()));
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let all_names: Vec<&Ident> = all.iter().map(|variant| &variant.name).collect();
    let index = 0usize..;
    let index: Vec<usize> = index.take(names.len()).collect();
    let common = variants::expand(ty, &all_names);
    let empty = empty(text, &variants, &first.name);
    let (show, inactive, set_text, write_text) = match text {
        None => (None, None, None, None),
        Some(text) => {
            let name = plain(text);
            (
                Some(quote! {
                    if let Self::#text(text) = self {
                        return __codec::debug_variant(#name, text, f);
                    }
                }),
                Some(quote!(Self::#text(_) => None,)),
                Some(quote! {
                    fn set_text(&mut self, text: &str) -> __codec::TextMatch {
                        *self = Self::#text(text.into());
                        __codec::TextMatch::Yes
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
            use ::xsdgen_codec as __codec;

            #table
            #common

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #show
                    __codec::debug_choice(self, &TABLE, f)
                }
            }

            #[automatically_derived]
            impl __codec::Variants for #ty {
                fn begin(&mut self, index: usize) {
                    *self = __codec::Value::empty_variant(index);
                }

                #[inline(never)]
                fn active(&self) -> Option<(usize, &dyn __codec::Slot)> {
                    match self {
                        #inactive
                        #(Self::#names(slot) => Some((#index, slot)),)*
                    }
                }

                #[inline(never)]
                fn active_mut(&mut self) -> Option<(usize, &mut dyn __codec::Slot)> {
                    match self {
                        #inactive
                        #(Self::#names(slot) => Some((#index, slot)),)*
                    }
                }
            }

            #[automatically_derived]
            impl __codec::Value for #ty {
                #[inline(never)]
                fn empty() -> Self {
                    #empty
                }

                #[inline(never)]
                fn empty_variant(index: usize) -> Self {
                    match index {
                        #(#index => __codec::empty_variant(Self::#names),)*
                        _ => <Self as __codec::Value>::empty(),
                    }
                }

                #[inline]
                fn info() -> __codec::ValueInfo {
                    __codec::ValueInfo::described(__codec::ValueFlags::GROUP, &TABLE)
                }

                #set_text

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut __codec::Reader<'_>,
                    _: &'static __codec::FieldInfo,
                    tag: &__codec::Tag,
                    seen: Option<&mut __codec::Seen>,
                ) -> __codec::Result<()> {
                    reader.choose(&TABLE, tag, seen, self)
                }

                #[inline(never)]
                fn write(&self, writer: &mut __codec::Writer<'_>, _: &'static __codec::FieldInfo) -> __codec::Result<()> {
                    #write_text
                    writer.choice(&TABLE, self)
                }
            }
        };
    })
}

/// Returns the empty value: the text, else the first variant whose own empty value does not contain one of the
/// choice, else the first variant.
fn empty(text: Option<&Ident>, variants: &[&Field], first: &Ident) -> TokenStream {
    if let Some(text) = text {
        return quote!(Self::#text(Default::default()));
    }
    let known = variants.iter().find(|variant| variant.ty.occurs != Occurs::One).map(|variant| &variant.name);
    let tried: Vec<TokenStream> = variants
        .iter()
        .take_while(|variant| variant.ty.occurs == Occurs::One)
        .map(|variant| {
            let (name, value) = (&variant.name, &variant.ty.value);
            quote! {
                if !<#(#value)* as __codec::Value>::info().kind.is(__codec::ValueFlags::BOXED) {
                    return __codec::empty_variant(Self::#name);
                }
            }
        })
        .collect();
    let last = known.unwrap_or(first);
    quote!(#(#tried)* __codec::empty_variant(Self::#last))
}
