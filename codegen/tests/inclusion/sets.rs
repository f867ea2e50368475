//! Schema sets that are changed at random: the files of a set, and the models of its versions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use xsdgen::model::{ElementId, Global, Model, TypeId};

use crate::support::Schema;

/// The files of a schema set by path, and the paths of the files that the generator is given.
pub(crate) struct Set {
    pub(crate) name: String,
    files: BTreeMap<String, String>,
    pub(crate) entries: Vec<String>,
}

impl Set {
    /// A set of one file.
    pub(crate) fn of_text(name: &str, text: &str) -> Self {
        let file = "schema.xsd".to_owned();
        Set { name: name.to_owned(), files: BTreeMap::from([(file.clone(), text.to_owned())]), entries: vec![file] }
    }

    /// All sets of a folder: those that its `index.jsonl` lists, or else the schemas below it as one set.
    pub(crate) fn below(folder: &Path) -> Vec<Set> {
        let mut files = Vec::new();
        list(folder, &mut files);
        let relative = |path: &PathBuf| path.strip_prefix(folder).ok().map(|path| path.to_string_lossy().into_owned());
        let texts: BTreeMap<String, String> =
            files.iter().filter_map(|path| Some((relative(path)?, std::fs::read_to_string(path).ok()?))).collect();
        let Ok(index) = std::fs::read_to_string(folder.join("index.jsonl")) else {
            let entries = texts.keys().cloned().collect();
            return vec![Set { name: folder.to_string_lossy().into_owned(), files: texts, entries }];
        };
        let set = |line: &str| {
            let entry: serde_json::Value = serde_json::from_str(line).ok()?;
            let name = entry.get("group")?.as_str()?.to_owned();
            let docs = entry.get("schema")?.get("docs")?.as_array()?.iter();
            let entries: Vec<String> = docs.filter_map(|doc| doc.as_str().map(str::to_owned)).collect();
            let below = format!("{name}/");
            let own = texts.iter().filter(|(path, _)| path.starts_with(&below)).map(|(path, text)| (path.clone(), text.clone()));
            Some(Set { name, files: own.collect(), entries })
        };
        index.lines().filter_map(set).collect()
    }

    /// The files that a file includes, imports or redefines, directly or indirectly, and itself.
    pub(crate) fn reached(&self, entry: &str) -> Vec<String> {
        let (mut todo, mut seen) = (vec![entry.to_owned()], BTreeSet::new());
        while let Some(path) = todo.pop() {
            let Some(text) = self.files.get(&path).filter(|_| !seen.contains(&path)) else { continue };
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let locations = text.split("schemaLocation").skip(1).filter_map(|rest| rest.split(['"', '\'']).nth(1));
            todo.extend(locations.map(|location| joined(folder, location)));
            seen.insert(path);
        }
        seen.into_iter().collect()
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Reads a version of the set in which one file is changed.
    pub(crate) fn version(&self, entry: &str, reached: &[String], changed: Option<(&str, &str)>) -> Result<Schema, String> {
        let texts = reached.iter().map(|path| match changed {
            Some((file, text)) if file == path => (path.as_str(), text),
            _ => (path.as_str(), self.text(path)),
        });
        Schema::of_files(texts, entry)
    }
}

fn list(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            list(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "xsd") {
            out.push(path);
        }
    }
    out.sort();
}

/// A relative location from a folder, without `.` and `..`.
fn joined(folder: &str, location: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(location.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The global elements with their expanded names.
pub(crate) fn roots(model: &Model) -> BTreeMap<(String, String), ElementId> {
    let element = |global: &Global| if let Global::Element(id) = global { Some(*id) } else { None };
    let named = |id: ElementId| {
        let name = &model.elements.get(id.index())?.name;
        let uri = model.namespaces.get(name.namespace.index())?.uri.clone();
        Some(((uri, name.local.clone()), id))
    };
    model.globals.iter().filter_map(element).filter_map(named).collect()
}

/// The global types.
pub(crate) fn types(model: &Model) -> Vec<TypeId> {
    model.globals.iter().filter_map(|global| if let Global::Type(id) = global { Some(*id) } else { None }).collect()
}
