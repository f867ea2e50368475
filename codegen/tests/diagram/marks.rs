//! Which nodes are marked when two versions are compared.

use xsdgen::Planned;
use xsdgen::compare::{Input, changes};
use xsdgen::diagram::svg::{self, Form};
use xsdgen::diagram::{Diagram, Mark, NotFound, Options, compared, focused};

use super::{NOTE, node, outline, planned};

fn input(set: &Planned) -> Input<'_> {
    Input { model: &set.model, ir: &set.ir }
}

fn marked(old: &Planned, new: &Planned, component: &str) -> Result<Diagram, NotFound> {
    compared(input(old), input(new), &changes(input(old), input(new)), component, Options::default())
}

/// Returns the names of the nodes with a mark, each with its sign, in the order of the picture.
fn signs(diagram: &Diagram) -> Vec<String> {
    let nodes = diagram.nodes.iter().filter(|node| node.mark != Mark::Same);
    nodes.map(|node| format!("{}{}", node.mark.sign(), node.name.now)).collect()
}

fn after(from: &[(&str, &str)]) -> String {
    from.iter().fold(NOTE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    })
}

#[test]
fn what_did_not_change_has_no_mark() {
    let (old, new) = (planned("same_old", NOTE), planned("same_new", NOTE));
    let same = marked(&old, &new, "t:note").expect("a picture");
    assert_eq!(signs(&same), [""; 0]);
    assert!(same.marked);
}

#[test]
fn elements_are_added_removed_and_changed() {
    let changed = after(&[
        (r#"<xs:element name="to" type="xs:string" maxOccurs="unbounded"/>"#, r#"<xs:element name="to" type="xs:token" maxOccurs="3"/>"#),
        (r#"<xs:element name="text">"#, r#"<xs:element name="cc" type="t:extra" minOccurs="0"/><xs:element name="text">"#),
        (r#"<xs:element name="email" type="xs:string"/>"#, ""),
        (r#"<xs:enumeration value="HIGH"/>"#, r#"<xs:enumeration value="URGENT"/>"#),
        (r#"<xs:attribute name="x" use="required""#, r#"<xs:attribute name="x""#),
        (r#"default="LOW""#, r#"default="URGENT""#),
    ]);
    let (old, new) = (planned("changed_old", NOTE), planned("changed_new", &changed));
    let drawn = marked(&old, &new, "t:note").expect("a picture");
    assert_eq!(signs(&drawn), ["~to", "~level", "+cc", "+sequence", "−email", "~x", "+deep"].map(str::to_owned));
    let to = node(&drawn, "to");
    assert_eq!((to.ty.before.as_deref(), to.ty.now.as_str()), (Some("xs:string"), "xs:token"));
    assert_eq!(to.range.before.map(|range| range.to_string()).as_deref(), Some("1..∞"));
    let facts = |facts: &[xsdgen::diagram::Fact]| facts.iter().map(|fact| format!("{}{}", fact.mark.sign(), fact.text)).collect::<Vec<_>>();
    assert_eq!(facts(&node(&drawn, "level").facts), ["+default \"URGENT\"", "−default \"LOW\""]);
    assert_eq!(facts(&node(&drawn, "level").values), ["LOW", "+URGENT", "−HIGH"]);
    let text = svg::write(&drawn, Form::Document);
    for shown in [">+ added</text>", ">− removed</text>", ">~ changed</text>", "required</tspan>", "<title>removed: element email"] {
        assert!(text.contains(shown), "{shown}");
    }
}

#[test]
fn renamed_elements_are_changed_and_other_ones_are_not() {
    let (old, new) = (
        planned(
            "renamed_old",
            r#"<xs:complexType name="t"><xs:sequence><xs:element name="sessionkey" type="xs:long"/><xs:element name="b" type="xs:int"/></xs:sequence></xs:complexType>"#,
        ),
        planned(
            "renamed_new",
            r#"<xs:complexType name="t"><xs:sequence><xs:element name="sessionKey" type="xs:long"/><xs:element name="c" type="xs:string"/></xs:sequence></xs:complexType>"#,
        ),
    );
    let drawn = marked(&old, &new, "t:t").expect("a picture");
    assert_eq!(signs(&drawn), ["~sessionKey", "−b", "+c"].map(str::to_owned));
    assert_eq!(node(&drawn, "sessionKey").name.before.as_deref(), Some("sessionkey"));
}

#[test]
fn a_renamed_type_is_found_in_the_old_version() {
    let contents: String =
        ["alpha", "beta", "gamma", "delta"].map(|name| format!("<xs:element name=\"{name}\" type=\"xs:int\"/>")).concat();
    let ty =
        |name: &str, more: &str| format!("<xs:complexType name=\"{name}\"><xs:sequence>{contents}{more}</xs:sequence></xs:complexType>");
    let old = planned("type_old", &ty("sessionType", ""));
    let new = planned("type_new", &ty("sessionsType", "<xs:element name=\"omega\" type=\"xs:int\"/>"));
    let drawn = marked(&old, &new, "t:sessionsType").expect("a picture");
    assert_eq!(signs(&drawn), ["~sessionsType", "+omega"].map(str::to_owned));
}

#[test]
fn compositors_are_matched_by_what_they_contain() {
    let set = |test: &str, content: &str| {
        planned(test, &format!("<xs:complexType name=\"t\"><xs:sequence>{content}</xs:sequence></xs:complexType>"))
    };
    let element = |name: &str| format!("<xs:element name=\"{name}\" type=\"xs:int\"/>");
    let old = set(
        "groups_old",
        &format!("<xs:choice>{}{}</xs:choice><xs:sequence minOccurs=\"0\">{}</xs:sequence>", element("a"), element("b"), element("c")),
    );
    let new = set(
        "groups_new",
        &format!("<xs:sequence minOccurs=\"0\">{}</xs:sequence><xs:sequence>{}{}</xs:sequence>", element("c"), element("a"), element("b")),
    );
    let drawn = marked(&old, &new, "t:t").expect("a picture");
    assert_eq!(outline(&drawn), "t(sequence(sequence?(c) sequence(a b)))");
    assert_eq!(signs(&drawn), ["~sequence"], "the choice became a sequence");
}

#[test]
fn a_component_of_one_version_is_marked_as_a_whole() {
    let (old, new) =
        (planned("one_old", NOTE), planned("one_new", &after(&[(r#"name="contact""#, r#"name="contact2""#), ("t:contact", "t:contact2")])));
    let only = "<xs:complexType name=\"only\"><xs:sequence><xs:element name=\"q\" type=\"xs:int\"/></xs:sequence></xs:complexType>";
    let more = planned("one_more", &format!("{NOTE}{only}"));
    assert_eq!(signs(&marked(&old, &more, "t:only").expect("a picture")), ["+only", "+sequence", "+q"].map(str::to_owned));
    assert_eq!(signs(&marked(&more, &old, "t:only").expect("a picture")), ["−only", "−sequence", "−q"].map(str::to_owned));
    assert_eq!(marked(&old, &new, "t:nothing"), Err(NotFound::Unknown(None)));
    assert!(marked(&old, &new, "t:contact2").is_ok());
}

#[test]
fn prefixes_may_differ() {
    let old = planned("prefix_old", NOTE);
    let mut new = planned("prefix_new", NOTE);
    for (prefix, _) in &mut new.ir.root.namespaces {
        prefix.insert(0, 'x');
    }
    assert_eq!(signs(&marked(&old, &new, "xt:note").expect("a picture")), [""; 0]);
}

#[test]
fn unchanged_parts_can_be_left_out() {
    let element = |n: u32| format!("<xs:element name=\"e{n}\" type=\"xs:int\"/>");
    let set = |test: &str, some: &mut dyn Iterator<Item = u32>| {
        planned(
            test,
            &format!("<xs:complexType name=\"t\"><xs:sequence>{}</xs:sequence></xs:complexType>", some.map(element).collect::<String>()),
        )
    };
    let (old, new) = (set("left_old", &mut (0..20).filter(|n| *n != 10)), set("left_new", &mut (0..20)));
    let drawn = marked(&old, &new, "t:t").expect("a picture");
    assert_eq!(outline(&focused(&drawn)), "t(sequence(9 unchanged e9 e10 e11 8 unchanged))");
    assert_eq!(outline(&focused(&marked(&old, &old, "t:t").expect("a picture"))), "t(1 unchanged)");
}
