//! Compares element declarations.

use std::collections::HashMap;

use super::{At, Says, Spans, Walk};
use crate::compare::codes::{self, ChangeCode};
use crate::compare::outline::{Outline, constraint, methods};
use crate::model::{
    DerivationSet, Element, ElementId, IdentityConstraint, IdentityKind, NameTest, Path, Step as PathStep, ValueConstraint,
};

impl Walk<'_> {
    /// Compares two declarations of an element.
    pub(super) fn elements(&mut self, old: ElementId, new: ElementId, at: &At) {
        let (Some(a), Some(b)) = (self.old.element(old), self.new.element(new)) else { return };
        let spans = Spans::Both(&a.span, &b.span);
        self.element_properties(a, b, at, spans);
        self.identity(a, b, at);
        self.documentation(&a.docs, &b.docs, at, spans);
        self.type_uses(a.ty, b.ty, at, spans, codes::ELEMENT_RETYPED);
    }

    fn element_properties(&mut self, a: &Element, b: &Element, at: &At, spans: Spans<'_>) {
        self.value_constraint(a.value.as_ref(), b.value.as_ref(), at, spans);
        self.flag(a.nillable, b.nillable, (codes::NILLABLE, codes::NOT_NILLABLE), at, spans);
        self.flag(a.abstract_, b.abstract_, (codes::ELEMENT_ABSTRACT, codes::ELEMENT_CONCRETE), at, spans);
        self.methods(a.block, b.block, codes::ELEMENT_BLOCK, at, spans);
        self.methods(a.final_, b.final_, codes::ELEMENT_FINAL, at, spans);
        let same = match (a.substitutes, b.substitutes) {
            (None, None) => true,
            (Some(a), Some(b)) => self.matching.elements.get(&a) == Some(&b),
            _ => false,
        };
        if !same {
            let (before, after) = (head(&self.old, a.substitutes), head(&self.new, b.substitutes));
            self.property(codes::SUBSTITUTION_GROUP, at, spans, before, after);
        }
    }

    pub(super) fn flag(&mut self, old: bool, new: bool, codes: (ChangeCode, ChangeCode), at: &At, spans: Spans<'_>) {
        if old != new {
            self.report(if new { codes.0 } else { codes.1 }, at, spans, Says::default());
        }
    }

    pub(super) fn methods(&mut self, old: DerivationSet, new: DerivationSet, code: ChangeCode, at: &At, spans: Spans<'_>) {
        if old != new {
            self.property(code, at, spans, methods(old), methods(new));
        }
    }

    pub(super) fn value_constraint(&mut self, old: Option<&ValueConstraint>, new: Option<&ValueConstraint>, at: &At, spans: Spans<'_>) {
        let (before, after) = (old.map(constraint), new.map(constraint));
        let code = match (&before, &after) {
            (None, Some(_)) => codes::VALUE_ADDED,
            (Some(_), None) => codes::VALUE_REMOVED,
            (Some(a), Some(b)) if a != b => codes::VALUE_CHANGED,
            _ => return,
        };
        self.report(code, at, spans, Says { before, after, ..Says::default() });
    }

    /// Compares identity constraints, by name.
    fn identity(&mut self, a: &Element, b: &Element, at: &At) {
        let known: HashMap<&str, &IdentityConstraint> = b.identity.iter().map(|it| (it.name.local.as_str(), it)).collect();
        let had: HashMap<&str, &IdentityConstraint> = a.identity.iter().map(|it| (it.name.local.as_str(), it)).collect();
        for old in &a.identity {
            let before = described(&self.old, old);
            match known.get(old.name.local.as_str()) {
                None => self.report(codes::IDENTITY_REMOVED, at, Spans::Old(&old.span), Says::before(before)),
                Some(new) => {
                    let after = described(&self.new, new);
                    let renamed = expanded(&self.old, old, &|uri| self.renamed_uri(uri).to_owned());
                    if renamed != expanded(&self.new, new, &str::to_owned) {
                        self.property(codes::IDENTITY_CHANGED, at, Spans::Both(&old.span, &new.span), before, after);
                    }
                }
            }
        }
        for new in b.identity.iter().filter(|it| !had.contains_key(it.name.local.as_str())) {
            let after = described(&self.new, new);
            self.report(codes::IDENTITY_ADDED, at, Spans::New(&new.span), Says::after(after));
        }
    }
}

fn head(outline: &Outline<'_>, id: Option<ElementId>) -> String {
    id.and_then(|id| outline.element(id)).map_or_else(|| "none".to_owned(), |head| outline.name(&head.name))
}

/// Returns an identity constraint as people write it.
fn described(outline: &Outline<'_>, it: &IdentityConstraint) -> String {
    spelled(it, &|id, local| match outline.prefix(id) {
        "none" => local.to_owned(),
        prefix => format!("{prefix}:{local}"),
    })
}

/// Returns an identity constraint with URIs instead of prefixes.
fn expanded(outline: &Outline<'_>, it: &IdentityConstraint, uri: &impl Fn(&str) -> String) -> String {
    spelled(it, &|id, local| format!("{{{}}}{local}", uri(outline.uri(id))))
}

fn spelled(it: &IdentityConstraint, name: &impl Fn(crate::model::NamespaceId, &str) -> String) -> String {
    let kind = match &it.kind {
        IdentityKind::Key => "key".to_owned(),
        IdentityKind::Unique => "unique".to_owned(),
        IdentityKind::KeyRef(key) => format!("keyref to {}", key.local),
    };
    let fields: Vec<String> = it.fields.iter().map(|field| paths(field, name)).collect();
    format!("{kind} {} of {} by {}", it.name.local, paths(&it.selector, name), fields.join(", "))
}

fn paths(all: &[Path], name: &impl Fn(crate::model::NamespaceId, &str) -> String) -> String {
    let test = |test: &NameTest| match test {
        NameTest::Any => "*".to_owned(),
        NameTest::Namespace(id) => name(*id, "*"),
        NameTest::Name(own) => name(own.namespace, &own.local),
    };
    let path = |path: &Path| {
        let start = path.descendants.then(|| "./".to_owned());
        let steps = path.steps.iter().map(|step| match step {
            PathStep::Itself => ".".to_owned(),
            PathStep::Child(child) => test(child),
        });
        let attribute = path.attribute.iter().map(|attribute| format!("@{}", test(attribute)));
        start.into_iter().chain(steps).chain(attribute).collect::<Vec<_>>().join("/")
    };
    all.iter().map(path).collect::<Vec<_>>().join(" | ")
}
