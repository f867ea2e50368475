//! Tests the JSON Schema of the configuration file against the files of the repository, and the messages for values of the wrong type.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a failed test panics")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xsdgen::{Config, config_schema};

/// The problems that a JSON Schema finds in a value. It knows the words that the schema of the configuration uses, and rejects others.
fn problems(schema: &Value, value: &Value, path: &str) -> Vec<String> {
    let Some(schema) = schema.as_object() else {
        return if *schema == Value::Bool(false) { vec![format!("{path}: false")] } else { Vec::new() };
    };
    let mut out = Vec::new();
    for (word, wanted) in schema {
        let fits = match word.as_str() {
            "$schema" | "title" | "description" | "default" | "format" => true,
            "type" => match wanted.as_str() {
                Some("string") => value.is_string(),
                Some("boolean") => value.is_boolean(),
                Some("integer") => value.is_i64() || value.is_u64(),
                Some("array") => value.is_array(),
                Some("object") => value.is_object(),
                _ => false,
            },
            "enum" => wanted.as_array().is_some_and(|words| words.contains(value)),
            "minimum" => value.as_i64() >= wanted.as_i64(),
            "maximum" => value.as_i64() <= wanted.as_i64(),
            "required" => wanted.as_array().into_iter().flatten().all(|key| value.get(key.as_str().unwrap_or_default()).is_some()),
            "anyOf" => wanted.as_array().into_iter().flatten().any(|other| problems(other, value, path).is_empty()),
            "items" => {
                out.extend(value.as_array().into_iter().flatten().flat_map(|item| problems(wanted, item, path)));
                true
            }
            "properties" | "additionalProperties" => true,
            _ => false,
        };
        if !fits {
            out.push(format!("{path}: {word}"));
        }
    }
    let open = Value::Bool(true);
    for (key, inner) in value.as_object().into_iter().flatten() {
        let known = schema.get("properties").and_then(|known| known.get(key));
        let schema = known.or_else(|| schema.get("additionalProperties")).unwrap_or(&open);
        out.extend(problems(schema, inner, &format!("{path}/{key}")));
    }
    out
}

fn schema_problems(toml: &str) -> Vec<String> {
    let value: toml::Value = toml::from_str(toml).expect("TOML");
    problems(&config_schema(), &serde_json::to_value(value).expect("JSON"), "")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = entry.path();
        let skipped = path.file_name().is_some_and(|name| name == "target" || name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !skipped {
            files(&path, found);
        } else if path.file_name().is_some_and(|name| name == "xsdgen.toml") {
            found.push(path);
        }
    }
}

/// Tests that the schema accepts every configuration file of the repository, and that each of them is refused with a key that does not exist.
#[test]
fn the_schema_accepts_the_files_of_the_repository() {
    let mut found = Vec::new();
    files(&root(), &mut found);
    assert!(found.len() > 5, "{found:?}");
    for path in found {
        let text = std::fs::read_to_string(&path).expect("a text");
        assert_eq!(schema_problems(&text), Vec::<String>::new(), "{}", path.display());
        assert_eq!(schema_problems(&format!("no-such-key = 1\n{text}")), ["/no-such-key: false"], "{}", path.display());
    }
}

#[test]
fn the_schema_requires_schemas_or_versions() {
    assert_eq!(schema_problems("out = 'src'"), [": anyOf"]);
    assert_eq!(schema_problems("schemas = ['a.xsd']"), [": required"]);
    assert_eq!(schema_problems("schemas = ['a.xsd']\nout = 'src'"), [""; 0]);
    assert_eq!(schema_problems("out = 'src'\n[versions]\nv1 = ['a.xsd']"), [""; 0]);
}

/// Tests that the examples on the page are valid, both for the schema and for the reader.
#[test]
fn the_examples_of_the_page_are_valid() {
    let page = std::fs::read_to_string(root().join("docs/configuration.md")).expect("the page");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap_or_default()).collect();
    assert!(examples.len() > 10, "{examples:?}");
    for example in examples {
        let missing = ["schemas", "out"].into_iter().filter(|key| !example.contains(&format!("{key} =")));
        // `[versions]` replaces `schemas`.
        let missing = missing.filter(|key| *key == "out" || !example.contains("[versions]"));
        let mut text: String = missing.map(|key| if key == "out" { "out = \"out\"\n" } else { "schemas = [\"a.xsd\"]\n" }).collect();
        text.push_str(example);
        assert_eq!(schema_problems(&text), Vec::<String>::new(), "{text}");
        let staged = Config::parse(&text, Path::new("xsdgen.toml"));
        assert!(staged.product.is_some(), "{text}\n{:?}", staged.diagnostics);
    }
}

/// Returns the spellings of a key in a table, and of the keys of the tables in it.
fn keys(schema: &Value, path: &str, out: &mut Vec<(String, Value)>) {
    for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
        out.push((format!("{path}{key}"), schema.clone()));
        keys(schema, &format!("{path}{key}."), out);
        if schema["additionalProperties"].is_object() {
            out.push((format!("{path}{key}.x"), schema["additionalProperties"].clone()));
            keys(&schema["additionalProperties"], &format!("{path}{key}.x."), out);
        }
    }
}

/// Tests that the reader knows each key of the schema, and that a value of the wrong type is reported at its place with its key.
#[test]
fn every_key_is_read_and_its_type_is_checked() {
    let mut all = Vec::new();
    keys(&config_schema(), "", &mut all);
    assert!(all.len() > 40, "{all:?}");
    for (path, schema) in all.iter().filter(|(_, schema)| schema.get("type").is_some()) {
        let text = format!("{path} = 1.5\n");
        assert_eq!(schema_problems(&text).iter().filter(|problem| problem.ends_with(": type")).count(), 1, "{text}: {schema}");
        let mut form = String::new();
        if let Some(key) = path.strip_prefix("values.x.").filter(|key| *key != "as") {
            let forms = [("formats also", "date-time"), ("names", "named-integers"), ("true false", "boolean")];
            let kind =
                forms.iter().find(|(keys, _)| keys.split(' ').any(|other| key.starts_with(other))).map_or("delimited", |(_, kind)| kind);
            form = format!("values.x.as = \"{kind}\"\n");
        }
        let text = format!("{form}{}", text.replace("names.x", "names.1"));
        let staged = Config::parse(&text, Path::new("xsdgen.toml"));
        let key = text.lines().last().and_then(|line| line.split(" = ").next()).and_then(|key| key.rsplit('.').next()).unwrap_or_default();
        let wrong = format!("`{key}` is to be ");
        let found: Vec<_> = staged.diagnostics.iter().filter(|problem| problem.message.starts_with(&wrong)).collect();
        assert_eq!(found.len(), 1, "{text}{:?}", staged.diagnostics);
        assert!(found[0].message.ends_with(", not a float") && found[0].span.line() as usize == text.lines().count(), "{found:?}");
        let others: Vec<_> = staged.diagnostics.iter().filter(|problem| problem.message.contains("unknown key")).collect();
        assert!(others.is_empty(), "{others:?}");
    }
}

#[test]
fn all_problems_are_reported_with_their_places() {
    let text = "schemas = [1, \"a.xsd\", true]\nout = 1979-05-27\n[values.V]\nas = \"boolean\"\nof = [\"a\"]\nformats = [\"YYYY\"]\n\
        [values.N]\nas = \"named-integers\"\nof = [\"b\"]\nnames = { 1 = { nam = \"One\" }, x = \"Two\", 3 = 4 }\n\
        [namespaces]\n\"urn:a\" = { modul = \"a\" }\n[crate]\npackage = { version = \"1\" }\ndependencies = { \"a b\" = \"1\" }\n";
    let staged = Config::parse(text, Path::new("xsdgen.toml"));
    let found: Vec<String> = staged.diagnostics.iter().map(|d| format!("{}: {}", d.span, d.message)).collect();
    assert_eq!(
        found,
        [
            "xsdgen.toml:1:12: `schemas` is to be an array of strings, not an integer",
            "xsdgen.toml:1:24: `schemas` is to be an array of strings, not a boolean",
            "xsdgen.toml:2:7: `out` is to be a string, not a date or time",
            "xsdgen.toml:3:1: `true` or `false` is missing in `[values.V]`",
            "xsdgen.toml:6:1: unknown key `formats` in `[values.V]`",
            "xsdgen.toml:10:15: `name` is missing in `[values.N.names.1]`",
            "xsdgen.toml:10:17: unknown key `nam` in `[values.N.names.1]`",
            "xsdgen.toml:10:32: `x` is no integer",
            "xsdgen.toml:10:47: `3` is to be a string or a table, not an integer",
            "xsdgen.toml:12:13: unknown key `modul` in `[namespaces.urn:a]`",
            "xsdgen.toml:13:1: `package.name` is missing in `[crate]`",
            "xsdgen.toml:15:18: `a b` cannot be the name of a package",
        ]
    );
}

#[test]
fn the_schema_has_descriptions_and_words() {
    let schema = config_schema();
    assert_eq!(schema["required"], json!(["out"]), "`[versions]` can replace `schemas`");
    assert_eq!(schema["properties"]["missing"]["enum"], json!(["error", "blank"]));
    let mut all = Vec::new();
    keys(&schema, "", &mut all);
    for (path, schema) in all.iter().filter(|(path, _)| !path.ends_with(".x")) {
        assert!(schema["description"].as_str().is_some_and(|text| text.ends_with(['.', '`'])), "{path}: {schema}");
    }
}
