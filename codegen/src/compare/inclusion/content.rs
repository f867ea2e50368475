//! Compares content models as sets of sequences of element names, and finds the pairs of declarations that validate the same child.
//!
//! Most content models change little, so that two models are first aligned particle by particle. Only if that fails, the product of their automata
//! is searched, which decides the inclusion.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::alignment;
use super::expression::{Expr, Expressions, Leaf, LeafId};
use super::side::{NameId, Names, Side, Source};
use crate::model::{NamespaceId, Particle, ProcessContents};
use crate::sample::compose::Possible;

/// The maximum number of states of the product of two content models that are examined.
const STATES: usize = 50_000;

/// The maximum number of steps: of expressions in all these states together, and of particles that are tried for an element. With nested counted
/// occurrences, such as `(x{1,1000}){1,1000}`, a state has as many expressions as there were elements before it.
const STEPS: usize = 40 * STATES;

/// An element in a sequence that A admits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Letter {
    /// An element of this name.
    Named(NameId, Source),
    /// An element of this namespace that a wildcard admits and neither content model names.
    Other(NamespaceId, ProcessContents),
}

/// What validates a child on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Target {
    Pair(Source, Source),
    /// Wildcards on both sides, for elements of these namespaces other than those named.
    Wild(Wild),
}

/// Wildcards on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Wild {
    pub(super) namespaces: Vec<NamespaceId>,
    pub(super) a: ProcessContents,
    pub(super) b: ProcessContents,
    /// The names that the content models assign to other particles.
    pub(super) except: Vec<NameId>,
}

/// A sequence of children of A with a child at an index.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Way<'m> {
    /// A shortest sequence that contains this leaf of a content model.
    Leaf {
        root: &'m Particle,
        leaf: &'m Particle,
        letter: Letter,
    },
    Word {
        letters: Rc<[Letter]>,
        at: usize,
    },
}

/// The result of comparing two content models.
#[derive(Debug, Default)]
pub(super) struct Compared<'m> {
    /// The pairs that validate a child, each once.
    pub(super) children: Vec<(Target, Way<'m>)>,
    pub(super) failure: Option<Failure>,
    pub(super) is_too_large: bool,
    /// For a tolerant reader: the names that are taken for another name.
    pub(super) near: Vec<NameId>,
    /// For a tolerant reader: whether it was not shown that each element is read into its field.
    pub(super) is_unordered: bool,
}

/// A sequence that A admits and B does not.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failure {
    pub(super) letters: Vec<Letter>,
    /// The first child that B does not admit; `None` if B requires more children.
    pub(super) at: Option<usize>,
}

/// The two sides of a comparison.
pub(super) struct Sides<'s, 'm> {
    pub(super) a: &'s Side<'m>,
    pub(super) b: &'s Side<'m>,
    pub(super) names: &'s Names,
    pub(super) possible: &'s Possible<'m>,
}

/// Compares two content models; `None` is empty content.
pub(super) fn compare<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Compared<'m> {
    alignment::align(sides, a, b).unwrap_or_else(|| Product::new(sides, a, b).run())
}

/// Compares the content model of A with that of a tolerant reader, which skips elements that it does not name.
pub(super) fn compare_known<'m>(sides: &Sides<'_, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Compared<'m> {
    Product { skips: true, ..Product::new(sides, a, b) }.run()
}

impl<'m> Sides<'_, 'm> {
    /// Returns the declarations that may occur where an element of A is declared, by their names.
    pub(super) fn is_leaf_possible(&self, leaf: Leaf<'_>) -> bool {
        match leaf {
            Leaf::Element(id) => self.a.substitutes(id).values().any(|id| self.a.element(*id).is_some_and(|it| self.possible.element(it))),
            Leaf::Wildcard(wildcard) => self.possible.wildcard(wildcard),
        }
    }

    pub(super) fn is_possible(&self, source: Source) -> bool {
        match source {
            Source::Element(id) => self.a.element(id).is_some_and(|element| self.possible.element(element)),
            Source::Lax | Source::Skip => true,
        }
    }
}

/// A set of expressions for the rest of the content, sorted.
type State = Rc<[Expr]>;

/// The product of the automata of two content models.
struct Product<'s, 'x, 'm> {
    sides: &'s Sides<'x, 'm>,
    a: Expressions<'m>,
    b: Expressions<'m>,
    /// The names of the leaves of both sides.
    explicit: HashSet<NameId>,
    /// The other names, by their namespaces. All leaves treat the namespaces of a group alike.
    groups: Vec<Vec<NamespaceId>>,
    states: Vec<(State, State)>,
    known: HashMap<(State, State), usize>,
    /// The number of steps, which [`STEPS`] limits.
    steps: usize,
    /// The state before each state, and the element between them.
    before: Vec<Option<(usize, Letter)>>,
    out: Compared<'m>,
    seen: HashSet<Target>,
    /// The names of the leaves of B.
    named_by_b: HashSet<NameId>,
    /// Whether B skips elements that it does not name.
    skips: bool,
}

impl<'s, 'x, 'm> Product<'s, 'x, 'm> {
    fn new(sides: &'s Sides<'x, 'm>, a: Option<&'m Particle>, b: Option<&'m Particle>) -> Self {
        let a = Expressions::new(a, &mut |leaf| sides.is_leaf_possible(leaf));
        let b = Expressions::new(b, &mut |_| true);
        let mut this = Product {
            sides,
            a,
            b,
            explicit: HashSet::new(),
            groups: Vec::new(),
            states: Vec::new(),
            known: HashMap::new(),
            steps: 0,
            before: Vec::new(),
            out: Compared::default(),
            seen: HashSet::new(),
            named_by_b: HashSet::new(),
            skips: false,
        };
        this.alphabet();
        this
    }

    fn alphabet(&mut self) {
        let (mut own, mut other) = (Vec::new(), Vec::new());
        for leaf in self.a.leaves() {
            match leaf {
                Leaf::Element(id) => self.explicit.extend(self.sides.a.substitutes(*id).keys()),
                Leaf::Wildcard(wildcard) => own.push(*wildcard),
            }
        }
        for leaf in self.b.leaves() {
            match leaf {
                Leaf::Element(id) => self.named_by_b.extend(self.sides.b.substitutes(*id).keys()),
                Leaf::Wildcard(wildcard) => other.push(*wildcard),
            }
        }
        self.explicit.extend(&self.named_by_b);
        let mut groups: BTreeMap<Vec<bool>, Vec<NamespaceId>> = BTreeMap::new();
        for id in self.sides.names.namespaces().into_iter().filter(|_| !own.is_empty()) {
            let by_a = own.iter().map(|wildcard| self.sides.a.admits(wildcard, id));
            let by_b = other.iter().map(|wildcard| self.sides.b.admits(wildcard, id));
            groups.entry(by_a.chain(by_b).collect()).or_default().push(id);
        }
        self.groups = groups.into_values().collect();
    }

    fn run(mut self) -> Compared<'m> {
        let start: (State, State) = (Rc::new([self.a.start]), Rc::new([self.b.start]));
        if self.a.shortest(self.a.start).is_some() {
            self.reach(start, None);
        }
        let mut at = 0;
        while let Some((a, b)) = self.states.get(at).cloned() {
            let ends = |expressions: &Expressions<'_>, state: &State| state.iter().any(|expr| expressions.nullable(*expr));
            if self.out.failure.is_none() && ends(&self.a, &a) && !ends(&self.b, &b) {
                self.out.failure = Some(Failure { letters: self.word(at), at: None });
            }
            for (letter, next) in self.letters(&a) {
                self.step(at, letter, next, &b);
            }
            let is_large = self.states.len() > STATES || self.steps > STEPS;
            if is_large || self.a.len() > 4 * STATES || self.b.len() > 4 * STATES {
                self.out.is_too_large = true;
                break;
            }
            at += 1;
        }
        self.out
    }

    /// Records the first failure: an element that B does not admit in a state. Only that one is worth the time that its sequence takes.
    fn fail(&mut self, at: usize, letter: Letter, next: &[Expr]) {
        if self.out.failure.is_none() {
            let (letters, at) = self.letters_around(at, letter, next);
            self.out.failure = Some(Failure { letters, at: Some(at) });
        }
    }

    /// Returns a shortest sequence of A in which an element follows a state, and the index of that element.
    fn letters_around(&mut self, at: usize, letter: Letter, next: &[Expr]) -> (Vec<Letter>, usize) {
        let mut letters = self.word(at);
        let at = letters.len();
        letters.push(letter);
        letters.extend(self.completion(next));
        (letters, at)
    }

    fn reach(&mut self, state: (State, State), before: Option<(usize, Letter)>) {
        if !self.known.contains_key(&state) {
            self.steps += state.0.len() + state.1.len();
            self.known.insert(state.clone(), self.states.len());
            self.states.push(state);
            self.before.push(before);
        }
    }

    /// Returns the elements that A admits next, each with the states of A after it.
    fn letters(&mut self, state: &State) -> BTreeMap<Letter, Vec<Expr>> {
        let mut out: BTreeMap<Letter, Vec<Expr>> = BTreeMap::new();
        for expr in state.iter() {
            for (leaf, next) in self.a.linear(*expr).iter() {
                if self.a.shortest(*next).is_none() {
                    continue;
                }
                for letter in self.letters_of(*leaf) {
                    out.entry(letter).or_default().push(*next);
                }
            }
        }
        out
    }

    fn letters_of(&self, leaf: LeafId) -> Vec<Letter> {
        let letters: Vec<Letter> = match self.a.get(leaf) {
            Some(Leaf::Element(id)) => {
                self.sides.a.substitutes(id).iter().map(|(name, id)| Letter::Named(*name, Source::Element(*id))).collect()
            }
            Some(Leaf::Wildcard(wildcard)) => {
                let (a, names) = (self.sides.a, self.sides.names);
                let named = self.explicit.iter().filter(|name| a.admits(wildcard, names.namespace_of(**name)));
                let named = named.filter_map(|name| Some(Letter::Named(*name, a.resolve(wildcard.process, Some(*name))?)));
                let groups = self.groups.iter().filter_map(|group| group.last()).filter(|id| a.admits(wildcard, **id));
                named.chain(groups.map(|id| Letter::Other(*id, wildcard.process))).collect()
            }
            None => Vec::new(),
        };
        let is_possible = |letter: &Letter| match letter {
            Letter::Named(_, source) => self.sides.is_possible(*source),
            Letter::Other(..) => true,
        };
        letters.into_iter().filter(is_possible).collect()
    }

    /// Follows an element from a state of the product.
    fn step(&mut self, at: usize, letter: Letter, mut next: Vec<Expr>, b: &State) {
        let (mut after, mut targets): (Vec<Expr>, Vec<Target>) = (Vec::new(), Vec::new());
        for expr in b.iter() {
            let leaves = self.b.linear(*expr);
            self.steps += leaves.len();
            for (leaf, next) in leaves.iter() {
                if let Some(target) = self.target(letter, *leaf) {
                    after.push(*next);
                    targets.push(target);
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        after.sort_unstable();
        after.dedup();
        let is_named = matches!(letter, Letter::Named(name, _) if self.named_by_b.contains(&name));
        if after.is_empty() && self.skips && !is_named {
            return self.reach((next.into(), b.clone()), Some((at, letter)));
        }
        if after.is_empty() {
            return self.fail(at, letter, &next);
        }
        for target in targets {
            if self.seen.insert(target.clone()) {
                let (letters, at) = self.letters_around(at, letter, &next);
                self.out.children.push((target, Way::Word { letters: letters.into(), at }));
            }
        }
        self.reach((next.into(), after.into()), Some((at, letter)));
    }

    /// Returns what validates an element on both sides if B assigns it to a leaf.
    fn target(&mut self, letter: Letter, leaf: LeafId) -> Option<Target> {
        match (letter, self.b.get(leaf)?) {
            (Letter::Named(name, a), Leaf::Element(id)) => {
                let b = self.sides.b.substitutes(id).get(&name).copied()?;
                Some(Target::Pair(a, Source::Element(b)))
            }
            (Letter::Named(name, a), Leaf::Wildcard(wildcard)) => {
                let namespace = self.sides.names.namespace_of(name);
                let admitted = self.sides.b.admits(wildcard, namespace);
                let b = admitted.then(|| self.sides.b.resolve(wildcard.process, Some(name))).flatten()?;
                Some(Target::Pair(a, b))
            }
            (Letter::Other(namespace, a), Leaf::Wildcard(wildcard)) if self.sides.b.admits(wildcard, namespace) => {
                let namespaces = self.groups.iter().find(|group| group.last() == Some(&namespace)).cloned().unwrap_or_default();
                let admitted = |name: &&NameId| namespaces.contains(&self.sides.names.namespace_of(**name));
                let mut except: Vec<NameId> = self.explicit.iter().filter(admitted).copied().collect();
                except.sort_unstable();
                Some(Target::Wild(Wild { namespaces, a, b: wildcard.process, except }))
            }
            (Letter::Other(..), _) => None,
        }
    }

    /// Returns the elements on the way to a state.
    fn word(&self, at: usize) -> Vec<Letter> {
        let mut out = Vec::new();
        let mut state = at;
        while let Some(Some((before, letter))) = self.before.get(state) {
            out.push(*letter);
            state = *before;
        }
        out.reverse();
        out
    }

    /// Returns a shortest sequence that completes the content of A.
    fn completion(&mut self, state: &[Expr]) -> Vec<Letter> {
        let best = state.iter().filter(|expr| self.a.shortest(**expr).is_some()).min_by_key(|expr| self.a.shortest(**expr));
        let leaves = best.map(|expr| self.a.shortest_word(*expr)).unwrap_or_default();
        leaves.into_iter().filter_map(|leaf| self.letters_of(leaf).into_iter().next()).collect()
    }
}

/// Returns the elements that a leaf of A admits. For a wildcard, these are an element with a given name and one with another name.
pub(super) fn letters(sides: &Sides<'_, '_>, leaf: Leaf<'_>, name: Option<NameId>) -> Vec<Letter> {
    match leaf {
        Leaf::Element(id) => {
            let letters = sides.a.substitutes(id);
            let sources = letters.iter().map(|(name, id)| (*name, Source::Element(*id)));
            sources.filter(|(_, source)| sides.is_possible(*source)).map(|(name, source)| Letter::Named(name, source)).collect()
        }
        Leaf::Wildcard(wildcard) => {
            let named = name.filter(|name| sides.a.admits(wildcard, sides.names.namespace_of(*name)));
            let named = named.and_then(|name| Some(Letter::Named(name, sides.a.resolve(wildcard.process, Some(name))?)));
            let other = sides.names.namespaces().into_iter().rev().find(|id| sides.a.admits(wildcard, *id));
            named.into_iter().chain(other.map(|id| Letter::Other(id, wildcard.process))).collect()
        }
    }
}

/// Returns a shortest sequence of a particle of A.
pub(super) fn shortest<'m>(sides: &Sides<'_, 'm>, particle: &'m Particle) -> Vec<Letter> {
    let mut product = Product::new(sides, Some(particle), None);
    product.completion(&[product.a.start])
}
