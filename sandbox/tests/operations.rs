//! Tests that an empty request of each operation of the release gets a response that is valid against the schemas. Operations with state
//! are tested in `rules`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use support::{post, text};
use webex_xml_sandbox::{ADMIN, Sandbox, SiteKind};
use webex_xml_types::{Document, OPERATIONS};

/// Operations that need a key, a name or a password, with the code for a request without it.
const WITH_STATE: [(&str, &str); 18] = [
    ("getSessionInfo", "060001"),
    ("delSession", "060001"),
    ("setUser", "030001"),
    ("getUser", "030001"),
    ("createUser", "000000"),
    ("activateUser", "030001"),
    ("inactivateUser", "030001"),
    ("getloginurlUser", "030001"),
    ("getlogouturlUser", "030001"),
    ("setMeeting", "060001"),
    ("getMeeting", "060001"),
    ("delMeeting", "060001"),
    ("gethosturlMeeting", "060001"),
    ("getjoinurlMeeting", "060001"),
    ("createMeetingAttendee", "060001"),
    ("registerMeetingAttendee", "060001"),
    ("lstMeetingAttendee", "060001"),
    ("delMeetingAttendee", "000015"),
];

fn ask(sandbox: &Sandbox, secret: &str, wire_type: &str) -> String {
    let request = format!(
        "<message><header><securityContext><siteName>acme</siteName>{secret}</securityContext></header><body>\
         <bodyContent xsi:type='{wire_type}'/></body></message>"
    );
    let (status, answer) = post(sandbox, "", request.as_bytes());
    assert_eq!(status, 200);
    answer
}

#[test]
fn every_operation_has_a_valid_response() {
    let sandbox = Sandbox::builder().site("acme").kind(SiteKind::NonSso).start().unwrap();
    let secret = format!("<webExID>{}</webExID><password>{}</password>", ADMIN.webex_id, ADMIN.password);
    for operation in OPERATIONS.iter() {
        let answer = ask(&sandbox, &secret, operation.wire_type);
        let read = Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{}: {error}\n{answer}", operation.name));
        let Document::Message(message) = read else { panic!("{answer}") };
        let expected = WITH_STATE.iter().find(|(name, _)| *name == operation.name).map(|(_, code)| *code);
        assert_eq!(text(&answer, "serv:exceptionID"), expected, "{}: {answer}", operation.name);
        if expected.is_none() {
            assert_eq!(message.body.body_content[0].type_name(), format!("{}Response", operation.name));
        }
    }
}

#[test]
fn anonymous_calls_fail_except_for_public_operations() {
    let sandbox = Sandbox::builder().site("acme").start().unwrap();
    for operation in OPERATIONS.iter().filter(|operation| !["getSiteType", "getAPIVersion"].contains(&operation.name)) {
        let answer = ask(&sandbox, "", operation.wire_type);
        assert_eq!(text(&answer, "serv:result"), Some("FAILURE"), "{}: {answer}", operation.name);
    }
}
