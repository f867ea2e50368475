//! Tests that fault rules take effect on the wire, by header, by operation and by rate. The syntax of rules has unit tests next to its
//! parser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::time::{Duration, Instant};

use support::{exchange, post, raw, text};
use webex_xml_sandbox::{ADMIN, Sandbox, SiteKind};

const SITE_TYPE: &str = "<message><header><securityContext><siteName>acme</siteName></securityContext></header><body>\
    <bodyContent xsi:type='java:com.webex.service.binding.ep.GetSiteType'/></body></message>";

fn sandbox(rules: &[&str]) -> Sandbox {
    rules.iter().fold(Sandbox::builder().kind(SiteKind::NonSso), |builder, rule| builder.inject(rule.parse().unwrap())).start().unwrap()
}

/// Returns the response to a request with this fault rule in its header.
fn wished(sandbox: &Sandbox, wish: &str, body: &str) -> Vec<u8> {
    let head = format!("POST /WBXService/XMLService HTTP/1.1\r\nX-Sandbox-Fault: {wish}\r\nContent-Length: {}\r\n", body.len());
    raw(sandbox, &head, body.as_bytes())
}

fn create_user(name: &str) -> String {
    format!(
        "<message><header><securityContext><siteName>acme</siteName><webExID>{}</webExID><password>{}</password></securityContext></header>\
         <body><bodyContent xsi:type='java:com.webex.service.binding.user.CreateUser'><webExId>{name}</webExId></bodyContent></body></message>",
        ADMIN.webex_id, ADMIN.password
    )
}

fn has_user(sandbox: &Sandbox, name: &str) -> bool {
    let get = create_user(name).replace("CreateUser", "GetUser");
    text(&post(sandbox, "", get.as_bytes()).1, "serv:result") == Some("SUCCESS")
}

#[test]
fn exceptions_and_statuses_are_not_performed() {
    let sandbox = sandbox(&[]);
    let answer = String::from_utf8(wished(&sandbox, "exception=000035; reason=Later", &create_user("one"))).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!((text(&answer, "serv:exceptionID"), text(&answer, "serv:reason")), (Some("000035"), Some("Later")));
    let answer = String::from_utf8(wished(&sandbox, "status=503; retry-after=7", &create_user("two"))).unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("retry-after: 7\r\n") && !answer.contains("serv:message"), "{answer}");
    assert!(!has_user(&sandbox, "one") && !has_user(&sandbox, "two"));
}

#[test]
fn a_cut_connection_does_not_show_whether_the_call_was_performed() {
    let sandbox = sandbox(&[]);
    assert_eq!(wished(&sandbox, "cut=request", &create_user("one")), b"");
    assert_eq!(wished(&sandbox, "cut=answer", &create_user("two")), b"");
    let part = String::from_utf8(wished(&sandbox, "cut=50", &create_user("three"))).unwrap();
    let (head, body) = part.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{part}");
    assert!(body.contains("<?xml version") && !body.contains("</serv:message>") && !body.ends_with("0\r\n\r\n"), "{body}");
    assert!(!has_user(&sandbox, "one") && has_user(&sandbox, "two") && has_user(&sandbox, "three"));
}

#[test]
fn delayed_and_slow() {
    let sandbox = sandbox(&[]);
    for wish in ["delay=300ms", "slow=300ms"] {
        let began = Instant::now();
        let answer = String::from_utf8(wished(&sandbox, wish, SITE_TYPE)).unwrap();
        // The response may be later, depending on the load of the machine, but not earlier.
        assert!(began.elapsed() >= Duration::from_millis(280), "{wish}: {:?}", began.elapsed());
        assert!(answer.contains("HTTP/1.1 200 "), "{answer}");
    }
    let answer = String::from_utf8(wished(&sandbox, "slow=100ms", SITE_TYPE)).unwrap();
    assert!(answer.contains("transfer-encoding: chunked") && answer.ends_with("\r\n0\r\n\r\n"), "in pieces, and whole: {answer}");
}

#[test]
fn damaged_responses() {
    let sandbox = sandbox(&[]);
    let malformed = String::from_utf8(wished(&sandbox, "malformed", SITE_TYPE)).unwrap();
    let body = malformed.split_once("\r\n\r\n").unwrap().1;
    assert!(roxmltree::Document::parse(body).is_err(), "{body}");
    let misencoded = wished(&sandbox, "encoding", SITE_TYPE);
    assert!(String::from_utf8(misencoded).is_err());
    let ok = String::from_utf8(wished(&sandbox, "delay=0ms", SITE_TYPE)).unwrap();
    assert!(roxmltree::Document::parse(ok.split_once("\r\n\r\n").unwrap().1).is_ok());
}

#[test]
fn oversized_responses_are_still_xml() {
    let sandbox = sandbox(&["operation=GetSiteType; oversized=3MB"]);
    let (status, body) = exchange(
        &sandbox,
        &format!("POST /WBXService/XMLService HTTP/1.1\r\nContent-Length: {}\r\n", SITE_TYPE.len()),
        SITE_TYPE.as_bytes(),
    );
    let mut whole = String::new();
    let mut rest = body.as_str();
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap();
        whole.push_str(&after[..size]);
        rest = &after[size + 2..];
    }
    assert_eq!((status, whole.len()), (200, 3 << 20));
    assert_eq!(text(&whole, "ep:siteType"), Some("5"));
    assert!(roxmltree::Document::parse(&whole).is_ok());
}

#[test]
fn rules_apply_by_operation_number_and_rate() {
    let sandbox = sandbox(&["operation=user.*; times=2; exception=000045", "operation=GetSiteType; rate=50%; exception=000035"]);
    let code = |body: &str| text(&post(&sandbox, "", body.as_bytes()).1, "serv:exceptionID").map(str::to_owned);
    assert_eq!(code(&create_user("one")).as_deref(), Some("000045"));
    let site_types: Vec<bool> = (0..100).map(|_| code(SITE_TYPE).is_some()).collect();
    let failed = site_types.iter().filter(|failed| **failed).count();
    assert!((30..70).contains(&failed), "{failed}");
    assert_eq!(code(&create_user("one")).as_deref(), Some("000045"));
    assert_eq!(code(&create_user("one")), None);
    sandbox.clear_injections();
    assert!((0..20).all(|_| code(SITE_TYPE).is_none()));
}

#[test]
fn an_invalid_fault_rule_is_refused() {
    let answer = String::from_utf8(wished(&sandbox(&[]), "explode", SITE_TYPE)).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("`explode` is no part of a fault rule"), "{answer}");
}

#[test]
fn injected_faults_are_in_the_journal() {
    let sandbox = sandbox(&[]);
    wished(&sandbox, "exception=000035; malformed", SITE_TYPE);
    wished(&sandbox, "cut=request", &create_user("one"));
    let exchanges = sandbox.exchanges();
    assert_eq!(exchanges.len(), 2);
    assert_eq!((exchanges[0].operation.as_str(), exchanges[0].result.as_str()), ("ep.GetSiteType", "000035"));
    assert_eq!(exchanges[0].injected, "exception=000035; malformed");
    assert_eq!((exchanges[1].caller.as_str(), exchanges[1].result.as_str()), (ADMIN.webex_id, "cut"));
    assert!(exchanges[1].request.contains("<com:password>******</com:password>"), "{}", exchanges[1].request);
    assert!(!format!("{exchanges:?}").contains(ADMIN.password));
}
