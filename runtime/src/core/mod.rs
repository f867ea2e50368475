//! The whole protocol without I/O: [`Core::prepare`] turns a typed request into an [`Exchange`] with the HTTP request, and
//! [`Exchange::finish`] turns the HTTP response into the reply or the error. Transports, clocks, threads and logging are in other modules.

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
use xsdgen_codec::{ErrorKind, IntoRequest, Operation, OperationInfo, Reading};

use crate::credentials::Credentials;
use crate::deadline::Deadline;
use crate::endpoint::Site;
use crate::error::{Error, MaybeSent, NotSent, NotSentKind, TransportError};
use crate::reply::Reply;

#[cfg(feature = "stream")]
pub use http::{AsyncHttpStream, Chunks};
pub use http::{HttpRequest, HttpResponse, HttpStream, Timeouts};
#[cfg(feature = "recording")]
pub(crate) use mask::Veil;
pub use mask::mask as mask_secrets;
pub(crate) use mask::{mask, text_of};
pub use outgoing::Batch;
pub(crate) use outgoing::Outgoing;

use mask::Scrubber;

/// A request type of the bindings whose response type is known, so that it can be called. Every operation of the bindings implements it.
pub trait Request: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> {}

impl<O> Request for O where O: Operation<Response: TryFrom<AnyBodyContent, Error = AnyBodyContent>> + Into<AnyBodyContent> {}

/// The settings that all calls of a client have in common. Both clients consist of a core and a transport.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Core {
    /// The site: its address and the way requests identify it.
    pub site: Site,
    /// The caller.
    pub credentials: Credentials,
    /// The value of the `User-Agent` header.
    pub user_agent: String,
    /// The time limits of a call.
    pub timeouts: Timeouts,
    /// The maximum size of a response in bytes.
    pub response_limit: usize,
}

impl Core {
    /// Creates a core for anonymous calls to this site, with the default limits.
    pub fn new(site: impl Into<Site>) -> Self {
        Self {
            site: site.into(),
            credentials: Credentials::anonymous(),
            user_agent: concat!("webex-xml/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeouts: Timeouts::default(),
            response_limit: http::DEFAULT_RESPONSE_LIMIT,
        }
    }

    /// Encodes the request and determines the URL to POST it to.
    ///
    /// # Errors
    ///
    /// Returns [`Error::NotSent`] if the site, the credentials or a value of the request cannot be used.
    pub fn prepare<O: Request>(&self, request: impl IntoRequest<Request = O>) -> Result<Exchange<O>, Error> {
        let sent = self.compose(&self.credentials, &Outgoing::one(request.into_request()))?;
        Ok(Exchange { sent, operation: PhantomData })
    }

    /// Does the same as [`Core::prepare`] for any number of operations and for the given credentials.
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
        Ok(Sent { http, scrubber, operations: message.operations().to_vec(), deadline: Deadline::NEVER })
    }
}

/// A message that is encoded and whose response has not been decoded yet.
pub(crate) struct Sent {
    pub(crate) http: HttpRequest,
    scrubber: Scrubber,
    operations: Vec<&'static OperationInfo>,
    /// The time by which the response must have been decoded.
    pub(crate) deadline: Deadline,
}

/// The results for each operation of a message.
pub(crate) type Answers = Vec<Result<Reply<AnyBodyContent>, Error>>;

impl Sent {
    /// Returns the reply to each operation, or the error if there is no response to the message as a whole.
    pub(crate) fn finish(&self, outcome: Result<HttpResponse, TransportError>, elapsed: Duration) -> Result<Answers, Error> {
        match outcome {
            Ok(response) => answer::read(&response, &self.http, &self.scrubber, &self.operations, elapsed, self.deadline),
            Err(source) => Err(Error::MaybeSent(MaybeSent { operation: outgoing::joint_name(&self.operations), source })),
        }
    }
}

impl Sent {
    /// Returns the reply to the only operation, from a response whose records were decoded separately.
    pub(crate) fn finish_reading<O: Request>(&self, reading: Reading<Document>, elapsed: Duration) -> Result<Reply<O::Response>, Error> {
        only::<O>(answer::judge(reading, &self.scrubber, &self.operations, elapsed, 0)?)
    }

    /// Returns the error for a response with a status other than 200.
    pub(crate) fn refusal(&self, response: &HttpResponse) -> Error {
        answer::refusal(response, &self.scrubber, &self.operations)
    }

    /// Returns the text of a response with its secrets masked, and with those of the request that it quotes.
    pub(crate) fn cleared(&self, text: &str) -> String {
        self.scrubber.scrub(&mask(text))
    }

    /// Returns the error for a response that was only partly decoded.
    pub(crate) fn explain(&self, error: &xsdgen_codec::Error) -> Error {
        let operation = outgoing::joint_name(&self.operations);
        // A transport that stops at the time limit of the call says so in words of its own.
        if error.kind() == ErrorKind::Io && self.deadline.has_passed() {
            return answer::late(operation);
        }
        answer::explain_part(error, &self.scrubber, operation)
    }
}

/// A call whose request is encoded and whose response has not been decoded yet.
pub struct Exchange<O> {
    sent: Sent,
    operation: PhantomData<fn() -> O>,
}

impl<O: Request> Exchange<O> {
    /// Returns the HTTP request to send.
    #[must_use]
    pub fn http(&self) -> &HttpRequest {
        &self.sent.http
    }

    /// Converts the result of the transport into a reply.
    ///
    /// `elapsed` is copied to the reply.
    ///
    /// # Errors
    ///
    /// Returns any variant except [`Error::NotSent`].
    pub fn finish(self, outcome: Result<HttpResponse, TransportError>, elapsed: Duration) -> Result<Reply<O::Response>, Error> {
        only::<O>(self.sent.finish(outcome, elapsed)?)
    }
}

/// Returns the reply to the only operation of a message.
pub(crate) fn only<O: Request>(answers: Answers) -> Result<Reply<O::Response>, Error> {
    typed::<O>(answers.into_iter().next())
}

/// Converts a reply to the response type of the operation.
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
