//! In: scheduled meetings and personal rooms. Out: the same by key, who may see what of them, and which ones changed.
//! What a request set of a meeting is kept as `getMeeting` tells it; the rest is the site's own.
//! Not here: messages.

use std::collections::{BTreeMap, BTreeSet};

use webex_xml_types::attendee::Role;
use webex_xml_types::com::Person;
use webex_xml_types::meeting::GetMeetingResponse;
use xsdgen_codec::Secret;

use super::{Caller, Flags};

/// Keys of scheduled sessions are larger than this: more than 32 bits hold, as on live sites.
const FIRST_KEY: i64 = 17_260_000_000;

/// The sessions of a site, by key.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    last_key: i64,
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
    /// The host's account name.
    pub(crate) host: String,
    pub(crate) audio_password: Option<Secret>,
    pub(crate) details: GetMeetingResponse,
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

    /// New keys shall be higher than that one.
    #[cfg(feature = "sqlite")]
    pub(crate) fn count_from(&mut self, last_key: i64) {
        self.last_key = self.last_key.max(last_key);
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

    /// Gives a host's sessions to his new name.
    pub(crate) fn rename_host(&mut self, old: &str, new: &str) {
        let theirs = self.by_key.values_mut().filter(|session| session.host.eq_ignore_ascii_case(old));
        for session in theirs {
            new.clone_into(&mut session.host);
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

    pub(crate) fn minutes(&self) -> i64 {
        self.details.schedule.as_ref().and_then(|schedule| schedule.duration).unwrap_or(20)
    }

    fn invited(&self) -> impl Iterator<Item = (&Person, Option<&Role>)> {
        let attendees = self.details.participants.as_ref().and_then(|participants| participants.attendees.as_ref());
        let attendees = attendees.into_iter().flat_map(|attendees| &attendees.attendee);
        attendees.map(|attendee| (&attendee.person, attendee.role.as_ref()))
    }

    /// Those who may host in place of the host: invited with that role.
    pub(crate) fn alternate_hosts(&self) -> impl Iterator<Item = &Person> {
        self.invited().filter(|(_, role)| *role == Some(&Role::Host)).map(|(person, _)| person)
    }

    /// Whether the caller is invited, in whatever role.
    pub(crate) fn invites(&self, caller: &Caller) -> bool {
        self.invited().any(|(person, _)| caller.is_person(person))
    }

    /// Whether the caller may change it: its host, an alternate host, a site administrator.
    pub(crate) fn is_managed_by(&self, caller: &Caller) -> bool {
        caller.is(&self.host) || caller.is_site_admin() || self.alternate_hosts().any(|person| caller.is_person(person))
    }

    /// Whether the caller sees passwords and dial-in data: who may change it, whoever is invited or presents, and who knows the
    /// session's password.
    pub(crate) fn shows_all_to(&self, caller: &Caller, password: Option<&str>) -> bool {
        let knows = self.password().is_some_and(|own| Some(own.expose()) == password);
        knows || self.is_managed_by(caller) || self.invites(caller)
    }

    /// Whether people need an account to join: for a personal room the site's flag `PMR_ForceLogin` tells, else the session's own.
    pub(crate) fn join_requires_account(&self, flags: &Flags) -> bool {
        match self.personal_room {
            true => flags.pmr_force_login.as_deref() == Some("1"),
            false => self.details.attendee_options.as_ref().and_then(|options| options.join_requires_account) == Some(true),
        }
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
        let mut room = room("acme");
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
            let mut session = room("acme");
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
