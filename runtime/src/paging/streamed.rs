//! In: a client and a request for a list. Out: the records of one answer of any size, read while the answer still comes.
//! Not here: the same for tasks (`chunked`), pages (`records`), how a record is cut out of a document (the codec).

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

/// The body of an answer while it comes.
type Body = BufReader<Steady>;

/// How many bytes of it are read at once.
const CHUNK: usize = 64 << 10;

impl Client {
    /// The records of a list from one answer, whatever its size: each is read as its bytes come, and the answer is never held as a whole.
    ///
    /// For lists that cannot be asked for in pages, or are wanted in one go. Before it returns, the header of the answer was read: a
    /// failure is an error here, unless [`Fault::is_empty_list`](crate::Fault::is_empty_list) tells that the list is empty. The request is sent once (again only where the ticket of a
    /// session was refused). The response limit holds for each record, and for all that is no record; the time limit for the whole answer.
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
    /// As [`Client::call`].
    pub fn stream_list<O: Listing<Record: Xml>>(&self, request: impl IntoRequest<Request = O>) -> Result<StreamedList<O>, Error> {
        pollster::block_on(self.engine.stream_list(Outgoing::one(request.into_request())))
    }
}

/// The records of one answer as they come; see [`Client::stream_list`]. After an error that is not about one record alone it ends.
pub struct StreamedList<O: Listing<Record: Xml>> {
    answer: Coming<O, Body>,
}

impl<O: Listing<Record: Xml>> StreamedList<O> {
    /// The next record with what was odd about it: where it departs from the schema and was read all the same. As an iterator the list gives
    /// the record alone.
    pub fn next_reading(&mut self) -> Option<Result<Reading<O::Record>, Error>> {
        match self.answer.next() {
            Poll::Ready(record) => record,
            Poll::Pending => None, // it waits in its reader
        }
    }

    /// Reads what is left, and gives the answer without its records: their number, where the service tells it, and what was odd. An empty list
    /// is a blank answer.
    ///
    /// # Errors
    ///
    /// Those of the records that were not asked for; of what follows them.
    pub fn finish(mut self) -> Result<Reply<O::Response>, Error> {
        self.by_ref().try_for_each(|record| record.map(drop))?;
        match self.answer.end() {
            Poll::Ready(reply) => reply,
            Poll::Pending => Ok(self.answer.blank()),
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

/// A body that blocks: one that does not, although it had to, is out of time.
struct Steady(Box<dyn Read + Send>);

impl Read for Steady {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => io::Error::new(io::ErrorKind::TimedOut, error),
            _ => error,
        })
    }
}

/// An answer to a request for a list, of which a part has come. What is pending is so because its reader has nothing yet.
pub(super) struct Coming<O: Listing<Record: Xml>, R> {
    /// None where the list is empty.
    pub(super) records: Option<xsdgen_codec::Records<R, O::Record>>,
    sent: Sent,
    begun: Instant,
}

impl<O: Listing<Record: Xml>, R: BufRead> Coming<O, R> {
    pub(super) fn new(sent: Sent, body: R, charset: Option<&str>, begun: Instant) -> Result<Self, Error> {
        let name = child_name::<O::Response, O::Record>().unwrap_or_default();
        let options = answer::options(sent.http.response_limit);
        let options = charset.map_or(options.clone(), |charset| options.charset(charset));
        let records = xsdgen_codec::Records::new(body, &format!("message/body/bodyContent/{name}"), &options);
        let records = records.map_err(|error| sent.explain(&error))?;
        Ok(Self { records: Some(records), sent, begun })
    }

    /// Reads the header of the answer.
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

    /// What the answer has besides records, when these are over.
    pub(super) fn end(&mut self) -> Poll<Result<Reply<O::Response>, Error>> {
        Poll::Ready(match ready!(self.envelope()) {
            Ok(Some(reply)) => Ok(reply),
            Ok(None) => Ok(self.blank()),
            Err(error) => Err(error),
        })
    }

    pub(super) fn blank(&self) -> Reply<O::Response> {
        Reply::blank(xsdgen_codec::Value::blank(), self.begun.elapsed())
    }

    /// The answer as far as it was read, without its records.
    fn envelope(&mut self) -> Poll<Result<Option<Reply<O::Response>>, Error>> {
        let Some(records) = &mut self.records else { return Poll::Ready(Ok(None)) };
        let reading = match records.envelope::<Document>() {
            Err(error) if error.would_block() => return Poll::Pending,
            reading => reading.map_err(|error| self.sent.explain(&error)),
        };
        Poll::Ready(reading.and_then(|reading| self.sent.finish_reading::<O>(reading, self.begun.elapsed()).map(Some)))
    }
}
