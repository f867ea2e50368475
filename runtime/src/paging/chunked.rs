//! In: an asynchronous client and a request for a list. Out: a stream of the records of one answer of any size, read while the answer still comes.
//! Not here: the same for threads, and what is said of an answer (`streamed`); pages (`stream`).

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
    /// The records of a list from one answer, whatever its size: each is read as its bytes come, and the answer is never held as a whole.
    /// What is held is one piece of the body, a few records that it had, and what the answer has besides records.
    ///
    /// As [`Client::stream_list`](crate::Client::stream_list) in all else: the header was read when it returns, an empty list is one without records,
    /// the response limit holds for each record, and the time limit for the whole answer. The body waits until records are asked for.
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
    /// As [`AsyncClient::call`].
    pub fn stream_list<O: Listing<Record: Xml>>(&self, request: impl IntoRequest<Request = O>) -> ResponseFuture<'_, AsyncStreamedList<O>> {
        let message = Outgoing::one(request.into_request());
        ResponseFuture::new(self.engine.stream_list(message))
    }
}

/// The records of one answer as they come; see [`AsyncClient::stream_list`]. After an error that is not about one record alone it ends.
pub struct AsyncStreamedList<O: Listing<Record: Xml>> {
    answer: Coming<O, Piece>,
    body: Chunks,
}

/// Nothing in it is pinned but what stands in a box.
impl<O: Listing<Record: Xml>> Unpin for AsyncStreamedList<O> {}

impl<O: Listing<Record: Xml>> AsyncStreamedList<O> {
    /// The next record with what was odd about it: where it departs from the schema and was read all the same. As a stream the list gives the
    /// record alone.
    pub async fn next_reading(&mut self) -> Option<Result<Reading<O::Record>, Error>> {
        poll_fn(|context| self.poll(context, Coming::next)).await
    }

    /// Reads what is left, and gives the answer without its records: their number, where the service tells it, and what was odd. An empty list
    /// is a blank answer.
    ///
    /// # Errors
    ///
    /// Those of the records that were not asked for; of what follows them.
    pub async fn finish(mut self) -> Result<Reply<O::Response>, Error> {
        while let Some(record) = self.next_reading().await {
            record?;
        }
        poll_fn(|context| self.poll(context, Coming::end)).await
    }

    /// Does a part of the reading, and waits for more of the body where it lacks some.
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

/// The piece of the body that came last, as a reader: it has nothing yet when that is used up, until the next has come.
#[derive(Default)]
pub(super) struct Piece {
    bytes: Vec<u8>,
    used: usize,
    ended: bool,
    error: Option<io::Error>,
}

impl Piece {
    /// Takes the next piece, the end of the body, or why there is none.
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
                // A body that is waited for has no other way to say so.
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
