//! Transports carry a prepared HTTP request and return the response or the reason why there is none. A transport implements one required
//! method; the crate includes two behind features, and users can add others. Transports do not interpret the status or the body, repeat
//! requests, or log.

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
use crate::core::{HttpRequest, HttpResponse, HttpStream};
use crate::error::TransportError;

pub use settings::{HttpSettings, SettingsError};

/// A transport that sends a request and blocks until its response has arrived.
///
/// A transport must not follow redirects, because the request holds credentials. It returns responses of any status, respects
/// `request.timeouts`, and may stop reading one byte after `request.response_limit`. Its errors never quote the request.
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
    /// Returns the reason why no response arrived; its kind tells whether the request may have been sent.
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError>;

    /// Sends the request once, and returns the response while its body is still arriving.
    ///
    /// `request.response_limit` does not apply here. The default implementation receives the whole response first.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Transport::send`]; errors while the body is read are returned by its reader.
    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        self.send(request).map(HttpStream::from)
    }
}

/// The future returned by [`AsyncTransport::send`].
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'a>>;

/// The future of a response whose body is still arriving.
#[cfg(feature = "stream")]
pub type Opening<'a> = Pin<Box<dyn Future<Output = Result<AsyncHttpStream, TransportError>> + Send + 'a>>;

/// A transport that sends a request asynchronously; otherwise like [`Transport`].
pub trait AsyncTransport: Send + Sync {
    /// Sends the request once. If the future is dropped, the request may still have been sent.
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a>;

    /// Sends the request once, and returns the response while its body is still arriving.
    ///
    /// `request.response_limit` does not apply here. The default implementation receives the whole response first.
    #[cfg(feature = "stream")]
    fn open<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        Box::pin(async move { self.send(request).await.map(AsyncHttpStream::from) })
    }

    /// Waits for the given time, which the client does before it repeats a call.
    ///
    /// The default implementation uses its own thread, because it knows no timer of the runtime.
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

/// An error with its own message, and the error of the library as its source.
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

/// Limits a duration to a year, because libraries add it to the current time and panic if the sum is out of range.
#[cfg(any(feature = "ureq", feature = "reqwest"))]
fn bounded(time: Duration) -> Duration {
    const YEAR: Duration = Duration::from_secs(366 * 24 * 60 * 60);
    time.min(YEAR)
}
