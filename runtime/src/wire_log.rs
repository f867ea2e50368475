//! The wire log, which passes each message on the wire to the caller's function for debugging, with every secret masked.

use std::fmt;
use std::sync::Arc;

use crate::core::{HttpRequest, HttpResponse, Sent, mask, text_of};

/// The direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// A request, just before it is sent.
    Sent,
    /// A response, before it is decoded.
    Received,
}

/// One message on the wire.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct WireEvent<'a> {
    /// The direction of the message.
    pub direction: Direction,
    /// The operation, by its name in the schema.
    pub operation: &'static str,
    /// The HTTP status of a response; `None` for a request.
    pub status: Option<u16>,
    /// The size in bytes on the wire.
    pub size: usize,
    /// The message, with the content of every secret element masked, and in a response also the secrets of the request wherever it quotes them. Empty if a
    /// response is not text.
    pub xml: &'a str,
}

type Hook = dyn Fn(&WireEvent<'_>) + Send + Sync;

/// The caller's function, if one is set.
#[derive(Clone, Default)]
pub(crate) struct WireLog(Option<Arc<Hook>>);

impl WireLog {
    pub(crate) fn new(hook: impl Fn(&WireEvent<'_>) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hook)))
    }

    pub(crate) fn sent(&self, operation: &'static str, request: &HttpRequest) {
        self.tell(Direction::Sent, operation, None, &request.body, |text| mask(text).into_owned());
    }

    /// Passes on a response. It may quote the request, so that the secrets of the request are masked wherever they occur.
    pub(crate) fn received(&self, operation: &'static str, response: &HttpResponse, sent: &Sent) {
        self.tell(Direction::Received, operation, Some(response.status), &response.body, |text| sent.cleared(text));
    }

    fn tell(&self, direction: Direction, operation: &'static str, status: Option<u16>, body: &[u8], cleared: impl Fn(&str) -> String) {
        let Some(hook) = &self.0 else { return };
        let text = text_of(body).unwrap_or_default();
        hook(&WireEvent { direction, operation, status, size: body.len(), xml: &cleared(&text) });
    }
}

impl fmt::Debug for WireLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "WireLog(on)" } else { "WireLog(off)" })
    }
}
