//! In: what a site is made with. Out: its state: users, sessions, tickets, flags, and who a request comes from.
//! All of it is in memory, and dies with the sandbox.
//! Not here: messages; what an operation does with the state.

mod clock;
mod kind;
mod overlay;
mod seed;
mod sessions;
mod tickets;
mod users;

pub(crate) use clock::Clock;
pub use kind::SiteKind;
pub(crate) use overlay::{account, overlay};
pub use seed::{ADMIN, Account, CALLER, HOST, MEETING_KEY, MEETING_PASSWORD, PARTNER_ID, ROOM_KEY, SITE_ID};
pub(crate) use sessions::{Session, Sessions};
pub(crate) use tickets::Tickets;
pub(crate) use users::{User, Users};

use webex_xml_types::serv::SecurityContext;

use crate::faults::Fault;

/// What a site administrator and a super administrator switch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `PMR_ForceLogin`: `1` is true; any other value, and none, is false.
    pub(crate) pmr_force_login: Option<String>,
    /// Whether passwords for audio are made: by the super administrator's flag, and by the site administrator's.
    pub(crate) audio_password: (bool, bool),
}

/// A site in memory.
#[derive(Debug)]
pub(crate) struct Site {
    /// The only name it answers to; without one, it answers to any.
    pub(crate) name: Option<String>,
    pub(crate) kind: SiteKind,
    pub(crate) flags: Flags,
    pub(crate) clock: Clock,
    pub(crate) users: Users,
    pub(crate) sessions: Sessions,
    pub(crate) tickets: Tickets,
}

/// Who a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    Anonymous,
    User { webex_id: String, site_admin: bool, reads_users: bool },
}

impl Caller {
    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::User { webex_id, .. } if webex_id.eq_ignore_ascii_case(name))
    }

    pub(crate) fn is_site_admin(&self) -> bool {
        matches!(self, Self::User { site_admin: true, .. })
    }

    pub(crate) fn reads_users(&self) -> bool {
        matches!(self, Self::User { reads_users: true, .. })
    }
}

impl Site {
    /// A site with the seeded users and sessions.
    pub(crate) fn seeded(name: Option<String>, kind: SiteKind, flags: Flags) -> Self {
        let mut site = Self {
            users: Users::default(),
            sessions: Sessions::default(),
            tickets: Tickets::default(),
            clock: Clock::default(),
            name,
            kind,
            flags,
        };
        seed::plant(&mut site);
        site
    }

    /// Whether the request names this site: by its name, or by its number with the partner ID.
    pub(crate) fn admits(&self, context: &SecurityContext) -> Result<(), Fault> {
        let filled = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        match filled(&context.site_name) {
            Some(name) if self.name.as_ref().is_none_or(|own| name.eq_ignore_ascii_case(own)) => Ok(()),
            Some(_) => Err(Fault::no_such_site()),
            None if context.site_id == Some(SITE_ID) && filled(&context.partner_id).as_deref() == Some(PARTNER_ID) => Ok(()),
            None if context.site_id.is_some() && self.name.is_none() => Ok(()),
            None => Err(Fault::no_such_site()),
        }
    }

    /// The account that the request names, proven or not. None where it names nobody.
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

    /// Who calls, proven by a ticket or a password. A user named without either is refused, nobody named is anonymous.
    pub(crate) fn caller(&self, context: &SecurityContext) -> Result<Caller, Fault> {
        let Some(user) = self.named(context)? else { return Ok(Caller::Anonymous) };
        match (exposed(&context.session_ticket), exposed(&context.password)) {
            (Some(ticket), _) => {
                if !self.tickets.hold(ticket.trim(), user.name(), self.clock.now_ms()) {
                    return Err(Fault::invalid_ticket());
                }
            }
            (None, Some(password)) => {
                if !user.has_password(password) {
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

/// A secret's text, unless it is absent or empty.
pub(crate) fn exposed(secret: &Option<xsdgen_codec::Secret>) -> Option<&str> {
    secret.as_ref().map(|secret| secret.expose()).filter(|text| !text.trim().is_empty())
}
