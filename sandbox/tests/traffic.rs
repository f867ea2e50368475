//! Tests requests of third-party clients, from the folder that the environment variable `WEBEX_TRAFFIC` names. Each well-formed request
//! must be read and get a response, and its operation must be recognized by both forms of its name. The messages are not part of this
//! project, so only `cargo xtask traffic` reads them. A few messages that were written for these tests are always read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a failed test panics")]

#[path = "../../tests/support/captured.rs"]
mod captured;
mod support;

use captured::{LATER, WellFormed, last_part};
use support::text;
use webex_xml_sandbox::{Sandbox, SiteKind};
use webex_xml_types::Document;

const JAVA: &str = "java:com.webex.service.binding.";

/// Posts a request. Returns the response, which must be valid, and the operations that the sandbox recognized.
fn asked(sandbox: &Sandbox, name: &str, request: &str) -> (String, String) {
    let (status, answer) = support::post(sandbox, "Content-Type: text/xml\r\n", request.as_bytes());
    assert_eq!(status, 200, "{name}");
    let result = text(&answer, "serv:result").unwrap_or_else(|| panic!("{name}: {answer}"));
    Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}\n{answer}"));
    assert!(result == "SUCCESS" || text(&answer, "serv:exceptionID").is_some_and(|code| code.len() == 6), "{answer}");
    (answer, sandbox.exchanges().last().unwrap().operation.clone())
}

/// Returns the operation in the form `user.CreateUser` for either form of its name, or `?` for a name that is not an operation of the
/// release.
fn wanted(said: &str) -> &str {
    match captured::operation(said) {
        Some(operation) => operation.wire_type.strip_prefix(JAVA).unwrap(),
        None => {
            assert!(LATER.contains(&last_part(said)), "no operation of the release: {said}");
            "?"
        }
    }
}

/// Posts a request with both forms of the operation's name. Returns whether it is well-formed.
fn is_taken(sandbox: &Sandbox, name: &str, message: &str) -> bool {
    let (answer, operation) = asked(sandbox, name, message);
    let Some(well_formed) = WellFormed::of(message) else {
        println!("{name}: not well-formed, {}", text(&answer, "serv:reason").unwrap_or("read"));
        return false;
    };
    println!("{name}: {operation}, {}", text(&answer, "serv:reason").unwrap_or("SUCCESS"));
    assert!(!answer.contains("cannot be read"), "{name}: {answer}");
    let told = captured::told(&well_formed);
    let wanted: Vec<&str> = told.iter().map(|(said, _)| wanted(said)).collect();
    assert_eq!(operation, wanted.join("+"), "{name}");
    if let [told] = &told[..]
        && let Some(known) = captured::operation(&told.0)
    {
        let other = captured::by_other_name(message, told, known);
        assert_eq!(asked(sandbox, name, &other).1, operation, "{name}, by the other form of its name");
    }
    true
}

#[test]
#[ignore = "needs WEBEX_TRAFFIC: cargo xtask traffic"]
fn every_captured_request_is_read_and_recognized() {
    let sandbox = Sandbox::builder().kind(SiteKind::NonSso).start().unwrap();
    let messages = captured::messages("_req_");
    let read = messages.iter().filter(|message| is_taken(&sandbox, &message.name, &message.text)).count();
    assert!(read > 0);
    println!("{read} requests read, {} not well-formed", messages.len() - read);
}

/// Tests the same with messages written here, in the forms of captured ones.
#[test]
fn requests_in_the_forms_of_clients_are_recognized() {
    let sandbox = Sandbox::builder().kind(SiteKind::NonSso).start().unwrap();
    let message = |root: &str, xsi_type: &str, fields: &str| {
        format!(
            "<{root} xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><header><securityContext><siteName>acme</siteName>\
             </securityContext></header><body><bodyContent xsi:type=\"{xsi_type}\">{fields}</bodyContent></body></{}>",
            root.split(' ').next().unwrap()
        )
    };
    let declared = "serv:message xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"";
    for (root, xsi_type, fields) in [
        ("serv:message", "java:com.webex.service.binding.ep.GetSiteType", ""),
        ("serv:message", "ep:getSiteType", ""),
        (declared, "java:com.webex.service.binding.user.GetUser", "<use:webExId>jane</use:webExId>"),
        (declared, "java:com.webex.service.binding.meeting.LstsummaryMeeting", "<order><orderBy>STARTTIME</orderBy></order>"),
        ("message", "java:com.webex.service.binding.ep.GetAPIVersion", ""),
    ] {
        assert!(is_taken(&sandbox, &format!("{root} {xsi_type}"), &message(root, xsi_type, fields)));
    }
    assert!(!is_taken(&sandbox, "cut", "<serv:message><header>"));
}
