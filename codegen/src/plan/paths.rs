//! Builds the paths of components from the model.

use std::borrow::Cow;

use super::context::Context;
use crate::model::path::{ComponentPath, GlobalKind, Label, PartKind, Step};
use crate::model::{AttributeId, ElementId, QName, Scope as Place, SimpleType, Type, TypeId, Variety};

/// The last step of the path to a component.
enum Link<'m> {
    Root(GlobalKind, Cow<'m, QName>),
    Child(ChildStep<'m>, Place),
}

/// A step to a child of a component.
enum ChildStep<'m> {
    Element(&'m QName),
    Attribute(&'m QName),
    Part(PartKind, u32),
    /// The anonymous type of an element or attribute has the path of that component.
    None,
}

impl<'m> Context<'m> {
    /// Returns the path of a global component with this name.
    pub(super) fn global(&self, kind: GlobalKind, name: &QName) -> ComponentPath {
        ComponentPath::global(kind, self.prefix(name.namespace), name.local.as_str())
    }

    /// Returns a name as documentation shows it.
    pub(super) fn shown(&self, name: &QName) -> String {
        self.global(GlobalKind::Type, name).shown()
    }

    /// Returns the path of a type: its name, or for an anonymous type the names that lead to it.
    pub(super) fn type_path(&self, id: TypeId) -> ComponentPath {
        self.path_of(&Place::Type(id))
    }

    /// Returns the path of the declaration of an element.
    pub(super) fn element_path(&self, id: ElementId) -> ComponentPath {
        self.path_of(&Place::Element(id))
    }

    /// Returns the path of the declaration of an attribute.
    pub(super) fn attribute_path(&self, id: AttributeId) -> ComponentPath {
        self.path_of(&Place::Attribute(id))
    }

    /// Returns the path of an element in a component.
    pub(super) fn element_in(&self, within: &ComponentPath, name: &QName) -> ComponentPath {
        within.child(Step::Element(within.name(self.prefix(name.namespace), &name.local)))
    }

    /// Returns the path of an attribute in a component.
    pub(super) fn attribute_in(&self, within: &ComponentPath, name: &QName) -> ComponentPath {
        within.child(Step::Attribute(within.name(self.prefix(name.namespace), &name.local)))
    }

    /// Returns the path of a scope.
    pub(super) fn path_of(&self, place: &Place) -> ComponentPath {
        let mut links = Vec::new();
        let mut place = Some(place.clone());
        let mut root = ComponentPath::global(GlobalKind::Type, "none", "");
        // Scopes form a tree, but a faulty model must not cause an endless loop.
        while let Some(at) = place.take().filter(|_| links.len() <= self.model.elements.len() + self.model.types.len()) {
            match self.link(&at) {
                Some(Link::Root(kind, name)) => root = self.global(kind, &name),
                Some(Link::Child(step, outer)) => {
                    links.push(step);
                    place = Some(outer);
                }
                None => {}
            }
        }
        let step = |path: ComponentPath, link: ChildStep<'_>| match link {
            ChildStep::Element(name) => self.element_in(&path, name),
            ChildStep::Attribute(name) => self.attribute_in(&path, name),
            ChildStep::Part(kind, number) => path.child(Step::Part(kind, Label::number(number))),
            ChildStep::None => path,
        };
        links.into_iter().rev().fold(root, step)
    }

    /// Returns the last step of the path to a scope.
    fn link(&self, place: &Place) -> Option<Link<'m>> {
        match place {
            Place::Global => None,
            Place::Type(id) => {
                let ty = self.ty(*id)?;
                match (ty.name(), ty.scope()) {
                    (Some(name), _) => Some(Link::Root(GlobalKind::Type, Cow::Borrowed(name))),
                    (None, Place::Type(outer)) => Some(Link::Child(self.part_of(*outer, *id), Place::Type(*outer))),
                    (None, scope) => Some(Link::Child(ChildStep::None, scope.clone())),
                }
            }
            Place::Element(id) => self.element(*id).map(|element| match &element.scope {
                Place::Global => Link::Root(GlobalKind::Element, Cow::Borrowed(&element.name)),
                scope => Link::Child(ChildStep::Element(&element.name), scope.clone()),
            }),
            Place::Attribute(id) => self.attribute(*id).map(|attribute| match &attribute.scope {
                Place::Global => Link::Root(GlobalKind::Attribute, Cow::Borrowed(&attribute.name)),
                scope => Link::Child(ChildStep::Attribute(&attribute.name), scope.clone()),
            }),
            Place::Group(id) => self.model.groups.get(id.index()).map(|group| Link::Root(GlobalKind::Group, Cow::Borrowed(&group.name))),
            Place::AttributeGroup(name) => Some(Link::Root(GlobalKind::AttributeGroup, Cow::Owned(name.clone()))),
        }
    }

    /// Returns the step from a type to an anonymous type in it.
    fn part_of(&self, outer: TypeId, id: TypeId) -> ChildStep<'m> {
        match self.ty(outer) {
            Some(Type::Simple(SimpleType { variety: Variety::Union(members), .. })) if members.contains(&id) => {
                let anonymous = members.iter().filter(|member| self.ty(**member).is_some_and(|ty| ty.name().is_none()));
                let number = anonymous.take_while(|member| **member != id).count() + 1;
                ChildStep::Part(PartKind::Member, u32::try_from(number).unwrap_or(u32::MAX))
            }
            Some(Type::Simple(SimpleType { variety: Variety::List(item), .. })) if *item == id => ChildStep::Part(PartKind::Item, 1),
            Some(Type::Complex(_)) => ChildStep::Part(PartKind::Text, 1),
            _ => ChildStep::Part(PartKind::Base, 1),
        }
    }
}
