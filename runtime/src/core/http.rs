//! The plain values that the core and a transport exchange: the HTTP request and the HTTP response.

use std::fmt;
#[cfg(feature = "stream")]
use std::io;
use std::io::{Cursor, Read};
#[cfg(feature = "stream")]
use std::pin::Pin;
#[cfg(feature = "stream")]
use std::task::{Context, Poll};
use std::time::Duration;

#[cfg(feature = "stream")]
use futures_core::Stream;

/// The time limits of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// The time from the first attempt to connect until the connection is established.
    pub connect: Duration,
    /// The time from the start of the call until the last byte of the response.
    pub total: Duration,
}

impl Timeouts {
    /// Creates both limits.
    #[must_use]
    pub const fn new(connect: Duration, total: Duration) -> Self {
        Self { connect, total }
    }
}

impl Default for Timeouts {
    /// Returns ten seconds to connect and a minute for the whole call.
    fn default() -> Self {
        Self::new(Duration::from_secs(10), Duration::from_secs(60))
    }
}

/// A POST request for a transport to send. Its `Debug` output shows no body and no header value.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The URL to POST to.
    pub url: String,
    /// Header names and values, without `Host` and `Content-Length`.
    pub headers: Vec<(&'static str, String)>,
    /// The message: XML in UTF-8.
    pub body: Vec<u8>,
    /// The time limits.
    pub timeouts: Timeouts,
    /// The maximum size of the response's body. A transport may stop one byte after it; the core then reports the response as too large.
    pub response_limit: usize,
}

impl HttpRequest {
    pub(crate) fn new(url: String, headers: Vec<(&'static str, String)>, body: Vec<u8>) -> Self {
        Self { url, headers, body, timeouts: Timeouts::default(), response_limit: DEFAULT_RESPONSE_LIMIT }
    }
}

/// The default limit of 64 MiB. The largest known response is a list of recordings with every field, and is far smaller.
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

/// A response with any HTTP status. Its `Debug` output shows no body.
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
    /// Creates a response without headers.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into() }
    }

    /// Adds a header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the first header with this name, regardless of case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the charset in `Content-Type`, as in `text/xml;charset=UTF-8`.
    #[must_use]
    pub fn charset(&self) -> Option<&str> {
        self.header("content-type")?.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches('"');
            (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
        })
    }
}

/// A response whose body is still arriving. Its `Debug` output shows no body.
#[non_exhaustive]
pub struct HttpStream {
    /// The status and the headers; its body is empty.
    pub head: HttpResponse,
    /// The body.
    pub body: Box<dyn Read + Send>,
}

impl HttpStream {
    /// Creates a response with the given body.
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

/// A body that arrives in pieces of any size.
#[cfg(feature = "stream")]
pub type Chunks = Pin<Box<dyn Stream<Item = io::Result<Vec<u8>>> + Send>>;

/// A response whose body arrives asynchronously. Its `Debug` output shows no body.
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
    /// Creates a response with the given body.
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

/// A body that consists of one piece.
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
