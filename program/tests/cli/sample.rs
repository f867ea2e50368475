//! Tests `xsdgen sample`: required content is present, impossible content is left out, and the reason why a sample cannot be generated. The
//! test program `cases` checks that samples are valid.

use super::Bench;

/// Runs `xsdgen sample` for the element `r` of a schema with these declarations.
fn sample(name: &str, declarations: &str, options: &[&str]) -> super::Run {
    let text = format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:t=\"urn:t\" targetNamespace=\"urn:t\" elementFormDefault=\"qualified\">\
         {declarations}</xs:schema>"
    );
    let bench = Bench::new(&format!("sample-{name}")).with("a.xsd", &text);
    bench.run(&[&["sample", "r", "a.xsd"], options].concat())
}

fn element(content: &str) -> String {
    format!("<xs:element name=\"r\"><xs:complexType>{content}</xs:complexType></xs:element>")
}

#[track_caller]
fn holds(run: &super::Run, parts: &[&str]) {
    run.ends_with(0);
    let mut rest = run.out.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("`{part}` is not in\n{}", run.out));
        rest = &rest[at + part.len()..];
    }
}

#[test]
fn required_wildcards_are_filled() {
    let content = "<xs:sequence><xs:any namespace=\"##other\" processContents=\"lax\" minOccurs=\"2\" maxOccurs=\"2\"/>\
                   <xs:any namespace=\"##targetNamespace\" processContents=\"skip\"/><xs:any namespace=\"##other\" minOccurs=\"0\"/></xs:sequence>";
    let run = sample("wildcards", &element(content), &[]);
    holds(&run, &["xmlns:other=\"http://example.org/other\"", "<other:any/>", "<other:any/>", "<t:any/>", "</t:r>"]);

    let strict = element("<xs:sequence><xs:any namespace=\"##targetNamespace\"/></xs:sequence>");
    let run = sample("strict", &format!("{strict}<xs:element name=\"leaf\" type=\"xs:int\"/>"), &[]);
    holds(&run, &["<t:r", "<t:leaf>1</t:leaf>", "</t:r>"]);
    let run = sample("undeclared", &element("<xs:sequence><xs:any namespace=\"##other\"/></xs:sequence>"), &[]);
    run.ends_with(1).says("there is no sample of `r`: the content of `r` requires an element that the schemas do not declare");
}

#[test]
fn optional_content_that_cannot_be_generated_is_left_out() {
    let lonely = ["lonely", "lone"].map(|name| format!("<xs:element name=\"{name}\" abstract=\"true\" type=\"xs:string\"/>")).concat();
    let content = "<xs:sequence><xs:element ref=\"t:lonely\" minOccurs=\"0\"/>\
                   <xs:choice><xs:element ref=\"t:lone\"/><xs:element name=\"a\" type=\"xs:int\"/></xs:choice></xs:sequence>\
                   <xs:attribute name=\"e\" type=\"xs:ENTITY\"/>";
    let run = sample("left-out", &format!("{lonely}{}", element(content)), &[]);
    holds(&run, &["<t:r xmlns:t=\"urn:t\">", "<t:a>1</t:a>", "</t:r>"]);
    assert!(!run.out.contains("lone") && !run.out.contains("e="), "{}", run.out);
    let run = sample("required", &format!("{lonely}{}", element("<xs:sequence><xs:element ref=\"t:lonely\"/></xs:sequence>")), &[]);
    run.ends_with(1).says("`lonely` is abstract, and no element or type may stand for it");
    let run = sample("endless", &element("<xs:sequence><xs:element ref=\"t:r\"/></xs:sequence>"), &[]);
    run.ends_with(1).says("`r` requires itself: no finite document is valid");
}

#[test]
fn limits_are_named() {
    let nested = "<xs:sequence minOccurs=\"1000\" maxOccurs=\"1000\"><xs:sequence minOccurs=\"1000\" maxOccurs=\"1000\">\
                  <xs:element name=\"a\" minOccurs=\"1000\" maxOccurs=\"1000\" type=\"xs:string\"/></xs:sequence></xs:sequence>";
    let run = sample("large", &element(nested), &[]);
    run.ends_with(1).says("`r` requires 1000000001 elements or more, and the limit of a sample is 100000 elements");
    // Optional content that is too large is left out.
    let optional =
        format!("<xs:choice><xs:element name=\"x\" minOccurs=\"0\"><xs:complexType>{nested}</xs:complexType></xs:element></xs:choice>");
    let run = sample("large-optional", &element(&optional), &[]);
    holds(&run, &["<t:r"]);
    assert!(!run.out.contains("t:x"), "{}", run.out);
    let many = element("<xs:sequence><xs:element name=\"a\" maxOccurs=\"unbounded\" type=\"xs:string\"/></xs:sequence>");
    let run = sample("repeated", &many, &["--repeat", "1000000000000"]);
    run.ends_with(0);
    assert_eq!(run.out.matches("<t:a>").count(), 99_999);
    let deep: String = (1..200)
        .map(|n| {
            format!(
                "<xs:complexType name=\"l{n}\"><xs:sequence><xs:element name=\"a\" type=\"t:l{}\"/></xs:sequence></xs:complexType>",
                n + 1
            )
        })
        .collect();
    let deep = format!("<xs:element name=\"r\" type=\"t:l1\"/>{deep}<xs:complexType name=\"l200\"/>");
    sample("deep", &deep, &[]).ends_with(1).says("`r` requires 200 levels of elements or more, and the limit of a sample is 120 levels");
}

#[test]
fn references_are_resolved() {
    let content = "<xs:sequence><xs:element name=\"to\" type=\"xs:IDREF\"/><xs:element name=\"of\" maxOccurs=\"2\"><xs:complexType>\
                   <xs:attribute name=\"id\" use=\"required\"><xs:simpleType><xs:restriction base=\"xs:ID\"><xs:length value=\"2\"/></xs:restriction></xs:simpleType>\
                   </xs:attribute></xs:complexType></xs:element></xs:sequence>";
    let run = sample("ids", &element(content), &["--repeat", "2"]);
    let ids: Vec<&str> = run.out.split("id=\"").skip(1).map(|rest| &rest[..2]).collect();
    assert!(ids.len() == 2 && ids[0] != ids[1], "{}", run.out);
    holds(&run, &[&format!("<t:to>{}</t:to>", ids[0])]);
    let run = sample("no-ids", &element("<xs:attribute name=\"to\" type=\"xs:IDREF\"/>"), &[]);
    holds(&run, &["<t:r xmlns:t=\"urn:t\"/>"]);

    let keys = "<xs:element name=\"r\"><xs:complexType><xs:sequence>\
                <xs:element name=\"part\" maxOccurs=\"3\"><xs:complexType><xs:attribute name=\"n\" type=\"xs:int\"/></xs:complexType></xs:element>\
                <xs:element name=\"use\" maxOccurs=\"3\"><xs:complexType><xs:attribute name=\"of\" type=\"xs:int\" use=\"required\"/></xs:complexType></xs:element>\
                </xs:sequence></xs:complexType><xs:key name=\"k\"><xs:selector xpath=\"t:part\"/><xs:field xpath=\"@n\"/></xs:key>\
                <xs:keyref name=\"f\" refer=\"t:k\"><xs:selector xpath=\"t:use\"/><xs:field xpath=\"@of\"/></xs:keyref></xs:element>";
    let run = sample("keys", keys, &["--repeat", "3"]);
    holds(&run, &["n=\"1\"", "n=\"2\"", "n=\"3\"", "of=\"1\"", "of=\"1\"", "of=\"1\""]);
    holds(&sample("keys-alone", keys, &["--required-only"]), &["n=\"1\"", "of=\"1\""]);
}

#[test]
fn qualified_names_have_the_prefixes_of_the_sample() {
    let text = "<s:schema xmlns:s=\"http://www.w3.org/2001/XMLSchema\" xmlns:q=\"urn:q\" xmlns:xsi=\"urn:t\" targetNamespace=\"urn:t\">\
                <s:element name=\"r\"><s:simpleType><s:restriction base=\"s:QName\"><s:enumeration value=\"xsi:a\"/></s:restriction></s:simpleType></s:element>\
                </s:schema>";
    let bench = Bench::new("sample-names").with("a.xsd", text);
    holds(&bench.run(&["sample", "r", "a.xsd"]), &["<xsi2:r xmlns:xsi2=\"urn:t\">xsi2:a</xsi2:r>"]);
}

/// Tests that types and groups whose size or number doubles with each level are tried once each, and that empty occurrences are not counted one by
/// one: otherwise none of these samples would be finished in this century.
#[test]
fn samples_take_linear_time() {
    let unions: String = (1..60)
        .fold("<xs:simpleType name=\"u0\"><xs:union memberTypes=\"xs:int xs:date\"/></xs:simpleType>".to_owned(), |text, n| {
            text + &format!("<xs:simpleType name=\"u{n}\"><xs:union memberTypes=\"t:u{0} t:u{0}\"/></xs:simpleType>", n - 1)
        });
    let run = sample("unions", &format!("{unions}<xs:element name=\"r\" type=\"t:u59\"/>"), &[]);
    holds(&run, &["<t:r", "1</t:r>"]);
    let times = "minOccurs=\"1000000000\" maxOccurs=\"1000000000\"";
    let run = sample("empty", &element(&format!("<xs:sequence {times}><xs:sequence {times}/></xs:sequence>")), &[]);
    holds(&run, &["<t:r", "/>"]);
    let optional = format!("<xs:sequence {times}><xs:choice {times}><xs:element name=\"a\" minOccurs=\"0\"/></xs:choice></xs:sequence>");
    let run = sample("optional", &element(&optional), &["--required-only"]);
    holds(&run, &["<t:r", "/>"]);
    let times = "minOccurs=\"1000\" maxOccurs=\"1000\"";
    let thousands =
        element(&format!("<xs:sequence {times}><xs:sequence {times}><xs:element name=\"a\" {times}/></xs:sequence></xs:sequence>"));
    let run = sample("thousands", &thousands, &[]);
    run.ends_with(1).says("1000000001 elements or more, and the limit of a sample is 100000 elements");
}
