//! Makes the diagram of a component, level by level, so that a limit on the number of nodes cuts off what is deepest.

use std::collections::VecDeque;

use super::nodes::Nodes;
use super::types::Types;
use super::{Diagram, Fold, Kind, Labels, MOST, Node, Options, Range, Target};
use crate::model::{
    ComplexType, Compositor, Content, Derivation, ElementId, GroupId, Model, ModelGroup, NamespaceId, Particle, Term, TypeId,
};

/// Draws the content model of a component.
#[must_use]
pub fn draw(model: &Model, labels: &Labels, target: Target, options: Options) -> Diagram {
    let home = target.name(model).map_or(NamespaceId(0), |name| name.namespace);
    let make = Nodes { types: Types { model, labels }, options, home };
    let mut build = Build { make, nodes: Vec::new(), origins: Vec::new(), todo: VecDeque::new() };
    build.root(target);
    while let Some(task) = build.todo.pop_front() {
        build.expand(task);
    }
    Diagram { subject: target.label(model, labels), marked: false, nodes: build.nodes }
}

struct Build<'m> {
    make: Nodes<'m>,
    nodes: Vec<Node>,
    /// For each node, its parent and the type whose content is drawn below it.
    origins: Vec<(usize, Option<TypeId>)>,
    todo: VecDeque<Task<'m>>,
}

/// Content that is not drawn yet.
struct Task<'m> {
    /// The node that it belongs to.
    node: usize,
    what: What<'m>,
    /// The number of levels of elements around it.
    depth: u32,
}

enum What<'m> {
    /// The attributes and the content of a type.
    Type(TypeId),
    /// The particles of a model group.
    Group(&'m ModelGroup),
    /// The content of the base of an extension, followed by what the extension adds.
    Extension(&'m ComplexType, &'m Particle),
}

impl<'m> Build<'m> {
    fn model(&self) -> &'m Model {
        self.make.types.model
    }

    fn root(&mut self, target: Target) {
        match target {
            Target::Element(id) => self.element(None, id, Range::ONCE, 0),
            Target::Type(id) => {
                let Some(node) = self.make.of_type(id) else { return };
                let node = self.add(None, node);
                // The values of an enumeration are nodes of their own.
                for (value, docs) in self.make.types.values(id) {
                    self.add(node, self.make.value(value, docs));
                }
                self.open(node, id, 0);
            }
            Target::Attribute(id) => {
                let Some(declared) = self.model().attributes.get(id.index()) else { return };
                self.add(None, self.make.attribute(declared, declared.value.as_ref(), &[]));
            }
            Target::Group(id) => self.group(None, id, Range::ONCE, 0),
        }
    }

    /// Adds a node, unless the diagram is full. Returns its index.
    fn add(&mut self, parent: Option<usize>, node: Node) -> Option<usize> {
        let index = self.nodes.len();
        if let Some(parent) = parent {
            let full = index >= MOST;
            let siblings = &mut self.nodes.get_mut(parent)?.children;
            if full {
                let last = siblings.last().copied();
                return self.left_out(parent, last);
            }
            siblings.push(index);
        }
        self.nodes.push(node);
        self.origins.push((parent.unwrap_or(0), None));
        Some(index)
    }

    /// Counts a node that does not fit. A parent without any children is folded.
    fn left_out(&mut self, parent: usize, last: Option<usize>) -> Option<usize> {
        let more = last.filter(|last| self.nodes.get(*last).is_some_and(|node| node.kind == Kind::More));
        match (more, last) {
            (Some(more), _) => {
                let node = self.nodes.get_mut(more)?;
                node.range.now.min += 1;
                node.name = format!("{} more", node.range.now.min).into();
            }
            (None, Some(_)) => {
                let index = self.nodes.len();
                let mut node = Node::new(Kind::More, "1 more");
                node.key.clear();
                self.nodes.push(node);
                self.origins.push((parent, None));
                self.nodes.get_mut(parent)?.children.push(index);
            }
            (None, None) => self.nodes.get_mut(parent)?.fold = Some(Fold::Depth),
        }
        None
    }

    fn element(&mut self, parent: Option<usize>, id: ElementId, range: Range, depth: u32) {
        let Some(element) = self.model().elements.get(id.index()) else { return };
        let node = self.add(parent, self.make.element(element, range));
        self.open(node, element.ty, depth);
    }

    /// Schedules the content of a type, or folds the node.
    fn open(&mut self, node: Option<usize>, ty: TypeId, depth: u32) {
        let Some(node) = node.filter(|_| self.make.types.has_content(ty)) else { return };
        let fold = if self.is_around(node, ty) { Some(Fold::Recursion) } else { (depth >= self.make.options.depth).then_some(Fold::Depth) };
        match fold {
            Some(fold) => self.nodes.get_mut(node).into_iter().for_each(|node| node.fold = Some(fold)),
            None => {
                self.origins.get_mut(node).into_iter().for_each(|origin| origin.1 = Some(ty));
                self.todo.push_back(Task { node, what: What::Type(ty), depth });
            }
        }
    }

    /// Returns whether a node around this one has the same type.
    fn is_around(&self, mut node: usize, ty: TypeId) -> bool {
        while let Some((parent, own)) = self.origins.get(node) {
            if *own == Some(ty) {
                return true;
            }
            if node == 0 {
                break;
            }
            node = *parent;
        }
        false
    }

    fn expand(&mut self, task: Task<'m>) {
        let Task { node, what, depth } = task;
        match what {
            What::Type(id) => {
                let Some(ty) = self.make.types.complex(id) else { return };
                self.attributes(node, ty);
                self.content(node, id, None, depth);
            }
            What::Group(group) => group.particles.iter().for_each(|particle| self.particle(node, particle, None, depth)),
            What::Extension(ty, own) => {
                self.content(node, ty.base, Some(self.make.types.name(ty.base)), depth);
                self.own(node, own, depth);
            }
        }
    }

    /// Adds what an extension has itself. A plain sequence is part of the sequence around it.
    fn own(&mut self, node: usize, own: &'m Particle, depth: u32) {
        match &own.term {
            Term::Group(group) if group.named.is_none() && group.compositor == Compositor::Sequence && range(own) == Range::ONCE => {
                group.particles.iter().for_each(|particle| self.particle(node, particle, None, depth));
            }
            _ => self.particle(node, own, None, depth),
        }
    }

    fn attributes(&mut self, node: usize, ty: &'m ComplexType) {
        if ty.attributes.is_empty() && ty.any_attribute.is_none() {
            return;
        }
        let Some(all) = self.add(Some(node), Node::new(Kind::Attributes, Kind::Attributes.word())) else { return };
        for usage in &ty.attributes {
            if let Some(node) = self.make.attribute_use(usage) {
                self.add(Some(all), node);
            }
        }
        if let Some(any) = &ty.any_attribute {
            self.add(Some(all), self.make.wildcard(Kind::AnyAttribute, any, Range::ONCE));
        }
    }

    /// Adds the content of a type, framed if it is inherited. `base` is the name of the type if another one inherits it.
    fn content(&mut self, node: usize, id: TypeId, base: Option<String>, depth: u32) {
        let (mut id, mut base) = (id, base);
        while let Some((ty, own)) = self.make.types.complex(id).and_then(|ty| Some((ty, particle(&ty.content)?))) {
            let inherited = self.make.types.complex(ty.base).filter(|_| ty.derivation == Derivation::Extension && ty.base != id);
            match inherited.and_then(|base| particle(&base.content)) {
                Some(theirs) if theirs.span == own.span => {
                    base = Some(self.make.types.name(ty.base));
                    id = ty.base;
                }
                // An extension with content of its own is a sequence at the place of the type, whose last particle is the extension's.
                Some(_) if own.span == ty.span => return self.extension(node, ty, own, base, depth),
                _ => return self.particle(node, own, base, depth),
            }
        }
    }

    fn extension(&mut self, parent: usize, ty: &'m ComplexType, whole: &'m Particle, base: Option<String>, depth: u32) {
        let Term::Group(group) = &whole.term else { return self.particle(parent, whole, base, depth) };
        let Some(own) = group.particles.last() else { return };
        let node = Node { inherited: base, ..self.make.connector(group, range(whole)) };
        if let Some(node) = self.add(Some(parent), node) {
            self.todo.push_back(Task { node, what: What::Extension(ty, own), depth });
        }
    }

    fn particle(&mut self, parent: usize, particle: &'m Particle, base: Option<String>, depth: u32) {
        let before = self.nodes.len();
        match &particle.term {
            Term::Element(id) => self.element(Some(parent), *id, range(particle), depth + 1),
            Term::Any(any) => {
                self.add(Some(parent), self.make.wildcard(Kind::Any, any, range(particle)));
            }
            Term::Group(group) => match group.named {
                Some(id) => self.group(Some(parent), id, range(particle), depth),
                None => self.model_group(Some(parent), group, range(particle), depth),
            },
        }
        if let Some(node) = self.nodes.get_mut(before).filter(|_| base.is_some()) {
            node.inherited = base;
        }
    }

    /// Adds a named group and its definition.
    fn group(&mut self, parent: Option<usize>, id: GroupId, range: Range, depth: u32) {
        let Some(named) = self.model().groups.get(id.index()) else { return };
        if let Some(node) = self.add(parent, self.make.group(named, range)) {
            self.model_group(Some(node), &named.group, Range::ONCE, depth);
        }
    }

    fn model_group(&mut self, parent: Option<usize>, group: &'m ModelGroup, range: Range, depth: u32) {
        if let Some(node) = self.add(parent, self.make.connector(group, range)) {
            self.todo.push_back(Task { node, what: What::Group(group), depth });
        }
    }
}

fn range(particle: &Particle) -> Range {
    Range { min: particle.min, max: particle.max }
}

fn particle(content: &Content) -> Option<&Particle> {
    match content {
        Content::Elements(particle) | Content::Mixed(particle) => Some(particle),
        Content::Empty | Content::Simple(_) => None,
    }
}
