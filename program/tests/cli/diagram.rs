//! Tests `xsdgen diagram`: the page in the documentation, what is written where, and wrong arguments.

use std::path::Path;

use super::diff::blocks;
use super::{Bench, schema};

#[test]
fn the_page_shows_real_output() {
    let page = include_str!("../../../docs/diagrams.md").replace("\r\n", "\n");
    let bench = Bench::new("diagram_page").with("pictures/README", "");
    let mut pictures = 0;
    for (kind, text) in blocks(&page) {
        if let Some(name) = kind.strip_prefix("xml ") {
            bench.write(name, &text);
        }
        let Some((command, output)) = text.split_once('\n').filter(|_| kind == "console") else { continue };
        let arguments: Vec<&str> = command.split(' ').skip(2).collect();
        let run = bench.run(&arguments);
        assert_eq!(format!("{}{}", run.out, run.err), output, "{command}");
        if let Some(picture) = arguments.last().filter(|name| name.ends_with(".svg")) {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(picture);
            let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
            assert!(bench.read(picture) == expected, "`docs/{picture}` is out of date: run `cargo gen`");
            assert!(page.contains(&format!("]({picture})")), "the page does not show {picture}");
            pictures += 1;
        }
    }
    assert_eq!(pictures, 3);
}

#[test]
fn the_file_or_the_option_determines_the_format() {
    let bench = Bench::new("diagram_format").with("note.xsd", &schema("note"));
    let written = |arguments: &[&str]| bench.run(&[&["diagram", "note:noteType", "note.xsd"], arguments].concat()).ends_with(0).out.clone();
    for (name, start) in [("a.svg", "<svg "), ("a.mmd", "flowchart LR\n"), ("a.DOT", "digraph "), ("a.gv", "digraph ")] {
        assert_eq!(written(&["--out", name]), "");
        assert!(bench.read(name).starts_with(start), "{name}");
    }
    assert!(written(&[]).starts_with("<svg "));
    assert!(written(&["--format", "dot"]).starts_with("digraph "));
    written(&["--format", "mmd", "-o", "a.txt"]);
    assert!(bench.read("a.txt").starts_with("flowchart "));
    bench.run(&["diagram", "note:noteType", "note.xsd", "-o", "a.png"]).ends_with(2).says("a file that ends in .svg, .mmd or .dot");
    let names: Vec<String> = bench.files("").into_keys().collect();
    assert_eq!(names, ["a.DOT", "a.gv", "a.mmd", "a.svg", "a.txt", "note.xsd"], "no temporary files are left");
}

#[test]
fn a_picture_that_cannot_be_written_leaves_the_old_one() {
    let bench = Bench::new("diagram_failure").with("note.xsd", &schema("note")).with("a.svg", "old");
    bench.run(&["diagram", "note:noteTyp", "note.xsd", "-o", "a.svg"]).ends_with(2).says("did you mean `note:noteType`?");
    bench.run(&["diagram", "note:note", "nothing.xsd", "-o", "a.svg"]).ends_with(4).says("error[X0001]");
    assert_eq!(bench.read("a.svg"), "old");
    bench.run(&["diagram", "note:note", "note.xsd", "-o", "nowhere/a.svg"]).ends_with(4).says("cannot write `nowhere/a.svg`");
}

#[test]
fn wrong_components_are_usage_errors() {
    let both = schema("note").replace("<xs:element name=\"note\"", "<xs:element name=\"noteType\"");
    let bench = Bench::new("diagram_component").with("note.xsd", &both);
    bench.run(&["diagram", "zzzzzz", "note.xsd"]).ends_with(2).says("no component `zzzzzz`\nhelp: write `prefix:name`");
    let run = bench.run(&["diagram", "noteType", "note.xsd"]);
    run.ends_with(2).says("`noteType` names several components").says("`type::note:noteType`").says("`element::note:noteType`");
    bench.run(&["diagram", "type::noteType", "note.xsd"]).ends_with(0);
    bench.run(&["diagram", "\u{1b}[31m", "note.xsd"]).ends_with(2).says("\\u{1b}[31m");
    bench.run(&["diagram", "note:noteType", "note.xsd", "--only-changes"]).ends_with(2);
}

#[test]
fn the_configuration_names_the_schemas_and_the_prefixes() {
    let config = "schemas = [\"note.xsd\"]\nout = \"out\"\n[namespaces]\n\"urn:note\" = { module = \"n\", prefix = \"n\" }\n";
    let bench = Bench::new("diagram_config").with("note.xsd", &schema("note")).with("xsdgen.toml", config).with("other.conf", config);
    let old = schema("note").replace("name=\"body\"", "name=\"text\" type=\"xs:int\"/><xs:element name=\"body\"");
    bench.write("old/note.xsd", &old);
    assert!(bench.run(&["diagram", "n:noteType"]).ends_with(0).out.contains(">n:noteType</title>"));
    bench.run(&["diagram", "n:noteType", "--config", "other.conf"]).ends_with(0);
    let marked = bench.run(&["diagram", "n:noteType", "--against", "old"]);
    marked.ends_with(0);
    assert!(marked.out.contains("removed: element text") && !marked.out.contains("changed: "), "{}", marked.out);
    bench.run(&["diagram", "n:noteType", "--against", "nothing.xsd"]).ends_with(4).says("error[X0001]");
}
