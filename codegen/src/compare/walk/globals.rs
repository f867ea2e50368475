//! Compares namespaces, global components and notations.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::types::flat;
use super::{At, Says, Spans, Walk};
use crate::compare::codes::{self, ChangeCode};
use crate::compare::outline::Outline;
use crate::compare::{GlobalKind, Subject};
use crate::diagnostic::Span;
use crate::model::{Global, NamespaceId};

/// The codes of a kind of global component.
struct Codes {
    added: ChangeCode,
    removed: ChangeCode,
    renamed: ChangeCode,
    moved: ChangeCode,
}

fn codes(kind: GlobalKind) -> Codes {
    let of = |added, removed, renamed, moved| Codes { added, removed, renamed, moved };
    match kind {
        GlobalKind::Type => of(codes::TYPE_ADDED, codes::TYPE_REMOVED, codes::TYPE_RENAMED, codes::TYPE_MOVED),
        GlobalKind::Element => {
            of(codes::GLOBAL_ELEMENT_ADDED, codes::GLOBAL_ELEMENT_REMOVED, codes::GLOBAL_ELEMENT_RENAMED, codes::GLOBAL_ELEMENT_MOVED)
        }
        GlobalKind::Attribute | GlobalKind::AttributeGroup => of(
            codes::GLOBAL_ATTRIBUTE_ADDED,
            codes::GLOBAL_ATTRIBUTE_REMOVED,
            codes::GLOBAL_ATTRIBUTE_RENAMED,
            codes::GLOBAL_ATTRIBUTE_MOVED,
        ),
        GlobalKind::Group => of(codes::GROUP_ADDED, codes::GROUP_REMOVED, codes::GROUP_RENAMED, codes::GROUP_MOVED),
    }
}

impl Walk<'_> {
    /// Reports the namespaces that one set declares components in and the other does not.
    pub(super) fn namespaces(&mut self) {
        let (old, new) = (places(&self.old), places(&self.new));
        for (a, b, score) in self.matching.renamed_namespaces.clone() {
            let (Some(from), Some(to)) = (old.get(&a), new.get(&b)) else { continue };
            let (before, after) = (self.old.uri(a).to_owned(), self.new.uri(b).to_owned());
            self.namespace(codes::NAMESPACE_RENAMED, &after.clone(), Spans::Both(from, to), Says::both(before, after).certain(score));
        }
        for (id, span) in &old {
            if !self.matching.namespaces.get(id).is_some_and(|other| new.contains_key(other)) {
                let uri = self.old.uri(*id).to_owned();
                self.namespace(codes::NAMESPACE_REMOVED, &uri, Spans::Old(span), Says::default());
            }
        }
        self.namespace_documentation(&old, &new);
        let back: HashMap<NamespaceId, NamespaceId> = self.matching.namespaces.iter().map(|(a, b)| (*b, *a)).collect();
        for (id, span) in &new {
            if !back.get(id).is_some_and(|other| old.contains_key(other)) {
                let uri = self.new.uri(*id).to_owned();
                self.namespace(codes::NAMESPACE_ADDED, &uri, Spans::New(span), Says::default());
            }
        }
    }

    /// Compares what the `xs:schema` elements of each namespace say.
    fn namespace_documentation(&mut self, old: &BTreeMap<NamespaceId, Span>, new: &BTreeMap<NamespaceId, Span>) {
        for (a, from) in old {
            let Some((b, to)) = self.matching.namespaces.get(a).and_then(|b| new.get_key_value(b)) else { continue };
            let docs = |outline: &Outline<'_>, id: NamespaceId| {
                outline.model.namespaces.get(id.index()).map(|it| flat(&it.docs)).unwrap_or_default()
            };
            let (before, after) = (docs(&self.old, *a), docs(&self.new, *b));
            if before != after {
                let uri = self.new.uri(*b).to_owned();
                let (from, to) = (Span::file(from.path().clone()), Span::file(to.path().clone()));
                self.namespace(codes::DOCUMENTATION, &uri, Spans::Both(&from, &to), Says::both(before, after));
            }
        }
    }

    fn namespace(&mut self, code: ChangeCode, uri: &str, spans: Spans<'_>, says: Says) {
        self.add(code, Subject::Namespace(uri.to_owned()), uri.to_owned(), spans, says);
    }

    /// Compares the matched global components, and reports the others.
    pub(super) fn globals(&mut self) {
        let documents = self.documents();
        for (a, b, score) in self.matching.pairs.clone() {
            let (Some(old), Some(new)) = (self.old.global(a), self.new.global(b)) else { continue };
            let at = At { old: self.old.path(old.0, old.1), new: self.new.path(new.0, new.1) };
            let spans = Spans::Both(old.2, new.2);
            let codes = codes(new.0);
            if let Some(score) = score {
                let code = if old.1.local == new.1.local { codes.moved } else { codes.renamed };
                let (before, after) = (self.old.name(old.1), self.new.name(new.1));
                self.report(code, &at, spans, Says::both(before, after).certain(score));
            } else if documents.get(file(old.2)).is_some_and(|usual| *usual != file(new.2)) {
                self.property(codes.moved, &at, spans, file_name(old.2), file_name(new.2));
            }
            self.global_pair(a, b, &at);
        }
        for global in self.matching.removed.clone() {
            let Some((kind, name, span)) = self.old.global(global) else { continue };
            let path = self.old.path(kind, name);
            self.report(codes(kind).removed, &At { old: path.clone(), new: path }, Spans::Old(span), Says::default());
        }
        for global in self.matching.added.clone() {
            let Some((kind, name, span)) = self.new.global(global) else { continue };
            let path = self.new.path(kind, name);
            self.report(codes(kind).added, &At { old: path.clone(), new: path }, Spans::New(span), Says::default());
        }
    }

    fn global_pair(&mut self, old: Global, new: Global, at: &At) {
        match (old, new) {
            (Global::Type(a), Global::Type(b)) => self.types(a, b, at),
            (Global::Element(a), Global::Element(b)) => self.elements(a, b, at),
            (Global::Attribute(a), Global::Attribute(b)) => {
                let pair = (self.old.model.attributes.get(a.index()), self.new.model.attributes.get(b.index()));
                if let (Some(a), Some(b)) = pair {
                    self.attributes(a, b, at);
                }
            }
            (Global::Group(a), Global::Group(b)) => {
                if let (Some(a), Some(b)) = (self.old.group(a), self.new.group(b)) {
                    self.documentation(&a.docs, &b.docs, at, Spans::Both(&a.span, &b.span));
                    self.groups(a, b, at);
                }
            }
            _ => {}
        }
    }

    /// Returns the document of the new set that most components of each document of the old set are in, and reports documents with a new name.
    fn documents(&mut self) -> HashMap<String, String> {
        let mut votes: BTreeMap<(String, String), (usize, Span, Span)> = BTreeMap::new();
        for (a, b, _) in &self.matching.pairs {
            let (Some(old), Some(new)) = (self.old.global(*a), self.new.global(*b)) else { continue };
            let entry = votes.entry((file(old.2).to_owned(), file(new.2).to_owned()));
            entry.or_insert_with(|| (0, Span::file(file(old.2)), Span::file(file(new.2)))).0 += 1;
        }
        // A document of the same name is the same document, however many components left it.
        let mut best: BTreeMap<String, ((bool, usize), String, Span, Span)> = BTreeMap::new();
        for ((old, new), (count, from, to)) in votes {
            let rank = (file_name(&from) == file_name(&to), count);
            if best.get(&old).is_none_or(|found| found.0 < rank) {
                best.insert(old, (rank, new, from, to));
            }
        }
        let (had, has) = (document_names(&self.old), document_names(&self.new));
        // The name of the only document is that of the set.
        let several = best.len() > 1;
        let mut out = HashMap::new();
        for (old, (_, new, from, to)) in best {
            let (before, after) = (file_name(&from).to_owned(), file_name(&to).to_owned());
            if before != after && (has.contains(&before) || had.contains(&after)) {
                // Its components moved to a document that is not this one.
                out.insert(old.clone(), old);
                continue;
            }
            if several && before != after {
                let says = Says::both(before, after.clone());
                self.add(codes::DOCUMENT_RENAMED, Subject::Document(after), String::new(), Spans::Both(&from, &to), says);
            }
            out.insert(old, new);
        }
        self.lone_documents(&out, &had, &has);
        out
    }

    /// Reports the documents of a namespace that only one set has. A namespace with one document in each set is not split, whatever their names.
    fn lone_documents(&mut self, same: &HashMap<String, String>, had: &HashSet<String>, has: &HashSet<String>) {
        let mut pairs: Vec<(NamespaceId, NamespaceId)> = self.matching.namespaces.iter().map(|(a, b)| (*a, *b)).collect();
        pairs.sort_unstable();
        let renamed: HashSet<&String> = same.values().collect();
        for (a, b) in pairs {
            let of = |outline: &Outline<'_>, id: NamespaceId| {
                outline.model.namespaces.get(id.index()).map(|it| it.documents.clone()).unwrap_or_default()
            };
            let (old, new) = (of(&self.old, a), of(&self.new, b));
            if old.is_empty() || new.is_empty() || (old.len(), new.len()) == (1, 1) {
                continue;
            }
            for path in old.iter().filter(|path| !has.contains(last(path)) && same.get(*path).is_none_or(|to| to == *path)) {
                self.document(codes::DOCUMENT_REMOVED, Spans::Old(&Span::file(path.as_str())), path, self.old.uri(a));
            }
            for path in new.iter().filter(|path| !had.contains(last(path)) && !renamed.contains(path)) {
                self.document(codes::DOCUMENT_ADDED, Spans::New(&Span::file(path.as_str())), path, self.new.uri(b));
            }
        }
    }

    fn document(&mut self, code: ChangeCode, spans: Spans<'_>, path: &str, uri: &str) {
        self.add(code, Subject::Document(last(path).to_owned()), uri.to_owned(), spans, Says::default());
    }

    /// Compares the notations, by name.
    pub(super) fn notations(&mut self) {
        let known: HashMap<_, _> = self.new.model.notations.iter().map(|it| (&it.name, it)).collect();
        let mut kept = HashSet::new();
        for old in &self.old.model.notations {
            let found = self.matching.name(&old.name).and_then(|name| known.get(&name).copied());
            match found.filter(|new| (&new.public, &new.system) == (&old.public, &old.system)) {
                Some(new) => drop(kept.insert(&new.name)),
                None => {
                    let (prefix, uri) = (self.old.prefix(old.name.namespace).to_owned(), self.old.uri(old.name.namespace));
                    let identity = format!("notation {{{uri}}}{}", old.name.local);
                    let subject = Subject::Notation(prefix, old.name.local.clone());
                    self.add(codes::NOTATION_REMOVED, subject, identity, Spans::Old(&old.span), Says::default());
                }
            }
        }
        for new in self.new.model.notations.iter().filter(|it| !kept.contains(&it.name)) {
            let (prefix, uri) = (self.new.prefix(new.name.namespace).to_owned(), self.new.uri(new.name.namespace));
            let identity = format!("notation {{{uri}}}{}", new.name.local);
            self.add(
                codes::NOTATION_ADDED,
                Subject::Notation(prefix, new.name.local.clone()),
                identity,
                Spans::New(&new.span),
                Says::default(),
            );
        }
    }
}

/// Returns the namespaces that declare global components, each with the place of the first one.
fn places(outline: &Outline<'_>) -> BTreeMap<NamespaceId, Span> {
    let mut out = BTreeMap::new();
    for global in &outline.model.globals {
        if let Some((_, name, span)) = outline.global(*global) {
            out.entry(name.namespace).or_insert_with(|| span.clone());
        }
    }
    out
}

/// Returns the names of the schema documents of a set.
fn document_names(outline: &Outline<'_>) -> HashSet<String> {
    outline.model.namespaces.iter().flat_map(|it| &it.documents).map(|path| last(path).to_owned()).collect()
}

fn file(span: &Span) -> &str {
    span.path()
}

fn file_name(span: &Span) -> &str {
    last(span.path())
}

/// Returns the file name of a path.
fn last(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}
