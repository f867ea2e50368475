//! Converts JSON to XML in the order of the schema, and XML to JSON with arrays, numbers and booleans according to the types. Attributes
//! are `@name`, the text of an element with attributes is `#text`, and an empty element is an empty string or object. The JSON comes from
//! `request`; values are checked by the client's codec.

use std::fmt::Write as _;

use serde_json::{Map, Number, Value};

use crate::description::{Child, Type, description, local};
use crate::explain::{unknown_attribute, unknown_element};
use crate::failure::Problem;
use crate::outline::Outline;

/// The content of an element: the attributes for its start tag, and its text and children.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) attributes: String,
    pub(crate) xml: String,
}

/// Writes the fields of a request as XML. Problems have the path of the field, with `name` before it.
pub(crate) fn to_xml(fields: &Value, key: &str, name: &str) -> Result<Content, Problem> {
    write(fields, key, &At { root: key, path: name.to_owned() })
}

/// A field of a request.
struct At<'k> {
    /// The type of the request.
    root: &'k str,
    path: String,
}

impl At<'_> {
    fn below(&self, name: &str) -> Self {
        Self { root: self.root, path: format!("{}.{name}", self.path) }
    }

    fn wrong(&self, message: String) -> Problem {
        Problem::new("value", message).at_path(&self.path)
    }
}

fn write(value: &Value, key: &str, at: &At<'_>) -> Result<Content, Problem> {
    let mut content = Content::default();
    if description().is_simple(key) {
        content.xml = escape(&scalar(value).ok_or_else(|| at.wrong(format!("expected a value, not {}", word(value))))?);
        return Ok(content);
    }
    let ty = description().of(key).ok_or_else(|| at.wrong("its content cannot be written as fields; use --file".to_owned()))?;
    let lone;
    let fields = match value {
        Value::Object(fields) => fields,
        value if ty.text.is_some() => {
            lone = Map::from_iter([("#text".to_owned(), value.clone())]);
            &lone
        }
        Value::Null => return Ok(content),
        value => {
            let problem = at.wrong(format!("expected an object, not {}", word(value)));
            let members: Vec<&str> = ty.children.iter().take(3).map(Child::local).collect();
            return Err(problem.with_help(format!("set its members: {} ...", members.join(", "))));
        }
    };
    fields.keys().try_for_each(|name| check_name(name, ty, at))?;
    for attribute in &ty.attributes {
        if let Some(value) = fields.get(&format!("@{}", local(&attribute.name))).and_then(scalar) {
            let _ = write!(content.attributes, " {}=\"{}\"", local(&attribute.name), escape(&value));
        }
    }
    if let Some(text) = fields.get("#text").and_then(scalar) {
        content.xml.push_str(&escape(&text));
    }
    for child in &ty.children {
        if let Some(value) = fields.get(child.local()) {
            write_children(child, value, at, &mut content.xml)?;
        }
    }
    Ok(content)
}

fn check_name(name: &str, ty: &Type, at: &At<'_>) -> Result<(), Problem> {
    let problem = match name.strip_prefix('@') {
        Some(name) if ty.attributes.iter().any(|attribute| local(&attribute.name) == name) => return Ok(()),
        Some(name) => unknown_attribute(name, Some(ty)),
        None if name == "#text" && ty.text.is_some() => return Ok(()),
        None if ty.children.iter().any(|child| child.local() == name) => return Ok(()),
        None => unknown_element(name, ty, at.root),
    };
    Err(problem.at_path(&at.path))
}

/// Writes an element, or each item of a repeated one.
fn write_children(child: &Child, value: &Value, at: &At<'_>, xml: &mut String) -> Result<(), Problem> {
    match value {
        Value::Null => Ok(()),
        Value::Array(items) if child.many => items.iter().enumerate().try_for_each(|(index, item)| {
            let at = at.below(&format!("{}[{index}]", child.local()));
            match item {
                Value::Null => Err(at.wrong("this item is missing: indices start at 0 and must not skip an item".to_owned())),
                item => write_child(child, item, &at, xml),
            }
        }),
        Value::Array(_) if description().is_list(&child.of) => write_child(child, value, &at.below(child.local()), xml),
        Value::Array(_) => Err(at.wrong(format!("{} may occur only once: it takes no array and no index", child.local()))),
        item => write_child(child, item, &at.below(child.local()), xml),
    }
}

fn write_child(child: &Child, item: &Value, at: &At<'_>, xml: &mut String) -> Result<(), Problem> {
    let Content { attributes, xml: inner } = write(item, &child.of, at)?;
    let name = &child.name;
    let _ = write!(xml, "<{name}{attributes}>{inner}</{name}>");
    Ok(())
}

fn word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Returns the text of a value; the items of an array are separated by spaces, as in a list type.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::String(value) => Some(value.clone()),
        Value::Array(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>().map(|items| items.join(" ")),
        Value::Object(_) => None,
    }
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\r', "&#13;")
}

/// Returns whether the schema declares an element of that name in the parent's type as a secret.
pub(crate) fn is_secret(parent: &str, name: &str) -> bool {
    description().of(parent).is_some_and(|ty| ty.children.iter().any(|child| child.secret && child.local() == name))
}

/// Reads an element of a type as JSON. Secrets are masked unless `show_secrets` is set.
pub(crate) fn from_xml(outline: &Outline<'_>, index: usize, key: &str, show_secrets: bool) -> Value {
    let text = || outline.text_of(index);
    let Some(ty) = description().of(key).filter(|_| !description().is_simple(key)) else { return typed(&text(), key) };
    let mut fields = Map::new();
    let attributes = if ty.attributes.is_empty() { Vec::new() } else { outline.attributes(index) };
    for attribute in &ty.attributes {
        if let Some((_, value)) = attributes.iter().find(|(name, _)| local(name) == local(&attribute.name)) {
            fields.insert(format!("@{}", local(&attribute.name)), typed(value, &attribute.of));
        }
    }
    if let Some(of) = &ty.text {
        let value = typed(&text(), of);
        if fields.is_empty() {
            return value;
        }
        fields.insert("#text".to_owned(), value);
    }
    let mut found: Vec<Vec<Value>> = ty.children.iter().map(|_| Vec::new()).collect();
    for at in outline.children(index) {
        let name = outline.element(at).map_or("", |element| element.name);
        let known = ty.children.iter().zip(&mut found).find(|(child, _)| child.local() == name);
        let Some((child, values)) = known else { continue };
        let is_hidden = child.secret && !show_secrets && !outline.text_of(at).is_empty();
        values.push(if is_hidden { Value::String(MASK.to_owned()) } else { from_xml(outline, at, &child.of, show_secrets) });
    }
    for (child, mut values) in ty.children.iter().zip(found) {
        if child.many && !values.is_empty() {
            fields.insert(child.local().to_owned(), Value::Array(values));
        } else if !values.is_empty() {
            fields.insert(child.local().to_owned(), values.swap_remove(0));
        }
    }
    Value::Object(fields)
}

/// The text that replaces a secret.
pub(crate) const MASK: &str = "******";

/// Converts a text by its type; a text that is not a value of the type stays a string.
fn typed(text: &str, key: &str) -> Value {
    if let Some(item) = description().of(key).and_then(|ty| ty.list.as_ref()) {
        return text.split_whitespace().map(|text| typed(text, item)).collect();
    }
    let trimmed = text.trim();
    let number = || trimmed.parse::<i64>().ok().map(Number::from).or_else(|| trimmed.parse::<u64>().ok().map(Number::from));
    let known = match description().builtin(key) {
        "xs:boolean" => match trimmed {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        "xs:decimal" | "xs:double" | "xs:float" => number().or_else(|| trimmed.parse().ok().and_then(Number::from_f64)).map(Value::Number),
        "xs:integer"
        | "xs:long"
        | "xs:int"
        | "xs:short"
        | "xs:byte"
        | "xs:nonNegativeInteger"
        | "xs:positiveInteger"
        | "xs:nonPositiveInteger"
        | "xs:negativeInteger"
        | "xs:unsignedLong"
        | "xs:unsignedInt"
        | "xs:unsignedShort"
        | "xs:unsignedByte" => number().map(Value::Number),
        _ => None,
    };
    known.unwrap_or_else(|| Value::String(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_and_xml_are_each_others_mirror() {
        let value = json!({ "webExId": ["jane", "john"], "syncWebOffice": true });
        let content = to_xml(&value, "use:delUser", "delUser").unwrap();
        assert_eq!(
            content.xml,
            "<use:webExId>jane</use:webExId><use:webExId>john</use:webExId><use:syncWebOffice>true</use:syncWebOffice>"
        );
        let xml = format!("<r xmlns:use=\"{}\">{}</r>", crate::description::uri("use"), content.xml);
        assert_eq!(from_xml(&Outline::of(&xml).unwrap(), 0, "use:delUser", true), value);
    }

    #[test]
    fn large_numbers_and_text_that_looks_like_one_survive() {
        assert_eq!(typed("40203844900000001", "xs:long"), json!(40_203_844_900_000_001_i64));
        assert_eq!(typed("007", "xs:string"), json!("007"));
        assert_eq!(typed("none", "xs:long"), json!("none"));
        assert_eq!((typed(" true ", "xs:boolean"), typed("1.5", "xs:double")), (json!(true), json!(1.5)));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let told = |value: Value| to_xml(&value, "ep:getSessionInfo", "getSessionInfo").unwrap_err().to_string();
        assert_eq!(told(json!({ "sessionkey": 1 })), "getSessionInfo: it has no sessionkey; is sessionKey meant? Names are case-sensitive");
        assert_eq!(told(json!({ "sessionKey": [1] })), "getSessionInfo: sessionKey may occur only once: it takes no array and no index");
        assert_eq!(told(json!({ "sessionKey": { "a": 1 } })), "getSessionInfo.sessionKey: expected a value, not an object");
        assert_eq!(told(json!({ "@a": 1 })), "getSessionInfo: it has no attribute a, and no other");
        assert_eq!(
            told(json!([1])),
            "getSessionInfo: expected an object, not an array\n  set its members: sessionKey, sessionPassword, subSessionNo ..."
        );
        let gap = to_xml(&json!({ "webExId": [null, "jane"] }), "use:delUser", "delUser").unwrap_err().to_string();
        assert_eq!(gap, "delUser.webExId[0]: this item is missing: indices start at 0 and must not skip an item");
    }

    #[test]
    fn secrets_are_masked() {
        let outline = Outline::of("<r><sessionTicket>c4n4ry</sessionTicket></r>").unwrap();
        assert_eq!(from_xml(&outline, 0, "use:authenticateUserResponse", false), json!({ "sessionTicket": "******" }));
        assert!(is_secret("use:authenticateUserResponse", "sessionTicket"));
    }
}
