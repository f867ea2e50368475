//! The credentials of a caller, which become a request's security context. Their `Debug` output hides secrets. The site is described by
//! [`Site`](crate::Site); a [`Session`](crate::Session) gets and renews tickets.

use xsdgen_codec::Secret;

/// The identity of the caller.
///
/// Anonymous credentials are enough for `getSiteType`, `getAPIVersion` and a reduced `getSessionInfo`.
///
/// ```
/// use webex_xml::Credentials;
///
/// let admin = Credentials::password("admin", "P@ssword123").with_partner_id("my-partner");
/// assert!(!format!("{admin:?}").contains("P@ssword123"));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Credentials {
    pub(crate) user: Option<User>,
    pub(crate) password: Option<Secret>,
    pub(crate) ticket: Option<Secret>,
    pub(crate) partner_id: Option<Secret>,
}

/// The name of the caller: account name or e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum User {
    WebexId(String),
    Email(String),
}

impl Credentials {
    const NOBODY: Self = Self { user: None, password: None, ticket: None, partner_id: None };

    /// Creates anonymous credentials: the request names only its site.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self::NOBODY
    }

    /// Creates credentials with a user but no secret, for calls that carry their own proof: `authenticateUser` with an access token or a
    /// SAML response.
    pub fn user(webex_id: impl Into<String>) -> Self {
        Self { user: Some(User::WebexId(webex_id.into())), ..Self::NOBODY }
    }

    /// Creates credentials without a secret, like [`Credentials::user`], for a user given by the e-mail address.
    pub fn email(email: impl Into<String>) -> Self {
        Self { user: Some(User::Email(email.into())), ..Self::NOBODY }
    }

    /// Creates credentials with an account name and a password. On Common Identity sites the account name is the e-mail address.
    pub fn password(webex_id: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { password: Some(password.into()), ..Self::user(webex_id) }
    }

    /// Creates credentials with an account name and a session ticket from `authenticateUser`, which lasts for an hour and a half.
    pub fn ticket(webex_id: impl Into<String>, ticket: impl Into<Secret>) -> Self {
        Self { ticket: Some(ticket.into()), ..Self::user(webex_id) }
    }

    /// Creates credentials with an e-mail address instead of the account name, and a password.
    pub fn email_password(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { password: Some(password.into()), ..Self::email(email) }
    }

    /// Creates credentials with an e-mail address instead of the account name, and a session ticket.
    pub fn email_ticket(email: impl Into<String>, ticket: impl Into<Secret>) -> Self {
        Self { ticket: Some(ticket.into()), ..Self::email(email) }
    }

    /// Sets the partner ID that some sites require.
    #[must_use]
    pub fn with_partner_id(mut self, partner_id: impl Into<Secret>) -> Self {
        self.partner_id = Some(partner_id.into());
        self
    }
}

impl Credentials {
    /// Returns the name of the caller.
    pub(crate) fn user_name(&self) -> Option<&str> {
        match self.user.as_ref()? {
            User::WebexId(name) | User::Email(name) => Some(name),
        }
    }
}

impl Default for Credentials {
    fn default() -> Self {
        Self::anonymous()
    }
}
