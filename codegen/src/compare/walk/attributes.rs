//! Compares attribute declarations, the attribute uses of complex types, and attribute wildcards.

use std::collections::{HashMap, HashSet};

use super::{At, Says, Spans, Walk};
use crate::compare::codes::{self, ChangeCode};
use crate::compare::outline::{Outline, is_global};
use crate::compare::similarity::{Candidate, best, of_names};
use crate::compare::{ComponentPath, GlobalKind};
use crate::diagnostic::Span;
use crate::model::{Attribute, AttributeUse, ComplexType, ProcessContents, QName, Scope, Wildcard};

/// The maximum number of attributes of a type that are compared to find renamed ones.
const MOST: usize = 40;

/// The score from which two attributes with different names count as the same.
const ENOUGH: f64 = 0.6;

/// The codes of wildcards: added, removed, other namespaces, other `processContents`.
pub(super) struct WildcardCodes(pub(super) ChangeCode, pub(super) ChangeCode, pub(super) ChangeCode, pub(super) ChangeCode);

const ANY_ATTRIBUTE: WildcardCodes =
    WildcardCodes(codes::ANY_ATTRIBUTE_ADDED, codes::ANY_ATTRIBUTE_REMOVED, codes::ANY_ATTRIBUTE_NAMESPACES, codes::ANY_ATTRIBUTE_PROCESS);

impl<'m> Walk<'m> {
    /// Compares two declarations of an attribute.
    pub(super) fn attributes(&mut self, a: &Attribute, b: &Attribute, at: &At) {
        let spans = Spans::Both(&a.span, &b.span);
        if is_global(&a.scope) {
            self.value_constraint(a.value.as_ref(), b.value.as_ref(), at, spans);
        }
        self.documentation(&a.docs, &b.docs, at, spans);
        self.type_uses(a.ty, b.ty, at, spans, codes::ATTRIBUTE_RETYPED);
    }

    /// Compares the attribute uses that two complex types declare.
    pub(super) fn attribute_uses(&mut self, a: &'m ComplexType, b: &'m ComplexType, at: &At) {
        let (old, new) = match a.derivation == b.derivation {
            true => (self.old.own_attributes(a), self.new.own_attributes(b)),
            false => (a.attributes.iter().collect(), b.attributes.iter().collect()),
        };
        let mut free: HashMap<&QName, &'m AttributeUse> = HashMap::new();
        for usage in &new {
            free.extend(self.new.attribute(usage).map(|attribute| (&attribute.name, *usage)));
        }
        let mut removed = Vec::new();
        for usage in &old {
            let Some(attribute) = self.old.attribute(usage) else { continue };
            let found = self.matching.name(&attribute.name).and_then(|name| free.remove(&name));
            match found {
                Some(other) => self.use_pair(usage, other, at),
                None => removed.push(*usage),
            }
        }
        let mut added = new.clone();
        added.retain(|usage| self.new.attribute(usage).is_some_and(|attribute| free.contains_key(&attribute.name)));
        self.changed_forms(&mut removed, &mut added, at);
        self.renamed_uses(&mut removed, &mut added, at);
        self.other_uses((&old, &removed), (&new, &added), at);
        self.wildcards(self.old.own_any_attribute(a), self.new.own_any_attribute(b), at, &ANY_ATTRIBUTE);
    }

    /// Reports the attribute uses that were removed or added. Each side is given with all its uses.
    fn other_uses(&mut self, old: (&[&AttributeUse], &[&AttributeUse]), new: (&[&AttributeUse], &[&AttributeUse]), at: &At) {
        let shared = |outline: &Outline<'m>, uses: &[&AttributeUse]| -> HashSet<String> {
            uses.iter().filter_map(|usage| group_of(outline, usage)).collect()
        };
        let (had, has) = (shared(&self.old, old.0), shared(&self.new, new.0));
        for usage in old.1 {
            let at = self.use_at(&self.old, usage, at, &has);
            if self.first_of_group(&at, (Some(&usage.span), None)) {
                self.report(codes::ATTRIBUTE_REMOVED, &at, Spans::Old(&usage.span), Says::default());
            }
        }
        for usage in new.1 {
            let at = self.use_at(&self.new, usage, at, &had);
            let code = if usage.required { codes::REQUIRED_ATTRIBUTE_ADDED } else { codes::OPTIONAL_ATTRIBUTE_ADDED };
            if self.first_of_group(&at, (None, Some(&usage.span))) {
                self.report(code, &at, Spans::New(&usage.span), Says::default());
            }
        }
    }

    /// Returns where an attribute use is reported: in its attribute group if both types refer to that group, otherwise in the type.
    fn use_at(&self, outline: &Outline<'_>, usage: &AttributeUse, at: &At, both: &HashSet<String>) -> At {
        let Some(attribute) = outline.attribute(usage) else { return at.clone() };
        let within = |path: &ComponentPath| outline.attribute_in(path, &attribute.name);
        match &attribute.scope {
            Scope::AttributeGroup(name) if both.contains(&name.local) => {
                let path = ComponentPath::global(GlobalKind::AttributeGroup, outline.prefix(name.namespace), name.local.clone());
                At { old: within(&path), new: within(&path) }
            }
            _ => At { old: within(&at.old), new: within(&at.new) },
        }
    }

    /// Returns whether a use is not reported yet. The use of a group is reported once, although several types have it.
    fn first_of_group(&mut self, at: &At, spans: (Option<&Span>, Option<&Span>)) -> bool {
        at.new.kind != GlobalKind::AttributeGroup || self.shared.insert((spans.0.cloned(), spans.1.cloned()))
    }

    /// Compares two uses of the same attribute.
    fn use_pair(&mut self, a: &AttributeUse, b: &AttributeUse, at: &At) {
        if !self.shared.insert((Some(a.span.clone()), Some(b.span.clone()))) {
            return;
        }
        let (Some(from), Some(to)) = (self.old.attribute(a), self.new.attribute(b)) else { return };
        let both: HashSet<String> = [group_of(&self.old, a), group_of(&self.new, b)].into_iter().flatten().collect();
        let at = At { old: self.use_at(&self.old, a, at, &both).old, new: self.use_at(&self.new, b, at, &both).new };
        let spans = Spans::Both(&a.span, &b.span);
        self.flag(a.required, b.required, (codes::ATTRIBUTE_REQUIRED, codes::ATTRIBUTE_OPTIONAL), &at, spans);
        self.value_constraint(a.value.as_ref(), b.value.as_ref(), &at, spans);
        match is_global(&from.scope) && is_global(&to.scope) {
            // The declaration is compared as a global component.
            true => self.documentation(&a.docs, &b.docs, &at, spans),
            false => self.attributes(from, to, &at),
        }
    }

    /// Reports attributes whose local name stayed, but which gained or lost a namespace.
    fn changed_forms(&mut self, removed: &mut Vec<&'m AttributeUse>, added: &mut Vec<&'m AttributeUse>, at: &At) {
        removed.retain(|old| {
            let Some(name) = self.old.attribute(old).map(|it| &it.name) else { return true };
            let found = added.iter().position(|new| self.new.attribute(new).is_some_and(|it| it.name.local == name.local));
            let Some(new) = found.map(|index| added.remove(index)) else { return true };
            let Some(other) = self.new.attribute(new).map(|it| &it.name) else { return true };
            let (before, after) = (self.old.name(name), self.new.name(other));
            let spans = Spans::Both(&old.span, &new.span);
            self.property(codes::ATTRIBUTE_FORM, &self.attribute_at(at, name, other), spans, before, after);
            self.use_pair(old, new, at);
            false
        });
    }

    /// Reports attributes that have another name, and removes them from both lists.
    fn renamed_uses(&mut self, removed: &mut Vec<&'m AttributeUse>, added: &mut Vec<&'m AttributeUse>, at: &At) {
        if removed.is_empty() || added.is_empty() || removed.len().max(added.len()) > MOST {
            return;
        }
        let mut candidates = Vec::new();
        for (old, a) in removed.iter().enumerate() {
            for (new, b) in added.iter().enumerate() {
                let (Some(x), Some(y)) = (self.old.attribute(a), self.new.attribute(b)) else { continue };
                let same = self.same_type(x.ty, y.ty) && a.required == b.required;
                let score = of_names(&x.name.local, &y.name.local);
                candidates.extend((same && score >= ENOUGH).then_some(Candidate { old, new, score }));
            }
        }
        let pairs = best(candidates);
        for pair in &pairs {
            let (Some(a), Some(b)) = (removed.get(pair.old).copied(), added.get(pair.new).copied()) else { continue };
            let (Some(x), Some(y)) = (self.old.attribute(a), self.new.attribute(b)) else { continue };
            let (before, after) = (self.old.name(&x.name), self.new.name(&y.name));
            let steps = self.attribute_at(at, &x.name, &y.name);
            let says = Says::both(before, after).certain(pair.score);
            self.report(codes::ATTRIBUTE_RENAMED, &steps, Spans::Both(&a.span, &b.span), says);
            self.use_pair(a, b, at);
        }
        let (old, new): (HashSet<usize>, HashSet<usize>) = pairs.iter().map(|pair| (pair.old, pair.new)).unzip();
        let mut index = 0..;
        removed.retain(|_| !index.next().is_some_and(|at| old.contains(&at)));
        let mut index = 0..;
        added.retain(|_| !index.next().is_some_and(|at| new.contains(&at)));
    }

    /// Compares two wildcards.
    pub(super) fn wildcards(&mut self, a: Option<&Wildcard>, b: Option<&Wildcard>, at: &At, codes: &WildcardCodes) {
        match (a, b) {
            (None, None) => {}
            (None, Some(new)) => {
                let after = wildcard(&self.new, new);
                self.report(codes.0, at, Spans::New(&new.span), Says::after(after));
            }
            (Some(old), None) => {
                let before = wildcard(&self.old, old);
                self.report(codes.1, at, Spans::Old(&old.span), Says::before(before));
            }
            (Some(old), Some(new)) => {
                let spans = Spans::Both(&old.span, &new.span);
                let renamed = self.old.constraint(old, &|uri| self.renamed_uri(uri).to_owned());
                let (before, after) = (self.old.constraint(old, &str::to_owned), self.new.constraint(new, &str::to_owned));
                if renamed != after {
                    self.property(codes.2, at, spans, before, after);
                }
                if old.process != new.process {
                    self.property(codes.3, at, spans, process(old.process), process(new.process));
                }
                self.documentation(&old.docs, &new.docs, at, spans);
            }
        }
    }
}

/// Returns the attribute group in which a use declares its attribute.
fn group_of(outline: &Outline<'_>, usage: &AttributeUse) -> Option<String> {
    match &outline.attribute(usage)?.scope {
        Scope::AttributeGroup(name) => Some(name.local.clone()),
        _ => None,
    }
}

/// Returns a wildcard as people write it.
pub(super) fn wildcard(outline: &Outline<'_>, it: &Wildcard) -> String {
    format!("{}, {}", outline.constraint(it, &str::to_owned), process(it.process))
}

fn process(it: ProcessContents) -> &'static str {
    match it {
        ProcessContents::Strict => "strict",
        ProcessContents::Lax => "lax",
        ProcessContents::Skip => "skip",
    }
}
