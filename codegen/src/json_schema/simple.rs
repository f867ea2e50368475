//! The schemas of texts.

use serde_json::{Map, Value, json};

use super::Writer;
use crate::datatypes::facet::{Comparison, Measure};
use crate::model::{Builtin, Facets, SimpleType, Type, TypeId, Variety};

/// What a text is in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Bool,
    Number,
}

impl Writer<'_> {
    /// Returns the schema of the texts of a simple type.
    pub(super) fn simple_type(&self, id: TypeId) -> Value {
        match self.model.types.get(id.index()) {
            Some(Type::Simple(ty)) => self.simple(ty),
            _ => json!({ "type": "string" }),
        }
    }

    /// Returns the schema of the texts of a simple type.
    pub(super) fn simple(&self, ty: &SimpleType) -> Value {
        let mut steps = vec![ty];
        while let Some(Type::Simple(base)) = steps.last().and_then(|ty| ty.base).and_then(|base| self.model.types.get(base.index())) {
            steps.push(base);
        }
        let facets: Vec<&Facets> = steps.iter().map(|ty| &ty.facets).collect();
        match &ty.variety {
            // A list with an enumeration may have the type of an enumeration in Rust.
            Variety::List(item) if facets.iter().any(|facets| !facets.enumeration.is_empty()) => {
                json!({ "type": ["string", "array"], "items": self.simple_type(*item) })
            }
            Variety::List(item) => {
                let mut schema = Map::from_iter([("type".to_owned(), json!("array")), ("items".to_owned(), self.simple_type(*item))]);
                lengths(&facets, "minItems", "maxItems", &mut schema);
                Value::Object(schema)
            }
            Variety::Union(_) | Variety::Ur => json!({ "type": "string" }),
            Variety::Atomic(builtin) => atomic(*builtin, &facets),
        }
    }
}

fn atomic(builtin: Builtin, facets: &[&Facets]) -> Value {
    let kind = match builtin {
        Builtin::Boolean => Kind::Bool,
        Builtin::Decimal | Builtin::Float | Builtin::Double => Kind::Number,
        _ => Kind::Text,
    };
    if let Some(values) = facets.iter().map(|facets| &facets.enumeration).find(|values| !values.is_empty()) {
        let names = matches!(builtin, Builtin::QName | Builtin::Notation);
        if !names && kind == Kind::Text {
            let values: Vec<&str> = values.iter().map(|facet| facet.value.as_str()).collect();
            return json!({ "enum": values });
        }
    }
    let mut schema = Map::new();
    match kind {
        Kind::Bool => drop(schema.insert("enum".to_owned(), json!([true, false, "true", "false", "1", "0"]))),
        Kind::Number => {
            schema.insert("type".to_owned(), json!(["number", "string"]));
            bounds(facets, &mut schema);
        }
        Kind::Text => {
            schema.insert("type".to_owned(), json!("string"));
            if builtin == Builtin::String {
                lengths(facets, "minLength", "maxLength", &mut schema);
            }
        }
    }
    Value::Object(schema)
}

/// Adds the facets that limit a length.
fn lengths(facets: &[&Facets], min: &str, max: &str, schema: &mut Map<String, Value>) {
    let find = |wanted: Comparison| {
        let counts = facets.iter().flat_map(|facets| facets.counts());
        let mut numbers = counts.filter(|(_, measure, comparison, _)| *measure == Measure::Length && *comparison == wanted);
        numbers.find_map(|(.., facet)| facet.value.parse::<u64>().ok())
    };
    let exact = find(Comparison::Equal);
    for (name, number) in [(min, exact.or_else(|| find(Comparison::AtLeast))), (max, exact.or_else(|| find(Comparison::AtMost)))] {
        schema.extend(number.map(|number| (name.to_owned(), json!(number))));
    }
}

/// Adds the bounds of numbers.
fn bounds(facets: &[&Facets], schema: &mut Map<String, Value>) {
    for (_, comparison, facet) in facets.iter().rev().flat_map(|facets| facets.bounds()) {
        let name = match comparison {
            Comparison::AtLeast => "minimum",
            Comparison::Above => "exclusiveMinimum",
            Comparison::AtMost => "maximum",
            Comparison::Below => "exclusiveMaximum",
            Comparison::Equal => continue,
        };
        let number = serde_json::from_str::<Value>(&facet.value).ok().filter(Value::is_number);
        schema.extend(number.map(|number| (name.to_owned(), number)));
    }
}
