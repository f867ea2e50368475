//! Pairs of schemas with the expected verdicts in both directions.

use xsdgen::compare::inclusion::{Kind, Reason, Refutation, Verdict};

use crate::support::{Schema, has_xmllint, verdict};

/// What is expected: a proof, or a refutation of some kind at a path.
pub(crate) type Expected = Option<(Kind, &'static str)>;

const YES: Expected = None;

#[track_caller]
pub(crate) fn one_way(name: &str, a: &Schema, b: &Schema, expected: Expected) {
    match (verdict(a, b), expected) {
        (Verdict::Proven, None) => {}
        (Verdict::Refuted(refutation), Some((kind, path))) => {
            assert_eq!((refutation.kind, refutation.path.as_str()), (kind, path), "{name}\n{}", refutation.witness);
            confirm(name, a, b, &refutation);
        }
        (found, expected) => panic!("{name}: expected {expected:?}, found {found:#?}"),
    }
}

#[track_caller]
fn confirm(name: &str, a: &Schema, b: &Schema, refutation: &Refutation) {
    if has_xmllint(name) {
        assert_eq!(a.complaint(&refutation.witness), None, "{name}\n{}", refutation.witness);
        assert!(b.complaint(&refutation.witness).is_some(), "{name}: valid on both sides\n{}", refutation.witness);
    }
}

#[track_caller]
pub(crate) fn both_ways(name: &str, old: &str, new: &str, forth: Expected, back: Expected) {
    let (old, new) = (Schema::of(old), Schema::of(new));
    one_way(name, &old, &new, forth);
    one_way(name, &new, &old, back);
}

/// A root element whose type has this content and these attributes.
fn root(content: &str) -> String {
    format!("<xs:element name='r'><xs:complexType>{content}</xs:complexType></xs:element>")
}

/// A root element of a restriction of a simple type.
pub(crate) fn restricted(base: &str, facets: &str) -> String {
    format!("<xs:element name='r'><xs:simpleType><xs:restriction base='xs:{base}'>{facets}</xs:restriction></xs:simpleType></xs:element>")
}

#[track_caller]
fn contents(old: &str, new: &str, forth: Expected, back: Expected) {
    both_ways(&format!("{old} -> {new}"), &root(old), &root(new), forth, back);
}

#[track_caller]
fn values(old: (&str, &str), new: (&str, &str), forth: bool, back: bool) {
    let expected = |proven: bool| (!proven).then_some((Kind::Value, "r"));
    let name = format!("{old:?} -> {new:?}");
    both_ways(&name, &restricted(old.0, old.1), &restricted(new.0, new.1), expected(forth), expected(back));
}

const A: &str = "<xs:element name='a' type='xs:int'/>";
const B: &str = "<xs:element name='b' type='xs:int'/>";
const OPTIONAL_B: &str = "<xs:element name='b' type='xs:int' minOccurs='0'/>";

#[test]
fn enumerations_with_thousands_of_values() {
    let listed = |range: std::ops::Range<usize>| range.map(|n| format!("<xs:enumeration value='v{n}'/>")).collect::<String>();
    let (old, new) = (listed(0..6000), listed(1..6000));
    values(("string", &old), ("string", &new), false, true);
    values(("token", &old), ("token", &listed(0..6000)), true, true);
}

#[test]
fn sequences() {
    let sequence = |parts: &str| format!("<xs:sequence>{parts}</xs:sequence>");
    let (a, ab, optional) = (sequence(A), sequence(&format!("{A}{B}")), sequence(&format!("{A}{OPTIONAL_B}")));
    contents(&a, &optional, YES, Some((Kind::Child, "r/b")));
    contents(&a, &ab, Some((Kind::MissingChild, "r")), Some((Kind::Child, "r/b")));
    contents(&ab, &optional, YES, Some((Kind::MissingChild, "r")));
    contents(&ab, &sequence(&format!("{B}{A}")), Some((Kind::Child, "r/a")), Some((Kind::Child, "r/b")));
    contents(&ab, &format!("<xs:all>{A}{B}</xs:all>"), YES, Some((Kind::Child, "r/b")));
    contents(&ab, &format!("<xs:choice maxOccurs='unbounded'>{A}{B}</xs:choice>"), YES, Some((Kind::Child, "r/b")));
}

#[test]
fn occurrences() {
    let times = |min: &str, max: &str| {
        format!("<xs:sequence><xs:element name='a' type='xs:int' minOccurs='{min}' maxOccurs='{max}'/></xs:sequence>")
    };
    contents(&times("1", "3"), &times("0", "unbounded"), YES, Some((Kind::MissingChild, "r")));
    contents(&times("0", "1000"), &times("0", "999"), Some((Kind::Child, "r/a")), YES);
    let pairs = "<xs:sequence minOccurs='2' maxOccurs='2'><xs:element name='a' type='xs:int' minOccurs='3' maxOccurs='3'/></xs:sequence>";
    contents(pairs, &times("6", "6"), YES, YES);
}

#[test]
fn large_counts_need_no_states_where_they_are_within_each_other() {
    let times =
        |max: &str| Schema::of(&root(&format!("<xs:sequence><xs:element name='a' type='xs:int' maxOccurs='{max}'/></xs:sequence>")));
    let (fewer, more) = (times("100000000"), times("100000001"));
    one_way("more", &fewer, &more, YES);
    assert!(matches!(verdict(&more, &fewer), Verdict::NotShown(Reason::Size(_))));
}

#[test]
fn nested_counts_are_examined_up_to_a_limit() {
    let nested = |max: &str| {
        let inner = format!("<xs:sequence maxOccurs='100000'><xs:element name='a' type='xs:int' maxOccurs='{max}'/></xs:sequence>");
        Schema::of(&root(&format!("<xs:choice maxOccurs='unbounded'>{inner}{B}</xs:choice>")))
    };
    assert!(matches!(verdict(&nested("100001"), &nested("100000")), Verdict::NotShown(Reason::Size(_))));
}

#[test]
fn simple_types() {
    let lengths = |min: usize, max: usize| format!("<xs:minLength value='{min}'/><xs:maxLength value='{max}'/>");
    values(("string", &lengths(1, 64)), ("string", &lengths(0, 128)), true, false);
    values(("int", ""), ("long", ""), true, false);
    values(("int", ""), ("string", ""), true, false);
    values(("integer", "<xs:minExclusive value='4'/>"), ("integer", "<xs:minInclusive value='5'/>"), true, true);
    values(("decimal", "<xs:fractionDigits value='2'/>"), ("decimal", "<xs:fractionDigits value='3'/>"), true, false);
    values(("boolean", ""), ("string", "<xs:pattern value='true|false'/>"), false, true);
    values(("token", "<xs:enumeration value='A'/>"), ("token", "<xs:enumeration value='B'/><xs:enumeration value='A'/>"), true, false);
    values(("string", "<xs:pattern value='[0-9]{3}'/>"), ("string", "<xs:pattern value='[0-9]+'/>"), true, false);
    values(("string", "<xs:pattern value='[a-z]{2,5}'/>"), ("string", "<xs:maxLength value='5'/>"), true, false);
    values(("token", "<xs:enumeration value='A'/>"), ("string", "<xs:enumeration value='A'/>"), false, true);
    values(("dateTime", ""), ("date", ""), false, false);
    values(("decimal", "<xs:enumeration value='1'/>"), ("integer", "<xs:enumeration value='1'/>"), false, true);
}

#[test]
fn attributes() {
    let with = |attribute: &str| format!("<xs:sequence/>{attribute}");
    let (none, optional, required) =
        (with(""), with("<xs:attribute name='x' type='xs:int'/>"), with("<xs:attribute name='x' type='xs:int' use='required'/>"));
    contents(&none, &optional, YES, Some((Kind::Attribute, "r/@x")));
    contents(&optional, &required, Some((Kind::MissingAttribute, "r/@x")), YES);
    contents(&optional, &with("<xs:attribute name='x' type='xs:string'/>"), YES, Some((Kind::AttributeValue, "r/@x")));
    contents(&optional, &with("<xs:attribute name='x' type='xs:int' fixed='3'/>"), Some((Kind::AttributeValue, "r/@x")), YES);
    contents(&optional, &with("<xs:anyAttribute namespace='##local' processContents='skip'/>"), YES, Some((Kind::AttributeValue, "r/@x")));
}

#[test]
fn value_constraints_and_nil() {
    let with = |attributes: &str| format!("<xs:sequence><xs:element name='a' type='xs:int' {attributes}/></xs:sequence>");
    let (plain, default, fixed, nillable) = (with(""), with("default='1'"), with("fixed='1'"), with("nillable='true'"));
    contents(&plain, &default, YES, Some((Kind::Value, "r/a")));
    contents(&default, &fixed, Some((Kind::Value, "r/a")), YES);
    contents(&plain, &nillable, YES, Some((Kind::Nil, "r/a")));
    contents(&fixed, &with("fixed='01'"), YES, YES);
}

#[test]
fn wildcards() {
    let any = |namespace: &str, process: &str| {
        format!("<xs:sequence><xs:any namespace='{namespace}' processContents='{process}'/></xs:sequence>")
    };
    contents(&any("##targetNamespace", "strict"), &any("##any", "lax"), YES, Some((Kind::Child, "r/any")));
    contents(&any("##other", "lax"), &any("##other", "skip"), YES, Some((Kind::Child, "r/any/r")));
    contents(&any("##local", "skip"), &any("u:x", "skip"), Some((Kind::Child, "r/any")), Some((Kind::Child, "r/any")));
    contents(
        "<xs:sequence/>",
        &format!("<xs:sequence>{}</xs:sequence>", any("##any", "skip")),
        Some((Kind::MissingChild, "r")),
        Some((Kind::Child, "r/any")),
    );
}

#[test]
fn substitution_groups_and_derived_types() {
    let group = |members: &str, block: &str| {
        let root = root("<xs:sequence><xs:element ref='head'/></xs:sequence>");
        format!("{root}<xs:element name='head' type='xs:string' {block}/>{members}")
    };
    let (one, two) = (
        "<xs:element name='m' type='xs:token' substitutionGroup='head'/>",
        "<xs:element name='n' type='xs:token' substitutionGroup='head'/>",
    );
    both_ways("member", &group(one, ""), &group(&format!("{one}{two}"), ""), YES, Some((Kind::Child, "r/n")));
    both_ways("block", &group(one, "block='substitution'"), &group(one, ""), YES, Some((Kind::Child, "r/m")));
    let derived = |names: &[&str]| {
        let types = names.iter().map(|name| {
            format!("<xs:complexType name='{name}'><xs:complexContent><xs:extension base='base'><xs:attribute name='x'/></xs:extension></xs:complexContent></xs:complexType>")
        });
        let base = "<xs:element name='r' type='base'/><xs:complexType name='base'><xs:sequence/></xs:complexType>";
        format!("{base}{}", types.collect::<String>())
    };
    both_ways("xsi:type", &derived(&["one"]), &derived(&["one", "two"]), YES, Some((Kind::XsiType, "r")));
}

#[test]
fn lists_and_unions() {
    let of = |ty: &str| format!("<xs:element name='r'><xs:simpleType>{ty}</xs:simpleType></xs:element>");
    let value = Some((Kind::Value, "r"));
    both_ways("items", &of("<xs:list itemType='xs:short'/>"), &of("<xs:list itemType='xs:int'/>"), YES, value);
    both_ways("members", &of("<xs:union memberTypes='xs:short xs:date'/>"), &of("<xs:union memberTypes='xs:date xs:int'/>"), YES, value);
    both_ways("atomic", &of("<xs:restriction base='xs:int'/>"), &of("<xs:union memberTypes='xs:date xs:int'/>"), YES, value);
}

#[test]
fn recursion_and_elements_that_cannot_occur() {
    let node = |more: &str| {
        format!(
            "<xs:element name='r' type='node'/><xs:complexType name='node'><xs:sequence><xs:element name='node' type='node' minOccurs='0'/>{more}</xs:sequence></xs:complexType>"
        )
    };
    both_ways("recursive", &node(""), &node("<xs:element name='x' type='xs:int' minOccurs='0'/>"), YES, Some((Kind::Child, "r/x")));
    let endless = "<xs:complexType name='endless'><xs:sequence><xs:element name='e' type='endless'/></xs:sequence></xs:complexType>";
    let (old, new) = (
        format!("{}{endless}", root("<xs:sequence><xs:element name='e' type='endless' minOccurs='0'/></xs:sequence>")),
        format!("{}{endless}", root("<xs:sequence/>")),
    );
    let (old, new) = (Schema::of(&old), Schema::of(&new));
    assert!(matches!(verdict(&new, &old), Verdict::Proven));
}

#[test]
fn what_is_not_decided_is_not_guessed() {
    let with = |constraint: &str| {
        let items = "<xs:sequence><xs:element name='i' maxOccurs='9'><xs:complexType><xs:attribute name='k' type='xs:int'/></xs:complexType></xs:element></xs:sequence>";
        Schema::of(&format!("<xs:element name='r'><xs:complexType>{items}</xs:complexType>{constraint}</xs:element>"))
    };
    let (plain, unique) = (with(""), with("<xs:unique name='u'><xs:selector xpath='*'/><xs:field xpath='@k'/></xs:unique>"));
    assert_eq!(verdict(&plain, &unique), Verdict::NotShown(Reason::IdentityConstraint("u".to_owned())));
    assert_eq!(verdict(&unique, &plain), Verdict::Proven);
    let of = |ty: &str| Schema::of(&root(&format!("<xs:sequence/><xs:attribute name='x' type='xs:{ty}'/>")));
    assert!(matches!(verdict(&of("ID"), &of("IDREF")), Verdict::NotShown(Reason::Identifiers(_))));
    assert_eq!(verdict(&of("ID"), &of("NCName")), Verdict::Proven);
}
