//! Builds release notes from a comparison. `operations` and `components` describe what changed in each namespace.

mod components;
mod operations;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::NotesOptions;
use super::changes::{Changed, grouped};
use super::reach::Reach;
use super::samples::Samples;
use super::side::{Side, shown};
use super::tasks::{self, Roles};
use super::types::{Compatibility, Component, Notes, Operation, Service, Statement, Status};
use crate::compare::{Change, ChangeKind, Comparison, ComponentPath, GlobalKind, Input, Subject, Verdict};
use crate::model::{Docs, ElementId, Type, TypeId};

/// A request or a response, by its operation and role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct MessageOf {
    operation: usize,
    response: bool,
}

/// The components that contain a changed one.
#[derive(Default)]
struct Uses {
    messages: Vec<MessageOf>,
    roots: Vec<ElementId>,
}

struct Builder<'m> {
    old: &'m Side<'m>,
    new: &'m Side<'m>,
    reach: &'m Reach<'m>,
    samples: Samples<'m>,
    comparison: &'m Comparison,
    groups: Vec<Changed<'m>>,
    /// The components that contain each group's component.
    uses: Vec<Uses>,
    /// The groups whose component each message contains.
    contained: HashMap<MessageOf, Vec<usize>>,
    /// The groups by the name of the component, with its kind.
    by_name: HashMap<(GlobalKind, String), usize>,
    /// The operations that the old set does not have.
    new_operations: HashSet<usize>,
    /// The new types that are described by themselves.
    described: HashSet<TypeId>,
}

/// The maximum number of components for which the messages that contain them are searched.
const MOST: usize = 500;

pub(super) fn notes(comparison: &Comparison, old: Input<'_>, new: Input<'_>, options: &NotesOptions) -> Notes {
    let (old, new) = (Side::of(old), Side::of(new));
    let reach = Reach::of(&new);
    let samples = Samples::new(&new, &reach, &options.examples);
    let groups = grouped(&comparison.changes, options.documentation);
    let by_name = groups.iter().enumerate().map(|(at, group)| ((group.path.kind, name(&group.path)), at)).collect();
    let mut builder = Builder {
        old: &old,
        new: &new,
        reach: &reach,
        samples,
        comparison,
        groups,
        uses: Vec::new(),
        contained: HashMap::new(),
        by_name,
        new_operations: HashSet::new(),
        described: HashSet::new(),
    };
    builder.find_uses();
    let operations = builder.operations();
    let shown: HashSet<String> = operations.iter().flat_map(|(_, it)| [it.request.ty.clone(), it.response.ty.clone()]).collect();
    let components = builder.components(&shown);
    let tasks = tasks::tasks(comparison, &|change| builder.roles(change));
    let release = options.new.as_ref().map(|name| format!("Release notes for {name}"));
    Notes {
        title: options.title.clone().or(release).unwrap_or_else(|| "Release notes".to_owned()),
        old: options.old.clone().unwrap_or_else(|| "the old schemas".to_owned()),
        new: options.new.clone().unwrap_or_else(|| "the new schemas".to_owned()),
        markdown: options.markdown,
        compatibility: compatibility(comparison),
        tasks,
        services: builder.services(operations, components),
    }
}

/// Returns the name of a global component.
fn name(path: &ComponentPath) -> String {
    shown(&path.prefix, &path.local)
}

fn compatibility(comparison: &Comparison) -> Compatibility {
    let statement = |verdict: &Verdict| Statement {
        result: verdict.result,
        reason: verdict.reason.clone(),
        cause: verdict.change.and_then(|id| comparison.changes.iter().find(|change| change.fingerprint == id)).map(subject),
        witness: verdict.witness.clone(),
    };
    let documents = &comparison.verdicts.documents;
    Compatibility {
        backward: statement(&documents.new_reads_old),
        tolerant: statement(&documents.old_tolerates_new),
        forward: statement(&documents.old_reads_new),
        rust: comparison.verdicts.rust.result,
    }
}

fn subject(change: &Change) -> String {
    match &change.subject {
        Subject::Component(path) => path.shown(),
        other => other.to_string(),
    }
}

impl<'m> Builder<'m> {
    /// Finds the messages and root elements that contain each changed component of the new set.
    fn find_uses(&mut self) {
        let operations = self.new.operations().iter().enumerate();
        let messages: HashMap<TypeId, MessageOf> = operations
            .flat_map(|(operation, planned)| {
                let ids = [(Some(planned.request), false), (planned.response, true)];
                ids.map(|(id, response)| self.new.type_of(id?).map(|ty| (ty, MessageOf { operation, response })))
            })
            .flatten()
            .collect();
        let mut searched = 0;
        for group in &self.groups {
            let mut uses = Uses::default();
            if group.status != Status::Removed && searched < MOST {
                searched += 1;
                let containers = self.reach.containers(&group.path);
                uses.messages = containers.iter().filter_map(|ty| messages.get(ty)).copied().collect();
                uses.messages.sort_unstable();
                uses.roots = self.reach.roots(&containers);
            }
            for message in &uses.messages {
                self.contained.entry(*message).or_default().push(self.uses.len());
            }
            self.uses.push(uses);
        }
        let new = self.groups.iter().filter(|group| group.status == Status::New);
        let types = new.filter_map(|group| self.type_at(&group.path));
        self.described = types.filter(|ty| !messages.contains_key(ty)).collect();
    }

    fn type_at(&self, path: &ComponentPath) -> Option<TypeId> {
        match self.new.find(path)? {
            super::side::Found::Type(id) => Some(id),
            _ => None,
        }
    }

    fn group_of(&self, path: &ComponentPath) -> Option<&Changed<'m>> {
        self.by_name.get(&(path.kind, name(path))).and_then(|at| self.groups.get(*at))
    }

    /// Returns the URI of the namespace of a component, which one of the sets has.
    fn uri(&self, path: &ComponentPath) -> String {
        self.new.uri_of(&path.prefix).or_else(|| self.old.uri_of(&path.prefix)).unwrap_or_default().to_owned()
    }

    /// Returns where the component of a change occurs.
    fn roles(&self, change: &Change) -> Roles {
        let both = Roles { sent: true, received: true };
        let Subject::Component(path) = &change.subject else { return both };
        let Some(uses) = self.by_name.get(&(path.kind, name(path))).and_then(|at| self.uses.get(*at)) else { return both };
        if uses.messages.is_empty() {
            return both;
        }
        let known = |of: &MessageOf| !self.new_operations.contains(&of.operation);
        let is = |response| uses.messages.iter().any(|of| of.response == response && known(of));
        Roles { sent: is(false), received: is(true) }
    }

    /// Groups operations and components by namespace, in the order of the modules.
    fn services(&self, operations: Vec<(String, Operation)>, components: Vec<(String, Component)>) -> Vec<Service> {
        let mut out: BTreeMap<String, Service> = BTreeMap::new();
        for change in &self.comparison.changes {
            let Subject::Namespace(uri) = &change.subject else { continue };
            let status = match (change.kind, &change.before) {
                (ChangeKind::Added, _) => Status::New,
                (ChangeKind::Removed, _) => Status::Removed,
                (_, Some(before)) => Status::Renamed(before.clone()),
                _ => Status::Changed,
            };
            out.insert(uri.clone(), Service { status, ..self.service(uri) });
        }
        for (uri, operation) in operations {
            out.entry(uri.clone()).or_insert_with(|| self.service(&uri)).operations.push(operation);
        }
        for (uri, component) in components {
            out.entry(uri.clone()).or_insert_with(|| self.service(&uri)).components.push(component);
        }
        let mut out: Vec<Service> = out.into_values().collect();
        out.sort_by(|a, b| a.module.cmp(&b.module));
        out
    }

    fn service(&self, uri: &str) -> Service {
        let module = self.new.module(uri).or_else(|| self.old.module(uri)).unwrap_or_default().to_owned();
        let namespaces = self.new.model.namespaces.iter().chain(&self.old.model.namespaces);
        let docs = namespaces.into_iter().find(|namespace| namespace.uri == uri).map(|namespace| namespace.docs.clone());
        Service {
            uri: uri.to_owned(),
            module,
            docs: docs.unwrap_or_default(),
            status: Status::Changed,
            operations: Vec::new(),
            components: Vec::new(),
        }
    }
}

/// Returns the documentation of a type.
fn docs(side: &Side<'_>, id: TypeId) -> Docs {
    match side.model.types.get(id.index()) {
        Some(Type::Simple(ty)) => ty.docs.clone(),
        Some(Type::Complex(ty)) => ty.docs.clone(),
        None => Docs::new(),
    }
}

fn rank(status: &Status) -> u8 {
    match status {
        Status::New => 0,
        Status::Changed => 1,
        Status::Renamed(_) => 2,
        Status::Removed => 3,
    }
}
