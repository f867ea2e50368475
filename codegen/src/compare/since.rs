//! Finds the release in which each component first appeared, from the comparisons of each release with the one before.

use std::collections::{HashMap, HashSet};

use super::{Change, ChangeKind, Comparison, ComponentPath, GlobalKind, Input, Subject, codes};
use crate::ir::RustIr;
use crate::model::path::{NONE, Step};
use crate::model::{Model, Particle, Term};

/// The release in which a component first appeared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// The component, by its path in the last release.
    pub path: ComponentPath,
    /// The name of the release.
    pub release: String,
    /// What it was called before, if it is a component of an earlier release with another name or in another place.
    pub from: Option<String>,
}

/// A release, compared with the one before.
#[derive(Debug, Clone)]
pub struct Release<'a> {
    /// Its name.
    pub name: String,
    /// The release before.
    pub old: Input<'a>,
    /// The release.
    pub new: Input<'a>,
    /// The changes between them.
    pub comparison: Comparison,
}

/// Returns the components that are not in the first release, ordered by path, each with the release in which it appeared under its name. A component
/// that was gone for a while appeared when it came back. What is in a new component appeared with it and is not listed.
#[must_use]
pub fn since(releases: &[Release<'_>]) -> Vec<Since> {
    let mut out: Vec<Since> = Vec::new();
    for release in releases {
        let renamings = Renamings::of(release);
        let removed = removed(&release.comparison.changes);
        out.retain(|entry| !above(&entry.path).iter().any(|path| removed.contains(path)));
        out.iter_mut().for_each(|entry| entry.path = renamings.translated(&entry.path));
        let before = out.len();
        for change in &release.comparison.changes {
            let Subject::Component(path) = &change.subject else { continue };
            if let Some(from) = appeared(change, path) {
                out.push(Since { path: path.clone(), release: release.name.clone(), from });
                out.extend(in_group(release, change, path));
            }
        }
        // A renamed component keeps one entry: that of its present name.
        let renewed: HashSet<ComponentPath> = out.iter().skip(before).map(|entry| entry.path.clone()).collect();
        let mut index = 0;
        out.retain(|entry| {
            index += 1;
            index > before || !renewed.contains(&entry.path)
        });
    }
    out.sort_by_cached_key(|entry| entry.path.to_string());
    out.dedup_by(|a, b| a.path == b.path);
    out
}

/// Returns whether a component has its name since a change; if so, what it was called before.
fn appeared(change: &Change, path: &ComponentPath) -> Option<Option<String>> {
    let is = |known: codes::ChangeCode| known.code == change.code;
    match change.kind {
        ChangeKind::Added if !is(codes::REFERENCE_ADDED) => Some(None),
        ChangeKind::Enumeration if is(codes::ENUMERATION_VALUE_ADDED) => Some(None),
        ChangeKind::Renamed | ChangeKind::Moved => old_path(change, path, path.parent().as_ref()).map(|old| Some(old.shown())),
        _ => None,
    }
}

/// Returns an entry for each element of a new model group: types that refer to the group have them since then.
fn in_group(release: &Release<'_>, change: &Change, path: &ComponentPath) -> Vec<Since> {
    if change.code != codes::GROUP_ADDED.code {
        return Vec::new();
    }
    let model = release.new.model;
    let prefixes = prefixes(release.new.ir);
    let prefix = |id: crate::model::NamespaceId| {
        let uri = model.namespaces.get(id.index()).map_or("", |namespace| namespace.uri.as_str());
        prefixes.get(uri).copied().unwrap_or(NONE)
    };
    let group = model.groups.iter().find(|it| it.name.local == path.local && prefix(it.name.namespace) == path.prefix);
    let mut names = Vec::new();
    group.into_iter().flat_map(|it| &it.group.particles).for_each(|particle| elements(model, particle, &mut names));
    let entry = |name: &crate::model::QName| {
        let step = Step::Element(path.name(prefix(name.namespace), &name.local));
        Since { path: path.child(step), release: release.name.clone(), from: None }
    };
    names.into_iter().map(entry).collect()
}

fn elements<'m>(model: &'m Model, particle: &'m Particle, out: &mut Vec<&'m crate::model::QName>) {
    match &particle.term {
        Term::Element(id) => out.extend(model.elements.get(id.index()).map(|element| &element.name)),
        Term::Group(group) if group.named.is_none() => group.particles.iter().for_each(|particle| elements(model, particle, out)),
        Term::Group(_) | Term::Any(_) => {}
    }
}

fn removed(changes: &[Change]) -> HashSet<ComponentPath> {
    let gone = changes.iter().filter(|change| change.kind == ChangeKind::Removed || change.code == codes::ENUMERATION_VALUE_REMOVED.code);
    let paths = gone.filter_map(|change| if let Subject::Component(path) = &change.subject { Some(path.clone()) } else { None });
    paths.collect()
}

/// Returns a path and those of the components that contain it, the innermost first.
fn above(path: &ComponentPath) -> Vec<ComponentPath> {
    std::iter::successors(Some(path.clone()), ComponentPath::parent).collect()
}

/// The prefix of each namespace, by URI.
fn prefixes(ir: &RustIr) -> HashMap<&str, &str> {
    ir.root.namespaces.iter().map(|(prefix, uri)| (uri.as_str(), prefix.as_str())).collect()
}

/// The paths and prefixes that a release changed.
struct Renamings {
    /// From the old path to the new one.
    paths: HashMap<ComponentPath, ComponentPath>,
    /// From the old prefix to the new one.
    prefixes: HashMap<String, String>,
}

impl Renamings {
    fn of(release: &Release<'_>) -> Self {
        let changes = &release.comparison.changes;
        let uris = changes.iter().filter(|change| change.code == codes::NAMESPACE_RENAMED.code);
        let uris: HashMap<&str, &str> = uris.filter_map(|change| Some((change.before.as_deref()?, change.after.as_deref()?))).collect();
        let new = prefixes(release.new.ir);
        let prefix = |(prefix, uri): &(String, String)| {
            let uri = uris.get(uri.as_str()).copied().unwrap_or(uri.as_str());
            new.get(uri).map(|now| (prefix.clone(), (*now).to_owned()))
        };
        let mut renamings =
            Renamings { paths: HashMap::new(), prefixes: release.old.ir.root.namespaces.iter().filter_map(prefix).collect() };
        let mut back: HashMap<ComponentPath, ComponentPath> = HashMap::new();
        let moved = changes.iter().filter(|change| matches!(change.kind, ChangeKind::Renamed | ChangeKind::Moved));
        let mut moved: Vec<(&Change, &ComponentPath)> =
            moved.filter_map(|change| if let Subject::Component(path) = &change.subject { Some((change, path)) } else { None }).collect();
        // What contains a component comes before it.
        moved.sort_by_key(|(_, path)| path.steps.len());
        for (change, path) in moved {
            let parent = path.parent().map(|parent| translated(&parent, &back));
            if let Some(old) = old_path(change, path, parent.as_ref()) {
                back.insert(path.clone(), old.clone());
                renamings.paths.insert(old, path.clone());
            }
        }
        renamings
    }

    /// Returns the path that a component has now.
    fn translated(&self, path: &ComponentPath) -> ComponentPath {
        let path = translated(path, &self.paths);
        path.with_prefixes(&|prefix| self.prefixes.get(prefix).cloned().unwrap_or_else(|| prefix.to_owned()))
    }
}

/// Replaces the longest beginning of a path that is in the map.
fn translated(path: &ComponentPath, map: &HashMap<ComponentPath, ComponentPath>) -> ComponentPath {
    for begin in above(path) {
        if let Some(other) = map.get(&begin) {
            let rest = path.steps.iter().skip(begin.steps.len()).cloned();
            return ComponentPath { steps: other.steps.iter().cloned().chain(rest).collect(), ..other.clone() };
        }
    }
    path.clone()
}

/// Returns the path that a renamed or moved component had. `parent` is the path that its parent had.
fn old_path(change: &Change, path: &ComponentPath, parent: Option<&ComponentPath>) -> Option<ComponentPath> {
    change.confidence?;
    let before = change.before.as_deref()?;
    if change.code == codes::ELEMENT_MOVED.code {
        return before.parse().ok();
    }
    let (prefix, local) = before.split_once(':').unwrap_or((NONE, before));
    match (path.steps.last(), parent) {
        (Some(Step::Element(_)), Some(parent)) => Some(parent.child(Step::Element(parent.name(prefix, local)))),
        (Some(Step::Attribute(_)), Some(parent)) => Some(parent.child(Step::Attribute(parent.name(prefix, local)))),
        (None, _) if path.kind != GlobalKind::AttributeGroup => Some(ComponentPath::global(path.kind, prefix, local)),
        _ => None,
    }
}
