//! In: schema documents, and the documents they lead to that were not read. Out: a stand-in for each component that is named, declared
//! nowhere, and may be declared there (Part 1, section 5.3, "Missing Sub-components"); and a warning for each namespace.
//! Not done here: names that no document that was not read can explain; those are errors of `resolve`.
//!
//! A stand-in takes whatever the component may turn out to be: elements and complex types hold any XML, simple types any text.

mod text;
mod uses;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, Span};
use crate::resolve::named;
use crate::schema::{GlobalDecl, LinkKind, Name, Schema, XS};

/// A document that was not read.
#[derive(Debug, Clone)]
pub(crate) struct Unread {
    /// The namespace that it would declare components in.
    pub(crate) namespace: Arc<str>,
    /// The place of the include or import.
    pub(crate) span: Span,
}

/// Kinds of global components that others refer to, in the order of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    Element,
    Type,
    Attribute,
    Group,
    AttributeGroup,
}

/// How a missing type is used, as marks: what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Role {
    /// Of an attribute, or part of a simple type: it is simple.
    simple: bool,
    /// The base of a type with simple content.
    text: bool,
    /// The base of a type with complex content.
    base: bool,
    /// The base of a type with mixed content.
    mixed: bool,
}

impl Role {
    fn or(self, other: Self) -> Self {
        Role {
            simple: self.simple || other.simple,
            text: self.text || other.text,
            base: self.base || other.base,
            mixed: self.mixed || other.mixed,
        }
    }
}

/// What is missing of a namespace: each component with its role, and its first use.
type Missing = BTreeMap<(Kind, Arc<str>), (Role, Span)>;

/// The documents of the stand-ins, as text: namespace, and what stands for it. Each namespace is reported once.
pub(crate) fn stand_ins(schemas: &[Schema], unread: &[Unread], problems: &mut Diagnostics) -> Vec<(Arc<str>, String)> {
    if unread.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (namespace, missing) in missing(schemas, unread) {
        if let Some(place) = unread.iter().filter(|u| u.namespace == namespace).map(|u| &u.span).min() {
            problems.push(warning(&namespace, &missing, place));
        }
        found.push((namespace.clone(), text::document(&namespace, &missing)));
    }
    found
}

/// What is referred to, declared nowhere, and may stand in a document that was not read.
fn missing(schemas: &[Schema], unread: &[Unread]) -> BTreeMap<Arc<str>, Missing> {
    let namespaces: HashSet<&str> = unread.iter().map(|u| &*u.namespace).filter(|n| *n != XS).collect();
    let declared: HashSet<(Kind, Name)> =
        schemas.iter().flat_map(|s| s.globals.iter().filter_map(|g| Some((kind(*g)?, named(s, *g)?.0)))).collect();
    let mut all: BTreeMap<Arc<str>, Missing> = BTreeMap::new();
    for schema in schemas {
        uses::each(schema, &mut |kind, role, reference| {
            let name = &reference.name;
            if name.local.is_empty() || !namespaces.contains(&*name.uri) || !sees(schema, &name.uri) {
                return;
            }
            if !declared.contains(&(kind, name.clone())) {
                let known = all.entry(name.uri.clone()).or_default();
                let entry = known.entry((kind, name.local.clone())).or_insert_with(|| (role, reference.span.clone()));
                entry.0 = entry.0.or(role);
            }
        });
    }
    all
}

/// Whether a document may refer to a namespace (src-resolve.4).
fn sees(schema: &Schema, uri: &str) -> bool {
    *schema.target == *uri || schema.links.iter().any(|l| matches!(&l.kind, LinkKind::Import(n) if **n == *uri))
}

fn kind(global: GlobalDecl) -> Option<Kind> {
    match global {
        GlobalDecl::Type(_) => Some(Kind::Type),
        GlobalDecl::Element(_) => Some(Kind::Element),
        GlobalDecl::Attribute(_) => Some(Kind::Attribute),
        GlobalDecl::Group(_) => Some(Kind::Group),
        GlobalDecl::AttributeGroup(_) => Some(Kind::AttributeGroup),
        GlobalDecl::Notation(_) => None,
    }
}

/// Most names of one kind that a message lists.
const NAMES: usize = 6;

fn warning(namespace: &str, missing: &Missing, place: &Span) -> Diagnostic {
    let mut parts = Vec::new();
    for (kind, one, many) in [
        (Kind::Element, "element", "elements"),
        (Kind::Type, "type", "types"),
        (Kind::Attribute, "attribute", "attributes"),
        (Kind::Group, "group", "groups"),
        (Kind::AttributeGroup, "attribute group", "attribute groups"),
    ] {
        let names: Vec<String> = missing.keys().filter(|(k, _)| *k == kind).map(|(_, n)| format!("`{n}`")).collect();
        let shown = names.get(..NAMES).unwrap_or(&names).join(", ");
        match names.len() {
            0 => {}
            n if n > NAMES => parts.push(format!("{n} {many} ({shown} and {} more)", n - NAMES)),
            n => parts.push(format!("the {} {shown}", if n == 1 { one } else { many })),
        }
    }
    let namespace = if namespace.is_empty() { "no namespace".to_owned() } else { format!("`{namespace}`") };
    let message =
        format!("no document that was read declares {} of {namespace}: what stands in for them keeps any XML or text", list(&parts));
    let first = missing.values().map(|(_, span)| span).min();
    let warning = Diagnostic::new(Severity::Warning, codes::X0008, place.clone(), message).on("schemaLocation");
    let warning = first.into_iter().fold(warning, |w, span| w.with_related(span.clone(), "the first use"));
    warning.with_help("to have types for them, name a local copy of the document together with the other schemas, or give `--location`")
}

/// `a, b and c`.
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
