//! In: the paths of schema files. Out: all schema documents they lead to, by include, import and redefine, in an order of their own.
//! Not done here: joining what they declare (`resolve`). Nothing is fetched from a network.

#![deny(clippy::indexing_slicing)]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::document::{Document, Limits};
use crate::missing::{self, Unread};
use crate::schema::{self, LinkKind, Schema, XML, XS, grammar, versioning};
use crate::source::{self, Location};

/// How to load.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// Deepest nesting of elements in a schema document.
    pub max_depth: u32,
    /// Most elements in a schema document.
    pub max_elements: u32,
    /// Most prefixes in scope of one element of a schema document.
    pub max_prefixes: usize,
    /// Most bytes that the entities of a schema document expand to.
    pub max_expansion: usize,
    /// Largest schema document in bytes.
    pub max_bytes: u64,
    /// Most schema documents in one set.
    pub max_documents: usize,
    /// Files that take the place of documents: by a `schemaLocation` as written, or by the namespace of an import.
    pub locations: BTreeMap<String, PathBuf>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions {
            max_depth: 400,
            max_elements: 4_000_000,
            max_prefixes: 256,
            max_expansion: 4 << 20,
            max_bytes: 256 << 20,
            max_documents: 20_000,
            locations: BTreeMap::new(),
        }
    }
}

/// Schema documents, ordered by target namespace and path, so that the order of arguments does not matter.
#[derive(Debug, Clone, Default)]
pub struct SchemaSet {
    /// The documents; a chameleon appears once for each namespace it is included into.
    pub schemas: Vec<Schema>,
}

/// Declarations of `xml:lang` and its like, for imports of their namespace that lead nowhere.
const XML_XSD: &str = include_str!("xml.xsd");

/// Reads the files given and everything they include, import and redefine, in any order and in circles.
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Staged<SchemaSet> {
    let mut loader = Loader {
        options,
        documents: HashMap::new(),
        loaded: HashMap::new(),
        schemas: Vec::new(),
        unread: Vec::new(),
        problems: Diagnostics::new(),
    };
    let mut sorted: Vec<&PathBuf> = paths.iter().collect();
    sorted.sort();
    for path in sorted {
        loader.given(path);
    }
    let mut next = 0;
    while next < loader.schemas.len() {
        loader.follow(next);
        next += 1;
    }
    loader.built_in();
    loader.not_read();
    let (schemas, problems) = (order(loader.schemas), distinct(loader.problems));
    Staged { product: (!schemas.is_empty()).then_some(SchemaSet { schemas }), diagnostics: problems }
}

struct Loader<'a> {
    options: &'a LoadOptions,
    documents: HashMap<PathBuf, Option<Arc<Document>>>,
    loaded: HashMap<(PathBuf, Arc<str>), usize>,
    schemas: Vec<Schema>,
    /// Documents that could not be read: where they should be, and the warning.
    unread: Vec<(Unread, String, Diagnostic)>,
    problems: Diagnostics,
}

/// Why there is no document.
enum Missing {
    /// It could not be read, for this reason.
    Unreadable(String),
    /// It could be read and is wrong, which is reported already.
    Reported,
}

impl Loader<'_> {
    /// A file named by the user.
    fn given(&mut self, path: &Path) {
        match self.document(path) {
            Ok((key, document)) => {
                self.schema(key, &document, None);
            }
            Err(Missing::Unreadable(why)) => {
                let shown = source::display(path);
                let message = format!("cannot read `{shown}`: {why}");
                self.problems.push(Diagnostic::new(Severity::Io, codes::X0001, Span::file(shown), message));
            }
            Err(Missing::Reported) => {}
        }
    }

    /// The document at a path, parsed once however often it is asked for.
    fn document(&mut self, path: &Path) -> Result<(PathBuf, Arc<Document>), Missing> {
        if let Ok(key) = std::fs::canonicalize(path)
            && let Some(known) = self.documents.get(&key)
        {
            return known.clone().map(|d| (key, d)).ok_or(Missing::Reported);
        }
        let source = source::read(path, self.options.max_bytes).map_err(Missing::Unreadable)?;
        let parsed = self.parse(&source.path, &source.bytes);
        self.documents.insert(source.key.clone(), parsed.clone());
        parsed.map(|d| (source.key, d)).ok_or(Missing::Reported)
    }

    fn parse(&mut self, path: &Arc<str>, bytes: &[u8]) -> Option<Arc<Document>> {
        let limits = Limits {
            depth: self.options.max_depth,
            elements: self.options.max_elements,
            prefixes: self.options.max_prefixes,
            expansion: self.options.max_expansion,
        };
        let mut document = match Document::parse(path, bytes, limits) {
            Ok(document) => document,
            Err(problem) => {
                self.problems.push(*problem);
                return None;
            }
        };
        let root = document.node(document.root())?;
        if root.namespace != XS || root.name != "schema" {
            let found = if root.namespace.is_empty() { root.name.clone() } else { format!("{{{}}}{}", root.namespace, root.name) };
            let problem = Diagnostic::error(codes::X0004, root.span.clone(), format!("the root element is `{found}`, not a `schema`"));
            self.problems.push(problem.with_help(format!("declare the namespace of the root element as {XS}")));
            return None;
        }
        versioning::select(&mut document, &mut self.problems);
        grammar::check(&document, &mut self.problems);
        Some(Arc::new(document))
    }

    /// The schema of a document for a target namespace, read once for each.
    fn schema(&mut self, key: PathBuf, document: &Document, into: Option<&Arc<str>>) -> Option<usize> {
        let own = document.node(document.root()).and_then(|r| r.attribute("targetNamespace")).map(|t| Arc::<str>::from(t.trim()));
        let target = own.or_else(|| into.cloned()).unwrap_or_default();
        if let Some(known) = self.loaded.get(&(key.clone(), target.clone())) {
            return Some(*known);
        }
        if self.schemas.len() >= self.options.max_documents {
            let message = format!("more than {} schema documents", self.options.max_documents);
            self.problems.push(Diagnostic::error(codes::X0003, Span::file(document.path.clone()), message));
            return None;
        }
        let schema = schema::read(document, into, &mut self.problems)?;
        let index = self.schemas.len();
        self.loaded.insert((key, target), index);
        self.schemas.push(schema);
        Some(index)
    }

    /// Loads what the links of one schema lead to.
    fn follow(&mut self, index: usize) {
        let Some(schema) = self.schemas.get(index) else { return };
        let (path, target) = (schema.path.clone(), schema.target.clone());
        let links = schema.links.clone();
        for (n, link) in links.into_iter().enumerate() {
            let to = match &link.kind {
                LinkKind::Import(namespace) => self.import(&path, &target, namespace, &link),
                LinkKind::Include | LinkKind::Redefine(_) => self.include(&path, &target, &link),
            };
            if let Some(slot) = self.schemas.get_mut(index).and_then(|s| s.links.get_mut(n)) {
                slot.to = to;
            }
        }
    }

    /// Section 4.2.3.
    fn import(&mut self, path: &str, target: &Arc<str>, namespace: &Arc<str>, link: &schema::Link) -> Option<usize> {
        if namespace == target {
            let message = if namespace.is_empty() {
                "an import without `namespace` needs a schema with a target namespace (src-import.1.2)".to_owned()
            } else {
                format!("a schema cannot import its own target namespace `{namespace}` (src-import.1.1)")
            };
            let problem = Diagnostic::error(codes::X0115, link.span.clone(), message).on("namespace");
            self.problems.push(problem.with_help("use `include` for documents of the same namespace"));
            return None;
        }
        let location = match (&link.location, self.options.locations.contains_key(&**namespace)) {
            (Some(location), _) => location,
            (None, true) => &**namespace,
            (None, false) => return None,
        };
        // Copies of the declarations of `xml:lang` are everywhere; one is enough.
        if &**namespace == XML
            && let Some(known) = self.schemas.iter().position(|s| &*s.target == XML)
        {
            return Some(known);
        }
        let (key, document) = match self.fetch(path, location, Some(namespace)) {
            Ok(found) => found,
            Err(Missing::Reported) => return None,
            Err(Missing::Unreadable(_)) if &**namespace == XML => return None,
            Err(Missing::Unreadable(why)) => {
                let message = format!("the document `{location}` for the namespace `{namespace}` is not read: {why}");
                let problem = Diagnostic::new(Severity::Warning, codes::X0005, link.span.clone(), message).on("schemaLocation");
                let problem = problem.with_help("name a local copy of it together with the other schemas, or give `--location WHAT=FILE`");
                self.unread.push((Unread { namespace: namespace.clone(), span: link.span.clone() }, location.to_owned(), problem));
                return None;
            }
        };
        let found = document.node(document.root()).and_then(|r| r.attribute("targetNamespace")).map(str::trim).unwrap_or_default();
        if found != &**namespace {
            let message = format!("the imported document has the target namespace `{found}`, not `{namespace}` (src-import.3)");
            let problem = Diagnostic::error(codes::X0115, link.span.clone(), message).on("namespace");
            let help = if found.is_empty() { "leave `namespace` out".to_owned() } else { format!("write `namespace=\"{found}\"`") };
            self.problems.push(problem.with_help(help));
            return None;
        }
        self.schema(key, &document, None)
    }

    /// Sections 4.2.1 and 4.2.2.
    fn include(&mut self, path: &str, target: &Arc<str>, link: &schema::Link) -> Option<usize> {
        let redefine = matches!(link.kind, LinkKind::Redefine(_));
        let location = link.location.as_deref()?;
        let (key, document) = match self.fetch(path, location, None) {
            Ok(found) => found,
            Err(Missing::Reported) => return None,
            Err(Missing::Unreadable(why)) => {
                let (code, verb) = if redefine { (codes::X0007, "redefine") } else { (codes::X0006, "include") };
                // A location that leads nowhere is not an error by itself; redefining what is not there is.
                let redefines = matches!(&link.kind, LinkKind::Redefine(globals) if !globals.is_empty());
                let absent = (why == source::NOT_FOUND || why == REMOTE) && !redefines;
                let severity = if absent { Severity::Warning } else { Severity::Error };
                let message = format!("cannot {verb} `{location}`: {why} ({})", code.rule);
                let problem = Diagnostic::new(severity, code, link.span.clone(), message).on("schemaLocation");
                let problem = problem.with_help(
                    "the location is relative to the document it stands in: correct it, put a copy there, or give `--location WHAT=FILE`",
                );
                match absent {
                    true => self.unread.push((Unread { namespace: target.clone(), span: link.span.clone() }, location.to_owned(), problem)),
                    false => self.problems.push(problem),
                }
                return None;
            }
        };
        let found = document.node(document.root()).and_then(|r| r.attribute("targetNamespace")).map(str::trim);
        if let Some(found) = found.filter(|f| *f != &**target) {
            let rule = if redefine { "src-redefine.3" } else { "src-include.2" };
            let message = format!("the document has the target namespace `{found}`, not `{target}` as the one it goes into ({rule})");
            let code = if redefine { codes::X0117 } else { codes::X0116 };
            let problem = Diagnostic::error(code, link.span.clone(), message).on("schemaLocation");
            self.problems.push(problem.with_help("use `import` for documents of other namespaces"));
            return None;
        }
        self.schema(key, &document, Some(target))
    }

    /// The document at a location, or the file that is to be taken in its place.
    fn fetch(&mut self, path: &str, location: &str, namespace: Option<&str>) -> Result<(PathBuf, Arc<Document>), Missing> {
        let instead = |key: &str| self.options.locations.get(key).cloned();
        if let Some(file) = instead(location).or_else(|| namespace.and_then(instead)) {
            return self.document(&file);
        }
        match source::locate(path, location) {
            Location::File(file) => self.document(&file),
            Location::Remote(_) => Err(Missing::Unreadable(REMOTE.to_owned())),
        }
    }

    /// Adds the built-in declarations of the XML namespace where it is imported and no document declares it.
    fn built_in(&mut self) {
        let wanted = |s: &Schema| s.links.iter().any(|l| matches!(&l.kind, LinkKind::Import(n) if &**n == XML));
        if !self.schemas.iter().any(wanted) || self.schemas.iter().any(|s| &*s.target == XML) {
            return;
        }
        let path: Arc<str> = "xml.xsd".into();
        if let Some(document) = self.parse(&path, XML_XSD.as_bytes()) {
            self.schema(PathBuf::from("xml.xsd (built in)"), &document, None);
        }
    }

    /// Reports the documents that could not be read, and adds stand-ins for what is missing with them. A document of the same name and
    /// namespace that was read counts as a copy.
    fn not_read(&mut self) {
        let mut unread = std::mem::take(&mut self.unread);
        unread.retain(|(what, location, _)| {
            !self.schemas.iter().any(|s| s.target == what.namespace && file_name(&s.path) == file_name(location))
        });
        let mut places: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        let mut all = Vec::new();
        for (what, location, warning) in unread {
            let folder = what.span.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            let path = format!("{folder}{} (not read)", file_name(&location));
            places.entry(what.namespace.clone()).or_insert_with(|| path.into());
            all.push(what);
            self.problems.push(warning);
        }
        for (namespace, text) in missing::stand_ins(&self.schemas, &all, &mut self.problems) {
            let path = places.get(&namespace).cloned().unwrap_or_default();
            let Some(document) = self.parse(&path, text.as_bytes()) else { continue };
            let index = self.schema(PathBuf::from(&*path), &document, None);
            if let Some(schema) = index.and_then(|i| self.schemas.get_mut(i)) {
                schema.stand_in = true;
            }
        }
    }
}

/// Why a document that has a place in a network is not read.
const REMOTE: &str = "nothing is fetched from a network; give a local copy";

/// The last part of a path or a URI.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Orders schemas by target namespace and path, and follows with the links.
fn order(schemas: Vec<Schema>) -> Vec<Schema> {
    let mut old: Vec<(usize, Schema)> = schemas.into_iter().enumerate().collect();
    old.sort_by(|(_, a), (_, b)| (&a.target, &a.path).cmp(&(&b.target, &b.path)));
    let mut new_index = vec![0; old.len()];
    for (new, (before, _)) in old.iter().enumerate() {
        if let Some(slot) = new_index.get_mut(*before) {
            *slot = new;
        }
    }
    let relink = |mut schema: Schema| {
        for link in &mut schema.links {
            link.to = link.to.and_then(|t| new_index.get(t).copied());
        }
        schema
    };
    old.into_iter().map(|(_, s)| relink(s)).collect()
}

/// Drops repetitions: a chameleon is read once for each namespace.
fn distinct(problems: Diagnostics) -> Diagnostics {
    let mut seen = std::collections::HashSet::new();
    let mut out = Diagnostics::new();
    for problem in problems {
        if seen.insert((problem.code, problem.span.clone(), problem.message.clone())) {
            out.push(problem);
        }
    }
    out
}
