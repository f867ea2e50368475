//! Compares types and their uses.

use super::{At, Spans, Walk};
use crate::compare::codes::{self, ChangeCode};
use crate::compare::outline::Body;
use crate::model::{Docs, TypeId};

impl Walk<'_> {
    /// Compares two definitions of a type.
    pub(super) fn types(&mut self, old: TypeId, new: TypeId, at: &At) {
        match (self.old.body(old), self.new.body(new)) {
            (Some(Body::Simple(a)), Some(Body::Simple(b))) => self.within(&a.span, &b.span, |walk| walk.simple_types(a, b, at)),
            (Some(Body::Complex(a)), Some(Body::Complex(b))) => self.within(&a.span, &b.span, |walk| walk.complex_types(a, b, at)),
            (Some(a), Some(b)) => self.property(codes::CONTENT_KIND, at, Spans::Both(a.span(), b.span()), category(a), category(b)),
            _ => {}
        }
    }

    /// Compares the types of an element, an attribute, simple content or the items of a list.
    pub(super) fn type_uses(&mut self, old: TypeId, new: TypeId, at: &At, spans: Spans<'_>, code: ChangeCode) {
        let (Some(a), Some(b)) = (self.old.body(old), self.new.body(new)) else { return };
        match (a.name(), b.name()) {
            (None, None) => self.types(old, new, at),
            (Some(_), Some(_)) if self.matching.types.get(&old) == Some(&new) => {}
            (from, to) => {
                self.property(code, at, spans, self.old.type_name(old), self.new.type_name(new));
                // A type that got a name, or lost it, is still compared, unless its definition is compared under its name.
                let otherwise_compared = match (from, to) {
                    (Some(_), None) => self.matching.types.contains_key(&old) || a.is_builtin(),
                    (None, Some(_)) => self.matching.new_types.contains(&new) || b.is_builtin(),
                    _ => true,
                };
                if !otherwise_compared {
                    self.types(old, new, at);
                }
            }
        }
    }

    /// Returns whether two references lead to the same type. Anonymous types are the same only in name: they are compared where they are defined.
    pub(super) fn same_type(&self, old: TypeId, new: TypeId) -> bool {
        match (self.old.body(old).map(Body::name), self.new.body(new).map(Body::name)) {
            (Some(None), Some(None)) => true,
            _ => self.matching.types.get(&old) == Some(&new),
        }
    }

    /// Compares documentation. White space is not significant.
    pub(super) fn documentation(&mut self, old: &Docs, new: &Docs, at: &At, spans: Spans<'_>) {
        let (before, after) = (flat(old), flat(new));
        if before != after {
            self.property(codes::DOCUMENTATION, at, spans, before, after);
        }
    }
}

pub(super) fn flat(docs: &Docs) -> String {
    docs.iter().flat_map(|text| text.split_whitespace()).collect::<Vec<_>>().join(" ")
}

fn category(body: Body<'_>) -> &'static str {
    match body {
        Body::Simple(_) => "simple type",
        Body::Complex(_) => "complex type",
    }
}
