//! In: the number that `getSiteType` answers. Out: the type of a site, and what a client keeps of it.
//! Not here: what the client does on a Common Identity site (`common_identity`).

use std::sync::OnceLock;

/// The type of a site (release note 9.0, `getSiteType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SiteType {
    /// 1: users are managed by Common Identity; their account name is their e-mail address.
    CommonIdentity,
    /// 2: single sign-on.
    Sso,
    /// 3: on the train, without single sign-on.
    TrainNonSso,
    /// 4: WebEx 11 with single sign-on.
    WebEx11Sso,
    /// 5: without single sign-on.
    NonSso,
    /// A number that this release does not know.
    Other(i64),
}

impl SiteType {
    /// The number, as `getSiteType` answers it.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::CommonIdentity => 1,
            Self::Sso => 2,
            Self::TrainNonSso => 3,
            Self::WebEx11Sso => 4,
            Self::NonSso => 5,
            Self::Other(number) => number,
        }
    }

    /// Whether users log in with a SAML response.
    #[must_use]
    pub const fn is_sso(self) -> bool {
        matches!(self, Self::Sso | Self::WebEx11Sso)
    }
}

impl From<i64> for SiteType {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::CommonIdentity,
            2 => Self::Sso,
            3 => Self::TrainNonSso,
            4 => Self::WebEx11Sso,
            5 => Self::NonSso,
            other => Self::Other(other),
        }
    }
}

/// The site's type, told, asked or learnt once; the clones of a client share it.
#[derive(Debug, Default)]
pub(crate) struct KnownSiteType {
    known: OnceLock<SiteType>,
    /// Held by the one call that asks.
    pub(crate) asking: async_lock::Mutex<()>,
}

impl KnownSiteType {
    pub(crate) fn told(site_type: SiteType) -> Self {
        let known = Self::default();
        known.learn(site_type);
        known
    }

    pub(crate) fn get(&self) -> Option<SiteType> {
        self.known.get().copied()
    }

    /// What is known first stays.
    pub(crate) fn learn(&self, site_type: SiteType) -> SiteType {
        *self.known.get_or_init(|| site_type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive() {
        for number in [1, 2, 3, 4, 5, 0, 6, -1, i64::MAX] {
            assert_eq!(SiteType::from(number).number(), number);
        }
        assert_eq!(SiteType::from(9), SiteType::Other(9));
    }
}
