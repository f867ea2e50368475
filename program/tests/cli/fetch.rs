//! Tests `xsdgen fetch`: what is missing, where it is expected, what it needs in turn, the lock, and files that change.

use super::Bench;

const MAIN: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:o=\"urn:o\" targetNamespace=\"urn:m\">\n\
    <xs:import namespace=\"urn:o\" schemaLocation=\"http://example.org/s/o.xsd\"/>\n\
    <xs:import namespace=\"http://www.w3.org/XML/1998/namespace\" schemaLocation=\"http://www.w3.org/2001/xml.xsd\"/>\n\
    <xs:element name=\"m\" type=\"o:T\"/>\n</xs:schema>\n";

const OTHER: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:o=\"urn:o\" targetNamespace=\"urn:o\">\n\
    <xs:include schemaLocation=\"../common/base.xsd\"/>\n\
    <xs:complexType name=\"T\"><xs:attribute name=\"a\" type=\"o:A\"/></xs:complexType>\n</xs:schema>\n";

const BASE: &str = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n\
    <xs:simpleType name=\"A\"><xs:restriction base=\"xs:int\"/></xs:simpleType>\n</xs:schema>\n";

#[test]
fn what_is_missing_is_listed_until_everything_is_there() {
    let bench = Bench::new("fetch").with("m.xsd", MAIN);
    let run = bench.run(&["fetch", "m.xsd"]);
    run.ends_with(0);
    assert!(run.out.contains("missing  http://example.org/s/o.xsd\n"), "{}", run.out);
    assert!(run.out.contains("expected at vendor/example.org/s/o.xsd, needed by m.xsd:2"), "{}", run.out);
    assert!(run.out.contains("curl -fgL --create-dirs -o 'vendor/example.org/s/o.xsd' 'http://example.org/s/o.xsd'\n"), "{}", run.out);
    assert!(!run.out.contains("xml.xsd"), "a built-in schema does: {}", run.out);
    assert!(!bench.dir.join("xsdgen-fetch.lock").exists(), "there is nothing to record");
    bench.run(&["fetch", "--check", "m.xsd"]).ends_with(1);

    // The document needs another one in turn, whose location is relative.
    let bench = bench.with("vendor/example.org/s/o.xsd", OTHER);
    let run = bench.run(&["fetch", "m.xsd"]);
    run.ends_with(0);
    assert!(run.out.contains("missing  http://example.org/common/base.xsd\n"), "{}", run.out);
    assert!(run.out.contains("expected at vendor/example.org/common/base.xsd, needed by vendor/example.org/s/o.xsd:2"), "{}", run.out);
    assert!(!run.out.contains("s/o.xsd'"), "{}", run.out);

    let bench = bench.with("vendor/example.org/common/base.xsd", BASE);
    let run = bench.run(&["fetch", "--check", "m.xsd"]);
    run.ends_with(1).says("xsdgen-fetch.lock is out of date");
    let run = bench.run(&["fetch", "m.xsd"]);
    run.ends_with(0);
    assert_eq!(run.out, "");
    bench.run(&["fetch", "--check", "m.xsd"]).ends_with(0);
    let lock = std::fs::read_to_string(bench.dir.join("xsdgen-fetch.lock")).expect("the lock");
    let lines: Vec<Vec<&str>> = lock.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let places: Vec<&[&str]> = lines.iter().map(|line| &line[1..]).collect();
    let expected = [
        ["http://example.org/common/base.xsd", "vendor/example.org/common/base.xsd"],
        ["http://example.org/s/o.xsd", "vendor/example.org/s/o.xsd"],
    ];
    assert_eq!(places, expected.each_ref().map(|line| line.as_slice()));
    assert!(lines.iter().all(|line| line[0].len() == 64), "{lock}");

    // Schemas are read through the lock.
    let run = bench.run(&["check", "--fetched", "xsdgen-fetch.lock", "m.xsd"]);
    run.ends_with(0);
    assert!(run.out.contains("ok: 3 schema files") && run.err.is_empty(), "{}{}", run.out, run.err);
    bench.run(&["check", "m.xsd"]).ends_with(0).says("warning[X0008]");
}

#[test]
fn a_file_that_changes_is_refused_until_it_is_accepted() {
    let config = "schemas = [\"m.xsd\"]\nout = \"made\"\n";
    let bench = Bench::new("fetch-changed").with("xsdgen.toml", config).with("m.xsd", MAIN);
    let bench = bench.with("vendor/example.org/s/o.xsd", OTHER).with("vendor/example.org/common/base.xsd", BASE);
    bench.run(&["fetch", "--quiet"]).ends_with(0);
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let bench = bench.with("vendor/example.org/common/base.xsd", &BASE.replace("xs:int", "xs:long"));
    let run = bench.run(&["generate", "--quiet"]);
    run.ends_with(1).says("error[X0022]");
    assert!(run.err.contains("vendor/example.org/common/base.xsd") && run.err.contains("xsdgen fetch --update"), "{}", run.err);
    let run = bench.run(&["fetch", "--check"]);
    run.ends_with(1);
    assert!(
        run.out.contains("changed  vendor/example.org/common/base.xsd, recorded for http://example.org/common/base.xsd"),
        "{}",
        run.out
    );
    // Without the option, the recorded hash stays.
    bench.run(&["fetch", "--quiet"]).ends_with(1);
    bench.run(&["generate", "--quiet"]).ends_with(1);
    bench.run(&["fetch", "--quiet", "--update"]).ends_with(0);
    bench.run(&["generate", "--quiet"]).ends_with(0);
    std::fs::remove_file(bench.dir.join("vendor/example.org/s/o.xsd")).expect("a file");
    bench.run(&["generate", "--quiet"]).ends_with(1).says("run `xsdgen fetch` to see what is missing");
}

#[test]
fn local_files_and_other_folders() {
    let main = MAIN.replace("http://example.org/s/o.xsd", "gone.xsd");
    let bench = Bench::new("fetch-local").with("m.xsd", &main);
    let run = bench.run(&["fetch", "--dir", "elsewhere", "m.xsd"]);
    run.ends_with(0);
    assert!(run.out.contains("missing  gone.xsd, needed by m.xsd:2") && !run.out.contains("curl"), "{}", run.out);
    // A location must not lead to a command that does more than to fetch, nor out of the folder.
    let hostile = MAIN.replace("http://example.org/s/o.xsd", "http://example.org/../../a'b$(x).xsd?q");
    let bench = bench.with("m.xsd", &hostile);
    let run = bench.run(&["fetch", "--dir", "elsewhere", "m.xsd"]);
    run.ends_with(0);
    let command = "curl -fgL --create-dirs -o 'elsewhere/example.org/a_b__x_.xsd_q' 'http://example.org/../../a'\\''b$(x).xsd?q'\n";
    assert!(run.out.contains(command), "{}", run.out);
}

#[test]
fn a_lock_that_is_broken_is_refused() {
    let bench = Bench::new("fetch-broken").with("m.xsd", MAIN).with("xsdgen-fetch.lock", "not a lock\n");
    let run = bench.run(&["fetch", "m.xsd"]);
    run.ends_with(1).says("error[X0022]");
    bench.run(&["check", "--fetched", "none.lock", "m.xsd"]).ends_with(2);
}

#[test]
fn catalogs_come_from_the_configuration_or_the_command_line() {
    let catalog = "<catalog xmlns=\"urn:oasis:names:tc:entity:xmlns:xml:catalog\">\n\
        <rewriteSystem systemIdStartString=\"http://example.org/\" rewritePrefix=\"local/\"/>\n</catalog>\n";
    let config = "schemas = [\"m.xsd\"]\nout = \"made\"\ncatalogs = [\"in/catalog.xml\"]\n";
    let bench = Bench::new("fetch-catalogs").with("xsdgen.toml", config).with("m.xsd", MAIN).with("in/catalog.xml", catalog);
    bench.run(&["generate", "--quiet"]).ends_with(1).says("error[X0021]");
    let bench = bench.with("in/local/s/o.xsd", OTHER).with("in/local/common/base.xsd", BASE);
    let run = bench.run(&["generate", "--quiet"]);
    run.ends_with(0);
    assert_eq!(run.err, "");
    let run = bench.run(&["check", "--catalog", "in/catalog.xml", "m.xsd"]);
    run.ends_with(0);
    assert!(run.out.contains("ok: 3 schema files"), "{}", run.out);
    // What a catalog leads to needs no URL.
    let run = bench.run(&["fetch", "--check"]);
    run.ends_with(0);
    assert_eq!(run.out, "");
}
