//! Implements the meeting service: createMeeting, setMeeting, getMeeting, delMeeting, lstsummaryMeeting, gethosturlMeeting and
//! getjoinurlMeeting. The module `session` formats sessions for answers; other kinds of sessions have sample answers.

use std::cmp::Ordering;

use webex_xml_types::attendee::Attendee;
use webex_xml_types::meeting::{
    CreateMeeting, CreateMeetingResponse, DelMeeting, DelMeetingResponse, GetHostUrlMeeting, GetHostUrlMeetingResponse, GetJoinUrlMeeting,
    GetJoinUrlMeetingResponse, GetMeeting, GetMeetingResponse, LstSummaryMeeting, LstSummaryMeetingResponse, Schedule, SetMeeting,
    SetMeetingResponse,
};
use webex_xml_types::serv::IcalendarUrl;

use super::attendee::instance;
use super::lists::{Period, page, same, sort};
use super::session::{USUAL_MINUTES, View, guest_token, usual_type, zone, zone_of};
use super::{Call, Outcome};
use crate::faults::Fault;
use crate::site::{Attendees, Caller, Session, Site, User, Zone, converted};

/// Schedules a meeting of the caller. A site administrator can name another host. If audio passwords are enabled, a meeting with a
/// password gets an audio password.
pub(super) fn create_meeting(site: &mut Site, call: &Call<'_>, request: &CreateMeeting) -> Outcome<CreateMeetingResponse> {
    let caller = call.user()?;
    let wanted = request.schedule.as_ref().and_then(|schedule| schedule.host_webex_id.as_deref());
    let host = host(site, caller, wanted)?.clone();
    let key = site.sessions.next_key();
    let mut details: GetMeetingResponse = call.stored(converted(request))?;
    details.meeting_key = key;
    let data = details.metadata.get_or_insert_default();
    data.meeting_type = Some(data.meeting_type.filter(|kind| *kind >= 0).unwrap_or_else(|| usual_type(&host)));
    let zone = scheduled_zone(call, request.schedule.as_ref(), zone_of(&host));
    let schedule = details.schedule.get_or_insert_default();
    (schedule.time_zone_id, schedule.time_zone) = (Some(zone.id()), None);
    if schedule.start_date.as_ref().and_then(|date| zone.moment(date)).is_none() {
        schedule.start_date = Some(zone.date(site.clock.now_ms()).into());
    }
    schedule.duration.get_or_insert(USUAL_MINUTES);
    let mut session = Session {
        key,
        conf_id: 40_000_000_000_000_000 + key,
        personal_room: false,
        cet: site.flags.cet,
        sip_url: format!("{key}@{}.webex.com", site.host_name()),
        host_id: host.id(),
        host: host.name().to_owned(),
        audio_password: None,
        details,
        attendees: Attendees::default(),
    };
    move_attendees(site, &mut session);
    let flags = site.flags.clone();
    site.sessions.schedule(session, &flags);
    let answer = CreateMeetingResponse::new().with_meeting_key(key).with_icalendar_url(calendar_url(site, key));
    Ok(answer.with_guest_token(guest_token(key)))
}

/// Returns the time zone that a request names, otherwise the given one. A number that the release does not know is skipped and reported.
fn scheduled_zone(call: &Call<'_>, request: Option<&Schedule>, otherwise: Zone) -> Zone {
    let Some(schedule) = request else { return otherwise };
    let wanted = zone(schedule.time_zone_id, schedule.time_zone.as_ref());
    if wanted.is_none() && schedule.time_zone_id.is_some_and(|id| id != UNTOLD) {
        call.pass_over("schedule/timeZoneID");
    }
    wanted.unwrap_or(otherwise)
}

/// The schema's default for time zones and session types, which stands for the setting of the account.
const UNTOLD: i64 = -1;

/// Moves the attendees that a request names from the details to the list of attendees. If it names none, the list is unchanged.
fn move_attendees(site: &mut Site, session: &mut Session) {
    let named = session.details.participants.as_mut().and_then(|participants| participants.attendees.take());
    let named: Vec<Attendee> = named.map(|attendees| attendees.attendee).unwrap_or_default();
    let all: Vec<_> = named.iter().filter_map(|attendee| instance(site, session, attendee)).collect();
    if !all.is_empty() {
        site.sessions.set_attendees(session, all);
    }
}

/// Returns the account of the host, which is the caller's own or, for site administrators, the one that the request names.
fn host<'a>(site: &'a Site, caller: &Caller, wanted: Option<&str>) -> Outcome<&'a User> {
    let own = caller.name().unwrap_or_default();
    let wanted = wanted.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(own);
    let user = site.users.find(wanted, site.kind).ok_or_else(Fault::no_such_host)?;
    if !(caller.is(user.name()) || caller.is_site_admin()) {
        return Err(Fault::not_for_that_host());
    }
    match user.profile.privilege.as_ref().and_then(|privilege| privilege.host) {
        Some(false) => Err(Fault::access_denied()),
        _ => Ok(user),
    }
}

pub(super) fn calendar_url(site: &Site, key: i64) -> IcalendarUrl {
    let url = |role| format!("https://{}.webex.com/{}/j.php?ED={key}&RG=1&UID=0&ICS={role}", site.host_name(), site.host_name());
    IcalendarUrl::new(url("MI"), url("MS"))
}

/// Changes a meeting that the caller can change. Only a site administrator can assign it to another host.
pub(super) fn set_meeting(site: &mut Site, call: &Call<'_>, request: &SetMeeting) -> Outcome<SetMeetingResponse> {
    let mut session = managed(site, call, request.meeting_key)?.clone();
    let wanted = request.schedule.as_ref().and_then(|schedule| schedule.host_webex_id.as_deref());
    if let Some(wanted) = wanted.map(str::trim).filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(&session.host)) {
        call.site_admin().map_err(|_| Fault::not_for_that_host())?;
        let host = host(site, call.user()?, Some(wanted))?;
        (session.host_id, session.host) = (host.id(), host.name().to_owned());
    }
    let before = View::of(site, &session);
    let (zone, kind) = (before.zone(), before.session_type());
    let start = session.details.schedule.as_ref().and_then(|schedule| schedule.start_date.clone());
    session.details = call.changed(&session.details, request)?;
    let data = session.details.metadata.get_or_insert_default();
    data.meeting_type = Some(data.meeting_type.filter(|kind| *kind >= 0).unwrap_or(kind));
    let zone = scheduled_zone(call, request.schedule.as_ref(), zone);
    let schedule = session.details.schedule.get_or_insert_default();
    (schedule.time_zone_id, schedule.time_zone) = (Some(zone.id()), None);
    // The start date `none` is not valid for a meeting.
    schedule.start_date = schedule.start_date.take().filter(|date| zone.moment(date).is_some()).or(start);
    move_attendees(site, &mut session);
    let flags = site.flags.clone();
    site.sessions.schedule(session, &flags);
    Ok(SetMeetingResponse::new().with_icalendar_url(calendar_url(site, request.meeting_key)))
}

/// Returns the session with that key, if the caller can change it.
pub(super) fn managed<'a>(site: &'a Site, call: &Call<'_>, key: i64) -> Outcome<&'a Session> {
    let caller = call.user()?;
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    if session.is_managed_by(caller) { Ok(session) } else { Err(Fault::access_denied()) }
}

/// Returns the key of that session, if the caller can delete it. A personal room cannot be deleted.
pub(super) fn deletable(site: &Site, call: &Call<'_>, key: i64) -> Outcome<i64> {
    let session = managed(site, call, key)?;
    if session.personal_room { Err(Fault::access_denied()) } else { Ok(session.key) }
}

/// Returns a session in which the caller takes part, including its password.
pub(super) fn get_meeting(site: &Site, call: &Call<'_>, request: &GetMeeting) -> Outcome<GetMeetingResponse> {
    let caller = call.user()?;
    let session = site.sessions.get(request.meeting_key).ok_or_else(Fault::meeting_not_found)?;
    if !session.shows_all_to(caller, None) {
        return Err(Fault::access_denied());
    }
    Ok(View::of(site, session).meeting(caller))
}

/// Deletes a meeting that the caller can change, together with its attendees.
pub(super) fn del_meeting(site: &mut Site, call: &Call<'_>, request: &DelMeeting) -> Outcome<DelMeetingResponse> {
    let key = deletable(site, call, request.meeting_key)?;
    site.sessions.remove(key);
    Ok(DelMeetingResponse::new().with_icalendar_url(calendar_url(site, key)))
}

/// Lists the meetings that the caller hosts, is invited to, or can see because they are public. A site administrator sees all.
pub(super) fn lst_summary_meeting(site: &Site, call: &Call<'_>, request: &LstSummaryMeeting) -> Outcome<LstSummaryMeetingResponse> {
    let caller = call.user()?;
    let period = request.date_scope.as_ref().map(|scope| {
        let dates = [&scope.start_date_start, &scope.start_date_end, &scope.end_date_start, &scope.end_date_end];
        Period::new(scope_zone(site, caller, scope.time_zone_id), dates)
    });
    let matches = |view: &View<'_>| {
        let session = view.session;
        visible(session, caller)
            && !session.personal_room
            && request.meeting_key.is_none_or(|key| key == session.key)
            && same(request.host_webex_id.as_deref(), &session.host)
            && period.as_ref().is_none_or(|period| period.holds(view.begins(), view.ends()))
    };
    let mut found: Vec<View<'_>> = site.sessions.all().map(|session| View::of(site, session)).filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| compare(field.as_str(), a, b));
    }
    let (found, records) = page(found, request.list_control.as_ref())?;
    let meetings = found.iter().map(View::meeting_summary);
    Ok(LstSummaryMeetingResponse::new().with_meeting(meetings).with_matching_records(records))
}

/// Returns the time zone for the dates of a filter: the one that the filter names, otherwise that of the caller's account.
pub(super) fn scope_zone(site: &Site, caller: &Caller, id: Option<i64>) -> Zone {
    let own = || caller.id().and_then(|id| site.users.by_id(id)).map_or(Zone::OF_SITE, zone_of);
    id.and_then(Zone::of_id).unwrap_or_else(own)
}

/// Compares two sessions by a field that lists can be ordered by.
pub(super) fn compare(field: &str, a: &View<'_>, b: &View<'_>) -> Ordering {
    match field {
        "HOSTWEBEXID" => a.session.host.cmp(&b.session.host),
        "CONFNAME" => a.session.name().cmp(b.session.name()),
        "STARTTIME" => a.begins().cmp(&b.begins()),
        _ => Ordering::Equal,
    }
}

/// Returns whether lists show a session to the caller.
pub(super) fn visible(session: &Session, caller: &Caller) -> bool {
    session.is_listed() || session.is_managed_by(caller) || session.attendees.invite(caller)
}

/// Returns the address for starting a meeting, for its host, alternate hosts and site administrators.
pub(super) fn get_host_url(site: &Site, call: &Call<'_>, request: &GetHostUrlMeeting) -> Outcome<GetHostUrlMeetingResponse> {
    let key = request.meeting_key.or(request.session_key).ok_or_else(Fault::meeting_not_found)?;
    let session = managed(site, call, key)?;
    let url = format!("https://{0}.webex.com/{0}/p.php?AT=LI&MU=m.php%3FAT%3DHM%26MK%3D{1}", site.host_name(), session.key);
    Ok(GetHostUrlMeetingResponse::new().with_host_meeting_url(url))
}

/// Returns the address for joining a meeting, for everyone who knows its key and its password if there is one. Callers who take part in
/// the meeting need no password.
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
