//! Runs all stages in order: `load`, `resolve`, `checks`, `plan`, `render`. The generated files are written by `output`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::checks;
use crate::config::Config;
use crate::deep;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Staged};
use crate::fetch::FetchLock;
use crate::ir::{Collision, RustIr};
use crate::lenient;
use crate::load::{LoadOptions, SchemaSet, load_tracked};
use crate::lock::{self, Lock};
use crate::model::Model;
use crate::pictures;
use crate::plan::{self, Relock, plan};
use crate::render::{FileSet, render};
use crate::resolve::Resolver;
use crate::settings::Settings;

/// The bindings of a schema set, and a summary of the input they were generated from.
#[derive(Debug, Clone, PartialEq)]
pub struct Generated {
    /// The generated files, by their path relative to the output folder.
    pub files: FileSet,
    /// The statistics of the schemas that were read.
    pub read: Read,
    /// All generated names with the schema components they stand for, to be kept by the next generation.
    pub lock: Lock,
    /// The lines of the lock that are new or gone.
    pub lock_changes: lock::Changes,
    /// The names that were changed because of a conflict.
    pub collisions: Vec<Collision>,
}

/// The components of a schema set, and the plan of its bindings.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The components.
    pub model: Model,
    /// The plan of the bindings.
    pub ir: RustIr,
    /// The statistics of the schemas that were read.
    pub read: Read,
}

/// Statistics of the schemas that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Read {
    /// The number of schema documents, including those reached by import and include.
    pub documents: usize,
    /// The number of namespaces in which these documents declare components.
    pub namespaces: usize,
    /// The number of global components.
    pub components: usize,
}

/// Resolves the references of a schema set, and checks the constraints on its components.
pub fn resolve(set: &SchemaSet) -> Staged<Model> {
    deep::run(|| {
        let resolver = Resolver::of(set);
        let found = checks::check(&resolver);
        resolver.finish(found)
    })
}

/// Runs all stages. Components that are in the lock keep their names; without a lock, pass an empty one.
///
/// # Errors
///
/// Returns diagnostics without a product if a schema is invalid or not supported, or if the settings do not fit the schemas.
pub fn generate(schemas: &[PathBuf], settings: &Settings, lock: &Lock) -> Staged<Generated> {
    generate_tracked(schemas, settings, lock, &mut |_| {})
}

/// Runs all stages, as [`generate`] does, and passes the path of each schema document that is read or looked for to `read`, also if there is a problem.
///
/// # Errors
///
/// Fails in the same cases as [`generate`].
pub fn generate_tracked(schemas: &[PathBuf], settings: &Settings, lock: &Lock, read: &mut dyn FnMut(&Path)) -> Staged<Generated> {
    let Staged { product, mut diagnostics } = planned_with(schemas, settings, lock, read);
    let product = product.and_then(|Planned { model, ir, read }| {
        let new = Lock::of(&ir);
        diagnostics.extend(lock::changes::report(lock, &new, &model));
        finish(&model, ir, read, lock, new, &mut diagnostics)
    });
    Staged { product, diagnostics }
}

/// Runs the stages up to the plan, which decides every name. Components that are in the lock keep their names.
///
/// # Errors
///
/// Fails in the same cases as [`generate`].
pub fn planned(schemas: &[PathBuf], settings: &Settings, lock: &Lock) -> Staged<Planned> {
    planned_with(schemas, settings, lock, &mut |_| {})
}

/// Runs the stages up to the plan, as [`planned`] does, and passes the path of each schema document that is read or looked for to `read`.
pub(crate) fn planned_with(schemas: &[PathBuf], settings: &Settings, lock: &Lock, read: &mut dyn FnMut(&Path)) -> Staged<Planned> {
    let mut diagnostics = Diagnostics::new();
    let product = understand(schemas, settings, read, &mut diagnostics).and_then(|(model, read)| {
        let planned = plan(&model, settings, lock);
        diagnostics.extend(planned.diagnostics);
        let ir = planned.product.filter(|_| !diagnostics.has_errors())?;
        Some(Planned { model, ir, read })
    });
    Staged { product, diagnostics }
}

/// Runs all stages with new names for some components of the lock. With `aliases`, the bindings keep the old names of types where that is possible.
///
/// # Errors
///
/// Fails in the same cases as [`generate`], and for a selector that matches no component in the lock.
pub fn relock(schemas: &[PathBuf], settings: &Settings, lock: &Lock, what: &Relock, aliases: bool) -> Staged<Generated> {
    let mut diagnostics = Diagnostics::new();
    let product = understand(schemas, settings, &mut |_| {}, &mut diagnostics).and_then(|(model, read)| {
        let planned = plan::relock(&model, settings, lock, what, aliases);
        diagnostics.extend(planned.diagnostics);
        let ir = planned.product.filter(|_| !diagnostics.has_errors())?;
        let new = Lock::of(&ir);
        finish(&model, ir, read, lock, new, &mut diagnostics)
    });
    Staged { product, diagnostics }
}

fn finish(model: &Model, ir: RustIr, read: Read, old: &Lock, lock: Lock, diagnostics: &mut Diagnostics) -> Option<Generated> {
    let mut files = render(&ir).map_err(|faults| diagnostics.extend(faults)).ok()?;
    files.extend(pictures::files(model, &ir));
    let lock_changes = lock::Changes::between(old, &lock);
    Some(Generated { files, read, lock, lock_changes, collisions: ir.collisions })
}

/// Reads schemas and checks them: the stages before the plan. Rules that the settings allow to be broken are warnings.
///
/// # Errors
///
/// Fails if a schema is invalid or not supported.
pub fn components(schemas: &[PathBuf], settings: &Settings) -> Staged<Model> {
    let mut diagnostics = Diagnostics::new();
    let product = understand(schemas, settings, &mut |_| {}, &mut diagnostics).map(|(model, _)| model);
    Staged { product, diagnostics }
}

/// Runs all stages and discards the generated files, to check that the schemas are valid and supported.
///
/// # Errors
///
/// Fails in the same cases as [`generate`].
pub fn check(schemas: &[PathBuf], settings: &Settings) -> Staged<Read> {
    let generated = generate(schemas, settings, &Lock::default());
    Staged { product: generated.product.map(|g| g.read), diagnostics: generated.diagnostics }
}

impl Config {
    /// Runs all stages on the schemas that the configuration names, with the lock beside the configuration. Nothing is written.
    ///
    /// # Errors
    ///
    /// Fails in the same cases as [`generate`], and if the configuration names no schema files, or if the lock is not valid.
    pub fn generate(&self) -> Staged<Generated> {
        let lock = Lock::read(&self.lock_path());
        match lock.product {
            Some(lock) => self.generate_with(&lock),
            None => Staged { product: None, diagnostics: lock.diagnostics },
        }
    }

    /// Runs all stages on the schemas that the configuration names, with another lock.
    ///
    /// # Errors
    ///
    /// The same as for [`Config::generate`].
    pub fn generate_with(&self, lock: &Lock) -> Staged<Generated> {
        let inputs = self.inputs();
        match inputs.product {
            Some(schemas) => generate(&schemas, &self.settings, lock),
            None => Staged { product: None, diagnostics: inputs.diagnostics },
        }
    }

    /// Returns the path of the fetch lock, which is beside the configuration file.
    #[must_use]
    pub fn fetch_lock_path(&self) -> PathBuf {
        self.base().join(FetchLock::NAME)
    }

    /// Returns the path of the lock, which is beside the configuration file and has its name: `xsdgen.lock` for `xsdgen.toml`. So two configurations
    /// in one folder have different locks.
    ///
    /// The lock of one of several versions has the name of the version too: `xsdgen.v09.lock`.
    #[must_use]
    pub fn lock_path(&self) -> PathBuf {
        match &self.version {
            Some(version) => self.lock_path_of(version),
            None => self.path.with_extension("lock"),
        }
    }

    /// Returns the path of the lock of a version.
    pub(crate) fn lock_path_of(&self, version: &str) -> PathBuf {
        self.path.with_extension(format!("{version}.lock"))
    }
}

/// Reads schemas and checks them, as [`components`] does, with statistics.
pub(crate) fn understand(
    schemas: &[PathBuf],
    settings: &Settings,
    read: &mut dyn FnMut(&Path),
    diagnostics: &mut Diagnostics,
) -> Option<(Model, Read)> {
    let loaded = load_tracked(schemas, &LoadOptions::of(settings), read);
    diagnostics.extend(loaded.diagnostics);
    let set = loaded.product?;
    let resolved = resolve(&set);
    diagnostics.extend(resolved.diagnostics);
    let found = std::mem::take(diagnostics);
    found.into_iter().for_each(|d| diagnostics.push(of_its_version(&set, d)));
    let mut model = resolved.product;
    lenient::allow(settings, diagnostics, model.as_mut());
    let model = model.filter(|_| !diagnostics.has_errors())?;
    let read = figures(&set, &model);
    Some((model, read))
}

/// Turns an error into "not supported" if the document declares that it is for XML Schema 1.1, because it may be valid there.
fn of_its_version(set: &SchemaSet, diagnostic: Diagnostic) -> Diagnostic {
    let later = set.schemas.iter().filter(|s| s.path == *diagnostic.span.path()).find_map(|s| s.later.clone());
    match later {
        Some(root) if diagnostic.severity == Severity::Error => Diagnostic { severity: Severity::Unsupported, ..diagnostic }
            .with_related(root, "the document says that it is for XML Schema 1.1, which is not supported: it is read by the rules of 1.0"),
        _ => diagnostic,
    }
}

fn figures(set: &SchemaSet, model: &Model) -> Read {
    let documents: BTreeSet<&str> = set.schemas.iter().map(|s| &*s.path).collect();
    let namespaces: BTreeSet<&str> = set.schemas.iter().map(|s| &*s.target).collect();
    Read { documents: documents.len(), namespaces: namespaces.len(), components: model.globals.len() }
}
