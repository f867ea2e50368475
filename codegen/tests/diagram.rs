//! Tests the pictures of content models on small schemas: what they show, where it is, and what the formats make of hostile texts.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "diagram/bindings.rs"]
mod bindings;
#[path = "diagram/content.rs"]
mod content;
#[path = "diagram/formats.rs"]
mod formats;
#[path = "diagram/geometry.rs"]
mod geometry;
#[path = "diagram/marks.rs"]
mod marks;

use std::path::{Path, PathBuf};

use xsdgen::diagram::{Diagram, Kind, Labels, Node, NotFound, Options, Target, draw, find};
use xsdgen::settings::Settings;
use xsdgen::{Lock, Planned};

/// Reads a schema with this content, whose target namespace has the prefix `t`.
fn planned(test: &str, content: &str) -> Planned {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("diagram").join(test);
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("schema.xsd");
    let text = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:t\" xmlns:t=\"urn:t\" \
         elementFormDefault=\"qualified\">{content}</xs:schema>"
    );
    std::fs::write(&path, text).expect("a file written");
    read(&[path])
}

fn read(files: &[PathBuf]) -> Planned {
    let made = xsdgen::planned(files, &Settings::default(), &Lock::default());
    made.product.unwrap_or_else(|| panic!("{:?}", made.diagnostics))
}

fn labels(planned: &Planned) -> Labels {
    Labels::new(&planned.model, &planned.ir.root.namespaces)
}

fn found(planned: &Planned, component: &str) -> Result<Target, NotFound> {
    find(&planned.model, &labels(planned), component)
}

fn drawn(planned: &Planned, component: &str, depth: u32) -> Diagram {
    let target = found(planned, component).unwrap_or_else(|why| panic!("{component}: {why}"));
    draw(&planned.model, &labels(planned), target, Options { depth, ..Options::default() })
}

/// Returns the only node of this name.
#[track_caller]
fn node<'d>(diagram: &'d Diagram, name: &str) -> &'d Node {
    let mut found = diagram.nodes.iter().filter(|node| node.name.now == name && !node.kind.is_connector());
    let node = found.next().unwrap_or_else(|| panic!("no node `{name}` in {}", outline(diagram)));
    assert!(found.next().is_none(), "two nodes `{name}` in {}", outline(diagram));
    node
}

/// Returns the tree as text: names in order, with children in parentheses, `?` for optional ones, `*` for repeated ones, `...` for folded ones.
fn outline(diagram: &Diagram) -> String {
    fn add(diagram: &Diagram, index: usize, out: &mut String) {
        let node = &diagram.nodes[index];
        if node.kind == Kind::Attribute {
            out.push('@');
        }
        out.push_str(&node.name.now);
        out.push_str(if node.range.now.min == 0 { "?" } else { "" });
        out.push_str(if node.range.now.repeats() { "*" } else { "" });
        out.push_str(if node.fold.is_some() { "..." } else { "" });
        if !node.children.is_empty() {
            out.push('(');
            for (number, child) in node.children.iter().enumerate() {
                out.push_str(if number > 0 { " " } else { "" });
                add(diagram, *child, out);
            }
            out.push(')');
        }
    }
    let mut out = String::new();
    add(diagram, 0, &mut out);
    out
}

/// A type with everything that a picture can show.
const NOTE: &str = r###"
  <xs:element name="shape" type="xs:string" abstract="true"/>
  <xs:element name="circle" type="xs:string" substitutionGroup="t:shape"/>
  <xs:complexType name="base" abstract="true">
    <xs:sequence><xs:element name="id" type="xs:ID"/><xs:element name="part" type="t:note" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="lang" type="xs:language"/>
  </xs:complexType>
  <xs:group name="contact">
    <xs:annotation><xs:documentation>How to reach somebody.</xs:documentation></xs:annotation>
    <xs:choice><xs:element name="phone" type="xs:string"/><xs:element name="email" type="xs:string"/></xs:choice>
  </xs:group>
  <xs:simpleType name="level"><xs:restriction base="xs:string">
    <xs:enumeration value="LOW"><xs:annotation><xs:documentation>No hurry.</xs:documentation></xs:annotation></xs:enumeration>
    <xs:enumeration value="HIGH"/>
  </xs:restriction></xs:simpleType>
  <xs:complexType name="note">
    <xs:annotation><xs:documentation>A note
      with text.</xs:documentation></xs:annotation>
    <xs:complexContent><xs:extension base="t:base">
      <xs:sequence>
        <xs:element name="to" type="xs:string" maxOccurs="unbounded"/>
        <xs:element name="level" type="t:level" minOccurs="0" default="LOW"/>
        <xs:choice minOccurs="0" maxOccurs="5">
          <xs:element name="text"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="20"/></xs:restriction></xs:simpleType></xs:element>
          <xs:element ref="t:shape"/>
          <xs:any namespace="##other" processContents="lax"/>
        </xs:choice>
        <xs:group ref="t:contact" minOccurs="0"/>
        <xs:element name="body" nillable="true"><xs:complexType>
          <xs:all><xs:element name="a" type="xs:int"/><xs:element name="more" type="t:extra" minOccurs="0"/></xs:all>
          <xs:attribute name="x" use="required" type="xs:int"/>
        </xs:complexType></xs:element>
      </xs:sequence>
      <xs:attribute name="prio" type="xs:int" use="required"/>
      <xs:anyAttribute processContents="skip"/>
    </xs:extension></xs:complexContent>
  </xs:complexType>
  <xs:complexType name="extra"><xs:sequence><xs:element name="deep" type="t:note"/></xs:sequence></xs:complexType>
"###;
