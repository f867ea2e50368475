//! Answers a question about a root: finds the nearest pair that fails, and a document that shows it.

use std::collections::{HashMap, HashSet, VecDeque};

use super::graph::{Graph, Node, Step, Types};
use super::nearest::Distances;
use super::side::Source;
use super::{Reason, Refutation, Verdict};
use crate::model::{ElementId, TypeId};

/// The maximum number of attempts to find a document that shows a failure, if none succeeds.
const MOST_TRIED: u32 = 4;

const NO_DOCUMENT: &str = "several attempts failed";

/// The attempts to answer one question.
#[derive(Debug, Default)]
struct Attempts {
    /// The failures that were tried, given by their nodes and their indices.
    made: HashSet<(usize, usize)>,
    /// Why they were not shown.
    reasons: Vec<Reason>,
    /// Whether some failure is not worth another attempt.
    is_last: bool,
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

    /// Decides the question for everything that a root leads to. A refutation shows a redundant `xsi:type` only if there is no other.
    fn decide(&mut self, root: usize) -> Verdict {
        self.explore(root);
        let mut attempts = Attempts::default();
        let mut found = None;
        for with_types in [false, true] {
            if found.is_none() && self.distances(with_types).get(root).is_some() {
                found = self.refute_nearest(root, with_types, &mut attempts).or_else(|| self.refute_any(root, with_types, &mut attempts));
            }
        }
        if attempts.is_last {
            self.measure_again();
        }
        match found {
            Some(refutation) => Verdict::Refuted(refutation),
            None => self.open_question(root).or(attempts.reasons.into_iter().next()).map_or(Verdict::Proven, Verdict::NotShown),
        }
    }

    /// Tries the failures of the nearest node that has some.
    fn refute_nearest(&mut self, root: usize, with_types: bool, attempts: &mut Attempts) -> Option<Refutation> {
        let path = self.descend(root, with_types);
        self.attempt(&path, attempts)
    }

    /// Tries the failures of all nodes that a root leads to, each along a shortest path.
    fn refute_any(&mut self, root: usize, with_types: bool, attempts: &mut Attempts) -> Option<Refutation> {
        let mut before: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut queue = VecDeque::from([root]);
        before.insert(root, (root, usize::MAX));
        while let Some(at) = queue.pop_front() {
            let examined = self.examine(at);
            if !examined.failures.is_empty() {
                let path = self.path(root, at, &before);
                if let Some(refutation) = self.attempt(&path, attempts) {
                    return Some(refutation);
                }
            }
            for (index, (next, _)) in examined.edges.iter().enumerate() {
                let leads = self.distances(with_types).get(*next).is_some() && (with_types || self.is_plain(at, *next));
                if leads && !before.contains_key(next) {
                    before.insert(*next, (at, index));
                    queue.push_back(*next);
                }
            }
        }
        None
    }

    /// Tries to find a document that shows a failure of the node at the end of a path. What could not be shown repeatedly is not tried again.
    fn attempt(&mut self, path: &Path<'m>, attempts: &mut Attempts) -> Option<Refutation> {
        let at = path.0.last().map(|(at, _)| *at)?;
        for (index, failure) in self.examine(at).failures.iter().enumerate() {
            if !self.is_worth(at, index) || !attempts.made.insert((at, index)) {
                continue;
            }
            match self.refute(path, failure) {
                Ok(refutation) => {
                    self.tried.remove(&(at, index));
                    return Some(refutation);
                }
                Err(reason) => attempts.reasons.push(reason),
            }
            *self.tried.entry((at, index)).or_default() += 1;
            attempts.is_last |= !self.is_worth(at, index);
        }
        None
    }

    /// Returns whether a document may be found that shows a failure.
    pub(super) fn is_worth(&self, at: usize, index: usize) -> bool {
        self.tried.get(&(at, index)).is_none_or(|tried| *tried < MOST_TRIED)
    }

    fn distances(&self, with_types: bool) -> &Distances {
        if with_types { &self.nearest.typed } else { &self.nearest.plain }
    }

    /// Returns a shortest path from a node to the nearest failure.
    fn descend(&mut self, root: usize, with_types: bool) -> Path<'m> {
        let (mut at, mut steps) = (root, vec![(root, Step::Inside)]);
        while let Some(distance) = self.distances(with_types).get(at).and_then(|distance| distance.checked_sub(1)) {
            let examined = self.examine(at);
            let is_nearer =
                |next: &usize| self.distances(with_types).get(*next) == Some(distance) && (with_types || self.is_plain(at, *next));
            let Some((next, step)) = examined.edges.iter().find(|(next, _)| is_nearer(next)) else { break };
            steps.push((*next, step.clone()));
            at = *next;
        }
        Path(steps)
    }

    /// Returns the nearest open question that a node leads to.
    fn open_question(&mut self, root: usize) -> Option<Reason> {
        let mut at = root;
        loop {
            let distance = self.nearest.open.get(at)?;
            let examined = self.examine(at);
            let Some(distance) = distance.checked_sub(1) else {
                return Some(examined.reasons.first().cloned().unwrap_or_else(|| Reason::Witness(NO_DOCUMENT.to_owned())));
            };
            at = examined.edges.iter().map(|(next, _)| *next).find(|next| self.nearest.open.get(*next) == Some(distance))?;
        }
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
