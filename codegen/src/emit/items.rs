//! Emits items: each type with its attributes and the statics that belong to it.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::attributes::{outer_docs, picture};
use super::members::{self, DefaultNamespace};
use super::names::{Names, Spell};
use super::parts::Part;
use super::{simple, versions};
use crate::ir::{
    Alias, Body, Constructor, ContentModel, Enumeration, Field, Item, ItemId, ItemKind, Messages, Own, Particle, Polymorphic,
    SharedParticles, Struct, Term, Union, Value, ValueType, Wire,
};
use crate::settings::{NamedInteger, ValueForm};

/// Returns the parts of an item.
pub(super) fn item(names: &Names<'_>, id: ItemId, item: &Item) -> Vec<Part> {
    let spell = names.spell();
    if let Some(path) = &item.earlier {
        let export = versions::earlier(spell, names.depth(), &outer_docs(&item.docs), path);
        let facets = if let ItemKind::Union(planned) = &item.kind { simple::public(spell, &planned.facets) } else { TokenStream::new() };
        return parts(names, item, vec![export, facets]);
    }
    let tokens = match &item.kind {
        ItemKind::Struct(planned) => {
            vec![structure(spell, id, item, planned), planned.model.as_ref().map(|it| model(spell, it)).unwrap_or_default()]
        }
        ItemKind::Group(fields) => vec![group(spell, item, fields)],
        ItemKind::Choice(arms) => {
            let own = item.complex.as_ref().and_then(|ty| ty.model.as_ref());
            vec![choice(spell, item, arms), own.map(|it| model(spell, it)).unwrap_or_default()]
        }
        ItemKind::Enumeration(planned) => vec![enumeration(spell, item, planned)],
        ItemKind::Union(planned) => vec![union(spell, item, planned), simple::public(spell, &planned.facets)],
        ItemKind::Polymorphic(planned) => vec![polymorphic(spell.without_imports(), item, planned)],
        ItemKind::Value(planned) => vec![value(spell, item, planned), value_macro(spell, item, planned)],
        ItemKind::Alias(planned) => vec![alias(spell, item, planned)],
    };
    parts(names, item, tokens)
}

fn parts(names: &Names<'_>, item: &Item, tokens: Vec<TokenStream>) -> Vec<Part> {
    tokens.into_iter().filter_map(|tokens| names.part(format_args!("{}` of `{}", item.name, item.component), tokens)).collect()
}

/// Returns the documentation and attributes of a type that derives `Xml`.
fn head(spell: Spell<'_>, item: &Item, args: &TokenStream) -> TokenStream {
    let docs = outer_docs(&item.docs);
    let derives = item.derives.iter().map(|path| spell.path(path)).chain([spell.codec("Xml")]);
    let picture = item.picture.as_ref().map(|it| picture(it, spell.names.to_folder()));
    let own_serde = item.own_serde.then(|| quote!(, own_serde));
    let attributes = spell.attributes(&item.attributes);
    quote!(#docs #picture #[derive(#(#derives),*)] #[xml(#args #own_serde)] #attributes)
}

fn structure(spell: Spell<'_>, id: ItemId, item: &Item, planned: &Struct) -> TokenStream {
    let (prefix, local) = (spell.ident(&planned.wire.prefix), &planned.wire.local);
    if planned.attribute_group {
        return attribute_group(spell, item, planned);
    }
    let flags = flags(planned).into_iter().chain(constructor(item));
    let model = planned.model.as_ref().map(|it| model_key(spell, it));
    let head = head(spell, item, &quote!(#prefix, #local #(, #flags)* #model));
    let operation = operation(spell, id);
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let attributes = planned.attributes.iter().map(|field| members::field(spell, field, DefaultNamespace::Attribute));
    let content = DefaultNamespace::Element(Some(&planned.wire.prefix));
    let fields = planned.body.fields().iter().map(|field| members::field(spell, field, content));
    let flattened = planned.flattened.iter().map(|field| members::field(spell, field, content));
    quote!(#head #operation #open struct #name { #(#flattened)* #(#attributes)* #(#fields)* })
}

/// Returns the struct of a group of attributes.
fn attribute_group(spell: Spell<'_>, item: &Item, planned: &Struct) -> TokenStream {
    let head = head(spell, item, &kind(spell, quote!(attributes), Some(&planned.wire.prefix)));
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let fields = planned.fields().map(|field| {
        let default =
            if matches!(field.wire, Wire::Flatten { .. }) { DefaultNamespace::Element(None) } else { DefaultNamespace::Attribute };
        members::field(spell, field, default)
    });
    quote!(#head #open struct #name { #(#fields)* })
}

/// Returns the argument for the content model of a complex type.
fn model_key(spell: Spell<'_>, model: &ContentModel) -> TokenStream {
    let name = spell.ident(&model.name);
    quote!(, model = #name)
}

/// Returns the properties of a complex type that its fields do not show.
fn flags(planned: &Struct) -> Vec<TokenStream> {
    let content = match &planned.body {
        Body::Sequence(fields) if fields.is_empty() => Some(quote!(sequence)),
        Body::All(_) => Some(quote!(all)),
        Body::Mixed(_) => Some(quote!(mixed)),
        Body::Empty | Body::Sequence(_) | Body::Text(_) => None,
    };
    planned.abstract_.then(|| quote!(abstract)).into_iter().chain(content).chain(planned.flat.then(|| quote!(flat))).collect()
}

/// Returns the word for a constructor other than `new`.
fn constructor(item: &Item) -> Option<TokenStream> {
    match item.constructor {
        Constructor::New => None,
        Constructor::Builder => Some(quote!(builder)),
        Constructor::None => Some(quote!(no_constructor)),
    }
}

/// Returns `#[operation(...)]` if the item is a request.
fn operation(spell: Spell<'_>, id: ItemId) -> Option<TokenStream> {
    let operation = spell.names.ir.root.operations.as_deref()?.iter().find(|operation| operation.request == id)?;
    let (response, wire_type) = (operation.response.map(|response| spell.item(response)), &operation.wire_type);
    let safe = operation.safe.then(|| quote!(, safe));
    let Some(messages) = &operation.messages else {
        return Some(quote!(#[operation(response = #response, wire_type = #wire_type #safe)]));
    };
    let response = response.map(|response| quote!(response = #response,));
    let (name, Messages { action, request, response: answer, faults, .. }) = (&operation.name, messages);
    let answer = answer.as_ref().map(|answer| quote!(, response_element = #answer));
    let action = (!action.is_empty()).then(|| quote!(, action = #action));
    let faults = (!faults.is_empty()).then(|| {
        let faults = faults.join(" ");
        quote!(, faults = #faults)
    });
    Some(quote!(#[operation(name = #name, #response request_element = #request #answer #faults #action #safe)]))
}

/// Returns the static of a content model.
fn model(spell: Spell<'_>, model: &ContentModel) -> TokenStream {
    let (name, ty, value) = (spell.ident(&model.name), spell.codec("Particle"), particle(spell, &model.particle));
    quote!(static #name: #ty = #value;)
}

/// Returns the static of the particles that the content models of a file share.
pub(super) fn shared(spell: Spell<'_>, shared: &SharedParticles) -> TokenStream {
    let (name, ty) = (spell.ident(&shared.name), spell.codec("Particle"));
    let (count, parts) = (Literal::usize_unsuffixed(shared.particles.len()), shared.particles.iter().map(|part| particle(spell, part)));
    quote!(static #name: [#ty; #count] = [#(#parts),*];)
}

fn particle(spell: Spell<'_>, particle: &Particle) -> TokenStream {
    let ty = spell.codec("Particle");
    let many = |call: TokenStream, parts: &[Particle]| {
        if let Some(group) = &particle.group {
            let shared = spell.file_static(&group.name);
            return quote!(#ty::#call(&#shared));
        }
        let parts = parts.iter().map(|part| self::particle(spell, part));
        quote!(#ty::#call(&[#(#parts),*]))
    };
    let term = match &particle.term {
        Term::Element(name, own) => {
            let (prefix, local, own) = (spell.prefix(&name.prefix), &name.local, own.as_ref().map(declared));
            quote!(#ty::element(#prefix, #local) #own)
        }
        Term::Any(constraint) => quote!(#ty::any(#constraint)),
        Term::Sequence(parts) => many(quote!(sequence), parts),
        Term::Choice(parts) => many(quote!(choice), parts),
        Term::All(parts) => many(quote!(all), parts),
    };
    let range = range(particle);
    quote!(#term #range)
}

/// Returns the method call that sets how often a particle occurs.
fn range(particle: &Particle) -> TokenStream {
    let min = Literal::u64_unsuffixed(particle.min);
    match (particle.min, particle.max) {
        (1, Some(1)) => TokenStream::new(),
        (0, Some(1)) => quote!(.optional()),
        (0, None) => quote!(.repeated()),
        (_, None) => quote!(.at_least(#min)),
        (_, Some(max)) => {
            let max = Literal::u64_unsuffixed(max);
            quote!(.occurs(#min, #max))
        }
    }
}

/// Returns the method calls for a declaration that differs from others of the same name.
fn declared(own: &Own) -> TokenStream {
    let value = match &own.value {
        Some(Value::Default(text)) => quote!(.with_default(#text)),
        Some(Value::Fixed(text)) => quote!(.with_fixed(#text)),
        None => quote!(.without_value()),
    };
    let never_nil = own.never_nil.then(|| quote!(.never_nil()));
    quote!(#value #never_nil)
}

/// Returns the keyword for the kind of a type, with the default prefix of the names in it.
fn kind(spell: Spell<'_>, word: TokenStream, prefix: Option<&String>) -> TokenStream {
    let prefix = prefix.map(|prefix| {
        let prefix = spell.ident(prefix);
        quote!(, #prefix)
    });
    quote!(#word #prefix)
}

fn group(spell: Spell<'_>, item: &Item, fields: &[Field]) -> TokenStream {
    let (kind, constructor) = (kind(spell, quote!(group), item.prefix.as_ref()), constructor(item).map(|word| quote!(, #word)));
    let head = head(spell, item, &quote!(#kind #constructor));
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let fields = fields.iter().map(|field| members::field(spell, field, DefaultNamespace::Element(item.prefix.as_deref())));
    quote!(#head #open struct #name { #(#fields)* })
}

fn choice(spell: Spell<'_>, item: &Item, arms: &[Field]) -> TokenStream {
    let complex = item.complex.as_ref().map(|ty| {
        let (local, is_abstract) = (&ty.wire.local, ty.abstract_.then(|| quote!(, abstract)));
        let model = ty.model.as_ref().map(|it| model_key(spell, it));
        quote!(, #local #is_abstract #model)
    });
    let kind = kind(spell, quote!(choice), item.prefix.as_ref());
    let head = head(spell, item, &quote!(#kind #complex));
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let arms = arms.iter().map(|arm| members::arm(spell, arm, item.prefix.as_deref()));
    quote!(#head #open enum #name { #(#arms)* })
}

fn enumeration(spell: Spell<'_>, item: &Item, planned: &Enumeration) -> TokenStream {
    let (prefix, local) = (spell.ident(&planned.wire.prefix), &planned.wire.local);
    let large = planned.large.then(|| quote!(, large));
    let head = head(spell, item, &quote!(#prefix, #local #large));
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let variants = planned.variants.iter().map(|variant| {
        let (docs, value, name) = (outer_docs(&variant.docs), &variant.value, spell.ident(&variant.name));
        let attributes = spell.attributes(&variant.attributes);
        quote!(#docs #[xml(#value)] #attributes #name,)
    });
    let other = spell.attributes(&item.other_attributes);
    quote! {
        #head
        #open enum #name {
            #(#variants)*
            /// A value that the schema does not list.
            #other
            Other(String),
        }
    }
}

fn union(spell: Spell<'_>, item: &Item, planned: &Union) -> TokenStream {
    let (facets, name) = (spell.ident(&planned.facets.name), spell.ident(&item.name));
    let head = head(spell, item, &quote!(union = #facets));
    let members = planned.members.iter().map(|member| members::member(spell, member));
    let (open, other) = (spell.open(), spell.attributes(&item.other_attributes));
    quote! {
        #head
        #open enum #name {
            #(#members)*
            /// A text that no member type accepts.
            #other
            Other(String),
        }
    }
}

fn polymorphic(spell: Spell<'_>, item: &Item, planned: &Polymorphic) -> TokenStream {
    let head = head(spell, item, &kind(spell, quote!(polymorphic), item.prefix.as_ref()));
    let (open, name) = (spell.open(), spell.ident(&item.name));
    let base = planned.base.iter().map(|base| members::derived(spell, base, true, item.prefix.as_deref()));
    let derived = planned.derived.iter().map(|derived| members::derived(spell, derived, false, item.prefix.as_deref()));
    let (kept, other) = (spell.codec("AnyElement"), spell.attributes(&item.other_attributes));
    quote! {
        #head
        #open enum #name {
            #(#base)*
            #(#derived)*
            /// A type that the schema does not declare, kept as XML.
            #other
            Other(#kept),
        }
    }
}

/// Returns the type of a value type: a wrapper of text, or an enum of numbers.
fn value(spell: Spell<'_>, item: &Item, planned: &ValueType) -> TokenStream {
    let (docs, name) = (outer_docs(&item.docs), spell.ident(&item.name));
    let derives = item.derives.iter().map(|path| spell.path(path));
    let head = quote!(#docs #[derive(#(#derives),*)]);
    let (open, visibility) = (spell.open(), spell.visibility());
    let ValueForm::NamedIntegers(list) = &planned.form else { return quote!(#head #visibility struct #name(String);) };
    let variants = list.iter().map(|NamedInteger { docs, name, .. }| {
        let (docs, name) = (outer_docs(docs), spell.ident(name));
        quote!(#docs #name,)
    });
    quote! {
        #head
        #open enum #name {
            #(#variants)*
            /// A number without a name.
            Other(i64),
            /// A text that is not a number, or another literal of a number, unchanged.
            Text(String),
        }
    }
}

/// Returns the invocation of `date_time!` or a similar macro.
fn value_macro(spell: Spell<'_>, item: &Item, planned: &ValueType) -> TokenStream {
    let name = spell.ident(&item.name);
    let (word, body) = match &planned.form {
        ValueForm::DateTime { patterns, also } => {
            let exact = planned.exact.then(|| quote!(exact));
            ("date_time", quote!(#name = #exact [#(#patterns),*] also [#(#also),*];))
        }
        ValueForm::EpochMilliseconds => ("epoch_milliseconds", quote!(#name;)),
        ValueForm::Boolean { yes, no } => ("boolean", quote!(#name = [#(#yes),*] or [#(#no),*];)),
        ValueForm::Delimited { separator, parts, most, plain } => {
            let (most, plain) = (Literal::u32_unsuffixed(*most), plain.then(|| quote!(plain)));
            let parts = parts.iter().map(|part| spell.ident(part));
            ("delimited", quote!(#name = #separator most #most #plain [#(#parts),*];))
        }
        ValueForm::NamedIntegers(list) => {
            let lines = list.iter().map(|integer| {
                let (name, number) = (spell.ident(&integer.name), Literal::i64_unsuffixed(integer.number).into_token_stream());
                quote!(#name = #number;)
            });
            ("named_integers", quote!(#name; #(#lines)*))
        }
    };
    let word = spell.ident(word);
    quote!(::xsdgen_codec::#word! { #body })
}

fn alias(spell: Spell<'_>, item: &Item, planned: &Alias) -> TokenStream {
    let (docs, name, ty) = (outer_docs(&item.docs), spell.ident(&item.name), spell.ty(&planned.ty));
    let facets = planned.facets.as_ref().map(|facets| simple::public(spell, facets));
    let visibility = spell.visibility();
    quote!(#docs #visibility type #name = #ty; #facets)
}
