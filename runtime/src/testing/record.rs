//! In: a transport to a live site. Out: the same transport, that also keeps what goes through it, scrubbed.
//! Not here: the file (`cassette`), playing it back (`replay`).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::cassette::{Cassette, Taped};
use crate::core::{HttpRequest, HttpResponse, TransportError, Veil};
use crate::transport::{Answer, AsyncTransport, Transport};

/// Sends by another transport and keeps each exchange for a [`Cassette`]. Clones keep together.
///
/// No secret gets on the cassette: the content of every element that holds one is masked, and each value that was seen in such an element
/// of any exchange is masked wherever else it stands.
#[derive(Clone)]
pub struct Recorder<T> {
    inner: T,
    tape: Arc<Mutex<Tape>>,
}

#[derive(Default)]
struct Tape {
    veil: Veil,
    exchanges: Vec<Taped>,
}

impl<T> Recorder<T> {
    /// Records what goes through that transport.
    pub fn new(inner: T) -> Self {
        Self { inner, tape: Arc::default() }
    }

    /// What was recorded so far.
    #[must_use]
    pub fn cassette(&self) -> Cassette {
        let tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        Cassette { exchanges: tape.exchanges.iter().map(|taped| taped.under(&tape.veil)).collect() }
    }

    fn keep(&self, request: &HttpRequest, outcome: &Result<HttpResponse, TransportError>) {
        let mut tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        let taped = Taped::masked(request, outcome, &mut tape.veil);
        tape.exchanges.push(taped);
    }
}

impl<T> fmt::Debug for Recorder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tape = self.tape.lock().unwrap_or_else(PoisonError::into_inner);
        write!(f, "Recorder({} exchanges)", tape.exchanges.len())
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let outcome = self.inner.send(request);
        self.keep(request, &outcome);
        outcome
    }
}

impl<T: AsyncTransport> AsyncTransport for Recorder<T> {
    fn send<'a>(&'a self, request: &'a HttpRequest) -> Answer<'a> {
        Box::pin(async move {
            let outcome = self.inner.send(request).await;
            self.keep(request, &outcome);
            outcome
        })
    }
}
