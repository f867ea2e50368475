//! Finds the components that are referenced but not declared in any schema document, and makes stand-ins for them (Part 1, section 5.3, "Missing
//! Sub-components"). A stand-in accepts everything that the missing component could accept: elements and complex types any XML, simple types any
//! text.

mod text;
mod uses;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::datatypes::builtin;
use crate::diagnostic::Span;
use crate::schema::{GlobalDecl, LinkKind, Name, Reference, Schema, XS};
use crate::wsdl::Operation;

/// The kinds of global components that can be referenced, in the order used in messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    Element,
    Type,
    Attribute,
    Group,
    AttributeGroup,
}

/// The ways in which a missing type is used, from which its kind is inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Role {
    /// Whether the type is used by an attribute or as part of a simple type, and is therefore simple.
    simple: bool,
    /// Whether the type is the base of a type with simple content.
    text: bool,
    /// Whether the type is the base of a type with complex content.
    base: bool,
    /// Whether the type is the base of a type with mixed content.
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

/// The missing components of a namespace, each with its role and the span of its first use.
pub(crate) type Missing = BTreeMap<(Kind, Arc<str>), (Role, Span)>;

/// Returns the text of a schema document with a stand-in for each missing component of a namespace.
pub(crate) fn stand_ins(namespace: &str, missing: &Missing) -> String {
    text::document(namespace, missing)
}

/// Returns, for each of the namespaces, the components that are referenced but not declared.
pub(crate) fn missing(schemas: &[Schema], operations: &[Operation], namespaces: &HashSet<&str>) -> BTreeMap<Arc<str>, Missing> {
    let mut all: BTreeMap<Arc<str>, Missing> = BTreeMap::new();
    if namespaces.is_empty() {
        return all;
    }
    let declared: HashSet<(Kind, Name)> =
        schemas.iter().flat_map(|s| s.globals.iter().filter_map(|g| Some((kind(*g)?, s.named(*g)?.0)))).collect();
    let mut used = |kind, role: Role, reference: &Reference| {
        let name = &reference.name;
        if name.local.is_empty() || !namespaces.contains(&*name.uri) {
            return;
        }
        let built_in = *name.uri == *XS && kind == Kind::Type && is_built_in(&name.local);
        if !built_in && !declared.contains(&(kind, name.clone())) {
            let known = all.entry(name.uri.clone()).or_default();
            let entry = known.entry((kind, name.local.clone())).or_insert_with(|| (role, reference.span.clone()));
            entry.0 = entry.0.or(role);
        }
    };
    for schema in schemas {
        uses::each(schema, &mut |kind, role, reference| {
            if sees(schema, &reference.name.uri) {
                used(kind, role, reference);
            }
        });
    }
    for reference in operations.iter().flat_map(Operation::elements) {
        used(Kind::Element, Role::default(), reference);
    }
    all
}

/// Returns whether a document may refer to a namespace (src-resolve.4).
fn sees(schema: &Schema, uri: &str) -> bool {
    *schema.target == *uri || uri == XS || schema.links.iter().any(|l| matches!(&l.kind, LinkKind::Import(n) if **n == *uri))
}

/// Returns whether XML Schema has a built-in type of this name.
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

/// The maximum number of names of one kind that a message lists.
const NAMES: usize = 6;

/// Returns the span of the first use of a missing component.
pub(crate) fn first_use(missing: &Missing) -> Option<&Span> {
    missing.values().map(|(_, span)| span).min()
}

/// Returns the missing components as a list in words: `the element `a` and 7 types (`b`, ...)`.
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

/// Joins strings as `a, b and c`.
fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
