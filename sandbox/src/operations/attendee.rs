//! Implements the attendee service: createMeetingAttendee, registerMeetingAttendee, lstMeetingAttendee and delMeetingAttendee, for the
//! sessions of the site. Sessions that occur only in sample answers, with keys from 1 on, have sample attendees. Enrollment and feedback
//! have sample answers.

use std::cmp::Ordering;

use webex_xml_types::attendee::{
    Attendee, AttendeeInstance, CreateMeetingAttendee, CreateMeetingAttendeeResponse, DelMeetingAttendee, DelMeetingAttendeeResponse,
    JoinStatus, LstMeetingAttendee, LstMeetingAttendeeResponse, RegisterAttendee, RegisterMeetingAttendee, RegisterMeetingAttendeeResponse,
    Role, create_meeting_attendee_response as created, register_meeting_attendee_response as registered,
};
use webex_xml_types::com::Person;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::Xml;

use super::lists::{page, sort};
use super::meeting::managed;
use super::samples;
use super::{Call, Outcome, known};
use crate::faults::Fault;
use crate::site::{Caller, Session, Site, converted};

/// The number that is added to the number of an attendee to get the registration number.
const REGISTRATION: i64 = 1_000_000_000;

/// Adds attendees to sessions that the caller can change, or updates those who are already known by their address.
pub(super) fn create(site: &mut Site, call: &Call<'_>, request: &CreateMeetingAttendee) -> Outcome<AnyBodyContent> {
    call.user()?;
    let outer = request.meeting_key.or(request.session_key);
    let mut all = request.attendees.clone();
    if all.is_empty() || !request.person.email.is_empty() || request.person.name.is_some() {
        all.insert(0, call.stored(converted::<Attendee>(request))?);
    }
    let keys: Vec<i64> = all.iter().filter_map(|attendee| attendee.meeting_key.or(attendee.session_key).or(outer)).collect();
    if keys.len() < all.len() {
        return Err(Fault::meeting_not_found());
    }
    if keys.iter().any(|key| samples::tells_of_session(*key)) {
        return sampled(request.clone());
    }
    // All sessions are checked before the first attendee is added.
    keys.iter().try_for_each(|key| managed(site, call, *key).map(drop))?;
    let mut answer = CreateMeetingAttendeeResponse::new();
    for (attendee, key) in all.iter().zip(&keys) {
        let Some(session) = site.sessions.get(*key) else { continue };
        let Some(mut attendee) = instance(site, session, attendee) else { continue };
        let registers = session.takes_registrations();
        if registers {
            attendee.register_id = Some(0);
        }
        let Some(id) = enroll(site, *key, attendee) else { continue };
        answer.attendee_id.push(id);
        if registers {
            answer.register.push(created::Register::new(id, id + REGISTRATION));
        }
    }
    Ok(answer.into())
}

/// Registers attendees for sessions that the caller can change, or the caller for a listed session that takes registrations.
/// Registrations are accepted at once if the session is set up that way.
pub(super) fn register(site: &mut Site, call: &Call<'_>, request: &RegisterMeetingAttendee) -> Outcome<AnyBodyContent> {
    let caller = call.user()?;
    let keys: Vec<i64> = request.attendees.iter().filter_map(|attendee| key_of(site, attendee.session_key, attendee.conf_id)).collect();
    if keys.len() < request.attendees.len() || keys.is_empty() {
        return Err(Fault::meeting_not_found());
    }
    if keys.iter().any(|key| samples::tells_of_session(*key)) {
        return sampled(request.clone());
    }
    // All registrations are checked before the first one is performed.
    for (attendee, key) in request.attendees.iter().zip(&keys) {
        may_register(site, caller, attendee, *key)?;
    }
    let mut answer = RegisterMeetingAttendeeResponse::new();
    for (attendee, key) in request.attendees.iter().zip(&keys) {
        let Some(session) = site.sessions.get(*key) else { continue };
        let Some(mut registrant) = instance(site, session, attendee) else { continue };
        if !session.is_managed_by(caller) {
            let accepted = session.details.attendee_options.as_ref().and_then(|options| options.auto) == Some(true);
            registrant.join_status = Some(if accepted { JoinStatus::Accept } else { JoinStatus::Register });
        }
        registrant.join_status.get_or_insert(JoinStatus::Register);
        registrant.register_id = Some(0);
        if let Some(id) = enroll(site, *key, registrant) {
            answer.register.push(registered::Register::new(id, id + REGISTRATION));
        }
    }
    Ok(answer.into())
}

/// Refuses a registration that the caller is not allowed to make. Callers can register themselves only with the role of an attendee, and
/// only if they were not rejected before.
fn may_register(site: &Site, caller: &Caller, attendee: &RegisterAttendee, key: i64) -> Outcome<()> {
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    let plain = attendee.role.as_ref().is_none_or(|role| *role == Role::Attendee);
    let known = session.attendees.by_email(&attendee.person.email).and_then(|known| known.status.as_ref());
    let welcome = session.takes_registrations() && session.is_listed() && known.is_none_or(|status| !status.rejected);
    let for_himself = plain && welcome && caller.is_exactly(&attendee.person);
    if session.is_managed_by(caller) || for_himself { Ok(()) } else { Err(Fault::access_denied()) }
}

/// Adds an attendee to a session. Someone who registers gets an individual registration number.
fn enroll(site: &mut Site, key: i64, attendee: AttendeeInstance) -> Option<i64> {
    let registers = attendee.register_id.is_some();
    let id = site.sessions.enroll(key, attendee)?;
    if registers {
        let attendee = site.sessions.get(key)?.attendees.by_id(id)?.clone();
        site.sessions.enroll(key, attendee.with_register_id(id + REGISTRATION));
    }
    Some(id)
}

/// Returns the attendee that a request names, in the type in which sessions store attendees, or `None` if it names nobody.
pub(super) fn instance(site: &Site, session: &Session, attendee: &impl Xml) -> Option<AttendeeInstance> {
    let mut kept = converted::<AttendeeInstance>(attendee).ok()?.value;
    let person = &kept.person;
    let named =
        [Some(&person.email), person.name.as_ref(), person.webex_id.as_ref(), person.first_name.as_ref(), person.last_name.as_ref()];
    if named.into_iter().flatten().all(|name| name.trim().is_empty()) {
        return None;
    }
    (kept.meeting_key, kept.session_key, kept.conf_id) = (Some(session.key), None, Some(session.conf_id));
    let host = site.users.by_id(session.host_id).map(|host| &host.profile);
    if kept.language.is_none() && kept.language_id.is_none() {
        kept.language = host.and_then(|host| host.language.clone());
        kept.language_id = host.and_then(|host| host.language_id);
    }
    Some(kept)
}

/// Lists the attendees of a session in which the caller takes part. The request names the session by its key or by its conference number.
pub(super) fn list(site: &Site, call: &Call<'_>, request: &LstMeetingAttendee) -> Outcome<AnyBodyContent> {
    let caller = call.user()?;
    let key = key_of(site, request.meeting_key.or(request.session_key), request.conf_id).ok_or_else(Fault::meeting_not_found)?;
    if samples::tells_of_session(key) {
        return sampled(request.clone());
    }
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    if !session.shows_all_to(caller, None) {
        return Err(Fault::access_denied());
    }
    let wanted = request.join_status.as_ref().filter(|wanted| !wanted.as_str().is_empty());
    let matches = |attendee: &&AttendeeInstance| wanted.is_none_or(|wanted| attendee.join_status.as_ref() == Some(wanted));
    let mut found: Vec<&AttendeeInstance> = session.attendees.all().iter().filter(matches).collect();
    if let Some(order) = &request.order {
        sort(&mut found, &order.order_by, &order.order_ad, |field, a, b| compare(field.as_str(), a, b));
    }
    let (found, records) = page(found, request.list_control.as_ref())?;
    let attendees = found.into_iter().map(|attendee| attendee.clone().with_session_key(key));
    Ok(LstMeetingAttendeeResponse::new().with_matching_records(records).with_attendee(attendees).into())
}

/// Compares two attendees by a field that the list can be ordered by.
fn compare(field: &str, a: &AttendeeInstance, b: &AttendeeInstance) -> Ordering {
    let by = |text: fn(&Person) -> Option<&String>| {
        let small = |attendee: &AttendeeInstance| text(&attendee.person).map(|text| text.to_lowercase());
        small(a).cmp(&small(b))
    };
    match field {
        "ATTENDEEID" => a.attendee_id.cmp(&b.attendee_id),
        "ATTENDEENAME" => by(|person| person.name.as_ref()),
        "ATTENDEEWEBEXID" => by(|person| person.webex_id.as_ref()),
        "EMAIL" => by(|person| Some(&person.email)),
        "COMPANY" => by(|person| person.company.as_ref()),
        "TITLE" => by(|person| person.title.as_ref()),
        "URL" => by(|person| person.url.as_ref()),
        "NOTES" => by(|person| person.notes.as_ref()),
        "JOINSTATUS" => a.join_status.as_ref().map(JoinStatus::as_str).cmp(&b.join_status.as_ref().map(JoinStatus::as_str)),
        _ => Ordering::Equal,
    }
}

/// Removes attendees from sessions that the caller can change, or the caller's own entry. If one of the attendees does not exist, none is
/// removed.
pub(super) fn delete(site: &mut Site, call: &Call<'_>, request: &DelMeetingAttendee) -> Outcome<AnyBodyContent> {
    call.user()?;
    let sampled_id = |id: &i64| samples::tells_of_session(*id);
    if request.attendee_id.iter().any(sampled_id) || request.attendee_email.iter().any(|named| sampled_id(&named.session_key)) {
        return sampled(request.clone());
    }
    let mut gone = Vec::new();
    for id in &request.attendee_id {
        let of = |session: &&Session| session.attendees.by_id(*id).is_some();
        let session = site.sessions.all().find(of).ok_or_else(Fault::no_record)?;
        gone.push((session.key, *id));
    }
    for named in &request.attendee_email {
        let session = site.sessions.get(named.session_key).ok_or_else(Fault::meeting_not_found)?;
        let attendee = session.attendees.by_email(&named.email).ok_or_else(Fault::no_record)?;
        gone.push((session.key, attendee.attendee_id));
    }
    if gone.is_empty() {
        return Err(Fault::no_record());
    }
    for (key, id) in &gone {
        may_remove(site, call, *key, *id)?;
    }
    for (key, id) in gone {
        site.sessions.expel(key, id);
    }
    Ok(DelMeetingAttendeeResponse::new().into())
}

/// Refuses to remove another attendee from a session that the caller cannot change.
fn may_remove(site: &Site, call: &Call<'_>, key: i64, id: i64) -> Outcome<()> {
    let session = site.sessions.get(key).ok_or_else(Fault::meeting_not_found)?;
    let himself = |caller: &Caller| session.attendees.by_id(id).is_some_and(|attendee| caller.is_person(&attendee.person));
    let caller = call.user()?;
    if session.is_managed_by(caller) || himself(caller) { Ok(()) } else { Err(Fault::access_denied()) }
}

/// Returns the key of the session that a request names by its key or by its conference number.
fn key_of(site: &Site, key: Option<i64>, conf_id: Option<i64>) -> Option<i64> {
    key.or_else(|| site.sessions.all().find(|session| Some(session.conf_id) == conf_id).map(|session| session.key))
}

/// Returns the sample answer to a request about a session that occurs only in sample answers.
fn sampled(request: impl Into<AnyBodyContent>) -> Outcome<AnyBodyContent> {
    let request = request.into();
    let operation = known(&request).ok_or_else(Fault::meeting_not_found)?;
    samples::answer(operation, request)
}
