//! Tests that the samples of the release note and typed values of the main operations, written in schema-qualified form, are valid against
//! `xsd/` according to `xmllint`. Without `xmllint`, the tests print a message and pass. The WebEx request form is not tested, because no
//! schema describes it.
#![allow(clippy::expect_used, clippy::panic, reason = "a failed test panics")]

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/xmllint.rs"]
mod xmllint;

use webex_xml_types::{Document, attendee, com, ep, meeting, serv, user};
use xmllint::Xmllint;

#[test]
fn the_samples_of_the_release_note_are_valid() {
    let Some(xmllint) = Xmllint::find("samples") else { return };
    let mut messages = Vec::new();
    for name in fixtures::names(".") {
        let sample = fixtures::text(&name);
        let document = Document::from_xml(sample.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        messages.push((format!("{name}.written"), document.to_xml().expect("a message that can be written")));
        // The samples of responses are already schema-qualified.
        if name.ends_with(".response") {
            messages.push((name, sample));
        }
    }
    assert_eq!(messages.len(), 15 + 7);
    assert_eq!(xmllint.complaints(&messages), [""; 0]);
}

#[test]
fn an_invalid_message_is_detected() {
    let Some(xmllint) = Xmllint::find("invalid") else { return };
    let sample = fixtures::text("08-get-site-type.response");
    for (name, right, wrong) in [
        ("value", "<ep:siteType>3<", "<ep:siteType>three<"),
        ("missing", "<ep:siteType>3</ep:siteType>", ""),
        ("type", "ep:getSiteTypeResponse", "ep:getSiteTypesResponse"),
        ("namespace", "<ep:siteType>3</ep:siteType>", "<serv:siteType>3</serv:siteType>"),
    ] {
        let message = sample.replace(right, wrong);
        assert_ne!(message, sample, "{name}");
        let complaints = xmllint.complaints(&[(name.to_owned(), message)]);
        assert!(complaints.iter().any(|line| line.contains(name)), "{name}: {complaints:?}");
    }
}

#[test]
fn typed_messages_of_the_main_operations_are_valid() {
    let Some(xmllint) = Xmllint::find("operations") else { return };
    let named: Vec<(String, String)> = messages()
        .into_iter()
        .map(|(name, document)| (name.to_owned(), document.to_xml().unwrap_or_else(|error| panic!("{name}: {error}"))))
        .collect();
    assert_eq!(xmllint.complaints(&named), [""; 0]);
}

fn request(operation: impl Into<serv::AnyBodyContent>) -> Document {
    let context = serv::SecurityContext::new().with_site_name("acme").with_webex_id("host").with_password("a&b<c>");
    let header = serv::message::Header::new().with_security_context(context);
    serv::Message::new(header, serv::message::Body::new([operation])).into()
}

fn answer(content: impl Into<serv::AnyBodyContent>) -> Document {
    let header = serv::message::Header::new().with_response([serv::Response::new(serv::ResultType::Success)]);
    serv::Message::new(header, serv::message::Body::new([content])).into()
}

/// Returns a message for each main operation, with more than the required elements.
fn messages() -> Vec<(&'static str, Document)> {
    let id = || "host@acme.com".to_owned();
    let room = user::PersonalMeetingRoom::new().with_pmr_auto_lock(true).with_pmr_auto_lock_wait_time(5);
    let created = user::CreateUser::new(id())
        .with_first_name("Jane")
        .with_last_name("Doe")
        .with_email("host@acme.com")
        .with_password("P@ss12345")
        .with_active(user::Active::Activated)
        .with_personal_meeting_room(room.clone());
    let page = || serv::LstControl::new().with_start_from(1).with_maximum_num(50).with_list_method(serv::LstMethod::And);
    let person = com::Person::new("a@b.c").with_name("A");
    vec![
        ("getAPIVersion", request(ep::GetApiVersion::new())),
        ("getAPIVersionResponse", answer(ep::GetApiVersionResponse::new("WebEx XML API V9.0").with_train_release_order(400))),
        ("getSiteType", request(ep::GetSiteType::new())),
        ("getSiteTypeResponse", answer(ep::GetSiteTypeResponse::new(5))),
        ("getSessionInfo", request(ep::GetSessionInfo::new(17_260_117_096).with_session_password("x"))),
        ("lstsummarySession", request(ep::LstSummarySession::new().with_list_control(page()).with_status(ep::Status::InProgress))),
        ("lstRecording", request(ep::LstRecording::new().with_host_webex_id("host").with_return_session_details(true))),
        ("delSession", request(ep::DelSession::new(1))),
        ("createUser", request(created)),
        ("createUserResponse", answer(user::CreateUserResponse::new().with_user_id(5_000_000_000))),
        ("setUser", request(user::SetUser::new(id()).with_new_webex_id("other").with_personal_meeting_room(room))),
        ("setUserResponse", answer(user::SetUserResponse::new())),
        ("getUser", request(user::GetUser::new(id()))),
        ("getUserResponse", answer(user::GetUserResponse::new(id()).with_visit_count(3).with_pe_active(true))),
        ("delUser", request(user::DelUser::new([id(), "second".to_owned()]))),
        ("activateUser", request(user::ActivateUser::new().with_choice(user::ActivateUserChoice::WebexId(id())))),
        ("inactivateUser", request(user::InactivateUser::new().with_choice(user::InactivateUserChoice::UserId(5_000_000_000)))),
        ("authenticateUser", request(user::AuthenticateUser::new().with_saml_response("PD94").with_protocol("SAML2.0"))),
        ("authenticateUserResponse", answer(user::AuthenticateUserResponse::new("ticket").with_time_to_live(5400))),
        ("getLoginTicket", request(user::GetLoginTicket::new())),
        ("getloginurlUser", request(user::GetLoginUrlUser::new(id()))),
        ("lstsummaryUser", request(user::LstSummaryUser::new().with_list_control(page()))),
        ("createMeeting", request(create_meeting())),
        ("createMeetingResponse", answer(meeting::CreateMeetingResponse::new().with_meeting_key(17_260_117_096))),
        ("setMeeting", request(meeting::SetMeeting::new(1))),
        ("getMeeting", request(meeting::GetMeeting::new(1))),
        ("delMeeting", request(meeting::DelMeeting::new(1))),
        ("lstsummaryMeeting", request(meeting::LstSummaryMeeting::new().with_list_control(page()))),
        ("gethosturlMeeting", request(meeting::GetHostUrlMeeting::new())),
        ("getjoinurlMeeting", request(meeting::GetJoinUrlMeeting::new())),
        ("createMeetingAttendee", request(attendee::CreateMeetingAttendee::new(person).with_session_key(1))),
        ("lstMeetingAttendee", request(attendee::LstMeetingAttendee::new().with_meeting_key(1))),
    ]
}

fn create_meeting() -> meeting::CreateMeeting {
    let schedule = meeting::Schedule::new().with_start_date("01/02/2016 03:04:05").with_duration(30).with_time_zone_id(4);
    meeting::CreateMeeting::new()
        .with_access_control(meeting::AccessControl::new().with_meeting_password("secret").with_enforce_password(true))
        .with_metadata(meeting::Metadata::new().with_conf_name("Über & over"))
        .with_schedule(schedule)
        .with_enable_options(meeting::EnableOptions::new().with_chat(true))
        .with_telephony(meeting::Telephony::new())
        .with_attendee_options(meeting::AttendeeOptions::new())
}
