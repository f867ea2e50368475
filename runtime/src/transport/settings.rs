//! The settings of both transports: trusted certificates, proxy and compression. Limits on time and size belong to each request.

use std::fmt;

use xsdgen_codec::Secret;

/// The settings that determine how a transport connects to a site.
///
/// They are passed to [`Ureq`](super::ureq::Ureq::with) or [`Reqwest`](super::reqwest::Reqwest::with).
///
/// ```no_run
/// # #[cfg(feature = "ureq")]
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use webex_xml::transport::HttpSettings;
/// use webex_xml::transport::ureq::Ureq;
/// use webex_xml::Client;
///
/// let roots = std::fs::read_to_string("company-ca.pem")?;
/// let settings = HttpSettings::new().with_more_roots(roots).with_proxy("http://proxy.acme.example:3128");
/// let client = Client::with_transport("acme", Ureq::with(&settings)?);
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HttpSettings {
    pub(crate) roots: Roots,
    pub(crate) proxy: Proxy,
    pub(crate) gzip: bool,
    pub(crate) http2: bool,
}

/// The trusted certificates, as PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Roots {
    Platform,
    PlatformAnd(String),
    Only(String),
}

/// The proxy for requests.
#[derive(Clone, PartialEq)]
pub(crate) enum Proxy {
    Environment,
    None,
    Url(Secret),
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Url(_) => "Url(******)",
        })
    }
}

impl HttpSettings {
    /// Creates the default settings.
    ///
    /// These are the platform's certificates, the proxy named by the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`),
    /// responses compressed with gzip, and HTTP/2 where the transport and the site support it.
    #[must_use]
    pub const fn new() -> Self {
        Self { roots: Roots::Platform, proxy: Proxy::Environment, gzip: true, http2: true }
    }

    /// Trusts these certificates in addition to the platform's: PEM, one or more.
    #[must_use]
    pub fn with_more_roots(mut self, pem: impl Into<String>) -> Self {
        self.roots = Roots::PlatformAnd(pem.into());
        self
    }

    /// Trusts only these certificates: PEM, one or more.
    #[must_use]
    pub fn with_only_roots(mut self, pem: impl Into<String>) -> Self {
        self.roots = Roots::Only(pem.into());
        self
    }

    /// Uses this proxy: `http://HOST:PORT`, with `USER:PASSWORD@` before the host if the proxy requires it.
    #[must_use]
    pub fn with_proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Uses no proxy, regardless of the environment.
    #[must_use]
    pub fn without_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Requests uncompressed responses.
    #[must_use]
    pub const fn without_gzip(mut self) -> Self {
        self.gzip = false;
        self
    }

    /// Uses only HTTP/1.1. (`Ureq` always does.)
    #[must_use]
    pub const fn without_http2(mut self) -> Self {
        self.http2 = false;
        self
    }
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self::new()
    }
}

/// An error in [`HttpSettings`]. Its text quotes none of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsError(String);

#[cfg(any(feature = "ureq", feature = "reqwest"))]
impl SettingsError {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SettingsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_password_is_not_shown() {
        let settings = HttpSettings::new().with_proxy("http://jane:c4n4ry@proxy:3128");
        assert!(!format!("{settings:?}").contains("c4n4ry"));
    }
}
