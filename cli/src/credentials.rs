//! In: flags, environment, a file, a prompt. Out: a client of the site, for that caller.
//! Secrets come from the last three alone. What is nearer wins: a flag, then the environment, then the file; the prompt is asked last.
//! Not here: calls.

use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use webex_xml::transport::Transport;
use webex_xml::{Client, Credentials, Login, Secret, Session, Site};

use crate::args::Call;
use crate::json::MASK;

/// A credentials file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Known {
    site: Option<String>,
    url: Option<String>,
    site_id: Option<i64>,
    user: Option<String>,
    email: Option<String>,
    password: Option<String>,
    session_ticket: Option<String>,
    access_token: Option<String>,
    saml_response: Option<String>,
    partner_id: Option<String>,
}

/// The client of a call, and where it sends to.
pub(crate) fn client(call: &Call) -> Result<(Client, String), String> {
    let known = known(call)?;
    let site = known.site(call)?;
    let url = site.url();
    let second = Duration::from_secs(1);
    let client = Client::new(site).with_timeouts(10 * second, Duration::from_secs(call.timeout));
    if call.who.anonymous { Ok((client, url)) } else { known.sign_in(client).map(|client| (client, url)) }
}

/// A client that shows what it would send, and where to. No secret is asked for: one that is not known is shown as one all the same.
/// Without a site the message is that to a site called SITE.
pub(crate) fn preview(call: &Call, transport: impl Transport + 'static) -> Result<(Client, String), String> {
    let mut known = known(call)?;
    if known.site.is_none() && known.site_id.is_none() {
        known.site = Some("SITE".to_owned());
    }
    if known.site_id.is_some() {
        known.partner_id.get_or_insert_with(|| MASK.to_owned());
    }
    let site = known.site(call)?;
    let url = site.url();
    let client = Client::with_transport(site, transport);
    if call.who.anonymous {
        return Ok((client, url));
    }
    let has_ticket = known.session_ticket.is_some() || known.access_token.is_some() || known.saml_response.is_some();
    (known.session_ticket, known.access_token, known.saml_response) = (has_ticket.then(|| MASK.to_owned()), None, None);
    known.password.get_or_insert_with(|| MASK.to_owned());
    known.sign_in(client).map(|client| (client, url))
}

/// What flags, environment and file say.
fn known(call: &Call) -> Result<Known, String> {
    let mut known = match &call.who.credentials {
        Some(path) => read(path)?,
        None => Known::default(),
    };
    known.add_environment();
    known.add_flags(call);
    Ok(known)
}

fn read(path: &Path) -> Result<Known, String> {
    refuse_shared(path)?;
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    // The error of the parser would quote the line, which may hold a secret.
    toml::from_str(&text).map_err(|error| format!("{}: {}", path.display(), error.message()))
}

/// A file that others can read keeps no secret.
#[cfg(unix)]
fn refuse_shared(path: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(format!("{0}: others can read it; run: chmod 600 {0}", path.display())) }
}

#[cfg(not(unix))]
fn refuse_shared(_path: &Path) -> Result<(), String> {
    Ok(())
}

impl Known {
    fn add_environment(&mut self) {
        let fields = [
            ("PASSWORD", &mut self.password),
            ("SESSION_TICKET", &mut self.session_ticket),
            ("ACCESS_TOKEN", &mut self.access_token),
            ("SAML_RESPONSE", &mut self.saml_response),
            ("PARTNER_ID", &mut self.partner_id),
        ];
        for (name, field) in fields {
            if let Some(value) = std::env::var(format!("WEBEX_XML_{name}")).ok().filter(|value| !value.is_empty()) {
                *field = Some(value);
            }
        }
    }

    fn add_flags(&mut self, call: &Call) {
        let who = &call.who;
        self.site = who.site.clone().or(self.site.take());
        self.url = who.url.clone().or(self.url.take());
        self.site_id = who.site_id.or(self.site_id);
        if who.user.is_some() || who.email.is_some() {
            (self.user, self.email) = (who.user.clone(), who.email.clone());
        }
    }

    fn site(&self, call: &Call) -> Result<Site, String> {
        let site = match (&self.site, self.site_id, &self.partner_id) {
            (Some(name), None, _) => Site::named(name.as_str()),
            (Some(name), Some(number), Some(partner)) => Site::named(name.as_str()).identified_by(number, partner.as_str()),
            (None, Some(number), Some(partner)) => Site::numbered(number, partner.as_str()),
            (_, Some(_), None) => return Err("a site's number needs a partner ID: WEBEX_XML_PARTNER_ID".to_owned()),
            (None, None, _) => return Err("which site? --site NAME, or WEBEX_XML_SITE".to_owned()),
        };
        let site = match &self.url {
            Some(url) => site.at(url.as_str()),
            None => site,
        };
        Ok(if call.who.plain_http { site.allowing_plain_http() } else { site })
    }

    /// A ticket or a password goes with each request; a token or a SAML response is exchanged for a ticket first.
    fn sign_in(mut self, client: Client) -> Result<Client, String> {
        let Some(name) = self.user.clone().or(self.email.clone()) else { return Ok(client) };
        let by_email = self.user.is_none();
        if let Some(ticket) = self.session_ticket.take() {
            let credentials = if by_email { Credentials::email_ticket(name, ticket) } else { Credentials::ticket(name, ticket) };
            return Ok(client.with_credentials(self.with_partner(credentials)));
        }
        if self.access_token.is_none() && self.saml_response.is_none() {
            let password = match self.password.take() {
                Some(password) => Secret::from(password),
                None => prompt(&name)?,
            };
            let credentials = if by_email { Credentials::email_password(name, password) } else { Credentials::password(name, password) };
            return Ok(client.with_credentials(self.with_partner(credentials)));
        }
        let mut login = if by_email { Login::email(name) } else { Login::user(name) };
        if let Some(password) = self.password {
            login = login.with_password(password);
        }
        if let Some(token) = self.access_token {
            login = login.with_access_token(token);
        }
        if let Some(response) = self.saml_response {
            login = login.with_saml_response(response);
        }
        if let Some(partner) = self.partner_id {
            login = login.with_partner_id(partner);
        }
        Ok(client.with_session(Session::new(login)))
    }

    fn with_partner(&self, credentials: Credentials) -> Credentials {
        match &self.partner_id {
            Some(partner) => credentials.with_partner_id(partner.as_str()),
            None => credentials,
        }
    }
}

fn prompt(name: &str) -> Result<Secret, String> {
    if !std::io::stdin().is_terminal() {
        return Err(format!("no secret for {name}: set WEBEX_XML_PASSWORD, or take --credentials FILE, or --anonymous"));
    }
    rpassword::prompt_password(format!("Password of {name}: ")).map(Secret::from).map_err(|error| format!("the prompt: {error}"))
}
