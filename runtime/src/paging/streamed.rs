//! Reads the records of a single response of any size on the caller's thread, while the response arrives. The asynchronous version is in
//! `chunked`, pages are in `records`; the codec extracts each record from the document.

use std::fmt;
use std::future::Future;
use std::io::{self, BufRead, BufReader, Read};
use std::task::{Poll, ready};
use std::time::Instant;

use webex_xml_types::Document;
use xsdgen_codec::{IntoRequest, Reading, Xml, child_name};

use super::Listing;
use crate::client::Client;
use crate::core::{Outgoing, Sent, answer};
use crate::engine::{Engine, Streaming};
use crate::error::Error;
use crate::reply::Reply;

/// The body of a response that is still arriving.
type Body = BufReader<Steady>;

/// The size in bytes of the buffer of the body.
const CHUNK: usize = 64 << 10;

impl Client {
    /// Returns the records of a list from one response of any size.
    ///
    /// Each record is decoded as its bytes arrive, and the whole response is never held in memory.
    ///
    /// Use this for lists that cannot be requested in pages, or that are wanted in one request. The header of the response has been read
    /// when this method returns, so a failure is returned here as an error, unless [`Fault::is_empty_list`](crate::Fault::is_empty_list)
    /// says that the list is empty. The request is sent once; it is sent again only if the site refused the ticket of a session. The
    /// response limit applies to each record and to everything outside the records; the time limit applies to the whole response.
    ///
    /// ```
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{Client, Error, ep};
    ///
    /// # fn main() -> Result<(), Error> {
    /// let client = Client::with_transport("acme", Canned::new().answer(ep::LstRecordingResponse::new()));
    /// let mut recordings = client.stream_list(&ep::LstRecording::new())?;
    /// for recording in &mut recordings {
    ///     println!("{}", recording?.name);
    /// }
    /// let rest = recordings.finish()?;
    /// assert!(rest.body.matching_records.is_none());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Client::call`].
    pub fn stream_list<O: Listing<Record: Xml>>(&self, request: impl IntoRequest<Request = O>) -> Result<StreamedList<O>, Error> {
        pollster::block_on(self.engine.stream_list(Outgoing::one(request.into_request())))
    }
}

/// An iterator over the records of one response as they arrive; see [`Client::stream_list`].
///
/// An error ends it, unless the error concerns only a single record.
pub struct StreamedList<O: Listing<Record: Xml>> {
    answer: Coming<O, Body>,
}

impl<O: Listing<Record: Xml>> StreamedList<O> {
    /// Returns the next record with notes on where it departs from the schema but was decoded anyway.
    ///
    /// Used as an iterator, the list returns only the record.
    pub fn next_reading(&mut self) -> Option<Result<Reading<O::Record>, Error>> {
        match self.answer.next() {
            Poll::Ready(record) => record,
            Poll::Pending => None, // not reached: the reader blocks
        }
    }

    /// Reads the rest of the response and returns it without its records.
    ///
    /// The reply contains the number of records, if the service reports it, and the notes. For an empty list, the body is the empty value.
    ///
    /// # Errors
    ///
    /// Returns the errors of the records that were not yet requested, and of the part of the response after them.
    pub fn finish(mut self) -> Result<Reply<O::Response>, Error> {
        self.by_ref().try_for_each(|record| record.map(drop))?;
        match self.answer.end() {
            Poll::Ready(reply) => reply,
            Poll::Pending => Ok(self.answer.empty()),
        }
    }
}

impl<O: Listing<Record: Xml>> Streaming for StreamedList<O> {
    fn open(engine: &Engine, sent: Sent, operation: &'static str) -> impl Future<Output = Result<Self, Error>> + Send {
        let begun = Instant::now();
        let opened = engine.open(&sent, operation).and_then(|stream| {
            let body = BufReader::with_capacity(CHUNK, Steady(stream.body));
            let mut answer = Coming::new(sent, body, stream.head.charset(), begun)?;
            if let Poll::Ready(begun) = answer.begin() {
                begun?;
            }
            Ok(Self { answer })
        });
        std::future::ready(opened)
    }
}

impl<O: Listing<Record: Xml>> Iterator for StreamedList<O> {
    type Item = Result<O::Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_reading().map(|record| record.map(|reading| reading.value))
    }
}

impl<O: Listing<Record: Xml>> fmt::Debug for StreamedList<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamedList").field("records", &self.answer.records).finish_non_exhaustive()
    }
}

/// A blocking body. A reader that returns `WouldBlock` nevertheless is treated as timed out.
struct Steady(Box<dyn Read + Send>);

impl Read for Steady {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => io::Error::new(io::ErrorKind::TimedOut, error),
            _ => error,
        })
    }
}

/// A partly received response to a request for a list. A method returns `Poll::Pending` if its reader has no data yet.
pub(super) struct Coming<O: Listing<Record: Xml>, R> {
    /// `None` if the list is empty.
    pub(super) records: Option<xsdgen_codec::Records<R, O::Record>>,
    sent: Sent,
    begun: Instant,
}

impl<O: Listing<Record: Xml>, R: BufRead> Coming<O, R> {
    pub(super) fn new(sent: Sent, body: R, charset: Option<&str>, begun: Instant) -> Result<Self, Error> {
        let name = child_name::<O::Response, O::Record>().unwrap_or_default();
        let options = sent.deadline.limit(answer::options(sent.http.response_limit));
        let options = charset.map_or(options.clone(), |charset| options.charset(charset));
        let records = xsdgen_codec::Records::new(body, &format!("message/body/bodyContent/{name}"), &options);
        let records = records.map_err(|error| sent.explain(&error))?;
        Ok(Self { records: Some(records), sent, begun })
    }

    /// Reads the header of the response.
    pub(super) fn begin(&mut self) -> Poll<Result<(), Error>> {
        Poll::Ready(match ready!(self.envelope()) {
            Err(error) if error.as_fault().is_some_and(|fault| fault.is_empty_list()) => {
                self.records = None;
                Ok(())
            }
            outcome => outcome.map(drop),
        })
    }

    pub(super) fn next(&mut self) -> Poll<Option<Result<Reading<O::Record>, Error>>> {
        match self.records.as_mut().and_then(Iterator::next) {
            Some(Err(error)) if error.would_block() => Poll::Pending,
            record => Poll::Ready(record.map(|record| record.map_err(|error| self.sent.explain(&error)))),
        }
    }

    /// Returns what the response contains besides the records, after the last record.
    pub(super) fn end(&mut self) -> Poll<Result<Reply<O::Response>, Error>> {
        Poll::Ready(match ready!(self.envelope()) {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => Ok(self.empty()),
            Err(error) => Err(error),
        })
    }

    pub(super) fn empty(&self) -> Reply<O::Response> {
        Reply::empty(self.begun.elapsed())
    }

    /// Returns the part of the response that has been read, without its records.
    fn envelope(&mut self) -> Poll<Result<Option<Reply<O::Response>>, Error>> {
        let Some(records) = &mut self.records else { return Poll::Ready(Ok(None)) };
        let reading = match records.envelope::<Document>() {
            Err(error) if error.would_block() => return Poll::Pending,
            reading => reading.map_err(|error| self.sent.explain(&error)),
        };
        Poll::Ready(reading.and_then(|reading| self.sent.finish_reading::<O>(reading, self.begun.elapsed()).map(Some)))
    }
}
