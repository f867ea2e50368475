//! Finds the components that schema documents refer to and none declares, and makes stand-ins for them (Part 1, section 5.3, "Missing
//! Sub-components"). A stand-in takes whatever the component may turn out to be: elements and complex types hold any XML, simple types any text.

mod text;
mod uses;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::datatypes::builtin;
use crate::diagnostic::Span;
use crate::schema::{GlobalDecl, LinkKind, Name, Schema, XS};

/// Kinds of global components that others refer to, in the order of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Element,
    Type,
    Attribute,
    Group,
    AttributeGroup,
}

/// How a missing type is used, as marks: what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Role {
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
pub(crate) type Missing = BTreeMap<(Kind, Arc<str>), (Role, Span)>;

/// Returns the text of a document with a stand-in for each component that is missing of a namespace.
pub(crate) fn stand_ins(namespace: &str, missing: &Missing) -> String {
    text::document(namespace, missing)
}

/// Returns what is referred to and declared nowhere, of each of the namespaces.
pub(crate) fn missing(schemas: &[Schema], namespaces: &HashSet<&str>) -> BTreeMap<Arc<str>, Missing> {
    let mut all: BTreeMap<Arc<str>, Missing> = BTreeMap::new();
    if namespaces.is_empty() {
        return all;
    }
    let declared: HashSet<(Kind, Name)> =
        schemas.iter().flat_map(|s| s.globals.iter().filter_map(|g| Some((kind(*g)?, s.named(*g)?.0)))).collect();
    for schema in schemas {
        uses::each(schema, &mut |kind, role, reference| {
            let name = &reference.name;
            if name.local.is_empty() || !namespaces.contains(&*name.uri) || !sees(schema, &name.uri) {
                return;
            }
            let built_in = *name.uri == *XS && kind == Kind::Type && is_built_in(&name.local);
            if !built_in && !declared.contains(&(kind, name.clone())) {
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
    *schema.target == *uri || uri == XS || schema.links.iter().any(|l| matches!(&l.kind, LinkKind::Import(n) if **n == *uri))
}

/// Whether XML Schema itself has a type of this name.
fn is_built_in(local: &str) -> bool {
    local == "anyType" || builtin::ALL.iter().any(|known| builtin::name(*known) == local)
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

/// Returns the first use of what is missing.
pub(crate) fn first_use(missing: &Missing) -> Option<&Span> {
    missing.values().map(|(_, span)| span).min()
}

/// Returns what is missing as a list in words: `the element `a` and 7 types (`b`, ...)`.
pub(crate) fn listed(missing: &Missing) -> String {
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
    list(&parts)
}

/// `a, b and c`.
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
