//! The asynchronous client, which sends typed requests and returns futures of typed replies. It combines the sans-IO [`Core`], an
//! [`AsyncTransport`] and the client's settings; it is cheap to clone and can be shared between tasks. The steps between a call and its
//! reply are in `engine`, lists are in `paging`.

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

/// An asynchronous client for one site.
///
/// With the feature `reqwest`, `AsyncClient::new` creates a client that runs on tokio. With a custom transport, the client runs on any
/// runtime that the transport supports.
///
/// The future of a call may be dropped. Its locks and its slot in the rate limit are released, and if the dropped call was logging in, the
/// next call logs in. By then, the request itself may have been sent and carried out.
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
    /// Creates a client over [`Reqwest`](crate::transport::reqwest::Reqwest), which is anonymous until it gets credentials.
    #[cfg(feature = "reqwest")]
    pub fn new(site: impl Into<Site>) -> Self {
        Self::with_transport(site, crate::transport::reqwest::Reqwest::new())
    }

    /// Creates a client over a custom transport, or over [`Reqwest`](crate::transport::reqwest::Reqwest) with other settings.
    pub fn with_transport(site: impl Into<Site>, transport: impl AsyncTransport + 'static) -> Self {
        Self { engine: Engine::new(Core::new(site), Tasks(transport)) }
    }

    /// Sends a request, passed by value or by reference, and decodes its response.
    ///
    /// The request is repeated only where it cannot take effect twice; see [`Retry`]. The future does not borrow the request, so calls can
    /// be joined:
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
    /// Returns the [`Error`] variant of the stage that failed. HTTP status 200 with the result `FAILURE` is [`Error::Fault`].
    pub fn call<O: Request>(&self, request: impl IntoRequest<Request = O>) -> ResponseFuture<'_, Reply<O::Response>> {
        let message = Outgoing::one(request.into_request());
        ResponseFuture::new(async move { only::<O>(self.engine.deliver(&message).await?) })
    }

    /// Sends several requests in one message.
    ///
    /// The requests are a tuple such as `(a, b)`, an array, a `Vec` or a slice of one type, or references to them. Each request has its own
    /// result.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no response to the message as a whole.
    pub fn call_all<B: Batch>(&self, requests: B) -> ResponseFuture<'_, B::Replies> {
        let message = requests.into_outgoing();
        ResponseFuture::new(async move { self.engine.deliver(&message).await.map(B::replies) })
    }

    /// Sends a request whose type is known only at run time, such as one that a program reads from a file.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`AsyncClient::call`], and [`Error::NotSent`] if the value is not the request of an operation.
    pub async fn call_dynamic(&self, request: AnyBodyContent) -> Result<Reply<AnyBodyContent>, Error> {
        self.engine.call_dynamic(request).await
    }

    /// Returns the type of the site.
    ///
    /// The client asks the site once, with an anonymous `getSiteType`; clones of the client share the result.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`AsyncClient::call`].
    pub async fn site_type(&self) -> Result<SiteType, Error> {
        self.engine.site_type().await
    }
}

/// The future of the result of a call.
///
/// Nothing is sent before the future is polled.
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
