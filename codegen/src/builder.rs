//! Generates bindings in a build script, with the output that cargo expects.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::codes;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::generate::{Planned, planned_with};
use crate::lock::Lock;
use crate::output;
use crate::render::one_file;
use crate::report;
use crate::settings::Settings;
use crate::source;

/// Generates bindings in a build script.
///
/// The script has to be run again if a schema changes, so a line for each file that is read tells cargo so, also for those that schemas include and
/// import. Warnings become warnings of cargo. Errors, each with its place, end the build.
///
/// # Example
/// In `main` of `build.rs`:
/// ```no_run
/// xsdgen::Builder::new().schema("xsd/order.xsd").out_dir_module("order").run();
/// ```
/// In `src/main.rs`, where `xsdgen-codec` is a dependency:
/// ```ignore
/// mod order {
///     xsdgen_codec::include_bindings!("order");
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Builder {
    schemas: Vec<PathBuf>,
    config: Option<PathBuf>,
    settings: Option<Settings>,
    module: Option<String>,
}

/// What a build script prints and writes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Built {
    /// The files that were read, sorted.
    pub read: BTreeSet<PathBuf>,
    /// The bindings as one file; `None` if there were errors.
    pub file: Option<String>,
    /// The errors and warnings.
    pub diagnostics: Diagnostics,
}

impl Builder {
    /// Creates a builder without schemas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema file, relative to the folder of `Cargo.toml`. Files that it includes or imports need not be added.
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(path.into());
        self
    }

    /// Sets a configuration file, `xsdgen.toml`. Its schemas are read in addition to those that are added; its output folder has no effect.
    #[must_use]
    pub fn config(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = Some(path.into());
        self
    }

    /// Sets the settings. They replace those of a configuration file.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings = Some(settings);
        self
    }

    /// Sets the name of the bindings: they are written to `NAME.rs` in the folder `OUT_DIR` of the build. The default is `bindings`.
    #[must_use]
    pub fn out_dir_module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Generates the bindings, writes them and reports to cargo. After an error it ends the process with the exit code 1.
    pub fn run(self) {
        let name = self.module.clone().unwrap_or_else(|| "bindings".to_owned());
        let mut built = self.build();
        let file = built.file.take();
        match (file, std::env::var_os("OUT_DIR")) {
            (Some(text), Some(folder)) => built.diagnostics.extend(write(&Path::new(&folder).join(format!("{name}.rs")), &text)),
            (Some(_), None) => {
                let problem = Diagnostic::error(codes::X0001, Span::file("OUT_DIR"), "the environment variable `OUT_DIR` is not set")
                    .with_help("call `run` in a build script, or use `xsdgen::generate` elsewhere");
                built.diagnostics.push(problem);
            }
            (None, _) => {}
        }
        let mut out = io::stdout().lock();
        // Cargo reads the output to its end; if it does not, the build has failed already.
        let _ = out.write_all(instructions(&built).as_bytes()).and_then(|()| out.flush());
        if built.diagnostics.has_errors() {
            // The report shows lines of the schemas, which the one-line instructions for cargo cannot.
            let _ = report::write(&built.diagnostics, false, &mut io::stderr());
            std::process::exit(1);
        }
    }

    /// Generates the bindings as one file, and returns it with the files that were read. Nothing is written or printed.
    #[must_use]
    pub fn build(self) -> Built {
        let mut built = Built::default();
        let Some((schemas, settings, lock)) = self.inputs(&mut built) else { return built };
        let planned = planned_with(&schemas, &settings, &lock, &mut |path| {
            // Documents that the generator has built in, and those that may be missing, are not files.
            built.read.extend(Some(path.to_owned()).filter(|path| path.is_file()));
        });
        built.diagnostics.extend(planned.diagnostics);
        if let Some(Planned { ir, .. }) = planned.product {
            match one_file(&ir) {
                Ok(text) => built.file = Some(text),
                Err(faults) => built.diagnostics.extend(faults),
            }
        }
        built
    }

    /// Returns the schemas, the settings and the lock.
    fn inputs(self, built: &mut Built) -> Option<(Vec<PathBuf>, Settings, Lock)> {
        let (mut schemas, mut settings, mut lock) = (self.schemas, self.settings, Lock::default());
        built.read.extend(schemas.iter().cloned());
        if let Some(path) = self.config {
            built.read.insert(path.clone());
            let config = take(Config::read(&path), built)?;
            schemas.extend(take(config.inputs(), built)?);
            built.read.extend(config.settings.catalogs.iter().cloned());
            built.read.extend(Some(config.fetch_lock_path()).filter(|path| path.exists()));
            if config.lock_path().exists() {
                built.read.insert(config.lock_path());
            }
            lock = take(Lock::read(&config.lock_path()), built)?;
            // The bindings are a module of the user's crate.
            settings.get_or_insert(Settings { krate: None, ..config.settings });
        }
        if schemas.is_empty() {
            let help = "name one: `Builder::new().schema(\"xsd/order.xsd\")`";
            built.diagnostics.push(Diagnostic::error(codes::X0001, Span::file("build script"), "no schema is given").with_help(help));
            return None;
        }
        Some((schemas, settings.unwrap_or_default(), lock))
    }
}

fn take<T>(staged: Staged<T>, built: &mut Built) -> Option<T> {
    built.diagnostics.extend(staged.diagnostics);
    staged.product
}

/// Writes a file if its text changes.
fn write(path: &Path, text: &str) -> Diagnostics {
    let Staged { product, mut diagnostics } = output::compare_file(path, text);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if let Some(comparison) = product {
        diagnostics.extend(output::write(&[(name, text.to_owned())].into(), &comparison).diagnostics);
    }
    diagnostics
}

/// Returns the lines for cargo: which files to watch, the warnings and the errors.
fn instructions(built: &Built) -> String {
    let mut out = String::new();
    for path in &built.read {
        out.push_str(&format!("cargo::rerun-if-changed={}\n", one_line(&source::display(path))));
    }
    for diagnostic in built.diagnostics.iter() {
        let word = if diagnostic.severity == Severity::Warning { "warning" } else { "error" };
        let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let text = format!("{}: {word}[{}]: {}{help}", diagnostic.span, diagnostic.code, diagnostic.message);
        out.push_str(&format!("cargo::{word}={}\n", one_line(&text)));
    }
    out
}

/// Replaces each line end of a text by a space, so that cargo reads the text as one instruction.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failed test panics")]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
    }

    #[test]
    fn every_file_is_watched_and_the_bindings_are_one_file() {
        let built = Builder::new().schema(folder().join("namespaces/schema.xsd")).build();
        let read: Vec<String> = built.read.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
        assert_eq!(read, ["bare.xsd", "schema.xsd", "user.xsd"]);
        assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
        let file = syn::parse_file(&built.file.unwrap()).unwrap();
        assert!(file.attrs.is_empty(), "`include!` takes no inner attributes");
        let names: Vec<String> = file
            .items
            .iter()
            .filter_map(|item| if let syn::Item::Mod(module) = item { Some(&module.content.as_ref()?.1) } else { None })
            .flatten()
            .filter_map(
                |item| if let syn::Item::Mod(module) = item { Some((module.ident.to_string(), module.content.is_some())) } else { None },
            )
            .map(|(name, inline)| format!("{name}{}", if inline { "" } else { ";" }))
            .collect();
        assert_eq!(names, ["no_namespace", "service", "user", "xmlns"]);
    }

    #[test]
    fn problems_are_instructions_of_one_line() {
        let missing = Builder::new().schema("no\nsuch.xsd").build();
        let text = instructions(&missing);
        assert!(text.starts_with("cargo::rerun-if-changed=no such.xsd\ncargo::error="), "{text}");
        assert_eq!(text.lines().count(), 2, "{text}");
        let none = Builder::new().build();
        assert_eq!((none.file, none.diagnostics.len()), (None, 1));
    }

    #[test]
    fn a_configuration_and_its_schemas_are_watched() {
        let config = folder().join("missing/xsdgen.toml");
        let built = Builder::new().config(&config).build();
        assert!(built.file.is_some(), "{:?}", built.diagnostics);
        let read: Vec<&std::ffi::OsStr> = built.read.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(read, ["schema.xsd", "xsdgen.toml"]);
    }
}
