//! Finds what a complex type has in common with its base type, so that the struct of the base becomes a field instead of a field for each of its
//! attributes and elements.
//!
//! The XML is the same in both cases, and so are the content models and the names. A type keeps the fields of its base where its content is not that of
//! the base followed by its own: a restriction, mixed content with further elements, a name that stands both in the base and in the type.

use std::collections::HashMap;

use super::content::{self, Kind, Node, Tree};
use super::context::Context;
use super::fields::{Added, Namer};
use super::{docs, types};
use crate::ir::{Field, Item, ItemId, ItemKind, Occurs, RustIr, Struct, Ty, Wire};
use crate::model::path::{Label, PartKind, Step};
use crate::model::{ComplexType, Content, Derivation, Type};

/// The name of the field that holds the base.
const BASE: &str = "base";

/// What a type has from its base.
#[derive(Debug, Clone, Copy)]
pub(super) struct Inherited {
    /// The item of the base.
    item: ItemId,
    /// The number of its attributes, which come first.
    pub(super) attributes: usize,
    /// Whether the attribute wildcard is that of the base.
    pub(super) any_attribute: bool,
    /// The content of the base.
    pub(super) content: InheritedContent,
}

/// The content that a type has from its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InheritedContent {
    /// The first parts of its sequence.
    First(usize),
    /// All of its content.
    All,
}

/// Returns what a type has from its base; `None` if the settings do not ask for it, or if the struct of the base cannot stand for it.
pub(super) fn inherited<'m>(cx: &Context<'m>, ty: &'m ComplexType, tree: Option<&Tree<'m>>) -> Option<Inherited> {
    if !cx.settings.base_structs || ty.derivation != Derivation::Extension || ty.base == crate::ANY_TYPE {
        return None;
    }
    let Some(Type::Complex(base)) = cx.ty(ty.base) else { return None };
    let item = *cx.type_items.get(&ty.base)?;
    let path = cx.type_path(ty.base);
    let own = cx.item(item).and_then(|item| item.path.as_ref());
    if cx.rules.types.find(&[&path]).is_some() || types::only_choice(cx, ty.base, base, own).is_some() {
        return None;
    }
    let any_attribute = base.any_attribute.is_some();
    if !ty.attributes.starts_with(&base.attributes) || any_attribute && ty.any_attribute != base.any_attribute {
        return None;
    }
    let content = shared(cx, base, ty, tree)?;
    let is_empty = base.attributes.is_empty() && !any_attribute && content == InheritedContent::First(0);
    (!is_empty).then_some(Inherited { item, attributes: base.attributes.len(), any_attribute, content })
}

/// Returns the content that a type has from its base.
fn shared<'m>(cx: &Context<'m>, base: &'m ComplexType, ty: &ComplexType, tree: Option<&Tree<'m>>) -> Option<InheritedContent> {
    match (&base.content, &ty.content) {
        (Content::Empty, _) => Some(InheritedContent::First(0)),
        (own, all) if own == all => Some(InheritedContent::All),
        (Content::Elements(particle), Content::Elements(_)) => {
            let first = content::tree(cx, particle);
            let (first, all) = (top(first.root.as_ref()), top(tree?.root.as_ref()));
            let same = all.len() > first.len() && first.iter().zip(all).all(|(one, other)| one.same(other));
            same.then_some(InheritedContent::First(first.len()))
        }
        _ => None,
    }
}

/// Returns the parts of a content model that become fields.
pub(super) fn top<'t, 'm>(root: Option<&'t Node<'m>>) -> &'t [Node<'m>] {
    match root {
        None => &[],
        Some(Node { kind: Kind::Sequence(parts), ordered: false, .. }) if root.is_some_and(Node::once) => parts,
        Some(root) => std::slice::from_ref(root),
    }
}

/// The step to the field that holds the base.
fn step() -> Step {
    Step::Part(PartKind::Base, Label::None)
}

/// Reserves the name of the field that holds the base.
pub(super) fn reserve(cx: &Context<'_>, namer: &mut Namer) {
    namer.reserve(cx, [Added { name: BASE.to_owned(), step: step() }]);
}

/// Returns the field that holds the base.
pub(super) fn field(cx: &mut Context<'_>, inherited: Inherited, namer: &mut Namer) -> Field {
    let component = cx.item(inherited.item).map(|item| docs::code(&item.component)).unwrap_or_default();
    let field = Field::new("", Occurs::One, Ty::Item(inherited.item), Wire::Flatten { required: false, deref: true });
    namer.unnamed(cx, BASE, step(), field).with_docs(format!("The attributes and elements of {component}."))
}

/// Says of each struct whether others contain its fields, and of each flattened struct whether it has required fields. `blanks` decides which
/// fields are required.
pub(super) fn finish(ir: &mut RustIr) {
    let mut required = HashMap::new();
    for at in 0..ir.items.len() {
        needs(&ir.items, ItemId(u32::try_from(at).unwrap_or(u32::MAX)), &mut required);
    }
    let mut flat = Vec::new();
    for item in &mut ir.items {
        let ItemKind::Struct(planned) = &mut item.kind else { continue };
        for field in &mut planned.flattened {
            let inner = field.ty.item();
            flat.extend(inner);
            if let Wire::Flatten { required: own, .. } = &mut field.wire {
                *own = inner.is_some_and(|inner| required.get(&inner).copied().unwrap_or_default());
            }
        }
        let has_required = planned.fields().any(Field::is_required);
        if !planned.flattened.is_empty() && !has_required && !item.derives.iter().any(|derive| derive == "Default") {
            let at = item.derives.iter().position(|derive| derive == "PartialEq").map_or(item.derives.len(), |at| at + 1);
            item.derives.insert(at, "Default".to_owned());
        }
    }
    for id in flat {
        if let Some(ItemKind::Struct(planned)) = ir.items.get_mut(id.index()).map(|item| &mut item.kind) {
            planned.flat = !planned.attribute_group;
        }
    }
}

/// Returns whether a struct, or one that is flattened into it, has required fields. A chain of base types has no cycles.
fn needs(items: &[Item], id: ItemId, known: &mut HashMap<ItemId, bool>) -> bool {
    let flattened = |id: ItemId| match items.get(id.index()).map(|item| &item.kind) {
        Some(ItemKind::Struct(planned)) => planned.flattened.iter().filter_map(|field| field.ty.item()).collect(),
        _ => Vec::new(),
    };
    let mut work = vec![id];
    while let Some(at) = work.last().copied() {
        let missing: Vec<ItemId> = flattened(at).into_iter().filter(|inner| !known.contains_key(inner) && !work.contains(inner)).collect();
        if !missing.is_empty() {
            work.extend(missing);
            continue;
        }
        let inner = flattened(at).into_iter().any(|inner| known.get(&inner).copied().unwrap_or_default());
        let own = match items.get(at.index()).map(|item| &item.kind) {
            Some(ItemKind::Struct(Struct { attributes, body, .. })) => attributes.iter().chain(body.fields()).any(Field::is_required),
            _ => false,
        };
        known.insert(at, own || inner);
        work.pop();
    }
    known.get(&id).copied().unwrap_or_default()
}
