//! Walks through the matched components of two schema sets and reports every difference.

mod attributes;
mod complex;
mod content;
mod elements;
mod facets;
mod globals;
mod members;
mod order;
mod simple;
mod structure;
mod types;

use std::collections::{HashMap, HashSet};

use super::codes::ChangeCode;
use super::fingerprint::{Fingerprint, Identity, Owner, assign};
use super::matching::Matching;
use super::outline::{Outline, side};
use super::similarity::percent;
use super::{Change, ComponentPath, Input, Side, Subject};
use crate::diagnostic::Span;
use crate::model::path::Step;
use crate::model::{ElementId, Global, QName, TypeId};

/// The result of the walk.
pub(super) struct Walked {
    /// All changes, ordered by component.
    pub(super) changes: Vec<Change>,
    /// For each change, the places of the type or group that contains the component.
    pub(super) owners: Vec<Owner>,
    /// The pairs of named types that are the same component.
    pub(super) types: Vec<(TypeId, TypeId)>,
}

/// Compares two schema sets.
pub(super) fn walk(old: Input<'_>, new: Input<'_>) -> Walked {
    let (old, new) = (Outline::of(old), Outline::of(new));
    let matching = Matching::of(&old, &new);
    let renamed_uris = matching.renamed_namespaces.iter().map(|(a, b, _)| (old.uri(*a), new.uri(*b))).collect();
    let mut walk = Walk {
        old,
        new,
        matching,
        found: Vec::new(),
        owner: None,
        renamed_uris,
        lost: Vec::new(),
        gained: Vec::new(),
        shared: HashSet::new(),
    };
    walk.namespaces();
    walk.globals();
    walk.notations();
    walk.moves();
    let named = walk.matching.pairs.iter().filter_map(|pair| match pair {
        (Global::Type(a), Global::Type(b), _) => Some((*a, *b)),
        _ => None,
    });
    let types = named.collect();
    let (changes, owners) = walk.finish();
    Walked { changes, owners, types }
}

/// The state of the walk.
pub(super) struct Walk<'m> {
    old: Outline<'m>,
    new: Outline<'m>,
    matching: Matching,
    found: Vec<(Identity, Owner, Change)>,
    /// The places of the type or group that is being compared.
    owner: Owner,
    /// The URIs of the old set that are replaced in the new set.
    renamed_uris: HashMap<&'m str, &'m str>,
    /// The elements that are no longer in their type or group.
    lost: Vec<Member>,
    /// The elements that are new in their type or group.
    gained: Vec<Member>,
    /// The places of attribute uses that were compared already: several types share the uses of an attribute group.
    shared: HashSet<(Option<Span>, Option<Span>)>,
}

/// An element that was removed from a type or group, or added to one.
struct Member {
    element: ElementId,
    path: ComponentPath,
    required: bool,
    span: Span,
    owner: Owner,
}

/// Where the walk is: the same component in both sets.
#[derive(Debug, Clone)]
struct At {
    old: ComponentPath,
    new: ComponentPath,
}

/// The places of a change.
#[derive(Debug, Clone, Copy)]
enum Spans<'s> {
    Both(&'s Span, &'s Span),
    Old(&'s Span),
    New(&'s Span),
}

/// What both sets say, and further details of a change.
#[derive(Debug, Default)]
struct Says {
    before: Option<String>,
    after: Option<String>,
    confidence: Option<u8>,
    /// Rust names in addition to those that the path leads to.
    rust: Vec<String>,
}

impl Says {
    fn both(before: impl Into<String>, after: impl Into<String>) -> Self {
        Says { before: Some(before.into()), after: Some(after.into()), ..Says::default() }
    }

    fn before(before: impl Into<String>) -> Self {
        Says { before: Some(before.into()), ..Says::default() }
    }

    fn after(after: impl Into<String>) -> Self {
        Says { after: Some(after.into()), ..Says::default() }
    }

    /// Returns what is said only by the set that has the component.
    fn one(spans: Spans<'_>, text: impl Into<String>) -> Self {
        if matches!(spans, Spans::Old(_)) { Says::before(text) } else { Says::after(text) }
    }

    /// Adds how certain it is that both sets mean the same component, from 0 to 1.
    fn certain(self, score: f64) -> Self {
        Says { confidence: Some(percent(score)), ..self }
    }
}

impl<'s> Spans<'s> {
    fn on_old(self) -> Option<&'s Span> {
        match self {
            Spans::Both(old, _) | Spans::Old(old) => Some(old),
            Spans::New(_) => None,
        }
    }

    fn on_new(self) -> Option<&'s Span> {
        match self {
            Spans::Both(_, new) | Spans::New(new) => Some(new),
            Spans::Old(_) => None,
        }
    }
}

impl At {
    /// Returns the place of a value of an enumeration.
    fn value(&self, value: &str) -> At {
        let step = || Step::Value(value.to_owned());
        At { old: self.old.child(step()), new: self.new.child(step()) }
    }
}

impl Walk<'_> {
    /// Compares what a type or group contains: changes within belong to it.
    fn within(&mut self, old: &Span, new: &Span, compare: impl FnOnce(&mut Self)) {
        let outer = self.owner.replace((Side::of(old), Side::of(new)));
        compare(self);
        self.owner = outer;
    }

    /// Returns the place of an element within another component.
    fn element_at(&self, at: &At, old: &QName, new: &QName) -> At {
        At { old: self.old.element_in(&at.old, old), new: self.new.element_in(&at.new, new) }
    }

    /// Returns the place of an attribute within another component.
    fn attribute_at(&self, at: &At, old: &QName, new: &QName) -> At {
        At { old: self.old.attribute_in(&at.old, old), new: self.new.attribute_in(&at.new, new) }
    }

    /// Reports a change of a component, with the Rust names that its path leads to on the sides that have it.
    fn report(&mut self, code: ChangeCode, at: &At, spans: Spans<'_>, says: Says) {
        let mut rust = Vec::new();
        if spans.on_old().is_some() {
            rust.extend(self.old.names.of_path(&at.old));
        }
        if spans.on_new().is_some() {
            rust.extend(self.new.names.of_path(&at.new));
        }
        let path = if spans.on_new().is_some() { &at.new } else { &at.old };
        let outline = if spans.on_new().is_some() { &self.new } else { &self.old };
        let subject = path.clone().with_prefixes(&|prefix| outline.expanded(prefix)).to_string();
        rust.extend(says.rust.iter().cloned());
        let mut seen = HashSet::new();
        rust.retain(|name| seen.insert(name.clone()));
        self.add(code, Subject::Component(path.clone()), subject, spans, Says { rust, ..says });
    }

    /// Reports a change of a property, with what both sets say.
    fn property(&mut self, code: ChangeCode, at: &At, spans: Spans<'_>, before: impl Into<String>, after: impl Into<String>) {
        self.report(code, at, spans, Says::both(before, after));
    }

    fn add(&mut self, code: ChangeCode, subject: Subject, identity: String, spans: Spans<'_>, says: Says) {
        let Says { before, after, confidence, rust } = says;
        let (old, new) = (side(spans.on_old()), side(spans.on_new()));
        let change = Change {
            code: code.code,
            kind: code.kind,
            subject,
            old,
            new,
            before: before.clone(),
            after: after.clone(),
            confidence,
            rust,
            accepted: None,
            fingerprint: Fingerprint::default(),
        };
        self.found.push((Identity { code: code.code, subject: identity, before, after }, self.owner.clone(), change));
    }

    /// Returns the URI of the new set that corresponds to one of the old set.
    fn renamed_uri<'u>(&'u self, uri: &'u str) -> &'u str {
        self.renamed_uris.get(uri).copied().unwrap_or(uri)
    }

    /// Sorts the changes by global component, and gives them their fingerprints.
    fn finish(self) -> (Vec<Change>, Vec<Owner>) {
        let mut found = self.found;
        found.sort_by_cached_key(|(_, _, change)| place(&change.subject));
        assign(found)
    }
}

/// Returns the position of the changes of a component: namespaces first, then global components by namespace and name, then notations.
fn place(subject: &Subject) -> (u8, String, String, u8) {
    match subject {
        Subject::Namespace(uri) => (0, uri.clone(), String::new(), 0),
        Subject::Document(name) => (0, String::new(), name.clone(), 1),
        Subject::Component(path) => (1, path.prefix.clone(), path.local.clone(), path.kind as u8),
        Subject::Notation(prefix, local) => (2, prefix.clone(), local.clone(), 0),
    }
}
