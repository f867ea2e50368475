//! Writes the release notes of the schemas: what changed since the release before, whose schemas are in `tests/releases/`.

use std::path::Path;

use xsdgen::compare::{Comparison, Input, compare};
use xsdgen::notes::{NotesOptions, markdown, notes};
use xsdgen::settings::Settings;
use xsdgen::{Config, Lock, Planned};

use super::Sources;
use crate::Failure;
use crate::failure::product;

/// The release notes.
pub(super) const PAGE: &str = "tests/releases/9.0.md";

/// The schemas of the release before.
const BEFORE: &str = "tests/releases/8.x/xsdgen.toml";

/// Returns the release notes.
pub(super) fn page(sources: &Sources) -> Result<String, Failure> {
    let before = before(sources)?;
    let (old, new) = inputs(&before, sources);
    let options = NotesOptions {
        title: Some("WebEx XML API 9.0: changes of the schemas".to_owned()),
        old: Some("8.x".to_owned()),
        new: Some("9.0".to_owned()),
        documentation: true,
        markdown: sources.config.settings.docs.markdown,
        examples: sources.examples.clone(),
    };
    Ok(markdown::write(&notes(&compare(old, new), old, new, &options)))
}

/// Reads the schemas of the release before, with the Rust names of this release.
///
/// # Errors
///
/// The schemas or their configuration have problems.
pub fn before(sources: &Sources) -> Result<Planned, Failure> {
    let config = product(Config::read(Path::new(BEFORE)))?;
    let lock = product(Lock::read(&sources.config.lock_path()))?;
    let locations = config.settings.locations.clone();
    let settings = Settings { locations, partial: true, ..sources.config.settings.clone() };
    product(xsdgen::planned(&product(config.inputs())?, &settings, &lock))
}

/// Returns both sides of a comparison of the release before with this release.
#[must_use]
pub fn inputs<'a>(before: &'a Planned, sources: &'a Sources) -> (Input<'a>, Input<'a>) {
    (Input { model: &before.model, ir: &before.ir }, Input { model: &sources.model, ir: &sources.ir })
}

/// Compares the release before with this release.
#[must_use]
pub fn changes(before: &Planned, sources: &Sources) -> Comparison {
    let (old, new) = inputs(before, sources);
    compare(old, new)
}
