//! Determines the site and the caller from flags, the environment, a file and a prompt, and creates the client. In this order, the first
//! source that has a value wins. Secrets come only from the environment, the file and the prompt.

use std::io::IsTerminal as _;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;
use webex_xml::transport::Transport;
use webex_xml::types::serv::AnyBodyContent;
use webex_xml::user::AuthenticateUser;
use webex_xml::{Client, Credentials, Login, Secret, Session, Site, SiteType};
use xsdgen_codec::Operation as _;

use crate::args::Call;
use crate::failure::{Failure, of_call};
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

/// A call that can be sent.
pub(crate) struct Ready {
    pub(crate) client: Client,
    /// The URL to which the client sends.
    pub(crate) url: String,
    /// The request; for a login, it contains the proof.
    pub(crate) body: AnyBodyContent,
}

/// Prepares a call. If the proof depends on the type of the site, the site is asked for its type.
pub(crate) fn ready(call: &Call, body: AnyBodyContent) -> Result<Ready, Failure> {
    let known = known(call)?;
    let site = known.site(call)?;
    let url = site.url();
    let second = Duration::from_secs(1);
    let client = Client::new(site).with_timeouts(10 * second, Duration::from_secs(call.timeout));
    let site_type = |client: &Client| client.site_type().map_err(|error| of_call(&error, &url, call.timeout));
    let (client, body) = if call.who.anonymous { (client, body) } else { known.sign(client, body, site_type)? };
    Ok(Ready { client, url, body })
}

/// Prepares a call whose message is printed but not sent. The user is not asked for a secret: a missing secret is printed like a masked
/// one. Without a site, the message is addressed to a site called SITE.
pub(crate) fn preview(call: &Call, body: AnyBodyContent, transport: impl Transport + 'static) -> Result<Ready, Failure> {
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
        return Ok(Ready { client, url, body });
    }
    let is_login = body.type_name() == AuthenticateUser::INFO.name;
    let (client, body) = known.pretend(is_login).sign(client, body, |_| Ok(SiteType::CommonIdentity))?;
    Ok(Ready { client, url, body })
}

/// Returns the values from the flags, the environment and the file.
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

/// Refuses a file that other users can read, because it would not protect secrets.
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
        let variable = |name: &str| std::env::var(format!("WEBEX_XML_{name}")).ok().filter(|value| !value.is_empty());
        let (user, email) = (variable("USER"), variable("EMAIL"));
        if user.is_some() || email.is_some() {
            (self.user, self.email) = (user, email);
        }
        let fields = [
            ("PASSWORD", &mut self.password),
            ("SESSION_TICKET", &mut self.session_ticket),
            ("ACCESS_TOKEN", &mut self.access_token),
            ("SAML_RESPONSE", &mut self.saml_response),
            ("PARTNER_ID", &mut self.partner_id),
        ];
        for (name, field) in fields {
            *field = variable(name).or(field.take());
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
            (None, None, _) => return Err("no site is given: use --site NAME, or set WEBEX_XML_SITE".to_owned()),
        };
        let site = match &self.url {
            Some(url) => site.at(url.as_str()),
            None => site,
        };
        Ok(if call.who.plain_http { site.allowing_plain_http() } else { site })
    }

    /// Returns the values with each secret masked, and with a password if no proof is known. Except for a login, a token or a SAML response
    /// is replaced by the ticket that it would be exchanged for.
    fn pretend(mut self, is_login: bool) -> Self {
        for secret in [&mut self.password, &mut self.session_ticket, &mut self.access_token, &mut self.saml_response] {
            *secret = secret.take().map(|_| MASK.to_owned());
        }
        if !is_login && let Some(secret) = self.access_token.take().or(self.saml_response.take()) {
            self.session_ticket.get_or_insert(secret);
        }
        if self.proofs() == 0 {
            self.password = Some(MASK.to_owned());
        }
        self
    }

    /// Returns the name of the caller, if there is one.
    fn name(&self) -> Result<Option<Name>, String> {
        match (self.user.clone(), self.email.clone()) {
            (Some(_), Some(_)) => Err("both an account name and an e-mail address are known, from the environment or the file: \
                 leave one out, or say --user or --email"
                .to_owned()),
            (Some(name), None) => Ok(Some(Name::User(name))),
            (None, Some(address)) => Ok(Some(Name::Email(address))),
            (None, None) => Ok(None),
        }
    }

    /// Returns the number of known proofs of the caller that `authenticateUser` accepts.
    fn proofs(&self) -> usize {
        [&self.password, &self.access_token, &self.saml_response].into_iter().flatten().count()
    }

    /// Adds the caller to the client and, for a login, the proof to the request. `site_type` is called if it decides which proof is
    /// presented.
    fn sign(
        self,
        client: Client,
        body: AnyBodyContent,
        site_type: impl FnOnce(&Client) -> Result<SiteType, Failure>,
    ) -> Result<(Client, AnyBodyContent), Failure> {
        let Some(name) = self.name()? else { return Ok((client, body)) };
        match AuthenticateUser::try_from(body) {
            Ok(request) if request.access_token.is_some() || request.saml_response.is_some() => {
                // A password would take precedence over the given proof if it were sent as well.
                let caller = self.with_partner(name.credentials());
                Ok((client.with_credentials(caller), request.into()))
            }
            Ok(request) if self.session_ticket.is_none() && self.proofs() > 0 => self.present(name, client, request, site_type),
            Ok(request) => Ok((self.sign_in(name, client)?, request.into())),
            Err(body) => Ok((self.sign_in(name, client)?, body)),
        }
    }

    /// Adds the proof that the site accepts first to a login request; this does not request a ticket itself.
    fn present(
        self,
        name: Name,
        client: Client,
        mut request: AuthenticateUser,
        site_type: impl FnOnce(&Client) -> Result<SiteType, Failure>,
    ) -> Result<(Client, AnyBodyContent), Failure> {
        let site_type = if self.proofs() > 1 { site_type(&client)? } else { SiteType::CommonIdentity };
        let presented = self.login(name).authenticate_user(&site_type);
        let (caller, proof) = presented.map_err(|error| error.to_string())?;
        (request.access_token, request.saml_response) = (proof.access_token, proof.saml_response);
        Ok((client.with_credentials(caller), request.into()))
    }

    /// Adds the caller to the client. A ticket or a password is sent with each request; a token or a SAML response is exchanged for a
    /// ticket first.
    fn sign_in(mut self, name: Name, client: Client) -> Result<Client, String> {
        if let Some(ticket) = self.session_ticket.take() {
            return Ok(client.with_credentials(self.with_partner(name.with_ticket(ticket.into()))));
        }
        if self.access_token.is_some() || self.saml_response.is_some() {
            return Ok(client.with_session(Session::new(self.login(name))));
        }
        let password = match self.password.take() {
            Some(password) => Secret::from(password),
            None => prompt(name.as_str())?,
        };
        Ok(client.with_credentials(self.with_partner(name.with_password(password))))
    }

    /// Returns the login with all known proofs.
    fn login(self, name: Name) -> Login {
        let mut login = match name {
            Name::User(name) => Login::user(name),
            Name::Email(address) => Login::email(address),
        };
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
        login
    }

    fn with_partner(&self, credentials: Credentials) -> Credentials {
        match &self.partner_id {
            Some(partner) => credentials.with_partner_id(partner.as_str()),
            None => credentials,
        }
    }
}

/// The name of a caller: account name or e-mail address.
enum Name {
    User(String),
    Email(String),
}

impl Name {
    fn as_str(&self) -> &str {
        match self {
            Self::User(name) | Self::Email(name) => name,
        }
    }

    fn credentials(self) -> Credentials {
        match self {
            Self::User(name) => Credentials::user(name),
            Self::Email(address) => Credentials::email(address),
        }
    }

    fn with_password(self, password: Secret) -> Credentials {
        match self {
            Self::User(name) => Credentials::password(name, password),
            Self::Email(address) => Credentials::email_password(address, password),
        }
    }

    fn with_ticket(self, ticket: Secret) -> Credentials {
        match self {
            Self::User(name) => Credentials::ticket(name, ticket),
            Self::Email(address) => Credentials::email_ticket(address, ticket),
        }
    }
}

fn prompt(name: &str) -> Result<Secret, String> {
    if !std::io::stdin().is_terminal() {
        return Err(format!("no secret for {name}: set WEBEX_XML_PASSWORD, or use --credentials FILE or --anonymous"));
    }
    rpassword::prompt_password(format!("Password of {name}: ")).map(Secret::from).map_err(|error| format!("the prompt: {error}"))
}
