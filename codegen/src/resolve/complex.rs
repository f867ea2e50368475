//! Computes the effective content and attribute uses of complex types (section 3.4.2). Whether a derivation is valid is checked in `checks::types`;
//! only errors that leave a type without content are reported here.

use std::collections::{HashMap, HashSet};

use super::attributes::ResolvedAttributes;
use super::builtins::{ANY_TYPE, builtin_id};
use super::groups::{Measured, empty_group};
use super::{Resolver, count, wildcard};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{
    AttributeUse, Builtin, ComplexType, Compositor, Content, Derivation, DerivationSet, Max, ModelGroup, Particle, Scope, SimpleType, Term,
    Type, TypeId, Wildcard,
};
use crate::schema::{ComplexDecl, ContentDecl, FacetDecl, ParticleDecl, TermDecl, TypeBody, XS};

impl Resolver<'_> {
    /// Completes all complex types. Bases come first.
    pub(super) fn complex_types(&mut self) {
        let mut measures = vec![(1, 1); self.model.types.len()];
        for id in self.order.clone() {
            let Some((document, decl)) = self.type_decl(id) else { continue };
            let TypeBody::Complex(body) = &decl.body else { continue };
            let Some(Type::Complex(shell)) = self.ty(id) else { continue };
            let (base, derivation) = (shell.base, shell.derivation);
            let (content, size, depth) = self.effective_content(document, id, body, base, &measures, &decl.span);
            if let Some(slot) = measures.get_mut(id.index()) {
                *slot = (size, depth);
            }
            let own = self.own_attributes(document, &body.attributes, &decl.span);
            self.duplicate_uses(&own.uses, &decl.span, false);
            let attribute_groups = own.groups.clone();
            let (attributes, any_attribute) = self.effective_attributes(own, base, derivation, &decl.span);
            if let Some(Type::Complex(ty)) = self.model.types.get_mut(id.index()) {
                *ty = ComplexType { content, attributes, attribute_groups, any_attribute, ..ty.clone() };
            }
        }
    }

    fn effective_content(
        &mut self,
        document: usize,
        id: TypeId,
        body: &ComplexDecl,
        base: TypeId,
        measures: &[(u64, u32)],
        span: &Span,
    ) -> (Content, u64, u32) {
        match &body.content {
            ContentDecl::Simple { derivation, narrowed, facets, .. } => {
                let narrowed = narrowed.map(|n| self.local_type(document, n));
                (self.simple_content(id, body, *derivation, base, narrowed, facets), 1, 1)
            }
            ContentDecl::Complex { derivation, mixed, particle, base: named } => {
                if named.is_some() && matches!(self.ty(base), Some(Type::Simple(_))) {
                    let name = self.model.type_label(base);
                    let message = format!("`complexContent` needs a complex type as base, and `{name}` is simple");
                    self.problems.push(
                        Diagnostic::error(codes::X0113, span.clone(), message)
                            .violating("src-ct.1")
                            .with_help("use `simpleContent`, which extends a simple type by attributes"),
                    );
                }
                let own = particle.as_ref().filter(|p| !is_empty(p)).and_then(|p| self.type_particle(document, p));
                match derivation {
                    Derivation::Extension if base_is_missing(body, base) => {
                        let (size, depth) = own.as_ref().map_or((1, 1), |m| (m.size, m.depth));
                        (own_content(own, *mixed, span), size, depth)
                    }
                    Derivation::Extension => self.extended(base, own, *mixed, measures, span),
                    Derivation::Restriction => {
                        let (size, depth) = own.as_ref().map_or((1, 1), |m| (m.size, m.depth));
                        (own_content(own, *mixed, span), size, depth)
                    }
                }
            }
        }
    }

    /// Returns the content of an extension: the content of the base followed by its own.
    fn extended(&mut self, base: TypeId, own: Option<Measured>, mixed: bool, measures: &[(u64, u32)], span: &Span) -> (Content, u64, u32) {
        let (base_size, base_depth) = measures.get(base.index()).copied().unwrap_or((1, 1));
        let base_content = match self.ty(base) {
            Some(Type::Complex(ty)) => ty.content.clone(),
            _ => Content::Empty,
        };
        let (first, base_mixed) = match base_content {
            Content::Empty => {
                let (size, depth) = own.as_ref().map_or((1, 1), |m| (m.size, m.depth));
                return (own_content(own, mixed, span), size, depth);
            }
            Content::Simple(ty) => {
                if own.is_some() {
                    let message = "a type with simple content cannot be extended by elements";
                    self.problems.push(
                        Diagnostic::error(codes::X0205, span.clone(), message)
                            .violating("cos-ct-extends.1.4")
                            .with_help("remove the elements, or derive from a type that has elements"),
                    );
                }
                return (Content::Simple(ty), 1, 1);
            }
            Content::Elements(p) => (p, false),
            Content::Mixed(p) => (p, true),
        };
        if mixed != base_mixed && (own.is_some() || mixed) {
            let (this, that) = if mixed { ("mixed", "element-only") } else { ("element-only", "mixed") };
            let message = format!("the content is {this} and that of the base {that}: an extension must keep it");
            self.problems.push(
                Diagnostic::error(codes::X0205, span.clone(), message)
                    .violating("cos-ct-extends.1.4.2.2")
                    .with_help("write `mixed` as the base has it"),
            );
        }
        let wrap = |p: Particle| if base_mixed { Content::Mixed(p) } else { Content::Elements(p) };
        let Some(own) = own else { return (wrap(first), base_size, base_depth) };
        // A chain of extensions becomes one sequence instead of nested sequences.
        let joined = matches!(&first.term, Term::Group(g) if is_plain_sequence(&first, g));
        let depth = if joined { base_depth.max(own.depth + 1) } else { base_depth.max(own.depth) + 1 };
        let size = base_size + own.size + 1;
        if !self.affordable(size, depth, span) {
            return (wrap(first), base_size, base_depth);
        }
        self.copied += size;
        if is_bare_empty(&first) {
            return (wrap(own.particle), own.size, own.depth);
        }
        let particles = match first.term {
            Term::Group(group) if joined => group.particles.into_iter().chain([own.particle]).collect(),
            _ => vec![first, own.particle],
        };
        let both = ModelGroup { compositor: Compositor::Sequence, particles, named: None, docs: Vec::new() };
        (wrap(Particle { min: 1, max: Max::Count(1), term: Term::Group(both), span: span.clone() }), size, depth)
    }

    /// Returns the content of a type with `simpleContent`.
    fn simple_content(
        &mut self,
        id: TypeId,
        body: &ComplexDecl,
        derivation: Derivation,
        base: TypeId,
        narrowed: Option<TypeId>,
        facets: &[FacetDecl],
    ) -> Content {
        let span = &self.type_decl(id).map_or_else(|| Span::file(""), |(_, d)| d.span.clone());
        let inherited = match self.ty(base) {
            Some(Type::Simple(_)) if derivation == Derivation::Extension => Some(base),
            Some(Type::Complex(ty)) => match &ty.content {
                Content::Simple(simple) => Some(*simple),
                Content::Mixed(p) if narrowed.is_some() && derivation == Derivation::Restriction && p.emptiable() => narrowed,
                _ => None,
            },
            _ => None,
        };
        let Some(inherited) = inherited else {
            let name = self.model.type_label(base);
            if !base_is_missing(body, base) {
                let message = format!("`simpleContent` needs a base with simple content, which `{name}` has not");
                self.problems.push(
                    Diagnostic::error(codes::X0113, span.clone(), message)
                        .violating("src-ct.2")
                        .with_help("use `complexContent`, or name a simple type, or a complex type over one, as base"),
                );
            }
            return Content::Simple(narrowed.unwrap_or(builtin_id(Builtin::AnySimpleType)));
        };
        match (derivation, narrowed.unwrap_or(inherited)) {
            (Derivation::Extension, _) => Content::Simple(inherited),
            (Derivation::Restriction, from) if facets.is_empty() => Content::Simple(from),
            // If there are errors already, the base may be `xs:anySimpleType` only because of one of them, so nothing more is reported.
            (Derivation::Restriction, from) if from == builtin_id(Builtin::AnySimpleType) && !self.problems.has_errors() => {
                let message = "the content is `xs:anySimpleType`, which no facet restricts";
                self.problems.push(
                    Diagnostic::error(codes::X0211, span.clone(), message)
                        .violating("cos-st-restricts.1.1")
                        .with_help("name a type for the content by `simpleType`, before the facets"),
                );
                Content::Simple(from)
            }
            (Derivation::Restriction, from) => Content::Simple(self.narrowed(id, from, facets, span)),
        }
    }

    /// Adds the anonymous simple type that the facets within `simpleContent` define.
    fn narrowed(&mut self, id: TypeId, from: TypeId, facets: &[FacetDecl], span: &Span) -> TypeId {
        let facets = self.facets(from, facets);
        let made = SimpleType {
            name: None,
            scope: Scope::Type(id),
            base: Some(from),
            variety: self.variety(from),
            builtin: None,
            facets,
            final_: DerivationSet::default(),
            docs: Vec::new(),
            span: span.clone(),
        };
        let new = TypeId(count(self.model.types.len()));
        self.model.types.push(Type::Simple(made));
        new
    }

    /// Combines the attribute uses of a type with those of its base (section 3.4.2).
    fn effective_attributes(
        &mut self,
        own: ResolvedAttributes,
        base: TypeId,
        derivation: Derivation,
        span: &Span,
    ) -> (Vec<AttributeUse>, Option<Wildcard>) {
        let inherited = if let Some(Type::Complex(ty)) = self.ty(base) { ty.attributes.len() } else { 0 };
        let (mut uses, base_any) = match (self.affordable_uses(inherited, span), self.ty(base)) {
            (true, Some(Type::Complex(ty))) => (ty.attributes.clone(), ty.any_attribute.clone()),
            _ => (Vec::new(), None),
        };
        if derivation == Derivation::Extension {
            uses.extend(own.uses);
            self.duplicate_uses(&uses, span, false);
            return (uses, self.extended_wildcard(own.any, base_any, span));
        }
        let name = |this: &Self, id| this.model.attributes.get(crate::model::AttributeId::index(id)).map(|a| a.name.clone());
        let prohibited: HashSet<_> = own.prohibited.iter().filter_map(|id| name(self, *id)).collect();
        uses.retain(|u| name(self, u.attribute).is_none_or(|n| !prohibited.contains(&n)));
        let places: HashMap<_, usize> = uses.iter().enumerate().filter_map(|(n, u)| Some((name(self, u.attribute)?, n))).collect();
        for usage in own.uses {
            let place = name(self, usage.attribute).and_then(|n| places.get(&n));
            match place.and_then(|n| uses.get_mut(*n)) {
                Some(slot) => *slot = usage,
                None => uses.push(usage),
            }
        }
        (uses, own.any)
    }

    /// Returns the union of the wildcards of an extension and its base.
    fn extended_wildcard(&mut self, own: Option<Wildcard>, base: Option<Wildcard>, span: &Span) -> Option<Wildcard> {
        let (own, base) = match (own, base) {
            (Some(own), Some(base)) => (own, base),
            (one, other) => return one.or(other),
        };
        match wildcard::union(&own.namespaces, &base.namespaces) {
            Some(namespaces) => Some(Wildcard { namespaces, ..own }),
            None => {
                self.problems.push(
                    Diagnostic::error(codes::X0205, span.clone(), "the union of the attribute wildcards cannot be expressed")
                        .violating("cos-aw-union")
                        .with_help("use `##any`, or list the namespaces"),
                );
                Some(own)
            }
        }
    }
}

/// Returns whether the type names a base that could not be found. `xs:anyType` then replaces it, and no further errors are reported.
fn base_is_missing(body: &ComplexDecl, base: TypeId) -> bool {
    let (ContentDecl::Simple { base: named, .. } | ContentDecl::Complex { base: named, .. }) = &body.content;
    let simple = matches!(body.content, ContentDecl::Simple { .. });
    base == ANY_TYPE && named.as_ref().map_or(simple, |b| &*b.name.uri != XS || &*b.name.local != "anyType")
}

/// Returns whether a declared group counts as empty content (section 3.4.2, explicit content). A group whose children cannot occur is not empty
/// content, because it permits white space.
fn is_empty(declared: &ParticleDecl) -> bool {
    match &declared.term {
        TermDecl::Group(compositor, particles, _) if particles.is_empty() => *compositor != Compositor::Choice || declared.min == 0,
        _ => false,
    }
}

/// Returns whether a particle is a sequence that occurs once and has no name or documentation of its own.
fn is_plain_sequence(particle: &Particle, group: &ModelGroup) -> bool {
    let once = particle.min == 1 && particle.max == Max::Count(1);
    once && group.compositor == Compositor::Sequence && group.named.is_none() && group.docs.is_empty()
}

fn is_bare_empty(particle: &Particle) -> bool {
    matches!(&particle.term, Term::Group(g) if g.particles.is_empty() && g.compositor == Compositor::Sequence)
}

fn own_content(own: Option<Measured>, mixed: bool, span: &Span) -> Content {
    match (own, mixed) {
        (Some(m), true) => Content::Mixed(m.particle),
        (Some(m), false) => Content::Elements(m.particle),
        (None, true) => Content::Mixed(Particle { min: 1, max: Max::Count(1), term: Term::Group(empty_group()), span: span.clone() }),
        (None, false) => Content::Empty,
    }
}
