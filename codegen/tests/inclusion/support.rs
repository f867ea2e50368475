//! Reads schemas, asks for verdicts, and validates witnesses with `xmllint`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use xsdgen::compare::inclusion::{Inclusion, Verdict};
use xsdgen::diagnostic::Severity;
use xsdgen::model::{ElementId, Global, Model};
use xsdgen::{LoadOptions, load, resolve};

/// A schema document in a folder of its own, and the model it makes.
pub(crate) struct Schema {
    folder: PathBuf,
    pub(crate) path: PathBuf,
    pub(crate) model: Model,
}

impl Drop for Schema {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Schema {
    /// Reads a schema document with the target namespace `u:t`, of which the body is given.
    pub(crate) fn of(body: &str) -> Self {
        let text = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='u:t' xmlns='u:t' elementFormDefault='qualified'>\n{body}\n</xs:schema>"
        );
        Self::read(&text).unwrap_or_else(|problems| panic!("{body}\n{problems}"))
    }

    /// Reads a schema document. The error is a list of problems.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        Self::of_files(std::iter::once(("schema.xsd", text)), "schema.xsd")
    }

    /// Reads a set of schema documents, which begins with the one that is named.
    pub(crate) fn of_files<'t>(files: impl Iterator<Item = (&'t str, &'t str)>, entry: &str) -> Result<Self, String> {
        let folder = folder();
        for (name, text) in files {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(&folder)).expect("a writable folder");
            std::fs::write(&path, text).expect("a writable folder");
        }
        let path = folder.join(entry);
        let loaded = load(std::slice::from_ref(&path), &LoadOptions::default());
        let mut problems = loaded.diagnostics;
        let model = loaded.product.and_then(|set| {
            let resolved = resolve(&set);
            problems.extend(resolved.diagnostics);
            resolved.product
        });
        let errors: Vec<String> = problems.iter().filter(|it| it.severity > Severity::Warning).map(|it| it.message.clone()).collect();
        match model.filter(|_| errors.is_empty()) {
            Some(model) => Ok(Schema { folder, path, model }),
            None => {
                std::fs::remove_dir_all(&folder).ok();
                Err(errors.join("\n"))
            }
        }
    }

    /// Writes a document into the folder of the schema.
    pub(crate) fn put(&self, number: usize, document: &str) -> PathBuf {
        let path = self.folder.join(format!("document-{number}.xml"));
        std::fs::write(&path, document).expect("a writable folder");
        path
    }

    /// The global element `r` or `order`.
    pub(crate) fn root(&self) -> ElementId {
        let local = |id: ElementId| self.model.elements.get(id.index()).map(|element| element.name.local.as_str());
        let element = |global: &Global| if let Global::Element(id) = global { Some(*id) } else { None };
        let mut elements = self.model.globals.iter().filter_map(element);
        elements.find(|id| matches!(local(*id), Some("r" | "order"))).expect("a root element")
    }

    /// What `xmllint` says about a document, or `None` if it is valid.
    pub(crate) fn complaint(&self, document: &str) -> Option<String> {
        let path = self.folder.join("document.xml");
        std::fs::write(&path, document).expect("a writable folder");
        let output =
            Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).args([&self.path, &path]).output().expect("xmllint runs");
        (!output.status.success()).then(|| String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Whether every document of `a` with its root is valid under `b`.
pub(crate) fn verdict(a: &Schema, b: &Schema) -> Verdict {
    Inclusion::new(&a.model, &b.model).root(a.root())
}

/// Whether there is an `xmllint`. If not, a line on stderr says so that the test runner does not swallow.
pub(crate) fn has_xmllint(test: &str) -> bool {
    let found = Command::new("xmllint").arg("--version").output().is_ok();
    if !found {
        writeln!(std::io::stderr(), "{test}: witnesses are not confirmed, there is no xmllint here (Debian: libxml2-utils)").ok();
    }
    found
}

fn folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("inclusion-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a writable target folder");
    folder
}
