//! Tests each deviation from the schema that occurs in messages of live servers and clients, with one small message each. Tolerant mode
//! must return the expected value and notes, and strict mode must refuse what the schema does not allow. The samples of the release note
//! are tested in `release_notes.rs`, hostile input in the codec's own tests.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use webex_xml_types::values::SiteType;
use webex_xml_types::{Document, ep, meeting, serv, user};
use xsdgen_codec::{ErrorKind, NoteKind, ReadOptions, WriteOptions};

const SERV: &str = "http://www.webex.com/schemas/2002/06/service";
const SUCCESS: &str = "<serv:response><serv:result>SUCCESS</serv:result></serv:response>";
const CONTENT: &str = "message/body/bodyContent";

/// Returns a response with the prefixes that servers use.
fn answer(response: &str, contents: &str) -> String {
    format!(
        "<serv:message xmlns:serv=\"{SERV}\" xmlns:ep=\"{SERV}/ep\" xmlns:use=\"{SERV}/user\"\n  \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n\
         <serv:header>{response}</serv:header>\n<serv:body>{contents}</serv:body>\n</serv:message>\n"
    )
}

fn content(xsi_type: &str, children: &str) -> String {
    format!("<serv:bodyContent xsi:type=\"{xsi_type}\">{children}</serv:bodyContent>")
}

/// Returns a response to `getSessionInfo` with these children on separate lines, followed by the children that the schema requires.
fn session(first: &str) -> String {
    let rest = "<ep:host><ep:firstName>A</ep:firstName><ep:lastName>B</ep:lastName><ep:email>c@d.e</ep:email>\
                <ep:webExId>ab</ep:webExId></ep:host><ep:schedule><ep:startDate>01/02/2015 03:04:05</ep:startDate>\
                <ep:duration>60</ep:duration><ep:timeZone>GMT</ep:timeZone></ep:schedule>";
    answer(SUCCESS, &content("ep:getSessionInfoResponse", &format!("\n{first}\n{rest}\n")))
}

const KEYS: &str = "<ep:sessionkey>1</ep:sessionkey><ep:confID>2</ep:confID>";

/// Returns a request in the form that clients send: only the root element is qualified.
fn request(context: &str, xsi_type: &str, children: &str) -> String {
    format!(
        "<serv:message xmlns:serv=\"{SERV}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <header><securityContext>{context}</securityContext></header>\
         <body><bodyContent xsi:type=\"{xsi_type}\">{children}</bodyContent></body></serv:message>"
    )
}

/// The result of reading a message in tolerant mode: its value, and kind and path of each note.
struct Taken {
    text: String,
    message: serv::Message,
    notes: Vec<(NoteKind, String, (u32, u32))>,
}

fn take(text: String) -> Taken {
    take_with(text, &ReadOptions::tolerant())
}

fn take_with(text: String, options: &ReadOptions) -> Taken {
    let reading = Document::read(text.as_bytes(), options).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let Document::Message(message) = reading.value else { panic!("not a message: {text}") };
    let notes = reading.notes.iter().map(|note| (note.kind, note.path.clone(), (note.position.line, note.position.column)));
    Taken { text, message: *message, notes: notes.collect() }
}

impl Taken {
    /// Asserts the notes, each by its kind, its path and the text in the message at its position.
    #[track_caller]
    fn with_notes(self, expected: &[(NoteKind, &str, &str)]) -> Self {
        let place = |at: &str| {
            let (before, _) = self.text.split_once(at).unwrap_or_else(|| panic!("{at} is not in the message"));
            let line = before.rsplit('\n').next().unwrap_or(before);
            (before.matches('\n').count() as u32 + 1, line.chars().count() as u32 + 1)
        };
        let expected: Vec<_> = expected.iter().map(|(kind, path, at)| (*kind, (*path).to_owned(), place(at))).collect();
        assert_eq!(self.notes, expected, "{}", self.text);
        self
    }

    #[track_caller]
    fn without_notes(self) -> Self {
        self.with_notes(&[])
    }

    #[track_caller]
    fn refused_strictly(self, kind: ErrorKind) -> Self {
        let error = Document::from_xml_strict(self.text.as_bytes()).expect_err("strict reading refuses");
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.position().is_some_and(|position| position.line > 0), "{error}");
        self
    }

    #[track_caller]
    fn content<T: TryFrom<serv::AnyBodyContent, Error = serv::AnyBodyContent>>(self) -> T {
        let first = self.message.body.body_content.into_iter().next().expect("a bodyContent");
        T::try_from(first).unwrap_or_else(|other| panic!("it is {}", other.type_name()))
    }

    fn document(&self) -> Document {
        self.message.clone().into()
    }

    fn session(self) -> ep::GetSessionInfoResponse {
        self.content()
    }

    fn security_context(self) -> serv::SecurityContext {
        self.message.header.security_context.expect("a securityContext")
    }

    fn response(&self) -> &serv::Response {
        self.message.header.response.first().expect("a response")
    }
}

// Names and namespaces: prefixes vary, and requests and responses are qualified differently.

#[test]
fn any_prefix_is_accepted() {
    let message = answer(SUCCESS, &content("ep:getSiteTypeResponse", "<ep:siteType>5</ep:siteType>"));
    let message = message.replace("ep:", "ns1:").replace(":ep=", ":ns1=").replace("serv:", "m:").replace(":serv=", ":m=");
    let taken = take(message).without_notes();
    assert_eq!(taken.content::<ep::GetSiteTypeResponse>().site_type, SiteType::NonSso);
}

#[test]
fn undeclared_prefixes_and_an_unqualified_root_are_accepted() {
    const UNDECLARED: NoteKind = NoteKind::UndeclaredPrefix;
    let declared = request("<siteName>acme</siteName>", "java:com.webex.service.binding.ep.GetSiteType", "");
    let undeclared = declared.replace(&format!(" xmlns:serv=\"{SERV}\""), "");
    let bare = undeclared.replace("serv:message", "message");
    for (text, notes) in [(undeclared, vec![(UNDECLARED, "message", "<serv:message")]), (bare, vec![])] {
        for options in [ReadOptions::strict(), ReadOptions::tolerant().undeclared_prefixes(false)] {
            let error = Document::read(text.as_bytes(), &options).expect_err("a namespace is missing");
            assert!(matches!(error.kind(), ErrorKind::Prefix | ErrorKind::Root), "{error}");
        }
        let taken = take(text).with_notes(&notes);
        assert_eq!(taken.security_context().site_name.as_deref(), Some("acme"));
    }
    let text = request("", "java:com.webex.service.binding.user.GetUser", "<use:webExId>host</use:webExId>");
    let taken = take(text).with_notes(&[(UNDECLARED, "message/body/bodyContent/webExId", "<use:webExId")]);
    assert_eq!(taken.content::<user::GetUser>().webex_id, "host");
}

/// Tests the message of an old script: only the namespace of `xsi:type` is declared, but the names of types have prefixes.
#[test]
fn a_message_without_a_declared_namespace_is_read() {
    let text = "<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><header><securityContext><webExID>jane</webExID>\
        <com:password>secret</com:password></securityContext></header><body><bodyContent xsi:type=\"meet:lstsummaryMeeting\"><listControl>\
        <serv:startFrom>1</serv:startFrom></listControl><meet:hostWebExID>jane</meet:hostWebExID></bodyContent></body></serv:message>";
    let Document::Message(message) = Document::from_xml(text.as_bytes()).expect("a message") else { panic!("not a message") };
    let context = message.header.security_context.as_ref().expect("a caller");
    assert_eq!((context.webex_id.as_deref(), context.password.as_ref().map(|it| it.expose())), (Some("jane"), Some("secret")));
    let taken = take(text.to_owned()).with_notes(&[
        (NoteKind::UndeclaredPrefix, "message", "<serv:message"),
        (NoteKind::UndeclaredPrefix, "message/header/securityContext/password", "<com:password"),
        (NoteKind::UndeclaredPrefix, "message/body/bodyContent/@type", "<bodyContent"),
    ]);
    let list: meeting::LstSummaryMeeting = taken.content();
    assert_eq!((list.host_webex_id.as_deref(), list.list_control.and_then(|it| it.start_from)), (Some("jane"), Some(1)));
}

#[test]
fn a_type_in_another_letter_case_is_accepted_with_a_note() {
    let body = "<use:matchingRecords><serv:total>0</serv:total><serv:returned>0</serv:returned><serv:startFrom>1</serv:startFrom></use:matchingRecords>";
    let taken = take(answer(SUCCESS, &content("use:LstsummaryUserResponse", body)));
    let taken = taken.with_notes(&[(NoteKind::OtherCase, "message/body/bodyContent/@type", "<serv:bodyContent")]);
    assert_eq!(taken.content::<user::LstSummaryUserResponse>().matching_records.map(|records| records.total), Some(0));
}

#[test]
fn a_blank_line_before_the_declaration_is_skipped() {
    let text = answer(SUCCESS, &content("ep:getSiteTypeResponse", "<ep:siteType>5</ep:siteType>"));
    let taken = take(format!("\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}"));
    assert_eq!(taken.content::<ep::GetSiteTypeResponse>().site_type, SiteType::NonSso);
}

#[test]
fn the_type_of_a_request_is_an_alias_or_a_qualified_name_with_white_space_around() {
    let alias = "java:com.webex.service.binding.ep.GetSessionInfo";
    for xsi_type in [alias, &format!(" {alias} "), "ep:getSessionInfo", " ep:getSessionInfo"] {
        let text = request("", xsi_type, "<sessionKey>1</sessionKey>").replacen("<body", &format!("<body xmlns:ep=\"{SERV}/ep\""), 1);
        assert_eq!(take(text).without_notes().content::<ep::GetSessionInfo>().session_key, 1, "{xsi_type}");
    }
}

#[test]
fn children_of_the_service_namespace_may_be_qualified_in_a_request() {
    let alias = "java:com.webex.service.binding.ep.LstsummarySession";
    for prefix in ["", "serv:"] {
        let control = format!("<listControl><{prefix}startFrom>11</{prefix}startFrom></listControl>");
        let list: ep::LstSummarySession = take(request("", alias, &control)).without_notes().content();
        assert_eq!(list.list_control.and_then(|control| control.start_from), Some(11), "{prefix}");
    }
}

#[test]
fn names_in_another_letter_case_match_if_nothing_else_does() {
    let text = session("<ep:sessionKey>7</ep:sessionKey><ep:confID>2</ep:confID>");
    let path = format!("{CONTENT}/sessionKey");
    let taken = take(text).with_notes(&[(NoteKind::OtherCase, &path, "<ep:sessionKey")]);
    assert_eq!(taken.refused_strictly(ErrorKind::UnexpectedElement).session().session_key, 7);
}

// The envelope.

#[test]
fn the_body_of_a_failure_has_no_type() {
    let response = "<serv:response><serv:result>FAILURE</serv:result><serv:reason>Access denied, additional privileges are \
                    required</serv:reason><serv:gsbStatus>PRIMARY</serv:gsbStatus><serv:exceptionID>000001</serv:exceptionID>\
                    </serv:response>";
    let taken = take(answer(response, "<serv:bodyContent/>")).without_notes();
    assert_eq!(taken.response().result, serv::ResultType::Failure);
    assert!(matches!(taken.message.body.body_content.as_slice(), [serv::AnyBodyContent::BodyContent(_)]));
    let response = "<serv:response><serv:result>FAILURE</serv:result></serv:response>";
    take(answer(response, "<serv:bodyContent></serv:bodyContent> ")).without_notes();
}

#[test]
fn exception_ids_keep_their_zeros_and_letters() {
    let response = "<serv:response><serv:result>FAILURE</serv:result><serv:exceptionID>000015</serv:exceptionID>\
                    <serv:subErrors><serv:subError><serv:exceptionID>AS0001</serv:exceptionID>\
                    <serv:reason>authentication service error</serv:reason></serv:subError></serv:subErrors></serv:response>";
    let taken = take(answer(response, "<serv:bodyContent/>")).without_notes();
    assert_eq!(taken.response().exception_id.as_deref(), Some("000015"));
    let causes = taken.response().sub_errors.as_ref().expect("causes");
    assert_eq!(causes.sub_error.iter().map(|cause| cause.exception_id.as_str()).collect::<Vec<_>>(), ["AS0001"]);
}

#[test]
fn several_bodies_are_read_in_order() {
    let types = [1, 2].map(|n| content("ep:getSiteTypeResponse", &format!("<ep:siteType>{n}</ep:siteType>")));
    let taken = take(answer(SUCCESS, &types.concat())).without_notes();
    let read = taken.message.body.body_content.into_iter().map(ep::GetSiteTypeResponse::try_from);
    assert_eq!(read.map(|read| read.map(|read| read.site_type)).collect::<Vec<_>>(), [Ok(SiteType::CommonIdentity), Ok(SiteType::Sso)]);
}

#[test]
fn an_unknown_type_is_kept_unchanged() {
    let body = content("ep:getMoonPhaseResponse", "<ep:phase>3</ep:phase>");
    let taken = take(answer(SUCCESS, &body)).with_notes(&[(NoteKind::UnknownType, &format!("{CONTENT}/@type"), "<serv:bodyContent")]);
    let taken = taken.refused_strictly(ErrorKind::Type);
    assert!(taken.document().to_xml().is_err_and(|error| error.kind() == ErrorKind::Type));
    let written = taken.document().to_xml_with(&WriteOptions::default().unlisted_values(true)).expect("a message that can be written");
    let [serv::AnyBodyContent::Other(kept)] = taken.message.body.body_content.as_slice() else { panic!("not kept") };
    assert!(written.contains("<ep:phase>3</ep:phase>"), "{kept:?}\n{written}");
    assert_eq!(take(written).message, taken.message);
}

// Content models: order, missing, repeated and unknown children.

#[test]
fn children_come_in_any_order() {
    let text = session(&format!("{KEYS}<ep:status>S</ep:status>"));
    let session = take(text).without_notes().refused_strictly(ErrorKind::UnexpectedElement).session();
    assert_eq!((session.session_key, session.conf_id, session.status.as_deref()), (1, 2, Some("S")));

    let context = "<password>p</password><siteName>s</siteName><webExID>w</webExID>";
    let context = take(request(context, "java:com.webex.service.binding.ep.GetSiteType", "")).without_notes().security_context();
    assert_eq!((context.site_name.as_deref(), context.webex_id.as_deref()), (Some("s"), Some("w")));
}

#[test]
fn missing_children_are_left_blank() {
    let text = answer(SUCCESS, &content("ep:getSessionInfoResponse", "<ep:sessionkey>1</ep:sessionkey>"));
    let at = "<serv:bodyContent";
    let paths = ["confID", "host", "schedule"].map(|name| format!("{CONTENT}/{name}"));
    let [conf_id, host, schedule] = &paths;
    let taken =
        take(text).with_notes(&[(NoteKind::Missing, conf_id, at), (NoteKind::Missing, host, at), (NoteKind::Missing, schedule, at)]);
    let session = taken.refused_strictly(ErrorKind::Missing).session();
    assert_eq!((session.session_key, session.conf_id, session.host.webex_id.as_str()), (1, 0, ""));
}

#[test]
fn an_empty_call_in_number_is_read() {
    let numbers = "<ep:telephony><ep:telephonySupport>CALLIN</ep:telephonySupport><ep:callInNum/></ep:telephony>";
    let path = format!("{CONTENT}/telephony/callInNum/tollNum");
    let taken = take(session(&format!("{KEYS}{numbers}"))).with_notes(&[(NoteKind::Missing, &path, "<ep:callInNum/>")]);
    let telephony = taken.refused_strictly(ErrorKind::Missing).session().telephony.expect("telephony");
    assert_eq!(telephony.call_in_num.expect("call-in numbers").toll_num, "");
}

#[test]
fn unknown_elements_are_noted_with_their_place_and_skipped() {
    let text = session(&format!("<ep:isLocked a=\"b\"><ep:by>&lt;</ep:by></ep:isLocked>{KEYS}\n  <later xmlns=\"urn:x\"/>"));
    let (locked, later) = (format!("{CONTENT}/isLocked"), format!("{CONTENT}/later"));
    let notes = [(NoteKind::UnknownElement, locked.as_str(), "<ep:isLocked"), (NoteKind::UnknownElement, later.as_str(), "<later")];
    let taken = take(text).with_notes(&notes);
    assert_eq!(taken.notes.iter().map(|note| note.2).collect::<Vec<_>>(), [(5, 1), (6, 3)]);
    assert_eq!(taken.refused_strictly(ErrorKind::UnexpectedElement).session(), take(session(KEYS)).session());
}

#[test]
fn the_first_of_repeated_children_is_kept() {
    let text = session(&format!("{KEYS}<ep:confID>3</ep:confID>"));
    let path = format!("{CONTENT}/confID");
    let taken = take(text).with_notes(&[(NoteKind::Repeated, &path, "<ep:confID>3")]);
    assert_eq!(taken.refused_strictly(ErrorKind::Repeated).session().conf_id, 2);
}

#[test]
fn stray_text_between_elements_is_noted() {
    let text = session(&format!("...{KEYS}"));
    let taken = take(text).with_notes(&[(NoteKind::UnexpectedText, CONTENT, "...")]);
    assert_eq!(taken.refused_strictly(ErrorKind::UnexpectedText).session().conf_id, 2);
}

// Values.

#[test]
fn booleans_are_read_in_any_letter_case_and_as_digits() {
    for (text, value) in [("true", true), ("TRUE", true), (" True\n", true), ("1", true), ("false", false), ("FALSE", false), ("0", false)]
    {
        let flag = format!("<ep:attendeeOptions><ep:joinRequiresAccount>{text}</ep:joinRequiresAccount></ep:attendeeOptions>");
        let taken = take(session(&format!("{KEYS}{flag}<ep:isCreator>{text}</ep:isCreator>"))).without_notes();
        let written = taken.document().to_xml_with(&WriteOptions::default()).expect("a message that can be written");
        let read = taken.session();
        let flag = read.attendee_options.expect("options").join_requires_account.expect("a flag");
        assert_eq!((flag.get(), read.is_creator), (Some(value), Some(value)), "{text}");
        // A flag keeps its text, whereas a boolean keeps only its value.
        assert!(written.contains(&format!("joinRequiresAccount>{}<", text.trim())), "{written}");
        assert!(written.contains(&format!("isCreator>{value}<")), "{written}");
    }
}

#[test]
fn an_empty_boolean_is_left_out() {
    for empty in ["<ep:isCreator/>", "<ep:isCreator></ep:isCreator>", "<ep:isCreator> </ep:isCreator>"] {
        let path = format!("{CONTENT}/isCreator");
        let taken = take(session(&format!("{KEYS}{empty}"))).with_notes(&[(NoteKind::BadValue, &path, "<ep:isCreator")]);
        assert_eq!(taken.session().is_creator, None);
    }
}

#[test]
fn white_space_around_a_value_is_ignored() {
    let children = "<use:sessionTicket>\n  AB+c/d=\n</use:sessionTicket><use:createTime>\n1431725387202 </use:createTime>";
    let taken = take(answer(SUCCESS, &content("use:authenticateUserResponse", children))).without_notes();
    let ticket: user::AuthenticateUserResponse = taken.content();
    assert_eq!((ticket.session_ticket.expose(), ticket.create_time), ("AB+c/d=", Some(1_431_725_387_202.into())));
}

#[test]
fn numbers_may_exceed_32_bits() {
    let keys = "<ep:sessionkey>17260117096</ep:sessionkey><ep:confID>123456789012345678</ep:confID>";
    let read = take(session(keys)).without_notes().session();
    assert_eq!((read.session_key, read.conf_id), (17_260_117_096, 123_456_789_012_345_678));
    let context = take(request("<siteID>5941234567</siteID>", "java:com.webex.service.binding.ep.GetSiteType", "")).security_context();
    assert_eq!(context.site_id, Some(5_941_234_567));
}

#[test]
fn values_of_later_releases_survive() {
    let access = "<ep:accessControl><ep:listStatus>HIDDEN</ep:listStatus><ep:registration>true</ep:registration></ep:accessControl>";
    let path = format!("{CONTENT}/accessControl/listStatus");
    let taken = take(session(&format!("{KEYS}{access}"))).with_notes(&[(NoteKind::UnknownValue, &path, "<ep:listStatus")]);
    let taken = taken.refused_strictly(ErrorKind::Facet);
    let written = taken.document().to_xml_with(&WriteOptions::default().unlisted_values(true)).expect("a message that can be written");
    assert!(written.contains("listStatus>HIDDEN<"), "{written}");
    assert_eq!(take(written).message, taken.message);
}

#[test]
fn a_bare_ampersand_is_refused_with_its_position() {
    let text = session(&format!("{KEYS}\n <ep:sipURL>a?b=c&d=e</ep:sipURL>"));
    let error = Document::from_xml(text.as_bytes()).expect_err("it is not well-formed");
    assert_eq!((error.kind(), error.path()), (ErrorKind::Syntax, "message/body/bodyContent/sipURL"));
    assert_eq!(error.position().map(|position| (position.line, position.column)), Some((6, 18)));
}

#[test]
fn a_bare_ampersand_is_kept_if_allowed() {
    let text = session(&format!("{KEYS}\n <ep:sipURL>a?b=c&d=e&amp;f=g</ep:sipURL>"));
    let reading = Document::read(text.as_bytes(), &ReadOptions::tolerant().bare_ampersands(true)).expect("it is taken");
    let notes: Vec<_> = reading.notes.iter().map(|note| (note.kind, note.position.line, note.position.column)).collect();
    assert_eq!(notes, [(NoteKind::BareAmpersand, 6, 18)]);
    let written = reading.value.to_xml().expect("a message that can be written");
    assert!(written.contains("a?b=c&amp;d=e&amp;f=g"), "{written}");
    let numbered = session(&format!("{KEYS}<ep:sipURL>&#0;</ep:sipURL>"));
    assert!(Document::read(numbered.as_bytes(), &ReadOptions::tolerant().bare_ampersands(true)).is_err());
}
