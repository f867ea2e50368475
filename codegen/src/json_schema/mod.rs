//! Writes the JSON Schema (2020-12) of the JSON form that `docs/json.md` describes, for the documents of a model.
//!
//! Every valid document has a JSON form that is valid against it. Of the schema's constraints it states names, types, enumerations, lengths and
//! bounds, required members and arrays; patterns, the order of children and the exclusion of alternatives are left to the reader of the XML Schema.

mod content;
mod simple;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use self::content::{Children, children};
use crate::model::{AttributeUse, ComplexType, Content, Docs, Element, ElementId, Global, Model, QName, Scope, Type, TypeId};
use crate::resolve::ANY_TYPE;
use crate::substitution::substitutes;

/// Returns the JSON Schema of the documents of a model.
#[must_use]
pub fn json_schema(model: &Model) -> Value {
    let mut writer = Writer::new(model);
    let roots = writer.roots();
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("type".to_owned(), json!("object"));
    root.insert("properties".to_owned(), Value::Object(roots));
    root.insert("additionalProperties".to_owned(), json!(false));
    root.insert("minProperties".to_owned(), json!(1));
    root.insert("maxProperties".to_owned(), json!(1));
    root.insert("$defs".to_owned(), Value::Object(writer.definitions()));
    Value::Object(root)
}

/// What a definition describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A type itself.
    Own(TypeId),
    /// A type or one that is derived from it.
    Any(TypeId),
}

struct Writer<'m> {
    model: &'m Model,
    /// The names of the definitions.
    names: BTreeMap<Key, String>,
    taken: BTreeSet<String>,
    queue: VecDeque<Key>,
    /// The complex types that `xsi:type` can name instead of a type, without the type itself.
    derived: BTreeMap<TypeId, Vec<TypeId>>,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model) -> Self {
        let mut derived: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for global in &model.globals {
            let Global::Type(id) = global else { continue };
            let mut at = *id;
            while let Some(Type::Complex(ty)) = model.types.get(at.index()).filter(|_| at != ANY_TYPE) {
                if at != *id {
                    derived.entry(at).or_default().push(*id);
                }
                at = ty.base;
            }
        }
        let taken = ["xml".to_owned()].into();
        Self { model, names: BTreeMap::new(), taken, queue: VecDeque::new(), derived }
    }

    /// Returns the members for the root elements.
    fn roots(&mut self) -> Map<String, Value> {
        let globals = self.model.globals.iter().filter_map(|global| match global {
            Global::Element(id) => self.model.elements.get(id.index()),
            _ => None,
        });
        let elements: Vec<&Element> = globals.filter(|element| !element.abstract_).collect();
        let alike = |name: &QName| elements.iter().filter(|other| other.name.local == name.local).count() > 1;
        let mut members = Map::new();
        for element in &elements {
            let name = self.member(&element.name, alike(&element.name));
            let value = self.element(element);
            members.insert(name, value);
        }
        members
    }

    /// Returns the definitions that are referred to.
    fn definitions(&mut self) -> Map<String, Value> {
        let mut definitions = Map::new();
        let xml = json!({
            "type": "object", "properties": { "$xml": { "type": "string" } }, "required": ["$xml"], "additionalProperties": false,
            "description": "An element as XML.",
        });
        definitions.insert("xml".to_owned(), xml);
        while let Some(key) = self.queue.pop_front() {
            let value = match key {
                Key::Own(id) => self.own(id),
                Key::Any(id) => self.any_of(id),
            };
            let name = self.names.get(&key).cloned().unwrap_or_default();
            definitions.insert(name, value);
        }
        definitions
    }

    fn uri(&self, name: &QName) -> &'m str {
        self.model.namespaces.get(name.namespace.index()).map_or("", |namespace| namespace.uri.as_str())
    }

    /// Returns the name of a member: the local name, or with the namespace if there is another one of the same local name.
    fn member(&self, name: &QName, ambiguous: bool) -> String {
        if ambiguous { format!("{{{}}}{}", self.uri(name), name.local) } else { name.local.clone() }
    }

    /// Returns the schema of an element.
    fn element(&mut self, element: &Element) -> Value {
        let mut alternatives = Vec::new();
        let mut nil_object = false;
        match self.model.types.get(element.ty.index()) {
            _ if element.ty == ANY_TYPE => alternatives.extend([json!({ "type": "string" }), reference("xml")]),
            Some(Type::Complex(ty)) => {
                nil_object = !ty.attributes.is_empty() || ty.any_attribute.is_some() || self.derived.contains_key(&element.ty);
                let key = if self.derived.contains_key(&element.ty) { Key::Any(element.ty) } else { Key::Own(element.ty) };
                alternatives.push(self.refer(key));
            }
            Some(Type::Simple(ty)) => alternatives.push(self.simple(ty)),
            None => alternatives.push(json!(true)),
        }
        if element.nillable {
            alternatives.push(json!({ "type": "null" }));
            if nil_object {
                let nil = || json!({ "const": true });
                alternatives.push(json!({
                    "type": "object", "properties": { "@nil": nil(), "@xsi:nil": nil() }, "patternProperties": { "^@": true },
                    "additionalProperties": false, "anyOf": [{ "required": ["@nil"] }, { "required": ["@xsi:nil"] }],
                }));
            }
        }
        let mut schema = match alternatives.len() {
            1 => alternatives.pop().unwrap_or_default(),
            _ => json!({ "anyOf": alternatives }),
        };
        describe(&mut schema, &element.docs);
        schema
    }

    /// Returns a reference to a definition, which is written later.
    fn refer(&mut self, key: Key) -> Value {
        if !self.names.contains_key(&key) {
            let id = match key {
                Key::Own(id) | Key::Any(id) => id,
            };
            let end = if matches!(key, Key::Any(_)) { ".any" } else { "" };
            let base = self.label(id) + end;
            let mut candidates = std::iter::once(base.clone()).chain((2_u32..).map(|number| format!("{base}.{number}")));
            let name = candidates.find(|name| !self.taken.contains(name)).unwrap_or(base);
            self.taken.insert(name.clone());
            self.names.insert(key, name);
            self.queue.push_back(key);
        }
        reference(self.names.get(&key).map_or("", String::as_str))
    }

    /// Returns the local name of a type or, if it is anonymous, of its element, without characters that a reference would have to escape.
    fn label(&self, id: TypeId) -> String {
        let Some(Type::Complex(ty)) = self.model.types.get(id.index()) else { return "type".to_owned() };
        let name = match (&ty.name, &ty.scope) {
            (Some(name), _) => Some(name),
            (None, Scope::Element(element)) => self.model.elements.get(element.index()).map(|element| &element.name),
            (None, _) => None,
        };
        let clean = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
        name.map_or_else(|| "type".to_owned(), |name| name.local.chars().map(clean).collect())
    }

    /// Returns the schema of a type or one that is derived from it.
    fn any_of(&mut self, id: TypeId) -> Value {
        let mut alternatives = Vec::new();
        let is_abstract = |id: TypeId| matches!(self.model.types.get(id.index()), Some(Type::Complex(ty)) if ty.abstract_);
        let derived = self.derived.get(&id).cloned().unwrap_or_default();
        let (own, derived): (bool, Vec<TypeId>) = (!is_abstract(id), derived.into_iter().filter(|id| !is_abstract(*id)).collect());
        if own {
            alternatives.push(self.refer(Key::Own(id)));
        }
        for id in derived {
            let reference = self.refer(Key::Own(id));
            alternatives.push(json!({ "allOf": [reference, { "anyOf": [{ "required": ["@type"] }, { "required": ["@xsi:type"] }] }] }));
        }
        json!({ "anyOf": alternatives })
    }

    /// Returns the schema of a complex type.
    fn own(&mut self, id: TypeId) -> Value {
        let Some(Type::Complex(ty)) = self.model.types.get(id.index()) else { return json!(true) };
        let mut object = Object::default();
        self.attributes(ty, &mut object);
        if let Some(name) = &ty.name {
            let member = if object.properties.contains_key("@type") { "@xsi:type" } else { "@type" };
            let names = json!({ "enum": [name.local, format!("{{{}}}{}", self.uri(name), name.local)] });
            object.properties.insert(member.to_owned(), names);
        }
        let mut schema = match &ty.content {
            Content::Empty => object.schema(),
            Content::Simple(text) => {
                let text = self.simple_type(*text);
                let bare = object.properties.keys().all(|name| name == "@type") && object.patterns.is_none();
                object.properties.insert("$".to_owned(), text.clone());
                object.required.push("$".to_owned());
                if bare { json!({ "anyOf": [text, object.schema()] }) } else { object.schema() }
            }
            Content::Elements(particle) | Content::Mixed(particle) => {
                let mixed = matches!(ty.content, Content::Mixed(_));
                let children = children(self.model, particle);
                match mixed && children.elements.is_empty() && !children.wildcard {
                    true => drop(object.properties.insert("$".to_owned(), json!({ "type": "string" }))),
                    false => self.content(&children, mixed, &mut object),
                }
                object.schema()
            }
        };
        describe(&mut schema, &ty.docs);
        schema
    }

    fn attributes(&mut self, ty: &ComplexType, object: &mut Object) {
        let name = |usage: &AttributeUse| self.model.attributes.get(usage.attribute.index()).map(|attribute| &attribute.name);
        let names: Vec<&QName> = ty.attributes.iter().filter_map(name).collect();
        for usage in &ty.attributes {
            let Some(attribute) = self.model.attributes.get(usage.attribute.index()) else { continue };
            let ambiguous = names.iter().any(|other| other.local == attribute.name.local && **other != attribute.name);
            let member = format!("@{}", self.member(&attribute.name, ambiguous));
            let mut schema = self.simple_type(attribute.ty);
            describe(&mut schema, &attribute.docs);
            if usage.required {
                object.required.push(member.clone());
            }
            object.properties.insert(member, schema);
        }
        if ty.any_attribute.is_some() {
            object.patterns = Some(json!({ "^@": { "type": ["string", "number", "boolean", "array"] } }));
        }
    }

    /// Adds the children to the schema of an object.
    fn content(&mut self, children: &Children<'m>, mixed: bool, object: &mut Object) {
        let ordered = mixed || children.ordered;
        let mut members = Map::new();
        for child in &children.elements {
            let ambiguous = children
                .elements
                .iter()
                .any(|other| other.element.name.local == child.element.name.local && other.element.name != child.element.name);
            let name = self.member(&child.element.name, ambiguous);
            let schema = self.element(child.element);
            if ordered || !child.many {
                members.insert(name.clone(), schema);
            } else {
                members.insert(name.clone(), json!({ "type": "array", "items": schema, "minItems": u8::from(child.required) }));
            }
            if child.required && !ordered {
                object.required.push(name);
            }
        }
        if !ordered {
            if children.wildcard {
                members.insert("$any".to_owned(), json!({ "type": "array", "items": { "type": "string" } }));
            }
            object.properties.extend(members);
            return;
        }
        if children.wildcard {
            members.insert("$any".to_owned(), json!({ "type": "string" }));
        }
        let child = json!({
            "type": "object", "properties": members, "additionalProperties": false, "minProperties": 1, "maxProperties": 1,
        });
        let items = if mixed { json!({ "anyOf": [{ "type": "string" }, child] }) } else { child };
        object.properties.insert("$".to_owned(), json!({ "type": "array", "items": items }));
    }
}

/// The schema of an object.
#[derive(Default)]
struct Object {
    properties: Map<String, Value>,
    required: Vec<String>,
    /// The patterns of further members.
    patterns: Option<Value>,
}

impl Object {
    fn schema(self) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(self.properties));
        schema.extend(self.patterns.map(|patterns| ("patternProperties".to_owned(), patterns)));
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), json!(self.required));
        }
        schema.insert("additionalProperties".to_owned(), json!(false));
        Value::Object(schema)
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Adds the documentation to a schema.
fn describe(schema: &mut Value, docs: &Docs) {
    let text = docs.iter().flat_map(|doc| doc.split_whitespace()).collect::<Vec<_>>().join(" ");
    if let (false, Value::Object(schema)) = (text.is_empty(), schema) {
        schema.insert("description".to_owned(), json!(text));
    }
}

/// Returns the element declarations that may stand where one is declared.
fn instances(model: &Model, id: ElementId) -> Vec<&Element> {
    substitutes(model, id).into_iter().map(|(_, element)| element).collect()
}
