//! In: who calls. Out: the values of a request's security context, secrets redacted in every `Debug`.
//! Not here: where the site is (see [`Site`](crate::Site)), and getting a ticket or renewing it (see [`Session`](crate::Session)).

use xsdgen_codec::Secret;

/// Who calls. Anonymous credentials are enough for `getSiteType`, `getAPIVersion` and a reduced `getSessionInfo`.
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

/// How the caller is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum User {
    WebexId(String),
    Email(String),
}

impl Credentials {
    const NOBODY: Self = Self { user: None, password: None, ticket: None, partner_id: None };

    /// Nobody: the request names its site only.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self::NOBODY
    }

    /// A user without a secret, for calls that bring their own: `authenticateUser` with an access token or a SAML response.
    pub fn user(webex_id: impl Into<String>) -> Self {
        Self { user: Some(User::WebexId(webex_id.into())), ..Self::NOBODY }
    }

    /// The same by the user's e-mail address.
    pub fn email(email: impl Into<String>) -> Self {
        Self { user: Some(User::Email(email.into())), ..Self::NOBODY }
    }

    /// A user and the password. On Common Identity sites the user is the e-mail address.
    pub fn password(webex_id: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { password: Some(password.into()), ..Self::user(webex_id) }
    }

    /// A user and a session ticket from `authenticateUser`, which lasts for an hour and a half.
    pub fn ticket(webex_id: impl Into<String>, ticket: impl Into<Secret>) -> Self {
        Self { ticket: Some(ticket.into()), ..Self::user(webex_id) }
    }

    /// The user's e-mail address in place of the account name, and the password.
    pub fn email_password(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { password: Some(password.into()), ..Self::email(email) }
    }

    /// The user's e-mail address in place of the account name, and a session ticket.
    pub fn email_ticket(email: impl Into<String>, ticket: impl Into<Secret>) -> Self {
        Self { ticket: Some(ticket.into()), ..Self::email(email) }
    }

    /// With the partner ID that some sites ask for.
    #[must_use]
    pub fn with_partner_id(mut self, partner_id: impl Into<Secret>) -> Self {
        self.partner_id = Some(partner_id.into());
        self
    }
}

impl Credentials {
    /// How the caller is named.
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
