//! Attributes the differences of the generated code to the changes of the schemas: by the component that the code was generated from, or else by
//! what the code uses, what uses it, and what it names.

use std::collections::{HashMap, VecDeque};

use super::align::{Spot, Unit};
use super::blocks::{BLANK, Kind};
use super::mentions;
use super::subjects::{Declared, Subjects, item_in};
use super::{Reason, Reviewed, State};
use crate::compare::{Change, ChangeKind, Comparison, Subject};
use crate::ir::{ItemId, Ty};

/// The change that explains lines, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) change: usize,
    pub(super) reason: Reason,
}

/// A segment with the cause of each of its lines. Lines that did not change have none.
pub(super) struct Attributed {
    pub(super) unit: Unit,
    pub(super) causes: Vec<Option<Cause>>,
}

/// What kind of lines a cause is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Documentation,
    Code,
}

/// Returns the class of a line.
pub(super) fn class(line: &str) -> Class {
    let line = line.trim_start();
    if line.starts_with("///") || line.starts_with("//!") { Class::Documentation } else { Class::Code }
}

/// The changes by what they concern.
pub(super) struct Causes<'a> {
    pub(super) changes: &'a [Change],
    pub(super) old: Subjects<'a>,
    pub(super) new: Subjects<'a>,
    by_rust: HashMap<&'a str, Vec<usize>>,
    by_component: HashMap<String, Vec<usize>>,
    /// By the declaration: types derived by extension repeat the fields of their base.
    by_element: HashMap<Declared, Vec<usize>>,
    /// By the Rust item that contains a changed field or variant.
    within_item: HashMap<&'a str, Vec<usize>>,
    /// By each component around the changed one.
    within_component: HashMap<String, Vec<usize>>,
    by_prefix: HashMap<&'a str, Vec<usize>>,
    by_uri: HashMap<&'a str, Vec<usize>>,
    by_document: HashMap<&'a str, Vec<usize>>,
    /// The changed items that each item uses, and those that use it.
    used: HashMap<String, (String, usize)>,
    users: HashMap<String, (String, usize)>,
}

/// Attributes all segments.
pub(super) fn attribute(units: Vec<Unit>, comparison: &Comparison, old: Reviewed<'_>, new: Reviewed<'_>) -> Vec<Attributed> {
    let causes = Causes::of(&comparison.changes, Subjects::of(old.input.ir, true), Subjects::of(new.input.ir, false));
    let mut out: Vec<Attributed> = units.into_iter().map(|unit| causes.unit(unit)).collect();
    mentions::attribute(&causes, &mut out);
    out
}

impl<'a> Causes<'a> {
    fn of(changes: &'a [Change], old: Subjects<'a>, new: Subjects<'a>) -> Self {
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
    fn of_item(&self, path: &str) -> Option<usize> {
        let strict = |list: Option<&Vec<usize>>| self.choose(list, Class::Code, true);
        strict(self.by_rust.get(path)).or_else(|| strict(self.within_item.get(path)))
    }

    /// Returns the first change of a list: one of documentation for lines of documentation, and another one otherwise; unless `strict`, else any.
    fn choose(&self, list: Option<&Vec<usize>>, class: Class, strict: bool) -> Option<usize> {
        let list = list?;
        let fits = |index: &&usize| {
            let documentation = self.changes.get(**index).is_some_and(|change| change.kind == ChangeKind::Documentation);
            documentation == (class == Class::Documentation)
        };
        list.iter().find(fits).or_else(|| list.first().filter(|_| !strict)).copied()
    }

    fn unit(&self, unit: Unit) -> Attributed {
        let of = |class| self.of_unit(&unit, class);
        let blank = unit.spot().is_some_and(|spot| spot.member == BLANK);
        let one_sided = unit.old.is_none() || unit.new.is_none();
        let code = if blank { None } else { of(Class::Code) };
        // The documentation of what is new or gone belongs to it.
        let documentation = if blank || one_sided { code.clone() } else { of(Class::Documentation) };
        let cause = |class| if class == Class::Documentation { documentation.clone() } else { code.clone() };
        let causes = unit.rows.iter().map(|row| if row.state == State::Kept { None } else { cause(class(&row.text)) }).collect();
        Attributed { unit, causes }
    }

    /// Returns the cause of the lines of a class in a segment.
    fn of_unit(&self, unit: &Unit, class: Class) -> Option<Cause> {
        if matches!(unit.spot()?.kind, Kind::Text | Kind::Import) {
            return None;
        }
        let spots = || unit.new.iter().map(|spot| (spot, &self.new)).chain(unit.old.iter().map(|spot| (spot, &self.old)));
        if let Some(size) = self.of_size(unit) {
            return Some(size);
        }
        [true, false].into_iter().find_map(|strict| {
            spots()
                .find_map(|(spot, side)| self.own(spot, side, class, strict))
                .or_else(|| spots().find_map(|(spot, side)| self.near(spot, side, class, strict)))
        })
    }

    /// Returns the cause of code in a place.
    pub(super) fn of_spot(&self, spot: &Spot) -> Option<Cause> {
        let sides = || [&self.new, &self.old].into_iter();
        let own = |strict| sides().find_map(|side| self.own(spot, side, Class::Code, strict));
        let near = |strict| sides().find_map(|side| self.near(spot, side, Class::Code, strict));
        [true, false].into_iter().find_map(|strict| own(strict).or_else(|| near(strict)))
    }

    /// Returns a change of the component itself, or one that added or removed a component around it.
    fn own(&self, spot: &Spot, side: &Subjects<'_>, class: Class, strict: bool) -> Option<Cause> {
        let direct = |change| Cause { change, reason: Reason::Direct };
        let path = path_of(spot);
        let component = side.component_of(&path);
        let found = self.choose(self.by_rust.get(path.as_str()), class, strict);
        let found = found.or_else(|| self.choose(self.by_element.get(&side.element_of(&path)?), class, strict));
        let found = found.or_else(|| self.choose(self.by_component.get(component?), class, strict));
        found
            .or_else(|| ancestors(component?).find_map(|parent| self.created(parent)))
            .or_else(|| self.created_item(&spot.path))
            .map(direct)
    }

    /// Returns the change that added or removed a component.
    fn created(&self, component: &str) -> Option<usize> {
        self.by_component.get(component)?.iter().copied().find(|index| self.creates(*index))
    }

    fn created_item(&self, path: &str) -> Option<usize> {
        self.by_rust.get(path)?.iter().copied().find(|index| self.creates(*index))
    }

    fn creates(&self, index: usize) -> bool {
        self.changes.get(index).is_some_and(|change| matches!(change.kind, ChangeKind::Added | ChangeKind::Removed))
    }

    /// Returns a change of something that the item contains or uses, or that contains or uses it.
    fn near(&self, spot: &Spot, side: &Subjects<'_>, class: Class, strict: bool) -> Option<Cause> {
        let path = path_of(spot);
        let item = if spot.kind == Kind::Macro { path.as_str() } else { spot.path.as_str() };
        let component = side.component_of(&path);
        let used = || self.uses(spot, side, &path);
        let within = || {
            let found = self.choose(self.within_item.get(item), class, strict);
            let found = found.or_else(|| self.choose(self.by_rust.get(item), class, strict))?;
            Some(Cause { change: found, reason: Reason::Within(side.component_of(item).unwrap_or(item).to_owned()) })
        };
        let around = || {
            let component = component?;
            let found = ancestors(component).find_map(|parent| self.choose(self.by_component.get(parent), class, strict));
            let found = found.or_else(|| self.choose(self.within_component.get(component), class, strict))?;
            Some(Cause { change: found, reason: Reason::Within(component.to_owned()) })
        };
        let users = || {
            let (item, change) = self.users.get(item)?;
            Some(Cause { change: *change, reason: Reason::UsedBy(item.clone()) })
        };
        let code = class == Class::Code || !strict;
        let used_first = if spot.member.is_empty() { None } else { used() };
        used_first.filter(|_| code).or_else(within).or_else(|| used().filter(|_| code)).or_else(around).or_else(|| users().filter(|_| code))
    }

    /// Returns the change of something that a member or an item uses.
    fn uses(&self, spot: &Spot, side: &Subjects<'_>, path: &str) -> Option<Cause> {
        let start = match side.type_of(path) {
            Some(ty) => side.path_of(item_in(ty)?).to_owned(),
            None => side.item_of(&spot.path).filter(|_| spot.member.is_empty()).map(|id| side.path_of(id).to_owned())?,
        };
        let own = (start != spot.path).then(|| self.of_item(&start)).flatten().map(|change| (start.clone(), change));
        let (item, change) = own.or_else(|| self.used.get(&start).cloned())?;
        Some(Cause { change, reason: Reason::Uses(item) })
    }

    /// Returns the cause if a member differs only in that it is boxed.
    fn of_size(&self, unit: &Unit) -> Option<Cause> {
        let (old, new) = (unit.old.as_ref()?, unit.new.as_ref()?);
        let (a, b) = (self.old.type_of(&path_of(old))?, self.new.type_of(&path_of(new))?);
        let boxed = |ty: &Ty| matches!(ty, Ty::Boxed(_));
        if boxed(a) == boxed(b) || old.member != new.member {
            return None;
        }
        let item = self.new.path_of(item_in(b)?).to_owned();
        let (_, change) = self.of_item(&item).map(|change| (item.clone(), change)).or_else(|| self.used.get(&item).cloned())?;
        Some(Cause { change, reason: Reason::Size(item) })
    }

    /// Returns a change of the namespace of a module, or of something in it.
    pub(super) fn of_module(&self, spot: &Spot, class: Class) -> Option<Cause> {
        let (prefix, uri) = self.new.namespace(&spot.module).or_else(|| self.old.namespace(&spot.module))?;
        let found = [true, false].into_iter().find_map(|strict| {
            self.choose(self.by_uri.get(uri), class, strict).or_else(|| self.choose(self.by_prefix.get(prefix), class, strict))
        });
        found.map(|change| Cause { change, reason: Reason::Module(uri.to_owned()) })
    }

    /// Returns a change of a component, by its name.
    pub(super) fn of_component(&self, name: &str) -> Option<usize> {
        [true, false].into_iter().find_map(|strict| {
            let list = self.by_component.get(name).or_else(|| self.within_component.get(name));
            self.choose(list, Class::Code, strict)
        })
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

/// Returns the Rust path of a member or an item.
pub(super) fn path_of(spot: &Spot) -> String {
    match (spot.kind, spot.member.as_str()) {
        (Kind::Type, member) if !member.is_empty() && member != BLANK => format!("{}::{member}", spot.path),
        // The macro of a value type names it.
        (Kind::Macro, _) => {
            let name = spot.path.rsplit(' ').next().unwrap_or_default();
            if spot.module.is_empty() { name.to_owned() } else { format!("{}::{name}", spot.module) }
        }
        _ => spot.path.clone(),
    }
}

/// Returns the components around one, from the inside.
fn ancestors(component: &str) -> impl Iterator<Item = &str> {
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
