//! Tests `xsdgen generate --watch` on real files. `cli::watch` tests which events cause a run.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use super::{Bench, schema};

struct Watching {
    child: Child,
    err: BufReader<ChildStderr>,
}

impl Watching {
    fn start(bench: &Bench) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xsdgen"));
        let mut child = command.current_dir(&bench.dir).args(["generate", "--watch"]).stderr(Stdio::piped()).spawn().expect("a process");
        let err = BufReader::new(child.stderr.take().expect("standard error"));
        Self { child, err }
    }

    /// Returns what is printed up to the end of a run.
    fn run(&mut self) -> String {
        let mut text = String::new();
        while !text.contains("watching ") {
            assert!(self.err.read_line(&mut text).expect("UTF-8") > 0, "the program ended: {text}");
        }
        text
    }

    /// Interrupts the program, and returns its exit code.
    fn end(mut self) -> Option<i32> {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        self.child.wait().expect("an end").code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn changes_generate_again() {
    let including =
        schema("a").replace("<xs:element name=\"note\"", "<xs:include schemaLocation=\"more/b.xsd\"/>\n  <xs:element name=\"note\"");
    let included = |ty: &str| schema("a").replace("noteType", ty).replace("name=\"note\"", &format!("name=\"{ty}\""));
    let config = "schemas = [\"xsd/*.xsd\"]\nout = \"out\"\n";
    let bench = Bench::new("watch").with("xsd/a.xsd", &including).with("xsd/more/b.xsd", &included("one")).with("xsdgen.toml", config);
    let mut watching = Watching::start(&bench);
    assert!(watching.run().contains("2 new"));
    bench.write("xsd/more/b.xsd", &included("two"));
    let text = watching.run();
    assert!(text.contains("2 changed"), "an included document: {text}");
    // An editor replaces the file by another one.
    bench.write("xsd/more/.b.swp", &included("three"));
    std::fs::rename(bench.dir.join("xsd/more/.b.swp"), bench.dir.join("xsd/more/b.xsd")).expect("a rename");
    assert!(watching.run().contains("2 changed"));
    assert!(bench.read("out/a.rs").contains("pub struct Three"));
    bench.write("xsd/a.xsd", "<xs:schema");
    assert!(watching.run().contains("error[X0002]"), "a problem is printed");
    assert!(bench.read("out/a.rs").contains("pub struct Three"), "the output stays");
    bench.write("xsd/a.xsd", &including);
    let text = watching.run();
    assert!(text.contains("nothing changed"), "{text}");
    bench.write("xsdgen.toml", &config.replace("\"out\"", "\"other\""));
    assert!(watching.run().contains("done other"));
    bench.write("xsd/c.xsd", &schema("c"));
    assert!(watching.run().contains("1 new"), "a new file");
    assert_eq!(watching.end(), Some(0));
    assert!(bench.texts("other").contains_key("c.rs"));
}

#[test]
fn a_file_in_a_new_folder_is_found() {
    let config = "schemas = [\"xsd/**/*.xsd\"]\nout = \"out\"\n";
    let bench = Bench::new("watch_folders").with("xsd/a.xsd", &schema("a")).with("xsdgen.toml", config);
    let mut watching = Watching::start(&bench);
    assert!(watching.run().contains("2 new"));
    std::fs::create_dir_all(bench.dir.join("xsd/new/deep")).expect("folders");
    bench.write("xsd/new/deep/c.xsd", &schema("c"));
    let mut text = watching.run();
    // The file can be read between its creation and the end of its text.
    while !text.contains("new") {
        text = watching.run();
    }
    assert_eq!(watching.end(), Some(0));
    assert!(bench.texts("out").contains_key("c.rs"));
}

#[test]
fn a_check_is_not_watched() {
    Bench::new("watch_usage").run(&["generate", "--watch", "--check"]).ends_with(2);
}
