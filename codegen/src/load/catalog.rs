//! Reads OASIS XML Catalogs 1.1, and finds the local file that they give for a location or a namespace.
//!
//! Schema locations are looked up as system identifiers and as URIs, the namespaces of imports as URIs. `public` entries count for locations of
//! the form `urn:publicid:...`. `prefer` has no effect, because a location never comes with a public identifier. The file does not have to exist.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::document::{Document, Limits, Node};
use crate::source::{self, Location};

/// The namespace of catalogs.
const CATALOG: &str = "urn:oasis:names:tc:entity:xmlns:xml:catalog";

/// The maximum nesting of catalogs that refer to each other.
const MAX_DEPTH: usize = 32;

/// The maximum number of catalogs.
const MAX_CATALOGS: usize = 1000;

/// The prefix of public identifiers that are written as URIs (RFC 3151).
const PUBLIC_ID: &str = "urn:publicid:";

/// The catalogs that the user named, with all that they refer to.
#[derive(Debug, Default)]
pub(super) struct Catalogs {
    /// All catalogs that were read.
    files: Vec<Catalog>,
    /// The catalogs that the user named, as indices into `files`.
    given: Vec<usize>,
    known: HashMap<PathBuf, usize>,
}

/// The entries of a catalog.
#[derive(Debug, Default)]
struct Catalog {
    entries: Vec<Entry>,
    index: Index,
    /// The catalogs that `nextCatalog` entries name, in order.
    next: Vec<usize>,
}

/// The entries of each kind and rule by their texts, so that a look-up does not compare with each of them.
#[derive(Debug, Default)]
struct Index(HashMap<(Kind, Rule), Texts>);

#[derive(Debug, Default)]
struct Texts {
    /// The entries with each text, in order.
    entries: HashMap<String, Vec<usize>>,
    /// The lengths of the texts.
    lengths: BTreeSet<usize>,
}

/// An entry of a catalog.
#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    rule: Rule,
    /// The identifier to match, or how it begins or ends.
    text: String,
    to: To,
    /// The span of the entry.
    span: Span,
}

/// What an entry identifies a document by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    System,
    Uri,
    Public,
}

/// How an entry matches, in the order in which the standard tries the entries of a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Rule {
    Exact,
    Rewrite,
    Suffix,
    Delegate,
}

/// What an entry leads to.
#[derive(Debug, Clone)]
enum To {
    /// A location relative to the base, which is a path. A `Rewrite` entry continues it with the rest of the identifier.
    Location { base: String, location: String },
    /// A catalog; `None` if it could not be read.
    Catalog(Option<usize>),
}

/// The target of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) location: Location,
    /// The span of the entry.
    pub(super) span: Span,
}

impl Catalogs {
    /// Reads catalogs and all that they refer to.
    pub(super) fn read(paths: &[PathBuf], limits: Limits, max_bytes: u64, problems: &mut Diagnostics) -> Self {
        let mut reader = Reader { catalogs: Catalogs::default(), limits, max_bytes, open: Vec::new(), problems };
        for path in paths {
            match reader.file(path, None) {
                Ok(Some(index)) => reader.catalogs.given.push(index),
                Ok(None) => {}
                Err(why) => {
                    let shown = source::display(path);
                    let message = format!("cannot read the catalog `{shown}`: {why}");
                    reader.problems.push(Diagnostic::new(Severity::Io, codes::X0021, Span::file(shown), message));
                }
            }
        }
        reader.catalogs
    }

    /// Returns what the catalogs give for a schema location as it is written.
    pub(super) fn location(&self, written: &str) -> Option<Target> {
        let written = normalized(written.trim());
        match written.get(..PUBLIC_ID.len()).filter(|start| start.eq_ignore_ascii_case(PUBLIC_ID)) {
            Some(_) => self.find(Kind::Public, &public(written.get(PUBLIC_ID.len()..).unwrap_or_default())),
            None => self.find(Kind::System, &written).or_else(|| self.find(Kind::Uri, &written)),
        }
    }

    /// Returns what the catalogs give for a namespace.
    pub(super) fn namespace(&self, uri: &str) -> Option<Target> {
        self.find(Kind::Uri, &normalized(uri))
    }

    fn find(&self, kind: Kind, name: &str) -> Option<Target> {
        let mut seen = HashSet::new();
        // The catalogs to search, the next one last.
        let mut waiting: Vec<usize> = self.given.iter().rev().copied().collect();
        while let Some(at) = waiting.pop() {
            let Some(catalog) = self.files.get(at).filter(|_| seen.insert(at)) else { continue };
            let fitting = catalog.fitting(kind, name);
            match fitting.first() {
                Some(Entry { rule: Rule::Delegate, .. }) => {
                    // Only the catalogs that these entries name are searched from here on.
                    let delegates = fitting.iter().filter_map(|entry| if let To::Catalog(index) = entry.to { index } else { None });
                    waiting = delegates.collect();
                    waiting.reverse();
                    seen.clear();
                }
                Some(entry) => return entry.target(name),
                None => waiting.extend(catalog.next.iter().rev()),
            }
        }
        None
    }
}

impl Catalog {
    fn of(entries: Vec<Entry>, next: Vec<usize>) -> Self {
        let mut index = Index::default();
        for (at, entry) in entries.iter().enumerate() {
            let texts = index.0.entry((entry.kind, entry.rule)).or_default();
            texts.lengths.insert(entry.text.len());
            texts.entries.entry(entry.text.clone()).or_default().push(at);
        }
        Self { entries, index, next }
    }

    /// Returns the entries that fit a name by the first rule by which one does. The longest match comes first, and the order of the entries counts
    /// otherwise.
    fn fitting(&self, kind: Kind, name: &str) -> Vec<&Entry> {
        let all = [Rule::Exact, Rule::Rewrite, Rule::Suffix, Rule::Delegate].map(|rule| self.index.find(kind, rule, name));
        let found = all.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        found.into_iter().filter_map(|at| self.entries.get(at)).collect()
    }
}

impl Index {
    /// Returns the entries of a rule that fit a name.
    fn find(&self, kind: Kind, rule: Rule, name: &str) -> Vec<usize> {
        let Some(texts) = self.0.get(&(kind, rule)) else { return Vec::new() };
        let part = |length: usize| match rule {
            Rule::Exact => Some(name).filter(|name| name.len() == length),
            Rule::Rewrite | Rule::Delegate => name.get(..length),
            Rule::Suffix => name.get(name.len() - length..),
        };
        let parts = texts.lengths.range(..=name.len()).rev().filter_map(|length| part(*length));
        parts.filter_map(|part| texts.entries.get(part)).flatten().copied().collect()
    }
}

impl Entry {
    fn target(&self, name: &str) -> Option<Target> {
        let To::Location { base, location } = &self.to else { return None };
        let rest = if self.rule == Rule::Rewrite { name.get(self.text.len()..).unwrap_or_default() } else { "" };
        Some(Target { location: source::locate(base, &format!("{location}{rest}")), span: self.span.clone() })
    }
}

/// The state while catalogs are read.
struct Reader<'p> {
    catalogs: Catalogs,
    limits: Limits,
    max_bytes: u64,
    /// The catalogs that are being read, from the outermost one inwards.
    open: Vec<PathBuf>,
    problems: &'p mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a catalog, unless it is known, and returns its index; `None` if it is not valid, which is reported. `from` is the entry that names it.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read.
    fn file(&mut self, path: &Path, from: Option<&Span>) -> Result<Option<usize>, String> {
        let source = source::read(path, self.max_bytes)?;
        if self.open.contains(&source.key) || self.open.len() >= MAX_DEPTH || self.catalogs.files.len() >= MAX_CATALOGS {
            let why = match self.open.contains(&source.key) {
                true => format!("the catalog `{}` refers to itself", source.path),
                false => format!("more than {MAX_CATALOGS} catalogs, or catalogs that nest deeper than {MAX_DEPTH} levels"),
            };
            let span = from.cloned().unwrap_or_else(|| Span::file(source.path.clone()));
            self.problems.push(Diagnostic::error(codes::X0021, span, why).with_help("remove this entry"));
            return Ok(None);
        }
        if let Some(known) = self.catalogs.known.get(&source.key) {
            return Ok(Some(*known));
        }
        let document = match Document::parse(&source.path, &source.bytes, self.limits) {
            Ok(document) => document,
            Err(problem) => {
                self.problems.push(*problem);
                return Ok(None);
            }
        };
        let Some(root) = document.node(document.root()) else { return Ok(None) };
        if *root.namespace != *CATALOG || root.name != "catalog" {
            let message = format!("the root element is not `catalog` of the namespace `{CATALOG}`");
            self.problems.push(Diagnostic::error(codes::X0021, root.span.clone(), message).with_help("name an OASIS XML catalog"));
            return Ok(None);
        }
        let index = self.catalogs.files.len();
        self.catalogs.files.push(Catalog::default());
        self.catalogs.known.insert(source.key.clone(), index);
        self.open.push(source.key);
        let catalog = self.entries(&document, root);
        self.open.pop();
        if let Some(slot) = self.catalogs.files.get_mut(index) {
            *slot = catalog;
        }
        Ok(Some(index))
    }

    /// Reads the entries of a catalog and of the groups in it.
    fn entries(&mut self, document: &Document, root: &Node) -> Catalog {
        let (mut entries, mut following) = (Vec::new(), Vec::new());
        let mut waiting = vec![(root, base(root, &document.path))];
        while let Some((parent, around)) = waiting.pop() {
            let mut groups = Vec::new();
            for (_, node) in document.children(parent).filter(|(_, node)| *node.namespace == *CATALOG) {
                let base = base(node, &around);
                match node.name.as_str() {
                    "group" => groups.push((node, base)),
                    "nextCatalog" => {
                        let next = self.named(node, &base);
                        following.extend(next);
                    }
                    _ => entries.extend(self.entry(node, &base)),
                }
            }
            waiting.extend(groups.into_iter().rev());
        }
        Catalog::of(entries, following)
    }

    fn entry(&mut self, node: &Node, base: &str) -> Option<Entry> {
        let (kind, rule, key, to) = match node.name.as_str() {
            "system" => (Kind::System, Rule::Exact, "systemId", "uri"),
            "rewriteSystem" => (Kind::System, Rule::Rewrite, "systemIdStartString", "rewritePrefix"),
            "systemSuffix" => (Kind::System, Rule::Suffix, "systemIdSuffix", "uri"),
            "delegateSystem" => (Kind::System, Rule::Delegate, "systemIdStartString", "catalog"),
            "uri" => (Kind::Uri, Rule::Exact, "name", "uri"),
            "rewriteURI" => (Kind::Uri, Rule::Rewrite, "uriStartString", "rewritePrefix"),
            "uriSuffix" => (Kind::Uri, Rule::Suffix, "uriSuffix", "uri"),
            "delegateURI" => (Kind::Uri, Rule::Delegate, "uriStartString", "catalog"),
            "public" => (Kind::Public, Rule::Exact, "publicId", "uri"),
            "delegatePublic" => (Kind::Public, Rule::Delegate, "publicIdStartString", "catalog"),
            _ => return None,
        };
        let (Some(text), Some(location)) = (node.attribute(key), node.attribute(to)) else {
            let message = format!("the entry `{}` needs `{key}` and `{to}`", node.name);
            self.problems.push(Diagnostic::error(codes::X0021, node.span.clone(), message).with_help("add the attribute"));
            return None;
        };
        let text = if kind == Kind::Public { spaced(text) } else { normalized(text.trim()) };
        let to = match rule {
            Rule::Delegate => To::Catalog(self.named(node, base)),
            _ => To::Location { base: base.to_owned(), location: location.trim().to_owned() },
        };
        Some(Entry { kind, rule, text, to, span: node.span.clone() })
    }

    /// Reads the catalog that an entry names.
    fn named(&mut self, node: &Node, base: &str) -> Option<usize> {
        let location = node.attribute("catalog")?;
        let why = match source::locate(base, location) {
            Location::File(path) => match self.file(&path, Some(&node.span.attribute_value("catalog"))) {
                Ok(found) => return found,
                Err(why) => why,
            },
            Location::Remote(_) => "nothing is fetched from a network".to_owned(),
        };
        let message = format!("cannot read the catalog `{location}`: {why}");
        let problem = Diagnostic::new(Severity::Warning, codes::X0021, node.span.clone(), message).on("catalog");
        self.problems.push(problem.with_help("put a local copy there, or remove this entry"));
        None
    }
}

/// Returns the base of the locations in an element: the path of a file whose folder they are relative to.
fn base(node: &Node, around: &str) -> String {
    let own = node.attributes.iter().find(|a| a.namespace == crate::schema::XML && a.name == "base");
    let Some(own) = own.map(|a| a.value.trim()) else { return around.to_owned() };
    match source::locate(around, own) {
        // A path does not keep the `/` at its end, which says that it is a folder.
        Location::File(path) if own.ends_with('/') => source::display(&path.join("_")).to_string(),
        Location::File(path) => source::display(&path).to_string(),
        Location::Remote(uri) => uri,
    }
}

/// Encodes characters that cannot stand in a URI (section 6.3).
fn normalized(uri: &str) -> String {
    let mut out = String::with_capacity(uri.len());
    for c in uri.chars() {
        match c {
            '!'..='~' if !"\"<>\\^`{|}".contains(c) => out.push(c),
            other => other.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}"))),
        }
    }
    out
}

/// Returns a public identifier without superfluous white space (section 6.2).
fn spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the public identifier that the rest of a URN of RFC 3151 stands for.
fn public(urn: &str) -> String {
    let plain = urn.replace('+', " ").replace(':', "//").replace(';', "::");
    let escapes = [("%2B", "+"), ("%3A", ":"), ("%2F", "/"), ("%3B", ";"), ("%27", "'"), ("%3F", "?"), ("%23", "#"), ("%25", "%")];
    spaced(&escapes.iter().fold(plain, |text, (escape, c)| text.replace(escape, c)))
}
