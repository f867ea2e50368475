//! Stores the accounts of a site, looks them up by name, e-mail address or number, and tracks which ones changed. Names and addresses are
//! case-insensitive. The operations decide who can do what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use webex_xml_types::user::{Active, GetUserResponse};
use xsdgen_codec::Secret;

use super::{Caller, SiteKind};

/// The lower bound of account numbers; every number is larger.
const FIRST_ID: i64 = 5_000_000_000;

/// The accounts of a site.
#[derive(Debug, Default)]
pub(crate) struct Users {
    last_id: i64,
    by_name: BTreeMap<String, User>,
    /// The keys of accounts by e-mail address.
    by_email: BTreeMap<String, String>,
    /// The keys of accounts by number.
    by_id: BTreeMap<i64, String>,
    changed: BTreeSet<String>,
}

/// An account: the profile that `getUser` returns, and the credentials.
#[derive(Clone)]
pub(crate) struct User {
    pub(crate) profile: GetUserResponse,
    pub(crate) password: Option<Secret>,
    /// The credential that `authenticateUser` accepts besides the password.
    pub(crate) access_token: Option<Secret>,
    pub(crate) saml_response: Option<Secret>,
}

impl User {
    /// Creates an account from a profile, from which the password is moved out.
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

    pub(crate) fn id(&self) -> i64 {
        self.profile.user_id.unwrap_or_default()
    }

    pub(crate) fn has_password(&self, password: &str) -> bool {
        self.password.as_ref().is_some_and(|own| own.expose() == password)
    }

    pub(crate) fn is_active(&self) -> bool {
        !matches!(self.profile.active, Some(Active::Deactivated | Active::RequestToActivate))
    }

    /// Returns the account as an authenticated caller.
    pub(crate) fn as_caller(&self) -> Caller {
        let privilege = self.profile.privilege.as_ref();
        let site_admin = privilege.is_some_and(|p| p.site_admin == Some(true));
        let reads_users = site_admin || privilege.is_some_and(|p| p.ro_site_admin == Some(true));
        Caller::User { id: self.id(), webex_id: self.name().to_owned(), email: self.email().to_owned(), site_admin, reads_users }
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name()).finish_non_exhaustive()
    }
}

impl Users {
    /// Returns all accounts, ordered by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &User> {
        self.by_name.values()
    }

    /// Finds an account by its name. On a Common Identity site, the name can also be the e-mail address.
    pub(crate) fn find(&self, name: &str, kind: SiteKind) -> Option<&User> {
        let by_name = self.by_name.get(&key(name));
        if kind == SiteKind::Ci { by_name.or_else(|| self.by_email(name)) } else { by_name }
    }

    pub(crate) fn by_email(&self, email: &str) -> Option<&User> {
        self.by_name.get(self.by_email.get(&key(email))?)
    }

    pub(crate) fn by_id(&self, id: i64) -> Option<&User> {
        self.by_name.get(self.by_id.get(&id)?)
    }

    /// Returns the account with a key from [`Users::take_changes`].
    #[cfg(feature = "sqlite")]
    pub(crate) fn by_key(&self, key: &str) -> Option<&User> {
        self.by_name.get(key)
    }

    /// Returns the highest account number assigned so far.
    #[cfg(feature = "sqlite")]
    pub(crate) fn last_id(&self) -> i64 {
        self.last_id
    }

    /// Makes sure that new numbers are higher than the given one.
    #[cfg(feature = "sqlite")]
    pub(crate) fn count_from(&mut self, last_id: i64) {
        self.last_id = self.last_id.max(last_id);
    }

    /// Adds an account and returns its new number.
    pub(crate) fn add(&mut self, mut user: User) -> i64 {
        let id = self.last_id.max(FIRST_ID) + 1;
        user.profile.user_id = Some(id);
        self.put(user);
        id
    }

    /// Replaces the account of the old name.
    pub(crate) fn replace(&mut self, old_name: &str, user: User) {
        self.remove(old_name);
        self.put(user);
    }

    /// Stores an account that already has a number.
    pub(crate) fn put(&mut self, user: User) {
        let key = key(user.name());
        self.last_id = self.last_id.max(user.id());
        self.by_id.insert(user.id(), key.clone());
        if !user.email().is_empty() {
            self.by_email.insert(self::key(user.email()), key.clone());
        }
        self.changed.insert(key.clone());
        self.by_name.insert(key, user);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<User> {
        let key = key(name);
        let user = self.by_name.remove(&key)?;
        self.by_id.remove(&user.id());
        self.by_email.retain_key(&self::key(user.email()), &key);
        self.changed.insert(key);
        Some(user)
    }

    pub(crate) fn holder_of_token(&self, token: &str) -> Option<&User> {
        self.by_name.values().find(|user| user.access_token.as_ref().is_some_and(|own| own.expose() == token))
    }

    pub(crate) fn holder_of_saml(&self, saml: &str) -> Option<&User> {
        self.by_name.values().find(|user| user.saml_response.as_ref().is_some_and(|own| own.expose() == saml))
    }

    /// Returns the keys of the accounts that were stored or removed since the last call.
    pub(crate) fn take_changes(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.changed)
    }
}

/// Removes a map entry only if it still has the expected value.
trait RetainKey {
    fn retain_key(&mut self, key: &str, value: &str);
}

impl RetainKey for BTreeMap<String, String> {
    fn retain_key(&mut self, key: &str, value: &str) {
        if self.get(key).is_some_and(|own| own == value) {
            self.remove(key);
        }
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str, email: &str) -> User {
        User::new(GetUserResponse::new(name.to_owned()).with_email(email))
    }

    #[test]
    fn found_by_name_address_and_number() {
        let mut users = Users::default();
        let id = users.add(user("Jane", "jane@acme.example"));
        assert_eq!(users.find(" JANE ", SiteKind::Sso).map(User::id), Some(id));
        assert!(users.find("jane@acme.example", SiteKind::Sso).is_none());
        assert_eq!(users.find("Jane@Acme.example", SiteKind::Ci).map(User::id), Some(id));
        assert_eq!(users.by_id(id).map(User::name), Some("Jane"));

        let mut renamed = users.by_id(id).unwrap().clone();
        renamed.profile.webex_id = "joan".to_owned();
        renamed.profile.email = None;
        users.replace("jane", renamed);
        assert!(users.by_email("jane@acme.example").is_none() && users.find("jane", SiteKind::Sso).is_none());
        assert_eq!(users.by_id(id).map(User::name), Some("joan"));
        assert_eq!(users.take_changes().into_iter().collect::<Vec<_>>(), ["jane", "joan"]);
        users.remove("joan");
        assert!(users.by_id(id).is_none() && users.add(user("x", "")) > id);
    }
}
