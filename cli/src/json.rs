//! In: JSON and a type of the schema, or XML and a type. Out: XML in the schema's order; JSON with arrays, numbers and booleans by type.
//! Attributes are `@name`, the text of an element with attributes is `#text`, an empty element is an empty text or object.
//! Not here: where the JSON comes from (`request`), checking values (the client's codec does).

use std::fmt::Write as _;

use roxmltree::Node;
use serde_json::{Map, Number, Value};

use crate::description::{Child, description, local};

/// The content of an element of that type: attributes for its start tag, and what stands in it.
pub(crate) struct Content {
    pub(crate) attributes: String,
    pub(crate) xml: String,
}

/// Writes JSON as XML of a type.
pub(crate) fn to_xml(value: &Value, key: &str, path: &str) -> Result<Content, String> {
    let mut content = Content { attributes: String::new(), xml: String::new() };
    let at = |text: String| if path.is_empty() { text } else { format!("{path}: {text}") };
    if description().is_simple(key) {
        content.xml = escape(&scalar(value).ok_or_else(|| at(format!("a value is wanted, not {}", word(value))))?);
        return Ok(content);
    }
    let ty = description().of(key).ok_or_else(|| at("of no known type".to_owned()))?;
    let lone;
    let fields = match value {
        Value::Object(fields) => fields,
        value if ty.text.is_some() => {
            lone = Map::from_iter([("#text".to_owned(), value.clone())]);
            &lone
        }
        Value::Null => return Ok(content),
        value => return Err(at(format!("an object is wanted, not {}", word(value)))),
    };
    for name in fields.keys() {
        let known = match name.strip_prefix('@') {
            Some(name) => ty.attributes.iter().any(|attribute| local(&attribute.name) == name),
            None if name == "#text" => ty.text.is_some(),
            None => ty.children.iter().any(|child| child.local() == name),
        };
        if !known {
            return Err(at(unknown(name, &ty.children)));
        }
    }
    for attribute in &ty.attributes {
        if let Some(value) = fields.get(&format!("@{}", local(&attribute.name))).and_then(scalar) {
            let _ = write!(content.attributes, " {}=\"{}\"", local(&attribute.name), escape(&value));
        }
    }
    if let Some(text) = fields.get("#text").and_then(scalar) {
        content.xml.push_str(&escape(&text));
    }
    for child in &ty.children {
        match fields.get(child.local()) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) if child.many => {
                for (index, item) in items.iter().enumerate() {
                    write_child(child, item, &join(path, &format!("{}[{index}]", child.local())), &mut content.xml)?;
                }
            }
            Some(Value::Array(_)) => return Err(at(format!("{} may stand once only: it is no array", child.local()))),
            Some(item) => write_child(child, item, &join(path, child.local()), &mut content.xml)?,
        }
    }
    Ok(content)
}

fn write_child(child: &Child, item: &Value, path: &str, xml: &mut String) -> Result<(), String> {
    let Content { attributes, xml: inner } = to_xml(item, &child.of, path)?;
    let name = &child.name;
    let _ = write!(xml, "<{name}{attributes}>{inner}</{name}>");
    Ok(())
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn unknown(name: &str, children: &[Child]) -> String {
    let close = children.iter().map(Child::local).find(|known| known.eq_ignore_ascii_case(name));
    let known = || children.iter().map(Child::local).collect::<Vec<_>>().join(", ");
    match close {
        Some(close) => format!("it has no {name}; is {close} meant? Capitals matter"),
        None if children.is_empty() => format!("it has no {name}, and no other element"),
        None => format!("it has no {name}; it has {}", known()),
    }
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

/// The text of a value; of an array of values, with blanks between: a list of the schema.
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

/// Whether an element of that name holds a secret, by what its parent's type says of it.
pub(crate) fn is_secret(parent: &str, name: &str) -> bool {
    description().of(parent).is_some_and(|ty| ty.children.iter().any(|child| child.secret && child.local() == name))
}

/// Reads an element of a type as JSON. Secrets are masked, unless they are to be shown.
pub(crate) fn from_xml(node: Node<'_, '_>, key: &str, show_secrets: bool) -> Value {
    if description().is_simple(key) {
        return typed(node.text().unwrap_or_default(), key);
    }
    let Some(ty) = description().of(key) else { return Value::String(node.text().unwrap_or_default().to_owned()) };
    let mut fields = Map::new();
    for attribute in &ty.attributes {
        if let Some(value) = node.attributes().find(|found| found.name() == local(&attribute.name)) {
            fields.insert(format!("@{}", local(&attribute.name)), typed(value.value(), &attribute.of));
        }
    }
    if let Some(text) = &ty.text {
        let value = typed(node.text().unwrap_or_default(), text);
        if fields.is_empty() {
            return value;
        }
        fields.insert("#text".to_owned(), value);
    }
    for child in &ty.children {
        let found = node.children().filter(|found| found.is_element() && found.tag_name().name() == child.local());
        let mut values = found.map(|found| match child.secret && !show_secrets && !found.text().unwrap_or_default().is_empty() {
            true => Value::String("******".to_owned()),
            false => from_xml(found, &child.of, show_secrets),
        });
        if child.many {
            let values: Vec<Value> = values.collect();
            if !values.is_empty() {
                fields.insert(child.local().to_owned(), Value::Array(values));
            }
        } else if let Some(value) = values.next() {
            fields.insert(child.local().to_owned(), value);
        }
    }
    Value::Object(fields)
}

/// A text as its type has it: what does not fit stays a text.
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
        let content = to_xml(&value, "use:delUser", "").unwrap();
        assert_eq!(
            content.xml,
            "<use:webExId>jane</use:webExId><use:webExId>john</use:webExId><use:syncWebOffice>true</use:syncWebOffice>"
        );
        let xml = format!("<r xmlns:use=\"{}\">{}</r>", crate::description::uri("use"), content.xml);
        let document = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(from_xml(document.root_element(), "use:delUser", true), value);
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
        let told = |value: Value| to_xml(&value, "ep:getSessionInfo", "").err().unwrap();
        assert_eq!(told(json!({ "sessionkey": 1 })), "it has no sessionkey; is sessionKey meant? Capitals matter");
        assert_eq!(told(json!({ "sessionKey": [1] })), "sessionKey may stand once only: it is no array");
        assert_eq!(told(json!({ "sessionKey": { "a": 1 } })), "sessionKey: a value is wanted, not an object");
        assert_eq!(told(json!([1])), "an object is wanted, not an array");
    }

    #[test]
    fn secrets_are_masked() {
        let xml = "<r><sessionTicket>c4n4ry</sessionTicket></r>";
        let document = roxmltree::Document::parse(xml).unwrap();
        let masked = from_xml(document.root_element(), "use:authenticateUserResponse", false);
        assert_eq!(masked, json!({ "sessionTicket": "******" }));
        assert!(is_secret("use:authenticateUserResponse", "sessionTicket"));
    }
}
