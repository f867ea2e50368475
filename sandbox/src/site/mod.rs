//! Holds the state of a site in memory: users, sessions, tickets and flags. It also identifies the caller of a request, and tracks
//! changes so that a store can save them.

mod accounts;
mod attendees;
mod clock;
mod flags;
mod kind;
mod locks;
mod overlay;
mod seed;
mod sessions;
mod tickets;
mod users;
mod zones;

pub use accounts::{NewAccount, NewAccountError};
pub(crate) use attendees::Attendees;
pub(crate) use clock::{Clock, api_date, time_of_day};
pub use flags::AuthenticationServer;
pub(crate) use flags::Flags;
pub use kind::SiteKind;
pub(crate) use locks::Locks;
pub(crate) use overlay::{Overlaid, converted, overlay};
pub use seed::{ACCOUNTS, ADMIN, AUDIO_MEETING_KEY, Account, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, PARTNER_ID, ROOM_KEY, SITE_ID};
pub(crate) use sessions::{Session, Sessions};
#[cfg(feature = "sqlite")]
pub(crate) use tickets::Ticket;
pub(crate) use tickets::{Tickets, random_text};
pub(crate) use users::{User, Users};
pub(crate) use zones::Zone;

use webex_xml_types::com::Person;
use webex_xml_types::serv::SecurityContext;

use crate::faults::Fault;

/// The state of a site.
#[derive(Debug)]
pub(crate) struct Site {
    /// The only name that the site answers to. Without a name, it answers to any.
    pub(crate) name: Option<String>,
    /// The site number and the partner ID, which identify the site in requests that do not name it.
    pub(crate) number: (i64, String),
    pub(crate) kind: SiteKind,
    pub(crate) flags: Flags,
    pub(crate) clock: Clock,
    pub(crate) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) tickets: Tickets,
    pub(crate) locks: Locks,
    /// Whether lstsummaryUser reports an empty list as some live sites did, by a different error.
    pub(crate) null_point_error: bool,
}

/// The caller of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    Anonymous,
    User { id: i64, webex_id: String, email: String, site_admin: bool, reads_users: bool },
}

impl Caller {
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::User { webex_id, .. } if webex_id.eq_ignore_ascii_case(name))
    }

    pub(crate) fn is_person(&self, person: &Person) -> bool {
        let Self::User { email, .. } = self else { return false };
        person.webex_id.as_deref().is_some_and(|name| self.is(name)) || (!email.is_empty() && person.email.eq_ignore_ascii_case(email))
    }

    /// Returns whether everything known about a person matches the caller: the e-mail address, and the account name if there is one.
    pub(crate) fn is_exactly(&self, person: &Person) -> bool {
        let Self::User { email, .. } = self else { return false };
        let same_name = person.webex_id.as_deref().is_none_or(|name| name.trim().is_empty() || self.is(name));
        !email.is_empty() && person.email.trim().eq_ignore_ascii_case(email) && same_name
    }

    /// Returns the number of the signed-in account.
    pub(crate) fn id(&self) -> Option<i64> {
        match self {
            Self::Anonymous => None,
            Self::User { id, .. } => Some(*id),
        }
    }

    /// Returns the name of the signed-in account.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Anonymous => None,
            Self::User { webex_id, .. } => Some(webex_id),
        }
    }

    pub(crate) fn is_site_admin(&self) -> bool {
        matches!(self, Self::User { site_admin: true, .. })
    }

    pub(crate) fn reads_users(&self) -> bool {
        matches!(self, Self::User { reads_users: true, .. })
    }
}

impl Site {
    /// Creates a site without users and sessions.
    pub(crate) fn empty(name: Option<String>, kind: SiteKind, flags: Flags) -> Self {
        Self {
            users: Users::default(),
            sessions: Sessions::default(),
            tickets: Tickets::default(),
            clock: Clock::default(),
            locks: Locks::default(),
            null_point_error: false,
            number: (SITE_ID, PARTNER_ID.to_owned()),
            name,
            kind,
            flags,
        }
    }

    /// Creates a site with the predefined users and sessions.
    pub(crate) fn seeded(name: Option<String>, kind: SiteKind, flags: Flags) -> Self {
        let mut site = Self::empty(name, kind, flags);
        seed::plant(&mut site);
        site
    }

    /// Discards the record of changes, as if all of them had been saved.
    pub(crate) fn forget_changes(&mut self) {
        self.users.take_changes();
        self.sessions.take_changes();
        self.tickets.take_changes();
    }

    /// Returns the name for use in addresses, which is `acme` if the site answers to any name.
    pub(crate) fn host_name(&self) -> &str {
        self.name.as_deref().unwrap_or("acme")
    }

    /// Checks that the request names this site, by its name or by its number. A partner ID, if there is one, must match the number.
    pub(crate) fn admits(&self, context: &SecurityContext) -> Result<(), Fault> {
        let filled = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let partner_id = || filled(exposed(&context.partner_id));
        match filled(context.site_name.as_deref()) {
            Some(name) if self.name.as_ref().is_none_or(|own| name.eq_ignore_ascii_case(own)) => Ok(()),
            Some(_) => Err(Fault::no_such_site()),
            None if context.site_id == Some(self.number.0) && partner_id().is_none_or(|id| id == self.number.1) => Ok(()),
            None if context.site_id.is_some() && self.name.is_none() => Ok(()),
            None => Err(Fault::no_such_site()),
        }
    }

    /// Returns the account that the request names, without checking any proof, or `None` if the request names nobody.
    pub(crate) fn named<'a>(&'a self, context: &SecurityContext) -> Result<Option<&'a User>, Fault> {
        let filled = |text: &'_ Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        if let Some(name) = filled(&context.webex_id) {
            return self.users.find(name.trim(), self.kind).map(Some).ok_or_else(Fault::user_not_found);
        }
        if let Some(email) = filled(&context.email) {
            return self.users.by_email(email.trim()).map(Some).ok_or_else(Fault::user_not_found);
        }
        Ok(None)
    }

    /// Identifies the caller by a ticket or a password.
    ///
    /// A request that names a user without either is refused. A request that names nobody is anonymous. A login ticket is consumed by
    /// this call, which happens once per message.
    pub(crate) fn caller(&mut self, context: &SecurityContext) -> Result<Caller, Fault> {
        let Some(user) = self.named(context)?.cloned() else { return Ok(Caller::Anonymous) };
        match (exposed(&context.session_ticket), exposed(&context.password)) {
            (Some(ticket), _) => {
                if !self.tickets.admit(ticket.trim(), user.name(), self.clock.now_ms()) {
                    return Err(Fault::invalid_ticket());
                }
            }
            (None, Some(password)) => {
                if !self.proves(&user, password) {
                    return Err(Fault::wrong_credentials());
                }
            }
            (None, None) => return Err(Fault::wrong_credentials()),
        }
        if !user.is_active() {
            return Err(Fault::access_denied());
        }
        Ok(user.as_caller())
    }
}

impl Site {
    /// Returns whether that password proves the identity of the account. Even a correct password does not while the account is locked.
    pub(crate) fn proves(&self, user: &User, password: &str) -> bool {
        !self.is_locked(user) && user.has_password(password)
    }

    /// Returns whether the account is locked, by an administrator or by wrong passwords.
    pub(crate) fn is_locked(&self, user: &User) -> bool {
        let by_administrator = user.profile.security.as_ref().and_then(|security| security.lock_account) == Some(true);
        by_administrator || self.locks.is_locked(user.name(), self.clock.now_ms())
    }

    /// Counts the password of a message, once for all its operations. It counts as correct if it proved the caller, and as wrong if an
    /// operation was refused because of it.
    pub(crate) fn count_password(&mut self, context: &SecurityContext, proven: bool, refused: bool) {
        let Ok(Some(name)) = self.named(context).map(|user| user.map(|user| user.name().to_owned())) else { return };
        if exposed(&context.password).is_none() {
            return;
        }
        if refused {
            self.locks.count(&name, self.clock.now_ms());
        } else if proven && exposed(&context.session_ticket).is_none() {
            self.locks.forget(&name);
        }
    }
}

/// Returns the text of a secret, unless it is absent or empty.
pub(crate) fn exposed(secret: &Option<xsdgen_codec::Secret>) -> Option<&str> {
    secret.as_ref().map(|secret| secret.expose()).filter(|text| !text.trim().is_empty())
}
