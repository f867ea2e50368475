//! Computes how far each pair is from the nearest failure and from the nearest open question, for all pairs together, so that a question about one
//! more root costs no more than the pairs that only this root leads to.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::graph::{Graph, Node};
use super::side::Source;

/// The number of steps from each node to the nearest goal; `None` for a node that leads to none.
#[derive(Debug, Default)]
pub(super) struct Distances(Vec<Option<u32>>);

/// What the nodes that were explored lead to.
#[derive(Debug, Default)]
pub(super) struct Nearest {
    /// The explored nodes. Everything that they lead to is explored too.
    explored: Vec<usize>,
    is_explored: Vec<bool>,
    /// The distances to a failure for which a document may be found, without a redundant `xsi:type` on the way.
    pub(super) plain: Distances,
    /// The distances to such a failure.
    pub(super) typed: Distances,
    /// The distances to an open question.
    pub(super) open: Distances,
}

/// A set of goals, and of edges that lead to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Search {
    Plain,
    Typed,
    Open,
}

impl Distances {
    pub(super) fn get(&self, at: usize) -> Option<u32> {
        self.0.get(at).copied().flatten()
    }

    /// Adds the distances of some nodes, given the goals among them and their edges. The nodes that the edges lead to are among them too, or have
    /// their distances already.
    fn add(&mut self, goals: &[usize], edges: &[(usize, usize)]) {
        let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut queue: BinaryHeap<Reverse<(u32, usize)>> = goals.iter().map(|at| Reverse((0, *at))).collect();
        for (at, next) in edges {
            match self.get(*next) {
                Some(known) => queue.push(Reverse((known + 1, *at))),
                None => before.entry(*next).or_default().push(*at),
            }
        }
        while let Some(Reverse((distance, at))) = queue.pop() {
            self.0.resize(self.0.len().max(at + 1), None);
            if let Some(slot @ None) = self.0.get_mut(at) {
                *slot = Some(distance);
                queue.extend(before.get(&at).into_iter().flatten().map(|previous| Reverse((distance + 1, *previous))));
            }
        }
    }
}

impl Graph<'_> {
    /// Examines everything that a node leads to, and computes the distances.
    pub(super) fn explore(&mut self, root: usize) {
        let start = self.nearest.explored.len();
        let mut todo = vec![root];
        while let Some(at) = todo.pop() {
            let known = &mut self.nearest.is_explored;
            known.resize(known.len().max(at + 1), false);
            if known.get_mut(at).is_none_or(|slot| std::mem::replace(slot, true)) {
                continue;
            }
            self.nearest.explored.push(at);
            todo.extend(self.examine(at).edges.iter().map(|(next, _)| *next));
        }
        self.measure(start);
    }

    /// Computes all distances anew, because no document is looked for any more that shows some failure.
    pub(super) fn measure_again(&mut self) {
        (self.nearest.plain, self.nearest.typed, self.nearest.open) = Default::default();
        self.measure(0);
    }

    /// Computes the distances of the explored nodes from this index on.
    fn measure(&mut self, start: usize) {
        let batch = self.nearest.explored.get(start..).unwrap_or_default().to_vec();
        for search in [Search::Plain, Search::Typed, Search::Open] {
            let goals: Vec<usize> = batch.iter().copied().filter(|at| self.is_goal(*at, search)).collect();
            let mut edges = Vec::new();
            for at in &batch {
                let examined = self.examine(*at);
                let nexts = examined.edges.iter().map(|(next, _)| *next);
                edges.extend(nexts.filter(|next| search != Search::Plain || self.is_plain(*at, *next)).map(|next| (*at, next)));
            }
            let distances = match search {
                Search::Plain => &mut self.nearest.plain,
                Search::Typed => &mut self.nearest.typed,
                Search::Open => &mut self.nearest.open,
            };
            distances.add(&goals, &edges);
        }
    }

    fn is_goal(&mut self, at: usize, search: Search) -> bool {
        let examined = self.examine(at);
        let has_failure = (0..examined.failures.len()).any(|index| self.is_worth(at, index));
        match search {
            Search::Plain | Search::Typed => has_failure,
            Search::Open => !has_failure && (!examined.reasons.is_empty() || !examined.failures.is_empty()),
        }
    }

    /// Returns whether an edge does not lead to the types that `xsi:type` may name, or leads there from an element that requires it.
    pub(super) fn is_plain(&self, at: usize, next: usize) -> bool {
        !matches!(self.nodes.get(next), Some(Node::Derived(_))) || self.needs_type(at)
    }

    /// Returns whether an element has an abstract type in A, so that `xsi:type` is required.
    fn needs_type(&self, at: usize) -> bool {
        let Some(Node::Elements(Source::Element(id), _)) = self.nodes.get(at) else { return false };
        self.a.element(*id).is_some_and(|element| self.a.is_abstract(element.ty))
    }
}
