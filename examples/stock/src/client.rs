//! A client of the service. It sends each request in an envelope and takes the response out of the envelope of the answer.

use std::fmt;
use std::time::Duration;

use xsdgen_codec::{IntoRequest, Operation, Xml as _};

use crate::messages::Document;
use crate::messages::stock::{AnyBody, Fault, Message, MessageChoice};

/// A client of the service.
pub(crate) struct Client {
    agent: ureq::Agent,
    url: String,
    token: String,
}

/// Why a call has no response.
#[derive(Debug)]
pub(crate) enum Error {
    /// The service cannot be reached, or the connection failed.
    Transport(Box<ureq::Error>),
    /// The request cannot be written, or the answer cannot be read.
    Message(xsdgen_codec::Error),
    /// The service refused the request.
    Fault(Fault),
    /// The answer is not the response to the request.
    Unexpected(&'static str),
}

impl Client {
    /// Creates a client for the service at this address.
    pub(crate) fn new(url: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(10))).build();
        Self { agent: config.into(), url: url.to_owned(), token: token.to_owned() }
    }

    /// Sends a request and returns its response. The type of the request determines that of the response.
    pub(crate) fn call<R: IntoRequest>(&self, request: R) -> Result<<R::Request as Operation>::Response, Error>
    where
        AnyBody: From<R::Request>,
        <R::Request as Operation>::Response: TryFrom<AnyBody>,
    {
        let body = MessageChoice::Body(request.into_request().into());
        let message = Message::new(body).with_token(self.token.as_str());
        let text = Document::from(message).to_xml().map_err(Error::Message)?;
        let send = || self.agent.post(&self.url).content_type("application/xml").send(&text);
        // A request that only asks can be repeated if the connection failed.
        let mut answer = match send() {
            Err(_) if <R::Request as Operation>::INFO.safe => send(),
            first => first,
        }
        .map_err(|why| Error::Transport(Box::new(why)))?;
        let bytes = answer.body_mut().read_to_vec().map_err(|why| Error::Transport(Box::new(why)))?;
        match Message::from_xml(&bytes).map_err(Error::Message)?.choice {
            MessageChoice::Body(body) => body.try_into().map_err(|_| Error::Unexpected("the answer has the type of another response")),
            MessageChoice::Fault(fault) => Err(Error::Fault(fault)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Transport(why) => write!(f, "the service did not answer: {why}"),
            Self::Message(why) => write!(f, "{why}"),
            Self::Fault(fault) => write!(f, "the service refused the request: {} ({})", fault.reason, fault.code),
            Self::Unexpected(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
