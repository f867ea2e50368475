//! Tests rules 18 and 19: lists.

use webex_xml_sandbox::{ADMIN, CALLER, HOST, Sandbox, SiteKind};

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

/// Returns the number of matching records, the number of returned ones, and the position of the first.
fn counts(answer: &str) -> [i64; 3] {
    ["total", "returned", "startFrom"]
        .map(|name| text(answer, &format!("serv:{name}")).unwrap_or_else(|| panic!("{answer}")).parse().unwrap())
}

fn page(start: i64, most: i64) -> String {
    format!("<listControl><startFrom>{start}</startFrom><maximumNum>{most}</maximumNum></listControl>")
}

fn with_users(count: usize) -> Sandbox {
    let sandbox = site(SiteKind::NonSso);
    for number in 0..count {
        let user = format!("<webExId>u{number:02}</webExId><email>u{number}@acme.example</email><lastName>Z{}</lastName>", count - number);
        assert_success(&call(&sandbox, &password(&ADMIN), "user.CreateUser", &user));
    }
    sandbox
}

#[test]
fn rule_18_an_empty_list_is_a_failure() {
    let sandbox = site(SiteKind::Sso);
    for (operation, children) in [
        ("user.LstsummaryUser", "<webExId>nobody</webExId>".to_owned()),
        ("user.LstsummaryUser", page(100, 10)),
        ("meeting.LstsummaryMeeting", "<hostWebExID>nobody</hostWebExID>".to_owned()),
        ("ep.LstsummarySession", "<sessionKey>1</sessionKey>".to_owned()),
        ("ep.LstRecording", page(100, 10)),
        ("history.LstmeetingusageHistory", page(100, 10)),
    ] {
        let answer = call(&sandbox, &password(&ADMIN), operation, &children);
        assert_fault(&answer, "000015");
        assert_eq!(text(&answer, "serv:reason"), Some("Sorry, no record found"));
        assert!(answer.contains("<serv:bodyContent/>"), "{answer}");
    }
}

#[test]
fn rule_18_some_sites_send_null_point_error() {
    let sandbox = Sandbox::builder().site("acme").null_point_error(true).start().unwrap();
    let unhit = call(&sandbox, &password(&ADMIN), "user.LstsummaryUser", "<email>nobody@acme.example</email>");
    assert_eq!((text(&unhit, "serv:result"), text(&unhit, "serv:reason")), (Some("FAILURE"), Some("validation: Null Point Error")));
    assert_success(&call(&sandbox, &password(&ADMIN), "user.LstsummaryUser", ""));
    assert_fault(&call(&sandbox, &password(&ADMIN), "meeting.LstsummaryMeeting", "<hostWebExID>nobody</hostWebExID>"), "000015");
}

#[test]
fn an_empty_filter_matches_everything() {
    let sandbox = site(SiteKind::Sso);
    let list = |operation: &str, names: &[&str]| {
        let filters: String = names.iter().map(|name| format!("<{name}></{name}><{name}/>")).collect();
        let answer = call(&sandbox, &password(&ADMIN), operation, &filters);
        let bare = call(&sandbox, &password(&ADMIN), operation, "");
        assert_success(&answer);
        assert_eq!(counts(&answer), counts(&bare), "{operation}: {filters}");
    };
    list("meeting.LstsummaryMeeting", &["hostWebExID", "meetingKey", "dateScope", "order", "listControl"]);
    list("ep.LstsummarySession", &["hostWebExID", "hostEmail", "confName", "sessionKey", "confID", "invited", "dateScope"]);
    list("user.LstsummaryUser", &["webExId", "firstName", "lastName", "email", "active", "dataScope", "order", "listControl"]);
    list("ep.LstRecording", &["hostWebExID", "sessionKey", "serviceType", "createTimeScope"]);
}

#[test]
fn rule_19_pages_count_from_one() {
    let sandbox = with_users(12);
    let list = |children: &str| call(&sandbox, &password(&ADMIN), "user.LstsummaryUser", children);
    let first = list(&format!("<webExId>u*</webExId>{}", page(1, 5)));
    assert_eq!(counts(&first), [12, 5, 1]);
    assert_eq!((first.matches("<use:user>").count(), text(&first, "use:webExId")), (5, Some("u00")));
    let last = list(&format!("<webExId>u*</webExId>{}", page(11, 5)));
    assert_eq!((counts(&last), text(&last, "use:webExId")), ([12, 2, 11], Some("u10")));
    assert_eq!(counts(&list("")), [15, 15, 1]);

    let sorted = list("<order><orderBy>LASTNAME</orderBy><orderAD>ASC</orderAD></order><webExId>u*</webExId>");
    assert_eq!(text(&sorted, "use:webExId"), Some("u11"), "{sorted}");
    let found = list("<email>u3@acme.example</email><active>ACTIVATED</active>");
    assert_eq!((counts(&found), text(&found, "use:webExId")), ([1, 1, 1], Some("u03")));
    assert_fault(&call(&sandbox, &password(&CALLER), "user.LstsummaryUser", ""), "000001");
}

#[test]
fn rule_19_qualified_and_empty_controls_are_accepted() {
    let sandbox = with_users(3);
    let list = |children: &str| call(&sandbox, &password(&ADMIN), "user.LstsummaryUser", children);
    let qualified = "<listControl><serv:startFrom>2</serv:startFrom><serv:maximumNum>1</serv:maximumNum></listControl>";
    assert_eq!(counts(&list(qualified)), [6, 1, 2]);
    assert_eq!(counts(&list("<listControl><startFrom/><maximumNum></maximumNum></listControl>")), [6, 6, 1]);
}

#[test]
fn rule_19_lists_of_sessions_and_of_samples_have_pages() {
    let sandbox = site(SiteKind::Ci);
    for (number, name) in ["Beta", "Alpha"].iter().enumerate() {
        let meeting = format!(
            "<metaData><confName>{name}</confName></metaData><schedule><startDate>1{number}/01/2015 09:00:00</startDate></schedule>"
        );
        assert_success(&call(&sandbox, &password(&HOST), "meeting.CreateMeeting", &meeting));
    }
    let by_name = "<order><orderBy>CONFNAME</orderBy></order>";
    let meetings = call(&sandbox, &password(&CALLER), "meeting.LstsummaryMeeting", &format!("{by_name}{}", page(1, 2)));
    assert_eq!((counts(&meetings), text(&meetings, "meet:confName")), ([3, 2, 1], Some("Alpha")), "{meetings}");
    let late = "<dateScope><startDateStart>11/01/2015 00:00:00</startDateStart></dateScope>";
    let sessions = call(&sandbox, &password(&CALLER), "ep.LstsummarySession", late);
    assert_eq!((counts(&sessions), text(&sessions, "ep:confName")), ([1, 1, 1], Some("Alpha")), "{sessions}");
    let of_host = call(&sandbox, &password(&HOST), "ep.LstsummarySession", "");
    assert_eq!(counts(&of_host), [4, 4, 1], "with his room");

    let recordings = call(&sandbox, &password(&HOST), "ep.LstRecording", &page(11, 10));
    assert_eq!(counts(&recordings), [12, 2, 11]);
    assert_eq!(recordings.matches("<ep:recording>").count(), 2);
}
