//! Loads the schemas of WSDL documents and of the WSDL documents that these import.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Loader, Missing, unread};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::document::Document;
use crate::schema::{Link, LinkKind};
use crate::wsdl;

impl Loader<'_> {
    /// Loads the schemas of a WSDL document and of all that it imports, and reads their definitions.
    pub(super) fn describe(&mut self, key: PathBuf, document: Arc<Document>) {
        let mut waiting = vec![(key, document)];
        while let Some((key, document)) = waiting.pop() {
            if !self.described.insert(key.clone()) {
                continue;
            }
            if self.described.len() > self.options.max_documents {
                let message = format!("more than {} WSDL documents", self.options.max_documents);
                self.problems.push(Diagnostic::error(codes::X0003, Span::file(document.path.clone()), message));
                return;
            }
            for (n, id) in wsdl::schemas(&document).into_iter().enumerate() {
                let part = self.checked(document.part(id));
                self.schema(part_key(&key, n), &part, None);
            }
            for (location, span) in wsdl::imports(&document) {
                waiting.extend(self.described_by(&document, &location, span));
            }
            self.definitions.read(&document);
        }
    }

    /// Returns the WSDL document at the location of an import. A schema document there, which WSDL allows too, is loaded.
    fn described_by(&mut self, from: &Document, location: &str, span: Span) -> Option<(PathBuf, Arc<Document>)> {
        let link = Link { kind: LinkKind::Include, location: Some(location.to_owned()), span, to: None };
        match self.fetch(&from.path, location, None, &link) {
            Ok((key, document)) if wsdl::is_wsdl(&document) => Some((key, document)),
            Ok((key, document)) => {
                self.schema(key, &document, None);
                None
            }
            Err(Missing::Reported) => None,
            Err(Missing::Unread(why)) => {
                self.lacks(&from.path, location, &link.span);
                let severity = if self.options.allow_missing { Severity::Warning } else { Severity::Error };
                let message = format!("cannot import `{location}`: {}", why.words());
                let problem = Diagnostic::new(severity, codes::X0020, link.span, message).on("location");
                self.problems.push(problem.with_help(unread::place_help(&from.path, location, "location", &why)));
                None
            }
        }
    }

    /// Returns the index of the schema for a namespace in a WSDL document to which an import leads.
    pub(super) fn described_schema(&mut self, key: PathBuf, document: &Arc<Document>, namespace: &str) -> Option<usize> {
        self.describe(key, document.clone());
        self.schemas.iter().position(|schema| *schema.target == *namespace && schema.path == document.path)
    }
}

/// Returns the key of a schema in a WSDL document.
fn part_key(key: &Path, number: usize) -> PathBuf {
    PathBuf::from(format!("{}#{number}", key.display()))
}
