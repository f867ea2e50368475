//! Tests of the derived traits, on all types of the schema.

#![allow(clippy::unwrap_used, reason = "a failed test panics")]

use std::fmt::Debug;

use arbitrary::{Arbitrary, Unstructured};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use schemars::schema_for;
use serde_json::{Value, json};
use xsdgen_codec::WriteOptions;

use crate::messages::Document;
use crate::messages::values::{Due, Level};
use crate::messages::workshop::{Plan, Size, State, Task};
use crate::plan;

/// Asserts that a value is equal after it was written as XML and read again. Facets are not checked, because no crate knows them.
fn assert_xml(plan: Plan) {
    let document = Document::from(plan);
    let xml = document.to_xml_with(&WriteOptions::tolerant()).unwrap();
    let read = Document::from_xml(xml.as_bytes()).unwrap();
    assert_eq!(read, document, "{xml}");
}

fn assert_json<T: serde::Serialize + for<'de> serde::Deserialize<'de> + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
}

/// Returns bytes that are the same in each run.
fn bytes(seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).unwrap()
    };
    (0..600).map(|_| next()).collect()
}

#[test]
fn json_has_the_form_of_the_derive() {
    let json = serde_json::to_value(plan().unwrap()).unwrap();
    // In the form of xsdgen-codec, an attribute has the name `@id`, and a choice is not an object of its own.
    assert_eq!(json["id"], json!(7));
    assert_eq!(json["choice"], json!({ "day": "2024-05-01" }));
    assert_eq!(json["task"][0]["state"], json!("in work"));
    assert_eq!(json["task"][0]["part"][0]["state"], json!("done"));
    assert_eq!(json["owner"], json!({ "name": "ada", "password": "secret" }));
    assert_eq!(json.get("note"), None);
    assert_json(&plan().unwrap());
    assert_eq!(serde_json::from_value::<State>(json!("lost")).unwrap(), State::Other("lost".to_owned()));
}

#[test]
fn the_json_schema_has_all_types() {
    let schema = serde_json::to_value(schema_for!(Plan)).unwrap();
    let types: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
    for name in ["AnyShape", "Assembly", "Circle", "Login", "Measure", "Money", "PlanChoice", "Rule", "Rules", "Size", "State", "Task"] {
        assert!(types.iter().any(|known| *known == name), "{name}: {types:?}");
    }
    assert_eq!(schema["description"], json!("A plan with its tasks."));
    assert_eq!(schema["properties"]["created"]["type"], json!(["string", "null"]));
    assert_eq!(schema["properties"]["tags"]["items"]["type"], json!("string"));
    let required: Vec<&Value> = schema["required"].as_array().unwrap().iter().collect();
    assert!(required.contains(&&json!("id")) && !required.contains(&&json!("created")), "{required:?}");
}

#[test]
fn values_of_arbitrary_survive() {
    let mut made = 0;
    for seed in 0..300 {
        let bytes = bytes(seed);
        // Recursive types fail if no data is left.
        let Ok(plan) = Plan::arbitrary(&mut Unstructured::new(&bytes)) else { continue };
        assert_json(&plan);
        assert_xml(plan);
        made += 1;
    }
    assert!(made >= 200, "{made}");
}

#[test]
fn values_of_proptest_survive() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config { cases: 100, failure_persistence: None, ..Config::default() }, rng);
    let run = runner.run(&proptest::arbitrary::any::<Plan>(), |plan| {
        assert_json(&plan);
        assert_xml(plan);
        Ok(())
    });
    run.unwrap();
}

#[test]
fn what_the_schema_does_not_declare_is_never_made() {
    for seed in 0..100 {
        let bytes = bytes(seed);
        let mut data = Unstructured::new(&bytes);
        assert!(!matches!(State::arbitrary(&mut data).unwrap(), State::Other(_)));
        assert!(!matches!(Size::arbitrary(&mut data).unwrap(), Size::Other(_)));
        assert!(Due::arbitrary(&mut data).unwrap().is_valid());
        assert!(Level::arbitrary(&mut data).unwrap().number().is_some());
    }
    let states = proptest::arbitrary::any::<State>().prop_filter("only those that are listed", |state| !matches!(state, State::Other(_)));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let config = Config { cases: 100, max_global_rejects: 0, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, rng).run(&states, |_| Ok(())).unwrap();
}

#[test]
fn secrets_are_masked() {
    let task = Task::arbitrary(&mut Unstructured::new(&[])).ok();
    assert!(task.is_none_or(|task| task.part.is_empty()));
    let shown = format!("{:?}", plan().unwrap());
    assert!(shown.contains("Secret(******)") && !shown.contains("secret\""), "{shown}");
}
