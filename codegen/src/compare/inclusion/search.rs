//! Searches the pairs that a root leads to for one that fails, along a shortest path.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use super::graph::{Graph, Node, Step, Types};
use super::side::Source;
use super::{Reason, Verdict};
use crate::model::{ElementId, TypeId};

/// The maximum number of attempts to find a document that shows a failure, if none succeeds.
const MOST_TRIED: u32 = 4;

const NO_DOCUMENT: &str = "several attempts failed";

fn add(reasons: &mut Vec<Reason>, reason: &Reason) {
    if !reasons.contains(reason) {
        reasons.push(reason.clone());
    }
}

/// A node with the steps on the way to it.
pub(super) struct Path<'m>(pub(super) Vec<(usize, Step<'m>)>);

impl<'m> Graph<'m> {
    pub(super) fn root(&mut self, a: ElementId) -> Verdict {
        let found = self.a.element(a).is_some_and(|element| self.possible.element(element));
        if !found {
            return Verdict::Proven;
        }
        let name = self.a.element_name(a);
        match self.b.elements.get(&name).copied().filter(|b| self.b.element(*b).is_some_and(|element| !element.abstract_)) {
            Some(b) => self.element(a, b),
            None => self.refute_root(a),
        }
    }

    pub(super) fn element(&mut self, a: ElementId, b: ElementId) -> Verdict {
        let root = self.node(Node::Elements(Source::Element(a), Source::Element(b)));
        self.decide(root)
    }

    pub(super) fn ty(&mut self, a: TypeId, b: TypeId) -> Verdict {
        if self.a.is_abstract(a) {
            return Verdict::Proven;
        }
        let root = self.node(Node::Types(Types { a, b, value_a: None, value_b: None }));
        self.decide(root)
    }

    /// Searches all nodes that a root leads to: first those that need no redundant `xsi:type`, so that a refutation shows one only if no other
    /// exists.
    fn decide(&mut self, root: usize) -> Verdict {
        let mut reasons = Vec::new();
        for with_types in [false, true] {
            if let Some(verdict) = self.search(root, with_types, &mut reasons) {
                return verdict;
            }
        }
        reasons.into_iter().next().map_or(Verdict::Proven, Verdict::NotShown)
    }

    fn search(&mut self, root: usize, with_types: bool, reasons: &mut Vec<Reason>) -> Option<Verdict> {
        let mut before: HashMap<usize, (usize, usize)> = HashMap::new();
        let (mut queue, mut reached) = (VecDeque::from([root]), vec![root]);
        before.insert(root, (root, usize::MAX));
        while let Some(at) = queue.pop_front() {
            if self.proven.get(at).copied().unwrap_or(false) {
                continue;
            }
            if let Some(reason) = self.settled.get(&at) {
                add(reasons, reason);
                continue;
            }
            let examined = self.examine(at);
            examined.reasons.iter().for_each(|reason| add(reasons, reason));
            for (index, failure) in examined.failures.iter().enumerate() {
                // What could not be shown repeatedly is not tried for each root that leads to it.
                let tried = self.tried.entry((at, index)).or_default();
                *tried += 1;
                if *tried > MOST_TRIED {
                    add(reasons, &Reason::Witness(NO_DOCUMENT.to_owned()));
                    continue;
                }
                let path = self.path(root, at, &before);
                match self.refute(&path, failure) {
                    Ok(refutation) => {
                        self.tried.remove(&(at, index));
                        return Some(Verdict::Refuted(refutation));
                    }
                    Err(reason) => add(reasons, &reason),
                }
            }
            for (index, (next, _)) in examined.edges.iter().enumerate() {
                let follows = with_types || !matches!(self.nodes.get(*next), Some(Node::Derived(_))) || self.needs_type(at);
                if follows && !before.contains_key(next) {
                    before.insert(*next, (at, index));
                    queue.push_back(*next);
                    reached.push(*next);
                }
            }
        }
        if with_types {
            self.settle(&reached);
        }
        None
    }

    /// Records the result for the nodes that were searched without a refutation: those that lead to an open question, and those that do not.
    fn settle(&mut self, reached: &[usize]) {
        let mut open: HashMap<usize, Reason> = HashMap::new();
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        for at in reached.iter().copied() {
            if self.proven.get(at).copied().unwrap_or(false) {
                continue;
            }
            if let Some(reason) = self.settled.get(&at) {
                open.insert(at, reason.clone());
                continue;
            }
            let examined = self.examine(at);
            examined.edges.iter().for_each(|(next, _)| before.entry(*next).or_default().push(at));
            let untried = |index: usize| self.tried.get(&(at, index)).copied().unwrap_or_default() < MOST_TRIED;
            match examined.reasons.first() {
                // Another path may lead to a document that shows it.
                _ if (0..examined.failures.len()).any(untried) => return,
                Some(reason) => drop(open.insert(at, reason.clone())),
                None if !examined.failures.is_empty() => drop(open.insert(at, Reason::Witness(NO_DOCUMENT.to_owned()))),
                None => {}
            }
        }
        let mut todo: Vec<usize> = open.keys().copied().collect();
        while let Some(at) = todo.pop() {
            let Some(reason) = open.get(&at).cloned() else { continue };
            for previous in before.remove(&at).unwrap_or_default() {
                if let Entry::Vacant(slot) = open.entry(previous) {
                    slot.insert(reason.clone());
                    todo.push(previous);
                }
            }
        }
        for at in reached {
            match open.remove(at) {
                Some(reason) => drop(self.settled.insert(*at, reason)),
                None => self.proven.get_mut(*at).into_iter().for_each(|slot| *slot = true),
            }
        }
    }

    /// Returns whether an element has an abstract type in A, so that `xsi:type` is required.
    fn needs_type(&self, at: usize) -> bool {
        let Some(Node::Elements(Source::Element(id), _)) = self.nodes.get(at) else { return false };
        self.a.element(*id).is_some_and(|element| self.a.is_abstract(element.ty))
    }

    fn path(&mut self, root: usize, at: usize, before: &HashMap<usize, (usize, usize)>) -> Path<'m> {
        let mut steps = Vec::new();
        let mut at = at;
        while let Some((previous, index)) = before.get(&at).copied().filter(|_| at != root) {
            let step = self.examine(previous).edges.get(index).map_or(Step::Inside, |(_, step)| step.clone());
            steps.push((at, step));
            at = previous;
        }
        steps.push((root, Step::Inside));
        steps.reverse();
        Path(steps)
    }
}
