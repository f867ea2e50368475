//! The page is well-formed, escapes everything, requests nothing, and is the same each time.

use std::collections::BTreeSet;

use roxmltree::Document;
use xsdgen::review::{github_comment, html};

use super::{Version, reviewed};

/// Texts that are markup, end scripts or comments, or change the direction of what follows.
const HOSTILE: &[&str] = &[
    "</script><script>alert(1)</script>",
    "\" onclick='x' --> ]]> ${x} `y`",
    "\u{202e}reversed\u{2066}\u{200b}",
    "<!-- <img src=http://x.example>",
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn schema(elements: &str) -> String {
    format!(
        r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:note" xmlns:note="urn:note">
  <xs:element name="note" type="note:noteType"/>
  <xs:complexType name="noteType">
    <xs:sequence>
      <xs:element name="to" type="xs:string"/>
{elements}
    </xs:sequence>
  </xs:complexType>
</xs:schema>"#
    )
}

fn hostile() -> (Version, Version) {
    let elements: String = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let text = escaped(text);
            format!(
                r#"<xs:element name="x{at}" default="{text}"><xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>
<xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="{text}"/></xs:restriction></xs:simpleType></xs:element>"#
            )
        })
        .collect();
    (Version::of("hostile-old", &schema("")), Version::of("hostile-new", &schema(&elements)))
}

/// Returns the page as XML: void elements closed, and without the texts of style and script, which are not markup.
fn xml(page: &str) -> String {
    let mut out = page.replacen("<!DOCTYPE html>", "", 1);
    for name in ["style", "script"] {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let (before, rest) = out.split_once(&open).expect("one of each");
        let (_, after) = rest.split_once(&close).expect("closed");
        out = format!("{before}{after}");
    }
    for name in ["<meta ", "<input "] {
        let mut closed = String::new();
        let mut parts = out.split(name);
        closed.extend(parts.next());
        for part in parts {
            let (tag, rest) = part.split_once('>').expect("a tag");
            closed.push_str(&format!("{name}{tag}/>{rest}"));
        }
        out = closed;
    }
    out
}

#[test]
fn the_page_is_well_formed_and_escaped() {
    let (old, new) = hostile();
    // These are also opened in a browser by `cargo xtask review-page`.
    let (before, after) = (Version::of("orders-old", include_str!("old.xsd")), Version::of("orders-new", include_str!("new.xsd")));
    for (old, new) in [(&old, &new), (&new, &old), (&before, &after), (&after, &before)] {
        let page = html::write(&reviewed(old, new));
        let text = xml(&page);
        let document = Document::parse(&text).unwrap_or_else(|why| panic!("{why}\n{text}"));
        let (mut ids, mut targets) = (BTreeSet::new(), Vec::new());
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            assert!(!["script", "img", "link", "iframe", "object", "base"].contains(&node.tag_name().name()), "{}", node.tag_name().name());
            // In SVG, labels refer to several ids.
            for attribute in node.attributes().filter(|_| node.tag_name().name() != "svg") {
                let (name, value) = (attribute.name(), attribute.value());
                assert!(!name.starts_with("on") && name != "src", "{name}={value}");
                match name {
                    "id" => assert!(ids.insert(value.to_owned()), "{value} twice"),
                    "href" | "aria-labelledby" => targets.push(value.trim_start_matches('#').to_owned()),
                    _ => {}
                }
                assert!(!value.contains("http:") || name == "data-n", "{name}={value}");
            }
        }
        assert!(targets.iter().all(|target| ids.contains(target)), "{targets:?}");
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{200b}']), "a character that changes the direction is shown by its code point");
        assert!(page.contains("U+202E"));
        assert_eq!(page.matches("<script>").count(), 1);
        assert_eq!(page, html::write(&reviewed(old, new)), "the same bytes");
    }
}

#[test]
fn everything_is_on_the_page() {
    let (old, new) = hostile();
    let review = reviewed(&old, &new);
    let page = html::write(&review);
    for entry in review.groups.iter().flat_map(|group| &group.entries) {
        assert!(page.contains(&format!("id=\"c-{}\"", entry.change.fingerprint)), "{}", entry.change.subject);
    }
    let document = xml(&page);
    let document = Document::parse(&document).expect("well-formed");
    let shown = document.descendants().filter(|node| node.has_tag_name("ins") && node.attribute("class") == Some("l")).count();
    let added = review.hunks().flat_map(|hunk| &hunk.lines).filter(|line| line.state == xsdgen::review::State::Added).count();
    assert_eq!(shown, added);
    let same = html::write(&reviewed(&old, &old));
    assert!(same.contains("The schemas do not differ"));
}

#[test]
fn the_comment_is_short_and_holds_no_markup() {
    let (old, new) = hostile();
    let comment = github_comment::write(&reviewed(&old, &new));
    assert!(comment.starts_with("<!-- xsdgen review -->\n## Schema review\n"), "{comment}");
    assert!(comment.len() < 10_000 && comment.contains("| new reads old | refuted |"), "{comment}");
    assert!(!comment.contains(['\u{202e}', '\u{2066}', '\u{200b}']));
    for line in comment.lines().filter(|line| line.contains("alert(1)")) {
        assert!(line.contains("`"), "{line}");
    }
    assert_eq!(comment, github_comment::write(&reviewed(&old, &new)));
}
