//! In: a login. Out: a session ticket for each call, got when it is first needed, renewed before it ends and after the site refused it.
//! One login is under way at a time, however many threads or tasks wait for it; they share its outcome, also where it failed.
//! Not here: the sending (`engine`), when a ticket ends (`ticket`), the order of proofs (`login`).

mod login;
mod ticket;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

pub use login::Login;
pub(crate) use login::ProofKind;
pub use ticket::Ticket;

use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::engine::{Deadline, Engine};
use crate::error::{Error, NotSent, NotSentKind};
use crate::exceptions::FaultKind;
use crate::site_type::SiteType;

/// Logs in by `authenticateUser` and keeps the ticket. Clones are one session; threads, tasks, blocking and asynchronous clients may share it.
///
/// - It logs in at the first call, renews the ticket in the last tenth of its life (five minutes before its end at the earliest), and once
///   more for a call that is answered with 030047.
/// - While one caller logs in, the others wait for the outcome: there is one login, and where it fails, one failure for all.
/// - A password that was answered with 030002 is never sent again: further calls fail at once with the same fault, until
///   [`Session::replace`] brings another login. Repeats would lock the account.
/// - Where a renewal fails on the way, the old ticket serves to its end.
///
/// A session is for one site; a client of another site logs in anew.
///
/// ```
/// use webex_xml::testing::Canned;
/// use webex_xml::{Client, Login, Session, user};
///
/// # fn main() -> Result<(), webex_xml::Error> {
/// let canned = Canned::new()
///     .answer(user::AuthenticateUserResponse::new("AAAB=").with_time_to_live(5400))
///     .answer(user::SetUserResponse::new());
/// let session = Session::new(Login::user("jane@acme.example").with_access_token("from OAuth"));
/// let client = Client::with_transport("acme", canned.clone()).with_session(session.clone());
/// client.call(&user::SetUser::new("jane@acme.example"))?;
/// assert!(canned.requests()[1].contains("<sessionTicket>"));
/// assert!(session.ticket().is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Session {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    /// Held by the one caller that logs in.
    gate: async_lock::Mutex<()>,
}

struct State {
    login: Login,
    /// Which login it is: one that was begun before a replacement does not count.
    edition: u64,
    held: Option<Held>,
    /// Why the password must not be sent again.
    wrong_password: Option<Error>,
    /// How many logins have ended, and how the last one failed.
    ended: u64,
    failure: Option<Error>,
}

/// A ticket, and the site that issued it.
#[derive(Clone)]
struct Held {
    site: String,
    ticket: Ticket,
}

impl Session {
    /// A session that will log in when it is first needed.
    #[must_use]
    pub fn new(login: Login) -> Self {
        let state = State { login, edition: 0, held: None, wrong_password: None, ended: 0, failure: None };
        Self { inner: Arc::new(Inner { state: Mutex::new(state), gate: async_lock::Mutex::new(()) }) }
    }

    /// Begins with a ticket that was kept from before, of the site of that name or number.
    #[must_use]
    pub fn with_ticket(self, site: impl Into<String>, ticket: Ticket) -> Self {
        self.state().held = Some(Held { site: site.into(), ticket });
        self
    }

    /// The ticket it holds, if any.
    #[must_use]
    pub fn ticket(&self) -> Option<Ticket> {
        self.state().held.as_ref().map(|held| held.ticket.clone())
    }

    /// Goes on with another login, as after a change of the password. The ticket is dropped, and what was found wrong is forgotten.
    pub fn replace(&self, login: Login) {
        let mut state = self.state();
        (state.login, state.held, state.wrong_password, state.failure) = (login, None, None, None);
        state.edition += 1;
    }

    /// Drops the ticket: the next call logs in.
    pub fn forget_ticket(&self) {
        self.state().held = None;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the ticket that the site refused, unless a newer one is there already.
    pub(crate) fn refused(&self, credentials: &Credentials) {
        let mut state = self.state();
        if state.held.as_ref().is_some_and(|held| Some(&held.ticket.secret) == credentials.ticket.as_ref()) {
            state.held = None;
        }
    }

    /// The caller with a ticket that lasts; logs in where there is none.
    pub(crate) async fn credentials(&self, engine: &Engine, deadline: Deadline) -> Result<Credentials, Error> {
        let site = &engine.core.site;
        let ended = match self.held(site, Ticket::is_fresh) {
            Ok(credentials) => return Ok(credentials),
            Err(ended) => ended,
        };
        let _gate = self.inner.gate.lock().await;
        let now_ended = match self.held(site, Ticket::is_fresh) {
            Ok(credentials) => return Ok(credentials),
            Err(ended) => ended,
        };
        if now_ended != ended
            && let Some(failure) = self.state().failure.clone()
        {
            return Err(failure);
        }
        match self.log_in(engine, deadline).await {
            Ok(()) => self.held(site, |_, _| true).map_err(|_| replaced()),
            Err(error) if error.as_fault().is_none() => self.held(site, Ticket::is_alive).map_err(|_| error),
            Err(error) => Err(error),
        }
    }

    /// The caller with the ticket of that site, if it is there and good; else how many logins have ended.
    fn held(&self, site: &Site, good: impl Fn(&Ticket, SystemTime) -> bool) -> Result<Credentials, u64> {
        let state = self.state();
        match &state.held {
            Some(held) if site.is_called(&held.site) && good(&held.ticket, SystemTime::now()) => {
                Ok(Credentials { ticket: Some(held.ticket.secret.clone()), ..state.login.caller() })
            }
            _ => Err(state.ended),
        }
    }

    /// Logs in, and keeps what comes of it.
    async fn log_in(&self, engine: &Engine, deadline: Deadline) -> Result<(), Error> {
        let (login, edition) = {
            let state = self.state();
            (state.login.clone(), state.edition)
        };
        let outcome = self.prove(engine, &login, edition, deadline).await;
        let mut state = self.state();
        state.ended += 1;
        if state.edition != edition {
            return Ok(());
        }
        state.failure = outcome.as_ref().err().cloned();
        state.held = match &outcome {
            Ok(ticket) => Some(Held { site: engine.core.site.identity(), ticket: ticket.clone() }),
            Err(_) => state.held.take(),
        };
        outcome.map(drop)
    }

    /// Presents the proofs one after the other, until one is taken.
    async fn prove(&self, engine: &Engine, login: &Login, edition: u64, deadline: Deadline) -> Result<Ticket, Error> {
        let site_type = if login.proofs() > 1 { engine.site_type_by(deadline).await? } else { SiteType::Other(0) };
        let mut refused = None;
        for kind in login.order(&site_type) {
            if kind == ProofKind::Password
                && let Some(error) = self.state().wrong_password.clone()
            {
                refused = Some(error);
                continue;
            }
            match engine.authenticate(login.present(kind), deadline).await {
                Ok(answer) => return Ok(Ticket::issued(answer, SystemTime::now())),
                Err(error) if !is_refusal(&error) => return Err(error),
                Err(error) => {
                    self.note_wrong_password(kind, &error, edition);
                    refused = Some(error);
                }
            }
        }
        Err(refused.unwrap_or_else(no_proof_known))
    }

    fn note_wrong_password(&self, kind: ProofKind, error: &Error, edition: u64) {
        let wrong = error.as_fault().is_some_and(|fault| fault.kind() == FaultKind::WrongCredentials);
        let mut state = self.state();
        if kind == ProofKind::Password && wrong && state.edition == edition {
            state.wrong_password = Some(error.clone());
        }
    }
}

/// Whether the site refused the proof itself, so that another may be taken.
fn is_refusal(error: &Error) -> bool {
    let kind = error.as_fault().map(|fault| fault.kind());
    matches!(
        kind,
        Some(FaultKind::WrongCredentials | FaultKind::NoTicketIssued | FaultKind::AuthenticationServer | FaultKind::InvalidTicket)
    ) || matches!(error, Error::NotSent(error) if error.kind == NotSentKind::NoProof)
}

pub(crate) fn no_proof(why: impl Into<String>) -> Error {
    Error::NotSent(NotSent::new("authenticateUser", NotSentKind::NoProof, why))
}

fn no_proof_known() -> Error {
    no_proof("the login has neither password nor access token nor SAML response")
}

/// The login was replaced, or the ticket dropped, while the call waited for it.
fn replaced() -> Error {
    no_proof("the session got another login meanwhile; call again")
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let ticket = state.held.as_ref().map(|held| &held.ticket);
        f.debug_struct("Session").field("login", &state.login).field("ticket", &ticket).finish_non_exhaustive()
    }
}
