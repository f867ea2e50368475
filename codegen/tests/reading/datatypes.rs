//! Tests the rules of XML Schema Part 2: simple types and their facets.

use crate::support::{accepts, refuses};

fn restrict(base: &str, facets: &str) -> String {
    format!("<xs:simpleType name='t'><xs:restriction base='{base}'>{facets}</xs:restriction></xs:simpleType>")
}

fn twice(base: &str, first: &str, second: &str) -> String {
    format!(
        "<xs:simpleType name='b'><xs:restriction base='{base}'>{first}</xs:restriction></xs:simpleType>\n<xs:simpleType name='t'><xs:restriction base='b'>{second}</xs:restriction></xs:simpleType>"
    )
}

#[test]
fn facets_apply_to_some_types_only() {
    for (base, facet) in [("xs:int", "length"), ("xs:string", "totalDigits"), ("xs:boolean", "maxInclusive"), ("xs:anyURI", "minInclusive")]
    {
        refuses(&restrict(base, &format!("<xs:{facet} value='1'/>")), "X0212", 2);
    }
    refuses(
        "<xs:simpleType name='u'><xs:union memberTypes='xs:int'/></xs:simpleType>\n<xs:simpleType name='t'><xs:restriction base='u'><xs:length value='1'/></xs:restriction></xs:simpleType>",
        "X0212",
        3,
    );
    refuses(&restrict("xs:string", "<xs:length value='1'/>\n<xs:length value='1'/>"), "X0118", 3);
}

#[test]
fn facets_do_not_apply_to_any_simple_type() {
    let base = "<xs:complexType name='b'><xs:simpleContent><xs:extension base='xs:anySimpleType'/></xs:simpleContent></xs:complexType>";
    let narrow = |content: &str| {
        format!(
            "{base}\n<xs:complexType name='t'><xs:simpleContent><xs:restriction base='b'>{content}</xs:restriction></xs:simpleContent></xs:complexType>"
        )
    };
    refuses(&narrow("<xs:minLength value='1'/>"), "X0211", 3);
    accepts(&narrow(""));
    accepts(&narrow("<xs:simpleType><xs:restriction base='xs:string'/></xs:simpleType><xs:minLength value='1'/>"));
}

#[test]
fn facets_do_not_contradict_each_other() {
    for (base, facets) in [
        ("xs:int", "<xs:minInclusive value='5'/><xs:maxInclusive value='4'/>"),
        ("xs:int", "<xs:minExclusive value='5'/><xs:maxInclusive value='5'/>"),
        ("xs:int", "<xs:minInclusive value='1.5'/>"),
        ("xs:byte", "<xs:maxInclusive value='128'/>"),
        ("xs:string", "<xs:minLength value='5'/><xs:maxLength value='4'/>"),
        ("xs:string", "<xs:length value='5'/><xs:maxLength value='6'/>"),
        ("xs:decimal", "<xs:totalDigits value='2'/><xs:fractionDigits value='3'/>"),
        ("xs:token", "<xs:whiteSpace value='replace'/>"),
        ("xs:date", "<xs:minInclusive value='2001-02-30'/>"),
    ] {
        refuses(&restrict(base, facets), "X0213", 2);
    }
    accepts(&restrict("xs:int", "<xs:minInclusive value='5'/><xs:maxInclusive value='5'/>"));
    accepts(&restrict("xs:string", "<xs:length value='18446744073709551616'/>"));
    accepts(&restrict("xs:gYear", "<xs:minInclusive value='1999'/><xs:maxExclusive value='2038Z'/>"));
}

#[test]
fn facets_do_not_widen_the_base() {
    for (base, first, second) in [
        ("xs:string", "<xs:maxLength value='3'/>", "<xs:maxLength value='4'/>"),
        ("xs:string", "<xs:minLength value='3'/>", "<xs:minLength value='2'/>"),
        ("xs:string", "<xs:length value='3'/>", "<xs:length value='2'/>"),
        ("xs:decimal", "<xs:totalDigits value='3'/>", "<xs:totalDigits value='4'/>"),
        ("xs:int", "<xs:maxInclusive value='3'/>", "<xs:maxInclusive value='4'/>"),
        ("xs:int", "<xs:maxInclusive value='3' fixed='true'/>", "<xs:maxInclusive value='2'/>"),
    ] {
        refuses(&twice(base, first, second), "X0213", 3);
    }
    accepts(&twice("xs:int", "<xs:maxExclusive value='3' fixed='true'/>", "<xs:maxExclusive value='3'/>"));
}

#[test]
fn enumerations_and_patterns() {
    refuses(&restrict("xs:int", "<xs:enumeration value='1'/>\n<xs:enumeration value='one'/>"), "X0214", 3);
    refuses(&twice("xs:string", "<xs:pattern value='[a-c]+'/>", "<xs:enumeration value='abd'/>"), "X0214", 3);
    refuses(&restrict("xs:string", "\n<xs:pattern value='(a'/>"), "X0215", 3);
    refuses(&restrict("xs:QName", "<xs:enumeration value='q:a'/>"), "X0214", 2);
    accepts(&restrict("xs:NMTOKENS", "<xs:enumeration value='a  b'/><xs:maxLength value='2'/>"));
    let names = "<xs:simpleType name='l'><xs:list itemType='xs:QName'/></xs:simpleType>\n";
    accepts(&format!("{names}{}", restrict("l", "<xs:enumeration value='xs:a b'/>")));
    refuses(&format!("{names}{}", restrict("l", "<xs:enumeration value='xs:a q:b'/>")), "X0214", 3);
    accepts(&restrict("xs:float", "<xs:enumeration value='NaN'/><xs:enumeration value='-INF'/>"));
}

#[test]
fn notations_need_an_enumeration() {
    let notation = "<xs:notation name='n' public='p'/>\n";
    refuses(&format!("{notation}<xs:element name='a' type='xs:NOTATION'/>"), "X0226", 3);
    refuses(&format!("{notation}{}", restrict("xs:NOTATION", "<xs:enumeration value='m'/>")), "X0309", 3);
    accepts(&format!("{notation}{}", restrict("xs:NOTATION", "<xs:enumeration value='n'/>")));
}

#[test]
fn lists_are_not_made_of_lists() {
    refuses("<xs:simpleType name='t'><xs:list itemType='xs:NMTOKENS'/></xs:simpleType>", "X0211", 2);
    refuses("<xs:complexType name='c'/>\n<xs:simpleType name='t'><xs:restriction base='c'/></xs:simpleType>", "X0211", 3);
    accepts(
        "<xs:simpleType name='t'><xs:union memberTypes='xs:NMTOKENS xs:int'/></xs:simpleType><xs:element name='a' type='t' default='b c'/>",
    );
}
