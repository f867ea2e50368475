//! The changes of the schemas by what they concern: Rust names, components, declarations, namespaces and documents.

use std::collections::{HashMap, VecDeque};

use super::causes::Class;
use super::subjects::{Declared, Subjects};
use crate::compare::{Change, ChangeKind, Subject};
use crate::ir::ItemId;

/// The changes by what they concern.
pub(super) struct Causes<'a> {
    pub(super) changes: &'a [Change],
    pub(super) old: Subjects<'a>,
    pub(super) new: Subjects<'a>,
    pub(super) by_rust: HashMap<&'a str, Vec<usize>>,
    pub(super) by_component: HashMap<String, Vec<usize>>,
    /// By the declaration: types derived by extension repeat the fields of their base.
    pub(super) by_element: HashMap<Declared, Vec<usize>>,
    /// By the Rust item that contains a changed field or variant.
    pub(super) within_item: HashMap<&'a str, Vec<usize>>,
    /// By each component around the changed one.
    pub(super) within_component: HashMap<String, Vec<usize>>,
    pub(super) by_prefix: HashMap<&'a str, Vec<usize>>,
    pub(super) by_uri: HashMap<&'a str, Vec<usize>>,
    pub(super) by_document: HashMap<&'a str, Vec<usize>>,
    /// The changed items that each item uses, and those that use it.
    pub(super) used: HashMap<String, (String, usize)>,
    pub(super) users: HashMap<String, (String, usize)>,
}

impl<'a> Causes<'a> {
    pub(super) fn of(changes: &'a [Change], old: Subjects<'a>, new: Subjects<'a>) -> Self {
        let mut out = Causes {
            changes,
            old,
            new,
            by_rust: HashMap::new(),
            by_component: HashMap::new(),
            by_element: HashMap::new(),
            within_item: HashMap::new(),
            within_component: HashMap::new(),
            by_prefix: HashMap::new(),
            by_uri: HashMap::new(),
            by_document: HashMap::new(),
            used: HashMap::new(),
            users: HashMap::new(),
        };
        changes.iter().enumerate().for_each(|(index, change)| out.add(index, change));
        out.declarations();
        out.dependencies();
        out
    }

    fn add(&mut self, index: usize, change: &'a Change) {
        for name in &change.rust {
            self.by_rust.entry(name).or_default().push(index);
            let item = name.rsplit_once("::").map(|(item, _)| item);
            let known = |item: &&str| *item == "Document" || self.new.item_of(item).or_else(|| self.old.item_of(item)).is_some();
            if let Some(item) = item.filter(known) {
                self.within_item.entry(item).or_default().push(index);
            }
        }
        for side in change.old.iter().chain(&change.new) {
            let name = side.file.rsplit(['/', '\\']).next().unwrap_or_default();
            self.by_document.entry(name).or_default().push(index);
        }
        match &change.subject {
            Subject::Namespace(uri) => {
                let old = change.before.as_deref().filter(|_| change.kind == ChangeKind::Renamed);
                old.into_iter().chain([uri.as_str()]).for_each(|uri| self.by_uri.entry(uri).or_default().push(index));
            }
            Subject::Document(_) => {}
            Subject::Notation(prefix, _) => self.by_prefix.entry(prefix).or_default().push(index),
            Subject::Component(path) => {
                self.by_prefix.entry(&path.prefix).or_default().push(index);
                self.component(index, &path.shown());
                let renamed = matches!(change.kind, ChangeKind::Renamed | ChangeKind::Moved);
                if let Some(before) = change.before.as_ref().filter(|_| renamed) {
                    let local = before.rsplit(':').next().unwrap_or_default();
                    let old = path.parent().map_or_else(|| before.clone(), |parent| format!("{}/{local}", parent.shown()));
                    self.component(index, &old);
                }
            }
        }
    }

    fn component(&mut self, index: usize, shown: &str) {
        self.by_component.entry(shown.to_owned()).or_default().push(index);
        for parent in ancestors(shown) {
            self.within_component.entry(parent.to_owned()).or_default().push(index);
        }
    }

    /// Finds the changes of each declaration.
    fn declarations(&mut self) {
        let all = [&self.new, &self.old].into_iter().flat_map(|side| side.declarations());
        let mut found: Vec<(Declared, usize)> = all
            .flat_map(|(declared, component)| self.by_component.get(component).into_iter().flatten().map(move |index| (declared, *index)))
            .collect();
        found.sort_unstable();
        for (declared, index) in found {
            let list = self.by_element.entry(declared).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
    }

    /// Finds for each item the nearest changed item that it uses, and that uses it.
    fn dependencies(&mut self) {
        for side in [&self.new, &self.old] {
            let uses = side.uses();
            let mut back: Vec<Vec<ItemId>> = vec![Vec::new(); uses.len()];
            for (user, list) in uses.iter().enumerate() {
                let user = ItemId(u32::try_from(user).unwrap_or(u32::MAX));
                list.iter().for_each(|id| back.iter_mut().skip(id.index()).take(1).for_each(|users| users.push(user)));
            }
            let changed: Vec<(usize, usize)> =
                side.paths().iter().enumerate().filter_map(|(at, path)| Some((at, self.of_item(path)?))).collect();
            let (used, users) = (spread(side, &changed, &back), spread(side, &changed, &uses));
            for (path, found) in used {
                self.used.entry(path).or_insert(found);
            }
            for (path, found) in users {
                self.users.entry(path).or_insert(found);
            }
        }
    }

    /// Returns the first change of an item or something in it, other than one of documentation.
    pub(super) fn of_item(&self, path: &str) -> Option<usize> {
        let strict = |list: Option<&Vec<usize>>| self.choose(list, Class::Code, true);
        strict(self.by_rust.get(path)).or_else(|| strict(self.within_item.get(path)))
    }

    /// Returns the first change of a list: one of documentation for lines of documentation, and another one otherwise; unless `strict`, else any.
    pub(super) fn choose(&self, list: Option<&Vec<usize>>, class: Class, strict: bool) -> Option<usize> {
        let list = list?;
        let fits = |index: &&usize| {
            let documentation = self.changes.get(**index).is_some_and(|change| change.kind == ChangeKind::Documentation);
            documentation == (class == Class::Documentation)
        };
        list.iter().find(fits).or_else(|| list.first().filter(|_| !strict)).copied()
    }

    /// Returns a change of a component, by its name.
    pub(super) fn of_component(&self, name: &str) -> Option<usize> {
        [true, false].into_iter().find_map(|strict| {
            let list = self.by_component.get(name).or_else(|| self.within_component.get(name));
            self.choose(list, Class::Code, strict)
        })
    }

    /// Returns the component of a Rust path of either side.
    pub(super) fn component_of(&self, path: &str) -> Option<&str> {
        self.new.component_of(path).or_else(|| self.old.component_of(path))
    }

    /// Returns a change of a namespace, by its URI.
    pub(super) fn of_namespace(&self, uri: &str) -> Option<usize> {
        self.choose(self.by_uri.get(uri), Class::Code, false)
    }

    /// Returns a change in a module that a Cargo feature enables.
    pub(super) fn of_feature(&self, feature: &str) -> Option<usize> {
        let modules = [&self.new, &self.old].into_iter().flat_map(|side| side.feature(feature).iter().map(move |module| (side, module)));
        let prefixes = modules.filter_map(|(side, module)| side.namespace(module)).collect::<Vec<_>>();
        prefixes.into_iter().find_map(|(prefix, uri)| {
            let list = self.by_uri.get(uri).or_else(|| self.by_prefix.get(prefix));
            self.choose(list, Class::Code, true)
        })
    }

    /// Returns a change in a schema document, by the name of its file.
    pub(super) fn of_document(&self, name: &str) -> Option<usize> {
        self.choose(self.by_document.get(name), Class::Code, false)
    }

    /// Returns the nearest changed item that an item uses.
    pub(super) fn used_by(&self, path: &str) -> Option<&(String, usize)> {
        self.used.get(path)
    }

    /// Returns a change of an item or of a member of it.
    pub(super) fn of_path(&self, path: &str) -> Option<usize> {
        [true, false].into_iter().find_map(|strict| {
            let list = self.by_rust.get(path).or_else(|| self.within_item.get(path));
            self.choose(list, Class::Code, strict)
        })
    }
}

/// Returns the components around one, from the inside.
pub(super) fn ancestors(component: &str) -> impl Iterator<Item = &str> {
    // An enumeration value can contain a slash.
    let names = component.split_once("/=").map_or(component, |(names, _)| names);
    let first = (names.len() < component.len()).then_some(names);
    first.into_iter().chain(std::iter::successors(names.rsplit_once('/').map(|(parent, _)| parent), |path| {
        path.rsplit_once('/').map(|(parent, _)| parent)
    }))
}

/// Returns for each item that the edges lead to from changed items the nearest of these, with its change.
fn spread(side: &Subjects<'_>, changed: &[(usize, usize)], edges: &[Vec<ItemId>]) -> HashMap<String, (String, usize)> {
    let mut found: Vec<Option<(usize, usize)>> = vec![None; edges.len()];
    let mut queue: VecDeque<(usize, usize, usize)> = changed.iter().map(|(at, change)| (*at, *at, *change)).collect();
    while let Some((at, origin, change)) = queue.pop_front() {
        for next in edges.get(at).into_iter().flatten() {
            if let Some(slot @ None) = found.get_mut(next.index()) {
                *slot = Some((origin, change));
                queue.push_back((next.index(), origin, change));
            }
        }
    }
    let named = |(at, found): (usize, Option<(usize, usize)>)| {
        let (origin, change) = found?;
        Some((side.paths().get(at)?.clone(), (side.paths().get(origin)?.clone(), change)))
    };
    found.into_iter().enumerate().filter_map(named).collect()
}
