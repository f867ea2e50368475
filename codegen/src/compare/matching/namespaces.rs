//! Matches namespaces: by URI, then by the names that they declare, because a new release often has a new URI.

use std::collections::HashMap;

use crate::compare::outline::Outline;
use crate::compare::similarity::{Candidate, best, of_features, suggestions};
use crate::model::NamespaceId;

/// The score from which two namespaces with different URIs count as the same.
const ENOUGH: f64 = 0.5;

type Renamed = Vec<(NamespaceId, NamespaceId, f64)>;

pub(super) fn matched(old: &Outline<'_>, new: &Outline<'_>) -> (HashMap<NamespaceId, NamespaceId>, Renamed) {
    let by_uri: HashMap<&str, NamespaceId> = ids(new).map(|id| (new.uri(id), id)).collect();
    let mut matched: HashMap<NamespaceId, NamespaceId> = ids(old).filter_map(|id| Some((id, *by_uri.get(old.uri(id))?))).collect();
    let taken: std::collections::HashSet<NamespaceId> = matched.values().copied().collect();
    let mut lost = declared(old);
    lost.retain(|(id, _)| !matched.contains_key(id));
    let mut gained = declared(new);
    gained.retain(|(id, _)| !taken.contains(id));
    let renamed = renamed(&lost, &gained);
    matched.extend(renamed.iter().map(|(a, b, _)| (*a, *b)));
    (matched, renamed)
}

fn ids(outline: &Outline<'_>) -> impl Iterator<Item = NamespaceId> {
    (0..u32::try_from(outline.model.namespaces.len()).unwrap_or(u32::MAX)).map(NamespaceId)
}

/// Returns the namespaces that declare global components, each with the sorted names of these.
fn declared<'m>(outline: &Outline<'m>) -> Vec<(NamespaceId, Vec<&'m str>)> {
    let mut names: HashMap<NamespaceId, Vec<&str>> = HashMap::new();
    for global in &outline.model.globals {
        if let Some((_, name, _)) = outline.global(*global) {
            names.entry(name.namespace).or_default().push(&name.local);
        }
    }
    let mut out: Vec<_> = names.into_iter().collect();
    out.iter_mut().for_each(|(_, names)| names.sort_unstable());
    out.sort_by_key(|(id, _)| *id);
    out
}

fn renamed(lost: &[(NamespaceId, Vec<&str>)], gained: &[(NamespaceId, Vec<&str>)]) -> Renamed {
    let names =
        |side: &[(NamespaceId, Vec<&'_ str>)]| side.iter().map(|(_, names)| names.iter().map(|n| (*n).to_owned()).collect()).collect();
    let (old, new): (Vec<Vec<String>>, Vec<Vec<String>>) = (names(lost), names(gained));
    let candidates = suggestions(&old, &new).into_iter().filter_map(|(a, b)| {
        let score = of_features(old.get(a)?, new.get(b)?)?;
        (score >= ENOUGH).then_some(Candidate { old: a, new: b, score })
    });
    let found = best(candidates.collect());
    let mut out: Renamed = found.iter().filter_map(|it| Some((lost.get(it.old)?.0, gained.get(it.new)?.0, it.score))).collect();
    out.sort_by_key(|(old, ..)| *old);
    out
}
