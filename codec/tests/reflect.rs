//! Tests of reflection: what types say of themselves, and values that are walked, read and changed by path.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]
#![cfg(feature = "derive")]

#[allow(dead_code, missing_docs)]
pub mod sample;

use sample::{Document, qti, serv, r#use};
use xsdgen_codec::{Content, Element, FieldKind, Leaf, Open, Reflect, Result, UNBOUNDED, Visit, Walk, Xml as _};

const ASSESSMENT: &str = r#"<q:assessment xmlns:q="urn:sample:qti" xmlns:x="urn:x"><q:title>T</q:title><q:a>1</q:a><q:b>2</q:b>
<q:key>k0</q:key><q:value>v0</q:value><q:key>k1</q:key><q:square side="2"/><q:mattext uri="u">one<q:code>c</q:code>two<q:link
 href="h" rank="3">l</q:link></q:mattext><q:steps><q:say>s</q:say><q:many>m0</q:many><q:say>t</q:say><q:many>m1</q:many><q:go
 href="g">go</q:go><q:done>true</q:done></q:steps></q:assessment>"#;

const USER: &str = r#"<u:setUser xmlns:u="urn:sample:service/user" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="i"
 xmlns:com="urn:sample:common" xmlns:x="urn:x" com:lang="de" x:extra="e"><u:userName>jane</u:userName><u:sizes>1 2</u:sizes>
<u:manager xsi:nil="true"/><u:office xsi:nil="true"/><u:phone>1</u:phone><u:phone>2</u:phone><u:open a="1">t<x:y/></u:open>
<u:price currency="EUR">1.50</u:price><u:marker/><local>l</local><u:status>SUCCESS</u:status></u:setUser>"#;

fn assessment() -> qti::Assessment {
    qti::Assessment::from_xml(ASSESSMENT.as_bytes()).unwrap()
}

fn user() -> r#use::SetUser {
    r#use::SetUser::from_xml(USER.as_bytes()).unwrap()
}

#[test]
fn types_describe_themselves() {
    let info = r#use::SetUser::described().unwrap();
    assert_eq!((info.name(), info.prefix()), (("urn:sample:service/user", "setUser"), "use"));
    assert_eq!((info.content(), info.is_abstract(), info.derivation()), (Content::Sequence, false, None));
    let field = |name: &str| info.field(name).unwrap();
    let lang = field("lang");
    assert_eq!((lang.name(), lang.kind(), info.namespace_of(lang)), ("lang", FieldKind::Attribute, "urn:sample:common"));
    assert_eq!((lang.default_value(), lang.is_fixed(), lang.occurrence()), (Some("en"), false, (1, 1)));
    assert_eq!(lang.simple_type().unwrap().facets(), [("maxLength", "5".to_owned())]);
    assert_eq!((field("phones").occurrence(), field("phones").is_list()), ((0, 3), true));
    assert_eq!((field("kind").default_value(), field("kind").is_fixed()), (Some("person"), true));
    assert!(field("manager").is_nillable() && !field("local").is_nillable() && field("sizes").is_text_list());
    assert_eq!(field("status").simple_type().unwrap().enumeration_values(), ["SUCCESS", "FAILURE"]);
    assert_eq!(field("level").expected(), "a whole number from 0 to 255 (maxInclusive 9)");
    assert_eq!(field("deputy").complex_type().map(|inner| std::ptr::eq(inner, info)), Some(true));

    let choice = qti::Assessment::described().unwrap().field("feedback").unwrap().complex_type().unwrap();
    let variants: Vec<(&str, FieldKind)> = choice.fields().map(|field| (field.rust_name(), field.kind())).collect();
    assert_eq!(variants, [("Yes", FieldKind::Element), ("No", FieldKind::Element), ("Both", FieldKind::Group)]);
    assert_eq!((choice.content(), choice.fields().next().unwrap().occurrence()), (Content::Choice, (1, UNBOUNDED)));
    assert!(qti::Assessment::described().unwrap().content_model().is_some());

    let body = serv::Body::described().unwrap().field("body_content").unwrap();
    let types: Vec<&str> = body.xsi_types().map(|info| info.name().1).collect();
    assert_eq!(types, ["bodyContentType", "lstRecording", "lstRecordingResponse", "setUser", "setUserResponse"]);
    let is_secret = |info: &'static xsdgen_codec::TypeInfo| info.fields().any(|field| field.is_secret());
    assert!(is_secret(serv::Header::described().unwrap().field("security_context").unwrap().complex_type().unwrap()));
    if cfg!(feature = "docs") {
        assert_eq!(info.documentation().as_deref(), Some("Changes a user."));
        let pair = qti::Assessment::described().unwrap().field("pair").unwrap().complex_type().unwrap();
        assert_eq!(pair.documentation().as_deref(), Some("A repeated sequence."));
    }
}

#[test]
fn texts_are_read_by_path() {
    let value = assessment();
    let get = |path: &str| value.get(path).unwrap();
    for (path, text) in [
        ("title", "T"),
        ("b", "2"),
        ("key[1]", "k1"),
        ("square/@side", "2"),
        ("mattext/@uri", "u"),
        ("mattext[0]/code", "c"),
        ("mattext/link", "l"),
        ("mattext/link/@rank", "3"),
        ("steps/say[1]", "t"),
        ("qti:steps/many[1]", "m1"),
        ("steps/go", "go"),
        ("steps/done", "true"),
    ] {
        assert_eq!(get(path).as_deref(), Some(text), "{path}");
    }
    for absent in ["yes", "value[1]", "mattext[1]/@uri", "steps/@kind", "steps[0]/say[2]", "circle"] {
        assert_eq!(get(absent), None, "{absent}");
    }
    let user = user();
    assert_eq!(user.get("sizes").unwrap().as_deref(), Some("1 2"));
    assert_eq!((user.get("manager").unwrap(), user.get("office").unwrap(), user.get("office/city").unwrap_or(None)), (None, None, None));
    assert_eq!(user.get("price").unwrap().as_deref(), Some("1.50"));
    assert_eq!(user.get("local").unwrap().as_deref(), Some("l"));
}

#[test]
fn wrong_paths_name_what_there_is() {
    let value = assessment();
    let told = |path: &str| value.get(path).unwrap_err().to_string();
    assert!(told("steps/sayy").ends_with("there is no element `sayy`; did you mean `say`?"), "{}", told("steps/sayy"));
    assert!(told("steps/sayy").starts_with("steps: "), "{}", told("steps/sayy"));
    assert!(told("mattext/@x").ends_with("there is no attribute `x`; it has uri"), "{}", told("mattext/@x"));
    assert!(told("title/x").contains("nothing is below it"), "{}", told("title/x"));
    assert!(told("steps").contains("it has elements of its own: add one of them to the path: "), "{}", told("steps"));
    for bad in ["", "a//b", "a[", "a[x]", "@a[1]", "@"] {
        assert!(told(bad).contains("is not a path"), "{bad}");
    }
}

#[test]
fn texts_are_set_by_path() {
    let mut value = assessment();
    for (path, text) in [
        ("title", "New"),
        ("b", "3"),
        ("key[2]", "k2"),
        ("value", "v9"),
        ("square/@side", "2.5"),
        ("mattext/link/@rank", "4"),
        ("mattext/link", "ll"),
        ("mattext[1]/@uri", "v"),
        ("steps/say[2]", "u"),
        ("steps/many[0]", "M0"),
        ("steps/go/@href", "gg"),
        ("steps[1]/either/this", "that"),
    ] {
        value.set(path, text).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(value.get(path).unwrap().as_deref(), Some(text), "{path}");
    }
    assert_eq!((value.pair.len(), value.material.len(), value.steps.len()), (3, 2, 2));
    assert_eq!(value.get("square/@side").unwrap().as_deref(), Some("2.5"));
    value.set("no[0]", "5").unwrap();
    value.set("no[1]", "6").unwrap();
    assert_eq!(value.feedback, qti::Feedback::No(vec![5, 6]));
    value.set("circle", "1").unwrap();
    assert_eq!(value.get("square/@side").unwrap(), None);

    let mut user = user();
    user.set("manager", "joe").unwrap();
    user.set("deputy/deputy/userName", "jim").unwrap();
    user.set("price", "2").unwrap();
    user.set("@id", "j").unwrap();
    let deputy = user.deputy.as_ref().unwrap().deputy.as_ref().unwrap();
    assert_eq!((deputy.user_name.as_str(), user.id.as_str(), user.price.as_ref().unwrap().value.as_str()), ("jim", "j", "2"));
    assert_eq!(user.manager.unwrap().value().unwrap(), "joe");
}

#[test]
fn wrong_texts_are_refused_with_what_is_expected() {
    let mut value = user();
    let before = value.clone();
    let mut told = |path: &str, text: &str| value.set(path, text).unwrap_err().to_string();
    assert!(
        told("status", "SUCCES").ends_with("`SUCCES` is not one of SUCCESS, FAILURE; did you mean `SUCCESS`?"),
        "{}",
        told("status", "SUCCES")
    );
    assert!(told("level", "10").ends_with("`10` is not a whole number from 0 to 255 (maxInclusive 9)"), "{}", told("level", "10"));
    assert!(told("active", "yes").ends_with("`yes` is not true or false"), "{}", told("active", "yes"));
    assert!(told("score", "x").contains("is not a number"), "{}", told("score", "x"));
    assert!(told("phone[3]", "3").contains("there are 2, and the next index is [2]"), "{}", told("phone[3]", "3"));
    assert!(told("deputy/status", "x").contains("deputy/status: "), "{}", told("deputy/status", "x"));
    assert!(told("email", &"x".repeat(65)).contains("a text (maxLength 64)"), "{}", told("email", &"x".repeat(65)));
    assert!(told("open", "x").contains("kept as XML"), "{}", told("open", "x"));
    assert!(told("userName/x", "x").contains("nothing is below it"));
    assert!(value == before, "a refused text leaves the value as it was: {value:?}");
}

/// Writes down what a visitor meets.
#[derive(Default)]
struct Log(Vec<String>);

impl Visit for Log {
    fn open(&mut self, element: &Element) -> Result<Walk> {
        let nil = if element.nil { " nil" } else { "" };
        let named = element.xsi_type.map(|(_, name)| format!(" {name}")).unwrap_or_default();
        self.0.push(format!("<{}{named}{nil}", element.field.name()));
        Ok(Walk::Into)
    }

    fn close(&mut self, _element: &Element) -> Result<()> {
        self.0.push(">".to_owned());
        Ok(())
    }

    fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
        self.0.push(format!("{}={}", leaf.field.name(), leaf.text()));
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        self.0.push(format!("'{text}'"));
        Ok(())
    }

    fn kept(&mut self, _field: &'static xsdgen_codec::FieldInfo, open: &Open<'_>) -> Result<()> {
        self.0.push(match open {
            Open::Element(kept) => kept.xml().into_owned(),
            Open::Attribute(kept) => format!("@{}={}", kept.name(), kept.value()),
            Open::Content(kept) => format!("{:?} {}", kept.attributes.len(), kept.xml),
            _ => String::new(),
        });
        Ok(())
    }
}

#[test]
fn a_walk_meets_everything_in_order() {
    let mut log = Log::default();
    user().visit(&mut log).unwrap();
    let expected = "<root|id=i|lang=de|@extra=e|userName=jane|sizes=1 2|<manager nil|>|<office nil|>|phone=1|phone=2|1 t<x:y/>|\
                    <price|currency=EUR|=1.50|>|marker=|local=l|status=SUCCESS|>";
    assert_eq!(log.0.join("|"), expected);
    let mut log = Log::default();
    let Document::Message(message) = Document::from_xml(
        br#"<s:message xmlns:s="urn:sample:service" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:header/><s:body>
        <s:bodyContent xsi:type="u:setUserResponse" xmlns:u="urn:sample:service/user"/></s:body></s:message>"#,
    )
    .unwrap() else {
        panic!("a message")
    };
    message.visit(&mut log).unwrap();
    assert_eq!(log.0.join("|"), "<root|<header|>|<body|<bodyContent setUserResponse|>|>|>");
}

#[test]
fn all_texts_can_be_changed() {
    let mut value = assessment();
    let before = value.clone();
    value.visit_mut(|leaf| leaf.text().map(drop)).unwrap();
    assert!(value == before);
    value
        .visit_mut(|leaf| match leaf.text()? {
            Some(text) if text.parse::<f64>().is_err() && text != "true" => leaf.set(&text.to_uppercase()),
            _ => Ok(()),
        })
        .unwrap();
    assert_eq!(value.get("steps/many[1]").unwrap().as_deref(), Some("M1"));
    assert_eq!(value.get("mattext/link/@href").unwrap().as_deref(), Some("H"));
    let mut user = user();
    let before = user.clone();
    user.visit_mut(|_| Ok(())).unwrap();
    assert!(user == before, "{user:?}");
    assert_eq!(user.to_xml_as("use:setUser").unwrap(), before.to_xml_as("use:setUser").unwrap());
    let error = user.visit_mut(|leaf| if leaf.field.name() == "status" { leaf.set("x") } else { Ok(()) }).unwrap_err();
    assert_eq!(error.path(), "status");
}

#[test]
fn secrets_are_not_shown() {
    let mut value = serv::Header::new();
    let path = |value: &serv::Header| {
        let mut log = Secrets::default();
        value.visit(&mut log).unwrap();
        log.0
    };
    #[derive(Default)]
    struct Secrets(String);
    impl Visit for Secrets {
        fn leaf(&mut self, leaf: &Leaf<'_>) -> Result<()> {
            self.0 += &format!("{leaf:?}");
            Ok(())
        }
    }
    let info = serv::Header::described().unwrap().field("security_context").unwrap().complex_type().unwrap();
    let secret = info.fields().find(|field| field.is_secret()).unwrap().name();
    value.set(&format!("securityContext/{secret}"), "c4n4ry").unwrap();
    assert!(!path(&value).contains("c4n4ry") && path(&value).contains("******"));
    assert_eq!(value.get(&format!("securityContext/{secret}")).unwrap().as_deref(), Some("c4n4ry"));
}
