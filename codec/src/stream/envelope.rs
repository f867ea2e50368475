//! Keeps the parts of a document outside its records, with their positions, so that they can be read as a value of
//! the document type. It also tracks the open elements and the prefixes in scope.

use super::markup::{local_of, name_of};
use crate::document::{Roots, read_document};
use crate::error::{Error, ErrorKind, Position, Result, excerpt};
use crate::note::{NoteKind, Reading};
use crate::options::{Missing, Mode, ReadOptions};
use crate::read::Reader;
use crate::schema::NO_SCHEMA;
use crate::text::place::locate;

/// An open element, whose end tag has not been read yet.
#[derive(Debug)]
struct Open {
    name: String,
    /// The number of declarations that were in scope outside the element.
    mark: usize,
    /// Whether the element is on the path to the records.
    on_path: bool,
}

/// The document read so far, without its records.
#[derive(Debug)]
pub(super) struct Envelope {
    /// The path from the root element to the records, as local names.
    path: Vec<String>,
    text: String,
    /// For each run of adjoining pieces, its byte offset in the text and its position in the document.
    runs: Vec<(usize, Position)>,
    /// Whether the next piece directly follows the last one.
    adjoins: bool,
    open: Vec<Open>,
    declarations: Vec<(String, String)>,
}

impl Envelope {
    pub(super) fn new(path: &str) -> Result<Self> {
        let path: Vec<String> = path.split('/').map(|step| local_of(step.trim()).to_owned()).collect();
        if path.iter().any(String::is_empty) {
            return Err(Error::new(ErrorKind::Root, "the path of the records has an empty step: write it as root/parent/record"));
        }
        let (text, runs, open, declarations) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { path, text, runs, adjoins: false, open, declarations })
    }

    /// Returns the prefixes in scope, outermost first.
    pub(super) fn declarations(&self) -> &[(String, String)] {
        &self.declarations
    }

    /// Returns the number of open elements.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Returns the path of the open elements.
    pub(super) fn open_path(&self) -> String {
        self.open.iter().map(|open| local_of(&open.name)).collect::<Vec<_>>().join("/")
    }

    /// Returns whether the current element is the parent of the records.
    pub(super) fn is_around_records(&self) -> bool {
        self.open.len() + 1 == self.path.len() && self.open.last().is_none_or(|open| open.on_path)
    }

    /// Returns whether the element of this name that starts here is a record.
    pub(super) fn is_record(&self, name: &str) -> bool {
        self.is_around_records() && self.path.last().is_some_and(|last| last == local_of(name))
    }

    /// Returns whether the element of this name that starts here is the parent of the records.
    pub(super) fn would_be_around(&self, name: &str) -> bool {
        let around = self.open.last().is_none_or(|open| open.on_path);
        around && self.open.len() + 2 == self.path.len() && self.path.get(self.open.len()).is_some_and(|step| step == local_of(name))
    }

    /// Adds a piece of the document that starts at this position.
    ///
    /// # Errors
    /// Fails if the size limit is exceeded.
    pub(super) fn add(&mut self, piece: &str, place: Position, options: &ReadOptions) -> Result<()> {
        if !std::mem::replace(&mut self.adjoins, true) {
            self.runs.push((self.text.len(), place));
        }
        self.text.push_str(piece);
        if self.text.len() > options.max_bytes {
            return Err(Error::new(ErrorKind::Limit, format!("more than {} bytes besides the records", options.max_bytes)));
        }
        Ok(())
    }

    /// Records that a part of the document is left out.
    pub(super) fn skip(&mut self) {
        self.adjoins = false;
    }

    /// Opens an element, given its start tag.
    pub(super) fn enter(&mut self, tag: &str, empty: bool, options: &ReadOptions) -> Result<()> {
        let mark = self.declarations.len();
        let mut reader = Reader::new(tag, false, &NO_SCHEMA, options);
        reader.within(&self.declarations, self.open.len())?;
        let own = reader.declarations()?;
        let name = name_of(tag);
        let around = self.open.last().is_none_or(|open| open.on_path);
        let on_path = around && self.path.get(self.open.len()).is_some_and(|step| step == local_of(name));
        if !empty {
            self.declarations.extend(own);
            self.open.push(Open { name: name.to_owned(), mark, on_path });
        }
        Ok(())
    }

    /// Closes an element, given its end tag.
    pub(super) fn leave(&mut self, tag: &str) -> Result<()> {
        let name = name_of(tag);
        match self.open.pop() {
            Some(open) if open.name == name => {
                self.declarations.truncate(open.mark);
                Ok(())
            }
            Some(open) => Err(Error::new(ErrorKind::Syntax, format!("</{}> closes <{}>", excerpt(name), excerpt(&open.name)))),
            None => Err(Error::new(ErrorKind::Syntax, format!("</{}> closes nothing", excerpt(name)))),
        }
    }

    /// Checks that the collected text is well-formed.
    pub(super) fn check(&self, options: &ReadOptions) -> Result<()> {
        let text = self.closed();
        let mut reader = Reader::new(&text, true, &NO_SCHEMA, options);
        reader.well_formed().map_err(|error| self.placed(locate(error, &text)))
    }

    /// Reads the collected text as a value, as if the document ended here.
    pub(super) fn read<D: Roots>(&self, any: bool, options: &ReadOptions) -> Result<Reading<D>> {
        let text = self.closed();
        let options = options.clone().charset("utf-8").max_bytes(usize::MAX);
        let records = self.path.join("/");
        // The records were taken out of the text, so that they may seem to be missing.
        let cut = any && options.mode == Mode::Tolerant;
        let mut reading = match read_document::<D>(text.as_bytes(), &options, D::type_info().schema) {
            Err(error) if cut && error.kind() == ErrorKind::Missing && error.path() == records => self.without_records(&text, &options)?,
            other => other.map_err(|error| self.placed(error))?,
        };
        reading.notes.edit(|notes| {
            if cut {
                notes.retain(|note| note.kind != NoteKind::Missing || note.path != records);
            }
            notes.iter_mut().for_each(|note| note.position = self.place(note.position));
        });
        Ok(reading)
    }

    /// Reads a text from which the records were taken out. Nothing else may be missing in it.
    fn without_records<D: Roots>(&self, text: &str, options: &ReadOptions) -> Result<Reading<D>> {
        let records = self.path.join("/");
        let options = options.clone().missing(Missing::Blank);
        let reading = read_document::<D>(text.as_bytes(), &options, D::type_info().schema).map_err(|error| self.placed(error))?;
        match reading.notes.iter().find(|note| note.kind == NoteKind::Missing && note.path != records) {
            Some(note) => Err(self.placed(Error::missing(&note.path, note.position))),
            None => Ok(reading),
        }
    }

    /// Returns the text, completed with the missing end tags.
    fn closed(&self) -> String {
        let ends = self.open.iter().rev().flat_map(|open| ["</", &open.name, ">"]);
        std::iter::once(self.text.as_str()).chain(ends).collect()
    }

    fn placed(&self, mut error: Error) -> Error {
        error.move_all(&|position| self.place(position));
        error
    }

    /// Converts a position in the text to a position in the whole document.
    fn place(&self, position: Position) -> Position {
        let found = self.runs.iter().rev().find(|(from, _)| *from <= position.offset);
        let Some((from, base)) = found else { return position };
        base.behind(self.text.get(*from..position.offset).unwrap_or_default())
    }
}
