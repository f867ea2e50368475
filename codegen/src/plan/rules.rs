//! Plans the rules that strict mode checks beyond the types: global attributes, named types, identity constraints and blocked derivations.
//!
//! Schema sets that need no such rules get none.

use std::collections::HashSet;

use super::context::Context;
use super::{poly, simple};
use crate::ir::{
    CodecType, Constraint, ConstraintKind, Declaration, DeclaredType, Facets, Field, GlobalAttribute, Holder, ItemId, ItemKind, NamedType,
    Rules, Ty, Wire, WireName,
};
use crate::model::{
    Content, Derivation, Element, Global, IdentityConstraint, IdentityKind, NameTest, Path, ProcessContents, Step, Type, TypeId,
    ValueConstraint,
};

/// Plans the rules, after all fields are planned.
pub(super) fn plan(cx: &mut Context<'_>) {
    let open = Open::of(cx);
    let declarations = declarations(cx);
    let blocks = declarations.iter().any(|it| it.extension || it.restriction);
    let all = open.elements || blocks;
    let wanted = |id: TypeId| all || (open.texts && is_text(cx, id)) || open.unnamed.contains(&id);
    let types = if cx.settings.polymorphic.is_none() { types(cx, wanted) } else { Vec::new() };
    let attributes = if open.attributes { attributes(cx) } else { Vec::new() };
    cx.ir.root.rules = Rules { attributes, types, declarations };
}

/// The kinds of content whose type the schema does not determine at their place in the document.
#[derive(Debug, Default)]
struct Open {
    elements: bool,
    /// Elements of simple types, which derived types can replace.
    texts: bool,
    /// Named simple types of elements that neither the facets nor the Rust type of the field identify.
    unnamed: HashSet<TypeId>,
    attributes: bool,
}

impl Open {
    fn of(cx: &Context<'_>) -> Self {
        let mut open = Open::default();
        for field in fields(cx) {
            if let Wire::Any { process, .. } = &field.1.wire {
                let asked = *process != ProcessContents::Skip;
                let attribute = field.1.ty == Ty::Codec(CodecType::AnyAttribute);
                open.attributes |= asked;
                open.elements |= asked && !attribute;
            }
            // This includes built-in types: `xsi:type` may name a type derived from it there, even though only `XsiTyped` keeps the name.
            let ty = field.1.element.and_then(|id| cx.element(id)).map(|element| element.ty);
            open.texts |= ty.is_some_and(|id| poly::is_told(cx, id) || cx.simple_bases.contains(&id));
            open.unnamed.extend(ty.filter(|id| is_named_text(cx, *id) && !says_name(cx, field.1)));
            if is_kept(&field.1.ty) {
                let text = matches!(field.1.ty, Ty::XsiTyped(_));
                open.texts |= text && ty.is_none();
                open.elements |= !text;
                open.attributes |= !text;
            }
        }
        open
    }
}

/// Returns whether it is a simple type that the schema set names.
fn is_named_text(cx: &Context<'_>, id: TypeId) -> bool {
    matches!(cx.ty(id), Some(Type::Simple(ty)) if ty.builtin.is_none() && ty.name.is_some())
}

/// Returns whether the field tells the reader the name of its simple type. A `XsiTyped` field does not: the reader looks the name up in the rules.
fn says_name(cx: &Context<'_>, field: &Field) -> bool {
    let kind = |id: ItemId| cx.item(id).map(|item| &item.kind);
    let own = |id: ItemId| matches!(kind(id), Some(ItemKind::Enumeration(_) | ItemKind::Union(_)));
    !matches!(field.ty, Ty::XsiTyped(_)) && (field.facets.is_some() || field.ty.item().is_some_and(own))
}

/// Returns whether the type keeps elements of any type.
fn is_kept(ty: &Ty) -> bool {
    match ty {
        Ty::Codec(ty) => *ty == CodecType::AnyType,
        Ty::Boxed(inner) | Ty::Nillable(inner) | Ty::MaybeNil(inner) | Ty::XsiTyped(inner) => {
            matches!(ty, Ty::XsiTyped(_)) || is_kept(inner)
        }
        _ => false,
    }
}

/// Returns all fields and variants, each with its holder: an item or the document.
fn fields<'c>(cx: &'c Context<'_>) -> Vec<(Holder, &'c Field)> {
    let mut out = Vec::new();
    for (at, item) in cx.ir.items.iter().enumerate() {
        let holder = Holder::Item(ItemId(u32::try_from(at).unwrap_or(u32::MAX)));
        match &item.kind {
            ItemKind::Struct(planned) => out.extend(planned.fields().map(|field| (holder, field))),
            ItemKind::Group(fields) | ItemKind::Choice(fields) => out.extend(fields.iter().map(|field| (holder, field))),
            ItemKind::Enumeration(_) | ItemKind::Union(_) | ItemKind::Polymorphic(_) | ItemKind::Alias(_) | ItemKind::Value(_) => {}
        }
    }
    out.extend(cx.ir.root.document.iter().map(|variant| (Holder::Document, &variant.field)));
    out
}

fn attributes(cx: &Context<'_>) -> Vec<GlobalAttribute> {
    let globals = cx.model.globals.iter().filter_map(|global| if let Global::Attribute(id) = global { cx.attribute(*id) } else { None });
    globals
        .map(|attribute| GlobalAttribute {
            name: cx.wire(&attribute.name),
            facets: facets(cx, attribute.ty),
            fixed: match &attribute.value {
                Some(ValueConstraint::Fixed(said)) => Some(super::expression::literal(cx, attribute.ty, said)),
                _ => None,
            },
            feature: None,
        })
        .collect()
}

/// Returns the complete facets of a simple type.
fn facets(cx: &Context<'_>, id: TypeId) -> Facets {
    match simple::used(cx, id).facets {
        Some(facets @ Facets::Static(_)) => facets,
        _ => Facets::Inline(super::expression::expression(cx, id)),
    }
}

/// Returns the named types that satisfy the predicate.
fn types(cx: &Context<'_>, wanted: impl Fn(TypeId) -> bool) -> Vec<NamedType> {
    let named = cx.model.globals.iter().filter_map(|global| if let Global::Type(id) = global { Some(*id) } else { None });
    named.filter(|id| wanted(*id)).filter_map(|id| named_type(cx, id)).collect()
}

/// Returns whether a type is simple or has simple content.
fn is_text(cx: &Context<'_>, id: TypeId) -> bool {
    match cx.ty(id) {
        Some(Type::Complex(ty)) => matches!(ty.content, Content::Simple(_)),
        Some(Type::Simple(_)) => true,
        None => false,
    }
}

fn named_type(cx: &Context<'_>, id: TypeId) -> Option<NamedType> {
    let ty = cx.ty(id)?;
    let name = cx.wire(ty.name()?);
    let (item, facets, base, extends) = match ty {
        Type::Complex(ty) => {
            let item = if ty.abstract_ { None } else { cx.type_items.get(&id).copied() };
            (item, None, Some(ty.base), ty.derivation == Derivation::Extension)
        }
        Type::Simple(ty) => (None, Some(facets(cx, id)), ty.base, false),
    };
    let base = base.filter(|base| *base != id && *base != crate::ANY_TYPE).and_then(|base| cx.ty(base)?.name());
    let base = base.filter(|name| cx.uri(name.namespace) != crate::schema::XS).map(|name| cx.wire(name));
    Some(NamedType { name, item, facets, base, extends, feature: None })
}

/// Returns the element declarations that have identity constraints, or that block derivations that their type has.
fn declarations(cx: &Context<'_>) -> Vec<Declaration> {
    let mut out: Vec<Declaration> = Vec::new();
    for (holder, field) in fields(cx) {
        let Some(element) = field.element.and_then(|id| cx.element(id)) else { continue };
        let Wire::Name(name) = &field.wire else { continue };
        let (extension, restriction) = blocked(cx, element, field);
        if element.identity.is_empty() && !extension && !restriction {
            continue;
        }
        if out.iter().any(|it| it.holder == holder && it.name == *name) {
            continue;
        }
        let constraints = element.identity.iter().map(|it| constraint(cx, it)).collect();
        let named = cx.ty(element.ty).filter(|_| element.ty != crate::ANY_TYPE).and_then(Type::name);
        let built_in = matches!(cx.ty(element.ty), Some(Type::Simple(ty)) if ty.builtin.is_some());
        let ty = named.filter(|_| extension || restriction).map(|name| match built_in {
            true => DeclaredType::BuiltIn(name.local.clone()),
            false => DeclaredType::Named(cx.wire(name)),
        });
        out.push(Declaration { holder, name: name.clone(), ty, extension, restriction, constraints, feature: None });
    }
    out
}

/// Returns whether extension and restriction are blocked for `xsi:type`, as far as derived types are possible at all.
fn blocked(cx: &Context<'_>, element: &Element, field: &Field) -> (bool, bool) {
    let polymorphic = |id: ItemId| matches!(cx.item(id).map(|item| &item.kind), Some(ItemKind::Polymorphic(_)));
    if !is_kept(&field.ty) && !field.ty.item().is_some_and(polymorphic) {
        return (false, false);
    }
    (element.block.extension, element.block.restriction)
}

fn constraint(cx: &Context<'_>, said: &IdentityConstraint) -> Constraint {
    Constraint {
        kind: match &said.kind {
            IdentityKind::Key => ConstraintKind::Key,
            IdentityKind::Unique => ConstraintKind::Unique,
            IdentityKind::KeyRef(name) => ConstraintKind::KeyRef(cx.wire(name)),
        },
        name: cx.wire(&said.name),
        selector: paths(cx, &said.selector),
        fields: said.fields.iter().map(|field| paths(cx, field)).collect(),
    }
}

/// Returns alternative paths as XPath, with the prefixes used for writing.
fn paths(cx: &Context<'_>, list: &[Path]) -> String {
    list.iter().map(|path| self::path(cx, path)).collect::<Vec<_>>().join("|")
}

fn path(cx: &Context<'_>, path: &Path) -> String {
    let mut steps: Vec<String> = path
        .steps
        .iter()
        .map(|step| match step {
            Step::Itself => ".".to_owned(),
            Step::Child(test) => name_test(cx, test),
        })
        .collect();
    steps.extend(path.attribute.as_ref().map(|test| format!("@{}", name_test(cx, test))));
    let start = if path.descendants { ".//" } else { "" };
    format!("{start}{}", steps.join("/"))
}

fn name_test(cx: &Context<'_>, test: &NameTest) -> String {
    let prefixed = |prefix: &str, local: &str| if prefix == "none" { local.to_owned() } else { format!("{prefix}:{local}") };
    match test {
        NameTest::Any => "*".to_owned(),
        NameTest::Namespace(id) => format!("{}:*", cx.prefix(*id)),
        NameTest::Name(name) => {
            let WireName { prefix, local } = cx.wire(name);
            prefixed(&prefix, &local)
        }
    }
}

impl Rules {
    /// Returns whether there are no rules.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty() && self.types.is_empty() && self.declarations.is_empty()
    }
}
