//! Compares the public Rust items of two plans, and says whether the new bindings are a patch, a minor or a major release for their users.

mod causes;
mod names;
mod rules;
mod surface;

pub(super) use self::names::Names;
pub use self::rules::{Level, RULES, Rule};

use std::collections::{BTreeMap, BTreeSet};

use self::rules as rule;
use self::surface::{Api, Surface, Takes};
#[cfg(feature = "review")]
pub(crate) use self::surface::{fields, item_path, module_paths};
use super::{Change, Fingerprint};
use crate::ir::RustIr;

/// What the changes mean for users of the bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The release that the changes require by semantic versioning.
    pub result: Level,
    /// The differences of the public items, the most severe first.
    pub changes: Vec<ApiChange>,
}

/// A difference between the public items of two bindings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiChange {
    /// The rule that gives the level.
    pub rule: &'static Rule,
    /// The path of the item, field, variant or function, such as `ep::AccessControl::session_password`.
    pub item: String,
    /// What it was, if that differs.
    pub before: Option<String>,
    /// What it is, if that differs.
    pub after: Option<String>,
    /// The fingerprints of the schema changes that caused it.
    pub causes: Vec<Fingerprint>,
}

/// Compares the public items of two plans.
pub(super) fn verdict(old: &RustIr, new: &RustIr, schema: &[Change]) -> Verdict {
    let (old, new) = (Surface::of(old), Surface::of(new));
    let mut changes = Vec::new();
    for (path, a) in &old.items {
        match new.items.get(path) {
            None => changes.push(ApiChange::new(if a.is_static { &rule::STATIC_REMOVED } else { &rule::ITEM_REMOVED }, path)),
            Some(b) => items(path, a, b, &mut changes),
        }
    }
    for (path, b) in new.items.iter().filter(|(path, _)| !old.items.contains_key(*path)) {
        changes.push(ApiChange::new(if b.is_static { &rule::STATIC_ADDED } else { &rule::ITEM_ADDED }, path));
    }
    only_in(&old.features, &new.features, &rule::FEATURE_REMOVED, "feature ", &mut changes);
    only_in(&new.features, &old.features, &rule::FEATURE_ADDED, "feature ", &mut changes);
    causes::attribute(&mut changes, schema);
    changes.sort_by_key(|change| std::cmp::Reverse(change.rule.level));
    let result = changes.iter().map(|change| change.rule.level).max().unwrap_or(Level::Patch);
    Verdict { result, changes }
}

fn items(path: &str, a: &Api, b: &Api, changes: &mut Vec<ApiChange>) {
    if a.kind != b.kind {
        changes.push(ApiChange::new(&rule::KIND_CHANGED, path).between(a.kind, b.kind));
        return;
    }
    if a.target != b.target {
        changes.push(ApiChange::new(&rule::ALIAS_CHANGED, path).of(a.target.as_ref(), b.target.as_ref()));
    }
    members(path, a, b, changes);
    constructor(path, a, b, changes);
    only_in(&a.traits, &b.traits, &rule::TRAIT_REMOVED, &format!("{path}: "), changes);
    only_in(&b.traits, &a.traits, &rule::TRAIT_ADDED, &format!("{path}: "), changes);
    if b.feature.is_some() && a.feature != b.feature {
        changes.push(ApiChange::new(&rule::FEATURE_REQUIRED, path).of(a.feature.as_ref(), b.feature.as_ref()));
    }
}

fn constructor(path: &str, a: &Api, b: &Api, changes: &mut Vec<ApiChange>) {
    if a.constructor == b.constructor {
        return;
    }
    let shown = |takes: &Option<Takes>| takes.as_ref().map(ToString::to_string);
    match &a.constructor {
        Some(old) => {
            let change = ApiChange::new(&rule::PARAMETERS_CHANGED, format!("{path}::{}", old.name));
            changes.push(ApiChange { before: shown(&a.constructor), after: shown(&b.constructor), ..change });
        }
        None => changes.extend(b.constructor.iter().map(|new| ApiChange::new(&rule::CONSTRUCTOR_ADDED, format!("{path}::{}", new.name)))),
    }
}

fn members(path: &str, a: &Api, b: &Api, changes: &mut Vec<ApiChange>) {
    for (name, ty) in &a.members {
        let item = format!("{path}::{name}");
        match b.members.get(name) {
            None => changes.push(ApiChange::new(&rule::MEMBER_REMOVED, item)),
            Some(other) if other != ty => changes.push(ApiChange::new(&rule::MEMBER_RETYPED, item).between(ty, other)),
            Some(_) => {}
        }
    }
    let added = b.members.keys().filter(|name| !a.members.contains_key(*name));
    let rule = if a.exhaustive { &rule::EXHAUSTIVE_MEMBER_ADDED } else { &rule::MEMBER_ADDED };
    changes.extend(added.map(|name| ApiChange::new(rule, format!("{path}::{name}"))));
}

/// Reports what is in one set only.
fn only_in(one: &BTreeSet<String>, other: &BTreeSet<String>, rule: &'static Rule, prefix: &str, changes: &mut Vec<ApiChange>) {
    changes.extend(one.difference(other).map(|name| ApiChange::new(rule, format!("{prefix}{name}"))));
}

impl ApiChange {
    fn new(rule: &'static Rule, item: impl Into<String>) -> Self {
        ApiChange { rule, item: item.into(), before: None, after: None, causes: Vec::new() }
    }

    fn between(self, before: &str, after: &str) -> Self {
        ApiChange { before: Some(before.to_owned()), after: Some(after.to_owned()), ..self }
    }

    fn of(self, before: Option<&String>, after: Option<&String>) -> Self {
        ApiChange { before: before.cloned(), after: after.cloned(), ..self }
    }
}

/// The members of an item by name, each with its type.
type Members = BTreeMap<String, String>;
