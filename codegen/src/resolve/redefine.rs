//! Finds the declarations that `xs:redefine` replaces, and checks the form of their replacements (section 4.2.2). Whether a redefined group is a
//! valid restriction of the original is checked in `checks`.

use super::Resolver;
use super::names::{Space, local_index};
use crate::codes;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::Max;
use crate::schema::{
    AttributeItem, ContentDecl, GlobalDecl, LinkKind, Name, ParticleDecl, Reference, SimpleDerivation, TermDecl, TypeBody, TypeDecl,
    TypeUse,
};

impl Resolver<'_> {
    /// Finds the original component of every redefinition.
    pub(super) fn redefinitions(&mut self) {
        let set = self.set;
        for (document, schema) in set.schemas.iter().enumerate() {
            for link in &schema.links {
                let LinkKind::Redefine(globals) = &link.kind else { continue };
                for global in globals {
                    self.redefinition(document, *global, link.to);
                }
            }
        }
    }

    fn redefinition(&mut self, document: usize, global: GlobalDecl, to: Option<usize>) {
        let Some((name, span)) = self.schema(document).and_then(|s| s.named(global)) else { return };
        let space = Space::of(global);
        let new = (document, space, local_index(global));
        let Some(to) = to else {
            self.names.unread.insert(new);
            return;
        };
        let Some((owner, original)) = self.find_original(document, to, space, &name) else {
            let message = format!("the redefined document declares no `{}` to redefine", name.local);
            self.problems.push(
                Diagnostic::error(codes::X0117, span.clone(), message)
                    .violating("src-redefine")
                    .with_help("declare it as a new component, outside of `redefine`, or redefine the document that declares it"),
            );
            self.names.unread.insert(new);
            return;
        };
        let old = (owner, space, local_index(original));
        if let Some(other) = self.names.shadowed.get(&old)
            && *other != new
        {
            let message = format!("`{name}` is redefined twice");
            self.problems.push(
                Diagnostic::error(codes::X0227, span.clone(), message)
                    .violating("sch-props-correct.2")
                    .with_help("keep one redefinition, or let the second redefine the document of the first"),
            );
            return;
        }
        self.names.shadowed.insert(old, new);
        self.names.replaced.insert(new, old);
    }

    /// Enters the originals of redefining components by id.
    pub(super) fn originals(&mut self) {
        let known = self.names.replaced.iter().map(|(new, old)| (new, Some(*old)));
        let unread = self.names.unread.iter().map(|new| (new, None));
        let ids = known.chain(unread).map(|(new, old)| ((new.1, self.ids.of_declared(*new)), old.map(|old| self.ids.of_declared(old))));
        self.names.original = ids.collect();
    }

    /// Returns the declaration of a component in a document, or in one that the document redefines or includes.
    fn find_original(&self, asking: usize, document: usize, space: Space, name: &Name) -> Option<(usize, GlobalDecl)> {
        let mut seen = vec![asking];
        let mut todo = vec![document];
        while let Some(at) = todo.pop() {
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            let schema = self.schema(at)?;
            let mine = schema.globals.iter().find(|g| Space::of(**g) == space && schema.named(**g).is_some_and(|(n, _)| n == *name));
            if let Some(found) = mine {
                return Some((at, *found));
            }
            todo.extend(schema.links.iter().filter(|l| !matches!(l.kind, LinkKind::Import(_))).filter_map(|l| l.to));
        }
        None
    }

    /// Returns the component that a reference within a redefining component means. A reference to its own name means the original component.
    pub(super) fn lookup_within(&mut self, document: usize, space: Space, within: (u32, &Name), reference: &Reference) -> Option<u32> {
        if *within.1 == reference.name
            && let Some(original) = self.names.original.get(&(space, within.0))
        {
            // An original that is missing or cannot be read has already been reported.
            return *original;
        }
        self.lookup(document, space, reference)
    }

    /// Returns the base of a type. If a redefinition names itself as its base, the base is the original type.
    pub(super) fn base_type(&mut self, document: usize, within: u32, decl: &TypeDecl, used: &TypeUse) -> Option<u32> {
        match (used, &decl.name) {
            (TypeUse::Named(reference), Some(local)) => {
                let uri = self.schema(document)?.target.clone();
                self.lookup_within(document, Space::Type, (within, &Name { uri, local: local.clone() }), reference)
            }
            _ => self.used_type(document, used).map(|t| t.0),
        }
    }

    /// Checks the form of redefinitions (src-redefine, clauses 5 to 7).
    pub(super) fn check_redefinitions(&mut self) {
        let set = self.set;
        for schema in &set.schemas {
            let redefined = schema.links.iter().filter_map(|l| match &l.kind {
                LinkKind::Redefine(globals) => Some(globals),
                _ => None,
            });
            for global in redefined.flatten() {
                let Some((name, span)) = schema.named(*global) else { continue };
                let wrong = match *global {
                    GlobalDecl::Type(i) => schema
                        .types
                        .get(i)
                        .filter(|t| !restricts_itself(t, &name))
                        .map(|_| ("a redefined type must be derived from itself by restriction or extension", "src-redefine.5")),
                    GlobalDecl::Group(i) => {
                        let particle = schema.groups.get(i).and_then(|g| g.particle.as_ref());
                        particle.and_then(|p| wrong_group(p, &name))
                    }
                    GlobalDecl::AttributeGroup(i) => schema.attribute_groups.get(i).and_then(|g| {
                        let own = |item: &&AttributeItem| matches!(item, AttributeItem::Group(r) if r.name == name);
                        (g.attributes.items.iter().filter(own).count() > 1)
                            .then_some(("a redefined attribute group can refer to itself once only", "src-redefine.7.1"))
                    }),
                    _ => None,
                };
                if let Some((message, clause)) = wrong {
                    self.redefine_error(span, message, clause);
                }
            }
        }
    }

    fn redefine_error(&mut self, span: &Span, message: &str, clause: &'static str) {
        let problem = Diagnostic::error(codes::X0117, span.clone(), message).violating(clause);
        self.problems
            .push(problem.with_help("a redefinition takes the place of the old component: build it from that one, by its own name"));
    }
}

fn restricts_itself(decl: &TypeDecl, name: &Name) -> bool {
    let base = match &decl.body {
        TypeBody::Simple(simple) => match &simple.variety {
            SimpleDerivation::Restriction(Some(TypeUse::Named(base)), _) => Some(base),
            _ => None,
        },
        TypeBody::Complex(complex) => match &complex.content {
            ContentDecl::Simple { base, .. } | ContentDecl::Complex { base, .. } => base.as_ref(),
        },
    };
    base.is_some_and(|b| b.name == *name)
}

/// Returns the error, with the violated clause, if a group refers to itself more than once, or with an occurrence range other than 1.
fn wrong_group(particle: &ParticleDecl, name: &Name) -> Option<(&'static str, &'static str)> {
    let mut references = 0;
    let mut todo = vec![particle];
    while let Some(at) = todo.pop() {
        match &at.term {
            TermDecl::GroupRef(r) if r.name == *name => {
                references += 1;
                if at.min != 1 || at.max != Max::Count(1) {
                    let message = "a redefined group must refer to itself exactly once: no `minOccurs` or `maxOccurs`";
                    return Some((message, "src-redefine.6.1.2"));
                }
            }
            TermDecl::Group(_, particles, _) => todo.extend(particles),
            _ => {}
        }
    }
    (references > 1).then_some(("a redefined group can refer to itself once only", "src-redefine.6.1.1"))
}
