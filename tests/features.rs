//! Tests that the manifests of the bindings and the client, `xsdgen.toml` and the table of lists contain the same services with the same
//! dependencies. If the bindings get a new service, these tests fail until the client has it. `.ci/run` checks that each feature compiles
//! alone, and `runtime/tests/every_list.rs` that each list can be called.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use toml::Table;

fn text(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn table(path: &str) -> Table {
    text(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the features of a manifest, each with the features that it enables.
fn features(manifest: &Table) -> BTreeMap<String, BTreeSet<String>> {
    let features = manifest["features"].as_table().expect("a table of features");
    features.iter().map(|(name, list)| (name.clone(), strings(list))).collect()
}

fn strings(list: &toml::Value) -> BTreeSet<String> {
    list.as_array().expect("a list").iter().map(|item| item.as_str().expect("a text").to_owned()).collect()
}

/// Returns the features and the services of the bindings. The services are the default features.
fn services() -> (BTreeMap<String, BTreeSet<String>>, BTreeSet<String>) {
    let features = features(&table("generated/Cargo.toml"));
    let services = features["default"].clone();
    (features, services)
}

/// Returns the services that the client always has: those that its manifest requires, and all that these enable.
fn always() -> BTreeSet<String> {
    let (bindings, _) = services();
    let mut due: Vec<String> = strings(&table("runtime/Cargo.toml")["dependencies"]["webex-xml-types"]["features"]).into_iter().collect();
    let mut on = BTreeSet::new();
    while let Some(service) = due.pop() {
        due.extend(bindings[&service].iter().cloned());
        on.insert(service);
    }
    on
}

#[test]
fn the_client_has_each_service_of_the_bindings() {
    let (bindings, services) = services();
    let client = features(&table("runtime/Cargo.toml"));
    assert_eq!(client["services"], services, "`services` in runtime/Cargo.toml turns on the client's own features, one for each service");
    for service in &services {
        let mut wanted = bindings[service].clone();
        wanted.insert(format!("webex-xml-types/{service}"));
        assert_eq!(client.get(service), Some(&wanted), "the feature `{service}` of runtime/Cargo.toml, after that of generated/Cargo.toml");
    }
    let default = &client["default"];
    assert!(default.contains("services"), "the client's default features are without the services: {default:?}");
}

/// Returns each list with the service of its module and the feature that enables it.
fn lists() -> Vec<(String, String, Option<String>)> {
    let namespaces = table("xsdgen.toml");
    let namespaces = namespaces["namespaces"].as_table().expect("a table of namespaces");
    let service = |module: &str| {
        let is_it = namespaces.values().find(|it| it["module"].as_str() == Some(module));
        is_it.and_then(|it| it["feature"].as_str()).unwrap_or_else(|| panic!("{module} has no feature")).to_owned()
    };
    let (mut lists, mut gate) = (Vec::new(), None);
    for line in text("runtime/src/paging/lists.rs").lines().map(str::trim) {
        if let Some(feature) = line.strip_prefix("#[cfg(feature = \"").and_then(|rest| rest.strip_suffix("\")]")) {
            gate = Some(feature.to_owned());
            continue;
        }
        let in_table = ["parts ", "short ", "counted ", "whole "].iter().find_map(|how| line.strip_prefix(how)?.split_once(" =>"));
        let apart = line.strip_prefix("impl Listing for webex_xml_types::").and_then(|rest| rest.split_once(" {"));
        if let Some((module, request)) =
            in_table.or(apart).and_then(|(path, _)| path.split_once("::")).filter(|(module, _)| !module.contains('$'))
        {
            lists.push((format!("{module}::{request}"), service(module), gate.take()));
        }
    }
    lists
}

#[test]
fn each_list_has_the_feature_of_its_service() {
    let (always, lists) = (always(), lists());
    assert!(lists.len() >= 36, "{lists:?}");
    for (list, service, gate) in lists {
        let wanted = if always.contains(&service) { None } else { Some(service) };
        assert_eq!(gate, wanted, "the feature that {list} is behind in runtime/src/paging/lists.rs");
    }
}
