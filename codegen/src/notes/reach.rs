//! Finds the messages and root elements that contain a type, and the root element under which a type occurs.

use std::collections::{HashMap, HashSet, VecDeque};

use super::side::{Found, Side};
use crate::compare::{ComponentPath, GlobalKind};
use crate::model::{Content, ElementId, Global, GroupId, Particle, QName, Scope, Term, Type, TypeId, Variety};

/// Which types contain which.
pub(super) struct Reach<'m> {
    /// For each type, the types that it is part of.
    containers: HashMap<TypeId, Vec<TypeId>>,
    /// For each complex type, the types derived from it.
    derived: HashMap<TypeId, Vec<TypeId>>,
    /// For each global element, the types whose content it is part of.
    elements: HashMap<ElementId, Vec<TypeId>>,
    /// For each model group, the types that refer to it.
    groups: HashMap<GroupId, Vec<TypeId>>,
    /// For each attribute group, the types that refer to it.
    attribute_groups: HashMap<&'m QName, Vec<TypeId>>,
    /// The root elements, by type.
    roots: HashMap<TypeId, Vec<ElementId>>,
    side: &'m Side<'m>,
}

impl<'m> Reach<'m> {
    pub(super) fn of(side: &'m Side<'m>) -> Self {
        let mut reach = Reach {
            containers: HashMap::new(),
            derived: HashMap::new(),
            elements: HashMap::new(),
            groups: HashMap::new(),
            attribute_groups: HashMap::new(),
            roots: HashMap::new(),
            side,
        };
        for (at, ty) in side.model.types.iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            reach.ty(TypeId(at), ty);
        }
        for global in &side.model.globals {
            if let Global::Element(id) = *global
                && let Some(element) = side.element(id).filter(|element| !element.abstract_)
            {
                reach.roots.entry(element.ty).or_default().push(id);
            }
        }
        reach
    }

    fn ty(&mut self, id: TypeId, ty: &'m Type) {
        match ty {
            Type::Simple(ty) => {
                let parts = match &ty.variety {
                    Variety::List(item) => std::slice::from_ref(item),
                    Variety::Union(members) => members,
                    Variety::Atomic(_) | Variety::Ur => &[],
                };
                parts.iter().chain(&ty.base).for_each(|part| add(&mut self.containers, *part, id));
            }
            Type::Complex(ty) => {
                add(&mut self.derived, ty.base, id);
                for attribute in ty.attributes.iter().filter_map(|usage| self.side.model.attributes.get(usage.attribute.index())) {
                    add(&mut self.containers, attribute.ty, id);
                    if let Scope::AttributeGroup(name) = &attribute.scope {
                        add(&mut self.attribute_groups, name, id);
                    }
                }
                match &ty.content {
                    Content::Elements(particle) | Content::Mixed(particle) => self.particle(particle, id),
                    Content::Simple(text) => add(&mut self.containers, *text, id),
                    Content::Empty => {}
                }
            }
        }
    }

    fn particle(&mut self, particle: &Particle, within: TypeId) {
        match &particle.term {
            Term::Element(id) => {
                let Some(element) = self.side.element(*id) else { return };
                for id in element.members.iter().chain([id]) {
                    add(&mut self.elements, *id, within);
                    self.side.element(*id).into_iter().for_each(|it| add(&mut self.containers, it.ty, within));
                }
            }
            Term::Any(_) => {}
            Term::Group(group) => {
                group.named.into_iter().for_each(|id| add(&mut self.groups, id, within));
                group.particles.iter().for_each(|particle| self.particle(particle, within));
            }
        }
    }

    /// Returns the types that a global component is part of, and those that contain them or inherit their content. A type is part of itself.
    pub(super) fn containers(&self, path: &ComponentPath) -> HashSet<TypeId> {
        let none = Vec::new();
        let direct = match self.side.find(path) {
            Some(Found::Type(id)) => std::slice::from_ref(&id).to_vec(),
            Some(Found::Element(id, _)) => {
                let own = self.side.element(id).map(|element| element.ty).filter(|ty| self.side.type_name(*ty).is_none());
                self.elements.get(&id).unwrap_or(&none).iter().copied().chain(own).collect()
            }
            Some(Found::Group(id)) => self.groups.get(&id).unwrap_or(&none).clone(),
            _ => self.attribute_groups.iter().find(|(name, _)| self.is(name, path)).map(|(_, types)| types.clone()).unwrap_or_default(),
        };
        let (mut seen, mut open) = (HashSet::new(), direct);
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let both = [self.containers.get(&id), self.derived.get(&id)];
                open.extend(both.into_iter().flatten().flatten());
            }
        }
        seen
    }

    fn is(&self, name: &QName, path: &ComponentPath) -> bool {
        path.kind == GlobalKind::AttributeGroup
            && name.local == path.local
            && self.side.prefix(self.side.uri(name.namespace)) == path.prefix
    }

    /// Returns the root elements of these types, in the order of the schema set.
    pub(super) fn roots(&self, types: &HashSet<TypeId>) -> Vec<ElementId> {
        let mut out: Vec<ElementId> = types.iter().filter_map(|id| self.roots.get(id)).flatten().copied().collect();
        out.sort_unstable();
        out
    }

    /// Returns the root element of the smallest nesting under which an element can have this type, as its declared type or by `xsi:type`.
    pub(super) fn root_for(&self, id: TypeId) -> Option<ElementId> {
        let mut open: VecDeque<TypeId> = bases(self.side, id).into();
        let mut seen: HashSet<TypeId> = HashSet::new();
        while let Some(id) = open.pop_front() {
            if !seen.insert(id) {
                continue;
            }
            if let Some(root) = self.roots.get(&id).and_then(|roots| roots.first()) {
                return Some(*root);
            }
            open.extend(self.containers.get(&id).into_iter().flatten());
        }
        None
    }
}

/// Returns a type and the types that it derives from, without those of XML Schema.
fn bases(side: &Side<'_>, id: TypeId) -> Vec<TypeId> {
    let (mut out, mut at) = (Vec::new(), id);
    while let Some(ty) = side.complex(at)
        && ty.base != at
        && out.len() <= side.model.types.len()
    {
        out.push(at);
        at = ty.base;
    }
    out
}

fn add<K: std::hash::Hash + Eq>(to: &mut HashMap<K, Vec<TypeId>>, part: K, id: TypeId) {
    let list = to.entry(part).or_default();
    // A type often has several parts of one type.
    if list.last() != Some(&id) {
        list.push(id);
    }
}
