//! Which nodes a picture has, and what they say.

use xsdgen::diagram::{Fold, Kind, MOST, NotFound};
use xsdgen::model::Max;

use super::{NOTE, drawn, found, node, outline, planned};

#[test]
fn a_picture_has_the_whole_content_model() {
    let note = drawn(&planned("whole", NOTE), "t:note", 3);
    assert_eq!(
        outline(&note),
        "note(attributes(@lang? @prio any attribute) sequence(sequence(id part?*...) to* level? choice?*(text shape any element) \
         contact?(choice(phone email)) body(attributes(@x) all(a more?(sequence(deep...))))))"
    );
    assert_eq!(note.subject, "t:note");
}

#[test]
fn nodes_say_what_the_schema_says() {
    let note = drawn(&planned("says", NOTE), "t:note", 3);
    let facts = |name: &str| node(&note, name).facts.iter().map(|fact| fact.text.clone()).collect::<Vec<_>>().join("; ");
    assert_eq!(note.nodes[0].docs, "A note with text.");
    assert_eq!(node(&note, "note").ty.now, "extends t:base");
    assert_eq!(node(&note, "contact").docs, "How to reach somebody.");
    assert_eq!((node(&note, "to").range.now.min, node(&note, "to").range.now.max), (1, Max::Unbounded));
    assert_eq!(node(&note, "level").ty.now, "t:level");
    assert_eq!(facts("level"), "default \"LOW\"");
    assert_eq!(node(&note, "level").values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>(), ["LOW", "HIGH"]);
    assert_eq!((node(&note, "text").ty.now.as_str(), facts("text").as_str()), ("xs:string", "maxLength 20"));
    assert_eq!(facts("shape"), "abstract; replaceable by t:circle");
    assert_eq!((node(&note, "any element").ty.now.as_str(), facts("any element").as_str()), ("##other than urn:t", "lax"));
    assert_eq!(facts("body"), "nillable");
    assert_eq!(node(&note, "x").kind, Kind::Attribute);
    let inherited: Vec<&str> = note.nodes.iter().filter_map(|node| node.inherited.as_deref()).collect();
    assert_eq!(inherited, ["t:base"]);
    assert_eq!(node(&note, "part").fold, Some(Fold::Recursion));
    assert_eq!(node(&note, "deep").fold, Some(Fold::Recursion));
}

#[test]
fn components_of_every_kind_have_a_picture() {
    let set = planned("kinds", NOTE);
    assert_eq!(outline(&drawn(&set, "t:contact", 2)), "contact(choice(phone email))");
    assert_eq!(outline(&drawn(&set, "element::t:circle", 2)), "circle");
    assert_eq!(outline(&drawn(&set, "t:note/@prio", 2)), "@prio");
    assert_eq!(outline(&drawn(&set, "t:note/body/more", 1)), "more(sequence(deep...))");
    let level = drawn(&set, "t:level", 2);
    assert_eq!(outline(&level), "level(LOW HIGH)");
    assert_eq!(node(&level, "LOW").docs, "No hurry.");
}

#[test]
fn depth_is_counted_in_elements() {
    let set = planned("depth", NOTE);
    assert_eq!(outline(&drawn(&set, "t:note", 0)), "note...");
    assert_eq!(outline(&drawn(&set, "t:extra", 1)), "extra(sequence(deep...))",);
    let one = drawn(&set, "t:note/body", 1);
    assert_eq!(outline(&one), "body(attributes(@x) all(a more?...))");
    assert_eq!(node(&one, "more").fold, Some(Fold::Depth));
}

/// Thirty types, each with two elements of the next one: drawn in full, they would have a thousand million nodes.
#[test]
fn large_pictures_are_bounded() {
    let chain: String = (0..30)
        .map(|n| {
            let next = if n == 29 { "xs:int".to_owned() } else { format!("t:c{}", n + 1) };
            format!(
                "<xs:complexType name=\"c{n}\"><xs:sequence><xs:element name=\"a{n}\" type=\"{next}\"/><xs:element name=\"b{n}\" \
                 type=\"{next}\"/></xs:sequence></xs:complexType>"
            )
        })
        .collect();
    let wide: String = (0..5_000).map(|n| format!("<xs:element name=\"e{n}\" type=\"xs:int\"/>")).collect();
    let set = planned("large", &format!("{chain}<xs:complexType name=\"wide\"><xs:sequence>{wide}</xs:sequence></xs:complexType>"));
    let deep = drawn(&set, "t:c0", u32::MAX);
    assert!(deep.nodes.len() > MOST / 2 && deep.nodes.len() < 2 * MOST, "{}", deep.nodes.len());
    assert!(deep.nodes.iter().any(|node| node.fold == Some(Fold::Depth)));
    let wide = drawn(&set, "t:wide", 2);
    let more = wide.nodes.last().expect("a node");
    assert_eq!((more.kind, more.name.now.as_str()), (Kind::More, "4002 more"));
    assert_eq!(wide.nodes.len(), MOST + 1);
}

/// The content of a base is drawn in a frame, and the base of a base in another one within it.
#[test]
fn bases_of_bases_are_framed_too() {
    let extension = |name: &str, base: &str, element: &str| {
        let own = if element.is_empty() {
            String::new()
        } else {
            format!("<xs:sequence><xs:element name=\"{element}\" type=\"xs:int\"/></xs:sequence>")
        };
        format!(
            "<xs:complexType name=\"{name}\"><xs:complexContent><xs:extension base=\"t:{base}\">{own}</xs:extension></xs:complexContent></xs:complexType>"
        )
    };
    let a = "<xs:complexType name=\"a\"><xs:sequence><xs:element name=\"x\" type=\"xs:int\"/></xs:sequence></xs:complexType>";
    let set = planned("bases", &[a.to_owned(), extension("b", "a", ""), extension("c", "b", "y"), extension("d", "c", "z")].concat());
    assert_eq!(outline(&drawn(&set, "t:b", 2)), "b(sequence(x))");
    let d = drawn(&set, "t:d", 2);
    assert_eq!(outline(&d), "d(sequence(sequence(sequence(x) y) z))");
    let frames: Vec<&str> = d.nodes.iter().filter_map(|node| node.inherited.as_deref()).collect();
    assert_eq!(frames, ["t:c", "t:a"], "`b` adds nothing to `a`");
}

#[test]
fn unknown_names_have_a_suggestion_and_ambiguous_ones_a_list() {
    let set = planned("names", &format!("{NOTE}<xs:element name=\"note\" type=\"t:note\"/>"));
    let unknown = |name: &str| match found(&set, name) {
        Err(NotFound::Unknown(near)) => near,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(unknown("t:nott").as_deref(), Some("t:note"));
    assert_eq!(unknown("contcat").as_deref(), Some("contact"));
    assert_eq!(unknown("type::t:note/bodi").as_deref(), Some("t:note/body"));
    assert_eq!(unknown("t:note/body/mor").as_deref(), Some("t:note/body/more"));
    assert_eq!(unknown("zzzzzzzz"), None);
    for odd in ["", ":", "t:", "::", "x::t:note", "t:note//", "t:note/=LOW\"", "a b"] {
        assert!(found(&set, odd).is_err(), "{odd}");
    }
    let both = || Err(NotFound::Ambiguous(vec!["element::t:note".to_owned(), "type::t:note".to_owned()]));
    assert_eq!(found(&set, "note").map_err(sorted), both());
    assert_eq!(found(&set, "t:note").map_err(sorted), both());
    for exact in ["type::t:note", "element::t:note", "element::note", "group::contact", "level", "t:level/=LOW"] {
        assert!(found(&set, exact).is_ok(), "{exact}");
    }
}

fn sorted(why: NotFound) -> NotFound {
    match why {
        NotFound::Ambiguous(mut all) => {
            all.sort();
            NotFound::Ambiguous(all)
        }
        other => other,
    }
}
