//! Warns of names of one namespace that differ only by characters that look alike, such as Latin `a` and Cyrillic `а`. They are different names, and their
//! Rust names differ, but often a schema means the same name.

use std::collections::{BTreeMap, HashMap};

use super::context::Context;
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::model::{NamespaceId, QName, Type};

/// Adds a warning for each name that looks like another one.
pub(super) fn plan(cx: &mut Context<'_>) {
    let names = names(cx);
    if names.keys().all(|name| name.local.is_ascii()) {
        return;
    }
    // Names of ASCII characters come first: a warning is about a name with other characters.
    let (plain, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|(name, _)| name.local.is_ascii());
    let mut seen: HashMap<(NamespaceId, String), (&QName, &Span)> = HashMap::new();
    for (name, span) in plain.into_iter().chain(others) {
        let shape = (name.namespace, unicode_security::skeleton(&name.local).collect::<String>());
        match seen.get(&shape) {
            Some((first, place)) if !name.local.is_ascii() => cx.problems.push(warning(name, span, first, place)),
            Some(_) => {}
            None => drop(seen.insert(shape, (name, span))),
        }
    }
}

/// Returns the names of elements, attributes and types, each with its first place.
fn names<'m>(cx: &Context<'m>) -> BTreeMap<&'m QName, &'m Span> {
    let elements = cx.model.elements.iter().map(|element| (&element.name, &element.span));
    let attributes = cx.model.attributes.iter().map(|attribute| (&attribute.name, &attribute.span));
    let types = cx.model.types.iter().filter_map(|ty| match ty {
        Type::Simple(ty) => Some((ty.name.as_ref()?, &ty.span)),
        Type::Complex(ty) => Some((ty.name.as_ref()?, &ty.span)),
    });
    let mut names = BTreeMap::new();
    for (name, span) in elements.chain(attributes).chain(types) {
        names.entry(name).or_insert(span);
    }
    names
}

fn warning(name: &QName, span: &Span, first: &QName, place: &Span) -> Diagnostic {
    let differs = |(own, other): &(char, Option<char>)| Some(*own) != *other;
    let others = first.local.chars().map(Some).chain(std::iter::repeat(None));
    let odd = name.local.chars().zip(others).find(differs).map(|(c, _)| format!(": `{c}` is U+{:04X}", u32::from(c)));
    let message = format!("the name `{}` looks like `{}`, but is another one{}", name.local, first.local, odd.unwrap_or_default());
    Diagnostic::new(Severity::Warning, codes::X0310, span.clone(), message)
        .on("name")
        .with_related(place.clone(), format!("`{}` is here", first.local))
        .with_help("write both with the same characters if they mean the same name")
}
