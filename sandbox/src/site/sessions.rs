//! In: scheduled meetings and personal rooms. Out: the same by key, with their attendees, who may see what of them, and which ones changed.
//! What a request set of a meeting is kept as `getMeeting` tells it; the rest is the site's own.
//! Not here: messages; how an answer tells a session (`operations::session`).

use std::collections::{BTreeMap, BTreeSet};

use webex_xml_types::attendee::AttendeeInstance;
use webex_xml_types::meeting::GetMeetingResponse;
use xsdgen_codec::Secret;

use super::{Attendees, Caller, Flags};

/// Keys of scheduled sessions are larger than this: more than 32 bits hold, as on live sites.
const FIRST_KEY: i64 = 17_260_000_000;

/// The sessions of a site, by key.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    last_key: i64,
    last_attendee_id: i64,
    by_key: BTreeMap<i64, Session>,
    changed: BTreeSet<i64>,
}

/// A session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) key: i64,
    pub(crate) conf_id: i64,
    /// A personal meeting room, and not a scheduled meeting.
    pub(crate) personal_room: bool,
    /// Reached by video systems: CET enabled, in the words of the release note CMR enabled.
    pub(crate) cet: bool,
    pub(crate) sip_url: String,
    /// The number of the host's account. An account that later gets the name of a deleted one does not get its sessions.
    pub(crate) host_id: i64,
    /// The host's account name.
    pub(crate) host: String,
    pub(crate) audio_password: Option<Secret>,
    /// What requests set, but for the attendees.
    pub(crate) details: GetMeetingResponse,
    pub(crate) attendees: Attendees,
}

impl Sessions {
    /// All sessions, by key.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Session> {
        self.by_key.values()
    }

    pub(crate) fn get(&self, key: i64) -> Option<&Session> {
        self.by_key.get(&key)
    }

    /// A key that no session has.
    pub(crate) fn next_key(&self) -> i64 {
        self.last_key.max(FIRST_KEY) + 1
    }

    /// The highest key that was given.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_key(&self) -> i64 {
        self.last_key
    }

    /// The highest number of an attendee that was given.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_attendee_id(&self) -> i64 {
        self.last_attendee_id
    }

    /// New keys, and numbers of attendees, shall be higher than these.
    #[cfg(feature = "sqlite")]
    pub(crate) fn count_from(&mut self, last_key: i64, last_attendee_id: i64) {
        self.last_key = self.last_key.max(last_key);
        self.last_attendee_id = self.last_attendee_id.max(last_attendee_id);
    }

    /// Puts a session on the calendar, or in the place of what it was. Where both administrators switched audio passwords on, and the
    /// session has a password, it gets one. How the service makes it is not known; here it is eight digits, as in the release note's sample.
    pub(crate) fn schedule(&mut self, mut session: Session, flags: &Flags) {
        let made = flags.audio_password == (true, true) && session.password().is_some();
        session.audio_password = made.then(|| {
            let digits = session.key.unsigned_abs().wrapping_mul(2_654_435_761) % 90_000_000 + 10_000_000;
            digits.to_string().into()
        });
        self.put(session);
    }

    /// Puts a session as it is.
    pub(crate) fn put(&mut self, session: Session) {
        self.last_key = self.last_key.max(session.key);
        self.changed.insert(session.key);
        self.by_key.insert(session.key, session);
    }

    pub(crate) fn remove(&mut self, key: i64) -> Option<Session> {
        let session = self.by_key.remove(&key)?;
        self.changed.insert(key);
        Some(session)
    }

    /// Adds an attendee to a session, or brings up to date the one with the same address. Returns its number.
    pub(crate) fn enroll(&mut self, key: i64, attendee: AttendeeInstance) -> Option<i64> {
        let session = self.by_key.get_mut(&key)?;
        self.changed.insert(key);
        Some(session.attendees.put(attendee, &mut self.last_attendee_id))
    }

    /// Makes these the only attendees of a session that is not put yet, or is put again.
    pub(crate) fn set_attendees(&mut self, session: &mut Session, all: Vec<AttendeeInstance>) {
        session.attendees.replace(all, &mut self.last_attendee_id);
    }

    /// Removes an attendee from a session.
    pub(crate) fn expel(&mut self, key: i64, attendee_id: i64) -> Option<AttendeeInstance> {
        let gone = self.by_key.get_mut(&key)?.attendees.remove(attendee_id)?;
        self.changed.insert(key);
        Some(gone)
    }

    /// Tells whether somebody is invited to a session under that name or address.
    pub(crate) fn invite_as(&self, name: &str) -> bool {
        self.by_key.values().any(|session| session.attendees.mention(name))
    }

    /// Gives the sessions of an account its new name.
    pub(crate) fn rename_host(&mut self, host_id: i64, name: &str) {
        let theirs = self.by_key.values_mut().filter(|session| session.host_id == host_id);
        for session in theirs {
            name.clone_into(&mut session.host);
            self.changed.insert(session.key);
        }
    }

    /// Keys of the sessions that were put or removed since the last time.
    pub(crate) fn take_changes(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.changed)
    }
}

impl Session {
    pub(crate) fn name(&self) -> &str {
        self.details.metadata.as_ref().and_then(|data| data.conf_name.as_deref()).unwrap_or_default()
    }

    /// Its password, unless that is empty.
    pub(crate) fn password(&self) -> Option<&Secret> {
        self.details.access_control.as_ref()?.meeting_password.as_ref().filter(|password| !password.is_empty())
    }

    /// Whether lists show it to everybody.
    pub(crate) fn is_listed(&self) -> bool {
        let control = self.details.access_control.as_ref();
        !self.personal_room && control.is_none_or(|control| control.list_to_public != Some(false) && control.is_public != Some(false))
    }

    pub(crate) fn is_hosted_by(&self, caller: &Caller) -> bool {
        caller.id() == Some(self.host_id)
    }

    /// Whether the caller may change it: its host, an alternate host, a site administrator.
    pub(crate) fn is_managed_by(&self, caller: &Caller) -> bool {
        self.is_hosted_by(caller) || caller.is_site_admin() || self.attendees.alternate_hosts().any(|person| caller.is_person(person))
    }

    /// Whether the caller sees passwords and dial-in data: who may change it, whoever is invited or presents, and who knows the
    /// session's password.
    pub(crate) fn shows_all_to(&self, caller: &Caller, password: Option<&str>) -> bool {
        let knows = self.password().is_some_and(|own| Some(own.expose()) == password);
        knows || self.is_managed_by(caller) || self.attendees.invite(caller)
    }

    /// Whether people need an account to join: for a personal room the site's flag `PMR_ForceLogin` tells, else the session's own.
    pub(crate) fn join_requires_account(&self, flags: &Flags) -> bool {
        match self.personal_room {
            true => flags.pmr_force_login.as_deref() == Some("1"),
            false => self.details.attendee_options.as_ref().and_then(|options| options.join_requires_account) == Some(true),
        }
    }

    /// Whether attendees must register.
    pub(crate) fn takes_registrations(&self) -> bool {
        self.details.attendee_options.as_ref().and_then(|options| options.registration) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::seed::room;
    use webex_xml_types::meeting::{AccessControl, AttendeeOptions};

    fn flags(pmr_force_login: Option<&str>, audio_password: (bool, bool)) -> Flags {
        Flags { pmr_force_login: pmr_force_login.map(str::to_owned), audio_password, ..Flags::default() }
    }

    #[test]
    fn rule_14_only_1_forces_a_login() {
        let mut room = room("acme", 1);
        for (flag, expected) in [(Some("1"), true), (Some("0"), false), (Some("true"), false), (None, false)] {
            assert_eq!(room.join_requires_account(&flags(flag, (false, false))), expected, "{flag:?}");
        }
        room.personal_room = false;
        assert!(!room.join_requires_account(&flags(Some("1"), (false, false))));
        room.details.attendee_options = Some(AttendeeOptions::new().with_join_requires_account(true));
        assert!(room.join_requires_account(&flags(None, (false, false))));
    }

    #[test]
    fn rule_16_audio_passwords_need_both_flags_and_a_password() {
        let made = |audio_password, password: &str| {
            let mut sessions = Sessions::default();
            let mut session = room("acme", 1);
            session.details.access_control = Some(AccessControl::new().with_meeting_password(password));
            sessions.schedule(session, &flags(None, audio_password));
            sessions.all().any(|session| session.audio_password.is_some())
        };
        assert!(made((true, true), "x"));
        assert!(!made((true, true), ""));
        assert!(!made((true, false), "x"));
        assert!(!made((false, true), "x"));
    }
}
