//! Derives choices: an enum with a variant for each of several elements.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use venial::Error;

use crate::Result;
use crate::access::{Parameters, json, read_and_write};
use crate::args::Place;
use crate::fields::{definitions, docs, no_namespace, plain, table, type_name};
use crate::input::{Field, Input};
use crate::ty::{Occurs, converted};
use crate::variants;

pub(crate) fn expand(input: &Input, all: &[Field]) -> Result<TokenStream> {
    let ty = &input.name;
    let is_text = |variant: &&Field| matches!(variant.args.place, Place::Text);
    let text = all.iter().find(is_text).map(|variant| &variant.name);
    let variants: Vec<&Field> = all.iter().filter(|variant| !is_text(variant)).collect();
    let Some(first) = variants.first() else {
        return Err(Error::new_at_span(ty.span(), "a choice has at least one variant that is not text"));
    };
    let is_type = input.args.name.is_some();
    if let Some(text) = text.filter(|_| is_type) {
        return Err(Error::new_at_span(text.span(), "text is for mixed content, which is a struct; a type that is a choice has none"));
    }
    let (defined, docs) = (definitions(input, variants.iter().copied())?, docs(input, variants.iter().copied()));
    let (table, cell) = match is_type {
        true => (tables(input, &defined, docs), quote!(ARMS)),
        false => (table(input, &defined, docs), quote!(TABLE)),
    };
    let names: Vec<&Ident> = variants.iter().map(|variant| &variant.name).collect();
    let all_names: Vec<&Ident> = all.iter().map(|variant| &variant.name).collect();
    let index = 0usize..;
    let index: Vec<usize> = index.take(names.len()).collect();
    let common = variants::expand(ty, &all_names);
    let conversions = conversions(ty, all);
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
                        if let Self::#text(place) = self {
                            return __codec::Value::set_text(place, text);
                        }
                        *self = Self::#text(text.into());
                        __codec::TextMatch::Yes
                    }

                    fn add_text(&mut self, text: &str) -> bool {
                        match self {
                            Self::#text(known) => {
                                known.push_str(text);
                                true
                            }
                            _ => false,
                        }
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
    let json = json(input);
    let (access, xml) = match is_type {
        true => (access_of_type(), Some(quote!(#[automatically_derived] impl __codec::Xml for #ty {} #json))),
        false => (access(write_text.as_ref()), None),
    };
    Ok(quote! {
        #conversions

        const _: () = {
            use ::xsdgen_codec as __codec;

            #table
            #common

            #[automatically_derived]
            impl ::core::fmt::Debug for #ty {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    #show
                    __codec::debug_choice(self, &#cell, f)
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

                #access

                #set_text
            }

            #xml
        };
    })
}

/// Generates the methods that read and write a choice; `text` writes the variant for text.
fn access(text: Option<&TokenStream>) -> TokenStream {
    let parameters = Parameters { read_item: quote!(_), seen: quote!(seen), write_item: quote!(_) };
    let read = quote!(reader.choose(&TABLE, tag, seen, self));
    let access = read_and_write(&parameters, &read, &quote!(#text writer.choice(&TABLE, self)));
    quote! {
        #[inline]
        fn info() -> __codec::ValueInfo {
            __codec::ValueInfo::described(__codec::ValueFlags::GROUP, &TABLE)
        }

        #access
    }
}

/// Generates the methods that read and write a type that is a choice. The value is the element, and within it, the only group.
fn access_of_type() -> TokenStream {
    let parameters = Parameters { read_item: quote!(item), seen: quote!(seen), write_item: quote!(item) };
    let read = quote! {
        if item.is_group() { reader.choose(&ARMS, tag, seen, self) } else { reader.structure(&TABLE, tag, &mut [self]) }
    };
    let write = quote! {
        if item.is_group() { writer.choice(&ARMS, self) } else { writer.structure(&TABLE, item, &[self]) }
    };
    let access = read_and_write(&parameters, &read, &write);
    quote! {
        #[inline]
        fn info() -> __codec::ValueInfo {
            __codec::ValueInfo::described(__codec::ValueFlags::STRUCT, &TABLE)
        }

        #access
    }
}

/// Generates the static tables of a type that is a choice: that of the type, which has one group, and that of the group.
fn tables(input: &Input, definitions: &[TokenStream], docs: Option<TokenStream>) -> TokenStream {
    let (ty, own) = (&input.name, &input.docs);
    let (namespace, local) = type_name(input);
    let (none, name) = (no_namespace(), plain(ty));
    let model = input.args.model.as_ref().map(|path| quote!(.model(&#path)));
    let is_abstract = input.args.is_abstract.then(|| quote!(.abstract_type()));
    let of_type = docs.is_some().then(|| quote!(const DOCS: __codec::Docs = __codec::Docs { own: &[#(#own),*], fields: &[&[]] };));
    let docs = docs.map(|docs| quote!(const DOCS: __codec::Docs = #docs;));
    quote! {
        /// The choice in the type. It has the size of the type.
        #[allow(dead_code)]
        struct Arms(#ty);

        static ARMS: __codec::TypeCell =
            __codec::TypeCell::of::<Arms>(xmlns::Set::schema, (xmlns::#none, #name), __codec::Content::Choice);

        impl __codec::Fields for Arms {
            const FIELDS: &'static [__codec::FieldDef] = &[#(#definitions),*];
            #docs
        }

        static TABLE: __codec::TypeCell =
            __codec::TypeCell::of::<#ty>(xmlns::Set::schema, (xmlns::#namespace, #local), __codec::Content::Sequence) #model #is_abstract;

        impl __codec::Fields for #ty {
            const FIELDS: &'static [__codec::FieldDef] = &[(
                "choice",
                (__codec::FieldKind::Group, 1, 1),
                xmlns::#none,
                "",
                || __codec::ValueInfo::described(__codec::ValueFlags::GROUP, &ARMS),
                None,
            )];
            #of_type
        }
    }
}

/// Generates `From` for each variant that is marked with `from`.
fn conversions(ty: &Ident, all: &[Field]) -> TokenStream {
    let marked = all.iter().filter(|variant| variant.args.from);
    let conversion = |variant: &Field| {
        let (name, value) = (&variant.name, converted(&variant.tokens));
        quote! {
            #[automatically_derived]
            impl From<#value> for #ty {
                #[inline]
                fn from(value: #value) -> Self {
                    Self::#name(value.into())
                }
            }
        }
    };
    marked.map(conversion).collect()
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
