//! In: which certificates to trust, which proxy to go through, whether to compress. Out: the settings that both transports are made with.
//! Not here: limits of time and size, which belong to each request.

use std::fmt;

use xsdgen_codec::Secret;

/// How a transport reaches a site. Made for [`Ureq`](super::ureq::Ureq::with) and [`Reqwest`](super::reqwest::Reqwest::with) alike.
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

/// Which certificates are trusted, as PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Roots {
    Platform,
    PlatformAnd(String),
    Only(String),
}

/// Through what requests go.
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
    /// The platform's certificates, the proxy that the environment names (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`), answers
    /// compressed with gzip, and HTTP/2 where transport and site have it.
    #[must_use]
    pub const fn new() -> Self {
        Self { roots: Roots::Platform, proxy: Proxy::Environment, gzip: true, http2: true }
    }

    /// Trusts these certificates too: PEM, one or more.
    #[must_use]
    pub fn with_more_roots(mut self, pem: impl Into<String>) -> Self {
        self.roots = Roots::PlatformAnd(pem.into());
        self
    }

    /// Trusts these certificates alone: PEM, one or more.
    #[must_use]
    pub fn with_only_roots(mut self, pem: impl Into<String>) -> Self {
        self.roots = Roots::Only(pem.into());
        self
    }

    /// Goes through that proxy: `http://HOST:PORT`, with `USER:PASSWORD@` before the host where it asks for them.
    #[must_use]
    pub fn with_proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Proxy::Url(url.into());
        self
    }

    /// Goes through no proxy, whatever the environment says.
    #[must_use]
    pub fn without_proxy(mut self) -> Self {
        self.proxy = Proxy::None;
        self
    }

    /// Asks for answers that are not compressed.
    #[must_use]
    pub const fn without_gzip(mut self) -> Self {
        self.gzip = false;
        self
    }

    /// Speaks HTTP/1.1 alone. (`Ureq` always does.)
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

/// What is wrong with [`HttpSettings`]. It quotes none of them.
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
