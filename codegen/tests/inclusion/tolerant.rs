//! Tests what a tolerant reader of one schema reads of the documents of another.

use xsdgen::compare::inclusion::{Inclusion, Kind, Reason, TolerantReader, Verdict};

use crate::support::Schema;

fn root(content: &str) -> Schema {
    Schema::of(&format!("<xs:element name='r'><xs:complexType>{content}</xs:complexType></xs:element>"))
}

fn tolerated(new: &Schema, old: &Schema) -> Verdict {
    let reader = TolerantReader::new(&old.model);
    Inclusion::tolerated(&new.model, &reader).root(new.root())
}

#[track_caller]
fn reads(old: &str, new: &str) {
    assert_eq!(tolerated(&root(new), &root(old)), Verdict::Proven, "{old} reads {new}");
}

#[track_caller]
fn loses(old: &str, new: &str, kind: Kind, path: &str) {
    match tolerated(&root(new), &root(old)) {
        Verdict::Refuted(refutation) => {
            assert_eq!((refutation.kind, refutation.path.as_str()), (kind, path), "{}", refutation.witness);
        }
        verdict => panic!("{old} and {new}: {verdict:#?}"),
    }
}

const OLD: &str = "<xs:sequence><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:token' minOccurs='0'/></xs:sequence>";

#[test]
fn what_is_new_missing_or_moved_is_read() {
    reads(OLD, OLD);
    reads(
        OLD,
        "<xs:sequence><xs:element name='a' type='xs:int'/><xs:element name='c' type='xs:int'/></xs:sequence><xs:attribute name='x'/>",
    );
    reads(OLD, "<xs:sequence><xs:element name='b' type='xs:string'/><xs:element name='a' type='xs:short'/></xs:sequence>");
    reads(OLD, "<xs:sequence><xs:any namespace='##other' processContents='skip' maxOccurs='unbounded'/></xs:sequence>");
}

#[test]
fn enumerations_are_open_and_facets_are_not_checked() {
    let of = |base: &str, facets: &str| {
        let ty = format!("<xs:simpleType><xs:restriction base='xs:{base}'>{facets}</xs:restriction></xs:simpleType>");
        format!("<xs:sequence><xs:element name='a'>{ty}</xs:element></xs:sequence>")
    };
    let listed = of("token", "<xs:enumeration value='A'/>");
    reads(&listed, &of("token", "<xs:enumeration value='A'/><xs:enumeration value='B'/>"));
    reads(&listed, &of("string", ""));
    reads(&of("int", "<xs:maxInclusive value='9'/>"), &of("int", ""));
    reads(&of("string", "<xs:maxLength value='9'/>"), &of("string", ""));
    loses(&of("int", ""), &of("long", ""), Kind::Value, "r/a");
    loses(&of("int", ""), &of("string", ""), Kind::Value, "r/a");
    let few = of("integer", "<xs:minInclusive value='0'/><xs:maxInclusive value='9'/>");
    reads(&few, &of("unsignedLong", ""));
    reads(&of("int", "<xs:pattern value='[0-9]{5}'/>"), &of("string", ""));
    loses(&of("decimal", "<xs:pattern value='[0-9]{5}'/>"), &of("string", ""), Kind::Value, "r/a");
    loses(&few, &of("long", ""), Kind::Value, "r/a");
}

#[test]
fn what_a_field_cannot_hold_is_lost() {
    let often = "<xs:sequence><xs:element name='a' type='xs:int' maxOccurs='unbounded'/></xs:sequence>";
    loses(OLD, often, Kind::Child, "r/a");
    reads(often, OLD);
    let attribute = |ty: &str| format!("<xs:sequence/><xs:attribute name='x' type='xs:{ty}'/>");
    loses(&attribute("int"), &attribute("string"), Kind::AttributeValue, "r/@x");
}

#[test]
fn alternatives_are_followed_in_order() {
    let choice = |max: u32, more: &str| {
        format!("<xs:choice maxOccurs='{max}'><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/>{more}</xs:choice>")
    };
    reads(&choice(1, ""), &choice(1, "<xs:element name='c' type='xs:int'/>"));
    reads(&choice(3, ""), &choice(2, "<xs:element name='c' type='xs:int'/>"));
    assert!(matches!(tolerated(&root(&choice(2, "")), &root(&choice(1, ""))), Verdict::NotShown(Reason::Order(_))));
}

#[test]
fn a_name_in_another_case_is_not_new() {
    let new = root("<xs:sequence><xs:element name='A' type='xs:int'/></xs:sequence>");
    assert_eq!(tolerated(&new, &root(OLD)), Verdict::NotShown(Reason::NearName("A".to_owned())));
}
