//! Emits the static that contains the rules of strict mode.

use proc_macro2::TokenStream;
use quote::quote;

use super::attributes::cfg;
use super::names::Spell;
use super::simple;
use crate::ir::{Constraint, ConstraintKind, Declaration, DeclaredType, GlobalAttribute, Holder, NamedType, WireName};

/// Returns the static `RULES`.
pub(super) fn rules(spell: Spell<'_>) -> TokenStream {
    let (ty, rules) = (spell.codec("Rules"), &spell.names.ir.root.rules);
    let attributes = call(quote!(attributes), rules.attributes.iter().map(|it| attribute(spell, it)));
    let types = call(quote!(types), rules.types.iter().map(|it| named_type(spell, it)));
    let declarations = call(quote!(declarations), rules.declarations.iter().map(|it| declaration(spell, it)));
    quote! {
        /// The rules that strict reading checks in addition to the types.
        static RULES: #ty = #ty::new() #attributes #types #declarations;
    }
}

/// Returns a method call with a list, or `None` if the list is empty.
fn call(name: TokenStream, list: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let list: Vec<TokenStream> = list.collect();
    (!list.is_empty()).then(|| quote!(.#name(&[#(#list),*])))
}

fn name(spell: Spell<'_>, name: &WireName) -> TokenStream {
    let (prefix, local) = (spell.prefix(&name.prefix), &name.local);
    quote!(#prefix, #local)
}

fn attribute(spell: Spell<'_>, it: &GlobalAttribute) -> TokenStream {
    let spell = spell.behind(it.feature.as_ref());
    let (cfg, ty, name) = (cfg(it.feature.as_ref()), spell.codec("GlobalAttribute"), name(spell, &it.name));
    let (facets, fixed) = (simple::facets(spell, &it.facets), it.fixed.as_ref().map(|text| quote!(.fixed(#text))));
    quote!(#cfg #ty::new(#name, &#facets) #fixed)
}

fn named_type(spell: Spell<'_>, it: &NamedType) -> TokenStream {
    let spell = spell.behind(it.feature.as_ref());
    let (cfg, ty, name) = (cfg(it.feature.as_ref()), spell.codec("NamedType"), name(spell, &it.name));
    let own = match (&it.item, &it.facets) {
        (Some(item), _) => {
            let item = spell.item(*item);
            quote!(complex::<#item>(#name))
        }
        (None, Some(facets)) => {
            let facets = simple::facets(spell, facets);
            quote!(simple(#name, &#facets))
        }
        (None, None) => quote!(abstract_type(#name)),
    };
    let base = it.base.as_ref().map(|base| {
        let base = self::name(spell, base);
        if it.extends { quote!(.extends(#base)) } else { quote!(.restricts(#base)) }
    });
    quote!(#cfg #ty::#own #base)
}

fn declaration(spell: Spell<'_>, it: &Declaration) -> TokenStream {
    let spell = spell.behind(it.feature.as_ref());
    let (cfg, ty, name) = (cfg(it.feature.as_ref()), spell.codec("Declaration"), name(spell, &it.name));
    let own = match it.holder {
        Holder::Document => quote!(root(#name)),
        Holder::Item(item) => {
            let item = spell.item(item);
            quote!(within::<#item>(#name))
        }
    };
    let of = it.ty.as_ref().map(|of| match of {
        DeclaredType::BuiltIn(local) => quote!(.of(::xsdgen_codec::BUILT_IN, #local)),
        DeclaredType::Named(of) => {
            let of = self::name(spell, of);
            quote!(.of(#of))
        }
    });
    let block = match (it.extension, it.restriction) {
        (false, false) => TokenStream::new(),
        (true, false) => quote!(.block(::xsdgen_codec::EXTENSION)),
        (false, true) => quote!(.block(::xsdgen_codec::RESTRICTION)),
        (true, true) => quote!(.block(::xsdgen_codec::EXTENSION | ::xsdgen_codec::RESTRICTION)),
    };
    let constraints = call(quote!(constraints), it.constraints.iter().map(|it| constraint(spell, it)));
    quote!(#cfg #ty::#own #of #block #constraints)
}

fn constraint(spell: Spell<'_>, it: &Constraint) -> TokenStream {
    let (ty, name, selector, fields) = (spell.codec("Constraint"), name(spell, &it.name), &it.selector, &it.fields);
    match &it.kind {
        ConstraintKind::Key => quote!(#ty::key(#name, #selector, &[#(#fields),*])),
        ConstraintKind::Unique => quote!(#ty::unique(#name, #selector, &[#(#fields),*])),
        ConstraintKind::KeyRef(refer) => {
            let refer = self::name(spell, refer);
            quote!(#ty::keyref(#name, (#refer), #selector, &[#(#fields),*]))
        }
    }
}
