//! Tests the configuration that `init` writes: its namespaces do not change the bindings.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::path::{Path, PathBuf};

use xsdgen::{Config, InitOptions, Initial, Lock, init};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn initial(folder: &Path, schemas: &[&str]) -> Initial {
    let options = InitOptions { schemas: schemas.iter().map(|text| (*text).to_owned()).collect(), out: None };
    let files: Vec<PathBuf> = schemas.iter().map(|schema| folder.join(schema)).collect();
    init(&files, &options).product.expect("a configuration")
}

fn parse(text: &str, folder: &Path) -> Config {
    let config = Config::parse(text, &folder.join("xsdgen.toml"));
    config.product.unwrap_or_else(|| panic!("{:?}\n{text}", config.diagnostics))
}

#[test]
fn the_namespaces_do_not_change_the_bindings() {
    let entries = std::fs::read_dir(root()).expect("the folder of the cases");
    let folders = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.join("schema.xsd").is_file());
    let (mut compared, mut listed) = (0, 0);
    for folder in folders {
        let made = initial(&folder, &["schema.xsd"]);
        let config = parse(&made.text, &folder);
        listed += config.settings.namespaces.len();
        let (before, table) = made.text.split_once("[namespaces]\n").expect("a table");
        assert_eq!(table.lines().count(), config.settings.namespaces.len(), "{}", made.text);
        let allow = made.allow.iter().map(|rule| (*rule).to_owned()).collect::<Vec<_>>();
        let generate = |text: &str| {
            let mut config = parse(text, &folder);
            config.settings.allow.clone_from(&allow);
            let made = config.generate_with(&Lock::default());
            made.product.unwrap_or_else(|| panic!("{}: {:?}", folder.display(), made.diagnostics))
        };
        let (with, without) = (generate(&made.text), generate(before));
        assert_eq!((&with.files, &with.lock), (&without.files, &without.lock), "{}", folder.display());
        compared += 1;
    }
    assert!(compared > 50 && listed > 50, "{compared} cases, {listed} namespaces");
}

#[test]
fn one_namespace_gives_the_output_its_name() {
    let made = initial(&root(), &["choice/schema.xsd"]);
    assert_eq!((made.out.as_str(), made.namespaces, made.generates), ("src/choice", 1, true));
    assert!(made.text.contains("\nschemas = [\"choice/schema.xsd\"]\n") && made.text.contains("\nout = \"src/choice\"\n"), "{}", made.text);
    let several = initial(&root(), &["namespaces/schema.xsd", "choice/schema.xsd"]);
    assert_eq!(several.out, "src/bindings");
    assert!(several.text.contains("\nschemas = [\n    \"namespaces/schema.xsd\",\n    \"choice/schema.xsd\",\n]\n"), "{}", several.text);
}

#[test]
fn violated_rules_are_named() {
    let made = initial(&root().join("../diagnostics"), &["ambiguous/schema.xsd"]);
    assert_eq!((made.allow.as_slice(), made.generates), (&["cos-nonambig"][..], false));
    let made = initial(&root().join("../diagnostics"), &["missing_components/schema.xsd"]);
    assert_eq!((made.allow.as_slice(), made.generates), (&["missing"][..], false));
    assert!(made.text.contains("\n# allow = [\"missing\"]\n"), "{}", made.text);
    parse(&made.text.replace("# allow", "allow"), &root());
}

#[test]
fn schemas_that_cannot_be_planned_have_a_configuration() {
    let made = initial(&root().join("../diagnostics"), &["type_misspelled/schema.xsd", "not_a_schema/schema.xsd"]);
    assert!(!made.generates && made.allow.is_empty(), "{made:?}");
    parse(&made.text, &root());
}
