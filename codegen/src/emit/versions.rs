//! Emits `lib.rs` of several versions: their modules, the enum of their documents, and the conversions between them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::attributes::inner_docs;
use super::names::{Names, Spell};
use super::parts::{Faults, File};
use crate::ir::{Conversion, Converted, Documents, How, ItemId, ROOT, RustIr, Shape, StepIr, VersionIr, VersionsIr};

/// Returns the file `lib.rs`.
pub(crate) fn lib(versions: &VersionsIr, faults: &Faults) -> File {
    let (nothing, taken) = (RustIr::default(), BTreeSet::new());
    let names = Names::new(&nothing, ROOT, &taken, faults);
    let spell = names.spell();
    let modules: TokenStream =
        versions.versions.iter().map(|version| spell.ident(&version.name)).map(|name| quote!(pub mod #name;)).collect();
    let mut parts = vec![
        names.part("the documentation", inner_docs(&versions.docs)),
        names.part("the modules", modules),
        names.part("the versions", documents(spell, versions)),
    ];
    for ((old, new), step) in versions.versions.iter().zip(versions.versions.iter().skip(1)).zip(&versions.steps) {
        for (from, to, list) in [(old, new, &step.up), (new, old, &step.down)] {
            let lines: TokenStream = list.iter().filter_map(|it| conversion(spell, from, to, it)).collect();
            let invocation = (!lines.is_empty()).then(|| quote!(::xsdgen_codec::convert! { #lines }));
            parts.push(names.part("the conversions", invocation.unwrap_or_default()));
        }
    }
    File { header: versions.header.clone(), parts: parts.into_iter().flatten().collect() }
}

/// Returns the enums of the versions and of their documents.
fn documents(spell: Spell<'_>, versions: &VersionsIr) -> TokenStream {
    let entries = versions.versions.iter().map(|version| {
        let (variant, module, name) = (spell.ident(&version.variant), spell.ident(&version.name), &version.name);
        quote!(#variant = #module #name)
    });
    let neighbours = versions.versions.iter().zip(versions.versions.iter().skip(1)).zip(&versions.steps);
    let steps = neighbours.map(|((old, new), step)| {
        let (low, high) = (spell.ident(&old.variant), spell.ident(&new.variant));
        let (up, down) = (word(StepIr::documents(&step.up)), word(StepIr::documents(&step.down)));
        quote!(#low #up #down #high)
    });
    let reversed = versions.versions.iter().rev().map(|version| spell.ident(&version.variant));
    quote!(::xsdgen_codec::versions! { #(#entries),*; #(#steps),*; #(#reversed),*; })
}

fn word(documents: Documents) -> Ident {
    match documents {
        Documents::From => format_ident!("from"),
        Documents::Try => Ident::new("try", proc_macro2::Span::call_site()),
        Documents::None => format_ident!("none"),
    }
}

/// Returns the line of a conversion.
fn conversion(spell: Spell<'_>, old: &VersionIr, new: &VersionIr, conversion: &Conversion) -> Option<TokenStream> {
    let kind = word(if conversion.total { Documents::From } else { Documents::Try });
    let shape = Ident::new(
        match conversion.shape {
            Shape::Struct => "struct",
            Shape::Choice => "choice",
            Shape::Types => "types",
            Shape::Enumeration => "enumeration",
            Shape::Document => "document",
        },
        proc_macro2::Span::call_site(),
    );
    let (from, to) = match conversion.types {
        Some((a, b)) => (path(spell, old, a)?, path(spell, new, b)?),
        None => (root(spell, old), root(spell, new)),
    };
    let fields = (conversion.shape != Shape::Enumeration).then(|| {
        let fields = conversion.fields.iter().map(|field| converted(spell, field));
        quote!({ #(#fields),* })
    });
    let absent = named(spell, "absent", &conversion.absent);
    let missing = named(spell, "missing", &conversion.missing);
    let lost = named(spell, "lost", &conversion.lost);
    let count = (!conversion.count.is_empty()).then(|| {
        let pairs = conversion.count.iter().map(|(old, new)| {
            let (old, new) = (spell.ident(old), spell.ident(new));
            quote!(#old #new)
        });
        quote!(count #(#pairs),*)
    });
    Some(quote!(#kind #shape #from => #to #fields #absent #missing #lost #count;))
}

fn named(spell: Spell<'_>, word: &str, list: &[String]) -> Option<TokenStream> {
    let word = format_ident!("{word}");
    let names = list.iter().map(|name| spell.ident(name));
    (!list.is_empty()).then(|| quote!(#word #(#names),*))
}

fn converted(spell: Spell<'_>, converted: &Converted) -> TokenStream {
    let how = format_ident!(
        "{}",
        match converted.how {
            How::Moved => "moved",
            How::Held => "held",
            How::Released => "released",
            How::Retyped => "retyped",
            How::Into => "into",
            How::IntoHeld => "into_held",
            How::ReleasedInto => "released_into",
            How::Checked => "checked",
        }
    );
    let (new, old) = (spell.ident(&converted.new), spell.ident(&converted.old));
    quote!(#new: #how(#old))
}

/// Returns the path of `Document` of a version.
fn root(spell: Spell<'_>, version: &VersionIr) -> TokenStream {
    let name = spell.ident(&version.name);
    quote!(#name::Document)
}

/// Returns the path of an item from the root of the versions.
fn path(spell: Spell<'_>, version: &VersionIr, id: ItemId) -> Option<TokenStream> {
    let item = version.ir.items.get(id.index())?;
    let mut names = vec![spell.ident(&item.name)];
    let mut at = item.module;
    while at != ROOT && names.len() <= version.ir.modules.len() {
        let module = version.ir.modules.get(at.index())?;
        names.push(spell.ident(&module.name));
        at = module.parent;
    }
    names.push(spell.ident(&version.name));
    names.reverse();
    Some(quote!(#(#names)::*))
}

/// Returns the export of an item that an older version has, as seen from a module at this depth.
pub(super) fn earlier(spell: Spell<'_>, depth: usize, docs: &TokenStream, path: &[String]) -> TokenStream {
    let up = std::iter::repeat_n(quote!(super::), depth + 1);
    let (path, visibility) = (path.iter().map(|name| spell.ident(name)), spell.visibility());
    quote!(#docs #visibility use #(#up)* #(#path)::*;)
}
