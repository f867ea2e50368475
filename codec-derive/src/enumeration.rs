//! Derives enumerations: an enum with a variant for each value, and `Other` for values that the schema does not
//! list.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::args::Place;
use crate::fields::plain;
use crate::input::{Field, Input};

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
    let index: Vec<usize> = (0..names.len()).collect();
    Ok(quote! {
        impl #ty {
            /// The values that the schema lists.
            pub const VALUES: &'static [&'static str] = &[#(#values),*];

            /// Returns the value as it is written.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::#other(value) => value,
                }
            }
        }

        #[automatically_derived]
        impl From<String> for #ty {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for #ty {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, ::core::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for #ty {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        const _: () = {
            use ::xsdgen_codec as __codec;

            static ENUMERATION: __codec::Enumeration = __codec::Enumeration::new(::core::concat!(#prefix, ":", #local), #ty::VALUES);

            #[automatically_derived]
            impl From<&str> for #ty {
                fn from(value: &str) -> Self {
                    match ENUMERATION.find(value) {
                        #(#index => Self::#names,)*
                        _ => Self::#other(__codec::owned(value)),
                    }
                }
            }

            #[automatically_derived]
            impl __codec::Value for #ty {
                #[inline(never)]
                fn blank() -> Self {
                    Self::#other(String::new())
                }

                #[inline]
                fn facts() -> __codec::ValueInfo {
                    __codec::ValueInfo {
                        kind: __codec::ValueFlags::LEAF,
                        type_info: None,
                        simple: Some(ENUMERATION.simple()),
                    }
                }

                fn set_text(&mut self, text: &str) -> __codec::TextMatch {
                    *self = Self::from(text);
                    match self {
                        Self::#other(other) => __codec::TextMatch::of_unlisted(other),
                        _ => __codec::TextMatch::Yes,
                    }
                }

                fn write(&self, writer: &mut __codec::Writer<'_>, _: &'static __codec::FieldInfo) -> __codec::Result<()> {
                    match self {
                        Self::#other(value) => writer.unlisted(&ENUMERATION, value),
                        _ => writer.text(self.as_str()),
                    }
                }
            }
        };
    })
}
