//! Tests `xsdgen lock`, and how `xsdgen generate` reads and writes the lock.

use super::{Bench, schema};

const CONFIG: &str = "schemas = [\"*.xsd\"]\nout = \"out\"\n";

fn bench(name: &str) -> Bench {
    Bench::new(name).with("a.xsd", &schema("a")).with("xsdgen.toml", CONFIG)
}

#[test]
fn the_lock_is_written_with_the_bindings() {
    let bench = bench("lock-written");
    bench.run(&["generate", "--check"]).ends_with(1).says("error: xsdgen.lock is missing\n");
    bench.run(&["generate"]).ends_with(0).says("     new xsdgen.lock");
    let lock = bench.read("xsdgen.lock");
    assert!(lock.starts_with("# xsdgen.lock, format 1: ") && lock.contains("\na:noteType struct a::Note\n"), "{lock}");
    bench.run(&["generate", "--check"]).ends_with(0);
    bench.run(&["lock"]).ends_with(0).says("fresh xsdgen.lock: 4 names; nothing changed");
    bench.run(&["lock", "--check"]).ends_with(0);
}

#[test]
fn a_lock_that_is_behind_fails_the_check() {
    let bench = bench("lock-behind");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let lock = bench.read("xsdgen.lock");
    bench.write("xsdgen.lock", &lock.replace("a:noteType/body field body: Option<String>\n", ""));
    let run = bench.run(&["generate", "--check"]);
    run.ends_with(1).says("error: xsdgen.lock is out of date\n       + a:noteType/body field body: Option<String>\n");
    run.says("help: run `xsdgen generate --config xsdgen.toml`");
    bench.run(&["lock", "--check"]).ends_with(1).says("       + a:noteType/body field body: Option<String>");
    let run = bench.run(&["generate", "--diff"]);
    run.ends_with(0);
    assert!(run.out.contains("+++ xsdgen.lock") && run.out.contains("+a:noteType/body field body: Option<String>"), "{}", run.out);
    bench.run(&["lock"]).ends_with(0).says("1 new line, 0 removed");
    assert_eq!(bench.read("xsdgen.lock"), lock);
    bench.run(&["generate", "--check"]).ends_with(0);
}

#[test]
fn a_lock_and_bindings_are_written_together_or_not_at_all() {
    let bench = bench("lock-together");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let lock = bench.read("xsdgen.lock");
    bench.write("out/a.rs", "// by hand\n");
    bench.write("a.xsd", &schema("a").replace("\"body\"", "\"text\""));
    bench.run(&["generate"]).ends_with(4).says("X0011");
    assert_eq!(bench.read("xsdgen.lock"), lock);
}

#[test]
fn a_damaged_lock_stops_the_program() {
    let bench = bench("lock-damaged");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let lock = bench.read("xsdgen.lock");
    bench.write("xsdgen.lock", &format!("{lock}<<<<<<< ours\n"));
    for arguments in [["generate", "--quiet"], ["lock", "--quiet"], ["names", "--config=xsdgen.toml"]] {
        bench.run(&arguments).ends_with(1).reports("xsdgen.lock:10:1", "error[X0862]: the lock has a conflict marker, `<<<<<<< ours`");
    }
    bench.write("xsdgen.lock", &lock.replace("a::Note", "a::fn"));
    bench.run(&["generate"]).ends_with(1).reports("xsdgen.lock:6:1", "error[X0863]: `a::fn` is not made of Rust identifiers");
    std::fs::remove_file(bench.dir.join("xsdgen.lock")).expect("removed");
    std::fs::create_dir(bench.dir.join("xsdgen.lock")).expect("a folder");
    bench.run(&["generate"]).ends_with(4).says("cannot read `xsdgen.lock`: it is not a regular file");
}

#[test]
fn schemas_on_the_command_line_have_a_lock_on_request() {
    let bench = Bench::new("lock-ad-hoc").with("a.xsd", &schema("a"));
    bench.run(&["generate", "a.xsd", "--out", "one"]).ends_with(0);
    assert!(!bench.dir.join("xsdgen.lock").exists());
    bench.run(&["generate", "a.xsd", "--out", "one", "--lock", "names.lock"]).ends_with(0);
    bench.write("names.lock", &bench.read("names.lock").replace("field body:", "field text:"));
    bench.run(&["generate", "a.xsd", "--out", "one", "--lock", "names.lock", "--quiet"]).ends_with(0);
    assert!(bench.read("one/a.rs").contains("pub text: Option<String>"), "{}", bench.read("one/a.rs"));
    bench.run(&["lock", "a.xsd", "--lock", "names.lock", "--all", "--quiet"]).ends_with(0);
    assert!(bench.read("names.lock").contains("field body:"));
    bench.run(&["lock", "a.xsd"]).ends_with(2).says("--lock");
}

#[test]
fn another_output_folder_leaves_the_lock() {
    let bench = bench("lock-other");
    bench.run(&["generate", "--out", "other", "--quiet"]).ends_with(0);
    assert!(bench.dir.join("other/a.rs").exists() && !bench.dir.join("xsdgen.lock").exists());
}

#[test]
fn new_names_leave_aliases() {
    let bench = bench("lock-relock");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    bench.write("xsdgen.lock", &bench.read("xsdgen.lock").replace("struct a::Note", "struct a::Letter"));
    bench.run(&["generate", "--quiet"]).ends_with(0);
    bench
        .run(&["lock", "--relock", "a:noteTyp"])
        .ends_with(1)
        .says("no component in the lock matches `a:noteTyp`")
        .says("did you mean `a:noteType`?");
    let run = bench.run(&["lock", "--relock", "a:noteType"]);
    run.ends_with(0).says("       - a:noteType struct a::Letter\n").says("       + a:noteType deprecated a::Letter\n");
    run.says("       + a:noteType struct a::Note\n").says("help: run `xsdgen generate`");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    assert!(
        bench.read("out/a.rs").contains("#[deprecated(note = \"renamed to `Note`\")]\npub type Letter = Note;"),
        "{}",
        bench.read("out/a.rs")
    );
    bench.run(&["lock", "--relock", "a:noteType", "--no-alias"]).ends_with(0).says("       - a:noteType deprecated a::Letter\n");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    assert!(!bench.read("out/a.rs").contains("deprecated"));
    bench.run(&["lock", "--no-alias"]).ends_with(2).says("`--no-alias` has no effect");
    bench.run(&["lock", "--all", "--relock", "a:noteType"]).ends_with(2);
}

#[test]
fn two_configurations_in_a_folder_have_two_locks() {
    let bench = Bench::new("lock-two").with("a.xsd", &schema("a")).with("b.xsd", &schema("b"));
    let configs = ["a", "b"].map(|name| (format!("{name}.toml"), format!("schemas = [\"{name}.xsd\"]\nout = \"{name}\"\n")));
    configs.iter().for_each(|(file, text)| bench.write(file, text));
    for (file, _) in &configs {
        bench.run(&["generate", "--config", file, "--quiet"]).ends_with(0);
    }
    assert!(
        bench.read("a.lock").contains("\na:noteType struct a::Note\n") && bench.read("b.lock").contains("\nb:noteType struct b::Note\n")
    );
    for (file, _) in &configs {
        let run = bench.run(&["generate", "--config", file, "--check"]);
        run.ends_with(0);
        assert!(!run.err.contains("X0866"), "{}", run.err);
    }
}

#[test]
fn line_ends_of_the_lock_do_not_count() {
    let bench = bench("lock-line-ends");
    bench.run(&["generate", "--quiet"]).ends_with(0);
    let crlf = bench.read("xsdgen.lock").replace('\n', "\r\n");
    bench.write("xsdgen.lock", &crlf);
    bench.run(&["generate", "--check"]).ends_with(0);
    bench.run(&["generate"]).ends_with(0).says("nothing changed, nothing written");
    assert_eq!(bench.read("xsdgen.lock"), crlf);
    bench.write("a.xsd", &schema("a").replace("\"body\"", "\"text\""));
    let run = bench.run(&["generate", "--diff"]);
    run.ends_with(0);
    assert_eq!(run.out.matches("\n-a:").count(), 1, "{}", run.out);
}
