//! Tests that the names of the bindings follow the rules of `docs/naming.md`, as far as a program can check them. `cargo gen` writes the
//! list of names, `xsdgen.lock`.
#![allow(clippy::expect_used, reason = "a failed test panics")]

use std::collections::BTreeSet;
use std::path::Path;

use xsdgen::lock::Role;
use xsdgen::{Config, Generated, Lock};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn generated() -> Generated {
    let config = Config::read(&root().join("xsdgen.toml")).product.expect("a configuration");
    config.generate().product.expect("bindings")
}

#[test]
fn few_names_conflict() {
    let given: Vec<String> = generated().collisions.into_iter().map(|c| format!("{} -> {}", c.component, c.given)).collect();
    let known = [
        "ep:oneClickMetaDataType -> OneClickMetadataType",
        "qtiasi:qticomment -> QtiasiQtiComment",
        "qtiasi:vocabulary -> QtiasiVocabulary",
    ];
    assert_eq!(given, known);
}

#[test]
fn a_word_is_split_in_the_same_way_everywhere() {
    let lock = Lock::read(&root().join("xsdgen.lock")).product.expect("a lock");
    let names: Vec<(Role, &str)> = lock.entries.iter().map(|(key, entry)| (key.role, entry.name.as_str())).collect();
    for wrong in ["web_ex", "WebEx", "Lstsummary", "ImStest", "Alternatehost", "Startwith", "Gethosturl"] {
        let found: Vec<&str> = names.iter().map(|(_, name)| *name).filter(|rust| rust.contains(wrong)).collect();
        assert!(found.is_empty(), "{wrong}: {found:?}");
    }
    // No type name has the same word twice in a row.
    let stutters = names.iter().filter(|(role, name)| *role == Role::Type && words(name).windows(2).any(|two| two.first() == two.last()));
    assert_eq!(stutters.count(), 0);
    // A word of one name is not split into two words in another name.
    let names = names.iter().filter(|(role, _)| matches!(role, Role::Type | Role::Member));
    let split: Vec<Vec<String>> = names.map(|(_, name)| words(name)).collect();
    let single: BTreeSet<&str> = split.iter().flatten().map(String::as_str).collect();
    let divided: BTreeSet<String> = split
        .iter()
        .flat_map(|words| words.windows(2))
        .filter(|two| single.contains(two.concat().as_str()))
        .map(|two| two.join("_"))
        .collect();
    assert_eq!(divided, BTreeSet::new());
}

/// Returns the words of an identifier, in lower case.
fn words(rust: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in rust.chars() {
        if c == '_' || c.is_uppercase() {
            out.push(String::new());
        }
        if let (Some(word), true) = (out.last_mut(), c != '_') {
            word.extend(c.to_lowercase());
        }
    }
    out.retain(|word| !word.is_empty());
    out
}
