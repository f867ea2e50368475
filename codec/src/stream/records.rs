//! In: a reader of bytes, and the path to elements that repeat. Out: these elements as values, one by one, and all else as a document.
//! Not done here: what a record holds (`read`), what is not a record (`envelope`).

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use super::envelope::Envelope;
use super::markup::{element_len, name_of};
use super::source::Source;
use crate::document::{Roots, Xml, schema};
use crate::error::{Error, ErrorKind, Position, Result};
use crate::note::Reading;
use crate::options::{Mode, ReadOptions};
use crate::read::{Reader, locate};
use crate::simple::is_space;

/// How many bytes are read at once, where the caller brings no buffer.
const CHUNK: usize = 128 << 10;

/// How many records are read ahead at most, of those that are there.
const AHEAD: usize = 64;

/// The records of a document that may be larger than memory: the elements at a path, each as a value.
///
/// Held at any time are the bytes that came last, as many as the reader gave at once or one record has, the few records read of them,
/// and what the document holds besides records. [`ReadOptions::max_bytes`] limits each record, and all that is no record together; the
/// document may have any size.
///
/// The path is that of the records, in local names from the root element: `message/body/bodyContent/user`.
///
/// A record is read as [`Xml::read_xml`] would, with the namespaces that are declared around it; notes and errors have their places in the whole
/// document. After a record that is not as its type says the next one follows; after anything that is not well-formed, nothing.
/// Keys and identifiers are looked at within one record only, and so are how many records there may be; a prefix that is not declared is noted
/// in each record anew.
///
/// A reader that has nothing yet says so by [`std::io::ErrorKind::WouldBlock`]: the error is handed on ([`Error::would_block`]), nothing is
/// lost, and whoever asks again goes on there. So an asynchronous program feeds records through [`Records::get_mut`], piece by piece.
///
/// # Example
/// ```
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
    /// How large the window must be before the record at its start is tried again.
    pub(super) wanted: usize,
    /// Whether the record before stands in the envelope, or is the last thing before the cursor.
    pub(super) in_run: bool,
    any: bool,
    pub(super) over: bool,
}

impl<R, T> fmt::Debug for Records<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("ready", &self.ready.len()).field("over", &self.over).finish_non_exhaustive()
    }
}

impl<R: Read, T: Xml> Records<BufReader<R>, T> {
    /// As [`Records::new`], from a reader without a buffer.
    ///
    /// # Errors
    /// A path with an empty step.
    pub fn buffered(reader: R, path: &str, options: &ReadOptions) -> Result<Self> {
        Self::new(BufReader::with_capacity(CHUNK, reader), path, options)
    }
}

/// Whether a record stands at the cursor, or nothing does any more.
pub(super) enum Here {
    Record,
    Nothing,
}

impl<R: BufRead, T: Xml> Records<R, T> {
    /// The records at this path. Nothing is read yet.
    ///
    /// # Errors
    /// A path with an empty step; a type without a table.
    pub fn new(reader: R, path: &str, options: &ReadOptions) -> Result<Self> {
        Ok(Self {
            source: Source::new(reader),
            envelope: Envelope::new(path)?,
            options: options.of(schema::<T>()?),
            ready: VecDeque::new(),
            wanted: 1,
            in_run: false,
            any: false,
            over: false,
        })
    }

    /// The reader. What was taken from it may not have been read yet.
    pub fn get_mut(&mut self) -> &mut R {
        self.source.inner_mut()
    }

    /// The document as far as it was read, without its records: before the first record what stands before it, after the last one
    /// everything else. Reads up to the next record.
    ///
    /// Strict reading leaves the first record of each run in, so that the content model holds.
    ///
    /// # Errors
    /// Those of reading so far; what cannot be a document, as [`Xml::read_xml`] has it. After one that would block it can be asked again.
    pub fn envelope<D: Roots>(&mut self) -> Result<Reading<D>> {
        if self.ready.is_empty() && !self.over {
            self.seek()?;
        }
        self.envelope.read(self.any || !self.over, &self.options)
    }

    /// Reads the records that are there.
    fn batch(&mut self) {
        loop {
            match self.try_batch() {
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

    /// Reads records from the cursor on; whether there was a whole one.
    fn try_batch(&mut self) -> Result<bool> {
        let read = self.read_some()?;
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
                let fatal = is_fatal(error.kind());
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

    /// Strict reading keeps the first record of a run in the envelope.
    fn keep_first(&mut self, len: usize) -> Result<()> {
        if self.options.mode == Mode::Strict && !self.in_run {
            let (piece, place) = (self.source.text().get(..len).unwrap_or_default(), self.source.place());
            self.envelope.add(piece, place, &self.options)?;
        }
        self.in_run = true;
        self.envelope.skip();
        Ok(())
    }

    fn read_some(&mut self) -> Result<Batch> {
        let text = self.source.text();
        let name = name_of(text);
        let within = self.envelope.open_path();
        let mut reader = Reader::new(text, self.source.has_section_end(), schema::<T>()?, &self.options);
        reader.within(self.envelope.declarations(), self.envelope.depth())?;
        let mut read = Batch { end: 0, first: 0, error: None };
        let mut counted = (0, self.source.place());
        let mut at = 0;
        for _ in 0..AHEAD {
            let mut value = T::blank();
            let place = |counted: &mut (usize, Position)| {
                counted.1 = counted.1.behind(text.get(counted.0..at).unwrap_or_default());
                counted.0 = at;
                counted.1
            };
            match reader.fragment(at, &mut value) {
                Ok(end) if end - at <= self.options.max_bytes => {
                    let mut notes = reader.take_notes(at);
                    if !notes.is_empty() {
                        notes.shift(&within, place(&mut counted));
                    }
                    self.ready.push_back(Ok(Reading { value, notes }));
                    read.end = end;
                }
                Ok(_) => read.error = Some(self.too_large()),
                Err(error) => {
                    let mut error = relative(error, text, at);
                    error.shift(&within, place(&mut counted));
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
        Ok(read)
    }
}

/// What was read at once.
struct Batch {
    /// Where the last whole record ends.
    end: usize,
    /// Where the first one ends.
    first: usize,
    /// Why there is not one more.
    error: Option<Error>,
}

/// Whether a start tag of this name stands here.
fn starts(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.and_then(|rest| rest.bytes().next()).is_some_and(|byte| matches!(byte, b'>' | b'/') || is_space(byte))
}

/// The error with its place in the text from this offset on.
#[cold]
fn relative(error: Error, text: &str, at: usize) -> Error {
    let error = error.rebased(at);
    locate(error, text.get(at..).unwrap_or_default())
}

/// Whether nothing can be read after such an error.
fn is_fatal(kind: ErrorKind) -> bool {
    use ErrorKind::{Doctype, Encoding, Io, Limit, Prefix, Syntax};
    matches!(kind, Doctype | Encoding | Io | Limit | Prefix | Syntax)
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
                Ok(Here::Record) => self.batch(),
                Ok(Here::Nothing) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
