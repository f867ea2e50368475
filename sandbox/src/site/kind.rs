//! Defines the five types of sites, with their numbers in the API and their names on the command line. The operations implement the
//! differences between them.

use std::fmt;
use std::str::FromStr;

/// The type of a site, as `getSiteType` reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SiteKind {
    /// Type 1: Common Identity. Users are managed outside the site, and their account name is their e-mail address.
    #[default]
    Ci,
    /// Type 2: single sign-on.
    Sso,
    /// Type 3: a train release without single sign-on.
    Train,
    /// Type 4: WebEx 11 with single sign-on.
    W11Sso,
    /// Type 5: no single sign-on.
    NonSso,
}

impl SiteKind {
    /// All five types, ordered by number.
    pub const ALL: [Self; 5] = [Self::Ci, Self::Sso, Self::Train, Self::W11Sso, Self::NonSso];

    /// Returns the number of the type in `getSiteTypeResponse`.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::Ci => 1,
            Self::Sso => 2,
            Self::Train => 3,
            Self::W11Sso => 4,
            Self::NonSso => 5,
        }
    }

    /// Returns the name of the type on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ci => "ci",
            Self::Sso => "sso",
            Self::Train => "train",
            Self::W11Sso => "w11-sso",
            Self::NonSso => "non-sso",
        }
    }

    pub(crate) const fn is_sso(self) -> bool {
        matches!(self, Self::Sso | Self::W11Sso)
    }
}

impl fmt::Display for SiteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for SiteKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.into_iter().map(Self::word).collect();
            format!("there is no such type of site; there are {}", words.join(", "))
        })
    }
}
