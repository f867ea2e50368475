//! Defines the flags that administrators of a site set, and the state of its authentication server. The operations implement their
//! effects.

use std::fmt;
use std::str::FromStr;

/// The flags that a site administrator and a super administrator set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `PMR_ForceLogin`: the value `1` is true; any other value, and `None`, is false.
    pub(crate) pmr_force_login: Option<String>,
    /// Whether sessions get audio passwords: the flag of the super administrator, and that of the site administrator.
    pub(crate) audio_password: (bool, bool),
    /// Whether the site has Collaboration Meeting Rooms. Without them, no session is CET enabled.
    pub(crate) cet: bool,
    pub(crate) authentication_server: AuthenticationServer,
}

impl Default for Flags {
    fn default() -> Self {
        Self { pmr_force_login: None, audio_password: (true, true), cet: true, authentication_server: AuthenticationServer::Up }
    }
}

/// The state of the authentication server behind the site, which `authenticateUser` depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AuthenticationServer {
    /// The server works.
    #[default]
    Up,
    /// The server cannot be reached: `authenticateUser` fails with 000035.
    Unreachable,
    /// The server responds but issues no ticket: `authenticateUser` fails with 030048.
    NoTicket,
}

impl AuthenticationServer {
    /// All three states.
    pub const ALL: [Self; 3] = [Self::Up, Self::Unreachable, Self::NoTicket];

    /// Returns the name of the state on the command line and in the form.
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
