//! A set of schemas in memory, and its bindings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use roxmltree::Document;
use xsdgen::diagnostic::Staged;
use xsdgen::lenient::MISSING;
use xsdgen::settings::Settings;
use xsdgen::{Config, Generated, Lock};

/// The texts of schemas, by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    pub(crate) texts: BTreeMap<String, String>,
    /// The files to pass to the generator.
    pub(crate) roots: Vec<String>,
}

impl Files {
    /// Replaces the text of a file, unless the edit returns `None`.
    pub(crate) fn edit(&mut self, file: &str, edit: impl FnOnce(&Document<'_>) -> Option<String>) -> bool {
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let new = self.texts.get(file).and_then(|text| edit(&Document::parse_with_options(text, options).ok()?));
        let changed = new.is_some();
        self.texts.extend(new.map(|text| (file.to_owned(), text)));
        changed
    }

    pub(crate) fn put(&mut self, file: &str, text: String) {
        self.texts.insert(file.to_owned(), text);
    }

    /// Returns an unused name in the folder of a file.
    pub(crate) fn new_name(&self, file: &str) -> String {
        let stem = file.strip_suffix(".xsd").unwrap_or(file);
        (1..).map(|number| format!("{stem}-{number}.xsd")).find(|name| !self.texts.contains_key(name)).expect("a free name")
    }

    /// Renames a file and all references to it. Not done if another file has the same name in another folder.
    pub(crate) fn rename(&mut self, file: &str, name: &str) -> bool {
        let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        if self.texts.keys().filter(|path| base(path) == base(file)).count() > 1 {
            return false;
        }
        let Some(text) = self.texts.remove(file) else { return false };
        self.texts.insert(name.to_owned(), text);
        for root in self.roots.iter_mut().filter(|root| *root == file) {
            name.clone_into(root);
        }
        let (old, new) = (base(file), base(name));
        for other in self.texts.keys().cloned().collect::<Vec<_>>() {
            self.edit(&other, |document| locations(document, &old, &new));
        }
        true
    }
}

/// Returns the text with the new name of a file in each `schemaLocation`.
fn locations(document: &Document<'_>, old: &str, new: &str) -> Option<String> {
    let is = |text: &str| text.strip_suffix(old).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    let attributes = document.descendants().flat_map(|node| node.attributes().collect::<Vec<_>>());
    let places = attributes.filter(|attribute| attribute.name() == "schemaLocation" && is(attribute.value()));
    let ends: Vec<usize> = places.map(|attribute| attribute.range_value().end).collect();
    let mut text = document.input_text().to_owned();
    ends.iter().rev().for_each(|end| text.replace_range(end - old.len()..*end, new));
    (!ends.is_empty()).then_some(text)
}

/// A set of schemas with its configuration.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) files: Files,
    config: Option<String>,
    /// The folder to which the schemas are written for the generator.
    work: PathBuf,
}

impl Set {
    /// Reads a folder: the schemas of its `xsdgen.toml`, or all schemas in it.
    pub(crate) fn read(dir: &Path, work: &Path) -> Self {
        let config = std::fs::read_to_string(dir.join("xsdgen.toml")).ok();
        let mut files = Files::default();
        let paths = match &config {
            Some(text) => {
                Config::parse(text, &dir.join("xsdgen.toml")).product.expect("a configuration").inputs().product.expect("schemas")
            }
            None => xsdgen::inputs::find(dir, [("**/*.xsd", xsdgen::diagnostic::Span::file("**/*.xsd"))]).product.expect("schemas"),
        };
        for path in paths {
            let name = xsdgen::source::display(path.strip_prefix(dir).expect("below the folder")).to_string();
            if let Ok(text) = std::fs::read_to_string(&path) {
                files.texts.insert(name.clone(), text.trim_start_matches('\u{feff}').to_owned());
                files.roots.push(name);
            }
        }
        let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Set { work: work.join(&name), name, files, config }
    }

    /// Generates the bindings of the files.
    pub(crate) fn generate(&self, files: &Files, lock: &Lock) -> Staged<Generated> {
        let _ = std::fs::remove_dir_all(&self.work);
        for (name, text) in &files.texts {
            let path = self.work.join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("written");
        }
        if let Some(text) = &self.config {
            let config = Config::parse(text, &self.work.join("xsdgen.toml")).product.expect("a configuration");
            return config.generate_with(lock);
        }
        let roots: Vec<PathBuf> = files.roots.iter().map(|name| self.work.join(name)).collect();
        let settings = Settings { allow: vec!["cos-nonambig".to_owned(), MISSING.to_owned()], ..Settings::default() };
        xsdgen::generate(&roots, &settings, lock)
    }
}
