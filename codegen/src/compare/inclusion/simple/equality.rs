//! Relates when two literals have the same value in one type and in another.

use super::{DEEPEST, Proof, variety};
use crate::model::{Builtin, TypeId, Variety};

impl Proof<'_, '_> {
    /// Returns whether both types draw their values from the same value space, apart from white space.
    pub(super) fn same_values(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        match (variety(self.a, a), variety(self.b, b)) {
            (Variety::Atomic(a), Variety::Atomic(b)) => a == b,
            (Variety::List(a), Variety::List(b)) => self.same_values(*a, *b, depth),
            (Variety::Union(a), Variety::Union(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(*a, *b, depth)),
            (Variety::Ur, Variety::Ur) => true,
            _ => false,
        }
    }

    /// Returns whether literals that have the same value in A have the same value in B, apart from white space.
    pub(super) fn keeps_equality(&self, a: TypeId, b: TypeId) -> bool {
        let is_rounded = matches!(variety(self.b, b), Variety::Atomic(Builtin::Float | Builtin::Double));
        self.same_values(a, b, DEEPEST) || is_rounded && matches!(variety(self.a, a), Variety::Atomic(Builtin::Decimal))
    }

    /// Returns whether literals have the same value in A if and only if they have the same value in B.
    pub(super) fn same_equality(&self, a: TypeId, b: TypeId) -> bool {
        self.same_values(a, b, DEEPEST) && self.a.literals.white_space(a) == self.b.literals.white_space(b)
    }
}
