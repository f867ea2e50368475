//! Parses accounts given as `NAME:PASSWORD[:admin]` on the command line, and adds them to a site when it starts. Errors never repeat text
//! that may be a password.

use std::fmt;
use std::str::FromStr;

use webex_xml_types::user::Privilege;
use xsdgen_codec::Secret;

use super::{ACCOUNTS, Account, Site, User, seed};

/// An account that a site gets when it starts. It is a host, unless it is made an administrator.
///
/// ```
/// use webex_xml_sandbox::NewAccount;
///
/// let jane: NewAccount = "jane@acme.example:Jane-Pass-1:admin".parse()?;
/// assert_eq!(jane, NewAccount::new("jane@acme.example", "Jane-Pass-1").administrator());
/// # Ok::<(), webex_xml_sandbox::NewAccountError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    name: String,
    password: Secret,
    administrator: bool,
    access_token: Option<Secret>,
    saml_response: Option<Secret>,
}

impl NewAccount {
    /// Creates the account of a host. A name that contains an `@` is also used as its e-mail address.
    #[must_use]
    pub fn new(name: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { name: name.into(), password: password.into(), administrator: false, access_token: None, saml_response: None }
    }

    /// Makes the account a site administrator.
    #[must_use]
    pub fn administrator(mut self) -> Self {
        self.administrator = true;
        self
    }

    /// Sets the access token that `authenticateUser` accepts for the account on a Common Identity site.
    #[must_use]
    pub fn access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// Sets the SAML response that `authenticateUser` accepts for the account on a site with single sign-on.
    #[must_use]
    pub fn saml_response(mut self, response: impl Into<Secret>) -> Self {
        self.saml_response = Some(response.into());
        self
    }

    /// Returns whether the account is a site administrator.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.administrator
    }

    /// Returns the account name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The reason why a text is not a valid [`NewAccount`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NewAccountError {
    /// The text contains no colon.
    NoPassword,
    /// The name before the first colon is empty.
    EmptyName,
    /// The password of the account with the given name is empty.
    EmptyPassword(String),
    /// The role after the last colon, for the account with the given name, is neither `admin` nor `host`.
    Role(String),
}

impl fmt::Display for NewAccountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPassword => f.write_str("an account is given as NAME:PASSWORD or NAME:PASSWORD:admin, and here is no colon"),
            Self::EmptyName => f.write_str("an account is given as NAME:PASSWORD or NAME:PASSWORD:admin, and here is no name"),
            Self::EmptyPassword(name) => {
                write!(f, "the password of {name} is empty: an account is given as NAME:PASSWORD or NAME:PASSWORD:admin")
            }
            Self::Role(name) => write!(
                f,
                "what stands behind the last colon is no role of {name}: the roles are admin and host; \
                 a password with a colon in it needs one of them behind it"
            ),
        }
    }
}

impl std::error::Error for NewAccountError {}

impl FromStr for NewAccount {
    type Err = NewAccountError;

    fn from_str(text: &str) -> Result<Self, NewAccountError> {
        let (name, rest) = text.split_once(':').ok_or(NewAccountError::NoPassword)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(NewAccountError::EmptyName);
        }
        let (password, role) = match rest.rsplit_once(':') {
            Some((password, role)) => (password, role),
            None => (rest, "host"),
        };
        if password.is_empty() {
            return Err(NewAccountError::EmptyPassword(name.to_owned()));
        }
        let account = Self::new(name, password);
        match role {
            "host" => Ok(account),
            "admin" => Ok(account.administrator()),
            _ => Err(NewAccountError::Role(name.to_owned())),
        }
    }
}

impl Site {
    /// Returns the predefined accounts whose names and passwords have not been changed.
    pub(crate) fn known_accounts(&self) -> impl Iterator<Item = &'static Account> {
        let is_known =
            |account: &&Account| self.users.find(account.webex_id, self.kind).is_some_and(|user| user.has_password(account.password));
        ACCOUNTS.into_iter().filter(is_known)
    }

    /// Adds an account, or updates the existing account of that name with the password and the other data given.
    pub(crate) fn add_account(&mut self, account: &NewAccount) {
        let known = self.users.find(&account.name, self.kind).cloned();
        let old_name = known.as_ref().map(|user| user.name().to_owned());
        let mut user = known.unwrap_or_else(|| {
            let mut profile = seed::profile(&account.name, Privilege::new().with_host(true));
            profile.email = account.name.contains('@').then(|| account.name.clone());
            let (first, last) = names(&account.name);
            User::new(profile.with_first_name(first).with_last_name(last))
        });
        user.password = Some(account.password.clone());
        user.access_token = account.access_token.clone().or(user.access_token);
        user.saml_response = account.saml_response.clone().or(user.saml_response);
        if account.administrator {
            user.profile.privilege.get_or_insert_with(Privilege::new).site_admin = Some(true);
        }
        match old_name {
            Some(old_name) => self.users.replace(&old_name, user),
            None => drop(self.users.add(user)),
        }
    }
}

/// Derives a first and a last name from an account name: `Jane` and `Doe` from `Jane.Doe@acme.example`.
fn names(account: &str) -> (String, String) {
    let own = account.split('@').next().unwrap_or_default();
    let (first, last) = own.split_once(['.', '_', '-']).unwrap_or((own, "Account"));
    (first.to_owned(), last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Flags, SiteKind};

    #[test]
    fn accounts_of_a_command_line() {
        let parsed = |text: &str| text.parse::<NewAccount>();
        assert_eq!(parsed("jane:P@ss"), Ok(NewAccount::new("jane", "P@ss")));
        assert_eq!(parsed("jane:P@ss:admin"), Ok(NewAccount::new("jane", "P@ss").administrator()));
        assert_eq!(parsed("jane:a:b:host"), Ok(NewAccount::new("jane", "a:b")));
        assert_eq!(parsed("jane"), Err(NewAccountError::NoPassword));
        assert_eq!(parsed(" :x"), Err(NewAccountError::EmptyName));
        for text in ["jane:", "jane::admin"] {
            assert_eq!(parsed(text), Err(NewAccountError::EmptyPassword("jane".to_owned())), "{text}");
        }
        for text in ["jane:hush-hush:adim", "jane:x:hush-hush", "jane:hush-hush:"] {
            let error = parsed(text).unwrap_err();
            assert_eq!(error, NewAccountError::Role("jane".to_owned()), "{text}");
            assert!(!error.to_string().contains("hush"), "{error}");
        }
        assert!(!format!("{:?}", parsed("jane:hush-hush").unwrap()).contains("hush"));
    }

    #[test]
    fn an_account_that_is_there_gets_the_password() {
        let mut site = Site::seeded(None, SiteKind::Ci, Flags::default());
        let count = site.users.all().count();
        site.add_account(&NewAccount::new("Jane.Doe@acme.com", "one").access_token("token"));
        site.add_account(&NewAccount::new("jane.doe@acme.com", "two").administrator());
        assert_eq!(site.users.all().count(), count + 1);
        let jane = site.users.by_email("jane.doe@acme.com").unwrap();
        assert!(jane.has_password("two") && jane.access_token.is_some() && jane.as_caller().is_site_admin());
        assert_eq!((jane.profile.first_name.as_deref(), jane.profile.last_name.as_deref()), (Some("Jane"), Some("Doe")));
    }
}
