//! In: a typed request, who calls, which site; later the HTTP response. Out: the HTTP request; later the reply or the error.
//! This is the whole protocol without a socket: [`Core::prepare`] gives an [`Exchange`], [`Exchange::finish`] ends it.
//! Not here: transports, clocks, threads, logging.

pub(crate) mod answer;
mod envelope;
mod http;
mod mask;
mod outgoing;
mod page;

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use webex_xml_types::Document;
use webex_xml_types::serv::AnyBodyContent;
use xsdgen_codec::{IntoRequest, Operation, OperationInfo, Reading};

use crate::credentials::Credentials;
use crate::endpoint::Site;
use crate::error::{Error, MaybeSent, NotSent, NotSentKind};
use crate::reply::Reply;

#[cfg(feature = "stream")]
pub use http::{AsyncHttpStream, Chunks};
pub use http::{HttpRequest, HttpResponse, HttpStream, Timeouts, TransportError, TransportErrorKind};
#[cfg(feature = "recording")]
pub(crate) use mask::Veil;
pub(crate) use mask::{mask, text_of};
pub use outgoing::Batch;
pub(crate) use outgoing::Outgoing;

use mask::Scrubber;

/// A request type of the bindings whose response type is known: what can be called. Every operation of the bindings is one.
pub trait Request: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> {}

impl<O> Request for O where O: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> {}

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
    pub fn prepare<O: Request>(&self, request: impl IntoRequest<Request = O>) -> Result<Exchange<O>, Error> {
        let sent = self.compose(&self.credentials, &Outgoing::one(request.into_request()))?;
        Ok(Exchange { sent, operation: PhantomData })
    }

    /// The same for any number of operations, and for another caller than its own.
    pub(crate) fn compose(&self, credentials: &Credentials, message: &Outgoing) -> Result<Sent, Error> {
        let refuse = |kind, text: String| Error::NotSent(NotSent::new(message.operation(), kind, text));
        self.site.check().map_err(|(kind, text)| refuse(kind, text))?;
        for operation in message.operations() {
            self.site.check_name_for(operation.name).map_err(|text| refuse(NotSentKind::SiteNameMissing, text))?;
        }
        if self.user_agent.chars().any(|c| !matches!(c, ' '..='~')) {
            return Err(refuse(NotSentKind::InvalidRequest, "the user agent holds characters that a header cannot".to_owned()));
        }
        let body = envelope::write(&self.site, credentials, message.bodies()).map_err(|text| refuse(NotSentKind::InvalidRequest, text))?;
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
        Ok(Sent { http, scrubber, operations: message.operations().to_vec() })
    }
}

/// A message under way: it is written, its answer not yet read.
pub(crate) struct Sent {
    pub(crate) http: HttpRequest,
    scrubber: Scrubber,
    operations: Vec<&'static OperationInfo>,
}

/// What the service says to each operation of a message.
pub(crate) type Answers = Vec<Result<Reply<AnyBodyContent>, Error>>;

impl Sent {
    /// The answers to each operation, or why there is none to the message as a whole.
    pub(crate) fn finish(&self, outcome: Result<HttpResponse, TransportError>, elapsed: Duration) -> Result<Answers, Error> {
        match outcome {
            Ok(response) => answer::read(&response, &self.http, &self.scrubber, &self.operations, elapsed),
            Err(source) => Err(Error::MaybeSent(MaybeSent { operation: outgoing::joint_name(&self.operations), source })),
        }
    }
}

impl Sent {
    /// The reply to the only operation, of an answer whose records went another way.
    pub(crate) fn finish_reading<O: Request>(&self, reading: Reading<Document>, elapsed: Duration) -> Result<Reply<O::Response>, Error> {
        only::<O>(answer::judge(reading, &self.scrubber, &self.operations, elapsed, 0)?)
    }

    /// The error of an answer of another status than 200.
    pub(crate) fn refusal(&self, response: &HttpResponse) -> Error {
        answer::refusal(response, &self.scrubber, &self.operations)
    }

    /// The error of an answer that was read in part.
    pub(crate) fn explain(&self, error: &xsdgen_codec::Error) -> Error {
        answer::explain_part(error, &self.scrubber, outgoing::joint_name(&self.operations))
    }
}

/// A call under way: its request is written, its answer not yet read.
pub struct Exchange<O> {
    sent: Sent,
    operation: PhantomData<fn() -> O>,
}

impl<O: Request> Exchange<O> {
    /// What to send.
    #[must_use]
    pub fn http(&self) -> &HttpRequest {
        &self.sent.http
    }

    /// Makes a reply of what the transport brought back. `elapsed` is handed on to the reply.
    ///
    /// # Errors
    ///
    /// All but [`Error::NotSent`].
    pub fn finish(self, outcome: Result<HttpResponse, TransportError>, elapsed: Duration) -> Result<Reply<O::Response>, Error> {
        only::<O>(self.sent.finish(outcome, elapsed)?)
    }
}

/// The reply to the only operation of a message.
pub(crate) fn only<O: Request>(answers: Answers) -> Result<Reply<O::Response>, Error> {
    typed::<O>(answers.into_iter().next())
}

/// A reply as the operation has it.
pub(crate) fn typed<O: Request>(answer: Option<Result<Reply<AnyBodyContent>, Error>>) -> Result<Reply<O::Response>, Error> {
    let reply = answer.unwrap_or_else(|| Err(answer::missing(O::INFO.name)))?;
    let size = reply.raw_size;
    reply.try_map(|body| O::Response::try_from(body).map_err(|other| answer::foreign(O::INFO.name, &other, size)))
}

impl<O> fmt::Debug for Exchange<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("http", &self.sent.http).field("scrubber", &self.sent.scrubber).finish()
    }
}
