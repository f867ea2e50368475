//! Changes the values in the tree of a sample so that its identity constraints are satisfied. It does not add nodes: [`Keys`] tells
//! `sample` beforehand which nodes a key needs.

use std::collections::BTreeSet;

use super::value::Values;
use super::{Attribute, Node};
use crate::model::{IdentityConstraint, IdentityKind, Model, NameTest, Path, QName, Step, Type};

/// The path from a node to a descendant, as the indices of the children on the way.
type Way = Vec<usize>;

/// The location of a value: in a node or in one of its attributes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    node: Way,
    attribute: Option<usize>,
}

/// The name tests in the fields of keys. Unlike the fields of other constraints, the fields of a key must be present.
#[derive(Debug, Default)]
pub(super) struct Keys {
    attributes: Vec<NameTest>,
    elements: Vec<NameTest>,
}

impl Keys {
    pub(super) fn of(model: &Model) -> Self {
        let mut keys = Keys::default();
        let constraints = model.elements.iter().flat_map(|element| &element.identity).filter(|it| it.kind == IdentityKind::Key);
        for path in constraints.flat_map(|it| it.fields.iter().flatten()) {
            let children = path.steps.iter().filter_map(|step| if let Step::Child(test) = step { Some(test) } else { None });
            add(&mut keys.attributes, path.attribute.iter());
            // A field that matches any element does not require all elements to be present.
            add(&mut keys.elements, children.filter(|test| **test != NameTest::Any));
        }
        keys
    }

    pub(super) fn attribute(&self, name: &QName) -> bool {
        self.attributes.iter().any(|test| admits(test, name))
    }

    pub(super) fn element(&self, name: &QName) -> bool {
        self.elements.iter().any(|test| admits(test, name))
    }
}

fn add<'t>(list: &mut Vec<NameTest>, tests: impl Iterator<Item = &'t NameTest>) {
    for test in tests {
        if !list.contains(test) {
            list.push(test.clone());
        }
    }
}

/// Changes values until all constraints hold: first `key` and `unique`, from the innermost element outwards, then `keyref`.
pub(super) fn settle(model: &Model, root: &mut Node, values: &mut Values<'_>) {
    if model.elements.iter().all(|element| element.identity.is_empty()) {
        return;
    }
    let refers = |it: &&IdentityConstraint| matches!(it.kind, IdentityKind::KeyRef(_));
    single(model, root);
    for way in ways(root).into_iter().rev() {
        for constraint in constraints(model, root, &way).iter().filter(|it| !refers(it)) {
            distinct(root, &way, constraint, values);
        }
    }
    for way in ways(root) {
        let own = constraints(model, root, &way);
        for constraint in own.iter().filter(refers) {
            refer(model, root, &way, constraint, values);
        }
    }
}

/// Leaves at most one node for each field, as far as the surplus nodes are optional.
fn single(model: &Model, root: &mut Node) {
    for way in ways(root).into_iter().rev() {
        for constraint in constraints(model, root, &way) {
            let selected: BTreeSet<Way> = constraint.selector.iter().flat_map(|path| select(root, &way, path)).collect();
            for (node, paths) in selected.iter().rev().flat_map(|node| constraint.fields.iter().map(move |paths| (node, paths))) {
                let elements = paths.iter().filter(|path| path.attribute.is_none());
                let found: BTreeSet<Way> = elements.flat_map(|path| select(root, node, path)).collect();
                for surplus in found.iter().skip(1).rev() {
                    take_away(root, surplus);
                }
            }
        }
    }
}

fn take_away(root: &mut Node, way: &Way) {
    let Some((child, parent)) = way.split_last() else { return };
    if let Some(parent) = at_mut(root, &parent.to_vec())
        && parent.children.get(*child).is_some_and(|node| node.optional)
    {
        parent.children.remove(*child);
    }
}

/// Returns the identity constraints of the declaration of a node.
fn constraints(model: &Model, root: &Node, way: &Way) -> Vec<IdentityConstraint> {
    let declared = at(root, way).and_then(|node| model.elements.get(node.declared?.index()));
    declared.map(|element| element.identity.clone()).unwrap_or_default()
}

/// Returns whether all identity constraints hold, with the values that the schema supplies. Values are compared by their texts.
pub(super) fn hold(model: &Model, root: &Node) -> bool {
    let root = &mut root.clone();
    for way in ways(root) {
        at_mut(root, &way).into_iter().for_each(|node| supply(model, node));
    }
    ways(root).iter().all(|way| constraints(model, root, way).iter().all(|constraint| holds(model, root, way, constraint)))
}

/// Adds the attributes that are absent and have a value constraint, and the text of an empty element that has one.
fn supply(model: &Model, node: &mut Node) {
    let Some(element) = node.declared.and_then(|id| model.elements.get(id.index())) else { return };
    let named = |name: &QName| model.types.iter().find(|ty| ty.name() == Some(name));
    let ty = node.derived.as_ref().and_then(named).or_else(|| model.types.get(element.ty.index()));
    if let Some(Type::Complex(ty)) = ty {
        for used in &ty.attributes {
            let name = model.attributes.get(used.attribute.index()).map(|attribute| &attribute.name);
            let (Some(name), Some(constraint)) = (name, &used.value) else { continue };
            if !node.attributes.iter().any(|it| it.name == *name) {
                let value = constraint.literal().text.clone();
                node.attributes.push(Attribute { name: name.clone(), value, ty: None, required: true });
            }
        }
    }
    if node.text.is_empty() && node.children.is_empty() && node.nil != Some(true) {
        element.value.iter().for_each(|constraint| node.text.clone_from(&constraint.literal().text));
    }
}

fn holds(model: &Model, root: &Node, way: &Way, constraint: &IdentityConstraint) -> bool {
    let selected: BTreeSet<Way> = constraint.selector.iter().flat_map(|path| select(root, way, path)).collect();
    let found = tuples(root, way, constraint);
    let values: Vec<Vec<String>> = found.iter().map(|tuple| texts(root, tuple)).collect();
    let distinct = values.iter().collect::<BTreeSet<_>>().len() == values.len();
    match &constraint.kind {
        IdentityKind::Key => distinct && found.len() == selected.len(),
        IdentityKind::Unique => distinct,
        IdentityKind::KeyRef(wanted) => {
            let keys = keys(model, root, way, wanted);
            values.iter().all(|tuple| keys.contains(tuple))
        }
    }
}

/// Returns the values of a key in a node and its descendants.
fn keys(model: &Model, root: &Node, way: &Way, wanted: &QName) -> Vec<Vec<String>> {
    let mut keys = Vec::new();
    for inner in ways(root).iter().filter(|inner| inner.starts_with(way)) {
        let own = constraints(model, root, inner);
        let found = own.iter().filter(|it| it.name == *wanted).flat_map(|key| tuples(root, inner, key));
        keys.extend(found.map(|tuple| texts(root, &tuple)));
    }
    keys
}

/// Returns the paths to all nodes; each node comes before its descendants.
fn ways(root: &Node) -> Vec<Way> {
    let mut out = vec![Way::new()];
    let mut next = 0;
    while let Some(way) = out.get(next).cloned() {
        let children = at(root, &way).map_or(0, |node| node.children.len());
        out.extend((0..children).map(|child| with(&way, child)));
        next += 1;
    }
    out
}

fn with(way: &Way, child: usize) -> Way {
    way.iter().copied().chain([child]).collect()
}

fn at<'n>(root: &'n Node, way: &Way) -> Option<&'n Node> {
    way.iter().try_fold(root, |node, child| node.children.get(*child))
}

fn at_mut<'n>(root: &'n mut Node, way: &Way) -> Option<&'n mut Node> {
    way.iter().try_fold(root, |node, child| node.children.get_mut(*child))
}

/// Returns the fields of each node that a constraint selects. A node that lacks a field is left out.
fn tuples(root: &Node, way: &Way, constraint: &IdentityConstraint) -> Vec<Vec<Place>> {
    let selected: BTreeSet<Way> = constraint.selector.iter().flat_map(|path| select(root, way, path)).collect();
    let fields = |node: &Way| constraint.fields.iter().map(|paths| paths.iter().find_map(|path| field(root, node, path))).collect();
    selected.iter().filter_map(fields).collect()
}

fn select(root: &Node, from: &Way, path: &Path) -> Vec<Way> {
    let mut found = vec![from.clone()];
    if path.descendants {
        let within = at(root, from).map(ways).unwrap_or_default();
        found = within.iter().map(|way| from.iter().chain(way).copied().collect()).collect();
    }
    for step in &path.steps {
        let Step::Child(test) = step else { continue };
        let child = |way: &Way| {
            let children = at(root, way).map(|node| node.children.iter()).into_iter().flatten().enumerate();
            children.filter(|(_, child)| admits(test, &child.name)).map(|(n, _)| with(way, n)).collect::<Vec<_>>()
        };
        found = found.iter().flat_map(child).collect();
    }
    found
}

fn field(root: &Node, from: &Way, path: &Path) -> Option<Place> {
    let node = select(root, from, path).into_iter().next()?;
    let attribute = match &path.attribute {
        Some(test) => Some(at(root, &node)?.attributes.iter().position(|it| admits(test, &it.name))?),
        None => None,
    };
    Some(Place { node, attribute })
}

fn admits(test: &NameTest, name: &QName) -> bool {
    match test {
        NameTest::Any => true,
        NameTest::Namespace(id) => name.namespace == *id,
        NameTest::Name(wanted) => wanted == name,
    }
}

fn value(root: &Node, place: &Place) -> String {
    let node = at(root, &place.node);
    let text = match place.attribute {
        Some(attribute) => node.and_then(|node| node.attributes.get(attribute)).map(|it: &Attribute| it.value.as_str()),
        None => node.map(|node| node.text.as_str()),
    };
    text.unwrap_or_default().to_owned()
}

fn texts(root: &Node, tuple: &[Place]) -> Vec<String> {
    tuple.iter().map(|place| value(root, place)).collect()
}

/// Replaces the value at a location, unless the declaration fixes it or the type does not admit the new value.
fn put(root: &mut Node, place: &Place, values: &Values<'_>, text: &str) -> bool {
    let Some(node) = at_mut(root, &place.node) else { return false };
    let (ty, slot) = match place.attribute.map(|attribute| node.attributes.get_mut(attribute)) {
        Some(Some(attribute)) => (attribute.ty, &mut attribute.value),
        Some(None) => return false,
        None => (node.ty, &mut node.text),
    };
    let fits = ty.is_some_and(|ty| values.admits(ty, text));
    if fits {
        text.clone_into(slot);
    }
    fits
}

/// Makes each tuple differ from the earlier ones, by changing the first field that has another value.
fn distinct(root: &mut Node, way: &Way, constraint: &IdentityConstraint, values: &mut Values<'_>) {
    let mut taken: BTreeSet<Vec<String>> = BTreeSet::new();
    for tuple in tuples(root, way, constraint) {
        let old = texts(root, &tuple);
        if taken.contains(&old) {
            let other = |(n, place): (usize, &Place)| {
                let changed = |text: &str| old.iter().enumerate().map(|(at, old)| if at == n { text } else { old }.to_owned()).collect();
                let text = values.another(type_at(root, place)?, |text| !taken.contains::<Vec<String>>(&changed(text)))?;
                Some((place.clone(), text))
            };
            if let Some((place, text)) = tuple.iter().enumerate().find_map(other) {
                put(root, &place, values, &text);
            }
        }
        taken.insert(texts(root, &tuple));
    }
}

fn type_at(root: &Node, place: &Place) -> Option<crate::model::TypeId> {
    let node = at(root, &place.node)?;
    match place.attribute {
        Some(attribute) => node.attributes.get(attribute)?.ty,
        None => node.ty,
    }
}

/// Gives each tuple that refers to no key the values of one. If there are no keys, removes an optional attribute of the tuple.
fn refer(model: &Model, root: &mut Node, way: &Way, constraint: &IdentityConstraint, values: &mut Values<'_>) {
    let IdentityKind::KeyRef(wanted) = &constraint.kind else { return };
    let keys = keys(model, root, way, wanted);
    let mut absent = Vec::new();
    for (n, tuple) in tuples(root, way, constraint).iter().enumerate() {
        if keys.contains(&texts(root, tuple)) {
            continue;
        }
        match n.checked_rem(keys.len()).and_then(|n| keys.get(n)) {
            Some(key) => tuple.iter().zip(key).for_each(|(place, text)| {
                put(root, place, values, text);
            }),
            None => absent.extend(tuple.iter().rev().find(|place| place.attribute.is_some()).cloned()),
        }
    }
    absent.sort();
    for place in absent.into_iter().rev() {
        if let (Some(node), Some(attribute)) = (at_mut(root, &place.node), place.attribute)
            && node.attributes.get(attribute).is_some_and(|it| !it.required)
        {
            node.attributes.remove(attribute);
        }
    }
}
