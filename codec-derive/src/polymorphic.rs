//! Derives types that `xsi:type` may replace by derived types: an enum with a variant for each of them, and
//! `Other` for types that the schema does not know.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::access::{Parameters, json, read_and_write};
use crate::args::Place;
use crate::fields::{namespace, plain};
use crate::input::{Field, Input};
use crate::{ty, variants};

pub(crate) fn expand(input: &Input, all: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let Some((other, derived)) = all.split_last().filter(|(other, _)| !other.described && other.name == "Other") else {
        return Err(Error::new_at_span(
            ty.span(),
            "the last variant of a polymorphic type is `Other(AnyElement)`, for types that the schema does not know",
        ));
    };
    let other = &other.name;
    let types: Vec<TokenStream> = derived.iter().map(|variant| ty::argument(&variant.tokens)).collect();
    let mut type_names = Vec::new();
    let mut locals = Vec::new();
    for (variant, ty) in derived.iter().zip(&types) {
        let Place::Name { prefix, local } = &variant.args.place else {
            return Err(Error::new_at_span(variant.name.span(), "the type of the variant is missing: `#[xml(prefix, \"name\")]`"));
        };
        let namespace = namespace(prefix.as_ref(), input.args.prefix.as_ref(), variant)?;
        let alias = variant.args.alias.as_ref().map_or_else(|| quote!(None), |alias| quote!(Some(#alias)));
        let base = variant.args.base;
        type_names.push(quote!(__codec::TypeName { namespace: xmlns::#namespace, local: #local, alias: #alias, base: #base, info: <#ty as __codec::Value>::info }));
        locals.push(local);
    }
    let names: Vec<&Ident> = derived.iter().map(|variant| &variant.name).collect();
    let texts: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let index: Vec<usize> = (0..names.len()).collect();
    let all_names: Vec<&Ident> = all.iter().map(|variant| &variant.name).collect();
    let common = variants::expand(ty, &all_names);
    let read = quote! {
        match begin(self, reader, tag)? {
            Some(value) => value.read(reader, item, tag, seen),
            None => Ok(()),
        }
    };
    let write = quote! {
        if let Self::#other(kept) = self {
            return __codec::Value::write(kept, writer, item);
        }
        match active(self) {
            Some(active) => writer.typed(item, &xmlns::SCHEMA, NAMES, &active),
            None => Ok(()),
        }
    };
    let parameters = Parameters { read_item: quote!(item), seen: quote!(seen), write_item: quote!(item) };
    let access = read_and_write(&parameters, &read, &write);
    let json = json(input);
    Ok(quote! {
        #json

        impl #ty {
            /// Returns the local name of the type in the schema, or an empty string if the schema does not know the
            /// type.
            #[must_use]
            #[inline]
            pub fn type_name(&self) -> &str {
                match self {
                    #(Self::#names(_) => #locals,)*
                    Self::#other(_) => "",
                }
            }
        }

        #(
            #[automatically_derived]
            impl From<#types> for #ty {
                #[inline]
                fn from(value: #types) -> Self {
                    Self::#names(value.into())
                }
            }

            #[automatically_derived]
            impl TryFrom<#ty> for #types {
                type Error = #ty;

                #[inline]
                fn try_from(value: #ty) -> Result<Self, #ty> {
                    match value {
                        #ty::#names(value) => Ok(::xsdgen_codec::XsiHolder::into_inner(value)),
                        other => Err(other),
                    }
                }
            }
        )*

        const _: () = {
            use ::xsdgen_codec as __codec;

            static NAMES: &[__codec::TypeName] = &[#(#type_names),*];

            #common

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    if let Self::#other(kept) = self {
                        return __codec::debug_variant("Other", kept, f);
                    }
                    let name = match self {
                        #(Self::#names(_) => #texts,)*
                        Self::#other(_) => "Other",
                    };
                    active(self).map_or(Ok(()), |active| __codec::debug_variant(name, &active.value, f))
                }
            }

            /// Creates a value of the type that the start tag names. An unknown type is read completely, so nothing is
            /// left to read.
            fn begin<'v>(
                this: &'v mut #ty,
                reader: &mut __codec::Reader<'_>,
                tag: &__codec::Tag,
            ) -> __codec::Result<Option<&'v mut dyn __codec::Value>> {
                let has_xsi_type = reader.has_xsi_type(tag);
                let kind = reader.kind(tag, &xmlns::SCHEMA, NAMES)?;
                if !reader.edits() {
                    *this = match kind {
                        #(Some(#index) => __codec::empty_variant(#ty::#names),)*
                        _ => __codec::empty_variant(#ty::#other),
                    };
                }
                match this {
                    #(#ty::#names(value) => Ok(Some(__codec::XsiHolder::set_has_xsi_type(value, has_xsi_type))),)*
                    #ty::#other(kept) => reader.keep_into(tag, kept),
                }
            }

            /// Returns what is written for a value, unless its type is unknown.
            fn active(this: &#ty) -> Option<__codec::Active<'_>> {
                match this {
                    #(#ty::#names(value) => __codec::XsiHolder::active(value, #index),)*
                    #ty::#other(_) => None,
                }
            }

            #[automatically_derived]
            impl __codec::Value for #ty {
                #[inline(never)]
                fn empty() -> Self {
                    Self::#other(__codec::Value::empty())
                }

                #[inline]
                fn info() -> __codec::ValueInfo {
                    __codec::ValueInfo::polymorphic(NAMES)
                }

                #access
            }
        };
    })
}
