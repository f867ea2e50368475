//! Tests rules 14 to 17: sessions, their passwords, and who may see them.

use webex_xml_sandbox::{ADMIN, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, ROOM_KEY, Sandbox, SiteKind};

use crate::support::text;
use crate::{assert_fault, assert_success, call, password, site};

fn session(sandbox: &Sandbox, context: &str, key: i64, more: &str) -> String {
    call(sandbox, context, "ep.GetSessionInfo", &format!("<sessionKey>{key}</sessionKey>{more}"))
}

#[test]
fn rule_14_an_account_may_be_required_to_join() {
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

/// Schedules a meeting and returns its key.
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
        let enforced = made.then_some("true");
        assert_eq!((text(&answer, "ep:isEnforceAudioPassword"), text(&answer, "ep:isEnforceAudioLogin")), (enforced, enforced));
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
fn a_meeting_is_created_changed_and_deleted() {
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

/// Returns the texts of these elements in a response.
fn told<'a>(answer: &'a str, prefix: &str, names: &[&str]) -> Vec<Option<&'a str>> {
    names.iter().map(|name| text(answer, &format!("{prefix}:{name}"))).collect()
}

#[test]
fn all_responses_show_a_meeting_in_the_same_way() {
    let sandbox = site(SiteKind::Ci);
    let key = schedule(
        &sandbox,
        &password(&HOST),
        "<accessControl><meetingPassword>Secret-9</meetingPassword><listToPublic>false</listToPublic></accessControl>\
         <metaData><confName>Stand-up</confName><meetingType>105</meetingType><agenda>Yesterday &amp; today</agenda></metaData>\
         <schedule><startDate>10/20/2015 9:05:00</startDate><duration>60</duration><timeZoneID>45</timeZoneID></schedule>\
         <telephony><telephonySupport>OTHER</telephonySupport><extTelephonyDescription>Toll: 555</extTelephonyDescription></telephony>\
         <repeat><repeatType>DAILY</repeatType><afterMeetingNumber>5</afterMeetingNumber></repeat>\
         <attendeeOptions><registration>true</registration></attendeeOptions>",
    );
    let check = |expected: [&str; 9]| {
        let [name, kind, start, minutes, id, zone, recurring, support, agenda] = expected.map(Some);
        let meeting = call(&sandbox, &password(&HOST), "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        let info = session(&sandbox, &password(&HOST), key, "");
        let meetings = call(&sandbox, &password(&HOST), "meeting.LstsummaryMeeting", &format!("<meetingKey>{key}</meetingKey>"));
        let sessions = call(&sandbox, &password(&HOST), "ep.LstsummarySession", &format!("<sessionKey>{key}</sessionKey>"));
        for answer in [&meeting, &info, &meetings, &sessions] {
            webex_xml_types::Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{answer}"));
        }
        let in_meeting = ["confName", "meetingType", "startDate", "duration", "timeZoneID", "timeZone"];
        assert_eq!(told(&meeting, "meet", &in_meeting), [name, kind, start, minutes, id, zone], "{meeting}");
        assert_eq!(told(&meetings, "meet", &in_meeting), [name, kind, start, minutes, id, zone], "{meetings}");
        let in_session = ["confName", "sessionType", "startDate", "duration", "timeZoneID", "timeZone", "isRecurring"];
        assert_eq!(told(&info, "ep", &in_session), [name, kind, start, minutes, id, zone, recurring], "{info}");
        let in_list = ["confName", "sessionType", "startTime", "duration", "timeZoneID", "timeZone", "isRecurring"];
        assert_eq!(told(&sessions, "ep", &in_list), [name, kind, start, minutes, id, zone, recurring], "{sessions}");

        assert_eq!([text(&meeting, "meet:telephonySupport"), text(&info, "ep:telephonySupport")], [support, support]);
        assert_eq!(text(&meeting, "serv:tollNum"), text(&info, "serv:tollNum"));
        assert_eq!([text(&meeting, "meet:agenda"), text(&info, "ep:agenda")], [agenda, agenda]);
        assert_eq!([text(&meeting, "meet:meetingPassword"), text(&info, "ep:sessionPassword")], [Some("Secret-9"); 2]);
        assert_eq!([text(&info, "ep:passwordReq"), text(&sessions, "ep:passwordReq")], [Some("true"); 2]);
        let listings = [text(&info, "ep:listStatus"), text(&meetings, "meet:listStatus"), text(&sessions, "ep:listStatus")];
        assert_eq!(listings, [Some("UNLISTED"); 3]);
        let registration = [text(&meeting, "meet:registration"), text(&info, "ep:registration"), text(&sessions, "ep:registration")];
        assert_eq!(registration, [Some("true"); 3]);
        assert_eq!([text(&meeting, "meet:repeatType") == Some("NO_REPEAT"), recurring == Some("false")], [recurring == Some("false"); 2]);
        assert_eq!([text(&sessions, "ep:hostEmail"), text(&info, "ep:email")], [Some(HOST.webex_id); 2]);
        info
    };
    let beijing = ["Stand-up", "105", "10/20/2015 09:05:00", "60", "45", "GMT+08:00, China (Beijing)"];
    let info = check([&beijing[..], &["true", "OTHER", "Yesterday &amp; today"]].concat().try_into().unwrap());
    assert_eq!(text(&info, "ep:extTelephonyDescription"), Some("Toll: 555"));
    assert!(!info.contains("callInNum"), "nobody dials in: {info}");

    let change = format!(
        "<meetingkey>{key}</meetingkey><schedule><timeZoneID>4</timeZoneID></schedule><repeat><repeatType>NO_REPEAT</repeatType></repeat>\
         <telephony><telephonySupport>CALLIN</telephonySupport></telephony><metaData><agenda>Tomorrow</agenda></metaData>"
    );
    assert_success(&call(&sandbox, &password(&HOST), "meeting.SetMeeting", &change));
    let pacific = ["Stand-up", "105", "10/20/2015 09:05:00", "60", "4", "GMT-08:00, Pacific (San Jose)", "false", "CALLIN", "Tomorrow"];
    assert!(text(&check(pacific), "serv:tollNum").is_some());
}

#[test]
fn a_meeting_has_the_defaults_of_live_servers() {
    let sandbox = site(SiteKind::NonSso);
    let made = call(&sandbox, &password(&HOST), "meeting.CreateMeeting", "<metaData><confName>Plain</confName></metaData>");
    let token = text(&made, "meet:guestToken").unwrap_or_else(|| panic!("{made}"));
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    let key = text(&made, "meet:meetingkey").unwrap();
    let get = |key: &str| call(&sandbox, &password(&HOST), "meeting.GetMeeting", &format!("<meetingKey>{key}</meetingKey>"));
    let meeting = get(key);
    let expected = [
        ("guestToken", token),
        ("repeatType", "NO_REPEAT"),
        ("meetingType", "3"),
        ("telephonySupport", "NONE"),
        ("openTime", "0"),
        ("joinRequiresAccount", "false"),
        ("hostWebExID", HOST.webex_id),
        ("status", "NOT_INPROGRESS"),
    ];
    for (name, value) in expected {
        assert_eq!(text(&meeting, &format!("meet:{name}")), Some(value), "{name}: {meeting}");
    }
    assert!(text(&meeting, "meet:eventID").is_some_and(|id| id.parse::<i64>().is_ok()), "{meeting}");
    // The default session type is that of the host's settings, otherwise the first one that the host may use.
    let types = "<meetingTypes><meetingType>214</meetingType><meetingType>13</meetingType></meetingTypes>";
    let usual = |settings: &str| {
        let user = format!("<webExId>{}</webExId>{settings}", HOST.webex_id);
        assert_success(&call(&sandbox, &password(&ADMIN), "user.SetUser", &user));
        let made = call(&sandbox, &password(&HOST), "meeting.CreateMeeting", "<metaData><meetingType/></metaData>");
        text(&get(text(&made, "meet:meetingkey").unwrap()), "meet:meetingType").map(str::to_owned)
    };
    assert_eq!(usual(types).as_deref(), Some("214"));
    assert_eq!(usual("<sessionOptions><defaultSessionType>13</defaultSessionType></sessionOptions>").as_deref(), Some("13"));
    assert_eq!(text(&get(key), "meet:meetingType"), Some("3"), "that of a meeting stays");
}
