//! In: typed requests. Out: typed replies, while the caller's thread waits.
//! A client is the sans-IO [`Core`] and a [`Transport`]; it is cheap to clone, and threads may share it.
//! Not here: retries, renewal of tickets: an error tells whether a repetition is safe.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::core::{Core, Request, Timeouts};
use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::error::Error;
use crate::reply::Reply;
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
/// match client.call(&user::DelUser::new().with_webex_id(["jane"])) {
///     Err(Error::Fault(fault)) => assert_eq!(fault.exception_id, "030098"),
///     other => panic!("{other:?}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    core: Core,
    transport: Arc<dyn Transport>,
    log: WireLog,
}

impl Client {
    /// A client over [`Ureq`](crate::transport::ureq::Ureq), anonymous until it gets credentials.
    #[cfg(feature = "ureq")]
    pub fn new(site: impl Into<Site>) -> Self {
        Self::with_transport(site, crate::transport::ureq::Ureq::new())
    }

    /// A client over a transport of one's own.
    pub fn with_transport(site: impl Into<Site>, transport: impl Transport + 'static) -> Self {
        Self { core: Core::new(site), transport: Arc::new(transport), log: WireLog::default() }
    }

    /// Sends the request once, and reads its answer.
    ///
    /// # Errors
    ///
    /// By the stage that failed, see [`Error`]. HTTP status 200 with `FAILURE` inside is [`Error::Fault`].
    pub fn call<O: Request>(&self, request: &O) -> Result<Reply<O::Response>, Error> {
        let exchange = self.core.prepare(request)?;
        self.log.sent(O::INFO.name, exchange.http());
        let start = Instant::now();
        let outcome = self.transport.send(exchange.http());
        let elapsed = start.elapsed();
        if let Ok(response) = &outcome {
            self.log.received(O::INFO.name, response);
        }
        exchange.finish(outcome, elapsed)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("core", &self.core).field("log", &self.log).finish_non_exhaustive()
    }
}

/// The settings that both clients have.
macro_rules! settings {
    ($client:ident) => {
        impl $client {
            /// With another caller.
            #[must_use]
            pub fn with_credentials(mut self, credentials: Credentials) -> Self {
                self.core.credentials = credentials;
                self
            }

            /// With other time limits.
            #[must_use]
            pub fn with_timeouts(mut self, connect: Duration, total: Duration) -> Self {
                self.core.timeouts = Timeouts::new(connect, total);
                self
            }

            /// With another limit to the size of an answer, in bytes. A larger one is [`Error::Undecodable`].
            #[must_use]
            pub fn with_response_limit(mut self, bytes: usize) -> Self {
                self.core.response_limit = bytes;
                self
            }

            /// With another `User-Agent`.
            #[must_use]
            pub fn with_user_agent(mut self, user_agent: impl Into<String>) -> Self {
                self.core.user_agent = user_agent.into();
                self
            }

            /// Calls that function with each message that is sent or received; secrets are masked in what it gets.
            #[must_use]
            pub fn with_wire_log(mut self, hook: impl Fn(&WireEvent<'_>) + Send + Sync + 'static) -> Self {
                self.log = WireLog::new(hook);
                self
            }

            /// The protocol part: site, credentials, limits.
            #[must_use]
            pub fn core(&self) -> &Core {
                &self.core
            }
        }
    };
}
pub(crate) use settings;

settings!(Client);
