//! Tests that the example of each code of a change shows that code and no other, and that the output in each format is the one recorded in
//! `comparisons/`, which `cargo gen` writes. The command line is tested in `cli`.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;

use xsdgen::compare::present::{github, json, markdown, text};
use xsdgen::compare::{Comparison, Input, Shown, codes, compare};
use xsdgen::settings::Settings;
use xsdgen::{Lock, Planned};

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("comparisons").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// The schema sets of an explanation, by the first folder of their names.
fn sets(more: &str) -> BTreeMap<&str, Vec<(&str, String)>> {
    let (mut out, mut lines): (BTreeMap<_, Vec<_>>, _) = (BTreeMap::new(), more.lines());
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("```xml ") else { continue };
        let text: String = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
        out.entry(name.split('/').next().expect("a folder")).or_default().push((name, text));
    }
    out
}

fn planned(folder: &Path, files: &[(&str, String)]) -> Planned {
    let mut paths = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder made");
        std::fs::write(&path, text).expect("a file written");
        paths.push(path);
    }
    let made = xsdgen::planned(&paths, &Settings::default(), &Lock::default());
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

fn compared(old: &Planned, new: &Planned) -> Comparison {
    compare(Input { model: &old.model, ir: &old.ir }, Input { model: &new.model, ir: &new.ir })
}

/// Both sets of an explanation, and how the second differs from the first.
fn example(test: &str, code: &str, more: &str) -> (Planned, Planned, Comparison) {
    let (folder, sets) = (folder(&format!("{test}/{code}")), sets(more));
    let (old, new) = (planned(&folder, &sets["old"]), planned(&folder, &sets["new"]));
    let mut comparison = compared(&old, &new);
    let prefix = format!("{}/", xsdgen::source::display(&folder));
    for side in comparison.changes.iter_mut().flat_map(|change| change.old.iter_mut().chain(change.new.iter_mut())) {
        side.file = side.file.replace(&prefix, "");
    }
    (old, new, comparison)
}

fn found(comparison: &Comparison) -> BTreeSet<&'static str> {
    comparison.changes.iter().map(|change| change.code.id).collect()
}

/// Codes that come with another: a namespace with what it declares, a document with the types that moved there.
const COMPANIONS: &[(&str, &str)] = &[("XD0101", "XD0121"), ("XD0102", "XD0122"), ("XD0105", "XD0114"), ("XD0106", "XD0114")];

#[test]
fn each_example_shows_its_change_and_nothing_else() {
    let mut problems = Vec::new();
    for entry in codes::ALL {
        let code = entry.code.id;
        let (_, _, comparison) = example("alone", code, entry.more);
        let others = found(&comparison).into_iter().filter(|other| *other != code && !COMPANIONS.contains(&(code, other)));
        let others: Vec<&str> = others.collect();
        if !found(&comparison).contains(code) || !others.is_empty() {
            problems.push(format!("{code}: {:?}", found(&comparison)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_set_does_not_differ_from_itself_and_the_reverse_undoes_a_change() {
    for entry in codes::ALL {
        let (old, new, there) = example("back", entry.code.id, entry.more);
        assert_eq!(compared(&old, &old).changes, [], "{}", entry.code);
        assert_eq!(compared(&new, &new).changes, [], "{}", entry.code);
        let back = compared(&new, &old);
        assert_eq!(there.changes.len(), back.changes.len(), "{}: {:?}", entry.code, back.changes);
    }
}

/// Schemas of which an earlier version said that they differ from themselves, or compared them for hours.
fn odd_sets() -> Vec<(&'static str, String)> {
    let schema = |components: &str| {
        let ns = "xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' xmlns='urn:t'";
        format!("<xs:schema {ns}>{components}</xs:schema>")
    };
    let restriction = |name: &str, base: &str, facet: &str| {
        format!("<xs:simpleType name='{name}'><xs:restriction base='{base}'>{facet}</xs:restriction></xs:simpleType>")
    };
    let union = |name: String, members: String| format!("<xs:simpleType name='{name}'><xs:union memberTypes='{members}'/></xs:simpleType>");
    let of_two = |first: &str| -> String {
        let nested = (1..40).map(|level| union(format!("U{level}"), format!("U{0} U{0}", level - 1)));
        let nested: String = std::iter::once(union("U0".to_owned(), first.to_owned())).chain(nested).collect();
        schema(&format!("{nested}<xs:element name='r' type='U39'/>"))
    };
    let digits = [("A", "xs:integer", 1), ("B", "xs:integer", 6), ("C", "xs:positiveInteger", 12), ("D", "xs:nonPositiveInteger", 18)];
    let digits = digits.map(|(name, base, digits)| restriction(name, base, &format!("<xs:totalDigits value='{digits}'/>")));
    vec![
        ("a union that names the same types often", of_two("xs:int xs:string")),
        ("a union of finite types", of_two("xs:boolean xs:boolean")),
        ("integers of some digits", schema(&digits.concat())),
    ]
}

#[test]
fn odd_sets_do_not_differ_from_themselves() {
    for (name, text) in odd_sets() {
        let set = planned(&folder(&format!("odd/{}", name.replace(' ', "_"))), &[("a.xsd", text)]);
        let comparison = compared(&set, &set);
        assert_eq!(comparison.changes, [], "{name}");
        let documents = &comparison.verdicts.documents;
        for verdict in [&documents.new_reads_old, &documents.old_reads_new, &documents.old_tolerates_new] {
            assert_eq!((verdict.result, &verdict.reason), (Shown::Proven, &None), "{name}");
        }
    }
}

#[test]
fn a_redefined_group_does_not_differ_from_itself() {
    let ns = "xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t' xmlns='urn:t'";
    let group = |content: &str| format!("<xs:group name='g'><xs:sequence>{content}</xs:sequence></xs:group>");
    let original = format!("<xs:schema {ns}>{}</xs:schema>", group("<xs:element name='a'/>"));
    let redefined = group("<xs:group ref='g'/><xs:element name='b'/>");
    let redefining = format!("<xs:schema {ns}><xs:redefine schemaLocation='original.xsd'>{redefined}</xs:redefine></xs:schema>");
    let folder = folder("redefined");
    std::fs::create_dir_all(&folder).expect("a folder made");
    std::fs::write(folder.join("original.xsd"), original).expect("a file written");
    let set = planned(&folder, &[("a.xsd", redefining)]);
    assert_eq!(compared(&set, &set).changes, []);
}

type Format = fn(&Comparison, &mut Vec<u8>) -> std::io::Result<()>;

const FORMATS: [(&str, Format); 4] = [
    ("changes.txt", |comparison, out| text::write(comparison, true, out)),
    ("changes.md", |comparison, out| markdown::write(comparison, true, out)),
    ("changes.json.txt", |comparison, out| json::write(comparison, out)),
    ("changes.github.txt", |comparison, out| github::write(comparison, true, &|_| github::Severity::Notice, out)),
];

#[test]
fn the_output_is_word_for_word_as_expected() {
    let comparisons: Vec<_> = codes::ALL.iter().map(|entry| (entry.code.id, example("output", entry.code.id, entry.more).2)).collect();
    for (name, format) in FORMATS {
        let mut said = String::new();
        for (code, comparison) in &comparisons {
            let mut out = Vec::new();
            format(comparison, &mut out).expect("memory");
            said.push_str(&format!("=== {code}\n{}", anstream::adapter::strip_str(&String::from_utf8(out).expect("UTF-8"))));
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/comparisons").join(name);
        let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(said == expected, "run `cargo gen`, and look at what changed in `{name}`");
    }
}

#[test]
fn refutations_have_a_witness_and_a_cause() {
    let mut refuted = 0;
    for entry in codes::ALL {
        let (_, _, comparison) = example("causes", entry.code.id, entry.more);
        let whole = &comparison.verdicts.documents;
        for documents in comparison.parts.iter().map(|part| &part.documents).chain([whole]) {
            for verdict in [&documents.new_reads_old, &documents.old_reads_new, &documents.old_tolerates_new] {
                assert_eq!(verdict.witness.is_some(), verdict.result == Shown::Refuted, "{}", entry.code);
                assert_eq!(verdict.reason.is_some(), verdict.result != Shown::Proven || verdict.is_vacuous(), "{}", entry.code);
                if verdict.result == Shown::Refuted {
                    let cause = verdict.change.and_then(|cause| comparison.changes.iter().find(|change| change.fingerprint == cause));
                    assert!(cause.is_some(), "{}: {verdict:?}", entry.code);
                    refuted += 1;
                }
            }
        }
    }
    assert!(refuted > 100, "{refuted}");
}

/// Checks a value against the keywords that `docs/comparison.schema.json` uses.
fn check(schema: &Value, root: &Value, value: &Value, path: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(root.pointer(&name[1..]).expect("a definition"), root, value, path);
    }
    if let Some(alternatives) = schema["oneOf"].as_array() {
        let object = alternatives.iter().find(|it| (it["type"] == "object") == value.is_object()).expect("an alternative");
        return check(object, root, value, path);
    }
    let allowed = schema["enum"].as_array();
    assert!(allowed.is_none_or(|all| all.contains(value)), "{path}: {value}");
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
    };
    assert!(allowed.is_some() || schema["type"] == kind, "{path} is of type {kind}");
    for item in value.as_array().into_iter().flatten() {
        check(&schema["items"], root, item, &format!("{path}[]"));
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(object.contains_key(name.as_str().expect("a name")), "{path} has no {name}");
    }
    for (key, value) in object {
        assert!(!schema["properties"][key].is_null(), "{path}.{key} is not described");
        check(&schema["properties"][key], root, value, &format!("{path}.{key}"));
    }
}

#[test]
fn json_is_as_described() {
    let schema: Value = serde_json::from_str(include_str!("../../docs/comparison.schema.json")).expect("JSON");
    for entry in codes::ALL {
        let (_, _, comparison) = example("json", entry.code.id, entry.more);
        let mut out = Vec::new();
        json::write(&comparison, &mut out).expect("memory");
        check(&schema, &schema, &serde_json::from_slice(&out).expect("JSON"), entry.code.id);
    }
}

/// Tests the verdict about constructors: the order of the parameters of `new` matters, that of the fields of a builder does not.
#[test]
fn builders_depend_on_their_fields_and_not_on_the_order() {
    let of = |name: &str, elements: &str| {
        let elements: String = elements
            .split(' ')
            .map(|it| format!("<xs:element name='{it}' type='xs:string' minOccurs='{}'/>", u8::from(it != "o")))
            .collect();
        let schema = format!(
            "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:complexType name='t'><xs:sequence>{elements}</xs:sequence></xs:complexType></xs:schema>"
        );
        planned(&folder(&format!("constructors/{name}")), &[("schema.xsd", schema)])
    };
    let verdict = |old: &str, new: &str| {
        let found = compared(&of("old", old), &of("new", new));
        let changes = found.verdicts.rust.changes.into_iter().filter(|change| change.rule.name == "parameters-changed");
        changes.map(|change| (change.before.unwrap_or_default(), change.after.unwrap_or_default())).collect::<Vec<_>>()
    };
    let fields = |names: &str| names.split(' ').map(|it| format!("{it}: String")).collect::<Vec<_>>().join(", ");
    let shown = |name: &str, names: &str| format!("{name}({})", fields(names));
    assert_eq!(verdict("a b c", "a c b"), [(shown("new", "a b c"), shown("new", "a c b"))]);
    assert_eq!(verdict("a b c d", "a b d c o"), []);
    assert_eq!(verdict("a b c", "d a b c"), [(shown("new", "a b c"), shown("builder", "a b c d"))]);
    assert_eq!(verdict("a b c d", "e a b c d"), [(shown("builder", "a b c d"), shown("builder", "a b c d e"))]);
}
