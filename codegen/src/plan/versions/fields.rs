//! Matches the fields and variants of two corresponding types by what they stand for in XML.

use crate::ir::{Converted, Field, How, ItemId, ModuleId, Occurs, Particle, Term, Value, Wire};

use super::facets::{self, Of};
use super::matching::Matching;
use super::types::{Sides, Way, is_text, plain};

/// The plan of a conversion, as far as it does not depend on other conversions.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// The fields or variants that convert, each with the conversion of items that it needs.
    pub(super) fields: Vec<(Converted, Option<(ItemId, ItemId)>)>,
    pub(super) absent: Vec<String>,
    pub(super) missing: Vec<String>,
    pub(super) lost: Vec<String>,
    pub(super) count: Vec<(String, String)>,
    /// Whether something cannot be converted, or might not be valid.
    pub(super) partial: bool,
}

/// The fields of a type, with its module.
pub(super) struct Members<'f> {
    pub(super) module: ModuleId,
    /// Each field with its kind: fields correspond only if they are of the same kind.
    pub(super) fields: Vec<(Kind, &'f Field)>,
}

/// The kind of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Attribute,
    Content,
    Mixed,
}

/// How one field converts.
struct Judged {
    way: Way,
    partial: bool,
    counts: bool,
}

impl Draft {
    /// Plans the conversion of the fields of a struct or a group.
    pub(super) fn of_fields(sides: Sides<'_>, matching: &Matching, old: &Members<'_>, new: &Members<'_>) -> Self {
        let mut draft = Draft::default();
        let pairs = corresponding(matching, old, new);
        for ((_, field), found) in old.fields.iter().zip(&pairs) {
            let judged = found.and_then(|at| Some((at, judge(sides, (old.module, field), (new.module, new.fields.get(at)?.1))?)));
            match judged {
                Some((at, judged)) => draft.add(judged, field, new.fields.get(at).map_or(field, |(_, new)| new)),
                None => draft.lost.push(field.name.clone()),
            }
        }
        let done: Vec<&str> = draft.fields.iter().map(|(converted, _)| converted.new.as_str()).collect();
        let rest: Vec<&Field> = new.fields.iter().map(|(_, field)| *field).filter(|field| !done.contains(&field.name.as_str())).collect();
        for field in rest {
            if field.is_required() { &mut draft.missing } else { &mut draft.absent }.push(field.name.clone());
        }
        draft.partial |= !draft.lost.is_empty() || !draft.missing.is_empty();
        draft
    }

    /// Plans the conversion of the variants of a choice or of `Document`.
    pub(super) fn of_variants(sides: Sides<'_>, matching: &Matching, old: &Members<'_>, new: &Members<'_>, checks: bool) -> Self {
        let mut draft = Draft::default();
        for ((_, field), found) in old.fields.iter().zip(corresponding(matching, old, new)) {
            let judged = found.and_then(|at| Some((at, judge(sides, (old.module, field), (new.module, new.fields.get(at)?.1))?)));
            match judged {
                Some((at, judged)) if !judged.counts && (checks || judged.way.how != How::Checked) => {
                    draft.add(judged, field, new.fields.get(at).map_or(field, |(_, new)| new));
                }
                _ => draft.lost.push(field.name.clone()),
            }
        }
        draft.partial |= !draft.lost.is_empty();
        draft
    }

    fn add(&mut self, judged: Judged, old: &Field, new: &Field) {
        if judged.counts {
            self.count.push((old.name.clone(), new.name.clone()));
        }
        self.partial |= judged.partial || judged.counts;
        self.push(&old.name, &new.name, judged.way);
    }

    /// Adds a variant that is named by its type alone.
    pub(super) fn push(&mut self, old: &str, new: &str, way: Way) {
        self.partial |= way.partial;
        self.fields.push((Converted { new: new.to_owned(), old: old.to_owned(), how: way.how }, way.needs));
    }
}

/// Returns for each old field the number of the new field that stands for the same.
fn corresponding(matching: &Matching, old: &Members<'_>, new: &Members<'_>) -> Vec<Option<usize>> {
    let mut taken = vec![false; new.fields.len()];
    let mut by_name = std::collections::HashMap::<(bool, &str), Vec<usize>>::new();
    for (at, (kind, field)) in new.fields.iter().enumerate() {
        if let Wire::Name(name) = &field.wire {
            by_name.entry((*kind == Kind::Attribute, &name.local)).or_default().push(at);
        }
    }
    let others: Vec<usize> =
        (0..new.fields.len()).filter(|at| !matches!(new.fields.get(*at), Some((_, Field { wire: Wire::Name(_), .. })))).collect();
    let mut found = vec![None; old.fields.len()];
    // Groups and flattened structs of the same Rust name correspond rather than others.
    for named in [true, false] {
        for ((kind, field), found) in old.fields.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let candidates = match &field.wire {
                Wire::Name(name) => by_name.get(&(*kind == Kind::Attribute, name.local.as_str())).map_or(&[][..], Vec::as_slice),
                _ => others.as_slice(),
            };
            let fits = |at: &&usize| {
                let Some((other, candidate)) = new.fields.get(**at).filter(|_| taken.get(**at) == Some(&false)) else { return false };
                let named = !named || field.name == candidate.name || !matches!(field.wire, Wire::Group | Wire::Flatten { .. });
                named && other == kind && is_same(matching, &field.wire, &candidate.wire)
            };
            *found = candidates.iter().find(fits).copied();
            if let Some(taken) = found.and_then(|at| taken.get_mut(at)) {
                *taken = true;
            }
        }
    }
    found
}

/// Returns whether two fields stand for the same in XML.
fn is_same(matching: &Matching, old: &Wire, new: &Wire) -> bool {
    match (old, new) {
        (Wire::Name(old), Wire::Name(new)) => matching.same(old, new),
        (Wire::Any { constraint: a, process: p }, Wire::Any { constraint: b, process: q }) => matching.constraint(a) == *b && p == q,
        (Wire::Group, Wire::Group) | (Wire::Text, Wire::Text) | (Wire::Flatten { .. }, Wire::Flatten { .. }) => true,
        _ => false,
    }
}

/// Says how the values of a field convert; `None` if they cannot.
fn judge(sides: Sides<'_>, (a, old): (ModuleId, &Field), (b, new): (ModuleId, &Field)) -> Option<Judged> {
    let mut way = sides.way(&old.ty, &new.ty)?;
    let valid = match (&old.facets, &new.facets) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(x), Some(y)) => facets::included(Of { ir: sides.old, module: a, facets: x }, Of { ir: sides.new, module: b, facets: y }),
    };
    let texts = || is_text(sides.old, &plain(sides.old, &old.ty)) && is_text(sides.new, &plain(sides.new, &new.ty));
    if !valid && way.needs.is_none() && texts() {
        way = Way { how: How::Checked, needs: None, partial: true };
    }
    let fixed = matches!(&new.value, Some(Value::Fixed(_))) && old.value != new.value;
    let (fits, counts) = occurs(old.occurs, new.occurs);
    Some(Judged { way, partial: !valid || fixed || old.placed != new.placed || !fits, counts })
}

/// Returns whether the new field takes all values of the old one, and whether their number has to be checked.
fn occurs(old: Occurs, new: Occurs) -> (bool, bool) {
    match (old, new) {
        (Occurs::One, Occurs::One | Occurs::Optional) | (Occurs::Optional, Occurs::Optional) => (true, false),
        (Occurs::One, Occurs::Many(least, _)) => (true, least > 1),
        (Occurs::Optional, Occurs::Many(least, _)) => (true, least > 0),
        (Occurs::Many(a, b), Occurs::Many(c, d)) => (true, c > a || d.is_some_and(|d| b.is_none_or(|b| b > d))),
        (Occurs::Optional, Occurs::One) | (Occurs::Many(..), Occurs::One | Occurs::Optional) => (false, false),
    }
}

/// Returns whether two content models say the same.
pub(super) fn same_model(matching: &Matching, old: &Particle, new: &Particle) -> bool {
    let all = |a: &[Particle], b: &[Particle]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_model(matching, a, b));
    let terms = match (&old.term, &new.term) {
        (Term::Element(a, own), Term::Element(b, other)) => matching.same(a, b) && own == other,
        (Term::Any(a), Term::Any(b)) => matching.constraint(a) == *b,
        (Term::Sequence(a), Term::Sequence(b)) | (Term::Choice(a), Term::Choice(b)) | (Term::All(a), Term::All(b)) => all(a, b),
        _ => false,
    };
    terms && (old.min, old.max) == (new.min, new.max)
}
