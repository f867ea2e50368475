//! Tests `xsdgen generate`: layouts, configuration, order of arguments.

use super::{Bench, schema};

const CONFIG: &str = "schemas = [\"xsd/**/*.xsd\"]\nout = \"made\"\ncommand = \"make bindings\"\n";

#[test]
fn a_folder_of_modules() {
    let bench = Bench::new("modules").with("a.xsd", &schema("a")).with("b.xsd", &schema("b"));
    let run = bench.run(&["generate", "a.xsd", "b.xsd", "--out", "src/api"]);
    run.ends_with(0).says("2 schema files").says("in 2 namespaces").says("new src/api/a.rs");
    let names: Vec<String> = bench.texts("src/api").into_keys().collect();
    assert_eq!(names, ["a.rs", "b.rs", "lib.rs"]);
}

#[test]
fn a_crate() {
    let bench = Bench::new("crate").with("a.xsd", &schema("a"));
    bench.run(&["generate", "a.xsd", "--out", "made", "--crate", "note-api", "--codec", "../../codec"]).ends_with(0);
    let names: Vec<String> = bench.texts("made").into_keys().collect();
    assert_eq!(names, ["Cargo.toml", "README.md", "rustfmt.toml", "src/a.rs", "src/lib.rs"]);
    let manifest = bench.read("made/Cargo.toml");
    for line in ["name = \"note-api\"", "edition = \"2024\"", "xsdgen-codec = { path = \"../../codec\" }"] {
        assert!(manifest.lines().any(|l| l == line), "{line} is not in\n{manifest}");
    }
}

#[test]
fn the_order_and_spelling_of_arguments_do_not_matter() {
    let bench = Bench::new("order").with("x/a.xsd", &schema("a")).with("x/b.xsd", &schema("b")).with("x/c.xsd", &schema("c"));
    let arguments: [&[&str]; 5] = [
        &["x/a.xsd", "x/b.xsd", "x/c.xsd"],
        &["x/c.xsd", "x/a.xsd", "x/b.xsd", "x/a.xsd"],
        &["x/b.xsd", "./x/c.xsd", "x/../x/a.xsd"],
        &["x"],
        &["x/*.xsd"],
    ];
    for (n, files) in arguments.into_iter().enumerate() {
        let out = format!("out{n}");
        bench.run(&[&["generate", "--out", &out], files].concat()).ends_with(0);
        assert_eq!(bench.texts(&out), bench.texts("out0"), "{files:?}");
    }
    bench.run_in("x", &["generate", "c.xsd", "b.xsd", "a.xsd", "--out", "../elsewhere"]).ends_with(0);
    assert_eq!(bench.texts("elsewhere"), bench.texts("out0"));
    let absolute = bench.dir.join("x").display().to_string();
    bench.run(&["generate", &absolute, "--out", "absolute"]).ends_with(0);
    assert_eq!(bench.texts("absolute"), bench.texts("out0"));
    bench.run(&["generate", "x/b.xsd", &absolute, "x/c.xsd", "--out", "mixed"]).ends_with(0);
    assert_eq!(bench.texts("mixed"), bench.texts("out0"));
}

#[test]
fn the_configuration_is_found_from_folders_below() {
    let bench = Bench::new("configured").with("xsdgen.toml", CONFIG).with("xsd/deep/a.xsd", &schema("a"));
    bench.run(&["generate"]).ends_with(0).says("read xsdgen.toml: 1 schema file");
    let made = bench.texts("made");
    assert!(made.contains_key("a.rs") && made.contains_key("lib.rs"), "{:?}", made.keys());
    bench.run_in("xsd/deep", &["generate", "--check"]).ends_with(0);
    bench.run_in("xsd", &["generate", "--config", "../xsdgen.toml", "--check"]).ends_with(0);
}

#[test]
fn check_and_diff_write_nothing() {
    let bench = Bench::new("check").with("xsdgen.toml", CONFIG).with("xsd/a.xsd", &schema("a"));
    bench.run(&["generate", "--check"]).ends_with(1).says("2 missing").says("run `make bindings`");
    assert!(bench.texts("made").is_empty());
    bench.run(&["generate"]).ends_with(0);
    bench.run(&["generate", "--check"]).ends_with(0);

    bench.write("xsd/a.xsd", &schema("a").replace("\"body\"", "\"text\""));
    let before = bench.files("made");
    let diff = bench.run(&["generate", "--diff"]);
    diff.ends_with(0);
    assert!(diff.out.starts_with("--- made/a.rs\n+++ made/a.rs\n@@ "), "{}", diff.out);
    assert!(diff.out.lines().any(|l| l.starts_with('-') && l.contains("body")), "{}", diff.out);
    assert!(diff.out.lines().any(|l| l.starts_with('+') && l.contains("text")), "{}", diff.out);
    let both = bench.run(&["generate", "--check", "--diff"]);
    both.ends_with(1).says("made is out of date: 1 changed").says("changed made/a.rs");
    assert_eq!(both.out, diff.out);
    assert_eq!(bench.files("made"), before);
    bench.run(&["generate", "a.xsd", "--out", "made", "--check"]).ends_with(4);
}
