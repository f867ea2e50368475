//! Reads `xsdgen.toml` into a [`Config`]: the schemas, the output folder, and the [`Settings`] for the plan, each value with its place.
//!
//! All problems of the file are reported, including unknown keys. `plan` matches the selectors against the schemas, and `load` reads the schemas.

pub(crate) mod codes;
mod file;
mod lower;
pub(crate) mod placed;
pub(crate) mod report;
#[cfg(feature = "config-schema")]
mod schema;

use std::path::{Path, PathBuf};

#[cfg(feature = "config-schema")]
pub use schema::config_schema;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::fetch::FetchLock;
use crate::settings::Settings;
use crate::source;
use report::Report;

/// The contents of `xsdgen.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The configuration file.
    pub path: PathBuf,
    /// The files, folders and patterns that specify the schemas, each with its place. They are relative to the folder of the configuration file.
    pub schemas: Vec<(String, Span)>,
    /// The versions of the schemas, from the oldest to the newest; `schemas` is empty if there are any.
    pub versions: Vec<VersionInputs>,
    /// For the configuration of one of several versions: its name.
    pub version: Option<String>,
    /// The output folder, relative to the working directory.
    pub out: PathBuf,
    /// The command that regenerates the bindings, to show to people.
    pub command: String,
    /// The settings for the plan.
    pub settings: Settings,
}

/// A version of the schemas.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionInputs {
    /// The name of the version and of its module.
    pub name: String,
    /// The files, folders and patterns that specify its schemas, as in [`Config::schemas`].
    pub schemas: Vec<(String, Span)>,
}

/// The maximum size of a configuration file.
const MAX_BYTES: u64 = 16 << 20;

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// There is no product, and at least one error, if the file cannot be read, is not TOML, or contains invalid keys or values.
    pub fn read(path: &Path) -> Staged<Config> {
        let shown = source::display(path);
        let text = source::read(path, MAX_BYTES).and_then(|s| String::from_utf8(s.bytes).map_err(|e| format!("not UTF-8: {e}")));
        match text {
            Ok(text) => Self::parse(&text, path).with_fetched(),
            Err(why) => {
                let message = format!("cannot read `{shown}`: {why}");
                failed(Diagnostic::new(Severity::Io, crate::codes::X0001, Span::file(shown), message))
            }
        }
    }

    /// Reads a configuration from a text. `path` names its origin and is the base of its relative paths.
    ///
    /// # Errors
    ///
    /// The same as for [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Staged<Config> {
        let report = Report::new(source::display(path), text);
        // The content of a document that is not well-formed is not checked.
        let config = report.document().and_then(|file| lower::config(&report, file, path));
        let diagnostics = report.into_problems();
        let product = config.filter(|_| !diagnostics.has_errors());
        Staged { product, diagnostics }
    }

    /// Returns the configuration of one of its versions alone.
    #[must_use]
    pub fn of_version(&self, version: &VersionInputs) -> Config {
        let schemas = version.schemas.clone();
        Config { schemas, versions: Vec::new(), version: Some(version.name.clone()), ..self.clone() }
    }

    /// Returns the folder that relative paths of the configuration are based on.
    #[must_use]
    pub fn base(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }
}

/// Returns a basic string of TOML.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Staged<Config> {
    /// Adds the documents that the fetch lock beside the configuration file has.
    fn with_fetched(mut self) -> Self {
        if let Some(config) = &mut self.product {
            let lock = FetchLock::read(&config.fetch_lock_path());
            self.diagnostics.extend(lock.diagnostics);
            match lock.product {
                Some(lock) => config.settings.fetched = lock,
                None => self.product = None,
            }
        }
        self
    }
}

fn failed<T>(diagnostic: Diagnostic) -> Staged<T> {
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(diagnostic);
    Staged { product: None, diagnostics }
}
