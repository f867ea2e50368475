//! Determines whether a type is validly derived from another (cos-ct-derived-ok, cos-st-derived-ok). The individual derivation steps are checked in
//! `types`.

use super::Checker;
use crate::model::{Derivation, DerivationSet, Type, TypeId, Variety};
use crate::resolve::ANY_TYPE;

/// The empty set: no derivation method is excluded.
pub(super) const NOTHING: DerivationSet =
    DerivationSet { extension: false, restriction: false, substitution: false, list: false, union: false };

/// The derivation methods that a restriction of particles excludes (rcase-NameAndTypeOK.7).
pub(super) const ONLY_RESTRICTION: DerivationSet =
    DerivationSet { extension: true, restriction: false, substitution: false, list: true, union: true };

impl Checker<'_, '_> {
    /// Returns whether `derived` is `base` or is derived from it by steps that use no excluded method.
    pub(super) fn derived(&self, derived: TypeId, base: TypeId, excluded: DerivationSet) -> bool {
        let mut at = derived;
        loop {
            if at == base {
                return true;
            }
            // A type that is unknown is assumed to be valid.
            if self.resolver.is_of_stand_in(at) || self.resolver.is_of_stand_in(base) {
                return true;
            }
            let next = match self.ty(at) {
                Some(Type::Complex(ty)) => {
                    let forbidden = match ty.derivation {
                        Derivation::Extension => excluded.extension,
                        Derivation::Restriction => excluded.restriction,
                    };
                    if forbidden || ty.base == at {
                        return false;
                    }
                    ty.base
                }
                Some(Type::Simple(ty)) => {
                    if self.member_of(at, base) {
                        return true;
                    }
                    // A list or union type has `xs:anySimpleType` as its base by definition; all other simple types are derived by restriction.
                    if excluded.restriction {
                        return false;
                    }
                    match ty.base {
                        Some(base) => base,
                        None => return base == ANY_TYPE,
                    }
                }
                None => return false,
            };
            at = next;
        }
    }

    /// Returns whether a type is derived from a member of a union, with any derivation method (clause 2.2.4 of cos-st-derived-ok).
    fn member_of(&self, derived: TypeId, base: TypeId) -> bool {
        let Some(Type::Simple(union)) = self.ty(base) else { return false };
        let Variety::Union(members) = &union.variety else { return false };
        // Only a union without facets admits everything that its members admit.
        let bare = union.facets.patterns.is_empty() && union.facets.enumeration.is_empty();
        bare && self.member_chain(derived, members)
    }

    fn member_chain(&self, derived: TypeId, members: &[TypeId]) -> bool {
        let mut seen = std::collections::HashSet::new();
        let mut todo = members.to_vec();
        while let Some(member) = todo.pop() {
            if !seen.insert(member) {
                continue;
            }
            if self.literals.chain(derived).any(|(id, _)| id == member) {
                return true;
            }
            if let Some(Type::Simple(ty)) = self.ty(member)
                && let Variety::Union(inner) = &ty.variety
            {
                todo.extend(inner);
            }
        }
        false
    }
}
