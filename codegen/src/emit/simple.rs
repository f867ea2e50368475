//! Emits the simple types that strict mode checks, as statics of the codec's `SimpleType`.

use heck::ToSnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::attributes::outer_docs;
use super::names::Spell;
use super::parts::Part;
use crate::ir::{Facet, FacetValue, Facets, NamedFacets, SimpleOf, SimpleType};

/// Returns the static of an alias or a union.
pub(super) fn public(spell: Spell<'_>, facets: &NamedFacets) -> TokenStream {
    let (docs, visibility, rest) = (outer_docs(&facets.docs), spell.visibility(), stated(spell, facets));
    quote!(#docs #visibility #rest)
}

/// Returns the private statics of a file.
pub(super) fn statics(spell: Spell<'_>, list: &[NamedFacets]) -> Option<Part> {
    spell.names.part("the facets", list.iter().map(|facets| private(spell, facets)).collect())
}

/// Returns a static that the types of a file refer to.
fn private(spell: Spell<'_>, facets: &NamedFacets) -> TokenStream {
    let features = &facets.features;
    let cfg = match features.as_slice() {
        [] => TokenStream::new(),
        [one] => quote!(#[cfg(feature = #one)]),
        many => quote!(#[cfg(any(#(feature = #many),*))]),
    };
    let rest = stated(spell.behind(features.first()), facets);
    quote!(#cfg #rest)
}

fn stated(spell: Spell<'_>, facets: &NamedFacets) -> TokenStream {
    let (name, ty, value) = (spell.ident(&facets.name), spell.codec("SimpleType"), simple(spell, &facets.definition));
    quote!(static #name: #ty = #value;)
}

/// Returns the path of facets that have a static, otherwise their expression.
pub(super) fn facets(spell: Spell<'_>, facets: &Facets) -> TokenStream {
    match facets {
        Facets::Static(id) => spell.facet_static(*id),
        Facets::Named(name) => spell.file_static(name),
        Facets::Inline(expr) => simple(spell, expr),
    }
}

/// Returns a `SimpleType` expression.
fn simple(spell: Spell<'_>, expr: &SimpleType) -> TokenStream {
    let ty = spell.codec("SimpleType");
    let mut out = match &expr.of {
        SimpleOf::Builtin(builtin) => {
            let (all, builtin) = (spell.codec("Builtin"), spell.ident(&format!("{builtin:?}")));
            quote!(#ty::of(#all::#builtin))
        }
        SimpleOf::List(item) => {
            let item = facets(spell, item);
            quote!(#ty::list(&#item))
        }
        SimpleOf::Union(members) => {
            let members = members.iter().map(|member| facets(spell, member));
            quote!(#ty::union(&[#(&#members),*]))
        }
        SimpleOf::Restriction(base) => {
            let base = simple(spell, base);
            quote!(#ty::restricting(&#base))
        }
    };
    if let Some(name) = &expr.name {
        out.extend(quote!(.named(#name)));
    }
    out.extend(expr.facets.iter().map(|facet| self::facet(spell, facet)));
    out
}

/// Returns the method call for a facet.
fn facet(spell: Spell<'_>, facet: &Facet) -> TokenStream {
    let value = match &facet.value {
        FacetValue::WhiteSpace(space) => {
            let (all, space) = (spell.codec("WhiteSpace"), spell.ident(&format!("{space:?}")));
            quote!(#all::#space)
        }
        FacetValue::Count(number) => Literal::u64_unsuffixed(*number).into_token_stream(),
        FacetValue::Bound(bound) => quote!(#bound),
        FacetValue::Patterns(patterns) => patterns.join("|").into_token_stream(),
        FacetValue::Values(values) | FacetValue::Names(values) => quote!(&[#(#values),*]),
    };
    let call = spell.ident(&match facet.value {
        FacetValue::Names(_) => "names".to_owned(),
        _ => facet.kind.name().to_snake_case(),
    });
    quote!(.#call(#value))
}
