//! Plans the bindings of several versions of a schema: the types that versions share, and the conversions between the others.
//!
//! Each version is planned alone. For each version and the next one, `matching` says which types correspond, `sharing` finds those that are identical,
//! as `same` decides, and `pairs` plans the conversions, in both directions: `fields` matches the fields and variants, `types` says how a value converts, and `facets` which
//! texts are valid on both sides. A conversion is total, so that it becomes `From`, only if every value that is valid under the old schema is valid
//! under the new one; what cannot be shown becomes `TryFrom`.

mod facets;
mod fields;
mod matching;
mod pairs;
mod same;
mod sharing;
mod types;

use std::collections::BTreeMap;

use crate::deep;
use crate::ir::{RustIr, StepIr, VersionIr, VersionsIr};
use crate::mark;
use crate::settings::Settings;

use self::matching::Matching;

/// A version of a schema set: its name and the plan of its bindings alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// The name of the module.
    pub name: String,
    /// The plan of the bindings.
    pub ir: RustIr,
    /// The namespaces of the version before, by URI, each with the namespace that it has become here.
    pub namespaces: BTreeMap<String, String>,
}

/// Plans the bindings of several versions, given from the oldest to the newest.
#[must_use]
pub fn versions(releases: &[Release], settings: &Settings) -> VersionsIr {
    deep::run(|| {
        let (mut versions, mut steps) = connected(releases, true);
        if sharing::is_ambiguous(&versions, &steps) {
            (versions, steps) = connected(releases, false);
        }
        let header = mark::marked(&mark::opening(&settings.header));
        VersionsIr { docs: docs(&versions, settings), versions, steps, header }
    })
}

/// Plans the versions with what connects them. `complex` tells whether complex types are shared.
fn connected(releases: &[Release], complex: bool) -> (Vec<VersionIr>, Vec<StepIr>) {
    let (mut versions, mut steps): (Vec<VersionIr>, Vec<StepIr>) = (Vec::new(), Vec::new());
    for Release { name, ir, namespaces } in releases {
        let mut ir = ir.clone();
        if let Some(older) = versions.last() {
            steps.push(step(older, &mut ir, namespaces, complex));
        }
        versions.push(VersionIr { variant: variant(name), name: name.clone(), ir });
    }
    (versions, steps)
}

/// Plans what connects a version with the one before it.
fn step(older: &VersionIr, newer: &mut RustIr, namespaces: &BTreeMap<String, String>, complex: bool) -> StepIr {
    let matching = Matching::of(&older.ir, newer, namespaces);
    let shared = sharing::plan(older, newer, &matching, complex);
    let up = pairs::plan(&older.ir, newer, &matching, &shared);
    let back: BTreeMap<_, _> = shared.iter().map(|(old, new)| (*new, *old)).collect();
    let down = pairs::plan(newer, &older.ir, &matching.reversed(&older.ir, newer), &back);
    StepIr { up, down, shared: shared.len() }
}

/// Returns the name of the variant for a version.
fn variant(module: &str) -> String {
    heck::ToUpperCamelCase::to_upper_camel_case(module)
}

/// Returns the documentation of `lib.rs`.
fn docs(versions: &[VersionIr], settings: &Settings) -> Vec<String> {
    let title = settings
        .title
        .clone()
        .unwrap_or_else(|| "Types, readers and writers for the documents of several versions of a schema.".to_owned());
    let mut table = "| version | module | namespaces |\n|---|---|---|".to_owned();
    for VersionIr { name, variant, ir } in versions {
        let uris: Vec<String> = ir.root.namespaces.iter().map(|(_, uri)| super::docs::cell(uri)).collect();
        table.push_str(&format!("\n| [`Version::{variant}`] | [`{name}`] | {} |", uris.join(", ")));
    }
    super::lines::lines(&[title, table])
}
