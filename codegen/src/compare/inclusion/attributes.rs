//! Compares the attributes that two types admit.

use std::collections::BTreeMap;

use super::Reason;
use super::identity::Fields;
use super::side::{NameId, Names, Side};
use super::simple::{self, Compared, Known, Literals};
use crate::diagnostic::Span;
use crate::model::{AttributeUse, NamespaceId, ProcessContents, QName, TypeId, ValueConstraint, Wildcard};

/// An attribute that A admits or omits, and B does not.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Failure {
    /// The name is not admitted. The value is valid in A.
    Name(NameId, String),
    /// The value is not admitted.
    Value(NameId, String),
    /// The absence is not admitted.
    Missing(NameId),
}

/// The attribute uses of a type by their names, and its wildcard.
struct Attributes<'m> {
    uses: BTreeMap<NameId, &'m AttributeUse>,
    wildcard: Option<&'m Wildcard>,
}

impl<'m> Attributes<'m> {
    fn of(side: &Side<'m>, ty: TypeId) -> Self {
        let complex = side.complex(ty);
        let uses = complex.into_iter().flat_map(|ty| &ty.attributes).map(|used| (side.attribute_name(used.attribute), used)).collect();
        Attributes { uses, wildcard: complex.and_then(|ty| ty.any_attribute.as_ref()) }
    }
}

/// The values that a type admits for an attribute.
#[derive(Debug, Clone, Copy)]
enum Values<'m> {
    Of(Literals<'m>),
    /// Any text.
    All,
}

/// Compares the attributes of two types.
pub(super) struct Comparison<'s, 'm> {
    pub(super) a: &'s Side<'m>,
    pub(super) b: &'s Side<'m>,
    pub(super) names: &'s Names,
    pub(super) known: &'s Known,
    pub(super) fields: &'s Fields,
    /// Whether B is the model of a tolerant reader, for which an empty value counts as absent.
    pub(super) is_tolerant: bool,
    pub(super) failures: Vec<Failure>,
    pub(super) reasons: Vec<Reason>,
}

impl<'m> Comparison<'_, 'm> {
    pub(super) fn types(&mut self, a: TypeId, b: TypeId) {
        let (own, other) = (Attributes::of(self.a, a), Attributes::of(self.b, b));
        for (name, used) in &other.uses {
            let required_in_a = own.uses.get(name).is_some_and(|used| used.required);
            if used.required && !required_in_a {
                self.failures.push(Failure::Missing(*name));
            }
        }
        for (name, used) in &other.uses {
            let value = |side: &Side<'m>, used: Option<&&'m AttributeUse>| constraint(side, used?);
            let Some(declared) = self.b.model.attributes.get(used.attribute.index()) else { continue };
            let (before, after) = (value(self.a, own.uses.get(name)), value(self.b, Some(used)));
            self.reasons.extend(self.fields.changed_attribute(&declared.name, before, after).map(Reason::IdentityConstraint));
        }
        for (name, used) in &own.uses {
            if let Some(values) = of_use(self.a, used) {
                self.name(*name, Values::Of(values), &other);
            }
        }
        if let Some(wildcard) = own.wildcard {
            self.wildcard(wildcard, &own, &other);
        }
    }

    /// Compares the values that A admits for a name with those of B.
    fn name(&mut self, name: NameId, a: Values<'m>, b: &Attributes<'m>) {
        let Some(values) = self.admitted(name, b) else {
            match self.example(name, a) {
                Some(text) => self.failures.push(Failure::Name(name, text)),
                None => {
                    self.reasons.push(Reason::Witness(format!("no value of the attribute `{}` was found", self.names.name(name).local)))
                }
            }
            return;
        };
        let (other, own) = match (values, a) {
            (Values::Of(other), own) => (other, own),
            (Values::All, Values::Of(own)) => return self.reasons.extend(self.known.missed(self.a, own.ty)),
            (Values::All, Values::All) => return,
        };
        let other = Literals { empty: self.is_tolerant, ..other };
        let own = match own {
            Values::Of(own) => own,
            Values::All => Literals::of(crate::resolve::builtin_id(crate::model::Builtin::String)),
        };
        match self.known.compare(self.a, own, self.b, other) {
            Compared::Included => {}
            Compared::Differs(text) => self.failures.push(Failure::Value(name, text)),
            Compared::Unknown(reason) => self.reasons.push(reason),
        }
    }

    /// Returns the values that B admits for a name, if it admits the name.
    fn admitted(&self, name: NameId, b: &Attributes<'m>) -> Option<Values<'m>> {
        if let Some(used) = b.uses.get(&name) {
            return of_use(self.b, used).map(Values::Of);
        }
        let wildcard = b.wildcard.filter(|wildcard| self.b.admits(wildcard, self.names.namespace_of(name)))?;
        global(self.b, wildcard.process, name)
    }

    fn example(&self, name: NameId, values: Values<'m>) -> Option<String> {
        match values {
            Values::Of(literals) => simple::example(self.a, literals, &self.names.name(name).local),
            Values::All => Some(String::new()),
        }
    }

    /// Compares the attributes that only the wildcard of A admits.
    fn wildcard(&mut self, wildcard: &Wildcard, a: &Attributes<'m>, b: &Attributes<'m>) {
        let declared: Vec<NameId> = self.a.attributes.keys().chain(self.b.attributes.keys()).chain(b.uses.keys()).copied().collect();
        let admitted = |name: &NameId| !a.uses.contains_key(name) && self.a.admits(wildcard, self.names.namespace_of(*name));
        for name in declared.into_iter().filter(admitted).collect::<std::collections::BTreeSet<_>>() {
            if let Some(values) = global(self.a, wildcard.process, name) {
                self.name(name, values, b);
            }
        }
        // The names that no declaration has are admitted by `lax` and `skip`.
        let admits = |id: &NamespaceId| self.a.admits(wildcard, *id);
        let fresh = self.names.namespaces().into_iter().rev().filter(|id| wildcard.process != ProcessContents::Strict && admits(id));
        let wider =
            |id: &NamespaceId| b.wildcard.is_none_or(|other| other.process == ProcessContents::Strict || !self.b.admits(other, *id));
        if let Some(namespace) = fresh.into_iter().find(wider)
            && let Some(name) = self.fresh(namespace)
        {
            self.failures.push(Failure::Name(name, String::new()));
        }
    }

    /// Returns a name of a namespace that no attribute has.
    fn fresh(&self, namespace: NamespaceId) -> Option<NameId> {
        self.names.fresh(namespace, |name| !self.a.attributes.contains_key(&name) && !self.b.attributes.contains_key(&name))
    }
}

/// Returns the value constraint of an attribute use, or of its declaration.
fn constraint<'m>(side: &Side<'m>, used: &'m AttributeUse) -> Option<&'m ValueConstraint> {
    used.value.as_ref().or_else(|| side.model.attributes.get(used.attribute.index())?.value.as_ref())
}

/// Returns the values that an attribute use admits; `None` if the declaration is missing.
fn of_use<'m>(side: &Side<'m>, used: &'m AttributeUse) -> Option<Literals<'m>> {
    let declared = side.model.attributes.get(used.attribute.index())?;
    let fixed = match constraint(side, used) {
        Some(ValueConstraint::Fixed(fixed)) => Some(fixed),
        _ => None,
    };
    Some(Literals { fixed, ..Literals::of(declared.ty) })
}

/// Returns the values that a wildcard admits for a name, if it admits the name.
fn global<'m>(side: &Side<'m>, process: ProcessContents, name: NameId) -> Option<Values<'m>> {
    let declared = side.attributes.get(&name).and_then(|id| side.model.attributes.get(id.index()));
    let values = declared.map(|declared| {
        let fixed = match &declared.value {
            Some(ValueConstraint::Fixed(fixed)) => Some(fixed),
            _ => None,
        };
        Values::Of(Literals { fixed, ..Literals::of(declared.ty) })
    });
    match process {
        ProcessContents::Strict => values,
        ProcessContents::Lax => Some(values.unwrap_or(Values::All)),
        ProcessContents::Skip => Some(Values::All),
    }
}

/// Returns whether attributes are valid under a type, given as names with their values.
pub(super) fn are_valid(side: &Side<'_>, names: &Names, ty: TypeId, attributes: &[(QName, String)]) -> bool {
    let own = Attributes::of(side, ty);
    let admits = |(name, value): &(QName, String)| {
        let id = names.find(name);
        if let Some(used) = id.and_then(|id| own.uses.get(&id)) {
            return of_use(side, used).is_some_and(|literals| literals.contains(side, value));
        }
        let Some(wildcard) = own.wildcard.filter(|wildcard| side.admits(wildcard, name.namespace)) else { return false };
        let values = id.map_or_else(|| undeclared(wildcard.process), |id| global(side, wildcard.process, id));
        match values {
            Some(Values::Of(literals)) => literals.contains(side, value),
            Some(Values::All) => true,
            None => false,
        }
    };
    let present = |name: &NameId| attributes.iter().any(|(own, _)| names.find(own) == Some(*name));
    attributes.iter().all(admits) && own.uses.iter().all(|(name, used)| !used.required || present(name))
}

/// Returns whether a tolerant reader keeps the values of all attributes that a type names.
pub(super) fn are_tolerated(side: &Side<'_>, names: &Names, ty: TypeId, attributes: &[(QName, String)]) -> bool {
    let own = Attributes::of(side, ty);
    attributes.iter().all(|(name, value)| {
        let literals = names.find(name).and_then(|name| own.uses.get(&name)).and_then(|used| of_use(side, used));
        value.is_empty() || literals.is_none_or(|literals| literals.contains(side, value))
    })
}

fn undeclared<'m>(process: ProcessContents) -> Option<Values<'m>> {
    (process != ProcessContents::Strict).then_some(Values::All)
}

/// Returns the place of the attribute use of a name in a type.
pub(super) fn span(side: &Side<'_>, ty: TypeId, name: NameId) -> Option<Span> {
    Attributes::of(side, ty).uses.get(&name).map(|used| used.span.clone())
}
