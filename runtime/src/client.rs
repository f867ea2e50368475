//! The blocking client, which sends typed requests and returns typed replies. It combines the sans-IO [`Core`], a [`Transport`] and the
//! client's settings; it is cheap to clone and can be shared between threads. The steps between a call and its reply are in `engine`, lists
//! are in `paging`.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use pollster::block_on;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::IntoRequest;

use crate::common_identity::UserManagement;
use crate::core::answer::foreign;
use crate::core::{Batch, Core, Outgoing, Request, Timeouts};
use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::engine::{Blocking, Engine};
use crate::error::{Error, NotSent, NotSentKind};
use crate::rate::RateLimit;
use crate::reply::Reply;
use crate::retry::Retry;
use crate::session::Session;
use crate::site_type::{KnownSiteType, SiteType};
use crate::transport::Transport;
use crate::wire_log::{WireEvent, WireLog};

/// A blocking client for one site.
///
/// ```
/// use webex_xml::testing::Canned;
/// use webex_xml::{Client, Credentials, Error, user};
///
/// # fn main() -> Result<(), Error> {
/// let canned = Canned::new().answer_fault("030098", "User management is not allowed on unified site");
/// let client = Client::with_transport("acme", canned).with_credentials(Credentials::password("admin", "P@ssword123"));
/// match client.call(&user::DelUser::new(["jane"])) {
///     Err(Error::Fault(fault)) => assert_eq!(fault.exception_id, "030098"),
///     other => panic!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(crate) engine: Engine,
}

impl Client {
    /// Creates a client over [`Ureq`](crate::transport::ureq::Ureq), which is anonymous until it gets credentials.
    #[cfg(feature = "ureq")]
    pub fn new(site: impl Into<Site>) -> Self {
        Self::with_transport(site, crate::transport::ureq::Ureq::new())
    }

    /// Creates a client over a custom transport, or over [`Ureq`](crate::transport::ureq::Ureq) with other settings.
    pub fn with_transport(site: impl Into<Site>, transport: impl Transport + 'static) -> Self {
        Self { engine: Engine::new(Core::new(site), Blocking(transport)) }
    }

    /// Sends a request, passed by value or by reference, and decodes its response.
    ///
    /// The request is repeated only where it cannot take effect twice; see [`Retry`].
    ///
    /// # Errors
    ///
    /// Returns the [`Error`] variant of the stage that failed. HTTP status 200 with the result `FAILURE` is [`Error::Fault`].
    pub fn call<O: Request>(&self, request: impl IntoRequest<Request = O>) -> Result<Reply<O::Response>, Error> {
        block_on(self.engine.call::<O>(request.into_request()))
    }

    /// Sends several requests in one message.
    ///
    /// The requests are a tuple such as `(a, b)`, an array, a `Vec` or a slice of one type, or references to them. Each request has its own
    /// result.
    ///
    /// ```
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{Client, SiteType, ep};
    ///
    /// # fn main() -> Result<(), webex_xml::Error> {
    /// let canned = Canned::new().answer_all([ep::GetApiVersionResponse::new("9.0").into(), ep::GetSiteTypeResponse::new(1).into()]);
    /// let client = Client::with_transport("acme", canned);
    /// let (version, site_type) = client.call_all((ep::GetApiVersion::new(), ep::GetSiteType::new()))?;
    /// assert_eq!(version?.api_version, "9.0");
    /// assert_eq!(site_type?.site_type, SiteType::CommonIdentity);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if there is no response to the message as a whole.
    pub fn call_all<B: Batch>(&self, requests: B) -> Result<B::Replies, Error> {
        block_on(self.engine.deliver(&requests.into_outgoing())).map(B::replies)
    }

    /// Sends a request whose type is known only at run time, such as one that a program reads from a file.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Client::call`], and [`Error::NotSent`] if the value is not the request of an operation.
    pub fn call_dynamic(&self, request: AnyBodyContent) -> Result<Reply<AnyBodyContent>, Error> {
        block_on(self.engine.call_dynamic(request))
    }

    /// Returns the type of the site.
    ///
    /// The client asks the site once, with an anonymous `getSiteType`; clones of the client share the result.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Client::call`].
    pub fn site_type(&self) -> Result<SiteType, Error> {
        block_on(self.engine.site_type())
    }
}

impl Engine {
    pub(crate) async fn call_dynamic(&self, request: AnyBodyContent) -> Result<Reply<AnyBodyContent>, Error> {
        let refuse = |name: &str| {
            let why = format!("{name:?} is no request of this release");
            Error::NotSent(NotSent::new("bodyContent", NotSentKind::InvalidRequest, why))
        };
        let name = request.type_name().to_owned();
        let message = Outgoing::dynamic(request).ok_or_else(|| refuse(&name))?;
        let answers = self.deliver(&message).await?;
        let operation = message.operation();
        let reply = answers.into_iter().next().unwrap_or_else(|| Err(refuse(&name)))?;
        match reply.type_name().strip_suffix("Response") {
            Some(answered) if answered == operation => Ok(reply),
            _ => Err(foreign(operation, &reply.body, reply.raw_size)),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("engine", &self.engine).finish()
    }
}

/// Implements the settings that both clients have.
macro_rules! settings {
    ($client:ident) => {
        impl $client {
            /// Sets the credentials, and removes the session if there was one.
            #[must_use]
            pub fn with_credentials(mut self, credentials: Credentials) -> Self {
                self.engine.core.credentials = credentials;
                self.engine.session = None;
                self
            }

            /// Sets a session, which logs in by itself.
            ///
            /// Clones of the session can serve other clients too.
            #[must_use]
            pub fn with_session(mut self, session: Session) -> Self {
                self.engine.session = Some(session);
                self
            }

            /// Sets the time limits.
            ///
            /// The total limit covers a whole call: login, waiting times and repeated attempts included.
            #[must_use]
            pub fn with_timeouts(mut self, connect: Duration, total: Duration) -> Self {
                self.engine.core.timeouts = Timeouts::new(connect, total);
                self
            }

            /// Sets the rule for repeating calls.
            #[must_use]
            pub fn with_retry(mut self, retry: Retry) -> Self {
                self.engine.retry = retry;
                self
            }

            /// Limits the rate of calls for each account.
            #[must_use]
            pub fn with_rate_limit(mut self, limit: RateLimit) -> Self {
                self.engine.rate = Some(limit);
                self
            }

            /// Sets the type of the site, so that the client does not need to ask the site for it.
            #[must_use]
            pub fn with_site_type(mut self, site_type: SiteType) -> Self {
                self.engine.site_type = Arc::new(KnownSiteType::told(site_type));
                self
            }

            /// Sets what to do with operations that a Common Identity site refuses.
            #[must_use]
            pub fn with_user_management(mut self, user_management: UserManagement) -> Self {
                self.engine.user_management = user_management;
                self
            }

            /// Sets the maximum size of a response in bytes.
            ///
            /// A larger response is [`Error::Undecodable`].
            #[must_use]
            pub fn with_response_limit(mut self, bytes: usize) -> Self {
                self.engine.core.response_limit = bytes;
                self
            }

            /// Sets the `User-Agent` header.
            #[must_use]
            pub fn with_user_agent(mut self, user_agent: impl Into<String>) -> Self {
                self.engine.core.user_agent = user_agent.into();
                self
            }

            /// Calls the function with each message that is sent or received. Secrets are masked in the messages it receives.
            #[must_use]
            pub fn with_wire_log(mut self, hook: impl Fn(&WireEvent<'_>) + Send + Sync + 'static) -> Self {
                self.engine.log = WireLog::new(hook);
                self
            }

            /// Returns the protocol settings: site, credentials and limits.
            #[must_use]
            pub fn core(&self) -> &Core {
                &self.engine.core
            }

            /// Returns the session, if the client has one.
            #[must_use]
            pub fn session(&self) -> Option<&Session> {
                self.engine.session.as_ref()
            }

            /// Returns the type of the site if it is already known.
            #[must_use]
            pub fn known_site_type(&self) -> Option<SiteType> {
                self.engine.site_type.get()
            }
        }
    };
}
pub(crate) use settings;

settings!(Client);
