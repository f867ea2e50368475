//! In: a prepared HTTP request. Out: what `ureq` brought back.
//! TLS is rustls, with the certificates that the platform trusts.
//! Not here: anything about WebEx.

use std::io::{self, Read};

use ::ureq::tls::{RootCerts, TlsConfig};
use ::ureq::{Agent, Error, Timeout};

use super::Transport;
use crate::core::{HttpRequest, HttpResponse, TransportError, TransportErrorKind};

/// The blocking transport over `ureq`: keeps connections, takes a proxy from the environment, follows no redirect.
#[derive(Debug, Clone)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// With rustls and the platform's certificates.
    #[must_use]
    pub fn new() -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        Self { agent: Agent::config_builder().tls_config(tls).build().new_agent() }
    }
}

impl From<Agent> for Ureq {
    /// With an agent of one's own: other certificates, another proxy. Status, redirect and timeout settings are those of each request.
    fn from(agent: Agent) -> Self {
        Self { agent }
    }
}

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl Transport for Ureq {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut call = self
            .agent
            .post(&request.url)
            .config()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(request.timeouts.connect))
            .timeout_global(Some(request.timeouts.total))
            .build();
        for (name, value) in &request.headers {
            call = call.header(*name, value);
        }
        let response = call.send(request.body.as_slice()).map_err(told)?;
        let (parts, body) = response.into_parts();
        let mut answer = HttpResponse::new(parts.status.as_u16(), Vec::new());
        for (name, value) in &parts.headers {
            answer.headers.push((name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
        let most = u64::try_from(request.response_limit).unwrap_or(u64::MAX).saturating_add(1);
        body.into_reader().take(most).read_to_end(&mut answer.body).map_err(cut)?;
        Ok(answer)
    }
}

/// An error of `ureq`, with what is known about the request.
fn told(error: Error) -> TransportError {
    let kind = match &error {
        Error::Io(io) => io_kind(io),
        Error::HostNotFound | Error::ConnectionFailed | Error::BadUri(_) | Error::Http(_) | Error::InvalidProxyUrl => {
            TransportErrorKind::Connect
        }
        Error::Tls(_) | Error::TlsRequired | Error::ConnectProxyFailed(_) => TransportErrorKind::Connect,
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportErrorKind::Connect,
        Error::Timeout(_) => TransportErrorKind::Timeout,
        Error::Protocol(_) => TransportErrorKind::Cut,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind, error)
}

fn io_kind(error: &io::Error) -> TransportErrorKind {
    use io::ErrorKind::{AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkUnreachable, TimedOut};
    match error.kind() {
        ConnectionRefused | AddrNotAvailable | HostUnreachable | NetworkUnreachable => TransportErrorKind::Connect,
        TimedOut => TransportErrorKind::Timeout,
        _ if is_lookup(error) => TransportErrorKind::Connect,
        _ => TransportErrorKind::Cut,
    }
}

/// Whether a name did not resolve. The standard library has no kind for that: it has these words, and on Windows this number.
fn is_lookup(error: &io::Error) -> bool {
    error.raw_os_error() == Some(11001) || error.to_string().starts_with("failed to lookup address information")
}

/// An error while the body was read: by then the request was sent.
fn cut(error: io::Error) -> TransportError {
    let timeout = matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
        || error.get_ref().and_then(|inner| inner.downcast_ref()).is_some_and(|e| matches!(e, Error::Timeout(_)));
    let kind = if timeout { TransportErrorKind::Timeout } else { TransportErrorKind::Cut };
    TransportError::new(kind, error)
}
