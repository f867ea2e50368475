//! Rules 14 to 17: sessions, their passwords, and who sees them.

use webex_xml_sandbox::{ADMIN, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, ROOM_KEY, Sandbox, SiteKind};

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

fn session(sandbox: &Sandbox, context: &str, key: i64, more: &str) -> String {
    call(sandbox, context, "ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>{more}"))
}

#[test]
fn rule_14_who_needs_an_account_to_join() {
    let sandbox = site(SiteKind::Ci);
    let flag = |key| text(&session(&sandbox, &password(&HOST), key, ""), "ep:joinRequiresAccount").map(str::to_owned);
    for (value, expected) in [(Some("1"), "true"), (Some("2"), "false"), (None, "false")] {
        sandbox.set_pmr_force_login(value);
        assert_eq!(flag(ROOM_KEY).as_deref(), Some(expected));
        assert_eq!(flag(MEETING_KEY).as_deref(), Some("true"), "its own flag");
    }
}

#[test]
fn rule_15_sip_urls_are_for_cet_meetings() {
    let sandbox = site(SiteKind::Ci);
    let room = session(&sandbox, &password(&HOST), ROOM_KEY, "");
    assert_eq!((text(&room, "ep:isCETMeeting"), text(&room, "ep:sipURL")), (Some("true"), Some("host@acme.webex.com")));
    let meeting = session(&sandbox, &password(&HOST), MEETING_KEY, "");
    assert_eq!((text(&meeting, "ep:isCETMeeting"), text(&meeting, "ep:sipURL")), (Some("false"), None));
}

#[test]
fn rule_15_a_site_without_cet_has_no_sip_urls() {
    let sandbox = Sandbox::builder().site("acme").cet(false).start().unwrap();
    let room = session(&sandbox, &password(&HOST), ROOM_KEY, "");
    assert_eq!((text(&room, "ep:isCETMeeting"), text(&room, "ep:sipURL")), (Some("false"), None));
    sandbox.set_cet(true);
    assert!(text(&session(&sandbox, &password(&HOST), ROOM_KEY, ""), "ep:sipURL").is_some());
}

/// Schedules a meeting, and gives its key.
fn schedule(sandbox: &Sandbox, context: &str, children: &str) -> i64 {
    let answer = call(sandbox, context, "meeting.CreateMeeting", children);
    text(&answer, "meet:meetingkey").unwrap_or_else(|| panic!("{answer}")).parse().unwrap()
}

const WITH_PASSWORD: &str = "<accessControl><meetingPassword>Secret-9</meetingPassword></accessControl>\
    <metaData><confName>Review</confName></metaData><schedule><startDate>10/01/2015 09:00:00</startDate><duration>30</duration></schedule>";

#[test]
fn rule_16_audio_passwords_are_made_when_scheduling() {
    for (super_admin, site_admin, children, made) in [
        (true, true, WITH_PASSWORD, true),
        (true, true, "<metaData><confName>Open</confName></metaData>", false),
        (false, true, WITH_PASSWORD, false),
        (true, false, WITH_PASSWORD, false),
    ] {
        let sandbox = Sandbox::builder().site("acme").audio_password(super_admin, site_admin).start().unwrap();
        let key = schedule(&sandbox, &password(&HOST), children);
        let answer = session(&sandbox, &password(&HOST), key, "");
        assert_eq!(text(&answer, "ep:audioPassword").is_some_and(|digits| digits.len() == 8), made, "{answer}");
        let enforced = if super_admin && site_admin { "true" } else { "false" };
        assert_eq!((text(&answer, "ep:isEnforceAudioPassword"), text(&answer, "ep:isEnforceAudioLogin")), (Some(enforced), Some(enforced)));
    }
}

#[test]
fn rule_17_who_sees_passwords() {
    let sandbox = site(SiteKind::Ci);
    let known = format!("<sessionPassword>{MEETING_PASSWORD}</sessionPassword>");
    let anonymous = "<siteName>acme</siteName>".to_owned();
    for (context, more, all) in [
        (password(&HOST), "", true),
        (password(&ADMIN), "", true),
        (password(&CALLER), "", false),
        (password(&CALLER), known.as_str(), true),
        (anonymous.clone(), "", false),
        (anonymous.clone(), known.as_str(), true),
        (anonymous, "<sessionPassword>wrong</sessionPassword>", false),
    ] {
        let answer = session(&sandbox, &context, MEETING_KEY, more);
        assert_eq!(text(&answer, "ep:passwordReq"), Some("true"));
        assert_eq!(text(&answer, "ep:sessionPassword").is_some(), all, "{answer}");
        assert_eq!(text(&answer, "ep:audioPassword").is_some(), all, "{answer}");
        assert_eq!(answer.contains("<ep:telephony>"), all);
    }
    assert_fault(&session(&sandbox, &password(&HOST), 1, ""), "060001");
    assert_fault(&session(&sandbox, &password(&HOST).replace(HOST.password, "x"), ROOM_KEY, ""), "030002");
    assert_fault(&session(&sandbox, &password(&HOST).replace(HOST.webex_id, "x"), ROOM_KEY, ""), "030001");
}

#[test]
fn rule_17_invitees_see_all_and_alternate_hosts_change_it() {
    let sandbox = site(SiteKind::Ci);
    let invite = |role: &str| {
        let person = format!("<person><name>Cay</name><email>{}</email></person><role>{role}</role>", CALLER.webex_id);
        format!("{WITH_PASSWORD}<participants><attendees><attendee>{person}</attendee></attendees></participants>")
    };
    let change = |key| format!("<meetingkey>{key}</meetingkey><metaData><confName>Changed</confName></metaData>");
    let attended = schedule(&sandbox, &password(&HOST), &invite("ATTENDEE"));
    let answer = session(&sandbox, &password(&CALLER), attended, "");
    assert_eq!((text(&answer, "ep:sessionPassword"), text(&answer, "ep:isAlternateHost")), (Some("Secret-9"), Some("false")), "{answer}");
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.SetMeeting", &change(attended)), "000001");

    let hosted = schedule(&sandbox, &password(&HOST), &invite("HOST"));
    assert_eq!(text(&session(&sandbox, &password(&CALLER), hosted, ""), "ep:isAlternateHost"), Some("true"));
    assert_success(&call(&sandbox, &password(&CALLER), "meeting.SetMeeting", &change(hosted)));
    let answer = call(&sandbox, &password(&HOST), "meeting.GetMeeting", &format!("<meetingKey>{hosted}</meetingKey>"));
    assert_eq!((text(&answer, "meet:confName"), text(&answer, "meet:meetingPassword")), (Some("Changed"), Some("Secret-9")), "{answer}");
}

#[test]
fn a_meetings_life() {
    let sandbox = site(SiteKind::NonSso);
    let key = schedule(&sandbox, &password(&HOST), WITH_PASSWORD);
    assert!(key > i64::from(i32::MAX), "keys need more than 32 bits: {key}");
    let by_key = format!("<meetingKey>{key}</meetingKey>");
    let answer = session(&sandbox, &password(&HOST), key, "");
    assert_eq!((text(&answer, "ep:startDate"), text(&answer, "ep:duration")), (Some("10/01/2015 09:00:00"), Some("30")), "{answer}");
    for operation in ["meeting.GethosturlMeeting", "meeting.GetjoinurlMeeting"] {
        assert!(call(&sandbox, &password(&HOST), operation, &format!("<sessionKey>{key}</sessionKey>")).contains(&key.to_string()));
    }
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.GethosturlMeeting", &format!("<sessionKey>{key}</sessionKey>")), "000001");
    let other = format!("{WITH_PASSWORD}<schedule><hostWebExID>{}</hostWebExID></schedule>", HOST.webex_id).replacen(
        "<schedule><startDate>10/01/2015 09:00:00</startDate><duration>30</duration></schedule>",
        "",
        1,
    );
    assert_success(&call(&sandbox, &password(&ADMIN), "meeting.CreateMeeting", &other));
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.CreateMeeting", &other), "060021");
    assert_fault(&call(&sandbox, &password(&ADMIN), "meeting.CreateMeeting", &other.replace(HOST.webex_id, "nobody")), "060019");
    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.CreateMeeting", WITH_PASSWORD), "000001");

    assert_fault(&call(&sandbox, &password(&CALLER), "meeting.DelMeeting", &by_key), "000001");
    assert_success(&call(&sandbox, &password(&HOST), "meeting.DelMeeting", &by_key));
    assert_fault(&call(&sandbox, &password(&HOST), "meeting.GetMeeting", &by_key), "060001");
    assert_fault(&call(&sandbox, &password(&HOST), "ep.DelSession", &format!("<sessionKey>{ROOM_KEY}</sessionKey>")), "000001");
    assert_success(&call(&sandbox, &password(&HOST), "ep.DelSession", &format!("<sessionKey>{MEETING_KEY}</sessionKey>")));
}
