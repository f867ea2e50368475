//! The asynchronous transport over `reqwest`. TLS is provided by rustls, with the certificates that the platform trusts or those of the
//! settings.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ::reqwest::redirect::Policy;
use ::reqwest::{Client, Error, Response};
use futures_core::Stream;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::settings::{HttpSettings, Proxy, Roots, SettingsError};
use super::{Answer, AsyncTransport, Explained, Opening, bounded};
use crate::core::{AsyncHttpStream, HttpRequest, HttpResponse, Timeouts};
use crate::error::{TransportError, TransportErrorKind};

/// The asynchronous transport over `reqwest`.
///
/// It reuses connections, follows no redirects, and uses HTTP/2 where the site supports it. It runs on tokio.
#[derive(Debug, Clone)]
pub struct Reqwest {
    clients: Clients,
}

/// The clients by connect timeout. In `reqwest`, the connect timeout belongs to the client, but here it belongs to the request, so there is
/// one client for each timeout in use.
#[derive(Debug, Clone)]
enum Clients {
    Given(Client),
    Made(Arc<Made>),
}

#[derive(Debug)]
struct Made {
    settings: HttpSettings,
    by_connect_timeout: Mutex<Vec<(Duration, Client)>>,
}

impl Reqwest {
    /// Creates a transport with the default [`HttpSettings`].
    #[must_use]
    pub fn new() -> Self {
        Self::of(HttpSettings::new())
    }

    /// Creates a transport with the given settings.
    ///
    /// # Errors
    ///
    /// Returns an error if a certificate or the proxy's address cannot be parsed.
    pub fn with(settings: &HttpSettings) -> Result<Self, SettingsError> {
        client(settings, Timeouts::default().connect)?;
        Ok(Self::of(settings.clone()))
    }

    fn of(settings: HttpSettings) -> Self {
        Self { clients: Clients::Made(Arc::new(Made { settings, by_connect_timeout: Mutex::default() })) }
    }

    /// Returns the client with this connect timeout.
    fn client(&self, connect: Duration) -> Result<Client, SettingsError> {
        const MOST: usize = 8;
        let made = match &self.clients {
            Clients::Given(client) => return Ok(client.clone()),
            Clients::Made(made) => made,
        };
        let mut clients = made.by_connect_timeout.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = clients.iter().find(|(time, _)| *time == connect) {
            return Ok(client.clone());
        }
        let client = client(&made.settings, connect)?;
        if clients.len() >= MOST {
            clients.remove(0);
        }
        clients.push((connect, client.clone()));
        Ok(client)
    }
}

impl From<Client> for Reqwest {
    /// Creates a transport from a custom client.
    ///
    /// The client should follow no redirects. Its own connect timeout applies, not that of a request.
    fn from(client: Client) -> Self {
        Self { clients: Clients::Given(client) }
    }
}

impl Default for Reqwest {
    fn default() -> Self {
        Self::new()
    }
}

fn client(settings: &HttpSettings, connect: Duration) -> Result<Client, SettingsError> {
    let builder = Client::builder().connect_timeout(connect).redirect(Policy::none()).gzip(settings.gzip);
    let builder = match &settings.proxy {
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => {
            builder.proxy(::reqwest::Proxy::all(url.expose()).map_err(|_| SettingsError::new("the proxy's address is not a URL"))?)
        }
    };
    let builder = if settings.http2 { builder } else { builder.http1_only() };
    let mut tls = tls(&settings.roots)?;
    let protocols: &[&[u8]] = if settings.http2 { &[b"h2", b"http/1.1"] } else { &[b"http/1.1"] };
    tls.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    builder.tls_backend_preconfigured(tls).build().map_err(|error| SettingsError::new(error.without_url().to_string()))
}

/// Builds the TLS configuration with the platform's certificates or others. If the platform has none, no server is trusted, and `http:`
/// still works.
fn tls(roots: &Roots) -> Result<ClientConfig, SettingsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| SettingsError::new(error.to_string()))?;
    let verifier = match roots {
        Roots::Platform => Verifier::new(provider),
        Roots::PlatformAnd(pem) => Verifier::new_with_extra_roots(certificates(pem)?, provider),
        Roots::Only(pem) => {
            let mut store = RootCertStore::empty();
            if store.add_parsable_certificates(certificates(pem)?).0 == 0 {
                return Err(bad_certificate());
            }
            return Ok(builder.with_root_certificates(store).with_no_client_auth());
        }
    };
    Ok(match verifier {
        Ok(verifier) => builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth(),
        Err(_) => builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth(),
    })
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, SettingsError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    found.ok().filter(|certificates| !certificates.is_empty()).ok_or_else(bad_certificate)
}

fn bad_certificate() -> SettingsError {
    SettingsError::new("the roots hold no certificate in PEM")
}

impl Reqwest {
    /// Sends the request, and returns its status and headers, and the response to read the body from.
    async fn begin(&self, request: &HttpRequest) -> Result<(HttpResponse, Response), TransportError> {
        let client = self.client(bounded(request.timeouts.connect)).map_err(|why| TransportError::new(TransportErrorKind::Connect, why))?;
        let mut call = client.post(&request.url).timeout(bounded(request.timeouts.total)).body(request.body.clone());
        for (name, value) in &request.headers {
            call = call.header(*name, value);
        }
        let response = call.send().await.map_err(told)?;
        let mut head = HttpResponse::new(response.status().as_u16(), Vec::new());
        for (name, value) in response.headers() {
            head.headers.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
        Ok((head, response))
    }
}

/// The result of waiting for a piece of a body: the response, for the next piece, and the piece.
type Piece = (Response, Result<Option<Vec<u8>>, Error>);

/// The body of a response that is still arriving. It has the time limit of the request.
struct Body {
    coming: Option<Pin<Box<dyn Future<Output = Piece> + Send>>>,
}

impl Body {
    fn of(response: Response) -> Self {
        Self { coming: Some(Box::pin(piece(response))) }
    }
}

async fn piece(mut response: Response) -> Piece {
    let piece = response.chunk().await.map(|piece| piece.map(Vec::from));
    (response, piece)
}

impl Stream for Body {
    type Item = io::Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(coming) = &mut self.coming else { return Poll::Ready(None) };
        let (response, outcome) = ready!(coming.as_mut().poll(context));
        self.coming = None;
        Poll::Ready(match outcome {
            Ok(None) => None,
            Ok(Some(bytes)) => {
                *self = Self::of(response);
                Some(Ok(bytes))
            }
            Err(error) => {
                let kind = if error.is_timeout() { io::ErrorKind::TimedOut } else { io::ErrorKind::ConnectionAborted };
                Some(Err(io::Error::new(kind, error.without_url())))
            }
        })
    }
}

impl AsyncTransport for Reqwest {
    fn open<'a>(&'a self, request: &'a HttpRequest) -> Opening<'a> {
        Box::pin(async move {
            let (head, response) = self.begin(request).await?;
            Ok(AsyncHttpStream::new(head, Body::of(response)))
        })
    }

    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(async move {
            let (mut answer, mut response) = self.begin(request).await?;
            while let Some(chunk) = response.chunk().await.map_err(told)? {
                answer.body.extend_from_slice(&chunk);
                if answer.body.len() > request.response_limit {
                    answer.body.truncate(request.response_limit.saturating_add(1));
                    break;
                }
            }
            Ok(answer)
        })
    }

    fn sleep(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(tokio::time::sleep(time))
    }
}

/// Converts an error of `reqwest`, with what is known about the request.
fn told(error: Error) -> TransportError {
    let kind = if error.is_connect() || error.is_builder() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_body() || error.is_decode() || error.is_request() {
        TransportErrorKind::Cut
    } else {
        TransportErrorKind::Other
    };
    let error = error.without_url();
    let words = match kind {
        TransportErrorKind::Timeout => "the answer did not come within the time limit".to_owned(),
        _ => cause(&error),
    };
    TransportError::new(kind, Explained { words, source: error.into() })
}

/// Returns the message of the innermost cause, since that of `reqwest` is only "error sending request".
fn cause(error: &Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
