//! Names and paths of fields and variants for parts of a content model that have no name of their own: groups, choices and wildcards.

use super::content::{Kind, Node};
use super::context::Context;
use super::fields::Added;
use super::{names, words};
use crate::model::Element;
use crate::model::path::{ComponentPath, Label, PartKind, Step};

/// Returns the field name of a named group.
pub(super) fn group_field(cx: &Context<'_>, node: &Node<'_>) -> Option<String> {
    let named = cx.model.groups.get(node.named?.index())?;
    Some(cx.lexicon.field(&named.name.local))
}

/// Returns whether a node that occurs at most once is a field with the struct of a named group, and not a field for each of its parts.
pub(super) fn is_struct(cx: &Context<'_>, node: &Node<'_>) -> bool {
    cx.settings.group_structs && node.named.is_some() && matches!(node.kind, Kind::Sequence(_))
}

/// Returns the field name of the first element in a node.
pub(super) fn first(cx: &Context<'_>, node: &Node<'_>) -> String {
    let mut leaves = Vec::new();
    node.leaves(&mut leaves);
    let element = leaves.iter().find_map(|leaf| if let Kind::Element(id) = leaf.kind { cx.element(id) } else { None });
    element.map_or_else(|| "any".to_owned(), |e| cx.lexicon.field(&e.name.local).trim_end_matches('_').to_owned())
}

/// Returns the step from a container to a model group: the group's name, or else the first of its elements whose group has a name in the lock.
pub(super) fn group_step(cx: &Context<'_>, container: &ComponentPath, node: &Node<'_>) -> Step {
    if let Some(group) = node.named.filter(|_| !node.ordered).and_then(|id| cx.model.groups.get(id.index())) {
        let name = container.name(cx.prefix(group.name.namespace), &group.name.local);
        return Step::Part(PartKind::Reference, Label::Name(name));
    }
    let mut leaves = Vec::new();
    node.leaves(&mut leaves);
    let element = |leaf: &&Node<'_>| if let Kind::Element(id) = leaf.kind { cx.element(id) } else { None };
    let name = |element: &Element| container.name(cx.prefix(element.name.namespace), &element.name.local);
    let steps = leaves.iter().filter_map(element).map(|element| Step::Part(PartKind::Group, Label::Name(name(element))));
    let known = steps.clone().find(|step| cx.locked.has_member(container.child(step.clone())));
    known.or_else(|| steps.clone().next()).unwrap_or(Step::Part(PartKind::Group, Label::None))
}

/// Returns the field names that are not in the schema, in order.
pub(super) fn added_fields(cx: &Context<'_>, container: &ComponentPath, nodes: &[Node<'_>]) -> Vec<Added> {
    let mut wildcards = 0;
    let mut out = Vec::new();
    nodes.iter().for_each(|node| add_fields(cx, container, node, &mut wildcards, &mut out));
    out
}

fn add_fields(cx: &Context<'_>, container: &ComponentPath, node: &Node<'_>, wildcards: &mut u32, out: &mut Vec<Added>) {
    let name = match &node.kind {
        _ if node.ordered => "content".to_owned(),
        Kind::Any(_) => return out.push(wildcard("any", wildcards)),
        Kind::Sequence(children) | Kind::All(children) if !node.repeated() && !is_struct(cx, node) => {
            return children.iter().for_each(|child| add_fields(cx, container, child, wildcards, out));
        }
        Kind::Sequence(_) | Kind::All(_) if group_field(cx, node).is_none() => format!("{}_group", first(cx, node)),
        Kind::Choice(_) if group_field(cx, node).is_none() => "choice".to_owned(),
        _ => return,
    };
    out.push(Added { name, step: group_step(cx, container, node) });
}

/// Returns the name of the next wildcard.
pub(super) fn wildcard(name: &str, wildcards: &mut u32) -> Added {
    *wildcards += 1;
    Added { name: name.to_owned(), step: Step::Part(PartKind::Any, Label::number(*wildcards)) }
}

/// Returns the variant names that are not in the schema, in order.
pub(super) fn added_arms(cx: &Context<'_>, container: &ComponentPath, node: &Node<'_>) -> Vec<Added> {
    let mut wildcards = 0;
    let added = |child: &Node<'_>| match &child.kind {
        Kind::Any(_) => Some(wildcard("Any", &mut wildcards)),
        Kind::Element(_) => None,
        _ if child.named.is_some() => None,
        Kind::Choice(_) => Some(Added { name: "Choice".to_owned(), step: group_step(cx, container, child) }),
        _ => Some(Added { name: group_arm(cx, child), step: group_step(cx, container, child) }),
    };
    node.children().iter().filter_map(added).collect()
}

/// Returns the variant name of a sequence that has no name.
pub(super) fn group_arm(cx: &Context<'_>, node: &Node<'_>) -> String {
    names::variant(&words::camel(&words::split(&format!("{}_group", first(cx, node)))))
}
