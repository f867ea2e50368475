//! Takes out of a model what breaks a rule and what later stages could not use: values that their types do not have or that have no effect, facets that
//! cannot be checked, identity constraints that are not complete, and second attributes of a name.

use std::collections::{HashMap, HashSet};

use crate::datatypes::FacetKind;
use crate::diagnostic::{Diagnostic, Span};
use crate::literals::Literals;
use crate::model::{
    AttributeUse, ComplexType, Content, Element, ElementId, Facet, IdentityConstraint, IdentityKind, Model, QName, Scope, SimpleType, Term,
    Type, ValueConstraint,
};
use crate::resolve::ANY_TYPE;

/// Mends a model whose violations are allowed.
pub(super) fn mend(model: &mut Model, allowed: &[Diagnostic]) {
    let spans =
        |rules: &[&str]| -> HashSet<Span> { allowed.iter().filter(|d| rules.contains(&d.code.rule)).map(|d| d.span.clone()).collect() };
    values(model, &spans(&["a-props-correct", "e-props-correct"]));
    required(model, &spans(&["src-attribute"]));
    let (patterns, others) = (spans(&["src-pattern-value"]), spans(&["cos-applicable-facets"]));
    let widened = no_values(model, &spans(&["facet-valid-restriction"]));
    for ty in &mut model.types {
        if let Type::Simple(simple) = ty {
            facets(simple, &patterns, &others, &widened);
        }
    }
    if !spans(&["ct-props-correct", "ag-props-correct"]).is_empty() {
        attributes(model);
    }
    if !spans(&["cos-element-consistent"]).is_empty() {
        types(model);
    }
    constraints(model, &spans(&["c-props-correct"]));
}

/// Returns those of these places at which a bound is no value of its type, so that it cannot be checked.
fn no_values(model: &Model, spans: &HashSet<Span>) -> HashSet<Span> {
    if spans.is_empty() {
        return HashSet::new();
    }
    let literals = Literals::new(model);
    let steps = model.types.iter().filter_map(|ty| if let Type::Simple(simple) = ty { Some((simple.base?, simple)) } else { None });
    let bounds = steps.flat_map(|(base, simple)| simple.facets.bounds().map(move |(.., facet)| (base, facet)));
    let wrong = bounds.filter(|(base, facet)| literals.bound_value(*base, facet).is_none());
    wrong.map(|(_, facet)| facet.span.attribute_value("value")).filter(|span| spans.contains(span)).collect()
}

/// Gives the type `xs:anyType` to local elements of one name that a content model declares with different types. A global element keeps its type.
fn types(model: &mut Model) {
    let mut mixed: HashSet<ElementId> = HashSet::new();
    for ty in &model.types {
        let Type::Complex(ComplexType { content: Content::Elements(top) | Content::Mixed(top), .. }) = ty else { continue };
        let mut by_name: HashMap<&QName, Vec<ElementId>> = HashMap::new();
        let mut todo = vec![top];
        while let Some(particle) = todo.pop() {
            match &particle.term {
                Term::Group(group) => todo.extend(&group.particles),
                Term::Element(id) => {
                    if let Some(element) = model.elements.get(id.index()) {
                        by_name.entry(&element.name).or_default().push(*id);
                    }
                }
                Term::Any(_) => {}
            }
        }
        for ids in by_name.into_values() {
            let elements: Vec<&Element> = ids.iter().filter_map(|id| model.elements.get(id.index())).collect();
            let differ = elements.iter().any(|element| elements.first().is_some_and(|first| first.ty != element.ty));
            if differ && elements.iter().all(|element| element.scope != Scope::Global) {
                mixed.extend(ids);
            }
        }
    }
    for id in mixed {
        if let Some(element) = model.elements.get_mut(id.index()) {
            element.ty = ANY_TYPE;
            element.value = None;
        }
    }
}

/// Removes the values at these places.
fn values(model: &mut Model, spans: &HashSet<Span>) {
    if spans.is_empty() {
        return;
    }
    let mend = |value: &mut Option<ValueConstraint>, span: &Span| {
        // The place of such a problem is the value of the attribute.
        let place = span.attribute_value("fixed").attribute_value("default");
        if spans.contains(&place) {
            *value = None;
        }
    };
    model.elements.iter_mut().for_each(|element| mend(&mut element.value, &element.span));
    let places: Vec<Span> = model.attributes.iter().map(|attribute| attribute.span.clone()).collect();
    model.attributes.iter_mut().for_each(|attribute| mend(&mut attribute.value, &attribute.span));
    for usage in uses(model).flatten() {
        mend(&mut usage.value, &usage.span);
        // A use may have the value of its declaration.
        if let Some(place) = places.get(usage.attribute.index()) {
            mend(&mut usage.value, place);
        }
    }
}

/// Returns the attribute uses of each complex type and of each attribute group.
fn uses(model: &mut Model) -> impl Iterator<Item = &mut Vec<AttributeUse>> {
    fn of_type(ty: &mut Type) -> Option<&mut Vec<AttributeUse>> {
        if let Type::Complex(complex) = ty { Some(&mut complex.attributes) } else { None }
    }
    model.types.iter_mut().filter_map(of_type).chain(model.attribute_groups.iter_mut().map(|group| &mut group.attributes))
}

/// Removes the default values of the required attributes at these places.
fn required(model: &mut Model, spans: &HashSet<Span>) {
    let mend = |value: &mut Option<ValueConstraint>, span: &Span| {
        if spans.contains(&span.attribute_value("use")) {
            *value = value.take().filter(|value| matches!(value, ValueConstraint::Fixed(_)));
        }
    };
    model.attributes.iter_mut().for_each(|attribute| mend(&mut attribute.value, &attribute.span));
    uses(model).flatten().filter(|usage| usage.required).for_each(|usage| mend(&mut usage.value, &usage.span));
}

/// Removes the facets at these places, and all patterns of a step if one of them is wrong, because they are alternatives.
fn facets(simple: &mut SimpleType, patterns: &HashSet<Span>, others: &HashSet<Span>, widened: &HashSet<Span>) {
    let at_value = |facet: &Facet, spans: &HashSet<Span>| spans.contains(&facet.span.attribute_value("value"));
    if simple.facets.patterns.iter().any(|pattern| at_value(pattern, patterns)) {
        simple.facets.patterns.clear();
    }
    for kind in FacetKind::ALL {
        if simple.facets.get(*kind).is_some_and(|facet| others.contains(&facet.span) || at_value(facet, widened)) {
            simple.facets.remove(*kind);
        }
    }
}

/// Removes all attributes of a type or a group that have the name of an earlier one.
fn attributes(model: &mut Model) {
    let names: Vec<QName> = model.attributes.iter().map(|attribute| attribute.name.clone()).collect();
    for all in uses(model) {
        let mut seen = HashSet::new();
        all.retain(|usage: &AttributeUse| names.get(usage.attribute.index()).is_none_or(|name| seen.insert(name)));
    }
}

/// Removes the identity constraints at these places, those without a valid path, and those that refer to one that was removed.
fn constraints(model: &mut Model, spans: &HashSet<Span>) {
    let usable = |constraint: &IdentityConstraint| {
        let has_paths = !constraint.selector.is_empty() && constraint.fields.iter().all(|field| !field.is_empty());
        has_paths && !spans.contains(&constraint.span)
    };
    let retain = |elements: &mut [Element], keep: &dyn Fn(&IdentityConstraint) -> bool| {
        elements.iter_mut().for_each(|element| element.identity.retain(|constraint| keep(constraint)));
    };
    retain(&mut model.elements, &usable);
    let known: HashSet<QName> = model.elements.iter().flat_map(|element| element.identity.iter().map(|c| c.name.clone())).collect();
    retain(&mut model.elements, &|constraint| match &constraint.kind {
        IdentityKind::KeyRef(refer) => known.contains(refer),
        IdentityKind::Key | IdentityKind::Unique => true,
    });
}
