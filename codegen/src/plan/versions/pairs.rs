//! Plans the conversions of all types that correspond, and of those that their fields need.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{
    Body, ChoiceType, ContentModel, Conversion, Declaration, Derived, Facets, Field, Holder, How, Item, ItemId, ItemKind, Polymorphic,
    ROOT, RustIr, Shape, Struct, Union,
};

use super::facets::{self, Of};
use super::fields::{Draft, Kind, Members, same_model};
use super::matching::Matching;
use super::types::{Sides, Way};

type Pair = (ItemId, ItemId);

/// Plans the conversions in one direction. Items that both versions share need none.
pub(super) fn plan(old: &RustIr, new: &RustIr, matching: &Matching, shared: &BTreeMap<ItemId, ItemId>) -> Vec<Conversion> {
    let sides = Sides { old, new, shared, keeps_types: matching.keeps_types(old, new) };
    let document = document(sides, matching);
    let mut todo: Vec<Pair> = matching.types.clone();
    todo.extend(document.fields.iter().filter_map(|(_, needs)| *needs));
    let mut drafts: BTreeMap<Pair, (Shape, Draft)> = BTreeMap::new();
    let stricter = stricter(sides, matching);
    while let Some(pair) = todo.pop() {
        if drafts.contains_key(&pair) || shared.get(&pair.0) == Some(&pair.1) {
            continue;
        }
        let Some((shape, mut draft)) = draft(sides, matching, pair) else { continue };
        draft.partial |= stricter.contains(&Some(pair.1));
        todo.extend(draft.fields.iter().filter_map(|(_, needs)| *needs));
        drafts.insert(pair, (shape, draft));
    }
    let partial = partial(&drafts);
    let needs_partial = |draft: &Draft| draft.fields.iter().any(|(_, needs)| needs.is_some_and(|pair| partial.contains(&pair)));
    let mut out = Vec::new();
    if !document.fields.is_empty() {
        let total = !document.partial && !needs_partial(&document) && !stricter.contains(&None);
        out.push(conversion(total, Shape::Document, None, document));
    }
    for (pair, (shape, draft)) in drafts {
        out.push(conversion(!partial.contains(&pair), shape, Some(pair), draft));
    }
    out
}

fn conversion(total: bool, shape: Shape, types: Option<Pair>, draft: Draft) -> Conversion {
    let Draft { fields, absent, missing, lost, count, .. } = draft;
    Conversion { total, shape, types, fields: fields.into_iter().map(|(converted, _)| converted).collect(), absent, missing, lost, count }
}

/// Returns the conversions that can fail: those that are partial themselves, and those that need such a one.
fn partial(drafts: &BTreeMap<Pair, (Shape, Draft)>) -> BTreeSet<Pair> {
    let mut users: BTreeMap<Pair, Vec<Pair>> = BTreeMap::new();
    for (pair, (_, draft)) in drafts {
        draft.fields.iter().filter_map(|(_, needs)| *needs).for_each(|needed| users.entry(needed).or_default().push(*pair));
    }
    let mut todo: Vec<Pair> = drafts.iter().filter(|(_, (_, draft))| draft.partial).map(|(pair, _)| *pair).collect();
    let mut out = BTreeSet::new();
    while let Some(pair) = todo.pop() {
        if out.insert(pair) {
            todo.extend(users.get(&pair).into_iter().flatten());
        }
    }
    out
}

/// Plans the conversion of `Document`.
fn document(sides: Sides<'_>, matching: &Matching) -> Draft {
    let members = |ir: &'_ RustIr| -> Vec<Field> { ir.root.document.iter().map(|variant| variant.field.clone()).collect() };
    let (old, new) = (members(sides.old), members(sides.new));
    let (old, new) = (Members { module: ROOT, fields: content(&old) }, Members { module: ROOT, fields: content(&new) });
    Draft::of_variants(sides, matching, &old, &new, false)
}

fn content(fields: &[Field]) -> Vec<(Kind, &Field)> {
    fields.iter().map(|field| (Kind::Content, field)).collect()
}

/// Plans the conversion of two items; `None` if they are of different kinds.
fn draft(sides: Sides<'_>, matching: &Matching, (a, b): Pair) -> Option<(Shape, Draft)> {
    let (old, new) = (sides.old.items.get(a.index())?, sides.new.items.get(b.index())?);
    let members = |item: &Item, fields| Members { module: item.module, fields };
    match (&old.kind, &new.kind) {
        (ItemKind::Struct(x), ItemKind::Struct(y)) => {
            let mut draft = Draft::of_fields(sides, matching, &members(old, of_struct(x)), &members(new, of_struct(y)));
            draft.partial |= is_narrower(matching, (x.abstract_, x.model.as_ref()), (y.abstract_, y.model.as_ref()));
            Some((Shape::Struct, draft))
        }
        (ItemKind::Group(x), ItemKind::Group(y)) => {
            Some((Shape::Struct, Draft::of_fields(sides, matching, &members(old, content(x)), &members(new, content(y)))))
        }
        (ItemKind::Choice(x), ItemKind::Choice(y)) => {
            let mut draft = Draft::of_variants(sides, matching, &members(old, content(x)), &members(new, content(y)), true);
            let model = |ty: &'_ Option<ChoiceType>| ty.as_ref().is_some_and(|ty| ty.abstract_);
            draft.partial |= is_narrower(matching, (model(&old.complex), of_choice(old)), (model(&new.complex), of_choice(new)));
            Some((Shape::Choice, draft))
        }
        (ItemKind::Enumeration(x), ItemKind::Enumeration(y)) => {
            let partial = !x.variants.iter().all(|old| y.variants.iter().any(|new| new.value == old.value));
            Some((Shape::Enumeration, Draft { partial, ..Draft::default() }))
        }
        (ItemKind::Union(x), ItemKind::Union(y)) => Some((Shape::Choice, union(sides, (a, x), (b, y)))),
        (ItemKind::Polymorphic(x), ItemKind::Polymorphic(y)) => Some((Shape::Types, types(sides, matching, x, y))),
        _ => None,
    }
}

fn of_struct(planned: &Struct) -> Vec<(Kind, &Field)> {
    let kind = if matches!(planned.body, Body::Mixed(_)) { Kind::Mixed } else { Kind::Content };
    let flattened = planned.flattened.iter().map(|field| (Kind::Content, field));
    let attributes = planned.attributes.iter().map(|field| (Kind::Attribute, field));
    flattened.chain(attributes).chain(planned.body.fields().iter().map(|field| (kind, field))).collect()
}

fn of_choice(item: &Item) -> Option<&ContentModel> {
    item.complex.as_ref()?.model.as_ref()
}

/// Returns whether the new type may be narrower than its fields show: it is abstract, or its content model is another one.
fn is_narrower(matching: &Matching, old: (bool, Option<&ContentModel>), new: (bool, Option<&ContentModel>)) -> bool {
    let models = match (old.1, new.1) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(old), Some(new)) => same_model(matching, &old.particle, &new.particle),
    };
    new.0 && !old.0 || !models
}

/// Plans the conversion of a union: members of the same name and type correspond.
fn union(sides: Sides<'_>, (a, old): (ItemId, &Union), (b, new): (ItemId, &Union)) -> Draft {
    let mut draft = Draft::default();
    for member in &old.members {
        let found = new.members.iter().find(|other| other.name == member.name);
        match found.and_then(|other| Some((other, sides.way(&member.ty, &other.ty).filter(|way| way.how != How::Checked)?))) {
            Some((other, way)) => draft.push(&member.name, &other.name, way),
            None => draft.lost.push(member.name.clone()),
        }
    }
    draft.push("Other", "Other", Way::MOVED);
    let (x, y) = (Facets::Static(a), Facets::Static(b));
    let at = |ir, id| facets::module_of(ir, Some(id));
    let valid = facets::included(
        Of { ir: sides.old, module: at(sides.old, a), facets: &x },
        Of { ir: sides.new, module: at(sides.new, b), facets: &y },
    );
    draft.partial |= !draft.lost.is_empty() || !valid;
    draft
}

/// Plans the conversion of a type and the types derived from it.
fn types(sides: Sides<'_>, matching: &Matching, old: &Polymorphic, new: &Polymorphic) -> Draft {
    let mut draft = Draft::default();
    let all = |planned: &'_ Polymorphic| -> Vec<Derived> { planned.base.iter().chain(&planned.derived).cloned().collect() };
    let by_name: BTreeMap<_, Derived> = all(new).into_iter().map(|derived| (derived.wire.clone(), derived)).collect();
    for derived in all(old) {
        let found = by_name.get(&matching.name(&derived.wire));
        match found.and_then(|other| Some((other, sides.way(&derived.ty, &other.ty).filter(|way| way.how != How::Checked)?))) {
            Some((other, way)) => draft.push(&derived.name, &other.name, way),
            None => draft.lost.push(derived.name.clone()),
        }
    }
    draft.push("Other", "Other", Way::MOVED);
    draft.partial |= !draft.lost.is_empty();
    draft
}

/// Returns the items of the new version, or `None` for `Document`, that have an element with an identity constraint or a blocked derivation that the
/// old version does not have.
fn stricter(sides: Sides<'_>, matching: &Matching) -> BTreeSet<Option<ItemId>> {
    let is_known = |new: &Declaration| {
        let same = |old: &Declaration| {
            let constraints = |declaration: &Declaration| {
                declaration.constraints.iter().map(|it| (it.kind.clone(), it.selector.clone(), it.fields.clone())).collect::<Vec<_>>()
            };
            matching.same(&old.name, &new.name)
                && constraints(old) == constraints(new)
                && (old.extension || !new.extension)
                && (old.restriction || !new.restriction)
        };
        sides.old.root.rules.declarations.iter().any(same)
    };
    let unknown = sides.new.root.rules.declarations.iter().filter(|new| !is_known(new));
    unknown.map(|new| if let Holder::Item(id) = new.holder { Some(id) } else { None }).collect()
}
