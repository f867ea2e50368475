//! In: a typed request, who calls, which site; later the HTTP response. Out: the HTTP request; later the reply or the error.
//! This is the whole protocol without a socket: [`Core::prepare`] gives an [`Exchange`], [`Exchange::finish`] ends it.
//! Not here: transports, clocks, threads, logging.

mod answer;
mod envelope;
mod http;
mod mask;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::Operation;

use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::error::{Error, MaybeSent, NotSent, NotSentKind};
use crate::reply::Reply;

pub use http::{HttpRequest, HttpResponse, Timeouts, TransportError, TransportErrorKind};
pub(crate) use mask::{mask, text_of};

use mask::Scrubber;

/// A request type of the bindings whose response type is known: what can be called. Every operation of the bindings is one.
pub trait Request: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> + Clone {}

impl<O> Request for O where O: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> + Clone {}

/// Everything that the calls of a client have in common. Both clients are this and a transport.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Core {
    /// Where the site is and how requests name it.
    pub site: Site,
    /// Who calls.
    pub credentials: Credentials,
    /// What the `User-Agent` header says.
    pub user_agent: String,
    /// How long a call may take.
    pub timeouts: Timeouts,
    /// The largest answer that is read, in bytes.
    pub response_limit: usize,
}

impl Core {
    /// Anonymous calls to that site, with the default limits.
    pub fn new(site: impl Into<Site>) -> Self {
        Self {
            site: site.into(),
            credentials: Credentials::anonymous(),
            user_agent: concat!("webex-xml/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeouts: Timeouts::default(),
            response_limit: http::DEFAULT_RESPONSE_LIMIT,
        }
    }

    /// Writes the request and says where to POST it.
    ///
    /// # Errors
    ///
    /// [`Error::NotSent`] where the site, the credentials or a value of the request cannot be used.
    pub fn prepare<O: Request>(&self, request: &O) -> Result<Exchange<O>, Error> {
        let operation = O::INFO.name;
        let refuse = |kind, message: String| Error::NotSent(NotSent::new(operation, kind, message));
        self.site.check().map_err(|message| refuse(NotSentKind::InvalidSite, message))?;
        if self.user_agent.chars().any(|c| !matches!(c, ' '..='~')) {
            return Err(refuse(NotSentKind::InvalidRequest, "the user agent holds characters that a header cannot".to_owned()));
        }
        let body = envelope::write(&self.site, &self.credentials, request.clone().into())
            .map_err(|message| refuse(NotSentKind::InvalidRequest, message))?;
        let mut scrubber = Scrubber::default();
        scrubber.learn(&body);
        let headers = vec![
            ("Content-Type", "text/xml; charset=UTF-8".to_owned()),
            ("Accept", "text/xml, application/xml".to_owned()),
            ("User-Agent", self.user_agent.clone()),
        ];
        let mut http = HttpRequest::new(self.site.url(), headers, body.into_bytes());
        http.timeouts = self.timeouts;
        http.response_limit = self.response_limit;
        Ok(Exchange { http, scrubber, operation: PhantomData })
    }
}

/// A call under way: its request is written, its answer not yet read.
pub struct Exchange<O> {
    http: HttpRequest,
    scrubber: Scrubber,
    operation: PhantomData<fn() -> O>,
}

impl<O: Request> Exchange<O> {
    /// What to send.
    #[must_use]
    pub fn http(&self) -> &HttpRequest {
        &self.http
    }

    /// Makes a reply of what the transport brought back. `elapsed` is handed on to the reply.
    ///
    /// # Errors
    ///
    /// All but [`Error::NotSent`].
    pub fn finish(self, outcome: Result<HttpResponse, TransportError>, elapsed: Duration) -> Result<Reply<O::Response>, Error> {
        match outcome {
            Ok(response) => answer::read(&response, &self.http, &self.scrubber, &O::INFO, elapsed),
            Err(source) => Err(Error::MaybeSent(MaybeSent { operation: O::INFO.name, source })),
        }
    }
}

impl<O> fmt::Debug for Exchange<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("http", &self.http).field("scrubber", &self.scrubber).finish()
    }
}
