//! Tests the eight requests of the release note against the same requests as typed values. In the request form, the values are written like
//! the samples, and the samples are read as these values without a note.

use webex_xml_types::{Document, ep, serv, user};
use xsdgen_codec::{Form, ReadOptions, WriteOptions};

use crate::canonical::{Allowed, differences};
use crate::fixtures;

/// A request of the note: its file, the equal value, and where the file deviates from the schema.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    request: fn() -> Document,
    departs: Allowed,
}

const NOWHERE: Allowed = Allowed { reordered: &[], left_only: &[] };
/// The sample has `siteName` before `webExID` and `password`; the schema has it after them.
const SITE_NAME_FIRST: Allowed = Allowed { reordered: &["message/header/securityContext"], left_only: &[] };
/// The root element of the sample has `xsi:schemaLocation`, which is not part of the message and is not written.
const SCHEMA_HINT: Allowed = Allowed { reordered: &[], left_only: &["message/@schemaLocation"] };

#[rustfmt::skip]
pub(crate) const SAMPLES: [Sample; 8] = [
    Sample { name: "01-create-user.request", request: create_user, departs: SITE_NAME_FIRST },
    Sample { name: "03-set-user.request", request: set_user, departs: NOWHERE },
    Sample { name: "05-authenticate-user-token.request", request: authenticate_user_by_token, departs: SITE_NAME_FIRST },
    Sample { name: "07-get-site-type.request", request: get_site_type, departs: NOWHERE },
    Sample { name: "09-create-user-personal-room.request", request: create_user_with_a_room, departs: NOWHERE },
    Sample { name: "10-get-session-info-room.request", request: get_session_info_of_a_room, departs: SCHEMA_HINT },
    Sample { name: "12-get-session-info-audio.request", request: get_session_info_with_audio, departs: SITE_NAME_FIRST },
    Sample { name: "14-authenticate-user-password.request", request: authenticate_user_by_password, departs: SITE_NAME_FIRST },
];

#[test]
fn requests_are_written_like_the_samples() {
    for Sample { name, request, departs } in SAMPLES {
        let written = request().to_xml_with(&request_form()).expect("a request that can be written");
        let found = differences(&fixtures::text(name), &written, departs).expect("well-formed documents");
        assert!(found.is_empty(), "{name}: {found:#?}\n{written}");
    }
}

#[test]
fn the_samples_of_requests_are_read_without_notes() {
    for Sample { name, request, .. } in SAMPLES {
        let sample = fixtures::text(name);
        let reading = Document::read(sample.as_bytes(), &ReadOptions::tolerant()).expect("a sample that can be read");
        assert_eq!(reading.value, request(), "{name}");
        assert!(reading.notes.is_empty(), "{name}: {:#?}", reading.notes);
    }
}

#[test]
fn the_qualified_form_of_a_request_is_read_strictly() {
    for Sample { name, request, .. } in SAMPLES {
        let written = request().to_xml().expect("a request that can be written");
        assert_eq!(Document::from_xml_strict(written.as_bytes()).expect("what was written"), request(), "{name}");
    }
}

/// Returns the form that servers of that time expected: only the root element is qualified, and types have their Java names.
fn request_form() -> WriteOptions {
    WriteOptions::default().form(Form::RootQualified).type_aliases(true)
}

pub(super) fn request(context: serv::SecurityContext, operation: impl Into<serv::AnyBodyContent>) -> Document {
    let header = serv::message::Header::new().with_security_context(context);
    let body = serv::message::Body::new([operation]);
    serv::Message::new(header, body).into()
}

fn at(site: &str) -> serv::SecurityContext {
    serv::SecurityContext::new().with_site_name(site)
}

pub(super) fn create_user() -> Document {
    let context = at("acme").with_webex_id("admincred@acme.com").with_password("P@ssword123").with_partner_id("mypartnerID");
    let user = user::CreateUser::new("Jane.Doe@acme.com").with_first_name("Jane").with_last_name("Doe");
    request(context, user)
}

fn set_user() -> Document {
    let context = serv::SecurityContext::new()
        .with_webex_id("siteadmin@acme.com")
        .with_password("P@ssword1234")
        .with_site_id(5_941_234_567)
        .with_partner_id("mywebexpartnerid");
    let security = user::Security::new().with_force_change_password(true);
    request(context, user::SetUser::new("JohnDoe@acme.com").with_security(security))
}

fn authenticate_user_by_token() -> Document {
    let token = "TmV2ZXJBVG9rZW5PZkFueWJvZHlKdXN0U2l4dHlTZXZlbkxldHRlcnNPckZpZ3VyZXM0";
    let context = at("acme").with_webex_id("Jane.Doe@acme.com");
    request(context, user::AuthenticateUser::new().with_access_token(token))
}

pub(super) fn get_site_type() -> Document {
    request(at("acme"), ep::GetSiteType::new())
}

fn create_user_with_a_room() -> Document {
    let context = at("acme").with_webex_id("admincred@acme.com").with_password("P@ssword123");
    let modes = [user::PrNotificationMode::Email, user::PrNotificationMode::Sms];
    let room = user::PersonalMeetingRoom::new()
        .with_pmr_auto_lock(false)
        .with_pmr_auto_lock_wait_time(17)
        .with_pr_notifications(user::PrNotification::new().with_mode(modes));
    let user = user::CreateUser::new("Jane.Doe@acme.com").with_first_name("Jane").with_last_name("Doe").with_personal_meeting_room(room);
    request(context, user)
}

pub(super) fn get_session_info_of_a_room() -> Document {
    let context = at("xmlt30").with_webex_id("ysmith").with_password("*****");
    request(context, ep::GetSessionInfo::new(987_654_321))
}

pub(super) fn get_session_info_with_audio() -> Document {
    let context = at("acme").with_webex_id("jsmith").with_password("Aaa123456").with_partner_id("s-8fiij-...PMok_wVvH0YW6by71Chg");
    request(context, ep::GetSessionInfo::new(21_000_742))
}

fn authenticate_user_by_password() -> Document {
    let context =
        at("acme").with_webex_id("username.on.ciintegration@acme.com").with_password("P@ssword000").with_partner_id("s-PMok_wVv_EG_Mock");
    request(context, user::AuthenticateUser::new())
}
