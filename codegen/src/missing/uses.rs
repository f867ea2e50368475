//! Finds all references in a schema document to global elements, types, attributes, groups and attribute groups. Keys and notations are left out,
//! because they have no stand-ins.

use super::{Kind, Role};
use crate::schema::{
    AttributeItem, AttributeTarget, AttributesDecl, ContentDecl, ParticleDecl, Reference, Schema, SimpleDerivation, TermDecl, TypeBody,
    TypeUse,
};

const SIMPLE: Role = Role { simple: true, text: false, base: false, mixed: false };
const TEXT: Role = Role { simple: false, text: true, base: false, mixed: false };

/// Calls `take` for each reference, in no particular order.
pub(super) fn each<'s>(schema: &'s Schema, take: &mut dyn FnMut(Kind, Role, &'s Reference)) {
    for element in &schema.elements {
        if let Some(TypeUse::Named(reference)) = &element.ty {
            take(Kind::Type, Role::default(), reference);
        }
        if let Some(head) = &element.substitutes {
            take(Kind::Element, Role::default(), head);
        }
    }
    for attribute in &schema.attributes {
        simple(attribute.ty.as_ref(), take);
    }
    for group in &schema.groups {
        particles(group.particle.as_ref(), take);
    }
    for group in &schema.attribute_groups {
        attributes(&group.attributes, take);
    }
    for ty in &schema.types {
        type_body(&ty.body, take);
    }
}

fn simple<'s>(used: Option<&'s TypeUse>, take: &mut dyn FnMut(Kind, Role, &'s Reference)) {
    if let Some(TypeUse::Named(reference)) = used {
        take(Kind::Type, SIMPLE, reference);
    }
}

fn type_body<'s>(body: &'s TypeBody, take: &mut dyn FnMut(Kind, Role, &'s Reference)) {
    let complex = match body {
        TypeBody::Simple(decl) => {
            return match &decl.variety {
                SimpleDerivation::Restriction(used, _) | SimpleDerivation::List(used) => simple(used.as_ref(), take),
                SimpleDerivation::Union(members) => members.iter().for_each(|m| simple(Some(m), take)),
            };
        }
        TypeBody::Complex(complex) => complex,
    };
    attributes(&complex.attributes, take);
    match &complex.content {
        ContentDecl::Simple { base, .. } => base.iter().for_each(|b| take(Kind::Type, TEXT, b)),
        ContentDecl::Complex { base, mixed, particle, .. } => {
            let role = Role { base: true, mixed: *mixed, ..Role::default() };
            base.iter().for_each(|b| take(Kind::Type, role, b));
            particles(particle.as_ref(), take);
        }
    }
}

fn attributes<'s>(decl: &'s AttributesDecl, take: &mut dyn FnMut(Kind, Role, &'s Reference)) {
    for item in &decl.items {
        match item {
            AttributeItem::Group(reference) => take(Kind::AttributeGroup, Role::default(), reference),
            AttributeItem::Use(usage) => {
                if let AttributeTarget::Named(reference) = &usage.target {
                    take(Kind::Attribute, Role::default(), reference);
                }
            }
        }
    }
}

fn particles<'s>(top: Option<&'s ParticleDecl>, take: &mut dyn FnMut(Kind, Role, &'s Reference)) {
    let mut todo: Vec<&ParticleDecl> = top.into_iter().collect();
    while let Some(particle) = todo.pop() {
        match &particle.term {
            TermDecl::ElementRef(reference) => take(Kind::Element, Role::default(), reference),
            TermDecl::GroupRef(reference) => take(Kind::Group, Role::default(), reference),
            TermDecl::Group(_, inner, _) => todo.extend(inner),
            TermDecl::Element(_) | TermDecl::Any(_) => {}
        }
    }
}
