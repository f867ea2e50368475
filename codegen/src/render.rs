//! Renders the bindings to files: formats the items of each module with `prettyplease`, and adds the files of the crate around them.

mod layout;

use std::collections::BTreeMap;

use crate::codes;
use crate::deep;
use crate::diagnostic::{Diagnostic, Diagnostics, Span};
use crate::emit::{self, Fault, Faults, File};
use crate::ir::{Crate, Module, ModuleId, ROOT, RustIr, VersionsIr};
use crate::mark::{self, Author, MARK};
use crate::settings::Layout;

/// File contents by path. Paths are relative and use `/`.
pub type FileSet = BTreeMap<String, String>;

/// Renders the bindings as a folder of modules, or as a crate.
///
/// # Errors
///
/// Items whose tokens are not valid Rust, which is an internal error of the generator.
pub fn render(ir: &RustIr) -> Result<FileSet, Diagnostics> {
    deep::run(|| render_here(ir))
}

fn render_here(ir: &RustIr) -> Result<FileSet, Diagnostics> {
    let faults = Faults::default();
    let mut files = FileSet::new();
    let folder = if ir.krate.is_some() { "src/" } else { "" };
    modules(ir, folder, "lib", &faults, &mut files);
    if let Some(krate) = &ir.krate {
        files.insert("Cargo.toml".to_owned(), mark::sealed(&manifest(krate)));
        files.insert("README.md".to_owned(), readme(krate));
        files.insert("rustfmt.toml".to_owned(), unformatted(krate));
    }
    let faults = faults.into_vec();
    if faults.is_empty() { Ok(files) } else { Err(reported(faults)) }
}

/// Adds the files of the modules to a folder, with the root as the file of this name.
fn modules(ir: &RustIr, folder: &str, root: &str, faults: &Faults, files: &mut FileSet) {
    let mut add = |name: &str, file: File| drop(files.insert(format!("{folder}{name}.rs"), layout::file(&file)));
    add(root, emit::lib(ir, faults));
    let is_file = |module: &Module| module.parent == ROOT && !module.body.is_empty() && ir.root.layout != Layout::File;
    for (at, _) in ir.modules.iter().enumerate().skip(1).filter(|(_, module)| is_file(module)) {
        let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
        emit::files(ir, id, faults).into_iter().for_each(|(name, file)| add(&name, file));
    }
}

/// Renders the bindings of several versions: a folder for each of them, and `lib.rs` with what connects them.
///
/// # Errors
///
/// The same as for [`render`].
pub fn render_versions(versions: &VersionsIr) -> Result<FileSet, Diagnostics> {
    deep::run(|| {
        let faults = Faults::default();
        let mut files = FileSet::new();
        files.insert("lib.rs".to_owned(), layout::file(&emit::versions(versions, &faults)));
        for version in &versions.versions {
            modules(&version.ir, &format!("{}/", version.name), "mod", &faults, &mut files);
        }
        let faults = faults.into_vec();
        if faults.is_empty() { Ok(files) } else { Err(reported(faults)) }
    })
}

/// Renders the bindings as one file that `include!` takes: it has no inner attributes at its top, and all modules are in it.
///
/// # Errors
///
/// The same as for [`render`].
pub(crate) fn one_file(ir: &RustIr) -> Result<String, Diagnostics> {
    deep::run(|| {
        let faults = Faults::default();
        let file = emit::one_file(ir, &faults);
        let faults = faults.into_vec();
        if faults.is_empty() { Ok(layout::file(&file)) } else { Err(reported(faults)) }
    })
}

fn reported(faults: Vec<Fault>) -> Diagnostics {
    let mut out = Diagnostics::new();
    for Fault { item, problem } in faults {
        let message = format!("internal error: what was generated for `{item}` is not Rust: {problem}");
        let help = "report it with the schemas and the configuration: it is a fault of the generator";
        out.push(Diagnostic::error(codes::X0999, Span::file("the bindings"), message).with_help(help));
    }
    out
}

/// Returns the `rustfmt.toml` that keeps `cargo fmt` from changing the generated files.
fn unformatted(krate: &Crate) -> String {
    let head = krate.manifest.lines().take_while(|line| line.starts_with('#')).filter_map(|line| line.strip_prefix("# "));
    let lines = mark::marked(&head.map(str::to_owned).collect::<Vec<_>>());
    let head: String = lines.iter().map(|line| format!("# {line}\n")).collect();
    format!("{head}\ndisable_all_formatting = true\n")
}

/// Returns the text of `README.md`, with the mark added if the settings omit it.
fn readme(krate: &Crate) -> String {
    match mark::author(&krate.readme) {
        Author::Somebody => format!("<!-- {MARK} -->\n\n{}", krate.readme),
        Author::Xsdgen | Author::Both => krate.readme.clone(),
    }
}

/// Returns the manifest: the text from the settings, then dependencies and features.
fn manifest(krate: &Crate) -> String {
    let mut out = krate.manifest.trim_end().to_owned();
    out.push_str("\n\n[dependencies]\n");
    for (name, value) in &krate.dependencies {
        out.push_str(&format!("{} = {value}\n", key(name)));
    }
    if krate.features.len() > 1 {
        out.push_str("\n[features]\n");
        for (name, needs) in &krate.features {
            let needs: Vec<String> = needs.iter().map(|n| format!("{n:?}")).collect();
            out.push_str(&format!("{} = [{}]\n", key(name), needs.join(", ")));
        }
    }
    out
}

/// Returns a TOML key, quoted if necessary.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { name.to_owned() } else { format!("{name:?}") }
}
