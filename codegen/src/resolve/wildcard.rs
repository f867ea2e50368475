//! Computes the intersection, union and subset relation of namespace constraints (section 3.10.6).

use crate::model::NamespaceId;
use crate::model::WildcardNamespaces::{self, Any, Not, OneOf};

/// The id of "no namespace".
const ABSENT: NamespaceId = NamespaceId(0);

/// Returns whether a namespace constraint admits a namespace (cvc-wildcard-namespace).
pub(crate) fn admits(constraint: &WildcardNamespaces, namespace: NamespaceId) -> bool {
    match constraint {
        Any => true,
        Not(other) => namespace != *other && namespace != ABSENT,
        OneOf(set) => set.contains(&namespace),
    }
}

/// Returns whether a namespace constraint is a subset of another (cos-ns-subset).
pub(crate) fn subset(sub: &WildcardNamespaces, sup: &WildcardNamespaces) -> bool {
    match (sub, sup) {
        (_, Any) => true,
        (Not(a), Not(b)) => a == b || *b == ABSENT,
        (OneOf(set), _) => set.iter().all(|n| admits(sup, *n)),
        (Any | Not(_), _) => false,
    }
}

/// Returns the intersection of two namespace constraints (cos-aw-intersect), or `None` if it cannot be expressed.
pub(crate) fn intersection(a: &WildcardNamespaces, b: &WildcardNamespaces) -> Option<WildcardNamespaces> {
    Some(match (a, b) {
        (Any, other) | (other, Any) => other.clone(),
        (OneOf(set), other) | (other, OneOf(set)) => OneOf(set.iter().copied().filter(|n| admits(other, *n)).collect()),
        (Not(x), Not(y)) if x == y || *y == ABSENT => Not(*x),
        (Not(x), Not(y)) if *x == ABSENT => Not(*y),
        (Not(_), Not(_)) => return None,
    })
}

/// Returns the union of two namespace constraints (cos-aw-union), or `None` if it cannot be expressed.
pub(crate) fn union(a: &WildcardNamespaces, b: &WildcardNamespaces) -> Option<WildcardNamespaces> {
    Some(match (a, b) {
        (Any, _) | (_, Any) => Any,
        (OneOf(x), OneOf(y)) => {
            let mut all = x.clone();
            all.extend(y.iter().filter(|n| !x.contains(n)));
            OneOf(all)
        }
        (Not(x), Not(y)) => Not(if x == y { *x } else { ABSENT }),
        (Not(x), OneOf(set)) | (OneOf(set), Not(x)) => match (set.contains(x), set.contains(&ABSENT)) {
            (true, true) => Any,
            (true, false) => Not(ABSENT),
            (false, true) => return None,
            (false, false) => Not(*x),
        },
    })
}

/// Returns whether at least one namespace is admitted by both constraints.
pub(crate) fn overlap(a: &WildcardNamespaces, b: &WildcardNamespaces) -> bool {
    match (a, b) {
        (Any, OneOf(set)) | (OneOf(set), Any) => !set.is_empty(),
        (Any, _) | (_, Any) | (Not(_), Not(_)) => true,
        (OneOf(set), other) | (other, OneOf(set)) => set.iter().any(|n| admits(other, *n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_follow_the_tables_of_section_3_10_6() {
        let (a, b) = (NamespaceId(2), NamespaceId(3));
        assert_eq!(intersection(&Not(a), &OneOf(vec![a, b, ABSENT])), Some(OneOf(vec![b])));
        assert_eq!(intersection(&Not(a), &Not(b)), None);
        assert_eq!(union(&Not(a), &OneOf(vec![a, ABSENT])), Some(Any));
        assert_eq!(union(&Not(a), &OneOf(vec![ABSENT])), None);
        assert_eq!(union(&Not(a), &Not(b)), Some(Not(ABSENT)));
        assert!(subset(&OneOf(vec![b]), &Not(a)) && !subset(&OneOf(vec![ABSENT]), &Not(a)));
        assert!(!overlap(&Not(a), &OneOf(vec![a])) && overlap(&Not(a), &Not(b)));
    }
}
