//! In: requests of the general session service. Out: their answers.
//! Played: getAPIVersion, getSiteType, getSessionInfo.
//! Not here: lists, recordings, contacts.

use webex_xml_types::ep::get_session_info_response::{AccessControl, AttendeeOptions, Host, MetaData, Schedule, Telephony, telephony};
use webex_xml_types::ep::{
    Format, GetApiVersion, GetApiVersionResponse, GetSessionInfo, GetSessionInfoResponse, GetSiteTypeResponse, Listing,
};
use webex_xml_types::serv::SecurityContext;
use webex_xml_types::{com, meeting};

use super::Outcome;
use crate::faults::Fault;
use crate::site::{Caller, Session, Site, exposed};

/// Anonymous. The train is told on demand.
pub(super) fn get_api_version(request: &GetApiVersion) -> GetApiVersionResponse {
    let mut answer = GetApiVersionResponse::new("WebEx XML API V9.0.0".to_owned()).with_release("EP1");
    if request.return_train_release_version == Some(true) {
        answer.train_release_version = Some("T30L".to_owned());
    }
    answer
}

/// Anonymous; the request must name the site by its name.
pub(super) fn get_site_type(site: &Site, context: &SecurityContext) -> Outcome<GetSiteTypeResponse> {
    match context.site_name.as_deref().map(str::trim) {
        None | Some("") => Err(Fault::no_such_site()),
        Some(_) => Ok(GetSiteTypeResponse::new(site.kind.number())),
    }
}

/// Anonymous callers, and others who have no part in the session, get a reduced answer.
pub(super) fn get_session_info(site: &Site, context: &SecurityContext, request: &GetSessionInfo) -> Outcome<GetSessionInfoResponse> {
    let caller = site.caller(context)?;
    let session = site.sessions.get(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let all = session.shows_all_to(&caller, exposed(&request.session_password));
    let schedule =
        Schedule::new(session.start.clone(), session.minutes, "GMT-08:00, Pacific (San Francisco)".to_owned()).with_time_zone_id(4);
    let mut answer = GetSessionInfoResponse::new(session.key, session.conf_id, host(site, session), schedule)
        .with_status("NOT_INPROGRESS")
        .with_access_control(access_control(site, session, all))
        .with_meta_data(meta_data(session))
        .with_attendee_options(AttendeeOptions::new().with_join_requires_account(session.join_requires_account(&site.flags)))
        .with_is_audio_only(false)
        .with_tele_presence(false)
        .with_is_alternate_host(session.alternate_hosts.iter().any(|name| caller.is(name)))
        .with_is_creator(caller.is(&session.host))
        .with_support_e2e(false)
        .with_is_allow_jbh(false)
        .with_is_cet_meeting(session.cet)
        .with_is_personal_meeting_room(session.personal_room)
        .with_is_next_upcoming_instance(true);
    if session.cet {
        answer.sip_url = Some(session.sip_url.clone());
    }
    if all {
        answer.telephony = Some(telephony());
        answer.host_key = is_host(&caller, session).then(|| "246810".into());
    }
    Ok(answer)
}

fn is_host(caller: &Caller, session: &Session) -> bool {
    caller.is(&session.host)
}

fn access_control(site: &Site, session: &Session, all: bool) -> AccessControl {
    let listing = if session.personal_room { Listing::Unlisted } else { Listing::Public };
    let mut control = AccessControl::new(listing, false).with_password_req(session.password.is_some());
    if all {
        control.session_password.clone_from(&session.password);
        control.audio_password.clone_from(&session.audio_password);
        let enforced = site.flags.audio_password == (true, true);
        control.is_enforce_audio_password = Some(enforced);
        control.is_enforce_audio_login = Some(enforced);
    }
    control
}

fn meta_data(session: &Session) -> MetaData {
    MetaData::new(session.name.clone(), 3, com::ServiceType::MeetingCenter, false)
        .with_agenda_format(Format::Text)
        .with_description_format(Format::Text)
        .with_is_exception(false)
        .with_series_meeting_key(0)
        .with_has_exception(false)
}

fn telephony() -> Telephony {
    let numbers = telephony::CallInNum::new("4085550100".to_owned()).with_toll_free_num("8005550100");
    let labels = telephony::Labels::new("Call-in toll-free number (US/Canada)".to_owned(), "Call-in toll number (US/Canada)".to_owned());
    Telephony::new(meeting::TelephonySupport::Callback)
        .with_call_in_num(numbers)
        .with_labels(labels)
        .with_is_mp_audio(false)
        .with_voip(true)
        .with_enable_tsp(false)
}

fn host(site: &Site, session: &Session) -> Host {
    let found = site.users.find(&session.host, site.kind).map(|user| &user.profile);
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let mut host = Host::new(
        text(found.and_then(|profile| profile.first_name.as_ref())),
        text(found.and_then(|profile| profile.last_name.as_ref())),
        text(found.and_then(|profile| profile.email.as_ref())),
        session.host.clone(),
    );
    host.alternate_host.clone_from(&session.alternate_hosts);
    host
}
