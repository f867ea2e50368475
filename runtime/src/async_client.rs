//! In: typed requests. Out: futures of typed replies.
//! A client is the sans-IO [`Core`], an [`AsyncTransport`] and its settings; it is cheap to clone, and tasks may share it.
//! Not here: what happens between a call and its reply (`engine`), lists (`paging`).

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::IntoRequest;

use crate::client::settings;
use crate::common_identity::UserManagement;
use crate::core::{Batch, Core, Outgoing, Request, Timeouts, only};
use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::engine::{Engine, Tasks};
use crate::error::Error;
use crate::rate::RateLimit;
use crate::reply::Reply;
use crate::retry::Retry;
use crate::session::Session;
use crate::site_type::{KnownSiteType, SiteType};
use crate::transport::AsyncTransport;
use crate::wire_log::{WireEvent, WireLog};

/// An asynchronous client for one site. With the feature `reqwest`, `AsyncClient::new` gives one that runs on tokio; over a transport of
/// one's own it runs wherever that does.
///
/// Calls may be dropped: locks and places in the rate limit are given back, and if it was the one that logged in, the next call does.
/// The request itself may have been sent by then, and carried out.
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
    pub(crate) engine: Engine,
}

impl AsyncClient {
    /// A client over [`Reqwest`](crate::transport::reqwest::Reqwest), anonymous until it gets credentials.
    #[cfg(feature = "reqwest")]
    pub fn new(site: impl Into<Site>) -> Self {
        Self::with_transport(site, crate::transport::reqwest::Reqwest::new())
    }

    /// A client over a transport of one's own, or over [`Reqwest`](crate::transport::reqwest::Reqwest) with other settings.
    pub fn with_transport(site: impl Into<Site>, transport: impl AsyncTransport + 'static) -> Self {
        Self { engine: Engine::new(Core::new(site), Tasks(transport)) }
    }

    /// Sends the request, or the request that a reference points to, and reads its answer. It is repeated only where nothing can be done
    /// twice, see [`Retry`]. The future holds no reference to the request, so that calls can be joined:
    ///
    /// ```
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{AsyncClient, Error, ep};
    ///
    /// # async fn run() -> Result<(), Error> {
    /// # let canned = Canned::new().answer(ep::GetApiVersionResponse::new("9.0")).answer(ep::GetSiteTypeResponse::new(3));
    /// let client = AsyncClient::with_transport("acme", canned);
    /// let (version, site_type) = tokio::join!(client.call(ep::GetApiVersion::new()), client.call(&ep::GetSiteType::new()));
    /// println!("API {}, site type {}", version?.api_version, site_type?.site_type);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run()).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// By the stage that failed, see [`Error`]. HTTP status 200 with `FAILURE` inside is [`Error::Fault`].
    pub fn call<O: Request>(&self, request: impl IntoRequest<Request = O>) -> ResponseFuture<'_, Reply<O::Response>> {
        let message = Outgoing::one(request.into_request());
        ResponseFuture::new(async move { only::<O>(self.engine.deliver(&message).await?) })
    }

    /// Sends several requests in one message: a tuple such as `(a, b)`, an array, a `Vec` or a slice of one type, or references to them.
    /// Each has a result of its own.
    ///
    /// # Errors
    ///
    /// Where there is no answer to the message as a whole.
    pub fn call_all<B: Batch>(&self, requests: B) -> ResponseFuture<'_, B::Replies> {
        let message = requests.into_outgoing();
        ResponseFuture::new(async move { self.engine.deliver(&message).await.map(B::replies) })
    }

    /// Sends a request whose type is known at run time alone, as a program that reads it from a file has it.
    ///
    /// # Errors
    ///
    /// As [`AsyncClient::call`]; [`Error::NotSent`] where it is no operation's request.
    pub async fn call_dynamic(&self, request: AnyBodyContent) -> Result<Reply<AnyBodyContent>, Error> {
        self.engine.call_dynamic(request).await
    }

    /// The type of the site. It is asked once, by an anonymous `getSiteType`; clones of the client share what it knows.
    ///
    /// # Errors
    ///
    /// As [`AsyncClient::call`].
    pub async fn site_type(&self) -> Result<SiteType, Error> {
        self.engine.site_type().await
    }
}

/// The future of what a call returns. Nothing is sent before it is polled.
#[must_use = "nothing is sent before the call is awaited"]
pub struct ResponseFuture<'a, T>(Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>);

impl<'a, T> ResponseFuture<'a, T> {
    pub(crate) fn new(call: impl Future<Output = Result<T, Error>> + Send + 'a) -> Self {
        Self(Box::pin(call))
    }
}

impl<T> Future for ResponseFuture<'_, T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for ResponseFuture<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

impl fmt::Debug for AsyncClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncClient").field("engine", &self.engine).finish()
    }
}

settings!(AsyncClient);
