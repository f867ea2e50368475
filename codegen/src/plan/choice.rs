//! Turns nodes of a content tree into fields and the items they need: enums for choices, structs for groups, and lists of content.
//!
//! `content` builds the tree, and `types` plans the struct that contains the fields.

use std::collections::{BTreeMap, BTreeSet};

use super::added::{added_arms, added_fields, first, group_arm, group_field, group_step, is_struct, wildcard};
use super::content::{Kind, Node};
use super::context::Context;
use super::fields::{self, Added, Namer};
use super::locked::Wanted;
use super::model::Owns;
use super::{docs, names, simple, words};
use crate::ir::{CodecType, Field, ItemId, ItemKind, ModuleId, Occurs, Ty, Wire};
use crate::lock::Role;
use crate::model::path::{ComponentPath, GlobalKind, Label, PartKind, Step};
use crate::model::{ElementId, GroupId, Max, QName};
use crate::substitution::substitutes;

/// The documentation of a list of elements with several names.
const IN_ORDER: &str = "Elements in the order of the document.";

/// The documentation of a sequence without a name of its own.
const TOGETHER: &str = "A sequence of elements.";

/// The documentation of a choice.
const ONE: &str = "One of several alternatives.";

/// The documentation of a field for a wildcard.
const ANY: &str = "Another element, kept as XML.";

/// The owner of the items that a content model needs: it determines their names and where they are written.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub(super) module: ModuleId,
    /// The prefix of their names, such as `Feedback` in `FeedbackChoice`.
    pub(super) name: String,
    /// The path that selectors match.
    pub(super) path: ComponentPath,
}

/// Adds the fields for the parts of a node, in order.
pub(super) fn flatten(cx: &mut Context<'_>, owner: &Owner, node: &Node<'_>, optional: bool, namer: &mut Namer, out: &mut Vec<Field>) {
    if node.ordered {
        let (name, path) = namer.part(cx, "content", group_step(cx, namer.container(), node));
        let item = list(cx, owner, &name, &path, node, false);
        out.push(Field::new("", listed(node, optional), Ty::Item(item), Wire::Group).named(name, path).with_docs(IN_ORDER));
        return;
    }
    match &node.kind {
        Kind::Element(_) | Kind::Any(_) => out.push(leaf(cx, owner, node, optional, namer)),
        Kind::Sequence(children) | Kind::All(children) if !node.repeated() && !is_struct(cx, node) => {
            for child in children {
                flatten(cx, owner, child, optional || node.min == 0, namer, out);
            }
        }
        Kind::Sequence(_) | Kind::All(_) => {
            let wanted = group_field(cx, node).unwrap_or_else(|| format!("{}_group", first(cx, node)));
            let (name, path) = namer.part(cx, &wanted, group_step(cx, namer.container(), node));
            let item = group(cx, owner, &name, &path, node);
            // The elements can be divided into occurrences in several ways, and the reader may find fewer occurrences than the schema requires.
            let occurs = match relaxed(node, optional) {
                Occurs::Many(min, max) => Occurs::Many(min.min(1), max),
                occurs => occurs,
            };
            out.push(Field::new("", occurs, Ty::Item(item), Wire::Group).named(name, path).with_docs(TOGETHER));
        }
        Kind::Choice(_) => {
            let label = group_field(cx, node).unwrap_or_else(|| "choice".to_owned());
            out.push(choice_field(cx, owner, &label, node, optional, namer));
        }
    }
}

/// Returns the field of a choice, with a name made from the label.
pub(super) fn choice_field(cx: &mut Context<'_>, owner: &Owner, label: &str, node: &Node<'_>, optional: bool, namer: &mut Namer) -> Field {
    let (name, path) = namer.part(cx, label, group_step(cx, namer.container(), node));
    let unequal = node.repeated() && node.children().iter().any(|c| !c.once());
    let item = choice(cx, owner, &name, &path, node);
    let occurs = match relaxed(node, optional) {
        Occurs::Many(min, _) if unequal => Occurs::Many(min.min(1), None),
        occurs => occurs,
    };
    let docs = if occurs.is_list() { IN_ORDER } else { ONE };
    Field::new("", occurs, Ty::Item(item), Wire::Group).named(name, path).with_docs(docs)
}

/// Returns the occurrence of the field for a node. A part of an optional group is itself optional.
fn relaxed(node: &Node<'_>, optional: bool) -> Occurs {
    fields::occurs(if optional || (!node.is_leaf() && node.emptiable()) { 0 } else { node.min }, node.max)
}

/// Returns the occurrence of an ordered list of the elements in a node: at least one, unless the node can be empty.
pub(super) fn listed(node: &Node<'_>, optional: bool) -> Occurs {
    Occurs::Many(u64::from(!optional && !node.emptiable()), None)
}

fn leaf(cx: &mut Context<'_>, owner: &Owner, node: &Node<'_>, optional: bool, namer: &mut Namer) -> Field {
    let occurs = relaxed(node, optional);
    match &node.kind {
        Kind::Element(id) => {
            let field = fields::element(cx, *id, occurs, &owner.path);
            let [used, declared] = fields::element_paths(cx, *id, &owner.path);
            namer.element(cx, *id, &[&used, &declared], field)
        }
        Kind::Any(wildcard) => {
            let field = Field::new("", occurs, Ty::Codec(CodecType::AnyElement), fields::wildcard(cx, wildcard));
            let mut field = namer.wildcard(cx, field);
            field.docs = cx.documentation(&wildcard.docs);
            if field.docs.is_empty() {
                field = field.with_docs(if occurs.is_list() { "Other elements, kept as XML." } else { ANY });
            }
            field
        }
        _ => Field::new(String::new(), occurs, Ty::Codec(CodecType::AnyElement), Wire::Group),
    }
}

/// Adds an item that is named after its owner and the field that needs it.
fn helper(cx: &mut Context<'_>, owner: &Owner, label: &str, path: &ComponentPath) -> ItemId {
    let camel = words::camel(&words::split(label));
    let path = cx.unique(path);
    let wanted = Wanted::by_rule([names::type_name(&format!("{}{camel}", owner.name))]);
    let name = cx.claim(owner.module, &path, Role::Type, &wanted);
    cx.add_item(owner.module, name, path)
}

fn finish(cx: &mut Context<'_>, owner: &Owner, item: ItemId, mut docs: Vec<String>, kind: ItemKind) -> ItemId {
    let (own, implemented): (&[&str], &[&str]) = match &kind {
        ItemKind::Group(fields) if fields.iter().any(|f| f.occurs.is_required()) => (&["Clone", "PartialEq"], &["Debug"]),
        ItemKind::Group(_) => (&["Clone", "PartialEq", "Default"], &["Debug"]),
        _ => (&[], &["Debug", "Clone", "PartialEq"]),
    };
    let derives = simple::derives(cx, &owner.path, own, implemented);
    if owner.path.kind == GlobalKind::Group {
        let group = ComponentPath::global(GlobalKind::Group, &*owner.path.prefix, &*owner.path.local);
        cx.add_since(&mut docs, &[&owner.path, &group]);
    }
    if let Some(item) = cx.item_mut(item) {
        (item.docs, item.derives, item.kind) = (docs, derives, kind);
    }
    item
}

/// Returns the struct of a sequence that has no element of its own.
fn group(cx: &mut Context<'_>, owner: &Owner, label: &str, path: &ComponentPath, node: &Node<'_>) -> ItemId {
    if let Some(id) = node.named {
        return shared(cx, id, node);
    }
    let item = helper(cx, owner, label, path);
    fill_group(cx, owner, item, node, "A sequence of elements in")
}

/// Returns the documentation of the item of a choice or a sequence: that of the schema, or else what it is a part of.
fn described(cx: &Context<'_>, owner: &Owner, node: &Node<'_>, part: &str) -> Vec<String> {
    let group = node.named.and_then(|id| cx.model.groups.get(id.index())).map(|group| &group.docs).filter(|docs| !docs.is_empty());
    let said = group.or(node.docs).map(|docs| cx.documentation(docs)).unwrap_or_default();
    if said.is_empty() { vec![format!("{part} {}.", docs::code(&owner.path.shown()))] } else { said }
}

/// Returns the path of an item, which contains its members.
fn container(cx: &Context<'_>, item: ItemId, owner: &Owner) -> ComponentPath {
    cx.item(item).and_then(|item| item.path.clone()).unwrap_or_else(|| owner.path.clone())
}

fn fill_group(cx: &mut Context<'_>, owner: &Owner, item: ItemId, node: &Node<'_>, docs: &str) -> ItemId {
    let mut list = Vec::new();
    let mut namer = Namer::fields(cx, &container(cx, item, owner));
    let parts = if node.ordered { std::slice::from_ref(node) } else { node.children() };
    let added = added_fields(cx, namer.container(), parts);
    namer.reserve(cx, added);
    for child in parts {
        flatten(cx, owner, child, false, &mut namer, &mut list);
    }
    let docs = described(cx, owner, node, docs);
    finish(cx, owner, item, docs, ItemKind::Group(list))
}

/// Returns the enum of a choice.
fn choice(cx: &mut Context<'_>, owner: &Owner, label: &str, path: &ComponentPath, node: &Node<'_>) -> ItemId {
    if let Some(id) = node.named {
        return shared(cx, id, node);
    }
    let item = helper(cx, owner, label, path);
    fill_choice(cx, owner, item, node, "One of the alternatives in")
}

/// Fills the enum of a choice.
pub(super) fn fill_choice(cx: &mut Context<'_>, owner: &Owner, item: ItemId, node: &Node<'_>, docs: &str) -> ItemId {
    let mut namer = Namer::variants(cx, &container(cx, item, owner));
    let added = added_arms(cx, namer.container(), node);
    namer.reserve(cx, added);
    let arms = arms(cx, owner, node, node.repeated(), &mut namer);
    let docs = described(cx, owner, node, docs);
    finish(cx, owner, item, docs, ItemKind::Choice(arms))
}

/// Returns the item of a named group, which all references to the group share.
fn shared(cx: &mut Context<'_>, id: GroupId, node: &Node<'_>) -> ItemId {
    // Repetition makes a difference only if the variants themselves are repeated.
    let key = (id, node.repeated() && !plain(node) && !is_struct(cx, node));
    if let Some(item) = cx.group_items.get(&key) {
        return *item;
    }
    let named = cx.model.groups.get(id.index());
    let Some(named) = named else { return ItemId(0) };
    let path = cx.global(GlobalKind::Group, &named.name);
    let path = if key.1 { path.part(PartKind::Repeated) } else { path };
    let path = cx.unique(&path);
    let module = cx.module_of(named.name.namespace);
    let base = cx.lexicon.type_name(&named.name.local);
    let longer = format!("{base}Group");
    let name = cx.claim(module, &path, Role::Type, &Wanted::by_rule([base, longer]));
    let item = cx.add_item(module, name.clone(), path.clone());
    cx.group_items.insert(key, item);
    let owner = Owner { module, name, path };
    match node.kind {
        Kind::Choice(_) => fill_choice(cx, &owner, item, node, "One of the alternatives of the group"),
        _ => fill_group(cx, &owner, item, node, "The group"),
    }
}

/// Returns the variants for the alternatives of a choice.
fn arms(cx: &mut Context<'_>, owner: &Owner, node: &Node<'_>, repeated: bool, namer: &mut Namer) -> Vec<Field> {
    let mut out = Vec::new();
    for child in node.children() {
        let once = repeated || !child.repeated();
        let occurs = if once { Occurs::One } else { fields::occurs(child.min.max(1), child.max) };
        if child.is_leaf() {
            let mut arm = leaf(cx, owner, child, false, namer);
            arm.occurs = occurs;
            if arm.docs.is_empty() {
                arm.docs = arm_docs(&arm);
            }
            out.push(arm);
            continue;
        }
        let label = match (child.named.and_then(|id| cx.model.groups.get(id.index())), &child.kind) {
            (Some(named), _) => cx.lexicon.variant(&named.name.local),
            (None, Kind::Choice(_)) => "Choice".to_owned(),
            (None, _) => group_arm(cx, child),
        };
        let (name, path) = namer.part(cx, &label, group_step(cx, namer.container(), child));
        let (item, boxed, docs) = match child.kind {
            Kind::Choice(_) => (choice(cx, owner, &name, &path, child), false, if once { ONE } else { IN_ORDER }),
            _ => (group(cx, owner, &name, &path, child), once, TOGETHER),
        };
        let ty = if boxed { Ty::Boxed(Box::new(Ty::Item(item))) } else { Ty::Item(item) };
        out.push(Field::new("", occurs, ty, Wire::Group).named(name, path).with_docs(docs));
    }
    out
}

/// Returns documentation for a variant that has none: the element it stands for.
fn arm_docs(arm: &Field) -> Vec<String> {
    match &arm.wire {
        Wire::Name(wire) => vec![docs::code(&ComponentPath::global(GlobalKind::Element, &*wire.prefix, &*wire.local).shown())],
        Wire::Any { .. } => vec![ANY.to_owned()],
        Wire::Group | Wire::Text | Wire::Flatten { .. } => Vec::new(),
    }
}

/// Returns the enum for a list that must keep the order: a variant for each element name, and one for text in mixed content.
pub(super) fn list(cx: &mut Context<'_>, owner: &Owner, label: &str, path: &ComponentPath, node: &Node<'_>, text: bool) -> ItemId {
    let item = helper(cx, owner, label, path);
    let mut namer = Namer::variants(cx, &container(cx, item, owner));
    let mut out = Vec::new();
    if text {
        let step = Step::Part(PartKind::Text, Label::None);
        namer.reserve(cx, [Added { name: "Text".to_owned(), step: step.clone() }]);
        let arm = Field::new("", Occurs::One, Ty::STRING, Wire::Text).with_docs("Text between elements.");
        out.push(namer.unnamed(cx, "Text", step, arm));
    }
    match (&node.kind, node.named) {
        (Kind::Choice(_), Some(id)) if !node.ordered && node.repeated() && (!text || single(node)) => {
            let label = cx.model.groups.get(id.index()).map(|g| cx.lexicon.variant(&g.name.local)).unwrap_or_default();
            let shared = shared(cx, id, node);
            let arm = Field::new("", Occurs::One, Ty::Item(shared), Wire::Group).with_docs(ONE);
            let step = group_step(cx, namer.container(), node);
            out.push(namer.unnamed(cx, &label, step, arm));
        }
        (Kind::Choice(_), _) if !node.ordered && node.children().iter().all(|c| c.is_leaf() || is_choice(c) && (!text || single(c))) => {
            let added = added_arms(cx, namer.container(), node);
            namer.reserve(cx, added);
            out.extend(arms(cx, owner, node, true, &mut namer));
        }
        _ => leaves(cx, owner, node, &mut namer, &mut out),
    }
    let docs = format!("Part of the content of {}.", docs::code(&owner.path.shown()));
    finish(cx, owner, item, vec![docs], ItemKind::Choice(out))
}

fn is_choice(node: &Node<'_>) -> bool {
    matches!(node.kind, Kind::Choice(_))
}

/// Returns whether every alternative of a choice, and of nested choices, is a single element, so that no text can occur inside an alternative.
fn single(node: &Node<'_>) -> bool {
    node.children().iter().all(|c| c.is_leaf() && !c.repeated() || is_choice(c) && single(c))
}

/// Adds a variant for each element name and each wildcard in a node.
fn leaves(cx: &mut Context<'_>, owner: &Owner, node: &Node<'_>, namer: &mut Namer, out: &mut Vec<Field>) {
    let mut found = Vec::new();
    node.leaves(&mut found);
    let constraint = |leaf: &&Node<'_>| if let Kind::Any(wildcard) = &leaf.kind { Some(fields::constraint(cx, wildcard)) } else { None };
    let wildcards: BTreeSet<String> = found.iter().filter_map(constraint).collect();
    let mut count = 0;
    let added: Vec<Added> = wildcards.iter().map(|_| wildcard("Any", &mut count)).collect();
    namer.reserve(cx, added);
    let (mut names, mut wildcards) = (BTreeSet::new(), BTreeSet::new());
    let members = |leaf: &&Node<'_>| if let Kind::Element(id) = leaf.kind { substitutes(cx.model, id) } else { Vec::new() };
    let declared: Vec<_> = found.iter().flat_map(members).collect();
    let nillable = declared.iter().rev().filter(|(_, element)| element.nillable).map(|(id, element)| (&element.name, *id));
    let nillable: BTreeMap<&QName, ElementId> = nillable.collect();
    let owns = Owns::of(declared.iter().map(|(_, element)| *element));
    for leaf_node in found {
        match &leaf_node.kind {
            Kind::Element(id) => {
                let members = substitutes(cx.model, *id);
                let group = members.len() > 1;
                for (member, element) in members {
                    if names.insert(element.name.clone()) {
                        // The variant must be able to hold what any declaration of this name allows.
                        let widest = nillable.get(&element.name).copied().unwrap_or(member);
                        let mut arm = member_arm(cx, owner, widest, group, namer);
                        (arm.placed, arm.element) = (owns.all(cx, &element.name), Some(member));
                        if !arm.placed.is_empty() {
                            arm.value = None; // it depends on the position
                        }
                        out.push(arm);
                    }
                }
            }
            Kind::Any(wildcard) if wildcards.insert(fields::constraint(cx, wildcard)) => {
                let arm = Field::new("", Occurs::One, Ty::Codec(CodecType::AnyElement), fields::wildcard(cx, wildcard));
                let mut arm = namer.wildcard(cx, arm);
                arm.docs = arm_docs(&arm);
                out.push(arm);
            }
            _ => {}
        }
    }
}

/// Returns the variant for exactly this element, ignoring its substitution group.
fn member_arm(cx: &mut Context<'_>, owner: &Owner, id: ElementId, group: bool, namer: &mut Namer) -> Field {
    let [used, declared] = fields::element_paths(cx, id, &owner.path);
    let known = [&used, &declared];
    let used = if group { fields::member_type(cx, id, &known) } else { fields::element_type(cx, id, &known) };
    let wire = cx.element(id).map_or(Wire::Group, |e| Wire::Name(cx.wire(&e.name)));
    let mut arm = namer.element(cx, id, &known, Field::new("", Occurs::One, used.ty, wire));
    arm.facets = used.facets;
    arm.element = Some(id);
    if let Some(element) = cx.element(id) {
        arm.value = fields::value(cx, element.ty, element.value.as_ref());
        arm.docs = cx.documentation(&element.docs);
    }
    if arm.docs.is_empty() {
        arm.docs = arm_docs(&arm);
    }
    arm
}

/// Returns whether a field of the choice's enum expresses the node exactly: that many elements, in any order.
pub(super) fn plain(node: &Node<'_>) -> bool {
    let arm = |c: &Node<'_>| c.once() && (c.is_leaf() || plain(c));
    matches!(node.kind, Kind::Choice(_)) && !node.ordered && node.children().iter().all(arm)
}

/// Returns whether a list of any length expresses the node exactly: any number of elements, in any order.
pub(super) fn free(node: &Node<'_>) -> bool {
    node.min == 0 && node.max == Max::Unbounded && (node.is_leaf() || plain(node))
}
