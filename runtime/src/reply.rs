//! In: a successful answer that was read. Out: its body, typed, and what is known beside it.
//! Not here: failures, which are [`Error`](crate::Error)s.

use std::ops::Deref;
use std::time::Duration;

use xsdgen_codec::Notes;

/// A successful answer. It can be used like its body: `reply.site_type`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// What the service returned.
    pub body: T,
    /// The words of the header's `result`: `SUCCESS`.
    pub result: String,
    /// Which system of the site answered: `PRIMARY` or `BACKUP`.
    pub gsb_status: Option<String>,
    /// A remark of the service. Successful answers mostly have none.
    pub reason: Option<String>,
    /// Where the answer departs from the schema and was read all the same.
    pub notes: Notes,
    /// From before the request was sent until the answer was complete.
    pub elapsed: Duration,
    /// The answer's size in bytes.
    pub raw_size: usize,
}

impl<T> Reply<T> {
    /// The body alone.
    pub fn into_body(self) -> T {
        self.body
    }

    /// A success of which nothing is known but a blank body.
    pub(crate) fn blank(body: T, elapsed: Duration) -> Self {
        let (gsb_status, reason, notes) = (None, None, Notes::default());
        Self { body, result: "SUCCESS".to_owned(), gsb_status, reason, notes, elapsed, raw_size: 0 }
    }

    /// The same with another body, made of this one.
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
