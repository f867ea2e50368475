//! Tests the sides, formats and output of `xsdgen review`. The page itself is tested in `review_page`.

use super::{Bench, schema};

fn bench(name: &str) -> Bench {
    let grown = schema("a").replace("    </xs:sequence>", "      <xs:element name=\"cc\" type=\"xs:string\"/>\n    </xs:sequence>");
    Bench::new(name).with("old.xsd", &schema("a")).with("new.xsd", &grown)
}

#[test]
fn a_page_is_written_whole() {
    let bench = bench("review_page");
    let run = bench.run(&["review", "old.xsd", "new.xsd", "-o", "review.html"]);
    run.ends_with(0).says("1 change; ").says(" 0 not attributed; ");
    let page = bench.read("review.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{page}");
    assert!(page.contains("<code>a:noteType/cc</code>") && page.contains("pub cc: String,"), "{page}");
    let printed = bench.run(&["review", "old.xsd", "new.xsd"]);
    printed.ends_with(0);
    assert!(printed.out == page && printed.err.is_empty(), "{}", printed.err);
    bench.run(&["review", "old.xsd", "new.xsd", "-q", "-o", "absent/review.html"]).ends_with(4).says("cannot write `absent/review.html`");
    assert!(!bench.dir.join("absent").exists());
}

#[test]
fn a_comment_is_written() {
    let run = bench("review_comment").run(&["review", "old.xsd", "new.xsd", "--format", "github-comment"]);
    run.ends_with(0);
    assert!(run.out.starts_with("<!-- xsdgen review -->\n") && run.out.contains("### Breaking changes (1)\n"), "{}", run.out);
}

#[test]
fn reasons_of_accepted_changes_are_shown() {
    let bench = bench("review_accept");
    let run = bench.run(&["diff", "old.xsd", "new.xsd"]);
    let fingerprint = run.out.lines().find_map(|line| line.trim().strip_prefix("id   ")).expect("a fingerprint").to_owned();
    bench.write("accepted.toml", &format!("[accepted]\n\"{fingerprint}\" = \"agreed <with> all clients\"\n"));
    let run = bench.run(&["review", "old.xsd", "new.xsd", "--accept", "accepted.toml"]);
    run.ends_with(0);
    assert!(run.out.contains("agreed &lt;with&gt; all clients"), "{}", run.out);
    bench.run(&["review", "old.xsd", "new.xsd", "--accept", "absent.toml"]).ends_with(4);
    bench.run(&["review", "old.xsd"]).ends_with(2);
    bench.run(&["review", "old.xsd", "absent.xsd"]).ends_with(4);
}

/// With one configuration for both sides, only the schemas make a difference.
#[test]
fn one_configuration_gives_the_names_of_both_sides() {
    let config = "schemas = [\"new.xsd\"]\nout = \"out\"\nsecrets = [\"a:noteType/cc\"]\n[names]\n\"a:noteType\" = \"Message\"\n";
    let bench = bench("review_config").with("a.toml", config);
    let run = bench.run(&["review", "old.xsd", "a.toml", "--config", "a.toml", "-o", "review.html"]);
    run.ends_with(0).says("1 change; ").says(" 0 not attributed; ");
    let page = bench.read("review.html");
    assert!(page.contains("Message") && !page.contains("pub struct Note "), "{page}");
    // Without the option, the old side has the names that its schema alone gives.
    bench.run(&["review", "old.xsd", "a.toml", "-o", "review.html"]).ends_with(0);
    assert!(bench.read("review.html").contains("pub struct Note "), "{}", bench.read("review.html"));
    bench.run(&["review", "old.xsd", "new.xsd", "--config", "absent.toml"]).ends_with(4);
}
