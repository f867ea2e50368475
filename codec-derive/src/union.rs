//! Derives unions of simple types: an enum with a variant for each member type, and `Other` for texts that
//! match no member.
//!
//! A text belongs to the first member that it is a literal of (XML Schema Part 2, section 2.5.1.3).

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::access::json;
use crate::input::{Field, Input};

pub(crate) fn expand(input: &Input, facets: &TokenStream, variants: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let Some((other, members)) = variants.split_last().filter(|(other, _)| !other.described && other.name == "Other") else {
        return Err(Error::new_at_span(ty.span(), "the last variant of a union is `Other(String)`, for texts of no member type"));
    };
    let other = &other.name;
    let names: Vec<&Ident> = members.iter().map(|member| &member.name).collect();
    let types: Vec<TokenStream> = members.iter().map(|member| member.tokens.iter().cloned().collect()).collect();
    let index: Vec<usize> = (0..names.len()).collect();
    let conversions = members.iter().zip(&types).filter(|(member, _)| member.args.from).map(|(member, value)| {
        let name = &member.name;
        quote! {
            #[automatically_derived]
            impl From<#value> for #ty {
                fn from(value: #value) -> Self {
                    Self::#name(value)
                }
            }
        }
    });
    let json = json(input);
    Ok(quote! {
        #json

        #[automatically_derived]
        impl From<&str> for #ty {
            /// Converts the text to the first member that it is a literal of, or to `Other`.
            fn from(text: &str) -> Self {
                let mut value = <Self as ::xsdgen_codec::Value>::empty();
                ::xsdgen_codec::Value::set_text(&mut value, text);
                value
            }
        }

        #[automatically_derived]
        impl From<String> for #ty {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        #(#conversions)*

        #[automatically_derived]
        impl ::xsdgen_codec::Value for #ty {
            #[inline(never)]
            fn empty() -> Self {
                Self::#other(String::new())
            }

            #[inline]
            fn info() -> ::xsdgen_codec::ValueInfo {
                ::xsdgen_codec::ValueInfo {
                    kind: ::xsdgen_codec::union_kind(&[#(<#types as ::xsdgen_codec::Value>::info().kind),*]),
                    ..::xsdgen_codec::ValueInfo::leaf(&#facets)
                }
            }

            fn set_text(&mut self, text: &str) -> ::xsdgen_codec::TextMatch {
                let texts = ::xsdgen_codec::UnionText::new(&#facets, text);
                match texts.member {
                    #(Some(#index) => {
                        if let Some((value, fit)) = texts.value::<#types>() {
                            *self = Self::#names(value);
                            return fit;
                        }
                    })*
                    _ => {}
                }
                let fit = texts.misfit();
                *self = Self::#other(texts.into_text());
                fit
            }

            fn write(&self, writer: &mut ::xsdgen_codec::Writer<'_>, item: &'static ::xsdgen_codec::FieldInfo) -> ::xsdgen_codec::Result<()> {
                match self {
                    #(Self::#names(value) => writer.member(&#facets, #index, |writer| ::xsdgen_codec::Value::write(value, writer, item)),)*
                    Self::#other(text) => writer.no_member(&#facets, text),
                }
            }
        }
    })
}
