//! Finds the document that a location stands for: a file that the settings, a catalog or the fetch lock give, or the file at the location.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::catalog::Target;
use super::unread::Why;
use super::{Loader, Missing};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::document::Document;
use crate::fetch::{self, Locked, Need};
use crate::schema::Link;
use crate::source::{self, Location};

/// The documents that are expected in a folder, as `xsdgen fetch` finds them.
#[derive(Debug)]
pub(super) struct Vendor {
    folder: PathBuf,
    /// The URLs of the documents in the folder, by the path that messages show.
    urls: HashMap<Arc<str>, String>,
    /// The needed documents by URL, or by file if they have none.
    pub(super) needs: BTreeMap<String, Need>,
}

impl Vendor {
    pub(super) fn new(folder: &Path) -> Self {
        Vendor { folder: folder.to_owned(), urls: HashMap::new(), needs: BTreeMap::new() }
    }

    /// Records a document that is needed. Its hash is that of the file, if there is one.
    fn need(&mut self, url: Option<String>, file: PathBuf, span: &Span, bytes: Option<&[u8]>) {
        let key = url.clone().unwrap_or_else(|| source::display(&file).to_string());
        let sha256 = bytes.map(fetch::sha256);
        self.needs.entry(key).or_insert_with(|| Need { url, file, sha256, span: span.clone() });
    }

    /// Returns the URL of a location, if it is on a network or relative to a document with a URL.
    fn url(&self, path: &str, location: &str, located: &Location) -> Option<String> {
        match located {
            Location::Remote(url) => Some(url.clone()),
            Location::File(_) => self.urls.get(path).and_then(|base| fetch::join(base, location)),
        }
    }
}

impl Loader<'_> {
    /// Returns the document at a location. The settings come first, then the catalogs, then the fetch lock.
    pub(super) fn fetch(
        &mut self,
        path: &str,
        location: &str,
        namespace: Option<&str>,
        link: &Link,
    ) -> Result<(PathBuf, Arc<Document>), Missing> {
        let options = self.options;
        let instead = |key: &str| options.locations.get(key).cloned();
        if let Some(file) = instead(location).or_else(|| namespace.and_then(instead)) {
            return self.document(&file, Some(link));
        }
        let mapped = self.catalogs.location(location);
        let located = source::locate(path, location);
        let by_namespace = |uri: &str| self.catalogs.namespace(uri).filter(|_| matches!(located, Location::Remote(_)));
        if let Some(target) = mapped.or_else(|| namespace.and_then(by_namespace)) {
            return self.mapped(location, target, link);
        }
        if self.vendor.is_some() {
            return self.expected(path, location, located, link);
        }
        match located {
            // Whether there is such a file is not told either.
            Location::File(file) if self.bounds.as_ref().is_some_and(|bounds| !bounds.contain(&file)) => Err(Missing::Unread(Why::Outside)),
            Location::File(file) => self.document(&file, Some(link)),
            Location::Remote(url) => match options.fetched.get(&url) {
                Some(locked) => self.locked(&url, locked, link),
                None => Err(Missing::Unread(Why::Remote)),
            },
        }
    }

    /// Returns the document that an entry of a catalog gives for a location.
    fn mapped(&mut self, location: &str, target: Target, link: &Link) -> Result<(PathBuf, Arc<Document>), Missing> {
        let why = match &target.location {
            Location::File(file) => {
                // What the user's catalog names may be anywhere, and so may what it includes beside it.
                self.bounds.iter_mut().for_each(|bounds| bounds.admit(file));
                match self.document(file, Some(link)) {
                    Err(Missing::Unread(why)) => format!("`{}`: {}", source::display(file), why.words()),
                    read => return read,
                }
            }
            Location::Remote(uri) => format!("`{uri}`: nothing is fetched from a network"),
        };
        let message = format!("the catalog leads from `{location}` to what cannot be read, {why}");
        let problem = Diagnostic::error(codes::X0021, target.span, message).with_related(link.span.clone(), "the location is used here");
        self.problems.push(problem.with_help("let the entry name a local file"));
        Err(Missing::Reported)
    }

    /// Returns the document that the fetch lock gives for a URL. Its bytes are compared with the lock when it is read.
    fn locked(&mut self, url: &str, locked: &Locked, link: &Link) -> Result<(PathBuf, Arc<Document>), Missing> {
        match self.document(&locked.file, Some(link)) {
            Err(Missing::Unread(why)) => {
                let (file, why) = (source::display(&locked.file), why.words());
                let message = format!("cannot read `{file}`, which the fetch lock gives for `{url}`: {why}");
                let problem = Diagnostic::error(codes::X0022, link.span.clone(), message).on("schemaLocation");
                self.problems.push(problem.with_help("run `xsdgen fetch` to see what is missing"));
                Err(Missing::Reported)
            }
            read => read,
        }
    }

    /// Reports a file whose bytes are not those that the fetch lock has.
    pub(super) fn compare_with_lock(&mut self, key: &Path, shown: &Arc<str>, bytes: &[u8]) {
        let Some((url, sha256)) = self.hashes.get(key) else { return };
        if fetch::sha256(bytes) != *sha256 {
            let message = format!("the file has changed since `xsdgen fetch` recorded it for `{url}`");
            let problem = Diagnostic::error(codes::X0022, Span::file(shown.clone()), message);
            self.problems.push(problem.with_help("restore the file, or run `xsdgen fetch --update` to accept the change"));
        }
    }

    /// Returns the document that is expected in the folder of `xsdgen fetch`, and records that it is needed if it is there. Documents that cannot be
    /// read are recorded at the end, because a stand-in or a built-in schema may do.
    fn expected(&mut self, path: &str, location: &str, located: Location, link: &Link) -> Result<(PathBuf, Arc<Document>), Missing> {
        let url = self.vendor.as_ref().and_then(|vendor| vendor.url(path, location, &located));
        let file = match (&located, &url, &self.vendor) {
            (Location::Remote(url), _, Some(vendor)) => fetch::expected(&vendor.folder, url),
            (Location::File(file), ..) => file.clone(),
            _ => return Err(Missing::Unread(Why::Remote)),
        };
        self.bounds.iter_mut().filter(|_| url.is_some()).for_each(|bounds| bounds.admit(&file));
        if self.bounds.as_ref().is_some_and(|bounds| !bounds.contain(&file)) {
            return Err(Missing::Unread(Why::Outside));
        }
        let source = source::read(&file, self.options.max_bytes);
        if let (Some(vendor), Some(url), Ok(source)) = (&mut self.vendor, url, &source) {
            vendor.urls.insert(source.path.clone(), url.clone());
            vendor.need(Some(url), file.clone(), &link.span, Some(&source.bytes));
        }
        match (&located, source) {
            (Location::Remote(_), Err(reason)) if reason == source::NOT_FOUND => Err(Missing::Unread(Why::Remote)),
            _ => self.document(&file, Some(link)),
        }
    }

    /// Records a document that could not be read as needed.
    pub(super) fn lacks(&mut self, path: &str, location: &str, span: &Span) {
        let located = source::locate(path, location);
        let Some(vendor) = &mut self.vendor else { return };
        let url = vendor.url(path, location, &located);
        let file = match located {
            Location::Remote(url) => fetch::expected(&vendor.folder, &url),
            Location::File(file) => file,
        };
        vendor.need(url, file, span, None);
    }
}
