//! Types that `xsi:type` may replace by derived types: an enum with a variant for each of them, and `Other` for types that the schema does not know.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::args::Place;
use crate::fields::namespace;
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
    let mut type_names = Vec::new();
    let mut locals = Vec::new();
    for variant in derived {
        let Place::Name { prefix, local } = &variant.args.place else {
            return Err(Error::new_at_span(variant.name.span(), "the type of the variant is missing: `#[xml(prefix, \"name\")]`"));
        };
        let namespace = namespace(prefix.as_ref(), input.args.prefix.as_ref(), variant)?;
        let alias = variant
            .args
            .alias
            .as_ref()
            .map_or_else(|| quote!(::core::option::Option::None), |alias| quote!(::core::option::Option::Some(#alias)));
        let base = variant.args.base;
        type_names.push(quote!(::xsdgen_codec::TypeName { namespace: #namespace, local: #local, alias: #alias, base: #base }));
        locals.push(local);
    }
    let names: Vec<&Ident> = derived.iter().map(|variant| &variant.name).collect();
    let texts: Vec<String> = names.iter().map(ToString::to_string).collect();
    let types: Vec<TokenStream> = derived.iter().map(|variant| ty::argument(&variant.tokens)).collect();
    let index: Vec<usize> = (0..names.len()).collect();
    let all_names: Vec<&Ident> = all.iter().map(|variant| &variant.name).collect();
    let common = variants::expand(ty, &all_names);
    Ok(quote! {
        impl #ty {
            /// Returns the local name of its type in the schema; empty for a type that the schema does not know.
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
            impl ::core::convert::From<#types> for #ty {
                #[inline]
                fn from(value: #types) -> Self {
                    Self::#names(value.into())
                }
            }

            #[automatically_derived]
            impl ::core::convert::TryFrom<#ty> for #types {
                type Error = #ty;

                #[inline]
                fn try_from(value: #ty) -> ::core::result::Result<Self, #ty> {
                    match value {
                        #ty::#names(value) => ::core::result::Result::Ok(::xsdgen_codec::Told::inner(value)),
                        other => ::core::result::Result::Err(other),
                    }
                }
            }
        )*

        const _: () = {
            static NAMES: &[::xsdgen_codec::TypeName] = &[#(#type_names),*];

            #common

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let name = match self {
                        #(Self::#names(_) => #texts,)*
                        Self::#other(kept) => return ::xsdgen_codec::debug_variant("Other", kept, f),
                    };
                    active(self).map_or(::core::result::Result::Ok(()), |active| ::xsdgen_codec::debug_variant(name, &active.value, f))
                }
            }

            /// Makes a value of the type that the start tag names. Nothing is left to read of an unknown one.
            fn begin<'v>(
                this: &'v mut #ty,
                reader: &mut ::xsdgen_codec::Reader<'_>,
                tag: &::xsdgen_codec::Tag,
            ) -> ::xsdgen_codec::Result<::core::option::Option<&'v mut dyn ::xsdgen_codec::Value>> {
                let told = reader.is_told(tag);
                let kind = reader.kind(tag, &xmlns::SCHEMA, NAMES)?;
                *this = match kind {
                    #(::core::option::Option::Some(#index) => ::xsdgen_codec::blank_arm(#ty::#names),)*
                    _ => ::xsdgen_codec::blank_arm(#ty::#other),
                };
                match this {
                    #(#ty::#names(value) => ::core::result::Result::Ok(::core::option::Option::Some(::xsdgen_codec::Told::tell(value, told))),)*
                    #ty::#other(kept) => reader.keep_into(tag, kept),
                }
            }

            /// What is written of a value, unless its type is unknown.
            fn active(this: &#ty) -> ::core::option::Option<::xsdgen_codec::Active<'_>> {
                match this {
                    #(#ty::#names(value) => ::xsdgen_codec::Told::active(value, #index),)*
                    #ty::#other(_) => ::core::option::Option::None,
                }
            }

            #[automatically_derived]
            impl ::xsdgen_codec::Value for #ty {
                #[inline(never)]
                fn blank() -> Self {
                    Self::#other(::xsdgen_codec::Value::blank())
                }

                #[inline]
                fn facts() -> ::xsdgen_codec::Facts {
                    ::xsdgen_codec::Facts::of(::xsdgen_codec::Kind::POLYMORPHIC)
                }

                #[inline(never)]
                fn read(
                    &mut self,
                    reader: &mut ::xsdgen_codec::Reader<'_>,
                    item: &'static ::xsdgen_codec::Item,
                    tag: &::xsdgen_codec::Tag,
                    seen: ::core::option::Option<&mut ::xsdgen_codec::Seen>,
                ) -> ::xsdgen_codec::Result<()> {
                    match begin(self, reader, tag)? {
                        ::core::option::Option::Some(value) => value.read(reader, item, tag, seen),
                        ::core::option::Option::None => ::core::result::Result::Ok(()),
                    }
                }

                #[inline(never)]
                fn write(&self, writer: &mut ::xsdgen_codec::Writer<'_>, item: &'static ::xsdgen_codec::Item) -> ::xsdgen_codec::Result<()> {
                    if let Self::#other(kept) = self {
                        return ::xsdgen_codec::Value::write(kept, writer, item);
                    }
                    match active(self) {
                        ::core::option::Option::Some(active) => writer.typed(item, &xmlns::SCHEMA, NAMES, &active),
                        ::core::option::Option::None => ::core::result::Result::Ok(()),
                    }
                }
            }
        };
    })
}
