//! Recognises copies of a document under several paths: documents with the same bytes, whose links lead to the same bytes, count as one.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Loader;
use crate::document::{Document, Node};
use crate::schema::XS;
use crate::source::{self, Location, Source};
use crate::wsdl::WSDL;

/// The maximum length of a chain of links that is followed when documents are compared.
const DEPTH: usize = 100;

/// The maximum number of documents with the same hash that a document is compared with.
const CANDIDATES: usize = 16;

/// The documents that were read, indexed by their content.
#[derive(Debug, Default)]
pub(super) struct Copies {
    by_content: HashMap<(u64, usize), Vec<PathBuf>>,
    originals: HashMap<PathBuf, PathBuf>,
}

impl Copies {
    /// Returns the document that a document is a copy of, or the document itself.
    pub(super) fn original(&self, key: &Path) -> PathBuf {
        self.originals.get(key).map_or_else(|| key.to_owned(), Clone::clone)
    }
}

impl Loader<'_> {
    /// Returns an earlier document that a source is a copy of.
    ///
    /// A copy must also lead to the same documents: if two equal documents include `local.xsd` and the two included files differ, both are needed.
    pub(super) fn copied(&mut self, source: &Source) -> Option<(PathBuf, Arc<Document>)> {
        let mut hasher = DefaultHasher::new();
        source.bytes.hash(&mut hasher);
        let known = self.copies.by_content.entry((hasher.finish(), source.bytes.len())).or_default();
        let candidates: Vec<PathBuf> = known.iter().take(CANDIDATES).cloned().collect();
        known.push(source.key.clone());
        for key in candidates {
            let Some(Some(document)) = self.documents.get(&key).cloned() else { continue };
            let mut seen = HashSet::new();
            if self.is_copy(&key, &source.key, &document, &mut seen, 0) {
                self.copies.originals.insert(source.key.clone(), key.clone());
                return Some((key, document));
            }
        }
        None
    }

    /// Returns whether two files have the same bytes, and all documents that they lead to do as well.
    fn is_copy(&self, one: &Path, other: &Path, document: &Document, seen: &mut HashSet<(PathBuf, PathBuf)>, depth: usize) -> bool {
        if one == other || !seen.insert((one.to_owned(), other.to_owned())) {
            return true;
        }
        if depth >= DEPTH || !self.same_bytes(one, other) {
            return false;
        }
        locations(document).into_iter().all(|location| {
            let at = |from: &Path| match source::locate(&source::display(from), location) {
                Location::File(file) => std::fs::canonicalize(file).ok(),
                Location::Remote(_) => None,
            };
            match (at(one), at(other)) {
                (Some(one), Some(other)) if one == other => true,
                (Some(one), Some(other)) => {
                    let parsed = self.documents.get(&one).cloned().flatten().or_else(|| self.quietly(&one));
                    parsed.is_some_and(|document| self.is_copy(&one, &other, &document, seen, depth + 1))
                }
                (None, None) => true,
                _ => false,
            }
        })
    }

    fn same_bytes(&self, one: &Path, other: &Path) -> bool {
        let read = |path: &Path| source::read(path, self.options.max_bytes).map(|source| source.bytes);
        matches!((read(one), read(other)), (Ok(one), Ok(other)) if one == other)
    }

    /// Returns the document of a file without adding it to the schema set. Its errors are reported when it is loaded as part of the set.
    fn quietly(&self, path: &Path) -> Option<Arc<Document>> {
        let source = source::read(path, self.options.max_bytes).ok()?;
        Document::parse(&source.path, &source.bytes, super::limits(self.options)).ok().map(Arc::new)
    }
}

/// Returns the locations of other documents that a schema document or a WSDL document names.
fn locations(document: &Document) -> Vec<&str> {
    let of = |node: &Node| match (&*node.namespace, node.name.as_str()) {
        (XS, "include" | "import" | "redefine") => Some("schemaLocation"),
        (WSDL, "import") => Some("location"),
        _ => None,
    };
    document.nodes().filter_map(|node| node.attribute(of(node)?)).collect()
}
