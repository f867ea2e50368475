//! Tests the rules that schemas may break. The case `allowed` breaks each of them, and its documents show what the bindings then do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

use std::path::{Path, PathBuf};

use xsdgen::diagnostic::{Diagnostic, Severity};
use xsdgen::lenient::{MISSING, OUTSIDE, RULES};
use xsdgen::settings::Settings;

fn schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/allowed/schema.xsd")
}

/// Returns the problems of the case if the rules are allowed that `allows` accepts.
fn problems(allows: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let allow = RULES.iter().map(|rule| rule.name.to_owned()).filter(|name| allows(name)).collect();
    xsdgen::check(&[schema()], &Settings { allow, ..Settings::default() }).diagnostics.into_iter().collect()
}

#[test]
fn each_rule_is_an_error_unless_it_is_allowed() {
    // The test program `reading` tests the two that are not rules of the recommendation.
    for rule in RULES.iter().filter(|rule| ![MISSING, OUTSIDE].contains(&rule.name)) {
        let errors: Vec<Diagnostic> = problems(|name| name != rule.name).into_iter().filter(|d| d.severity != Severity::Warning).collect();
        assert!(!errors.is_empty(), "nothing in the case breaks {}", rule.name);
        for error in errors {
            assert!(rule.covers(&error), "{}: {}: {}", rule.name, error.span, error.message);
        }
    }
}

#[test]
fn each_violation_that_is_allowed_is_a_warning_with_its_place() {
    let all = problems(|_| true);
    assert!(all.iter().all(|d| d.severity == Severity::Warning && d.span.line() > 0), "{all:#?}");
    for rule in RULES.iter().filter(|rule| ![MISSING, OUTSIDE].contains(&rule.name)) {
        assert!(all.iter().any(|d| rule.covers(d)), "no warning for {}", rule.name);
    }
}

/// Tests that what the bindings cannot represent stays an error, whatever is allowed.
#[test]
fn some_clauses_cannot_be_allowed() {
    let cases = [
        ("a-props-correct.1", "<xs:complexType name='c'/><xs:attribute name='a' type='c'/>"),
        ("st-props-correct.1", "<xs:complexType name='c'/><xs:simpleType name='s'><xs:restriction base='c'/></xs:simpleType>"),
        ("ct-props-correct.3", "<xs:complexType name='c'><xs:complexContent><xs:extension base='c'/></xs:complexContent></xs:complexType>"),
        (
            "cos-valid-default.2",
            "<xs:element name='e' default='1'><xs:complexType><xs:sequence><xs:element name='x'/></xs:sequence></xs:complexType></xs:element>",
        ),
    ];
    let settings = Settings { allow: RULES.iter().map(|rule| rule.name.to_owned()).collect(), ..Settings::default() };
    let folder = std::env::temp_dir().join(format!("xsdgen-allow-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for (clause, body) in cases {
        let path = folder.join(format!("{clause}.xsd"));
        std::fs::write(&path, format!("<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>{body}</xs:schema>")).unwrap();
        let checked = xsdgen::check(&[path], &settings);
        assert!(checked.diagnostics.iter().any(|d| d.severity == Severity::Error && d.message.contains(clause)), "{clause}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_page_on_inputs_has_the_table_of_rules() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/inputs.md")).unwrap();
    let row = |rule: &xsdgen::lenient::Rule| format!("| `{}` | {} | {} |\n", rule.name, rule.section, rule.effect);
    let table = format!("| rule | section | what the bindings do |\n|---|---|---|\n{}", RULES.iter().map(row).collect::<String>());
    assert!(page.replace("\r\n", "\n").contains(&table), "write into docs/inputs.md:\n{table}");
}
