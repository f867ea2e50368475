//! In: words of a form or of the command line. Out: what administrators of a site switch, and how its authentication server is.
//! Not here: what follows from them, which is with the operations.

use std::fmt;
use std::str::FromStr;

/// What a site administrator and a super administrator switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `PMR_ForceLogin`: `1` is true; any other value, and none, is false.
    pub(crate) pmr_force_login: Option<String>,
    /// Whether passwords for audio are made: by the super administrator's flag, and by the site administrator's.
    pub(crate) audio_password: (bool, bool),
    /// Whether the site has Collaboration Meeting Rooms: without them no session is CET enabled.
    pub(crate) cet: bool,
    pub(crate) authentication_server: AuthenticationServer,
}

impl Default for Flags {
    fn default() -> Self {
        Self { pmr_force_login: None, audio_password: (true, true), cet: true, authentication_server: AuthenticationServer::Up }
    }
}

/// How the authentication server behind the site is, which `authenticateUser` asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AuthenticationServer {
    /// It answers.
    #[default]
    Up,
    /// It cannot be reached: 000035.
    Unreachable,
    /// It answers, and makes no ticket: 030048.
    NoTicket,
}

impl AuthenticationServer {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Up, Self::Unreachable, Self::NoTicket];

    /// The word for it on the command line and in the form.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Unreachable => "unreachable",
            Self::NoTicket => "no-ticket",
        }
    }
}

impl fmt::Display for AuthenticationServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for AuthenticationServer {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|state| state.word() == word);
        found.ok_or_else(|| "the authentication server is up, unreachable or no-ticket".to_owned())
    }
}
