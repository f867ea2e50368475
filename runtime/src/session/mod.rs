//! Provides a session ticket for each call. The ticket is obtained when it is first needed, renewed before it ends, and renewed after the
//! site refuses it. Only one login runs at a time, however many threads or tasks wait for it; they share its outcome, including a failure.

mod login;
mod ticket;

use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use webex_xml_types::user::{AuthenticateUser, AuthenticateUserResponse};

pub use login::Login;
pub(crate) use login::ProofKind;
pub use ticket::Ticket;

use crate::credentials::Credentials;
use crate::deadline::Deadline;
use crate::endpoint::Site;
use crate::error::{Error, NotSent, NotSentKind};
use crate::exceptions::FaultKind;
use crate::repeat::Action;
use crate::site_type::SiteType;

/// The calls that a session makes to log in.
pub(crate) trait LoginService: Sync {
    /// Returns the site that is called.
    fn site(&self) -> &Site;

    /// Returns the type of the site, and asks the site if it is not known.
    fn site_type_by(&self, deadline: Deadline) -> impl Future<Output = Result<SiteType, Error>> + Send;

    /// Requests a ticket.
    fn authenticate(
        &self,
        credentials: Credentials,
        request: AuthenticateUser,
        deadline: Deadline,
    ) -> impl Future<Output = Result<AuthenticateUserResponse, Error>> + Send;
}

/// Logs in with `authenticateUser` and keeps the ticket.
///
/// Clones share one session. Threads, tasks, blocking clients and asynchronous clients can share it.
///
/// - It logs in at the first call, renews the ticket in the last tenth of its life (five minutes before its end at the earliest), and logs
///   in once more for a call that is answered with 030047.
/// - While one caller logs in, the others wait for the outcome: there is one login, and if it fails, all of them get the same failure.
/// - A password that was answered with 030002 is never sent again, because repeated attempts lock the account: further calls fail at once
///   with the same fault until [`Session::replace`] sets another login.
/// - If a renewal fails before the service answers, the old ticket is used until it ends.
///
/// A session holds the ticket of one site; a client of another site logs in again.
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
    /// Held by the caller that logs in.
    gate: async_lock::Mutex<()>,
}

struct State {
    login: Login,
    /// The number of the current login. The result of a login that started before a replacement is ignored.
    edition: u64,
    held: Option<Held>,
    /// The reason why the password must not be sent again.
    wrong_password: Option<Error>,
    /// The number of logins that have ended; `failure` is the error of the last one.
    ended: u64,
    failure: Option<Error>,
}

/// A ticket and the site that issued it.
#[derive(Clone)]
struct Held {
    site: String,
    ticket: Ticket,
}

impl Session {
    /// Creates a session that logs in when it is first needed.
    #[must_use]
    pub fn new(login: Login) -> Self {
        let state = State { login, edition: 0, held: None, wrong_password: None, ended: 0, failure: None };
        Self { inner: Arc::new(Inner { state: Mutex::new(state), gate: async_lock::Mutex::new(()) }) }
    }

    /// Starts with a ticket that was stored earlier; `site` is the name or number of the site that issued it.
    #[must_use]
    pub fn with_ticket(self, site: impl Into<String>, ticket: Ticket) -> Self {
        self.state().held = Some(Held { site: site.into(), ticket });
        self
    }

    /// Returns the current ticket, if there is one.
    #[must_use]
    pub fn ticket(&self) -> Option<Ticket> {
        self.state().held.as_ref().map(|held| held.ticket.clone())
    }

    /// Replaces the login, for example after a change of the password.
    ///
    /// The ticket is dropped, and earlier failures are forgotten.
    pub fn replace(&self, login: Login) {
        let mut state = self.state();
        (state.login, state.held, state.wrong_password, state.failure) = (login, None, None, None);
        state.edition += 1;
    }

    /// Drops the ticket, so that the next call logs in.
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

    /// Returns the caller with a valid ticket, and logs in if there is none.
    pub(crate) async fn credentials(&self, service: &impl LoginService, deadline: Deadline) -> Result<Credentials, Error> {
        let site = service.site();
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
        match self.log_in(service, deadline).await {
            Ok(()) => self.held(site, |_, _| true).map_err(|_| replaced()),
            Err(error) if error.as_fault().is_none() => self.held(site, Ticket::is_alive).map_err(|_| error),
            Err(error) => Err(error),
        }
    }

    /// Returns the caller with the ticket of this site if that ticket is acceptable, and otherwise the number of logins that have ended.
    fn held(&self, site: &Site, good: impl Fn(&Ticket, SystemTime) -> bool) -> Result<Credentials, u64> {
        let state = self.state();
        match &state.held {
            Some(held) if site.is_called(&held.site) && good(&held.ticket, SystemTime::now()) => {
                Ok(Credentials { ticket: Some(held.ticket.secret.clone()), ..state.login.caller() })
            }
            _ => Err(state.ended),
        }
    }

    /// Logs in and stores the outcome.
    async fn log_in(&self, service: &impl LoginService, deadline: Deadline) -> Result<(), Error> {
        let (login, edition) = {
            let state = self.state();
            (state.login.clone(), state.edition)
        };
        let outcome = self.prove(service, &login, edition, deadline).await;
        let mut state = self.state();
        state.ended += 1;
        if state.edition != edition {
            return Ok(());
        }
        state.failure = outcome.as_ref().err().cloned();
        state.held = match &outcome {
            Ok(ticket) => Some(Held { site: service.site().identity(), ticket: ticket.clone() }),
            Err(_) => state.held.take(),
        };
        outcome.map(drop)
    }

    /// Presents the proofs one after the other until one is accepted.
    async fn prove(&self, service: &impl LoginService, login: &Login, edition: u64, deadline: Deadline) -> Result<Ticket, Error> {
        let site_type = if login.proofs() > 1 { service.site_type_by(deadline).await? } else { SiteType::Other(0) };
        let mut refused = None;
        for kind in login.order(&site_type) {
            if kind == ProofKind::Password
                && let Some(error) = self.state().wrong_password.clone()
            {
                refused = Some(error);
                continue;
            }
            let outcome = match login.present(kind).map_err(no_proof) {
                Ok((credentials, request)) => service.authenticate(credentials, request, deadline).await,
                Err(error) => Err(error),
            };
            match outcome {
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
        let wrong = error.action(false) == Action::Never;
        let mut state = self.state();
        if kind == ProofKind::Password && wrong && state.edition == edition {
            state.wrong_password = Some(error.clone());
        }
    }
}

/// Returns whether the site refused the proof itself, so that another proof can be tried.
fn is_refusal(error: &Error) -> bool {
    let kind = error.as_fault().map(|fault| fault.kind());
    matches!(
        kind,
        Some(FaultKind::WrongCredentials | FaultKind::NoTicketIssued | FaultKind::AuthenticationServer | FaultKind::InvalidTicket)
    ) || matches!(error, Error::NotSent(error) if error.kind == NotSentKind::NoProof)
}

fn no_proof(why: impl Into<String>) -> Error {
    Error::NotSent(NotSent::new("authenticateUser", NotSentKind::NoProof, why))
}

fn no_proof_known() -> Error {
    no_proof("the login has neither password nor access token nor SAML response")
}

/// Returns the error of a call whose login was replaced, or whose ticket was dropped, while it waited.
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
