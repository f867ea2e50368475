//! Generates the bindings into `OUT_DIR/bindings`, and reports schema errors as build errors with their position. It does not write to
//! `generated/`, which only `cargo gen` does; if that folder is out of date, the build prints a warning.

use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostics, Severity};
use xsdgen::{Config, FileSet, output};

fn main() {
    for path in ["build.rs", "xsdgen.toml", "xsdgen.lock", "xsd", "generated"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let Some((config, files)) = generate() else { return };
    if let Some(out) = std::env::var_os("OUT_DIR") {
        tell(&output::update(&files, &PathBuf::from(out).join("bindings")).diagnostics);
    }
    let compared = output::compare(&files, &config.out);
    tell(&compared.diagnostics);
    if compared.product.is_some_and(|c| !c.is_fresh()) {
        println!("cargo::warning={}/ is out of date: run {}", config.out.display(), config.command);
    }
}

fn generate() -> Option<(Config, FileSet)> {
    let config = Config::read(Path::new("xsdgen.toml"));
    tell(&config.diagnostics);
    let config = config.product?;
    let generated = config.generate();
    tell(&generated.diagnostics);
    Some((config, generated.product?.files))
}

/// Passes diagnostics on to cargo, which prints them and fails the build on an error.
fn tell(diagnostics: &Diagnostics) {
    for diagnostic in diagnostics.iter() {
        let word = if diagnostic.severity == Severity::Warning { "warning" } else { "error" };
        let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let text = format!("{}: {word}[{}]: {}{help}", diagnostic.span, diagnostic.code, diagnostic.message);
        println!("cargo::{word}={}", text.replace(['\n', '\r'], " "));
    }
}
