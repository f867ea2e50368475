//! The verdicts on the instances of the W3C test suite. It runs for minutes and needs the suite:
//! `SUITE=FOLDER cargo test --release --package xsdgen-dynamic --test validator suite -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use xsdgen_dynamic::{ReadOptions, Settings, Validator};

use super::streamed;

/// The verdicts of one set of tests.
#[derive(Default)]
struct Figures {
    right: usize,
    wrong: usize,
    unsupported: usize,
    /// The verdicts that differ if the document is read in windows.
    differ: usize,
}

#[test]
#[ignore = "needs the test suite, and runs for minutes"]
fn verdicts_are_those_of_the_suite() {
    let folder = PathBuf::from(std::env::var("SUITE").expect("SUITE names the folder"));
    let only = std::env::var("ONLY").unwrap_or_default();
    let index = std::fs::read_to_string(folder.join("index.jsonl")).expect("the index is readable");
    let mut all: BTreeMap<String, Figures> = BTreeMap::new();
    for line in index.lines() {
        let group: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let id = group["id"].as_str().unwrap_or_default();
        if !id.contains(&only) {
            continue;
        }
        let figures = all.entry(id.split('/').next().unwrap_or_default().to_owned()).or_default();
        check(&folder, &group, id, figures);
    }
    for (set, figures) in &all {
        println!(
            "{set}: {} right, {} wrong, {} without tables, {} differ in windows",
            figures.right, figures.wrong, figures.unsupported, figures.differ
        );
    }
}

fn check(folder: &Path, group: &serde_json::Value, id: &str, figures: &mut Figures) {
    let none = Vec::new();
    let instances = group["instances"].as_array().unwrap_or(&none);
    let instances: Vec<_> =
        instances.iter().filter(|it| it["missing"] == false && matches!(it["expected"].as_str(), Some("valid" | "invalid"))).collect();
    if instances.is_empty() {
        return;
    }
    let schema = group["schema"]["docs"].as_array().unwrap_or(&none);
    let documents: Vec<PathBuf> = schema.iter().filter_map(|it| it.as_str()).map(|it| folder.join(it)).collect();
    let settings = Settings { allow: vec!["missing".to_owned(), "cos-nonambig".to_owned()], ..Settings::default() };
    let validator = Validator::new(&documents, &settings);
    let Some(validator) = validator.product else {
        figures.unsupported += instances.len();
        if std::env::var_os("LIST").is_some() {
            let why = validator.diagnostics.iter().next().map(|it| it.message.clone()).unwrap_or_default();
            println!("none {id}: {why}");
        }
        return;
    };
    for instance in instances {
        let valid = instance["expected"] == "valid";
        for document in instance["docs"].as_array().unwrap_or(&none).iter().filter_map(|it| it.as_str()) {
            let bytes = std::fs::read(folder.join(document)).unwrap_or_default();
            let verdict = validator.check_with(&bytes, &ReadOptions::strict());
            for difference in
                streamed::differences(&validator, &bytes, if bytes.len() < 2000 { &[(1, 1), (100, 40)] } else { &[(1000, 300)] })
            {
                figures.differ += 1;
                println!("differs {document}: {difference}");
            }
            if verdict.is_ok() == valid {
                figures.right += 1;
            } else {
                figures.wrong += 1;
                let why = verdict.err().map_or_else(|| "accepted".to_owned(), |error| error.to_string());
                println!("wrong {document} ({}, {}): {why}", instance["expected"], instance["status"]);
            }
        }
    }
}
