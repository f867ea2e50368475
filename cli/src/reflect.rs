//! Builds the description of the types of requests and responses from the type tables of the bindings.

use std::collections::HashMap;
use std::ptr;

use webex_xml::types::serv::message::Body;
use xsdgen_codec::{Content, ContentPart, ContentTerm, FieldInfo, FieldKind, Reflect as _, SimpleType, TextForm, TypeInfo};

use crate::description::{Attribute, Child, Type};

/// Returns all types that requests and responses use, by their keys.
pub(crate) fn types() -> HashMap<String, Type> {
    let contents = Body::described().and_then(|body| body.field("body_content"));
    let mut builder = Builder::default();
    let contents: Vec<&'static TypeInfo> = contents.into_iter().flat_map(FieldInfo::xsi_types).collect();
    // Anonymous types get their keys later, so that none of them has the name of an operation.
    let named = contents.iter().map(|info| (ptr::from_ref(*info).addr(), format!("{}:{}", info.prefix(), info.name().1)));
    builder.keys.extend(named);
    for info in contents {
        builder.describe(info);
    }
    builder.types
}

/// The context of a part of a content model: how often it may occur, and the branch of the choice that contains it.
#[derive(Clone, Copy)]
struct Within {
    min: u32,
    many: bool,
    choice: Option<Branch>,
}

/// A branch of a choice.
#[derive(Clone, Copy)]
struct Branch {
    /// Whether it is the first branch of a choice that is required.
    is_first: bool,
}

#[derive(Default)]
struct Builder {
    types: HashMap<String, Type>,
    /// The keys of the complex types, by the addresses of their tables.
    keys: HashMap<usize, String>,
}

impl Builder {
    /// Describes a complex type and all types that it uses.
    fn describe(&mut self, info: &'static TypeInfo) {
        let key = self.keys.get(&ptr::from_ref(info).addr()).cloned().unwrap_or_default();
        // A type may use itself.
        if self.types.contains_key(&key) {
            return;
        }
        self.types.insert(key.clone(), Type::default());
        let mut ty = Type { doc: one_line(info.documentation()), mixed: info.content() == Content::Mixed, ..Type::default() };
        for field in info.fields() {
            match field.kind() {
                FieldKind::Attribute => ty.attributes.push(Attribute {
                    name: field.name().to_owned(),
                    of: self.simple(field, &format!("{key}/@{}", field.name())),
                    required: field.is_required(),
                }),
                FieldKind::Text => ty.text = Some(self.simple(field, &format!("{key}/text"))),
                _ => {}
            }
        }
        self.children(info, &info.content_parts(), Within { min: 1, many: false, choice: None }, &key, &mut ty.children);
        self.types.insert(key, ty);
    }

    /// Returns the key of the type of an element, and describes the type.
    fn reach(&mut self, field: &'static FieldInfo, place: &str) -> String {
        let Some(info) = field.complex_type().or_else(|| field.xsi_types().next()) else { return self.simple(field, place) };
        let address = ptr::from_ref(info).addr();
        if let Some(key) = self.keys.get(&address) {
            return key.clone();
        }
        let named = format!("{}:{}", info.prefix(), info.name().1);
        let key = if self.keys.values().any(|known| *known == named) { place.to_owned() } else { named };
        self.keys.insert(address, key.clone());
        self.describe(info);
        key
    }

    /// Lists the elements of a content model with their occurrences.
    fn children(&mut self, owner: &'static TypeInfo, part: &ContentPart, within: Within, key: &str, into: &mut Vec<Child>) {
        let (min, many) = (within.min.min(1) * part.min, within.many || part.max > 1);
        match &part.term {
            ContentTerm::Element(field) => {
                let of = self.reach(field, &format!("{key}/{}", field.name()));
                into.push(Child {
                    name: qualified(owner, field),
                    of,
                    min: min.into(),
                    many,
                    choice: within.choice.is_some(),
                    first: within.choice.is_some_and(|branch| branch.is_first) && part.min > 0,
                    secret: field.is_secret(),
                    formats: field.text_form().map(formats).unwrap_or_default(),
                    doc: one_line(field.documentation()),
                });
            }
            ContentTerm::Choice(parts) => {
                for (branch, part) in parts.iter().enumerate() {
                    let choice = Some(Branch { is_first: branch == 0 && min > 0 });
                    self.children(owner, part, Within { min: 0, many, choice }, key, into);
                }
            }
            ContentTerm::Sequence(parts) | ContentTerm::All(parts) => {
                for part in parts {
                    self.children(owner, part, Within { min, many, choice: within.choice }, key, into);
                }
            }
            _ => {}
        }
    }

    /// Returns the key of the type of a text, and describes the type unless it is a built-in type.
    fn simple(&mut self, field: &'static FieldInfo, place: &str) -> String {
        if !field.is_text() {
            return "anyType".to_owned();
        }
        if let Some(item) = field.item_type().filter(|_| field.is_text_list()) {
            let item = self.atomic(item, item.enumeration_values(), &format!("{place}/item"));
            self.types.entry(place.to_owned()).or_insert(Type { list: Some(item), ..Type::default() });
            return place.to_owned();
        }
        match (field.simple_type(), field.text_form()) {
            (Some(simple), _) => self.atomic(simple, field.allowed_values(), place),
            (None, Some(TextForm::EpochMilliseconds | TextForm::Integers(_))) => "xs:long".to_owned(),
            (None, _) => "xs:string".to_owned(),
        }
    }

    fn atomic(&mut self, simple: &'static SimpleType, values: &[&str], place: &str) -> String {
        let base = format!("xs:{}", simple.builtin_name().unwrap_or("string"));
        let facets = facets(simple);
        if values.is_empty() && facets.is_empty() {
            return base;
        }
        let key = if simple.name().is_empty() { place } else { simple.name() };
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.types.entry(key.to_owned()).or_insert(Type { base: Some(base), values, facets, ..Type::default() });
        key.to_owned()
    }
}

/// Returns the name of an element with its prefix.
fn qualified(owner: &'static TypeInfo, field: &FieldInfo) -> String {
    let uri = owner.namespace_of(field);
    let namespaces = webex_xml::types::xmlns::SCHEMA.namespaces();
    let prefix = namespaces.iter().find(|namespace| namespace.uri() == uri).map_or("", |namespace| namespace.prefix());
    if prefix.is_empty() { field.name().to_owned() } else { format!("{prefix}:{}", field.name()) }
}

/// Returns the formats of the texts of a form, the usual one first.
fn formats(form: &'static TextForm) -> Vec<String> {
    match form {
        TextForm::DateTime { patterns, .. } => patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
        TextForm::EpochMilliseconds => vec!["milliseconds since 1970 in UTC".to_owned()],
        TextForm::Integers(names) => vec![names.iter().map(|(name, number)| format!("{number} {name}")).collect::<Vec<_>>().join(" | ")],
        TextForm::Delimited { separator, most, parts, .. } => {
            vec![format!("{}{separator}... (at most {most} parts)", parts.join(separator))]
        }
        TextForm::Boolean { .. } => Vec::new(),
    }
}

/// Describes the facets of a type in words, except for its enumeration.
fn facets(simple: &SimpleType) -> String {
    let facets = simple.facets();
    let find = |name: &str| facets.iter().rev().find(|(facet, _)| *facet == name).map(|(_, value)| value.as_str());
    let counted =
        |(exact, least, most, unit): (&str, &str, &str, &str)| match (find(exact), find(least).filter(|it| *it != "0"), find(most)) {
            (Some(exactly), ..) => Some(format!("of {exactly} {unit}")),
            (None, Some(least), Some(most)) => Some(format!("of {least} to {most} {unit}")),
            (None, None, Some(most)) => Some(format!("of at most {most} {unit}")),
            (None, Some(least), None) => Some(format!("of at least {least} {unit}")),
            (None, None, None) => None,
        };
    let counts = [
        ("length", "minLength", "maxLength", "characters"),
        ("", "", "totalDigits", "digits"),
        ("", "", "fractionDigits", "digits after the point"),
    ];
    let mut words: Vec<String> = counts.into_iter().filter_map(counted).collect();
    words.extend(match (find("minInclusive"), find("maxInclusive")) {
        (Some(least), Some(most)) => Some(format!("from {least} to {most}")),
        (Some(least), None) => Some(format!("from {least} on")),
        (None, Some(most)) => Some(format!("up to {most}")),
        (None, None) => None,
    });
    words.extend(find("minExclusive").map(|bound| format!("above {bound}")));
    words.extend(find("maxExclusive").map(|bound| format!("below {bound}")));
    words.extend(facets.iter().filter(|(facet, _)| *facet == "pattern").map(|(_, pattern)| format!("that matches {pattern}")));
    words.join(", ")
}

fn one_line(text: Option<String>) -> String {
    text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
