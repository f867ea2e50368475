//! Tests generated samples of every request and response of the schema set, with all members and with only the required ones. Each sample
//! is read in strict mode, written, validated with `xmllint`, compared with the original, and read again. The release note's own samples
//! are tested in `release_notes`, messages of real servers in `tolerance`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support {
    pub(crate) mod canonical;
    pub(crate) mod xmllint;
}

use std::collections::BTreeSet;
use std::sync::LazyLock;

use support::canonical::{Allowed, differences};
use support::xmllint::Xmllint;
use webex_xml_types::{Document, OPERATIONS};
use xsdgen::model::{Model, Type};
use xsdgen::sample::{Fill, SampleOptions, sample};
use xtask::generate::Sources;

/// The schemas, read once for all tests.
static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::read().unwrap_or_else(|failure| panic!("{failure}")));

#[test]
fn every_body_goes_from_schema_to_types_and_back() {
    let sources = &*SOURCES;
    let root = sources.message().expect("serv:message");
    let defaults = defaults(&sources.model);
    let mut messages = Vec::new();
    let mut failures = Vec::new();
    for (body, ty) in sources.bodies().expect("the base of all bodies") {
        let name = sources.name(ty.name.as_ref().expect("a named type")).replace(':', ".");
        for (fill, variant) in [(Fill::All, 0), (Fill::All, 1), (Fill::All, 2), (Fill::Required, 0)] {
            let options = SampleOptions { fill, variant, examples: sources.examples.clone(), ..SampleOptions::default() };
            let name = format!("{name}-{fill:?}-{variant}");
            let text = sample(&sources.model, root, Some(body), &options).unwrap_or_else(|e| panic!("{name}: {e}"));
            match there_and_back(&text, &defaults) {
                Ok(written) => messages.push((name, written)),
                Err(why) => failures.push(format!("{name}: {why}")),
            }
        }
    }
    assert!(failures.is_empty(), "{} of {} samples:\n{}", failures.len(), messages.len() + failures.len(), failures.join("\n"));
    assert!(messages.len() >= 4 * 2 * OPERATIONS.len(), "{} messages, {} operations", messages.len(), OPERATIONS.len());
    if let Some(xmllint) = Xmllint::find("operations") {
        assert_eq!(xmllint.complaints(&messages), Vec::<String>::new());
    }
}

/// Returns the names of the attributes that have a default or fixed value.
fn defaults(model: &Model) -> BTreeSet<String> {
    let uses = model.types.iter().filter_map(|ty| if let Type::Complex(ty) = ty { Some(&ty.attributes) } else { None }).flatten();
    let valued = uses.filter_map(|used| {
        let declared = model.attributes.get(used.attribute.index())?;
        (used.value.is_some() || declared.value.is_some()).then(|| declared.name.local.clone())
    });
    valued.collect()
}

fn there_and_back(text: &str, defaults: &BTreeSet<String>) -> Result<String, String> {
    let typed = Document::from_xml_strict(text.as_bytes()).map_err(|e| format!("not read: {e}"))?;
    let written = typed.to_xml().map_err(|e| format!("not written: {e}"))?;
    let mut differing = differences(text, &written, Allowed::default()).map_err(|e| format!("not well-formed: {e}"))?;
    // Absent attributes get the default value of the schema, and are written with it.
    differing.retain(|line| {
        let attribute = line.strip_suffix(": only on the right").and_then(|path| path.rsplit_once("/@"));
        !attribute.is_some_and(|(_, name)| defaults.contains(name.rsplit([':', '}']).next().unwrap_or(name)))
    });
    if !differing.is_empty() {
        return Err(format!("written otherwise: {}", differing.join("; ")));
    }
    let again = Document::from_xml_strict(written.as_bytes()).map_err(|e| format!("not read again: {e}"))?;
    let tolerant = Document::from_xml(text.as_bytes()).map_err(|e| format!("not read tolerantly: {e}"))?;
    if again != typed || tolerant != typed {
        return Err("read otherwise the second time".to_owned());
    }
    Ok(written)
}

/// Tests that every request and response has a message in `tests/messages/`, which `cargo gen` generates from the schemas.
#[test]
fn every_operation_has_a_request_and_a_response() {
    let defaults = defaults(&SOURCES.model);
    let mut messages = Vec::new();
    for entry in std::fs::read_dir("tests/messages").expect("the folder of messages") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        there_and_back(&text, &defaults).unwrap_or_else(|why| panic!("{name}: {why}"));
        messages.push((name, text));
    }
    for operation in OPERATIONS.iter() {
        for end in [format!(".{}.xml", operation.name), format!(".{}Response.xml", operation.name)] {
            assert!(messages.iter().any(|(name, _)| name.ends_with(&end)), "no file ends in {end}");
        }
    }
    messages.sort();
    if let Some(xmllint) = Xmllint::find("operations-on-file") {
        assert_eq!(xmllint.complaints(&messages), Vec::<String>::new());
    }
}

#[test]
fn every_request_has_its_response() {
    let bodies = SOURCES.bodies().expect("the base of all bodies");
    let names = bodies.iter().filter_map(|(_, ty)| ty.name.as_ref());
    assert_eq!(OPERATIONS.len(), names.filter(|name| name.local.ends_with("Response")).count(), "an operation for each response type");
}
