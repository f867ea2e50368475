//! A transport that returns prepared responses in order and remembers the requests. Recorded responses are in `replay`.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use webex_xml_types::Document;
use webex_xml_types::serv::message::{Body, Header};
use webex_xml_types::serv::{AnyBodyContent, BodyContent, GsbStatus, Message, Response, ResultType};
use xsdgen_codec::WriteOptions;

use crate::core::{HttpRequest, HttpResponse, mask, text_of};
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::{Answer, AsyncTransport, Transport};

/// A transport without a network that returns prepared responses, one for each request. Clones share the responses.
///
/// ```
/// use webex_xml::testing::Canned;
/// use webex_xml::{Client, ep};
///
/// # fn main() -> Result<(), webex_xml::Error> {
/// let canned = Canned::new().answer(ep::GetSiteTypeResponse::new(1));
/// let client = Client::with_transport("acme", canned.clone());
/// assert_eq!(client.call(&ep::GetSiteType::new())?.site_type, webex_xml::values::SiteType::CommonIdentity);
/// assert!(canned.requests()[0].contains("<siteName>acme</siteName>"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Canned {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Result<HttpResponse, TransportErrorKind>>,
    requests: Vec<HttpRequest>,
}

impl Canned {
    /// Creates a transport without responses: a request gets a refused connection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a success with this body.
    #[must_use]
    pub fn answer(self, body: impl Into<AnyBodyContent>) -> Self {
        let response = Response::new(ResultType::Success).with_gsb_status(GsbStatus::Primary);
        self.answer_message([response], [body.into()])
    }

    /// Adds a success with a body for each operation of a batch.
    #[must_use]
    pub fn answer_all(self, bodies: impl IntoIterator<Item = AnyBodyContent>) -> Self {
        let bodies: Vec<AnyBodyContent> = bodies.into_iter().collect();
        let response = Response::new(ResultType::Success).with_gsb_status(GsbStatus::Primary);
        self.answer_message(vec![response; bodies.len()], bodies)
    }

    /// Adds a `FAILURE` with this code and reason, as the service sends it: with HTTP status 200.
    #[must_use]
    pub fn answer_fault(self, exception_id: &str, reason: &str) -> Self {
        let response =
            Response::new(ResultType::Failure).with_reason(reason).with_gsb_status(GsbStatus::Primary).with_exception_id(exception_id);
        self.answer_message([response], [BodyContent::new().into()])
    }

    /// Adds an unchanged HTTP response.
    #[must_use]
    pub fn answer_http(self, response: HttpResponse) -> Self {
        self.push(Ok(response))
    }

    /// Adds a failure of the transport, without a response.
    #[must_use]
    pub fn answer_nothing(self, why: TransportErrorKind) -> Self {
        self.push(Err(why))
    }

    fn answer_message(self, responses: impl IntoIterator<Item = Response>, bodies: impl IntoIterator<Item = AnyBodyContent>) -> Self {
        let message = Message::new(Header::new().with_response(responses), Body::new(bodies));
        self.push(match Document::Message(Box::new(message)).to_xml_with(&WriteOptions::default().unlisted_values(true)) {
            Ok(xml) => Ok(HttpResponse::new(200, xml).with_header("Content-Type", "text/xml;charset=UTF-8")),
            Err(error) => Ok(HttpResponse::new(500, format!("the canned answer cannot be written: {error}"))),
        })
    }

    fn push(self, answer: Result<HttpResponse, TransportErrorKind>) -> Self {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).answers.push_back(answer);
        self
    }

    /// Creates an independent transport with the remaining responses. (A clone would share them.)
    #[must_use]
    pub fn duplicate(&self) -> Self {
        let answers = self.state.lock().unwrap_or_else(PoisonError::into_inner).answers.clone();
        Self { state: Arc::new(Mutex::new(State { answers, requests: Vec::new() })) }
    }

    /// Returns the requests so far, with secrets masked.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.http_requests().iter().map(|request| mask(&text_of(&request.body).unwrap_or_default()).into_owned()).collect()
    }

    /// Returns the requests so far as they would have been sent, secrets included.
    #[must_use]
    pub fn http_requests(&self) -> Vec<HttpRequest> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).requests.clone()
    }

    fn next(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.requests.push(request.clone());
        let answer = state.answers.pop_front().unwrap_or(Err(TransportErrorKind::Connect));
        answer.map_err(|kind| TransportError::new(kind, "canned"))
    }
}

impl fmt::Debug for Canned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "Canned({} answers left, {} requests seen)", state.answers.len(), state.requests.len())
    }
}

impl Transport for Canned {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        self.next(request)
    }
}

impl AsyncTransport for Canned {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(std::future::ready(self.next(request)))
    }
}
