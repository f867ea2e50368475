//! Sends a message and returns the replies to it, including any login, wait and repeated attempt. One asynchronous driver serves both clients;
//! the blocking client runs it on its own thread over futures that are ready immediately. The protocol is in `core`, the decisions are in
//! `retry`, `rate` and `session`, and the I/O is in `transport`.

use std::fmt;
use std::future::Future;
use std::io::Read as _;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use webex_xml_types::ep::GetSiteType;
use webex_xml_types::user::{AuthenticateUser, AuthenticateUserResponse};

use crate::common_identity::UserManagement;
#[cfg(feature = "stream")]
use crate::core::AsyncHttpStream;
use crate::core::{Answers, Core, HttpRequest, HttpResponse, HttpStream, Outgoing, Request, Sent, only};
use crate::credentials::Credentials;
use crate::deadline::Deadline;
use crate::endpoint::Site;
use crate::error::{Error, MaybeSent, NotSent, NotSentKind, TransportError, TransportErrorKind};
use crate::exceptions::FaultKind;
use crate::fault::Fault;
use crate::rate::RateLimit;
use crate::repeat::Action;
use crate::reply::Reply;
use crate::retry::Retry;
use crate::session::{LoginService, Session};
use crate::site_type::{KnownSiteType, SiteType};
use crate::trace;
#[cfg(feature = "stream")]
use crate::transport::Opening;
use crate::transport::{Answer, AsyncTransport, Transport};
use crate::wire_log::WireLog;

/// The number of bytes that are read of a response whose status is not 200.
const EXCERPT: u64 = 16 << 10;

/// The future of a wait.
pub(crate) type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// The I/O of a client: sending and waiting.
pub(crate) trait Io: Send + Sync {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a>;
    fn sleep(&self, time: Duration) -> Pause<'_>;

    /// Sends the request and returns the response while its body is still arriving.
    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        let _ = request;
        Err(TransportError::new(TransportErrorKind::Connect, "an asynchronous transport does not block"))
    }

    /// Does the same as `open`, asynchronously.
    #[cfg(feature = "stream")]
    fn open_chunks<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        let _ = request;
        let why = TransportError::new(TransportErrorKind::Connect, "a blocking transport does not wait");
        Box::pin(std::future::ready(Err(why)))
    }
}

/// The I/O of the blocking client, which sends and waits on the caller's thread.
pub(crate) struct Blocking<T>(pub(crate) T);

impl<T: Transport> Io for Blocking<T> {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(std::future::ready(self.0.send(request)))
    }

    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        self.0.open(request)
    }

    fn sleep(&self, time: Duration) -> Pause<'_> {
        std::thread::sleep(time);
        Box::pin(std::future::ready(()))
    }
}

/// The I/O of the asynchronous client, which does not block the thread.
pub(crate) struct Tasks<T>(pub(crate) T);

impl<T: AsyncTransport> Io for Tasks<T> {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        self.0.send(request)
    }

    fn sleep(&self, time: Duration) -> Pause<'_> {
        self.0.sleep(time)
    }

    #[cfg(feature = "stream")]
    fn open_chunks<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        self.0.open(request)
    }
}

/// A list that is decoded while its response arrives, which defines how the response is opened.
pub(crate) trait Streaming: Sized + 'static {
    /// Sends the prepared message and reads the header of the response.
    fn open(engine: &Engine, sent: Sent, operation: &'static str) -> impl Future<Output = Result<Self, Error>> + Send;
}

/// The complete state of a client.
#[derive(Clone)]
pub(crate) struct Engine {
    pub(crate) core: Core,
    pub(crate) session: Option<Session>,
    pub(crate) retry: Retry,
    pub(crate) rate: Option<RateLimit>,
    pub(crate) user_management: UserManagement,
    pub(crate) site_type: Arc<KnownSiteType>,
    pub(crate) log: WireLog,
    io: Arc<dyn Io>,
}

impl Engine {
    pub(crate) fn new(core: Core, io: impl Io + 'static) -> Self {
        Self {
            core,
            session: None,
            retry: Retry::default(),
            rate: None,
            user_management: UserManagement::default(),
            site_type: Arc::default(),
            log: WireLog::default(),
            io: Arc::new(io),
        }
    }

    pub(crate) async fn call<O: Request>(&self, request: O) -> Result<Reply<O::Response>, Error> {
        only::<O>(self.deliver(&Outgoing::one(request)).await?)
    }

    /// Sends a message with the client's credentials or session.
    pub(crate) async fn deliver(&self, message: &Outgoing) -> Result<Answers, Error> {
        let span = trace::Call::begin(message.operation(), &self.core.site.identity());
        let outcome = span.run(self.deliver_traced(message, &span)).await;
        span.end(&outcome);
        outcome
    }

    async fn deliver_traced(&self, message: &Outgoing, span: &trace::Call) -> Result<Answers, Error> {
        let deadline = self.deadline();
        self.check_user_management(message, deadline).await?;
        let Some(session) = &self.session else {
            return self.deliver_as(&self.core.credentials, message, deadline, span).await;
        };
        let credentials = session.credentials(self, deadline).await?;
        let outcome = self.deliver_as(&credentials, message, deadline, span).await;
        if !failure(&outcome).is_some_and(needs_login) {
            return outcome;
        }
        session.refused(&credentials);
        let credentials = session.credentials(self, deadline).await?;
        self.deliver_as(&credentials, message, deadline, span).await
    }

    /// Sends a message with the given credentials, and repeats it where it cannot take effect twice.
    async fn deliver_as(
        &self,
        credentials: &Credentials,
        message: &Outgoing,
        deadline: Deadline,
        span: &trace::Call,
    ) -> Result<Answers, Error> {
        let mut sent = self.core.compose(credentials, message)?;
        let account = self.account(credentials);
        for attempt in 1.. {
            let permit = self.admit(&account, message, deadline).await?;
            (sent.http.timeouts.total, sent.deadline) = (deadline.left(), deadline);
            let outcome = span.attempt(attempt, self.attempt(&sent, message.operation())).await;
            self.learn(&outcome);
            let Some(error) = failure(&outcome) else { return outcome };
            let Some(wait) = self.retry.wait(attempt, error, message.is_safe(), deadline.left(), fastrand::f64()) else { return outcome };
            if let Some(rate) = self.rate.as_ref().filter(|_| error.action(message.is_safe()) == Action::Pause) {
                rate.pause(&account, Instant::now(), wait);
            }
            drop(permit);
            self.io.sleep(wait).await;
        }
        Err(Error::NotSent(NotSent::new(message.operation(), NotSentKind::InvalidRequest, "too many attempts")))
    }

    async fn attempt(&self, sent: &Sent, operation: &'static str) -> Result<Answers, Error> {
        self.log.sent(operation, &sent.http);
        let start = Instant::now();
        let outcome: Result<HttpResponse, TransportError> = self.io.send(&sent.http).await;
        let elapsed = start.elapsed();
        if let Ok(response) = &outcome {
            self.log.received(operation, response, sent);
        }
        sent.finish(outcome, elapsed)
    }

    /// Sends a request for a list, and decodes its response while it arrives.
    pub(crate) async fn stream_list<L: Streaming>(&self, message: Outgoing) -> Result<L, Error> {
        let deadline = self.deadline();
        self.check_user_management(&message, deadline).await?;
        let Some(session) = &self.session else { return self.open_as(&self.core.credentials, &message, deadline).await };
        let credentials = session.credentials(self, deadline).await?;
        let outcome = self.open_as(&credentials, &message, deadline).await;
        if !outcome.as_ref().is_err_and(needs_login) {
            return outcome;
        }
        session.refused(&credentials);
        let credentials = session.credentials(self, deadline).await?;
        self.open_as(&credentials, &message, deadline).await
    }

    async fn open_as<L: Streaming>(&self, credentials: &Credentials, message: &Outgoing, deadline: Deadline) -> Result<L, Error> {
        let mut sent = self.core.compose(credentials, message)?;
        let _permit = self.admit(&self.account(credentials), message, deadline).await?;
        (sent.http.timeouts.total, sent.deadline) = (deadline.left(), deadline);
        self.log.sent(message.operation(), &sent.http);
        L::open(self, sent, message.operation()).await
    }

    /// Opens a response on the caller's thread.
    pub(crate) fn open(&self, sent: &Sent, operation: &'static str) -> Result<HttpStream, Error> {
        let outcome = self.io.open(&sent.http);
        let HttpStream { mut head, mut body } = outcome.map_err(|source| Error::MaybeSent(MaybeSent { operation, source }))?;
        if head.status != 200 {
            // The body of a response with another status goes into the error as far as it can be read.
            let _ = body.by_ref().take(EXCERPT).read_to_end(&mut head.body);
        }
        self.opened(sent, operation, &head)?;
        Ok(HttpStream { head, body })
    }

    /// Opens a response for a task.
    #[cfg(feature = "stream")]
    pub(crate) async fn open_chunks(&self, sent: &Sent, operation: &'static str) -> Result<AsyncHttpStream, Error> {
        let outcome = self.io.open_chunks(&sent.http).await;
        let AsyncHttpStream { mut head, mut body } = outcome.map_err(|source| Error::MaybeSent(MaybeSent { operation, source }))?;
        while head.status != 200
            && (head.body.len() as u64) < EXCERPT
            && let Some(Ok(chunk)) = std::future::poll_fn(|context| body.as_mut().poll_next(context)).await
        {
            head.body.extend_from_slice(&chunk);
        }
        self.opened(sent, operation, &head)?;
        Ok(AsyncHttpStream { head, body })
    }

    /// Logs the start of a response, and refuses it if its status is not 200.
    fn opened(&self, sent: &Sent, operation: &'static str, head: &HttpResponse) -> Result<(), Error> {
        self.log.received(operation, head, sent);
        if head.status == 200 { Ok(()) } else { Err(sent.refusal(head)) }
    }

    fn deadline(&self) -> Deadline {
        Deadline::after(self.core.timeouts.total)
    }

    /// Returns the name under which the rate limit counts the caller.
    fn account(&self, credentials: &Credentials) -> String {
        format!("{} {}", self.core.site.identity(), credentials.user_name().unwrap_or_default().to_ascii_lowercase())
    }

    /// Waits for a slot in the client's own rate limit.
    async fn admit(&self, account: &str, message: &Outgoing, deadline: Deadline) -> Result<Option<crate::rate::Permit>, Error> {
        let Some(rate) = &self.rate else { return Ok(None) };
        let permit = rate.enter(account).await;
        let Some(wait) = rate.reserve(account, Instant::now(), deadline.left()) else {
            let why = "by the client's own rate limit it would have to wait longer than its time limit";
            return Err(Error::NotSent(NotSent::new(message.operation(), NotSentKind::RateLimit, why)));
        };
        if !wait.is_zero() {
            self.io.sleep(wait).await;
        }
        Ok(Some(permit))
    }

    /// Returns the type of the site, and asks the site if it is not known.
    pub(crate) async fn site_type(&self) -> Result<SiteType, Error> {
        self.site_type_by(self.deadline()).await
    }

    async fn call_as<O: Request>(&self, caller: &Credentials, request: O, deadline: Deadline) -> Result<Reply<O::Response>, Error> {
        let message = Outgoing::one(request);
        let span = trace::Call::begin(message.operation(), &self.core.site.identity());
        let outcome = span.run(self.deliver_as(caller, &message, deadline, &span)).await;
        span.end(&outcome);
        only::<O>(outcome?)
    }

    /// Refuses operations that a Common Identity site is known to refuse, with the fault that the site would answer.
    async fn check_user_management(&self, message: &Outgoing, deadline: Deadline) -> Result<(), Error> {
        let Some(operation) = self.user_management.concerns(message.operations()) else { return Ok(()) };
        let known = match self.user_management {
            UserManagement::AskFirst => Some(self.site_type_by(deadline).await?),
            _ => self.site_type.get(),
        };
        if known != Some(SiteType::CommonIdentity) {
            return Ok(());
        }
        let fault = Fault::new(operation, FaultKind::UnifiedSite.code(), "User management is not allowed on unified site");
        Err(Fault { sent: false, ..fault }.into())
    }

    /// Records that a site is a Common Identity site if it refuses user management.
    fn learn(&self, outcome: &Result<Answers, Error>) {
        let unified = |error: &Error| error.as_fault().is_some_and(|fault| fault.kind() == FaultKind::UnifiedSite);
        if outcome.as_ref().is_ok_and(|answers| answers.iter().any(|answer| answer.as_ref().is_err_and(unified))) {
            self.site_type.learn(SiteType::CommonIdentity);
        }
    }
}

/// Returns the error of an attempt in which nothing succeeded.
fn failure(outcome: &Result<Answers, Error>) -> Option<&Error> {
    let answers = match outcome {
        Err(error) => return Some(error),
        Ok(answers) => answers,
    };
    let errors: Vec<&Error> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    let same = |error: &&Error| errors.iter().all(|other| other.is_retryable() == error.is_retryable());
    errors.first().copied().filter(|error| errors.len() == answers.len() && same(error))
}

/// Returns whether the call may succeed after a new login. Whether the operation changes nothing does not matter.
fn needs_login(error: &Error) -> bool {
    error.action(false) == Action::LogIn
}

impl LoginService for Engine {
    fn site(&self) -> &Site {
        &self.core.site
    }

    async fn site_type_by(&self, deadline: Deadline) -> Result<SiteType, Error> {
        if let Some(known) = self.site_type.get() {
            return Ok(known);
        }
        let _asking = self.site_type.asking.lock().await;
        if let Some(known) = self.site_type.get() {
            return Ok(known);
        }
        let reply = self.call_as(&Credentials::anonymous(), GetSiteType::new(), deadline).await?;
        Ok(self.site_type.learn(reply.site_type.clone()))
    }

    async fn authenticate(
        &self,
        credentials: Credentials,
        request: AuthenticateUser,
        deadline: Deadline,
    ) -> Result<AuthenticateUserResponse, Error> {
        Ok(self.call_as(&credentials, request, deadline).await?.into_body())
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("core", &self.core)
            .field("session", &self.session)
            .field("retry", &self.retry)
            .field("rate", &self.rate)
            .field("site_type", &self.site_type.get())
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}
