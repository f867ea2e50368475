//! The blocking transport over `ureq`. TLS is provided by rustls, with the certificates that the platform trusts or those of the settings.

use std::io::{self, Read};

use ::ureq::config::{AutoHeaderValue, ConfigBuilder};
use ::ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ::ureq::typestate::AgentScope;
use ::ureq::{Agent, Error, Timeout};

use super::settings::{HttpSettings, Proxy, Roots, SettingsError};
use super::{Explained, Transport, bounded};
use crate::core::{HttpRequest, HttpResponse, HttpStream};
use crate::error::{TransportError, TransportErrorKind};

/// The blocking transport over `ureq`.
///
/// It reuses connections, follows no redirects, and uses HTTP/1.1.
#[derive(Debug, Clone)]
pub struct Ureq {
    agent: Agent,
}

impl Ureq {
    /// Creates a transport with the default [`HttpSettings`].
    #[must_use]
    pub fn new() -> Self {
        Self { agent: builder(RootCerts::PlatformVerifier, true).build().new_agent() }
    }

    /// Creates a transport with the given settings.
    ///
    /// # Errors
    ///
    /// Returns an error if a certificate or the proxy's address cannot be parsed.
    pub fn with(settings: &HttpSettings) -> Result<Self, SettingsError> {
        let config = builder(roots(&settings.roots)?, settings.gzip);
        let config = match &settings.proxy {
            Proxy::Environment => config,
            Proxy::None => config.proxy(None),
            Proxy::Url(url) => {
                let proxy = ::ureq::Proxy::new(url.expose()).map_err(|_| SettingsError::new("the proxy's address is not a URL"))?;
                config.proxy(Some(proxy))
            }
        };
        Ok(Self { agent: config.build().new_agent() })
    }
}

fn builder(roots: RootCerts, gzip: bool) -> ConfigBuilder<AgentScope> {
    let tls = TlsConfig::builder().root_certs(roots).build();
    let builder = Agent::config_builder().tls_config(tls);
    if gzip { builder } else { builder.accept_encoding(AutoHeaderValue::None) }
}

fn roots(roots: &Roots) -> Result<RootCerts, SettingsError> {
    let (pem, platform) = match roots {
        Roots::Platform => return Ok(RootCerts::PlatformVerifier),
        Roots::PlatformAnd(pem) => (pem, true),
        Roots::Only(pem) => (pem, false),
    };
    let mut certificates = Vec::new();
    for item in parse_pem(pem.as_bytes()) {
        if let PemItem::Certificate(certificate) = item.map_err(|_| bad_certificate())? {
            certificates.push(certificate);
        }
    }
    if certificates.is_empty() {
        return Err(bad_certificate());
    }
    if platform {
        let found = rustls_native_certs::load_native_certs().certs;
        certificates.extend(found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()));
    }
    Ok(RootCerts::from(certificates))
}

fn bad_certificate() -> SettingsError {
    SettingsError::new("the roots hold no certificate in PEM")
}

impl From<Agent> for Ureq {
    /// Creates a transport from a custom agent, for example with other certificates or another proxy.
    ///
    /// The handling of status, redirects and timeouts is set by each request.
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
        let HttpStream { head: mut answer, body } = self.open(request)?;
        let most = u64::try_from(request.response_limit).unwrap_or(u64::MAX).saturating_add(1);
        body.take(most).read_to_end(&mut answer.body).map_err(cut)?;
        Ok(answer)
    }

    fn open(&self, request: &HttpRequest) -> Result<HttpStream, TransportError> {
        let mut call = self
            .agent
            .post(&request.url)
            .config()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(bounded(request.timeouts.connect)))
            .timeout_global(Some(bounded(request.timeouts.total)))
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
        Ok(HttpStream::new(answer, body.into_reader()))
    }
}

/// Converts an error of `ureq`, with what is known about the request.
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
    let words = match &error {
        Error::Io(io) => io_words(io),
        Error::Protocol(why) => format!("what the server sent is not HTTP ({why})"),
        Error::HostNotFound => "the host was not found".to_owned(),
        Error::Timeout(stage) => stage_words(*stage).to_owned(),
        other => other.to_string(),
    };
    TransportError::new(kind, Explained { words, source: error.into() })
}

fn io_words(error: &io::Error) -> String {
    let text = error.to_string();
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the server closed it before the answer was complete".to_owned(),
        io::ErrorKind::InvalidData if text.contains("InvalidContentType") => {
            "the server does not use TLS, which https: requires".to_owned()
        }
        _ => text,
    }
}

/// Describes the stage at which a call ran out of time.
fn stage_words(stage: Timeout) -> &'static str {
    match stage {
        Timeout::Resolve => "the host's name was not looked up within the time limit",
        Timeout::Connect => "the host did not accept a connection within the time limit",
        Timeout::SendRequest | Timeout::SendBody | Timeout::Await100 => "the request could not be sent within the time limit",
        _ => "the answer did not come within the time limit",
    }
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

/// Returns whether a name could not be resolved. The standard library has no error kind for that, so the check uses its error text and, on
/// Windows, its error number.
fn is_lookup(error: &io::Error) -> bool {
    error.raw_os_error() == Some(11001) || error.to_string().starts_with("failed to lookup address information")
}

/// Converts an error that occurred while the body was read; by then the request had been sent.
fn cut(error: io::Error) -> TransportError {
    let timeout = matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock)
        || error.get_ref().and_then(|inner| inner.downcast_ref()).is_some_and(|e| matches!(e, Error::Timeout(_)));
    if !timeout {
        return TransportError::new(TransportErrorKind::Cut, error);
    }
    let words = stage_words(Timeout::RecvBody).to_owned();
    TransportError::new(TransportErrorKind::Timeout, Explained { words, source: error.into() })
}
