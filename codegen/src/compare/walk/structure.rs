//! Compares how the matched leaves of two content models are arranged in model groups.
//!
//! Leaves without a counterpart are left out on both sides, and so are groups that make no difference then: empty ones, and a group that occurs
//! once around a single child or within a group of the same compositor.

use std::collections::{HashMap, HashSet};

use super::content::RangeCodes;
use super::members::{Child, LeafTerm, Tree};
use super::order::out_of_order;
use super::{At, Says, Spans, Walk};
use crate::compare::codes;
use crate::compare::outline::{Outline, range};
use crate::diagnostic::Span;
use crate::model::{Compositor, Max};

const GROUP: RangeCodes = RangeCodes(codes::GROUP_WIDENED, codes::GROUP_NARROWED, codes::GROUP_OCCURRENCE);

/// The number of leaves of a group whose counterparts decide which group of the other side it is.
const VOTES: usize = 4;

/// The maximum number of names that a description of a group lists.
const NAMES: usize = 6;

/// A model group that contains matched leaves only.
#[derive(Debug)]
struct Arranged<'m> {
    compositor: Compositor,
    min: u64,
    max: Max,
    span: &'m Span,
    children: Vec<Entry<'m>>,
}

/// An entry of a group.
#[derive(Debug)]
enum Entry<'m> {
    /// A leaf, by the number of its pair, with its name.
    Leaf(usize, String),
    Group(Arranged<'m>),
}

impl<'m> Walk<'m> {
    /// Compares the arrangement of the matched leaves.
    pub(super) fn structure(&mut self, old: &Tree<'m>, new: &Tree<'m>, pairs: &[(usize, usize)], at: &At) {
        let (left, right): (HashMap<usize, usize>, HashMap<usize, usize>) =
            pairs.iter().enumerate().map(|(number, (a, b))| ((*a, number), (*b, number))).unzip();
        let (a, b) = (arranged(&self.old, old, 0, &left), arranged(&self.new, new, 0, &right));
        let (Some(a), Some(b)) = (a, b) else { return };
        self.arrangements(&a, &b, at);
    }

    /// Compares two matched groups. Schema documents bound how deep groups nest.
    fn arrangements(&mut self, a: &Arranged<'m>, b: &Arranged<'m>, at: &At) {
        let spans = Spans::Both(a.span, b.span);
        if a.compositor != b.compositor && a.children.len().max(b.children.len()) > 1 {
            self.property(codes::COMPOSITOR_CHANGED, at, spans, word(a.compositor), word(b.compositor));
        }
        self.ranges((a.min, a.max), (b.min, b.max), at, spans, &GROUP);
        let homes = homes(a);
        let mut positions = Vec::new();
        let mut taken: HashSet<usize> = HashSet::new();
        for entry in &b.children {
            match entry {
                Entry::Leaf(number, name) => match homes.get(number) {
                    Some(home) if matches!(a.children.get(*home), Some(Entry::Leaf(..))) => positions.push((*home, name.clone())),
                    Some(home) if self.is_dissolved(a, b, *home) => {}
                    _ => self.regrouped(name, at, spans),
                },
                Entry::Group(group) => match counterpart(a, group, &homes).filter(|home| taken.insert(*home)) {
                    Some(home) => {
                        positions.push((home, described(group)));
                        if let Some(Entry::Group(other)) = a.children.get(home) {
                            self.arrangements(other, group, at);
                        }
                    }
                    None => self.inserted(group, at, a.span),
                },
            }
        }
        self.dissolved(a, &taken, at, b.span);
        if a.compositor == Compositor::Sequence && b.compositor == Compositor::Sequence {
            self.order(a, &positions, at, spans);
        }
    }

    /// Returns whether the group at this position of the old side has no counterpart on the new side, so that its leaves are ungrouped.
    fn is_dissolved(&self, a: &Arranged<'m>, b: &Arranged<'m>, home: usize) -> bool {
        let Some(Entry::Group(group)) = a.children.get(home) else { return false };
        let numbers: HashSet<usize> = leaves(group).into_iter().map(|(number, _)| number).collect();
        let groups = b.children.iter().filter_map(|entry| if let Entry::Group(group) = entry { Some(group) } else { None });
        !groups.flat_map(|group| leaves(group).into_iter().take(VOTES)).any(|(number, _)| numbers.contains(&number))
    }

    fn inserted(&mut self, group: &Arranged<'m>, at: &At, old: &Span) {
        self.report(codes::GROUP_INSERTED, at, Spans::Both(old, group.span), Says::after(described(group)));
    }

    fn dissolved(&mut self, a: &Arranged<'m>, taken: &HashSet<usize>, at: &At, new: &Span) {
        for (index, entry) in a.children.iter().enumerate() {
            if let Entry::Group(group) = entry
                && !taken.contains(&index)
            {
                self.report(codes::GROUP_DISSOLVED, at, Spans::Both(group.span, new), Says::before(described(group)));
            }
        }
    }

    fn regrouped(&mut self, name: &str, at: &At, spans: Spans<'_>) {
        self.report(codes::REGROUPED, at, spans, Says::after(name));
    }

    /// Reports the entries of a sequence that are in another order, each with the entry that it follows now.
    fn order(&mut self, a: &Arranged<'m>, positions: &[(usize, String)], at: &At, spans: Spans<'_>) {
        let only: Vec<usize> = positions.iter().map(|(position, _)| *position).collect();
        for index in out_of_order(&only) {
            let Some((position, name)) = positions.get(index) else { continue };
            let before = position.checked_sub(1).and_then(|last| a.children.get(last)).map(entry_name);
            let after = index.checked_sub(1).and_then(|last| positions.get(last)).map(|(_, name)| name.clone());
            let follows = |name: &str, other: Option<String>| match other {
                Some(other) => format!("{name} after {other}"),
                None => format!("{name} first"),
            };
            self.property(codes::ORDER_CHANGED, at, spans, follows(name, before), follows(name, after));
        }
    }
}

/// Returns a group of a tree with the matched leaves only; `None` if it contains none. The root is kept with any number of children.
fn arranged<'m>(outline: &Outline<'m>, tree: &Tree<'m>, index: usize, pairs: &HashMap<usize, usize>) -> Option<Arranged<'m>> {
    let group = tree.groups.get(index)?;
    let mut children = Vec::new();
    for child in &group.children {
        match *child {
            Child::Leaf(leaf) => children.extend(pairs.get(&leaf).map(|number| Entry::Leaf(*number, leaf_name(outline, tree, leaf)))),
            Child::Group(inner) => {
                let Some(inner) = arranged(outline, tree, inner, pairs) else { continue };
                let once = inner.min == 1 && inner.max == Max::Count(1);
                let joins = inner.compositor == group.compositor && inner.compositor != Compositor::All || inner.children.len() == 1;
                match once && joins {
                    true => children.extend(inner.children),
                    false => children.push(Entry::Group(inner)),
                }
            }
        }
    }
    let empty = children.is_empty();
    (!empty).then_some(Arranged { compositor: group.compositor, min: group.min, max: group.max, span: group.span, children })
}

fn leaf_name(outline: &Outline<'_>, tree: &Tree<'_>, index: usize) -> String {
    match tree.leaves.get(index).map(|leaf| leaf.term) {
        Some(LeafTerm::Element(id)) => outline.element(id).map(|it| it.name.local.clone()).unwrap_or_default(),
        Some(LeafTerm::Group(id)) => outline.group(id).map(|it| format!("group {}", it.name.local)).unwrap_or_default(),
        Some(LeafTerm::Any(_)) | None => "any".to_owned(),
    }
}

/// Returns the leaves of a group in order, each with its name.
fn leaves<'a>(group: &'a Arranged<'_>) -> Vec<(usize, &'a str)> {
    let (mut out, mut todo) = (Vec::new(), group.children.iter().rev().collect::<Vec<_>>());
    while let Some(entry) = todo.pop() {
        match entry {
            Entry::Leaf(number, name) => out.push((*number, name.as_str())),
            Entry::Group(inner) => todo.extend(inner.children.iter().rev()),
        }
    }
    out
}

/// Returns for each leaf in a group the index of the child that it is, or that contains it.
fn homes(group: &Arranged<'_>) -> HashMap<usize, usize> {
    let mut out = HashMap::new();
    for (index, entry) in group.children.iter().enumerate() {
        match entry {
            Entry::Leaf(number, _) => drop(out.insert(*number, index)),
            Entry::Group(inner) => out.extend(leaves(inner).into_iter().map(|(number, _)| (number, index))),
        }
    }
    out
}

/// Returns the child group of the old side that most of the first leaves of a new group are in.
fn counterpart(a: &Arranged<'_>, group: &Arranged<'_>, homes: &HashMap<usize, usize>) -> Option<usize> {
    let mut votes: Vec<(usize, usize)> = Vec::new();
    for home in leaves(group).iter().take(VOTES).filter_map(|(number, _)| homes.get(number)) {
        if !matches!(a.children.get(*home), Some(Entry::Group(_))) {
            continue;
        }
        match votes.iter_mut().find(|(known, _)| known == home) {
            Some((_, count)) => *count += 1,
            None => votes.push((*home, 1)),
        }
    }
    votes.into_iter().max_by_key(|(home, count)| (*count, std::cmp::Reverse(*home))).map(|(home, _)| home)
}

/// Returns a group as people describe it, such as `choice 0..1 of a, b`.
fn described(group: &Arranged<'_>) -> String {
    let all = leaves(group);
    let mut names: Vec<&str> = all.iter().take(NAMES).map(|(_, name)| *name).collect();
    if all.len() > NAMES {
        names.push("...");
    }
    format!("{} {} of {}", word(group.compositor), range(group.min, group.max), names.join(", "))
}

fn entry_name(entry: &Entry<'_>) -> String {
    match entry {
        Entry::Leaf(_, name) => name.clone(),
        Entry::Group(group) => described(group),
    }
}

fn word(compositor: Compositor) -> &'static str {
    match compositor {
        Compositor::Sequence => "sequence",
        Compositor::Choice => "choice",
        Compositor::All => "all",
    }
}
