//! Tests that a sandbox with the accounts of the release note responds to its sample requests, as printed and repaired, as the note says.
//! The rules of the release are tested in `rules`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use support::{post, text};
use webex_xml_sandbox::{AUDIO_MEETING_KEY, Builder, NewAccount, ROOM_KEY, Sandbox, SiteKind};
use webex_xml_types::Document;

/// Includes a sample request: repaired, and as the note prints it if that is well-formed.
macro_rules! samples {
    ($($file:literal),+) => { [$(include_str!(concat!("../../tests/release_notes/", $file))),+] };
}

const CREATE_USER: [&str; 2] = samples!("01-create-user.request.xml", "damaged/01-create-user.xml");
const SET_USER: [&str; 2] = samples!("03-set-user.request.xml", "damaged/03-set-user.xml");
const BY_TOKEN: [&str; 1] = samples!("05-authenticate-user-token.request.xml");
const SITE_TYPE: [&str; 2] = samples!("07-get-site-type.request.xml", "damaged/07-get-site-type.xml");
const CREATE_WITH_ROOM: [&str; 1] = samples!("09-create-user-personal-room.request.xml");
const ROOM: [&str; 1] = samples!("10-get-session-info-room.request.xml");
const AUDIO: [&str; 2] = samples!("12-get-session-info-audio.request.xml", "damaged/12-get-session-info-audio.xml");
const BY_PASSWORD: [&str; 1] = samples!("14-authenticate-user-password.request.xml");

/// The access token in the sample. It is not the one in the note.
const TOKEN: &str = "TmV2ZXJBVG9rZW5PZkFueWJvZHlKdXN0U2l4dHlTZXZlbkxldHRlcnNPckZpZ3VyZXM0";

/// Returns a site with the accounts of the samples, which accepts the names and numbers of the samples.
fn site() -> Builder {
    let accounts = [
        NewAccount::new("admincred@acme.com", "P@ssword123").administrator(),
        NewAccount::new("siteadmin@acme.com", "P@ssword1234").administrator(),
        NewAccount::new("JohnDoe@acme.com", "Any-Pass-1"),
        NewAccount::new("Jane.Doe@acme.com", "Any-Pass-1").access_token(TOKEN),
        NewAccount::new("ysmith", "*****"),
        NewAccount::new("jsmith", "Aaa123456").administrator(),
        NewAccount::new("username.on.ciintegration@acme.com", "P@ssword000"),
    ];
    accounts.into_iter().fold(Sandbox::builder(), Builder::user)
}

fn ask(sandbox: &Sandbox, request: &str) -> String {
    let (status, answer) = post(sandbox, "Content-Type: text/xml\r\n", request.as_bytes());
    assert_eq!(status, 200);
    Document::from_xml_strict(answer.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{answer}"));
    answer
}

fn assert_told(answer: &str, expected: &[(&str, &str)]) {
    for (name, value) in expected {
        assert_eq!(text(answer, name), Some(*value), "{name}: {answer}");
    }
}

#[test]
fn a_unified_site_refuses_user_management() {
    let sandbox = site().kind(SiteKind::Ci).start().unwrap();
    for request in CREATE_USER.iter().chain(&CREATE_WITH_ROOM) {
        let answer = ask(&sandbox, request);
        assert_told(&answer, &[("serv:result", "FAILURE"), ("serv:exceptionID", "030098"), ("serv:gsbStatus", "PRIMARY")]);
        assert_told(&answer, &[("serv:reason", "User management is not allowed on unified site")]);
    }
    for request in SET_USER {
        let answer = ask(&sandbox, request);
        assert_told(&answer, &[("serv:result", "SUCCESS")]);
        assert!(answer.contains("xsi:type=\"use:setUserResponse\"/>"), "{answer}");
    }
}

#[test]
fn the_site_number_needs_the_partner_of_the_sample() {
    for (partner, result) in [("mywebexpartnerid", "SUCCESS"), ("another", "FAILURE")] {
        let sandbox = site().site("acme").site_id(5_941_234_567).partner_id(partner).start().unwrap();
        assert_told(&ask(&sandbox, SET_USER[0]), &[("serv:result", result)]);
    }
}

#[test]
fn on_other_sites_a_user_is_created_with_a_personal_room() {
    let sandbox = site().kind(SiteKind::NonSso).start().unwrap();
    // The account name of the sample is already in use on this site.
    let request = CREATE_WITH_ROOM[0].replace("Jane.Doe@", "Joan.Doe@");
    assert_told(&ask(&sandbox, &request), &[("serv:result", "SUCCESS")]);
    let get = request.replace("user.CreateUser", "user.GetUser");
    let user = ask(&sandbox, &get);
    assert_told(&user, &[("use:firstName", "Jane"), ("use:PMRAutoLock", "false"), ("use:PMRAutoLockWaitTime", "17")]);
    assert_told(&user, &[("use:PRNotifications", "<use:mode>EMAIL</use:mode><use:mode>SMS</use:mode>")]);
}

#[test]
fn a_token_or_a_password_is_exchanged_for_a_ticket() {
    let sandbox = site().kind(SiteKind::Ci).start().unwrap();
    for request in BY_TOKEN.iter().chain(&BY_PASSWORD) {
        let answer = ask(&sandbox, request);
        assert_told(&answer, &[("serv:result", "SUCCESS"), ("use:timeToLive", "5400")]);
        assert!(text(&answer, "use:sessionTicket").is_some_and(|ticket| ticket.len() > 60), "{answer}");
        assert!(text(&answer, "use:createTime").is_some_and(|time| time.len() == 13), "{answer}");
    }
    let wrong = BY_TOKEN[0].replace(TOKEN, "another");
    assert_told(&ask(&sandbox, &wrong), &[("serv:exceptionID", "200006"), ("serv:reason", "AS Server response error")]);
}

#[test]
fn the_type_of_the_site_is_a_number() {
    for kind in SiteKind::ALL {
        let sandbox = site().kind(kind).start().unwrap();
        for request in SITE_TYPE {
            assert_told(&ask(&sandbox, request), &[("ep:siteType", kind.number().to_string().as_str())]);
        }
    }
}

#[test]
fn a_room_has_a_sip_address_and_a_meeting_an_audio_password() {
    let sandbox = site().start().unwrap();
    let room = ask(&sandbox, ROOM[0]);
    let expected = [
        ("ep:sessionkey", ROOM_KEY.to_string()),
        ("ep:listStatus", "UNLISTED".to_owned()),
        ("ep:isPersonalMeetingRoom", "true".to_owned()),
        ("ep:isCETMeeting", "true".to_owned()),
        ("ep:joinRequiresAccount", "false".to_owned()),
        ("ep:startDate", "12/31/2065 13:00:00".to_owned()),
        ("ep:duration", "720".to_owned()),
        ("ep:timeZoneID", "4".to_owned()),
        ("ep:seriesMeetingKey", "0".to_owned()),
    ];
    for (name, value) in &expected {
        assert_eq!(text(&room, name), Some(value.as_str()), "{name}: {room}");
    }
    assert!(text(&room, "ep:sipURL").is_some_and(|address| address.contains('@')), "{room}");
    for request in AUDIO {
        let meeting = ask(&sandbox, request);
        assert_eq!(text(&meeting, "ep:sessionkey"), Some(AUDIO_MEETING_KEY.to_string().as_str()), "{meeting}");
        assert_told(&meeting, &[("ep:passwordReq", "true"), ("ep:isEnforceAudioPassword", "true"), ("ep:isEnforceAudioLogin", "true")]);
        assert!(text(&meeting, "ep:audioPassword").is_some_and(|digits| digits.len() == 8), "{meeting}");
    }
}
