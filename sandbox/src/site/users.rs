//! In: accounts, by name, e-mail address or number. Out: the same, found, added, changed, removed.
//! Names do not tell small letters from capitals.
//! Not here: who may do that, and on which kinds of sites.

use std::collections::BTreeMap;
use std::fmt;

use webex_xml_types::user::{Active, GetUserResponse};
use xsdgen_codec::Secret;

use super::{Caller, SiteKind};

/// The accounts of a site.
#[derive(Debug, Default)]
pub(crate) struct Users {
    last_id: i64,
    by_name: BTreeMap<String, User>,
}

/// An account: what `getUser` returns of it, and its password.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) profile: GetUserResponse,
    password: Option<Secret>,
    /// What `authenticateUser` accepts for it besides the password.
    pub(crate) access_token: Option<Secret>,
    pub(crate) saml_response: Option<Secret>,
}

impl User {
    /// An account of that profile; the password moves out of the profile.
    pub(crate) fn new(mut profile: GetUserResponse) -> Self {
        let password = profile.password.take();
        Self { profile, password, access_token: None, saml_response: None }
    }

    pub(crate) fn name(&self) -> &str {
        &self.profile.webex_id
    }

    pub(crate) fn email(&self) -> &str {
        self.profile.email.as_deref().unwrap_or_default()
    }

    pub(crate) fn has_password(&self, password: &str) -> bool {
        self.password.as_ref().is_some_and(|own| own.expose() == password)
    }

    pub(crate) fn set_password(&mut self, password: Secret) {
        self.password = Some(password);
    }

    pub(crate) fn is_active(&self) -> bool {
        !matches!(self.profile.active, Some(Active::Deactivated | Active::RequestToActivate))
    }

    /// The account as one who proved to be it.
    pub(crate) fn as_caller(&self) -> Caller {
        let privilege = self.profile.privilege.as_ref();
        let site_admin = privilege.is_some_and(|p| p.site_admin == Some(true));
        let reads_users = site_admin || privilege.is_some_and(|p| p.ro_site_admin == Some(true));
        Caller::User { webex_id: self.name().to_owned(), site_admin, reads_users }
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name()).finish_non_exhaustive()
    }
}

impl Users {
    /// By account name; on a Common Identity site that is the e-mail address.
    pub(crate) fn find(&self, name: &str, kind: SiteKind) -> Option<&User> {
        let by_name = self.by_name.get(&key(name));
        if kind == SiteKind::Ci { by_name.or_else(|| self.by_email(name)) } else { by_name }
    }

    pub(crate) fn by_email(&self, email: &str) -> Option<&User> {
        self.by_name.values().find(|user| !email.is_empty() && user.email().eq_ignore_ascii_case(email))
    }

    pub(crate) fn by_id(&self, id: i64) -> Option<&User> {
        self.by_name.values().find(|user| user.profile.user_id == Some(id))
    }

    /// By account name, to change it.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut User> {
        self.by_name.get_mut(&key(name))
    }

    /// Adds the account under a new number, which is returned.
    pub(crate) fn add(&mut self, mut user: User) -> i64 {
        self.last_id += 1;
        let id = 5_000_000_000 + self.last_id;
        user.profile.user_id = Some(id);
        self.by_name.insert(key(user.name()), user);
        id
    }

    /// Puts the account in place of the one that had that name.
    pub(crate) fn replace(&mut self, old_name: &str, user: User) {
        self.by_name.remove(&key(old_name));
        self.by_name.insert(key(user.name()), user);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<User> {
        self.by_name.remove(&key(name))
    }

    pub(crate) fn holder_of_token(&self, token: &str) -> Option<&User> {
        self.by_name.values().find(|user| user.access_token.as_ref().is_some_and(|own| own.expose() == token))
    }

    pub(crate) fn holder_of_saml(&self, saml: &str) -> Option<&User> {
        self.by_name.values().find(|user| user.saml_response.as_ref().is_some_and(|own| own.expose() == saml))
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}
