//! Describes what new types consist of: tables of elements and attributes, values of enumerations, and facets.

use std::collections::{BTreeSet, HashSet, VecDeque};

use super::side::{Side, each};
use super::types::{Contents, Occurrence, Row, RowName, Table, TypeText, Value};
use crate::model::{
    AttributeId, AttributeUse, Content, ElementId, SimpleType, Term, TypeId, ValueConstraint, Variety, Wildcard, WildcardNamespaces,
};
use crate::plan::{code, in_words};

/// The maximum number of tables for a component.
const TABLES: usize = 12;
/// The maximum number of rows in all tables of a component.
const ROWS: usize = 250;
/// The maximum number of values that a row names.
const VALUES: usize = 12;

/// What tables describe, so that a sample can show the same.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub(super) elements: BTreeSet<ElementId>,
    pub(super) attributes: BTreeSet<AttributeId>,
}

impl Described {
    pub(super) fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.attributes.is_empty()
    }
}

/// Returns the contents of a type. `expand` says which of the named types in it get a table too.
pub(super) fn contents(side: &Side<'_>, id: TypeId, expand: &impl Fn(TypeId) -> bool, described: &mut Described) -> Contents {
    match side.simple(id) {
        Some(ty) => simple_contents(side, id, ty),
        None => complex_contents(side, None, id, expand, described),
    }
}

/// Returns the contents of the anonymous type of an element, whose tables have titles that begin with the path of the element.
pub(super) fn contents_of(
    side: &Side<'_>,
    path: &str,
    id: TypeId,
    expand: &impl Fn(TypeId) -> bool,
    described: &mut Described,
) -> Contents {
    match side.simple(id) {
        Some(_) => Contents::default(),
        None => complex_contents(side, Some(path.to_owned()), id, expand, described),
    }
}

fn simple_contents(side: &Side<'_>, id: TypeId, ty: &SimpleType) -> Contents {
    let values = ty.facets.enumeration.iter().map(|facet| Value { value: facet.value.clone(), docs: facet.docs.clone() }).collect();
    let base = match (&ty.variety, ty.base) {
        (Variety::List(item), _) => TypeText { list: true, ..type_text(side, *item) },
        (_, Some(base)) => type_text(side, base),
        (_, None) => TypeText::default(),
    };
    let facets = side.facets_of_type(id).and_then(in_words);
    Contents { simple: Some(TypeText { facets, ..base }), values, ..Contents::default() }
}

/// Builds the tables level by level: a type comes before the types in it.
fn complex_contents(
    side: &Side<'_>,
    path: Option<String>,
    id: TypeId,
    expand: &impl Fn(TypeId) -> bool,
    described: &mut Described,
) -> Contents {
    let mut out = Contents::default();
    let mut seen = HashSet::from([id]);
    let mut open: VecDeque<(Option<String>, TypeId)> = VecDeque::from([(path, id)]);
    let mut rows = 0;
    while let Some((of, id)) = open.pop_front() {
        if out.tables.len() >= TABLES || rows >= ROWS {
            out.truncated = true;
            break;
        }
        let (table, within) = table(side, id, of.clone(), ROWS - rows, described);
        out.truncated |= table.rows.len() >= ROWS - rows;
        rows += table.rows.len();
        for (name, ty) in within {
            let unnamed = side.type_name(ty).is_none();
            if side.complex(ty).is_some() && (unnamed || expand(ty)) && !is_any(side, ty) && seen.insert(ty) {
                let path = of.as_ref().filter(|_| unnamed).map_or_else(|| name.clone(), |of| format!("{of}/{name}"));
                let title = side.type_name(ty).map_or(path, |name| side.name(name));
                open.push_back((Some(title), ty));
            }
        }
        if !table.rows.is_empty() || table.of.is_none() {
            out.tables.push(table);
        }
    }
    out
}

fn is_any(side: &Side<'_>, id: TypeId) -> bool {
    side.type_name(id).is_some_and(|name| side.uri(name.namespace) == crate::schema::XS)
}

/// Returns the table of a complex type, and the elements in it with their types.
fn table(side: &Side<'_>, id: TypeId, of: Option<String>, most: usize, described: &mut Described) -> (Table, Vec<(String, TypeId)>) {
    let (mut rows, mut within) = (Vec::new(), Vec::new());
    let Some(ty) = side.complex(id) else { return (Table { of, rows }, within) };
    for usage in &ty.attributes {
        described.attributes.insert(usage.attribute);
        rows.extend(attribute_row(side, usage));
    }
    rows.extend(ty.any_attribute.as_ref().map(|any| wildcard_row(side, any, Occurrence { min: 0, max: None, alternative: false })));
    match &ty.content {
        Content::Empty => {}
        Content::Simple(text) => rows.push(text_row(type_text(side, *text))),
        Content::Mixed(particle) | Content::Elements(particle) => {
            if matches!(ty.content, Content::Mixed(_)) {
                rows.push(text_row(TypeText { name: "xs:string".to_owned(), ..TypeText::default() }));
            }
            let mut seen = HashSet::new();
            each(particle, ONCE, &mut |term, occurs| match term {
                Term::Element(id) if rows.len() < most && seen.insert(*id) => {
                    described.elements.insert(*id);
                    rows.push(element_row(side, *id, occurs));
                    within.extend(side.element(*id).map(|element| (element.name.local.clone(), element.ty)));
                }
                Term::Any(any) if rows.len() < most => rows.push(wildcard_row(side, any, occurs)),
                _ => {}
            });
        }
    }
    rows.truncate(most);
    (Table { of, rows }, within)
}

const ONCE: Occurrence = Occurrence { min: 1, max: Some(1), alternative: false };

/// Returns the row of an element.
pub(super) fn element_row(side: &Side<'_>, id: ElementId, occurs: Occurrence) -> Row {
    let Some(element) = side.element(id) else { return text_row(TypeText::default()) };
    let facets = side.facets(id).and_then(in_words);
    Row {
        name: RowName::Name(element.name.local.clone()),
        ty: TypeText { facets, ..type_text(side, element.ty) },
        occurs,
        docs: if element.docs.is_empty() { docs_of_anonymous(side, element.ty) } else { element.docs.clone() },
        constraint: constraint(element.value.as_ref()),
        values: values(side, element.ty),
    }
}

/// Returns the row of an attribute.
pub(super) fn attribute_row(side: &Side<'_>, usage: &AttributeUse) -> Option<Row> {
    let attribute = side.model.attributes.get(usage.attribute.index())?;
    Some(Row {
        name: RowName::Name(format!("@{}", attribute.name.local)),
        ty: type_text(side, attribute.ty),
        occurs: Occurrence { min: u64::from(usage.required), ..ONCE },
        docs: if usage.docs.is_empty() { attribute.docs.clone() } else { usage.docs.clone() },
        constraint: constraint(usage.value.as_ref().or(attribute.value.as_ref())),
        values: values(side, attribute.ty),
    })
}

fn wildcard_row(side: &Side<'_>, any: &Wildcard, occurs: Occurrence) -> Row {
    let namespaces = match &any.namespaces {
        WildcardNamespaces::Any => "any namespace".to_owned(),
        WildcardNamespaces::Not(id) => format!("any namespace except {}", named(side.uri(*id))),
        WildcardNamespaces::OneOf(ids) => ids.iter().map(|id| named(side.uri(*id))).collect::<Vec<_>>().join(", "),
    };
    Row { name: RowName::Any(namespaces), occurs, docs: any.docs.clone(), ..text_row(TypeText::default()) }
}

fn named(uri: &str) -> String {
    if uri.is_empty() { "no namespace".to_owned() } else { code(uri) }
}

fn text_row(ty: TypeText) -> Row {
    Row { name: RowName::Text, ty, occurs: ONCE, docs: Vec::new(), constraint: None, values: Vec::new() }
}

/// Returns a row without a type, for a component itself or a value.
pub(super) fn plain_row(name: RowName, docs: Vec<String>) -> Row {
    Row { name, docs, ..text_row(TypeText::default()) }
}

/// Returns the name of a type. For an anonymous simple type, that is the nearest named type that it restricts.
pub(super) fn type_text(side: &Side<'_>, id: TypeId) -> TypeText {
    let (mut at, mut list) = (id, false);
    for _ in 0..side.model.types.len() {
        if let Some(name) = side.type_name(at) {
            return TypeText { name: side.name(name), list, facets: None };
        }
        match side.simple(at) {
            Some(SimpleType { variety: Variety::List(item), .. }) => (at, list) = (*item, true),
            Some(SimpleType { base: Some(base), .. }) => at = *base,
            _ => break,
        }
    }
    TypeText { list, ..TypeText::default() }
}

/// Returns the documentation of an anonymous type.
fn docs_of_anonymous(side: &Side<'_>, id: TypeId) -> Vec<String> {
    match side.model.types.get(id.index()) {
        Some(crate::model::Type::Complex(ty)) if ty.name.is_none() => ty.docs.clone(),
        Some(crate::model::Type::Simple(ty)) if ty.name.is_none() => ty.docs.clone(),
        _ => Vec::new(),
    }
}

/// Returns the values of an enumeration, if they are few enough for a row.
fn values(side: &Side<'_>, id: TypeId) -> Vec<String> {
    let all = side.simple(id).map(|ty| ty.facets.enumeration.as_slice()).unwrap_or_default();
    if all.len() > VALUES { Vec::new() } else { all.iter().map(|facet| facet.value.clone()).collect() }
}

fn constraint(value: Option<&ValueConstraint>) -> Option<String> {
    value.map(|value| match value {
        ValueConstraint::Default(literal) if literal.text.trim().is_empty() => "Default: empty.".to_owned(),
        ValueConstraint::Fixed(literal) if literal.text.trim().is_empty() => "Always empty.".to_owned(),
        ValueConstraint::Default(literal) => format!("Default: {}.", code(&literal.text)),
        ValueConstraint::Fixed(literal) => format!("Always {}.", code(&literal.text)),
    })
}
