//! Reads schema files and all schema documents that they include, import or redefine, and returns them in a fixed order. A WSDL document stands for
//! the schemas in it. The declarations are joined in `resolve`. Nothing is fetched from a network.

#![deny(clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod catalog;
mod copies;
mod locate;
mod nearest;
mod unread;
mod within;
mod wsdl;

use catalog::Catalogs;
use copies::Copies;
use locate::Vendor;
use unread::{Unread, Why};
use within::Bounds;

use crate::built_in;
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span, Staged};
use crate::document::{Document, Limits, Node};
use crate::encoding;
use crate::fetch::{Locked, Need, Needs};
use crate::lenient::{MISSING, OUTSIDE};
use crate::missing;
use crate::schema::{self, Link, LinkKind, Schema, XML, XS, grammar, versioning};
use crate::settings::Settings;
use crate::source;
use crate::wsdl::{Definitions, Operation, WSDL, is_wsdl};

/// Options for loading schema documents.
#[derive(Debug, Clone)]
pub struct LoadOptions {
    /// The maximum nesting depth of elements in a schema document.
    pub max_depth: u32,
    /// The maximum number of elements in a schema document.
    pub max_elements: u32,
    /// The maximum number of prefixes in scope of one element of a schema document.
    pub max_prefixes: usize,
    /// The maximum number of bytes that the entities of a schema document may expand to.
    pub max_expansion: usize,
    /// The maximum size of a schema document in bytes.
    pub max_bytes: u64,
    /// The maximum number of schema documents in one set.
    pub max_documents: usize,
    /// Whether components of unreadable documents may be missing. If so, stand-ins that accept any XML or text replace them, with a warning.
    pub allow_missing: bool,
    /// Whether schemas may refer to any local file. By default, they may refer to files in the folder of the given schemas and in folders nearby.
    pub allow_outside: bool,
    /// Files to read instead of a document, by a `schemaLocation` as written or by the namespace of an import.
    pub locations: BTreeMap<String, PathBuf>,
    /// OASIS XML catalogs, which give files for locations and namespaces that are not in `locations`.
    pub catalogs: Vec<PathBuf>,
    /// The documents that the fetch lock gives for URLs.
    pub fetched: BTreeMap<String, Locked>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions {
            max_depth: 400,
            max_elements: 4_000_000,
            max_prefixes: 256,
            max_expansion: 1 << 20,
            max_bytes: 256 << 20,
            max_documents: 20_000,
            allow_missing: false,
            allow_outside: false,
            locations: BTreeMap::new(),
            catalogs: Vec::new(),
            fetched: BTreeMap::new(),
        }
    }
}

impl LoadOptions {
    /// Returns the load options from the settings: replacement locations, and whether documents may be missing or outside of the folder of the schemas.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let allows = |what: &str| settings.allow.iter().any(|allowed| allowed == what);
        let (allow_missing, allow_outside) = (allows(MISSING), allows(OUTSIDE));
        let (locations, catalogs) = (settings.locations.clone(), settings.catalogs.clone());
        let fetched = settings.fetched.documents.clone();
        LoadOptions { locations, catalogs, fetched, allow_missing, allow_outside, ..LoadOptions::default() }
    }
}

/// Schema documents, sorted by target namespace and path, so that the order of arguments does not matter.
#[derive(Debug, Clone, Default)]
pub struct SchemaSet {
    /// The documents. A chameleon schema appears once for each namespace that includes it.
    pub schemas: Vec<Schema>,
    /// The operations that WSDL documents describe, sorted by their request elements.
    pub operations: Vec<Operation>,
}

/// Reads the given files and everything that they include, import or redefine. Circular references are allowed.
pub fn load(paths: &[PathBuf], options: &LoadOptions) -> Staged<SchemaSet> {
    load_tracked(paths, options, &mut |_| {})
}

/// Reads documents as [`load`] does, and passes the path of each document that is read or looked for to `read`.
pub(crate) fn load_tracked(paths: &[PathBuf], options: &LoadOptions, read: &mut dyn FnMut(&Path)) -> Staged<SchemaSet> {
    run(paths, options, None, read).0
}

/// Finds the documents that schemas need by URL, and those that are expected in a folder. See [`fetch::needs`].
pub(crate) fn needs(paths: &[PathBuf], settings: &Settings, folder: &Path) -> Needs {
    let options = LoadOptions { fetched: BTreeMap::new(), ..LoadOptions::of(settings) };
    let (loaded, vendor) = run(paths, &options, Some(Vendor::new(folder)), &mut |_| {});
    let mut documents: Vec<Need> = vendor.into_iter().flat_map(|vendor| vendor.needs.into_values()).collect();
    documents.sort_by(|a, b| (&a.file, &a.url).cmp(&(&b.file, &b.url)));
    let mut diagnostics = Diagnostics::new();
    // The list has what was not read.
    let listed = [codes::X0005, codes::X0006, codes::X0007, codes::X0008, codes::X0020];
    loaded.diagnostics.into_iter().filter(|d| !listed.contains(&d.code)).for_each(|d| diagnostics.push(d));
    Needs { documents, diagnostics }
}

fn run(
    paths: &[PathBuf],
    options: &LoadOptions,
    vendor: Option<Vendor>,
    read: &mut dyn FnMut(&Path),
) -> (Staged<SchemaSet>, Option<Vendor>) {
    options.catalogs.iter().for_each(|path| read(path));
    let mut problems = Diagnostics::new();
    let mut loader = Loader {
        options,
        read,
        catalogs: Catalogs::read(&options.catalogs, limits(options), options.max_bytes, &mut problems),
        vendor,
        bounds: (!options.allow_outside).then(|| Bounds::of(paths, &options.locations)),
        hashes: HashMap::new(),
        documents: HashMap::new(),
        copies: Copies::default(),
        loaded: HashMap::new(),
        schemas: Vec::new(),
        unread: Vec::new(),
        described: HashSet::new(),
        definitions: Definitions::default(),
        operations: Vec::new(),
        problems,
    };
    for (url, locked) in &options.fetched {
        loader.bounds.iter_mut().for_each(|bounds| bounds.admit(&locked.file));
        if let Ok(key) = std::fs::canonicalize(&locked.file) {
            loader.hashes.insert(key, (url.clone(), locked.sha256.clone()));
        }
    }
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
    loader.operations = loader.definitions.operations(&mut loader.problems);
    loader.operations.sort_by(|a, b| (&a.request.name, &a.name).cmp(&(&b.request.name, &b.name)));
    loader.built_in();
    loader.stand_ins();
    if loader.schemas.is_empty() && !loader.problems.has_errors() {
        let span = paths.first().map_or_else(|| Span::file(""), |path| Span::file(source::display(path)));
        let problem = Diagnostic::error(codes::X0004, span, "the WSDL document contains no schema");
        loader.problems.push(problem.with_help("name the schema documents that its messages refer to"));
    }
    let Loader { schemas, operations, problems, vendor, .. } = loader;
    let (schemas, problems) = (order(schemas), distinct(problems));
    let product = (!schemas.is_empty()).then_some(SchemaSet { schemas, operations });
    (Staged { product, diagnostics: problems }, vendor)
}

struct Loader<'a> {
    options: &'a LoadOptions,
    catalogs: Catalogs,
    /// Gets the path of each document that is read or looked for.
    read: &'a mut dyn FnMut(&Path),
    /// The folder of documents that are expected, if these are to be found.
    vendor: Option<Vendor>,
    /// The URLs and hashes of the files that the fetch lock has, by their keys.
    hashes: HashMap<PathBuf, (String, String)>,
    /// The files that schemas may refer to, unless these are all.
    bounds: Option<Bounds>,
    documents: HashMap<PathBuf, Option<Arc<Document>>>,
    copies: Copies,
    loaded: HashMap<(PathBuf, Arc<str>), usize>,
    schemas: Vec<Schema>,
    /// The documents that could not be read.
    unread: Vec<Unread>,
    /// The WSDL documents whose schemas were loaded.
    described: HashSet<PathBuf>,
    definitions: Definitions,
    operations: Vec<Operation>,
    problems: Diagnostics,
}

/// The reason why there is no document.
enum Missing {
    /// The document was not read, for this reason.
    Unread(Why),
    /// The document could be read but is invalid, which has already been reported.
    Reported,
}

impl Loader<'_> {
    /// Loads a file named by the user.
    fn given(&mut self, path: &Path) {
        match self.document(path, None) {
            Ok((key, document)) if is_wsdl(&document) => self.describe(key, document),
            Ok((key, document)) => {
                self.schema(key, &document, None);
            }
            Err(Missing::Unread(why)) => {
                let shown = source::display(path);
                let message = format!("cannot read `{shown}`: {}", why.words());
                self.problems.push(Diagnostic::new(Severity::Io, codes::X0001, Span::file(shown), message));
            }
            Err(Missing::Reported) => {}
        }
    }

    /// Returns the document at a path with its key. Each document is parsed once, and a copy has the key of the document that it copies. `link` leads
    /// to the document, unless the user named it.
    fn document(&mut self, path: &Path, link: Option<&Link>) -> Result<(PathBuf, Arc<Document>), Missing> {
        (self.read)(path);
        if let Ok(key) = std::fs::canonicalize(path)
            && let Some(known) = self.documents.get(&key)
        {
            let key = self.copies.original(&key);
            return known.clone().map(|d| (key, d)).ok_or(Missing::Reported);
        }
        let source = source::read(path, self.options.max_bytes).map_err(|reason| Missing::Unread(Why::of(reason)))?;
        self.compare_with_lock(&source.key, &source.path, &source.bytes);
        if let Some((key, document)) = self.copied(&source) {
            self.documents.insert(source.key, Some(document.clone()));
            return Ok((key, document));
        }
        let parsed = self.parse(&source.path, &source.bytes, link);
        self.documents.insert(source.key.clone(), parsed.clone());
        parsed.map(|d| (source.key, d)).ok_or(Missing::Reported)
    }

    fn parse(&mut self, path: &Arc<str>, bytes: &[u8], link: Option<&Link>) -> Option<Arc<Document>> {
        match self.schema_document(path, bytes) {
            // Its schemas are checked one by one.
            Ok(document) if is_wsdl(&document) => Some(Arc::new(document)),
            Ok(document) => Some(Arc::new(self.checked(document))),
            Err(problem) => {
                let link = link.filter(|_| encoding::decode(bytes).is_ok_and(|text| !text.contains(XS)));
                self.problems.push(link.map_or(*problem, |link| foreign(path, link)));
                None
            }
        }
    }

    /// Returns a schema document without what is for later versions, after its structure was checked.
    fn checked(&mut self, mut document: Document) -> Document {
        versioning::select(&mut document, &mut self.problems);
        grammar::check(&mut document, &mut self.problems);
        document
    }

    fn schema_document(&self, path: &Arc<str>, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
        let document = Document::parse(path, bytes, limits(self.options))?;
        match document.node(document.root()) {
            Some(root) if (*root.namespace != *XS || root.name != "schema") && !is_wsdl(&document) => Err(Box::new(no_schema(root))),
            _ => Ok(document),
        }
    }

    /// Reads the schema of a document for a target namespace, once for each pair of the two, and returns its index.
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

    /// Loads the documents that the links of a schema refer to.
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

    /// Loads an imported document (section 4.2.3).
    fn import(&mut self, path: &str, target: &Arc<str>, namespace: &Arc<str>, link: &Link) -> Option<usize> {
        if namespace == target {
            let (message, clause) = if namespace.is_empty() {
                ("an import without `namespace` needs a schema with a target namespace".to_owned(), "src-import.1.2")
            } else {
                (format!("a schema cannot import its own target namespace `{namespace}`"), "src-import.1.1")
            };
            let problem = Diagnostic::error(codes::X0115, link.span.clone(), message).violating(clause).on("namespace");
            self.problems.push(problem.with_help("use `include` for documents of the same namespace"));
            return None;
        }
        let is_known = || self.options.locations.contains_key(&**namespace) || self.catalogs.namespace(namespace).is_some();
        let location = match &link.location {
            Some(location) => location,
            None if is_known() => &**namespace,
            None => return None,
        };
        // Copies of the schema for `xml:lang` are common, and one of them is enough.
        if &**namespace == XML
            && let Some(known) = self.schemas.iter().position(|s| &*s.target == XML)
        {
            return Some(known);
        }
        let (key, document) = match self.fetch(path, location, Some(namespace), link) {
            Ok(found) => found,
            Err(Missing::Reported) => return None,
            Err(Missing::Unread(why)) => {
                self.unread.push(Unread::new(namespace, location, link, why));
                return None;
            }
        };
        if is_wsdl(&document) {
            return self.described_schema(key, &document, namespace);
        }
        let found = document.node(document.root()).and_then(|r| r.attribute("targetNamespace")).map(str::trim).unwrap_or_default();
        if found != &**namespace {
            let message = format!("the imported document has the target namespace `{found}`, not `{namespace}`");
            let problem = Diagnostic::error(codes::X0115, link.span.clone(), message).violating("src-import.3").on("namespace");
            let help = if found.is_empty() { "leave `namespace` out".to_owned() } else { format!("write `namespace=\"{found}\"`") };
            self.problems.push(problem.with_help(help));
            return None;
        }
        self.schema(key, &document, None)
    }

    /// Loads an included or redefined document (sections 4.2.1 and 4.2.2).
    fn include(&mut self, path: &str, target: &Arc<str>, link: &Link) -> Option<usize> {
        let redefine = matches!(link.kind, LinkKind::Redefine(_));
        let location = link.location.as_deref()?;
        let (key, document) = match self.fetch(path, location, None, link) {
            Ok(found) => found,
            Err(Missing::Reported) => return None,
            // An include that cannot be read is not an error by itself, but redefining components of a missing document is.
            Err(Missing::Unread(why)) if matches!(&link.kind, LinkKind::Redefine(globals) if !globals.is_empty()) => {
                self.lacks(path, location, &link.span);
                let message = format!("cannot redefine `{location}`: {}", why.words());
                let code = if why == Why::Outside { codes::X0009 } else { codes::X0007 };
                let problem = Diagnostic::error(code, link.span.clone(), message).violating("src-redefine").on("schemaLocation");
                self.problems.push(problem.with_help(unread::place_help(path, location, "schemaLocation", &why)));
                return None;
            }
            Err(Missing::Unread(why)) => {
                self.unread.push(Unread::new(target, location, link, why));
                return None;
            }
        };
        if let Some(root) = document.node(document.root()).filter(|_| is_wsdl(&document)) {
            self.problems.push(no_schema(root));
            return None;
        }
        let found = document.node(document.root()).and_then(|r| r.attribute("targetNamespace")).map(str::trim);
        if let Some(found) = found.filter(|f| *f != &**target) {
            let rule = if redefine { "src-redefine.3" } else { "src-include.2" };
            let message = format!("the document has the target namespace `{found}`, not `{target}` as the one it goes into");
            let code = if redefine { codes::X0117 } else { codes::X0116 };
            let problem = Diagnostic::error(code, link.span.clone(), message).violating(rule).on("schemaLocation");
            self.problems.push(problem.with_help("use `import` for documents of other namespaces"));
            return None;
        }
        self.schema(key, &document, Some(target))
    }

    /// Adds the built-in schemas for namespaces that are referenced and that no document declares.
    fn built_in(&mut self) {
        let read: HashSet<&str> = self.schemas.iter().map(|s| &*s.target).collect();
        let wanted: HashSet<&str> = built_in::namespaces().filter(|namespace| !read.contains(namespace)).collect();
        for (namespace, missing) in missing::missing(&self.schemas, &self.operations, &wanted) {
            let Some(built_in) = built_in::of(&namespace) else { continue };
            let Some(document) = self.parse(&built_in.path.into(), built_in.text.as_bytes(), None) else { continue };
            let names: BTreeSet<_> = missing.into_keys().map(|(kind, name)| (kind, name.to_string())).collect();
            let mut document = Arc::unwrap_or_clone(document);
            built_in.select(&mut document, &names);
            self.schema(PathBuf::from(format!("{} (built in)", built_in.path)), &document, None);
        }
    }

    /// Reports the documents that could not be read, and adds stand-ins for the missing components. If another document with the same file name and
    /// namespace was read, it counts as a copy, and nothing is reported.
    fn stand_ins(&mut self) {
        let mut unread = std::mem::take(&mut self.unread);
        unread.retain(|u| {
            let copy = |s: &Schema| s.target == u.namespace && unread::file_name(&s.path) == unread::file_name(&u.location);
            !self.schemas.iter().any(copy)
        });
        let namespaces: HashSet<&str> = unread.iter().map(|u| &*u.namespace).collect();
        let missing = missing::missing(&self.schemas, &self.operations, &namespaces);
        // A built-in namespace needs no document, unless the document would declare further components.
        unread.retain(|u| !built_in::knows(&u.namespace) || missing.contains_key(&u.namespace));
        for one in &unread {
            self.lacks(one.span.path(), &one.location, &one.span);
        }
        for problem in unread::report(&unread, &missing, self.options.allow_missing) {
            self.problems.push(problem);
        }
        for (namespace, missing) in missing {
            let Some(first) = unread.iter().find(|u| u.namespace == namespace) else { continue };
            let folder = first.span.path().rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            let path: Arc<str> = format!("{folder}{} (not read)", unread::file_name(&first.location)).into();
            let Some(document) = self.parse(&path, missing::stand_ins(&namespace, &missing).as_bytes(), None) else { continue };
            let index = self.schema(PathBuf::from(&*path), &document, None);
            if let Some(schema) = index.and_then(|i| self.schemas.get_mut(i)) {
                schema.stand_in = true;
            }
        }
    }
}

fn limits(options: &LoadOptions) -> Limits {
    Limits { depth: options.max_depth, elements: options.max_elements, prefixes: options.max_prefixes, expansion: options.max_expansion }
}

/// Returns the diagnostic for a link to a document that has nothing to do with XML Schema. Its text is not shown: a schema from elsewhere must not make
/// the messages quote files of this machine, such as `/etc/passwd`.
fn foreign(path: &str, link: &Link) -> Diagnostic {
    let message = format!("`{path}` is not a schema document: it does not mention the namespace {XS}");
    Diagnostic::error(codes::X0004, link.span.clone(), message).on("schemaLocation").with_help("name a schema document")
}

/// Returns the diagnostic for a document whose root element is not `xs:schema`. It names the format of the document if that is known.
fn no_schema(root: &Node) -> Diagnostic {
    let found = if root.namespace.is_empty() { root.name.clone() } else { format!("{{{}}}{}", root.namespace, root.name) };
    let (what, help) = match (&*root.namespace, root.name.as_str()) {
        (WSDL, "definitions") => (": an include cannot name WSDL", "import its namespace instead".to_owned()),
        (WSDL | "http://www.w3.org/ns/wsdl", _) => (
            ": this is WSDL, but not a `definitions` document of WSDL 1.1",
            "save each `schema` element within its `types` as a file of its own, with the namespace declarations around it".to_owned(),
        ),
        ("http://relaxng.org/ns/structure/1.0", _) => (": this is RELAX NG", "translate it to XML Schema first".to_owned()),
        ("http://www.w3.org/1999/XSL/Transform", _) => (": this is an XSLT stylesheet", "name the schema".to_owned()),
        (_, "html" | "HTML") => (": this is an HTML page, as servers send instead of a file", "download the schema again".to_owned()),
        ("http://www.w3.org/1999/XMLSchema" | "http://www.w3.org/2000/10/XMLSchema", _) => (
            ": this is a draft of XML Schema from before the recommendation",
            format!("declare the namespace as {XS}, and look for what has changed"),
        ),
        (_, "schema") => ("", format!("declare the namespace of the root element as {XS}")),
        _ => ("", format!("name an XML Schema document: its root element is `schema` of the namespace {XS}")),
    };
    let problem = Diagnostic::error(codes::X0004, root.span.clone(), format!("the root element is `{found}`, not a `schema`{what}"));
    problem.with_help(help)
}

/// Sorts schemas by target namespace and path, and updates the indices in their links.
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

/// Removes duplicate diagnostics. They arise because a chameleon schema is read once for each namespace.
fn distinct(problems: Diagnostics) -> Diagnostics {
    let mut seen = HashSet::new();
    let mut out = Diagnostics::new();
    for problem in problems {
        if seen.insert((problem.code, problem.span.clone(), problem.message.clone())) {
            out.push(problem);
        }
    }
    out
}
