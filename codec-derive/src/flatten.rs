//! Generates the access to the slots of structs that are flattened into others, or that others are flattened into.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::input::Field;

/// Generates the implementation of `Flatten`, and of `Deref` for the flattened struct that asks for it.
pub(crate) fn collect(ty: &Ident, flattened: &[&Field], attributes: &[&Field], others: &[&Field]) -> TokenStream {
    let inner: Vec<&Ident> = flattened.iter().map(|field| &field.name).collect();
    let (attributes, others) = (names(attributes), names(others));
    let dereferenced = flattened.iter().find(|field| field.args.deref).map(|field| deref(ty, field));
    quote! {
        #[automatically_derived]
        impl __codec::Flatten for #ty {
            fn collect<'s>(&'s self, to: &mut __codec::Slots<&'s dyn __codec::Slot>) {
                #(__codec::Flatten::collect(&self.#inner, to);)*
                to.add([#(&self.#attributes),*], [#(&self.#others),*]);
            }

            fn collect_mut<'s>(&'s mut self, to: &mut __codec::Slots<&'s mut dyn __codec::Slot>) {
                #(__codec::Flatten::collect_mut(&mut self.#inner, to);)*
                to.add([#(&mut self.#attributes),*], [#(&mut self.#others),*]);
            }
        }

        #dereferenced
    }
}

fn names<'f>(fields: &[&'f Field]) -> Vec<&'f Ident> {
    fields.iter().map(|field| &field.name).collect()
}

/// Generates `Deref` and `DerefMut`, so that the fields of the flattened struct can be named as if they were those of the struct around it.
fn deref(ty: &Ident, field: &Field) -> TokenStream {
    let (name, target) = (&field.name, &field.tokens);
    quote! {
        #[automatically_derived]
        impl ::core::ops::Deref for #ty {
            type Target = #(#target)*;

            #[inline]
            fn deref(&self) -> &Self::Target {
                &self.#name
            }
        }

        #[automatically_derived]
        impl ::core::ops::DerefMut for #ty {
            #[inline]
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.#name
            }
        }
    }
}
