//! In: scheduled sessions and personal rooms. Out: the same by key, and who may see what of them.
//! Not here: messages; changing sessions, which no operation played here does.

use std::collections::BTreeMap;

use xsdgen_codec::Secret;

use super::{Caller, Flags};

/// The sessions of a site, by key.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    by_key: BTreeMap<i64, Session>,
}

/// A session.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) key: i64,
    pub(crate) conf_id: i64,
    pub(crate) name: String,
    /// A personal meeting room, and not a scheduled meeting.
    pub(crate) personal_room: bool,
    /// Reached by video systems: CET enabled, in the words of the release note CMR enabled.
    pub(crate) cet: bool,
    pub(crate) sip_url: String,
    /// The host's account name.
    pub(crate) host: String,
    pub(crate) alternate_hosts: Vec<String>,
    /// Account names of invitees, panelists and presenters.
    pub(crate) invited: Vec<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) audio_password: Option<Secret>,
    /// The session's own flag; a personal room goes by the site's.
    pub(crate) join_requires_account: bool,
    pub(crate) start: String,
    pub(crate) minutes: i64,
}

impl Sessions {
    pub(crate) fn get(&self, key: i64) -> Option<&Session> {
        self.by_key.get(&key)
    }

    /// Puts a session on the calendar. Where both administrators switched audio passwords on, and the session has a password, it gets
    /// one. How the service makes it is not known; here it is eight digits, as in the release note's sample.
    pub(crate) fn schedule(&mut self, mut session: Session, flags: &Flags) {
        if flags.audio_password == (true, true) && session.password.is_some() {
            let digits = session.key.unsigned_abs().wrapping_mul(2_654_435_761) % 90_000_000 + 10_000_000;
            session.audio_password = Some(digits.to_string().into());
        }
        self.by_key.insert(session.key, session);
    }
}

impl Session {
    /// Whether the caller sees passwords and dial-in data: the host, an alternate host, whoever is invited or presents, a site
    /// administrator, and who knows the session's password.
    pub(crate) fn shows_all_to(&self, caller: &Caller, password: Option<&str>) -> bool {
        let knows = self.password.as_ref().is_some_and(|own| Some(own.expose()) == password);
        let takes_part = std::iter::once(&self.host).chain(&self.alternate_hosts).chain(&self.invited).any(|name| caller.is(name));
        knows || takes_part || caller.is_site_admin()
    }

    /// Whether people need an account to join: for a personal room the site's flag `PMR_ForceLogin` tells, else the session's own.
    pub(crate) fn join_requires_account(&self, flags: &Flags) -> bool {
        if self.personal_room { flags.pmr_force_login.as_deref() == Some("1") } else { self.join_requires_account }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_14_only_1_forces_a_login() {
        let mut room = crate::site::seed::room();
        for (flag, expected) in [(Some("1"), true), (Some("0"), false), (Some("true"), false), (None, false)] {
            let flags = Flags { pmr_force_login: flag.map(str::to_owned), audio_password: (false, false) };
            assert_eq!(room.join_requires_account(&flags), expected, "{flag:?}");
        }
        room.personal_room = false;
        room.join_requires_account = true;
        assert!(room.join_requires_account(&Flags { pmr_force_login: None, audio_password: (false, false) }));
    }

    #[test]
    fn rule_16_audio_passwords_need_both_flags_and_a_password() {
        let made = |audio_password, password: Option<&str>| {
            let mut sessions = Sessions::default();
            let session = Session { password: password.map(Secret::from), ..crate::site::seed::room() };
            let key = session.key;
            sessions.schedule(session, &Flags { pmr_force_login: None, audio_password });
            sessions.get(key).unwrap().audio_password.is_some()
        };
        assert!(made((true, true), Some("x")));
        assert!(!made((true, true), None));
        assert!(!made((true, false), Some("x")));
        assert!(!made((false, true), Some("x")));
    }
}
