//! In: what the core decided to send, and what a transport brought back.
//! Out: the two plain values that a transport handles, and why it could not.
//! Not here: sockets, TLS, the meaning of any byte in a body.

use std::error::Error as StdError;
use std::fmt;
#[cfg(feature = "stream")]
use std::io;
use std::io::{Cursor, Read};
#[cfg(feature = "stream")]
use std::pin::Pin;
use std::sync::Arc;
#[cfg(feature = "stream")]
use std::task::{Context, Poll};
use std::time::Duration;

#[cfg(feature = "stream")]
use futures_core::Stream;

/// How long a call may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// From the first attempt to connect until a connection stands.
    pub connect: Duration,
    /// From the start of the call until the last byte of the answer.
    pub total: Duration,
}

impl Timeouts {
    /// Both limits.
    #[must_use]
    pub const fn new(connect: Duration, total: Duration) -> Self {
        Self { connect, total }
    }
}

impl Default for Timeouts {
    /// Ten seconds to connect, a minute for the whole call.
    fn default() -> Self {
        Self::new(Duration::from_secs(10), Duration::from_secs(60))
    }
}

/// A POST that a transport shall carry. `Debug` shows no body and no header value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpRequest {
    /// Where to POST.
    pub url: String,
    /// Header names and values, without `Host` and `Content-Length`.
    pub headers: Vec<(&'static str, String)>,
    /// The message: XML in UTF-8.
    pub body: Vec<u8>,
    /// How long it may take.
    pub timeouts: Timeouts,
    /// The largest body that is wanted. A transport may stop one byte after it: the core then reports the answer as too large.
    pub response_limit: usize,
}

impl HttpRequest {
    pub(crate) fn new(url: String, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Self {
        Self { url, headers, body, timeouts: Timeouts::default(), response_limit: DEFAULT_RESPONSE_LIMIT }
    }
}

/// 64 MiB: a list of recordings with every field is the largest answer known, and far smaller.
pub(crate) const DEFAULT_RESPONSE_LIMIT: usize = 64 << 20;

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("HttpRequest")
            .field("url", &self.url)
            .field("headers", &names)
            .field("body_bytes", &self.body.len())
            .field("timeouts", &self.timeouts)
            .field("response_limit", &self.response_limit)
            .finish()
    }
}

/// What came back, whatever its status. `Debug` shows no body.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpResponse {
    /// The HTTP status code.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The body, at most one byte longer than the request's `response_limit`.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// A response without headers.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// With one header more.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The first header of that name, whatever the case of its letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The charset that `Content-Type` names, as in `text/xml;charset=UTF-8`.
    #[must_use]
    pub fn charset(&self) -> Option<&str> {
        self.header("content-type")?.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches('"');
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        })
    }
}

/// An answer whose body still comes. `Debug` shows no body.
#[non_exhaustive]
pub struct HttpStream {
    /// The status and the headers; its body is empty.
    pub head: HttpResponse,
    /// The body.
    pub body: Box<dyn Read + Send>,
}

impl HttpStream {
    /// An answer with that body.
    #[must_use]
    pub fn new(head: HttpResponse, body: impl Read + Send + 'static) -> Self {
        Self { head, body: Box::new(body) }
    }
}

impl From<HttpResponse> for HttpStream {
    fn from(mut response: HttpResponse) -> Self {
        let body = std::mem::take(&mut response.body);
        Self::new(response, Cursor::new(body))
    }
}

impl fmt::Debug for HttpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpStream").field("head", &self.head).finish_non_exhaustive()
    }
}

/// A body that comes piece by piece, of any sizes.
#[cfg(feature = "stream")]
pub type Chunks = Pin<Box<dyn Stream<Item = io::Result<Vec<u8>>> + Send>>;

/// An answer whose body still comes, asynchronously. `Debug` shows no body.
#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
#[non_exhaustive]
pub struct AsyncHttpStream {
    /// The status and the headers; its body is empty.
    pub head: HttpResponse,
    /// The body.
    pub body: Chunks,
}

#[cfg(feature = "stream")]
impl AsyncHttpStream {
    /// An answer with that body.
    #[must_use]
    pub fn new(head: HttpResponse, body: impl Stream<Item = io::Result<Vec<u8>>> + Send + 'static) -> Self {
        Self { head, body: Box::pin(body) }
    }
}

#[cfg(feature = "stream")]
impl From<HttpResponse> for AsyncHttpStream {
    fn from(mut response: HttpResponse) -> Self {
        let body = std::mem::take(&mut response.body);
        Self::new(response, Whole(Some(body)))
    }
}

/// A body in one piece.
#[cfg(feature = "stream")]
struct Whole(Option<Vec<u8>>);

#[cfg(feature = "stream")]
impl Stream for Whole {
    type Item = io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[cfg(feature = "stream")]
impl fmt::Debug for AsyncHttpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncHttpStream").field("head", &self.head).finish_non_exhaustive()
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("HttpResponse").field("status", &self.status).field("headers", &names).field("body_bytes", &self.body.len()).finish()
    }
}

/// Why a transport brought nothing back, and what that tells about the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection stood: the name did not resolve, the connection was refused or timed out. The request was surely not sent.
    Connect,
    /// The call's time was over. The request may have been received, and carried out.
    Timeout,
    /// The connection broke after it stood. The request may have been received, and carried out.
    Cut,
    /// Something else; nothing is known.
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

/// What a transport reports where it has no [`HttpResponse`].
#[derive(Debug, Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Arc<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error of that kind; `source` is kept and shown, so it must not quote a request.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: Arc::from(source.into()) }
    }

    /// What is known about the request.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charset_is_found_among_parameters() {
        let of = |value: &str| HttpResponse::new(200, "").with_header("Content-Type", value).charset().map(str::to_owned);
        assert_eq!(of("text/xml;charset=UTF-8").as_deref(), Some("UTF-8"));
        assert_eq!(of("text/xml; a=b; Charset=\"iso-8859-1\"").as_deref(), Some("iso-8859-1"));
        assert_eq!(of("text/xml"), None);
        assert_eq!(of("text/xml charset=UTF-8"), None);
    }

    #[test]
    fn debug_shows_no_body() {
        let request = HttpRequest::new("https://acme.webex.com".into(), vec![("X", "canary".into())], b"canary".to_vec());
        assert!(!format!("{request:?}").contains("canary"));
        assert!(!format!("{:?}", HttpResponse::new(200, "canary").with_header("a", "canary")).contains("canary"));
    }
}
