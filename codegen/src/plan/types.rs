//! Plans the structs of complex types: attributes, content, content model, documentation. A type that is one required choice is an enum.
//!
//! `fields` plans single fields, and `choice` the items for choices and groups.

use super::added;
use super::attribute_groups;
use super::choice::{self, Owner};
use super::content::{self, Kind, Tree};
use super::context::Context;
use super::fields::{self, Added, Namer};
use super::flatten::{self, InheritedContent};
use super::{docs, model, simple};
use crate::ir::{Body, ChoiceType, CodecType, ContentModel, Field, ItemId, ItemKind, Occurs, Struct, Ty, Wire};
use crate::model::path::{ComponentPath, Label, PartKind, Step};
use crate::model::{ComplexType, Content, Particle, Type, TypeId};

/// Fills the items of all complex types, in order.
pub(super) fn plan(cx: &mut Context<'_>) {
    let mut items: Vec<(TypeId, ItemId)> = cx.type_items.iter().map(|(ty, item)| (*ty, *item)).collect();
    items.sort_by_key(|(_, item)| *item);
    for (id, item) in items {
        if let Some(Type::Complex(ty)) = cx.ty(id).filter(|_| !cx.shared.contains_key(&id)) {
            complex(cx, id, ty, item);
        }
    }
}

fn complex<'m>(cx: &mut Context<'m>, id: TypeId, ty: &'m ComplexType, item: ItemId) {
    let path = cx.type_path(id);
    let Some((module, name, own)) = cx.item(item).map(|item| (item.module, item.name.clone(), item.path.clone())) else { return };
    let owner = Owner { module, name, path };
    if let Some((tree, particle)) = only_choice(cx, id, ty, own.as_ref()) {
        return choice_type(cx, &owner, ty, item, &tree, particle);
    }
    let tree = if let Content::Elements(particle) = &ty.content { Some(content::tree(cx, particle)) } else { None };
    let inherited = flatten::inherited(cx, ty, tree.as_ref());
    let mut namer = Namer::fields(cx, own.as_ref().unwrap_or(&owner.path));
    if inherited.is_some() {
        flatten::reserve(cx, &mut namer);
    }
    let any_attribute = ty.any_attribute.as_ref().filter(|_| !inherited.is_some_and(|it| it.any_attribute));
    let any_attributes = Step::Part(PartKind::AnyAttribute, Label::None);
    namer.reserve(cx, any_attribute.iter().map(|_| Added { name: "any_attributes".to_owned(), step: any_attributes.clone() }));
    let uses = ty.attributes.iter().skip(inherited.map_or(0, |it| it.attributes));
    let groups = match inherited {
        Some(_) => ty.attribute_groups.clone(),
        None => attribute_groups::of_type(cx, ty),
    };
    let parts = attribute_groups::parts(cx, &groups, uses);
    let mut flattened: Vec<Field> = inherited.map(|inherited| flatten::field(cx, inherited, &mut namer)).into_iter().collect();
    flattened.extend(attribute_groups::fields(cx, &parts, &mut namer));
    let (body, model) = body(cx, &owner, ty, tree, inherited.map_or(InheritedContent::First(0), |it| it.content), &mut namer);
    let mut attributes = Vec::new();
    for said in parts.own {
        attributes.extend(fields::attribute(cx, said, &owner.path, &mut namer));
    }
    if let Some(wildcard) = any_attribute {
        let wire = fields::wildcard(cx, wildcard);
        let field = Field::new("", Occurs::Many(0, None), Ty::Codec(CodecType::AnyAttribute), wire);
        let mut field = namer.unnamed(cx, "any_attributes", any_attributes, field);
        field.docs = cx.documentation(&wildcard.docs);
        if field.docs.is_empty() {
            field = field.with_docs("Other attributes, unchanged.");
        }
        attributes.push(field);
    }
    let model = model.map(|particle| ContentModel { name: simple::model_name(cx, item), particle });
    let planned = Struct {
        wire: cx.wire_of(ty.name.as_ref(), &ty.scope),
        abstract_: ty.abstract_,
        attribute_group: false,
        flat: false,
        flattened,
        attributes,
        body,
        model,
    };
    let required = planned.fields().any(|field| field.occurs.is_required());
    // The `Xml` derive implements `Debug`, which shows only the values that are present.
    let own: &[&str] = if required { &["Clone", "PartialEq"] } else { &["Clone", "PartialEq", "Default"] };
    let derives = simple::derives(cx, &owner.path, own, &["Debug"]);
    let mut docs = described(cx, ty, &owner.path);
    cx.add_since(&mut docs, &[&owner.path]);
    if let Some(item) = cx.item_mut(item) {
        (item.docs, item.derives, item.kind) = (docs, derives, ItemKind::Struct(planned));
    }
}

/// Returns the content of a type that consists of one required choice and nothing else, so that the choice can be the Rust type. A type that is a
/// struct in the lock stays one, and so do requests and responses.
pub(super) fn only_choice<'m>(
    cx: &Context<'m>,
    id: TypeId,
    ty: &'m ComplexType,
    path: Option<&ComponentPath>,
) -> Option<(Tree<'m>, &'m Particle)> {
    let Content::Elements(particle) = &ty.content else { return None };
    if !ty.attributes.is_empty() || ty.any_attribute.is_some() || path.is_some_and(|path| cx.locked.is_struct(path)) {
        return None;
    }
    if cx.requests.contains(&id) || cx.base_of_operations.is_some_and(|base| base == id || cx.derived_from(id, base)) {
        return None;
    }
    let tree = content::tree(cx, particle);
    let root = tree.root.as_ref()?;
    let alone = matches!(root.kind, Kind::Choice(_)) && root.once() && !root.ordered && !root.emptiable() && root.named.is_none();
    alone.then_some((tree, particle))
}

/// Fills the enum of a type whose content is a choice.
fn choice_type(cx: &mut Context<'_>, owner: &Owner, ty: &ComplexType, item: ItemId, tree: &Tree<'_>, particle: &Particle) {
    let Some(root) = &tree.root else { return };
    choice::fill_choice(cx, owner, item, root, "One of the alternatives in");
    let model = needs_model(tree).then(|| ContentModel { name: simple::model_name(cx, item), particle: model::particle(cx, particle) });
    let complex = ChoiceType { wire: cx.wire_of(ty.name.as_ref(), &ty.scope), abstract_: ty.abstract_, model };
    let mut docs = described(cx, ty, &owner.path);
    cx.add_since(&mut docs, &[&owner.path]);
    if let Some(item) = cx.item_mut(item) {
        (item.docs, item.complex) = (docs, Some(complex));
    }
}

/// Returns the documentation of the type, or else that of its element, or else the name of the component.
fn described(cx: &Context<'_>, ty: &ComplexType, path: &ComponentPath) -> Vec<String> {
    let mut out = cx.documentation(&ty.docs);
    if out.is_empty() {
        out = cx.documentation_of_owner(&ty.scope);
    }
    if out.is_empty() {
        out.push(docs::code(&path.shown()));
    }
    out
}

/// Returns the body of a type, without the content that it has from its base, and its content model if it needs one.
fn body<'m>(
    cx: &mut Context<'m>,
    owner: &Owner,
    ty: &'m ComplexType,
    tree: Option<Tree<'m>>,
    inherited: InheritedContent,
    namer: &mut Namer,
) -> (Body, Option<crate::ir::Particle>) {
    if inherited == InheritedContent::All {
        return (Body::Empty, inherited_model(cx, ty, tree));
    }
    match &ty.content {
        Content::Empty => (Body::Empty, None),
        Content::Simple(id) => {
            let used = simple::used(cx, *id);
            let field = Field::new("", Occurs::One, used.ty, Wire::Text).with_docs("The value of the element.");
            let mut field = namer.unnamed(cx, "value", Step::Part(PartKind::Text, Label::None), field);
            field.facets = used.facets;
            (Body::Text(field), None)
        }
        Content::Elements(particle) => {
            let InheritedContent::First(inherited) = inherited else { return (Body::Empty, None) };
            tree.map_or((Body::Empty, None), |tree| elements(cx, owner, particle, tree, inherited, namer))
        }
        Content::Mixed(particle) => mixed(cx, owner, particle, namer),
    }
}

/// Returns the content model of a type whose content is that of its base, if it needs one.
fn inherited_model<'m>(cx: &Context<'m>, ty: &'m ComplexType, tree: Option<Tree<'m>>) -> Option<crate::ir::Particle> {
    let (needed, particle) = match &ty.content {
        Content::Elements(particle) => (tree.as_ref().is_some_and(needs_model), particle),
        Content::Mixed(particle) => (mixed_needs_model(&content::tree(cx, particle)), particle),
        Content::Empty | Content::Simple(_) => return None,
    };
    needed.then(|| model::particle(cx, particle))
}

/// Returns the body of a type with element-only content, without the first parts, and the content model if it needs one.
fn elements<'m>(
    cx: &mut Context<'m>,
    owner: &Owner,
    particle: &'m Particle,
    tree: Tree<'m>,
    inherited: usize,
    namer: &mut Namer,
) -> (Body, Option<crate::ir::Particle>) {
    let model = needs_model(&tree).then(|| model::particle(cx, particle));
    if inherited > 0 {
        let own = flatten::top(tree.root.as_ref()).get(inherited..).unwrap_or_default();
        let added = added::added_fields(cx, namer.container(), own);
        namer.reserve(cx, added);
        let mut list = Vec::new();
        own.iter().for_each(|part| choice::flatten(cx, owner, part, false, namer, &mut list));
        return (Body::Sequence(list), model);
    }
    let Some(root) = tree.root else { return (Body::Sequence(Vec::new()), model) }; // where white space is allowed
    let mut list = Vec::new();
    let all = matches!(root.kind, Kind::All(_)) && !root.ordered;
    let whole = matches!(root.kind, Kind::Choice(_)) && root.repeated() && !root.ordered;
    if whole {
        list.push(choice::choice_field(cx, owner, "content", &root, false, namer));
    } else {
        let added = added::added_fields(cx, namer.container(), std::slice::from_ref(&root));
        namer.reserve(cx, added);
        choice::flatten(cx, owner, &root, false, namer, &mut list);
    }
    (if all { Body::All(list) } else { Body::Sequence(list) }, model)
}

/// Returns the body of a type with mixed content, which is text alone if no element is allowed, and its content model if it needs one.
fn mixed(cx: &mut Context<'_>, owner: &Owner, particle: &Particle, namer: &mut Namer) -> (Body, Option<crate::ir::Particle>) {
    let tree = content::tree(cx, particle);
    let model = mixed_needs_model(&tree).then(|| model::particle(cx, particle));
    let Some(root) = tree.root else {
        let field = Field::new("", Occurs::One, Ty::STRING, Wire::Text).with_docs("The text of the element.");
        return (Body::Text(namer.unnamed(cx, "value", Step::Part(PartKind::Text, Label::None), field)), None);
    };
    let (name, path) = namer.part(cx, "content", Step::Part(PartKind::Content, Label::None));
    let item = choice::list(cx, owner, &name, &path, &root, true);
    let field = Field::new("", choice::listed(&root, false), Ty::Item(item), Wire::Group).named(name, path);
    (Body::Mixed(field.with_docs("Text and elements in the order of the document.")), model)
}

/// Returns whether a list of text and elements allows more than the schema does.
fn mixed_needs_model(tree: &Tree<'_>) -> bool {
    tree.lossy || tree.root.as_ref().is_some_and(|root| !choice::free(root))
}

/// Returns whether the fields allow more than the schema does.
fn needs_model(tree: &Tree<'_>) -> bool {
    let Some(root) = &tree.root else { return tree.lossy };
    let simple = match &root.kind {
        Kind::Element(_) | Kind::Any(_) => true,
        Kind::Sequence(children) | Kind::All(children) => {
            root.once() && !root.ordered && children.iter().all(|c| c.is_leaf() || choice::plain(c))
        }
        Kind::Choice(_) => choice::plain(root),
    };
    tree.lossy || !simple
}
