//! Compares content models: matches their elements, wildcards and group references, and reports those that are new or gone.
//! `structure` compares how the others are arranged.

use std::collections::{HashMap, VecDeque};

use super::attributes::{WildcardCodes, wildcard};
use super::members::{Leaf, LeafTerm, Tree};
use super::{At, Member, Says, Spans, Walk};
use crate::compare::codes::{self, ChangeCode};
use crate::compare::outline::{Outline, is_global, range};
use crate::diagnostic::Span;
use crate::model::{ElementId, Max, NamedGroup, Particle, QName, Wildcard};

const WILDCARD: WildcardCodes =
    WildcardCodes(codes::WILDCARD_ADDED, codes::WILDCARD_REMOVED, codes::WILDCARD_NAMESPACES, codes::WILDCARD_PROCESS);

/// The codes of an occurrence range: widened, narrowed, otherwise changed.
pub(super) struct RangeCodes(pub(super) ChangeCode, pub(super) ChangeCode, pub(super) ChangeCode);

const OCCURRENCE: RangeCodes = RangeCodes(codes::OCCURRENCE_WIDENED, codes::OCCURRENCE_NARROWED, codes::OCCURRENCE_CHANGED);

/// The matched leaves of two content models: pairs of indices, and what remains on either side.
#[derive(Debug, Default)]
struct Leaves {
    pairs: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

/// What identifies a leaf of the new set.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Element(QName),
    Group(QName),
    Any(String),
}

impl<'m> Walk<'m> {
    /// Compares two named model groups.
    pub(super) fn groups(&mut self, a: &'m NamedGroup, b: &'m NamedGroup, at: &At) {
        let (old, new) = (Tree::of_group(&a.group, &a.span), Tree::of_group(&b.group, &b.span));
        self.within(&a.span, &b.span, |walk| walk.trees(&old, &new, at));
    }

    /// Compares two content models.
    pub(super) fn particles(&mut self, a: Option<&'m Particle>, b: Option<&'m Particle>, at: &At, owner: Spans<'m>) {
        let (Some(from), Some(to)) = (owner.on_old(), owner.on_new()) else { return };
        let (old, new) = (Tree::of(a, from), Tree::of(b, to));
        self.trees(&old, &new, at);
    }

    fn trees(&mut self, old: &Tree<'m>, new: &Tree<'m>, at: &At) {
        let mut leaves = self.by_key(old, new);
        self.wildcards_in_order(old, new, &mut leaves);
        self.changed_forms_of_elements(old, new, &mut leaves, at);
        self.renamed_members(old, new, &mut leaves.removed, &mut leaves.added, &mut leaves.pairs, at);
        leaves.pairs.sort_unstable();
        for (a, b) in &leaves.pairs {
            if let (Some(a), Some(b)) = (old.leaves.get(*a), new.leaves.get(*b)) {
                self.leaf_pair(a, b, at);
            }
        }
        self.structure(old, new, &leaves.pairs, at);
        for index in leaves.removed {
            old.leaves.get(index).into_iter().for_each(|leaf| self.single_leaf(old, leaf, at, true));
        }
        for index in leaves.added {
            new.leaves.get(index).into_iter().for_each(|leaf| self.single_leaf(new, leaf, at, false));
        }
    }

    /// Matches the leaves that have the same name, in the order in which they occur.
    fn by_key(&self, old: &Tree<'m>, new: &Tree<'m>) -> Leaves {
        let mut free: HashMap<Key, VecDeque<usize>> = HashMap::new();
        for (index, leaf) in new.leaves.iter().enumerate() {
            if let Some(key) = self.new_key(leaf) {
                free.entry(key).or_default().push_back(index);
            }
        }
        let mut out = Leaves::default();
        for (index, leaf) in old.leaves.iter().enumerate() {
            match self.old_key(leaf).and_then(|key| free.get_mut(&key)?.pop_front()) {
                Some(found) => out.pairs.push((index, found)),
                None => out.removed.push(index),
            }
        }
        out.added = free.into_values().flatten().collect();
        out.added.sort_unstable();
        out
    }

    fn new_key(&self, leaf: &Leaf<'m>) -> Option<Key> {
        Some(match leaf.term {
            LeafTerm::Element(id) => Key::Element(self.new.element(id)?.name.clone()),
            LeafTerm::Group(id) => Key::Group(self.new.group(id)?.name.clone()),
            LeafTerm::Any(it) => Key::Any(self.new.constraint(it, &str::to_owned)),
        })
    }

    /// Returns the key that a leaf of the old set has in the new set: with the names that global components have there.
    fn old_key(&self, leaf: &Leaf<'m>) -> Option<Key> {
        Some(match leaf.term {
            LeafTerm::Element(id) => {
                let declared = self.old.element(id)?;
                let renamed = self.matching.elements.get(&id).filter(|_| is_global(&declared.scope));
                match renamed.and_then(|id| self.new.element(*id)) {
                    Some(found) => Key::Element(found.name.clone()),
                    None => Key::Element(self.matching.name(&declared.name)?),
                }
            }
            LeafTerm::Group(id) => match self.matching.groups.get(&id).and_then(|id| self.new.group(*id)) {
                Some(found) => Key::Group(found.name.clone()),
                // The original of a redefined group has the name of the redefinition, which is the one that is matched.
                None => Key::Group(self.matching.name(&self.old.group(id)?.name)?),
            },
            LeafTerm::Any(it) => Key::Any(self.old.constraint(it, &|uri| self.renamed_uri(uri).to_owned())),
        })
    }

    /// Matches the wildcards that have other namespaces, in the order in which they occur.
    fn wildcards_in_order(&self, old: &Tree<'m>, new: &Tree<'m>, leaves: &mut Leaves) {
        let any = |tree: &Tree<'m>, index: &usize| tree.leaves.get(*index).is_some_and(|leaf| matches!(leaf.term, LeafTerm::Any(_)));
        let (a, removed): (Vec<usize>, Vec<usize>) = leaves.removed.iter().partition(|index| any(old, index));
        let (b, added): (Vec<usize>, Vec<usize>) = leaves.added.iter().partition(|index| any(new, index));
        let both = a.len().min(b.len());
        leaves.pairs.extend(a.iter().copied().zip(b.iter().copied()));
        leaves.removed = removed.into_iter().chain(a.into_iter().skip(both)).collect();
        leaves.added = added.into_iter().chain(b.into_iter().skip(both)).collect();
    }

    /// Reports local elements whose local name stayed, but which gained or lost a namespace.
    fn changed_forms_of_elements(&mut self, old: &Tree<'m>, new: &Tree<'m>, leaves: &mut Leaves, at: &At) {
        let mut free: HashMap<&str, VecDeque<usize>> = HashMap::new();
        for index in &leaves.added {
            if let Some((local, _)) = element(&self.new, new, *index) {
                free.entry(local).or_default().push_back(*index);
            }
        }
        let mut taken = std::collections::HashSet::new();
        let mut kept = Vec::new();
        for index in std::mem::take(&mut leaves.removed) {
            let found = element(&self.old, old, index).and_then(|(local, _)| free.get_mut(local)?.pop_front());
            let Some(other) = found else {
                kept.push(index);
                continue;
            };
            taken.insert(other);
            leaves.pairs.push((index, other));
            self.changed_form((old, index), (new, other), at);
        }
        leaves.removed = kept;
        leaves.added.retain(|index| !taken.contains(index));
    }

    fn changed_form(&mut self, old: (&Tree<'m>, usize), new: (&Tree<'m>, usize), at: &At) {
        let (Some((_, a)), Some((_, b))) = (element(&self.old, old.0, old.1), element(&self.new, new.0, new.1)) else { return };
        let (Some(x), Some(y)) = (self.old.element(a), self.new.element(b)) else { return };
        let spans = Spans::Both(&x.span, &y.span);
        self.property(codes::ELEMENT_FORM, &self.element_at(at, &x.name, &y.name), spans, self.old.name(&x.name), self.new.name(&y.name));
    }

    /// Compares two matched leaves: the particle, and what it declares.
    fn leaf_pair(&mut self, a: &Leaf<'m>, b: &Leaf<'m>, at: &At) {
        let spans = Spans::Both(a.span, b.span);
        match (&a.term, &b.term) {
            (LeafTerm::Element(x), LeafTerm::Element(y)) => {
                let (Some(old), Some(new)) = (self.old.element(*x), self.new.element(*y)) else { return };
                let at = self.element_at(at, &old.name, &new.name);
                self.ranges((a.min, a.max), (b.min, b.max), &at, spans, &OCCURRENCE);
                if !is_global(&old.scope) || !is_global(&new.scope) {
                    self.elements(*x, *y, &at);
                }
            }
            (LeafTerm::Any(x), LeafTerm::Any(y)) => {
                self.wildcards(Some(x), Some(y), at, &WILDCARD);
                self.ranges((a.min, a.max), (b.min, b.max), at, spans, &OCCURRENCE);
            }
            _ => self.ranges((a.min, a.max), (b.min, b.max), at, spans, &OCCURRENCE),
        }
    }

    /// Compares two occurrence ranges.
    pub(super) fn ranges(&mut self, a: (u64, Max), b: (u64, Max), at: &At, spans: Spans<'_>, codes: &RangeCodes) {
        if a == b {
            return;
        }
        let code = match (b.0 <= a.0 && b.1 >= a.1, b.0 >= a.0 && b.1 <= a.1) {
            (true, _) => codes.0,
            (_, true) => codes.1,
            _ => codes.2,
        };
        self.property(code, at, spans, range(a.0, a.1), range(b.0, b.1));
    }

    /// Reports a leaf that only one side has. Elements are kept, because they may be in another type.
    fn single_leaf(&mut self, tree: &Tree<'m>, leaf: &Leaf<'m>, at: &At, gone: bool) {
        let (outline, within) = if gone { (&self.old, &at.old) } else { (&self.new, &at.new) };
        match leaf.term {
            LeafTerm::Element(id) => {
                let Some(declared) = outline.element(id) else { return };
                let member = Member {
                    element: id,
                    path: outline.element_in(within, &declared.name),
                    required: tree.is_required(leaf),
                    span: leaf.span.clone(),
                    owner: self.owner.clone(),
                };
                if gone { self.lost.push(member) } else { self.gained.push(member) }
            }
            LeafTerm::Any(it) => self.wildcard_leaf(it, if gone { codes::WILDCARD_REMOVED } else { codes::WILDCARD_ADDED }, at, gone),
            LeafTerm::Group(id) => {
                let name = outline.group(id).map(|it| outline.name(&it.name));
                let (code, spans) = match gone {
                    true => (codes::REFERENCE_REMOVED, Spans::Old(leaf.span)),
                    false => (codes::REFERENCE_ADDED, Spans::New(leaf.span)),
                };
                self.report(code, at, spans, Says::one(spans, name.unwrap_or_default()));
            }
        }
    }

    fn wildcard_leaf(&mut self, it: &Wildcard, code: ChangeCode, at: &At, gone: bool) {
        let text = wildcard(if gone { &self.old } else { &self.new }, it);
        let spans = if gone { Spans::Old(&it.span) } else { Spans::New(&it.span) };
        self.report(code, at, spans, Says::one(spans, text));
    }
}

/// Returns the local name and the declaration of a leaf, if it is an element.
fn element<'m>(outline: &Outline<'m>, tree: &Tree<'m>, index: usize) -> Option<(&'m str, ElementId)> {
    let LeafTerm::Element(id) = tree.leaves.get(index)?.term else { return None };
    Some((outline.element(id)?.name.local.as_str(), id))
}

impl Member {
    /// Returns the place of the particle.
    pub(super) fn span(&self) -> &Span {
        &self.span
    }
}
