//! Compares the lock with the names of newly planned bindings, and reports what the lock could not prevent.

use std::collections::{BTreeMap, BTreeSet};

use super::find::Finder;
use super::{Entry, FILE, Form, Key, Lock, Role, codes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, Span};
use crate::ir::{CodecType, Scalar};
use crate::model::Model;
use crate::model::path::{ComponentPath, PartKind, Step};

/// The maximum number of reports of each kind.
const MOST_REPORTS: usize = 20;

/// The maximum number of components that one report names.
const MOST_NAMED: usize = 5;

/// The remedy for a type that comes from the configuration.
const CONFIGURED: &str = "one of the two types comes from the configuration: `secrets`, `strings`, `[types]` or `[values]` gives it";

/// The lines that a lock gains and loses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The new lines.
    pub added: Vec<String>,
    /// The old lines.
    pub removed: Vec<String>,
}

impl Changes {
    /// Compares two locks.
    #[must_use]
    pub fn between(old: &Lock, new: &Lock) -> Self {
        let (old, new): (BTreeSet<String>, BTreeSet<String>) = (old.lines().into_iter().collect(), new.lines().into_iter().collect());
        Changes { added: new.difference(&old).cloned().collect(), removed: old.difference(&new).cloned().collect() }
    }

    /// Returns whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Reports the names that changed or vanished, and the Rust types that changed although the names are locked.
pub(crate) fn report(old: &Lock, new: &Lock, model: &Model) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    if !old.entries.is_empty() {
        let old = old.with_prefixes_of(new);
        let comparison = Comparison::new(&old, new, model);
        for problems in [comparison.renamed(), comparison.forced(), comparison.gone()] {
            problems.into_iter().for_each(|problem| diagnostics.push(problem));
        }
    }
    diagnostics
}

struct Comparison<'a> {
    old: &'a Lock,
    new: &'a Lock,
    finder: Finder<'a>,
    /// The members that are in another model group of the same type now, by their old path.
    moved: BTreeMap<&'a Key, &'a Key>,
    /// The names of components that are gone which another component has now, by their old path.
    heirs: BTreeMap<&'a Key, &'a Key>,
    /// The names of all types of the schemas, before and now.
    types: BTreeSet<&'a str>,
}

/// Finds members that are in another model group than before.
fn moved<'a>(old: &'a Lock, new: &'a Lock) -> BTreeMap<&'a Key, &'a Key> {
    let members = |lock: &'a Lock, other: &'a Lock| {
        lock.entries.keys().filter(move |key| key.role == Role::Member && !other.entries.contains_key(key))
    };
    let added: BTreeMap<ComponentPath, &Key> = members(new, old).map(|key| (without_groups(&key.path), key)).collect();
    members(old, new).filter_map(|key| Some((key, *added.get(&without_groups(&key.path))?))).collect()
}

/// Finds the names of components that are gone which a component without an entry in the old lock has now.
fn heirs<'a>(old: &'a Lock, new: &'a Lock) -> BTreeMap<&'a Key, &'a Key> {
    let names = |lock: &'a Lock, other: &'a Lock| {
        let own = lock.entries.iter().filter(|(key, entry)| entry.form != Form::Shared && !other.entries.contains_key(key));
        own.filter_map(|(key, entry)| Some((whole_name(lock, key, entry)?, key)))
    };
    let added: BTreeMap<(Role, String), &Key> = names(new, old).collect();
    names(old, new).filter_map(|(name, key)| Some((key, *added.get(&name)?))).collect()
}

/// Returns the role of a name, and the name as a path from the root.
fn whole_name(lock: &Lock, key: &Key, entry: &Entry) -> Option<(Role, String)> {
    let container = match entry.form {
        Form::Document => "Document".to_owned(),
        Form::Field | Form::Variant => lock.entries.get(&Key::new(key.path.parent()?, Role::Type))?.rust(),
        _ => return Some((key.role, entry.rust())),
    };
    Some((key.role, format!("{container}::{}", entry.name)))
}

fn without_groups(path: &ComponentPath) -> ComponentPath {
    let mut path = path.clone();
    path.steps.retain(|step| !matches!(step, Step::Part(PartKind::Group | PartKind::Content, _)));
    path
}

impl<'a> Comparison<'a> {
    fn new(old: &'a Lock, new: &'a Lock, model: &'a Model) -> Self {
        let types = old.entries.iter().chain(&new.entries).filter(|(key, _)| key.role == Role::Type);
        Comparison {
            old,
            new,
            finder: Finder::new(model, new),
            moved: moved(old, new),
            heirs: heirs(old, new),
            types: types.map(|(_, entry)| entry.name.as_str()).collect(),
        }
    }

    fn both(&self) -> impl Iterator<Item = (&'a Key, &'a Entry, &'a Entry)> {
        let new = self.new;
        self.old.entries.iter().filter_map(move |(key, old)| Some((key, old, new.entries.get(key)?)))
    }

    fn warning(&self, code: Code, span: Span, message: String) -> Diagnostic {
        Diagnostic::new(Severity::Warning, code, span, message)
    }

    /// Reports names that are not those of the lock.
    fn renamed(&self) -> Vec<Diagnostic> {
        let namespaces = self.old.namespaces.iter().filter_map(|(uri, old)| {
            let module = self.new.namespaces.get(uri)?.module.as_ref().zip(old.module.as_ref()).filter(|(new, old)| new != old)?;
            let message = format!("the module of the namespace `{uri}` is `{}`, not `{}` as in the lock", module.0, module.1);
            Some(self.warning(codes::RENAMED, Span::file(FILE), message))
        });
        let names = self.both().filter(|(_, old, new)| old.name != new.name && old.form == new.form && old.form != Form::Static);
        let names = names.map(|(key, old, new)| {
            let message = format!("`{}` is named `{}`, not `{}` as in the lock", key.path, new.name, old.name);
            let help = "names of the configuration take precedence over the lock";
            self.warning(codes::RENAMED, self.old.span(key), message).with_help(help)
        });
        limited(namespaces.chain(names).collect(), codes::RENAMED, "names")
    }

    /// Reports changes of Rust types.
    fn forced(&self) -> Vec<Diagnostic> {
        let mut out = Vec::new();
        let mut polymorphic: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
        let renames = self.renames();
        for (key, old, new) in self.both() {
            if old.form != new.form {
                out.push(self.reformed(key, old, new));
            } else if renamed(&old.ty, &renames) != new.ty && !self.is_reformed(key) {
                match self.new_base(old, new) {
                    Some(base) => polymorphic.entry(base).or_default().push(key),
                    None => out.push(self.retyped(key, old, new)),
                }
            }
        }
        out.extend(self.moved.iter().map(|(old, new)| self.regrouped(old, new)));
        out.extend(polymorphic.into_iter().map(|(base, keys)| self.derived(base, &keys)));
        limited(out, codes::FORCED, "Rust types")
    }

    /// Returns the types that have another name now, by their old name.
    fn renames(&self) -> BTreeMap<&'a str, &'a str> {
        let types = self.both().filter(|(key, old, new)| key.role == Role::Type && old.name != new.name);
        types.map(|(_, old, new)| (old.name.as_str(), new.name.as_str())).collect()
    }

    fn is_reformed(&self, key: &Key) -> bool {
        let Some(path) = key.path.parent() else { return false };
        let container = Key::new(path, Role::Type);
        let (old, new) = (self.old.entries.get(&container), self.new.entries.get(&container));
        old.zip(new).is_some_and(|(old, new)| old.form != new.form)
    }

    /// Returns the enum of a type and its derived types that a member has now, if the type had no derived types before.
    fn new_base(&self, old: &Entry, new: &Entry) -> Option<&'a Key> {
        let words = |text: &'_ str| -> BTreeSet<String> { idents(text).map(str::to_owned).collect() };
        let (old, new) = (words(&old.ty), words(&new.ty));
        let is = |(key, entry): &(&Key, &Entry)| {
            entry.form == Form::Any && new.contains(&entry.name) && !old.contains(&entry.name) && !self.old.entries.contains_key(*key)
        };
        self.new.entries.iter().find(is).map(|(key, _)| key)
    }

    fn place(&self, key: &Key, path: &ComponentPath) -> Span {
        self.finder.span(path).unwrap_or_else(|| self.old.span(key))
    }

    fn reformed(&self, key: &Key, old: &Entry, new: &Entry) -> Diagnostic {
        let message = format!("`{}`, `{}`, is now {}, and was {}", key.path, new.rust(), described(new), described(old));
        self.with_lock(self.warning(codes::FORCED, self.place(key, &key.path), message), key)
    }

    fn retyped(&self, key: &Key, old: &Entry, new: &Entry) -> Diagnostic {
        let message = format!("`{}` is now `{}`, and was `{}`", key.path, typed(new), typed(old));
        if self.is_configured(old, new) {
            let problem = self.warning(codes::FORCED, self.old.span(key), message).with_help(CONFIGURED);
            return match self.finder.span(&key.path) {
                Some(span) => problem.with_related(span, "the declaration is here"),
                None => problem,
            };
        }
        self.with_lock(self.warning(codes::FORCED, self.place(key, &key.path), message), key)
    }

    /// Returns whether one of two types, but not the other, contains a name that only the configuration gives.
    fn is_configured(&self, old: &Entry, new: &Entry) -> bool {
        let (before, after): (BTreeSet<&str>, BTreeSet<&str>) = (idents(&old.ty).collect(), idents(&new.ty).collect());
        before.symmetric_difference(&after).any(|word| !is_built_in(word) && !self.types.contains(word))
    }

    fn regrouped(&self, old: &Key, new: &Key) -> Diagnostic {
        let of = |lock: &Lock, key: &Key| {
            lock.entries.get(key).map(|entry| format!("the {} `{}`", entry.form.word(), typed(entry))).unwrap_or_default()
        };
        let message = format!("`{}` is now {}, and was {} as `{}`", new.path, of(self.new, new), of(self.old, old), old.path);
        self.with_lock(self.warning(codes::FORCED, self.place(old, &new.path), message), old)
    }

    fn derived(&self, base: &Key, keys: &[&Key]) -> Diagnostic {
        let within = self.new.entries.keys().filter(|key| key.path.parent().as_ref() == Some(&base.path));
        let own = base.path.parent();
        let place = within
            .filter_map(|key| self.finder.span(&key.path))
            .find(|span| own.as_ref().and_then(|own| self.finder.span(own)).as_ref() != Some(span));
        let name = self.new.entries.get(base).map(Entry::rust).unwrap_or_default();
        let named: Vec<String> = keys.iter().take(MOST_NAMED).map(|key| format!("`{}`", key.path)).collect();
        let more = keys.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let of = own.map(|own| own.to_string()).unwrap_or_default();
        let message = format!("`{of}` has derived types now: {}{more} can hold them, as `{name}`", named.join(", "));
        let first = keys.first().copied().unwrap_or(base);
        self.with_lock(self.warning(codes::FORCED, place.unwrap_or_else(|| self.place(first, &base.path)), message), first)
    }

    fn with_lock(&self, problem: Diagnostic, key: &Key) -> Diagnostic {
        match self.old.spans.get(key) {
            Some(span) => problem.with_related(span.clone(), "the lock records it here"),
            None => problem,
        }
    }

    /// Reports names that the bindings no longer contain, each with what is in it.
    fn gone(&self) -> Vec<Diagnostic> {
        let missing = self.old.entries.keys().filter(|key| !self.new.entries.contains_key(key) && !self.moved.contains_key(key));
        let (inherited, gone): (Vec<&Key>, Vec<&Key>) = missing.partition(|key| self.heirs.contains_key(key));
        let paths: BTreeSet<&ComponentPath> = gone.iter().map(|key| &key.path).collect();
        let topmost = paths.iter().filter(|path| !has_ancestor(path, &paths));
        let reports = topmost.filter_map(|path| self.vanished(path, &gone));
        let owners: BTreeSet<&ComponentPath> = inherited.iter().map(|key| &key.path).collect();
        let renamed = inherited.iter().filter_map(|key| self.inherited(key, &owners));
        let reports = reports.chain(renamed).collect();
        limited(reports, codes::GONE, "components")
    }

    /// Reports a component whose names are gone, with the component or without it, or belong to another component.
    fn vanished(&self, path: &ComponentPath, gone: &[&Key]) -> Option<Diagnostic> {
        let key = gone.iter().find(|key| key.path == *path && key.role != Role::Module)?;
        let entry = self.old.entries.get(key)?;
        let within = match gone.iter().filter(|key| key.path != *path && key.path.starts_with(path)).count() {
            0 => String::new(),
            1 => ", with one name in it".to_owned(),
            number => format!(", with {number} names in it"),
        };
        let name = format!("the {} `{}` is gone{within}", entry.form.word(), entry.rust());
        if let Some(place) = self.finder.exact(path) {
            let message = format!("`{path}` is in the schemas, but {name}");
            let help = "the schemas declare the component differently, or the configuration gives it another type";
            return Some(self.with_lock(self.warning(codes::FORCED, place, message), key).with_help(help));
        }
        let message = format!("`{path}` is no longer in the schemas: {name}");
        Some(self.warning(codes::GONE, self.old.span(key), message).with_help("its lines are removed from the lock"))
    }

    /// Reports a name that belongs to another component now, unless the report of a component around it says so.
    fn inherited(&self, old: &Key, owners: &BTreeSet<&ComponentPath>) -> Option<Diagnostic> {
        let new = self.heirs.get(old).filter(|_| old.role != Role::Module)?;
        let (before, after) = (self.old.entries.get(old)?, self.new.entries.get(*new)?);
        let changed = (before.form, &before.ty) != (after.form, &after.ty);
        if !changed && has_ancestor(&old.path, owners) {
            return None;
        }
        let change = if changed { format!(", and was `{}`", typed(before)) } else { String::new() };
        let name = if after.ty.is_empty() { after.rust() } else { typed(after) };
        let name = format!("the {} `{name}` belongs to `{}` now{change}", after.form.word(), new.path);
        Some(match self.finder.exact(&old.path) {
            Some(place) => self.with_lock(self.warning(codes::FORCED, place, format!("`{}` has another Rust type: {name}", old.path)), old),
            None => {
                let message = format!("`{}` is no longer in the schemas: {name}", old.path);
                self.warning(codes::GONE, self.old.span(old), message).with_help("its line in the lock is replaced")
            }
        })
    }
}

/// Returns whether some component around a component is in the set.
fn has_ancestor(path: &ComponentPath, set: &BTreeSet<&ComponentPath>) -> bool {
    std::iter::successors(path.parent(), ComponentPath::parent).any(|parent| set.contains(&parent))
}

/// Returns whether a name in a type is one that the schemas can give: that of a primitive type, of a type of the codec, or of a generic type.
fn is_built_in(word: &str) -> bool {
    let generic = ["Option", "Vec", "Box", "Nillable", "MaybeNil", "List", "XsiBox", "XsiTyped"];
    let codec = CodecType::of(word).is_some_and(|ty| ty != CodecType::Secret);
    codec || Scalar::of(word).is_some() || generic.contains(&word)
}

/// Limits the number of reports.
fn limited(mut reports: Vec<Diagnostic>, code: Code, what: &str) -> Vec<Diagnostic> {
    if reports.len() > MOST_REPORTS {
        let more = reports.len() - MOST_REPORTS;
        reports.truncate(MOST_REPORTS);
        let message = format!("{more} more {what} changed: compare the lock with its last version");
        reports.push(Diagnostic::new(Severity::Warning, code, Span::file(FILE), message));
    }
    reports
}

fn described(entry: &Entry) -> String {
    match entry.form {
        Form::Any => "an enum of types".to_owned(),
        Form::Enum => "an enumeration".to_owned(),
        Form::Alias => "an alias".to_owned(),
        Form::Shared => "the type of another component".to_owned(),
        form => format!("a {}", form.word()),
    }
}

fn typed(entry: &Entry) -> String {
    match entry.form {
        _ if entry.ty.is_empty() => entry.name.clone(),
        Form::Field => format!("{}: {}", entry.name, entry.ty),
        _ => format!("{}({})", entry.name, entry.ty),
    }
}

/// Returns the identifiers in a type.
fn idents(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !(c == '_' || c.is_alphanumeric())).filter(|word| !word.is_empty())
}

/// Returns a type with the new names of the types in it.
fn renamed(ty: &str, names: &BTreeMap<&str, &str>) -> String {
    if names.is_empty() {
        return ty.to_owned();
    }
    let mut out = String::with_capacity(ty.len());
    let mut rest = ty;
    while let Some(word) = idents(rest).next() {
        let (before, after) = rest.split_once(word).unwrap_or((rest, ""));
        out.push_str(before);
        out.push_str(names.get(word).copied().unwrap_or(word));
        rest = after;
    }
    out.push_str(rest);
    out
}
