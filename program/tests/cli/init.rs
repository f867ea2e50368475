//! Tests of `xsdgen init`: which schemas it finds, what it writes, and what it says to do next.

use super::{Bench, schema};

const PACKAGE: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";

#[test]
fn schemas_are_found_and_generate() {
    let bench = Bench::new("init").with("Cargo.toml", PACKAGE).with("xsd/deep/a.xsd", &schema("a")).with("src/main.rs", "fn main() {}\n");
    for skipped in ["target/x.xsd", ".hidden/x.xsd", "node_modules/x/x.xsd"] {
        bench.write(skipped, "no schema");
    }
    let run = bench.run(&["init"]);
    run.ends_with(0)
        .says("   wrote xsdgen.toml: 1 schema file, 1 namespace; the bindings go to src/a\n")
        .says("    next xsdgen generate\n");
    run.says("             xsdgen-codec = \"0.1\"\n").says("             #[path = \"a/lib.rs\"]\n             mod a;\n");
    assert_eq!(run.out, "");
    let text = bench.read("xsdgen.toml");
    assert!(
        text.contains("\nschemas = [\"xsd\"]\n") && text.ends_with("[namespaces]\n\"urn:a\" = { module = \"a\", prefix = \"a\" }\n"),
        "{text}"
    );
    bench.run(&["generate"]).ends_with(0);
    assert!(bench.texts("src/a").contains_key("a.rs"));
    bench.run(&["init"]).ends_with(4).says("there is an `xsdgen.toml` already");
    assert_eq!(bench.read("xsdgen.toml"), text);
    assert_eq!(bench.texts("").keys().filter(|name| name.starts_with(".tmp")).count(), 0);
}

#[test]
fn groups_of_schemas_have_one_configuration() {
    let bench = Bench::new("init_groups").with("a.xsd", &schema("a")).with("b/b.xsd", &schema("b")).with("b/.old/b.xsd", "no schema");
    bench.run(&["init", "--quiet"]).ends_with(0);
    let text = bench.read("xsdgen.toml");
    // The folder would contain the hidden file.
    assert!(text.contains("schemas = [\n    \"a.xsd\",\n    \"b/b.xsd\",\n]\n") && text.contains("out = \"generated\"\n"), "{text}");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let named = Bench::new("init_named").with("a.xsd", &schema("a")).with("b/b.xsd", &schema("b"));
    let run = named.run(&["init", "b", "--out", "made/it"]);
    run.ends_with(0).says("1 schema file, 1 namespace").says("#[path = \"../made/it/lib.rs\"]\n             mod it;\n");
    assert!(named.read("xsdgen.toml").contains("schemas = [\"b\"]\n"));
}

#[test]
fn a_module_in_the_way_is_not_overwritten() {
    let bench = Bench::new("init_taken").with("Cargo.toml", PACKAGE).with("a.xsd", &schema("a")).with("src/a.rs", "");
    bench.run(&["init"]).ends_with(0).says("mod a_xml;");
    bench.run(&["generate"]).ends_with(0);
}

#[test]
fn problems_do_not_prevent_the_file() {
    let missing = schema("a").replace(
        "<xs:element name=\"note\"",
        "<xs:include schemaLocation='no.xsd'/>\n  <xs:element name=\"x\" type=\"a:y\"/>\n  <xs:element name=\"note\"",
    );
    let bench = Bench::new("init_problems").with("a.xsd", &missing);
    bench.run(&["init"]).ends_with(1).says("error[X0006]").says("write in xsdgen.toml: allow = [\"missing\"]");
    bench.run(&["generate"]).ends_with(1);
    bench.write("xsdgen.toml", &bench.read("xsdgen.toml").replace("# allow", "allow"));
    bench.run(&["generate"]).ends_with(0);
    let bench = Bench::new("init_broken").with("a.xsd", "<xs:schema");
    bench.run(&["init"]).ends_with(1).says("error[X0002]").says("wrote xsdgen.toml");
    let empty = Bench::new("init_empty");
    empty.run(&["init"]).ends_with(2).says("there is no schema file");
    assert!(empty.texts("").is_empty());
}
