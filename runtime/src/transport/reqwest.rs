//! In: a prepared HTTP request. Out: what `reqwest` brought back, asynchronously.
//! TLS is rustls, with the certificates that the platform trusts.
//! Not here: anything about WebEx.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ::reqwest::redirect::Policy;
use ::reqwest::{Client, Error};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use super::{Answer, AsyncTransport};
use crate::core::{HttpRequest, HttpResponse, Timeouts, TransportError, TransportErrorKind};

/// The asynchronous transport over `reqwest`: keeps connections, follows no redirect. It runs on tokio.
#[derive(Debug, Clone)]
pub struct Reqwest {
    client: Result<Client, Arc<str>>,
}

impl Reqwest {
    /// With rustls and the platform's certificates, and ten seconds to connect.
    #[must_use]
    pub fn new() -> Self {
        Self::with_connect_timeout(Timeouts::default().connect)
    }

    /// With another time to connect: `reqwest` takes it for all requests alike, those of a request are not heeded.
    #[must_use]
    pub fn with_connect_timeout(limit: Duration) -> Self {
        let builder = Client::builder().connect_timeout(limit).redirect(Policy::none());
        let client = tls().and_then(|tls| builder.tls_backend_preconfigured(tls).build().map_err(|error| error.to_string()));
        Self { client: client.map_err(Arc::from) }
    }
}

impl From<Client> for Reqwest {
    /// With a client of one's own: other certificates, a proxy. It should follow no redirect.
    fn from(client: Client) -> Self {
        Self { client: Ok(client) }
    }
}

impl Default for Reqwest {
    fn default() -> Self {
        Self::new()
    }
}

/// The platform's certificates; where it has none, no server is trusted, and `http:` still works.
fn tls() -> Result<ClientConfig, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        || ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().map_err(|error| error.to_string());
    match builder()?.with_platform_verifier() {
        Ok(config) => Ok(config.with_no_client_auth()),
        Err(_) => Ok(builder()?.with_root_certificates(RootCertStore::empty()).with_no_client_auth()),
    }
}

impl AsyncTransport for Reqwest {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(async move {
            let client = self.client.as_ref().map_err(|why| TransportError::new(TransportErrorKind::Connect, &**why))?;
            let mut call = client.post(&request.url).timeout(request.timeouts.total).body(request.body.clone());
            for (name, value) in &request.headers {
                call = call.header(*name, value);
            }
            let mut response = call.send().await.map_err(told)?;
            let mut answer = HttpResponse::new(response.status().as_u16(), Vec::new());
            for (name, value) in response.headers() {
                answer.headers.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
            }
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

/// An error of `reqwest`, with what is known about the request.
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
    TransportError::new(kind, error.without_url())
}
