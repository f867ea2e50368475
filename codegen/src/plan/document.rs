//! Plans the variants of `Document` from the global elements. `fields` plans their types.

use std::collections::BTreeMap;

use super::context::Context;
use super::locked::Wanted;
use super::members::MemberNames;
use super::{docs, fields};
use crate::ir::{CodecType, DocumentVariant, Field, ItemId, ItemKind, Occurs, Ty, Wire};
use crate::lock::Form;
use crate::model::path::GlobalKind;
use crate::model::{Global, ProcessContents, Type};

/// Adds a variant for each global element that can occur. A name that occurs in two namespaces is prefixed with its module.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut names = MemberNames::new(cx, None, Form::Document, &[]);
    for global in &cx.model.globals {
        let Global::Element(id) = *global else { continue };
        let Some(element) = cx.element(id).filter(|e| !e.abstract_) else { continue };
        let path = cx.global(GlobalKind::Element, &element.name);
        let module = cx.module_of(element.name.namespace);
        let module = cx.ir.modules.get(module.index()).map(|m| m.name.clone()).unwrap_or_default();
        let wanted = match super::places::renamed(cx, &[&path]) {
            Some(wanted) => wanted,
            None => {
                let name = cx.lexicon.variant(&element.name.local);
                let longer = format!("{}{name}", heck::ToUpperCamelCase::to_upper_camel_case(module.as_str()));
                Wanted::by_rule([name, longer])
            }
        };
        let mut used = fields::element_type(cx, id, &[&path]);
        if cx.rules.polymorphic.is_none() && matches!(cx.ty(element.ty), Some(Type::Simple(_))) && !matches!(used.ty, Ty::XsiTyped(_)) {
            used = fields::typed(cx, element.ty, used);
        }
        let global = path;
        let (name, path) = names.give(cx, &global, &wanted);
        let mut field = Field::new("", Occurs::One, boxed(cx, used.ty), Wire::Name(cx.wire(&element.name))).named(name, path);
        field.docs = vec![docs::code(&cx.shown(&element.name))];
        cx.add_since(&mut field.docs, &[&global]);
        field.value = fields::value(cx, element.ty, element.value.as_ref());
        field.facets = used.facets;
        field.element = Some(id);
        cx.ir.root.document.push(DocumentVariant { field, from: false });
    }
    if cx.ir.root.document.is_empty() {
        other(cx);
    }
    unique(cx);
}

/// Adds a variant for any root element, used if no element is global: the document is identified by `xsi:type` and kept as XML.
pub(super) fn other(cx: &mut Context<'_>) {
    let wire = Wire::Any { constraint: "##any".to_owned(), process: ProcessContents::Strict };
    let mut field = Field::new("Other", Occurs::One, Ty::Codec(CodecType::AnyElement), wire);
    field.docs = vec!["An element whose type `xsi:type` names, kept as XML.".to_owned()];
    cx.ir.root.document.push(DocumentVariant { field, from: false });
}

/// Marks the variants whose type no other variant has.
fn unique(cx: &mut Context<'_>) {
    let mut count: BTreeMap<ItemId, u32> = BTreeMap::new();
    let boxed = |field: &Field| if let Ty::Boxed(inner) | Ty::XsiBox(inner) = &field.ty { inner.item() } else { None };
    for variant in &cx.ir.root.document {
        if let Some(item) = boxed(&variant.field) {
            *count.entry(item).or_default() += 1;
        }
    }
    for variant in &mut cx.ir.root.document {
        variant.from = boxed(&variant.field).is_some_and(|item| count.get(&item) == Some(&1));
    }
}

/// Boxes a struct, because a `Document` is moved around.
fn boxed(cx: &Context<'_>, ty: Ty) -> Ty {
    match ty {
        Ty::Item(id) => match cx.item(id).map(|item| &item.kind) {
            Some(ItemKind::Enumeration(_) | ItemKind::Alias(_) | ItemKind::Union(_)) => Ty::Item(id),
            _ => Ty::Boxed(Box::new(Ty::Item(id))),
        },
        Ty::Nillable(inner) => Ty::Nillable(Box::new(boxed(cx, *inner))),
        Ty::MaybeNil(inner) => Ty::MaybeNil(Box::new(boxed(cx, *inner))),
        other => other,
    }
}
