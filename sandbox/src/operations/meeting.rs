//! In: requests of the meeting service. Out: their answers, and the changed calendar.
//! Played: createMeeting, setMeeting, getMeeting, delMeeting, lstsummaryMeeting, gethosturlMeeting, getjoinurlMeeting.
//! Not here: other kinds of sessions, which have sample answers.

use std::cmp::Ordering;

use webex_xml_types::com;
use webex_xml_types::meeting::{
    CreateMeeting, CreateMeetingResponse, DelMeeting, DelMeetingResponse, GetHostUrlMeeting, GetHostUrlMeetingResponse, GetJoinUrlMeeting,
    GetJoinUrlMeetingResponse, GetMeeting, GetMeetingResponse, LstSummaryMeeting, LstSummaryMeetingResponse, MeetingSummaryInstance,
    Schedule, SetMeeting, SetMeetingResponse,
};
use webex_xml_types::serv::IcalendarUrl;

use super::lists::{page, same, sort, sortable, within};
use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{Caller, Session, Site, api_date, converted, overlay};

/// For hosts, and for site administrators in the name of others. Where audio passwords are switched on and the meeting has a password,
/// it gets one.
pub(super) fn create_meeting(site: &mut Site, call: &Call<'_>, request: &CreateMeeting) -> Outcome<CreateMeetingResponse> {
    let caller = call.user()?;
    let wanted = request.schedule.as_ref().and_then(|schedule| schedule.host_webex_id.as_deref());
    let host = host(site, caller, wanted)?;
    let key = site.sessions.next_key();
    let mut details: GetMeetingResponse = converted(request).map_err(|error| Fault::processing(error.to_string()))?;
    details.meeting_key = key;
    let mut schedule = details.schedule.take().unwrap_or_default().with_host_webex_id(host.clone());
    if schedule.start_date.as_ref().is_none_or(|date| date.to_string().trim().is_empty()) {
        schedule = schedule.with_start_date(api_date(site.clock.now_ms()));
    }
    schedule.duration.get_or_insert(20);
    schedule.time_zone_id.get_or_insert(4);
    details.schedule = Some(schedule);
    let session = Session {
        key,
        conf_id: 40_000_000_000_000_000 + key,
        personal_room: false,
        cet: site.flags.cet,
        sip_url: format!("{key}@{}.webex.com", site.host_name()),
        host,
        audio_password: None,
        details,
    };
    let flags = site.flags.clone();
    site.sessions.schedule(session, &flags);
    Ok(CreateMeetingResponse::new().with_meeting_key(key).with_icalendar_url(calendar_url(site, key)))
}

/// The account that hosts: the caller's own, or for site administrators the one that the request names.
fn host(site: &Site, caller: &Caller, wanted: Option<&str>) -> Outcome<String> {
    let own = caller.name().unwrap_or_default();
    let wanted = wanted.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(own);
    let user = site.users.find(wanted, site.kind).ok_or_else(Fault::no_such_host)?;
    if !(caller.is(user.name()) || caller.is_site_admin()) {
        return Err(Fault::not_for_that_host());
    }
    match user.profile.privilege.as_ref().and_then(|privilege| privilege.host) {
        Some(false) => Err(Fault::access_denied()),
        _ => Ok(user.name().to_owned()),
    }
}

pub(super) fn calendar_url(site: &Site, key: i64) -> IcalendarUrl {
    let url = |role| format!("https://{}.webex.com/{}/j.php?ED={key}&RG=1&UID=0&ICS={role}", site.host_name(), site.host_name());
    IcalendarUrl::new(url("MI"), url("MS"))
}

/// For its host, alternate hosts and site administrators.
pub(super) fn set_meeting(site: &mut Site, call: &Call<'_>, request: &SetMeeting) -> Outcome<SetMeetingResponse> {
    let mut session = managed(site, call, request.meeting_key)?.clone();
    let mut change = request.clone();
    if let Some(wanted) = change.schedule.as_mut().and_then(|schedule| schedule.host_webex_id.take()) {
        session.host = host(site, call.user()?, Some(&wanted))?;
    }
    session.details = overlay(&session.details, &change).map_err(|error| Fault::processing(error.to_string()))?;
    session.details.schedule.get_or_insert_with(Schedule::new).host_webex_id = Some(session.host.clone());
    let flags = site.flags.clone();
    site.sessions.schedule(session, &flags);
    Ok(SetMeetingResponse::new().with_icalendar_url(calendar_url(site, request.meeting_key)))
}

/// The session of that key, for who may change it.
pub(super) fn managed<'a>(site: &'a Site, call: &Call<'_>, key: i64) -> Outcome<&'a Session> {
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    if session.is_managed_by(call.user()?) { Ok(session) } else { Err(Fault::access_denied()) }
}

/// For who has a part in it. The password is shown to who may change it and to invitees.
pub(super) fn get_meeting(site: &Site, call: &Call<'_>, request: &GetMeeting) -> Outcome<GetMeetingResponse> {
    let session = site.sessions.get(request.meeting_key).ok_or_else(Fault::meeting_not_found)?;
    if !session.shows_all_to(call.user()?, None) {
        return Err(Fault::access_denied());
    }
    let mut answer = session.details.clone();
    answer.status.get_or_insert_with(|| "NOT_INPROGRESS".to_owned());
    answer.host_joined.get_or_insert(false);
    answer.participants_joined.get_or_insert(false);
    answer.telepresence.get_or_insert(false);
    answer.host_key = call.user()?.is(&session.host).then(|| "246810".into());
    Ok(answer)
}

/// For its host, alternate hosts and site administrators.
pub(super) fn del_meeting(site: &mut Site, call: &Call<'_>, request: &DelMeeting) -> Outcome<DelMeetingResponse> {
    let key = managed(site, call, request.meeting_key)?.key;
    site.sessions.remove(key);
    Ok(DelMeetingResponse::new().with_icalendar_url(calendar_url(site, key)))
}

/// What the caller hosts, is invited to, or finds listed; site administrators find all.
pub(super) fn lst_summary_meeting(site: &Site, call: &Call<'_>, request: &LstSummaryMeeting) -> Outcome<LstSummaryMeetingResponse> {
    let caller = call.user()?;
    let scope = request.date_scope.as_ref();
    let matches = |session: &&Session| {
        let start = start(session);
        visible(session, caller)
            && !session.personal_room
            && request.meeting_key.is_none_or(|key| key == session.key)
            && same(request.host_webex_id.as_deref(), &session.host)
            && within(&start, scope.and_then(|s| s.start_date_start.as_ref()), scope.and_then(|s| s.start_date_end.as_ref()))
    };
    let mut found: Vec<&Session> = site.sessions.all().filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| compare(field.as_str(), a, b));
    }
    let (found, records) = page(found, request.list_control.as_ref())?;
    let meetings = found.into_iter().map(summary);
    Ok(LstSummaryMeetingResponse::new().with_meeting(meetings).with_matching_records(records))
}

/// Compares by a field that lists can be ordered by.
pub(super) fn compare(field: &str, a: &Session, b: &Session) -> Ordering {
    match field {
        "HOSTWEBEXID" => a.host.cmp(&b.host),
        "CONFNAME" => a.name().cmp(b.name()),
        "STARTTIME" => sortable(&start(a)).cmp(&sortable(&start(b))),
        _ => Ordering::Equal,
    }
}

/// Whether lists show it to the caller.
pub(super) fn visible(session: &Session, caller: &Caller) -> bool {
    session.is_listed() || session.is_managed_by(caller) || session.invites(caller)
}

/// When it starts, as the API writes it.
pub(super) fn start(session: &Session) -> String {
    let start = session.details.schedule.as_ref().and_then(|schedule| schedule.start_date.as_ref());
    start.map(ToString::to_string).unwrap_or_default()
}

fn summary(session: &Session) -> MeetingSummaryInstance {
    let kind = session.details.metadata.as_ref().and_then(|data| data.meeting_type).unwrap_or(3);
    MeetingSummaryInstance::new(session.key, session.name().to_owned(), kind, start(session), session.minutes())
        .with_host_webex_id(session.host.clone())
        .with_time_zone_id(4)
        .with_time_zone("GMT-08:00, Pacific (San Francisco)")
        .with_status("NOT_INPROGRESS")
        .with_list_status(if session.is_listed() { com::Listing::Public } else { com::Listing::Unlisted })
        .with_host_joined(false)
        .with_participants_joined(false)
        .with_telepresence(false)
}

/// For its host, alternate hosts and site administrators.
pub(super) fn get_host_url(site: &Site, call: &Call<'_>, request: &GetHostUrlMeeting) -> Outcome<GetHostUrlMeetingResponse> {
    let key = request.meeting_key.or(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let session = managed(site, call, key)?;
    let url = format!("https://{0}.webex.com/{0}/p.php?AT=LI&MU=m.php%3FAT%3DHM%26MK%3D{1}", site.host_name(), session.key);
    Ok(GetHostUrlMeetingResponse::new().with_host_meeting_url(url))
}

/// For anybody who knows the key, and the password if there is one; who has a part in it needs none.
pub(super) fn get_join_url(site: &Site, call: &Call<'_>, request: &GetJoinUrlMeeting) -> Outcome<GetJoinUrlMeetingResponse> {
    let key = request.meeting_key.or(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    let password = request.meeting_pw.as_ref().map(AsRef::as_ref);
    if session.password().is_some() && !session.shows_all_to(call.caller()?, password) {
        return Err(Fault::access_denied());
    }
    let url = |what| format!("https://{0}.webex.com/{0}/m.php?AT={what}&MK={key}", site.host_name());
    Ok(GetJoinUrlMeetingResponse::new().with_join_meeting_url(url("JM")).with_invite_meeting_url(url("IM")))
}
