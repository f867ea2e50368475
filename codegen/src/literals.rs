//! Converts a literal of a simple type to its value, or explains why it is not valid (Part 2, section 4.1.4: Datatype Valid). The facets themselves
//! are checked in `checks`.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::datatypes::decimal::Decimal;
use crate::datatypes::facet::{self, Comparison, FacetKind, Measure, WhiteSpace};
use crate::datatypes::{Regex, Value, value};
use crate::model::{Builtin, Facet, Model, Prefixes, SimpleType, Type, TypeId, Variety};

/// The literals of the simple types of a model, with a cache of the facets of derivation steps in a form that is ready for tests.
#[derive(Debug)]
pub(crate) struct Literals<'m> {
    model: &'m Model,
    steps: RefCell<HashMap<TypeId, Rc<Step>>>,
    /// The numbers of the namespaces: those of the model, and those that occur only in literals, numbered downwards from the largest number.
    namespaces: RefCell<HashMap<String, u32>>,
}

#[derive(Debug, Default)]
struct Step {
    patterns: Vec<Regex>,
    /// The keys of the values of the enumeration.
    enumeration: HashSet<String>,
    bounds: Vec<(Comparison, Value)>,
}

/// The maximum number of types that one literal is tried against, because nested unions could require exponentially many.
const FUEL: u32 = 20_000;

impl<'m> Literals<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        let namespaces = model.namespaces.iter().zip(0_u32..).map(|(namespace, number)| (namespace.uri.clone(), number)).collect();
        Literals { model, steps: RefCell::default(), namespaces: RefCell::new(namespaces) }
    }

    fn simple(&self, id: TypeId) -> Option<&'m SimpleType> {
        match self.model.types.get(id.index()) {
            Some(Type::Simple(simple)) => Some(simple),
            _ => None,
        }
    }

    /// Returns the type and its bases up to `xs:anySimpleType`.
    pub(crate) fn chain(&self, id: TypeId) -> impl Iterator<Item = (TypeId, &'m SimpleType)> + use<'m> {
        let first = self.simple(id).map(|s| (id, s));
        let model = self.model;
        std::iter::successors(first, move |(_, s)| {
            let base = s.base?;
            match model.types.get(base.index()) {
                Some(Type::Simple(simple)) => Some((base, simple)),
                _ => None,
            }
        })
    }

    /// Returns the effective `whiteSpace` of a type.
    pub(crate) fn white_space(&self, id: TypeId) -> WhiteSpace {
        match self.simple(id).map(|s| &s.variety) {
            Some(Variety::List(_)) => WhiteSpace::Collapse,
            _ => {
                let found = self.chain(id).find_map(|(_, s)| s.facets.get(FacetKind::WhiteSpace));
                // An invalid value has already been reported.
                found.map_or(WhiteSpace::Preserve, |f| WhiteSpace::from_name(&f.value).unwrap_or(WhiteSpace::Collapse))
            }
        }
    }

    /// Returns the value of a literal, or the reason why it is not valid for the type.
    pub(crate) fn value(&self, id: TypeId, text: &str, prefixes: &Prefixes) -> Result<Value, String> {
        let fuel = Cell::new(FUEL);
        self.value_in(id, text, prefixes, &fuel)
    }

    fn value_in(&self, id: TypeId, text: &str, prefixes: &Prefixes, fuel: &Cell<u32>) -> Result<Value, String> {
        let Some(simple) = self.simple(id) else { return Ok(Value::Text(text.to_owned())) };
        let Some(left) = fuel.get().checked_sub(1) else { return Ok(Value::Text(text.to_owned())) };
        fuel.set(left);
        let normal = self.white_space(id).normalize(text);
        let value = match &simple.variety {
            Variety::Ur => Value::Text(normal.clone()),
            Variety::Atomic(_) => self.atomic(id, &normal, prefixes)?,
            Variety::List(item) => {
                let items = normal.split(' ').filter(|t| !t.is_empty());
                Value::List(items.map(|t| self.value_in(*item, t, prefixes, fuel)).collect::<Result<_, _>>()?)
            }
            Variety::Union(members) => {
                let found = members.iter().find_map(|m| self.value_in(*m, text, prefixes, fuel).ok());
                found.ok_or_else(|| format!("`{text}` is in none of the member types of the union"))?
            }
        };
        let steps: Vec<_> = self.chain(id).collect();
        for (step, facets) in steps {
            self.facets_admit(step, facets, &normal, &value)?;
        }
        Ok(value)
    }

    fn atomic(&self, id: TypeId, text: &str, prefixes: &Prefixes) -> Result<Value, String> {
        let builtin = self.chain(id).find_map(|(_, s)| s.builtin).unwrap_or(Builtin::AnySimpleType);
        let resolve = |prefix: &str| prefixes.get(prefix).map(|uri| self.namespace_number(uri));
        // The facets of the built-in types in the chain are checked together with all others.
        let name = crate::datatypes::builtin::name(builtin);
        let value = value::parse(builtin, text, &resolve).ok_or_else(|| format!("`{text}` is not of the type `xs:{name}`"))?;
        if let (Builtin::Notation, Value::QName(namespace, local)) = (builtin, &value) {
            let known = self.model.notations.iter().any(|n| n.name.namespace.0 == *namespace && n.name.local == *local);
            if !known {
                return Err(format!("there is no notation `{text}`"));
            }
        }
        Ok(value)
    }

    /// Returns the number of a namespace, and assigns one if the schema set does not contain the namespace.
    fn namespace_number(&self, uri: &str) -> u32 {
        let mut known = self.namespaces.borrow_mut();
        if let Some(number) = known.get(uri) {
            return *number;
        }
        let number = u32::MAX - u32::try_from(known.len()).unwrap_or_default();
        known.insert(uri.to_owned(), number);
        number
    }

    /// Checks a literal and its value against the facets of one step.
    fn facets_admit(&self, id: TypeId, simple: &SimpleType, text: &str, value: &Value) -> Result<(), String> {
        let step = self.step(id, simple);
        if !step.patterns.is_empty() && !step.patterns.iter().any(|p| p.matches(text)) {
            return Err(format!("`{text}` does not match the pattern of `{}`", self.model.type_label(id)));
        }
        if !simple.facets.enumeration.is_empty() && !step.enumeration.contains(&value.key()) {
            return Err(format!("`{text}` is not among the enumeration values of `{}`", self.model.type_label(id)));
        }
        for (comparison, limit) in &step.bounds {
            if value.compare(limit).is_none_or(|order| !comparison.admits(order)) {
                return Err(format!("`{text}` is out of the range of `{}`", self.model.type_label(id)));
            }
        }
        self.counts_admit(id, simple, text)
    }

    fn counts_admit(&self, id: TypeId, simple: &SimpleType, text: &str) -> Result<(), String> {
        let Some(variety) = variety(&simple.variety) else { return Ok(()) };
        for (_, measure, comparison, facet) in simple.facets.counts().filter(|(kind, ..)| kind.applies_to(variety)) {
            let (Some(limit), Some(count)) = (facet.value.trim_start_matches('+').parse().ok(), measure.of(variety, text)) else {
                continue;
            };
            if comparison.admits(count.cmp(&limit)) {
                continue;
            }
            let label = self.model.type_label(id);
            return Err(match measure {
                Measure::Length => format!("the length {count} of `{text}` is not allowed by `{label}`"),
                _ => format!("`{text}` has more digits than `{label}` allows"),
            });
        }
        Ok(())
    }

    /// Returns the facets of a step, which are prepared on first use.
    fn step(&self, id: TypeId, simple: &SimpleType) -> Rc<Step> {
        if let Some(known) = self.steps.borrow().get(&id) {
            return known.clone();
        }
        let facets = &simple.facets;
        let base = simple.base.unwrap_or(id);
        let mut step = Step::default();
        step.patterns.extend(facets.patterns.iter().filter_map(|p| Regex::new(&p.value).ok()));
        // An enumeration value that is not a value of the base is reported elsewhere.
        for facet in &facets.enumeration {
            step.enumeration.extend(self.enumerated(base, facet).map(|value| value.key()));
        }
        for (_, comparison, facet) in facets.bounds() {
            step.bounds.extend(self.bound_value(id, facet).map(|value| (comparison, value)));
        }
        let step = Rc::new(step);
        self.steps.borrow_mut().insert(id, step.clone());
        step
    }

    /// Returns the value of an enumeration facet in the base type.
    pub(crate) fn enumerated(&self, base: TypeId, facet: &Facet) -> Result<Value, String> {
        self.value(base, &facet.value, &facet.prefixes)
    }

    /// Returns the value of a bound in the primitive type, because an exclusive bound need not be a value of the base.
    pub(crate) fn bound_value(&self, id: TypeId, facet: &Facet) -> Option<Value> {
        match self.simple(id).map(|s| &s.variety) {
            Some(Variety::Atomic(primitive)) => value::parse(*primitive, &facet.value, &|_| None),
            _ => None,
        }
    }
}

/// Returns the variety by which facets apply, or `None` if the base is unknown or has already been reported.
pub(crate) fn variety(variety: &Variety) -> Option<facet::Variety> {
    match variety {
        Variety::Ur => None,
        Variety::List(_) => Some(facet::Variety::List),
        Variety::Union(_) => Some(facet::Variety::Union),
        Variety::Atomic(primitive) => Some(facet::Variety::Atomic(*primitive)),
    }
}

/// Returns the number in a facet.
pub(crate) fn number(facet: &Facet) -> Option<Decimal<'_>> {
    Decimal::parse(&facet.value)
}
