//! In: a site's name, number or address, as people know it. Out: the URL to POST to and how the request names the site.
//! Nothing is checked before a request is built, so that making a [`Site`] never fails.
//! Not here: the network.

use std::net::IpAddr;

use xsdgen_codec::Secret;

use crate::error::NotSentKind;

/// Where messages are POSTed below a site's host.
pub const SERVICE_PATH: &str = "/WBXService/XMLService";

/// A WebEx site: where it is, and how requests name it.
///
/// ```
/// use webex_xml::Site;
///
/// let by_name = Site::named("acme"); // https://acme.webex.com/WBXService/XMLService
/// let sandbox = Site::named("acme").at("http://127.0.0.1:8080");
/// let by_number = Site::named("acme").identified_by(5_941_234_567, "my-partner");
/// assert_eq!(by_name.url(), "https://acme.webex.com/WBXService/XMLService");
/// assert_eq!(sandbox.url(), "http://127.0.0.1:8080/WBXService/XMLService");
/// # let _ = by_number;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    name: String,
    address: Option<String>,
    number: Option<(i64, Secret)>,
    plain_http: bool,
}

impl Site {
    /// The site `NAME.webex.com`.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), address: None, number: None, plain_http: false }
    }

    /// The site of that number, without a name. It needs an address: `.at("https://api.webex.com")`.
    pub fn numbered(site_id: i64, partner_id: impl Into<Secret>) -> Self {
        Self::named("").identified_by(site_id, partner_id)
    }

    /// At another address: `https://HOST`, `http://127.0.0.1:PORT`, or the whole URL of the service. Requests name the site as before.
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Named in requests by the site's number and a partner ID, and not by its name.
    #[must_use]
    pub fn identified_by(mut self, site_id: i64, partner_id: impl Into<Secret>) -> Self {
        self.number = Some((site_id, partner_id.into()));
        self
    }

    /// Allows `http:` to hosts other than this machine. Whoever is on the way then reads passwords and tickets.
    #[must_use]
    pub fn allowing_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// What tells it from other sites: its name, or its number.
    pub(crate) fn identity(&self) -> String {
        match &self.number {
            Some((number, _)) => number.to_string(),
            None => self.name.to_ascii_lowercase(),
        }
    }

    /// The site's name; empty where it has a number instead.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn number(&self) -> Option<&(i64, Secret)> {
        self.number.as_ref()
    }

    /// Where requests go.
    #[must_use]
    pub fn url(&self) -> String {
        let Some(address) = &self.address else {
            return format!("https://{}.webex.com{SERVICE_PATH}", self.name);
        };
        let host_on = address.split_once("://").map_or("", |(_, rest)| rest);
        match host_on.split_once('/') {
            Some((_, path)) if !path.is_empty() => address.clone(),
            _ => format!("{}{SERVICE_PATH}", address.trim_end_matches('/')),
        }
    }

    /// What is wrong with it, if anything is.
    pub(crate) fn check(&self) -> Result<(), (NotSentKind, String)> {
        self.check_form().map_err(|text| (NotSentKind::InvalidSite, text))?;
        let url = self.url();
        let authority = url.strip_prefix("http://").and_then(|rest| rest.split(['/', '?', '#']).next());
        if self.plain_http || authority.is_none_or(is_loopback) {
            return Ok(());
        }
        let text = "http: shows credentials to everybody on the way; use https:, or call Site::allowing_plain_http";
        Err((NotSentKind::PlainHttp, text.to_owned()))
    }

    fn check_form(&self) -> Result<(), String> {
        let in_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let needs_name = self.number.is_none() || self.address.is_none();
        if needs_name && self.name.is_empty() || !self.name.chars().all(in_host) {
            return Err(format!("{:?} is not the name of a site: letters, digits, hyphens and dots make one", self.name));
        }
        let url = self.url();
        let (scheme, rest) = url.split_once("://").ok_or("the address has no scheme: it starts with https://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.is_empty() || authority.contains('@') || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err("the address is not a URL with a host and without a user".to_owned());
        }
        match scheme {
            "https" | "http" => Ok(()),
            _ => Err(format!("the address starts with https://, not with {scheme}://")),
        }
    }
}

impl From<&str> for Site {
    fn from(name: &str) -> Self {
        Self::named(name)
    }
}

impl From<String> for Site {
    fn from(name: String) -> Self {
        Self::named(name)
    }
}

fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_urls() {
        for (address, url) in [
            ("https://api.webex.com", "https://api.webex.com/WBXService/XMLService"),
            ("https://api.webex.com/", "https://api.webex.com/WBXService/XMLService"),
            ("https://proxy/x/y", "https://proxy/x/y"),
        ] {
            assert_eq!(Site::named("acme").at(address).url(), url);
        }
    }

    #[test]
    fn bad_sites_are_told() {
        for bad in [Site::named(""), Site::named("a/b"), Site::named("a b"), Site::named("a@b")] {
            assert!(bad.check().is_err(), "{bad:?}");
        }
        for bad in ["acme", "ftp://a", "https://", "https://u:p@host", "https://a b", "http://example.com", "http://127.0.0.1.example.com"]
        {
            assert!(Site::named("acme").at(bad).check().is_err(), "{bad}");
        }
        for good in ["http://127.0.0.1:1", "http://[::1]:80", "http://localhost", "https://host:8443/x"] {
            assert_eq!(Site::named("acme").at(good).check(), Ok(()), "{good}");
        }
        assert!(Site::numbered(1, "p").check().is_err());
        assert_eq!(Site::numbered(1, "p").at("https://api.webex.com").check(), Ok(()));
        assert_eq!(Site::named("acme").at("http://example.com").allowing_plain_http().check(), Ok(()));
    }
}
