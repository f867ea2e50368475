//! Adds the predefined content to a new site: three users, a personal room and two meetings. All of it is invented and public, and
//! programs and tests can refer to it by the constants.

use webex_xml_types::meeting::{AccessControl, AttendeeOptions, GetMeetingResponse, Metadata, Schedule, Telephony, TelephonySupport};
use webex_xml_types::user::user_type::MeetingTypes;
use webex_xml_types::user::{Active, GetUserResponse, PersonalMeetingRoom, Privilege};

use super::{Attendees, Session, Site, User, Zone};

/// The number of the site, for requests without a site name.
pub const SITE_ID: i64 = 5_941_234_567;
/// The partner ID that belongs to [`SITE_ID`].
pub const PARTNER_ID: &str = "sandbox-partner";
/// The session key of the host's personal room, which is CET enabled and has a password.
pub const ROOM_KEY: i64 = 987_654_321;
/// The session key of a meeting of the host. It has a password and is not CET enabled.
pub const MEETING_KEY: i64 = 210_007_422;
/// The session key of an unlisted meeting of the administrator, which is the one in the sample request of the release note.
pub const AUDIO_MEETING_KEY: i64 = 21_000_742;
/// The password of the predefined meetings and of the personal room.
pub const MEETING_PASSWORD: &str = "Room-Pass-7";

/// A predefined account and its credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Account {
    /// The account name. On a Common Identity site, the e-mail address is the same.
    pub webex_id: &'static str,
    /// A description of what the account is allowed to do.
    pub role: &'static str,
    /// The password of the account, which is also valid for `authenticateUser`.
    pub password: &'static str,
    /// The access token that `authenticateUser` accepts on a Common Identity site.
    pub access_token: &'static str,
    /// The SAML response that `authenticateUser` accepts on a site with single sign-on.
    pub saml_response: &'static str,
}

/// A site administrator.
pub const ADMIN: Account = Account {
    webex_id: "admin@acme.example",
    role: "site administrator",
    password: "Sandbox-Admin-1",
    access_token: "c2FuZGJveC1hZG1pbi10b2tlbg",
    saml_response: "PHNhbWw6UmVzcG9uc2U+YWRtaW48L3NhbWw6UmVzcG9uc2U+",
};

/// A host with a personal room.
pub const HOST: Account = Account {
    webex_id: "host@acme.example",
    role: "host with a personal room",
    password: "Sandbox-Host-1",
    access_token: "c2FuZGJveC1ob3N0LXRva2Vu",
    saml_response: "PHNhbWw6UmVzcG9uc2U+aG9zdDwvc2FtbDpSZXNwb25zZT4=",
};

/// A user who neither hosts nor administers anything.
pub const CALLER: Account = Account {
    webex_id: "caller@acme.example",
    role: "user who hosts nothing",
    password: "Sandbox-Caller-1",
    access_token: "c2FuZGJveC1jYWxsZXItdG9rZW4",
    saml_response: "PHNhbWw6UmVzcG9uc2U+Y2FsbGVyPC9zYW1sOlJlc3BvbnNlPg==",
};

/// The predefined accounts of every new site.
pub const ACCOUNTS: [&Account; 3] = [&ADMIN, &HOST, &CALLER];

/// Adds the predefined accounts and sessions.
pub(super) fn plant(site: &mut Site) {
    let admin_id = site.users.add(user(&ADMIN, "Ada", "Admin", Privilege::new().with_site_admin(true).with_host(true)));
    let name = site.host_name().to_owned();
    let mut host = user(&HOST, "Hal", "Host", Privilege::new().with_host(true).with_is_enable_pmr(true).with_is_enable_cet(true));
    host.profile.personal_meeting_room = Some(
        PersonalMeetingRoom::new()
            .with_title("Hal Host's Personal Room")
            .with_personal_meeting_room_url(format!("https://{name}.webex.com/meet/host"))
            .with_sip_url(format!("host@{name}.webex.com"))
            .with_access_code("210987654")
            .with_host_pin("2468"),
    );
    let host_id = site.users.add(host);
    site.users.add(user(&CALLER, "Cay", "Caller", Privilege::new().with_host(false)));

    let flags = site.flags.clone();
    for session in [room(&name, host_id), meeting(host_id), audio_meeting(admin_id)] {
        site.sessions.schedule(session, &flags);
    }
}

fn user(account: &Account, first: &str, last: &str, privilege: Privilege) -> User {
    let profile = profile(account.webex_id, privilege)
        .with_first_name(first)
        .with_last_name(last)
        .with_email(account.webex_id)
        .with_password(account.password);
    let mut user = User::new(profile);
    user.access_token = Some(account.access_token.into());
    user.saml_response = Some(account.saml_response.into());
    user
}

/// Returns the profile of an account that exists when the site starts.
pub(super) fn profile(name: &str, privilege: Privilege) -> GetUserResponse {
    GetUserResponse::new(name.to_owned())
        .with_active(Active::Activated)
        .with_time_zone_id(Zone::OF_SITE.id())
        .with_time_zone(Zone::OF_SITE.as_value())
        .with_language("ENGLISH")
        .with_language_id(1)
        .with_locale("U.S.")
        .with_registration_date("08/04/2015 09:00:00")
        .with_meeting_types(MeetingTypes::new().with_meeting_type([3, 13, 16]))
        .with_privilege(privilege)
}

pub(super) fn room(site_name: &str, host_id: i64) -> Session {
    Session {
        key: ROOM_KEY,
        conf_id: 2_516_583_027,
        personal_room: true,
        cet: true,
        sip_url: format!("host@{site_name}.webex.com"),
        host_id,
        host: HOST.webex_id.to_owned(),
        audio_password: None,
        details: details(ROOM_KEY, "Hal Host's Personal Room", "12/31/2065 13:00:00", 720),
        attendees: Attendees::default(),
    }
}

fn meeting(host_id: i64) -> Session {
    let details = details(MEETING_KEY, "Weekly review", "09/01/2015 10:00:00", 60)
        .with_attendee_options(AttendeeOptions::new().with_join_requires_account(true));
    let sip_url = String::new();
    Session { key: MEETING_KEY, conf_id: 1_038_708_515, personal_room: false, cet: false, sip_url, details, ..room("", host_id) }
}

fn audio_meeting(host_id: i64) -> Session {
    let unlisted = AccessControl::new().with_meeting_password(MEETING_PASSWORD).with_list_to_public(false).with_is_public(false);
    let details = details(AUDIO_MEETING_KEY, "Audio check", "09/02/2015 10:00:00", 30).with_access_control(unlisted);
    Session { key: AUDIO_MEETING_KEY, conf_id: 1_038_708_516, host: ADMIN.webex_id.to_owned(), details, ..meeting(host_id) }
}

fn details(key: i64, name: &str, start: &str, minutes: i64) -> GetMeetingResponse {
    let schedule = Schedule::new().with_start_date(start).with_duration(minutes).with_time_zone_id(Zone::OF_SITE.id());
    GetMeetingResponse::new(key)
        .with_access_control(AccessControl::new().with_meeting_password(MEETING_PASSWORD))
        .with_metadata(Metadata::new().with_conf_name(name).with_meeting_type(3))
        .with_schedule(schedule)
        .with_telephony(Telephony::new().with_telephony_support(TelephonySupport::Callback))
}
