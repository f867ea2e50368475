//! Tests the command line of `xsdgen notes` and of `xsdgen diff --since`, and that the output in `docs/release-notes.md` is real. The notes themselves
//! are tested in `notes`.

use super::diff::{blocks, git};
use super::{Bench, schema};

/// The schema of [`schema`] with more elements in its type, and more components.
fn grown(more: &str, components: &str) -> String {
    schema("a")
        .replace("    </xs:sequence>", &format!("      {more}\n    </xs:sequence>"))
        .replace("</xs:schema>", &format!("{components}</xs:schema>"))
}

const CC: &str = r#"<xs:element name="cc" type="xs:string" minOccurs="0"/>"#;
const BCC: &str = r#"<xs:element name="blindCopy" type="xs:string" minOccurs="0"/>"#;
const LEVEL: &str =
    r#"<xs:simpleType name="level"><xs:restriction base="xs:string"><xs:enumeration value="LOW"/></xs:restriction></xs:simpleType>"#;

#[test]
fn notes_are_printed_or_written_as_a_whole() {
    let bench = Bench::new("notes_out").with("old.xsd", &schema("a")).with("new.xsd", &grown(CC, ""));
    let printed = bench.run(&["notes", "1.0=old.xsd", "2.0=new.xsd", "--title", "Notes of A"]);
    printed.ends_with(0);
    assert!(printed.out.starts_with("# Notes of A\n\nWhat changed between 1.0 and 2.0: 1 changed type.\n"), "{}", printed.out);
    let run = bench.run(&["notes", "1.0=old.xsd", "2.0=new.xsd", "--title", "Notes of A", "-o", "notes.md"]);
    run.ends_with(0);
    assert!(run.out.is_empty() && bench.read("notes.md") == printed.out, "{}", run.out);
    // Nothing is left beside the file, and a file that cannot be written is reported.
    assert!(!bench.dir.join("notes.md.tmp").exists());
    bench.run(&["notes", "old.xsd", "new.xsd", "-o", "absent/notes.md"]).ends_with(4).says("cannot write `absent/notes.md`");
}

#[test]
fn wrong_sides_of_notes_are_wrong_usage() {
    let bench = Bench::new("notes_usage").with("old.xsd", &schema("a"));
    bench.run(&["notes", "old.xsd"]).ends_with(2).says("write `OLD NEW`");
    bench.run(&["notes", "a..b"]).ends_with(2).says("write `a..b -- PATH`");
    bench.run(&["notes", "old.xsd", "absent.xsd"]).ends_with(4).reports("absent.xsd", "error[X0001]");
    bench.run(&["notes", "old.xsd", "old.xsd", "--config", "absent.toml"]).ends_with(4);
}

#[test]
fn revisions_have_their_names_in_the_notes() {
    let bench = Bench::new("notes_git").with("xsd/a.xsd", &schema("a"));
    git(&bench, &["init", "--quiet", "."]);
    git(&bench, &["add", "."]);
    git(&bench, &["commit", "--quiet", "--message=1"]);
    git(&bench, &["tag", "v1"]);
    bench.write("xsd/a.xsd", &grown(CC, ""));
    git(&bench, &["commit", "--quiet", "--all", "--message=2"]);
    git(&bench, &["tag", "v2"]);
    let run = bench.run(&["notes", "v1..v2", "--", "xsd"]);
    run.ends_with(0);
    assert!(run.out.starts_with("# Release notes for v2\n\nWhat changed between v1 and v2: 1 changed type.\n"), "{}", run.out);
    let run = bench.run(&["diff", "--since", "v1", "v2", "--", "xsd"]);
    run.ends_with(0);
    assert_eq!(run.out, "# From the releases v1, v2, by `xsdgen diff --since`.\n[since]\n\"a:noteType/cc\" = \"v2\"\n");
}

/// A configuration whose selectors match only the new schemas gives the names of both.
#[test]
fn one_configuration_gives_the_names_of_both_sides() {
    let config = "schemas = [\"new.xsd\"]\nout = \"out\"\nsecrets = [\"a:noteType/cc\"]\nwords = [\"c c\"]\n[names]\n\"a:noteType\" = \"Message\"\n\
                  \"a:level\" = \"Urgency\"\n";
    let bench = Bench::new("notes_config").with("old.xsd", &schema("a")).with("new.xsd", &grown(CC, LEVEL)).with("a.toml", config);
    let run = bench.run(&["diff", "old.xsd", "new.xsd", "--config", "a.toml"]);
    run.ends_with(0);
    assert!(
        run.out.contains("    rust a::Message::c_c\n") && run.out.ends_with("  member-added a::Message::c_c\n  item-added a::Urgency\n"),
        "{}",
        run.out
    );
    bench.run(&["notes", "old.xsd", "a.toml", "--config", "a.toml"]).ends_with(0);
    // Without the option, each side has a configuration of its own, and that of the old side would not fit.
    bench.write("b.toml", &config.replace("new.xsd", "old.xsd"));
    bench.run(&["diff", "b.toml", "a.toml"]).ends_with(1).says("error[X0851]");
    bench.run(&["diff", "b.toml", "a.toml", "--config", "a.toml"]).ends_with(0);
}

/// Three releases: what is added, renamed, removed and added again.
#[test]
fn since_entries_reach_the_documentation() {
    let roots = |name: &str| format!(r#"<xs:element name="{name}" type="xs:string"/>"#);
    let third = grown(
        &format!("{CC}\n{}", BCC.replace("blindCopy", "blindcopy")),
        &format!("{}{}", LEVEL.replace("LOW\"/>", "LOW\"/><xs:enumeration value=\"a b\"/>"), roots("memo")),
    );
    let bench =
        Bench::new("since").with("1.xsd", &grown(CC, "")).with("2.xsd", &grown(BCC, LEVEL)).with("3.xsd", &third).with("group.xsd", "");
    let run = bench.run(&["diff", "--since", "1.0=1.xsd", "2.0=2.xsd", "3.0=3.xsd"]);
    run.ends_with(0);
    assert_eq!(
        run.out,
        "# From the releases 1.0, 2.0, 3.0, by `xsdgen diff --since`.\n\
         [since]\n\
         \"a:level\" = \"2.0\"\n\
         \"a:level/=\\\"a b\\\"\" = \"3.0\"\n\
         \"a:noteType/blindcopy\" = \"3.0\" # was a:noteType/blindCopy\n\
         \"a:noteType/cc\" = \"3.0\"\n\
         \"element::a:memo\" = \"3.0\"\n"
    );
    bench.write("xsdgen.toml", &format!("schemas = [\"3.xsd\"]\nout = \"out\"\n{}", run.out));
    bench.run(&["generate"]).ends_with(0);
    let code = bench.read("out/a.rs");
    assert!(code.contains("    /// Since 3.0.\n    #[xml(\"cc\")]\n    pub cc: Option<String>,\n"), "{code}");
    assert_eq!((code.matches("/// Since 2.0.").count(), code.matches("/// Since 3.0.").count()), (1, 3), "{code}");
    assert_eq!(bench.read("out/lib.rs").matches("/// Since 3.0.").count(), 1, "{}", bench.read("out/lib.rs"));
}

/// The elements of a new model group are new in the types that refer to it.
#[test]
fn a_new_group_gives_an_entry_for_each_of_its_elements() {
    let group = r#"<xs:group name="copies"><xs:sequence><xs:element name="cc" type="xs:string"/></xs:sequence></xs:group>"#;
    let bench =
        Bench::new("since_group").with("1.xsd", &schema("a")).with("2.xsd", &grown(r#"<xs:group ref="a:copies" minOccurs="0"/>"#, group));
    let run = bench.run(&["diff", "--since", "1.0=1.xsd", "2.0=2.xsd"]);
    run.ends_with(0);
    assert!(
        run.out.ends_with("# \"group::a:copies\" = \"2.0\" # no Rust item of its own\n\"group::a:copies/cc\" = \"2.0\"\n"),
        "{}",
        run.out
    );
    bench.write("xsdgen.toml", &format!("schemas = [\"2.xsd\"]\nout = \"out\"\n{}", run.out));
    bench.run(&["generate"]).ends_with(0);
    assert!(bench.read("out/a.rs").contains("/// Since 2.0."), "{}", bench.read("out/a.rs"));
}

#[test]
fn releases_need_names() {
    let bench = Bench::new("since_usage").with("1.xsd", &schema("a")).with("2.xsd", &grown(CC, ""));
    bench.run(&["diff", "--since", "1.xsd", "2=2.xsd"]).ends_with(2).says("the release `1.xsd` has no name: write `NAME=1.xsd`");
    bench.run(&["diff", "--since", "1=1.xsd"]).ends_with(2).says("one release alone");
    bench.run(&["diff", "--since", "1=1.xsd", "2=2.xsd", "--deny", "changes"]).ends_with(2);
}

#[test]
fn the_page_about_release_notes_shows_real_output() {
    let page = include_str!("../../../docs/release-notes.md").replace("\r\n", "\n");
    let bench = Bench::new("notes_page");
    let (mut output, mut shown) = (String::new(), 0);
    for (kind, text) in &blocks(&page) {
        match kind.split_once(' ') {
            Some(("xml" | "toml", file)) => bench.write(file, text),
            _ if *kind == "console" => {
                let (command, rest) = text.split_once('\n').expect("a command");
                let run = bench.run(&command.split(' ').skip(2).collect::<Vec<_>>());
                run.ends_with(0);
                assert!(rest.is_empty() || rest == run.out, "{command}\n{}", run.out);
                output = run.out;
            }
            _ if *kind == "markdown" => {
                assert!(*text == output, "{output}");
                shown += 1;
            }
            _ => {}
        }
    }
    assert_eq!(shown, 1);
}
