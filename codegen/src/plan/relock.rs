//! Plans new names for components that have names in the lock, and keeps their old names as aliases.

use std::collections::BTreeSet;

use super::plan;
use super::selectors::Rules;
use crate::diagnostic::{Diagnostics, Staged};
use crate::ir::RustIr;
use crate::lock::{Key, Lock, OldName, Role};
use crate::model::{ComponentPath, Model};
use crate::settings::{Rule, Settings};

/// The components that get new names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relock {
    /// Those that the selectors match.
    Selected(Vec<Rule<()>>),
    /// All components and namespaces.
    All,
}

/// Plans the bindings with new names for some components: those that they would have without the lock. With `aliases`, the old names of types are
/// kept as deprecated aliases where that is possible.
///
/// # Errors
///
/// The same as for [`plan`], and selectors that match no component in the lock.
pub fn relock(model: &Model, settings: &Settings, lock: &Lock, what: &Relock, aliases: bool) -> Staged<RustIr> {
    let mut problems = Diagnostics::new();
    let mut reduced = lock.clone();
    match what {
        Relock::All => reduced = Lock::default(),
        Relock::Selected(rules) => {
            let selected = selected(lock, rules, &mut problems);
            reduced.entries.retain(|key, _| !selected.contains(&key.path));
            reduced.aliases.retain(|alias| !selected.contains(&alias.path));
        }
    }
    if problems.has_errors() {
        return Staged { product: None, diagnostics: problems };
    }
    let planned = plan(model, settings, &reduced);
    let Some(ir) = planned.product.as_ref().filter(|_| aliases && !planned.diagnostics.has_errors()) else { return planned };
    let mut renamed = Lock::of(ir);
    let old = lock.with_prefixes_of(&renamed);
    renamed.aliases.extend(old_names(&old, &renamed));
    plan(model, settings, &renamed)
}

/// Returns the paths that selectors match, and reports selectors that match none.
fn selected<'l>(lock: &'l Lock, rules: &[Rule<()>], problems: &mut Diagnostics) -> BTreeSet<&'l ComponentPath> {
    let rules = Rules::new(rules, problems);
    let paths: BTreeSet<&ComponentPath> = lock.entries.keys().map(|key| &key.path).collect();
    let found = paths.into_iter().filter(|path| rules.find(&[path]).is_some()).collect();
    rules.unused("component in the lock", problems);
    found
}

/// Returns the old names of the types that have another name now.
fn old_names(old: &Lock, new: &Lock) -> Vec<OldName> {
    let types = old.entries.iter().filter(|(key, _)| key.role == Role::Type);
    let changed = types.filter(|(key, entry)| new.entries.get(*key).is_some_and(|found| found.rust() != entry.rust()));
    let names =
        changed.map(|(Key { path, .. }, entry)| OldName { path: path.clone(), module: entry.module.clone(), name: entry.name.clone() });
    names.chain(old.aliases.iter().cloned()).collect()
}
