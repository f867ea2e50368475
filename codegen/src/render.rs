//! In: the [`RustIr`]. Out: the [`FileSet`]: each file's path and text.
//! Not done here: the text of the modules (`emit`), writing or comparing anything on disk (`output`).

use std::collections::BTreeMap;

use crate::deep;
use crate::emit;
use crate::ir::{Crate, ModuleId, ROOT, RustIr};
use crate::mark::{self, Author, MARK};

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
        files.insert("Cargo.toml".to_owned(), mark::sealed(&manifest(krate)));
        files.insert("README.md".to_owned(), readme(krate));
        files.insert("rustfmt.toml".to_owned(), unformatted(krate));
    }
    files
}

/// Keeps `cargo fmt` off the crate: its text is what the generator writes.
fn unformatted(krate: &Crate) -> String {
    let head = krate.manifest.lines().take_while(|line| line.starts_with('#')).filter_map(|line| line.strip_prefix("# "));
    let lines = mark::marked(&head.map(str::to_owned).collect::<Vec<_>>());
    let head: String = lines.iter().map(|line| format!("# {line}\n")).collect();
    format!("{head}\ndisable_all_formatting = true\n")
}

/// The text of `README.md`, with the mark that the settings may lack.
fn readme(krate: &Crate) -> String {
    match mark::author(&krate.readme) {
        Author::Somebody => format!("<!-- {MARK} -->\n\n{}", krate.readme),
        Author::Xsdgen | Author::Both => krate.readme.clone(),
    }
}

/// The manifest: what the settings gave, then dependencies and features.
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

/// A key of TOML, quoted where it must be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { name.to_owned() } else { format!("{name:?}") }
}
