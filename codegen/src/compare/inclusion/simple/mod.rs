//! Compares simple types as sets of literals, before white space is normalized.
//!
//! An inclusion is proven from the derivations and the facets, in `facets` and `patterns`. It is refuted by a literal that one type admits and the
//! other does not; `candidates` proposes such literals, and each is tested against both types.

mod candidates;
mod equality;
mod facets;
mod patterns;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::datatypes::Value;
use crate::datatypes::WhiteSpace;
use crate::model::{Builtin, Literal, Prefixes, SimpleType, TypeId, Variety};
use crate::sample::compose::{NAME, literal, spelled};

use super::Reason;
use super::side::Side;

/// The literals of a simple type, or those of them that have a fixed value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literals<'m> {
    pub(super) ty: TypeId,
    pub(super) fixed: Option<&'m Literal>,
    /// Whether the empty text is included, because it stands for the value constraint of an element.
    pub(super) empty: bool,
}

/// The result of comparing two sets of literals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Compared {
    Included,
    /// The literal is in the first set only.
    Differs(String),
    Unknown(Reason),
}

/// The maximum depth of derivations, lists and unions that are followed.
const DEEPEST: u32 = 60;

/// The maximum number of values of a type that are compared one by one. Types with more are reported as not compared.
const MOST_VALUES: usize = 100_000;

impl<'m> Literals<'m> {
    pub(super) fn of(ty: TypeId) -> Self {
        Literals { ty, fixed: None, empty: false }
    }

    /// Returns whether a literal is in the set. Each qualified name in it is encoded with its namespace, see [`NAME`].
    pub(super) fn contains(self, side: &Side<'m>, text: &str) -> bool {
        self.holds(side, text, PrefixesFrom::Schema)
    }

    /// Returns whether a literal is in the set or not whatever prefixes a document declares. A type of qualified names admits the text `a:b` or not
    /// depending on the declaration of `a`. Another type that lists `a:b` does not admit the same name with another prefix.
    fn is_independent_of_prefixes(self, side: &Side<'m>, text: &str) -> bool {
        if !text.contains(NAME.0) {
            return !text.contains(':') || !side.model.holds_names(self.ty);
        }
        self.holds(side, text, PrefixesFrom::Schema) == self.holds(side, text, PrefixesFrom::Numbers)
    }

    fn holds(self, side: &Side<'m>, text: &str, from: PrefixesFrom) -> bool {
        if self.empty && text.is_empty() {
            return true;
        }
        let (text, prefixes) = decoded(text, from);
        let Ok(value) = side.literals.value(self.ty, &text, &prefixes) else { return false };
        self.fixed.is_none_or(|fixed| side.literals.value(self.ty, &fixed.text, &fixed.prefixes).is_ok_and(|fixed| fixed.equals(&value)))
    }
}

/// Returns the value of a literal, if it is one of the type.
fn value(side: &Side<'_>, ty: TypeId, text: &str) -> Option<Value> {
    let (text, prefixes) = decoded(text, PrefixesFrom::Schema);
    side.literals.value(ty, &text, &prefixes).ok()
}

/// Where the prefixes of encoded names come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PrefixesFrom {
    /// From the schema, as documents are written unless a prefix stands for two namespaces.
    Schema,
    /// They are numbered.
    Numbers,
}

/// Gives each namespace that is encoded in a literal a prefix.
fn decoded(text: &str, from: PrefixesFrom) -> (String, Prefixes) {
    let mut prefixes: Vec<(String, Arc<str>)> = vec![(String::new(), "".into())];
    if !text.contains(NAME.0) {
        return (text.to_owned(), Prefixes(prefixes));
    }
    let word = |word: &str| {
        let Some((uri, name)) = word.strip_prefix(NAME.0).and_then(|rest| rest.split_once(NAME.1)) else { return word.to_owned() };
        let (own, local) = name.split_once(':').unwrap_or(("", name));
        let is_usable = |own: &str| !own.is_empty() && !prefixes.iter().any(|(known, of)| known == own && **of != *uri);
        let prefix = if from == PrefixesFrom::Schema && is_usable(own) { own.to_owned() } else { format!("p{}", prefixes.len()) };
        let text = format!("{prefix}:{local}");
        prefixes.push((prefix, uri.into()));
        text
    };
    let text = text.split(' ').map(word).collect::<Vec<_>>().join(" ");
    (text, Prefixes(prefixes))
}

/// The kinds of identifiers that the literals of a type contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Identifiers {
    pub(super) id: bool,
    pub(super) idref: bool,
    pub(super) entity: bool,
}

/// Returns the kinds of identifiers that the literals of a type contain.
pub(super) fn identifiers(side: &Side<'_>, ty: TypeId) -> Identifiers {
    let (mut found, mut todo, mut seen) = (Identifiers::default(), vec![ty], HashSet::new());
    while let Some(at) = todo.pop() {
        if !seen.insert(at) {
            continue;
        }
        let Some(simple) = side.simple(at) else { continue };
        match kind(side, at) {
            Builtin::Id => found.id = true,
            Builtin::Idref => found.idref = true,
            Builtin::Entity => found.entity = true,
            _ => {}
        }
        match &simple.variety {
            Variety::List(item) => todo.push(*item),
            Variety::Union(members) => todo.extend(members),
            Variety::Atomic(_) | Variety::Ur => {}
        }
    }
    found
}

/// Returns the nearest built-in type.
fn kind(side: &Side<'_>, ty: TypeId) -> Builtin {
    side.literals.chain(ty).find_map(|(_, step)| step.builtin).unwrap_or(Builtin::AnySimpleType)
}

fn variety<'m>(side: &Side<'m>, ty: TypeId) -> &'m Variety {
    side.simple(ty).map_or(&Variety::Ur, |simple| &simple.variety)
}

/// The results of comparisons, and the properties of both models that affect them.
#[derive(Debug)]
pub(super) struct Known {
    results: RefCell<HashMap<(TypeId, TypeId), Compared>>,
    pairs: Pairs,
    /// Whether A has identifiers.
    has_identifiers: bool,
    /// Whether B has references to identifiers.
    has_references: bool,
    /// The name of an identity constraint of B, which compares values.
    constraint: Option<String>,
}

impl Known {
    pub(super) fn new(a: &Side<'_>, b: &Side<'_>) -> Self {
        let constraint = b.model.elements.iter().flat_map(|it| &it.identity).next().map(|it| it.name.local.clone());
        let has_identifiers = used(a).into_iter().any(|ty| identifiers(a, ty).id);
        let has_references = used(b).into_iter().any(|ty| identifiers(b, ty).idref);
        Known { results: RefCell::default(), pairs: Pairs::default(), has_identifiers, has_references, constraint }
    }

    /// Returns why B may miss a value of A that it does not validate with a simple type: a reference may refer to it, or an identity constraint
    /// select it.
    pub(super) fn missed(&self, a: &Side<'_>, ty: TypeId) -> Option<Reason> {
        let identifier = (self.has_references && identifiers(a, ty).id).then(|| Reason::Identifiers(a.model.type_label(ty)));
        identifier.or_else(|| self.constraint.clone().map(Reason::IdentityConstraint))
    }

    /// Returns why B may miss something in an element that it does not validate.
    pub(super) fn skipped(&self, name: impl FnOnce() -> String) -> Option<Reason> {
        let identifiers = (self.has_references && self.has_identifiers).then(|| Reason::Identifiers(name()));
        identifiers.or_else(|| self.constraint.clone().map(Reason::IdentityConstraint))
    }

    /// Compares two sets of literals.
    pub(super) fn compare<'m>(&self, a: &Side<'m>, la: Literals<'m>, b: &Side<'m>, lb: Literals<'m>) -> Compared {
        let is_plain = |literals: Literals<'m>| literals.fixed.is_none() && !literals.empty;
        if !is_plain(la) || !is_plain(lb) {
            return self.compare_sets(a, la, b, lb);
        }
        if let Some(known) = self.results.borrow().get(&(la.ty, lb.ty)) {
            return known.clone();
        }
        let compared = self.compare_sets(a, la, b, lb);
        self.results.borrow_mut().insert((la.ty, lb.ty), compared.clone());
        compared
    }

    fn compare_sets<'m>(&self, a: &Side<'m>, la: Literals<'m>, b: &Side<'m>, lb: Literals<'m>) -> Compared {
        let (has, wants) = (identifiers(a, la.ty), identifiers(b, lb.ty));
        let added = (wants.id && !has.id) || (wants.idref && !has.idref) || (wants.entity && !has.entity);
        // A reference in B may refer to an identifier that is one in A only.
        let removed = has.id && !wants.id && self.has_references;
        let proof = Proof { a, b, pairs: &self.pairs };
        match proof.compare(la, lb) {
            Compared::Included if added || removed => Compared::Unknown(Reason::Identifiers(a.model.type_label(la.ty))),
            // The literal may refer to nothing, so that it is not valid in A.
            Compared::Differs(_) if has.idref || has.entity => Compared::Unknown(Reason::Identifiers(a.model.type_label(la.ty))),
            // Values that differ in A may be equal in B.
            Compared::Included => match self.constraint.as_ref().filter(|_| !proof.same_equality(la.ty, lb.ty)) {
                Some(name) => Compared::Unknown(Reason::IdentityConstraint(name.clone())),
                None => Compared::Included,
            },
            compared => compared,
        }
    }
}

/// An identifier that a generated document does not have.
const OWN_ID: &str = "id0";

/// Returns the types of all elements and attributes, and of simple contents.
fn used(side: &Side<'_>) -> HashSet<TypeId> {
    let declared = side.model.elements.iter().map(|it| it.ty).chain(side.model.attributes.iter().map(|it| it.ty));
    declared.chain(side.simple_contents()).collect()
}

/// Returns a literal of a set, if one is found.
pub(super) fn example<'m>(side: &Side<'m>, literals: Literals<'m>, name: &str) -> Option<String> {
    match literals.fixed {
        Some(fixed) => Some(spelled(side.model, literals.ty, &fixed.text, &fixed.prefixes)),
        // The other identifiers of the document are numbered from 1.
        None if identifiers(side, literals.ty).id && value(side, literals.ty, OWN_ID).is_some() => Some(OWN_ID.to_owned()),
        None => literal(side.model, literals.ty, name),
    }
}

/// The finite set of values of a type.
struct Finite {
    /// At least one literal of each value.
    literals: Vec<String>,
    /// Whether these are all literals, except for white space that is collapsed.
    is_complete: bool,
}

/// Proves inclusions of sets of literals of two models.
struct Proof<'s, 'm> {
    a: &'s Side<'m>,
    b: &'s Side<'m>,
    pairs: &'s Pairs,
}

/// What is known of pairs of types of both models. Unions share member types, so that each pair is compared once, and not once for each path to it.
#[derive(Debug, Default)]
struct Pairs {
    same: RefCell<HashMap<(TypeId, TypeId), bool>>,
    implied: RefCell<HashMap<(TypeId, TypeId), bool>>,
}

/// Returns what is known of a pair, or finds it out.
fn once(known: &RefCell<HashMap<(TypeId, TypeId), bool>>, pair: (TypeId, TypeId), find: impl FnOnce() -> bool) -> bool {
    let found = known.borrow().get(&pair).copied();
    found.unwrap_or_else(|| {
        let found = find();
        known.borrow_mut().insert(pair, found);
        found
    })
}

impl<'m> Proof<'_, 'm> {
    /// Compares two sets of literals.
    fn compare(&self, la: Literals<'m>, lb: Literals<'m>) -> Compared {
        let Proof { a, b, .. } = self;
        if self.included(la, lb) && (!la.empty || lb.contains(b, "")) {
            return Compared::Included;
        }
        let finite = self.values(la.ty, la.fixed);
        let proposed = finite.iter().flat_map(|values| &values.literals).cloned();
        let is_witness = |text: &String| {
            let is_independent = la.is_independent_of_prefixes(a, text) && lb.is_independent_of_prefixes(b, text);
            is_independent && la.contains(a, text) && !lb.contains(b, text)
        };
        let found = proposed.chain(candidates::candidates(self, la, lb)).filter(is_witness);
        // White space around a literal tells least about a type.
        match found.min_by_key(|text| (text.trim_ascii() != text, text.chars().count(), text.clone())) {
            Some(text) => Compared::Differs(text),
            None => Compared::Unknown(Reason::Values { a: a.model.type_label(la.ty), b: b.model.type_label(lb.ty) }),
        }
    }

    /// Returns whether an inclusion is proven.
    fn included(&self, la: Literals<'m>, lb: Literals<'m>) -> bool {
        let same_fixed = match (la.fixed, lb.fixed) {
            (_, None) => true,
            // The type being the same, one literal tells whether the values are equal.
            (Some(a), Some(_)) => {
                self.same(la.ty, lb.ty, DEEPEST) && lb.contains(self.b, &spelled(self.a.model, la.ty, &a.text, &a.prefixes))
            }
            (None, Some(_)) => false,
        };
        same_fixed && self.implies(la.ty, lb.ty, DEEPEST) || self.all_values(la, lb)
    }

    /// Returns whether all literals of A are literals of B because A has a finite number of values, all of which B admits.
    fn all_values(&self, la: Literals<'m>, lb: Literals<'m>) -> bool {
        let Some(finite) = self.values(la.ty, la.fixed) else { return false };
        let all = finite.literals.iter().all(|text| lb.contains(self.b, text));
        finite.literals.is_empty()
            || all && (finite.is_complete && self.white_space_agrees(la.ty, lb.ty) || self.literals_of_values_agree(la.ty, lb.ty, DEEPEST))
    }

    /// Returns whether a text has the same value in B whether or not its white space is first normalized as A does it.
    fn white_space_agrees(&self, a: TypeId, b: TypeId) -> bool {
        let (most, least) = (white_spaces(self.a, a).into_iter().max(), white_spaces(self.b, b).into_iter().min());
        most.zip(least).is_some_and(|(most, least)| least >= most)
    }

    /// Returns whether every literal of a value is valid in B if one literal of the value is: the literals of a value of A have one value in B, and
    /// both types have the same literals apart from their bounds, lengths and enumerations, which concern values.
    fn literals_of_values_agree(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let plain = self.b.literals.chain(b).all(|(_, step)| step.facets.patterns.is_empty());
        plain
            && self.white_space_agrees(a, b)
            && match (variety(self.a, a), variety(self.b, b)) {
                (Variety::Atomic(_), Variety::Atomic(_)) => {
                    facets::lexically_included(kind(self.a, a), kind(self.b, b)) && self.keeps_equality(a, b)
                }
                (Variety::List(a), Variety::List(b)) => self.literals_of_values_agree(*a, *b, depth),
                _ => false,
            }
    }

    /// Returns the values of a type, or the only value of a fixed one, if their number is small.
    fn values(&self, ty: TypeId, fixed: Option<&Literal>) -> Option<Finite> {
        let is_value = |text: &String| value(self.a, ty, text).is_some();
        if let Some(fixed) = fixed {
            // `xsi:type` may name a type that does not admit the value.
            let admitted = Some(spelled(self.a.model, ty, &fixed.text, &fixed.prefixes)).filter(is_value);
            return Some(Finite { literals: admitted.into_iter().collect(), is_complete: self.is_text(ty) });
        }
        let (mut literals, mut is_complete, mut seen, mut todo) = (Vec::new(), true, HashSet::new(), vec![ty]);
        while let Some(at) = todo.pop() {
            if !seen.insert(at) {
                continue;
            }
            let listed = self.a.literals.chain(at).find(|(_, step)| !step.facets.enumeration.is_empty());
            if let Some((_, step)) = listed.filter(|(_, step)| step.facets.enumeration.len() <= MOST_VALUES) {
                literals.extend(step.facets.enumeration.iter().map(|facet| spelled(self.a.model, at, &facet.value, &facet.prefixes)));
                is_complete &= self.is_text(at);
                continue;
            }
            match &self.a.simple(at)?.variety {
                Variety::Union(members) => todo.extend(members.iter().rev()),
                Variety::Atomic(Builtin::Boolean) => literals.extend(["true", "false", "1", "0"].map(str::to_owned)),
                Variety::Atomic(_) => {
                    literals.extend(facets::range(self.a, at)?);
                    is_complete = false;
                }
                Variety::Ur | Variety::List(_) => return None,
            }
        }
        let mut known = HashSet::new();
        literals.retain(|text| is_value(text) && known.insert(text.clone()));
        is_complete &= literals.len() <= MOST_VALUES;
        Some(Finite { literals, is_complete })
    }

    /// Returns whether each value of a type of A has one literal only, after white space is normalized.
    fn is_text(&self, ty: TypeId) -> bool {
        match variety(self.a, ty) {
            Variety::Atomic(Builtin::String | Builtin::AnyUri) | Variety::Ur => true,
            Variety::Atomic(_) => false,
            Variety::List(item) => self.is_text(*item),
            Variety::Union(members) => {
                members.iter().all(|member| matches!(variety(self.a, *member), Variety::Atomic(_)) && self.is_text(*member))
            }
        }
    }

    /// Returns whether every literal of A is a literal of B.
    fn implies(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        once(&self.pairs.implied, (a, b), || self.implies_anew(a, b, depth))
    }

    fn implies_anew(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let (Some(own), Some(other)) = (self.a.simple(a), self.b.simple(b)) else { return false };
        if self.admits_everything(b) || self.restricts(a, b, depth) {
            return true;
        }
        if let Variety::Union(members) = &own.variety
            && members.iter().all(|member| self.implies(*member, b, depth))
        {
            return true;
        }
        match (&own.variety, &other.variety) {
            (_, Variety::Union(members)) => {
                let bare = self.b.literals.chain(b).all(|(_, step)| step.facets.patterns.is_empty() && step.facets.enumeration.is_empty());
                bare && members.iter().any(|member| self.implies(a, *member, depth))
            }
            (Variety::List(item), Variety::List(other)) => self.implies(*item, *other, depth) && self.facets_imply(a, b),
            (Variety::Atomic(_), Variety::Atomic(_)) => {
                let literals = facets::lexically_included(kind(self.a, a), kind(self.b, b)) || self.patterns_imply_kind(a, b);
                literals && self.facets_imply(a, b)
            }
            _ => false,
        }
    }

    /// Returns whether B admits every text.
    fn admits_everything(&self, b: TypeId) -> bool {
        let is_text = matches!(kind(self.b, b), Builtin::AnySimpleType | Builtin::String | Builtin::NormalizedString | Builtin::Token);
        let simple = matches!(variety(self.b, b), Variety::Ur | Variety::Atomic(_));
        is_text && simple && self.b.literals.chain(b).all(|(_, step)| is_bare(step))
    }

    /// Returns whether A is, or is derived by restriction from, a type that is the same as B.
    fn restricts(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        let base = self.a.literals.chain(a).find(|(id, _)| self.same(*id, b, depth));
        // A pattern is tested after white space is normalized, so that more normalization in the restriction can make it match.
        base.is_some_and(|(id, _)| id == a || self.a.literals.white_space(a) == self.b.literals.white_space(b))
    }

    /// Returns whether two types are defined in the same way.
    fn same(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        once(&self.pairs.same, (a, b), || self.same_anew(a, b, depth))
    }

    fn same_anew(&self, a: TypeId, b: TypeId, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let (Some(own), Some(other)) = (self.a.simple(a), self.b.simple(b)) else { return false };
        if own.builtin.is_some() || other.builtin.is_some() {
            return own.builtin == other.builtin;
        }
        let varieties = match (&own.variety, &other.variety) {
            (Variety::List(a), Variety::List(b)) => self.same(*a, *b, depth),
            (Variety::Union(a), Variety::Union(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(*a, *b, depth)),
            (a, b) => a == b,
        };
        let bases = match (own.base, other.base) {
            (Some(a), Some(b)) => self.same(a, b, depth),
            (a, b) => a.is_none() && b.is_none(),
        };
        varieties && bases && facets::same(&own.facets, &other.facets)
    }
}

/// Returns whether a derivation step has no facets other than `whiteSpace`.
fn is_bare(step: &SimpleType) -> bool {
    facets::same_but_white_space(&step.facets, &crate::model::Facets::default())
}

/// Returns how the members of a type, or the type itself, normalize white space.
fn white_spaces(side: &Side<'_>, ty: TypeId) -> Vec<WhiteSpace> {
    members(side, ty).into_iter().map(|member| side.literals.white_space(member)).collect()
}

/// Returns the members of a union that are not unions themselves, each once and in order; of another type, the type itself.
fn members(side: &Side<'_>, ty: TypeId) -> Vec<TypeId> {
    let (mut out, mut seen, mut todo) = (Vec::new(), HashSet::new(), vec![ty]);
    while let Some(at) = todo.pop() {
        match variety(side, at) {
            _ if !seen.insert(at) => {}
            Variety::Union(members) => todo.extend(members.iter().rev()),
            _ => out.push(at),
        }
    }
    out
}
