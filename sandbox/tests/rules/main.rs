//! Tests the behavior of release 9.0 on sites of each type: a test for each of its 21 rules, named after the rule, and tests of the
//! sandbox's own rules. Requests have the documented form; `call` adds the envelope. Other forms of requests are tested in `wire.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod attendees;
mod changes;
mod lists;
mod login;
mod privileges;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
mod users;
mod zones;

use support::text;
use webex_xml_sandbox::{ADMIN, Account, Sandbox, SiteKind};

pub(crate) fn site(kind: SiteKind) -> Sandbox {
    Sandbox::builder().site("acme").kind(kind).start().unwrap()
}

pub(crate) fn password(account: &Account) -> String {
    format!("<webExID>{}</webExID><password>{}</password><siteName>acme</siteName>", account.webex_id, account.password)
}

/// Returns the response to `OPERATION` with this security context and these children.
pub(crate) fn call(sandbox: &Sandbox, context: &str, operation: &str, children: &str) -> String {
    let request = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><serv:message xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:serv=\"http://www.webex.com/schemas/2002/06/service\"><header><securityContext>{context}</securityContext></header>\
         <body><bodyContent xsi:type=\"java:com.webex.service.binding.{operation}\">{children}</bodyContent></body></serv:message>"
    );
    let (status, answer) = support::post(sandbox, "Content-Type: text/xml; charset=UTF-8\r\n", request.as_bytes());
    assert_eq!(status, 200, "{answer}");
    answer
}

#[track_caller]
pub(crate) fn assert_fault(answer: &str, code: &str) {
    assert_eq!((text(answer, "serv:result"), text(answer, "serv:exceptionID")), (Some("FAILURE"), Some(code)), "{answer}");
}

#[track_caller]
pub(crate) fn assert_success(answer: &str) {
    assert_eq!(text(answer, "serv:result"), Some("SUCCESS"), "{answer}");
}

pub(crate) fn get_user(sandbox: &Sandbox, name: &str) -> String {
    call(sandbox, &password(&ADMIN), "user.GetUser", &format!("<webExId>{name}</webExId>"))
}

pub(crate) const NEW_USER: &str = "<firstName>Jane</firstName><lastName>Doe</lastName><webExId>jane@acme.example</webExId>\
    <email>jane@acme.example</email><password>Jane-Pass-1</password><active>ACTIVATED</active>";
