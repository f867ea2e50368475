//! Pairs of schemas that look included and are not, each with a document that shows it or a reason why nothing is shown.

use xsdgen::compare::inclusion::{Inclusion, Kind, Reason, Verdict};
use xsdgen::model::Global;

use crate::pairs::{both_ways, restricted};
use crate::support::{Schema, verdict};

const NO: Option<(Kind, &str)> = Some((Kind::Value, "r"));

/// The first type is not included in the second; the other direction is not examined.
#[track_caller]
fn differs(old: &str, new: &str) {
    crate::pairs::one_way(&format!("{old} -> {new}"), &Schema::of(old), &Schema::of(new), NO);
}

#[test]
fn one_literal_of_a_value_says_nothing_about_the_others_in_another_value_space() {
    let listed = |base: &str, value: &str| restricted(base, &format!("<xs:enumeration value='{value}'/>"));
    differs(&listed("decimal", "1"), &listed("token", "1"));
    differs(&listed("hexBinary", "aa"), &listed("token", "aa"));
    let fixed = |ty: &str, value: &str| format!("<xs:element name='r' type='xs:{ty}' fixed='{value}'/>");
    differs(&fixed("boolean", "true"), &listed("token", "true"));
    both_ways("fixed", &fixed("int", "1"), &fixed("int", "01"), None, None);
}

#[test]
fn a_listed_qualified_name_is_no_text_and_the_reverse() {
    let listed = |base: &str| restricted(base, "<xs:enumeration value='xs:int'/>");
    // It depends on the declarations of a document whether both admit its text.
    for (old, new) in [("QName", "Name"), ("Name", "QName")] {
        let found = verdict(&Schema::of(&listed(old)), &Schema::of(&listed(new)));
        assert!(matches!(found, Verdict::NotShown(Reason::Values { .. })), "{found:?}");
    }
    differs(&listed("QName"), &listed("string"));
    both_ways("names", &listed("QName"), &restricted("QName", "<xs:enumeration value='xs:long'/>"), NO, NO);
}

#[test]
fn lengths_count_octets_characters_or_items() {
    let short = |base: &str| restricted(base, "<xs:maxLength value='4'/>");
    differs(&short("hexBinary"), &short("token"));
    differs(&short("base64Binary"), &short("token"));
}

#[test]
fn items_of_lists_are_compared_as_values() {
    let list = |item: &str| {
        format!(
            "<xs:element name='r'><xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType='xs:{item}'/></xs:simpleType><xs:enumeration value='1 2'/></xs:restriction></xs:simpleType></xs:element>"
        )
    };
    differs(&list("integer"), &list("token"));
    both_ways("items", &list("byte"), &list("integer"), None, None);
}

#[test]
fn a_default_value_need_not_be_one_of_a_derived_type() {
    let schema = |value: &str| {
        format!(
            "<xs:element name='r' type='base' default='{value}'/><xs:simpleType name='base'><xs:restriction base='xs:int'/></xs:simpleType>\
             <xs:simpleType name='few'><xs:restriction base='base'><xs:maxInclusive value='9'/></xs:restriction></xs:simpleType>"
        )
    };
    let (old, new) = (Schema::of(&schema("1")), Schema::of(&schema("100")));
    assert!(!matches!(verdict(&old, &new), Verdict::Proven));
    assert!(matches!(verdict(&new, &old), Verdict::Proven));
}

#[test]
fn nil_is_not_admitted_by_a_declaration_that_a_wildcard_finds() {
    let schema = |more: &str| {
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:any namespace='##targetNamespace' processContents='lax' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>{more}"
        ))
    };
    let (old, new) = (schema(""), schema("<xs:element name='e'/>"));
    assert!(!matches!(verdict(&old, &new), Verdict::Proven));
}

/// A root element with items, constraints on them, and references to identifiers.
fn items(item: &str, constraint: &str) -> Schema {
    let items = format!("<xs:sequence><xs:element name='i' maxOccurs='9' {item}/></xs:sequence>");
    Schema::of(&format!("<xs:element name='r'><xs:complexType>{items}</xs:complexType>{constraint}</xs:element>"))
}

#[test]
fn values_that_a_constraint_compares_keep_their_equality() {
    let unique = "<xs:unique name='u'><xs:selector xpath='*'/><xs:field xpath='.'/></xs:unique>";
    let open = |old: &str, new: &str| {
        let found = verdict(&items(old, unique), &items(new, unique));
        assert_eq!(found, Verdict::NotShown(Reason::IdentityConstraint("u".to_owned())), "{old} {new}");
    };
    open("type='xs:token'", "type='xs:normalizedString'");
    open("type='xs:string'", "type='xs:anyType'");
    open("type='xs:int' default='1'", "type='xs:int' default='2'");
    assert_eq!(verdict(&items("type='xs:short'", unique), &items("type='xs:int'", unique)), Verdict::Proven);
}

#[test]
fn a_key_field_that_becomes_nillable_is_not_shown() {
    let key = "<xs:key name='k'><xs:selector xpath='*'/><xs:field xpath='.'/></xs:key>";
    let found = verdict(&items("type='xs:int'", key), &items("type='xs:int' nillable='true'", key));
    assert_eq!(found, Verdict::NotShown(Reason::IdentityConstraint("k".to_owned())));
}

#[test]
fn an_identifier_of_a_witness_is_unique() {
    let schema = |attribute: &str| {
        let item =
            "<xs:element name='i'><xs:complexType><xs:attribute name='id' type='xs:ID' use='required'/></xs:complexType></xs:element>";
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence>{item}</xs:sequence>{attribute}</xs:complexType></xs:element>"
        ))
    };
    match verdict(&schema("<xs:attribute name='id' type='xs:ID'/>"), &schema("")) {
        Verdict::Refuted(found) => {
            assert!(found.witness.contains("id=\"id0\"") && found.witness.contains("id=\"id1\""), "{}", found.witness)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn identifiers_that_are_no_longer_validated_are_missed() {
    let schema = |process: &str| {
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:any namespace='##targetNamespace' processContents='{process}'/></xs:sequence>\
             <xs:attribute name='ref' type='xs:IDREF'/></xs:complexType></xs:element><xs:element name='e'><xs:complexType><xs:attribute name='id' type='xs:ID'/></xs:complexType></xs:element>"
        ))
    };
    assert!(matches!(verdict(&schema("strict"), &schema("skip")), Verdict::NotShown(Reason::Identifiers(_))));
    assert_eq!(verdict(&schema("strict"), &schema("lax")), Verdict::Proven);
    let plain = |ty: &str| {
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='i' type='{ty}'/></xs:sequence><xs:attribute name='ref' type='xs:IDREF'/></xs:complexType></xs:element>\
             <xs:complexType name='t'><xs:attribute name='id' type='xs:ID'/></xs:complexType>"
        ))
    };
    assert!(matches!(verdict(&plain("t"), &plain("xs:anyType")), Verdict::NotShown(Reason::Identifiers(_))));
}

#[test]
fn a_type_that_requires_itself_has_no_document_unless_an_element_of_it_is_nil() {
    let schema = |nillable: &str, used: &str| {
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='e' type='endless' minOccurs='0' {nillable}/></xs:sequence></xs:complexType></xs:element>\
             <xs:complexType name='endless'><xs:sequence><xs:element name='e' type='endless'/></xs:sequence><xs:attribute name='a' type='xs:{used}'/></xs:complexType>"
        ))
    };
    let both = |nillable: &str| verdict(&schema(nillable, "string"), &schema(nillable, "int"));
    assert_eq!(both(""), Verdict::Proven);
    let Verdict::Refuted(found) = both("nillable='true'") else { panic!("an element that is nil has attributes") };
    assert_eq!((found.kind, found.path.as_str()), (Kind::AttributeValue, "r/e/@a"));
}

#[test]
fn a_change_far_below_many_types_is_found_from_each_of_them() {
    let schema = |last: &str| {
        let types = (0..40).map(|n| {
            format!(
                "<xs:complexType name='t{n}'><xs:sequence><xs:element name='n' type='t{}' minOccurs='0'/></xs:sequence></xs:complexType>",
                n + 1
            )
        });
        let types: String = types.collect();
        Schema::of(&format!(
            "<xs:element name='r' type='t0'/>{types}<xs:complexType name='t40'><xs:attribute name='a' type='xs:{last}'/></xs:complexType>"
        ))
    };
    let (old, new) = (schema("string"), schema("int"));
    let Verdict::Refuted(found) = verdict(&old, &new) else { panic!("the last type differs") };
    assert_eq!(found.path, format!("r/{}@a", "n/".repeat(40)));
    let mut inclusion = Inclusion::new(&old.model, &new.model);
    let types = old.model.globals.iter().filter_map(|global| if let Global::Type(id) = global { Some(*id) } else { None });
    let refuted = types.filter(|id| matches!(inclusion.ty(*id, *id), Verdict::Refuted(_))).count();
    assert_eq!(refuted, 41, "each of the types leads to the change");
}

#[test]
fn a_value_that_the_schema_supplies_is_the_field_of_a_constraint() {
    let schema = |item: &str| {
        Schema::of(&format!(
            "<xs:element name='r'><xs:complexType><xs:sequence>\
             <xs:element name='i' maxOccurs='9' {item}><xs:complexType><xs:attribute name='to' type='xs:string' fixed='x'/></xs:complexType></xs:element>\
             </xs:sequence></xs:complexType><xs:key name='k'><xs:selector xpath='no'/><xs:field xpath='@id'/></xs:key>\
             <xs:keyref name='f' refer='k'><xs:selector xpath='*'/><xs:field xpath='@to'/></xs:keyref></xs:element>"
        ))
    };
    // No document is valid in either set, because the fixed value refers to no key.
    let found = verdict(&schema("nillable='true'"), &schema(""));
    assert!(!matches!(found, Verdict::Refuted(_)), "{found:?}");
}
