//! In: typed requests. Out: futures of typed replies.
//! A client is the sans-IO [`Core`] and an [`AsyncTransport`]; it is cheap to clone, and tasks may share it.
//! Not here: retries, renewal of tickets: an error tells whether a repetition is safe.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::client::settings;
use crate::core::{Core, Request, Timeouts};
use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::error::Error;
use crate::reply::Reply;
use crate::transport::AsyncTransport;
use crate::wire_log::{WireEvent, WireLog};

/// An asynchronous client for one site. With the feature `reqwest`, `AsyncClient::new` gives one that runs on tokio; over a transport of
/// one's own it runs wherever that does.
///
/// If the future of a call is dropped, the request may have been sent, and carried out.
///
/// ```
/// use webex_xml::testing::Canned;
/// use webex_xml::{AsyncClient, ep};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = AsyncClient::with_transport("acme", Canned::new().answer(ep::GetSiteTypeResponse::new(3)));
/// let runtime = tokio::runtime::Builder::new_current_thread().build()?;
/// assert_eq!(runtime.block_on(client.call(&ep::GetSiteType::new()))?.site_type, webex_xml::values::SiteType::TrainNonSso);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct AsyncClient {
    core: Core,
    transport: Arc<dyn AsyncTransport>,
    log: WireLog,
}

impl AsyncClient {
    /// A client over [`Reqwest`](crate::transport::reqwest::Reqwest), anonymous until it gets credentials.
    #[cfg(feature = "reqwest")]
    pub fn new(site: impl Into<Site>) -> Self {
        Self::with_transport(site, crate::transport::reqwest::Reqwest::new())
    }

    /// A client over a transport of one's own.
    pub fn with_transport(site: impl Into<Site>, transport: impl AsyncTransport + 'static) -> Self {
        Self { core: Core::new(site), transport: Arc::new(transport), log: WireLog::default() }
    }

    /// Sends the request once, and reads its answer.
    ///
    /// # Errors
    ///
    /// By the stage that failed, see [`Error`]. HTTP status 200 with `FAILURE` inside is [`Error::Fault`].
    pub async fn call<O: Request>(&self, request: &O) -> Result<Reply<O::Response>, Error> {
        let exchange = self.core.prepare(request)?;
        self.log.sent(O::INFO.name, exchange.http());
        let start = Instant::now();
        let outcome = self.transport.send(exchange.http()).await;
        let elapsed = start.elapsed();
        if let Ok(response) = &outcome {
            self.log.received(O::INFO.name, response);
        }
        exchange.finish(outcome, elapsed)
    }
}

impl fmt::Debug for AsyncClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient").field("core", &self.core).field("log", &self.log).finish_non_exhaustive()
    }
}

settings!(AsyncClient);
