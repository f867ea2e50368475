//! In: the [`RustIr`]. Out: the [`FileSet`]: each file's path and text.
//! Not done here: the text of the modules (`emit`), writing or comparing anything on disk (`output`).

use std::collections::BTreeMap;

use crate::deep;
use crate::emit;
use crate::ir::{Crate, ModuleId, ROOT, RustIr};

/// Texts by path; paths are relative and use `/`.
pub type FileSet = BTreeMap<String, String>;

/// Renders the bindings: the folder of the modules, or a crate around it.
pub fn render(ir: &RustIr) -> FileSet {
    deep::run(|| render_here(ir))
}

fn render_here(ir: &RustIr) -> FileSet {
    let mut files = FileSet::new();
    let folder = if ir.krate.is_some() { "src/" } else { "" };
    files.insert(format!("{folder}lib.rs"), emit::lib(ir));
    for (at, module) in ir.modules.iter().enumerate().skip(1) {
        if module.parent == ROOT && !module.body.is_empty() {
            let id = ModuleId(u32::try_from(at).unwrap_or(u32::MAX));
            files.insert(format!("{folder}{}.rs", module.name), emit::file(ir, id));
        }
    }
    if let Some(krate) = &ir.krate {
        files.insert("Cargo.toml".to_owned(), manifest(krate));
        files.insert("README.md".to_owned(), krate.readme.clone());
        files.insert("rustfmt.toml".to_owned(), unformatted(krate));
    }
    files
}

/// Keeps `cargo fmt` off the crate: its text is what the generator writes.
fn unformatted(krate: &Crate) -> String {
    let head: String = krate.manifest.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    format!("{head}\ndisable_all_formatting = true\n")
}

/// The manifest: what the settings gave, then dependencies and features.
fn manifest(krate: &Crate) -> String {
    let mut out = krate.manifest.trim_end().to_owned();
    out.push_str("\n\n[dependencies]\n");
    for (name, value) in &krate.dependencies {
        out.push_str(&format!("{name} = {value}\n"));
    }
    if krate.features.len() > 1 {
        out.push_str("\n[features]\n");
        for (name, needs) in &krate.features {
            let needs: Vec<String> = needs.iter().map(|n| format!("{n:?}")).collect();
            out.push_str(&format!("{name} = [{}]\n", needs.join(", ")));
        }
    }
    out
}
