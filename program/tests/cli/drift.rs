//! Tests of `xsdgen drift`: how departures are counted, the suggested edits of the schemas, and baselines.

use super::Bench;

const SCHEMA: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a" xmlns:a="urn:a" elementFormDefault="qualified">
  <xs:element name="order" type="a:orderType"/>
  <xs:complexType name="orderType">
    <xs:sequence>
      <xs:element name="item" type="xs:string" maxOccurs="unbounded"/>
      <xs:element name="state" type="a:stateType"/>
      <xs:element name="count" type="xs:int" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="id" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:simpleType name="stateType">
    <xs:restriction base="xs:string">
      <xs:enumeration value="OPEN"/>
      <xs:enumeration value="CLOSED"/>
    </xs:restriction>
  </xs:simpleType>
</xs:schema>
"#;

fn order(attributes: &str, content: &str) -> String {
    format!("<order xmlns=\"urn:a\"{attributes}>\n  {content}\n</order>\n")
}

fn bench(name: &str) -> Bench {
    Bench::new(name)
        .with("a.xsd", SCHEMA)
        .with("m/good.xml", &order(" id=\"1\"", "<item>x</item><state>OPEN</state>"))
        .with("m/one.xml", &order(" id=\"1\" day=\"2\"", "<item>x</item><state>HELD</state><due>7</due><due>8</due>"))
        .with("m/two.xml", &order("", "<Item>x</Item><state>HELD</state><count>many</count><due>9</due>"))
}

#[test]
fn departures_are_counted_with_places_and_examples() {
    let bench = bench("drift_text");
    let run = bench.run(&["drift", "--schema", "a.xsd", "m"]);
    run.ends_with(1);
    for line in [
        "unknown element\n  a:orderType/due: 3 in 2 documents\n    m/one.xml:2:",
        "unknown attribute\n  a:orderType/@day: 1 in 1 document\n",
        "missing\n  a:orderType/@id: 1 in 1 document\n",
        "other case\n  a:orderType/Item: 1 in 1 document\n",
        "value not in the enumeration\n  a:orderType/state = HELD: 2 in 2 documents\n",
        "value not of the type\n  a:orderType/count: 1 in 1 document\n",
        "[types]\n\"a:orderType/count\" = \"String\"\n",
        "2 documents of 3 depart from the schema: 9 departures at 6 places\n",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    assert_eq!(
        bench.run(&["drift", "--schema", "a.xsd", "m/good.xml"]).ends_with(0).out,
        "0 documents of 1 depart from the schema: 0 departures at 0 places\n"
    );
}

#[test]
fn the_suggested_edits_make_the_schema_accept_what_was_seen() {
    let bench = bench("drift_patch");
    bench.run(&["drift", "--schema", "a.xsd", "m", "--patch", "a.patch"]).ends_with(1);
    let patch = bench.read("a.patch");
    for line in [
        "+      <xs:element name=\"due\" type=\"xs:long\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>",
        "+    <xs:attribute name=\"day\" type=\"xs:long\"/>",
        "+    <xs:attribute name=\"id\" type=\"xs:string\" use=\"optional\"/>",
        "+      <xs:enumeration value=\"HELD\"/>",
    ] {
        assert!(patch.contains(line), "{line}\n{patch}");
    }
    let old: Vec<&str> = SCHEMA.lines().collect();
    let kept: Vec<&str> = patch.lines().filter_map(|line| line.strip_prefix(' ')).collect();
    assert!(kept.iter().all(|line| old.contains(line)), "{patch}");

    let bench = bench.with("a.xsd", &patched(SCHEMA, &patch));
    bench.run(&["validate", "--schema", "a.xsd", "m/good.xml", "m/one.xml"]).ends_with(0);
    let run = bench.run(&["drift", "--schema", "a.xsd", "m"]);
    run.ends_with(1);
    // What no declaration can express stays.
    assert!(run.out.contains("2 departures at 2 places\n"), "{}", run.out);
    for line in ["other case\n  a:orderType/Item: 1 in 1 document\n", "value not of the type\n  a:orderType/count: 1 in 1 document\n"] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
}

#[test]
fn suggestions_edit_the_type_that_was_seen() {
    // Both requests have an element of this name, and `b` has neither elements nor a place for the attribute other than the extension.
    let schema = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="request" abstract="true"/>
  <xs:simpleType name="one"><xs:restriction base="xs:string">
    <xs:enumeration value="A"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="two"><xs:restriction base="xs:string">
    <xs:enumeration value="a > b"/>
  </xs:restriction></xs:simpleType>
  <xs:complexType name="a"><xs:complexContent><xs:extension base="request">
    <xs:sequence><xs:element name="order" type="one"/></xs:sequence>
  </xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="b"><xs:complexContent><xs:extension base="request">
    <xs:sequence>
      <xs:element name="order" type="two" default="a > b"/>
      <xs:any namespace="urn:other" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="id" use = 'required'/>
  </xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="c"><xs:complexContent><xs:extension base="request">
    <xs:attribute name="id"/>
  </xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="d"><xs:complexContent><xs:extension base="request" /></xs:complexContent></xs:complexType>
  <xs:complexType name="e"><xs:complexContent><xs:extension base="request"></xs:extension></xs:complexContent></xs:complexType>
  <xs:element name="body" type="request"/>
</xs:schema>
"#;
    let body = |content: &str| format!("<body xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type={content}</body>");
    let bench = Bench::new("drift_types")
        .with("a.xsd", schema)
        .with("m/b.xml", &body("\"b\" day=\"1\"><order>B</order><due>7</due>"))
        .with("m/c.xml", &body("\"c\"><due>yes</due>"))
        .with("m/d.xml", &body("\"d\"><due>true</due>"))
        .with("m/e.xml", &body("\"e\" day=\"x\">"));
    bench.run(&["drift", "--schema", "a.xsd", "m", "--patch", "a.patch"]).ends_with(1);
    let new = patched(schema, &bench.read("a.patch"));
    let bench = bench.with("a.xsd", &new);
    bench.run(&["validate", "--schema", "a.xsd", "m"]).ends_with(0);
    for line in [
        "    <xs:enumeration value=\"a > b\"/>\n    <xs:enumeration value=\"B\"/>\n",
        "default=\"a > b\"/>\n      <xs:element name=\"due\" type=\"xs:long\" minOccurs=\"0\"/>\n      <xs:any ",
        "    <xs:attribute name=\"id\" use = 'optional'/>\n    <xs:attribute name=\"day\" type=\"xs:long\"/>\n",
        "<xs:extension base=\"request\" ><xs:sequence><xs:element name=\"due\" type=\"xs:boolean\" minOccurs=\"0\"/></xs:sequence></xs:extension>",
        "<xs:extension base=\"request\"><xs:attribute name=\"day\" type=\"xs:string\"/></xs:extension>",
        "    <xs:sequence><xs:element name=\"due\" type=\"xs:string\" minOccurs=\"0\"/></xs:sequence>\n    <xs:attribute name=\"id\"/>\n",
    ] {
        assert!(new.contains(line), "{line}\n{new}");
    }
}

/// Applies a unified diff of one file.
fn patched(old: &str, patch: &str) -> String {
    let old: Vec<&str> = old.lines().collect();
    let (mut new, mut at) = (Vec::new(), 0);
    for line in patch.lines().skip(2) {
        match line.split_at(1) {
            ("@", rest) => {
                let start: usize = rest.split(['-', ',']).nth(1).and_then(|start| start.parse().ok()).expect("the first line of the hunk");
                new.extend_from_slice(&old[at..start - 1]);
                at = start - 1;
            }
            ("+", text) => new.push(text),
            (kept, text) => {
                assert_eq!(old[at], text);
                at += 1;
                new.extend((kept == " ").then_some(text));
            }
        }
    }
    new.extend_from_slice(&old[at..]);
    new.join("\n") + "\n"
}

#[test]
fn a_baseline_fails_only_on_what_is_new() {
    let bench = bench("drift_baseline");
    bench.run(&["drift", "--schema", "a.xsd", "m/one.xml", "--format", "json", "--out", "known.json"]).ends_with(1);
    bench.run(&["drift", "--schema", "a.xsd", "m/one.xml", "--baseline", "known.json"]).ends_with(0);
    let run = bench.run(&["drift", "--schema", "a.xsd", "m", "--baseline", "known.json"]);
    run.ends_with(1);
    assert!(run.out.contains("a:orderType/Item: 1 in 1 document (new)") && run.out.contains(", 3 new\n"), "{}", run.out);
    bench.run(&["drift", "--schema", "a.xsd", "m", "--baseline", "a.xsd"]).ends_with(4).says("the baseline is not a report");
}

#[test]
fn markdown_escapes_what_comes_from_documents() {
    let bench = bench("drift_markdown").with("m/odd.xml", &order(" id=\"1\"", "<item>x</item><state>a|b`c</state>"));
    let run = bench.run(&["drift", "--schema", "a.xsd", "m/odd.xml", "--format", "markdown"]);
    run.ends_with(1);
    assert!(run.out.contains("``a\\|b`c``") && run.out.starts_with("# Departures from the schema\n"), "{}", run.out);
}

#[test]
fn secrets_are_not_shown() {
    let config = "schemas = [\"a.xsd\"]\nout = \"generated\"\nsecrets = [\"state\"]\n";
    let bench = bench("drift_secrets").with("xsdgen.toml", config);
    let run = bench.run(&["drift", "m", "--format", "json"]);
    assert!(!run.out.contains("HELD"), "{}", run.out);
}
