//! The address of a site and the way requests identify it, given its name, number or address. A [`Site`] is checked when a request is
//! built, so that creating one never fails.

use std::net::IpAddr;

use xsdgen_codec::Secret;

use crate::error::NotSentKind;

/// The path on a site's host to which messages are POSTed.
pub const SERVICE_PATH: &str = "/WBXService/XMLService";

/// The operations that identify the site only by `siteName`; for these, a number and a partner ID are not enough (release note 9.0).
const NAME_NEEDED: [&str; 1] = ["getSiteType"];

/// A WebEx site, with its address and the way requests identify it.
///
/// Requests contain everything that is known of the site: its name, its number and its partner ID.
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
    /// Creates the site `NAME.webex.com`.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), address: None, number: None, plain_http: false }
    }

    /// Creates a site that is identified by its number and has no name. It needs an address: `.at("https://api.webex.com")`.
    ///
    /// `getSiteType` needs the name, so without one it fails before it is sent. If the type of the site is not known, the features that
    /// depend on it fail too: [`Client::site_type`](crate::Client::site_type),
    /// [`UserManagement::AskFirst`](crate::UserManagement::AskFirst), and a [`Session`](crate::Session) whose login has several proofs. For
    /// these, use `Site::named(..).identified_by(..)` or [`Client::with_site_type`](crate::Client::with_site_type).
    pub fn numbered(site_id: i64, partner_id: impl Into<Secret>) -> Self {
        Self::named("").identified_by(site_id, partner_id)
    }

    /// Sets the address: `https://HOST`, `http://127.0.0.1:PORT`, or the whole URL of the service.
    ///
    /// The address does not change how requests identify the site.
    #[must_use]
    pub fn at(mut self, address: impl Into<String>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Adds the site's number and a partner ID, which requests then contain in addition to the name.
    #[must_use]
    pub fn identified_by(mut self, site_id: i64, partner_id: impl Into<Secret>) -> Self {
        self.number = Some((site_id, partner_id.into()));
        self
    }

    /// Allows `http:` to hosts other than this machine. Anyone on the network path can then read passwords and tickets.
    #[must_use]
    pub fn allowing_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Returns what distinguishes the site from others: its name, or its number if it has no name.
    pub(crate) fn identity(&self) -> String {
        match &self.number {
            Some((number, _)) if self.name.is_empty() => number.to_string(),
            _ => self.name.to_ascii_lowercase(),
        }
    }

    /// Returns whether `name` is the site's name or its number.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let by_number = self.number.as_ref().is_some_and(|(number, _)| number.to_string() == name);
        by_number || !self.name.is_empty() && self.name.eq_ignore_ascii_case(name)
    }

    /// Returns the site's name; empty if only its number is known.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn number(&self) -> Option<&(i64, Secret)> {
        self.number.as_ref()
    }

    /// Returns the URL to which requests are sent.
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

    /// Checks that the operation can be sent to the site; the error says why not.
    pub(crate) fn check_name_for(&self, operation: &str) -> Result<(), String> {
        if !self.name.is_empty() || !NAME_NEEDED.contains(&operation) {
            return Ok(());
        }
        let why = "finds the site by its name, and only the site's number is known: give its name too, or its type so that it is not asked";
        Err(format!("{operation} {why}"))
    }

    /// Checks the name, the number and the address; the error says what is wrong.
    pub(crate) fn check(&self) -> Result<(), (NotSentKind, String)> {
        self.check_form().map_err(|text| (NotSentKind::InvalidSite, text))?;
        let url = self.url();
        let authority = url.strip_prefix("http://").and_then(|rest| rest.split(['/', '?', '#']).next());
        if self.plain_http || authority.is_none_or(is_loopback) {
            return Ok(());
        }
        let text = "http: sends credentials unencrypted; use https:, or allow it with Site::allowing_plain_http";
        Err((NotSentKind::PlainHttp, text.to_owned()))
    }

    fn check_form(&self) -> Result<(), String> {
        let in_host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        if self.name.is_empty() && self.number.is_some() && self.address.is_none() {
            return Err(
                "a site's number does not tell its address: give the site's name, or an address such as https://api.webex.com".to_owned()
            );
        }
        if self.name.is_empty() && self.number.is_none() || !self.name.chars().all(in_host) {
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
        assert!(Site::numbered(1, "p").check().unwrap_err().1.contains("https://api.webex.com"));
        assert_eq!(Site::numbered(1, "p").at("https://api.webex.com").check(), Ok(()));
        assert_eq!(Site::named("acme").at("http://example.com").allowing_plain_http().check(), Ok(()));
    }

    #[test]
    fn a_site_is_told_by_name_and_by_number() {
        let both = Site::named("Acme").identified_by(5_941_234_567, "p");
        assert!(both.is_called("acme") && both.is_called("5941234567") && !both.is_called("") && !both.is_called("5"));
        let number = Site::numbered(7, "p");
        assert!(number.is_called("7") && !number.is_called(""));
        assert_eq!((both.identity().as_str(), number.identity().as_str()), ("acme", "7"));
        assert_eq!((both.check_name_for("getSiteType"), number.check_name_for("getUser")), (Ok(()), Ok(())));
        assert!(number.check_name_for("getSiteType").is_err());
    }
}
