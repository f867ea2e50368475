//! The successful response to a call: its typed body and its metadata. Failures are [`Error`](crate::Error)s.

use std::ops::Deref;
use std::time::Duration;

use xsdgen_codec::{Notes, Value};

/// A successful response.
///
/// It dereferences to its body, so that fields can be read directly: `reply.site_type`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The response body.
    pub body: T,
    /// The header's `result`: `SUCCESS`.
    pub result: String,
    /// The system of the site that answered: `PRIMARY` or `BACKUP`.
    pub gsb_status: Option<String>,
    /// A remark of the service; most successful responses have none.
    pub reason: Option<String>,
    /// The places where the response departs from the schema but was decoded anyway.
    pub notes: Notes,
    /// The time from before the request was sent until the response was complete.
    pub elapsed: Duration,
    /// The size of the response in bytes.
    pub raw_size: usize,
}

impl<T> Reply<T> {
    /// Returns only the body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Creates a successful response with an empty body.
    pub(crate) fn empty(elapsed: Duration) -> Self
    where
        T: Value,
    {
        let (gsb_status, reason, notes) = (None, None, Notes::default());
        Self { body: T::empty(), result: "SUCCESS".to_owned(), gsb_status, reason, notes, elapsed, raw_size: 0 }
    }

    /// Converts the body and keeps everything else.
    pub(crate) fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Reply<U>, E> {
        let Self { body, result, gsb_status, reason, notes, elapsed, raw_size } = self;
        Ok(Reply { body: make(body)?, result, gsb_status, reason, notes, elapsed, raw_size })
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
