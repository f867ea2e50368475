//! Generates the description of the schemas for the program `webex-xml`: one line for each type that requests and responses use.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use xsdgen::datatypes::builtin::name as builtin_name;
use xsdgen::datatypes::facet::{Comparison, Measure};
use xsdgen::model::{
    AttributeUse, ComplexType, Compositor, Content, Docs, Element, ElementId, Facets, Max, Particle, SimpleType, Term, Type, TypeId,
    Variety,
};
use xsdgen::settings::{ValueForm, ValueType};

use super::Sources;
use crate::Failure;

/// Returns the text of the description.
pub(super) fn text(sources: &Sources) -> Result<String, Failure> {
    let secrets = sources.config.settings.secrets.iter().map(|rule| rule.selector.as_str()).collect();
    let mut writer = Writer { sources, secrets, formats: BTreeMap::new(), types: BTreeMap::new() };
    writer.find_formats();
    for operation in sources.operations()? {
        for id in [operation.request, operation.response] {
            writer.reach(id, "");
        }
    }
    let lines: Vec<String> = writer.types.iter().map(|(name, ty)| format!("{}: {ty}", json!(name))).collect();
    Ok(format!("{{\n{}\n}}\n", lines.join(",\n")))
}

/// The context of a particle: how often it may occur, and the branch of the required choice that contains it.
#[derive(Clone, Copy)]
struct Within {
    least: u64,
    most: Option<u64>,
    choice: Option<usize>,
}

impl Within {
    const TYPE: Self = Self { least: 1, most: Some(1), choice: None };
}

struct Writer<'a> {
    sources: &'a Sources,
    secrets: Vec<&'a str>,
    /// The formats of the texts of elements, if the configuration specifies more than the schema.
    formats: BTreeMap<usize, Vec<String>>,
    types: BTreeMap<String, Value>,
}

impl Writer<'_> {
    /// Finds the elements that `[values]` selects, by their name or by the type that declares them.
    fn find_formats(&mut self) {
        for value in &self.sources.config.settings.values {
            let formats = formats(value);
            for rule in &value.of {
                for id in self.selected(&rule.selector) {
                    self.formats.entry(id.index()).or_insert_with(|| formats.clone());
                }
            }
        }
        self.formats.retain(|_, formats| !formats.is_empty());
    }

    fn selected(&self, selector: &str) -> Vec<ElementId> {
        let (owner, name) = selector.split_once('/').map_or((None, selector), |(owner, name)| (Some(owner), name));
        let owners = self.sources.types().map(|(_, ty)| ty);
        let owners = owners.filter(|ty| owner.is_none_or(|owner| ty.name.as_ref().is_some_and(|name| self.sources.name(name) == owner)));
        let mut found = Vec::new();
        for ty in owners {
            if let Content::Elements(particle) | Content::Mixed(particle) = &ty.content {
                elements(particle, &mut found);
            }
        }
        found.retain(|id| (name == "*" || self.element(*id).name.local == name) && self.is_simple(*id));
        found
    }

    /// Returns whether an element has a simple type without an enumeration.
    fn is_simple(&self, id: ElementId) -> bool {
        matches!(self.ty(self.element(id).ty), Type::Simple(ty) if ty.facets.enumeration.is_empty())
    }

    fn element(&self, id: ElementId) -> &Element {
        &self.sources.model.elements[id.index()]
    }

    fn ty(&self, id: TypeId) -> &Type {
        &self.sources.model.types[id.index()]
    }

    /// Describes a type and all types that it uses, and returns its key. The key of an anonymous type is its path.
    fn reach(&mut self, id: TypeId, place: &str) -> String {
        let sources = self.sources;
        let ty = &sources.model.types[id.index()];
        let name = match ty {
            Type::Simple(SimpleType { builtin: Some(builtin), .. }) => return format!("xs:{}", builtin_name(*builtin)),
            Type::Simple(ty) => ty.name.as_ref(),
            Type::Complex(ty) => ty.name.as_ref(),
        };
        let key = name.map_or_else(|| place.to_owned(), |name| sources.name(name));
        if key == "anyType" || self.types.contains_key(&key) {
            return key;
        }
        // A type may use itself.
        self.types.insert(key.clone(), Value::Null);
        let described = match ty {
            Type::Simple(ty) => self.simple(ty, &key),
            Type::Complex(ty) => self.complex(ty, &key),
        };
        self.types.insert(key.clone(), described);
        key
    }

    fn complex(&mut self, ty: &ComplexType, key: &str) -> Value {
        let mut described = Map::new();
        put(&mut described, "doc", text_of(&ty.docs));
        let attributes: Vec<Value> = ty.attributes.iter().map(|usage| self.attribute(usage, key)).collect();
        put(&mut described, "attributes", json!(attributes));
        let mut children = Vec::new();
        match &ty.content {
            Content::Empty => {}
            Content::Simple(of) => put(&mut described, "text", json!(self.reach(*of, &format!("{key}/text")))),
            Content::Elements(particle) | Content::Mixed(particle) => self.children(particle, Within::TYPE, key, &mut children),
        }
        put(&mut described, "children", json!(children));
        put(&mut described, "mixed", json!(matches!(&ty.content, Content::Mixed(_))));
        Value::Object(described)
    }

    fn attribute(&mut self, usage: &AttributeUse, key: &str) -> Value {
        let sources = self.sources;
        let attribute = &sources.model.attributes[usage.attribute.index()];
        let of = self.reach(attribute.ty, &format!("{key}/@{}", attribute.name.local));
        let mut line = Map::new();
        line.insert("name".to_owned(), json!(sources.name(&attribute.name)));
        line.insert("type".to_owned(), json!(of));
        put(&mut line, "required", json!(usage.required));
        Value::Object(line)
    }

    /// Lists the elements of a content model with their occurrences.
    fn children(&mut self, particle: &Particle, within: Within, key: &str, into: &mut Vec<Value>) {
        let own = match particle.max {
            Max::Unbounded => None,
            Max::Count(count) => Some(count),
        };
        let (least, most) = (within.least.min(1) * particle.min, within.most.zip(own).map(|(one, other)| one * other));
        match &particle.term {
            Term::Any(_) => {}
            Term::Group(group) => {
                let is_choice = group.compositor == Compositor::Choice;
                for (branch, particle) in group.particles.iter().enumerate() {
                    let choice = if is_choice && least > 0 { Some(branch) } else { within.choice };
                    let least = if is_choice { 0 } else { least };
                    self.children(particle, Within { least, most, choice }, key, into);
                }
            }
            Term::Element(id) => {
                let sources = self.sources;
                let element = &sources.model.elements[id.index()];
                let of = self.reach(element.ty, &format!("{key}/{}", element.name.local));
                let mut line = Map::new();
                line.insert("name".to_owned(), json!(sources.name(&element.name)));
                line.insert("type".to_owned(), json!(of));
                put(&mut line, "min", json!(least));
                put(&mut line, "many", json!(most != Some(1)));
                put(&mut line, "choice", json!(within.choice.is_some()));
                put(&mut line, "first", json!(within.choice == Some(0) && particle.min > 0));
                put(&mut line, "formats", json!(self.formats.get(&id.index()).cloned().unwrap_or_default()));
                put(&mut line, "secret", json!(self.secrets.contains(&element.name.local.as_str())));
                put(&mut line, "doc", text_of(&element.docs));
                into.push(Value::Object(line));
            }
        }
    }

    fn simple(&mut self, ty: &SimpleType, key: &str) -> Value {
        let mut described = Map::new();
        put(&mut described, "doc", text_of(&ty.docs));
        match &ty.variety {
            Variety::Atomic(builtin) => {
                let nearest = self.builtin(ty).unwrap_or_else(|| builtin_name(*builtin).to_owned());
                put(&mut described, "base", json!(format!("xs:{nearest}")));
            }
            Variety::List(item) => put(&mut described, "list", json!(self.reach(*item, &format!("{key}/item")))),
            Variety::Union(_) | Variety::Ur => put(&mut described, "base", json!("xs:string")),
        }
        let values: Vec<Value> = ty.facets.enumeration.iter().map(|facet| json!(facet.value)).collect();
        put(&mut described, "values", json!(values));
        put(&mut described, "facets", json!(facets(&ty.facets)));
        Value::Object(described)
    }

    /// Returns the nearest built-in type that a type is derived from.
    fn builtin(&self, ty: &SimpleType) -> Option<String> {
        match self.ty(ty.base?) {
            Type::Simple(SimpleType { builtin: Some(builtin), .. }) => Some(builtin_name(*builtin).to_owned()),
            Type::Simple(base) => self.builtin(base),
            Type::Complex(_) => None,
        }
    }
}

/// Returns the formats of the texts of a value type, the usual one first.
fn formats(value: &ValueType) -> Vec<String> {
    match &value.form {
        ValueForm::DateTime { patterns, .. } => patterns.clone(),
        ValueForm::EpochMilliseconds => vec!["milliseconds since 1970 in UTC".to_owned()],
        ValueForm::NamedIntegers(names) => {
            vec![names.iter().map(|named| format!("{} {}", named.number, named.name)).collect::<Vec<_>>().join(" | ")]
        }
        ValueForm::Delimited { separator, parts, most, .. } => {
            vec![format!("{}{separator}... (at most {most} parts)", parts.join(separator))]
        }
        ValueForm::Boolean { .. } => Vec::new(),
    }
}

/// Returns the elements of a content model.
fn elements(particle: &Particle, into: &mut Vec<ElementId>) {
    match &particle.term {
        Term::Any(_) => {}
        Term::Group(group) => group.particles.iter().for_each(|particle| elements(particle, into)),
        Term::Element(id) => into.push(*id),
    }
}

/// Describes the facets of a type in words, except for its enumeration.
fn facets(facets: &Facets) -> String {
    let mut words: Vec<String> = Measure::ALL.into_iter().filter_map(|measure| counted(facets, measure)).collect();
    let bound = |wanted: Comparison| facets.bounds().find(|(_, comparison, _)| *comparison == wanted).map(|(.., facet)| &facet.value);
    let range = match (bound(Comparison::AtLeast), bound(Comparison::AtMost)) {
        (Some(least), Some(most)) => Some(format!("from {least} to {most}")),
        (Some(least), None) => Some(format!("from {least} on")),
        (None, Some(most)) => Some(format!("up to {most}")),
        (None, None) => None,
    };
    words.extend(range);
    words.extend(bound(Comparison::Above).map(|bound| format!("above {bound}")));
    words.extend(bound(Comparison::Below).map(|bound| format!("below {bound}")));
    words.extend(facets.patterns.iter().map(|pattern| format!("that matches {}", pattern.value)));
    words.join(", ")
}

/// Describes the facets of one measure, such as "of 1 to 5 characters".
fn counted(facets: &Facets, measure: Measure) -> Option<String> {
    let unit = match measure {
        Measure::Length => "characters",
        Measure::TotalDigits => "digits",
        Measure::FractionDigits => "digits after the point",
    };
    let number = |wanted: Comparison| {
        let found = facets.counts().find(|(_, of, comparison, _)| *of == measure && *comparison == wanted);
        found.map(|(.., facet)| &facet.value)
    };
    let least = number(Comparison::AtLeast).filter(|least| *least != "0");
    Some(match (number(Comparison::Equal), least, number(Comparison::AtMost)) {
        (Some(exactly), ..) => format!("of {exactly} {unit}"),
        (None, Some(least), Some(most)) => format!("of {least} to {most} {unit}"),
        (None, None, Some(most)) => format!("of at most {most} {unit}"),
        (None, Some(least), None) => format!("of at least {least} {unit}"),
        (None, None, None) => return None,
    })
}

/// Sets a property, unless its value is empty.
fn put(described: &mut Map<String, Value>, name: &str, value: Value) {
    let empty = match &value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        _ => false,
    };
    if !empty {
        described.insert(name.to_owned(), value);
    }
}

fn text_of(docs: &Docs) -> Value {
    json!(docs.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
}
