//! Tests which deviations tolerant reading accepts, and the kinds and positions of the notes.
#![cfg(feature = "derive")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::print_stdout)] // a failed test panics

pub mod sample;

use sample::{Document, ep, serv, r#use};
use xsdgen_codec::{ErrorKind, Missing, NoteKind, ReadOptions, Reading, Result};

const USE: &str = "xmlns='urn:sample:service/user' xmlns:com='urn:sample:common'";

/// Reads a document by the fast paths and by the general path, which must agree.
fn read<T: xsdgen_codec::Xml + std::fmt::Debug + PartialEq>(xml: &str, options: &ReadOptions) -> Result<Reading<T>> {
    let fast = T::read_xml(xml.as_bytes(), options);
    let slow = T::read_xml(xml.as_bytes(), &options.clone().fast(false));
    assert_eq!(format!("{fast:?}"), format!("{slow:?}"), "{xml}");
    fast
}

fn tolerant<T: xsdgen_codec::Xml + std::fmt::Debug + PartialEq>(xml: &str) -> Reading<T> {
    read(xml, &ReadOptions::tolerant()).unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

/// Returns kind, path, line and column of each note.
fn notes<T>(reading: &Reading<T>) -> Vec<(NoteKind, &str, u32, u32)> {
    reading.notes.iter().map(|note| (note.kind, note.path.as_str(), note.position.line, note.position.column)).collect()
}

/// Returns kind and path of each note.
fn notes_of<T>(reading: &Reading<T>) -> Vec<(NoteKind, &str)> {
    notes(reading).into_iter().map(|(kind, path, ..)| (kind, path)).collect()
}

fn user(children: &str) -> Reading<r#use::SetUser> {
    tolerant(&format!("<u {USE} id='1'>\n{children}</u>"))
}

const MIN: &str = "<userName>A</userName><status>SUCCESS</status>";

#[test]
fn the_prefix_does_not_matter() {
    for (open, close) in [("ep:", "xmlns:ep"), ("ns1:", "xmlns:ns1"), ("", "xmlns"), ("averylongprefix:", "xmlns:averylongprefix")] {
        let xml = format!("<x {close}='urn:sample:service/ep'><{open}from>a</{open}from><{open}to>b</{open}to></x>");
        let scope: Reading<ep::lst_recording::Scope> = tolerant(&xml);
        assert_eq!((scope.value.from.as_str(), scope.value.to.as_str(), scope.notes.len()), ("a", "b", 0), "{xml}");
    }
}

#[test]
fn prefixes_may_be_redeclared() {
    let xml = "<x xmlns:a='urn:sample:service/ep' xmlns:b='urn:sample:service/ep'><b:from xmlns:a='urn:x'>1</b:from><a:to>2</a:to></x>";
    assert_eq!(tolerant::<ep::lst_recording::Scope>(xml).value.to, "2");
    let xml = "<x xmlns:a='urn:sample:service/ep'><a:to xmlns:a='urn:x'>1</a:to><a:from>2</a:from><a:to>3</a:to></x>";
    let scope = tolerant::<ep::lst_recording::Scope>(xml);
    assert_eq!((scope.value.to.as_str(), scope.notes[0].kind), ("3", NoteKind::UnknownElement));
}

#[test]
fn any_order_and_unqualified_names() {
    let xml = "<x xmlns:ep='urn:sample:service/ep'><to>b</to><ep:from>a</ep:from></x>";
    let scope = tolerant::<ep::lst_recording::Scope>(xml);
    assert_eq!((scope.value.from.as_str(), scope.value.to.as_str(), scope.notes.len()), ("a", "b", 0));
    let reading = user(&format!("{MIN}<use:local xmlns:use='urn:sample:service/user'>here</use:local>"));
    assert_eq!((reading.value.local.as_deref(), reading.notes.len()), (Some("here"), 0));
}

#[test]
fn unknown_elements_and_attributes_are_noted() {
    let reading = user("<later a='1'><x/>é</later>\n <userName b='2'>A</userName><status>SUCCESS</status>");
    assert_eq!(notes(&reading), [(NoteKind::UnknownElement, "u/later", 2, 1), (NoteKind::UnknownAttribute, "u/userName/@b", 3, 2)]);
}

#[test]
fn names_in_another_letter_case_are_noted() {
    let reading = user("<USERNAME>A</USERNAME><status>SUCCESS</status>");
    assert_eq!((reading.value.user_name.as_str(), notes(&reading)), ("A", vec![(NoteKind::OtherCase, "u/USERNAME", 2, 1)]));
}

#[test]
fn types_in_another_letter_case_are_read_with_a_note() {
    for text in ["u:SetUser' xmlns:u='urn:sample:service/user", "u:SETUSER' xmlns:u='urn:sample:service/user", "java:sample.User.setuser"] {
        let xml =
            message(&format!("<s:bodyContent xsi:type='{text}' id='1'><userName>A</userName><status>FAILURE</status></s:bodyContent>"));
        let reading = Document::read(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
        let Document::Message(found) = &reading.value else { panic!() };
        assert_eq!(found.body.body_content[0].type_name(), "setUser", "{text}");
        assert_eq!((reading.notes.len(), reading.notes[0].kind), (1, NoteKind::OtherCase), "{text}");
        assert_eq!(reading.notes[0].path, "message/body/bodyContent/@type");
        assert_eq!(Document::from_xml_strict(xml.as_bytes()).unwrap_err().kind(), ErrorKind::Type, "{text}");
    }
    // The name and the `xsi:type` of an element are two separate deviations.
    let odd =
        message("<s:BODYcontent xsi:type='java:sample.user.SETuser' id='1'><userName>A</userName><status>FAILURE</status></s:BODYcontent>");
    let notes = Document::read(odd.as_bytes(), &ReadOptions::tolerant()).unwrap().notes;
    assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::OtherCase, NoteKind::OtherCase]);
    // The `xsi:type` names the declared type in another letter case.
    let reading: Reading<r#use::SetUser> = tolerant(&format!(
        "<u {USE} xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:u='urn:sample:service/user' xsi:type='u:SetUser' id='1'>{MIN}</u>"
    ));
    assert_eq!(notes_of(&reading), [(NoteKind::OtherCase, "u/@type")]);
}

#[test]
fn missing_values_are_empty() {
    let reading = user("<email/>");
    assert_eq!(reading.value.user_name, "");
    assert_eq!(notes(&reading), [(NoteKind::Missing, "u/userName", 1, 1), (NoteKind::Missing, "u/status", 1, 1)]);
    assert_eq!(reading.value.email.as_deref(), Some(""));
}

#[test]
fn the_first_of_two_is_kept() {
    let reading = user(&format!("{MIN}<userName>B</userName>"));
    assert_eq!((reading.value.user_name.as_str(), reading.notes[0].kind), ("A", NoteKind::Repeated));
}

#[test]
fn a_text_that_does_not_fit() {
    let reading = user(&format!("{MIN}<active>maybe</active><level> 7 </level><score></score><sizes>1 x</sizes>"));
    assert_eq!((reading.value.active, reading.value.level, reading.value.score, &reading.value.sizes), (None, Some(7), None, &None));
    assert_eq!(reading.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [NoteKind::BadValue; 3]);
    let error =
        read::<ep::Recording>("<r xmlns='urn:sample:service/ep'>\n<recordingID>x</recordingID></r>", &ReadOptions::tolerant()).unwrap_err();
    assert_eq!(
        (error.kind(), error.path(), error.position().map(|it| (it.line, it.column))),
        (ErrorKind::Value, "r/recordingID", Some((2, 1)))
    );
}

#[test]
fn booleans_in_any_letter_case() {
    for (text, value) in [("true", true), ("1", true), ("FALSE", false), ("False", false), ("0", false), ("TRUE", true)] {
        let reading = user(&format!("{MIN}<active>{text}</active>"));
        assert_eq!((reading.value.active, reading.notes.len()), (Some(value), 0), "{text}");
    }
}

#[test]
fn defaults_of_empty_elements_and_absent_attributes() {
    let xml = "<c xmlns='urn:sample:service'><maximumNum/></c>";
    assert_eq!(tolerant::<serv::ListControl>(xml).value.maximum_num, Some(10));
    // A field that can be absent tells that the attribute is; a field that cannot has the default.
    let reading = user(MIN);
    assert_eq!((reading.value.version.as_deref(), reading.value.lang.as_str()), (None, "en"));
    let xml = format!("<u {USE} id='1'>{MIN}</u>");
    for options in [ReadOptions::tolerant(), ReadOptions::strict()] {
        let filled: Reading<r#use::SetUser> = read(&xml, &options.fill_defaults(true)).unwrap();
        assert_eq!((filled.value.version.as_deref(), filled.value.lang.as_str()), (Some("1.0"), "en"));
    }
}

#[test]
fn a_value_that_the_enumeration_does_not_list() {
    let reading = user("<userName>A</userName><status>MAYBE</status>");
    assert_eq!((&reading.value.status, reading.notes[0].kind), (&serv::ResultType::Other("MAYBE".into()), NoteKind::UnknownValue));
    let reading = user("<userName>A</userName><status>\n SUCCESS </status>");
    assert_eq!((&reading.value.status, reading.notes.len()), (&serv::ResultType::Success, 0));
}

#[test]
fn text_is_trimmed_and_skipped_between_tags() {
    let reading = user("\u{A0}<userName>\n A&#32;B\n</userName>stray<status>SUCCESS</status>");
    assert_eq!(reading.value.user_name, "A B");
    assert_eq!(notes(&reading), [(NoteKind::UnexpectedText, "u", 4, 12)]);
}

#[test]
fn text_in_pieces() {
    let reading = user("<userName>a<!-- c -->b<![CDATA[<&]]>&lt;<?pi x?>&#x41;</userName><status>SUCCESS</status>");
    assert_eq!(reading.value.user_name, "ab<&<A");
    let reading = user("<userName>a<br/>b</userName><status>SUCCESS</status>");
    assert_eq!((reading.value.user_name.as_str(), reading.notes[0].kind), ("ab", NoteKind::UnknownElement));
}

#[test]
fn nil() {
    let xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    let reading = user(&format!("{MIN}<manager {xsi} xsi:nil='true'/><office {xsi} xsi:nil='1'></office>"));
    assert_eq!(reading.value.manager, Some(xsdgen_codec::Nillable::Nil));
    assert_eq!(reading.value.office, Some(xsdgen_codec::Nillable::Nil));
    assert_eq!(reading.notes.len(), 0);
    let reading = user(&format!("{MIN}<email {xsi} xsi:nil='true'/>"));
    assert_eq!((reading.value.email, reading.notes.len()), (None, 1));
    let reading = user(&format!("{MIN}<office {xsi} xsi:nil='true'><com:city/></office>"));
    assert_eq!(reading.value.office, Some(xsdgen_codec::Nillable::Nil));
    assert_eq!(notes(&reading), [(NoteKind::NilContent, "u/office", 2, 47)]);
}

fn message(content: &str) -> String {
    format!(
        "<s:message xmlns:s='urn:sample:service' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><s:header/><s:body>{content}</s:body></s:message>"
    )
}

fn content(xml: &str) -> (serv::AnyBodyContent, usize) {
    let reading = Document::read(message(xml).as_bytes(), &ReadOptions::tolerant()).unwrap();
    let Document::Message(mut message) = reading.value else { panic!() };
    (message.body.body_content.remove(0), reading.notes.len())
}

#[test]
fn types_by_name_and_by_alias() {
    for text in ["u:setUser' xmlns:u='urn:sample:service/user", " java:sample.user.SetUser ", "java: sample.user.SetUser"] {
        let (found, notes) =
            content(&format!("<s:bodyContent xsi:type='{text}' id='1'><userName>A</userName><status>FAILURE</status></s:bodyContent>"));
        assert_eq!((found.type_name(), notes), ("setUser", 0), "{text}");
    }
    let (found, notes) = content("<s:bodyContent/>");
    assert_eq!((found.type_name(), notes), ("bodyContentType", 0));
}

#[test]
fn an_unknown_type_is_kept_as_xml() {
    let (found, notes) = content("<s:bodyContent xsi:type='n:new' xmlns:n='urn:n'><n:a b='s:q'>1</n:a></s:bodyContent>");
    let serv::AnyBodyContent::Other(kept) = found else { panic!() };
    assert_eq!((kept.name(), notes), ("bodyContent", 1));
    assert!(roxmltree::Document::parse(&kept.xml()).is_ok(), "{}", kept.xml());
    assert!(kept.xml().contains("xmlns:s=\"urn:sample:service\"") && kept.xml().ends_with("<n:a b='s:q'>1</n:a></s:bodyContent>"));
}

#[test]
fn unknown_elements_go_to_the_wildcard() {
    let xml = message(
        "<s:bodyContent xmlns:ep='urn:sample:service/ep' xsi:type='ep:lstRecordingResponse'><s:matching xmlns:q='urn:q' q='>'>1</s:matching><ep:odd/></s:bodyContent>",
    );
    let reading = Document::read(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
    let Document::Message(message) = &reading.value else { panic!() };
    let serv::AnyBodyContent::LstRecordingResponse(list) = &message.body.body_content[0] else { panic!() };
    assert_eq!((list.other[0].name(), list.other[0].namespace()), ("matching", "urn:sample:service"));
    assert_eq!(notes(&reading)[0].1, "message/body/bodyContent/odd");
    let again = Document::from_xml(reading.value.to_xml().unwrap().as_bytes()).unwrap();
    assert_eq!(again, reading.value);
}

#[test]
fn careless_clients_on_demand() {
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    for xml in [
        "<serv:message><header/><body><bodyContent xsi:type='java:sample.user.SetUser' id='1'><use:userName>A</use:userName><nn:status>SUCCESS</nn:status></bodyContent></body></serv:message>",
        "<message><header/><body><bodyContent xsi:type='use:setUser' id='1'><userName>A</userName><status>SUCCESS</status></bodyContent></body></message>",
        "\n<Message><header/><Body><bodycontent xsi:type='use:setUser' id='1'><userName>A</userName><status>SUCCESS</status></bodycontent></Body></Message>",
    ] {
        assert!(Document::read(xml.as_bytes(), &ReadOptions::tolerant()).is_err());
        let Document::Message(message) = Document::read(xml.as_bytes(), &options).unwrap_or_else(|error| panic!("{error} {xml}")).value
        else {
            panic!()
        };
        let serv::AnyBodyContent::SetUser(user) = &message.body.body_content[0] else { panic!("{message:?}") };
        assert_eq!((user.user_name.as_str(), &user.status), ("A", &serv::ResultType::Success));
    }
}

#[test]
fn undeclared_prefixes_are_noted_at_their_first_use() {
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let xml = "<serv:message>\n<serv:header/><serv:body>\n<serv:bodyContent xsi:type='use:setUser' use:id='1'><use:userName>A</use:userName>\n\
        <nn:status>SUCCESS</nn:status><nn:email/></serv:bodyContent></serv:body></serv:message>";
    let fast = Document::read(xml.as_bytes(), &options).unwrap();
    let slow = Document::read(xml.as_bytes(), &options.clone().fast(false)).unwrap();
    assert_eq!(format!("{fast:?}"), format!("{slow:?}"));
    let content = "message/body/bodyContent";
    let undeclared = |path: String, line, column| (NoteKind::UndeclaredPrefix, path, line, column);
    let found: Vec<_> = fast.notes.iter().map(|note| (note.kind, note.path.clone(), note.position.line, note.position.column)).collect();
    assert_eq!(
        found,
        [
            undeclared("message".to_owned(), 1, 1),
            undeclared(format!("{content}/@type"), 3, 1),
            undeclared(format!("{content}/@id"), 3, 1),
            undeclared(format!("{content}/status"), 4, 1),
        ]
    );
    assert_eq!(fast.notes[0].to_string(), "message: prefix that is not declared (line 1, column 1)");
    let declared =
        message("<s:bodyContent xsi:type='java:sample.user.SetUser' id='1'><userName>A</userName><status>FAILURE</status></s:bodyContent>");
    assert!(Document::read(declared.as_bytes(), &options).unwrap().notes.is_empty(), "an alias has no prefix");
}

#[test]
fn careless_clients_put_names_into_other_namespaces() {
    let options = ReadOptions::tolerant().undeclared_prefixes(true);
    let xml = "<message xmlns='urn:sample:service' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n<header/><body>\n\
        <bodyContent xsi:type='java:sample.user.SetUser' id='1'><userName>A</userName><status>SUCCESS</status>\
        <x:email xmlns:x='urn:x'>b</x:email></bodyContent></body></message>";
    let reading = Document::read(xml.as_bytes(), &options).unwrap();
    let slow = Document::read(xml.as_bytes(), &options.clone().fast(false)).unwrap();
    assert_eq!(format!("{reading:?}"), format!("{slow:?}"));
    let Document::Message(found) = &reading.value else { panic!() };
    let serv::AnyBodyContent::SetUser(user) = &found.body.body_content[0] else { panic!("{found:?}") };
    assert_eq!((user.user_name.as_str(), &user.status, &user.email), ("A", &serv::ResultType::Success, &None));
    // Only the first name in a wrong namespace of the schema set is noted. A name in a foreign namespace is an unknown element.
    let content = "message/body/bodyContent";
    let expected = [(NoteKind::OtherNamespace, format!("{content}/userName")), (NoteKind::UnknownElement, format!("{content}/email"))];
    assert_eq!(reading.notes.iter().map(|note| (note.kind, note.path.clone())).collect::<Vec<_>>(), expected);
    let without = Document::read(xml.as_bytes(), &ReadOptions::tolerant()).unwrap();
    assert!(without.notes.iter().any(|note| note.kind == NoteKind::UnknownElement && note.path.ends_with("userName")));
}

#[test]
fn careless_clients_shorten_aliases() {
    let xml = |alias: &str| {
        message(&format!("<s:bodyContent xsi:type='{alias}' id='1'><userName>A</userName><status>FAILURE</status></s:bodyContent>"))
    };
    let read = |alias: &str, careless: bool| {
        let reading = Document::read(xml(alias).as_bytes(), &ReadOptions::tolerant().undeclared_prefixes(careless)).unwrap();
        let Document::Message(message) = reading.value else { panic!() };
        (message.body.body_content[0].type_name().to_owned(), reading.notes.len())
    };
    assert_eq!(read("user.SetUser", true), ("setUser".to_owned(), 0));
    assert_ne!(read("user.SetUser", false).0, "setUser");
    for other in ["ser.SetUser", "SetUser", ".SetUser", "user.SetUser.", "other.SetUser"] {
        assert_ne!(read(other, true).0, "setUser", "{other}");
    }
}

mod careless {
    //! A schema set whose documents use prefixes without declaring them.

    use xsdgen_codec::Xml;

    pub(crate) mod xmlns {
        xsdgen_codec::schema! { trim_text = false, undeclared_prefixes = true; n = "http://notes.example/1"; }
    }

    #[derive(Clone, PartialEq, Xml)]
    #[xml(n, "noteType")]
    pub(crate) struct Note {
        #[xml("to")]
        pub(crate) to: String,
    }
}

#[test]
fn bindings_decide_whether_undeclared_prefixes_are_accepted() {
    use xsdgen_codec::Xml as _;
    let xml = "<n:note><n:to>Ada</n:to></n:note>";
    assert_eq!(careless::Note::from_xml(xml.as_bytes()).unwrap().to, "Ada");
    let reading: Reading<careless::Note> = tolerant(xml);
    assert_eq!(notes(&reading), [(NoteKind::UndeclaredPrefix, "note", 1, 1)]);
    for options in
        [ReadOptions::strict(), ReadOptions::strict().undeclared_prefixes(true), ReadOptions::tolerant().undeclared_prefixes(false)]
    {
        assert_eq!(careless::Note::read_xml(xml.as_bytes(), &options).unwrap_err().kind(), ErrorKind::Prefix, "{options:?}");
    }
    // Each record has its own note, regardless of the number of bytes that are read at a time.
    let list = format!("<n:list>{}</n:list>", xml.repeat(3));
    for step in [1, 1000] {
        let bytes = std::io::BufReader::with_capacity(step, list.as_bytes());
        let records = xsdgen_codec::Records::<_, careless::Note>::new(bytes, "list/note", &ReadOptions::tolerant()).unwrap();
        let records: Vec<Reading<careless::Note>> = records.collect::<Result<_>>().unwrap();
        assert_eq!(records.iter().map(notes_of).collect::<Vec<_>>(), vec![vec![(NoteKind::UndeclaredPrefix, "list/note")]; 3]);
    }
}

#[test]
fn careless_clients_take_https_for_http() {
    use xsdgen_codec::Xml as _;
    let xml = "<note xmlns='https://notes.example/1'><to>Ada</to><n:to xmlns:n='https://notes.example/2'>Joe</n:to></note>";
    let reading: Reading<careless::Note> = tolerant(xml);
    assert_eq!(reading.value.to, "Ada");
    assert_eq!(notes_of(&reading), [(NoteKind::OtherNamespace, "note"), (NoteKind::UnknownElement, "note/to")]);
    assert!(careless::Note::from_xml_strict(xml.as_bytes()).is_err());
    let options = ReadOptions::tolerant().undeclared_prefixes(false).missing(Missing::Blank);
    assert!(careless::Note::read_xml(xml.as_bytes(), &options).is_ok_and(|reading| reading.value.to.is_empty()));
}

#[test]
fn notes_are_capped() {
    let reading = user(&format!("{MIN}{}", "<x/>\n".repeat(1500)));
    assert_eq!((reading.notes.len(), reading.notes.rest()), (1000, 500));
    assert_eq!(reading.notes[999].position.line, 2 + 999);
}

#[test]
fn groups_are_assembled() {
    let xml = "<a xmlns='urn:sample:qti'><title>t</title><key>1</key><value>a</value><odd/><key>2</key><key>3</key><value>c</value><circle>1</circle><no>1</no><no>2</no></a>";
    let reading: Reading<sample::qti::Assessment> = tolerant(xml);
    let pairs: Vec<_> = reading.value.pair.iter().map(|pair| (pair.key.as_str(), pair.value.as_deref())).collect();
    assert_eq!(pairs, [("1", Some("a")), ("2", None), ("3", Some("c"))]);
    assert_eq!(reading.value.feedback, sample::qti::Feedback::No(vec![1, 2]));
    assert_eq!(notes_of(&reading), [(NoteKind::Misplaced, "a/key"), (NoteKind::UnknownElement, "a/odd")]);
}
