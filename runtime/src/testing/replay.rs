//! A transport that answers from a cassette as the site did when it was recorded. Recording is in `record`.

use std::sync::{Arc, Mutex, PoisonError};

use super::cassette::{Cassette, Taped, operation};
use crate::core::{HttpRequest, HttpResponse, Veil, text_of};
use crate::error::{TransportError, TransportErrorKind};
use crate::transport::{Answer, AsyncTransport, Transport};

/// A transport that answers requests from a [`Cassette`].
///
/// Each request gets the first unused exchange whose request is the same except for secrets.
///
/// A request that was not recorded gets an error that says so and names the operation that was next. Secrets in responses are masked: a
/// ticket is `******`, and is used like that.
///
/// ```
/// use webex_xml::testing::{Canned, Recorder, Replay};
/// use webex_xml::{Client, Credentials, ep};
///
/// # fn main() -> Result<(), webex_xml::Error> {
/// let live = Canned::new().answer(ep::GetSiteTypeResponse::new(3)); // in earnest: transport::ureq::Ureq::new()
/// let recorder = Recorder::new(live);
/// let jane = Credentials::password("jane", "P@ssword123");
/// Client::with_transport("acme", recorder.clone()).with_credentials(jane).call(&ep::GetSiteType::new())?;
/// let cassette = recorder.cassette(); // .write("tests/site_type.jsonl"), and Cassette::read("tests/site_type.jsonl") in the test
///
/// let again = Credentials::password("jane", "another");
/// let replay = Client::with_transport("acme", Replay::new(cassette)).with_credentials(again);
/// assert_eq!(replay.call(&ep::GetSiteType::new())?.site_type, 3);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Replay {
    rest: Arc<Mutex<Vec<Taped>>>,
}

impl Replay {
    /// Creates a transport that replays this cassette.
    #[must_use]
    pub fn new(cassette: Cassette) -> Self {
        Self { rest: Arc::new(Mutex::new(cassette.exchanges)) }
    }

    /// Returns the operations that were recorded but not requested.
    #[must_use]
    pub fn rest(&self) -> Vec<String> {
        self.lock().iter().map(|taped| taped.operation.clone()).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Taped>> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let sent = text_of(&request.body).unwrap_or_default();
        let mut veil = Veil::default();
        veil.learn(&sent);
        let masked = veil.draw(&sent);
        let mut rest = self.lock();
        let Some(index) = rest.iter().position(|taped| taped.request == masked) else {
            let next = rest.first().map_or("nothing", |taped| taped.operation.as_str());
            let why = format!("the cassette has no such {} request; next on it is {next}", operation(&sent));
            return Err(TransportError::new(TransportErrorKind::Other, why));
        };
        rest.remove(index).outcome.map_err(|kind| TransportError::new(kind, "as recorded"))
    }
}

impl Transport for Replay {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        self.next(request)
    }
}

impl AsyncTransport for Replay {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(std::future::ready(self.next(request)))
    }
}
