//! In: a sample of every request and response of the schema set, made from the schemas: everything filled, and only what is required.
//! Out: each is read strictly into types, written, valid under `xmllint`, equal to the sample, and equal when read again.
//! Not here: the release note's own samples (`release_notes`), what real servers send (`tolerance`).
#![allow(clippy::expect_used, clippy::panic, reason = "tests stop where something is wrong")]

mod support {
    pub(crate) mod canonical;
    pub(crate) mod xmllint;
}

use std::collections::BTreeSet;
use std::path::Path;

use support::canonical::{Allowed, differences};
use support::xmllint::Xmllint;
use webex_xml_types::{Document, OPERATIONS};
use xsdgen::Config;
use xsdgen::model::{Element, Global, Model, Type, TypeId};
use xsdgen::plan::{ValueExamples, examples};
use xsdgen::sample::{Fill, SampleOptions, sample};

/// The model of the schemas, and texts for what has a type of its own in the bindings.
fn model() -> (Model, ValueExamples) {
    let config = Config::read(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/xsdgen.toml")));
    let config = config.product.expect("a configuration");
    let paths = config.inputs().product.expect("schema files");
    let set = xsdgen::load(&paths, &xsdgen::LoadOptions::default());
    assert!(!set.diagnostics.has_errors(), "{:?}", set.diagnostics);
    let model = xsdgen::resolve(&set.product.expect("schemas that load"));
    assert!(!model.diagnostics.has_errors(), "{:?}", model.diagnostics);
    let model = model.product.expect("schemas that resolve");
    let examples = examples(&model, &config.settings);
    (model, examples)
}

/// Every type that may stand in the body, with its name and the number of its namespace.
fn bodies(model: &Model) -> Vec<(String, TypeId)> {
    let complex = |i: usize| match model.types.get(i) {
        Some(Type::Complex(complex)) => Some(complex),
        _ => None,
    };
    let named = |i: usize| complex(i)?.name.clone();
    let base = (0..model.types.len()).find(|i| named(*i).is_some_and(|n| n.local == "bodyContentType")).expect("the base of all bodies");
    let derives = |mut i: usize| {
        while let Some(ty) = complex(i)
            && ty.base.index() != i
        {
            i = ty.base.index();
            if i == base {
                return true;
            }
        }
        false
    };
    let bodies = (0..model.types.len()).filter(|i| derives(*i) && !complex(*i).is_some_and(|t| t.abstract_));
    bodies.filter_map(|i| Some((format!("{}-{}", named(i)?.namespace.0, named(i)?.local), TypeId(u32::try_from(i).ok()?)))).collect()
}

fn message(model: &Model) -> &Element {
    let elements = model.globals.iter().filter_map(|g| match g {
        Global::Element(id) => model.elements.get(id.index()),
        _ => None,
    });
    elements.into_iter().find(|e| e.name.local == "message").expect("serv:message")
}

#[test]
fn every_body_goes_from_schema_to_types_and_back() {
    let (model, examples) = model();
    let root = message(&model);
    let root = model.elements.iter().position(|e| std::ptr::eq(e, root)).expect("an element of the model");
    let root = xsdgen::model::ElementId(u32::try_from(root).expect("few elements"));
    let defaults = defaults(&model);
    let mut messages = Vec::new();
    let mut failures = Vec::new();
    for (name, body) in bodies(&model) {
        for (fill, variant) in [(Fill::All, 0), (Fill::All, 1), (Fill::All, 2), (Fill::Required, 0)] {
            let options = SampleOptions { fill, variant, examples: examples.clone(), ..SampleOptions::default() };
            let name = format!("{name}-{fill:?}-{variant}");
            let text = sample(&model, root, Some(body), &options).unwrap_or_else(|e| panic!("{name}: {e}"));
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

/// The names of the attributes that have a default or fixed value.
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
    // Attributes that are absent have the default that the schema gives them, and are written with it.
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

/// Every request and response has a message in `tests/messages/`, which the schemas make: `BLESS=1 cargo test --test operations`.
#[test]
fn every_operation_has_a_request_and_a_response_on_file() {
    let (model, examples) = model();
    let root = message(&model);
    let root = model.elements.iter().position(|e| std::ptr::eq(e, root)).expect("an element of the model");
    let root = xsdgen::model::ElementId(u32::try_from(root).expect("few elements"));
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/messages"));
    let defaults = defaults(&model);
    let mut messages = Vec::new();
    let mut behind = Vec::new();
    for (_, body) in bodies(&model) {
        let options = SampleOptions { examples: examples.clone(), ..SampleOptions::default() };
        let made = sample(&model, root, Some(body), &options).expect("a sample");
        let name = file_name(&model, body);
        let path = folder.join(&name);
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, &made)).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if kept != made {
            behind.push(name.clone());
        }
        there_and_back(&kept, &defaults).unwrap_or_else(|why| panic!("{name}: {why}"));
        messages.push((name, kept));
    }
    assert!(behind.is_empty(), "behind the schemas, run `BLESS=1 cargo test --test operations`: {behind:?}");
    let files = std::fs::read_dir(folder).expect("a readable folder").count();
    assert_eq!(files, messages.len(), "a file for each, and no other");
    assert!(files >= 2 * OPERATIONS.len());
    if let Some(xmllint) = Xmllint::find("operations-on-file") {
        assert_eq!(xmllint.complaints(&messages), Vec::<String>::new());
    }
}

/// `ep.getSiteType.xml`
fn file_name(model: &Model, body: TypeId) -> String {
    let Some(Type::Complex(ty)) = model.types.get(body.index()) else { panic!("a complex type") };
    let name = ty.name.as_ref().expect("a named type");
    let prefix = model.namespaces.get(name.namespace.index()).and_then(|n| n.prefix.as_deref()).unwrap_or("none");
    format!("{prefix}.{}.xml", name.local)
}

#[test]
fn every_request_has_its_response() {
    let (model, _) = model();
    let bodies: Vec<String> = bodies(&model).into_iter().map(|(name, _)| name).collect();
    let responses = bodies.iter().filter(|n| n.ends_with("Response")).count();
    assert_eq!(OPERATIONS.len(), responses, "an operation for each response type");
}
