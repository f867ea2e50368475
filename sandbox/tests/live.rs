//! In: requests that live servers are known to take, with what is odd about them. Out: the answers that live servers give.
//! Not here: what they refuse (`strict.rs`); the rules of the release (`rules`).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests stop where something is wrong")]

mod support;

use support::{post, text};
use webex_xml_sandbox::{Account, HOST, Sandbox, SiteKind};

fn sandbox() -> Sandbox {
    Sandbox::builder().site("acme").kind(SiteKind::NonSso).start().unwrap()
}

/// A message of the account with these bodies.
fn message(account: &Account, bodies: &str) -> String {
    format!(
        "<serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\">\
         <header><securityContext><webExID>{}</webExID><password>{}</password><siteName>acme</siteName></securityContext></header>\
         <body>{bodies}</body></serv:message>",
        account.webex_id, account.password
    )
}

fn body(operation: &str, children: &str) -> String {
    format!("<bodyContent xsi:type=\"java:com.webex.service.binding.{operation}\">{children}</bodyContent>")
}

/// The answer to that operation, asked by the host.
fn call(sandbox: &Sandbox, operation: &str, children: &str) -> String {
    let (status, answer) = post(sandbox, "", message(&HOST, &body(operation, children)).as_bytes());
    assert_eq!(status, 200, "{answer}");
    answer
}

#[test]
fn an_empty_start_date_is_now() {
    let sandbox = sandbox();
    sandbox.advance_clock(std::time::Duration::from_secs(40 * 366 * 86_400));
    for date in ["<startDate/>", "<startDate></startDate>", "<startDate> \n</startDate>", ""] {
        let children = format!("<metaData><confName>Now</confName></metaData><schedule>{date}<duration>10</duration></schedule>");
        let made = call(&sandbox, "meeting.CreateMeeting", &children);
        let key = text(&made, "meet:meetingkey").unwrap_or_else(|| panic!("{made}"));
        let shown = call(&sandbox, "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        let year: i32 =
            text(&shown, "meet:startDate").and_then(|date| date.get(6..10)).unwrap_or_else(|| panic!("{shown}")).parse().unwrap();
        assert!(year > 2060, "{date}: {shown}");
    }
}
