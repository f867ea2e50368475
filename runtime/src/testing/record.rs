//! A transport that forwards to another one and records the exchanges with secrets removed. The file is in `cassette`, replaying is in
//! `replay`.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::cassette::{Cassette, Taped};
use crate::core::{HttpRequest, HttpResponse, Veil};
use crate::error::TransportError;
use crate::transport::{Answer, AsyncTransport, Transport};

/// A transport that sends through another transport and records each exchange for a [`Cassette`]. Clones record together.
///
/// The cassette contains no secret: the content of every secret element is masked, and each value that was seen in such an element of any
/// exchange is masked wherever else it occurs.
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
    /// Creates a recorder for this transport.
    pub fn new(inner: T) -> Self {
        Self { inner, tape: Arc::default() }
    }

    /// Returns what has been recorded so far.
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
