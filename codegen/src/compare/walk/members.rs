//! Content models as trees over a list of their leaves, and the search for elements that were renamed or moved.

use std::collections::{HashMap, HashSet};

use super::{At, Member, Says, Spans, Walk};
use crate::compare::codes;
use crate::compare::matching::{likeness, of_type};
use crate::compare::outline::{Body, Outline};
use crate::compare::similarity::{Candidate, best, of_features, of_names};
use crate::diagnostic::Span;
use crate::model::{Compositor, Element, ElementId, GroupId, Max, ModelGroup, Particle, Term, Wildcard};

/// A content model: a list of leaves, and the model groups around them.
#[derive(Debug)]
pub(super) struct Tree<'m> {
    pub(super) leaves: Vec<Leaf<'m>>,
    /// The model groups; the first is the root, and a parent precedes its children.
    pub(super) groups: Vec<Group<'m>>,
}

/// A particle that is not a model group.
#[derive(Debug)]
pub(super) struct Leaf<'m> {
    pub(super) term: LeafTerm<'m>,
    pub(super) min: u64,
    pub(super) max: Max,
    pub(super) span: &'m Span,
    /// The index of the group around it.
    pub(super) group: usize,
}

/// The term of a leaf.
#[derive(Debug, Clone, Copy)]
pub(super) enum LeafTerm<'m> {
    Element(ElementId),
    Any(&'m Wildcard),
    Group(GroupId),
}

/// A model group of a tree.
#[derive(Debug)]
pub(super) struct Group<'m> {
    pub(super) compositor: Compositor,
    pub(super) min: u64,
    pub(super) max: Max,
    pub(super) span: &'m Span,
    pub(super) parent: usize,
    pub(super) children: Vec<Child>,
}

/// A child of a model group, by its index.
#[derive(Debug, Clone, Copy)]
pub(super) enum Child {
    Leaf(usize),
    Group(usize),
}

impl<'m> Tree<'m> {
    /// Returns the tree of a content model, whose root is a sequence around it unless it is a model group itself.
    pub(super) fn of(particle: Option<&'m Particle>, owner: &'m Span) -> Self {
        match particle.map(|it| (it, &it.term)) {
            Some((it, Term::Group(group))) if group.named.is_none() => Tree::rooted(it, group),
            other => {
                let mut tree = Tree::empty(Compositor::Sequence, (1, Max::Count(1)), owner);
                other.into_iter().for_each(|(it, _)| tree.add(it, 0));
                tree
            }
        }
    }

    /// Returns the tree of a named group.
    pub(super) fn of_group(group: &'m ModelGroup, owner: &'m Span) -> Self {
        let mut tree = Tree::empty(group.compositor, (1, Max::Count(1)), owner);
        group.particles.iter().for_each(|it| tree.add(it, 0));
        tree
    }

    fn rooted(particle: &'m Particle, group: &'m ModelGroup) -> Self {
        let mut tree = Tree::empty(group.compositor, (particle.min, particle.max), &particle.span);
        group.particles.iter().for_each(|it| tree.add(it, 0));
        tree
    }

    fn empty(compositor: Compositor, range: (u64, Max), span: &'m Span) -> Self {
        let root = Group { compositor, min: range.0, max: range.1, span, parent: 0, children: Vec::new() };
        Tree { leaves: Vec::new(), groups: vec![root] }
    }

    /// Adds a particle to a group. Schema documents bound how deep groups nest.
    fn add(&mut self, particle: &'m Particle, parent: usize) {
        let term = match &particle.term {
            Term::Element(id) => LeafTerm::Element(*id),
            Term::Any(wildcard) => LeafTerm::Any(wildcard),
            Term::Group(group) => match group.named {
                Some(id) => LeafTerm::Group(id),
                None => return self.add_group(particle, group, parent),
            },
        };
        let index = self.leaves.len();
        self.leaves.push(Leaf { term, min: particle.min, max: particle.max, span: &particle.span, group: parent });
        self.groups.get_mut(parent).into_iter().for_each(|group| group.children.push(Child::Leaf(index)));
    }

    fn add_group(&mut self, particle: &'m Particle, group: &'m ModelGroup, parent: usize) {
        let index = self.groups.len();
        let (min, max, span) = (particle.min, particle.max, &particle.span);
        self.groups.push(Group { compositor: group.compositor, min, max, span, parent, children: Vec::new() });
        self.groups.get_mut(parent).into_iter().for_each(|group| group.children.push(Child::Group(index)));
        group.particles.iter().for_each(|it| self.add(it, index));
    }

    /// Returns whether every content has the element of a leaf: neither it nor a group around it is optional or a choice.
    pub(super) fn is_required(&self, leaf: &Leaf<'m>) -> bool {
        let (mut required, mut at) = (leaf.min > 0, leaf.group);
        while let Some(group) = self.groups.get(at).filter(|_| required) {
            let alternatives = group.compositor == Compositor::Choice && group.children.len() > 1;
            required = group.min > 0 && !alternatives;
            if at == 0 {
                break;
            }
            at = group.parent;
        }
        required
    }
}

/// The maximum number of elements of a type that are compared to find renamed ones.
const MOST: usize = 40;

/// The score from which two elements with different names count as the same.
const ENOUGH: f64 = 0.65;

/// The similarity that the names of elements of a common type must have.
const ALIKE: f64 = 0.6;

/// The confidence that an element of the same name and type in another place is the same element.
const MOVED: f64 = 0.7;

impl<'m> Walk<'m> {
    /// Finds elements that have another name in the same type, reports them, and moves them from the lists to the pairs.
    pub(super) fn renamed_members(
        &mut self,
        old: &Tree<'m>,
        new: &Tree<'m>,
        removed: &mut Vec<usize>,
        added: &mut Vec<usize>,
        pairs: &mut Vec<(usize, usize)>,
        at: &At,
    ) {
        if removed.is_empty() || added.is_empty() || removed.len().max(added.len()) > MOST {
            return;
        }
        let mut candidates = Vec::new();
        for a in removed.iter() {
            for b in added.iter() {
                let score = self.likeness_of_members(old, *a, new, *b).unwrap_or(0.0);
                candidates.extend((score >= ENOUGH).then_some(Candidate { old: *a, new: *b, score }));
            }
        }
        let found = best(candidates);
        for pair in &found {
            self.renamed_member(old, new, *pair, at);
            pairs.push((pair.old, pair.new));
        }
        let (a, b): (HashSet<usize>, HashSet<usize>) = found.iter().map(|pair| (pair.old, pair.new)).unzip();
        removed.retain(|index| !a.contains(index));
        added.retain(|index| !b.contains(index));
    }

    fn likeness_of_members(&self, old: &Tree<'m>, a: usize, new: &Tree<'m>, b: usize) -> Option<f64> {
        let (a, b) = (old.leaves.get(a)?, new.leaves.get(b)?);
        let (LeafTerm::Element(x), LeafTerm::Element(y)) = (a.term, b.term) else { return None };
        let (x, y) = (self.old.element(x)?, self.new.element(y)?);
        let names = of_names(&x.name.local, &y.name.local);
        match (self.old.body(x.ty)?.name(), self.new.body(y.ty)?.name()) {
            (None, None) => {
                let (x, y) = (contents(&self.old, x), contents(&self.new, y));
                Some(likeness(of_features(&x, &y)?, x.len(), names))
            }
            // Elements of the same type and similar names; a type that is not built in is further evidence.
            _ if self.same_type(x.ty, y.ty) && names >= ALIKE => {
                let own = self.old.body(x.ty).is_some_and(|ty| !ty.is_builtin());
                Some(names.max(ENOUGH) + if own { 0.1 } else { 0.0 })
            }
            _ => None,
        }
    }

    fn renamed_member(&mut self, old: &Tree<'m>, new: &Tree<'m>, pair: Candidate, at: &At) {
        let (Some(a), Some(b)) = (old.leaves.get(pair.old), new.leaves.get(pair.new)) else { return };
        let (LeafTerm::Element(x), LeafTerm::Element(y)) = (a.term, b.term) else { return };
        let (Some(x), Some(y)) = (self.old.element(x), self.new.element(y)) else { return };
        let at = self.element_at(at, &x.name, &y.name);
        let (before, after) = (self.old.name(&x.name), self.new.name(&y.name));
        self.report(codes::ELEMENT_RENAMED, &at, Spans::Both(a.span, b.span), Says::both(before, after).certain(pair.score));
    }

    /// Reports the elements that were removed or added, and those that are in another type or group: the only ones of their name and type.
    pub(in crate::compare::walk) fn moves(&mut self) {
        let (lost, gained) = (std::mem::take(&mut self.lost), std::mem::take(&mut self.gained));
        let (from, to) = (self.unique(&lost, true), self.unique(&gained, false));
        let mut moved: HashMap<usize, usize> = HashMap::new();
        for (name, index) in from {
            if let (Some(a), Some(Some(b))) = (index, to.get(&name))
                && let (Some(x), Some(y)) = (lost.get(a), gained.get(*b))
                && self.is_move(x, y)
            {
                moved.insert(a, *b);
            }
        }
        let taken: HashSet<usize> = moved.values().copied().collect();
        for (index, member) in lost.iter().enumerate() {
            match moved.get(&index).and_then(|other| gained.get(*other)) {
                Some(other) => self.moved(member, other),
                None => self.member(member, codes::ELEMENT_REMOVED, true),
            }
        }
        for (_, member) in gained.iter().enumerate().filter(|(index, _)| !taken.contains(index)) {
            let code = if member.required { codes::REQUIRED_ELEMENT_ADDED } else { codes::OPTIONAL_ELEMENT_ADDED };
            self.member(member, code, false);
        }
    }

    /// Returns the members by local name; `None` for a name that several members have.
    fn unique(&self, members: &[Member], old: bool) -> HashMap<&'m str, Option<usize>> {
        let outline = if old { &self.old } else { &self.new };
        let mut out = HashMap::new();
        for (index, member) in members.iter().enumerate() {
            if let Some(element) = outline.element(member.element) {
                out.entry(element.name.local.as_str()).and_modify(|found| *found = None).or_insert(Some(index));
            }
        }
        out
    }

    /// Returns whether two elements of the same name are the same element. A common built-in type alone is no evidence.
    fn is_move(&self, a: &Member, b: &Member) -> bool {
        let (Some(x), Some(y)) = (self.old.element(a.element), self.new.element(b.element)) else { return false };
        let documented = !x.docs.is_empty() && x.docs == y.docs;
        match (self.old.body(x.ty), self.new.body(y.ty)) {
            (Some(p), Some(q)) if p.name().is_none() && q.name().is_none() => {
                of_features(&contents(&self.old, x), &contents(&self.new, y)).is_some_and(|score| score >= MOVED)
            }
            (Some(p), Some(_)) => self.same_type(x.ty, y.ty) && (!Body::is_builtin(p) || documented),
            _ => false,
        }
    }

    fn moved(&mut self, from: &Member, to: &Member) {
        // The old type lost the element, the new one gained it.
        self.owner = from.owner.clone().zip(to.owner.clone()).map(|((old, _), (_, new))| (old, new));
        let at = At { old: from.path.clone(), new: to.path.clone() };
        let says = Says::both(from.path.to_string(), to.path.to_string()).certain(MOVED);
        self.report(codes::ELEMENT_MOVED, &at, Spans::Both(from.span(), to.span()), says);
        self.elements(from.element, to.element, &at);
    }

    fn member(&mut self, member: &Member, code: codes::ChangeCode, gone: bool) {
        self.owner.clone_from(&member.owner);
        let outline = if gone { &self.old } else { &self.new };
        let ty = outline.element(member.element).map(|element| outline.type_name(element.ty)).unwrap_or_default();
        let rust = outline.names.of_element(member.element).to_vec();
        let spans = if gone { Spans::Old(member.span()) } else { Spans::New(member.span()) };
        let at = At { old: member.path.clone(), new: member.path.clone() };
        self.report(code, &at, spans, Says { rust, ..Says::one(spans, ty) });
    }
}

/// Returns the features of the type of an element.
fn contents(outline: &Outline<'_>, element: &Element) -> Vec<String> {
    let mut out = Vec::new();
    of_type(outline, element.ty, &mut out);
    out.sort_unstable();
    out
}
