//! Tests requests that the schemas do not allow: a strict site refuses them, and other sites accept them and list what they ignored.
//! Requests that live servers accept are tested in `live.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a failed test panics")]

mod support;

use support::{raw, text};
use webex_xml_sandbox::{ADMIN, HOST, Sandbox, SiteKind};
use webex_xml_types::Document;

fn sandbox(strict: bool) -> Sandbox {
    Sandbox::builder().site("acme").kind(SiteKind::NonSso).strict(strict).start().unwrap()
}

fn message(operation: &str, children: &str) -> String {
    format!(
        "<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\">\n\
         <header><securityContext><webExID>{}</webExID><password>{}</password><siteName>acme</siteName></securityContext></header>\n\
         <body><bodyContent xsi:type=\"java:com.webex.service.binding.{operation}\">\n{children}</bodyContent></body></serv:message>",
        ADMIN.webex_id, ADMIN.password
    )
}

/// Returns the value of the header with notes, if any, and the response, which must be valid.
fn post(sandbox: &Sandbox, message: &str) -> (Option<String>, String) {
    let head = format!("POST /WBXService/XMLService HTTP/1.1\r\nContent-Length: {}\r\n", message.len());
    let answer = String::from_utf8(raw(sandbox, &head, message.as_bytes())).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    Document::from_xml_strict(body.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{body}"));
    let headers: Vec<&str> = head.lines().filter_map(|line| line.strip_prefix("x-sandbox-notes: ")).collect();
    assert!(headers.len() <= 1, "{head}");
    (headers.first().map(|value| (*value).to_owned()), body.to_owned())
}

const SCHEDULE: &str = "<schedule><startDate>09/07/2015 09:00:00</startDate><duration>10</duration></schedule>";

/// Requests that live servers refuse: the operation, its children, the note, and a part of the reason.
const REFUSED: [(&str, &str, &str, &str); 9] = [
    (
        "meeting.CreateMeeting",
        "<accessControl><listStatus>PUBLIC</listStatus></accessControl>",
        "unknown-element;path=\"message/body/bodyContent/accessControl/listStatus\";line=4;column=16",
        "accessControl/listStatus: unknown element (line 4, column 16)",
    ),
    (
        "meeting.CreateMeeting",
        "<participants><attendees><attendee><person><email>a@b.example</email></person></attendee></attendees>\
         <attendees><attendee><person><email>c@d.example</email></person></attendee></attendees></participants>",
        "repeated;path=\"message/body/bodyContent/participants/attendees\"",
        "attendees: an element stands again where one may stand",
    ),
    (
        "user.SetUser",
        "<webExId>host@acme.example</webExId><active>PAGER</active>",
        "unknown-value;path=\"message/body/bodyContent/active\"",
        "active: a value outside the enumeration",
    ),
    (
        "meeting.CreateMeeting",
        "<schedule><duration>abc</duration></schedule>",
        "bad-value;path=\"message/body/bodyContent/schedule/duration\"",
        "duration: a value that is not of its type",
    ),
    (
        "meeting.CreateMeeting",
        "<schedule><startDate>2015-09-07T09:00</startDate></schedule>",
        "bad-value;path=\"message/body/bodyContent/schedule/startDate\"",
        "startDate: a value that is not of its type",
    ),
    ("user.GetUser", "", "missing;path=\"message/body/bodyContent/webExId\"", "bodyContent/webExId: a required element is missing"),
    (
        "user.GetUser",
        "<webExID>host@acme.example</webExID>",
        "other-case;path=\"message/body/bodyContent/webExID\"",
        "webExID: a name in other case of letters",
    ),
    (
        "user.GetUser",
        "<webExId>host@acme.example</webExId>...",
        "text;path=\"message/body/bodyContent\"",
        "bodyContent: text between elements",
    ),
    (
        "meeting.LstsummaryMeeting",
        "<order><orderBy>HOSTNAME</orderBy><orderAD>ASC</orderAD></order>",
        "unknown-value;path=\"message/body/bodyContent/order/orderBy\"",
        "orderBy: a value outside the enumeration",
    ),
];

#[test]
fn a_strict_site_refuses_what_live_servers_refuse() {
    let (strict, open) = (sandbox(true), sandbox(false));
    for (operation, children, note, reason) in REFUSED {
        let request = message(operation, children);
        let (header, answer) = post(&strict, &request);
        assert_eq!((text(&answer, "serv:result"), text(&answer, "serv:exceptionID")), (Some("FAILURE"), Some("000000")), "{request}");
        let said = text(&answer, "serv:reason").unwrap();
        assert!(said.starts_with("validation: message/body/bodyContent") && said.contains(reason), "{said}");
        assert!(header.is_some_and(|header| header.contains(note)), "{request}");

        let (header, answer) = post(&open, &request);
        assert!(header.as_ref().is_some_and(|header| header.contains(note)), "{request}: {header:?}");
        assert!(!answer.contains("validation: "), "{answer}");
        let exchange = open.exchanges().pop().unwrap();
        assert!(exchange.notes.iter().any(|line| line.contains(reason)), "{:?}", exchange.notes);
    }
}

#[test]
fn texts_that_are_too_long_are_refused_too() {
    let children = format!("<tracking><trackingCode1>{}</trackingCode1></tracking>{SCHEDULE}", "x".repeat(200));
    let request = message("meeting.CreateMeeting", &children);
    let (_, answer) = post(&sandbox(true), &request);
    let reason = text(&answer, "serv:reason").unwrap_or_else(|| panic!("{answer}"));
    assert!(reason.starts_with("validation: message/body/bodyContent/tracking/trackingCode1: "), "{answer}");
    let open = sandbox(false);
    let (_, answer) = post(&open, &request);
    let key = text(&answer, "meet:meetingkey").unwrap_or_else(|| panic!("{answer}"));
    // Stored values never make a response invalid.
    let (_, answer) = post(&open, &message("meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>")));
    assert_eq!(text(&answer, "serv:result"), Some("SUCCESS"), "{answer}");
}

#[test]
fn stored_values_never_make_a_response_invalid() {
    let sandbox = sandbox(false);
    let long = "x".repeat(3000);
    let user = "<webExId>odd</webExId><email>odd@acme.example</email><active>PAGER</active><language>KLINGON</language><timeZoneID>abc</timeZoneID>\
        <phones><phone>1</phone><pager>PAGER</pager></phones><address><addressType>MOON</addressType></address><privilege><host>maybe</host></privilege>\
        <personalMeetingRoom><PRNotifications><mode>PAGER</mode><mode>SMS</mode></PRNotifications></personalMeetingRoom>";
    let meeting = format!(
        "<accessControl><listToPublic>maybe</listToPublic></accessControl><metaData><confName>{long}</confName></metaData>\
         <participants><attendees><attendee><person><email>a@b.example</email><type>ROBOT</type></person><role>BOSS</role><joinStatus>x</joinStatus>\
         </attendee></attendees></participants><telephony><telephonySupport>PAGER</telephonySupport></telephony>\
         <repeat><repeatType>SOMETIMES</repeatType><interval>-1</interval><dayInWeek><day>SOMEDAY</day></dayInWeek></repeat>\
         <tracking><trackingCode1>{long}</trackingCode1></tracking><schedule><startDate>tomorrow</startDate><duration>9 h</duration></schedule>"
    );
    let done = |operation: &str, children: &str| {
        let (_, answer) = post(&sandbox, &message(operation, children));
        assert_eq!(text(&answer, "serv:result"), Some("SUCCESS"), "{operation}: {answer}");
        answer
    };
    let reads = |key: &str| {
        done("user.GetUser", "<webExId>odd</webExId>");
        done("user.LstsummaryUser", "");
        done("meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        done("ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>"));
        done("meeting.LstsummaryMeeting", "");
        done("ep.LstsummarySession", "");
        done("attendee.LstMeetingAttendee", &format!("<meetingKey>{key}</meetingKey>"));
    };
    done("user.CreateUser", user);
    let made = done("meeting.CreateMeeting", &meeting);
    let key = text(&made, "meet:meetingkey").unwrap().to_owned();
    reads(&key);
    done("user.SetUser", user);
    done("meeting.SetMeeting", &format!("{meeting}<meetingkey>{key}</meetingkey>"));
    let attendee = "<person><name>N</name><email>c@d.example</email><type>ROBOT</type></person><role>BOSS</role><joinStatus>x</joinStatus>";
    done("attendee.CreateMeetingAttendee", &format!("{attendee}<sessionKey>{key}</sessionKey>"));
    reads(&key);
}

#[test]
fn a_strict_site_accepts_what_live_servers_accept() {
    let strict = sandbox(true);
    let whole = message("user.GetUser", "<webExId>host@acme.example</webExId>");
    for request in [
        whole.clone(),
        whole.replace("serv:message", "message"),
        whole.replace(" xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"", ""),
        whole.replace("<bodyContent ", "<bodyContent later=\"1\" "),
        whole.replace("java:com.webex.service.binding.", ""),
        whole.replace("serv:message", "message").replace("xmlns:serv", "xmlns"),
        whole.replace(
            "java:com.webex.service.binding.user.GetUser\"",
            "use:getUser\" xmlns:use=\"http://www.webex.com/schemas/2002/06/service/user\"",
        ),
        message("user.SetUser", "<webExId>host@acme.example</webExId><security><forceChangePassword></forceChangePassword></security>"),
        message(
            "user.SetUser",
            "<personalMeetingRoom><PMRAutoLock>TRUE</PMRAutoLock></personalMeetingRoom><webExId>host@acme.example</webExId>",
        ),
        whole.replace("<siteName>", "<siteID></siteID><partnerID/><siteName>"),
        message("user.SetUser", "<webExId>host@acme.example</webExId><active></active><timeZoneID/><phones/>"),
        message(
            "meeting.LstsummaryMeeting",
            "<hostWebExID/><listControl><startFrom/><maximumNum></maximumNum></listControl><order><orderBy/></order>",
        ),
        message("meeting.CreateMeeting", "<schedule><startDate/><duration/><timeZoneID/></schedule><repeat><dayInWeek/></repeat>"),
        message("user.AuthenticateUser", "<password>Sandbox-Admin-1</password>"),
    ] {
        let (_, answer) = post(&strict, &request);
        assert_eq!(text(&answer, "serv:result"), Some("SUCCESS"), "{request}\n{answer}");
    }
}

#[test]
fn unreadable_messages_have_the_reason_of_live_servers() {
    let (strict, open) = (sandbox(true), sandbox(false));
    let whole = message("user.GetUser", "<webExId>host@acme.example</webExId>");
    for (request, reason) in [
        (whole.replace(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", ""), "Fail to forward request:null"),
        (whole.replace("user.GetUser", "user.GetUserCard"), "The bodyContent's xsi:type names no operation of this release"),
        (whole.replace("user.GetUser", "user.GetUserCard").replace("</webExId>", "</webExId><later/>"), "The bodyContent's xsi:type names"),
    ] {
        let (_, answer) = post(&strict, &request);
        assert!(text(&answer, "serv:reason").is_some_and(|said| said.starts_with(reason)), "{request}\n{answer}");
        assert_eq!(text(&answer, "serv:exceptionID"), Some("000000"));
    }
    let undeclared = whole.replace(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"", "");
    let (header, answer) = post(&open, &undeclared);
    assert_eq!(text(&answer, "serv:result"), Some("SUCCESS"), "{answer}");
    assert!(header.is_some_and(|header| header.starts_with("undeclared-prefix;path=\"message/body/bodyContent/@type\"")));
}

#[test]
fn all_reasons_of_a_refusal_are_listed() {
    let children: String = (0..200).map(|number| format!("<later{number}/>")).collect();
    let (header, answer) = post(&sandbox(true), &message("user.GetUser", &format!("<webExId>host@acme.example</webExId>{children}")));
    assert!(
        text(&answer, "serv:reason").unwrap().ends_with("bodyContent/later0: unknown element (line 4, column 37); 199 more"),
        "{answer}"
    );
    assert_eq!(answer.matches("<serv:subError>").count(), 20, "{answer}");
    let header = header.unwrap();
    assert!(header.len() <= 2048 && header.contains(", more;count="), "{header}");
}

#[test]
fn strictness_can_be_changed_at_run_time() {
    let sandbox = sandbox(false);
    let request = message("user.GetUser", "<webExId>host@acme.example</webExId><later/>");
    let result = |sandbox: &Sandbox| text(&post(sandbox, &request).1, "serv:result").unwrap().to_owned();
    assert_eq!(result(&sandbox), "SUCCESS");
    sandbox.set_strict(true);
    assert_eq!(result(&sandbox), "FAILURE");
    sandbox
        .set_answer(
            "getUser",
            "<serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><serv:header><serv:response>\
        <serv:result>SUCCESS</serv:result></serv:response></serv:header><serv:body><serv:bodyContent/></serv:body></serv:message>",
        )
        .unwrap();
    assert_eq!(result(&sandbox), "SUCCESS", "what somebody wrote is sent as it stands");
}

#[test]
fn notes_do_not_show_texts() {
    let sandbox = sandbox(false);
    let request =
        message("user.GetUser", "<webExId>host@acme.example</webExId><passwrd>Secret-1</passwrd>Secret-2<later attribute='Secret-3'/>")
            .replace("<password>", "<password><Secret-4/>")
            .replace("<siteName>", "<siteID>Secret-5</siteID><siteName>");
    let (header, _) = post(&sandbox, &request);
    let header = header.unwrap();
    assert!(header.contains("path=\"message/header/securityContext/password/*\"") && header.contains("bodyContent/passwrd"), "{header}");
    let shown = format!("{header}{:?}", sandbox.exchanges());
    assert!(!shown.contains("Secret-") && !shown.contains(HOST.password), "{shown}");
}

#[test]
fn a_valid_request_has_no_header_with_notes() {
    let (header, answer) = post(&sandbox(false), &message("user.GetUser", "<webExId>host@acme.example</webExId>"));
    assert_eq!((header, text(&answer, "serv:result")), (None, Some("SUCCESS")));
}
