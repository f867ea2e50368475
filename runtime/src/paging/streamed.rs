//! In: a client and a request for a list. Out: the records of one answer of any size, read while the answer still comes.
//! Not here: pages (`records`), how a record is cut out of a document (the codec).

use std::fmt;
use std::io::{BufReader, Read};
use std::time::Instant;

use webex_xml_types::Document;
use xsdgen_codec::{ReadOptions, Xml, child_name};

use super::Listing;
use crate::client::Client;
use crate::core::{Sent, answer};
use crate::error::Error;
use crate::reply::Reply;

/// The body of an answer while it comes.
type Body = BufReader<Box<dyn Read + Send>>;

/// How many bytes of it are read at once.
const CHUNK: usize = 64 << 10;

impl Client {
    /// The records of a list from one answer, whatever its size: each is read as its bytes come, and the answer is never held as a whole.
    ///
    /// For lists that cannot be asked for in pages, or are wanted in one go. Before it returns, the header of the answer was read: a
    /// failure is an error here, but for 000015, which is a list without records. The request is sent once (again only where the ticket of a
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
    pub fn stream_list<O: Listing<Record: Xml, Response: Xml>>(&self, request: &O) -> Result<StreamedList<O>, Error> {
        pollster::block_on(self.engine.stream_list(request))
    }
}

/// The records of one answer as they come; see [`Client::stream_list`]. After an error that is not about one record alone it ends.
pub struct StreamedList<O: Listing<Record: Xml>> {
    records: Option<xsdgen_codec::Records<Body, O::Record>>,
    sent: Sent,
    begun: Instant,
}

impl<O: Listing<Record: Xml, Response: Xml>> StreamedList<O> {
    /// Reads the header of the answer that begins.
    pub(crate) fn begin(sent: Sent, body: Box<dyn Read + Send>, charset: Option<&str>, begun: Instant) -> Result<Self, Error> {
        let name = child_name::<O::Response, O::Record>().unwrap_or_default();
        let options = answer::options(sent.http.response_limit);
        let options = charset.map_or(options.clone(), |charset| options.charset(charset));
        let records = Self::records(body, name, &options).map_err(|error| sent.explain(&error))?;
        let mut list = Self { records: Some(records), sent, begun };
        match list.envelope() {
            Ok(_) => Ok(list),
            Err(error) if error.as_fault().is_some_and(|fault| fault.is_empty_list()) => {
                list.records = None;
                Ok(list)
            }
            Err(error) => Err(error),
        }
    }

    fn records(
        body: Box<dyn Read + Send>,
        name: &str,
        options: &ReadOptions,
    ) -> xsdgen_codec::Result<xsdgen_codec::Records<Body, O::Record>> {
        let body = BufReader::with_capacity(CHUNK, body);
        xsdgen_codec::Records::new(body, &format!("message/body/bodyContent/{name}"), options)
    }

    /// The answer as far as it was read, without its records.
    fn envelope(&mut self) -> Result<Option<Reply<O::Response>>, Error> {
        let Some(records) = &mut self.records else { return Ok(None) };
        let reading = records.envelope::<Document>().map_err(|error| self.sent.explain(&error))?;
        self.sent.finish_reading::<O>(reading, self.begun.elapsed()).map(Some)
    }

    /// Reads what is left, and gives the answer without its records: their number, where the service tells it, and what was odd. An empty list
    /// is a blank answer.
    ///
    /// # Errors
    ///
    /// Those of the records that were not asked for; of what follows them.
    pub fn finish(mut self) -> Result<Reply<O::Response>, Error> {
        self.by_ref().try_for_each(|record| record.map(drop))?;
        match self.envelope()? {
            Some(reply) => Ok(reply),
            None => Ok(Reply::blank(xsdgen_codec::blank(), self.begun.elapsed())),
        }
    }
}

impl<O: Listing<Record: Xml>> Iterator for StreamedList<O> {
    type Item = Result<O::Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.records.as_mut()?.next()?;
        Some(record.map(|reading| reading.value).map_err(|error| self.sent.explain(&error)))
    }
}

impl<O: Listing<Record: Xml>> fmt::Debug for StreamedList<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamedList").field("records", &self.records).finish_non_exhaustive()
    }
}
