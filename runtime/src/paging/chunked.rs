//! Reads the records of a single response of any size as an asynchronous stream, while the response arrives. The blocking version and the
//! shared state of a response are in `streamed`, pages are in `stream`.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, BufRead, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use futures_core::Stream;
use xsdgen_codec::{IntoRequest, Reading, Xml};

use super::Listing;
use super::streamed::Coming;
use crate::async_client::{AsyncClient, ResponseFuture};
use crate::core::{Chunks, Outgoing, Sent};
use crate::engine::{Engine, Streaming};
use crate::error::Error;
use crate::reply::Reply;

impl AsyncClient {
    /// Returns the records of a list from one response of any size.
    ///
    /// Each record is decoded as its bytes arrive, and the whole response is never held in memory: only one piece of the body, the few
    /// records in it, and the parts of the response outside the records.
    ///
    /// In all other respects this works like [`Client::stream_list`](crate::Client::stream_list): the header has been read when the future
    /// completes, an empty list has no records, the response limit applies to each record, and the time limit applies to the whole
    /// response. The body is read only as records are requested.
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// use webex_xml::testing::Canned;
    /// use webex_xml::{AsyncClient, Error, ep};
    ///
    /// # async fn run() -> Result<(), Error> {
    /// let client = AsyncClient::with_transport("acme", Canned::new().answer(ep::LstRecordingResponse::new()));
    /// let mut recordings = client.stream_list(&ep::LstRecording::new()).await?;
    /// while let Some(recording) = recordings.try_next().await? {
    ///     println!("{}", recording.name);
    /// }
    /// let rest = recordings.finish().await?;
    /// assert!(rest.body.matching_records.is_none());
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(run()).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`AsyncClient::call`].
    pub fn stream_list<O: Listing<Record: Xml>>(&self, request: impl IntoRequest<Request = O>) -> ResponseFuture<'_, AsyncStreamedList<O>> {
        let message = Outgoing::one(request.into_request());
        ResponseFuture::new(self.engine.stream_list(message))
    }
}

/// A stream of the records of one response as they arrive; see [`AsyncClient::stream_list`].
///
/// An error ends it, unless the error concerns only a single record.
pub struct AsyncStreamedList<O: Listing<Record: Xml>> {
    answer: Coming<O, Piece>,
    body: Chunks,
}

/// The list can be moved because everything that is pinned is in a box.
impl<O: Listing<Record: Xml>> Unpin for AsyncStreamedList<O> {}

impl<O: Listing<Record: Xml>> AsyncStreamedList<O> {
    /// Returns the next record with notes on where it departs from the schema but was decoded anyway.
    ///
    /// Used as a stream, the list returns only the record.
    pub async fn next_reading(&mut self) -> Option<Result<Reading<O::Record>, Error>> {
        poll_fn(|context| self.poll(context, Coming::next)).await
    }

    /// Reads the rest of the response and returns it without its records.
    ///
    /// The reply contains the number of records, if the service reports it, and the notes. For an empty list, the body is the empty value.
    ///
    /// # Errors
    ///
    /// Returns the errors of the records that were not yet requested, and of the part of the response after them.
    pub async fn finish(mut self) -> Result<Reply<O::Response>, Error> {
        while let Some(record) = self.next_reading().await {
            record?;
        }
        poll_fn(|context| self.poll(context, Coming::end)).await
    }

    /// Runs one step of the reading, and waits for more of the body when the step needs it.
    fn poll<T>(&mut self, context: &mut Context<'_>, part: impl Fn(&mut Coming<O, Piece>) -> Poll<T>) -> Poll<T> {
        loop {
            let done = part(&mut self.answer);
            let Some(records) = self.answer.records.as_mut().filter(|_| done.is_pending()) else { return done };
            let chunk = ready!(self.body.as_mut().poll_next(context));
            records.get_mut().came(chunk);
        }
    }
}

impl<O: Listing<Record: Xml>> Streaming for AsyncStreamedList<O> {
    async fn open(engine: &Engine, sent: Sent, operation: &'static str) -> Result<Self, Error> {
        let begun = Instant::now();
        let stream = engine.open_chunks(&sent, operation).await?;
        let answer = Coming::new(sent, Piece::default(), stream.head.charset(), begun)?;
        let mut list = Self { answer, body: stream.body };
        poll_fn(|context| list.poll(context, Coming::begin)).await?;
        Ok(list)
    }
}

impl<O: Listing<Record: Xml>> Stream for AsyncStreamedList<O> {
    type Item = Result<O::Record, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let record = ready!(self.poll(context, Coming::next));
        Poll::Ready(record.map(|record| record.map(|reading| reading.value)))
    }
}

impl<O: Listing<Record: Xml>> fmt::Debug for AsyncStreamedList<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncStreamedList").field("records", &self.answer.records).finish_non_exhaustive()
    }
}

/// A reader over the most recent piece of the body. When the piece is used up, it returns `WouldBlock` until the next one arrives.
#[derive(Default)]
pub(super) struct Piece {
    bytes: Vec<u8>,
    used: usize,
    ended: bool,
    error: Option<io::Error>,
}

impl Piece {
    /// Stores the next piece, the end of the body, or the error that prevents more.
    fn came(&mut self, piece: Option<io::Result<Vec<u8>>>) {
        match piece {
            Some(Ok(bytes)) => (self.bytes, self.used) = (bytes, 0),
            Some(Err(error)) => self.error = Some(error),
            None => self.ended = true,
        }
    }
}

impl BufRead for Piece {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.bytes.get(self.used..) {
            Some(rest) if !rest.is_empty() => Ok(rest),
            _ => match self.error.take() {
                // `WouldBlock` means "no data yet" to this reader, so an actual error of that kind is reported as a timeout.
                Some(error) if error.kind() == io::ErrorKind::WouldBlock => Err(io::Error::new(io::ErrorKind::TimedOut, error)),
                Some(error) => Err(error),
                None if self.ended => Ok(&[]),
                None => Err(io::ErrorKind::WouldBlock.into()),
            },
        }
    }

    fn consume(&mut self, amount: usize) {
        self.used = self.used.saturating_add(amount).min(self.bytes.len());
    }
}

impl Read for Piece {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
