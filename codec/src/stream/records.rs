//! In: a reader of bytes, and the path to elements that repeat. Out: these elements as values, one by one, and all else as a document.
//! Not done here: what a record holds (`read`), what is not a record (`envelope`).

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use memchr::memchr;

use super::envelope::Envelope;
use super::markup::{Markup, element_len, name_of};
use super::source::Source;
use crate::document::{Roots, Xml, schema};
use crate::error::{Error, ErrorKind, Position, Result};
use crate::note::Reading;
use crate::options::{Manner, ReadOptions};
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
/// Keys and identifiers are looked at within one record only, and so are how many records there may be.
///
/// # Example
/// ```
/// # #[allow(missing_docs)] mod bindings {
/// use xsdgen_codec::{ReadOptions, Records, Xml};
/// mod xmlns { xsdgen_codec::schema! { trim_text = true; n = "urn:notes"; } }
///
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct Note { pub to: String }
/// xsdgen_codec::complex_type! { Note = n "noteType"; sequence { to: 1(String) = n "to"; } }
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
    source: Source<R>,
    envelope: Envelope,
    options: ReadOptions,
    ready: VecDeque<Result<Reading<T>>>,
    /// How large the window must be before the record at its start is tried again.
    wanted: usize,
    /// Whether the record before stands in the envelope, or is the last thing before the cursor.
    in_run: bool,
    any: bool,
    over: bool,
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
enum Here {
    Record,
    Nothing,
}

impl<R: BufRead, T: Xml> Records<R, T> {
    /// The records at this path. Nothing is read yet.
    ///
    /// # Errors
    /// A path with an empty step.
    pub fn new(reader: R, path: &str, options: &ReadOptions) -> Result<Self> {
        Ok(Self {
            source: Source::new(reader),
            envelope: Envelope::new(path)?,
            options: options.clone(),
            ready: VecDeque::new(),
            wanted: 1,
            in_run: false,
            any: false,
            over: false,
        })
    }

    /// The document as far as it was read, without its records: before the first record what stands before it, after the last one
    /// everything else. Reads up to the next record.
    ///
    /// Strict reading leaves the first record of each run in, so that the content model holds.
    ///
    /// # Errors
    /// Those of reading so far; what cannot be a document, as [`Xml::read_xml`] has it.
    pub fn envelope<D: Roots>(&mut self) -> Result<Reading<D>> {
        if self.ready.is_empty() && !self.over {
            self.seek()?;
        }
        self.envelope.read(self.any || !self.over, &self.options)
    }

    /// Goes to the next record.
    fn seek(&mut self) -> Result<Here> {
        let result = self.walk();
        match result {
            Ok(Here::Record) => {}
            Ok(Here::Nothing) | Err(_) => self.over = true,
        }
        result.map_err(|error| self.placed(error))
    }

    fn walk(&mut self) -> Result<Here> {
        loop {
            if self.source.text().is_empty() {
                if self.source.ended() {
                    return self.finish();
                }
                self.source.fill(1, &self.options)?;
                continue;
            }
            if self.step()? {
                return Ok(Here::Record);
            }
        }
    }

    /// Checks the end of the document.
    fn finish(&mut self) -> Result<Here> {
        self.envelope.check(&self.options)?;
        if self.envelope.depth() > 0 {
            return Err(Error::new(ErrorKind::Syntax, "the document ends here, but elements are open"));
        }
        Ok(Here::Nothing)
    }

    /// Takes what stands at the cursor into the envelope; whether it is a record, which is not taken.
    fn step(&mut self) -> Result<bool> {
        let text = self.source.text();
        if !text.starts_with('<') {
            let len = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
            let blank = text.bytes().take(len).all(is_space);
            self.take(len, blank && self.envelope.is_around_records())?;
            return Ok(false);
        }
        let Some(markup) = Markup::of(text) else {
            self.more()?;
            return Ok(false);
        };
        match markup {
            Markup::Declaration => return self.declaration().map(|()| false),
            Markup::Aside { len } => self.aside(len)?,
            Markup::Section { len } => self.take(len, false)?,
            Markup::End { len } => {
                self.envelope.leave(text.get(..len).unwrap_or_default())?;
                self.in_run = false;
                self.take(len, false)?;
            }
            Markup::Start { len, empty } => {
                let tag = text.get(..len).unwrap_or_default();
                if self.envelope.is_record(name_of(tag)) {
                    return Ok(true);
                }
                self.envelope.enter(tag, empty, &self.options).map_err(|error| self.located(error, tag))?;
                self.in_run = false;
                self.take(len, false)?;
            }
        }
        self.wanted = 1;
        Ok(false)
    }

    /// Takes a comment or an instruction: checked, and left out but for the XML declaration.
    fn aside(&mut self, len: usize) -> Result<()> {
        let aside = self.source.text().get(..len).unwrap_or_default();
        if aside.starts_with("<?xml") && self.envelope.depth() == 0 {
            return self.take(len, false);
        }
        let mut reader = Reader::new(aside, true, schema::<T>()?, &self.options);
        reader.aside().map_err(|error| self.located(error, aside))?;
        self.take(len, true)
    }

    /// Takes a document type declaration, which the envelope keeps: it is noted there.
    fn declaration(&mut self) -> Result<()> {
        let text = self.source.text();
        if "<!DOCTYPE".starts_with(text) || "<![CDATA[".starts_with(text) {
            return self.more();
        }
        if self.envelope.depth() > 0 || !text.starts_with("<!DOCTYPE") {
            return Err(Error::new(ErrorKind::Syntax, "only comments and CDATA sections may start so here"));
        }
        match Reader::new(text, true, schema::<T>()?, &self.options).doctype_len() {
            Ok(len) => self.take(len, false),
            Err(error) if self.source.ended() || error.kind() == ErrorKind::Doctype => Err(self.located(error, text)),
            Err(_) => self.more(),
        }
    }

    fn take(&mut self, len: usize, left_out: bool) -> Result<()> {
        let (piece, place) = (self.source.text().get(..len).unwrap_or_default(), self.source.place());
        match left_out {
            true => self.envelope.skip(),
            false => self.envelope.add(piece, place, &self.options)?,
        }
        self.source.consume(len);
        Ok(())
    }

    /// Reads on, for what stands at the cursor is not complete: twice as much each time, so that nothing is looked at too often.
    fn more(&mut self) -> Result<()> {
        let len = self.source.text().len();
        if self.source.ended() {
            let mut error = Error::new(ErrorKind::Syntax, "the document ends here, but elements are open");
            error.move_to(self.source.place().behind(self.source.text()));
            return Err(error);
        }
        if len > self.options.max_bytes {
            return Err(self.too_large());
        }
        self.wanted = len * 2;
        self.source.fill(self.wanted.max(1), &self.options)
    }

    fn too_large(&self) -> Error {
        Error::new(ErrorKind::Limit, format!("more than {} bytes in one element", self.options.max_bytes))
    }

    /// An error in this text, which stands at the cursor, with its place in the whole document.
    #[cold]
    fn located(&self, error: Error, text: &str) -> Error {
        let mut error = locate(error, text);
        error.shift(&self.envelope.open_path(), self.source.place());
        error
    }

    /// An error with the place of the cursor, if it has none.
    #[cold]
    fn placed(&self, mut error: Error) -> Error {
        if error.position().is_none() {
            error.shift(&self.envelope.open_path(), self.source.place());
        }
        error
    }

    /// Reads the records that are there.
    fn batch(&mut self) {
        loop {
            match self.try_batch() {
                Ok(true) => return,
                Ok(false) => {}
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
        if self.options.manner == Manner::Strict && !self.in_run {
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
