//! Searches the pairs that a root leads to for one that fails, along a shortest path.

use std::collections::{HashMap, VecDeque};

use super::graph::{Graph, Node, Step, Types};
use super::side::Source;
use super::{Reason, Verdict};
use crate::model::{ElementId, TypeId};

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
        let open = reasons.len();
        while let Some(at) = queue.pop_front() {
            if self.proven.get(at).copied().unwrap_or(false) {
                continue;
            }
            let examined = self.examine(at);
            reasons.extend(examined.reasons.iter().filter(|reason| !reasons.contains(reason)).cloned().collect::<Vec<_>>());
            for failure in &examined.failures {
                let path = self.path(root, at, &before);
                match self.refute(&path, failure) {
                    Ok(refutation) => return Some(Verdict::Refuted(refutation)),
                    Err(reason) => reasons.push(reason),
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
        if with_types && reasons.is_empty() && open == 0 {
            reached.into_iter().for_each(|at| self.proven.get_mut(at).into_iter().for_each(|slot| *slot = true));
        }
        None
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
