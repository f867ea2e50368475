//! In: requests of the general session service. Out: their answers.
//! Played: getAPIVersion, getSiteType, getSessionInfo, lstsummarySession, delSession.
//! Not here: recordings, contacts and the like, which have sample answers.

use webex_xml_types::ep::get_session_info_response::{AccessControl, AttendeeOptions, Host, Metadata, Schedule, Telephony, telephony};
use webex_xml_types::ep::{
    DelSession, DelSessionResponse, Format, GetApiVersion, GetApiVersionResponse, GetSessionInfo, GetSessionInfoResponse,
    GetSiteTypeResponse, Listing, LstSummarySession, LstSummarySessionResponse, SessionSummaryInstance,
};
use webex_xml_types::{com, meeting};

use super::lists::{page, same, sort, within};
use super::meeting::{calendar_url, compare, managed, start, visible};
use super::user::API_VERSION;
use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{Caller, Session, Site, exposed};

/// Anonymous. The train is told on demand.
pub(super) fn get_api_version(request: &GetApiVersion) -> GetApiVersionResponse {
    let mut answer = GetApiVersionResponse::new(API_VERSION.to_owned()).with_release("EP1");
    if request.return_train_release_version == Some(true) {
        answer.train_release_version = Some("T30L".to_owned());
    }
    answer
}

/// Anonymous; the request must name the site by its name.
pub(super) fn get_site_type(site: &Site, call: &Call<'_>) -> Outcome<GetSiteTypeResponse> {
    match call.context.site_name.as_deref().map(str::trim) {
        None | Some("") => Err(Fault::no_such_site()),
        Some(_) => Ok(GetSiteTypeResponse::new(site.kind.number())),
    }
}

/// Anonymous callers, and others who have no part in the session, get a reduced answer.
pub(super) fn get_session_info(site: &Site, call: &Call<'_>, request: &GetSessionInfo) -> Outcome<GetSessionInfoResponse> {
    let caller = call.caller()?;
    let session = site.sessions.get(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let all = session.shows_all_to(caller, exposed(&request.session_password));
    let cet = session.cet && site.flags.cet;
    let schedule = Schedule::new(start(session), session.minutes(), "GMT-08:00, Pacific (San Francisco)".to_owned()).with_time_zone_id(4);
    let mut answer = GetSessionInfoResponse::new(session.key, session.conf_id, host(site, session), schedule)
        .with_status("NOT_INPROGRESS")
        .with_access_control(access_control(site, session, all))
        .with_metadata(metadata(session))
        .with_attendee_options(AttendeeOptions::new().with_join_requires_account(session.join_requires_account(&site.flags)))
        .with_is_audio_only(false)
        .with_telepresence(false)
        .with_is_alternate_host(session.alternate_hosts().any(|person| caller.is_person(person)))
        .with_is_creator(caller.is(&session.host))
        .with_support_e2e(false)
        .with_is_allow_jbh(false)
        .with_is_cet_meeting(cet)
        .with_is_personal_meeting_room(session.personal_room)
        .with_is_next_upcoming_instance(true);
    if cet {
        answer.sip_url = Some(session.sip_url.clone());
    }
    if all {
        answer.telephony = Some(telephony());
        answer.host_key = is_host(caller, session).then(|| "246810".into());
    }
    Ok(answer)
}

fn is_host(caller: &Caller, session: &Session) -> bool {
    caller.is(&session.host)
}

fn access_control(site: &Site, session: &Session, all: bool) -> AccessControl {
    let listing = if session.is_listed() { Listing::Public } else { Listing::Unlisted };
    let mut control = AccessControl::new(listing, false).with_password_req(session.password().is_some());
    if all {
        control.session_password = session.password().cloned();
        control.audio_password.clone_from(&session.audio_password);
        let enforced = site.flags.audio_password == (true, true);
        control.is_enforce_audio_password = Some(enforced);
        control.is_enforce_audio_login = Some(enforced);
    }
    control
}

fn metadata(session: &Session) -> Metadata {
    Metadata::new(session.name().to_owned(), 3, com::ServiceType::MeetingCenter, false)
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
    host.alternate_host = session.alternate_hosts().map(|person| person.webex_id.clone().unwrap_or_else(|| person.email.clone())).collect();
    host
}

/// What the caller hosts, is invited to, or finds listed; site administrators find all.
pub(super) fn lst_summary_session(site: &Site, call: &Call<'_>, request: &LstSummarySession) -> Outcome<LstSummarySessionResponse> {
    let caller = call.user()?;
    let scope = request.date_scope.as_ref();
    let matches = |session: &&Session| {
        visible(session, caller)
            && request.session_key.is_none_or(|key| key == session.key)
            && request.conf_id.is_none_or(|id| id == session.conf_id)
            && same(request.host_webex_id.as_deref(), &session.host)
            && same(request.host_email.as_deref(), &host_email(site, session))
            && same(request.conf_name.as_deref(), session.name())
            && (request.invited != Some(true) || session.invites(caller))
            && within(&start(session), scope.and_then(|s| s.start_date_start.as_ref()), scope.and_then(|s| s.start_date_end.as_ref()))
    };
    let mut found: Vec<&Session> = site.sessions.all().filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| compare(field.as_str(), a, b));
    }
    let (found, records) = page(found, request.list_control.as_ref())?;
    let sessions = found.into_iter().map(|session| summary(site, session));
    Ok(LstSummarySessionResponse::new().with_matching_records(records).with_session(sessions))
}

fn host_email(site: &Site, session: &Session) -> String {
    site.users.find(&session.host, site.kind).map(|user| user.email().to_owned()).unwrap_or_default()
}

fn summary(site: &Site, session: &Session) -> SessionSummaryInstance {
    SessionSummaryInstance::new(
        session.key,
        session.name().to_owned(),
        3,
        com::ServiceType::MeetingCenter,
        session.host.clone(),
        4,
        start(session),
        session.minutes(),
        if session.is_listed() { com::Listing::Public } else { com::Listing::Unlisted },
        session.conf_id,
        false,
    )
    .with_host_email(host_email(site, session))
    .with_status("NOT_INPROGRESS")
    .with_password_req(session.password().is_some())
    .with_host_joined(false)
    .with_participants_joined(false)
    .with_is_audio_only(false)
    .with_telepresence(false)
}

/// For its host, alternate hosts and site administrators. A personal room stays.
pub(super) fn del_session(site: &mut Site, call: &Call<'_>, request: &DelSession) -> Outcome<DelSessionResponse> {
    let session = managed(site, call, request.session_key)?;
    if session.personal_room {
        return Err(Fault::access_denied());
    }
    let key = session.key;
    site.sessions.remove(key);
    Ok(DelSessionResponse::new().with_icalendar_url(calendar_url(site, key)))
}
