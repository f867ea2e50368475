//! In: the schemas, and the operations of the bindings. Out: `sandbox/samples/` holds an answer to each operation, as the schemas say now.
//! Run with `BLESS=1` to write it. Nothing changed, missing or orphaned, and each answer read strictly.
//! Not here: how the sandbox fills them in.
#![allow(clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use webex_xml_types::{Document, OPERATIONS};
use xsdgen::Config;
use xsdgen::model::{ElementId, Global, Model, Type, TypeId};
use xsdgen::plan::{ValueExamples, examples};
use xsdgen::sample::{Fill, SampleOptions, sample};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sandbox/samples");

/// How often what may repeat is there: lists shall have a second page.
const REPEAT: u64 = 2;

/// Beyond that many elements, only what must be there is added.
const ELEMENTS: usize = 3000;

#[test]
fn the_sandbox_has_a_fresh_answer_to_every_operation() {
    let fresh = fresh();
    if std::env::var_os("BLESS").is_some() {
        return write(&fresh);
    }
    let mut stale = Vec::new();
    for (name, text) in &fresh {
        match std::fs::read_to_string(Path::new(FOLDER).join(name)) {
            Ok(found) if found.replace("\r\n", "\n") == *text => {}
            Ok(_) => stale.push(format!("changed {name}")),
            Err(_) => stale.push(format!("missing {name}")),
        }
    }
    stale.extend(there().difference(&fresh.keys().cloned().collect()).map(|name| format!("orphaned {name}")));
    assert!(stale.is_empty(), "sandbox/samples/ is behind the schemas: run `BLESS=1 cargo test --test samples`\n{}", stale.join("\n"));
}

#[test]
fn names_of_operations_tell_them_apart() {
    let names: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
    assert_eq!(names.len(), OPERATIONS.len());
}

fn there() -> BTreeSet<String> {
    let entries = std::fs::read_dir(FOLDER).expect("the folder of samples");
    entries.map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned()).collect()
}

fn write(fresh: &BTreeMap<String, String>) {
    std::fs::create_dir_all(FOLDER).expect("a folder");
    for orphan in there().difference(&fresh.keys().cloned().collect()) {
        std::fs::remove_file(Path::new(FOLDER).join(orphan)).expect("removed");
    }
    for (name, text) in fresh {
        std::fs::write(Path::new(FOLDER).join(name), text).expect("written");
    }
}

/// File names and texts: an answer to each operation, and the table that the sandbox is compiled with.
fn fresh() -> BTreeMap<String, String> {
    let (model, examples) = model();
    let root = message(&model);
    let mut files = BTreeMap::new();
    let mut table = String::from(
        "// In: the answers beside this file. Out: the table of them, by the name of the operation.\n\
         // Written by the test `samples` of the workspace's root, from the schemas; run it with `BLESS=1`.\n\
         // Not here: what becomes of them (`src/operations/samples.rs`).\n&[\n",
    );
    for operation in OPERATIONS.iter() {
        let answer = answer_type(&model, operation.namespace(), operation.name);
        let options = SampleOptions { fill: Fill::All, variant: 0, repeat: REPEAT, max_elements: ELEMENTS, examples: examples.clone() };
        let text = sample(&model, root, Some(answer), &options).unwrap_or_else(|error| panic!("{}: {error}", operation.name));
        let text = plausible(&in_envelope(&text));
        Document::from_xml_strict(text.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", operation.name));
        let name = format!("{}.xml", operation.name);
        table.push_str(&format!("    ({:?}, include_str!({name:?})),\n", operation.name));
        files.insert(name, text);
    }
    table.push_str("]\n");
    files.insert("table.rs".to_owned(), table);
    files
}

/// The message with its first body alone, in a header of success.
fn in_envelope(sample: &str) -> String {
    let document = roxmltree::Document::parse(sample).expect("a well-formed sample");
    let root = document.root_element().range().start;
    let root_end = root + sample[root..].find('>').expect("a start tag") + 1;
    let body = document.descendants().find(|node| node.tag_name().name() == "bodyContent").expect("a body").range();
    format!(
        "{}\n  <serv:header>\n    <serv:response>\n      <serv:result>SUCCESS</serv:result>\n      \
         <serv:gsbStatus>PRIMARY</serv:gsbStatus>\n    </serv:response>\n  </serv:header>\n  <serv:body>\n    {}\n  </serv:body>\n\
         </serv:message>\n",
        &sample[..root_end],
        &sample[body]
    )
}

/// Texts that only repeat the name of their element, made what the name promises: dates, addresses.
fn plausible(answer: &str) -> String {
    let document = roxmltree::Document::parse(answer).expect("a well-formed sample");
    let mut out = String::new();
    let mut at = 0;
    for node in document.descendants().filter(|node| node.is_text()) {
        let name = node.parent_element().expect("an element around it").tag_name().name();
        let lower = name.to_lowercase();
        let known = [
            ("date", "09/01/2015 10:00:00"),
            ("time", "09/01/2015 10:00:00"),
            ("url", "https://acme.webex.com/acme/"),
            ("email", "jane@acme.example"),
        ];
        let text = known.iter().find(|(end, _)| lower.ends_with(end)).filter(|_| node.text() == Some(name));
        if let Some((_, text)) = text {
            out.push_str(&answer[at..node.range().start]);
            out.push_str(text);
            at = node.range().end;
        }
    }
    out.push_str(&answer[at..]);
    out
}

fn answer_type(model: &Model, namespace: &str, operation: &str) -> TypeId {
    let wanted = format!("{operation}Response");
    let found = model.types.iter().position(|ty| match ty {
        Type::Complex(complex) => complex.name.as_ref().is_some_and(|name| {
            name.local == wanted && model.namespaces.get(name.namespace.index()).is_some_and(|own| own.uri == namespace)
        }),
        Type::Simple(_) => false,
    });
    TypeId(u32::try_from(found.expect("the type of the answer")).expect("few types"))
}

fn message(model: &Model) -> ElementId {
    let elements = model.globals.iter().filter_map(|global| match global {
        Global::Element(id) => Some(*id),
        _ => None,
    });
    let is_message = |id: &ElementId| model.elements.get(id.index()).is_some_and(|element| element.name.local == "message");
    elements.into_iter().find(is_message).expect("serv:message")
}

/// The model of the schemas, and texts for what has a type of its own in the bindings.
fn model() -> (Model, ValueExamples) {
    let config = Config::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/xsdgen.toml"))).product.expect("a configuration");
    let paths = config.inputs().product.expect("schema files");
    let set = xsdgen::load(&paths, &xsdgen::LoadOptions::default());
    let model = xsdgen::resolve(&set.product.expect("schemas that load")).product.expect("schemas that resolve");
    let examples = examples(&model, &config.settings);
    (model, examples)
}
