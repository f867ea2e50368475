//! Tests the seven responses of the release note. Read in tolerant and in strict mode, each must equal the value built here; the value is
//! written like the sample and read again as the same value.

use webex_xml_types::ep::{Format, GetSessionInfoResponse, Listing, get_session_info_response as info};
use webex_xml_types::{Document, com, ep, meeting, serv, user};
use xsdgen_codec::ReadOptions;

use crate::canonical::{Allowed, differences};
use crate::fixtures;

/// A response of the note: its file and the equal value.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    answer: fn() -> Document,
}

#[rustfmt::skip]
pub(crate) const SAMPLES: [Sample; 7] = [
    Sample { name: "02-create-user-refused.response", answer: create_user_refused },
    Sample { name: "04-set-user.response", answer: set_user },
    Sample { name: "06-authenticate-user-token.response", answer: authenticate_user_by_token },
    Sample { name: "08-get-site-type.response", answer: get_site_type },
    Sample { name: "11-get-session-info-room.response", answer: get_session_info_of_a_room },
    Sample { name: "13-get-session-info-audio.response", answer: get_session_info_with_audio },
    Sample { name: "15-authenticate-user-password.response", answer: authenticate_user_by_password },
];

#[test]
fn responses_are_read_in_tolerant_mode_without_notes() {
    for Sample { name, answer } in SAMPLES {
        let sample = fixtures::text(name);
        let reading = Document::read(sample.as_bytes(), &ReadOptions::tolerant()).expect("a sample that can be read");
        assert_eq!(reading.value, answer(), "{name}");
        assert!(reading.notes.is_empty(), "{name}: {:#?}", reading.notes);
    }
}

#[test]
fn responses_are_valid_in_strict_mode() {
    for Sample { name, answer } in SAMPLES {
        // In strict mode, a string keeps the line break that sample 15 has at the end of its ticket.
        let sample = fixtures::text(name).replace("\n      </use:sessionTicket>", "</use:sessionTicket>");
        assert_eq!(Document::from_xml_strict(sample.as_bytes()).expect("a valid sample"), answer(), "{name}");
    }
    let sample = fixtures::text("15-authenticate-user-password.response");
    assert_ne!(Document::from_xml_strict(sample.as_bytes()).expect("a valid sample"), authenticate_user_by_password());
}

#[test]
fn responses_are_written_like_the_samples_and_read_again() {
    for Sample { name, answer } in SAMPLES {
        let written = answer().to_xml().expect("an answer that can be written");
        let found = differences(&fixtures::text(name), &written, Allowed::default()).expect("well-formed documents");
        assert!(found.is_empty(), "{name}: {found:#?}\n{written}");
        assert_eq!(Document::from_xml_strict(written.as_bytes()).expect("what was written"), answer(), "{name}");
    }
}

fn answer(response: serv::Response, content: impl Into<serv::AnyBodyContent>) -> Document {
    let header = serv::message::Header::new().with_response([response]);
    let body = serv::message::Body::new([content]);
    serv::Message::new(header, body).into()
}

fn success() -> serv::Response {
    serv::Response::new(serv::ResultType::Success).with_gsb_status(serv::GsbStatus::Primary)
}

fn create_user_refused() -> Document {
    let response = serv::Response::new(serv::ResultType::Failure)
        .with_reason("User management is not allowed on unified site")
        .with_gsb_status(serv::GsbStatus::Primary)
        .with_exception_id("030098");
    answer(response, serv::BodyContent::new())
}

fn set_user() -> Document {
    answer(success(), user::SetUserResponse::new())
}

fn authenticate_user_by_token() -> Document {
    let ticket = "AAABTicketOfNobody...AbbreviatedInPrint/AsIn+TheNote0123456789abcdefghij=";
    let content = user::AuthenticateUserResponse::new(ticket).with_create_time(1_431_725_387_202).with_time_to_live(5400);
    answer(success(), content)
}

pub(super) fn get_site_type() -> Document {
    answer(success(), ep::GetSiteTypeResponse::new(3))
}

fn metadata(name: &str) -> info::Metadata {
    info::Metadata::builder().conf_name(name).session_type(3).service_type(com::ServiceType::MeetingCenter).is_recurring(false).build()
}

pub(super) fn get_session_info_of_a_room() -> Document {
    let access = info::AccessControl::new(Listing::Unlisted, false).with_session_password("").with_password_req(false);
    let meta = metadata("Dana Reed's Personal Room")
        .with_agenda_format(Format::Text)
        .with_description_format(Format::Text)
        .with_is_exception(false)
        .with_series_meeting_key(0)
        .with_has_exception(false);
    let numbers = info::telephony::CallInNum::new("4083822469").with_toll_free_num("4083822470");
    let labels = info::telephony::Labels::new("Call-in toll-free number (US/Canada)", "Call-in toll number (US/Canada)");
    let telephony = info::Telephony::new(meeting::TelephonySupport::Callback)
        .with_toll_free_restrictions_url("https://www.webex.com/pdf/tollfree_restrictions.pdf")
        .with_call_in_num(numbers)
        .with_labels(labels)
        .with_is_mp_audio(false)
        .with_voip(true)
        .with_enable_tsp(false);
    let host = info::Host::builder().first_name("Dana").last_name("Reed").email("dreed@acme.com").webex_id("dreed").build();
    let schedule = info::Schedule::new("12/31/2065 13:00:00", 720, "GMT-08:00, Pacific (San Francisco)").with_time_zone_id(4);
    let content = GetSessionInfoResponse::builder()
        .session_key(987_654_321)
        .conf_id(2_516_583_027)
        .host(host)
        .schedule(schedule)
        .build()
        .with_status("NOT_INPROGRESS")
        .with_access_control(access)
        .with_metadata(meta)
        .with_telephony(telephony)
        .with_attendee_options(info::AttendeeOptions::new().with_join_requires_account(false))
        .with_is_audio_only(false)
        .with_telepresence(false)
        .with_is_alternate_host(false)
        .with_is_creator(true)
        .with_support_e2e(false)
        .with_is_allow_jbh(false)
        .with_is_cet_meeting(true)
        .with_is_personal_meeting_room(true)
        .with_is_next_upcoming_instance(true)
        .with_sip_url("dreed.room@acme.example");
    answer(success(), content)
}

fn get_session_info_with_audio() -> Document {
    let access = info::AccessControl::new(Listing::Public, false)
        .with_session_password("F46SbDh2")
        .with_password_req(true)
        .with_audio_password("40008424")
        .with_is_enforce_audio_password(true)
        .with_is_enforce_audio_login(true);
    let meta = metadata("testAudio");
    let host = info::Host::builder().first_name("Jo").last_name("Smith").email("jsmith@acme.com").webex_id("jsmith").build();
    let schedule = info::Schedule::new("08/04/2015 10:00:00", 60, "GMT-08:00, Pacific (San Francisco)");
    let content = GetSessionInfoResponse::builder()
        .session_key(210_007_422)
        .conf_id(1_038_708_515)
        .host(host)
        .schedule(schedule)
        .build()
        .with_status("NOT_INPROGRESS")
        .with_access_control(access)
        .with_metadata(meta);
    answer(success(), content)
}

fn authenticate_user_by_password() -> Document {
    // The sample has a line break before the end tag, which is not part of the ticket.
    let ticket = "AAUQEAABUTicketOfNobodyEither+Ec+u7r7HCHb/6KahSixtyFourSigns+A0WGLAndMore/h54r9/Because+v2lW9XcATicketIsLong/f02hfJr0";
    let content = user::AuthenticateUserResponse::new(ticket).with_create_time(1_427_846_353_152).with_time_to_live(5400);
    answer(success(), content)
}
