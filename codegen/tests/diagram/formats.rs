//! The formats: escaping, fragments, and the text of small diagrams.

use std::collections::BTreeSet;

use roxmltree::Document;
use xsdgen::diagram::svg::{self, Form};
use xsdgen::diagram::{dot, mermaid};

use super::{NOTE, drawn, planned};

/// Texts that mean something to XML, HTML, CSS, Mermaid or DOT, and characters that reorder text.
const HOSTILE: &str = r##"
  <xs:complexType name="t"><xs:annotation><xs:documentation>&lt;script>alert("1")&lt;/script> ]]&gt; &amp;amp; } </xs:documentation></xs:annotation>
    <xs:sequence>
      <xs:element name="größe" default="&quot;] --> x[&quot;&lt;b>&#x202e;\"><xs:simpleType><xs:restriction base="xs:string">
        <xs:pattern value=".*|[^&lt;&amp;&quot;']*"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="list"><xs:simpleType><xs:restriction base="xs:string">
        <xs:enumeration value="a | b"/><xs:enumeration value="&lt;/text>"/><xs:enumeration value="%%{init: {}}%%"/><xs:enumeration value="\n"/>
      </xs:restriction></xs:simpleType></xs:element>
    </xs:sequence>
  </xs:complexType>
"##;

#[test]
fn texts_of_a_schema_are_text() {
    let hostile = drawn(&planned("hostile", HOSTILE), "t:t", 2);
    let text = svg::write(&hostile, Form::Document);
    let document = Document::parse(&text).expect("well-formed");
    let names: BTreeSet<&str> = document.descendants().filter(|node| node.is_element()).map(|node| node.tag_name().name()).collect();
    let known = BTreeSet::from(["svg", "title", "desc", "style", "rect", "g", "path", "text", "circle"]);
    assert_eq!(names, known);
    assert!(!text.contains('\u{202e}') && !text.contains(|c: char| c.is_control() && c != '\n'));
    let shown: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter_map(|node| node.text())
        .collect();
    assert!(shown.contains(&r#"<script>alert("1")</script> ]]> &amp; }"#), "{shown:?}");
    assert!(shown.contains(&r#"default ""] --> x["<b>\""#), "{shown:?}");
    for line in mermaid::write(&hostile).lines().skip(1) {
        assert!(line.matches('"').count() % 2 == 0 && !line.replace("<br/>", "").contains(['<', '&', '\\', '%']), "{line}");
    }
    for line in dot::write(&hostile).lines() {
        let plain = line.replace("\\\\", "").replace("\\\"", "");
        assert!(plain.matches('"').count() % 2 == 0, "{line}");
    }
}

#[test]
fn a_page_can_have_several_fragments() {
    let note = drawn(&planned("fragments", NOTE), "t:note", 2);
    let page = format!("<div>{}{}</div>", svg::write(&note, Form::Fragment("d1")), svg::write(&note, Form::Fragment("d2")));
    let document = Document::parse(&page).expect("well-formed");
    let mut ids = BTreeSet::new();
    for id in document.descendants().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "`{id}` occurs twice");
    }
    for svg in document.root_element().children().filter(|node| node.is_element()) {
        let name = svg.attribute("class").expect("a class");
        let label = svg.attribute("aria-labelledby").expect("a label");
        assert!(svg.attribute("role") == Some("img") && label.split(' ').all(|id| id.starts_with(name) && ids.contains(id)), "{label}");
        let style = svg.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "style"))).and_then(|node| node.text());
        for rule in style.expect("a style sheet").split_inclusive('}') {
            let selectors = rule.split('{').next().expect("selectors");
            assert!(selectors.split(',').all(|selector| selector.trim().starts_with(&format!(".{name}"))), "{rule}");
        }
    }
    assert!(!page.contains("prefers-color-scheme") && page.contains("currentColor"), "the page decides on the colours");
    assert!(!page.contains("\n\n"), "an empty line would end the HTML in Markdown");
}

#[test]
fn documents_have_both_colour_schemes_and_no_outside_parts() {
    let note = drawn(&planned("document", NOTE), "t:note", 2);
    let text = svg::write(&note, Form::Document);
    assert!(text.contains("@media(prefers-color-scheme:dark)"));
    let outside = text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    assert!(!outside.contains("http") && !outside.contains("url(") && !outside.contains("@import") && !outside.contains("href"));
    let document = Document::parse(&text).expect("well-formed");
    let desc = document.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "desc"))).and_then(|node| node.text());
    let words = "Content model of the complex type note: attributes of lang (optional), prio, any attribute; sequence of sequence, to, level \
                 (optional), choice (optional), contact (optional), body.";
    assert_eq!(desc, Some(words));
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    let write = |test: &str| {
        let note = drawn(&planned(test, NOTE), "t:note", 3);
        [svg::write(&note, Form::Document), mermaid::write(&note), dot::write(&note)]
    };
    assert_eq!(write("once"), write("twice"));
}

#[test]
fn mermaid_is_as_expected() {
    let body = drawn(&planned("mermaid", NOTE), "t:note/body", 1);
    let expected = r#"flowchart LR
  n0["body<br/>nillable"]
  n1{{"attributes"}}
  n2["x<br/>xs:int"]
  n3{{"all"}}
  n4["a<br/>xs:int"]
  n5["more<br/>t:extra<br/>…"]
  n0 --> n1
  n0 --> n3
  n1 --> n2
  n3 --> n4
  n3 -.->|"0..1"| n5
  classDef optional stroke-dasharray:5 3
  class n5 optional
"#;
    assert_eq!(mermaid::write(&body), expected);
}

#[test]
fn dot_is_as_expected() {
    let contact = drawn(&planned("dot", NOTE), "t:contact", 1);
    let expected = r#"digraph "t:contact" {
  rankdir=LR;
  node [shape=box, fontname="Helvetica", fontsize=11];
  edge [arrowhead=none, fontname="Helvetica", fontsize=9];
  n0 [label="contact"];
  n1 [label="choice", shape=octagon];
  n2 [label="phone\nxs:string"];
  n3 [label="email\nxs:string"];
  n0 -> n1;
  n1 -> n2;
  n1 -> n3;
}
"#;
    assert_eq!(dot::write(&contact), expected);
}
