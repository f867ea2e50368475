//! The error type of a call, whose variant tells what is known about the effect at the service. The variants follow the stages of a call:
//! request built, request sent, HTTP response received, response decoded, call accepted. No text in an error holds a secret. The meaning of
//! the service's codes is in [`Fault`].

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::fault::Fault;
use crate::repeat::{Action, Failure};

/// The reason why a call has no reply.
///
/// The variant is the stage that failed, which is what a caller needs to decide what to do next.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The request was not sent because it could not be built. Nothing happened at the service, and the same call fails again.
    NotSent(NotSent),
    /// The request may have been sent, but no response arrived, so the service may or may not have carried it out. If
    /// [`MaybeSent::is_connect`] returns `true`, the request was certainly not sent.
    MaybeSent(MaybeSent),
    /// The response has an HTTP status other than 200. The service itself answers failures with 200, so the response usually comes from a
    /// proxy, a load balancer or a wrong address. Whether the service received the request is not known.
    HttpStatus(HttpStatus),
    /// A response arrived but could not be decoded. The service has most likely processed the call, with or without success.
    Undecodable(Undecodable),
    /// The service refused the call and gave a reason. The call was not carried out.
    Fault(Box<Fault>),
}

impl Error {
    /// Returns the fault if the service answered with one.
    #[must_use]
    pub fn as_fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// Returns whether the same call can be repeated without the risk that it takes effect twice, and may then succeed.
    ///
    /// This holds for every operation. The result is `true` for
    ///
    /// - [`Error::MaybeSent`] if [`MaybeSent::is_connect`] returns `true`: no connection was established;
    /// - [`Error::HttpStatus`] with 429, which rejects a request before it is processed (see [`HttpStatus::retry_after`]);
    /// - [`Error::Fault`] with 000035 (the authentication service does not respond) or 000045 (rate limit).
    ///
    /// For everything else the result is `false`. This includes 030002 (wrong password), because repeating it locks the account.
    ///
    /// The clients repeat retryable calls by themselves; [`Retry`](crate::Retry) has the table of all failures.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_retryable_for(false)
    }

    /// Does the same as [`Error::is_retryable`] and takes into account whether the operation changes nothing (`O::INFO.safe`).
    ///
    /// An operation that changes nothing can also be repeated after a broken connection and after HTTP 502, 503 and 504.
    #[must_use]
    pub fn is_retryable_for(&self, safe: bool) -> bool {
        self.action(safe).repeats()
    }

    /// Returns what can be done about the error. `safe` says whether the operation changes nothing.
    pub(crate) fn action(&self, safe: bool) -> Action {
        self.failure().action(safe)
    }

    pub(crate) fn failure(&self) -> Failure<'_> {
        match self {
            Self::NotSent(_) => Failure::NotSent,
            Self::MaybeSent(error) => match error.source.kind() {
                TransportErrorKind::Connect => Failure::Connect,
                TransportErrorKind::Cut => Failure::Cut,
                TransportErrorKind::Timeout => Failure::Timeout,
                TransportErrorKind::Other => Failure::Transport,
            },
            Self::HttpStatus(error) => Failure::Status(error.status),
            Self::Undecodable(_) => Failure::Undecodable,
            Self::Fault(fault) => fault.failure(),
        }
    }

    /// Returns how long to wait before the next attempt, if the response says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::HttpStatus(error) => error.retry_after,
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSent(error) => error.fmt(f),
            Self::MaybeSent(error) => error.fmt(f),
            Self::HttpStatus(error) => error.fmt(f),
            Self::Undecodable(error) => error.fmt(f),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::MaybeSent(error) => Some(&error.source),
            _ => None,
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(Box::new(fault))
    }
}

/// The reason why a request could not be built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotSentKind {
    /// The site's name or address is not usable.
    InvalidSite,
    /// The site's address is `http:` on another machine, and [`Site::allowing_plain_http`](crate::Site::allowing_plain_http) was not
    /// called.
    PlainHttp,
    /// The operation identifies the site by its name, but only its number is known; see [`Site::numbered`](crate::Site::numbered).
    SiteNameMissing,
    /// The credentials cannot be used in this way.
    InvalidCredentials,
    /// The request's values cannot be encoded: a value violates the schema or contains a character that XML does not allow.
    InvalidRequest,
    /// The client's own [`RateLimit`](crate::RateLimit) has no free slot for the call within its time limit.
    RateLimit,
    /// The [`Login`](crate::Login) did not provide a token or a SAML response.
    NoProof,
}

/// The details of a request that could not be built; see [`Error::NotSent`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NotSent {
    /// The operation that was called.
    pub operation: &'static str,
    /// The kind of problem.
    pub kind: NotSentKind,
    /// A description of the problem.
    pub message: String,
}

impl NotSent {
    pub(crate) fn new(operation: &'static str, kind: NotSentKind, message: impl Into<String>) -> Self {
        Self { operation, kind, message: message.into() }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was not sent: {}", self.operation, self.message)
    }
}

/// The details of a call without a response; see [`Error::MaybeSent`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MaybeSent {
    /// The operation that was called.
    pub operation: &'static str,
    /// The error of the transport.
    pub source: TransportError,
}

impl MaybeSent {
    /// Returns whether no connection was established, so that the request was certainly not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.source.kind() == TransportErrorKind::Connect
    }

    /// Returns whether the time limit was exceeded.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.source.kind() == TransportErrorKind::Timeout
    }
}

impl fmt::Display for MaybeSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.is_connect() { "was not sent" } else { "may have been sent, and has no answer" };
        write!(f, "{} {what}: {}", self.operation, self.source)
    }
}

/// The reason why a transport has no response, and what it implies about the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was established: the name did not resolve, or the connection was refused or timed out. The request was certainly not
    /// sent.
    Connect,
    /// The time limit of the call was exceeded. The request may have been received and carried out.
    Timeout,
    /// The connection broke after it was established. The request may have been received and carried out.
    Cut,
    /// Another error; nothing is known about the request.
    Other,
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection",
            Self::Timeout => "timeout",
            Self::Cut => "the connection broke",
            Self::Other => "the transport failed",
        })
    }
}

/// The error of a transport that has no [`HttpResponse`](crate::HttpResponse).
#[derive(Debug, Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Arc<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// Creates an error of this kind. `source` is kept and displayed, so it must not quote a request.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: Arc::from(source.into()) }
    }

    /// Returns the kind, which tells what is known about the request.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.source)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

/// The details of a response with an HTTP status other than 200; see [`Error::HttpStatus`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HttpStatus {
    /// The operation that was called.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// How long to wait before the next attempt, if the response says so, either in seconds or as a date. A date is counted from the
    /// response's own `Date` header.
    pub retry_after: Option<Duration>,
    /// The start of the body on one line, with secrets masked; meant for people to read.
    pub excerpt: String,
}

impl fmt::Display for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was answered with HTTP status {}", self.operation, self.status)?;
        if self.excerpt.is_empty() { Ok(()) } else { write!(f, ": {}", self.excerpt) }
    }
}

/// A position in a response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The path of the enclosing elements, such as `message/body/bodyContent/accessControl`.
    pub path: String,
    /// The line, counted from 1; 0 if only the path is known.
    pub line: u32,
    /// The column, counted from 1; 0 if only the path is known.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        if self.line == 0 { f.write_str(path) } else { write!(f, "{path} at {}:{}", self.line, self.column) }
    }
}

/// The details of a response that could not be decoded; see [`Error::Undecodable`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Undecodable {
    /// The operation that was called.
    pub operation: &'static str,
    /// The position of the problem; `None` if the response as a whole was rejected because it is too large.
    pub place: Option<Place>,
    /// A description of the problem.
    pub message: String,
    /// The size of the response in bytes.
    pub raw_size: usize,
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the answer to {} could not be read: {}", self.operation, self.message)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maybe(kind: TransportErrorKind) -> Error {
        Error::MaybeSent(MaybeSent { operation: "getUser", source: TransportError::new(kind, "why") })
    }

    #[test]
    fn errors_are_repeated_as_the_table_says() {
        let status = |status| Error::HttpStatus(HttpStatus { operation: "op", status, retry_after: None, excerpt: String::new() });
        let undecodable = Undecodable { operation: "op", place: None, message: String::new(), raw_size: 0 };
        let foreseen = Fault { sent: false, ..Fault::new("op", "000035", "") };
        for (error, failure) in [
            (Error::NotSent(NotSent::new("op", NotSentKind::InvalidRequest, "")), Failure::NotSent),
            (maybe(TransportErrorKind::Connect), Failure::Connect),
            (maybe(TransportErrorKind::Cut), Failure::Cut),
            (maybe(TransportErrorKind::Timeout), Failure::Timeout),
            (maybe(TransportErrorKind::Other), Failure::Transport),
            (status(429), Failure::Status(429)),
            (Error::Undecodable(undecodable), Failure::Undecodable),
            (foreseen.into(), Failure::Foreseen),
            (Fault::new("op", "000045", "").into(), Failure::Code("000045")),
        ] {
            assert_eq!(error.failure(), failure);
        }
        assert!(status(503).is_retryable_for(true) && !status(503).is_retryable() && status(429).is_retryable());
        assert!(Fault::new("op", "000035", "").is_retryable() && !Fault::new("op", "030002", "").is_retryable());
    }

    #[test]
    fn errors_are_small_and_read_well() {
        assert!(size_of::<Error>() <= 128, "{}", size_of::<Error>());
        assert_eq!(maybe(TransportErrorKind::Connect).to_string(), "getUser was not sent: no connection: why");
        let place = Some(Place { path: "message/body".into(), line: 3, column: 7 });
        let error = Undecodable { operation: "getUser", place, message: "no end tag".into(), raw_size: 9 };
        assert_eq!(error.to_string(), "the answer to getUser could not be read: no end tag (message/body at 3:7)");
    }
}
