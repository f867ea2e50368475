//! In: the schemas. Out: the description that the command-line program carries, `cli/src/schema.json`, is what they say.
//! `BLESS=1 cargo test --test cli_description` writes it anew.
//! Not here: what the program does with it (`cli/tests`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};
use webex_xml_types::{OPERATIONS, xmlns};
use xsdgen::datatypes::builtin::name as builtin_name;
use xsdgen::model::{Compositor, Content, Docs, ElementId, Facets, Max, Model, Particle, QName, SimpleType, Term, Type, TypeId, Variety};
use xsdgen::{Config, LoadOptions, load, resolve};

const FILE: &str = "cli/src/schema.json";

#[test]
fn the_description_is_what_the_schemas_say() {
    let fresh = described();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(FILE, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    let place = kept.lines().zip(fresh.lines()).position(|(kept, fresh)| kept != fresh);
    assert!(kept == fresh, "{FILE} is behind xsd/ from line {}: BLESS=1 cargo test --test cli_description", place.unwrap_or(0) + 1);
}

#[test]
fn operations_are_told_apart_by_name() {
    let mut names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
}

/// All types that requests and responses reach, a line for each.
fn described() -> String {
    let config = Config::read(Path::new("xsdgen.toml")).product.unwrap();
    let set = load(&config.inputs().product.unwrap(), &LoadOptions::default()).product.unwrap();
    let model = resolve(&set).product.unwrap();
    let settings: toml::Table = std::fs::read_to_string("xsdgen.toml").unwrap().parse().unwrap();
    let secrets = settings["secrets"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    let mut writer = Writer { model: &model, secrets, formats: BTreeMap::new(), types: BTreeMap::new() };
    writer.find_formats(&settings);
    for operation in OPERATIONS {
        for name in [operation.name.to_owned(), format!("{}Response", operation.name)] {
            let found = model.types.iter().position(|ty| {
                matches!(ty, Type::Complex(ty) if ty.name.as_ref().is_some_and(|n| n.local == name && writer.uri(n) == operation.namespace()))
            });
            writer.reach(TypeId(u32::try_from(found.unwrap()).unwrap()), "");
        }
    }
    let lines: Vec<String> = writer.types.iter().map(|(name, ty)| format!("{}: {ty}", json!(name))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// What stands around a particle: how often it may stand there, and in which branch of a choice of which one must.
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
    model: &'a Model,
    secrets: Vec<String>,
    /// The forms of the texts of elements, where the configuration knows more than the schema.
    formats: BTreeMap<usize, Vec<String>>,
    types: BTreeMap<String, Value>,
}

impl Writer<'_> {
    /// Finds the elements that `[values]` is about: by their name, or by the type that declares them.
    fn find_formats(&mut self, settings: &toml::Table) {
        for value in settings["values"].as_table().unwrap().values() {
            let formats = formats(value);
            for selector in value["of"].as_array().unwrap() {
                for id in self.selected(selector.as_str().unwrap()) {
                    self.formats.entry(id.index()).or_insert_with(|| formats.clone());
                }
            }
        }
        self.formats.retain(|_, formats| !formats.is_empty());
    }

    fn selected(&self, selector: &str) -> Vec<ElementId> {
        let is_simple = |id: &ElementId| {
            let ty = &self.model.types[self.model.elements[id.index()].ty.index()];
            matches!(ty, Type::Simple(ty) if ty.facets.enumeration.is_empty())
        };
        let (owner, name) = selector.split_once('/').map_or((None, selector), |(owner, name)| (Some(owner), name));
        let fits = |id: &ElementId| name == "*" || self.model.elements[id.index()].name.local == name;
        let owners = self.model.types.iter().filter_map(|ty| match ty {
            Type::Complex(ty) if owner.is_none_or(|owner| ty.name.as_ref().is_some_and(|name| self.name(name) == owner)) => Some(ty),
            _ => None,
        });
        let mut found = Vec::new();
        for ty in owners {
            if let Content::Elements(particle) | Content::Mixed(particle) = &ty.content {
                elements(particle, &mut found);
            }
        }
        found.retain(|id| fits(id) && is_simple(id));
        found
    }

    fn uri(&self, name: &QName) -> &str {
        &self.model.namespaces[name.namespace.index()].uri
    }

    /// `prefix:local`, with the prefix that is written.
    fn name(&self, name: &QName) -> String {
        let uri = self.uri(name);
        match xmlns::SCHEMA.namespaces().iter().find(|namespace| namespace.uri() == uri) {
            Some(namespace) => format!("{}:{}", namespace.prefix(), name.local),
            None => name.local.clone(),
        }
    }

    /// Describes a type, and all that it reaches; gives its key. An anonymous one is called by its place.
    fn reach(&mut self, id: TypeId, place: &str) -> String {
        let ty = &self.model.types[id.index()];
        let name = match ty {
            Type::Simple(SimpleType { builtin: Some(builtin), .. }) => return format!("xs:{}", builtin_name(*builtin)),
            Type::Simple(ty) => ty.name.as_ref(),
            Type::Complex(ty) => ty.name.as_ref(),
        };
        let key = name.map_or_else(|| place.to_owned(), |name| self.name(name));
        if key == "anyType" || self.types.contains_key(&key) {
            return key;
        }
        self.types.insert(key.clone(), Value::Null);
        let described = match ty {
            Type::Simple(ty) => self.simple(ty, &key),
            Type::Complex(ty) => {
                let mut described = json!({});
                put(&mut described, "doc", text(&ty.docs));
                let attributes: Vec<Value> = ty
                    .attributes
                    .iter()
                    .map(|usage| {
                        let attribute = &self.model.attributes[usage.attribute.index()];
                        let of = self.reach(attribute.ty, &format!("{key}/@{}", attribute.name.local));
                        let mut line = json!({ "name": self.name(&attribute.name), "type": of });
                        put(&mut line, "required", json!(usage.required));
                        line
                    })
                    .collect();
                put(&mut described, "attributes", json!(attributes));
                let mut children = Vec::new();
                match &ty.content {
                    Content::Empty => {}
                    Content::Simple(of) => put(&mut described, "text", json!(self.reach(*of, &format!("{key}/text")))),
                    Content::Elements(particle) | Content::Mixed(particle) => self.children(particle, Within::TYPE, &key, &mut children),
                }
                put(&mut described, "children", json!(children));
                put(&mut described, "mixed", json!(matches!(&ty.content, Content::Mixed(_))));
                described
            }
        };
        self.types.insert(key.clone(), described);
        key
    }

    /// The elements of a content model, flat, with how often each may stand there.
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
                let element = &self.model.elements[id.index()];
                let of = self.reach(element.ty, &format!("{key}/{}", element.name.local));
                let mut line = json!({ "name": self.name(&element.name), "type": of });
                put(&mut line, "min", json!(least));
                put(&mut line, "many", json!(most != Some(1)));
                put(&mut line, "choice", json!(within.choice.is_some()));
                put(&mut line, "first", json!(within.choice == Some(0) && particle.min > 0));
                put(&mut line, "formats", json!(self.formats.get(&id.index()).cloned().unwrap_or_default()));
                put(&mut line, "secret", json!(self.secrets.contains(&element.name.local)));
                put(&mut line, "doc", text(&element.docs));
                into.push(line);
            }
        }
    }

    fn simple(&mut self, ty: &SimpleType, key: &str) -> Value {
        let mut described = json!({});
        put(&mut described, "doc", text(&ty.docs));
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
        described
    }

    /// The nearest built-in type that it is derived from.
    fn builtin(&self, ty: &SimpleType) -> Option<String> {
        match &self.model.types[ty.base?.index()] {
            Type::Simple(SimpleType { builtin: Some(builtin), .. }) => Some(builtin_name(*builtin).to_owned()),
            Type::Simple(base) => self.builtin(base),
            Type::Complex(_) => None,
        }
    }
}

/// The forms of the texts of a value type, the usual one first.
fn formats(value: &toml::Value) -> Vec<String> {
    let texts = |key: &str| -> Vec<String> {
        let list = value.get(key).and_then(toml::Value::as_array).into_iter().flatten();
        list.map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    match value["as"].as_str().unwrap() {
        "date-time" => texts("formats"),
        "epoch-milliseconds" => vec!["milliseconds since 1970 in UTC".to_owned()],
        "named-integers" => {
            let names = value["names"].as_table().unwrap().iter();
            vec![names.map(|(number, name)| format!("{number} {}", name["name"].as_str().unwrap())).collect::<Vec<_>>().join(" | ")]
        }
        "delimited" => {
            let separator = value["separator"].as_str().unwrap();
            vec![format!("{}{separator}... (at most {} parts)", texts("parts").join(separator), value["most"])]
        }
        _ => Vec::new(),
    }
}

/// The elements of a content model.
fn elements(particle: &Particle, into: &mut Vec<ElementId>) {
    match &particle.term {
        Term::Any(_) => {}
        Term::Group(group) => group.particles.iter().for_each(|particle| elements(particle, into)),
        Term::Element(id) => into.push(*id),
    }
}

/// The facets of a type in words, but for its enumeration.
fn facets(facets: &Facets) -> String {
    let text = |facet: &Option<xsdgen::model::Facet>| facet.as_ref().map(|facet| facet.value.clone());
    let mut words = Vec::new();
    match (text(&facets.length), text(&facets.min_length).filter(|least| least != "0"), text(&facets.max_length)) {
        (Some(exactly), ..) => words.push(format!("of {exactly} characters")),
        (None, Some(least), Some(most)) => words.push(format!("of {least} to {most} characters")),
        (None, None, Some(most)) => words.push(format!("of at most {most} characters")),
        (None, Some(least), None) => words.push(format!("of at least {least} characters")),
        (None, None, None) => {}
    }
    match (text(&facets.min_inclusive), text(&facets.max_inclusive)) {
        (Some(least), Some(most)) => words.push(format!("from {least} to {most}")),
        (Some(least), None) => words.push(format!("from {least} on")),
        (None, Some(most)) => words.push(format!("up to {most}")),
        (None, None) => {}
    }
    words.extend(text(&facets.min_exclusive).map(|bound| format!("above {bound}")));
    words.extend(text(&facets.max_exclusive).map(|bound| format!("below {bound}")));
    words.extend(text(&facets.total_digits).map(|most| format!("of at most {most} digits")));
    words.extend(text(&facets.fraction_digits).map(|most| format!("of at most {most} digits after the point")));
    words.extend(facets.patterns.iter().map(|pattern| format!("that matches {}", pattern.value)));
    words.join(", ")
}

/// Sets a property, unless it says nothing.
fn put(described: &mut Value, name: &str, value: Value) {
    let empty = match &value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        _ => false,
    };
    if !empty {
        let map: &mut Map<String, Value> = described.as_object_mut().unwrap();
        map.insert(name.to_owned(), value);
    }
}

fn text(docs: &Docs) -> Value {
    json!(docs.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
}
