//! Emits fields and variants: their `xml` attribute, name and type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attributes::{cfg, outer_docs};
use super::names::Spell;
use super::simple;
use crate::ir::{Derived, DocumentVariant, Field, Items, Member, Occurs, Own, Value, Wire, WireName};
use crate::model::ProcessContents;

/// The namespace of names without a prefix in the `xml` attribute.
#[derive(Debug, Clone, Copy)]
pub(super) enum DefaultNamespace<'p> {
    /// For attributes: no namespace.
    Attribute,
    /// For elements: the prefix of the enclosing type, if it has one.
    Element(Option<&'p str>),
}

/// Returns a field of a struct.
pub(super) fn field(spell: Spell<'_>, field: &Field, default: DefaultNamespace<'_>) -> TokenStream {
    let mut args = Vec::new();
    if matches!(default, DefaultNamespace::Attribute) {
        args.push(quote!(attribute));
    }
    wire(spell, &field.wire, default, &mut args);
    args.extend(field.items.as_ref().map(|Items { local, .. }| quote!(items = #local)));
    args.extend(field.integer.then(|| quote!(integer)));
    rest(spell, field, &mut args);
    let (docs, name, ty) = (outer_docs(&field.docs), spell.ident(&field.name), spell.field(field));
    let (attributes, of_value) = (spell.attributes(&field.attributes), spell.attributes(&field.value_attributes));
    let visibility = spell.visibility();
    quote!(#docs #[xml(#(#args),*)] #attributes #of_value #visibility #name: #ty,)
}

/// Returns a variant of a choice.
pub(super) fn arm(spell: Spell<'_>, arm: &Field, prefix: Option<&str>) -> TokenStream {
    let spell = spell.behind(arm.feature.as_ref());
    let mut args = Vec::new();
    wire(spell, &arm.wire, DefaultNamespace::Element(prefix), &mut args);
    rest(spell, arm, &mut args);
    let (docs, cfg, name) = (outer_docs(&arm.docs), cfg(arm.feature.as_ref()), spell.ident(&arm.name));
    let ty = spell.occurring(&arm.ty, arm.occurs);
    let (attributes, of_value) = (spell.attributes(&arm.attributes), spell.attributes(&arm.value_attributes));
    quote!(#docs #cfg #[xml(#(#args),*)] #attributes #name(#of_value #ty),)
}

/// Returns a variant of `Document`.
pub(super) fn document(spell: Spell<'_>, variant: &DocumentVariant, prefix: Option<&str>) -> TokenStream {
    let field = &variant.field;
    let spell = spell.behind(field.feature.as_ref());
    let mut args = Vec::new();
    wire(spell, &field.wire, DefaultNamespace::Element(prefix), &mut args);
    if variant.from {
        args.push(quote!(from));
    }
    rest(spell, field, &mut args);
    let (docs, cfg, name) = (outer_docs(&field.docs), cfg(field.feature.as_ref()), spell.ident(&field.name));
    let ty = spell.ty(&field.ty);
    quote!(#docs #cfg #[xml(#(#args),*)] #name(#ty),)
}

/// Returns a variant for a derived type, or for the base type, which is marked.
pub(super) fn derived(spell: Spell<'_>, derived: &Derived, base: bool, prefix: Option<&str>) -> TokenStream {
    let spell = spell.behind(derived.feature.as_ref());
    let mut args = Vec::new();
    name(spell, &derived.wire, prefix, &mut args);
    if base {
        args.push(quote!(base));
    }
    args.extend(derived.alias.as_ref().map(|alias| quote!(alias = #alias)));
    let (docs, cfg, name) = (outer_docs(&derived.docs), cfg(derived.feature.as_ref()), spell.ident(&derived.name));
    let (ty, attributes) = (spell.ty(&derived.ty), spell.attributes(&derived.attributes));
    quote!(#docs #cfg #[xml(#(#args),*)] #attributes #name(#ty),)
}

/// Returns a variant for a member of a union.
pub(super) fn member(spell: Spell<'_>, member: &Member) -> TokenStream {
    let from = member.from.then(|| quote!(#[xml(from)]));
    let (docs, name, ty) = (outer_docs(&member.docs), spell.ident(&member.name), spell.ty(&member.ty));
    let (attributes, of_value) = (spell.attributes(&member.attributes), spell.attributes(&member.value_attributes));
    quote!(#docs #from #attributes #name(#of_value #ty),)
}

/// Adds the arguments that say how a field appears in a document.
fn wire(spell: Spell<'_>, wire: &Wire, default: DefaultNamespace<'_>, args: &mut Vec<TokenStream>) {
    match wire {
        Wire::Name(wire) => match default {
            DefaultNamespace::Attribute => name(spell, wire, Some("none"), args),
            DefaultNamespace::Element(prefix) => name(spell, wire, prefix, args),
        },
        Wire::Any { constraint, process } => {
            args.push(quote!(any = #constraint));
            match process {
                ProcessContents::Strict => {}
                ProcessContents::Lax => args.push(quote!(process = lax)),
                ProcessContents::Skip => args.push(quote!(process = skip)),
            }
        }
        Wire::Group => args.push(quote!(group)),
        Wire::Text => args.push(quote!(text)),
        Wire::Flatten { required, deref } => {
            args.push(quote!(flatten));
            args.extend(required.then(|| quote!(required)));
            args.extend(deref.then(|| quote!(deref)));
        }
    }
}

/// Adds the argument for a name, with its prefix unless that is the default.
fn name(spell: Spell<'_>, wire: &WireName, default: Option<&str>, args: &mut Vec<TokenStream>) {
    if default != Some(wire.prefix.as_str()) {
        let prefix = spell.ident(&wire.prefix);
        args.push(quote!(#prefix));
    }
    let local = &wire.local;
    args.push(quote!(#local));
}

/// Adds the arguments after the name: conversion, value constraint, facets, occurrence.
fn rest(spell: Spell<'_>, field: &Field, args: &mut Vec<TokenStream>) {
    args.extend(field.from.then(|| quote!(from)));
    args.extend(field.value.as_ref().map(value));
    if !field.placed.is_empty() {
        let declarations = field.placed.iter().map(declaration);
        args.push(quote!(declarations(#(#declarations),*)));
    }
    if let Some(facets) = &field.facets {
        let path = simple::facets(spell, facets);
        args.push(quote!(facets = #path));
    }
    let list = field.items.as_ref().map(|Items { min, max, .. }| Occurs::Many(*min, *max));
    if let Occurs::Many(min, max) = list.unwrap_or(field.occurs) {
        args.extend((min > 0).then(|| bound(quote!(min), min)));
        args.extend(max.map(|max| bound(quote!(max), max)));
    }
}

fn bound(key: TokenStream, bound: u64) -> TokenStream {
    let bound = Literal::u64_unsuffixed(bound);
    quote!(#key = #bound)
}

fn value(value: &Value) -> TokenStream {
    match value {
        Value::Default(text) => quote!(default = #text),
        Value::Fixed(text) => quote!(fixed = #text),
    }
}

/// Returns the argument for one of several declarations of a name.
fn declaration(own: &Own) -> TokenStream {
    let value = own.value.as_ref().map(value);
    match (value, own.never_nil) {
        (Some(value), true) => quote!((#value, never_nil)),
        (Some(value), false) => quote!((#value)),
        (None, true) => quote!((never_nil)),
        (None, false) => quote!(()),
    }
}
