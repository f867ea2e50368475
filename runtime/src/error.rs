//! In: what went wrong, at whichever stage of a call. Out: one error whose variant tells what is known about the outside world.
//! The variants follow the way of a call: prepared, sent, answered over HTTP, read, understood.
//! Not here: what the codes of the service mean (see [`Fault`]). No text in here holds a secret.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::core::{TransportError, TransportErrorKind};
use crate::fault::Fault;

/// Why a call has no reply. The variant is the stage, and the stage is what a caller needs to decide what to do next.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Error {
    /// The request was not sent: it could not be built. Nothing happened at the service; the same call fails again.
    NotSent(NotSent),
    /// The request may have been sent and no answer came: the service may have carried it out, or not.
    /// Where [`MaybeSent::is_connect`] holds, it was surely not sent.
    MaybeSent(MaybeSent),
    /// Something answered with another HTTP status than 200. The service itself answers failures with 200, so this was mostly a proxy,
    /// a load balancer or a wrong address; whether the service saw the request is not known.
    HttpStatus(HttpStatus),
    /// An answer came and could not be read. The service has most likely carried the call out, well or not.
    Undecodable(Undecodable),
    /// The service refused the call, and says why. It was not carried out.
    Fault(Box<Fault>),
}

impl Error {
    /// The fault, where the service answered with one.
    #[must_use]
    pub fn as_fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            _ => None,
        }
    }

    /// Whether the same call may be repeated without a risk that it is carried out twice, and may then succeed, whatever the operation.
    /// That is so for
    ///
    /// - [`Error::MaybeSent`] where [`MaybeSent::is_connect`] holds: no connection stood;
    /// - [`Error::HttpStatus`] with 429, by which a request is turned away (mind [`HttpStatus::retry_after`]);
    /// - [`Error::Fault`] with 000035 (authentication service does not respond) or 000045 (rate limit).
    ///
    /// For everything else it is `false`: for 030002 (wrong password) too, whose repetition locks the account. The clients repeat such
    /// calls by themselves, see [`Retry`](crate::Retry).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.is_retryable_for(false)
    }

    /// The same where the operation is known to change nothing, or not (`O::INFO.safe`). Safe ones may also be repeated after a cut
    /// connection and after HTTP 502, 503 and 504.
    #[must_use]
    pub fn is_retryable_for(&self, safe: bool) -> bool {
        match self {
            Self::MaybeSent(error) => error.is_connect() || safe && error.source.kind() == TransportErrorKind::Cut,
            Self::HttpStatus(error) => error.status == 429 || safe && matches!(error.status, 502..=504),
            Self::Fault(fault) => fault.sent && fault.is_retryable(),
            Self::NotSent(_) | Self::Undecodable(_) => false,
        }
    }

    /// How long to wait before the next try, where the answer says so.
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

/// What kept a request from being built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotSentKind {
    /// The site's name or address is not usable.
    InvalidSite,
    /// The site's address is `http:` on another machine, and [`Site::allowing_plain_http`](crate::Site::allowing_plain_http) was not called.
    PlainHttp,
    /// The operation finds the site by its name, and only its number is known; see [`Site::numbered`](crate::Site::numbered).
    SiteNameMissing,
    /// The credentials cannot be used so.
    InvalidCredentials,
    /// The request's values cannot be written: one breaks the schema, or holds a character that XML has not.
    InvalidRequest,
    /// The client's own [`RateLimit`](crate::RateLimit) has no place for the call within its time limit.
    RateLimit,
    /// What a [`Login`](crate::Login) asks for a token or a SAML response had none.
    NoProof,
}

/// The request could not be built; see [`Error::NotSent`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NotSent {
    /// Which operation was called.
    pub operation: &'static str,
    /// What was wrong.
    pub kind: NotSentKind,
    /// The same in words.
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

/// No answer came; see [`Error::MaybeSent`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MaybeSent {
    /// Which operation was called.
    pub operation: &'static str,
    /// What the transport said.
    pub source: TransportError,
}

impl MaybeSent {
    /// Whether no connection stood, so that the request was surely not sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.source.kind() == TransportErrorKind::Connect
    }

    /// Whether the time was over.
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

/// An answer with another HTTP status than 200; see [`Error::HttpStatus`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct HttpStatus {
    /// Which operation was called.
    pub operation: &'static str,
    /// The status.
    pub status: u16,
    /// How long to wait before the next try, where the answer says so: in seconds, or by a date that its own `Date` gives a start to.
    pub retry_after: Option<Duration>,
    /// The start of the body as one line, with secrets masked: for people.
    pub excerpt: String,
}

impl fmt::Display for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was answered with HTTP status {}", self.operation, self.status)?;
        if self.excerpt.is_empty() { Ok(()) } else { write!(f, ": {}", self.excerpt) }
    }
}

/// A place in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The elements around it, as in `message/body/bodyContent/accessControl`.
    pub path: String,
    /// The line, from 1; 0 where the place is known by its path only.
    pub line: u32,
    /// The column, from 1; 0 where the place is known by its path only.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "/" } else { &self.path };
        if self.line == 0 { f.write_str(path) } else { write!(f, "{path} at {}:{}", self.line, self.column) }
    }
}

/// An answer that could not be read; see [`Error::Undecodable`].
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Undecodable {
    /// Which operation was called.
    pub operation: &'static str,
    /// Where, unless the answer as a whole was not wanted (too large).
    pub place: Option<Place>,
    /// What was wrong there.
    pub message: String,
    /// The answer's size in bytes.
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

    fn status(status: u16) -> Error {
        Error::HttpStatus(HttpStatus { operation: "getUser", status, retry_after: None, excerpt: String::new() })
    }

    #[test]
    fn only_what_cannot_happen_twice_is_retryable() {
        assert!(maybe(TransportErrorKind::Connect).is_retryable());
        assert!(!maybe(TransportErrorKind::Timeout).is_retryable());
        assert!(!maybe(TransportErrorKind::Cut).is_retryable());
        assert!(status(429).is_retryable() && !status(503).is_retryable() && status(503).is_retryable_for(true));
        assert!(!status(500).is_retryable_for(true) && !status(502).is_retryable());
        assert!(Error::from(Fault::new("getUser", "000035", "")).is_retryable());
        assert!(!Error::from(Fault::new("getUser", "030002", "")).is_retryable());
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
