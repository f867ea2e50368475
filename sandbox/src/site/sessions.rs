//! Stores the sessions of a site, scheduled meetings and personal rooms, with their attendees, determines who can see them, and tracks
//! which ones changed. The values that a request sets are stored in the type that `getMeeting` returns. The module `operations::session`
//! formats sessions for answers.

use std::collections::{BTreeMap, BTreeSet};

use webex_xml_types::attendee::AttendeeInstance;
use webex_xml_types::meeting::GetMeetingResponse;
use xsdgen_codec::Secret;

use super::{Attendees, Caller, Flags};

/// The lower bound of the keys of scheduled sessions. It exceeds 32 bits, as keys on live sites do.
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
    /// Whether this is a personal meeting room rather than a scheduled meeting.
    pub(crate) personal_room: bool,
    /// Whether video systems can join: CET enabled, which the release note calls CMR enabled.
    pub(crate) cet: bool,
    pub(crate) sip_url: String,
    /// The number of the host's account. It prevents an account that reuses the name of a deleted one from taking over its sessions.
    pub(crate) host_id: i64,
    /// The account name of the host.
    pub(crate) host: String,
    pub(crate) audio_password: Option<Secret>,
    /// The values that requests set, without the attendees.
    pub(crate) details: GetMeetingResponse,
    pub(crate) attendees: Attendees,
}

impl Sessions {
    /// Returns all sessions, ordered by key.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Session> {
        self.by_key.values()
    }

    pub(crate) fn get(&self, key: i64) -> Option<&Session> {
        self.by_key.get(&key)
    }

    /// Returns a key that no session has.
    pub(crate) fn next_key(&self) -> i64 {
        self.last_key.max(FIRST_KEY) + 1
    }

    /// Returns the highest session key assigned so far.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_key(&self) -> i64 {
        self.last_key
    }

    /// Returns the highest attendee number assigned so far.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_attendee_id(&self) -> i64 {
        self.last_attendee_id
    }

    /// Makes sure that new session keys and attendee numbers are higher than the given ones.
    #[cfg(feature = "sqlite")]
    pub(crate) fn count_from(&mut self, last_key: i64, last_attendee_id: i64) {
        self.last_key = self.last_key.max(last_key);
        self.last_attendee_id = self.last_attendee_id.max(last_attendee_id);
    }

    /// Schedules a session, or replaces the one with the same key.
    ///
    /// If both administrators enabled audio passwords and the session has a password, it gets an audio password. How the live service
    /// generates it is unknown; here it has eight digits, as in the sample of the release note.
    pub(crate) fn schedule(&mut self, mut session: Session, flags: &Flags) {
        let made = flags.audio_password == (true, true) && session.password().is_some();
        session.audio_password = made.then(|| {
            let digits = session.key.unsigned_abs().wrapping_mul(2_654_435_761) % 90_000_000 + 10_000_000;
            digits.to_string().into()
        });
        self.put(session);
    }

    /// Stores a session unchanged.
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

    /// Adds an attendee to a session, or updates the one with the same address. Returns its number.
    pub(crate) fn enroll(&mut self, key: i64, attendee: AttendeeInstance) -> Option<i64> {
        let session = self.by_key.get_mut(&key)?;
        self.changed.insert(key);
        Some(session.attendees.put(attendee, &mut self.last_attendee_id))
    }

    /// Replaces all attendees of a session that is about to be stored.
    pub(crate) fn set_attendees(&mut self, session: &mut Session, all: Vec<AttendeeInstance>) {
        session.attendees.replace(all, &mut self.last_attendee_id);
    }

    /// Removes an attendee from a session.
    pub(crate) fn expel(&mut self, key: i64, attendee_id: i64) -> Option<AttendeeInstance> {
        let gone = self.by_key.get_mut(&key)?.attendees.remove(attendee_id)?;
        self.changed.insert(key);
        Some(gone)
    }

    /// Returns whether any session has an attendee with that name or address.
    pub(crate) fn invite_as(&self, name: &str) -> bool {
        self.by_key.values().any(|session| session.attendees.mention(name))
    }

    /// Updates the host name in the sessions of a renamed account.
    pub(crate) fn rename_host(&mut self, host_id: i64, name: &str) {
        let theirs = self.by_key.values_mut().filter(|session| session.host_id == host_id);
        for session in theirs {
            name.clone_into(&mut session.host);
            self.changed.insert(session.key);
        }
    }

    /// Returns the keys of the sessions that were stored or removed since the last call.
    pub(crate) fn take_changes(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.changed)
    }
}

impl Session {
    pub(crate) fn name(&self) -> &str {
        self.details.metadata.as_ref().and_then(|data| data.conf_name.as_deref()).unwrap_or_default()
    }

    /// Returns the password of the session, unless it is empty.
    pub(crate) fn password(&self) -> Option<&Secret> {
        self.details.access_control.as_ref()?.meeting_password.as_ref().filter(|password| !password.is_empty())
    }

    /// Returns whether lists show the session to everyone.
    pub(crate) fn is_listed(&self) -> bool {
        let control = self.details.access_control.as_ref();
        !self.personal_room && control.is_none_or(|control| control.list_to_public != Some(false) && control.is_public != Some(false))
    }

    pub(crate) fn is_hosted_by(&self, caller: &Caller) -> bool {
        caller.id() == Some(self.host_id)
    }

    /// Returns whether the caller can change the session: its host, an alternate host or a site administrator.
    pub(crate) fn is_managed_by(&self, caller: &Caller) -> bool {
        self.is_hosted_by(caller) || caller.is_site_admin() || self.attendees.alternate_hosts().any(|person| caller.is_person(person))
    }

    /// Returns whether the caller can see passwords and dial-in data. This includes everyone who can change the session, is invited to
    /// it, or knows its password.
    pub(crate) fn shows_all_to(&self, caller: &Caller, password: Option<&str>) -> bool {
        let knows = self.password().is_some_and(|own| Some(own.expose()) == password);
        knows || self.is_managed_by(caller) || self.attendees.invite(caller)
    }

    /// Returns whether an account is required to join. For a personal room the site flag `PMR_ForceLogin` decides, otherwise the
    /// session's own option.
    pub(crate) fn join_requires_account(&self, flags: &Flags) -> bool {
        match self.personal_room {
            true => flags.pmr_force_login.as_deref() == Some("1"),
            false => self.details.attendee_options.as_ref().and_then(|options| options.join_requires_account) == Some(true),
        }
    }

    /// Returns whether attendees must register.
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
