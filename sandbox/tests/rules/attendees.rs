//! Tests attendees that are invited, registered, listed and removed, how the meeting shows them, and the permissions for this.

use webex_xml_sandbox::{ADMIN, CALLER, HOST, MEETING_KEY, Sandbox, SiteKind};
use webex_xml_types::Document;

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

fn asked(sandbox: &Sandbox, context: &str, operation: &str, children: &str) -> String {
    let answer = call(sandbox, context, &format!("attendee.{operation}"), children);
    Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{answer}"));
    answer
}

fn person(name: &str) -> String {
    format!("<person><name>{name}</name><email>{name}@acme.example</email></person>")
}

fn list(sandbox: &Sandbox, more: &str) -> String {
    asked(sandbox, &password(&HOST), "LstMeetingAttendee", &format!("<meetingKey>{MEETING_KEY}</meetingKey>{more}"))
}

fn meeting(sandbox: &Sandbox) -> String {
    call(sandbox, &password(&HOST), "meeting.GetMeeting", &format!("<meetingKey>{MEETING_KEY}</meetingKey>"))
}

fn invite(sandbox: &Sandbox, name: &str, more: &str) -> String {
    let children = format!("{}{more}<meetingKey>{MEETING_KEY}</meetingKey>", person(name));
    let answer = asked(sandbox, &password(&HOST), "CreateMeetingAttendee", &children);
    text(&answer, "att:attendeeId").unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn invitees_are_listed_and_shown_by_the_meeting() {
    let sandbox = site(SiteKind::Ci);
    assert_fault(&list(&sandbox, ""), "000015");
    let ann = invite(&sandbox, "ann", "<role>PRESENTER</role>");
    let several = format!(
        "<sessionKey>{MEETING_KEY}</sessionKey><attendees>{}</attendees><attendees>{}<role>HOST</role><joinStatus>ACCEPT</joinStatus></attendees>",
        person("bob"),
        person("cay")
    );
    let answer = asked(&sandbox, &password(&HOST), "CreateMeetingAttendee", &several);
    assert_eq!(answer.matches("<att:attendeeId>").count(), 2, "{answer}");

    let all = list(&sandbox, "<order><orderBy>ATTENDEENAME</orderBy></order>");
    assert_eq!((text(&all, "serv:total"), text(&all, "att:attendeeId")), (Some("3"), Some(ann.as_str())), "{all}");
    assert_eq!((text(&all, "att:joinStatus"), text(&all, "att:role")), (Some("INVITE"), Some("PRESENTER")));
    assert_eq!((text(&all, "att:meetingKey"), text(&all, "att:confID")), (Some("210007422"), Some("1038708515")));
    assert!(all.contains("<att:status><att:invited>true</att:invited>"), "{all}");
    assert_eq!(text(&list(&sandbox, "<joinStatus>ACCEPT</joinStatus>"), "com:name"), Some("cay"));
    let page = list(&sandbox, "<listControl><startFrom>3</startFrom><maximumNum>5</maximumNum></listControl>");
    assert_eq!((text(&page, "serv:returned"), text(&page, "serv:startFrom")), (Some("1"), Some("3")), "{page}");

    let shown = meeting(&sandbox);
    assert_eq!(shown.matches("<meet:attendee>").count(), 3, "{shown}");
    assert_eq!((text(&shown, "com:email"), text(&shown, "att:joinStatus")), (Some("ann@acme.example"), Some("INVITE")));
    let info = call(&sandbox, &password(&HOST), "ep.GetSessionInfo", &format!("<sessionKey>{MEETING_KEY}</sessionKey>"));
    assert_eq!(text(&info, "ep:alternateHost"), Some("cay@acme.example"));
}

#[test]
fn the_same_address_is_the_same_attendee() {
    let sandbox = site(SiteKind::Ci);
    let ann = invite(&sandbox, "ann", "");
    assert_eq!(invite(&sandbox, "ann", "<joinStatus>ACCEPT</joinStatus>"), ann);
    let all = list(&sandbox, "");
    assert_eq!((text(&all, "serv:total"), text(&all, "att:accepted")), (Some("1"), Some("true")), "{all}");
    // A new list of attendees keeps the entries of attendees that the meeting already has.
    let change = format!(
        "<meetingkey>{MEETING_KEY}</meetingkey><participants><attendees><attendee>{}</attendee><attendee>{}</attendee></attendees></participants>",
        person("ann"),
        person("bob")
    );
    assert_success(&call(&sandbox, &password(&HOST), "meeting.SetMeeting", &change));
    let all = list(&sandbox, "");
    assert!(text(&all, "serv:total") == Some("2") && all.contains(&format!("<att:attendeeId>{ann}</att:attendeeId>")), "{all}");
    let keep = format!("<meetingkey>{MEETING_KEY}</meetingkey><participants><maxUserNumber>5</maxUserNumber><attendees/></participants>");
    assert_success(&call(&sandbox, &password(&HOST), "meeting.SetMeeting", &keep));
    let shown = meeting(&sandbox);
    assert_eq!((shown.matches("<meet:attendee>").count(), text(&shown, "meet:maxUserNumber")), (2, Some("5")), "{shown}");
}

#[test]
fn attendees_are_removed_by_number_and_by_address() {
    let sandbox = site(SiteKind::Ci);
    let (ann, bob) = (invite(&sandbox, "ann", ""), invite(&sandbox, "bob", ""));
    let remove = |context: &str, children: &str| asked(&sandbox, context, "DelMeetingAttendee", children);
    let by_email =
        |name: &str| format!("<attendeeEmail><email>{name}@acme.example</email><sessionKey>{MEETING_KEY}</sessionKey></attendeeEmail>");
    assert_fault(&remove(&password(&HOST), &format!("<attendeeID>{ann}</attendeeID><attendeeID>99</attendeeID>")), "000015");
    assert_fault(&remove(&password(&CALLER), &format!("<attendeeID>{ann}</attendeeID>")), "000001");
    assert_eq!(text(&list(&sandbox, ""), "serv:total"), Some("2"), "all or none");
    assert_success(&remove(&password(&HOST), &format!("<attendeeID>{ann}</attendeeID>")));
    assert_success(&remove(&password(&HOST), &by_email("bob")));
    assert_fault(&remove(&password(&HOST), &by_email("bob")), "000015");
    assert_fault(&list(&sandbox, ""), "000015");
    assert!(!meeting(&sandbox).contains("attendee>"));
    assert_ne!(invite(&sandbox, "bob", ""), bob, "numbers are given once");
}

#[test]
fn deleting_a_meeting_deletes_its_attendees() {
    let sandbox = site(SiteKind::Ci);
    let ann = invite(&sandbox, "ann", "");
    assert_success(&call(&sandbox, &password(&HOST), "meeting.DelMeeting", &format!("<meetingKey>{MEETING_KEY}</meetingKey>")));
    assert_fault(&list(&sandbox, ""), "060001");
    assert_fault(&asked(&sandbox, &password(&HOST), "DelMeetingAttendee", &format!("<attendeeID>{ann}</attendeeID>")), "000015");
    let again = format!("{}<meetingKey>{MEETING_KEY}</meetingKey>", person("ann"));
    assert_fault(&asked(&sandbox, &password(&HOST), "CreateMeetingAttendee", &again), "060001");
}

/// Creates a meeting of the host that accepts registrations.
fn with_registration(sandbox: &Sandbox, auto: bool) -> String {
    let children = format!(
        "<metaData><confName>Open day</confName></metaData><accessControl><meetingPassword>Secret-9</meetingPassword></accessControl>\
         <attendeeOptions><registration>true</registration><auto>{auto}</auto></attendeeOptions>"
    );
    let answer = call(sandbox, &password(&HOST), "meeting.CreateMeeting", &children);
    text(&answer, "meet:meetingkey").unwrap().to_owned()
}

#[test]
fn people_can_register_if_the_meeting_allows_it() {
    let sandbox = site(SiteKind::Ci);
    let register = |key: &str, email: &str, more: &str| {
        let children =
            format!("<attendees><person><name>C</name><email>{email}</email></person>{more}<sessionKey>{key}</sessionKey></attendees>");
        asked(&sandbox, &password(&CALLER), "RegisterMeetingAttendee", &children)
    };
    let key = with_registration(&sandbox, false);
    let answer = register(&key, CALLER.webex_id, "");
    assert!(text(&answer, "att:attendeeID").is_some() && text(&answer, "att:registerID").is_some(), "{answer}");
    let all = asked(&sandbox, &password(&HOST), "LstMeetingAttendee", &format!("<sessionKey>{key}</sessionKey>"));
    assert_eq!((text(&all, "att:joinStatus"), text(&all, "att:registered")), (Some("REGISTER"), Some("true")), "{all}");
    assert_eq!(text(&all, "att:registerID"), text(&answer, "att:registerID"));
    // A registered person takes part only after the host has accepted the registration, or immediately if the meeting accepts all.
    let sees = |key: &str| {
        call(&sandbox, &password(&CALLER), "ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>")).contains("Secret-9")
    };
    assert!(!sees(&key));
    let accept =
        format!("<person><email>{}</email></person><joinStatus>ACCEPT</joinStatus><sessionKey>{key}</sessionKey>", CALLER.webex_id);
    let answer = asked(&sandbox, &password(&HOST), "CreateMeetingAttendee", &accept);
    assert!(text(&answer, "att:registerID").is_some(), "{answer}");
    assert!(sees(&key));
    let auto = with_registration(&sandbox, true);
    assert_success(&register(&auto, CALLER.webex_id, ""));
    assert!(sees(&auto));

    let reject = accept.replace("ACCEPT", "REJECT").replace(&key, &auto);
    assert_success(&asked(&sandbox, &password(&HOST), "CreateMeetingAttendee", &reject));
    assert_fault(&register(&auto, CALLER.webex_id, ""), "000001");
    assert!(!sees(&auto));
    assert_fault(&register(&auto, "somebody@else.example", ""), "000001");
    assert_fault(&register(&auto, CALLER.webex_id, "<role>HOST</role>"), "000001");
    // A person cannot take over the entry of somebody else by adding a name to it.
    let victim = format!("{}<role>HOST</role><sessionKey>{key}</sessionKey>", person("ann"));
    assert_success(&asked(&sandbox, &password(&HOST), "CreateMeetingAttendee", &victim));
    let taken = format!(
        "<attendees><person><webExId>{}</webExId><email>ann@acme.example</email></person><sessionKey>{key}</sessionKey></attendees>",
        CALLER.webex_id
    );
    assert_fault(&asked(&sandbox, &password(&CALLER), "RegisterMeetingAttendee", &taken), "000001");
    assert_fault(&register(&MEETING_KEY.to_string(), CALLER.webex_id, ""), "000001");
    assert_fault(&register("17260999999", CALLER.webex_id, ""), "060001");
}

#[test]
fn other_users_cannot_see_or_change_a_session() {
    let sandbox = site(SiteKind::Ci);
    invite(&sandbox, "ann", "");
    let key = format!("<meetingKey>{MEETING_KEY}</meetingKey>");
    assert_fault(&asked(&sandbox, &password(&CALLER), "LstMeetingAttendee", &key), "000001");
    let himself = format!("<person><email>{}</email></person><role>HOST</role>{key}", CALLER.webex_id);
    assert_fault(&asked(&sandbox, &password(&CALLER), "CreateMeetingAttendee", &himself), "000001");
    assert_success(&asked(&sandbox, &password(&ADMIN), "LstMeetingAttendee", &key));
    assert_success(&asked(&sandbox, &password(&ADMIN), "CreateMeetingAttendee", &himself));
    assert_success(&asked(&sandbox, &password(&CALLER), "LstMeetingAttendee", &key));
    // An attendee may leave the list.
    let leave = format!("<attendeeEmail><email>{}</email><sessionKey>{MEETING_KEY}</sessionKey></attendeeEmail>", CALLER.webex_id);
    assert_success(&asked(&sandbox, &password(&CALLER), "DelMeetingAttendee", &leave));
    assert_fault(&asked(&sandbox, &password(&CALLER), "LstMeetingAttendee", &key), "000001");
}

#[test]
fn sampled_sessions_have_sampled_attendees() {
    let sandbox = site(SiteKind::Ci);
    let event = call(&sandbox, &password(&HOST), "event.LstsummaryEvent", "");
    let key = text(&event, "event:sessionKey").unwrap();
    for (operation, children) in [
        ("LstMeetingAttendee", format!("<sessionKey>{key}</sessionKey>")),
        ("RegisterMeetingAttendee", format!("<attendees>{}<sessionKey>{key}</sessionKey></attendees>", person("ann"))),
        ("DelMeetingAttendee", format!("<attendeeEmail><email>ann@acme.example</email><sessionKey>{key}</sessionKey></attendeeEmail>")),
    ] {
        assert_success(&asked(&sandbox, &password(&HOST), operation, &children));
    }
}
