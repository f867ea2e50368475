//! Tests the sides, formats and exit codes of `xsdgen diff`. The changes themselves are tested in `comparisons`.

use std::process::Command;

use super::{Bench, schema};

/// The schema of [`schema`] with one more element in its type.
fn grown(name: &str, more: &str) -> String {
    schema(name).replace("    </xs:sequence>", &format!("      {more}\n    </xs:sequence>"))
}

const OPTIONAL: &str = r#"<xs:element name="cc" type="xs:string" minOccurs="0"/>"#;
const REQUIRED: &str = r#"<xs:element name="cc" type="xs:string"/>"#;

fn bench(name: &str, more: &str) -> Bench {
    Bench::new(name).with("old.xsd", &schema("a")).with("new.xsd", &grown("a", more))
}

#[test]
fn changes_are_shown_and_are_no_failure() {
    let bench = bench("diff_text", OPTIONAL);
    let run = bench.run(&["diff", "old.xsd", "new.xsd"]);
    run.ends_with(0);
    assert!(
        run.out.starts_with("a:noteType/cc\n  XD0201 optional element added: xs:string\n    new  new.xsd:7\n    rust a::Note::cc\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("\n1 change: 1 added\nnew reads old: proven\n  roots: 1 of 1 proven\n"), "{}", run.out);
    assert!(run.out.contains("\nold reads new: refuted, `note/cc`: the element may not occur here\n"), "{}", run.out);
    assert!(run.out.contains("\nold tolerates new: proven\n"), "{}", run.out);
    assert!(run.out.ends_with("\nrust: minor\n  member-added a::Note::cc\n") && run.err.is_empty(), "{}{}", run.out, run.err);
    let same = bench.run(&["diff", "old.xsd", "old.xsd"]);
    same.ends_with(0);
    assert!(same.out.starts_with("no changes\nnew reads old: proven\n") && same.out.ends_with("\nrust: patch\n"), "{}", same.out);
}

#[test]
fn what_is_denied_fails() {
    let minor = bench("diff_minor", OPTIONAL);
    let major = bench("diff_major", REQUIRED);
    for (bench, deny, code) in [
        (&minor, "rust-major", 0),
        (&minor, "rust-minor", 1),
        (&minor, "XD0202,xd0201", 1),
        (&minor, "XD0202", 0),
        (&minor, "changes", 1),
        (&minor, "new-reads-old,old-tolerates-new", 0),
        (&minor, "old-reads-new", 1),
        (&major, "new-reads-old", 1),
        (&major, "rust-major", 1),
        (&major, "rust-minor", 1),
        (&major, "nothing", 2),
    ] {
        bench.run(&["diff", "old.xsd", "new.xsd", "--deny", deny]).ends_with(code);
    }
    minor.run(&["diff", "old.xsd", "old.xsd", "--deny", "changes,rust-minor"]).ends_with(0);
}

#[test]
fn accepted_changes_do_not_fail() {
    let bench = bench("diff_accept", REQUIRED);
    let run = bench.run(&["diff", "old.xsd", "new.xsd"]);
    let fingerprint = run.out.lines().find_map(|line| line.trim().strip_prefix("id   ")).expect("a fingerprint");
    bench
        .write("accepted.toml", &format!("[accepted]\n\"{fingerprint}\" = \"agreed with all clients\"\n\"0123456789abcdef\" = \"gone\"\n"));
    let run = bench.run(&["diff", "old.xsd", "new.xsd", "--accept", "accepted.toml", "--deny", "changes,rust-major,new-reads-old"]);
    run.ends_with(0).reports("accepted.toml:3:1", "warning[X0806]: no change has the fingerprint `0123456789abcdef`");
    assert!(run.out.contains("accepted: agreed with all clients"), "{}", run.out);
    // The file of the schema is not part of the fingerprint.
    bench.write("elsewhere/other.xsd", &bench.read("new.xsd"));
    let run = bench.run(&["diff", "old.xsd", "elsewhere/other.xsd", "--accept", "accepted.toml", "--deny", "XD0202"]);
    run.ends_with(0);
    bench.write("accepted.toml", "[accepted]\nx = \"y\"\n\"0123456789abcdef\" = \" \"\n");
    let run = bench.run(&["diff", "old.xsd", "new.xsd", "--accept", "accepted.toml"]);
    run.ends_with(1).says("`x` is not a fingerprint").says("the reason is empty");
    bench.run(&["diff", "old.xsd", "new.xsd", "--accept", "absent.toml"]).ends_with(4);
}

#[test]
fn github_shows_what_is_denied_as_an_error() {
    let bench = bench("diff_github", REQUIRED);
    let run = bench.run(&["diff", "old.xsd", "new.xsd", "--format", "github"]);
    run.ends_with(0);
    let told = "file=new.xsd,line=7,title=XD0202 required element added::a:noteType/cc: required element added: xs:string\n";
    assert_eq!(run.out, format!("::warning {told}"));
    let run = bench.run(&["diff", "old.xsd", "new.xsd", "--format", "github", "--deny", "rust-major"]);
    run.ends_with(1);
    assert_eq!(run.out, format!("::error {told}"));
}

#[test]
fn wrong_sides_are_wrong_usage() {
    let bench = bench("diff_usage", OPTIONAL);
    for arguments in [&["diff"][..], &["diff", "old.xsd"], &["diff", "a..b"], &["diff", "a", "b", "c"], &["diff", "--git-driver", "a", "b"]]
    {
        bench.run(arguments).ends_with(2);
    }
    bench.run(&["diff", "old.xsd", "absent.xsd"]).ends_with(4).reports("absent.xsd", "error[X0001]");
    bench.write("wrong.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='b'/></xs:schema>");
    bench.run(&["diff", "wrong.xsd", "new.xsd"]).ends_with(1).reports("wrong.xsd:1:83", "error[X0301]");
}

#[test]
fn a_configuration_gives_the_names() {
    let config = "schemas = [\"old.xsd\"]\nout = \"out\"\n[names]\n\"a:noteType\" = \"Message\"\n";
    let bench = bench("diff_config", OPTIONAL).with("a.toml", config).with("b.toml", &config.replace("old", "new"));
    let run = bench.run(&["diff", "a.toml", "b.toml"]);
    run.ends_with(0);
    assert!(run.out.contains("    rust a::Message::cc\n"), "{}", run.out);
}

/// Runs git in the folder of a bench, without the configuration of whoever runs the tests.
pub(super) fn git(bench: &Bench, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(&bench.dir).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
    let run = command.args(arguments).output().expect("git runs");
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// A repository with two commits: `xsd/a.xsd` imports `common/b.xsd`, and has an element more in the second.
fn repository(name: &str) -> Bench {
    let import = "<xs:import namespace=\"urn:b\" schemaLocation=\"../common/b.xsd\"/>\n  <xs:element name=\"note\"";
    let first = schema("a").replace("<xs:element name=\"note\"", import);
    let bench = Bench::new(name).with("xsd/a.xsd", &first).with("common/b.xsd", &schema("b")).with("other.txt", "x");
    git(&bench, &["init", "-q", "."]);
    git(&bench, &["add", "."]);
    git(&bench, &["commit", "-q", "-m", "first"]);
    bench.write("xsd/a.xsd", &first.replace("    </xs:sequence>", &format!("      {OPTIONAL}\n    </xs:sequence>")));
    git(&bench, &["commit", "-q", "-a", "-m", "second"]);
    bench
}

#[test]
fn revisions_are_read_without_touching_the_working_tree() {
    let bench = repository("diff_git");
    let before = bench.texts("xsd");
    for arguments in [
        &["diff", "HEAD~1:xsd", "HEAD:xsd"][..],
        &["diff", "HEAD~1:xsd/a.xsd", "xsd/a.xsd"],
        &["diff", "HEAD~1..HEAD", "--", "xsd"],
        &["diff", "HEAD~1..", "--", "xsd/a.xsd"],
        &["diff", "HEAD~1", "--", "xsd"],
    ] {
        let run = bench.run(arguments);
        run.ends_with(0);
        assert!(run.out.contains("XD0201") && run.out.contains("1 change: 1 added"), "{arguments:?}: {}{}", run.out, run.err);
    }
    let run = bench.run(&["diff", "HEAD:xsd", "HEAD~1:xsd"]);
    assert!(run.out.contains("    old  HEAD:xsd/a.xsd:8\n"), "{}", run.out);
    let below = bench.run_in("xsd", &["diff", "HEAD~1..HEAD", "--", "."]);
    below.ends_with(0);
    assert!(below.out.contains("    new  HEAD:xsd/a.xsd:8\n"), "{}", below.out);
    bench.run(&["diff", "HEAD~7:xsd", "xsd"]).ends_with(4).says("cannot read the revision `HEAD~7`");
    bench.run(&["diff", "HEAD:absent", "xsd"]).ends_with(4).says("it has no file `absent`");
    assert_eq!((bench.texts("xsd"), git(&bench, &["status", "--porcelain"]).as_str()), (before, ""));
}

#[test]
fn a_diff_driver_shows_components() {
    let bench = repository("diff_driver");
    bench.write(".gitattributes", "*.xsd diff=xsdgen\n");
    let driver = format!("diff.xsdgen.command={} diff --git-driver", env!("CARGO_BIN_EXE_xsdgen"));
    let out = git(&bench, &["-c", &driver, "diff", "HEAD~1", "HEAD"]);
    assert!(out.contains("xsdgen diff a/xsd/a.xsd b/xsd/a.xsd\na:noteType/cc\n  XD0201 optional element added: xs:string\n"), "{out}");
    assert!(out.contains("    new  xsd/a.xsd:8\n"), "{out}");
    let out = git(&bench, &["-c", &driver, "diff", "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "HEAD", "--", "xsd"]);
    assert_eq!(out, "xsdgen diff a/xsd/a.xsd b/xsd/a.xsd\nschema document added\n");
}

/// Returns the fenced blocks of a page: the words after the fence, and the text.
pub(super) fn blocks(page: &str) -> Vec<(&str, String)> {
    let (mut out, mut lines) = (Vec::new(), page.lines());
    while let Some(line) = lines.next() {
        let kind = line.trim_start_matches('`');
        let fence = &line[..line.len() - kind.len()];
        if fence.len() > 2 {
            out.push((kind, lines.by_ref().take_while(|line| *line != fence).flat_map(|line| [line, "\n"]).collect()));
        }
    }
    out
}

#[test]
fn the_output_in_the_documentation_is_real() {
    let page = include_str!("../../../docs/comparing.md").replace("\r\n", "\n");
    let blocks = blocks(&page);
    let bench = Bench::new("diff_page");
    for (kind, text) in &blocks {
        kind.strip_prefix("xml ").into_iter().for_each(|name| bench.write(name, text));
    }
    for (_, text) in blocks.iter().filter(|(kind, _)| *kind == "console") {
        let (command, output) = text.split_once('\n').expect("a command");
        let arguments: Vec<&str> = command.split(' ').skip(2).collect();
        let run = bench.run(&arguments);
        assert!(output.is_empty() || run.out == output, "{command}\n{}", run.out);
    }
    for rule in xsdgen::compare::rust::RULES {
        let row = format!("| `{}` | {} | {} |\n", rule.name, rule.level, rule.reason);
        assert!(page.contains(&row), "{row}");
    }
}
