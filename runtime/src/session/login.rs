//! The user who logs in and the proofs of identity: password, access token or SAML response. The module also defines the order in which a
//! site accepts the proofs; sending them is done in `session`.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use webex_xml_types::user::AuthenticateUser;
use xsdgen_codec::Secret;

use super::{no_proof, no_proof_known};
use crate::credentials::{Credentials, User};
use crate::error::Error;
use crate::site_type::SiteType;

/// The source of a token or a SAML response.
#[derive(Clone)]
enum Source {
    Fixed(Secret),
    Fresh(Arc<Fresh>),
}

type Fresh = dyn Fn() -> Result<Secret, Box<dyn StdError + Send + Sync>> + Send + Sync;

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Fixed(_)) { "Secret(******)" } else { "asked at each login" })
    }
}

/// A kind of proof of identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProofKind {
    Password,
    AccessToken,
    SamlResponse,
}

/// A user with one or more proofs of identity.
///
/// Several proofs are tried one after the other, in the order that the release documents for the type of the site: the SAML response and
/// then the password on a site with single sign-on, the password and then the access token on a Common Identity site. Each request contains
/// one proof. A password that was refused is not sent again.
///
/// ```
/// use webex_xml::Login;
///
/// let login = Login::user("jane@acme.example").with_password("P@ssword123").with_fresh_access_token(|| Ok("from OAuth".into()));
/// assert!(!format!("{login:?}").contains("P@ssword123"));
/// ```
#[derive(Debug, Clone)]
pub struct Login {
    user: User,
    partner_id: Option<Secret>,
    password: Option<Source>,
    access_token: Option<Source>,
    saml_response: Option<Source>,
}

impl Login {
    /// Creates a login with an account name; on a Common Identity site this is the e-mail address.
    pub fn user(webex_id: impl Into<String>) -> Self {
        Self::of(User::WebexId(webex_id.into()))
    }

    /// Creates a login with an e-mail address instead of the account name.
    pub fn email(email: impl Into<String>) -> Self {
        Self::of(User::Email(email.into()))
    }

    fn of(user: User) -> Self {
        Self { user, partner_id: None, password: None, access_token: None, saml_response: None }
    }

    /// Sets the partner ID that some sites require.
    #[must_use]
    pub fn with_partner_id(mut self, partner_id: impl Into<Secret>) -> Self {
        self.partner_id = Some(partner_id.into());
        self
    }

    /// Adds a password.
    #[must_use]
    pub fn with_password(mut self, password: impl Into<Secret>) -> Self {
        self.password = Some(Source::Fixed(password.into()));
        self
    }

    /// Adds an access token, which Common Identity sites exchange for a ticket.
    #[must_use]
    pub fn with_access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(Source::Fixed(token.into()));
        self
    }

    /// Adds a function that provides an access token at each login, because tokens expire.
    ///
    /// The function should be fast, because it blocks its thread.
    #[must_use]
    pub fn with_fresh_access_token(
        mut self,
        token: impl Fn() -> Result<Secret, Box<dyn StdError + Send + Sync>> + Send + Sync + 'static,
    ) -> Self {
        self.access_token = Some(Source::Fresh(Arc::new(token)));
        self
    }

    /// Adds a SAML response (SAML 2.0, base64), which sites with single sign-on exchange for a ticket. It can usually be used only once.
    #[must_use]
    pub fn with_saml_response(mut self, response: impl Into<Secret>) -> Self {
        self.saml_response = Some(Source::Fixed(response.into()));
        self
    }

    /// Adds a function that provides a SAML response at each login.
    ///
    /// The function should be fast, because it blocks its thread.
    #[must_use]
    pub fn with_fresh_saml_response(
        mut self,
        response: impl Fn() -> Result<Secret, Box<dyn StdError + Send + Sync>> + Send + Sync + 'static,
    ) -> Self {
        self.saml_response = Some(Source::Fresh(Arc::new(response)));
        self
    }

    fn source(&self, kind: ProofKind) -> Option<&Source> {
        match kind {
            ProofKind::Password => self.password.as_ref(),
            ProofKind::AccessToken => self.access_token.as_ref(),
            ProofKind::SamlResponse => self.saml_response.as_ref(),
        }
    }

    /// Returns the number of proofs. The type of the site matters only if there are two or more.
    pub(crate) fn proofs(&self) -> usize {
        self.order(&SiteType::Other(0)).len()
    }

    /// Returns the login's proofs in the order in which a site of this type accepts them.
    pub(crate) fn order(&self, site_type: &SiteType) -> Vec<ProofKind> {
        use ProofKind::{AccessToken, Password, SamlResponse};
        let order = match site_type {
            SiteType::CommonIdentity => [Password, AccessToken, SamlResponse],
            SiteType::Sso | SiteType::W11Sso => [SamlResponse, Password, AccessToken],
            _ => [Password, SamlResponse, AccessToken],
        };
        order.into_iter().filter(|kind| self.source(*kind).is_some()).collect()
    }

    /// Returns the caller and the request that present the first proof that a site of this type accepts.
    ///
    /// This is for programs that call `authenticateUser` themselves. A [`Session`](crate::Session) makes that call, presents the other
    /// proofs if the first is refused, and keeps the ticket.
    ///
    /// ```
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{Client, Login, SiteType, user};
    ///
    /// # fn main() -> Result<(), webex_xml::Error> {
    /// let (caller, request) = Login::user("jane@acme.example").with_access_token("from OAuth").authenticate_user(&SiteType::CommonIdentity)?;
    /// let canned = Canned::new().answer(user::AuthenticateUserResponse::new("AAAB="));
    /// let reply = Client::with_transport("acme", canned).with_credentials(caller).call(request)?;
    /// assert_eq!(reply.session_ticket.expose(), "AAAB=");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotSent`] if the login has no proof, or if the function that provides it fails.
    pub fn authenticate_user(&self, site_type: &SiteType) -> Result<(Credentials, AuthenticateUser), Error> {
        let first = self.order(site_type).first().copied().ok_or_else(no_proof_known)?;
        self.present(first).map_err(no_proof)
    }

    /// Returns the caller and the request that present one proof; the error says why there is none.
    pub(crate) fn present(&self, kind: ProofKind) -> Result<(Credentials, AuthenticateUser), String> {
        let secret = match self.source(kind) {
            Some(Source::Fixed(secret)) => secret.clone(),
            Some(Source::Fresh(ask)) => ask().map_err(|error| error.to_string())?,
            None => return Err("the login has no such proof".to_owned()),
        };
        let mut caller = self.caller();
        let mut request = AuthenticateUser::new();
        match kind {
            ProofKind::Password => caller.password = Some(secret),
            ProofKind::AccessToken => request.access_token = Some(secret),
            ProofKind::SamlResponse => request.saml_response = Some(secret),
        }
        Ok((caller, request))
    }

    /// Returns the user without a proof.
    pub(crate) fn caller(&self) -> Credentials {
        Credentials { user: Some(self.user.clone()), partner_id: self.partner_id.clone(), ..Credentials::anonymous() }
    }
}
