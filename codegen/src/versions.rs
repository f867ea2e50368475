//! Generates the bindings of several versions of a schema side by side: each version alone, then what connects them.
//!
//! A component of a version that has no name in the version's lock gets the name that the version before gives it, so that code moves easily.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::compare::{self, Input};
use crate::config::{Config, VersionInputs};
use crate::diagnostic::{Diagnostics, Span, Staged};
use crate::generate::{Read, understand};
use crate::ir::{Collision, Origin, RustIr, VersionsIr};
use crate::lock::{self, Lock, LockedNamespace};
use crate::model::Model;
use crate::pictures;
use crate::plan::codes::MATCHES_NOTHING;
use crate::plan::plan;
use crate::plan::versions::{Release, versions};
use crate::render::{FileSet, render_versions};
use crate::settings::Settings;

/// The bindings of several versions of a schema.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneratedVersions {
    /// The generated files, by their path relative to the output folder.
    pub files: FileSet,
    /// The versions, from the oldest to the newest.
    pub versions: Vec<GeneratedVersion>,
    /// The plan of the bindings.
    pub ir: VersionsIr,
}

/// A version of a schema, and a summary of the input it was generated from.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneratedVersion {
    /// The name of the version.
    pub name: String,
    /// The statistics of its schemas.
    pub read: Read,
    /// The path of its lock.
    pub lock_path: PathBuf,
    /// All generated names with the schema components they stand for, to be kept by the next generation.
    pub lock: Lock,
    /// The lines of the lock that are new or gone.
    pub lock_changes: lock::Changes,
    /// The names that were changed because of a conflict.
    pub collisions: Vec<Collision>,
}

/// A version up to its plan.
struct Planned {
    model: Model,
    read: Read,
    release: Release,
    old_lock: Lock,
    lock: Lock,
}

impl Config {
    /// Runs all stages on the versions that the configuration names, and passes the path of each schema document that is read or looked for to `read`.
    /// Nothing is written.
    ///
    /// # Errors
    ///
    /// Fails in the same cases as [`Config::generate`], for any of the versions.
    pub fn generate_versions(&self, read: &mut dyn FnMut(&Path)) -> Staged<GeneratedVersions> {
        let (mut diagnostics, mut unmatched, mut all) = (Diagnostics::new(), Vec::new(), Vec::<Planned>::new());
        for version in &self.versions {
            match planned(self, version, all.last(), read, &mut diagnostics, &mut unmatched) {
                Some(planned) => all.push(planned),
                None => break,
            }
        }
        if all.len() == self.versions.len() {
            everywhere(unmatched, all.len()).into_iter().for_each(|problem| diagnostics.push(problem));
        }
        let product = if diagnostics.has_errors() { None } else { finish(self, all, &mut diagnostics) };
        Staged { product, diagnostics }
    }
}

/// Plans one version.
fn planned(
    config: &Config,
    version: &VersionInputs,
    older: Option<&Planned>,
    read: &mut dyn FnMut(&Path),
    diagnostics: &mut Diagnostics,
    unmatched: &mut Vec<Diagnostics>,
) -> Option<Planned> {
    let one = config.of_version(version);
    let schemas = taken(one.inputs(), diagnostics)?;
    let old_lock = taken(Lock::read(&one.lock_path()), diagnostics)?;
    let (model, read) = understand(&schemas, &config.settings, read, diagnostics)?;
    let mut ir = planned_once(&model, &config.settings, &old_lock, diagnostics, None)?;
    let mut namespaces = BTreeMap::new();
    let mut named = old_lock.clone();
    if let Some(older) = older {
        namespaces = compare::namespaces(Input { model: &older.model, ir: &older.release.ir }, Input { model: &model, ir: &ir });
        named = inherited(&old_lock, &older.lock, &ir, &namespaces);
    }
    // The first plan shows the modules and prefixes; the second one uses the names of the older version.
    ir = planned_once(&model, &config.settings, &named, diagnostics, Some(unmatched))?;
    let lock = Lock::of(&ir);
    diagnostics.extend(lock::changes::report(&old_lock, &lock, &model));
    Some(Planned { model, read, release: Release { name: version.name.clone(), ir, namespaces }, old_lock, lock })
}

/// Plans one version with these names. With `unmatched`, reports all problems, and adds there the settings that match nothing.
fn planned_once(
    model: &Model,
    settings: &Settings,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
    unmatched: Option<&mut Vec<Diagnostics>>,
) -> Option<RustIr> {
    let planned = plan(model, settings, lock);
    let Some(unmatched) = unmatched else { return planned.product };
    let mut nothing = Diagnostics::new();
    for problem in planned.diagnostics {
        if MATCHES_NOTHING.contains(&problem.code) { &mut nothing } else { &mut *diagnostics }.push(problem);
    }
    unmatched.push(nothing);
    planned.product
}

/// Returns the problems that all versions have: a setting need not match something in each of them.
fn everywhere(unmatched: Vec<Diagnostics>, versions: usize) -> Diagnostics {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut out = Diagnostics::new();
    for problem in unmatched.into_iter().flatten() {
        let count = counts.entry((problem.message.clone(), place(&problem.span))).or_default();
        *count += 1;
        if *count == versions {
            out.push(problem);
        }
    }
    out
}

fn place(span: &Span) -> String {
    format!("{}:{:?}", span.path(), span.range())
}

/// Returns a lock with the names of the older version for the components that it does not have.
fn inherited(own: &Lock, older: &Lock, ir: &RustIr, namespaces: &BTreeMap<String, String>) -> Lock {
    let mut lock = own.clone();
    let planned: BTreeMap<&str, LockedNamespace> = ir
        .modules
        .iter()
        .filter_map(|module| match module.origin.as_ref()? {
            Origin::Namespace { prefix, uri } => {
                Some((uri.as_str(), LockedNamespace { prefix: prefix.clone(), module: Some(module.name.clone()) }))
            }
            Origin::Component(_) => None,
        })
        .collect();
    let (mut prefixes, mut modules) = (BTreeMap::new(), BTreeMap::new());
    for (uri, locked) in &older.namespaces {
        if let Some(now) = planned.get(namespaces.get(uri).unwrap_or(uri).as_str()) {
            prefixes.insert(locked.prefix.clone(), now.prefix.clone());
            modules.extend(locked.module.clone().zip(now.module.clone()));
        }
    }
    let known: BTreeSet<_> = own.entries.keys().cloned().collect();
    for (key, mut entry) in older.with_prefixes(&prefixes).entries {
        let (first, rest) = entry.module.split_once("::").map_or((entry.module.as_str(), None), |(first, rest)| (first, Some(rest)));
        let first = modules.get(first).cloned().unwrap_or_else(|| first.to_owned());
        entry.module = rest.map_or_else(|| first.clone(), |rest| format!("{first}::{rest}"));
        if !known.contains(&key) {
            lock.entries.insert(key, entry);
        }
    }
    for (uri, namespace) in planned {
        lock.namespaces.entry(uri.to_owned()).or_insert(namespace);
    }
    lock
}

/// Plans what connects the versions, and renders everything.
fn finish(config: &Config, all: Vec<Planned>, diagnostics: &mut Diagnostics) -> Option<GeneratedVersions> {
    let releases: Vec<Release> = all.iter().map(|planned| planned.release.clone()).collect();
    let ir = versions(&releases, &config.settings);
    let mut files = render_versions(&ir).map_err(|faults| diagnostics.extend(faults)).ok()?;
    for planned in &all {
        let pictures = pictures::files(&planned.model, &planned.release.ir);
        files.extend(pictures.into_iter().map(|(path, text)| (format!("{}/{path}", planned.release.name), text)));
    }
    let version = |planned: Planned| GeneratedVersion {
        lock_path: config.lock_path_of(&planned.release.name),
        name: planned.release.name,
        read: planned.read,
        lock_changes: lock::Changes::between(&planned.old_lock, &planned.lock),
        lock: planned.lock,
        collisions: planned.release.ir.collisions,
    };
    Some(GeneratedVersions { files, versions: all.into_iter().map(version).collect(), ir })
}

fn taken<T>(staged: Staged<T>, diagnostics: &mut Diagnostics) -> Option<T> {
    diagnostics.extend(staged.diagnostics);
    staged.product
}
