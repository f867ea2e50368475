//! Matches global components: by name, then by the same name in another namespace, then by similar names and contents.

use std::collections::{HashMap, HashSet};

use super::Matching;
use crate::compare::GlobalKind;
use crate::compare::outline::{Body, Outline, particle};
use crate::compare::similarity::{Candidate, best, of_features, of_names, suggestions};
use crate::model::{Facets, Global, Particle, QName, Term, TypeId};

/// The score from which two components with different names count as the same.
const ENOUGH: f64 = 0.65;

/// The share of features that two components with different names must have in common.
const CONTENT: f64 = 0.5;

/// The maximum number of features of a component that are compared.
const FEATURES: usize = 512;

pub(super) fn matched(old: &Outline<'_>, new: &Outline<'_>, matching: &mut Matching) {
    let (mut removed, mut added) = (by_name(old, new, matching), Vec::new());
    let taken: HashSet<(u8, u32)> = matching.pairs.iter().map(|(_, new, _)| key(*new)).collect();
    added.extend(new.model.globals.iter().copied().filter(|global| !taken.contains(&key(*global))));
    for round in [moved, renamed] {
        let found = round(old, new, &removed, &added);
        let gone: HashSet<(u8, u32)> = found.iter().map(|(a, ..)| key(*a)).collect();
        let come: HashSet<(u8, u32)> = found.iter().map(|(_, b, _)| key(*b)).collect();
        removed.retain(|global| !gone.contains(&key(*global)));
        added.retain(|global| !come.contains(&key(*global)));
        found.into_iter().for_each(|(a, b, score)| matching.pair(a, b, Some(score)));
    }
    let position: HashMap<(u8, u32), usize> = old.model.globals.iter().enumerate().map(|(at, global)| (key(*global), at)).collect();
    matching.pairs.sort_by_key(|(old, ..)| position.get(&key(*old)).copied());
    (matching.removed, matching.added) = (removed, added);
}

/// Returns a number for the kind of a global component, and its id.
fn key(global: Global) -> (u8, u32) {
    match global {
        Global::Type(id) => (0, id.0),
        Global::Element(id) => (1, id.0),
        Global::Attribute(id) => (2, id.0),
        Global::Group(id) => (3, id.0),
    }
}

/// Matches the components of the same kind and name, and returns those of the old set that remain.
fn by_name(old: &Outline<'_>, new: &Outline<'_>, matching: &mut Matching) -> Vec<Global> {
    let mut known: HashMap<(GlobalKind, QName), Global> = HashMap::new();
    for global in &new.model.globals {
        if let Some((kind, name, _)) = new.global(*global) {
            known.entry((kind, name.clone())).or_insert(*global);
        }
    }
    let mut removed = Vec::new();
    for global in &old.model.globals {
        let Some((kind, name, _)) = old.global(*global) else { continue };
        match matching.name(name).and_then(|name| known.remove(&(kind, name))) {
            Some(found) => matching.pair(*global, found, None),
            None => removed.push(*global),
        }
    }
    removed
}

type Pairs = Vec<(Global, Global, f64)>;

/// Returns the components that are in another namespace: the only ones of their kind and local name that remain on either side.
fn moved(old: &Outline<'_>, new: &Outline<'_>, removed: &[Global], added: &[Global]) -> Pairs {
    let (lost, gained) = (unique(old, removed), unique(new, added));
    let mut out = Vec::new();
    for global in removed {
        let Some((kind, name, _)) = old.global(*global) else { continue };
        let at = (kind, name.local.as_str());
        let (Some(Some(a)), Some(Some(b))) = (lost.get(&at), gained.get(&at)) else { continue };
        let score = of_features(&features(old, *a), &features(new, *b)).unwrap_or(1.0);
        if score >= CONTENT {
            out.push((*a, *b, 0.5 + score / 2.0));
        }
    }
    out
}

/// Returns the components by kind and local name; `None` for a name that several components have.
fn unique<'m>(outline: &Outline<'m>, globals: &[Global]) -> HashMap<(GlobalKind, &'m str), Option<Global>> {
    let mut out = HashMap::new();
    for global in globals {
        if let Some((kind, name, _)) = outline.global(*global) {
            out.entry((kind, name.local.as_str())).and_modify(|found| *found = None).or_insert(Some(*global));
        }
    }
    out
}

/// Returns the components that have another name but similar contents.
fn renamed(old: &Outline<'_>, new: &Outline<'_>, removed: &[Global], added: &[Global]) -> Pairs {
    let tagged = |outline: &Outline<'_>, list: &[Global]| list.iter().map(|global| features(outline, *global)).collect();
    let (lost, gained): (Vec<Vec<String>>, Vec<Vec<String>>) = (tagged(old, removed), tagged(new, added));
    let candidates = suggestions(&lost, &gained).into_iter().filter_map(|(a, b)| {
        let (x, y) = (old.global(*removed.get(a)?)?, new.global(*added.get(b)?)?);
        let content = of_features(lost.get(a)?, gained.get(b)?)?;
        let score = likeness(content, lost.get(a)?.len(), of_names(&x.1.local, &y.1.local));
        (x.0 == y.0 && content >= CONTENT && score >= ENOUGH).then_some(Candidate { old: a, new: b, score })
    });
    let found = best(candidates.collect());
    found.iter().filter_map(|it| Some((*removed.get(it.old)?, *added.get(it.new)?, it.score))).collect()
}

/// Combines the similarity of contents with that of names. Equal contents mean little if there are only few features.
pub(in crate::compare) fn likeness(content: f64, features: usize, names: f64) -> f64 {
    let features = f64::from(u32::try_from(features).unwrap_or(u32::MAX));
    let evidence = content * features / (features + 2.0);
    1.0 - (1.0 - evidence) * (1.0 - 0.7 * names)
}

/// Returns the sorted features of a component: its kind, and the names and types of what it contains.
pub(in crate::compare) fn features(outline: &Outline<'_>, global: Global) -> Vec<String> {
    let mut out = Vec::new();
    match global {
        Global::Type(id) => of_type(outline, id, &mut out),
        Global::Element(id) => {
            let element = outline.element(id);
            out.extend(element.filter(|it| outline.body(it.ty).is_some_and(|ty| ty.name().is_some())).map(|it| used(outline, it.ty)));
            element
                .filter(|it| outline.body(it.ty).is_some_and(|ty| ty.name().is_none()))
                .into_iter()
                .for_each(|it| of_type(outline, it.ty, &mut out));
        }
        Global::Attribute(id) => {
            out.extend(outline.model.attributes.get(id.index()).map(|attribute| used(outline, attribute.ty)));
        }
        Global::Group(id) => {
            outline.group(id).into_iter().for_each(|group| group.group.particles.iter().for_each(|it| of_particle(outline, it, &mut out)));
        }
    }
    out.truncate(FEATURES);
    out.sort_unstable();
    out
}

fn used(outline: &Outline<'_>, id: TypeId) -> String {
    format!("type {}", outline.type_name(id))
}

/// Adds the features of a type.
pub(in crate::compare) fn of_type(outline: &Outline<'_>, id: TypeId, out: &mut Vec<String>) {
    match outline.body(id) {
        Some(Body::Complex(ty)) => {
            out.extend(base(outline, ty.base));
            out.extend(outline.own_attributes(ty).iter().filter_map(|it| Some(format!("@{}", outline.attribute(it)?.name.local))));
            particle(&ty.content).and_then(|_| outline.own_particle(ty)).into_iter().for_each(|it| of_particle(outline, it, out));
        }
        Some(Body::Simple(ty)) => {
            out.extend(ty.base.and_then(|id| base(outline, id)));
            of_facets(&ty.facets, out);
        }
        None => {}
    }
}

/// Returns the feature of a base type, unless the type is built in and thus says little.
fn base(outline: &Outline<'_>, id: TypeId) -> Option<String> {
    outline.body(id).filter(|body| !body.is_builtin()).map(|_| format!("base {}", outline.type_name(id)))
}

fn of_facets(facets: &Facets, out: &mut Vec<String>) {
    out.extend(facets.enumeration.iter().map(|value| format!("={}", value.value)));
    out.extend(facets.patterns.iter().map(|value| format!("pattern {}", value.value)));
    out.extend(facets.single().map(|(kind, facet)| format!("{} {}", kind.name(), facet.value)));
}

fn of_particle(outline: &Outline<'_>, particle: &Particle, out: &mut Vec<String>) {
    let mut todo = vec![particle];
    while let Some(at) = todo.pop().filter(|_| out.len() < FEATURES) {
        match &at.term {
            Term::Element(id) => out.extend(outline.element(*id).map(|element| element.name.local.clone())),
            Term::Any(_) => out.push("(any)".to_owned()),
            Term::Group(group) => match group.named.and_then(|id| outline.group(id)) {
                Some(named) => out.push(format!("group {}", named.name.local)),
                None => todo.extend(group.particles.iter().rev()),
            },
        }
    }
}
