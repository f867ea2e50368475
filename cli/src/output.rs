//! In: an answer. Out: XML, JSON or a table of it, secrets masked unless they are to be shown.
//! Not here: faults, which go to the standard error (`main`).

use std::fmt::Write as _;

use roxmltree::Node;
use serde_json::Value;
use webex_xml::types::Document;
use webex_xml::types::serv::message::{Body, Header};
use webex_xml::types::serv::{AnyBodyContent, Message};
use xsdgen_codec::{Form, WriteOptions};

use crate::args::Output;
use crate::description::{Operation, description};
use crate::json::{escape, from_xml, is_secret};

/// The answer as text.
pub(crate) fn answer(body: AnyBodyContent, operation: &Operation, form: Output, show_secrets: bool) -> Result<String, String> {
    print(body, &operation.response(), form, show_secrets, &WriteOptions::default())
}

/// The request as it would be sent, for people.
pub(crate) fn request(body: AnyBodyContent, operation: &Operation) -> Result<String, String> {
    let options = WriteOptions::default().form(Form::RootQualified).type_aliases(true);
    print(body, &operation.request(), Output::Xml, false, &options)
}

fn print(body: AnyBodyContent, key: &str, form: Output, show_secrets: bool, options: &WriteOptions) -> Result<String, String> {
    let message = Message::new(Header::new(), Body::new([body]));
    let xml = Document::Message(Box::new(message)).to_xml_with(options).map_err(|error| error.to_string())?;
    let document = roxmltree::Document::parse(&xml).map_err(|error| error.to_string())?;
    let content = document.descendants().find(|node| node.tag_name().name() == "bodyContent").ok_or("the answer has no bodyContent")?;
    Ok(match form {
        Output::Xml => {
            let mut text = String::new();
            element(content, key, 0, show_secrets, &mut text);
            text
        }
        Output::Json => {
            let value = from_xml(content, key, show_secrets);
            serde_json::to_string_pretty(&value).map_err(|error| error.to_string())? + "\n"
        }
        Output::Table => table(&from_xml(content, key, show_secrets)),
    })
}

fn element(node: Node<'_, '_>, key: &str, depth: usize, show_secrets: bool, text: &mut String) {
    let indent = "  ".repeat(depth);
    let name = qualified(node, node.tag_name().namespace(), node.tag_name().name());
    let _ = write!(text, "{indent}<{name}");
    if depth == 0 {
        for namespace in node.namespaces().filter(|namespace| namespace.name().is_some_and(|name| name != "xml")) {
            let _ = write!(text, " xmlns:{}=\"{}\"", namespace.name().unwrap_or_default(), namespace.uri());
        }
    }
    for attribute in node.attributes() {
        let name = qualified(node, attribute.namespace(), attribute.name());
        let _ = write!(text, " {name}=\"{}\"", escape(attribute.value()));
    }
    let children: Vec<Node<'_, '_>> = node.children().filter(Node::is_element).collect();
    if children.is_empty() {
        let _ = match node.text().unwrap_or_default() {
            "" => writeln!(text, "/>"),
            value => writeln!(text, ">{}</{name}>", escape(value)),
        };
        return;
    }
    let _ = writeln!(text, ">");
    for child in children {
        let local = child.tag_name().name();
        if is_secret(key, local) && !show_secrets && !child.text().unwrap_or_default().is_empty() {
            let name = qualified(child, child.tag_name().namespace(), local);
            let _ = writeln!(text, "{indent}  <{name}>******</{name}>");
            continue;
        }
        let of = description().of(key).and_then(|ty| ty.children.iter().find(|known| known.local() == local));
        element(child, of.map_or("", |known| known.of.as_str()), depth + 1, show_secrets, text);
    }
    let _ = writeln!(text, "{indent}</{name}>");
}

fn qualified(node: Node<'_, '_>, namespace: Option<&str>, local: &str) -> String {
    match namespace.and_then(|uri| node.lookup_prefix(uri)) {
        Some(prefix) if !prefix.is_empty() => format!("{prefix}:{local}"),
        _ => local.to_owned(),
    }
}

/// A line for each record of the longest list at the top; of an answer without one, a line for each value.
fn table(value: &Value) -> String {
    let lists = value.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_array());
    let Some(records) = lists.filter(|items| items.iter().all(Value::is_object)).max_by_key(|items| items.len()) else {
        let mut rows = vec![vec!["field".to_owned(), "value".to_owned()]];
        rows.extend(leaves(value).into_iter().map(|(path, value)| vec![path, value]));
        return aligned(&rows);
    };
    let records: Vec<Vec<(String, String)>> = records.iter().map(leaves).collect();
    let mut columns: Vec<&str> = Vec::new();
    for (path, _) in records.iter().flatten() {
        if !columns.contains(&path.as_str()) {
            columns.push(path);
        }
    }
    let cell = |record: &Vec<(String, String)>, column: &str| {
        record.iter().find(|(path, _)| path == column).map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut rows = vec![columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>()];
    rows.extend(records.iter().map(|record| columns.iter().map(|column| cell(record, column)).collect()));
    aligned(&rows)
}

/// The values that hold no others, by their paths.
fn leaves(value: &Value) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, into: &mut Vec<(String, String)>) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| walk(value, &below(name), into)),
            Value::Array(items) if items.iter().any(|item| item.is_object() || item.is_array()) => {
                items.iter().enumerate().for_each(|(index, item)| walk(item, &format!("{path}[{index}]"), into));
            }
            Value::Array(items) => into.push((path.to_owned(), items.iter().map(text).collect::<Vec<_>>().join(", "))),
            value => into.push((path.to_owned(), text(value))),
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}

/// One line, without control characters: an answer may hold anything.
fn text(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut lines = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        lines.push_str(cells.join("  ").trim_end());
        lines.push('\n');
    }
    lines
}
