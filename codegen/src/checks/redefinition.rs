//! Checks that redefined groups and attribute groups contain or restrict the component that they replace (src-redefine 6.2 and 7.2). Their form is
//! checked in `resolve::redefine`.

use super::Checker;
use super::types::AttributesOf;
use crate::model::{Max, Particle, Term};

impl Checker<'_, '_> {
    /// Checks all redefinitions that do not refer to the component they replace.
    pub(super) fn redefinitions(&mut self) {
        for (new, old) in self.resolver.redefined_groups() {
            let (Some(new), Some(old)) = (self.model.groups.get(new.index()), self.model.groups.get(old.index())) else { continue };
            let particle = |group: &crate::model::NamedGroup| Particle {
                min: 1,
                max: Max::Count(1),
                term: Term::Group(group.group.clone()),
                span: group.span.clone(),
            };
            self.restricted_particle(&particle(new), &particle(old), &new.span);
        }
        for (new, old, span) in self.resolver.redefined_attribute_groups() {
            let own = AttributesOf { uses: &new.uses, any: new.any.as_ref() };
            let before = AttributesOf { uses: &old.uses, any: old.any.as_ref() };
            self.restricted_attributes(own, before, false, &span);
        }
    }
}
