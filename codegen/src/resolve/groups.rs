//! Resolves model groups to particles, and replaces group references by the content of the group. Constraints on the finished particles are checked
//! in `checks`.

use super::names::Space;
use super::order::topological;
use super::{MAX_DEPTH, Resolver, count};
use crate::codes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::model::{Compositor, GroupId, Max, ModelGroup, NamedGroup, Particle, Term};
use crate::schema::{ParticleDecl, TermDecl};

/// The maximum number of particles in one content model; `MAX_COPIED` is the maximum number of copied particles in all of them together.
const MAX_PARTICLES: u64 = 200_000;
const MAX_COPIED: u64 = 1_000_000;

/// A particle with its size and depth, so that a copy that is too large can be rejected before it is made.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) particle: Particle,
    pub(super) size: u64,
    pub(super) depth: u32,
}

impl Resolver<'_> {
    /// Resolves the named groups. Groups that others refer to come first.
    pub(super) fn groups_in_order(&mut self) {
        let total = self.ids.groups.len();
        let mut references: Vec<Vec<Option<GroupId>>> = Vec::with_capacity(total);
        for index in 0..total {
            references.push(self.references_of(GroupId(count(index))));
        }
        let ordered = topological(total, |n| references.get(n).into_iter().flatten().flatten().map(|g| g.index()).collect());
        for (from, _) in &ordered.cycles {
            if let Some((_, decl)) = self.group_decl(GroupId(count(*from))) {
                let message = format!("the group `{}` contains itself", decl.name.local);
                self.problems.push(
                    Diagnostic::error(codes::X0221, decl.span.clone(), message)
                        .violating("mg-props-correct.2")
                        .with_help("put the recursion into an element: its type may refer to the group"),
                );
            }
        }
        self.groups = vec![None; total];
        for index in ordered.order {
            let id = GroupId(count(index));
            let Some((document, decl)) = self.group_decl(id) else { continue };
            let mut resolved = references.get(index).cloned().unwrap_or_default().into_iter();
            self.refused = false;
            let made = decl.particle.as_ref().and_then(|p| self.particle(document, p, &mut resolved));
            // A group that exceeds the limits counts as absent, so that references to it do not grow other content models.
            let made = made.filter(|_| !self.refused);
            if let Some(slot) = self.groups.get_mut(index) {
                *slot = made;
            }
        }
        for index in 0..total {
            self.named_group(GroupId(count(index)));
        }
    }

    fn named_group(&mut self, id: GroupId) {
        let Some((_, decl)) = self.group_decl(id) else { return };
        let name = self.qname(&decl.name);
        let group = match self.groups.get(id.index()).and_then(|g| g.as_ref()).map(|m| &m.particle.term) {
            Some(Term::Group(group)) => group.clone(),
            _ => empty_group(),
        };
        self.model.groups.push(NamedGroup { name, group, docs: decl.docs.clone(), span: decl.span.clone() });
    }

    /// Returns the groups that the group references within a named group refer to, in document order.
    fn references_of(&mut self, id: GroupId) -> Vec<Option<GroupId>> {
        let Some((document, decl)) = self.group_decl(id) else { return Vec::new() };
        let mut found = Vec::new();
        let mut todo: Vec<&ParticleDecl> = decl.particle.iter().collect();
        while let Some(at) = todo.pop() {
            match &at.term {
                TermDecl::GroupRef(r) => {
                    found.push(self.lookup_within(document, Space::Group, (id.0, &decl.name), r).map(GroupId));
                }
                TermDecl::Group(_, particles, _) => todo.extend(particles.iter().rev()),
                _ => {}
            }
        }
        found
    }

    /// Returns the content of a complex type as declared.
    pub(super) fn type_particle(&mut self, document: usize, decl: &ParticleDecl) -> Option<Measured> {
        let mut references = Vec::new();
        let mut todo = vec![decl];
        while let Some(at) = todo.pop() {
            match &at.term {
                TermDecl::GroupRef(r) => references.push(self.lookup_group(document, r)),
                TermDecl::Group(_, particles, _) => todo.extend(particles.iter().rev()),
                _ => {}
            }
        }
        self.particle(document, decl, &mut references.into_iter())
    }

    /// Resolves one particle. Returns `None` if it cannot occur or cannot be resolved. Recursion is bounded by the nesting of documents.
    fn particle(
        &mut self,
        document: usize,
        decl: &ParticleDecl,
        references: &mut dyn Iterator<Item = Option<GroupId>>,
    ) -> Option<Measured> {
        let (mut size, mut depth) = (1, 1);
        let term = match &decl.term {
            TermDecl::Element(index) => Some(Term::Element(self.local_element(document, *index))),
            TermDecl::ElementRef(reference) => self.lookup_element(document, reference).map(Term::Element),
            TermDecl::Any(wildcard) => Some(Term::Any(self.wildcard(wildcard))),
            TermDecl::GroupRef(_) => {
                let id = references.next().flatten();
                id.and_then(|id| self.group_copy(id, &decl.span)).map(|(group, s, d)| {
                    (size, depth) = (size + s, d);
                    Term::Group(group)
                })
            }
            TermDecl::Group(compositor, particles, docs) => {
                let mut resolved = Vec::with_capacity(particles.len());
                for particle in particles {
                    if let Some(below) = self.particle(document, particle, references) {
                        size += below.size;
                        depth = depth.max(below.depth + 1);
                        resolved.push(below.particle);
                    }
                }
                Some(Term::Group(ModelGroup { compositor: *compositor, particles: resolved, named: None, docs: docs.clone() }))
            }
        };
        if decl.max == Max::Count(0) || !self.affordable(size, depth, &decl.span) {
            return None;
        }
        Some(Measured { particle: Particle { min: decl.min, max: decl.max, term: term?, span: decl.span.clone() }, size, depth })
    }

    /// Returns a copy of the content of a named group, for a reference to it.
    fn group_copy(&mut self, id: GroupId, span: &Span) -> Option<(ModelGroup, u64, u32)> {
        let measured = self.groups.get(id.index())?.as_ref()?;
        let (size, depth) = (measured.size, measured.depth);
        if !self.affordable(size, depth, span) {
            return None;
        }
        self.copied += size;
        match &self.groups.get(id.index())?.as_ref()?.particle.term {
            Term::Group(group) => Some((ModelGroup { named: Some(id), ..group.clone() }, size, depth + 1)),
            _ => None,
        }
    }

    /// Returns whether a content model of this size and depth is within the limits, and reports if it is not.
    pub(super) fn affordable(&mut self, size: u64, depth: u32, span: &Span) -> bool {
        if depth > MAX_DEPTH {
            self.refused = true;
            self.too_deep(span, "model groups nested");
            return false;
        }
        if size > MAX_PARTICLES || self.copied.saturating_add(size) > MAX_COPIED {
            self.refused = true;
            let message = format!("the content model, with all groups expanded, has more than {MAX_PARTICLES} particles");
            self.too_large(span, message);
            return false;
        }
        true
    }

    /// Reports that the schema set, with everything expanded, is too large, once.
    pub(super) fn too_large(&mut self, span: &Span, message: String) {
        if !self.problems.iter().any(|p| p.code == codes::X0903) {
            self.problems.push(Diagnostic::new(Severity::Unsupported, codes::X0903, span.clone(), message));
        }
    }
}

/// Returns an empty sequence.
pub(super) fn empty_group() -> ModelGroup {
    ModelGroup { compositor: Compositor::Sequence, particles: Vec::new(), named: None, docs: Vec::new() }
}
