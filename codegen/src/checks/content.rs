//! Checks the content of complex types for misplaced `all` groups, and for elements of one name with different types. Unique particle attribution is
//! checked in `upa`.

use std::collections::HashMap;

use super::Checker;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{ComplexType, Compositor, Content, Max, Particle, QName, Term, TypeId};

impl<'r> Checker<'r, '_> {
    /// Checks the constraints on a content model as a whole.
    pub(super) fn content_model(&mut self, complex: &'r ComplexType) {
        let (Content::Elements(particle) | Content::Mixed(particle)) = &complex.content else { return };
        self.all_limited(particle, true);
        self.consistent(vec![particle]);
        self.unique_attribution(particle, &complex.span);
    }

    /// Checks the constraints on named groups that apply even if a group is not used.
    pub(super) fn named_groups(&mut self) {
        for group in &self.model.groups {
            for particle in &group.group.particles {
                self.all_limited(particle, false);
            }
            self.consistent(group.group.particles.iter().rev().collect());
        }
    }

    /// Checks that `all` groups occur only where they are allowed (cos-all-limited).
    fn all_limited(&mut self, top: &Particle, whole: bool) {
        let mut todo = vec![(top, whole)];
        while let Some((particle, is_top)) = todo.pop() {
            let Term::Group(group) = &particle.term else { continue };
            if group.compositor == Compositor::All && (!is_top || particle.max != Max::Count(1)) {
                let message = "an `all` group must be the whole content of a type, and occur once at most";
                self.problems.push(
                    Diagnostic::error(codes::X0210, particle.span.clone(), message)
                        .violating("cos-all-limited.1")
                        .with_help("use a `sequence`, or make the `all` group the whole content"),
                );
            }
            todo.extend(group.particles.iter().map(|p| (p, false)));
        }
    }

    /// Checks that elements of one name have one type, including members of substitution groups (cos-element-consistent).
    fn consistent(&mut self, mut todo: Vec<&'r Particle>) {
        let mut types: HashMap<&QName, TypeId> = HashMap::new();
        let mut heads = std::collections::HashSet::new();
        while let Some(particle) = todo.pop() {
            match &particle.term {
                Term::Group(group) => todo.extend(group.particles.iter().rev()),
                Term::Any(_) => {}
                Term::Element(id) => {
                    let Some(element) = self.model.elements.get(id.index()) else { continue };
                    if !heads.insert(*id) {
                        continue;
                    }
                    let members = element.members.iter().filter_map(|m| self.model.elements.get(m.index()));
                    for each in std::iter::once(element).chain(members) {
                        if *types.entry(&each.name).or_insert(each.ty) != each.ty {
                            let message = format!("`{}` appears twice in this content with different types", each.name.local);
                            let problem =
                                Diagnostic::error(codes::X0209, particle.span.clone(), message).violating("cos-element-consistent");
                            self.problems.push(problem.with_help("give both elements the same named type, or different names"));
                        }
                    }
                }
            }
        }
    }
}
