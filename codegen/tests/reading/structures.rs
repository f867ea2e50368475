//! Tests the rules of XML Schema Part 1: declarations, definitions, particles and their constraints.

use crate::support::{accepts, one, refuses};

#[test]
fn schema_elements_follow_the_schema_for_schemas() {
    refuses("<xs:element name='a'><xs:foo/></xs:element>", "X0101", 2);
    refuses("<xs:element name='a'/>\n<xs:import namespace='u:v'/>", "X0101", 3);
    refuses("<xs:complexType name='a'><xs:attribute name='x'/>\n<xs:sequence/></xs:complexType>", "X0101", 3);
    refuses("<xs:element name='a' minOccurs='0'/>", "X0102", 2);
    refuses("<xs:element name='a' nillable='yes'/>", "X0103", 2);
    refuses("<xs:element/>", "X0104", 2);
    refuses("<xs:element name='a'>text</xs:element>", "X0105", 2);
    refuses("<xs:element name='a' id='i'/>\n<xs:element name='b' id='i'/>", "X0106", 3);
    accepts(
        "<xs:element name='a' x:y='1' xmlns:x='u:x'><xs:annotation><xs:documentation>t<b/></xs:documentation></xs:annotation></xs:element>",
    );
}

#[test]
fn contradictory_properties() {
    refuses("<xs:element name='a' type='xs:int'><xs:simpleType><xs:restriction base='xs:int'/></xs:simpleType></xs:element>", "X0110", 2);
    refuses("<xs:element name='a' type='xs:int' default='1' fixed='1'/>", "X0110", 2);
    refuses("<xs:complexType name='t'><xs:attribute name='a' default='1' use='required'/></xs:complexType>", "X0111", 2);
    refuses("<xs:simpleType name='t'><xs:list/></xs:simpleType>", "X0112", 2);
    refuses("<xs:complexType name='t'><xs:complexContent><xs:extension base='xs:int'/></xs:complexContent></xs:complexType>", "X0113", 2);
}

#[test]
fn an_empty_choice_is_emptiable() {
    let mixed =
        |content: &str| format!("<xs:element name='a' default='x'><xs:complexType mixed='true'>{content}</xs:complexType></xs:element>");
    accepts(&mixed("<xs:choice><xs:element name='b' minOccurs='0' maxOccurs='0'/></xs:choice>"));
    refuses(&mixed("<xs:choice><xs:element name='b'/></xs:choice>"), "X0201", 2);
}

#[test]
fn names_must_be_known() {
    refuses("<xs:element name='a' type='userTyp'/>\n<xs:complexType name='userType'/>", "X0301", 2);
    refuses("<xs:element name='a' type='xs:integr'/>", "X0301", 2);
    refuses("<xs:group name='g'><xs:sequence>\n<xs:element ref='b'/></xs:sequence></xs:group>", "X0302", 3);
    refuses("<xs:element name='a' type='q:t'/>", "X0308", 2);
    refuses("<xs:element name='a' type='q:t' xmlns:q='u:q'/>", "X0307", 2);
    refuses("<xs:element name='a'/>\n<xs:element name='a'/>", "X0227", 3);
    accepts("<xs:element name='a' type='a'/><xs:complexType name='a'/><xs:attribute name='a'/><xs:notation name='a' public='p'/>");
}

#[test]
fn circles_are_found() {
    refuses("<xs:group name='g'><xs:sequence><xs:group ref='g'/></xs:sequence></xs:group>", "X0221", 2);
    refuses("<xs:attributeGroup name='g'><xs:attributeGroup ref='g'/></xs:attributeGroup>", "X0114", 2);
    refuses("<xs:simpleType name='t'><xs:union memberTypes='t'/></xs:simpleType>", "X0204", 2);
    refuses("<xs:element name='a' substitutionGroup='b'/>\n<xs:element name='b' substitutionGroup='a'/>", "X0201", 3);
    accepts(
        "<xs:group name='g'><xs:sequence><xs:element name='e'><xs:complexType><xs:group ref='g' minOccurs='0'/></xs:complexType></xs:element></xs:sequence></xs:group>",
    );
}

fn sequence(particles: &str) -> String {
    format!("<xs:complexType name='t'><xs:sequence>{particles}</xs:sequence></xs:complexType>")
}

const A: &str = "<xs:element name='a' type='xs:int'/>";

#[test]
fn particles_must_be_attributable() {
    let optional = "<xs:element name='a' type='xs:int' minOccurs='0'/>";
    refuses(&sequence(&format!("{optional}{A}")), "X0208", 2);
    refuses(&sequence(&format!("<xs:any minOccurs='0' processContents='lax'/>{A}")), "X0208", 2);
    refuses(&sequence(&format!("<xs:choice>{A}<xs:sequence>{A}<xs:element name='b'/></xs:sequence></xs:choice>")), "X0208", 2);
    refuses(&sequence(&format!("<xs:element name='a' type='xs:int' minOccurs='2' maxOccurs='3'/>{A}")), "X0208", 2);
    refuses(
        &sequence(&format!(
            "<xs:sequence minOccurs='2' maxOccurs='2'>{A}<xs:element name='b' minOccurs='0'/></xs:sequence><xs:element name='b'/>"
        )),
        "X0208",
        2,
    );
    accepts(&sequence(&format!("<xs:element name='a' type='xs:int' minOccurs='1000000' maxOccurs='1000000'/>{A}")));
    accepts(&sequence(&format!("{A}<xs:any namespace='##other' minOccurs='0' maxOccurs='unbounded'/>{A}")));
    accepts(&sequence(&format!("<xs:choice maxOccurs='unbounded'>{A}<xs:element name='b'/></xs:choice>")));
}

#[test]
fn the_first_of_several_ambiguities_is_reported() {
    let elements: String = (0..10).map(|n| format!("<xs:element name='e{n}'/>")).collect();
    for rest in [elements.as_str(), "<xs:any namespace='##targetNamespace'/>"] {
        let outcome = one(&sequence(&format!("<xs:choice><xs:choice>{elements}</xs:choice><xs:choice>{rest}</xs:choice></xs:choice>")));
        let messages: Vec<&str> = outcome.problems.iter().map(|d| d.message.as_str()).collect();
        assert!(matches!(messages.as_slice(), [message] if message.starts_with("`e0` can belong")), "{messages:?}");
    }
}

#[test]
fn substitution_groups_are_checked_for_ambiguity() {
    let globals = "<xs:element name='h' type='xs:int'/><xs:element name='m' substitutionGroup='h'/>\n";
    let content =
        |first: &str| format!("{globals}{}", sequence(&format!("<xs:element ref='{first}' minOccurs='0'/><xs:element ref='m'/>")));
    refuses(&content("h"), "X0208", 3);
}

#[test]
fn elements_of_one_name_have_one_type() {
    refuses(&sequence(&format!("{A}<xs:element name='b'/>\n<xs:element name='a' type='xs:string'/>")), "X0209", 3);
    accepts(&sequence(&format!("{A}<xs:element name='b'/>{A}")));
}

#[test]
fn all_groups_stand_alone() {
    let group = format!("<xs:group name='g'><xs:all>{A}</xs:all></xs:group>\n");
    refuses(&format!("{group}{}", sequence("<xs:group ref='g'/>")), "X0210", 3);
    refuses("<xs:complexType name='t'><xs:all>\n<xs:element name='a' maxOccurs='2'/></xs:all></xs:complexType>", "X0103", 3);
    accepts(&format!("{group}<xs:complexType name='t'><xs:group ref='g' minOccurs='0'/></xs:complexType>"));
    refuses(&sequence("<xs:element name='a' minOccurs='3' maxOccurs='2'/>"), "X0224", 2);
}

fn restriction(base: &str, own: &str) -> String {
    format!(
        "<xs:complexType name='b'>{base}</xs:complexType>\n<xs:complexType name='r'><xs:complexContent><xs:restriction base='b'>{own}</xs:restriction></xs:complexContent></xs:complexType>"
    )
}

#[test]
fn restrictions_admit_no_more_than_their_base() {
    let base = format!("<xs:sequence>{A}<xs:element name='b' type='xs:int' minOccurs='0' maxOccurs='5'/></xs:sequence>");
    accepts(&restriction(&base, &format!("<xs:sequence>{A}</xs:sequence>")));
    accepts(&restriction(&base, &format!("<xs:sequence>{A}<xs:element name='b' type='xs:byte' maxOccurs='2'/></xs:sequence>")));
    for own in [
        "",
        "<xs:element name='b' type='xs:int'/>",
        "<xs:element name='a' type='xs:string'/>",
        "<xs:element name='a' type='xs:int' minOccurs='0'/>",
    ] {
        let code = if own.is_empty() { "X0206" } else { "X0207" };
        refuses(&restriction(&base, &format!("<xs:sequence>{own}</xs:sequence>")), code, 3);
    }
    refuses(&restriction(&base, &format!("<xs:sequence>{A}<xs:element name='b' type='xs:int' maxOccurs='6'/></xs:sequence>")), "X0207", 3);
}

#[test]
fn each_kind_of_group_restricts_as_specified() {
    let any = "<xs:sequence><xs:any namespace='##targetNamespace' maxOccurs='3'/></xs:sequence>";
    accepts(&restriction(any, &format!("<xs:sequence>{A}</xs:sequence>")));
    refuses(&restriction(any, "<xs:sequence><xs:element name='a' form='unqualified'/></xs:sequence>"), "X0207", 3);
    let choice = format!("<xs:choice maxOccurs='2'>{A}<xs:element name='b' type='xs:int'/></xs:choice>");
    accepts(&restriction(&choice, &format!("<xs:sequence>{A}<xs:element name='b' type='xs:int'/></xs:sequence>")));
    refuses(&restriction(&choice, &format!("<xs:sequence>{A}{A}{A}</xs:sequence>")), "X0207", 3);
    let all = format!("<xs:all>{A}<xs:element name='b' type='xs:int'/></xs:all>");
    accepts(&restriction(&all, &format!("<xs:sequence><xs:element name='b' type='xs:int'/>{A}</xs:sequence>")));
    refuses(&restriction(&all, &format!("<xs:choice>{A}<xs:element name='b' type='xs:int'/></xs:choice>")), "X0207", 3);
}

#[test]
fn attributes_of_restrictions_are_compatible_with_the_base() {
    let base = "<xs:attribute name='x' type='xs:int' use='required'/><xs:attribute name='y' fixed='1'/>";
    accepts(&restriction(base, "<xs:attribute name='x' type='xs:byte' use='required'/><xs:attribute name='y' fixed='1'/>"));
    accepts(&restriction(base, "<xs:attribute name='y' use='prohibited'/>"));
    for own in [
        "<xs:attribute name='x' type='xs:int'/>",
        "<xs:attribute name='x' type='xs:string' use='required'/>",
        "<xs:attribute name='y' fixed='2'/>",
        "<xs:attribute name='z'/>",
        "<xs:anyAttribute/>",
        "<xs:attribute name='x' use='prohibited'/>",
    ] {
        refuses(&restriction(base, own), "X0206", 3);
    }
}

#[test]
fn extensions_and_final() {
    let extend = |base: &str, own: &str| {
        format!(
            "{base}\n<xs:complexType name='e'><xs:complexContent><xs:extension base='b'>{own}</xs:extension></xs:complexContent></xs:complexType>"
        )
    };
    accepts(&extend(
        &format!("<xs:complexType name='b'><xs:sequence>{A}</xs:sequence></xs:complexType>"),
        "<xs:sequence><xs:element name='c'/></xs:sequence>",
    ));
    refuses(&extend("<xs:complexType name='b' final='extension'/>", ""), "X0205", 3);
    refuses(
        &extend(
            &format!("<xs:complexType name='b' mixed='true'><xs:sequence>{A}</xs:sequence></xs:complexType>"),
            "<xs:sequence><xs:element name='c'/></xs:sequence>",
        ),
        "X0205",
        3,
    );
    refuses(&extend("<xs:complexType name='b'><xs:attribute name='x'/></xs:complexType>", "<xs:attribute name='x'/>"), "X0203", 3);
    refuses(
        "<xs:simpleType name='b' final='list'><xs:restriction base='xs:int'/></xs:simpleType>\n<xs:simpleType name='l'><xs:list itemType='b'/></xs:simpleType>",
        "X0204",
        3,
    );
}

#[test]
fn substitution_groups_respect_types_and_final() {
    accepts("<xs:element name='h' type='xs:int'/><xs:element name='m' type='xs:byte' substitutionGroup='h'/>");
    refuses("<xs:element name='h' type='xs:int'/>\n<xs:element name='m' type='xs:string' substitutionGroup='h'/>", "X0201", 3);
    refuses(
        "<xs:element name='h' type='xs:int' final='restriction'/>\n<xs:element name='m' type='xs:byte' substitutionGroup='h'/>",
        "X0201",
        3,
    );
}

#[test]
fn values_of_declarations_are_valid() {
    refuses("<xs:element name='a' type='xs:int' default='x'/>", "X0201", 2);
    refuses("<xs:attribute name='a' type='xs:date' fixed='2001-02-30'/>", "X0202", 2);
    refuses("<xs:attribute name='a' type='xs:ID' default='x'/>", "X0202", 2);
    refuses(
        "<xs:complexType name='t'><xs:attribute name='a' type='xs:ID'/><xs:attribute name='b' type='xs:ID'/></xs:complexType>",
        "X0203",
        2,
    );
    refuses(
        "<xs:attribute name='a' fixed='1'/>\n<xs:complexType name='t'>\n<xs:attribute ref='a' fixed='2'/></xs:complexType>",
        "X0219",
        4,
    );
    refuses("<xs:attribute name='a' type='xs:anyType'/>", "X0202", 2);
    refuses("<xs:attribute name='xmlns'/>", "X0222", 2);
    accepts("<xs:element name='a' default='x'/><xs:element name='b' type='xs:decimal' fixed=' 1.0 '/>");
}

fn keyed(constraints: &str) -> String {
    format!("<xs:element name='r'><xs:complexType/>{constraints}</xs:element>")
}

#[test]
fn identity_constraints() {
    let key = "<xs:key name='k'><xs:selector xpath='.//a|b'/><xs:field xpath='@i'/></xs:key>";
    accepts(&keyed(&format!("{key}<xs:keyref name='f' refer='k'><xs:selector xpath='c'/><xs:field xpath='d/@i'/></xs:keyref>")));
    refuses(&keyed(&format!("{key}\n<xs:keyref name='f' refer='x'><xs:selector xpath='c'/><xs:field xpath='d'/></xs:keyref>")), "X0306", 3);
    refuses(
        &keyed(&format!(
            "{key}\n<xs:keyref name='f' refer='k'><xs:selector xpath='c'/><xs:field xpath='d'/><xs:field xpath='e'/></xs:keyref>"
        )),
        "X0216",
        3,
    );
    refuses(&keyed("<xs:key name='k'>\n<xs:selector xpath='@a'/><xs:field xpath='.'/></xs:key>"), "X0217", 3);
    refuses(&keyed("<xs:key name='k'><xs:selector xpath='a'/>\n<xs:field xpath='a[1]'/></xs:key>"), "X0218", 3);
}

#[test]
fn later_constructs_are_named() {
    refuses("<xs:complexType name='t'><xs:sequence/>\n<xs:assert test='true()'/></xs:complexType>", "X0901", 3);
    accepts(
        "<xs:element name='a' xmlns:vc='http://www.w3.org/2007/XMLSchema-versioning' vc:minVersion='1.1'><xs:alternative/></xs:element>",
    );
}

/// Tests that a restriction can remove optional elements with `maxOccurs="0"`, which corresponds to no particle (Part 1, sections 3.3.2 and
/// 3.8.2).
#[test]
fn restrictions_may_remove_optional_particles() {
    let derived = |base: &str, own: &str| {
        format!(
            "<xs:element name='h'/><xs:element name='i' substitutionGroup='h'/><xs:complexType name='b'>{base}</xs:complexType>\n\
             <xs:complexType name='r'><xs:complexContent><xs:restriction base='b'>{own}</xs:restriction></xs:complexContent></xs:complexType>"
        )
    };
    let once = "<xs:sequence><xs:element name='a'/></xs:sequence>";
    let none = "<xs:sequence><xs:element name='a' minOccurs='0' maxOccurs='0'/></xs:sequence>";
    for (base, own) in [
        ("<xs:sequence><xs:element name='a' minOccurs='0'/></xs:sequence>", none),
        ("<xs:sequence><xs:element name='a' minOccurs='0' maxOccurs='unbounded'/></xs:sequence>", none),
        ("<xs:choice minOccurs='0'><xs:element name='a'/><xs:element name='b'/></xs:choice>", none),
        (
            "<xs:sequence><xs:element ref='h' minOccurs='0'/></xs:sequence>",
            "<xs:sequence><xs:element ref='h' minOccurs='0' maxOccurs='0'/></xs:sequence>",
        ),
        ("<xs:sequence><xs:any minOccurs='0'/></xs:sequence>", "<xs:sequence><xs:any minOccurs='0' maxOccurs='0'/></xs:sequence>"),
        (
            "<xs:all><xs:element name='a' minOccurs='0'/><xs:element name='b'/></xs:all>",
            "<xs:all><xs:element name='a' minOccurs='0' maxOccurs='0'/><xs:element name='b'/></xs:all>",
        ),
    ] {
        accepts(&derived(base, own));
    }
    refuses(&derived(once, none), "X0207", 3);
}

/// Tests clause 2.2.4 of cos-st-derived-ok: a type derived from a member of a union is validly derived from the union.
#[test]
fn a_member_type_restricts_a_union() {
    let body = |own: &str| {
        format!(
            "<xs:simpleType name='m'><xs:restriction base='xs:string'><xs:maxLength value='3'/></xs:restriction></xs:simpleType>\
             <xs:simpleType name='u'><xs:union memberTypes='xs:int xs:date'/></xs:simpleType><xs:simpleType name='v'><xs:union memberTypes='u m'/></xs:simpleType>\
             <xs:complexType name='b'><xs:sequence><xs:element name='a' type='v'/></xs:sequence><xs:attribute name='x' type='u'/></xs:complexType>\n\
             <xs:complexType name='r'><xs:complexContent><xs:restriction base='b'><xs:sequence><xs:element name='a' type='{own}'/></xs:sequence>\
             <xs:attribute name='x' type='xs:date'/></xs:restriction></xs:complexContent></xs:complexType>"
        )
    };
    for own in ["m", "u", "xs:int", "xs:short", "xs:date"] {
        accepts(&body(own));
    }
    refuses(&body("xs:boolean"), "X0207", 3);
}
