//! Tests of the JSON form: every construct survives from XML to JSON and back, and errors say where and what to do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]
#![cfg(all(feature = "derive", feature = "serde"))]

#[allow(dead_code, missing_docs)]
pub mod sample;

use sample::{Document, com, qti, serv, r#use};
use serde_json::{Value, json};
use xsdgen_codec::{ErrorKind, JsonOptions, List, Names, Nillable, QName, Reflect as _, Secrets, WriteOptions, Xml as _};

const ASSESSMENT: &str = r#"<q:assessment xmlns:q="urn:sample:qti" xmlns:x="urn:x"><q:title> T &amp; U </q:title><q:a>1</q:a><q:b>2</q:b>
<q:key>k0</q:key><q:value>v0</q:value><q:key>k1</q:key><q:square side="2"/><q:mattext uri="u"> one<q:code>c</q:code>two <q:link
 href="h" rank="3">l</q:link><q:br/></q:mattext><q:steps><q:say>s</q:say><q:many>m0</q:many><q:say>t</q:say><q:wait>5</q:wait><q:go
 href="g">go</q:go><q:done>true</q:done></q:steps></q:assessment>"#;

const USER: &str = r#"<u:setUser xmlns:u="urn:sample:service/user" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="i"
 xmlns:com="urn:sample:common" xmlns:x="urn:x" com:lang="de" x:extra="e" xml:space="preserve"><u:userName>jane</u:userName>
<u:active>true</u:active><u:score>1.5</u:score><u:sizes>1 2</u:sizes>
<u:manager xsi:nil="true"/><u:office xsi:nil="true"/><u:phone>1</u:phone><u:phone>2</u:phone><u:open a="1">t<x:y/></u:open>
<u:price currency="EUR">1.50</u:price><u:marker/><local>l</local><u:status>SUCCESS</u:status></u:setUser>"#;

fn round<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap();
    let again: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert!(again == *value, "{text}\n{value:?}\n{again:?}");
    assert_eq!(serde_json::to_string(&again).unwrap(), text);
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_construct_survives() {
    let user = r#use::SetUser::from_xml(USER.as_bytes()).unwrap();
    assert_eq!(
        round(&user),
        json!({
            "@id": "i", "@lang": "de", "@{urn:x}extra": "e", "@{http://www.w3.org/XML/1998/namespace}space": "preserve",
            "userName": "jane", "active": true, "score": 1.5, "sizes": [1, 2], "manager": null, "office": null, "phone": ["1", "2"],
            "open": { "$xml": "<use:open xmlns:use=\"urn:sample:service/user\" xmlns:x=\"urn:x\" a=\"1\">t<x:y/></use:open>" },
            "price": { "@currency": "EUR", "$": "1.50" }, "marker": "", "local": "l", "status": "SUCCESS",
        })
    );
    let document = Document::from_xml(ASSESSMENT.as_bytes()).unwrap();
    assert_eq!(
        round(&document),
        json!({ "assessment": { "$": [
            { "title": "T & U" }, { "a": "1" }, { "b": "2" }, { "key": "k0" }, { "value": "v0" }, { "key": "k1" }, { "square": { "@side": 2 } },
            { "mattext": { "@uri": "u", "$": [" one", { "{urn:sample:qti}code": "c" }, "two ", { "link": { "@href": "h", "@rank": 3, "$": "l" } }, { "br": "" }] } },
            { "steps": { "$": [
                { "say": "s" }, { "many": "m0" }, { "say": "t" }, { "wait": 5 }, { "go": { "@href": "g", "$": "go" } }, { "done": true }
            ] } }
        ] } })
    );
    let message = Document::from_xml(
        br#"<s:message xmlns:s="urn:sample:service" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:header/><s:body>
        <s:bodyContent xsi:type="u:setUserResponse" xmlns:u="urn:sample:service/user"/><s:bodyContent/><s:bodyContent xsi:type="x:odd"
         xmlns:x="urn:x">t</s:bodyContent></s:body></s:message>"#,
    )
    .unwrap();
    let json = round(&message);
    assert_eq!(json["message"]["body"]["bodyContent"][0], json!({ "@type": "setUserResponse" }));
    assert_eq!(json["message"]["body"]["bodyContent"][1], json!({}));
    assert!(json["message"]["body"]["bodyContent"][2]["$xml"].as_str().unwrap().contains("x:odd"), "{json}");
}

#[test]
fn simple_values_are_strings_numbers_or_booleans() {
    assert_eq!(round(&serv::ResultType::Success), json!("SUCCESS"));
    assert_eq!(round(&serv::ResultType::Other("later".to_owned())), json!("later"));
    assert_eq!(round(&List(vec![1, 2])), json!([1, 2]));
    assert_eq!(round(&Nillable::Value(5_i32)), json!(5));
    assert_eq!(round(&Nillable::<String>::Nil), Value::Null);
    assert_eq!(round(&QName::new("urn:a", "n").with_prefix("p")), json!("{urn:a}p:n"));
    assert_eq!(round(&"1.50".parse::<xsdgen_codec::Decimal>().unwrap()), json!("1.50"));
    assert_eq!(round(&"15".parse::<xsdgen_codec::Integer>().unwrap()), json!(15));
    let large = "123456789012345678901234567890".parse::<xsdgen_codec::Integer>().unwrap();
    assert_eq!(round(&large), json!("123456789012345678901234567890"));
}

#[test]
fn absent_is_not_nil() {
    let mut user = r#use::SetUser::from_xml(USER.as_bytes()).unwrap();
    user.manager = None;
    assert_eq!(round(&user).get("manager"), None);
    user.manager = Some(Nillable::Value(String::new()));
    assert_eq!(round(&user)["manager"], json!(""));
}

#[test]
fn names_can_be_those_of_rust() {
    let options = JsonOptions::new().names(Names::Rust);
    let user = r#use::SetUser::from_xml(USER.as_bytes()).unwrap();
    let json = serde_json::to_value(options.of(&user)).unwrap();
    assert!(json["user_name"] == "jane" && json["@lang"] == "de" && json["phones"] == json!(["1", "2"]), "{json}");
    let text = serde_json::to_string(&options.of(&user)).unwrap();
    assert_eq!(options.read::<r#use::SetUser, _>(&mut serde_json::Deserializer::from_str(&text)).unwrap(), user);
}

#[test]
fn secrets_are_refused_unless_asked_for() {
    let mut header = serv::Header::new();
    let info = com::Security::described().unwrap();
    let name = info.fields().find(|field| field.is_secret()).unwrap().name();
    header.set(&format!("securityContext/{name}"), "c4n4ry").unwrap();
    let told = serde_json::to_string(&header).unwrap_err().to_string();
    assert!(told.contains("it is a secret: choose with JsonOptions::secrets") && !told.contains("c4n4ry"), "{told}");
    let masked = serde_json::to_string(&JsonOptions::new().secrets(Secrets::Mask).of(&header)).unwrap();
    assert!(masked.contains("******") && !masked.contains("c4n4ry"), "{masked}");
    header.set(&format!("securityContext/{name}"), "").unwrap();
    assert!(!serde_json::to_string(&JsonOptions::new().secrets(Secrets::Mask).of(&header)).unwrap().contains("******"));
    header.set(&format!("securityContext/{name}"), "c4n4ry").unwrap();
    let options = JsonOptions::new().secrets(Secrets::Write);
    let json = serde_json::to_value(options.of(&header)).unwrap();
    assert_eq!(json["securityContext"][name], "c4n4ry");
    assert!(options.read::<serv::Header, _>(json).unwrap() == header);
}

#[test]
fn errors_say_where_and_what_to_do() {
    let user = serde_json::to_value(r#use::SetUser::from_xml(USER.as_bytes()).unwrap()).unwrap();
    let told = |change: &dyn Fn(&mut Value)| {
        let mut json = user.clone();
        change(&mut json);
        serde_json::from_value::<r#use::SetUser>(json).unwrap_err().to_string()
    };
    for (member, value, expected) in [
        ("usrName", json!("x"), "$.usrName: there is no member `usrName`; did you mean `userName`?"),
        ("phone", json!({ "a": 1 }), "$.phone: expected a string, a number or a boolean, not an object"),
        ("local", json!(["a"]), "$.local: the element occurs at most once: write its value without an array"),
        ("local", Value::Null, "$.local: null stands for nil, which this element cannot be"),
        ("active", json!("yes"), "$.active: `yes` is not true or false"),
        ("level", json!(300), "$.level: `300` is not a whole number from 0 to 255 (maxInclusive 9)"),
        ("price", json!([1]), "$.price: the element occurs at most once"),
        ("open", json!({ "$xml": "<a>" }), "$.open: the XML is not a single element"),
        ("deputy", json!({ "userName": "x" }), "$.deputy.@id: the member `@id` is required"),
        ("deputy", json!("x"), "$.deputy: expected an object with members such as userName, email, address, not a string"),
    ] {
        let told = told(&|json| json[member] = value.clone());
        assert!(told.starts_with(expected), "{member}: {told}");
    }
    let missing = told(&|json| drop(json.as_object_mut().unwrap().remove("status")));
    assert_eq!(missing, "$.status: the member `status` is required");
    let root = serde_json::from_str::<Document>(r#"{"mesage": {}}"#).unwrap_err().to_string();
    assert!(root.contains("$: there is no root element `mesage`; there are message, assessment, remark"), "{root}");
    let odd = serde_json::from_str::<serv::Body>(r#"{"bodyContent": [{"@type": "setUsers"}]}"#).unwrap_err().to_string();
    assert!(odd.starts_with("$.bodyContent[0]: the type `setUsers` is not known here; did you mean `setUser`?"), "{odd}");
    let twice = serde_json::from_str::<com::Security>(r#"{"a": 1, "a": 2}"#).unwrap_err().to_string();
    assert!(twice.contains("the member \"a\" occurs twice"), "{twice}");
    let order = serde_json::from_str::<qti::Assessment>(r#"{"title": "x"}"#).unwrap_err().to_string();
    assert!(order.starts_with("$.title: there is no member `title`; its children are in the array `$`, in order"), "{order}");
}

fn errors_of<T: xsdgen_codec::Json>(options: JsonOptions, json: Value) -> Vec<(ErrorKind, String, String)> {
    let error = options.try_read::<T, _>(json).unwrap().err();
    let all = error.iter().flat_map(|error| error.all());
    all.map(|error| (error.kind(), error.path().to_owned(), error.message().to_owned())).collect()
}

#[test]
fn all_errors_are_values_with_kind_and_path() {
    let mut json = serde_json::to_value(r#use::SetUser::from_xml(USER.as_bytes()).unwrap()).unwrap();
    for (member, value) in [
        ("usrName", json!("x")),
        ("level", json!(300)),
        ("phone", json!(["1", { "a": 1 }, "3", []])),
        ("deputy", json!({ "userName": "x", "x.y": 1 })),
        ("local", json!(["a"])),
        ("active", json!("yes")),
    ] {
        json[member] = value;
    }
    json.as_object_mut().unwrap().remove("status");
    let all = errors_of::<r#use::SetUser>(JsonOptions::new().all_errors(true), json.clone());
    let facts: Vec<(ErrorKind, &str)> = all.iter().map(|(kind, path, _)| (*kind, path.as_str())).collect();
    assert_eq!(
        facts,
        [
            (ErrorKind::UnexpectedElement, "$.usrName"),
            (ErrorKind::UnexpectedElement, "$.deputy[\"x.y\"]"),
            (ErrorKind::Value, "$.phone[1]"),
            (ErrorKind::Value, "$.phone[3]"),
            (ErrorKind::Repeated, "$.local"),
            (ErrorKind::Missing, "$.status"),
            (ErrorKind::Value, "$.active"),
            (ErrorKind::Value, "$.level"),
            (ErrorKind::Missing, "$.deputy.@id"),
            (ErrorKind::Missing, "$.deputy.status"),
        ],
        "{all:#?}"
    );
    let one = errors_of::<r#use::SetUser>(JsonOptions::new(), json.clone());
    assert_eq!(one, all[..1]);
    let text = JsonOptions::new().all_errors(true).read::<r#use::SetUser, _>(json).unwrap_err().to_string();
    assert_eq!(text.lines().count(), all.len(), "{text}");
    assert_eq!(errors_of::<r#use::SetUser>(JsonOptions::new().all_errors(true), json!([1])).len(), 1);
    let many = json!({ "bodyContent": vec![json!({ "odd": 1 }); 2000] });
    assert_eq!(errors_of::<serv::Body>(JsonOptions::new().all_errors(true), many).len(), 1001);
}

#[test]
fn strict_reading_checks_the_whole_value() {
    let strict = JsonOptions::new().strict(true).all_errors(true);
    let user = r#use::SetUser::from_xml(USER.as_bytes()).unwrap();
    let json = serde_json::to_value(&user).unwrap();
    let text = serde_json::to_string(&user).unwrap();
    assert_eq!(strict.read::<r#use::SetUser, _>(&mut serde_json::Deserializer::from_str(&text)).unwrap(), user);
    let document = Document::from_xml(ASSESSMENT.as_bytes()).unwrap();
    assert!(strict.read::<Document, _>(serde_json::to_value(&document).unwrap()).unwrap() == document);
    let with = |changes: &[(&str, Value)]| {
        let mut json = json.clone();
        changes.iter().for_each(|(member, value)| json[*member] = value.clone());
        assert!(serde_json::from_value::<r#use::SetUser>(json.clone()).is_ok(), "{json}");
        errors_of::<r#use::SetUser>(strict, json)
    };
    let listed = with(&[("status", json!("SUCESS"))]);
    assert_eq!(listed[0].1, "$.status");
    assert!(listed[0].2.contains("`SUCESS` is not one of SUCCESS") && listed[0].2.contains("did you mean `SUCCESS`?"), "{listed:?}");
    let facets = with(&[("level", json!(10))]);
    assert_eq!((facets[0].0, facets[0].1.as_str()), (ErrorKind::Facet, "$.level"), "{facets:?}");
    assert_eq!(errors_of::<List<i32>>(strict, json!([1, "x"]))[0].1, "$");
    let mut header = serv::Header::new();
    let name = com::Security::described().unwrap().fields().find(|field| field.is_secret()).unwrap().name();
    header.set(&format!("securityContext/{name}"), "c4n4ry").unwrap();
    let masked = serde_json::to_value(JsonOptions::new().secrets(Secrets::Mask).of(&header)).unwrap();
    let told = errors_of::<serv::Header>(strict, masked);
    assert!(told[0].1.ends_with(name) && told[0].2.starts_with("the secret is masked with ******"), "{told:?}");
}

#[test]
fn the_xml_is_the_same_again() {
    for xml in [USER, ASSESSMENT] {
        let xml = xml.to_owned();
        let value = Document::from_xml(xml.replace("u:setUser", "s:message").as_bytes());
        let Ok(value) = value else { continue };
        let again: Document = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
        let options = WriteOptions::tolerant();
        assert_eq!(again.to_xml_with(&options).unwrap(), value.to_xml_with(&options).unwrap());
    }
}

/// A wildcard admits attributes of any name, but not a text that would become several attributes or an element.
#[test]
fn names_of_attributes_are_names() {
    let user = r#use::SetUser::from_xml(USER.as_bytes()).unwrap();
    let with = |name: &str| {
        let mut json = serde_json::to_value(&user).unwrap();
        json[name] = json!("v");
        errors_of::<r#use::SetUser>(JsonOptions::new(), json).into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>()
    };
    assert_eq!(with("@{urn:o}a"), []);
    for name in ["@{urn:o}a='1' b", "@{urn:o}a:b", "@{urn:o}", "@a='1'><evil/><x b", "@xmlns", "@xmlns:o"] {
        assert_eq!(with(name), [ErrorKind::Value], "{name}");
    }
}
