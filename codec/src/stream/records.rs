//! Reads the repeating elements at a path of a document one by one as values, and the rest as a document. The
//! content of a record is read in `read`; what is outside the records is collected in `envelope`.

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use super::envelope::Envelope;
use super::markup::{element_len, name_of};
use super::source::Source;
use crate::document::{Roots, Xml, schema};
use crate::error::{Error, Position, Result};
use crate::note::{Notes, Reading};
use crate::options::{Mode, ReadOptions};
use crate::read::{Reader, Recycled};
use crate::simple::is_space;
use crate::style::Kept;
use crate::text::place::locate;

/// The size of the buffer, in bytes, if the caller's reader has none.
const CHUNK: usize = 128 << 10;

/// The maximum number of records that are read ahead from the bytes already available.
const AHEAD: usize = 64;

/// The same if their values are used again. Fewer values stay in the processor's cache.
const AHEAD_AGAIN: usize = 16;

/// Reads the records of a document that may be larger than memory: the elements at a path, each as a value.
///
/// Memory holds only the bytes read last (as many as the reader returned at once, or one record), the few
/// records read from them, and the parts of the document outside the records. [`ReadOptions::max_bytes`] limits
/// each record, and all parts outside the records together; the document itself may have any size.
///
/// The path leads from the root element to the records, in local names: `message/body/bodyContent/user`.
///
/// A record is read as by [`Xml::read_xml`], with the namespaces that are in scope. Positions in notes and
/// errors refer to the whole document. After a record that violates its type, the next record is read; after
/// anything that is not well-formed, reading ends. Identity constraints and identifiers are checked within each
/// record only, and the number of records is not checked. A prefix that is not declared is noted again in each
/// record.
///
/// A reader without data at the moment reports [`std::io::ErrorKind::WouldBlock`]. The error is passed on (see
/// [`Error::would_block`]), nothing is lost, and the next call continues from there. An asynchronous program
/// can thus feed the document piece by piece through [`Records::get_mut`].
///
/// # Example
#[cfg_attr(feature = "derive", doc = "```")]
#[cfg_attr(not(feature = "derive"), doc = "```ignore")]
/// # #[allow(missing_docs)] mod bindings {
/// use xsdgen_codec::{ReadOptions, Records, Xml};
/// mod xmlns { xsdgen_codec::schema! { trim_text = true; n = "urn:notes"; } }
///
/// #[derive(Clone, PartialEq, Xml)]
/// #[xml(n, "noteType")]
/// pub struct Note { #[xml("to")] pub to: String }
///
/// # pub fn main() -> xsdgen_codec::Result<()> {
/// let xml = br#"<notes xmlns="urn:notes"><note><to>Ada</to></note><note><to>Charles</to></note></notes>"#;
/// for note in Records::<_, Note>::new(&xml[..], "notes/note", &ReadOptions::tolerant())? {
///     println!("{}", note?.value.to);
/// }
/// # Ok(()) } }
/// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
/// ```
pub struct Records<R, T> {
    pub(super) source: Source<R>,
    pub(super) envelope: Envelope,
    pub(super) options: ReadOptions,
    ready: VecDeque<Result<Reading<T>>>,
    /// The size that the window must have before the record at its start is tried again.
    pub(super) wanted: usize,
    /// Whether the previous record is in the envelope, or directly precedes the cursor.
    pub(super) in_run: bool,
    any: bool,
    pub(super) over: bool,
    /// Values that are used again.
    values: Vec<T>,
    /// The memory of the last reader, if values are used again.
    recycled: Recycled,
}

impl<R, T> fmt::Debug for Records<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("ready", &self.ready.len()).field("over", &self.over).finish_non_exhaustive()
    }
}

impl<R: Read, T: Xml> Records<BufReader<R>, T> {
    /// Reads the records at this path from a reader without a buffer. See [`Records::new`].
    ///
    /// # Errors
    /// Fails if the path has an empty step.
    pub fn buffered(reader: R, path: &str, options: &ReadOptions) -> Result<Self> {
        Self::new(BufReader::with_capacity(CHUNK, reader), path, options)
    }
}

/// What is at the cursor: a record, or the end of the document.
pub(super) enum Here {
    Record,
    Nothing,
}

impl<R: BufRead, T: Xml> Records<R, T> {
    /// Reads the records at this path. Nothing is read before the first record is requested.
    ///
    /// # Errors
    /// Fails if the path has an empty step, or if the type has no table.
    pub fn new(reader: R, path: &str, options: &ReadOptions) -> Result<Self> {
        Ok(Self {
            source: Source::new(reader),
            envelope: Envelope::new(path)?,
            options: schema::<T>()?.resolved(options),
            ready: VecDeque::new(),
            wanted: 1,
            in_run: false,
            any: false,
            over: false,
            values: Vec::new(),
            recycled: Recycled::default(),
        })
    }

    /// Returns the reader. Bytes taken from it may not have been processed yet.
    pub fn get_mut(&mut self) -> &mut R {
        self.source.inner_mut()
    }

    /// Reads the next record into a value that holds another record, and returns its notes; `None` after the last record.
    ///
    /// The value then equals the one that [`Iterator::next`] returns. Texts, lists and boxes of earlier records are used again, so that reading needs no
    /// more memory once they are large enough: a list of records that resemble each other is read without any request to the allocator. A few records
    /// are read ahead, whose memory goes from one to the other; the memory of texts that a record does not need is kept for the next ones. Boxes and
    /// lists of parts that a record does not have are dropped. Dates, decimals, binary data, kept XML and variants of mixed content that change from
    /// record to record take a new block each.
    ///
    /// After an error, the value is unchanged.
    ///
    /// # Errors
    /// Fails in the same cases as [`Iterator::next`]. After a record that violates its type, the next call reads the next record.
    ///
    /// # Example
    #[cfg_attr(feature = "derive", doc = "```")]
    #[cfg_attr(not(feature = "derive"), doc = "```ignore")]
    /// # #[allow(missing_docs)] mod bindings {
    /// # use xsdgen_codec::{ReadOptions, Records, Xml};
    /// # mod xmlns { xsdgen_codec::schema! { trim_text = true; n = "urn:notes"; } }
    /// # #[derive(Clone, PartialEq, Xml)]
    /// # #[xml(n, "noteType")]
    /// # pub struct Note { #[xml("to")] pub to: String }
    /// # pub fn main() -> xsdgen_codec::Result<()> {
    /// let xml = br#"<notes xmlns="urn:notes"><note><to>Ada</to></note><note><to>Charles</to></note></notes>"#;
    /// let mut records = Records::new(&xml[..], "notes/note", &ReadOptions::tolerant())?;
    /// let mut note = Note::new("");
    /// while records.read_into(&mut note)?.is_some() {
    ///     println!("{}", note.to);
    /// }
    /// # Ok(()) } }
    /// # fn main() -> xsdgen_codec::Result<()> { bindings::main() }
    /// ```
    pub fn read_into(&mut self, record: &mut T) -> Result<Option<Notes>> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                let Reading { value, notes, .. } = ready?;
                self.values.push(std::mem::replace(record, value));
                return Ok(Some(notes));
            }
            if self.over {
                return Ok(None);
            }
            if let Here::Record = self.seek()? {
                self.batch(true);
            }
        }
    }

    /// Returns the document as far as it was read, without its records. Before the first record this is what
    /// precedes it; after the last one, the rest of the document. Reads up to the next record.
    ///
    /// In strict mode, the first record of each run stays in the document, so that the content model holds.
    ///
    /// # Errors
    /// Fails if the document could not be read so far, or if it is not valid for the type, as with
    /// [`Xml::read_xml`]. After an error that would block, the call can be repeated.
    pub fn envelope<D: Roots>(&mut self) -> Result<Reading<D>> {
        if self.ready.is_empty() && !self.over {
            self.seek()?;
        }
        self.envelope.read(self.any || !self.over, &self.options)
    }

    /// Reads the records that are available, into values that are used again if `again` is set.
    fn batch(&mut self, again: bool) {
        loop {
            match self.try_batch(again) {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) if error.would_block() => return self.ready.push_back(Err(error)),
                Err(error) => {
                    self.over = true;
                    let error = self.placed(error);
                    return self.ready.push_back(Err(error));
                }
            }
        }
    }

    /// Reads records from the cursor on. Returns whether at least one complete record was there.
    fn try_batch(&mut self, again: bool) -> Result<bool> {
        let read = self.read_some(again)?;
        if read.end > 0 {
            self.keep_first(read.first)?;
            self.source.consume(read.end);
            self.wanted = 1;
            self.any = true;
            return Ok(true);
        }
        let Some(error) = read.error else { return Ok(true) };
        match element_len(self.source.text()) {
            Some(len) => {
                self.any = true;
                let fatal = error.is_fatal();
                self.over |= fatal;
                self.ready.push_back(Err(error));
                if !fatal {
                    self.envelope.skip();
                    self.source.consume(len);
                    self.wanted = 1;
                }
                Ok(true)
            }
            None if self.source.ended() => {
                self.over = true;
                self.ready.push_back(Err(error));
                Ok(true)
            }
            None => self.more().map(|()| false),
        }
    }

    /// Adds the first record of a run to the envelope in strict mode.
    fn keep_first(&mut self, len: usize) -> Result<()> {
        if self.options.mode == Mode::Strict && !self.in_run {
            let (piece, place) = (self.source.text().get(..len).unwrap_or_default(), self.source.place());
            self.envelope.add(piece, place, &self.options)?;
        }
        self.in_run = true;
        self.envelope.skip();
        Ok(())
    }

    fn read_some(&mut self, again: bool) -> Result<Batch> {
        let sections = self.source.has_section_end();
        let text = self.source.text();
        let name = name_of(text);
        let (schema, options) = (schema::<T>()?, &self.options);
        let mut reader = match again {
            true => Reader::again(text, sections, schema, options, std::mem::take(&mut self.recycled)),
            false => Reader::new(text, sections, schema, options),
        };
        reader.within(self.envelope.declarations(), self.envelope.depth())?;
        let mut read = Batch { end: 0, first: 0, error: None };
        let mut counted = (0, self.source.place());
        let mut at = 0;
        for _ in 0..if again { AHEAD_AGAIN } else { AHEAD } {
            let mut value = self.values.pop().filter(|_| again).unwrap_or_else(T::empty);
            let place = |counted: &mut (usize, Position)| {
                counted.1 = counted.1.behind(text.get(counted.0..at).unwrap_or_default());
                counted.0 = at;
                counted.1
            };
            match reader.fragment(at, &mut value) {
                Ok(end) if end - at <= self.options.max_bytes => {
                    let mut notes = reader.take_notes(at);
                    if !notes.is_empty() {
                        notes.shift(&self.envelope.open_path(), place(&mut counted));
                    }
                    self.ready.push_back(Ok(Reading { value, notes, kept: Kept::default() }));
                    read.end = end;
                }
                Ok(_) => read.error = Some(self.too_large()),
                Err(error) => {
                    let mut error = relative(error, text, at);
                    error.shift(&self.envelope.open_path(), place(&mut counted));
                    read.error = Some(error);
                }
            }
            if read.error.is_some() {
                break;
            }
            if read.first == 0 {
                read.first = read.end;
            }
            at = read.end + text.get(read.end..).unwrap_or_default().bytes().take_while(|byte| is_space(*byte)).count();
            if !starts(text.get(at..).unwrap_or_default(), name) {
                break;
            }
        }
        if again {
            self.recycled = reader.recycle();
        }
        Ok(read)
    }
}

/// The result of reading several records at once.
struct Batch {
    /// The end of the last complete record.
    end: usize,
    /// The end of the first record.
    first: usize,
    /// The error that stopped the reading.
    error: Option<Error>,
}

/// Returns whether a start tag of this name is at the start of the text.
fn starts(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.and_then(|rest| rest.bytes().next()).is_some_and(|byte| matches!(byte, b'>' | b'/') || is_space(byte))
}

/// Makes the position of an error relative to an offset in the text.
#[cold]
fn relative(error: Error, text: &str, at: usize) -> Error {
    let error = error.rebased(at);
    locate(error, text.get(at..).unwrap_or_default())
}

impl<R: BufRead, T: Xml> Iterator for Records<R, T> {
    type Item = Result<Reading<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.over {
                return None;
            }
            match self.seek() {
                Ok(Here::Record) => self.batch(false),
                Ok(Here::Nothing) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
