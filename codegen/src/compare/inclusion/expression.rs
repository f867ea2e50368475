//! Represents content models as regular expressions with counted occurrences, and computes their automata state by state.
//!
//! A state is an expression for the rest of the content. The expressions after one element are partial derivatives (Antimirov), so that a counter
//! becomes a state only if a word reaches it. Equal expressions have equal ids.

use std::collections::HashMap;
use std::rc::Rc;

use crate::model::{Compositor, ElementId, Max, Particle, Term as ModelTerm, Wildcard};

/// An index into the expressions of one content model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Expr(u32);

/// An index into the leaves of one content model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct LeafId(u32);

/// A particle without parts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'m> {
    Element(ElementId),
    Wildcard(&'m Wildcard),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// Nothing, not even the empty sequence.
    Never,
    /// The empty sequence.
    Empty,
    Leaf(LeafId),
    Sequence(Expr, Expr),
    Choice(Rc<[Expr]>),
    /// A repetition; the maximum `None` means that there is none.
    Repeat(Expr, u64, Option<u64>),
    /// All of these in any order.
    All(Rc<[Expr]>),
}

/// The shortest sequence of an expression, in elements.
type Shortest = Option<u64>;

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    nullable: bool,
    shortest: Shortest,
}

/// What an expression can begin with: a leaf, and the expression for the rest.
type Linear = Rc<[(LeafId, Expr)]>;

/// The expressions of one content model.
#[derive(Debug)]
pub(super) struct Expressions<'m> {
    entries: Vec<Entry>,
    ids: HashMap<Kind, Expr>,
    linear: HashMap<Expr, Linear>,
    leaves: Vec<Leaf<'m>>,
    pub(super) start: Expr,
}

const NEVER: Expr = Expr(0);
pub(super) const EMPTY: Expr = Expr(1);

impl<'m> Expressions<'m> {
    /// Builds the expression of a content model. Leaves for which `possible` is false never occur.
    pub(super) fn new(content: Option<&'m Particle>, possible: &mut dyn FnMut(Leaf<'m>) -> bool) -> Self {
        let mut this = Expressions { entries: Vec::new(), ids: HashMap::new(), linear: HashMap::new(), leaves: Vec::new(), start: EMPTY };
        this.intern(Kind::Never);
        this.intern(Kind::Empty);
        if let Some(particle) = content {
            this.start = this.particle(particle, possible);
        }
        this
    }

    /// Returns the expression of a particle. Recursion is bounded by the nesting of model groups.
    fn particle(&mut self, particle: &'m Particle, possible: &mut dyn FnMut(Leaf<'m>) -> bool) -> Expr {
        let once = match &particle.term {
            ModelTerm::Element(id) => self.leaf(Leaf::Element(*id), possible),
            ModelTerm::Any(wildcard) => self.leaf(Leaf::Wildcard(wildcard), possible),
            ModelTerm::Group(group) => {
                let parts: Vec<Expr> = group.particles.iter().map(|particle| self.particle(particle, possible)).collect();
                match group.compositor {
                    Compositor::Sequence => parts.into_iter().rev().fold(EMPTY, |rest, part| self.sequence(part, rest)),
                    // A choice without alternatives admits the empty sequence if it is optional (which `repeat` handles), and nothing else.
                    Compositor::Choice => self.choice(parts),
                    Compositor::All => self.all(parts),
                }
            }
        };
        let max = match particle.max {
            Max::Count(count) => Some(count),
            Max::Unbounded => None,
        };
        self.repeat(once, particle.min, max)
    }

    fn leaf(&mut self, leaf: Leaf<'m>, possible: &mut dyn FnMut(Leaf<'m>) -> bool) -> Expr {
        if !possible(leaf) {
            return NEVER;
        }
        let id = LeafId(u32::try_from(self.leaves.len()).unwrap_or(u32::MAX));
        self.leaves.push(leaf);
        self.intern(Kind::Leaf(id))
    }

    fn sequence(&mut self, first: Expr, rest: Expr) -> Expr {
        match (self.kind(first), rest) {
            (Kind::Never, _) | (_, NEVER) => NEVER,
            (Kind::Empty, rest) => rest,
            (_, EMPTY) => first,
            (_, rest) => self.intern(Kind::Sequence(first, rest)),
        }
    }

    fn choice(&mut self, mut parts: Vec<Expr>) -> Expr {
        parts.retain(|part| *part != NEVER);
        parts.sort_unstable();
        parts.dedup();
        match parts.as_slice() {
            [] => NEVER,
            [only] => *only,
            _ => self.intern(Kind::Choice(parts.into())),
        }
    }

    fn all(&mut self, mut parts: Vec<Expr>) -> Expr {
        parts.retain(|part| *part != EMPTY);
        match parts.as_slice() {
            [] => EMPTY,
            [only] => *only,
            parts if parts.contains(&NEVER) => NEVER,
            _ => self.intern(Kind::All(parts.into())),
        }
    }

    fn repeat(&mut self, inner: Expr, min: u64, max: Option<u64>) -> Expr {
        match (inner, max) {
            (EMPTY, _) | (_, Some(0)) => EMPTY,
            (NEVER, _) => {
                if min == 0 {
                    EMPTY
                } else {
                    NEVER
                }
            }
            (inner, Some(1)) if min == 1 => inner,
            // If the inner expression may be empty, the minimum is always reached.
            (inner, max) => {
                let min = if self.nullable(inner) { 0 } else { min };
                self.intern(Kind::Repeat(inner, min, max))
            }
        }
    }

    fn intern(&mut self, kind: Kind) -> Expr {
        if let Some(known) = self.ids.get(&kind) {
            return *known;
        }
        let (nullable, shortest) = self.measure(&kind);
        let id = Expr(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.ids.insert(kind.clone(), id);
        self.entries.push(Entry { kind, nullable, shortest });
        id
    }

    fn measure(&self, kind: &Kind) -> (bool, Shortest) {
        let all = |parts: &[Expr]| parts.iter().try_fold(0_u64, |sum, part| Some(sum.saturating_add(self.shortest(*part)?)));
        match kind {
            Kind::Never => (false, None),
            Kind::Empty => (true, Some(0)),
            Kind::Leaf(_) => (false, Some(1)),
            Kind::Sequence(a, b) => (self.nullable(*a) && self.nullable(*b), all(&[*a, *b])),
            Kind::Choice(parts) => {
                (parts.iter().any(|part| self.nullable(*part)), parts.iter().filter_map(|part| self.shortest(*part)).min())
            }
            Kind::Repeat(inner, min, _) => (*min == 0, self.shortest(*inner).map(|once| once.saturating_mul(*min))),
            Kind::All(parts) => (parts.iter().all(|part| self.nullable(*part)), all(parts)),
        }
    }

    fn entry(&self, expr: Expr) -> Option<&Entry> {
        self.entries.get(expr.0 as usize)
    }

    fn kind(&self, expr: Expr) -> Kind {
        self.entry(expr).map_or(Kind::Never, |entry| entry.kind.clone())
    }

    /// Returns whether the expression admits the empty sequence.
    pub(super) fn nullable(&self, expr: Expr) -> bool {
        self.entry(expr).is_some_and(|entry| entry.nullable)
    }

    /// Returns the length of the shortest sequence that the expression admits.
    pub(super) fn shortest(&self, expr: Expr) -> Shortest {
        self.entry(expr).and_then(|entry| entry.shortest)
    }

    pub(super) fn get(&self, leaf: LeafId) -> Option<Leaf<'m>> {
        self.leaves.get(leaf.0 as usize).copied()
    }

    pub(super) fn leaves(&self) -> &[Leaf<'m>] {
        &self.leaves
    }

    /// Returns the number of expressions.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns what an expression can begin with. Recursion is bounded by the nesting of model groups.
    pub(super) fn linear(&mut self, expr: Expr) -> Linear {
        if let Some(known) = self.linear.get(&expr) {
            return known.clone();
        }
        let mut out = Vec::new();
        let mut at = expr;
        while let Kind::Sequence(first, rest) = self.kind(at) {
            self.starts(first, rest, &mut out);
            at = if self.nullable(first) { rest } else { NEVER };
        }
        self.starts(at, EMPTY, &mut out);
        let out: Linear = out.into();
        self.linear.insert(expr, out.clone());
        out
    }

    /// Adds what an expression that is not a sequence can begin with, each followed by `rest`.
    fn starts(&mut self, expr: Expr, rest: Expr, out: &mut Vec<(LeafId, Expr)>) {
        match self.kind(expr) {
            Kind::Never | Kind::Empty => {}
            Kind::Leaf(leaf) => out.push((leaf, rest)),
            Kind::Sequence(..) => self.after(expr, rest, out),
            Kind::Choice(parts) => parts.iter().for_each(|part| self.after(*part, rest, out)),
            Kind::Repeat(inner, min, max) => {
                let again = self.repeat(inner, min.saturating_sub(1), max.map(|max| max.saturating_sub(1)));
                let rest = self.sequence(again, rest);
                self.after(inner, rest, out);
            }
            Kind::All(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    let others = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| *part).collect();
                    let others = self.all(others);
                    let rest = self.sequence(others, rest);
                    self.after(*part, rest, out);
                }
            }
        }
    }

    fn after(&mut self, expr: Expr, rest: Expr, out: &mut Vec<(LeafId, Expr)>) {
        for (leaf, next) in self.linear(expr).iter() {
            let next = self.sequence(*next, rest);
            out.push((*leaf, next));
        }
    }

    /// Returns a shortest sequence of leaves that the expression admits.
    pub(super) fn shortest_word(&self, expr: Expr) -> Vec<LeafId> {
        let mut out = Vec::new();
        let mut todo = vec![expr];
        while let Some(at) = todo.pop() {
            match self.kind(at) {
                Kind::Never | Kind::Empty => {}
                Kind::Leaf(leaf) => out.push(leaf),
                Kind::Sequence(a, b) => todo.extend([b, a]),
                Kind::Choice(parts) => {
                    todo.extend(parts.iter().filter(|part| self.shortest(**part).is_some()).min_by_key(|part| self.shortest(**part)))
                }
                Kind::All(parts) => todo.extend(parts.iter().rev()),
                Kind::Repeat(inner, min, _) => todo.extend((0..min.min(LONGEST)).map(|_| inner)),
            }
        }
        out
    }
}

/// The maximum number of occurrences that are written out.
const LONGEST: u64 = 100_000;
