//! Answers which names the lock and `[names]` give, and remembers which of them were used.
//!
//! Names in the lock are taken before any other. The plan is made again with [`Locked::next`] if names were kept free for components that no longer
//! exist, or if a name that the settings give was taken.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::context::Context;
use super::features;
use super::names::Scope;
use crate::ir::{Deprecated, ItemId, ModuleId, Origin, ROOT};
use crate::lock::{Entry, Form, Key, Lock, Role};
use crate::model::ComponentPath;
use crate::model::path::{Label, PartKind, Step};

/// The names that a component wants, the best first.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) names: Vec<String>,
    /// Whether `[names]` of the settings gives the name.
    pub(super) given: bool,
}

impl Wanted {
    /// Creates the names that the rules give.
    pub(super) fn by_rule(names: impl Into<Vec<String>>) -> Self {
        Wanted { names: names.into(), given: false }
    }

    pub(super) fn first(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// The scope of a member: its container, or `None` for `Document`; and whether it is a field or a variant.
type MemberScope = (Option<ComponentPath>, Form);

/// The lock, prepared for questions.
#[derive(Debug, Default)]
pub(super) struct Locked {
    lock: Lock,
    /// The types, modules and old names of each module, by the module's path in the lock.
    by_module: BTreeMap<String, Vec<(Option<Key>, String)>>,
    by_container: BTreeMap<MemberScope, Vec<Key>>,
    statics: BTreeMap<String, Vec<String>>,
    /// The components that are structs in the lock that was read.
    structs: HashSet<ComponentPath>,
    /// The entries whose names cannot be used, because something else has them.
    unusable: HashSet<Key>,
    used: HashSet<Key>,
    /// The entries for names that the settings give, and whether they got them.
    given: BTreeMap<Key, (Entry, bool)>,
    /// Whether a component got a name that is not in the lock.
    grown: bool,
    /// The components of items.
    paths: HashSet<ComponentPath>,
    /// The path of each module in the lock, or its own path if it is not in the lock.
    modules: HashMap<ModuleId, String>,
}

impl Locked {
    /// Prepares a lock. `read` is the lock that was read, which says what form the components had.
    pub(super) fn new(lock: &Lock, read: &Lock) -> Self {
        let structs = read.entries.iter().filter(|(_, entry)| entry.form == Form::Struct).map(|(key, _)| key.path.clone()).collect();
        let mut locked = Locked { lock: lock.clone(), structs, ..Locked::default() };
        locked.modules.insert(ROOT, String::new());
        locked.index();
        locked
    }

    fn index(&mut self) {
        let (mut modules, mut containers, mut statics) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (key, entry) in &self.lock.entries {
            match key.role {
                Role::Type if entry.form == Form::Shared => {}
                Role::Type | Role::Module => {
                    let names: &mut Vec<_> = modules.entry(entry.module.clone()).or_default();
                    names.push((Some(key.clone()), entry.name.clone()));
                }
                Role::Static => statics.entry(entry.module.clone()).or_insert_with(Vec::new).push(entry.name.clone()),
                Role::Member => containers.entry(scope_of(key, entry.form)).or_insert_with(Vec::new).push(key.clone()),
            }
        }
        for alias in &self.lock.aliases {
            modules.entry(alias.module.clone()).or_default().push((None, alias.name.clone()));
        }
        (self.by_module, self.by_container, self.statics) = (modules, containers, statics);
    }

    /// Returns the names that the lock gives a namespace.
    pub(super) fn namespace(&self, uri: &str) -> Option<&crate::lock::LockedNamespace> {
        self.lock.namespaces.get(uri)
    }

    /// Returns the names of the modules of anonymous types.
    pub(super) fn module_names(&self) -> impl Iterator<Item = &str> {
        self.lock.entries.iter().filter(|(key, _)| key.role == Role::Module).map(|(_, entry)| entry.name.as_str())
    }

    /// Replaces the prefixes of the lock by those of the plan.
    pub(super) fn use_prefixes(&mut self, planned: &BTreeMap<String, String>) {
        if planned.iter().any(|(old, new)| old != new) {
            self.lock = self.lock.with_prefixes(planned);
            let other = |prefix: &str| planned.get(prefix).cloned().unwrap_or_else(|| prefix.to_owned());
            self.structs = self.structs.iter().map(|path| path.clone().with_prefixes(&other)).collect();
            self.index();
        }
    }

    /// Returns whether the component is a struct in the lock that was read.
    pub(super) fn is_struct(&self, path: &ComponentPath) -> bool {
        self.structs.contains(path)
    }

    /// Returns whether the lock has an item of its own for a type.
    pub(super) fn has_own_item(&self, key: &Key) -> bool {
        self.lock.entries.get(key).is_some_and(|entry| entry.form != Form::Shared)
    }

    /// Records that a component shares the item of another. Returns whether the lock says so: not if an item has this path.
    pub(super) fn shares(&mut self, path: &ComponentPath) -> bool {
        self.used.insert(Key::new(path.clone(), Role::Type));
        self.paths.insert(path.clone())
    }

    /// Returns whether the lock has a member of this path.
    pub(super) fn has_member(&self, path: ComponentPath) -> bool {
        self.lock.entries.contains_key(&Key::new(path, Role::Member))
    }

    /// Returns whether the lock has a usable name of this form for a member.
    pub(super) fn names_member(&self, key: &Key, form: Form) -> bool {
        self.lock.entries.get(key).is_some_and(|entry| entry.form == form) && !self.unusable.contains(key)
    }

    /// Takes the names of the members of a container in its scope.
    pub(super) fn reserve_members(&mut self, scope: &mut Scope, of: &MemberScope) {
        for key in self.by_container.get(of).into_iter().flatten() {
            let free = self.lock.entries.get(key).is_some_and(|entry| scope.insert(&entry.name));
            if !free {
                self.unusable.insert(key.clone());
            }
        }
    }

    /// Returns the entry of a component if its name can be used.
    pub(super) fn find(&mut self, key: &Key) -> Option<Entry> {
        let entry = self.lock.entries.get(key)?;
        self.used.insert(key.clone());
        if entry.form == Form::Shared {
            return None; // it is the name of another component
        }
        (!self.unusable.contains(key)).then(|| entry.clone())
    }

    /// Records the name that a component got.
    pub(super) fn got(&mut self, key: &Key, entry: Entry, wanted: &Wanted) {
        if wanted.given {
            let satisfied = entry.name == wanted.first();
            self.given.insert(key.clone(), (Entry { name: wanted.first().to_owned(), ..entry }, satisfied));
        } else {
            self.grown = true;
        }
    }

    /// Returns the lock to plan with again, or `None` if the names are final.
    pub(super) fn next(&self) -> Option<Lock> {
        let refused = self.given.values().any(|(_, satisfied)| !satisfied);
        let free = |(key, entry): (&Key, &Entry)| {
            let given = self.given.get(key).is_some_and(|(given, _)| given.name != entry.name);
            given || !self.used.contains(key) || self.unusable.contains(key)
        };
        let freed = self.grown && self.lock.entries.iter().any(free);
        if !refused && !freed {
            return None;
        }
        let mut lock = self.lock.clone();
        lock.entries.retain(|key, _| self.used.contains(key) && !self.unusable.contains(key));
        let own = lock.entries.iter().filter(|(_, entry)| entry.form != Form::Shared);
        let mut scopes: BTreeMap<_, Key> = own.map(|(key, entry)| (scope_and_name(key, entry), key.clone())).collect();
        let mut given = BTreeSet::new();
        for (key, (entry, _)) in &self.given {
            let place = scope_and_name(key, entry);
            if !given.insert(place.clone()) {
                continue; // the settings give the name twice
            }
            if let Some(other) = scopes.insert(place, key.clone()).filter(|other| other != key) {
                lock.entries.remove(&other);
            }
            lock.entries.insert(key.clone(), entry.clone());
        }
        (lock != self.lock).then_some(lock)
    }
}

/// Returns the scope of a member.
fn scope_of(key: &Key, form: Form) -> MemberScope {
    (if form == Form::Document { None } else { key.path.parent() }, form)
}

/// Returns the scope of a name, and the name in the form in which it has to be unique.
fn scope_and_name(key: &Key, entry: &Entry) -> (Role, String, Option<MemberScope>, String) {
    let role = if key.role == Role::Module { Role::Type } else { key.role };
    let member = (key.role == Role::Member).then(|| scope_of(key, entry.form));
    (role, entry.module.clone(), member, entry.name.trim_end_matches('_').to_owned())
}

impl Context<'_> {
    /// Returns the path, with a number if another item has it.
    pub(super) fn unique(&mut self, path: &ComponentPath) -> ComponentPath {
        let mut numbered = path.clone();
        let mut number = 1;
        while !self.locked.paths.insert(numbered.clone()) {
            number += 1;
            numbered = path.child(Step::Part(PartKind::Same, Label::Number(number)));
        }
        numbered
    }

    /// Claims a unique name in a module: that of the lock, or else the first of the wanted ones that is free.
    pub(super) fn claim(&mut self, module: ModuleId, path: &ComponentPath, role: Role, wanted: &Wanted) -> String {
        let key = Key::new(path.clone(), role);
        if let Some(name) = self.locked_in(module, &key, wanted) {
            let taken = self.scopes.get(module.index()).is_some_and(|scope| scope.has(wanted.first()));
            if taken {
                self.collisions.note(path.shown(), wanted.first(), &name);
            }
            return name;
        }
        let given = self.claim_new(module, wanted, &path.shown());
        let form = if role == Role::Module { Form::Module } else { Form::Struct };
        let module = self.locked.modules.get(&module).cloned().unwrap_or_default();
        self.locked.got(&key, Entry { form, module, name: given.clone(), ty: String::new() }, wanted);
        given
    }

    /// Returns the name that the lock gives an item in a module.
    fn locked_in(&mut self, module: ModuleId, key: &Key, wanted: &Wanted) -> Option<String> {
        let entry = self.locked.find(key)?;
        let same = self.locked.modules.get(&module) == Some(&entry.module);
        let overridden = wanted.given && wanted.first() != entry.name;
        let usable = !overridden && !self.root_modules.contains(&entry.name);
        let free = usable && (same || self.scopes.get_mut(module.index()).is_some_and(|scope| scope.insert(&entry.name)));
        free.then_some(entry.name)
    }

    /// Reserves the names that the lock gives to the contents of a new module.
    pub(super) fn lock_module(&mut self, id: ModuleId) {
        let Some(module) = self.ir.modules.get(id.index()) else { return };
        let own = || match self.locked.modules.get(&module.parent).map(String::as_str) {
            None | Some("") => module.name.clone(),
            Some(parent) => format!("{parent}::{}", module.name),
        };
        let known = match &module.origin {
            Some(Origin::Namespace { uri, .. }) => self.locked.namespace(uri).and_then(|found| found.module.clone()),
            Some(Origin::Component(path)) => self.locked.lock.entries.get(&Key::new(path.clone(), Role::Module)).map(Entry::rust),
            None => None,
        };
        let path = known.unwrap_or_else(own);
        let names = self.locked.by_module.get(&path).cloned().unwrap_or_default();
        self.locked.modules.insert(id, path);
        for (key, name) in names {
            let free = self.scopes.get_mut(id.index()).is_some_and(|scope| scope.insert(&name));
            if let (false, Some(key)) = (free, key) {
                self.locked.unusable.insert(key);
            }
        }
    }

    /// Returns the scope of the statics in a module, in which those of the lock are taken.
    pub(super) fn statics(&mut self, module: ModuleId) -> &mut Scope {
        let names = self.locked.modules.get(&module).and_then(|path| self.locked.statics.get(path));
        self.statics.entry(module).or_insert_with(|| Scope::reserving(names.into_iter().flatten().map(String::as_str)))
    }

    /// Claims the name of the public static of an item.
    pub(super) fn claim_static(&mut self, module: ModuleId, path: &ComponentPath, wanted: &[String]) -> String {
        let key = Key::new(path.clone(), Role::Static);
        let own = self.locked.modules.get(&module).cloned().unwrap_or_default();
        if let Some(entry) = self.locked.find(&key).filter(|entry| entry.module == own) {
            return entry.name;
        }
        let name = self.statics(module).take(wanted, "_");
        self.locked.grown = true;
        name
    }
}

/// Adds the deprecated aliases of the lock whose type still exists and whose name is still free.
pub(super) fn aliases(cx: &mut Context<'_>) {
    let modules: HashMap<String, ModuleId> = cx.locked.modules.iter().map(|(id, path)| (path.clone(), *id)).collect();
    let items: HashMap<&ComponentPath, ItemId> =
        (0..).map(ItemId).zip(&cx.ir.items).filter_map(|(id, item)| Some((item.path.as_ref()?, id))).collect();
    let mut found = Vec::new();
    for alias in &cx.locked.lock.aliases {
        let (Some(module), Some(item)) = (modules.get(&alias.module), items.get(&alias.path)) else { continue };
        let target = cx.item(*item).map(|item| (features::file_of(&cx.ir, item.module), item.name != alias.name));
        // The module of the alias must have the feature of the type, and the alias a name of its own.
        let taken = cx.ir.items.iter().any(|item| item.module == *module && item.name == alias.name)
            || cx.ir.modules.iter().any(|other| other.parent == *module && other.name == alias.name);
        if !taken && target == Some((features::file_of(&cx.ir, *module), true)) {
            found.push((*module, Deprecated { name: alias.name.clone(), item: *item, path: alias.path.clone() }));
        }
    }
    found.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    for (module, alias) in found {
        if let Some(module) = cx.ir.modules.get_mut(module.index()) {
            module.deprecated.push(alias);
        }
    }
}
