//! In: a prepared HTTP request. Out: whatever came back, or why nothing did.
//! Each transport is one method; the two that come with the crate stand behind features, users bring others.
//! Not here: the meaning of a status or a body, retries, logging.

#[cfg(feature = "reqwest")]
pub mod reqwest;
mod settings;
#[cfg(feature = "ureq")]
pub mod ureq;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "stream")]
use crate::core::AsyncHttpStream;
use crate::core::{HttpRequest, HttpResponse, HttpStream, TransportError};

pub use settings::{HttpSettings, SettingsError};

/// Carries a request and brings its answer back, blocking meanwhile.
///
/// A transport follows no redirect (the request holds credentials), returns answers of any status, keeps to `request.timeouts`, and
/// may stop reading one byte after `request.response_limit`. Its errors never quote the request.
///
/// ```
/// use webex_xml::transport::Transport;
/// use webex_xml::{HttpRequest, HttpResponse, TransportError};
///
/// struct Unavailable;
///
/// impl Transport for Unavailable {
///     fn send(&self, _request: &HttpRequest) -> Result<HttpResponse, TransportError> {
///         Ok(HttpResponse::new(503, "come back later"))
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request once.
    ///
    /// # Errors
    ///
    /// Whatever kept an answer from coming; its kind tells whether the request may have been sent.
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Sends the request once, and gives the answer while its body still comes. `request.response_limit` does not hold here.
    /// A transport that cannot do so, or does not say how, brings the whole answer first.
    ///
    /// # Errors
    ///
    /// As [`Transport::send`]; errors while the body is read are those of its reader.
    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        self.send(request).map(HttpStream::from)
    }
}

/// The future of an answer.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'a>>;

/// The future of an answer whose body still comes.
#[cfg(feature = "stream")]
pub type Opening<'a> = Pin<Box<dyn Future<Output = Result<AsyncHttpStream, TransportError>> + Send + 'a>>;

/// Carries a request and brings its answer back, asynchronously; else like [`Transport`].
pub trait AsyncTransport: Send + Sync {
    /// Sends the request once. If the future is dropped, the request may have been sent.
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a>;

    /// Sends the request once, and gives the answer while its body still comes. `request.response_limit` does not hold here.
    /// A transport that cannot do so, or does not say how, brings the whole answer first.
    #[cfg(feature = "stream")]
    fn open<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        Box::pin(async move { self.send(request).await.map(AsyncHttpStream::from) })
    }

    /// Ends after that time: the client waits so before it repeats a call. Without a timer of the runtime, a thread of its own keeps it.
    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(futures_timer::Delay::new(time))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        (**self).send(request)
    }

    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        (**self).open(request)
    }
}

impl<T: AsyncTransport + ?Sized> AsyncTransport for Arc<T> {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        (**self).send(request)
    }

    #[cfg(feature = "stream")]
    fn open<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        (**self).open(request)
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        (**self).sleep(time)
    }
}

/// An error with its own message; the error of the library is its source.
#[cfg(any(feature = "ureq", feature = "reqwest"))]
#[derive(Debug)]
struct Explained {
    words: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

#[cfg(any(feature = "ureq", feature = "reqwest"))]
impl std::fmt::Display for Explained {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}

#[cfg(any(feature = "ureq", feature = "reqwest"))]
impl std::error::Error for Explained {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// Limits a duration to a year: libraries add it to the present, and panic if the sum is out of range.
#[cfg(any(feature = "ureq", feature = "reqwest"))]
fn bounded(time: Duration) -> Duration {
    const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);
    time.min(YEAR)
}
