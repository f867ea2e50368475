//! Builds a normalized tree of the content model of a complex type, and marks the parts whose order must be kept as a list: the shortest runs of
//! particles in which a name occurs at two places.
//!
//! Groups with a single particle are merged with it, nested choices are joined, and parts that cannot contain anything are dropped. If this loses a
//! constraint of the schema, such as how often a group occurs, the tree is `lossy` and the type gets a `model`. `choice` and `types` turn the tree
//! into fields and items.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use crate::model::{Compositor, Docs, ElementId, GroupId, Max, ModelGroup, Particle, QName, Term, Wildcard};
use crate::substitution::substitutes;

/// The maximum depth of nested groups that become nested types. A deeper content model becomes one list that keeps the order of its elements, because
/// rustc supports only 128 levels of nested types.
const MAX_NESTED: usize = 60;

/// A part of a content model.
#[derive(Debug, Clone)]
pub(super) struct Node<'m> {
    pub(super) min: u64,
    pub(super) max: Max,
    pub(super) kind: Kind<'m>,
    /// The named group that it represents, if it represents exactly one.
    pub(super) named: Option<GroupId>,
    /// The documentation of the model group, if it has any.
    pub(super) docs: Option<&'m Docs>,
    /// Whether its children form one ordered list: a name occurs at two places in it, and in no shorter run of its particles.
    pub(super) ordered: bool,
}

/// The kind of a node.
#[derive(Debug, Clone)]
pub(super) enum Kind<'m> {
    Element(ElementId),
    Any(&'m Wildcard),
    Sequence(Vec<Node<'m>>),
    Choice(Vec<Node<'m>>),
    All(Vec<Node<'m>>),
}

/// A content model as a tree.
#[derive(Debug)]
pub(super) struct Tree<'m> {
    /// The root; `None` if the content model allows no content.
    pub(super) root: Option<Node<'m>>,
    /// Whether the tree allows more than the schema.
    pub(super) lossy: bool,
}

impl Node<'_> {
    /// Returns how many levels of groups it has.
    fn levels(&self) -> usize {
        if self.is_leaf() { 0 } else { 1 + self.children().iter().map(Node::levels).max().unwrap_or(0) }
    }

    pub(super) fn once(&self) -> bool {
        self.min == 1 && self.max == Max::Count(1)
    }

    pub(super) fn repeated(&self) -> bool {
        self.max > Max::Count(1)
    }

    pub(super) fn is_leaf(&self) -> bool {
        matches!(self.kind, Kind::Element(_) | Kind::Any(_))
    }

    /// Returns whether another node is planned in the same way.
    pub(super) fn same(&self, other: &Self) -> bool {
        let kinds = match (&self.kind, &other.kind) {
            (Kind::Element(one), Kind::Element(other)) => one == other,
            (Kind::Any(one), Kind::Any(other)) => one == other,
            (Kind::Sequence(_), Kind::Sequence(_)) | (Kind::Choice(_), Kind::Choice(_)) | (Kind::All(_), Kind::All(_)) => true,
            _ => false,
        };
        let children =
            self.children().len() == other.children().len() && self.children().iter().zip(other.children()).all(|(a, b)| a.same(b));
        kinds && children && (self.min, self.max, self.named, self.ordered) == (other.min, other.max, other.named, other.ordered)
    }

    /// Returns the children, without the node.
    fn into_children(self) -> Vec<Self> {
        match self.kind {
            Kind::Element(_) | Kind::Any(_) => Vec::new(),
            Kind::Sequence(children) | Kind::Choice(children) | Kind::All(children) => children,
        }
    }

    pub(super) fn children(&self) -> &[Self] {
        match &self.kind {
            Kind::Element(_) | Kind::Any(_) => &[],
            Kind::Sequence(children) | Kind::Choice(children) | Kind::All(children) => children,
        }
    }

    /// Returns whether it can match no elements at all.
    pub(super) fn emptiable(&self) -> bool {
        self.min == 0
            || match &self.kind {
                Kind::Element(_) | Kind::Any(_) => false,
                Kind::Sequence(children) | Kind::All(children) => children.iter().all(Node::emptiable),
                Kind::Choice(children) => children.iter().any(Node::emptiable),
            }
    }

    /// Collects the elements and wildcards in it, in order.
    pub(super) fn leaves<'n>(&'n self, out: &mut Vec<&'n Self>) {
        if self.is_leaf() {
            out.push(self);
        }
        for child in self.children() {
            child.leaves(out);
        }
    }
}

/// Builds the tree of a content model.
pub(super) fn tree<'m>(cx: &Context<'m>, particle: &'m Particle) -> Tree<'m> {
    let mut builder = Builder { cx, lossy: false };
    let mut root = builder.node(particle);
    if let Some(root) = &mut root {
        order(cx, root);
        match root.levels() > MAX_NESTED {
            true => root.ordered = true,
            false => divide(cx, root),
        }
    }
    Tree { root, lossy: builder.lossy }
}

struct Builder<'c, 'm> {
    cx: &'c Context<'m>,
    lossy: bool,
}

impl<'m> Builder<'_, 'm> {
    fn node(&mut self, particle: &'m Particle) -> Option<Node<'m>> {
        let (min, max) = (particle.min, particle.max);
        let kind = match &particle.term {
            Term::Element(id) if substitutes(self.cx.model, *id).is_empty() => {
                // The element is abstract and nothing can be substituted for it: only the model expresses that it is required.
                self.lossy |= min > 0;
                return None;
            }
            Term::Element(id) => Kind::Element(*id),
            Term::Any(wildcard) if matches!(&wildcard.namespaces, crate::model::WildcardNamespaces::OneOf(list) if list.is_empty()) => {
                self.lossy |= min > 0;
                return None;
            }
            Term::Any(wildcard) => Kind::Any(wildcard),
            Term::Group(group) => return self.group(particle, group),
        };
        Some(Node { min, max, kind, named: None, docs: None, ordered: false })
    }

    fn group(&mut self, particle: &'m Particle, group: &'m ModelGroup) -> Option<Node<'m>> {
        let mut min = particle.min;
        let before = group.particles.len();
        let children: Vec<Node<'m>> = group.particles.iter().filter_map(|p| self.node(p)).collect();
        if children.len() < before && group.compositor == Compositor::Choice {
            // One of its alternatives was empty, or cannot occur, so the node is optional.
            min = 0;
            self.lossy = true;
        }
        let (kind, emptied) = match group.compositor {
            Compositor::Sequence => (Kind::Sequence(join_sequences(children, self.cx.settings.group_structs)), false),
            Compositor::All => (Kind::All(children), false),
            Compositor::Choice => {
                let (children, emptied) = join_choices(children, particle.max > Max::Count(1), &mut self.lossy);
                (Kind::Choice(children), emptied)
            }
        };
        let docs = Some(&group.docs).filter(|docs| !docs.is_empty());
        let node = Node { min: if emptied { 0 } else { min }, max: particle.max, kind, named: group.named, docs, ordered: false };
        if node.children().is_empty() {
            self.lossy |= particle.min > 0 && before == 0 && group.compositor == Compositor::Choice;
            return None;
        }
        Some(self.simplify(node))
    }

    /// Merges a group that has a single child with that child. A repeated sequence of optional parts becomes a repeated choice.
    fn simplify(&mut self, mut node: Node<'m>) -> Node<'m> {
        if let Kind::Sequence(children) | Kind::Choice(children) | Kind::All(children) = &mut node.kind
            && children.len() == 1
            && let Some(child) = children.pop()
        {
            return self.merge(node, child);
        }
        match node.kind {
            Kind::Sequence(children) if node.max > Max::Count(1) && children.iter().all(|c| c.min == 0 && c.is_leaf()) => {
                self.lossy |= node.max != Max::Unbounded;
                let arms = children.into_iter().map(|c| Node { min: 1, max: Max::Count(1), ..c }).collect();
                Node { min: 0, max: Max::Unbounded, kind: Kind::Choice(arms), named: None, ..node }
            }
            kind => Node { kind, ..node },
        }
    }

    fn merge(&mut self, outer: Node<'m>, inner: Node<'m>) -> Node<'m> {
        let named = if outer.once() { inner.named } else { None };
        let inner = Node { docs: inner.docs.or(outer.docs), ..inner };
        if outer.once() {
            return Node { named, ..inner };
        }
        if inner.once() {
            return Node { min: outer.min, max: outer.max, ..inner };
        }
        let max = match (outer.max, inner.max) {
            (Max::Count(a), Max::Count(b)) => Max::Count(a.saturating_mul(b)),
            _ => Max::Unbounded,
        };
        let min = outer.min.saturating_mul(inner.min);
        // a{1,3}{2,4} is a{2,12}. But a{2,3}{0,4} is not a{0,12}, because it never matches exactly one.
        self.lossy |= inner.min > 1;
        Node { min, max, named: None, ..inner }
    }
}

/// Joins nested sequences that occur exactly once with the sequence that contains them, except named groups that become structs.
fn join_sequences(children: Vec<Node<'_>>, structs: bool) -> Vec<Node<'_>> {
    let mut out = Vec::with_capacity(children.len());
    for child in children {
        match child.kind {
            Kind::Sequence(inner) if child.min == 1 && child.max == Max::Count(1) && !(structs && child.named.is_some()) => {
                out.extend(inner)
            }
            kind => out.push(Node { kind, ..child }),
        }
    }
    out
}

/// Joins nested choices with the choice that contains them. If that choice is repeated, each alternative stands for a single occurrence. Named
/// groups are kept, because the types generated for them are shared. The returned flag says that an alternative, and so the choice, can be empty.
fn join_choices<'m>(children: Vec<Node<'m>>, repeated: bool, lossy: &mut bool) -> (Vec<Node<'m>>, bool) {
    let mut out = Vec::with_capacity(children.len());
    let mut emptied = false;
    for mut child in children {
        if child.min == 0 {
            emptied = true;
            // a? | b is (a | b)?, and a* | b is (a+ | b)?.
            child.min = 1;
        }
        if repeated && child.repeated() && child.is_leaf() {
            *lossy |= child.max != Max::Unbounded || child.min > 1;
            (child.min, child.max) = (1, Max::Count(1));
        }
        let join = child.named.is_none() && (child.once() || (repeated && child.min <= 1));
        match child.kind {
            Kind::Choice(inner) if join => {
                *lossy |= child.max != Max::Unbounded && child.max != Max::Count(1);
                out.extend(inner);
            }
            kind => out.push(Node { kind, ..child }),
        }
    }
    (out, emptied)
}

/// Marks the groups in which a name occurs at two places. Returns the names in the node.
fn order(cx: &Context<'_>, node: &mut Node<'_>) -> HashSet<QName> {
    if let Kind::Element(id) = node.kind {
        return substitutes(cx.model, id).into_iter().map(|(_, e)| e.name.clone()).collect();
    }
    let (sequence, repeated) = (matches!(node.kind, Kind::Sequence(_)), node.repeated());
    let mut names: HashSet<QName> = HashSet::new();
    let mut clash = false;
    if let Kind::Sequence(children) | Kind::Choice(children) | Kind::All(children) = &mut node.kind {
        for child in children {
            let mut found = order(cx, child);
            // A list within what repeats does not tell where the next occurrence begins. Elsewhere, it is a field, or a struct as a variant.
            let holds = !repeated && (sequence || matches!(child.kind, Kind::Sequence(_)) && !child.repeated());
            clash |= child.ordered && !holds;
            if found.len() > names.len() {
                std::mem::swap(&mut found, &mut names);
            }
            for name in found {
                clash |= !names.insert(name);
            }
        }
    }
    node.ordered = clash;
    names
}

/// Divides the marked sequences that occur at most once, so that only their runs of particles that share names are marked.
fn divide(cx: &Context<'_>, node: &mut Node<'_>) {
    let divisible = matches!(node.kind, Kind::Sequence(_)) && !node.repeated();
    if node.ordered && !divisible {
        return;
    }
    if let Kind::Sequence(children) | Kind::Choice(children) | Kind::All(children) = &mut node.kind {
        if node.ordered {
            let all = runs(cx, std::mem::take(children));
            node.ordered = all.len() == 1;
            *children = match <[Node<'_>; 1]>::try_from(all) {
                Ok([whole]) => whole.into_children(),
                Err(parts) => parts,
            };
        }
        if !node.ordered {
            children.iter_mut().for_each(|child| divide(cx, child));
        }
    }
}

/// Joins the particles of a sequence from the first to the last occurrence of each name to a marked sequence.
fn runs<'m>(cx: &Context<'_>, children: Vec<Node<'m>>) -> Vec<Node<'m>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut known: HashMap<&QName, usize> = HashMap::new();
    for (at, child) in children.iter().enumerate() {
        starts.push(at);
        let mut leaves = Vec::new();
        child.leaves(&mut leaves);
        let element = |leaf: &Node<'_>| if let Kind::Element(id) = leaf.kind { substitutes(cx.model, id) } else { Vec::new() };
        for (_, element) in leaves.into_iter().flat_map(element) {
            let before = known.insert(&element.name, at).unwrap_or(at);
            while starts.last().is_some_and(|start| *start > before) {
                starts.pop();
            }
        }
    }
    let mut children = children.into_iter().enumerate().peekable();
    let mut out = Vec::with_capacity(starts.len());
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    for end in ends {
        let mut run: Vec<Node<'m>> = std::iter::from_fn(|| children.next_if(|(at, _)| *at < end)).map(|(_, child)| child).collect();
        match run.pop() {
            Some(only) if run.is_empty() => out.push(only),
            last => {
                run.extend(last);
                out.push(Node { min: 1, max: Max::Count(1), kind: Kind::Sequence(run), named: None, docs: None, ordered: true });
            }
        }
    }
    out
}
