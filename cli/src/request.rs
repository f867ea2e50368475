//! In: the arguments of `call`. Out: the request, typed and checked against the schema.
//! Whatever form it comes in, it becomes a message of XML, which the client's codec reads strictly: errors have the path of the element.
//! Not here: sending it.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};
use webex_xml::types::serv::AnyBodyContent;
use webex_xml::types::{Document, xmlns};
use xsdgen_codec::ReadOptions;

use crate::args::Call;
use crate::description::{Operation, uri};
use crate::json::{Content, to_xml};
use crate::set::set;

/// The request of a call.
pub(crate) fn build(call: &Call, operation: &Operation) -> Result<AnyBodyContent, String> {
    if let Some(file) = &call.file {
        return from_file(&read(file)?, operation);
    }
    let mut fields = match &call.json {
        Some(text) => parse(text)?,
        None => json!({}),
    };
    for assignment in &call.set {
        set(&mut fields, &operation.request(), assignment)?;
    }
    let content = to_xml(&fields, &operation.request(), "").map_err(|error| format!("{}: {error}", operation.name))?;
    strict(&message(operation, &content), operation)
}

fn parse(text: &str) -> Result<Value, String> {
    let text = match text.strip_prefix('@') {
        Some(path) => read(Path::new(path))?,
        None if text == "-" => read(Path::new("-"))?,
        None => text.to_owned(),
    };
    serde_json::from_str(&text).map_err(|error| format!("--json: {error}"))
}

/// A file, or the standard input for `-`.
fn read(path: &Path) -> Result<String, String> {
    let fail = |error: std::io::Error| format!("{}: {error}", path.display());
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map_err(fail)?;
        return Ok(text);
    }
    std::fs::read_to_string(path).map_err(fail)
}

/// The message around a request.
fn message(operation: &Operation, content: &Content) -> String {
    let mut declared = String::new();
    for namespace in xmlns::SCHEMA.namespaces() {
        declared.push_str(&format!(" xmlns:{}=\"{}\"", namespace.prefix(), namespace.uri()));
    }
    format!(
        "<serv:message{declared} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><serv:header/><serv:body>\
         <serv:bodyContent xsi:type=\"{}\"{}>{}</serv:bodyContent></serv:body></serv:message>",
        operation.request(),
        content.attributes,
        content.xml
    )
}

fn strict(xml: &str, operation: &Operation) -> Result<AnyBodyContent, String> {
    match Document::read(xml.as_bytes(), &ReadOptions::strict()) {
        Ok(reading) => body(reading.value, operation),
        Err(error) => {
            let path = error.path().trim_start_matches("message/body/bodyContent").trim_start_matches('/').replace('/', ".");
            let path = if path.is_empty() { String::new() } else { format!(".{path}") };
            Err(format!("{}{path}: {}", operation.name, error.message()))
        }
    }
}

/// A message, or a bodyContent alone: tolerantly, as clients write them, with prefixes undeclared and names unqualified.
fn from_file(xml: &str, operation: &Operation) -> Result<AnyBodyContent, String> {
    let text = xml.trim_start_matches('\u{feff}').trim();
    let start = text.find("?>").filter(|_| text.starts_with("<?")).map_or(0, |end| end + 2);
    let inner = text.get(start..).unwrap_or_default().trim();
    let root = inner.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    let whole = match root.rsplit(':').next() {
        Some("bodyContent") => format!(
            "<serv:message xmlns:serv=\"{}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><header/><body>{inner}</body></serv:message>",
            uri("serv")
        ),
        _ => inner.to_owned(),
    };
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let reading = Document::read(whole.as_bytes(), &options).map_err(|error| format!("the file: {error}"))?;
    if let Some(note) = reading.notes.first() {
        return Err(format!("the file: {note}"));
    }
    body(reading.value, operation)
}

fn body(document: Document, operation: &Operation) -> Result<AnyBodyContent, String> {
    let Document::Message(message) = document else { return Err("the file: its root is not serv:message".to_owned()) };
    let bodies = message.body.body_content;
    match <[AnyBodyContent; 1]>::try_from(bodies) {
        Ok([body]) if body.type_name() == operation.name => Ok(body),
        Ok([body]) => Err(format!("the file asks for {:?}, not for {}", body.type_name(), operation.name)),
        Err(bodies) => Err(format!("the file holds {} bodyContent, and one is wanted", bodies.len())),
    }
}
